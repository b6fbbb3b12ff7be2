"""Words and moments -> pieces of text that a template can show without deciding anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from msgspec import Struct

from statusbook.render.words import Words, utc


class Piece(Struct, frozen=True):
    """Text, as `<time>` where it has a machine's form, as a link where it has an address.

    `lang` is set where the text is in another language than its page.
    """

    text: str
    time: str = ""
    href: str = ""
    lang: str = ""


Phrase = tuple[Piece, ...]


class Row(Struct, frozen=True):
    """A fact with its name."""

    label: str
    phrase: Phrase
    look: str = ""


class Prose(Struct, frozen=True):
    """HTML made of somebody's text; `lang` as in `Piece`."""

    html: str
    lang: str = ""


def moment(words: Words, at: datetime) -> Piece:
    """Show a moment."""
    return Piece(words.moment(at), time=utc(at))


def day(words: Words, on: date) -> Piece:
    """Show a date."""
    return Piece(words.day(on), time=on.isoformat())


def window(words: Words, start: datetime, end: datetime) -> Phrase:
    """Show both ends of a span of time."""
    first, last = words.window(start, end)
    return (Piece(first, time=utc(start)), Piece(" – "), Piece(last, time=utc(end)))


def phrase(words: Words, message: str, **fields: Piece) -> Phrase:
    """Translate a message and put pieces into the places that it names: `… by {time}`."""
    parts = _parts(words.gettext(message))
    return tuple(fields[text] if named else Piece(text) for named, text in parts)


def listed(phrases: Iterable[Phrase]) -> Phrase:
    """Put commas between phrases."""
    joined: list[Piece] = []
    for one in phrases:
        if joined:
            joined.append(_COMMA)
        joined += one
    return tuple(joined)


_COMMA = Piece(", ")


@cache
def _parts(message: str) -> tuple[tuple[bool, str], ...]:
    """Cut a message at its places; (True, name) for a place, (False, text) for what is between."""
    cut = re.split(r"\{(\w+)\}", message)
    return tuple((bool(n % 2), text) for n, text in enumerate(cut) if text)
