"""The site's own settings -> the page that tells how to follow, and what to copy from it."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from statusbook.render.status.edition import Edition

_MARKS: Final = re.compile(r"([\\`*_\[\]<>&!#|~])")
"""What Markdown would not show as it stands."""


class Snippets(Struct, frozen=True):
    """Texts to copy into another site: Markdown, or HTML."""

    badge_markdown: str
    badge_html: str
    banner: str
    frame: str


def subscribe_page(edition: Edition) -> bytes:
    """Render the page that tells how to follow."""
    site = edition.view.site
    return edition.page(
        "subscribe.html.j2",
        "subscribe/index.html",
        edition.words.gettext("Subscribe"),
        description=edition.words.gettext(
            "Hear of every update: in a feed reader, in chats such as Slack and Teams, or in a "
            "calendar."
        ),
        section="subscribe",
        ways=[edition.link(link) for link in site.subscribe],
        components=[
            (edition.name(component), f"{edition.address}components/{component.id}/updates")
            for component in site.components
            if component.retired is None
        ],
        calendar=re.sub("^https?:", "webcal:", f"{site.url}/calendar.ics"),
        snippets=snippets_of(edition),
    )


def snippets_of(edition: Edition) -> Snippets:
    """Return what others write into their pages, each on one line."""
    from html import escape

    site, address = edition.view.site, edition.address
    title = edition.site.title
    label = _MARKS.sub(r"\\\1", title)
    return Snippets(
        badge_markdown=f"[![{label}]({_enclosed(site.url)}/badge.svg)]({_enclosed(address)})",
        badge_html=f'<a href="{escape(address)}"><img src="{escape(site.url)}/badge.svg"'
        f' alt="{escape(title)}"></a>',
        banner=f'<script src="{escape(site.url)}/embed.js" async></script>',
        frame=f'<iframe src="{escape(address)}embed.html" title="{escape(title)}" width="100%"'
        ' height="60"></iframe>',
    )


def _enclosed(address: str) -> str:
    """Write an address so that Markdown sees where it ends."""
    return address.replace("(", "%28").replace(")", "%29")
