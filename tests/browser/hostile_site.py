"""Hostile texts -> a site in which each stands in every field that reaches a page or a feed.

The records are made here and not read: what the reader of files refuses, such as control
characters, has to be harmless too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from statusbook.derive.metrics import metric_facts
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident, Update
from statusbook.model.parts import LinkNames, Names, PageNames, Translation, Window
from statusbook.model.plan import Component, Components, Group, Link, Metric, StatusPage
from statusbook.model.public import publish_incident, publish_metric, publish_site
from statusbook.model.reading import Reading
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.page import Page, page_key
from statusbook.render.site import render_site
from statusbook.render.view import View

NOW: Final = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
_BEGIN: Final = datetime(2026, 11, 1, tzinfo=UTC)
_TOGETHER: Final = 25
"""So many texts one incident tells."""


def hostile_pages(texts: Sequence[str]) -> dict[str, Page]:
    """Return every file of a site that says each of the texts in each of its fields."""
    page, components = _page(texts), _components(texts)
    site = publish_site(page, components)
    timelines = {
        one.id: fold(publish_incident(one), NOW, page_key(one.id)) for one in _incidents(texts)
    }
    shown = {name: timeline for name, timeline in timelines.items() if timeline is not None}
    facts = site_facts(site, [timeline.facts for timeline in shown.values()], NOW)
    readings = [Reading((NOW - timedelta(hours=back)).timestamp(), back) for back in (3, 2, 1)]
    metrics = tuple(
        metric_facts(publish_metric(metric), readings, NOW, site.time_zone)
        for metric in _metrics(texts)
    )
    view = View(site, facts, lambda one: shown[one.id], page_key("hostile"), metrics)
    return {page.path: page for page in render_site(view)}


def _page(texts: Sequence[str]) -> StatusPage:
    everything = "\n".join(texts)
    links = [
        Link(text, f"https://help.example.com/{number}", {"pl": LinkNames(text)})
        for number, text in enumerate(texts)
    ]
    return StatusPage(
        title=everything,
        url="https://status.example.com/below",
        feed_id="tag:status.example.com,2026:status",
        description=everything,
        api_id=everything,
        languages=["pl"],
        links=links,
        subscribe=links,
        hosts=links,
        translations={"pl": PageNames(everything, everything)},
    )


def _components(texts: Sequence[str]) -> Components:
    names = [{"pl": Names(text, text)} for text in texts]
    groups = [
        Group(f"group-{number}", text, text, translations=names[number])
        for number, text in enumerate(texts)
    ]
    components = [
        Component(
            f"part-{number}", text, f"group-{number}", text, api_id=text, translations=names[number]
        )
        for number, text in enumerate(texts)
    ]
    return Components(groups, components)


def _metrics(texts: Sequence[str]) -> Iterator[Metric]:
    for number, text in enumerate(texts):
        names = {"pl": Names(text, text)}
        yield Metric(f"m-{number}", text, text, "", None, text, translations=names)


def _incidents(texts: Sequence[str]) -> Iterator[Incident]:
    """Yield a short incident for each text, then long ones that tell many, and maintenances."""
    for number, text in enumerate(texts):
        yield Incident(f"one-{number}", "", Kind.INCIDENT, (_first(text, number), _last(text)))
    for number in range(0, len(texts), _TOGETHER):
        some = texts[number : number + _TOGETHER]
        is_open = number < 2 * _TOGETHER
        yield Incident(f"many-{number}", "", Kind.INCIDENT, tuple(_story(some, is_open=is_open)))
        yield Incident(f"work-{number}", "", Kind.MAINTENANCE, tuple(_work(some)))


def _first(text: str, number: int) -> Update:
    return Update(
        at=_BEGIN,
        status=Status.INVESTIGATING,
        title=text,
        components={f"part-{number}": ComponentStatus.MAJOR_OUTAGE},
        id="1-first",
        body=text,
        workaround=text,
        translations={"pl": Translation(text, text, text)},
    )


def _last(text: str) -> Update:
    return Update(
        at=_BEGIN + timedelta(hours=1), status=Status.RESOLVED, id="2-last", body=text, title=text
    )


def _story(texts: Sequence[str], *, is_open: bool) -> Iterator[Update]:
    at = NOW - timedelta(days=1)
    yield Update(at=at, status=Status.INVESTIGATING, title=texts[0], id="1-first", body=texts[0])
    for number, text in enumerate(texts):
        at += timedelta(minutes=5)
        yield Update(
            at=at,
            title=text,
            id=f"{number + 2}-more",
            body=text,
            workaround=text,
            corrects="1-first",
            components={"part-0": ComponentStatus.PARTIAL_OUTAGE},
            translations={"pl": Translation(text, text, text)},
        )
        yield Update(at=at, id=f"{number + 100}-not", title=text, body=text, retracted=text)
    if not is_open:
        at += timedelta(minutes=5)
        yield Update(at=at, status=Status.RESOLVED, id="200-over", body=texts[0])
        at += timedelta(minutes=5)
        report = "\n\n".join(texts)
        yield Update(at=at, status=Status.POSTMORTEM, id="201-report", body=report)


def _work(texts: Sequence[str]) -> Iterator[Update]:
    window = Window(NOW + timedelta(hours=5), NOW + timedelta(hours=6))
    body = "\n\n".join(texts)
    yield Update(
        at=_BEGIN,
        status=Status.SCHEDULED,
        title=texts[-1],
        id="1-scheduled",
        body=body,
        scheduled=window,
        components={"part-1": ComponentStatus.UNDER_MAINTENANCE},
        translations={"pl": Translation(texts[-1], body)},
    )
