"""Readings -> what a metric shows: the last 24 hours, 7 days and 90 days before its newest one.

The spans end at the newest reading and not at the page's moment, so that a page changes only where
its readings do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from math import fsum
from typing import Final

from msgspec import Struct

from statusbook.derive.uptime import DAYS_SHOWN, midnight
from statusbook.model.public import PublicMetric
from statusbook.model.reading import Reading
from statusbook.model.words import Statistic
from statusbook.model.zone import zone

_MINUTE: Final = 60
_DAY: Final = 24 * 60 * _MINUTE
_DAY_STEPS: Final = (15 * _MINUTE, 30 * _MINUTE, 60 * _MINUTE)
_WEEK_STEPS: Final = (2 * 60 * _MINUTE, 3 * 60 * _MINUTE, 6 * 60 * _MINUTE)


class Span(Struct, frozen=True, array_like=True):
    """What was measured from `start` to `end` (seconds since 1970), `end` not counted.

    `value` is what the chart shows, made of the readings as the metric's statistic says. All four
    are None where there is no reading.
    """

    start: int
    end: int
    value: float | None = None
    lowest: float | None = None
    average: float | None = None
    highest: float | None = None


class Series(Struct, frozen=True, array_like=True):
    """Spans in order of time, one beginning where the one before ends.

    `sparse` says that readings come about once in a span: one span without any is no gap then.
    """

    spans: tuple[Span, ...]
    sparse: bool = False


class MetricFacts(Struct, frozen=True, array_like=True):
    """A metric at a moment: they hold for every `now` with `holds_from <= now < holds_until`.

    `latest` and `at` are the value and the moment of the newest reading; without readings they are
    None and the series are empty.
    """

    metric: PublicMetric
    holds_from: datetime | None = None
    holds_until: datetime | None = None
    at: datetime | None = None
    latest: float | None = None
    day: Series = Series(())
    week: Series = Series(())
    quarter: Series = Series(())


def metric_facts(
    metric: PublicMetric, readings: Sequence[Reading], now: datetime, time_zone: str
) -> MetricFacts:
    """Decide all that a metric shows; what was measured after `now` does not exist yet.

    Args:
        metric: What is measured.
        readings: In order of time.
        now: The moment, in UTC.
        time_zone: The zone in which days begin and end.
    """
    known = bisect_right(readings, now.timestamp(), key=_at)
    until = _moment(readings[known].at) if known < len(readings) else None
    if not known:
        return MetricFacts(metric, None, until)
    past = readings[:known]
    newest = past[-1]
    latest = _moment(newest.at)
    here = zone(time_zone)
    return MetricFacts(
        metric=metric,
        holds_from=latest,
        holds_until=until,
        at=latest,
        latest=newest.value,
        day=_even(past, metric.statistic, _DAY, _DAY_STEPS),
        week=_even(past, metric.statistic, 7 * _DAY, _WEEK_STEPS),
        quarter=Series(tuple(_cut(past, _midnights(latest, here), metric.statistic))),
    )


def _even(
    readings: Sequence[Reading], statistic: Statistic, length: int, steps: Sequence[int]
) -> Series:
    """Cut the last readings into spans of one length: the least that has about a reading each."""
    newest = readings[-1].at
    recent = readings[bisect_left(readings, newest - length, key=_at) :]
    apart = sorted(later.at - sooner.at for sooner, later in pairwise(recent))
    usual = apart[len(apart) // 2] if apart else 0.0
    step = next((step for step in steps if usual <= step), steps[-1])
    end = (int(newest // step) + 1) * step
    edges = range(end - length, end + 1, step)
    return Series(tuple(_cut(readings, edges, statistic)), sparse=2 * usual > step)


def _midnights(latest: datetime, here: tzinfo) -> list[int]:
    """Return the moments between which the last days lie; some have 23 or 25 hours."""
    today = latest.astimezone(here).date()
    days = (today + timedelta(days=1 - back) for back in range(DAYS_SHOWN, -1, -1))
    return [int(midnight(day, here).timestamp()) for day in days]


def _cut(readings: Sequence[Reading], edges: Sequence[int], statistic: Statistic) -> Iterator[Span]:
    first = bisect_left(readings, float(edges[0]), key=_at)
    for start, end in pairwise(edges):
        last = bisect_left(readings, float(end), first, key=_at)
        values = [reading.value for reading in readings[first:last]]
        first = last
        if not values:
            yield Span(start, end)
            continue
        average = _mean(values)
        value = _VALUES[statistic](values)
        yield Span(start, end, value, min(values), average, max(values))


def _mean(values: Sequence[float]) -> float:
    # what is rounded must not leave the readings
    return min(max(fsum(values) / len(values), min(values)), max(values))


_VALUES: Final[dict[Statistic, Callable[[Sequence[float]], float]]] = {
    Statistic.MEAN: _mean,
    Statistic.MAX: max,
    Statistic.MIN: min,
    Statistic.SUM: fsum,
}


def _at(reading: Reading) -> float:
    return reading.at


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
