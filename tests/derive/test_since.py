"""An update tells since when something is true: outages, uptime and the end count from there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from stories import at, site, update

from statusbook.derive.facts import IncidentFacts
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.public import PublicIncident, PublicUpdate
from statusbook.model.words import ComponentStatus, Kind, Status

DOWN = ComponentStatus.MAJOR_OUTAGE
FINE = ComponentStatus.OPERATIONAL
OPEN = Status.INVESTIGATING
FIRST = update(1, at(21), started=at(14), title="Down", status=OPEN, components={"search": DOWN})


def facts_of(*later: PublicUpdate, now: datetime | None = None) -> IncidentFacts:
    told = fold(PublicIncident("a", Kind.INCIDENT, (FIRST, *later)), now or at(200))
    assert told is not None
    return told.facts


def spans(facts: IncidentFacts) -> list[tuple[str, datetime, datetime | None]]:
    return [(outage.component, outage.start, outage.end) for outage in facts.outages]


def test_an_outage_ends_when_the_update_says_that_it_did() -> None:
    again = update(2, at(93), since=at(84), components={"search": FINE})

    facts = facts_of(again)

    assert spans(facts) == [("search", at(14), at(84))]
    assert facts.updated == at(93)
    before = facts_of(again, now=at(93) - timedelta(seconds=1))
    assert spans(before) == [("search", at(14), None)]


def test_an_outage_that_is_told_later_begins_when_it_did() -> None:
    more = update(2, at(39), since=at(14), components={"checkout": DOWN})

    assert ("checkout", at(14), None) in spans(facts_of(more))


def test_the_end_is_when_users_could_go_on_and_not_when_somebody_wrote() -> None:
    facts = facts_of(update(2, at(120), since=at(80), status=Status.RESOLVED))

    assert spans(facts) == [("search", at(14), at(80))]
    assert (facts.ended, facts.resolved_at, facts.updated) == (at(80), at(120), at(120))


def test_uptime_counts_from_there() -> None:
    facts = facts_of(update(2, at(120), since=at(64), status=Status.RESOLVED), now=at(2014))

    page = site_facts(site(), [facts], at(2014))

    assert page.components["search"].uptime == pytest.approx(1 - 50 / 2000)


def test_users_may_have_been_hit_for_less_than_it_took_to_write() -> None:
    facts = facts_of(update(2, at(30), since=at(18), components={"search": FINE}))

    assert spans(facts) == [("search", at(14), at(18))]


@pytest.mark.parametrize(("since", "then"), [(5, 14), (50, 40), (39, 39)])
def test_what_cannot_be_is_brought_into_its_bounds(since: int, then: int) -> None:
    again = update(2, at(40), since=at(since), components={"search": FINE})

    facts = facts_of(again)

    assert spans(facts) == ([("search", at(14), at(then))] if then > 14 else [])


def test_nothing_ends_before_the_last_change() -> None:
    slow = update(2, at(40), components={"search": ComponentStatus.DEGRADED_PERFORMANCE})
    facts = facts_of(slow, update(3, at(60), since=at(30), status=Status.RESOLVED))

    assert spans(facts) == [("search", at(14), at(40))]
    assert facts.ended == at(40)


def test_work_begins_and_ends_when_the_updates_say_so() -> None:
    updates = (
        update(1, at(0), title="Move", status=Status.SCHEDULED, components={"search": DOWN}),
        update(2, at(70), since=at(60), status=Status.IN_PROGRESS),
        update(3, at(100), since=at(90), status=Status.COMPLETED),
    )
    told = fold(PublicIncident("a", Kind.MAINTENANCE, updates), at(200))

    assert told is not None
    assert spans(told.facts) == [("search", at(60), at(90))]
    assert (told.facts.started, told.facts.ended) == (at(60), at(90))
