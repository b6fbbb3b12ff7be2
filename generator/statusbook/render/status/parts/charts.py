"""A series of spans -> a chart: a line with gaps, or bars, with round numbers beside it.

The drawing stretches with the page, its text does not: labels stand at shares of width and height.
Time runs as the page is read, so on a page that is read from the right it runs to the left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct

from statusbook.derive.facts import Outage
from statusbook.derive.metrics import MetricFacts, Series, Span
from statusbook.model.words import ComponentStatus, Statistic, worst
from statusbook.render.status.parts.scale import Scale, amount, number, scale
from statusbook.render.words import Words

STEP: Final = 4
"""Width of a span."""
HEIGHT: Final = 160
_EDGE: Final = 0.06
"""A label does not stand nearer to an edge than this share of the width."""


class Tick(Struct, frozen=True):
    """A label, and where it stands in per cent of the width or of the height."""

    at: str
    text: str


class Shade(Struct, frozen=True):
    """A stretch of time in which something was wrong, as a path."""

    look: str
    path: str


class Chart(Struct, frozen=True):
    """A drawing of `width` by `HEIGHT`; `line` is filled where `is_bars`.

    `end` is the newest point; `start` is the side on which the page is read from.
    """

    width: int
    start: str
    line: str
    is_bars: bool
    end: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    shades: tuple[Shade, ...]


class Point(NamedTuple):
    """A place in the drawing."""

    x: int
    y: int


def chart(
    words: Words, facts: MetricFacts, series: Series, outages: Iterable[Outage] = ()
) -> Chart:
    """Draw a series that has at least one reading.

    Args:
        words: The language.
        facts: The metric.
        series: One of its series.
        outages: When something was wrong with its component.
    """
    spans = series.spans
    values = [span.value for span in spans if span.value is not None]
    is_bars = facts.metric.statistic is Statistic.SUM
    axis = scale(min(values), max(values), from_nothing=is_bars)
    width = len(spans) * STEP
    is_mirrored = words.locale.direction == "rtl"
    place = _mirrored(width) if is_mirrored else _as_it_is
    runs = list(_runs(series, axis, place))
    last = runs[-1][-1]
    return Chart(
        width=width,
        start="100%" if is_mirrored else "0",
        line=_bars(runs, axis) if is_bars else _line(runs),
        is_bars=is_bars,
        end="" if is_bars else f"M{last.x} {last.y}h0",
        rows=tuple(_rows(words, facts, axis)),
        columns=tuple(_columns(words, spans, place)),
        shades=tuple(_shades(spans, outages, place)),
    )


_Place = Callable[[float], int]


def _as_it_is(x: float) -> int:
    return round(x)


def _mirrored(width: int) -> _Place:
    return lambda x: width - round(x)


def _runs(series: Series, axis: Scale, place: _Place) -> Iterator[list[Point]]:
    """Yield the points that belong together: between two runs there is a gap."""
    run: list[Point] = []
    empty = 0
    for at, span in enumerate(series.spans):
        if span.value is None:
            empty += 1
            continue
        if run and empty > int(series.sparse):
            yield run
            run = []
        empty = 0
        run.append(Point(place((at + 0.5) * STEP), round(HEIGHT * (1 - axis.share(span.value)))))
    if run:
        yield run


def _line(runs: Sequence[Sequence[Point]]) -> str:
    """Join the points of each run; one alone becomes a dot."""
    parts = []
    for first, *others in runs:
        parts.append(f"M{first.x} {first.y}" + ("l" if others else "h0"))
        before = first
        steps = []
        for point in others:
            steps.append(f"{point.x - before.x} {point.y - before.y}")
            before = point
        parts.append(" ".join(steps).replace(" -", "-"))
    return "".join(parts)


def _bars(runs: Sequence[Sequence[Point]], axis: Scale) -> str:
    """Draw a bar for each point, from nothing on."""
    ground = round(HEIGHT * (1 - axis.share(0.0)))
    half = STEP // 2 - 0.5
    return "".join(
        f"M{point.x - half:g} {ground}V{point.y}h{2 * half:g}V{ground}z"
        for run in runs
        for point in run
    )


def _rows(words: Words, facts: MetricFacts, axis: Scale) -> Iterator[Tick]:
    """Yield the numbers of the axis, from the top; the first says the unit."""
    for tick in reversed(axis.ticks):
        text = number(words, tick, axis.decimals)
        if tick == axis.highest:
            text = amount(words, tick, axis.decimals, facts.metric.unit)
        yield Tick(f"{100 * (1 - axis.share(tick)):.4g}%", text)


def _columns(words: Words, spans: Sequence[Span], place: _Place) -> Iterator[Tick]:
    """Yield the times below the chart, none too near to an edge."""
    width = len(spans) * STEP
    for at, text in _times(words, spans):
        if spans[0].start <= at < spans[-1].end:
            share = place(_x(spans, at)) / width
            if _EDGE <= share <= 1 - _EDGE:
                yield Tick(f"{100 * share:.4g}%", text)


def _times(words: Words, spans: Sequence[Span]) -> Iterator[tuple[float, str]]:
    """Yield every sixth hour, every other day or the first of each month, with its text."""
    first, last = (
        words.local(datetime.fromtimestamp(at, UTC)).date()
        for at in (spans[0].start, spans[-1].end)
    )
    length = (last - first).days
    for day in (first + timedelta(days=n) for n in range(length + 1)):
        if length <= 2:
            for hour in range(0, 24, 6):
                yield _begin(words, day, hour), f"{hour:02}:00"
        elif length <= 30:
            if (last - day).days % 2 == 0:
                yield _begin(words, day), words.locale.short_day.of(day)
        elif day.day == 1:
            yield _begin(words, day), words.locale.short_day.of(day)


def _begin(words: Words, day: date, hour: int = 0) -> float:
    return datetime(day.year, day.month, day.day, hour, tzinfo=words.here).timestamp()


def _x(spans: Sequence[Span], at: float) -> float:
    """Return how far to the side a moment lies; days of 23 and 25 hours are as wide as others."""
    before = bisect_right(spans, at, key=_start) - 1
    span = spans[before]
    return (before + (at - span.start) / (span.end - span.start)) * STEP


def _shades(spans: Sequence[Span], outages: Iterable[Outage], place: _Place) -> Iterator[Shade]:
    """Yield the spans in which something was wrong, neighbours of one worst status together."""
    during: dict[int, list[ComponentStatus]] = defaultdict(list)
    for outage in outages:
        begin = max(outage.start.timestamp(), spans[0].start)
        finish = min(outage.end.timestamp() if outage.end else spans[-1].end, spans[-1].end)
        if begin < finish:
            first = bisect_right(spans, begin, key=_start) - 1
            for at in range(first, bisect_left(spans, finish, key=_start)):
                during[at].append(outage.status)
    looks = [worst(during[at]) if at in during else None for at in range(len(spans))]
    at = 0
    for look, run in groupby(looks):
        left, right = place(at * STEP), place((at := at + len(list(run))) * STEP)
        if look is not None:
            yield Shade(look, f"M{left} 0H{right}V{HEIGHT}H{left}z")


def _start(span: Span) -> float:
    return span.start
