"""A small change costs little: files and imports are counted, not seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from histories import add_update, write_history

MOST_TOUCHED = 30
MOST_BEGUN = 32
"""A new incident also changes the counts of its year, and the page of the incident before it."""

# Runs the command in a process of its own and tells which modules that took.
RUN = """
import sys
from statusbook.cli import statusbook
statusbook.main(sys.argv[1:], standalone_mode=False)
print("\\0", *sorted(sys.modules))
"""


def build(book: Path, now: str = "2026-11-21T12:00Z") -> tuple[dict[str, Any], set[str]]:
    """Build a book; return what was done and the modules that were imported."""
    command = ["build", "status", "--source", book, "--out", book / "out", "--now", now, "--json"]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, command)], capture_output=True, text=True, check=True
    )
    told, _, modules = done.stdout.partition("\0")
    return json.loads(told), set(modules.split())


def touched(done: dict[str, Any]) -> set[str]:
    return {*done["created"], *done["changed"], *done["removed"]}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of 300 incidents whose site has been built."""
    write_history(tmp_path, 300)
    build(tmp_path)
    return tmp_path


def test_one_new_update_touches_at_most_thirty_files(book: Path) -> None:
    newest = max((book / "incidents/2026").iterdir())
    add_update(newest, "5-reopened", "2026-11-21T11:55Z", "status: investigating\n")
    done, _ = build(book)
    assert 8 < len(touched(done)) <= MOST_TOUCHED, sorted(touched(done))


def test_a_new_incident_touches_two_files_more(book: Path) -> None:
    folder = book / "incidents/2026/2026-11-21-new"
    folder.mkdir()
    fields = "title: New\nstatus: investigating\ncomponents: {part-3: major_outage}\n"
    add_update(folder, "1-investigating", "2026-11-21T11:55Z", fields)
    done, _ = build(book)
    assert 8 < len(touched(done)) <= MOST_BEGUN, sorted(touched(done))


def test_a_build_of_the_same_files_writes_nothing(book: Path) -> None:
    done, modules = build(book)
    assert touched(done) == set()
    assert done["rendered"] == 0
    assert not {"jinja2", "feedgen", "lxml", "icalendar", "babel"} & modules


def test_feeds_are_made_only_where_one_changed(book: Path) -> None:
    old = min(min((book / "incidents").iterdir()).iterdir())
    update = old / "2-identified.md"
    update.write_text(update.read_text().replace("Still", "Yet"))
    done, modules = build(book)
    assert touched(done) == {
        f"incidents/{old.name}/index.html",
        f"api/v2/incidents/{old.name}.json",
        "release.json",
    }
    assert not {"feedgen", "lxml", "icalendar"} & modules


def test_the_public_build_needs_no_extra(book: Path) -> None:
    add_update(max((book / "incidents/2026").iterdir()), "5-again", "2026-11-21T11:55Z")
    _, modules = build(book)
    assert not {"mkdocs", "apprise", "boto3", "pydantic", "watchfiles"} & modules


def test_minutes_that_pass_touch_only_what_says_so(book: Path) -> None:
    done, _ = build(book, now="2026-11-21T12:05Z")
    assert touched(done) == {"index.html", "release.json"}


def test_new_readings_touch_only_what_shows_them(book: Path) -> None:
    readings = book / "metrics/slow.csv"
    readings.parent.mkdir()
    readings.write_text("time,value\n2026-11-21T11:50Z,101\n")
    plan = "{id: slow, name: Slow, unit: ms, file: metrics/slow.csv, component: part-3}"
    (book / "plan/metrics.yml").write_text(f"metrics: [{plan}]\n")
    build(book)
    _, modules = build(book)
    assert not {"jinja2", "babel"} & modules

    readings.write_text(readings.read_text() + "2026-11-21T11:55Z,99\n")
    done, _ = build(book)
    assert touched(done) == {
        "index.html",
        "components/part-3/index.html",
        "metrics/slow/index.html",
        "release.json",
    }


def test_the_site_never_goes_into_the_sources(book: Path) -> None:
    command = ["build", "status", "--source", str(book), "--out", str(book / "incidents" / "out")]
    done = subprocess.run(
        [sys.executable, "-m", "statusbook", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "give a folder outside of the sources" in done.stderr
    assert not (book / "incidents" / "out").exists()


def test_a_cache_that_came_with_the_sources_is_refused(book: Path) -> None:
    for command in (["init", "-q"], ["add", "-f", ".statusbook"]):
        subprocess.run(["git", *command], cwd=book, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "statusbook", "check", "--source", str(book)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "git rm -r --cached .statusbook/cache" in done.stderr


def test_a_further_language_costs_its_pages_and_no_library(book: Path) -> None:
    settings = book / "plan/status-page.yml"
    settings.write_text(settings.read_text() + "languages: [pl]\n")
    build(book)
    newest = max((book / "incidents/2026").iterdir())
    add_update(newest, "5-reopened", "2026-11-21T11:55Z", "status: investigating\n")
    done, modules = build(book)
    polish = {path for path in touched(done) if path.startswith("pl/")}
    assert 8 < len(polish) <= MOST_TOUCHED / 2 + 5, sorted(polish)
    assert len(touched(done) - polish) <= MOST_TOUCHED
    assert not {name for name in modules if name.startswith("babel")}
