"""What readers can do until it is over -> its panel on top, and its place in the update."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from statusbook.derive.ahead import stages
from statusbook.derive.facts import Entry, IncidentFacts
from statusbook.render.markdown import html_of
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import WORKAROUND, WORKAROUND_ABOVE
from statusbook.render.status.parts.pieces import Piece
from statusbook.render.status.parts.prose import Prose
from statusbook.render.status.parts.spans import Span

_HEADING: Final = re.compile("<(/?)h[1-6]>")


class Advice(Struct, frozen=True):
    """A workaround under its label.

    The one that stands on top has an `anchor`, to which the label in its update leads: there is no
    `prose` a second time. `span` is for how long it stands if nobody says more.
    """

    label: Piece
    prose: Prose | None = None
    anchor: str = ""
    span: Span = Span()


def advice_on_top(edition: Edition, facts: IncidentFacts) -> Advice | None:
    """Show what readers of an incident can do now; None where there is nothing."""
    workaround = facts.workaround
    if workaround is None:
        return None
    return Advice(
        Piece(edition.words.gettext(WORKAROUND)),
        _prose(edition, workaround.text, workaround.translations),
        _anchor(facts),
        Span(until=next((one.holds_from for one in stages(facts) if not one.workaround), None)),
    )


def advice_of(edition: Edition, entry: Entry, facts: IncidentFacts) -> Advice | None:
    """Show what an update said that readers can do; None where it said nothing of it."""
    if not entry.workaround:
        return None
    gettext = edition.words.gettext
    if facts.workaround is not None and facts.workaround.update == entry.id:
        return Advice(Piece(gettext(WORKAROUND_ABOVE), href=f"#{_anchor(facts)}"))
    translations = {
        language: translation.workaround
        for language, translation in entry.translations.items()
        if translation.workaround
    }
    return Advice(Piece(gettext(WORKAROUND)), _prose(edition, entry.workaround, translations))


def _anchor(facts: IncidentFacts) -> str:
    return f"_workaround-{facts.id}"


def _prose(edition: Edition, text: str, translations: Mapping[str, str]) -> Prose:
    lang = edition.original
    if not edition.is_main and edition.language in translations:
        text, lang = translations[edition.language], edition.foreign(edition.language)
    return Prose(_without_headings(html_of(text)), lang)


def _without_headings(html: str) -> str:
    """Make paragraphs of headings: a text this short has none, whatever stands above it."""

    def paragraph(tag: re.Match[str]) -> str:
        return "</strong></p>" if tag[1] else "<p><strong>"

    return _HEADING.sub(paragraph, html)
