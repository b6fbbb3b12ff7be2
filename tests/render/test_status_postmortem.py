"""A report on an incident has a page of its own, and the incident leads to it."""

from __future__ import annotations

from msgspec.structs import replace
from status_story import CARDS, NIGHT, SEARCH, at, page, pages_of, text, texts, view_of

from statusbook.model.incident import Update
from statusbook.model.parts import Translation
from statusbook.model.public import PublicIncident, publish_update
from statusbook.model.words import Status

PATH = "incidents/2026-11-14-search/postmortem/index.html"


def with_update(incident: PublicIncident, update: Update) -> PublicIncident:
    return replace(incident, updates=(*incident.updates, publish_update(update)))


def test_a_report_is_read_with_what_was_hit_when_and_how_long() -> None:
    document = page(view_of(SEARCH), PATH)
    assert texts(document, "//h1") == ["Slow search"]
    assert document.xpath("//title")[0].text == "Report: Slow search · Harbourlight status"
    rows = document.xpath("//dl[@class='facts']/div")
    facts = {text(row.xpath("./dt")[0]): text(row.xpath("./dd")[0]) for row in rows}
    assert facts["Affected"] == "Search"
    assert facts["Duration"] == "1 hour 30 minutes"
    article = document.xpath("//article[@class='postmortem']")[0]
    assert texts(article, "./h2") == ["Report of 18 Nov 2026"]
    assert texts(article, ".//h3") == ["Why", "How"]
    assert "An index." in text(article)
    assert document.xpath("//p[@class='more']/a/@href") == ["../"]


def test_the_incident_shows_the_beginning_and_leads_to_the_rest() -> None:
    document = page(view_of(SEARCH), PATH.replace("postmortem/", ""))
    entry = document.xpath("//article[@id='update-6-report']")[0]
    assert texts(entry, ".//h3") == ["Postmortem"]
    assert "18 Nov 2026, 12:00 UTC" in text(entry)
    assert texts(entry, ".//p[@class='excerpt']") == ["An index."]
    assert entry.xpath(".//p[@class='more']/a/@href") == ["postmortem/"]
    assert "Slowly." not in text(entry)


def test_no_report_has_no_page() -> None:
    assert not [path for path in pages_of(view_of(CARDS, NIGHT)) if "postmortem" in path]


def test_a_withdrawn_report_has_no_page() -> None:
    *others, report = SEARCH.updates
    withdrawn = replace(SEARCH, updates=(*others, replace(report, retracted="names people")))
    view = view_of(withdrawn)
    assert PATH not in pages_of(view)
    incident = page(view, PATH.replace("postmortem/", ""))
    assert "This update was withdrawn: names people" in text(incident)
    assert not incident.xpath("//a[contains(@href, 'postmortem')]")


def test_a_later_report_comes_before_the_earlier_one() -> None:
    later = Update(
        at("2026-11-20T12:00"),
        Status.POSTMORTEM,
        id="7-report",
        corrects="6-report",
        body="A disk, not an index.",
    )
    document = page(view_of(with_update(SEARCH, later)), PATH)
    assert texts(document, "//article/h2") == [
        "Report of 20 Nov 2026",
        "Earlier report of 18 Nov 2026",
    ]
    marks = document.xpath("//article//p[@class='note']//a/@href")
    assert marks == ["../#update-6-report", "../#update-7-report"]


def test_a_word_after_the_report_is_no_report() -> None:
    word = Update(at("2026-11-20T12:00"), id="7-word", body="The new index is in use.")
    document = page(view_of(with_update(SEARCH, word)), PATH)
    assert texts(document, "//article/h2") == ["Report of 18 Nov 2026"]


def test_a_report_is_in_the_language_of_its_page_where_there_is_a_translation() -> None:
    *others, report = SEARCH.updates
    both = replace(report, translations={"pl": Translation(None, "Indeks był zły.")})
    view = view_of(replace(SEARCH, updates=(*others, both)), languages=["pl"])
    polish = page(view, f"pl/{PATH}").xpath("//article//div[@class='prose']")[0]
    assert text(polish) == "Indeks był zły."
    assert polish.get("lang") is None
    original = page(view_of(SEARCH, languages=["pl"]), f"pl/{PATH}")
    assert original.xpath("//article//div[@class='prose']/@lang") == ["en"]


def test_a_report_is_rendered_beside_its_incident_and_by_the_same_key() -> None:
    pages = pages_of(view_of(SEARCH))
    incident = pages[PATH.replace("postmortem/", "")]
    assert pages[PATH].key == incident.key
    assert pages[PATH].near == incident.near == "2026-11-14-search"


def test_a_report_without_a_text_has_no_page() -> None:
    empty = Update(at("2026-11-18T12:00"), Status.POSTMORTEM, id="3-report")
    assert not [path for path in pages_of(view_of(with_update(NIGHT, empty))) if "postm" in path]
