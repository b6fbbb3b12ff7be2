"""Outages -> how long and how badly a component was down, per day and over a window.

Uptime is counted as Statuspage counts it: a major outage counts in full, a partial outage for
30 per cent of its time, degraded performance and maintenance not at all
(support.atlassian.com/statuspage/docs/display-historical-uptime-of-components).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from statusbook.derive.facts import Day, Outage
from statusbook.model.words import COMPONENT_RANK, ComponentStatus, worst

DAYS_SHOWN = 90
WEIGHT = {ComponentStatus.PARTIAL_OUTAGE: 0.3, ComponentStatus.MAJOR_OUTAGE: 1.0}


class Segment(NamedTuple):
    """A span of time during which the worst status was `status`, in UTC."""

    start: datetime
    end: datetime
    status: ComponentStatus


def segments(outages: Iterable[Outage], start: datetime, end: datetime) -> list[Segment]:
    """Cut [start, end) into spans of one worst status each, in order of time.

    Where outages overlap, the worst counts, once. Spans in which the component was operational are
    left out; neighbours of one status are joined. An outage without an end runs until `end`.
    """
    spans = [
        (max(outage.start, start), min(outage.end or end, end), outage.status)
        for outage in outages
        if outage.start < end and (outage.end is None or outage.end > start)
    ]
    edges = sorted({edge for begin, finish, _ in spans for edge in (begin, finish)})
    cut: list[Segment] = []
    for begin, finish in pairwise(edges):
        during = [
            status for opened, closed, status in spans if opened <= begin and closed >= finish
        ]
        if not during:
            continue
        status = worst(during)
        if cut and cut[-1].status is status and cut[-1].end == begin:
            cut[-1] = Segment(cut[-1].start, finish, status)
        else:
            cut.append(Segment(begin, finish, status))
    return cut


def downtime(cut: Iterable[Segment]) -> timedelta:
    """Return the weighted time of the spans (see the module's text for the weights)."""
    return sum(
        ((span.end - span.start) * WEIGHT.get(span.status, 0.0) for span in cut), timedelta()
    )


def uptime(outages: Iterable[Outage], start: datetime, end: datetime) -> float | None:
    """Return the share of [start, end) that the component was up, from 0 to 1.

    None where the window is empty: no record is not 100 %.
    """
    if end <= start:
        return None
    return 1.0 - downtime(segments(outages, start, end)) / (end - start)


def days(
    outages: Sequence[tuple[Outage, str]],
    recorded_from: datetime | None,
    now: datetime,
    zone: tzinfo,
) -> tuple[Day, ...]:
    """Tell the last 90 days of one component, oldest first, today included up to `now`.

    Args:
        outages: Each with the id of its incident, in any order.
        recorded_from: Days that end before it have no status; None: no day has one.
        now: The moment, in UTC.
        zone: The page's zone, in which a day begins and ends.
    """
    bounds = list(day_bounds(now, zone))
    seen = now + timedelta(microseconds=1)  # so that an outage that begins at `now` is seen
    told = []
    first = bounds[0][1]
    near = [pair for pair in outages if pair[0].end is None or pair[0].end > first]
    for day, start, end in bounds:
        if recorded_from is None or end <= recorded_from:
            told.append(Day(day=day, status=None, seconds={}, incidents=()))
            continue
        touching = [
            pair
            for pair in near
            if pair[0].start < min(end, seen) and (pair[0].end is None or pair[0].end > start)
        ]
        if not touching:
            told.append(Day(day=day, status=ComponentStatus.OPERATIONAL, seconds={}, incidents=()))
            continue
        told.append(_day(day, touching, start, min(end, seen)))
    return tuple(told)


def _day(day: date, touching: Sequence[tuple[Outage, str]], start: datetime, end: datetime) -> Day:
    seconds: dict[ComponentStatus, int] = {}
    for span in segments((outage for outage, _ in touching), start, end):
        length = round((span.end - span.start).total_seconds())
        seconds[span.status] = seconds.get(span.status, 0) + length
    return Day(
        day=day,
        status=worst(seconds),
        seconds={
            status: seconds[status] for status in sorted(seconds, key=COMPONENT_RANK.__getitem__)
        },
        incidents=tuple(sorted({incident for _, incident in touching})),
    )


def day_bounds(now: datetime, zone: tzinfo) -> Iterator[tuple[date, datetime, datetime]]:
    """Yield the last 90 days as (day, start, end), oldest first, the bounds in UTC."""
    today = now.astimezone(zone).date()
    for back in range(DAYS_SHOWN - 1, -1, -1):
        day = today - timedelta(days=back)
        yield day, midnight(day, zone), midnight(day + timedelta(days=1), zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day begins in a zone, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
