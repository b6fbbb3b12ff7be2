"""Days and shares in eight zones: changes of the clock, leap days, ends of years (D 64, 66, 69)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stories import at, facts_of, incidents, site, update

from statusbook.derive.facts import ComponentFacts, Outage
from statusbook.derive.site import site_facts
from statusbook.derive.uptime import DAYS_SHOWN, day_bounds, days, midnight
from statusbook.model.public import PublicIncident
from statusbook.model.words import ComponentStatus, Impact, Kind, Status
from statusbook.model.zone import zone

ZONES = [
    "Etc/UTC",
    "Europe/Warsaw",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Havana",
    "Pacific/Kiritimati",
]
DAY = timedelta(days=1)
MAJOR, PARTIAL = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE
DEGRADED, PLANNED = ComponentStatus.DEGRADED_PERFORMANCE, ComponentStatus.UNDER_MAINTENANCE
GOOD = ComponentStatus.OPERATIONAL

# until 2011, Newfoundland set its clock back at one minute past midnight, into the day before
moments = st.datetimes(datetime(2012, 6, 1), datetime(2199, 12, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@settings(max_examples=150, deadline=None)
@given(now=moments, name=st.sampled_from(ZONES))
@example(now=datetime(1995, 1, 2, tzinfo=UTC), name="Pacific/Kiritimati")
@example(now=datetime(1970, 6, 1, tzinfo=UTC), name="Europe/Warsaw")
def test_64_ninety_days_follow_each_other_without_a_gap(now: datetime, name: str) -> None:
    here = zone(name)
    bounds = list(day_bounds(now, here))

    assert len(bounds) == DAYS_SHOWN
    assert bounds[-1][1] <= now < bounds[-1][2]
    assert bounds[-1][0] == now.astimezone(here).date()
    for (day, _, end), (following, start, _) in pairwise(bounds):
        assert end == start
        assert following == day + DAY
    for day, start, end in bounds:
        if start == end:  # Kiritimati left out a day when it changed sides
            assert (name, day) == ("Pacific/Kiritimati", date(1994, 12, 31))
            continue
        assert timedelta(hours=23) <= end - start <= timedelta(hours=25)
        assert start.astimezone(here).date() == day
        assert (start - timedelta(seconds=1)).astimezone(here).date() < day


@pytest.mark.parametrize(
    ("name", "day", "start"),
    [
        ("Europe/Warsaw", date(2026, 3, 29), "2026-03-28T23:00"),
        ("Europe/Warsaw", date(2026, 3, 30), "2026-03-29T22:00"),
        ("Europe/Warsaw", date(2026, 10, 25), "2026-10-24T22:00"),
        ("Europe/Warsaw", date(2026, 10, 26), "2026-10-25T23:00"),
        # midnight does not exist: the clock jumps from 00:00 to 01:00
        ("America/Havana", date(2026, 3, 8), "2026-03-08T05:00"),
        # midnight comes twice: the day begins with the first one
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00"),
        ("Asia/Kathmandu", date(2028, 2, 29), "2028-02-28T18:15"),
        ("Pacific/Kiritimati", date(2027, 1, 1), "2026-12-31T10:00"),
        # a day that the island left out: it has no length
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00"),
        ("America/St_Johns", date(2100, 3, 1), "2100-03-01T03:30"),
        ("Australia/Lord_Howe", date(2026, 4, 6), "2026-04-05T13:30"),
    ],
)
def test_64_a_day_begins_when_it_does_in_its_zone(name: str, day: date, start: str) -> None:
    assert midnight(day, zone(name)) == datetime.fromisoformat(f"{start}+00:00")


@settings(max_examples=100, deadline=None)
@given(
    now=moments,
    name=st.sampled_from(ZONES),
    spans=st.lists(
        st.tuples(
            st.sampled_from([MAJOR, PARTIAL, DEGRADED, PLANNED]),
            st.integers(0, 100 * 24 * 3600),
            st.integers(1, 5 * 24 * 3600),
        ),
        max_size=4,
    ),
)
def test_64_the_seconds_of_the_days_are_those_of_the_outages(
    now: datetime, name: str, spans: list[tuple[ComponentStatus, int, int]]
) -> None:
    outages = [
        Outage(
            "search", status, now - timedelta(seconds=ago), now - timedelta(seconds=ago - length)
        )
        for status, ago, length in spans
    ]
    here = zone(name)
    first = midnight(now.astimezone(here).date() - DAY * (DAYS_SHOWN - 1), here)

    told = days([(outage, "a") for outage in outages], first - DAY, now, here)

    by_second = sum(sum(day.seconds.values()) for day in told)
    edges = sorted({first, now, *(edge for one in outages for edge in (one.start, one.end or now))})
    expected = sum(
        (end - start).total_seconds()
        for start, end in pairwise(edges)
        if first <= start < now and any(o.start <= start and end <= (o.end or now) for o in outages)
    )
    assert by_second == expected
    for day in told:
        assert day.status is max(day.seconds, key=list(ComponentStatus).index, default=GOOD)
        assert bool(day.incidents) == bool(day.seconds)


def component(
    now: datetime, history: PublicIncident | None = None, **since: date
) -> ComponentFacts:
    histories = [] if history is None else [history]
    return site_facts(site(**since), facts_of(histories, now), now).components["search"]


def down(start: int, end: int | None, status: ComponentStatus = MAJOR) -> PublicIncident:
    """Make an incident whose search is down between two minutes."""
    first = update(1, at(start), status=Status.INVESTIGATING, components={"search": status})
    last = [] if end is None else [update(2, at(end), status=Status.RESOLVED)]
    return PublicIncident("a", Kind.INCIDENT, (first, *last))


def test_an_outage_shows_in_today_s_day_from_its_first_moment() -> None:
    facts = component(at(60), down(60, None))

    assert (facts.status, facts.days[-1].status) == (MAJOR, MAJOR)
    assert facts.days[-1].seconds == {MAJOR: 0}


def test_69_a_component_without_a_record_is_not_at_100_percent() -> None:
    facts = component(at(0))

    assert (facts.uptime, facts.recorded_from, facts.since) == (None, None, None)
    assert {day.status for day in facts.days} == {None}


def test_69_a_young_component_is_counted_from_its_first_day() -> None:
    now = at(24 * 60)
    facts = component(now, down(0, 12 * 60), search=date(2026, 11, 20))

    assert facts.recorded_from == datetime(2026, 11, 20, tzinfo=UTC)
    assert facts.uptime == 0.75
    assert [day.status for day in facts.days[-4:]] == [None, GOOD, MAJOR, GOOD]
    assert {day.status for day in facts.days[:-3]} == {None}


def test_69_without_a_first_day_the_record_begins_with_the_first_incident() -> None:
    facts = component(at(100 + 48 * 60), down(100, 100 + 24 * 60))

    assert facts.recorded_from == at(100)
    assert facts.uptime == 0.5


@pytest.mark.parametrize(("minutes", "share"), [(40, None), (24 * 60 - 1, None), (24 * 60, 0.0)])
def test_less_than_a_day_makes_no_figure(minutes: int, share: float | None) -> None:
    assert component(at(minutes), down(0, None)).uptime == share


def test_69_what_lies_before_the_first_day_is_not_counted() -> None:
    facts = component(at(2 * 24 * 60), down(0, 60), search=date(2026, 11, 22))

    assert facts.uptime == 1.0
    assert [day.status for day in facts.days[-3:]] == [None, GOOD, GOOD]


def test_69_a_component_of_tomorrow_has_no_record_yet() -> None:
    facts = component(at(0), search=date(2026, 11, 22))

    assert facts.uptime is None
    assert {day.status for day in facts.days} == {None}


def test_a_record_longer_than_the_window_counts_ninety_days() -> None:
    now = at(0) + 90 * DAY
    facts = component(now, down(0, 1), search=date(2020, 1, 1))

    assert len(facts.days) == 90
    assert facts.days[0].day == date(2026, 11, 22)
    assert facts.uptime == 1.0


@pytest.mark.parametrize(
    ("status", "share"), [(MAJOR, 0.0), (PARTIAL, 0.7), (DEGRADED, 1.0), (PLANNED, 1.0)]
)
def test_the_weights_are_those_of_statuspage(status: ComponentStatus, share: float) -> None:
    assert component(at(48 * 60), down(0, None, status)).uptime == pytest.approx(share)


TABLE = [
    # incident, maintenance, component, indicator, description
    (None, None, GOOD, Impact.NONE, "All Systems Operational"),
    (None, PLANNED, PLANNED, Impact.NONE, "Service Under Maintenance"),
    (DEGRADED, None, DEGRADED, Impact.MINOR, "Partially Degraded Service"),
    (DEGRADED, PLANNED, DEGRADED, Impact.MINOR, "Partially Degraded Service"),
    (PARTIAL, PLANNED, PARTIAL, Impact.MAJOR, "Partial System Outage"),
    (MAJOR, PLANNED, MAJOR, Impact.CRITICAL, "Major System Outage"),
    (PARTIAL, MAJOR, MAJOR, Impact.MAJOR, "Partial System Outage"),
    (DEGRADED, DEGRADED, DEGRADED, Impact.MINOR, "Partially Degraded Service"),
]


@pytest.mark.parametrize(("hit", "planned", "worst", "indicator", "description"), TABLE)
def test_66_where_an_outage_meets_a_maintenance_the_worse_wins(
    hit: ComponentStatus | None,
    planned: ComponentStatus | None,
    worst: ComponentStatus,
    indicator: Impact,
    description: str,
) -> None:
    histories = [] if hit is None else [down(0, None, hit)]
    if planned is not None:
        work = update(1, at(0), status=Status.IN_PROGRESS, components={"search": planned})
        histories.append(PublicIncident("b", Kind.MAINTENANCE, (work,)))

    page = site_facts(site(), facts_of(histories, at(10)), at(10))

    assert page.components["search"].status is worst
    assert (page.indicator, page.description) == (indicator, description)
    assert page.components["search"].incidents == tuple(
        name for name, status in (("a", hit), ("b", planned)) if status
    )


def test_66_when_the_worse_one_ends_the_other_shows_again() -> None:
    outage = down(10, 20)
    work = PublicIncident(
        "b",
        Kind.MAINTENANCE,
        (update(1, at(0), status=Status.IN_PROGRESS, components={"search": PLANNED}),),
    )
    shown = []
    for minute in (5, 10, 19, 20):
        facts = site_facts(site(), facts_of([outage, work], at(minute)), at(minute))
        shown.append((facts.components["search"].status, facts.components["search"].since))

    assert shown == [(PLANNED, at(0)), (MAJOR, at(10)), (MAJOR, at(10)), (PLANNED, at(20))]


@settings(max_examples=100, deadline=None)
@given(history=incidents(), name=st.sampled_from(ZONES), minute=st.integers(0, 400))
def test_no_share_leaves_its_bounds_and_no_day_is_too_long(
    history: PublicIncident, name: str, minute: int
) -> None:
    page = site_facts(site(name), facts_of([history], at(minute)), at(minute))

    for facts in page.components.values():
        assert facts.uptime is None or 0.0 <= facts.uptime <= 1.0
        assert all(sum(day.seconds.values()) <= 25 * 3600 for day in facts.days)
