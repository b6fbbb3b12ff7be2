"""What a page's head tells search engines, chats and the same page in other languages."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import etree
from msgspec.structs import replace
from status_story import CARDS, STORY, told, tree, view_of
from status_story import page as page_of
from status_story import pages_of as pages

from statusbook.model.incident import Update
from statusbook.model.words import Status
from statusbook.render.status import sitemap
from statusbook.render.status.parts.sharing import brief, og_locale

BASE = "https://status.example.com/below"
VIEW = view_of(*STORY, languages=["pl", "de-AT"])
PAGES = pages(VIEW)
TREES = {
    path: tree(one.render())
    for path, one in PAGES.items()
    if path.endswith(".html") and not path.endswith("embed.html")
}
INDEXED = [path for path in TREES if not path.endswith("404.html")]
XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def address(path: str) -> str:
    return f"{BASE}/{path.removesuffix('index.html')}"


def content(path: str, name: str) -> list[str]:
    return TREES[path].xpath(f"//meta[@name='{name}' or @property='{name}']/@content")


def alternates(path: str) -> dict[str, str]:
    links = TREES[path].xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


@pytest.mark.parametrize("path", TREES)
def test_every_page_has_one_short_description(path: str) -> None:
    [description] = content(path, "description")
    assert 0 < len(description) <= 161
    assert content(path, "og:description") == [description]


@pytest.mark.parametrize("path", INDEXED)
def test_a_shared_page_shows_what_it_is(path: str) -> None:
    document = TREES[path]
    [title] = content(path, "og:title")
    assert document.xpath("//title")[0].text == f"{title} · Harbourlight status"
    assert document.xpath("//link[@rel='canonical']/@href") == [address(path)]
    assert content(path, "og:url") == [address(path)]
    assert content(path, "og:site_name") == ["Harbourlight status"]
    is_story = re.match("(pl/|de-AT/)?incidents/", path)
    assert content(path, "og:type") == ["article" if is_story else "website"]
    [locale] = content(path, "og:locale")
    assert sorted([locale, *content(path, "og:locale:alternate")]) == ["de_AT", "en_US", "pl_PL"]


@pytest.mark.parametrize("path", INDEXED)
def test_each_page_names_the_same_page_in_all_languages_and_those_name_it(path: str) -> None:
    found = alternates(path)
    place = re.sub("^(pl|de-AT)/", "", path)
    others = {"en": place, "pl": f"pl/{place}", "de-AT": f"de-AT/{place}", "x-default": place}
    assert found == {language: address(other) for language, other in others.items()}
    assert all(alternates(other) == found for other in others.values())


@pytest.mark.parametrize("path", TREES)
def test_the_header_leads_to_the_same_page_in_all_languages(path: str) -> None:
    links = TREES[path].xpath("/html/body/header/nav[@class='languages']/a")
    names = [(link.text, link.get("lang"), link.get("hreflang")) for link in links]
    assert names == [
        ("English", "en", "en"),
        ("Polski", "pl", "pl"),
        ("Deutsch", "de-AT", "de-AT"),
    ]
    current = [link.get("lang") for link in links if link.get("aria-current") == "page"]
    assert current == [path.partition("/")[0] if path[:3] in ("pl/", "de-") else "en"]
    assert not TREES[path].xpath("//footer//a[@hreflang]")


def test_a_page_that_is_missing_has_no_address() -> None:
    for path in ("404.html", "pl/404.html"):
        document = TREES[path]
        assert not document.xpath("//link[@rel='canonical'] | //link[@hreflang]")
        assert not content(path, "og:url")
        assert content(path, "robots") == ["noindex"]


def test_a_site_in_one_language_tells_nothing_of_languages() -> None:
    document = page_of(view_of(*STORY), "history/index.html")
    assert not document.xpath("//*[@hreflang]")
    assert document.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/history/"]


def test_incidents_lead_to_those_before_and_after_in_the_history() -> None:
    listed = sorted(
        (facts for facts in VIEW.facts.incidents if facts.status is not Status.SCHEDULED),
        key=lambda facts: min(facts.started, facts.ended or facts.started),
        reverse=True,
    )
    assert len(listed) > 3
    for newer, older in pairwise(listed):
        after = TREES[f"incidents/{older.id}/index.html"].xpath("//nav/a[@rel='next']")
        before = TREES[f"incidents/{newer.id}/index.html"].xpath("//nav/a[@rel='prev']")
        assert [(one.get("href"), one.text_content()) for one in after] == [
            (f"../{newer.id}/", f"Later: {newer.title}")
        ]
        assert [(one.get("href"), one.text_content()) for one in before] == [
            (f"../{older.id}/", f"Earlier: {older.title}")
        ]
    for facts in VIEW.facts.upcoming:
        assert not TREES[f"incidents/{facts.id}/index.html"].xpath(
            "//a[@rel='next' or @rel='prev']"
        )


def test_a_new_title_dirties_the_pages_beside_it_and_an_update_does_not() -> None:
    newer = Update(CARDS.updates[-1].at, Status.MONITORING, body="We watch it.", id="9-more")
    for update, count in ((newer, 0), (replace(newer, title="Cards fail"), 2)):
        cards = replace(CARDS, updates=(*CARDS.updates, update))
        after = pages(view_of(*(cards if one is CARDS else one for one in STORY)))
        before = pages(view_of(*STORY))
        beside = [
            path
            for path, one in after.items()
            if re.fullmatch("incidents/[^/]+/index.html", path) and one.key != before[path].key
            if CARDS.id not in path
        ]
        assert len(beside) == count


def test_the_sitemap_lists_every_page_with_its_languages() -> None:
    listed = etree.fromstring(PAGES["sitemap.xml"].render())
    urls = listed.xpath("/s:urlset/s:url", namespaces=XML)
    places = [url.findtext("s:loc", namespaces=XML) for url in urls]
    assert sorted(places) == sorted(map(address, INDEXED))
    by_address = {address(path): path for path in INDEXED}
    for url, place in zip(urls, places, strict=True):
        links = url.xpath("x:link[@rel='alternate']", namespaces=XML)
        found = {link.get("hreflang"): link.get("href") for link in links}
        assert found == alternates(by_address[place])
        names = [etree.QName(one).localname for one in url]
        assert names == [*(["loc", "lastmod"] if "lastmod" in names else ["loc"]), *["link"] * 4]
    stamps = listed.xpath("//s:lastmod/text()", namespaces=XML)
    assert len(stamps) == 3 * (len(STORY) + 1)  # one has a report
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp) for stamp in stamps)
    assert f"Sitemap: {BASE}/sitemap.xml" in PAGES["robots.txt"].render().decode()


def test_the_sitemap_stays_below_what_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 20)
    listed = pages(VIEW)["sitemap.xml"].render()
    assert listed.count(b"<loc>") == 18  # in three languages


def test_the_sitemap_lists_the_newest_incidents_only() -> None:
    first = CARDS.updates[0]
    many = [told(f"one-{n}", replace(first, id="1-one")) for n in range(sitemap.NEWEST + 5)]
    listed = pages(view_of(*many))["sitemap.xml"].render()
    assert listed.count(b"/incidents/") == sitemap.NEWEST
    assert b"/history/2026-11/" in listed


def test_a_description_holds_as_many_sentences_as_fit() -> None:
    assert brief("", "One.", " Two\nlines. ") == "One. Two lines."
    assert brief("One.", "word " * 60) == "One. " + "word " * 30 + "word…"


def test_open_graph_takes_languages_with_a_country() -> None:
    names = ["pl", "pt-BR", "pt-br", "zh-Hant", "tlh"]
    assert [og_locale(name) for name in names] == ["pl_PL", "pt_BR", "pt_BR", "zh_CN", ""]
