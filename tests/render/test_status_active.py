"""The index tells open incidents: the newest updates first, the rest a link away."""

from __future__ import annotations

from datetime import timedelta

from lxml import html
from status_story import CARDS, at, page, text, texts, told, view_of

from statusbook.model.incident import Update
from statusbook.model.words import Status


def test_a_promise_that_was_not_kept_is_admitted() -> None:
    index = page(view_of(CARDS, now=at("2026-11-21T15:00")), "index.html")
    assert texts(index, "//p[@class='promise']") == ["An update was due at 21 Nov 2026, 15:00 UTC."]


def test_a_long_incident_shows_its_newest_updates_and_leads_to_the_rest() -> None:
    updates = [
        Update(at("2026-11-21T09:00") + timedelta(minutes=n), id=f"{n}-more", title="Long")
        for n in range(1, 9)
    ]
    first = Update(at("2026-11-21T09:00"), Status.INVESTIGATING, "Long", id="0-first")
    index = page(view_of(told("long", first, *updates)), "index.html")
    story = index.xpath("//article[contains(@class, 'story')]")[0]
    assert len(story.xpath(".//article")) == 5
    assert story.xpath(".//p[@class='more']/a/@href") == ["./incidents/long/"]
    assert "4 earlier updates" in text(story)


def test_where_many_incidents_are_open_each_shows_its_newest_update_only() -> None:
    def open_ones(count: int) -> html.HtmlElement:
        first, second = (
            Update(at("2026-11-21T13:00"), Status.INVESTIGATING, "Slow"),
            Update(at("2026-11-21T13:30"), Status.IDENTIFIED, id="2-found"),
        )
        return page(
            view_of(*(told(f"slow-{n}", first, second) for n in range(count))), "index.html"
        )

    few, many = open_ones(4), open_ones(5)
    assert len(few.xpath("//article[contains(@class, 'entry')]")) == 8
    assert len(many.xpath("//article[contains(@class, 'entry')]")) == 5
    assert "1 earlier update" in text(many)
