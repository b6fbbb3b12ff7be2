"""The index tells the past fifteen days: what happened, what went on, and that nothing did."""

from __future__ import annotations

from datetime import timedelta

from lxml import html
from status_story import NIGHT, NOW, OFF, OVER, SLOW, STORY, at, page, text, told, view_of

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
    assert days["9 Nov 2026"] == days["10 Nov 2026"] == "Ongoing: Late webhooks"
    assert days["8 Nov 2026"].startswith("Late webhooks All were delivered.")
    assert "Ongoing: Card payments fail" in days["21 Nov 2026"]


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
