"""Words and moments -> pieces of text that a template can show without deciding anything.

Pieces know their own HTML (`__html__`, which autoescaping asks for), because a call of a template's
macro costs more than all else on a page, and a page holds dozens of dates and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Final

from msgspec import Struct

from statusbook.render.words import Words, utc

# One shape for each look, so that colour is never the only sign; 16 by 16.
SHAPES: Final = {
    "operational": (
        "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0ZM6.8 11.7 3.4 8.3l1.3-1.3 2.1 2.1 4.5-4.5 1.3 1.3Z"
    ),
    "degraded_performance": "M8 .6 16 15.2H0ZM7 5.6v5h2v-5ZM7 11.7v2h2v-2Z",
    "partial_outage": "m8 0 8 8-8 8-8-8ZM8 3.1v9.8L12.9 8Z",
    "major_outage": (
        "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7ZM4.4 5.7 6.7 8l-2.3 2.3 1.3 1.3L8 9.3l2.3 "
        "2.3 1.3-1.3L9.3 8l2.3-2.3-1.3-1.3L8 6.7 5.7 4.4Z"
    ),
    "under_maintenance": (
        "M2 0h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2ZM7 3.2v5.5l3.9 "
        "2.3 1-1.7-2.9-1.7V3.2Z"
    ),
    "calm": (
        "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2Z"
        "M7 4h2v2H7ZM7 7.2h2V12H7Z"
    ),
    "no_data": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2Z",
}


class Far(StrEnum):
    """Which distances of a moment are told; without any of these, those to what is over."""

    AHEAD = "ahead"  # also to what is to come
    END = "end"  # the end of a window: once the window has begun
    CLOSED = "closed"  # only for two days


class Piece(Struct, frozen=True):
    """Text, as `<time>` where it has a machine's form, as a link where it has an address.

    `lang` is set where the text is in another language than its page. `near` asks the page's script
    to say how far away a moment is; it tells how many minutes the printed clock is ahead of UTC.
    `far` tells which distances that may be: of what is over, if it is empty; see `Far`.
    """

    text: str
    time: str = ""
    href: str = ""
    lang: str = ""
    near: str = ""
    far: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the text would fill a small screen as a large heading."""
        return len(self.text) > _LONG

    def __html__(self) -> str:
        """Return the piece as HTML; names and titles keep their own reading direction."""
        inner = escaped(self.text)
        if self.time:
            near = f' data-near="{self.near}"' if self.near else ""
            near += f' data-far="{self.far}"' if self.far else ""
            inner = f'<time datetime="{self.time}"{near}>{inner}</time>'
        elif self.href or self.lang:
            inner = f"<bdi{_lang(self.lang)}>{inner}</bdi>"
        return f'<a href="{escaped(self.href)}">{inner}</a>' if self.href else inner


class Phrase(Struct, frozen=True):
    """Pieces in a row; false where there are none."""

    pieces: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.pieces)

    def __html__(self) -> str:
        """Return the pieces as HTML."""
        return "".join([piece.__html__() for piece in self.pieces])


class State(Struct, frozen=True):
    """A state as shape, colour and words; without words, as the shape alone."""

    look: str
    words: Piece | Phrase | None = None

    def __html__(self) -> str:
        """Return the state as HTML; the shape is nothing to read out."""
        mark = _mark(self.look)
        if self.words is None:
            return mark
        return f'<span class="state {self.look}">{mark} {self.words.__html__()}</span>'


class Lines(Struct, frozen=True):
    """States, each on a line of its own."""

    states: tuple[State, ...]

    def __html__(self) -> str:
        """Return the lines as HTML."""
        told = "".join([f"<li>{state.__html__()}</li>" for state in self.states])
        return f'<ul class="lines">{told}</ul>'


class Row(Struct, frozen=True):
    """A fact with its name."""

    label: str
    content: Piece | Phrase | State | Lines


def moment(
    words: Words, at: datetime, href: str = "", *, near: bool = False, far: Far | None = None
) -> Piece:
    """Show a moment; `near` where readers ask how far away it is, `far` as `Piece` has it."""
    return Piece(
        words.moment(at), utc(at), href, near=_near(words, at) if near else "", far=far or ""
    )


def day(words: Words, on: date) -> Piece:
    """Show a date."""
    return Piece(words.day(on), time=on.isoformat())


def window(words: Words, start: datetime, end: datetime, *, near: bool = False) -> Phrase:
    """Show both ends of a span of time; `near` where readers ask how far away they are."""
    if start.replace(second=0, microsecond=0) == end.replace(second=0, microsecond=0):
        return Phrase((moment(words, end, near=near),))
    first, last = words.window(start, end)
    if not near:
        return Phrase((Piece(first, utc(start)), _DASH, Piece(last, utc(end))))
    begin = Piece(first, utc(start), near=_near(words, start), far=Far.AHEAD)
    finish = Piece(last, utc(end), near=_near(words, end), far=Far.END)
    return Phrase((begin, _DASH, finish))


def phrase(words: Words, message: str, **fields: Piece | Phrase) -> Phrase:
    """Translate a message and put pieces into the places that it names: `… by {time}`."""
    told: list[Piece] = []
    for is_place, text in _parts(words.gettext(message)):
        if not is_place:
            told.append(Piece(text))
            continue
        field = fields[text]
        if isinstance(field, Phrase):
            told += field.pieces
        else:
            told.append(field)
    return Phrase(tuple(told))


def listed(phrases: Iterable[Piece | Phrase]) -> Phrase:
    """Put commas between phrases."""
    joined: list[Piece] = []
    for one in phrases:
        if joined:
            joined.append(_COMMA)
        joined += one.pieces if isinstance(one, Phrase) else (one,)
    return Phrase(tuple(joined))


def escaped(text: str) -> str:
    """Escape text for HTML, between tags and in attributes."""
    if text.isalnum():
        return text
    for character, entity in _ENTITIES:
        text = text.replace(character, entity)
    return text


_ENTITIES: Final = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&#34;"),
    ("'", "&#39;"),
)
_COMMA: Final = Piece(", ")
_DASH: Final = Piece(" – ")
_LONG: Final = 80


def _near(words: Words, at: datetime) -> str:
    """Return how many minutes the page's clock is ahead of UTC at a moment."""
    offset = words.local(at).utcoffset()
    return str(round(offset.total_seconds() / 60)) if offset else "0"


def _lang(lang: str) -> str:
    return f' lang="{escaped(lang)}"' if lang else ""


@cache
def _mark(look: str) -> str:
    return (
        f'<svg class="mark {look}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        f'<path fill-rule="evenodd" d="{SHAPES[look]}"/></svg>'
    )


@cache
def _parts(message: str) -> tuple[tuple[bool, str], ...]:
    """Cut a message at its places; (True, name) for a place, (False, text) for what is between."""
    cut = re.split(r"\{(\w+)\}", message)
    return tuple((bool(n % 2), text) for n, text in enumerate(cut) if text)
