"""What git knows of a checkout is used only where it is what lies in the files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from small_book import GOOD, UPDATE, incidents_of, lay, said_of
from statusbook.read import book, cache, git
from statusbook.read.incident import blob_id

SLOW = "ten seconds"
NOW_SLOW = "six seconds"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs git in the checkout, without anybody's settings."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)

    def run(*arguments: str) -> str:
        as_kim = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
        done = subprocess.run(
            ["git", *as_kim, *arguments],
            cwd=tmp_path / "book",
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    return run


@pytest.fixture
def root(tmp_path: Path, run: Callable[..., str]) -> Path:
    """Return a committed checkout of the small book."""
    lay(tmp_path / "book", {"incidents/b/1-a.md": GOOD[UPDATE], "incidents/b/review.md": "Ours."})
    run("init", "--quiet")
    run("add", ".")
    run("commit", "--quiet", "-m", "Begin", "--date", "2026-11-21T14:00:00Z")
    return tmp_path / "book"


def change(root: Path, path: str = UPDATE) -> None:
    """Change an update so that neither its size nor its time tells."""
    place = root / path
    before = place.stat()
    place.write_text(place.read_text().replace(SLOW, NOW_SLOW))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert place.stat().st_size == before.st_size


def test_a_clean_checkout_is_known_file_by_file(root: Path) -> None:
    blobs = git.clean_blobs(root)

    assert sorted(blobs) == [UPDATE, "incidents/b/1-a.md", "incidents/b/review.md"]
    assert all(blob == blob_id((root / path).read_bytes()) for path, blob in blobs.items())


def test_a_book_in_a_folder_of_the_repository_is_known_too(
    tmp_path: Path, run: Callable[..., str]
) -> None:
    lay(tmp_path / "book/docs/status")
    run("init", "--quiet")
    run("add", ".")

    assert list(git.clean_blobs(tmp_path / "book/docs/status")) == [UPDATE]


def modified(root: Path, run: Callable[..., str]) -> None:
    del run
    change(root)


def modified_and_trusted_by_size(root: Path, run: Callable[..., str]) -> None:
    run("config", "core.checkStat", "minimal")
    run("config", "core.trustCtime", "false")
    change(root)


def modified_and_added(root: Path, run: Callable[..., str]) -> None:
    change(root)
    run("add", ".")
    change(root, "incidents/b/1-a.md")


def assumed_unchanged(root: Path, run: Callable[..., str]) -> None:
    run("update-index", "--assume-unchanged", UPDATE)
    change(root)


def skipped(root: Path, run: Callable[..., str]) -> None:
    run("update-index", "--skip-worktree", UPDATE)
    change(root)


def untracked(root: Path, run: Callable[..., str]) -> None:
    run("rm", "--cached", "--quiet", UPDATE)
    change(root)


def another_file(root: Path, run: Callable[..., str]) -> None:
    del run
    text = f"---\nstatus: identified\nat: 2026-11-21T14:30Z\n---\n{NOW_SLOW}\n"
    (root / UPDATE).with_name("2-b.md").write_text(text)


def a_file_less(root: Path, run: Callable[..., str]) -> None:
    another_file(root, run)
    run("add", ".")
    (root / UPDATE).with_name("2-b.md").unlink()


def ignored(root: Path, run: Callable[..., str]) -> None:
    (root / ".gitignore").write_text("2-b.md\n")
    another_file(root, run)


def line_ends_changed(root: Path, run: Callable[..., str]) -> None:
    run("config", "core.autocrlf", "true")
    (root / UPDATE).unlink()
    run("checkout", "--", UPDATE)
    assert b"\r\n" in (root / UPDATE).read_bytes()


def in_conflict(root: Path, run: Callable[..., str]) -> None:
    run("checkout", "--quiet", "-b", "other")
    (root / UPDATE).write_text(GOOD[UPDATE].replace(SLOW, "two seconds"))
    run("commit", "--quiet", "-a", "-m", "Other")
    run("checkout", "--quiet", "-")
    change(root)
    run("commit", "--quiet", "-a", "-m", "This")
    with pytest.raises(subprocess.CalledProcessError):
        run("merge", "other")
    (root / UPDATE).write_text(GOOD[UPDATE])


CHANGES = [
    modified,
    modified_and_trusted_by_size,
    modified_and_added,
    assumed_unchanged,
    skipped,
    untracked,
    another_file,
    a_file_less,
    ignored,
    line_ends_changed,
    in_conflict,
]


@pytest.mark.parametrize("changed", CHANGES)
def test_whatever_git_says_the_files_are_read_as_they_are(
    root: Path,
    run: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    changed: Callable[[Path, Callable[..., str]], None],
) -> None:
    monkeypatch.setattr(book, "_MANY", 0)  # else git is asked about large books only
    kept = root / cache.FOLDER
    incidents_of(root, kept)

    changed(root, run)

    assert incidents_of(root, kept) == incidents_of(root)
    assert said_of(root, kept) == said_of(root)


def test_a_clean_checkout_is_not_read(
    root: Path, run: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "_MANY", 0)
    kept = root / cache.FOLDER
    incidents_of(root, kept)
    # a fresh clone: git knows that the files are the same, the file system does not
    clone = root.with_name("clone")
    run("clone", "--quiet", str(root), str(clone))
    opened: list[str] = []
    monkeypatch.setattr(book, "read_files", lambda *_: opened.append("a file"))

    assert incidents_of(clone, kept) != []
    assert opened == []


@pytest.mark.parametrize("kind", ["nowhere", "empty", "broken", "hung"])
def test_without_git_nothing_is_known(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch, run: Callable[..., str]
) -> None:
    root = lay(tmp_path / "book")
    if kind == "empty":
        run("init", "--quiet")
    elif kind == "broken":
        (root / ".git").write_text("gitdir: nowhere\n")
    elif kind == "hung":
        run("init", "--quiet")
        run("add", ".")
        monkeypatch.setattr(git, "_PATIENCE", 0.0)
    else:
        monkeypatch.setenv("PATH", "")

    assert git.clean_blobs(root) == {}
    assert git.head_commit(root) is None
    assert said_of(root) == ""


def test_the_commit_is_told_in_utc(
    root: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., str]
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-21T15:30:00+01:00")
    run("commit", "--quiet", "--allow-empty", "-m", "More")

    commit = git.head_commit(root)

    assert commit is not None
    assert commit.id == run("rev-parse", "HEAD").strip()
    assert commit.at == datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
