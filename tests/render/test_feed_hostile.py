"""Hostile texts in every field that reaches a feed: it stays well-formed, and nothing runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from feed_story import PARTLY, at, contents, feeds, parsed, told, view_of
from lxml import etree

from hostile_texts import TEXTS
from statusbook.model.incident import Translation, Update
from statusbook.model.plan import Component
from statusbook.model.words import Status
from statusbook.render.view import View

ACTIVE = {"script", "iframe", "object", "embed", "form", "style", "link", "meta", "base", "img"}
# Forty at a time, so that a feed holds them all.
BATCHES = [TEXTS[start : start + 40] for start in range(0, len(TEXTS), 40)]


class Refusing(HTMLParser):
    """Fails on markup that runs, loads or leads to a place of another kind."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ACTIVE | {"svg", "math", "video", "audio", "input", "details"}
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"src", "style", "srcdoc", "background"}
            if name == "href":
                assert (value or "").lower().startswith(("https://", "http://", "mailto:"))


def views(texts: list[str], field: str) -> Iterator[View]:
    """Put texts into one field, one incident each."""

    def is_in(name: str, text: str, otherwise: str = "x") -> str:
        return text if field == name else otherwise

    incidents = [
        told(
            f"i{n:02}",
            Update(
                id="1-a",
                at=at(f"10:{n:02}"),
                title=is_in("title", text),
                status=Status.INVESTIGATING,
                components={"checkout": PARTLY},
                body=is_in("body", text),
                retracted=is_in("retracted", text) if field == "retracted" else None,
                translations={"pl": Translation(is_in("title", text), is_in("body", text))},
            ),
        )
        for n, text in enumerate(texts)
    ]
    if field in {"component", "site"}:
        for text in texts:
            yield view_of(
                *incidents[:2],
                title=is_in("site", text),
                description=is_in("site", text),
                components=[Component("checkout", is_in("component", text))],
            )
    else:
        yield view_of(*incidents, languages=["pl"])


@pytest.mark.parametrize("batch", range(len(BATCHES)))
@pytest.mark.parametrize("field", ["title", "body", "retracted", "component", "site"])
def test_feeds_stay_whole_and_harmless(field: str, batch: int) -> None:
    for view in views(BATCHES[batch], field):
        for path, feed in feeds(view).items():
            if path.endswith(".json"):
                html = [entry["content_html"] for entry in json.loads(feed)["items"]]
            else:
                html = contents(feed)
                assert etree.fromstring(feed) is not None
            for one in html:
                reader = Refusing()
                reader.feed(one)
                reader.close()


def test_titles_arrive_as_they_were_written() -> None:
    titles = [
        "<b>Down</b> & out",
        "]]>",
        "a < b > c",
        "{{ 7 * 7 }}",
        "Łódź \U0001f600",
        "&lt;i&gt;",
    ]
    for title in titles:
        one = Update(id="1-a", at=at("10:00"), title=title, status=Status.IDENTIFIED)
        files = feeds(view_of(told("x", one)))
        root = etree.fromstring(files["updates.rss"])
        assert root.findtext("channel/item/title") == f"[Identified] {title}"
        assert json.loads(files["feed.json"])["items"][0]["title"] == f"[Identified] {title}"


def test_characters_that_xml_forbids_are_left_out() -> None:
    one = Update(id="1-a", at=at("10:00"), title="a\0b\x0b\ufffe", status=Status.IDENTIFIED)
    found = parsed(feeds(view_of(told("x", one)))["history.rss"])
    assert found.entries[0].title == "ab"


def test_a_title_of_nothing_else_becomes_the_incident_s_id() -> None:
    one = Update(id="1-a", at=at("10:00"), title="\x01\x02", status=Status.IDENTIFIED)
    found = parsed(feeds(view_of(told("x", one)))["history.rss"])
    assert found.entries[0].title.endswith("Incident/x")
