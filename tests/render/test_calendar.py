"""`calendar.ics`: maintenances as calendar programs read them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta

from feed_story import NOW, at, card_outage, planned_work, rendered, told, view_of
from icalendar import Calendar, Event
from msgspec.structs import replace

from hostile_texts import TEXTS
from statusbook.model.incident import Update, Window
from statusbook.model.public import PublicIncident
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.calendar import calendar_pages
from statusbook.render.view import View


def calendar(view: View) -> bytes:
    return rendered(calendar_pages(view))["calendar.ics"]


def events(view: View) -> list[Event]:
    return Calendar.from_ical(calendar(view)).walk("VEVENT")


def work(*more: Update) -> PublicIncident:
    planned = planned_work()
    updates = [
        replace(planned.updates[0], **{name: getattr(update, name) for name in SHARED})
        for update in more
    ]
    return replace(planned, updates=(*planned.updates, *updates))


SHARED = ("id", "at", "status", "title", "scheduled", "body", "retracted", "components")


def test_a_maintenance_is_an_event_of_its_window_in_utc() -> None:
    (event,) = events(view_of(planned_work(), card_outage()))
    assert str(event["UID"]) == "tag:status.example.com,2026:status:Incident/2026-11-24-database"
    assert event.decoded("DTSTART") == at("2026-11-24T02:00")
    assert event.decoded("DTEND") == at("2026-11-24T03:00")
    assert (
        event.decoded("DTSTART").tzinfo is UTC
        or event.decoded("DTSTART").utcoffset() == timedelta()
    )
    assert event["SUMMARY"] == "Work on the database"
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["URL"] == "https://status.example.com/incidents/2026-11-24-database/"
    assert event["DESCRIPTION"] == (
        "Checkout is closed for an hour.\n\nAffected: Checkout\n\n"
        "https://status.example.com/incidents/2026-11-24-database/"
    )


def test_stamps_come_from_the_updates_and_not_from_the_clock() -> None:
    (event,) = events(view_of(planned_work()))
    assert event.decoded("DTSTAMP") == at("2026-11-18T10:30")
    assert event.decoded("LAST-MODIFIED") == at("2026-11-18T10:30")
    later = NOW + timedelta(hours=20)
    assert calendar(view_of(planned_work())) == calendar(view_of(planned_work(), now=later))


def test_the_sequence_rises_with_each_change_of_window_or_state_and_the_uid_stays() -> None:
    steps = [
        work(),
        work(Update(id="2-words", at=at("2026-11-19T08:00"), body="Nothing new.")),
        work(
            Update(
                id="2-moved",
                at=at("2026-11-19T08:00"),
                scheduled=Window(at("2026-11-25T02:00"), at("2026-11-25T04:00")),
            )
        ),
        work(
            Update(
                id="2-moved",
                at=at("2026-11-19T08:00"),
                scheduled=Window(at("2026-11-25T02:00"), at("2026-11-25T04:00")),
            ),
            Update(id="3-cancelled", at=at("2026-11-20T08:00"), status=Status.CANCELLED),
        ),
    ]
    found = [events(view_of(step))[0] for step in steps]
    assert [event["SEQUENCE"] for event in found] == [0, 0, 1, 2]
    assert [str(event["STATUS"]) for event in found] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert len({str(event["UID"]) for event in found}) == 1
    assert found[2].decoded("DTEND") == at("2026-11-25T04:00")


def test_the_sequence_rises_also_when_a_change_is_withdrawn() -> None:
    moved = Update(
        id="2-moved",
        at=at("2026-11-19T08:00"),
        scheduled=Window(at("2026-11-25T02:00"), at("2026-11-25T04:00")),
    )
    withdrawn = replace(moved, retracted="wrong day")
    before, after = (events(view_of(work(update)))[0] for update in (moved, withdrawn))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == at("2026-11-24T02:00")


def test_the_calendar_has_what_is_ahead_and_the_year_past() -> None:
    def planned(name: str, day: str) -> PublicIncident:
        begin = at(f"{day}T02:00")
        one = Update(
            id="1-scheduled",
            at=begin - timedelta(days=2),
            title=name,
            status=Status.SCHEDULED,
            scheduled=Window(begin, begin + timedelta(hours=1)),
        )
        return told(name, one, kind=Kind.MAINTENANCE)

    view = view_of(
        planned("old", "2025-11-01"), planned("past", "2025-12-01"), planned("soon", "2026-11-22")
    )
    assert [str(event["SUMMARY"]) for event in events(view)] == ["past", "soon"]


def test_lines_end_and_fold_as_rfc_5545_wants() -> None:
    text = "A very long sentence with ążźć and \U0001f600 in it. " * 20
    file = calendar(view_of(work(Update(id="2-x", at=at("2026-11-19T08:00"), body=text))))
    assert file.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"[^\r]\n|\r[^\n]", file)
    assert max(map(len, file.split(b"\r\n"))) <= 75


def test_an_empty_page_has_a_calendar_without_events() -> None:
    assert events(view_of()) == []


def test_no_text_breaks_out_of_its_line() -> None:
    for text in TEXTS:
        one = Update(
            id="1-scheduled",
            at=at("2026-11-18T10:30"),
            title=text,
            status=Status.SCHEDULED,
            scheduled=Window(at("2026-11-24T02:00"), at("2026-11-24T03:00")),
            components={"checkout": ComponentStatus.UNDER_MAINTENANCE},
            body=text,
        )
        view = view_of(told("x", one, kind=Kind.MAINTENANCE), title=text)
        file = calendar(view)
        (event,) = Calendar.from_ical(file).walk("VEVENT")
        assert event.decoded("DTSTART") == at("2026-11-24T02:00")
        assert "X-EVIL" not in event
        assert not re.search(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[^\r]\n|\r[^\n]", file)
        assert file.count(b"BEGIN:VEVENT\r\n") == 1
