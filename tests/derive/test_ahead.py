"""What is told ahead is what a later build tells, if nobody says more until then."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import SPAN, at, facts_of, incidents, minutes, moments, site

from statusbook.derive.ahead import MOST_MOMENTS, outlooks, stages
from statusbook.derive.facts import IncidentFacts
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.public import PublicIncident
from statusbook.model.words import Kind

LATER = 3 * SPAN


def ordered(facts: IncidentFacts) -> IncidentFacts:
    """Sort what has no order."""
    return replace(facts, outages=tuple(sorted(facts.outages, key=repr)))


def until(incident: PublicIncident, now: datetime) -> PublicIncident:
    """Return what was said up to a moment."""
    told = tuple(update for update in incident.updates if update.at <= now)
    return replace(incident, updates=told)


@settings(max_examples=150, deadline=None)
@given(incident=incidents(kind=Kind.MAINTENANCE), now=moments)
def test_each_stage_of_a_maintenance_is_what_the_clock_makes_of_it(
    incident: PublicIncident, now: datetime
) -> None:
    so_far = until(incident, now)
    told = fold(so_far, now)
    if told is None:
        return
    _, *ahead = stages(told.facts)
    for stage in ahead:
        then = fold(so_far, stage.holds_from)
        assert then is not None
        assert stage.holds_from > now
        assert ordered(stage) == ordered(then.facts)
    at_last = fold(so_far, at(LATER))
    assert at_last is not None
    assert (ahead[-1] if ahead else told.facts).status is at_last.facts.status


@settings(max_examples=100, deadline=None)
@given(incident=incidents(kind=Kind.INCIDENT), now=moments)
def test_an_incident_has_one_stage(incident: PublicIncident, now: datetime) -> None:
    told = fold(incident, now)
    assert told is None or stages(told.facts) == (told.facts,)


@settings(max_examples=120, deadline=None)
@given(drawn=st.lists(incidents(), max_size=4), now=minutes)
def test_each_outlook_is_what_the_page_says_then(drawn: list[PublicIncident], now: int) -> None:
    known = [
        replace(until(incident, at(now)), id=f"{number}-{incident.id}")
        for number, incident in enumerate(drawn)
    ]
    told = outlooks(site_facts(site(), facts_of(known, at(now)), at(now)))
    assert len(told) <= MOST_MOMENTS + 1
    for outlook in told:
        then = site_facts(site(), facts_of(known, outlook.at), outlook.at)
        assert outlook.components == {name: one.status for name, one in then.components.items()}
        present = outlooks(then)[0]
        assert (outlook.answer, outlook.since) == (present.answer, present.since)
