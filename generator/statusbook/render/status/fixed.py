"""The site's own settings -> the pages that hardly ever change, and the banner for other sites."""

from __future__ import annotations

from statusbook.render.status.edition import Edition
from statusbook.render.status.labels import overall_look
from statusbook.render.status.pieces import Piece, State

MOST_TOLD = 3
"""So many open incidents the banner names."""


def subscribe_page(edition: Edition) -> bytes:
    """Render the page that tells how to follow."""
    site = edition.view.site
    return edition.page(
        "subscribe.html.j2",
        "subscribe/index.html",
        edition.words.gettext("Subscribe"),
        section="subscribe",
        ways=[edition.link(link) for link in site.subscribe],
        components=[
            (edition.name(component), f"{edition.address}components/{component.id}/updates")
            for component in site.components
            if component.retired is None
        ],
    )


def not_found_page(edition: Edition) -> bytes:
    """Render the page that a host shows in the place of one that does not exist."""
    return edition.page("404.html.j2", "404.html", edition.words.gettext("Page not found"))


def banner_page(edition: Edition) -> bytes:
    """Render the state as a strip that other sites show in a frame."""
    facts = edition.view.facts
    state = edition.words.gettext(facts.description)
    return edition.page(
        "embed.html.j2",
        "embed.html",
        state,
        state=State(overall_look(facts), Piece(state)),
        active=[edition.title(incident) for incident in facts.active[:MOST_TOLD]],
    )
