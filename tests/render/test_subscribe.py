"""The page that tells how to follow: every address is there, and what is copied works."""

from __future__ import annotations

import re

import comrak
import pytest
from lxml import html
from status_story import STORY, page, pages_of, text, texts, tree, view_of

from statusbook.render.page import Page
from statusbook.render.site import render_site
from statusbook.render.status.edition import Edition
from statusbook.render.status.environment import Templates
from statusbook.render.status.subscribe import Snippets, snippets_of
from statusbook.render.view import View

BASE = "https://status.example.com/below"
VIEW = view_of(*STORY, languages=["pl"])
PATHS = ("subscribe/index.html", "pl/subscribe/index.html")
COPIED = "//pre[@data-copy]"


def snippets(view: View, language: str = "en") -> Snippets:
    return snippets_of(Edition(view, language, Templates()))


def files() -> dict[str, Page]:
    return {one.path: one for one in render_site(VIEW)}


@pytest.mark.parametrize("path", PATHS)
def test_every_address_on_the_page_leads_to_a_file_of_the_site(path: str) -> None:
    document = page(VIEW, path)
    places = document.xpath("//main//@href | //main//@src") + texts(document, COPIED)
    addresses = {
        found.rstrip("/")
        for place in places
        for found in re.findall(rf"(?:https|webcal)(://{BASE[8:]}[^\s\"<)]*)", place)
    }
    known = files()
    missing = []
    for address in addresses:
        below = address.removeprefix("://" + BASE[8:]).strip("/")
        if below not in known and f"{below}/index.html".lstrip("/") not in known:
            missing.append(address)
    assert len(addresses) > 15
    assert missing == []


@pytest.mark.parametrize(("path", "folder"), [(PATHS[0], ""), (PATHS[1], "pl/")])
def test_each_language_has_its_own_feeds(path: str, folder: str) -> None:
    document = page(VIEW, path)
    copied = texts(document, COPIED)
    assert f"/feed subscribe {BASE}/{folder}updates.rss" in copied
    assert f"{BASE}/{folder}updates.atom" in copied
    links = document.xpath("//main//a/@href")
    for name in ("updates.rss", "feed.json", "history.atom", "history.rss"):
        assert f"{BASE}/{folder}{name}" in links
    assert f"{BASE}/{folder}components/checkout/updates.rss" in links
    assert f"{BASE}/{folder}components/fax/updates.rss" not in links
    assert f"{BASE}/calendar.ics" in copied
    assert f"webcal{BASE[5:]}/calendar.ics" in links


@pytest.mark.parametrize("path", PATHS)
def test_everything_to_copy_has_the_words_for_the_button(path: str) -> None:
    found = page(VIEW, path).xpath("//main//pre")
    assert len(found) > 8
    for one in found:
        assert one.get("data-copy")
        assert one.get("data-copied") not in (None, "", one.get("data-copy"))
        assert [child.tag for child in one] == ["code"]
        assert text(one) == one.text_content(), "a blank line would be copied too"


def test_ways_of_the_owner_come_first() -> None:
    links = page(VIEW, PATHS[0]).xpath("//main//a/@href")
    assert links[0] == "https://news.example.com/"


def test_a_page_that_sends_nothing_says_so_and_how_else() -> None:
    document = page(view_of(*STORY, subscribe=[]), PATHS[0])
    [told] = document.xpath("//section[@aria-labelledby='_mail']")
    assert "keeps no list of addresses" in text(told)
    assert texts(told, COPIED.replace("//", ".//", 1)) == [f"{BASE}/updates.rss"]


def test_links_that_read_alike_are_told_apart() -> None:
    labels = page(VIEW, PATHS[0]).xpath("//section[@aria-labelledby='_parts']//a/@aria-label")
    assert "Checkout: Atom" in labels
    assert len(labels) == len(set(labels)) > 8


TITLES = [
    "Harbourlight status",
    'A "b" <i>c</i> & d',
    "[x](y) *z* `q` \\ !",
    "<script>",
    "a | b #1",
]


@pytest.mark.parametrize("title", TITLES)
def test_markdown_of_the_badge_is_an_image_in_a_link(title: str) -> None:
    written = snippets(view_of(title=title, url="https://status.example.com/(a)")).badge_markdown
    document = html.fromstring(comrak.render_markdown(written))
    [link] = document.xpath("descendant-or-self::p/a")
    [image] = link
    assert link.get("href") == "https://status.example.com/%28a%29/"
    assert image.get("src") == "https://status.example.com/%28a%29/badge.svg"
    assert image.get("alt") == title


@pytest.mark.parametrize("title", TITLES)
def test_html_to_copy_is_one_element_that_says_the_title(title: str) -> None:
    told = snippets(view_of(title=title))
    [link] = html.fragments_fromstring(told.badge_html)
    assert link.get("href") == f"{BASE}/"
    assert [(image.get("src"), image.get("alt")) for image in link] == [
        (f"{BASE}/badge.svg", title)
    ]
    [frame] = html.fragments_fromstring(told.frame)
    assert (frame.get("src"), frame.get("title")) == (f"{BASE}/embed.html", title)


def test_the_banner_is_one_for_all_languages() -> None:
    banner = f'<script src="{BASE}/embed.js" async></script>'
    assert snippets(VIEW).banner == snippets(VIEW, "pl").banner == banner


@pytest.mark.parametrize("block", ["ways", "slack", "teams", "reader", "calendar", "parts"])
def test_owners_can_change_each_part(block: str) -> None:
    own = f'{{% extends "statusbook/subscribe.html.j2" %}}{{% block {block} %}}Ours{{% endblock %}}'
    document = tree(pages_of(VIEW, {"subscribe.html.j2": own})[PATHS[0]].render())
    assert "Ours" in text(document)
    assert len(document.xpath("//main/section")) == 7
