"""Values -> round numbers for an axis, and values as a page writes them."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Final

from msgspec import Struct

from statusbook.derive.metrics import MetricFacts
from statusbook.render.words import Words

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_PARTS: Final = 3
"""About so many parts an axis has; four at most."""
_FLAT: Final = 1e-9
_FULL: Final = 0.25
"""Where values differ by more than this share of the highest, the axis begins at nothing."""
_GROUPED: Final = 5
"""Numbers of so many digits are written in groups of three."""


class Scale(Struct, frozen=True):
    """An axis from `lowest` to `highest`, both of them ticks."""

    ticks: tuple[float, ...]
    decimals: int

    @property
    def lowest(self) -> float:
        """The end at the bottom."""
        return self.ticks[0]

    @property
    def highest(self) -> float:
        """The end at the top."""
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """Return where a value lies, from 0 at the bottom to 1 at the top."""
        return (value - self.lowest) / (self.highest - self.lowest)


def scale(low: float, high: float, *, from_nothing: bool = False) -> Scale:
    """Find an axis of a few round numbers for values from `low` to `high`.

    Args:
        low: The lowest value.
        high: The highest value.
        from_nothing: Whether the axis must hold 0, as that of bars must.
    """
    reach = max(abs(low), abs(high))
    if from_nothing or high - low > _FULL * reach or high - low <= _FLAT * reach:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 0.0:
        high = low + 1.0
    least = (high - low) / _PARTS
    exponent = floor(log10(least))
    step = next(step for step in _STEPS if step * 10.0**exponent >= least * (1 - _FLAT))
    size = step * 10.0**exponent
    first, last = floor(low / size + _FLAT), ceil(high / size - _FLAT)
    decimals = max(0, -exponent + (step == 2.5) - (step == 10.0))
    ticks = tuple(round(n * size, decimals) for n in range(first, max(last, first + 1) + 1))
    return Scale(ticks, decimals)


def decimals_of(facts: MetricFacts) -> int:
    """Return how many decimals tell the values of a metric apart, where the plan does not say."""
    if facts.metric.decimals is not None:
        return facts.metric.decimals
    values = [
        abs(value)
        for span in facts.quarter.spans
        for value in (span.lowest, span.average, span.highest)
        if value is not None
    ]
    reach = max(values, default=0.0)
    if reach >= 100 or all(value % 1 == 0 for value in values):
        return 0
    return 1 if reach >= 10 else 2


def amount(words: Words, value: float, decimals: int, unit: str) -> str:
    """Write a value with its unit: `101 ms`, `99.95%`, `12/s`."""
    written = number(words, value, decimals)
    if unit == "%":
        return words.locale.percent.format(written)
    return f"{written}{unit}" if unit.startswith("/") else f"{written}\N{NO-BREAK SPACE}{unit}"


def number(words: Words, value: float, decimals: int) -> str:
    """Write a number: `1250`, `12,500`, `0.25`."""
    whole, _, part = f"{abs(value):.{decimals}f}".partition(".")
    is_less = value < 0 and (whole.strip("0") or part.strip("0"))
    if len(whole) >= _GROUPED:
        whole = f"{int(whole):,}".replace(",", words.locale.group)
    sign = "\N{MINUS SIGN}" if is_less else ""
    return f"{sign}{whole}{words.locale.decimal if part else ''}{part}"
