"""The Markdown of updates -> HTML for their place on a page, or a short plain text for a list."""

from __future__ import annotations

import re

from msgspec import Struct

from statusbook.derive.facts import Entry, Timeline
from statusbook.model.words import Status
from statusbook.render.markdown import html_of, text_of
from statusbook.render.plain_text import shortened, text_of_html
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.pieces import Piece

EXCERPT = 280
"""Longest text of an update in a list, in characters."""

ABOVE = 3
"""Level of the heading above an update's text in a list of updates."""

_HEADING = re.compile("<(/?)h([1-6])>")
_PARAGRAPH = re.compile("<p>.*?</p>", re.DOTALL)


class Prose(Struct, frozen=True):
    """An update's text; `lang` is set where it is in another language than its page."""

    html: str
    lang: str

    def __html__(self) -> str:
        """Return the text as HTML, which `render.markdown` made safe."""
        return self.html


def prose(edition: Edition, entry: Entry, above: int = ABOVE) -> Prose:
    """Show an update's text: in the edition's language where it has it, else as it was written.

    `above` is the level of the heading above it.
    """
    text, lang = _source(edition, entry)
    return Prose(levelled(html_of(text), above), lang)


def excerpt(edition: Edition, timeline: Timeline) -> Piece:
    """Return the beginning of the last update that has a text and still counts, but no report."""
    for entry in reversed(timeline.entries):
        if entry.retracted is None and entry.body and entry.status is not Status.POSTMORTEM:
            text, lang = _source(edition, entry)
            return Piece(shortened(" ".join(text_of(text).split()), EXCERPT), lang=lang)
    return Piece("")


def opening(edition: Edition, entry: Entry) -> Piece:
    """Return the beginning of a long text: of its first paragraph, without headings above it."""
    text, lang = _source(edition, entry)
    first = _PARAGRAPH.search(html_of(text))
    plain = text_of_html(first[0]) if first else text_of(text)
    return Piece(shortened(" ".join(plain.split()), EXCERPT), lang=lang)


def levelled(html: str, above: int = ABOVE) -> str:
    """Give headings the levels that follow from where they stand, with none left out.

    People begin with `#`, `##` or `###` as they like; who walks a page by its headings falls into
    every gap.
    """
    if "<h" not in html:
        return html
    levels: list[str] = []

    def place(tag: re.Match[str]) -> str:
        if not tag[1]:
            while levels and levels[-1] >= tag[2]:
                levels.pop()
            levels.append(tag[2])
        return f"<{tag[1]}h{min(above + len(levels), 6)}>"

    return _HEADING.sub(place, html)


def _source(edition: Edition, entry: Entry) -> tuple[str, str]:
    """Return an update's Markdown and its language, empty where that is the page's."""
    if not edition.is_main:
        translation = entry.translations.get(edition.language)
        if translation is not None and translation.body:
            return translation.body, edition.foreign(edition.language)
    return entry.body, edition.original
