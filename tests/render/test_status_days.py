"""Behind the bars of a component is a table of its days, for every hand and without a script."""

from __future__ import annotations

from datetime import timedelta

from lxml import html
from msgspec.structs import replace
from status_story import NIGHT, NOW, PARTLY, STORY, at, page, pages_of, text, texts, told, view_of

from statusbook.model.incident import Update
from statusbook.model.words import Status

VIEW = view_of(*STORY)
INDEX = page(VIEW, "index.html")


def details(index: html.HtmlElement, component: str) -> list[html.HtmlElement]:
    return list(index.xpath(f"//li[@id='{component}']/details"))


def test_bars_open_to_a_table_of_the_days_that_led_to_them() -> None:
    (days,) = details(INDEX, "api")
    summary = days.xpath("./summary")[0]
    assert len(summary.xpath("./svg[@role='img']")) == 1
    assert text(summary) == "90 days ago 99.63% uptime Today"
    rows = [texts(row, "./*") for row in days.xpath("./table/tbody/tr")]
    assert rows[:3] == [
        ["21 Nov 2026", "Degraded performance Card payments fail"],
        ["11 Nov – 20 Nov 2026", "Operational"],
        ["10 Nov 2026", "Partial outage, 1 hour 15 minutes Late webhooks"],
    ]
    assert days.xpath("./table//a/@href")[-1] == "./incidents/2026-11-08-night/"


def test_bars_of_a_quiet_component_are_low_and_have_nothing_to_open() -> None:
    assert details(INDEX, "web") == []
    drawn = INDEX.xpath("//li[@id='web']/svg")[0]
    assert drawn.get("class") == "bars low"
    assert drawn.get("viewbox") == "0 12 359 20"


def test_many_days_lead_to_the_page_of_the_component() -> None:
    often = [
        told(
            f"often-{n}",
            Update(at("2026-10-01T10:00") + timedelta(days=2 * n), Status.IDENTIFIED, f"Often {n}",
                   components={"api": PARTLY}),
            Update(at("2026-10-01T11:00") + timedelta(days=2 * n), Status.RESOLVED, id="2"),
        )
        for n in range(20)
    ]  # fmt: skip
    (days,) = details(page(view_of(*often), "index.html"), "api")
    assert len(days.xpath("./table/tbody/tr")) == 8
    assert days.xpath("./p[@class='more']/a/@href") == ["./components/api/#_days"]


def test_the_index_says_how_uptime_is_counted() -> None:
    section = INDEX.xpath("//section[@aria-labelledby='_components']")[0]
    assert "a partial outage for 30% of its time" in text(section)


def test_a_new_title_of_a_past_incident_renders_the_index_again() -> None:
    later = NOW + timedelta(days=30)
    mended = replace(NIGHT, updates=(replace(NIGHT.updates[0], title="No webhooks"),
                                     *NIGHT.updates[1:]))  # fmt: skip
    keys = [pages_of(view_of(one, now=later))["index.html"].key for one in (NIGHT, mended)]
    assert keys[0] != keys[1]


def test_a_missing_page_leads_on_from_any_depth() -> None:
    view = view_of(languages=["pl"])
    for path, base in (("404.html", "/below/"), ("pl/404.html", "/below/pl/")):
        links = page(view, path).xpath("//main//a/@href")
        assert links == [base, f"{base}history/", f"{base}maintenance/", f"{base}subscribe/"]
        assert not [
            link
            for link in page(view, path).xpath("//a/@href | //link/@href | //script/@src")
            if not link.startswith(("/", "https://", "#"))
        ]


def test_maintenance_leads_to_its_calendar() -> None:
    links = page(VIEW, "maintenance/index.html").xpath("//p[@class='lead']/a/@href")
    assert links == ["https://status.example.com/below/calendar.ics"]
