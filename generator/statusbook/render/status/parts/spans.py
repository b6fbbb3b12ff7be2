"""What holds now and what the clock will make of it -> every variant as HTML, one of them shown.

The server writes all words; the page's script only sets `hidden` when a moment passes. No moment
that is over is written, so that a reader's clock that is slow brings nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from msgspec import Struct

from statusbook.render.status.parts.pieces import Phrase, Piece, State
from statusbook.render.words import utc

T = TypeVar("T")
Shown = Piece | Phrase | State

SOON_OLD = timedelta(hours=1)
OLD = timedelta(days=1)
"""After so long a page says that it may be old: early while an incident is open."""


class Span(Struct, frozen=True):
    """A span of time, as attributes of the element that holds in it.

    It begins at `start` (None: has begun) and ends before `until` (None: never).
    """

    start: datetime | None = None
    until: datetime | None = None

    def __html__(self) -> str:
        """Return the attributes; an element whose time is not yet come is hidden."""
        told = f' data-from="{utc(self.start)}"' if self.start else ""
        told += f' data-until="{utc(self.until)}"' if self.until else ""
        return f"{told} hidden" if self.start else told


class Variant(Struct, Generic[T], frozen=True):
    """What holds in a span."""

    span: Span
    content: T


class Variants(Struct, frozen=True):
    """What holds now and what comes after it."""

    variants: tuple[Variant[Shown], ...]

    def __html__(self) -> str:
        """Return each variant in an element of its own."""
        return "".join(
            [f"<span{one.span.__html__()}>{one.content.__html__()}</span>" for one in self.variants]
        )


def in_turn(told: Iterable[tuple[datetime | None, T]]) -> list[Variant[T]]:
    """Give each content its span: from its moment to that of the next one; the first holds now.

    Neighbours that say the same are one.
    """
    steps: list[tuple[datetime | None, T]] = []
    for at, content in told:
        if steps and steps[-1][1] == content:
            continue
        steps.append((at, content))
    ends = [*(at for at, _ in steps[1:]), None]
    return [
        Variant(Span(at if number else None, until), content)
        for number, ((at, content), until) in enumerate(zip(steps, ends, strict=True))
    ]


def varying(told: Iterable[tuple[datetime | None, Shown]]) -> Shown | Variants:
    """Show contents in turn; what never changes as it is, and an empty phrase as nothing."""
    variants = in_turn(told)
    if len(variants) == 1:
        return variants[0].content
    return Variants(tuple(one for one in variants if one.content != Phrase()))
