"""The facts of the metrics -> a page for each, and what the index and other pages show of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.metrics import MetricFacts
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.charts import Chart, chart
from statusbook.render.status.parts.extremes import told_shortly
from statusbook.render.status.parts.figures import (
    TITLES,
    Figure,
    figure,
    measured_component,
    outages_during,
    writer,
)
from statusbook.render.status.parts.pieces import Phrase, Piece, moment, phrase
from statusbook.render.view import View

MOST_SHOWN: Final = 6
"""So many metrics the index shows; their components' pages and their own show all."""


class Latest(Struct, frozen=True):
    """A metric with its newest reading, and when that was."""

    id: str
    name: Piece
    value: str
    read: Phrase


class MetricCard(Struct, frozen=True):
    """A metric on the index, with a small chart of its last 24 hours."""

    latest: Latest
    chart: Chart
    told: Phrase


class MetricPart(Struct, frozen=True):
    """A metric on its component's page, with a figure of its last 24 hours."""

    latest: Latest
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
        facts.metric.id: page_key(encode((facts, outages_during(view, facts))))
        for facts in view.metrics
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


def metric_cards(edition: Edition, home: str) -> list[MetricCard]:
    """Show metrics on the index."""
    return [_card(edition, facts, home) for facts in shown_metrics(edition.view)]


def metric_parts(edition: Edition, metrics: Iterable[MetricFacts], home: str) -> list[MetricPart]:
    """Show metrics on the page of their component."""
    return [
        MetricPart(_latest(edition, facts, home), figure(edition, facts, "day"))
        for facts in metrics
    ]


def _metric_page(edition: Edition, path: str, facts: MetricFacts) -> bytes:
    about = edition.description(facts.metric)
    return edition.page(
        "metric.html.j2",
        path,
        edition.name(facts.metric).text,
        description=about.text,
        latest=_latest(edition, facts),
        about=about,
        component=measured_component(edition, facts),
        figures=[figure(edition, facts, name) for name in TITLES] if facts.at else [],
    )


def _latest(edition: Edition, facts: MetricFacts, home: str = "") -> Latest:
    """Show a metric's newest reading; with a link to its page where there is a way to it."""
    words = edition.words
    read = phrase(words, "No readings yet.")
    if facts.at is not None:
        read = phrase(words, "Last reading: {time}", time=moment(words, facts.at, near=True))
    return Latest(
        id=facts.metric.id,
        name=edition.name(facts.metric, f"{home}metrics/{facts.metric.id}/" if home else ""),
        value="" if facts.latest is None else writer(words, facts)(facts.latest),
        read=read,
    )


def _card(edition: Edition, facts: MetricFacts, home: str) -> MetricCard:
    words, outages = edition.words, outages_during(edition.view, facts)
    return MetricCard(
        latest=_latest(edition, facts, home),
        chart=chart(words, facts, facts.day, outages),
        told=told_shortly(words, facts.day.spans, writer(words, facts), facts.metric.statistic),
    )
