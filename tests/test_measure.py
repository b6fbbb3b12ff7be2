"""What is known of readings is used again while it holds, and only then."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from small_book import lay
from statusbook.cli.measure import measure
from statusbook.derive.metrics import MetricFacts
from statusbook.problems import StatusbookError
from statusbook.read.book import Book, read_book
from statusbook.read.faults import Faults
from statusbook.read.readings import read_readings

PLAN = "metrics:\n  - {id: slow, name: Slow, unit: ms, file: metrics/slow.csv}\n"
READINGS = "time,value\n2026-11-21T14:00Z,1\n2026-11-21T15:00Z,2\n"
FORMAT = Path(__file__).parents[1] / "docs" / "format.md"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return lay(tmp_path, {"plan/metrics.yml": PLAN, "metrics/slow.csv": READINGS})


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 21, hour, minute, tzinfo=UTC)


def measured(read: Book, now: datetime, kept: Path, zone: str = "Etc/UTC") -> MetricFacts:
    assert read.status_page is not None
    (facts,) = measure(read, replace(read.status_page, time_zone=zone), now, kept)
    return facts


def test_readings_ahead_of_the_moment_show_when_it_has_come(book: Path) -> None:
    kept = book / ".statusbook/cache"
    for now, value in (
        (at(14, 30), 1.0),
        (at(15, 0), 2.0),
        (at(14, 59), 1.0),
        (at(13, 0), None),
        (at(16, 0), 2.0),
    ):
        assert measured(read_book(book, kept), now, kept).latest == value


def test_facts_that_hold_need_no_readings(book: Path) -> None:
    kept = book / ".statusbook/cache"
    first = measured(read_book(book, kept), at(15, 30), kept)
    again = read_book(book, kept)
    again.metrics.fresh.clear()
    (book / "metrics/slow.csv").unlink()
    assert measured(again, at(15, 45), kept) == first


def test_another_zone_has_other_days(book: Path) -> None:
    kept = book / ".statusbook/cache"
    read = read_book(book, kept)
    there, here = (measured(read, at(16, 0), kept, zone) for zone in ("Etc/UTC", "Asia/Tokyo"))
    assert there.quarter.spans[-1].start - here.quarter.spans[-1].start == -15 * 3600
    assert there.day == here.day


def test_a_file_that_changes_during_a_run_is_not_guessed(book: Path) -> None:
    kept = book / ".statusbook/cache"
    read_book(book, kept)
    read = read_book(book, kept)
    read.metrics.fresh.clear()
    (book / "metrics/slow.csv").write_text(READINGS.replace("2\n", "3\n"))
    with pytest.raises(StatusbookError, match="changed while it was read"):
        measured(read, at(16, 0), kept)


def test_the_examples_of_the_documentation_are_readings() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    (lines,) = re.findall(r'```text title="metrics/.*"\n(.*?)```', text, re.DOTALL)
    (entries,) = re.findall(r"```json\n(\[.*?)```", text, re.DOTALL)
    for path, example, count in (("a.csv", lines, 3), ("a.json", entries, 1)):
        faults = Faults(path)
        assert len(read_readings(example.encode(), faults)) == count
        assert faults.found == []
