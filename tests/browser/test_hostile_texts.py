"""Hostile texts in every field, in Chromium and without the policy that would stop them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, BrowserContext, Route

from browser.hostile_site import NOW, hostile_pages
from browsing import watched
from hostile_texts import LINKS, TEXTS
from statusbook.render.headers import content_type
from statusbook.render.page import Page

HOST = "http://127.0.0.1:1/below/"
# Those that were written one by one, and of those that are combined one in three.
SHORT = [text for text in TEXTS if len(text) < 1000]
CHOSEN = [text for text in SHORT if text not in LINKS] + sorted(LINKS)[::3]
POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")

# One page of each kind that tells many texts; those of one incident tell 25.
LOOKED_AT = re.compile(
    r"(pl/)?(index|404|embed|(history|history/2026|history/2026-11|maintenance|subscribe)/index"
    r"|incidents/(many-\d+|work-0|one-0)/index|incidents/many-\d+/postmortem/index"
    r"|(components/part-0|metrics/m-0)/index)\.html"
)

# A component's feeds tell its own incident, which the feeds of everything tell too: ten do.
FEED_OF_ONE = re.compile(r"components/part-\d\d+/|incidents/one-\d\d+/")

_DONE = """() => ({
    handlers: [...document.querySelectorAll("*")].flatMap(one => [...one.attributes]
        .filter(given => /^on|^srcdoc$|^style$/i.test(given.name)).map(given => given.name)),
    foreign: [...document.querySelectorAll(
        "script:not([src$='status.js']), style, iframe, object, embed, base, form, input, textarea,"
        + "video, audio, math, foreignObject, animate, set, link[rel~=import]"
    )].map(one => one.outerHTML.slice(0, 200)),
    links: [...document.querySelectorAll("a, area")].map(one => one.href)
        .filter(to => to && !/^(https?|mailto|webcal):/.test(to)),
    metas: [...document.querySelectorAll("meta[http-equiv]")].map(one => one.outerHTML),
})"""


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return hostile_pages(CHOSEN)


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    made = chrome.new_context()
    made.set_default_timeout(30_000)
    yield made
    made.close()


def test_there_are_more_than_three_hundred_texts_of_many_kinds() -> None:
    assert len(CHOSEN) > 300
    for part in ("<script", "<svg", "javascript:", "]]>", "{{", "\u202e", "\x00", "{%", "data:"):
        assert any(part in text for text in CHOSEN), part


def test_nothing_runs_and_nothing_is_asked_for_without_the_policy(
    context: BrowserContext, pages: dict[str, Page]
) -> None:
    complaints = watched(context)
    context.on("dialog", lambda dialog: dialog.dismiss())
    context.clock.set_fixed_time(NOW)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        path += "index.html" if path.endswith("/") or not path else ""
        if path not in pages:
            complaints.append(f"asked for {path}")
            route.abort()
            return
        content = pages[path].render()
        if path.endswith(".html"):
            content, found = POLICY.subn(b"", content)
            assert found == 1, path
        route.fulfill(body=content, content_type=content_type(f"/{path}"))

    context.route("**/*", answer)
    shown = context.new_page()
    looked_at = sorted(filter(LOOKED_AT.fullmatch, pages))
    assert len(looked_at) > 40
    for path in looked_at:
        shown.goto(f"{HOST}{path}")
        found = shown.evaluate(_DONE)
        assert found == {"handlers": [], "foreign": [], "links": [], "metas": []}, path
        assert complaints == [], path


def test_no_page_at_all_has_more_elements_than_it_should(pages: dict[str, Page]) -> None:
    allowed = set()
    for path, page in pages.items():
        if path.endswith(".html") and not path.startswith("pl/"):
            tree = html.document_fromstring(page.render().decode(), parser=html.HTMLParser())
            allowed |= {one.tag for one in tree.iter() if isinstance(one.tag, str)}
            for one in tree.iter():
                if isinstance(one.tag, str):
                    assert not [name for name in one.attrib if name.startswith("on")], path
    assert allowed.isdisjoint(
        {"style", "iframe", "object", "embed", "base", "form", "input", "math", "video", "audio"}
    )


def test_every_feed_and_every_other_file_stays_whole(pages: dict[str, Page]) -> None:
    import feedparser
    from icalendar import Calendar

    read = set()
    for path, page in pages.items():
        if FEED_OF_ONE.search(path):
            continue
        ending = path.rpartition(".")[2]
        content = page.render()
        if ending in {"atom", "rss"}:
            parsed = feedparser.parse(
                content, response_headers={"content-type": content_type(path)}
            )
            assert not parsed.bozo, (path, parsed.get("bozo_exception"))
            etree.fromstring(content)
        elif ending in {"svg", "xml"}:
            etree.fromstring(content)
        elif ending == "json":
            json.loads(content)
        elif ending == "ics":
            assert not Calendar.from_ical(content).errors
        read.add(ending)
    assert read >= {"atom", "rss", "svg", "xml", "json", "ics"}
