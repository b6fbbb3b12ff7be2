"""What holds for every history: the fold, how long facts hold, uptime, the next change."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import SPAN, START, at, facts_of, incidents, minutes, moments, outages, site, update

from small_book import GOOD, UPDATE, incidents_of, lay
from statusbook.derive.facts import IncidentFacts, Outage, SiteFacts
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.derive.uptime import WEIGHT, segments, uptime
from statusbook.model.public import PublicIncident
from statusbook.model.words import CLOSED, ComponentStatus, Kind, Status, worst

MINUTE = timedelta(minutes=1)


def known(incident: PublicIncident, now: datetime) -> IncidentFacts | None:
    """Return the facts at a moment without how long they hold."""
    told = fold(incident, now)
    return told and replace(told.facts, holds_from=START, holds_until=None)


# --- the fold -----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_files_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    files = {
        f"incidents/{name}/{number}-u.md": GOOD[UPDATE].replace("14:05Z", f"14:0{number // 2}Z")
        for name in "abc"
        for number in range(1, 6)
    }
    shuffled = list(files.items())
    Random(seed).shuffle(shuffled)
    books = [tmp_path_factory.mktemp("book") for _ in range(2)]
    lay(books[0], files)
    lay(books[1], dict(shuffled))

    assert incidents_of(books[1]) == incidents_of(books[0])


@settings(max_examples=120, deadline=None)
@given(incident=incidents(), now=moments, data=st.data())
def test_an_update_after_all_others_changes_nothing_before_it(
    incident: PublicIncident, now: datetime, data: st.DataObject
) -> None:
    last = incident.updates[-1]
    added = data.draw(incidents(kind=incident.kind)).updates[-1]
    later = last.at + MINUTE * data.draw(st.integers(1, 100))
    longer = replace(
        incident, updates=(*incident.updates, replace(added, id="9-new", at=later, retracted=None))
    )
    before = min(now, later - MINUTE)

    assert known(longer, before) == known(incident, before)
    told, was = fold(longer, later), fold(incident, later - MINUTE)
    if was is not None:
        assert told is not None
        entries = [replace(entry, corrected_by=None) for entry in told.entries]
        assert entries[: len(was.entries)] == [
            replace(entry, corrected_by=None) for entry in was.entries
        ]


@settings(max_examples=150, deadline=None)
@given(incident=incidents(), now=minutes, moment=st.floats(0, SPAN + 200))
def test_facts_hold_as_long_as_they_say(incident: PublicIncident, now: int, moment: float) -> None:
    told = fold(incident, at(now))
    assume(told is not None)
    assert told is not None
    facts = told.facts
    assert facts.holds_from <= at(now)
    assert facts.holds_until is None or at(now) < facts.holds_until

    if facts.holds_from <= at(moment) and (
        facts.holds_until is None or at(moment) < facts.holds_until
    ):
        then = fold(incident, at(moment))
        assert then is not None
        assert then == told


@settings(max_examples=150, deadline=None)
@given(incident=incidents(), now=moments)
def test_facts_end_where_something_changes(incident: PublicIncident, now: datetime) -> None:
    told = fold(incident, now)
    assume(told is not None and told.facts.holds_until is not None)
    assert told is not None
    until = told.facts.holds_until
    assert until is not None

    has_update_then = any(update.at == until for update in incident.updates)

    assert has_update_then or known(incident, until) != known(incident, now)


@settings(max_examples=120, deadline=None)
@given(incident=incidents(), now=moments)
def test_a_story_is_told_in_order_and_its_facts_agree_with_it(
    incident: PublicIncident, now: datetime
) -> None:
    told = fold(incident, now)
    assume(told is not None)
    assert told is not None
    facts, entries = told.facts, told.entries

    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)
    assert facts.entries == len(entries)
    assert (facts.created, facts.updated) == (entries[0].at, entries[-1].at)
    assert facts.title == entries[-1].title
    assert facts.impact == entries[-1].impact
    assert facts.open == (facts.status not in CLOSED)
    assert {entry.id for entry in entries if not entry.automatic} == {
        update.id for update in incident.updates if update.at <= now
    }
    for entry in entries:
        assert entry.at <= now
    for outage in facts.outages:
        assert outage.start < (outage.end or now + MINUTE)
        assert (outage.end or now) <= now
    if facts.kind is Kind.INCIDENT or facts.status is not Status.SCHEDULED:
        running = {outage.component: outage.status for outage in facts.outages if not outage.end}
        assert running == {
            name: status
            for name, status in facts.components.items()
            if status is not ComponentStatus.OPERATIONAL
        }


# --- uptime -------------------------------------------------------------------------------------


def worst_by_minute(some: list[Outage], start: int, end: int) -> list[ComponentStatus]:
    """Look at every minute by itself: the slow way that needs no thought."""
    return [
        worst(
            outage.status
            for outage in some
            if outage.start <= at(minute) and (outage.end is None or at(minute) < outage.end)
        )
        for minute in range(start, end)
    ]


@settings(max_examples=120, deadline=None)
@given(some=st.lists(outages, max_size=8), start=minutes, length=st.integers(1, SPAN))
def test_spans_and_uptime_are_those_of_every_single_minute(
    some: list[Outage], start: int, length: int
) -> None:
    end = start + length
    by_minute = worst_by_minute(some, start, end)

    cut = segments(some, at(start), at(end))

    spread = [ComponentStatus.OPERATIONAL] * length
    for span in cut:
        first, last = ((moment - at(start)) // MINUTE for moment in (span.start, span.end))
        spread[first:last] = [span.status] * (last - first)
    assert spread == by_minute
    assert all(one.end < two.start or one.status != two.status for one, two in pairwise(cut))
    lost = sum(WEIGHT.get(status, 0.0) for status in by_minute)
    assert uptime(some, at(start), at(end)) == pytest.approx(1 - lost / length)


@given(some=st.lists(outages, max_size=5), start=minutes, length=st.integers(1, SPAN))
def test_overlapping_outages_count_once(some: list[Outage], start: int, length: int) -> None:
    window = at(start), at(start + length)

    assert segments([*some, *some], *window) == segments(some, *window)
    assert segments(some[::-1], *window) == segments(some, *window)


# --- the site -----------------------------------------------------------------------------------


def told_of(facts: SiteFacts) -> tuple[object, ...]:
    """Return all that a page shows but what grows with every second: lengths of the open ones."""
    components = [
        replace(one, uptime=None, days=tuple(replace(day, seconds={}) for day in one.days))
        for one in facts.components.values()
    ]
    plain = replace(facts, now=START, next_change=None, components={})
    incidents_ = [replace(one, holds_from=START, holds_until=None) for one in facts.incidents]
    return (
        replace(plain, incidents=(), active=(), running=(), upcoming=()),
        components,
        incidents_,
        [one.id for one in facts.active],
        [one.id for one in facts.running],
        [one.id for one in facts.upcoming],
    )


@settings(max_examples=150, deadline=None)
@given(
    one=incidents(name="a"),
    two=incidents(name="b"),
    now=minutes,
    steps=st.lists(st.floats(0, 1), min_size=1, max_size=4),
    zone=st.sampled_from(["Etc/UTC", "Europe/Warsaw", "Asia/Kathmandu", "America/St_Johns"]),
)
def test_nothing_changes_before_the_next_change(
    one: PublicIncident, two: PublicIncident, now: int, steps: list[float], zone: str
) -> None:
    page = site(zone)
    born = [history for history in (one, two) if history.updates[0].at <= at(now)]
    births = [history.updates[0].at for history in (one, two) if history not in born]

    def page_at(moment: datetime) -> SiteFacts:
        return site_facts(page, facts_of([one, two], moment), moment, births)

    begun = page_at(at(now))
    assert begun.next_change is not None
    assert begun.next_change > at(now)
    for step in steps:
        between = at(now) + (begun.next_change - at(now)) * step
        if between < begun.next_change:
            assert told_of(page_at(between)) == told_of(begun)
    is_midnight = page_at(begun.next_change).components["search"].days != (
        begun.components["search"].days
    )
    assert is_midnight or told_of(page_at(begun.next_change)) != told_of(begun) or births


@settings(max_examples=100, deadline=None)
@given(
    some=st.lists(st.integers(0, 5), unique=True, min_size=2, max_size=5),
    now=moments,
    data=st.data(),
)
def test_the_order_of_incidents_does_not_matter(
    some: list[int], now: datetime, data: st.DataObject
) -> None:
    histories = [data.draw(incidents(name=f"i{number}")) for number in some]
    facts = facts_of(histories, now)

    assert site_facts(site(), facts[::-1], now) == site_facts(site(), facts, now)


@settings(max_examples=150, deadline=None)
@given(one=incidents(name="a"), two=incidents(name="b"), now=moments)
def test_a_component_is_as_bad_as_the_worst_of_its_open_incidents(
    one: PublicIncident, two: PublicIncident, now: datetime
) -> None:
    facts = facts_of([one, two], now)

    came = site_facts(site(), facts, now)

    for name, component in came.components.items():
        open_ones = [
            outage.status
            for incident in facts
            for outage in incident.outages
            if outage.component == name and outage.end is None
        ]
        assert component.status is worst(open_ones)


def test_an_incident_that_is_not_yet_told_is_a_change_ahead() -> None:
    ahead = PublicIncident("a", Kind.INCIDENT, (update(1, at(5), title="Slow"),))

    assert fold(ahead, at(4)) is None
    assert site_facts(site(), [], at(4), [at(5)]).next_change == at(5)
