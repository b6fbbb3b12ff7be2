"""Incidents and maintenances that met at a component: the sweep finds what two loops find."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import at, facts_of, incidents, minutes

from statusbook.derive.facts import IncidentFacts, Outage
from statusbook.derive.related import MOST, related
from statusbook.model.public import PublicIncident
from statusbook.model.words import ComponentStatus, Impact, Kind, Status

LATE = at(10_000)


def naive(known: list[IncidentFacts]) -> dict[str, set[str]]:
    """Find the same by looking at every pair."""
    found: dict[str, set[str]] = {}
    for incident in known:
        for work in known:
            if (incident.kind, work.kind) == (Kind.INCIDENT, Kind.MAINTENANCE) and met(
                incident, work
            ):
                found.setdefault(incident.id, set()).add(work.id)
                found.setdefault(work.id, set()).add(incident.id)
    return found


def met(incident: IncidentFacts, work: IncidentFacts) -> bool:
    end = work.ended or LATE
    if work.status is Status.SCHEDULED or not set(incident.components) & set(work.components):
        return False
    last = incident.updated if incident.ended else LATE
    return any(
        max(outage.start, work.started) < min(outage.end or last, end)
        for outage in incident.outages
    )


def hit(name: str, *outages: Outage, kind: Kind = Kind.INCIDENT) -> IncidentFacts:
    """Make the facts of an incident that consists of its outages."""
    outages = tuple(sorted(outages, key=lambda outage: outage.end is None))
    ends = [outage.end for outage in outages]
    return IncidentFacts(
        id=name,
        digest="",
        holds_from=at(0),
        holds_until=None,
        kind=kind,
        title=name,
        titles={},
        status=Status.RESOLVED if kind is Kind.INCIDENT else Status.IN_PROGRESS,
        impact=Impact.MAJOR,
        started=min(outage.start for outage in outages),
        ended=None if None in ends else max(end for end in ends if end),
        created=min(outage.start for outage in outages),
        updated=max((end for end in ends if end), default=at(0)),
        monitoring_at=None,
        resolved_at=None,
        scheduled=None,
        components={outage.component: outage.status for outage in outages},
        outages=outages,
        promise=None,
        entries=1,
    )


def down(start: int, end: int | None, component: str = "search") -> Outage:
    return Outage(
        component, ComponentStatus.MAJOR_OUTAGE, at(start), None if end is None else at(end)
    )


def work(name: str, start: int, end: int | None, component: str = "search") -> IncidentFacts:
    return hit(name, down(start, end, component), kind=Kind.MAINTENANCE)


@settings(max_examples=150, deadline=None)
@given(
    stories=st.lists(st.sampled_from(list(Kind)).flatmap(incidents), max_size=9),
    now=minutes.map(at),
)
def test_the_sweep_finds_what_two_loops_find(stories: list[PublicIncident], now: datetime) -> None:
    known = facts_of((replace(story, id=f"{number}") for number, story in enumerate(stories)), now)

    assert {name: set(others) for name, others in related(known).items()} == naive(known)


spans = st.tuples(st.integers(0, 30), st.none() | st.integers(1, 9), st.sampled_from("ab")).map(
    lambda one: down(one[0], one[1] and one[0] + one[1], one[2])
)


@settings(max_examples=150, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(st.sampled_from(list(Kind)), st.lists(spans, min_size=1, max_size=3)),
        max_size=MOST,
    )
)
def test_gaps_touching_ends_and_what_never_ends_are_met_rightly(
    drawn: list[tuple[Kind, list[Outage]]],
) -> None:
    known = [hit(f"{number}", *told, kind=kind) for number, (kind, told) in enumerate(drawn)]

    assert {name: set(others) for name, others in related(known).items()} == naive(known)


def test_work_in_the_gap_of_an_incident_that_was_reopened_is_not_related() -> None:
    assert related([hit("a", down(0, 10), down(50, 60)), work("w", 20, 40)]) == {}


def test_work_at_another_component_is_not_related() -> None:
    assert related([hit("a", down(0, 10)), work("w", 0, 10, "checkout")]) == {}


def test_the_newest_are_told_newest_first() -> None:
    long = hit("long", down(0, None))
    works = [work(f"w{number:02}", number * 10, number * 10 + 5) for number in range(25)]

    found = related([long, *works])

    assert found["long"] == tuple(f"w{number:02}" for number in range(24, 24 - MOST, -1))
    assert found["w03"] == ("long",)


def test_what_never_ends_is_told_with_the_newest_it_met() -> None:
    open_ones = [hit(f"o{number:03}", down(number, None)) for number in range(300)]
    works = [work(f"w{number:03}", 1000 + number, 1001 + number) for number in range(300)]

    found = related([*open_ones, *works])

    assert len(found) == 600
    assert found["o000"] == found["o299"] == tuple(f"w{290 + n}" for n in range(9, -1, -1))
    assert found["w000"] == tuple(f"o{290 + n}" for n in range(9, -1, -1))


def test_work_and_incidents_that_go_on_are_related() -> None:
    running = replace(work("w", 0, None), status=Status.VERIFYING)

    assert related([running, hit("a", down(500, None))]) == {"w": ("a",), "a": ("w",)}


def test_work_that_is_only_planned_is_not_related() -> None:
    ahead = replace(work("w", 0, None), status=Status.SCHEDULED)

    assert related([ahead, hit("a", down(0, None))]) == {}
