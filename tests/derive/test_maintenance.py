"""A maintenance starts and ends by the clock, whatever the clock does (catalogue D 64, 65)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from stories import at, site, update

from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.parts import Window
from statusbook.model.public import PublicIncident, PublicUpdate
from statusbook.model.words import ComponentStatus, Kind, Status

MAINTAINED = {"search": ComponentStatus.UNDER_MAINTENANCE}


def planned(*more: PublicUpdate, announced: float = 0, **window: float) -> PublicIncident:
    """Make a maintenance from minute 60 to 120, or as `start` and `until` say."""
    first = update(
        1,
        at(announced),
        title="Move",
        status=Status.SCHEDULED,
        scheduled=Window(at(window.get("start", 60)), at(window.get("until", 120))),
        components=MAINTAINED,
    )
    return PublicIncident("move", Kind.MAINTENANCE, (first, *more))


def story(incident: PublicIncident, minute: float) -> list[tuple[str, Status, datetime]]:
    told = fold(incident, at(minute))
    return [] if told is None else [(one.id, one.status, one.at) for one in told.entries]


def status(incident: PublicIncident, minute: float) -> Status:
    told = fold(incident, at(minute))
    assert told is not None
    return told.facts.status


def downtime(incident: PublicIncident, minute: float) -> list[tuple[datetime, datetime | None]]:
    told = fold(incident, at(minute))
    assert told is not None
    return [(outage.start, outage.end) for outage in told.facts.outages]


def test_it_runs_from_its_beginning_until_its_end() -> None:
    assert [status(planned(), minute) for minute in (0, 59.9, 60, 119.9, 120)] == [
        Status.SCHEDULED,
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.COMPLETED,
    ]
    assert story(planned(), 500) == [
        ("1-update", Status.SCHEDULED, at(0)),
        ("auto-in-progress", Status.IN_PROGRESS, at(60)),
        ("auto-completed", Status.COMPLETED, at(120)),
    ]
    assert downtime(planned(), 59) == []
    assert downtime(planned(), 60) == [(at(60), None)]
    assert downtime(planned(), 500) == [(at(60), at(120))]


def test_65_one_that_ended_while_no_build_ran_is_over() -> None:
    told = fold(planned(), at(10_000))
    assert told is not None
    facts = site_facts(site(), [told.facts], at(10_000))

    assert told.facts.ended == at(120)
    assert (facts.running, facts.upcoming, facts.description) == (
        (),
        (),
        "All Systems Operational",
    )


def test_65_every_build_knows_when_the_next_one_is_due() -> None:
    changes = []
    now = at(0)
    for _ in range(2):
        told = fold(planned(), now)
        assert told is not None
        now = site_facts(site(), [told.facts], now).next_change or now
        changes.append(now)

    assert changes == [at(60), at(120)]


def test_one_that_is_announced_when_it_runs_is_told_in_order() -> None:
    late = planned(announced=90)

    assert story(late, 80) == []
    assert story(late, 95) == [
        ("1-update", Status.SCHEDULED, at(90)),
        ("auto-in-progress", Status.IN_PROGRESS, at(90)),
    ]
    assert downtime(late, 95) == [(at(60), None)]


def test_one_that_is_announced_when_it_is_over_is_told_in_order() -> None:
    late = planned(announced=200)
    told = fold(late, at(200))
    assert told is not None

    assert [entry.at for entry in told.entries] == [at(200)] * 3
    assert (told.facts.started, told.facts.ended) == (at(60), at(120))
    assert downtime(late, 200) == [(at(60), at(120))]
    assert told.facts.holds_from == at(200)


def test_one_that_is_put_off_begins_again_under_another_name() -> None:
    put_off = update(2, at(70), status=Status.SCHEDULED, scheduled=Window(at(200), at(230)))

    assert story(planned(put_off), 500) == [
        ("1-update", Status.SCHEDULED, at(0)),
        ("auto-in-progress", Status.IN_PROGRESS, at(60)),
        ("2-update", Status.SCHEDULED, at(70)),
        ("auto-in-progress-2", Status.IN_PROGRESS, at(200)),
        ("auto-completed", Status.COMPLETED, at(230)),
    ]
    assert downtime(planned(put_off), 500) == [(at(60), at(70)), (at(200), at(230))]


@pytest.mark.parametrize("when", [30, 60])
def test_one_that_somebody_starts_does_not_start_twice(when: int) -> None:
    begun = planned(update(2, at(when), status=Status.IN_PROGRESS))

    assert [name for name, _, _ in story(begun, 500)] == ["1-update", "2-update", "auto-completed"]
    assert downtime(begun, 500) == [(at(when), at(120))]


def test_one_that_is_extended_ends_later() -> None:
    longer = planned(update(2, at(110), scheduled=Window(at(60), at(180))))

    assert status(longer, 130) is Status.IN_PROGRESS
    assert downtime(longer, 500) == [(at(60), at(180))]


def test_one_that_is_still_checked_after_its_end_runs_until_somebody_says_so() -> None:
    checked = update(2, at(125), status=Status.VERIFYING)
    done = update(3, at(150), status=Status.COMPLETED)

    assert status(planned(checked, done), 122) is Status.COMPLETED
    assert status(planned(checked, done), 149) is Status.VERIFYING
    assert status(planned(checked, done), 150) is Status.COMPLETED
    assert downtime(planned(checked, done), 500) == [(at(60), at(120))]


def test_one_that_is_cancelled_never_begins() -> None:
    called_off = planned(update(2, at(30), status=Status.CANCELLED))

    assert [name for name, _, _ in story(called_off, 500)] == ["1-update", "2-update"]
    assert downtime(called_off, 500) == []


DST = [
    ("Europe/Warsaw", "2026-03-29T01:00+01:00", "2026-03-29T04:00+02:00", 2),
    ("Europe/Warsaw", "2026-10-25T01:00+02:00", "2026-10-25T04:00+01:00", 4),
    ("America/New_York", "2026-03-08T01:00-05:00", "2026-03-08T04:00-04:00", 2),
    ("America/St_Johns", "2026-11-01T00:30-02:30", "2026-11-01T03:30-03:30", 4),
    ("Australia/Lord_Howe", "2026-04-05T01:00+11:00", "2026-04-05T03:00+10:30", 2.5),
    ("Asia/Kathmandu", "2028-02-28T23:00+05:45", "2028-03-01T01:00+05:45", 26),
    ("Pacific/Kiritimati", "2026-12-31T23:00+14:00", "2027-01-01T02:00+14:00", 3),
    ("Etc/UTC", "2099-12-31T23:00+00:00", "2100-03-01T00:00+00:00", 59 * 24 + 1),
]


@pytest.mark.parametrize(("zone", "start", "until", "hours"), DST)
def test_64_a_window_over_a_change_of_the_clock_is_as_long_as_it_is(
    zone: str, start: str, until: str, hours: float
) -> None:
    window = Window(
        datetime.fromisoformat(start).astimezone(UTC), datetime.fromisoformat(until).astimezone(UTC)
    )
    first = update(
        1,
        window.start - timedelta(days=1),
        title="Move",
        status=Status.SCHEDULED,
        scheduled=window,
        components=MAINTAINED,
    )
    now = window.until + timedelta(minutes=1)
    told = fold(PublicIncident("move", Kind.MAINTENANCE, (first,)), now)
    assert told is not None
    page = site_facts(site(zone), [told.facts], now)

    seconds = sum(sum(day.seconds.values()) for day in page.components["search"].days)
    assert seconds == hours * 3600
    assert page.components["search"].status is ComponentStatus.OPERATIONAL
