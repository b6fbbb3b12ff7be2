"""The spans of a series -> in words, between what they lie: what is drawn, and single readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from statusbook.derive.metrics import Span
from statusbook.model.words import Statistic
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece, day, moment, phrase
from statusbook.render.status.parts.scale import differ
from statusbook.render.words import Words

Write = Callable[[float], str]
"""Writes a value of one metric with its unit."""

_OF_DAYS: Final = {
    Statistic.MEAN: N_(
        "Daily averages between {low} and {high}, highest on {day};"
        " single readings between {lowest} and {highest}."
    ),
    Statistic.MAX: N_(
        "Highest readings of each day between {low} and {high}, highest on {day};"
        " lowest of all readings: {lowest}."
    ),
    Statistic.MIN: N_(
        "Lowest readings of each day between {low} and {high}, lowest on {day};"
        " highest of all readings: {highest}."
    ),
    Statistic.SUM: N_("Daily totals between {low} and {high}, highest on {day}."),
}
_OF_SPANS: Final = {
    Statistic.MEAN: N_(
        "Averages ({span}) between {low} and {high}, highest from {time};"
        " single readings between {lowest} and {highest}."
    ),
    Statistic.MAX: N_(
        "Highest readings ({span}) between {low} and {high}, highest from {time};"
        " lowest of all readings: {lowest}."
    ),
    Statistic.MIN: N_(
        "Lowest readings ({span}) between {low} and {high}, lowest from {time};"
        " highest of all readings: {highest}."
    ),
    Statistic.SUM: N_("Totals ({span}) between {low} and {high}, highest from {time}."),
}
_DAY: Final = timedelta(days=1)


def told_of(
    words: Words, spans: Sequence[Span], write: Write, statistic: Statistic, *, is_days: bool
) -> Phrase:
    """Tell between what the points of a chart lie, and between what the readings behind them."""
    points = [(span.value, span.start) for span in spans if span.value is not None]
    if not points:
        return phrase(words, "No readings yet.")
    (bottom, _), (top, _) = min(points), max(points)
    low, high = write(bottom), write(top)
    ends = extremes(spans)
    lowest, highest = map(write, ends)
    is_sum = statistic is Statistic.SUM
    if low == high and is_sum:
        return phrase(words, "Every total is {value}.", value=Piece(high))
    if lowest == highest and not is_sum:
        # where the plan says how many decimals, different ones may look the same
        told = N_("Always about {value}.") if differ(*ends) else N_("Always {value}.")
        return phrase(words, told, value=Piece(highest))
    fields: dict[str, Piece] = {"lowest": Piece(lowest), "highest": Piece(highest)}
    if low == high:
        message = N_("Single readings between {lowest} and {highest}.")
        if statistic is Statistic.MEAN:
            message = N_("Average {value}; single readings between {lowest} and {highest}.")
            fields["value"] = Piece(high)
        return phrase(words, message, **fields)
    chosen = min(points) if statistic is Statistic.MIN else max(points, key=lambda one: one[0])
    at = datetime.fromtimestamp(chosen[1], UTC)
    fields |= {"low": Piece(low), "high": Piece(high)}
    if is_days:
        return phrase(words, _OF_DAYS[statistic], **fields, day=day(words, words.local(at).date()))
    time, span = moment(words, at), span_of(words, spans)
    return phrase(words, _OF_SPANS[statistic], **fields, time=time, span=span)


def told_shortly(words: Words, spans: Sequence[Span], write: Write, statistic: Statistic) -> Phrase:
    """Tell the same of 24 hours in one short line: of all readings, or of the totals."""
    is_sum = statistic is Statistic.SUM
    totals = [span.value for span in spans if span.value is not None]
    low, high = map(write, (min(totals), max(totals)) if is_sum else extremes(spans))
    if low == high and not is_sum:
        return phrase(words, "{value} for 24 hours", value=Piece(high))
    message = N_("{lowest} to {highest} in 24 hours")
    if is_sum:
        message = N_("Totals ({span}): {lowest} to {highest} in 24 hours")
    span = span_of(words, spans)
    return phrase(words, message, span=span, lowest=Piece(low), highest=Piece(high))


def extremes(spans: Sequence[Span]) -> tuple[float, float]:
    """Return the lowest and the highest of all readings in some spans; there is at least one."""
    lowest = min(span.lowest for span in spans if span.lowest is not None)
    return lowest, max(span.highest for span in spans if span.highest is not None)


def span_of(words: Words, spans: Sequence[Span]) -> Piece:
    """Tell how long each of the spans is."""
    length = timedelta(seconds=spans[-1].end - spans[-1].start)
    # a day may have 23 hours
    return Piece(words.duration(length if length <= _DAY / 2 else _DAY))
