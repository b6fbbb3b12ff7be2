"""The first sentence of the page says what holds now, and since when."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from stories import at, facts_of, site, update

from statusbook.derive.ahead import Outlook, outlooks
from statusbook.derive.overall import Answer, answer
from statusbook.derive.site import site_facts
from statusbook.model.parts import Window
from statusbook.model.public import PublicIncident, PublicUpdate
from statusbook.model.words import ComponentStatus, Impact, Kind, Status

FINE, WORK, SLOW, PARTLY, DOWN = (
    ComponentStatus.OPERATIONAL,
    ComponentStatus.UNDER_MAINTENANCE,
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)
NOW = at(200)


@pytest.mark.parametrize(
    ("components", "open_incidents", "at_work", "expected"),
    [
        ([], [], False, Answer.WORKING),
        ([FINE, FINE], [], False, Answer.WORKING),
        ([FINE, FINE], [], True, Answer.MAINTENANCE),
        ([FINE, WORK], [], False, Answer.MAINTENANCE),
        ([FINE, FINE], [Status.MONITORING], True, Answer.WATCHED),
        ([FINE, FINE], [Status.MONITORING, Status.IDENTIFIED], False, Answer.WORKED_ON),
        ([SLOW, FINE], [Status.MONITORING], False, Answer.PARTLY_DEGRADED),
        ([SLOW, SLOW], [], False, Answer.DEGRADED),
        ([SLOW, PARTLY], [], False, Answer.PARTLY_FAILING),
        ([PARTLY, PARTLY], [], False, Answer.FAILING),
        ([DOWN, *[FINE] * 59], [Status.IDENTIFIED], False, Answer.PARTLY_DOWN),
        ([DOWN, PARTLY], [], False, Answer.PARTLY_DOWN),
        ([DOWN, WORK], [], True, Answer.PARTLY_DOWN),
        ([DOWN], [], False, Answer.DOWN),
    ],
)
def test_the_answer_follows_the_components_as_they_are(
    *,
    components: list[ComponentStatus],
    open_incidents: list[Status],
    at_work: bool,
    expected: Answer,
) -> None:
    assert answer(components, open_incidents, at_work=at_work) is expected


def incident(*updates: PublicUpdate, kind: Kind = Kind.INCIDENT, name: str = "a") -> PublicIncident:
    return PublicIncident(id=name, kind=kind, updates=updates)


def now(*histories: PublicIncident) -> Outlook:
    return outlooks(site_facts(site(), facts_of(histories, NOW), NOW, births=()))[0]


def begun(minute: int, name: str, **fields: object) -> PublicIncident:
    fields = {"title": "T", "status": Status.IDENTIFIED} | fields
    return incident(update(1, at(minute), **fields), name=name)


def test_what_was_bad_and_is_mended_is_no_longer_called_bad() -> None:
    watched = incident(
        update(1, at(10), title="T", status=Status.IDENTIFIED, components={"search": DOWN}),
        update(2, at(60), status=Status.MONITORING, components={"search": FINE}),
    )
    assert (now(watched).answer, now(watched).since) == (Answer.WATCHED, at(10))


def test_since_is_when_the_worst_began_not_the_oldest_incident() -> None:
    slow = begun(10, "a", components={"search": SLOW})
    down = begun(150, "b", components={"checkout": DOWN})
    assert now(slow, down).since == at(150)


def test_since_reaches_back_to_when_a_component_was_hit_in_whatever_way() -> None:
    growing = incident(
        update(1, at(50), title="T", status=Status.INVESTIGATING, components={"search": SLOW}),
        update(2, at(90), components={"search": DOWN}),
    )
    assert now(growing).since == at(50)


def test_a_notice_without_impact_says_nothing_of_the_whole() -> None:
    notice = begun(10, "a", impact=Impact.NONE)
    assert (now(notice).answer, now(notice).since) == (Answer.WORKING, None)


def works(statuses: Iterable[ComponentStatus]) -> PublicIncident:
    window = Window(at(100), at(300))
    components = dict(zip(("search", "checkout"), statuses, strict=False))
    planned = {"title": "T", "status": Status.SCHEDULED, "scheduled": window}
    return incident(
        update(1, at(5), components=components, **planned), kind=Kind.MAINTENANCE, name="w"
    )


def test_planned_work_is_called_so_however_hard_it_hits() -> None:
    told = now(works([DOWN]))
    assert (told.answer, told.since) == (Answer.MAINTENANCE, at(100))
    assert told.components["search"] is DOWN


def test_an_incident_beside_planned_work_comes_first() -> None:
    told = now(works([DOWN]), begun(150, "b", components={"checkout": PARTLY}))
    assert (told.answer, told.since) == (Answer.PARTLY_FAILING, at(150))
