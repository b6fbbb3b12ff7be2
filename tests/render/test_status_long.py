"""What goes on over the end of a day, a month or a year stays findable in each of them."""

from __future__ import annotations

from datetime import timedelta

from lxml import html
from status_story import OLD, PARTLY, SLOW, at, page, pages_of, text, texts, told, view_of

from statusbook.model.incident import Update
from statusbook.model.public import PublicIncident
from statusbook.model.words import Status

MONTHS = "//ol/li/a/span[@aria-hidden]"
NOTHING_NEW = "Nothing new; what began before went on"
WINTER = told(
    "winter",
    Update(at("2024-12-30T10:00"), Status.IDENTIFIED, "Winter", components={"api": PARTLY}),
    Update(at("2025-01-02T10:00"), Status.RESOLVED, id="2"),
)
LONG = told(
    "long",
    Update(at("2024-11-19T23:40"), Status.IDENTIFIED, "Long", components={"api": SLOW}),
)


def marks(year: html.HtmlElement) -> dict[str, str]:
    """Return what the calendar tells of each day that had something, and where it leads."""
    links = year.xpath("//table[@class='month']//a[@aria-label]")
    return {link.get("aria-label"): link.get("href") for link in links}


def past_pages(*incidents: PublicIncident, days: int = 0) -> dict[str, str]:
    """Return the keys of the pages of the past, some days later."""
    made = pages_of(view_of(*incidents, now=at("2026-11-21T14:40") + timedelta(days=days)))
    return {path.split("/")[1]: made[path].key for path in made if path.startswith("history/20")}


def test_what_goes_on_over_new_year_is_in_both_calendars() -> None:
    view = view_of(WINTER, OLD)
    assert len(marks(page(view, "history/2024/index.html"))) == 2
    assert marks(page(view, "history/2025/index.html")) == {
        "1 Jan 2025: Major impact, since 30 Dec 2024": "../2024-12/#2024-12-30",
        "2 Jan 2025: Major impact, since 30 Dec 2024": "../2024-12/#2024-12-30",
        "2 Feb 2025: Minor impact, 1 incident": "../2025-02/#2025-02-02",
    }


def test_a_month_tells_what_continued_from_the_one_before_and_does_not_count_it() -> None:
    document = page(view_of(WINTER), "history/2025-01/index.html")
    assert text(document.xpath("//p[@class='lead']")[0]) == NOTHING_NEW
    section = document.xpath("//section[@aria-labelledby='_continued']")[0]
    assert text(section) == ("Continued from December 2024 Winter Major impact · since 30 Dec 2024")
    assert section.xpath(".//a/@href") == ["../../incidents/winter/"]
    before = page(view_of(WINTER), "history/2024-12/index.html")
    assert not before.xpath("//*[@id='_continued']")


def test_every_month_and_year_that_was_touched_has_a_page_that_is_linked() -> None:
    view = view_of(WINTER)
    overview = page(view, "history/index.html")
    assert overview.xpath("//ol/li/a/@href") == ["2025-01/", "2024-12/"]
    assert texts(overview, "//ol/li/a/span[2]") == [
        f"January 2025: {NOTHING_NEW}",
        "December 2024: 1 incident",
    ]
    year = page(view, "history/2025/index.html")
    assert year.xpath("//caption/a/@href") == ["../2025-01/"]
    assert not year.xpath("//table[@class='impacts']")


def test_what_is_open_for_years_is_in_each_of_them() -> None:
    view = view_of(LONG)
    assert len(past_pages(LONG)) == 3 + 25
    for year, days in ((2024, 12 + 31), (2025, 365), (2026, 325)):
        found = marks(page(view, f"history/{year}/index.html"))
        assert len(found) == days, year


def test_no_page_of_the_past_changes_by_what_goes_on_but_the_year() -> None:
    before, after = past_pages(LONG), past_pages(LONG, days=2)
    assert {name for name in before if before[name] != after[name]} == {"2026"}
    later = past_pages(LONG, days=12)
    assert later.keys() - before.keys() == {"2026-12"}
    assert {name for name in before if before[name] != later[name]} == {"2026", "2026-11"}


def test_a_further_update_leaves_the_months_that_it_continued_in() -> None:
    more = told(
        "long",
        *(
            Update(at("2024-11-19T23:40"), Status.IDENTIFIED, "Long", components={"api": SLOW}),
            Update(at("2026-11-21T14:00"), body="Still slow.", id="2"),
        ),
    )
    before, after = past_pages(LONG), past_pages(more)
    assert {name for name in before if before[name] != after[name]} == {"2024-11"}


def test_a_month_that_lies_between_closing_and_reopening_has_no_page() -> None:
    again = told(
        "again",
        Update(at("2026-08-09T10:00"), Status.IDENTIFIED, "Again", components={"api": SLOW}),
        Update(at("2026-08-10T11:00"), Status.RESOLVED, id="2"),
        Update(at("2026-10-12T12:00"), Status.IDENTIFIED, components={"api": SLOW}, id="3"),
        Update(at("2026-11-01T00:00"), Status.RESOLVED, id="4"),
    )
    assert list(past_pages(again)) == ["2026-08", "2026-10", "2026"]
    found = marks(page(view_of(again), "history/2026/index.html"))
    assert len(found) == 2 + 20
    assert texts(page(view_of(again), "history/index.html"), MONTHS) == ["Aug 1", "Oct 0"]
