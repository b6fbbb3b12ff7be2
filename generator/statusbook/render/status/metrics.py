"""The facts of the metrics -> a page for each, and what the index and other pages show of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.facts import Outage
from statusbook.derive.metrics import MetricFacts, Series, Span
from statusbook.model.words import Statistic
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.charts import Chart, chart
from statusbook.render.status.edition import Edition
from statusbook.render.status.labels import N_
from statusbook.render.status.pieces import Phrase, Piece, day, moment, phrase
from statusbook.render.status.scale import amount, decimals_of
from statusbook.render.view import View
from statusbook.render.words import Words, utc

MOST_SHOWN: Final = 6
"""So many metrics the index shows; their components' pages and their own show all."""

_TITLES: Final = {
    "day": N_("The last 24 hours"),
    "week": N_("The last 7 days"),
    "quarter": N_("The last 90 days"),
}
_POINTS: Final = {
    Statistic.MEAN: N_("Each point is the average of {span}."),
    Statistic.MAX: N_("Each point is the highest reading of {span}."),
    Statistic.MIN: N_("Each point is the lowest reading of {span}."),
    Statistic.SUM: N_("Each bar is the total of {span}."),
}


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


class FigureRow(Struct, frozen=True):
    """One span; no `cells` in as many `columns` where nothing was recorded."""

    time: Piece
    cells: tuple[str, ...]
    columns: int


class MetricCard(Struct, frozen=True):
    """A metric with its newest reading and its last 24 hours."""

    id: str
    name: Piece
    latest: str
    read: Phrase
    told: Phrase
    figure: Figure


def shown_metrics(view: View) -> tuple[MetricFacts, ...]:
    """Return the metrics that the index shows: those with readings, in the order of the plan."""
    shown = [facts for facts in view.metrics if facts.metric.showcase and facts.at is not None]
    return tuple(shown[:MOST_SHOWN])


def metrics_of(view: View, component: str) -> tuple[MetricFacts, ...]:
    """Return the metrics of a component."""
    return tuple(facts for facts in view.metrics if facts.metric.component == component)


def metric_keys(view: View) -> dict[str, str]:
    """Return by a metric's id the digest of all that pages show of it."""
    return {
        facts.metric.id: page_key(encode((facts, _outages(view, facts)))) for facts in view.metrics
    }


def metric_pages(edition: Edition, base: str, keys: Mapping[str, str]) -> Iterator[Page]:
    """Yield the page of each metric."""
    for facts in edition.view.metrics:
        path = f"metrics/{facts.metric.id}/index.html"
        yield Page(
            edition.prefix + path,
            page_key(base, keys[facts.metric.id]),
            Rank.COMPONENT,
            partial(_metric_page, edition, path, facts),
        )


def metric_cards(edition: Edition, metrics: Iterable[MetricFacts], home: str) -> list[MetricCard]:
    """Show metrics in few words, with a link to the page of each."""
    return [_card(edition, facts, f"{home}metrics/{facts.metric.id}/") for facts in metrics]


def _metric_page(edition: Edition, path: str, facts: MetricFacts) -> bytes:
    """Render a metric's page."""
    about = edition.description(facts.metric)
    figures = [figure(edition, facts, name) for name in _TITLES]
    return edition.page(
        "metric.html.j2",
        path,
        edition.name(facts.metric).text,
        description=about.text,
        card=_card(edition, facts, ""),
        about=about,
        component=_component(edition, facts),
        figures=figures if facts.at is not None else [],
    )


def figure(edition: Edition, facts: MetricFacts, name: str) -> Figure:
    """Show the series `day`, `week` or `quarter` as a chart, in words and as a table."""
    series = {"day": facts.day, "week": facts.week, "quarter": facts.quarter}[name]
    words = edition.words
    spans = series.spans
    outages = _outages(edition.view, facts)
    drawn = None
    if any(span.value is not None for span in spans):
        drawn = chart(words, facts, series, outages)
    span = timedelta(seconds=spans[-1].end - spans[-1].start) if spans else timedelta()
    is_days = span > timedelta(hours=12)
    if is_days:  # one of them may have 23 hours
        span = timedelta(days=1)
    notes = [phrase(words, _POINTS[facts.metric.statistic], span=Piece(words.duration(span)))]
    if _has_gap(series):
        notes.append(phrase(words, "Where the line is broken, nothing was recorded."))
    component = _component(edition, facts)
    if drawn is not None and drawn.shades and component is not None:
        told = N_("Shaded: incidents and maintenance of {component}.")
        notes.append(phrase(words, told, component=component))
    return Figure(
        id=f"{facts.metric.id}-{name}",
        title=words.gettext(_TITLES[name]),
        chart=drawn,
        told=_told(words, facts, spans, is_days=is_days),
        notes=tuple(notes),
        heads=_heads(words, facts),
        rows=tuple(_row(words, facts, span, is_days=is_days) for span in reversed(spans)),
    )


def _card(edition: Edition, facts: MetricFacts, href: str) -> MetricCard:
    words = edition.words
    read = phrase(words, "No readings yet.")
    if facts.at is not None:
        time = moment(words, facts.at, near=True)
        read = phrase(words, "Last reading: {time}", time=time)
    return MetricCard(
        id=facts.metric.id,
        name=edition.name(facts.metric, href),
        latest="" if facts.latest is None else _amount(words, facts, facts.latest),
        read=read,
        told=_told_shortly(words, facts),
        figure=figure(edition, facts, "day"),
    )


def _component(edition: Edition, facts: MetricFacts) -> Piece | None:
    """Return the component that a metric is about, as a link to its page."""
    known = edition.view.facts.components.get(facts.metric.component or "")
    if known is None:
        return None
    return edition.name(known.component, f"../../components/{known.component.id}/")


def _outages(view: View, facts: MetricFacts) -> list[Outage]:
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


def _has_gap(series: Series) -> bool:
    """Whether there are spans without readings between those with some."""
    known = [at for at, span in enumerate(series.spans) if span.value is not None]
    widest = 2 if series.sparse else 1
    return any(later - sooner > widest for sooner, later in pairwise(known))


def _told(words: Words, facts: MetricFacts, spans: Sequence[Span], *, is_days: bool) -> Phrase:
    """Tell what a chart shows."""
    values = [(span.value, span) for span in spans if span.value is not None]
    if not values:
        return phrase(words, "No readings.")
    lowest = min(value for value, _ in values)
    highest, top = max(values, key=lambda pair: pair[0])
    low, high = (Piece(_amount(words, facts, value)) for value in (lowest, highest))
    if low.text == high.text:
        return phrase(words, "Always {value}.", value=high)
    start = datetime.fromtimestamp(top.start, UTC)
    if is_days:
        message = N_("Between {lowest} and {highest}, highest on {day}.")
        on = day(words, words.local(start).date())
        return phrase(words, message, lowest=low, highest=high, day=on)
    message = N_("Between {lowest} and {highest}, highest at {time}.")
    return phrase(words, message, lowest=low, highest=high, time=moment(words, start))


def _told_shortly(words: Words, facts: MetricFacts) -> Phrase:
    """Tell the last 24 hours in one line."""
    values = [span.value for span in facts.day.spans if span.value is not None]
    if not values:
        return Phrase()
    low, high = (Piece(_amount(words, facts, value)) for value in (min(values), max(values)))
    if low.text == high.text:
        return phrase(words, "{value} in all of the last 24 hours", value=high)
    return phrase(words, "{lowest} to {highest} in the last 24 hours", lowest=low, highest=high)


def _heads(words: Words, facts: MetricFacts) -> tuple[str, ...]:
    if facts.metric.statistic is Statistic.SUM:
        return (words.gettext("Time"), words.gettext("Total"))
    names = (N_("Time"), N_("Lowest"), N_("Average"), N_("Highest"))
    return tuple(map(words.gettext, names))


def _row(words: Words, facts: MetricFacts, span: Span, *, is_days: bool) -> FigureRow:
    start = datetime.fromtimestamp(span.start, UTC)
    local = words.local(start)
    if is_days:
        time = day(words, local.date())
    else:
        date = words.locale.short_day.of(local.date())
        text = words.gettext("{day}, {time}").replace("{day}", date)
        time = Piece(text.replace("{time}", f"{local.hour:02}:{local.minute:02}"), utc(start))
    values: tuple[float | None, ...] = (span.lowest, span.average, span.highest)
    if facts.metric.statistic is Statistic.SUM:
        values = (span.value,)
    known = [value for value in values if value is not None]
    cells = tuple(_amount(words, facts, value) for value in known)
    return FigureRow(time, cells, len(values))


def _amount(words: Words, facts: MetricFacts, value: float) -> str:
    return amount(words, value, decimals_of(facts), facts.metric.unit)
