"""Components, months and maintenances have pages of their own, and so has following."""

from __future__ import annotations

from status_story import (
    AHEAD,
    CARDS,
    NIGHT,
    OFF,
    OVER,
    RUNNING,
    SLOW,
    STORY,
    at,
    page,
    planned,
    text,
    texts,
    told,
    view_of,
)

from statusbook.model.incident import Update
from statusbook.model.words import Status

VIEW = view_of(*STORY, languages=["pl"])


def test_a_component_tells_its_days_in_a_table() -> None:
    document = page(VIEW, "components/api/index.html")
    rows = [[text(cell) for cell in row] for row in document.xpath("//tbody/tr")]
    assert rows == [
        ["21 Nov 2026", "Degraded performance Card payments fail"],
        ["11 Nov – 20 Nov 2026", "Operational"],
        ["10 Nov 2026", "Partial outage, 1 hour 15 minutes Late webhooks"],
        ["9 Nov 2026", "Partial outage, 1 day Late webhooks"],
        ["8 Nov 2026", "Partial outage, 1 hour 10 minutes Late webhooks"],
        ["24 Aug – 7 Nov 2026", "Operational"],
    ]
    assert document.xpath("//tbody//a/@href")[0] == "../../incidents/2026-11-21-cards/"
    assert document.xpath("//th/@scope") == ["col"] * 2 + ["row"] * 6
    assert document.xpath("//tbody/tr/@id")[:3] == ["2026-11-21", "2026-11-20", "2026-11-10"]


def test_a_component_says_how_its_uptime_is_counted() -> None:
    told = text(page(VIEW, "components/api/index.html"))
    assert "a partial outage for 30% of its time" in told
    assert "Days without data are left out." in told


def test_a_component_lists_its_incidents_newest_first() -> None:
    document = page(VIEW, "components/api/index.html")
    assert texts(document, "//li[@class='line']/p[1]") == ["Card payments fail", "Late webhooks"]
    assert "Major impact · Resolved · 8 Nov 2026, 22:50 UTC – 10 Nov" in text(document)


def test_a_component_that_left_the_page_keeps_its_own() -> None:
    document = page(VIEW, "components/fax/index.html")
    assert "This component left the page on 1 Jan 2026." in text(document)
    assert texts(document, "//li[@class='line']/p[1]") == ["Faxes are late"]
    assert not document.xpath("//table")
    assert "Operational" not in text(document)


def test_a_component_without_incidents_says_so() -> None:
    assert "No incidents reported." in text(page(VIEW, "components/web/index.html"))


def test_maintenance_is_sorted_into_what_is_ahead_and_past() -> None:
    document = page(VIEW, "maintenance/index.html")
    sections = {
        text(one.xpath("./h2")[0]): texts(one, ".//h3 | .//li/p[1]")
        for one in document.xpath("//section")
    }
    assert sections == {
        "Running and planned": ["Work of running", "Work of ahead"],
        "Past maintenance": ["Work of off", "Work of over"],
    }


def test_without_planned_work_the_page_says_so() -> None:
    for quiet in (view_of(CARDS, NIGHT), view_of(OVER, OFF)):
        said = text(page(quiet, "maintenance/index.html"))
        assert "Running and planned No maintenance is planned." in said
    ahead = page(view_of(AHEAD), "maintenance/index.html")
    assert texts(ahead, "//section/h2") == ["Running and planned"]
    assert "No maintenance is planned." not in text(ahead)


def test_lists_follow_the_clock_as_the_top_of_the_page_does() -> None:
    work = planned("work", "2026-11-21T15:00", "2026-11-21T16:00")
    document = page(view_of(work), "components/reports/index.html")
    said = document.xpath("//li[@class='line']/p[2]/span")
    assert [(one.get("data-from"), one.get("data-until")) for one in said] == [
        (None, "2026-11-21T15:00:00Z"),
        ("2026-11-21T15:00:00Z", "2026-11-21T16:00:00Z"),
        ("2026-11-21T16:00:00Z", None),
    ]
    states = ["".join(one.itertext()).split(" · ")[1] for one in said]
    assert states == ["Scheduled", "In progress", "Completed"]


def test_what_has_one_moment_only_is_told_with_one() -> None:
    once = told("once", Update(at("2026-11-20T11:00"), Status.POSTMORTEM, "Once", body="A."))
    view = view_of(once)
    month = text(page(view, "history/2026-11/index.html"))
    assert "Postmortem · 20 Nov 2026, 11:00 UTC" in month
    assert "11:00 –" not in month
    facts = page(view, "incidents/once/index.html").xpath("//dl[@class='facts']//dt")
    assert [text(one) for one in facts] == ["Ended"]


def test_the_strip_for_other_sites_tells_the_state_and_leads_out_of_its_frame() -> None:
    strip = page(view_of(CARDS, RUNNING), "embed.html")
    assert text(strip.xpath("//h1")[0]) == "Parts of the service are down."
    assert strip.xpath("//h1/a/@href") == ["./"]
    assert strip.xpath("//h1/a/@target") == ["_top"]
    assert texts(strip, "//main/p") == ["Card payments fail, Work of running"]


def test_the_strip_names_the_worst_incident_first() -> None:
    later = at("2026-11-21T14:30")
    faint = told("faint", Update(later, Status.INVESTIGATING, "Something seems off", id="1"))
    slow = told(
        "slow",
        Update(later, Status.INVESTIGATING, "Slow search", components={"search": SLOW}, id="1"),
    )
    strip = page(view_of(slow, CARDS, faint), "embed.html")
    assert texts(strip, "//main/p") == ["Card payments fail, Slow search, Something seems off"]
