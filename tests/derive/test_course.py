"""An incident goes on in spans up to, but without, their end, on days of the page's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from stories import incidents, update

from statusbook.derive.course import Days, courses, days_of, later_months, month_of
from statusbook.derive.facts import IncidentFacts
from statusbook.derive.timeline import fold
from statusbook.model.public import PublicIncident
from statusbook.model.words import Kind, Status
from statusbook.model.zone import zone

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def facts_of(*told: tuple[str, Status]) -> IncidentFacts:
    updates = [
        update(number, moment(when), status=status, title="Slow")
        for number, (when, status) in enumerate(told, 1)
    ]
    timeline = fold(PublicIncident(id="a", kind=Kind.INCIDENT, updates=tuple(updates)), NOW, "a")
    assert timeline is not None
    return timeline.facts


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


def test_an_end_at_midnight_is_of_the_day_before_in_the_zone() -> None:
    facts = facts_of(("2026-11-17T20:00", Status.IDENTIFIED), ("2026-11-17T23:00", Status.RESOLVED))
    assert days_of(facts, NOW, UTC) == [days("2026-11-17", "2026-11-17")]
    assert days_of(facts, NOW, zone("Europe/Warsaw")) == [days("2026-11-17", "2026-11-17")]
    assert days_of(facts, NOW, zone("Asia/Tokyo")) == [days("2026-11-18", "2026-11-18")]


def test_what_is_open_goes_on_today_though_the_day_has_just_begun() -> None:
    facts = facts_of(("2026-11-17T20:00", Status.IDENTIFIED))
    midnight = moment("2026-11-21T00:00")
    assert days_of(facts, midnight, UTC) == [days("2026-11-17", "2026-11-21")]


def test_days_after_closing_do_not_count_until_it_is_opened_again() -> None:
    facts = facts_of(
        ("2026-11-08T10:00", Status.IDENTIFIED),
        ("2026-11-10T11:00", Status.RESOLVED),
        ("2026-11-12T12:00", Status.IDENTIFIED),
        ("2026-11-12T13:00", Status.RESOLVED),
        ("2026-11-13T12:00", Status.IDENTIFIED),
    )
    assert days_of(facts, NOW, UTC) == [
        days("2026-11-08", "2026-11-10"),
        days("2026-11-12", "2026-11-21"),
    ]


def test_a_single_moment_has_its_day() -> None:
    facts = facts_of(("2026-11-18T00:00", Status.RESOLVED))
    assert days_of(facts, NOW, UTC) == [days("2026-11-18", "2026-11-18")]


@given(st.integers(0, 90 * 24), st.integers(0, 70 * 24), st.sampled_from(["UTC", "Asia/Tokyo"]))
def test_later_months_are_those_of_its_days(start: int, length: int, here: str) -> None:
    began = moment("2026-01-01T00:00") + timedelta(hours=start)
    ended = began + timedelta(hours=length)
    facts = facts_of(
        (began.isoformat()[:16], Status.IDENTIFIED), (ended.isoformat()[:16], Status.RESOLVED)
    )
    ((first, last),) = days_of(facts, NOW, zone(here))
    inside = {month_of(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    assert later_months(facts, NOW, zone(here)) == sorted(inside)[1:]


@given(incidents())
def test_spans_do_not_overlap_and_lie_within_start_and_end(one: PublicIncident) -> None:
    timeline = fold(one, NOW + timedelta(days=1), "a")
    if timeline is None:
        return
    told = courses(timeline.facts, NOW + timedelta(days=1))
    assert all(span.start <= span.end for span in told)
    assert all(before.end < after.start for before, after in pairwise(told))
