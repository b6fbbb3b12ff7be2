"""The past stays findable: by year, by month and by day, with the reports on it."""

from __future__ import annotations

import pytest
from lxml import html
from msgspec.structs import replace
from status_story import (
    CARDS,
    NIGHT,
    NOW,
    OLD,
    PARTLY,
    SEARCH,
    SLOW,
    STORY,
    at,
    page,
    pages_of,
    text,
    texts,
    told,
    view_of,
)

from statusbook.model.incident import Update
from statusbook.model.words import ComponentStatus, Impact, Status

FINE = ComponentStatus.OPERATIONAL

VIEW = view_of(*STORY, languages=["pl"])
YEAR = page(VIEW, "history/2026/index.html")


def marks(year: html.HtmlElement) -> dict[str, str]:
    """Return what the calendar tells of each day that had something, and where it leads."""
    links = year.xpath("//table[@class='month']//a[@aria-label]")
    return {link.get("aria-label"): link.get("href") for link in links}


def test_the_history_counts_years_and_their_months() -> None:
    document = page(VIEW, "history/index.html")
    assert texts(document, "//h2") == ["2026", "2025"]
    assert document.xpath("//h2/a/@href") == ["2026/", "2025/"]
    assert texts(document, "//h2/following-sibling::p") == [
        "3 incidents, 3 maintenances",
        "1 incident",
    ]
    assert len(document.xpath("//ol/li")) == 24
    assert texts(document, "//ol/li/a/span[@aria-hidden]") == ["Nov 6", "Feb 1"]
    assert document.xpath("//ol/li/a/@href") == ["2026-11/", "2025-02/"]
    assert texts(document, "//ol/li/a/span[2]") == [
        "November 2026: 3 incidents, 3 maintenances",
        "February 2025: 1 incident",
    ]


def test_the_history_names_months_as_its_language_does() -> None:
    polish = page(VIEW, "pl/history/index.html")
    assert texts(polish, "//ol/li/a/span[@aria-hidden]") == ["lis 6", "lut 1"]


def test_a_month_tells_day_by_day_what_began_newest_first() -> None:
    document = page(VIEW, "history/2026-11/index.html")
    assert texts(document, "//h1") == ["November 2026"]
    days = document.xpath("//div[@class='day']")
    assert {day.get("id"): texts(day, ".//li/p[1]") for day in days} == {
        "2026-11-21": ["Work of running", "Card payments fail"],
        "2026-11-15": ["Work of off"],
        "2026-11-14": ["Slow search"],
        "2026-11-12": ["Work of over"],
        "2026-11-08": ["Late webhooks"],
    }
    assert days[0].xpath("./h2/a/@href") == ["#2026-11-21"]
    assert "8 Nov 2026, 22:50 UTC – 10 Nov 2026, 01:15 UTC · 1 day 2 hours" in text(days[4])
    assert "3 incidents, 3 maintenances" in text(document)


def test_months_and_years_lead_to_their_neighbours() -> None:
    ways = {
        path: [
            page(VIEW, f"history/{path}/index.html").xpath(f"//a[@rel='{rel}']/@href")
            for rel in ("prev", "next")
        ]
        for path in ("2026-11", "2025-02", "2026", "2025")
    }
    assert ways == {
        "2026-11": [["../2025-02/"], []],
        "2025-02": [[], ["../2026-11/"]],
        "2026": [["../2025/"], []],
        "2025": [[], ["../2026/"]],
    }
    month = page(VIEW, "history/2026-11/index.html")
    assert month.xpath("//p[@class='kicker']/a/@href") == ["../", "../2026/"]


def test_a_month_begins_in_the_pages_zone() -> None:
    eve = told(
        "eve",
        Update(at("2025-12-31T23:30"), Status.IDENTIFIED, "Eve", components={"api": SLOW}),
        Update(at("2025-12-31T23:50"), Status.RESOLVED, id="2"),
    )
    view = view_of(eve, time_zone="Europe/Warsaw")
    assert "Eve" in text(page(view, "history/2026-01/index.html").xpath("//*[@id='2026-01-01']")[0])
    assert list(marks(page(view, "history/2026/index.html"))) == [
        "1 Jan 2026: Minor impact, 1 incident"
    ]


def test_a_year_counts_impacts_and_adds_up_their_time() -> None:
    rows = [texts(row, "./*") for row in YEAR.xpath("//table[@class='impacts']/tbody/tr")]
    assert rows == [
        ["Critical impact", "1", "1 still open"],
        ["Major impact", "1", "1 day 2 hours"],
        ["Minor impact", "1", "1 hour 30 minutes"],
        ["Maintenance", "3", "1 hour 30 minutes, without 1 still open"],
    ]
    over = page(view_of(NIGHT), "history/2026/index.html")
    assert "still open" not in text(over)


def test_a_year_adds_up_the_time_of_components_not_that_of_watching() -> None:
    watched = told(
        "watched",
        Update(at("2026-03-01T10:00"), Status.IDENTIFIED, "Short", components={"api": PARTLY}),
        Update(
            at("2026-03-01T10:20"),
            Status.MONITORING,
            components={"api": ComponentStatus.OPERATIONAL},
            id="2",
        ),
        Update(at("2026-03-02T10:20"), Status.RESOLVED, id="3"),
    )
    vague = told(
        "vague",
        Update(at("2026-04-01T10:00"), Status.IDENTIFIED, "Vague", impact=Impact.NONE),
        Update(at("2026-04-01T10:40"), Status.RESOLVED, id="2"),
    )
    year = page(view_of(watched, vague), "history/2026/index.html")
    assert texts(year, "//table[@class='impacts']//th")[2:] == [
        "Time with impact",
        "Major impact",
        "No impact",
    ]
    assert texts(year, "//table[@class='impacts']//td") == ["1", "20 minutes", "1", "40 minutes"]


def test_times_that_overlap_count_once() -> None:
    pair = [
        told(
            name,
            Update(at(f"2026-03-01T{start}"), Status.IDENTIFIED, name, components={"api": PARTLY}),
            Update(at(f"2026-03-01T{end}"), Status.RESOLVED, id="2"),
        )
        for name, start, end in (
            ("long", "10:00", "12:00"),
            ("inside", "10:30", "11:00"),
            ("after", "11:30", "13:00"),
        )
    ]
    year = page(view_of(*pair), "history/2026/index.html")
    assert texts(year, "//table[@class='impacts']/tbody/tr/td") == ["3", "3 hours"]


def test_a_day_of_the_calendar_tells_its_worst_and_leads_to_its_place() -> None:
    assert marks(YEAR) == {
        "8 Nov 2026: Major impact, 1 incident": "../2026-11/#2026-11-08",
        "9 Nov 2026: Major impact, since 8 Nov 2026": "../2026-11/#2026-11-08",
        "10 Nov 2026: Major impact, since 8 Nov 2026": "../2026-11/#2026-11-08",
        "12 Nov 2026: 1 maintenance": "../2026-11/#2026-11-12",
        "14 Nov 2026: Minor impact, 1 incident": "../2026-11/#2026-11-14",
        "15 Nov 2026: 1 maintenance": "../2026-11/#2026-11-15",
        "21 Nov 2026: Critical impact, 1 incident, 1 maintenance": "../2026-11/#2026-11-21",
    }
    cell = YEAR.xpath("//table[@class='month']//a")[-1]
    assert text(cell) == "21"
    assert cell.get("class") == "major_outage"
    drawn = cell.xpath(".//use/@href")[0]
    assert YEAR.xpath(f"//symbol[@id='{drawn[1:]}']/path/@d")


def test_every_place_that_a_calendar_leads_to_is_there() -> None:
    for path in ("history/2026/index.html", "pl/history/2026/index.html"):
        for href in marks(page(VIEW, path)).values():
            month, _, day = href.removeprefix("../").partition("/#")
            there = page(VIEW, path.replace("2026", month))
            assert there.xpath(f"//*[@id='{day}']"), href


def test_a_calendar_has_only_days_of_which_something_is_known() -> None:
    captions = texts(page(VIEW, "history/2025/index.html"), "//caption")
    assert captions[0] == "February 2025"
    assert captions[-1] == "December 2025"
    months = YEAR.xpath("//table[@class='month']")
    assert [text(one.xpath("./caption")[0]) for one in months][-1] == "November 2026"
    assert [text(cell) for cell in months[-1].xpath(".//td") if text(cell)][-1] == "21"
    assert months[-1].xpath("./caption/a/@href") == ["../2026-11/"]
    assert not months[0].xpath("./caption/a")


@pytest.mark.parametrize(
    ("language", "first", "name"),
    [
        ("en", "Mo", "Monday"),
        ("en-US", "Su", "Sunday"),
        ("pl", "pon", "poniedziałek"),
    ],
)
def test_weeks_begin_as_the_language_has_it(language: str, first: str, name: str) -> None:
    year = page(view_of(OLD, language=language), "history/2025/index.html")
    head = year.xpath("//table[@class='month'][1]/thead//abbr")[0]
    assert (text(head), head.get("title")) == (first, name)
    assert len(year.xpath("//table[@class='month'][1]/thead//th[@scope='col']")) == 7


def test_a_year_lists_its_reports_and_lines_mark_them() -> None:
    report = "../../incidents/2026-11-14-search/postmortem/"
    section = YEAR.xpath("//section[@aria-labelledby='_reports']")[0]
    assert texts(section, ".//li/p[1]") == ["Slow search"]
    assert report in section.xpath(".//a/@href")
    month = page(VIEW, "history/2026-11/index.html")
    assert month.xpath("//a[contains(@href, 'postmortem')]/@href") == [report]
    assert not page(view_of(NIGHT), "history/2026/index.html").xpath("//*[@id='_reports']")


def test_a_new_text_does_not_touch_the_year() -> None:
    more = replace(CARDS.updates[1], id="3-more", at=at("2026-11-21T14:39"), components={})
    after = replace(CARDS, updates=(*CARDS.updates, more))
    keys = [
        pages_of(view_of(one, SEARCH, now=NOW))["history/2026/index.html"].key
        for one in (CARDS, after)
    ]
    assert keys[0] == keys[1]
