"""Where a cState site is a git repository, its commits say when each text was published."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import process_time

import pytest

from statusbook.importers.cstate import read_cstate
from statusbook.importers.report import Account
from statusbook.importers.write import ImportedIncident, write_imported
from statusbook.problems import errors
from statusbook.read.book import read_book

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
HEAD = """title: Search is slow
date: 2026-05-01 10:00:00
severity: disrupted
section: issue
"""
OPEN = f"---\n{HEAD}resolved: false\n---\n"
CLOSED = f"---\n{HEAD}resolved: true\nresolvedWhen: 2026-05-01 12:00:00\n---\n"


def git(folder: Path, *arguments: str, at: str = "2026-05-01T10:00:00Z") -> None:
    """Run git as nobody in particular, at a time."""
    person = {f"GIT_{who}_{what}": "nobody@example.com"
              for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **person, **dates, **settings},
        check=True,
        capture_output=True,
    )


def repository(folder: Path, versions: list[tuple[str, str]], name: str = "slow.md") -> Path:
    """Make a site whose one issue had these texts since these times."""
    issues = folder / "content" / "issues"
    issues.mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "config.yml").write_text("title: Harbourlight\nbaseURL: https://status.example.com\n")
    for at, text in versions:
        (issues / name).write_text(text)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "Say more", at=at)
    return folder


def told(folder: Path) -> list[str]:
    imported = read_cstate(folder, Account(), NOW)
    return lines(imported.incidents[0])


def lines(incident: ImportedIncident) -> list[str]:
    return [
        f"{update.fields.get('status', '-')} {update.fields['at']:%m-%dT%H:%M} "
        + " / ".join(line for line in update.body.split("\n") if line)
        for update in incident.updates
    ]


def test_a_text_without_marks_is_cut_by_the_commits_that_made_it_grow(tmp_path: Path) -> None:
    folder = repository(
        tmp_path,
        [
            ("2026-05-01T10:02:00Z", f"{OPEN}Search is slow.\n"),
            ("2026-05-01T10:45:00Z", f"{OPEN}Search is slow.\n\nWe found the cause.\n"),
            ("2026-05-01T12:03:00Z", f"{CLOSED}Search is slow.\n\nWe found the cause.\n\nFast.\n"),
        ],
    )
    assert told(folder) == [
        "investigating 05-01T10:02 Search is slow.",
        "- 05-01T10:45 We found the cause.",
        "resolved 05-01T12:00 Fast.",
    ]


def test_what_was_put_on_top_is_newer(tmp_path: Path) -> None:
    folder = repository(
        tmp_path,
        [
            ("2026-05-01T10:02:00Z", f"{OPEN}Search is slow.\n"),
            ("2026-05-01T12:03:00Z", f"{CLOSED}All is fast again.\n\nSearch is slow.\n"),
        ],
    )
    assert told(folder) == [
        "investigating 05-01T10:02 Search is slow.",
        "resolved 05-01T12:00 All is fast again.",
    ]


def test_a_typing_mistake_that_was_mended_cuts_nothing(tmp_path: Path) -> None:
    folder = repository(
        tmp_path,
        [
            ("2026-05-01T10:02:00Z", f"{OPEN}Serch is slow in all of the shops.\n"),
            ("2026-05-01T10:45:00Z", f"{OPEN}Search is slow in all of the shops.\n"),
        ],
    )
    assert told(folder) == ["investigating 05-01T10:02 Search is slow in all of the shops."]


def test_updates_with_marks_and_without_times_get_those_of_their_commits(tmp_path: Path) -> None:
    first = "[Initial message]\nSearch is slow.\n"
    second = f"[Update]\nWe found the cause.\n\n{first}"
    folder = repository(
        tmp_path,
        [
            ("2026-05-01T10:02:00Z", OPEN + first),
            ("2026-05-01T10:45:00Z", OPEN + second),
            ("2026-05-01T12:10:00Z", f"{CLOSED}[Final message]\nFast.\n\n{second}"),
        ],
    )
    assert told(folder) == [
        "investigating 05-01T10:02 Search is slow.",
        "- 05-01T10:45 We found the cause.",
        "resolved 05-01T12:00 Fast.",
    ]


def test_a_file_that_was_renamed_keeps_its_history(tmp_path: Path) -> None:
    folder = repository(tmp_path, [("2026-05-01T10:02:00Z", f"{OPEN}Search is slow.\n")], "a.md")
    issues = folder / "content" / "issues"
    git(folder, "mv", "content/issues/a.md", "content/issues/b.md")
    git(folder, "commit", "-q", "-m", "Rename", at="2026-05-01T10:30:00Z")
    (issues / "b.md").write_text(f"{OPEN}Search is slow.\n\nWe found the cause.\n")
    git(folder, "commit", "-q", "-a", "-m", "Say more", at="2026-05-01T10:45:00Z")
    assert told(folder)[-1] == "- 05-01T10:45 We found the cause."


def test_a_notice_that_was_committed_before_its_date_is_planned_work(tmp_path: Path) -> None:
    text = OPEN.replace("disrupted", "notice").replace(
        "resolved: false", "resolved: true\nresolvedWhen: 2026-05-01 12:00:00"
    )
    folder = repository(tmp_path, [("2026-04-28T09:00:00Z", f"{text}We move search.\n")])
    imported = read_cstate(folder, Account(), NOW)
    assert lines(imported.incidents[0]) == ["scheduled 04-28T09:00 We move search."]
    assert "scheduled" in imported.incidents[0].updates[0].fields


def test_a_repository_that_does_not_know_the_files_tells_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    issues = tmp_path / "site" / "content" / "issues"
    issues.mkdir(parents=True)
    (issues / "slow.md").write_text(f"{CLOSED}Search is slow.\n")
    assert told(tmp_path / "site")[0] == "investigating 05-01T10:00 Search is slow."


def test_settings_of_a_foreign_repository_start_nothing(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site", [("2026-05-01T10:02:00Z", f"{OPEN}Search is slow.\n")])
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    (folder / ".gitattributes").write_text("*.md diff=trap filter=trap\n")
    (folder / "content" / ".gitattributes").write_text("*.md diff=trap filter=trap\n")
    programs = ["core.fsmonitor", "core.pager", "core.editor", "gpg.program", "diff.external"]
    for setting in [*programs, "diff.trap.textconv", "diff.trap.command", "filter.trap.smudge"]:
        git(folder, "config", setting, str(trap))
    git(folder, "config", "log.showSignature", "true")
    assert told(folder) == ["investigating 05-01T10:02 Search is slow."]
    assert not (tmp_path / "sprung").exists()


def test_a_hostile_history_takes_no_time(tmp_path: Path) -> None:
    chance = Random(1)
    texts = [
        "\n\n".join("".join(chance.choices("abcde ", k=60)) for _ in range(400)) for _ in range(8)
    ]
    versions = [(f"2026-05-01T1{n}:00:00Z", OPEN + text) for n, text in enumerate(texts)]
    folder = repository(tmp_path, versions)
    begun = process_time()
    assert told(folder)
    assert process_time() - begun < 10


@pytest.mark.parametrize("name", ["cstate-jenkins", "cstate-wikibase-cloud"])
def test_real_histories_give_real_times(name: str, shared_data: Path, tmp_path: Path) -> None:
    history = shared_data / name / "from-history"
    rows = [line.split("\t") for line in (history / "MANIFEST.tsv").read_text().splitlines()]
    versions = [row for row in rows if row[0].startswith("versions/")]
    versions.sort(key=lambda row: datetime.fromisoformat(row[2]))
    site = tmp_path / "site"
    site.mkdir()
    git(site, "init", "-q")
    commits: dict[str, list[datetime]] = {}
    for source, _, at, path, *_ in versions:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(history / source, site / path)
        git(site, "add", "-A")
        git(site, "commit", "-q", "--allow-empty", "-m", "Say more", at=at)
        commits.setdefault(path, []).append(datetime.fromisoformat(at).astimezone(UTC))
    account = Account()
    imported = read_cstate(site, account, NOW)
    assert len(imported.incidents) == len(commits)
    found = {incident.source: incident for incident in imported.incidents}
    for path, times in commits.items():
        text = (site / path).read_text()
        for update in found[path].updates[1:]:
            at = update.fields["at"]
            assert isinstance(at, datetime)
            in_the_text = f"{at:%Y-%m-%d %H:%M}" in text or f"{at:%Y-%m-%dT%H:%M}" in text
            assert at in times or in_the_text, (path, update)
    write_imported(imported, tmp_path / "book", account)
    assert errors(read_book(tmp_path / "book").problems) == []


def test_a_story_of_two_months_is_told_by_its_commits(shared_data: Path, tmp_path: Path) -> None:
    name = "2025-07-15-scrapers-again"
    folder = shared_data / "cstate-wikibase-cloud" / "from-history" / "versions" / name
    versions = [
        (f"{path.name[3:13]}T{path.name[14:16]}:{path.name[16:18]}:00Z", path.read_text())
        for path in sorted(folder.iterdir())
    ]
    story = told(repository(tmp_path, versions, f"{name}.md"))
    assert [line[:6] + line.split(" ")[1] for line in story] == [
        "invest07-15T14:30",
        "- 07-107-18T13:58",
        "- 07-207-29T14:48",
        "- 08-008-08T11:22",
        "resolv09-12T10:00",
    ]
