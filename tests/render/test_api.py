"""The API's files have Statuspage's keys, order, types and timestamps."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_story import NOW, STORY, at, files_of, pages_of, told, view_of

from statusbook.cli.prepare import judge
from statusbook.cli.prepare import view_of as view_of_book
from statusbook.model.incident import Update
from statusbook.model.plan import Components
from statusbook.model.words import Status
from statusbook.read.book import read_book
from statuspage_contract import TOP_KEYS, assert_file


@pytest.mark.parametrize("time_zone", ["Etc/UTC", "Europe/Warsaw", "America/St_Johns"])
def test_every_file_has_statuspages_keys_order_and_types(time_zone: str) -> None:
    files = files_of(view_of(*STORY, time_zone=time_zone))
    assert set(files) == {*TOP_KEYS, *(f"incidents/{each.id}.json" for each in STORY)}
    for name, content in files.items():
        assert_file(name, content)


def test_an_empty_page_has_all_lists_and_a_time_that_never_moves() -> None:
    files = files_of(view_of(components=Components()))
    assert set(files) == set(TOP_KEYS)
    for name, content in files.items():
        assert_file(name, content)
        assert content["page"]["updated_at"] == "1970-01-01T00:00:00.000Z"
    assert files["status.json"]["status"] == {
        "indicator": "none",
        "description": "All Systems Operational",
    }


def test_files_are_compact_utf_8() -> None:
    page = pages_of(view_of(told("a", Update(id="1", at=NOW, title="Płatności – „źle”"))))
    raw = page["incidents/a.json"].render()
    assert "Płatności – „źle”".encode() in raw
    assert b'{"page":{"id":"hbrl1ght0001","name":"Harbourlight",' in raw


def test_utc_pages_write_z_and_cut_off_after_the_third_decimal() -> None:
    row = files_of(view_of(*STORY))["incidents/2026-11-21-cards.json"]["incident"]
    assert row["created_at"] == "2026-11-21T14:05:07.250Z"
    assert row["started_at"] == "2026-11-21T13:50:00.000Z"
    assert row["monitoring_at"] == "2026-11-21T14:40:00.000Z"
    assert row["resolved_at"] is None
    assert row["updated_at"] == "2026-11-21T14:40:00.000Z"


def test_other_pages_write_the_offset_of_the_moment_itself() -> None:
    files = files_of(view_of(*STORY, time_zone="Europe/Warsaw"))
    row = files["incidents/search-2025.json"]["incident"]
    assert row["created_at"] == "2025-07-01T12:00:00.000+02:00"
    assert row["resolved_at"] == "2026-01-01T00:30:00.000+01:00"
    assert files["status.json"]["page"]["time_zone"] == "Europe/Warsaw"
    assert files["status.json"]["page"]["updated_at"] == "2026-11-21T15:40:00.000+01:00"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    night = told(
        "night",
        Update(id="1", at=at("2026-10-25T00:30:00Z"), title="Night", status=Status.INVESTIGATING),
        Update(id="2", at=at("2026-10-25T01:30:00Z"), status=Status.RESOLVED),
    )
    row = files_of(view_of(night, time_zone="Europe/Warsaw"))["incidents/night.json"]["incident"]
    assert row["created_at"] == "2026-10-25T02:30:00.000+02:00"
    assert row["resolved_at"] == "2026-10-25T02:30:00.000+01:00"


def test_a_components_day_begins_in_the_zone_of_the_page() -> None:
    view = view_of(time_zone="Europe/Warsaw")
    rows = {row["id"]: row for row in files_of(view)["components.json"]["components"]}
    assert rows["checkout"]["start_date"] == "2026-07-01"
    assert rows["checkout"]["created_at"] == "2026-07-01T00:00:00.000+02:00"
    assert rows["checkout"]["updated_at"] == rows["checkout"]["created_at"]
    assert rows["web"]["start_date"] is None
    assert rows["web"]["created_at"] == "1970-01-01T01:00:00.000+01:00"


@pytest.mark.parametrize(
    "moment",
    [
        "2024-01-01T00:00:00Z",  # before anything
        "2025-05-28T10:00:00Z",  # a major outage
        "2025-11-04T02:00:00Z",  # work at night
        "2026-11-21T14:30:00Z",  # an incident open, work ahead
        "2027-06-01T00:00:00Z",  # long after
    ],
)
def test_the_example_keeps_the_contract_at_any_time(project_root: Path, moment: str) -> None:
    book = read_book(project_root)
    facts, _ = judge(book, at(moment), at(moment), None, 1)
    files = files_of(view_of_book(book, facts, at(moment)))
    assert set(files) == {*TOP_KEYS, *(f"incidents/{each.id}.json" for each in facts)}
    for name, content in files.items():
        assert_file(name, content)
