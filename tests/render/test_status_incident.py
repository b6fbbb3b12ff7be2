"""The page of an incident tells its story, and what became of each update."""

from __future__ import annotations

import pytest
from lxml import html
from msgspec.structs import replace
from status_story import (
    AHEAD,
    CARDS,
    NIGHT,
    OFF,
    OVER,
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

from statusbook.model.incident import Translation, Update
from statusbook.model.public import PublicIncident
from statusbook.model.words import Status
from statusbook.render.plain_text import shortened
from statusbook.render.status.parts.prose import levelled


def shown(incident: PublicIncident, prefix: str = "", **settings: object) -> html.HtmlElement:
    return page(view_of(incident, **settings), f"{prefix}incidents/{incident.id}/index.html")


def entry(document: html.HtmlElement, update: str) -> html.HtmlElement:
    return document.xpath(f"//article[@id='update-{update}']")[0]


def facts(document: html.HtmlElement) -> dict[str, str]:
    rows = document.xpath("//dl[@class='facts']/div")
    return {text(row.xpath("./dt")[0]): text(row.xpath("./dd")[0]) for row in rows}


def test_the_facts_stand_above_the_story() -> None:
    document = shown(SEARCH)
    assert texts(document, "//h1") == ["Slow search"]
    assert texts(document, "//p[@class='kicker']") == ["Postmortem · Minor impact"]
    assert facts(document) == {
        "Affected": "Search: Degraded performance, 1 hour 30 minutes",
        "Started": "14 Nov 2026, 08:10 UTC",
        "Ended": "14 Nov 2026, 09:40 UTC",
        "Duration": "1 hour 30 minutes",
    }
    assert document.xpath("//dl//a/@href") == ["../../components/search/"]


def test_updates_come_newest_first_each_with_an_address() -> None:
    document = shown(SEARCH)
    assert document.xpath("//article/@id") == [
        "update-6-report",
        "update-5-resolved",
        "update-4-over",
        "update-3-fix",
        "update-2-update",
        "update-1-investigating",
    ]
    assert texts(document, "//article/div/h3") == [
        "Postmortem",
        "Resolved",
        "Withdrawn",
        "Correction",
        "Update",
        "Investigating",
    ]
    head = entry(document, "2-update").xpath("./div/p/a")[0]
    assert head.get("href") == "#update-2-update"
    assert head.xpath("./time/@datetime") == ["2026-11-14T08:31:00Z"]


def test_a_correction_and_what_it_corrects_point_at_each_other() -> None:
    document = shown(SEARCH)
    assert "Corrects the update of 14 Nov 2026, 08:31 UTC." in text(entry(document, "3-fix"))
    assert entry(document, "3-fix").xpath(".//p[@class='note']/a/@href") == ["#update-2-update"]
    assert "Corrected by the update of 14 Nov 2026, 08:40" in text(entry(document, "2-update"))
    assert entry(document, "2-update").xpath(".//p[@class='note']/a/@href") == ["#update-3-fix"]


def test_a_withdrawn_update_shows_its_reason_and_folds_its_text() -> None:
    withdrawn = entry(shown(SEARCH), "4-over")
    assert texts(withdrawn, "./p") == ["This update was withdrawn: sent too early"]
    assert texts(withdrawn, "./details/summary") == ["Show the withdrawn text"]
    assert texts(withdrawn, "./details/div") == ["It is over."]
    assert withdrawn.xpath("./details/@open") == []


def test_changes_of_components_are_told_in_words() -> None:
    document = shown(CARDS)
    assert texts(entry(document, "1-investigating"), ".//li") == ["Checkout: Partial outage"]
    assert texts(entry(document, "2-identified"), ".//li") == [
        "Checkout: Major outage (was: Partial outage)",
        "API: Degraded performance",
    ]
    healed = entry(shown(NIGHT), "2-resolved")
    assert texts(healed, ".//li") == ["API: Operational (was: Partial outage)"]
    assert healed.xpath(".//li//svg/@class") == ["mark operational"]


def test_an_open_incident_promises_the_next_update() -> None:
    assert texts(shown(CARDS), "//p[@class='promise']") == [
        "Next update by 21 Nov 2026, 15:00 UTC."
    ]
    late = shown(CARDS, now=at("2026-11-21T15:20"))
    assert texts(late, "//p[@class='promise']") == ["An update was due at 21 Nov 2026, 15:00 UTC."]
    assert shown(SEARCH).xpath("//p[@class='promise']") == []


def test_nothing_on_the_page_of_an_open_incident_grows_by_the_minute() -> None:
    assert "Duration" not in facts(shown(CARDS))


def test_a_report_stands_out() -> None:
    document = shown(SEARCH)
    assert document.xpath("//article[contains(@class, 'report')]/@id") == ["update-6-report"]


def test_headings_within_a_report_leave_out_no_level() -> None:
    report = page(view_of(SEARCH), f"incidents/{SEARCH.id}/postmortem/index.html")
    assert [one.tag for one in report.iter("h3", "h4", "h5", "h6")] == ["h3", "h3", "h4"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<hr>", "<hr>"),
        ("<h5>a</h5><h3>b</h3><h4>c</h4>", "<h4>a</h4><h4>b</h4><h5>c</h5>"),
        ("<h3>a</h3><h6>b</h6><h6>c</h6>", "<h4>a</h4><h5>b</h5><h5>c</h5>"),
        ("<h3>a</h3><h4>b</h4><h5>c</h5><h6>d</h6>", "<h4>a</h4><h5>b</h5><h6>c</h6><h6>d</h6>"),
    ],
)
def test_headings_are_levelled(before: str, after: str) -> None:
    assert levelled(before) == after


def test_a_maintenance_that_went_by_the_clock_says_so() -> None:
    document = shown(OVER)
    assert texts(document, "//article/div/h3") == ["Completed", "In progress", "Scheduled"]
    assert texts(document, "//p[@class='automatic']") == [
        "Ended as planned.",
        "Started as planned.",
    ]
    assert "Planned for 12 Nov 2026, 22:00 – 23:30 UTC." in text(entry(document, "1-scheduled"))
    assert facts(document) == {
        "Affected": "Reports",
        "Planned": "12 Nov 2026, 22:00 – 23:30 UTC",
        "Started": "12 Nov 2026, 22:00 UTC",
        "Ended": "12 Nov 2026, 23:30 UTC",
        "Duration": "1 hour 30 minutes",
    }


def test_work_ahead_has_not_started_and_work_called_off_never_did() -> None:
    assert set(facts(shown(AHEAD))) == {"Affected", "Planned"}
    off = facts(shown(OFF))
    assert set(off) == {"Affected", "Planned", "Cancelled"}
    assert off["Cancelled"] == "15 Nov 2026, 09:00 UTC"


def test_one_lone_update_claims_no_duration() -> None:
    late_news = told("news", Update(at("2026-11-20T09:00"), Status.RESOLVED, "News", id="1-all"))
    document = shown(late_news)
    assert set(facts(document)) == {"Ended"}


def test_components_that_left_lead_to_their_page_and_unknown_ones_nowhere() -> None:
    document = shown(STORY[3])
    assert facts(document)["Affected"] == "Fax orders: Degraded performance, 1 hour 5 minutes"
    assert document.xpath("//dl//a/@href") == ["../../components/fax/"]
    lost = Update(at("2026-11-20T09:00"), Status.RESOLVED, "A", components={"gone": SLOW}, id="1")
    assert facts(shown(told("lost", lost)))["Affected"].startswith("gone: Degraded performance")
    assert shown(told("lost", lost)).xpath("//dl//a") == []


def test_a_component_that_mostly_hides_is_linked_to_its_page() -> None:
    mail = told(
        "mail",
        Update(
            at("2026-11-20T09:00"),
            Status.RESOLVED,
            "Mail",
            components={"mail": CARDS.updates[0].components["checkout"]},
        ),
    )
    assert shown(mail).xpath("//dl//a/@href") == ["../../components/mail/"]


# --- languages


def test_a_translated_update_replaces_the_original_and_the_rest_is_marked() -> None:
    document = shown(CARDS, "pl/", languages=["pl"])
    assert document.get("lang") == "pl"
    assert texts(document, "//h1") == ["Karty nie działają"]
    assert document.xpath("//h1/@lang") == []
    first, second = entry(document, "1-investigating"), entry(document, "2-identified")
    assert texts(first, ".//div[@class='prose']") == ["Część klientów widzi błąd."]
    assert first.xpath(".//div[@class='prose']/@lang") == []
    assert texts(second, ".//div[@class='prose']") == ["We know the cause."]
    assert second.xpath(".//div[@class='prose']/@lang") == ["en"]
    assert texts(second, "./div/h3") == ["Przyczyna znana"]
    assert "Następna aktualizacja do 21 lis 2026, 15:00 UTC." in text(document)


def test_a_title_without_a_translation_is_marked_as_foreign() -> None:
    document = shown(SEARCH, "pl/", languages=["pl"])
    assert document.xpath("//h1/@lang") == ["en"]
    assert "Ta aktualizacja została wycofana: sent too early" in text(document)
    assert document.xpath("//p[@class='note']//bdi/@lang") == ["en"]


def test_a_new_title_is_not_told_by_the_translation_of_an_older_one() -> None:
    renamed = replace(CARDS.updates[1], title="All payments fail")
    document = shown(replace(CARDS, updates=(CARDS.updates[0], renamed)), "pl/", languages=["pl"])
    assert texts(document, "//h1") == ["All payments fail"]
    named = replace(renamed, translations={"pl": Translation("Płatności nie działają")})
    document = shown(replace(CARDS, updates=(CARDS.updates[0], named)), "pl/", languages=["pl"])
    assert texts(document, "//h1") == ["Płatności nie działają"]


def test_a_language_without_words_speaks_english_around_its_own_texts() -> None:
    document = shown(CARDS, language="tlh")
    assert document.get("lang") == "en"
    assert document.xpath("//div[@class='prose']/@lang") == ["tlh", "tlh"]
    assert document.xpath("//h1/@lang") == ["tlh"]


# --- texts


def test_markdown_becomes_html_and_html_stays_text() -> None:
    body = "**Bold** <b>not</b> <script>alert(1)</script> [x](javascript:alert(1))"
    hostile = replace(CARDS, updates=(replace(CARDS.updates[0], body=body),))
    document = shown(hostile)
    assert texts(document, "//div[@class='prose']//strong") == ["Bold"]
    assert not document.xpath("//script[not(@src)] | //b | //a[contains(@href, 'javascript')]")
    assert "<b>not</b> <script>alert(1)</script>" in text(document)


def test_reasons_and_titles_cannot_write_html() -> None:
    evil = "\"'><script>alert(1)</script>{{ 7*7 }}"
    first = replace(CARDS.updates[0], title=evil)
    second = replace(CARDS.updates[1], retracted=evil)
    view = view_of(replace(CARDS, updates=(first, second)))
    rendered = pages_of(view)["incidents/2026-11-21-cards/index.html"].render().decode()
    assert "<script>" not in rendered
    document = page(view, "incidents/2026-11-21-cards/index.html")
    assert texts(document, "//h1") == [evil]
    assert texts(document, "//p[@class='note']") == [f"This update was withdrawn: {evil}"]


def test_a_short_text_ends_at_a_words_end() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"
    assert shortened("x" * 20, 9) == "x" * 9 + "…"
