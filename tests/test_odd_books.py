"""Books that are odd and right: what they look like on the site (catalogue A 26, D 55-68)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from lxml import etree

from small_book import CLOCK, GOOD, UPDATE, lay
from statusbook.cli.build import build_status

NAME = UPDATE.split("/")[1]


def built(
    place: Path, files: Mapping[str, str | bytes | None], now: datetime = CLOCK
) -> dict[str, bytes]:
    """Lay a book, build it and return every file of its site."""
    build_status(lay(place / "book", files), place / "site", now, now, None, 1)
    return {
        path.relative_to(place / "site").as_posix(): path.read_bytes()
        for path in (place / "site").rglob("*")
        if path.is_file() and ".statusbook" not in path.relative_to(place / "site").parts
    }


def test_14_26_comments_order_and_line_ends_change_no_byte(tmp_path: Path) -> None:
    update = GOOD[UPDATE].splitlines(keepends=True)
    components = GOOD["plan/components.yml"]
    rewritten: dict[str, str | bytes | None] = {
        UPDATE: "\ufeff" + "".join(["--- \n", "# why\n", *update[4:0:-1], *update[5:]]),
        "plan/components.yml": components.replace(
            "id: search, name: Search", 'name: "Search", id: search'
        ),
        "plan/status-page.yml": "# ours\n" + GOOD["plan/status-page.yml"].replace("\n", "\r\n"),
    }

    plain, other = built(tmp_path / "a", {}), built(tmp_path / "b", rewritten)

    assert plain.keys() == other.keys()
    assert [path for path in plain if plain[path] != other[path]] == []


def test_63_an_incident_that_is_dated_back_is_posted_when_it_was(tmp_path: Path) -> None:
    started = GOOD[UPDATE].replace("components:", "started: 2026-11-21T08:05Z\ncomponents:")
    site = built(tmp_path, {UPDATE: started})

    (entry,) = etree.fromstring(site["updates.rss"]).iter("item")
    posted = parsedate_to_datetime(entry.findtext("pubDate") or "")
    # a feed may part the updates of one minute by seconds
    assert posted.replace(second=0) == CLOCK - timedelta(minutes=55)
    incident = json.loads(site[f"api/v2/incidents/{NAME}.json"])["incident"]
    assert incident["started_at"].startswith("2026-11-21T08:05:00")
    assert incident["created_at"].startswith("2026-11-21T14:05:00")


def test_56_an_update_some_minutes_ahead_comes_by_itself(tmp_path: Path) -> None:
    soon = GOOD[UPDATE].replace("14:05Z", "15:09Z")
    book = lay(tmp_path / "book", {"incidents/soon/1-a.md": soon})

    first = build_status(book, tmp_path / "site", CLOCK, CLOCK, None, 1)
    assert not (tmp_path / "site/incidents/soon").exists()
    assert first.next_change == CLOCK + timedelta(minutes=9)

    build_status(book, tmp_path / "site", first.next_change, first.next_change, None, 1)
    assert (tmp_path / "site/incidents/soon/index.html").exists()


def test_59_an_incident_that_opens_again_is_open(tmp_path: Path) -> None:
    more = {
        UPDATE.replace("1-investigating", f"{number}-more"): (
            f"---\nstatus: {status}\nat: 2026-11-21T14:{10 + number}Z\n---\nMore.\n"
        )
        for number, status in enumerate(["resolved", "investigating"], 2)
    }
    site = built(tmp_path, more)

    assert [one["id"] for one in json.loads(site["api/v2/incidents/unresolved.json"])["incidents"]]


def test_67_an_incident_of_five_hundred_updates_is_told_whole_and_its_feeds_stay_small(
    tmp_path: Path,
) -> None:
    begun = CLOCK - timedelta(days=2)
    updates = {
        f"incidents/long/{number}-more.md": (
            f"---\ntitle: Slow\nstatus: monitoring\nat: {begun + number * timedelta(minutes=5)}\n"
            f"---\nUpdate number {number}.\n"
        )
        for number in range(1, 501)
    }
    site = built(tmp_path, updates)

    assert site["incidents/long/index.html"].count(b"Update number") >= 500
    for path, raw in site.items():
        if path.endswith((".atom", ".rss")):
            assert len(list(etree.fromstring(raw).iter("{*}entry", "item"))) <= 50, path


def test_68_a_page_without_incidents_says_that_all_is_well_in_every_language(
    tmp_path: Path,
) -> None:
    site = built(tmp_path, {UPDATE: None})

    assert b"Everything is working." in site["index.html"]
    assert json.loads(site["api/v2/incidents.json"])["incidents"] == []
    assert list(etree.fromstring(site["updates.atom"]).iter("{*}entry")) == []
    assert "pl/index.html" in site
