"""The page of an incident tells what readers can do, what became of it, and what else went on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html
from msgspec.structs import replace
from status_story import (
    AHEAD,
    CARDS,
    DOWN,
    OVER,
    PARTLY,
    SEARCH,
    SLOW,
    at,
    page,
    pages_of,
    planned,
    text,
    texts,
    told,
    view_of,
)

from statusbook.derive.site import FEED_KEPT
from statusbook.model.incident import Translation, Update, Window
from statusbook.model.public import PublicIncident, publish_update
from statusbook.model.words import Status

ADVICE = Update(
    at("2026-11-21T14:30"),
    id="3-advice",
    body="Still looking.",
    workaround="# Try this\n\nPay by **transfer**.",
    translations={"pl": Translation(body="Szukamy.", workaround="Zapłać **przelewem**.")},
)
PANEL = "//section[@class='advice']"


def with_updates(incident: PublicIncident, *more: Update) -> PublicIncident:
    return replace(incident, updates=(*incident.updates, *map(publish_update, more)))


def shown(*incidents: PublicIncident, prefix: str = "", **settings: object) -> html.HtmlElement:
    """Show the page of the first incident, beside the others."""
    view = view_of(*incidents, **settings)
    return page(view, f"{prefix}incidents/{incidents[0].id}/index.html")


def entry(document: html.HtmlElement, update: str) -> html.HtmlElement:
    return document.xpath(f"//article[@id='update-{update}']")[0]


def facts(document: html.HtmlElement) -> dict[str, list[str]]:
    rows = document.xpath("//dl[@class='facts']/div")
    return {
        text(row.xpath("./dt")[0]): texts(row, "./dd//li") or texts(row, "./dd") for row in rows
    }


# --- what readers can do


def test_what_readers_can_do_stands_on_top_and_its_update_leads_there() -> None:
    document = shown(with_updates(CARDS, ADVICE))
    (panel,) = document.xpath(PANEL)
    assert texts(panel, "./h2") == ["What you can do now"]
    assert texts(panel, ".//p") == ["Try this", "Pay by transfer."]
    link = entry(document, "3-advice").xpath("./p[@class='note']/a")[0]
    assert link.get("href") == f"#{panel.get('id')}"
    assert texts(entry(document, "3-advice"), ".//p")[-2:] == [
        "Still looking.",
        "What you can do now: see above",
    ]


def test_what_readers_can_do_stands_on_the_index_and_leads_within_it() -> None:
    document = page(view_of(with_updates(CARDS, ADVICE)), "index.html")
    (panel,) = document.xpath(PANEL)
    assert texts(panel, "./h4") == ["What you can do now"]
    assert f"#{panel.get('id')}" in document.xpath("//article//p[@class='note']/a/@href")


def test_what_readers_can_do_about_work_is_there_until_it_ends_by_itself() -> None:
    advice = replace(ADVICE, at=at("2026-11-21T14:10"))
    work = planned("running", "2026-11-21T14:00", "2026-11-21T15:30", advice)
    for path in ("index.html", "maintenance/index.html", "incidents/running/index.html"):
        (panel,) = page(view_of(work), path).xpath(PANEL)
        assert panel.get("data-until") == "2026-11-21T15:30:00Z"
    assert shown(work, now=at("2026-11-21T15:30")).xpath(PANEL) == []


def test_it_carries_over_and_is_told_in_its_update_again_once_it_is_replaced() -> None:
    second = Update(at("2026-11-21T14:35"), id="4-more", workaround="Wait an hour.")
    document = shown(with_updates(CARDS, ADVICE, second))
    assert texts(document, f"{PANEL}//p") == ["Wait an hour."]
    before = entry(document, "3-advice").xpath("./div[@class='said']")[0]
    assert texts(before, ".//p") == ["What you can do now", "Try this", "Pay by transfer."]
    later = Update(at("2026-11-21T14:36"), id="5-same")
    carried = shown(with_updates(CARDS, ADVICE, second, later))
    assert texts(carried, f"{PANEL}//p") == ["Wait an hour."]


@pytest.mark.parametrize(
    "end",
    [
        Update(at("2026-11-21T14:35"), id="4-end", workaround=""),
        Update(at("2026-11-21T14:35"), Status.RESOLVED, id="4-end"),
        Update(at("2026-11-21T14:35"), Status.RESOLVED, id="4-end", workaround="Reload."),
        Update(at("2026-11-21T14:35"), Status.POSTMORTEM, id="4-end"),
    ],
)
def test_it_ends_when_an_update_says_so_and_with_the_incident(end: Update) -> None:
    document = shown(with_updates(CARDS, ADVICE, end))
    assert document.xpath(PANEL) == []
    assert "Pay by transfer." in text(entry(document, "3-advice"))
    said = "What we advised before no longer applies." in text(entry(document, "4-end"))
    assert said == (end.workaround == "")


def test_a_closed_incident_that_is_reopened_has_no_old_advice() -> None:
    closed = Update(at("2026-11-21T14:31"), Status.RESOLVED, id="4-over")
    late = Update(at("2026-11-21T14:32"), id="5-late", workaround="Reload.")
    again = Update(at("2026-11-21T14:35"), Status.IDENTIFIED, id="6-again")
    assert shown(with_updates(CARDS, ADVICE, closed, late, again)).xpath(PANEL) == []


def test_withdrawn_advice_is_folded_and_the_one_before_stands() -> None:
    wrong = Update(at("2026-11-21T14:35"), id="4-no", workaround="Jump.", retracted="Dangerous.")
    document = shown(with_updates(CARDS, ADVICE, wrong))
    assert texts(document, f"{PANEL}//p") == ["Try this", "Pay by transfer."]
    assert texts(entry(document, "4-no"), "./details//p") == ["What you can do now", "Jump."]
    assert entry(document, "4-no").xpath("./div[@class='said']") == []


def test_it_is_told_in_the_language_of_the_page_or_marked_as_another() -> None:
    polish = {"prefix": "pl/", "languages": ["pl"]}
    document = shown(with_updates(CARDS, ADVICE), **polish)
    assert texts(document, f"{PANEL}//p") == ["Zapłać przelewem."]
    assert document.xpath(f"{PANEL}/div/@lang") == []
    lacks = replace(ADVICE, translations={"pl": Translation(body="Szukamy.")})
    document = shown(with_updates(CARDS, lacks), **polish)
    assert texts(document, f"{PANEL}//p") == ["Try this", "Pay by transfer."]
    assert document.xpath(f"{PANEL}/div/@lang") == ["en"]


# --- what became of updates


def test_a_new_name_tells_the_old_one() -> None:
    renamed = Update(at("2026-11-21T14:35"), title="All payments fail", id="3-renamed")
    document = shown(with_updates(CARDS, renamed))
    assert texts(entry(document, "3-renamed"), "./p") == ["Title before: Card payments fail"]
    in_polish = shown(with_updates(CARDS, renamed), prefix="pl/", languages=["pl"])
    assert "Karty nie działają" in text(entry(in_polish, "3-renamed"))


def test_a_moved_window_tells_the_old_one() -> None:
    window = Window(at("2026-11-26T22:00"), at("2026-11-26T23:00"))
    moved = Update(at("2026-11-20T09:00"), id="2-moved", scheduled=window)
    document = shown(with_updates(AHEAD, moved))
    before = "24 Nov 2026, 22:00 UTC – 25 Nov 2026, 00:30 UTC"
    assert texts(entry(document, "2-moved"), "./p") == [
        f"Moved: planned for 26 Nov 2026, 22:00 – 23:00 UTC, before that for {before}."
    ]


def test_an_incident_without_any_update_that_counts_says_so_on_top() -> None:
    updates = [replace(update, retracted="A test.") for update in CARDS.updates]
    document = shown(replace(CARDS, updates=tuple(updates)))
    assert texts(document, "//main/p[@class='note']") == [
        "All updates of this incident were withdrawn."
    ]
    assert texts(document, "//p[@class='kicker']") == ["Withdrawn"]
    assert facts(document) == {}
    assert texts(shown(CARDS), "//main/p[@class='note']") == []


# --- how long


def test_an_open_incident_tells_since_when_each_component_is_how() -> None:
    assert facts(shown(CARDS))["Affected"] == [
        "Checkout: Major outage since 21 Nov 2026, 14:22 UTC",
        "Checkout: Partial outage, 30 minutes",
        "API: Degraded performance since 21 Nov 2026, 14:22 UTC",
    ]


def test_an_incident_that_was_reopened_tells_how_long_users_felt_it() -> None:
    again = told(
        "again",
        Update(at("2026-11-20T09:00"), Status.INVESTIGATING, "Slow", components={"api": SLOW}),
        Update(at("2026-11-20T09:30"), Status.RESOLVED, id="2"),
        Update(at("2026-11-20T11:00"), Status.IDENTIFIED, components={"api": PARTLY}, id="3"),
        Update(at("2026-11-20T11:10"), components={"web": PARTLY}, id="4"),
        Update(at("2026-11-20T12:00"), Status.RESOLVED, id="5"),
    )
    rows = facts(shown(again))
    assert rows["Duration"] == ["3 hours"]
    assert rows["Time with impact"] == ["1 hour 30 minutes"]
    assert rows["Affected"] == [
        "API: Partial outage, 1 hour",
        "API: Degraded performance, 30 minutes",
        "Shop pages: Partial outage, 50 minutes",
    ]


def test_an_incident_that_was_felt_throughout_has_one_length() -> None:
    assert "Time with impact" not in facts(shown(SEARCH))


def test_work_that_took_longer_than_planned_tells_both() -> None:
    longer = Update(at("2026-11-12T23:20"), Status.VERIFYING, id="2-longer")
    over = Update(at("2026-11-12T23:50"), Status.COMPLETED, id="3-over")
    late = with_updates(OVER, replace(longer, at=at("2026-11-12T23:30")), over)
    assert facts(shown(late))["Duration"] == ["1 hour 50 minutes (planned: 1 hour 30 minutes)"]
    assert facts(shown(OVER))["Duration"] == ["1 hour 30 minutes"]
    assert facts(shown(late))["Affected"] == ["Reports"]


# --- at the same time


def test_work_and_the_incident_that_it_met_point_at_each_other() -> None:
    hit = told(
        "reports",
        Update(at("2026-11-12T22:10"), Status.IDENTIFIED, "Reports", components={"reports": SLOW}),
        Update(at("2026-11-12T22:20"), Status.RESOLVED, id="2"),
    )
    document = shown(hit, OVER, AHEAD)
    assert texts(document, "//section[@class='related']/h2") == ["At the same time"]
    assert document.xpath("//section[@class='related']//a/@href") == ["../../incidents/over/"]
    back = shown(OVER, hit)
    assert back.xpath("//section[@class='related']//a/@href") == ["../../incidents/reports/"]
    assert shown(CARDS, OVER).xpath("//section[@class='related']") == []

    changed = with_updates(hit, Update(at("2026-11-12T22:40"), id="3", title="All reports"))
    before, after = (
        pages_of(view_of(hit, OVER, SEARCH, CARDS)),
        pages_of(view_of(changed, OVER, SEARCH, CARDS)),
    )
    paths = ("incidents/over/index.html", "incidents/2026-11-21-cards/index.html")
    assert [before[path].key == after[path].key for path in paths] == [False, True]


# --- following


def test_an_incident_leads_to_its_feed_for_as_long_as_there_is_one() -> None:
    closed = at("2026-11-14T09:40")
    path = f"incidents/{SEARCH.id}/index.html"
    last, over = (
        view_of(SEARCH, now=closed + FEED_KEPT - one) for one in (timedelta(1), timedelta())
    )
    document = page(last, path)
    assert document.xpath("//head/link[@type='application/atom+xml']/@href")[-1] == "updates.atom"
    assert document.xpath("//div[@class='follow']//a/@href") == ["updates.atom"]
    assert page(over, path).xpath("//*[@href='updates.atom']") == []
    assert pages_of(last)[path].key != pages_of(over)[path].key
    assert text(shown(AHEAD).xpath("//div[@class='follow']//a")[0]).startswith("Follow this main")


@pytest.mark.parametrize("begin", ["2026-11-21T14:00", "2026-11-21T15:00"])
def test_work_that_is_worse_than_maintenance_says_so(begin: str) -> None:
    worse = Update(at("2026-11-02T09:00"), components={"web": DOWN}, id="2-worse")
    document = page(view_of(planned("move", begin, "2026-11-21T16:00", worse)), "index.html")
    row = next(one for one in document.xpath("//dt") if text(one) == "Affected")
    assert text(row.getnext()).endswith("(Major outage)")
    assert "Reports," in text(row.getnext())
