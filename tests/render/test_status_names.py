"""Names that people gave are shown in the page's language; those without a translation say so."""

from __future__ import annotations

import json
from typing import Any

from feed_story import entries_by_id
from lxml import etree
from status_story import CARDS, SEARCH, page, text, view_of

from statusbook.model.parts import LinkNames, Names, PageNames
from statusbook.model.plan import Component, Components, Group, Link
from statusbook.render.api import api_pages
from statusbook.render.feeds import feed_pages
from statusbook.render.view import View

PARTS = Components(
    groups=[Group("pay", "Payments", "How money moves.", translations={"pl": Names("Płatności")})],
    components=[
        Component(
            "checkout",
            "Checkout",
            "pay",
            "From the basket to the order.",
            translations={
                "pl": Names("Kasa", "Od koszyka do zamówienia."),
                "en": Names("Not this", "Nor this."),
            },
        ),
        Component("search", "Search", "pay", translations={"pl": Names(None, "Szukanie towarów.")}),
        Component("api", "API"),
    ],
)


def two_languages(**settings: Any) -> View:
    return view_of(CARDS, SEARCH, components=PARTS, languages=["pl"], **settings)


TRANSLATED = two_languages(
    translations={"pl": PageNames("Status Harbourlight", "Jak teraz działa Harbourlight.")},
    links=[
        Link("Help", "https://help.example.com/", {"pl": LinkNames("Pomoc")}),
        Link("Blog", "https://blog.example.com/"),
    ],
    subscribe=[Link("Letters", "https://news.example.com/", {"pl": LinkNames("Listy")})],
)


def spoken(view: View, path: str, where: str) -> list[tuple[str, str]]:
    """Return what elements say and the language that each is marked with."""
    return [
        (text(one), next(iter(one.xpath("./descendant-or-self::*/@lang")), ""))
        for one in page(view, path).xpath(where)
    ]


def test_the_page_is_called_as_in_its_language() -> None:
    header = '//header//a[contains(@class, "home")]'
    assert spoken(TRANSLATED, "pl/index.html", header) == [("Status Harbourlight", "")]
    assert spoken(TRANSLATED, "index.html", header) == [("Harbourlight status", "")]
    assert spoken(two_languages(), "pl/index.html", header) == [("Harbourlight status", "en")]
    for path in ("pl/index.html", "pl/history/index.html", "pl/embed.html"):
        assert (page(TRANSLATED, path).findtext("head/title") or "").endswith("Status Harbourlight")


def test_the_description_is_that_of_the_language() -> None:
    footer = "//footer/p[1]"
    assert spoken(TRANSLATED, "pl/index.html", footer) == [("Jak teraz działa Harbourlight.", "")]
    told = [("How Harbourlight works right now.", "en")]
    assert spoken(two_languages(), "pl/index.html", footer) == told


def test_links_are_called_as_in_the_language_and_lead_to_the_same_place() -> None:
    links = '//footer//a[starts-with(@href, "https://") and contains(@href, "help")]'
    assert spoken(TRANSLATED, "pl/index.html", links) == [("Pomoc", "")]
    assert spoken(TRANSLATED, "index.html", links) == [("Help", "")]
    blog = '//footer//a[@href="https://blog.example.com/"]'
    assert spoken(TRANSLATED, "pl/index.html", blog) == [("Blog", "en")]
    way = '//a[@href="https://news.example.com/"]'
    assert spoken(TRANSLATED, "pl/subscribe/index.html", way) == [("Listy", "")]


def test_components_and_groups_are_called_as_in_the_language() -> None:
    names = '//li[@id="checkout" or @id="search" or @id="api"]/*[1]//a/bdi'
    told = [("Kasa", ""), ("Search", "en"), ("API", "en")]
    assert sorted(spoken(TRANSLATED, "pl/index.html", names)) == sorted(told)
    assert {lang for _, lang in spoken(TRANSLATED, "index.html", names)} == {""}
    groups = "//summary//bdi"
    assert spoken(TRANSLATED, "pl/index.html", groups)[0] == ("Płatności", "")
    heading = spoken(TRANSLATED, "pl/components/checkout/index.html", "//h1")
    assert heading == [("Kasa", "")]


def test_what_lacks_only_one_of_name_and_description_has_the_other() -> None:
    path = "pl/components/search/index.html"
    assert spoken(TRANSLATED, path, "//h1") == [("Search", "en")]
    said = page(TRANSLATED, path).xpath('//*[text()="Szukanie towarów."]')
    assert [one.get("lang") for one in said] == [None]


def test_a_translation_into_the_pages_own_language_is_seen_by_nobody() -> None:
    said = text(page(TRANSLATED, "index.html")) + text(page(TRANSLATED, "pl/index.html"))
    assert "Not this" not in said
    assert "Nor this" not in said


def test_updates_and_lists_name_components_as_in_the_language() -> None:
    changes = '//ul[@class="changes"]//a'
    path = "pl/incidents/2026-11-21-cards/index.html"
    assert ("Kasa", "") in spoken(TRANSLATED, path, changes)
    assert ("API", "en") in spoken(TRANSLATED, path, changes)


def made(view: View) -> dict[str, bytes]:
    return {one.path: one.render() for one in feed_pages(view)}


def test_feeds_are_called_as_in_their_language() -> None:
    feeds = made(TRANSLATED)
    assert json.loads(feeds["pl/feed.json"])["title"] == "Status Harbourlight"
    assert json.loads(feeds["feed.json"])["title"] == "Harbourlight status"
    title = "{http://www.w3.org/2005/Atom}title"
    of_checkout = etree.fromstring(feeds["pl/components/checkout/updates.atom"])
    assert of_checkout.findtext(title) == "Status Harbourlight - Kasa"
    of_cards = etree.fromstring(feeds["pl/incidents/2026-11-21-cards/updates.atom"])
    assert of_cards.findtext(title) == "Status Harbourlight - Karty nie działają"
    assert "Kasa: " in feeds["pl/updates.atom"].decode()


def test_names_that_are_translated_later_change_no_id_and_no_date() -> None:
    before, after = made(two_languages()), made(TRANSLATED)
    for path in ("updates.rss", "updates.atom", "pl/updates.rss", "pl/updates.atom"):
        assert list(entries_by_id(path, before[path])) == list(entries_by_id(path, after[path]))
    assert before["updates.atom"] == after["updates.atom"]


def test_the_api_keeps_to_the_pages_own_language() -> None:
    files = {one.path: one.render() for one in api_pages(TRANSLATED)}
    summary = json.loads(files["api/v2/summary.json"])
    assert summary["page"]["name"] == "Harbourlight status"
    assert {part["name"] for part in summary["components"]} == {
        "Payments", "Checkout", "Search", "API",
    }  # fmt: skip


def test_what_reads_in_another_direction_keeps_to_itself() -> None:
    described = page(two_languages(), "pl/index.html").xpath('//li[@id="checkout"]//p/bdi[@lang]')
    assert [(one.get("lang"), text(one)) for one in described] == []
    described = page(two_languages(), "pl/index.html").xpath("//details/p/bdi[@lang]")
    assert [(one.get("lang"), text(one)) for one in described] == [("en", "How money moves.")]
