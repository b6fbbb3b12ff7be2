"""The parts of a drawing and what they refer to -> how many of them a browser draws.

Ten groups of ten `<use>` each are a small file and ten thousand millions of shapes: whoever opens
the page would wait for them. Colours are not counted, for a gradient draws nothing by itself.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from msgspec import Struct, field

MOST_DRAWN: Final = 10_000
_COLOURS: Final = frozenset({"linearGradient", "radialGradient", "stop"})


class _Part(Struct):
    line: int
    weight: int
    within: list[int] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class Endless(Struct, frozen=True):
    """Where too much is drawn: because a part draws itself, or because of repetitions."""

    line: int
    is_circle: bool


class Parts:
    """What is known of the elements of one file."""

    def __init__(self) -> None:
        """Begin with none."""
        self._parts: list[_Part] = []
        self._open: list[int] = []
        self._named: dict[str, int] = {}
        self._by_style: dict[str, None] = {}

    def begin(self, name: str, known_as: str | None, line: int) -> None:
        """Take an element; those that come before its end are within it."""
        at = len(self._parts)
        self._parts.append(_Part(line, int(name not in _COLOURS)))
        if self._open:
            self._parts[self._open[-1]].within.append(at)
        self._open.append(at)
        if known_as is not None:
            self._named.setdefault(known_as, at)

    def end(self) -> None:
        """End the element that began last."""
        self._open.pop()

    def refer(self, target: str | None) -> None:
        """Note that the element that began last draws another one."""
        if target and target.startswith("#"):
            self._parts[self._open[-1]].targets.append(unquote(target[1:]))

    def refer_by_style(self, target: str | None) -> None:
        """Note what any element may draw."""
        self._by_style[unquote((target or "").removeprefix("#"))] = None

    def endless(self) -> Endless | None:
        """Return where the drawing repeats too much."""
        drawn: dict[int, int] = {}
        entered: set[int] = set()
        stack = list(range(len(self._parts)))[::-1]
        while stack:
            at = stack[-1]
            part = self._parts[at]
            if at in drawn:
                stack.pop()
                continue
            below = part.within + [
                self._named[name] for name in part.targets if name in self._named
            ]
            if at in entered:
                drawn[at] = part.weight + sum(drawn[one] for one in below)
                stack.pop()
                entered.discard(at)
                if drawn[at] > MOST_DRAWN + len(self._parts):
                    return Endless(part.line, is_circle=False)
                continue
            entered.add(at)
            for one in reversed(below):
                if one in entered:
                    return Endless(part.line, is_circle=True)
                if one not in drawn:
                    stack.append(one)
        named = [self._named[name] for name in self._by_style if name in self._named]
        if len(self._parts) * sum(drawn[one] for one in named) > MOST_DRAWN:
            return Endless(1, is_circle=False)
        return None
