"""The index tells the past fifteen days: what happened, what went on, and that nothing did."""

from __future__ import annotations

from datetime import timedelta

from lxml import html
from status_story import (
    NIGHT,
    NOW,
    OFF,
    OVER,
    RUNNING,
    SEARCH,
    SLOW,
    STORY,
    at,
    page,
    text,
    told,
    view_of,
)

from statusbook.model.incident import Update
from statusbook.model.words import Status

INDEX = page(view_of(*STORY), "index.html")


def past(index: html.HtmlElement) -> dict[str, str]:
    """Return what the past days say, by their dates as printed."""
    days = index.xpath("//div[@class='day']")
    return {text(day.xpath("./h3")[0]): text(day.xpath("./div")[0]) for day in days}


def test_fifteen_days_are_told_newest_first_quiet_ones_together() -> None:
    days = past(INDEX)
    assert list(days)[:2] == ["21 Nov 2026", "16 Nov – 20 Nov 2026"]
    assert list(days)[-1] == "7 Nov 2026"
    assert days["16 Nov – 20 Nov 2026"] == days["7 Nov 2026"] == "No incidents reported."


def test_a_page_without_incidents_tells_fifteen_quiet_days_at_once() -> None:
    assert past(page(view_of(), "index.html")) == {"7 Nov – 21 Nov 2026": "No incidents reported."}


def test_a_past_incident_is_told_by_its_title_and_last_update() -> None:
    day = past(INDEX)["14 Nov 2026"]
    assert day.startswith("Slow search Search is fast again. Minor impact · Postmortem")
    assert "1 hour 30 minutes" in day
    assert "Searches take ten seconds" not in day


def test_a_day_on_which_something_went_on_is_not_called_quiet() -> None:
    days = past(INDEX)
    assert days["10 Nov 2026"] == "Until 01:15 UTC: Late webhooks"
    assert days["9 Nov 2026"] == "Continued: Late webhooks"
    assert days["8 Nov 2026"].startswith("Late webhooks All were delivered.")
    assert "Ongoing: Card payments fail" in days["21 Nov 2026"]


def test_only_what_is_open_is_called_ongoing() -> None:
    over = told(
        "over",
        Update(at("2026-11-19T23:40"), Status.IDENTIFIED, "Over", components={"api": SLOW}),
        Update(at("2026-11-20T00:20"), Status.RESOLVED, id="2"),
    )
    index = page(view_of(over), "index.html")
    assert past(index)["20 Nov 2026"] == "Until 00:20 UTC: Over"
    assert "Ongoing" not in text(index)


def test_what_ended_at_midnight_is_not_of_the_day_that_began() -> None:
    late = told(
        "late",
        Update(at("2026-11-17T20:00"), Status.IDENTIFIED, "Late", components={"api": SLOW}),
        Update(at("2026-11-18T00:00"), Status.RESOLVED, id="2"),
    )
    days = past(page(view_of(late), "index.html"))
    assert days["18 Nov – 21 Nov 2026"] == "No incidents reported."
    assert days["17 Nov 2026"].startswith("Late")


def test_a_day_between_closing_and_reopening_is_quiet() -> None:
    again = told(
        "again",
        Update(at("2026-11-09T10:00"), Status.IDENTIFIED, "Again", components={"api": SLOW}),
        Update(at("2026-11-10T11:00"), Status.RESOLVED, id="2"),
        Update(at("2026-11-12T12:00"), Status.IDENTIFIED, components={"api": SLOW}, id="3"),
        Update(at("2026-11-13T13:00"), Status.RESOLVED, id="4"),
    )
    days = past(page(view_of(again), "index.html"))
    assert days["11 Nov 2026"] == "No incidents reported."
    assert days["10 Nov 2026"] == days["12 Nov 2026"] == "Continued: Again"
    assert days["13 Nov 2026"] == "Until 13:00 UTC: Again"


def test_days_on_which_the_same_is_open_are_told_together() -> None:
    open_for_years = told(
        "long",
        Update(at("2024-11-19T23:40"), Status.IDENTIFIED, "Long", components={"api": SLOW}),
    )
    assert past(page(view_of(open_for_years), "index.html")) == {
        "7 Nov – 21 Nov 2026": "Ongoing: Long"
    }
    both = past(page(view_of(open_for_years, SEARCH), "index.html"))
    assert list(both) == ["15 Nov – 21 Nov 2026", "14 Nov 2026", "7 Nov – 13 Nov 2026"]


def test_work_that_the_clock_ends_is_over_in_the_past_days_too() -> None:
    index = page(view_of(RUNNING), "index.html")
    said = index.xpath("//div[@class='day'][1]/div//span")
    assert [(text(one.xpath(".")[0]), one.get("data-until")) for one in said[:1]] == [
        ("Ongoing: Work of running", "2026-11-21T15:30:00Z")
    ]
    assert "Until 15:30 UTC: Work of running" in "".join(said[1].itertext())
    assert said[1].get("hidden") is not None


def test_work_that_was_called_off_stands_on_the_day_when_it_was() -> None:
    days = past(page(view_of(OFF, OVER), "index.html"))
    assert "Work of off Not needed. Maintenance · Cancelled" in days["15 Nov 2026"]
    assert "Maintenance · Completed" in days["12 Nov 2026"]


def test_days_begin_and_end_in_the_pages_zone() -> None:
    late = told(
        "late",
        Update(at("2026-11-18T23:30"), Status.IDENTIFIED, "Late", components={"api": SLOW}),
        Update(at("2026-11-18T23:50"), Status.RESOLVED, id="2"),
    )
    days = past(page(view_of(late, time_zone="Europe/Warsaw"), "index.html"))
    assert days["7 Nov – 18 Nov 2026"] == "No incidents reported."
    assert days["19 Nov 2026"].startswith("Late")
    assert "19 Nov 2026, 00:30 – 00:50 CET" in days["19 Nov 2026"]


def test_an_incident_that_ended_before_the_past_days_is_left_to_the_history() -> None:
    for later, is_told in ((3, True), (15, False)):
        index = page(view_of(NIGHT, now=NOW + timedelta(days=later)), "index.html")
        told_days = text(index.xpath("//section[@aria-labelledby='_past']")[0])
        assert ("Late webhooks" in told_days) is is_told
