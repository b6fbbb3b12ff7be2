"""The site's own settings -> the pages that hardly ever change, and the banner for other sites."""

from __future__ import annotations

from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import ANSWER_LOOKS, ANSWERS
from statusbook.render.status.parts.pieces import Piece, State, listed

MOST_TOLD = 3
"""So many open incidents and maintenances at work the banner names."""


def not_found_page(edition: Edition) -> bytes:
    """Render the page that a host shows in the place of one that does not exist."""
    return edition.page("404.html.j2", "404.html", edition.words.gettext("Page not found"))


def banner_page(edition: Edition) -> bytes:
    """Render the state as a strip that other sites show in a frame."""
    facts = edition.view.facts
    answer = edition.ahead[0].answer
    state = edition.words.gettext(ANSWERS[answer])
    look = ANSWER_LOOKS[answer]
    told = (*facts.active, *facts.running)[:MOST_TOLD]
    return edition.page(
        "embed.html.j2",
        "embed.html",
        state,
        look=look,
        state=State(look, Piece(state)),
        names=listed(edition.title(incident) for incident in told),
    )
