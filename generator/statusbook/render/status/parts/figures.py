"""A series of a metric -> a figure: its chart, what that tells in words, and a table of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from msgspec import Struct

from statusbook.derive.facts import Outage
from statusbook.derive.metrics import MetricFacts, Series, Span
from statusbook.model.words import Statistic
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.charts import Chart, chart
from statusbook.render.status.parts.extremes import span_of, told_of
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece, day, phrase
from statusbook.render.status.parts.scale import amount, decimals_of
from statusbook.render.view import View
from statusbook.render.words import Words, utc

TITLES: Final = {
    "day": N_("24 hours"),
    "week": N_("7 days"),
    "quarter": N_("90 days"),
}
"""The series of a metric by their names, with their titles: they end at a reading, and not now."""

_POINTS: Final = {
    Statistic.MEAN: N_("Each point is the average of {span}."),
    Statistic.MAX: N_("Each point is the highest reading of {span}."),
    Statistic.MIN: N_("Each point is the lowest reading of {span}."),
    Statistic.SUM: N_("Each bar is the total of {span}; the newest may not be complete."),
}

Write = Callable[[float], str]
"""Writes a value of one metric with its unit."""


class FigureRow(Struct, frozen=True):
    """One span; no `cells` in as many `columns` where nothing was recorded."""

    time: Piece
    cells: tuple[str, ...]
    columns: int


class Figure(Struct, frozen=True):
    """A chart with what it tells in words, and the same as a table, newest first.

    `chart` is None where there is no reading; `heads` are those of the table's columns.
    """

    id: str
    title: str
    chart: Chart | None
    told: Phrase
    notes: tuple[Phrase, ...]
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]


def figure(edition: Edition, facts: MetricFacts, name: str) -> Figure:
    """Show the series `day`, `week` or `quarter` of a metric."""
    words = edition.words
    series = {"day": facts.day, "week": facts.week, "quarter": facts.quarter}[name]
    write = writer(words, facts)
    is_days = name == "quarter"
    drawn = None
    if facts.at is not None:
        drawn = chart(words, facts, series, outages_during(edition.view, facts))
    is_sum = facts.metric.statistic is Statistic.SUM
    heads = (N_("Time"), N_("Lowest"), N_("Average"), N_("Highest"))
    return Figure(
        id=f"{facts.metric.id}-{name}",
        title=words.gettext(TITLES[name]),
        chart=drawn,
        told=told_of(words, series.spans, write, facts.metric.statistic, is_days=is_days),
        notes=tuple(_notes(edition, facts, series, drawn)),
        heads=tuple(map(words.gettext, (N_("Time"), N_("Total")) if is_sum else heads)),
        rows=tuple(
            _row(words, span, write, is_days=is_days, is_sum=is_sum)
            for span in reversed(series.spans)
        ),
    )


def writer(words: Words, facts: MetricFacts) -> Write:
    """Return what writes the values of a metric."""
    decimals = decimals_of(facts)
    return lambda value: amount(words, value, decimals, facts.metric.unit)


def outages_during(view: View, facts: MetricFacts) -> list[Outage]:
    """Return what was wrong with a metric's component while it was measured."""
    component = view.facts.components.get(facts.metric.component or "")
    spans = facts.quarter.spans
    if component is None or not spans:
        return []
    near = {incident for day in component.days for incident in day.incidents}
    near.update(component.incidents)
    return [
        outage
        for incident in view.facts.incidents
        if incident.id in near
        for outage in incident.outages
        if outage.component == component.component.id
        and outage.start.timestamp() < spans[-1].end
        and (outage.end is None or outage.end.timestamp() > spans[0].start)
    ]


def measured_component(edition: Edition, facts: MetricFacts) -> Piece | None:
    """Return the component that a metric is about, as a link to its page from another one."""
    known = edition.view.facts.components.get(facts.metric.component or "")
    if known is None:
        return None
    return edition.name(known.component, f"../../components/{known.component.id}/")


def _notes(
    edition: Edition, facts: MetricFacts, series: Series, drawn: Chart | None
) -> Iterator[Phrase]:
    """Say what the points are, and what gaps and shades mean where there are any."""
    words = edition.words
    if drawn is None:
        return
    span = span_of(words, series.spans)
    yield phrase(words, _POINTS[facts.metric.statistic], span=span)
    if _has_gap(series):
        told = N_("Where the line is broken, nothing was recorded.")
        if drawn.is_bars:
            told = N_("Where there is no bar, nothing was recorded.")
        yield phrase(words, told)
    component = measured_component(edition, facts)
    if drawn.shades and component is not None:
        told = N_("Shaded: incidents and maintenance of {component}.")
        yield phrase(words, told, component=component)


def _has_gap(series: Series) -> bool:
    """Whether there are spans without readings between those with some."""
    known = [at for at, span in enumerate(series.spans) if span.value is not None]
    widest = 2 if series.sparse else 1
    return any(later - sooner > widest for sooner, later in pairwise(known))


def _row(words: Words, span: Span, write: Write, *, is_days: bool, is_sum: bool) -> FigureRow:
    start = datetime.fromtimestamp(span.start, UTC)
    local = words.local(start)
    if is_days:
        time = day(words, local.date())
    else:
        on = words.locale.short_day.of(local.date())
        text = words.gettext("{day}, {time}").replace("{day}", on)
        time = Piece(text.replace("{time}", f"{local.hour:02}:{local.minute:02}"), utc(start))
    values = (span.value,) if is_sum else (span.lowest, span.average, span.highest)
    return FigureRow(time, tuple(write(one) for one in values if one is not None), len(values))
