"""The feeds that have one entry per update."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from feed_story import (
    ATOM,
    NOW,
    PARTLY,
    at,
    card_outage,
    entries_by_id,
    feeds,
    parsed,
    planned_work,
    told,
    view_of,
)
from lxml import etree

from statusbook.model.incident import Update
from statusbook.model.plan import Component
from statusbook.model.words import Status
from statusbook.render.feeds import feed_pages

CARDS = "tag:status.example.com,2026:status:2026-11-21-cards"
ALL = ("updates.rss", "updates.atom", "feed.json")


def test_every_update_is_an_entry_newest_first() -> None:
    files = feeds(view_of(card_outage(), planned_work()))
    for path in ALL:
        assert list(entries_by_id(path, files[path])) == [
            f"{CARDS}/3-more",
            f"{CARDS}/2-identified",
            f"{CARDS}/1-investigating",
            "tag:status.example.com,2026:status:2026-11-24-database/1-scheduled",
        ]


def test_readers_parse_every_feed_without_complaint() -> None:
    files = feeds(view_of(card_outage(), planned_work(), languages=["pl"]))
    for path, feed in files.items():
        if path.endswith(".json"):
            continue
        found = parsed(feed)
        assert found.entries
        for entry in found.entries:
            assert entry.link.startswith("https://status.example.com/")
            assert entry.published_parsed
            assert entry.id


def test_titles_say_the_state_and_the_name_as_they_were() -> None:
    found = parsed(feeds(view_of(card_outage()))["updates.atom"])
    assert [entry.title for entry in found.entries] == [
        "[Identified] Payments by card fail",
        "[Identified] Payments by card fail",
        "[Investigating] Card payments fail",
    ]


def test_links_lead_to_the_update_on_the_page_of_its_incident() -> None:
    found = parsed(feeds(view_of(card_outage()))["updates.rss"])
    page = "https://status.example.com/incidents/2026-11-21-cards/"
    assert [entry.link for entry in found.entries][1:] == [
        f"{page}#update-2-identified",
        f"{page}#update-1-investigating",
    ]
    assert not any(entry.guidislink for entry in found.entries)


def test_an_entry_tells_the_update_what_it_changes_and_the_story_up_to_then() -> None:
    entries = json.loads(feeds(view_of(card_outage()))["feed.json"])["items"]
    assert entries[2]["content_html"] == (
        "<p>Some customers see an <strong>error</strong>.</p>\n"
        "<p>Bank transfers work.</p>\n"
        "<p>Checkout: Partial outage</p>\n"
        "<p>Next update by 21 Nov 2026, 14:35 UTC.</p>"
    )
    assert entries[0]["content_html"] == (
        "<p>It was another cause.</p>\n"
        "<p>Corrects the update of 21 Nov 2026, 14:20 UTC.</p>\n"
        "<hr>\n"
        "<p><strong>Identified</strong> – 21 Nov 2026, 14:20 UTC</p>\n"
        "<p>We know the cause:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<p><strong>Investigating</strong> – 21 Nov 2026, 14:05 UTC</p>\n"
        "<p>Some customers see an <strong>error</strong>.</p>\n"
        "<p>Bank transfers work.</p>"
    )


def test_the_story_below_an_entry_is_short() -> None:
    many = [Update(id=f"{n}-x", at=at(f"10:{n:02}"), body=f"number {n}") for n in range(20)]
    first = json.loads(feeds(view_of(told("long", *many)))["feed.json"])["items"][0]
    assert [n for n in range(20) if f"number {n}<" in first["content_html"]] == [*range(14, 20)]


def test_entries_of_one_moment_get_rising_dates_a_second_apart() -> None:
    found = parsed(feeds(view_of(card_outage()))["updates.rss"])
    assert [entry.published for entry in found.entries] == [
        "Sat, 21 Nov 2026 14:20:48 +0000",
        "Sat, 21 Nov 2026 14:20:47 +0000",
        "Sat, 21 Nov 2026 14:05:47 +0000",
    ]


def test_a_maintenance_begins_and_ends_by_entries_of_its_own() -> None:
    now = at("2026-11-24T05:00")
    entries = json.loads(feeds(view_of(planned_work(), now=now))["feed.json"])["items"]
    assert [entry["title"] for entry in entries] == [
        "[Completed] Work on the database",
        "[In progress] Work on the database",
        "[Scheduled] Work on the database",
    ]
    assert entries[0]["date_published"] == "2026-11-24T03:00:23Z"
    assert "<p>Ended as planned.</p>" in entries[0]["content_html"]
    assert "Planned for 24 Nov 2026, 02:00 – 03:00 UTC." in entries[2]["content_html"]


def test_json_feed_has_the_fields_of_version_1_1() -> None:
    feed = json.loads(feeds(view_of(card_outage()))["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Harbourlight status"
    assert feed["home_page_url"] == "https://status.example.com/"
    assert feed["feed_url"] == "https://status.example.com/feed.json"
    assert feed["language"] == "en"
    required = {"id", "url", "title", "content_html", "date_published", "date_modified"}
    assert all(set(entry) == required for entry in feed["items"])


def test_atom_says_where_it_is_and_when_it_last_changed() -> None:
    root = etree.fromstring(feeds(view_of(card_outage()))["updates.atom"])
    assert root.findtext(f"{ATOM}id") == "tag:status.example.com,2026:status:feed/updates"
    assert root.findtext(f"{ATOM}updated") == "2026-11-21T14:20:48Z"
    own = root.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert own.get("href") == "https://status.example.com/updates.atom"


def test_the_feed_of_a_component_begins_where_an_incident_touches_it() -> None:
    files = feeds(view_of(card_outage(), planned_work()))
    assert len(parsed(files["components/checkout/updates.rss"]).entries) == 4
    assert len(parsed(files["components/api/updates.atom"]).entries) == 2
    assert parsed(files["components/api/updates.atom"]).feed.title == "Harbourlight status - API"


@pytest.mark.parametrize(("days", "kept"), [(0, True), (89, True), (90, False), (400, False)])
def test_an_incident_keeps_a_feed_for_ninety_days_after_its_end(days: int, *, kept: bool) -> None:
    ended = told(
        "x",
        Update(id="1-a", at=at("10:00"), status=Status.INVESTIGATING),
        Update(id="2-b", at=at("11:00"), status=Status.RESOLVED),
    )
    paths = {page.path for page in feed_pages(view_of(ended, now=at("11:00") + timedelta(days)))}
    assert ("incidents/x/updates.atom" in paths) is kept


def test_each_language_has_feeds_of_its_own_with_ids_of_their_own() -> None:
    files = feeds(view_of(card_outage(), languages=["pl"]))
    assert {f"pl/{path}" for path in files if not path.startswith("pl/")} == {
        path for path in files if path.startswith("pl/")
    }
    polish = json.loads(files["pl/feed.json"])
    first, last = polish["items"][0], polish["items"][-1]
    assert last["id"] == f"{CARDS}/1-investigating/pl"
    assert last["url"].startswith("https://status.example.com/pl/incidents/2026-11-21-cards/")
    assert last["title"].endswith("] Karty nie działają")
    assert "<p>Widać <strong>błąd</strong>.</p>" in last["content_html"]
    # A later title that nobody translated stays as it was written, and so does a text.
    assert first["title"].endswith("] Payments by card fail")
    assert '<div lang="en"><p>It was another cause.</p></div>' in first["content_html"]


def test_feeds_of_an_empty_page_are_whole_and_the_same_on_every_day() -> None:
    files = feeds(view_of())
    assert files == feeds(view_of(now=NOW + timedelta(days=1)))
    for path in ("updates.rss", "updates.atom", "history.rss", "history.atom"):
        assert parsed(files[path]).entries == []
    assert json.loads(files["feed.json"])["items"] == []


def test_ids_stay_when_the_page_moves_or_a_text_is_mended() -> None:
    before = feeds(view_of(card_outage()))
    moved = feeds(view_of(card_outage(), url="https://status.example.org/below", title="New name"))
    for path in ALL:
        assert list(entries_by_id(path, before[path])) == list(entries_by_id(path, moved[path]))


def test_a_new_update_dirties_the_feeds_that_show_it_and_no_other() -> None:
    other = told(
        "other",
        Update(id="1-a", at=at("09:00"), status=Status.IDENTIFIED, components={"search": PARTLY}),
    )
    more = told(
        "other",
        Update(id="1-a", at=at("09:00"), status=Status.IDENTIFIED, components={"search": PARTLY}),
        Update(id="2-b", at=at("14:40"), status=Status.RESOLVED),
    )
    components = [Component("checkout", "Checkout"), Component("search", "Search")]
    before = view_of(card_outage(), other, components=components)
    after = view_of(card_outage(), more, components=components)
    old = {page.path: page.key for page in feed_pages(before)}
    changed = {page.path for page in feed_pages(after) if page.key != old[page.path]}
    assert changed == {
        "history.rss", "history.atom", *ALL, "components/search/updates.rss",
        "components/search/updates.atom", "incidents/other/updates.atom",
    }  # fmt: skip


def test_feeds_are_listed_without_reading_an_incident_or_loading_feedgen() -> None:
    view = view_of(card_outage(), planned_work(), languages=["pl"])

    def never(_: object) -> None:
        raise AssertionError("read an incident")

    assert len(list(feed_pages(view._replace(timeline=never)))) == 2 * 11  # type: ignore[arg-type]
    loaded = "import sys, statusbook.render.feeds; print('feedgen' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_feeds_hold_the_newest_fifty_and_of_a_component_twenty_five() -> None:
    incidents = [
        told(
            f"i{n:03}",
            *(
                Update(
                    id=f"{k}-x",
                    at=at("10:00") + timedelta(days=-n, minutes=k),
                    status=Status.IDENTIFIED,
                    components={"checkout": PARTLY},
                )
                for k in range(4)
            ),
        )
        for n in range(60)
    ]
    files = feeds(view_of(*incidents))
    expected = [f"i{n:03}/{k}-x" for n in range(60) for k in (3, 2, 1, 0)]
    for path, count in (
        ("updates.rss", 50),
        ("feed.json", 50),
        ("components/checkout/updates.atom", 25),
    ):
        ids = [each.partition(":status:")[2] for each in entries_by_id(path, files[path])]
        assert ids == expected[:count]


def test_a_feed_stays_below_a_megabyte() -> None:
    large = [
        told(f"i{n}", Update(id="1-a", at=at(f"10:{n:02}"), body=f"{n} & " + "<b> & " * 9000))
        for n in range(30)
    ]
    files = feeds(view_of(*large))
    for path in ("updates.rss", "updates.atom", "history.rss"):
        assert 500_000 < len(files[path]) < 1_000_000
        assert "i29" in parsed(files[path]).entries[0].link
