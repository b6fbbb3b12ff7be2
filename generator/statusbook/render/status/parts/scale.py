"""Values -> round numbers for an axis, and values as a page writes them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log10
from typing import Final

from msgspec import Struct

from statusbook.derive.metrics import MetricFacts, Series
from statusbook.model.words import Statistic
from statusbook.render.words import Words

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_PARTS: Final = 3
"""About so many parts an axis has; four at most."""
_FLAT: Final = 1e-9
_FULL: Final = 0.25
"""Where values differ by more than this share of the highest, the axis begins at nothing."""
_GROUPED: Final = 5
"""Numbers of so many digits are written in groups of three."""

DECIMALS: Final = 9
"""Of readings, so many decimals are kept."""
_FINE: Final = 2
"""The distance of the lowest and the highest value is shown with so many digits."""
_SHOWN: Final = 3
"""The highest value is shown with so many digits."""
_MOST_DIGITS: Final = 6
"""No value needs more digits than this, unless the lowest and the highest look the same."""
_ALL: Final = 100.0


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
    metric = facts.metric
    if metric.decimals is not None:
        return metric.decimals
    pairs = [pair for series in (facts.day, facts.week, facts.quarter) for pair in _ends(series)]
    if not pairs:
        return 0
    reach = max(abs(value) for pair in pairs for value in pair)
    finest = max(
        (_FINE - 1 - _magnitude(high - low) for low, high in pairs if differ(low, high)),
        default=0,
    )
    own = max(_written_decimals(value) for value in _extremes(facts.quarter))
    wanted = max(finest, _SHOWN - 1 - _magnitude(reach))
    if not own and metric.statistic is Statistic.MEAN and not _are_whole(facts):
        own = finest  # averages of small whole numbers need more than these have
    decimals = max(0, min(wanted, own, _MOST_DIGITS - 1 - _magnitude(reach)))
    while decimals < DECIMALS and any(
        rounded(low, decimals, metric.unit) == rounded(high, decimals, metric.unit)
        for low, high in pairs
        if differ(low, high)
    ):
        decimals += 1
    return decimals


def differ(low: float, high: float) -> bool:
    """Whether two values are not the same as far as readings are known."""
    return round(low, DECIMALS) != round(high, DECIMALS)


def _ends(series: Series) -> Iterator[tuple[float, float]]:
    """Yield the lowest and the highest of what a chart shows, and of the readings behind it."""
    for found in ([span.value for span in series.spans], _extremes(series)):
        values = [value for value in found if value is not None]
        if values:
            yield min(values), max(values)


def _extremes(series: Series) -> list[float]:
    """Return some of the readings as they are: the lowest and the highest of each span."""
    both = (value for span in series.spans for value in (span.lowest, span.highest))
    return [value for value in both if value is not None]


def _are_whole(facts: MetricFacts) -> bool:
    return all(
        span.average is None or span.average.is_integer()
        for series in (facts.day, facts.week, facts.quarter)
        for span in series.spans
    )


def _magnitude(value: float) -> int:
    """Return the power of ten of a value's first digit; of 0, that of 1."""
    return int(f"{value:e}".partition("e")[2])


def _written_decimals(value: float) -> int:
    digits = f"{value:.15g}"
    if "e" in digits:
        digits = f"{value:.{DECIMALS}f}".rstrip("0")
    return min(DECIMALS, len(digits.partition(".")[2]))


def rounded(value: float, decimals: int, unit: str) -> float:
    """Round a value as it is shown; what is below 100 % does not become that."""
    shown = float(f"{value:.{decimals}f}")
    if unit == "%" and value < _ALL <= shown:
        return _ALL - 10.0**-decimals
    return shown


def amount(words: Words, value: float, decimals: int, unit: str) -> str:
    """Write a value with its unit: `101 ms`, `99.95%`, `12/s`."""
    written = number(words, rounded(value, decimals, unit), decimals)
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
