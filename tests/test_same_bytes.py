"""The same files and the same moment give the same bytes, wherever and however they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-11-25T12:00Z"


@pytest.mark.parametrize("begin", ["new folder", "over another site"])
def test_ten_builds_differ_in_everything_but_their_bytes(
    project_root: Path, place: Path, begin: str
) -> None:
    zones = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Europe/Warsaw"]
    languages = ["C", "tr_TR.UTF-8", "C.UTF-8", "de_DE.ISO-8859-1", "ja_JP.eucJP"]
    found = set()
    for number in range(10):
        book = place / ("a" * number) / f"book {number}"
        for folder in ("plan", "incidents", "overrides"):
            copy(project_root / folder, book / folder, backwards=number % 2 == 1)
        settings = {
            "PATH": os.environ["PATH"],
            "HOME": str(place / f"home{number % 3}"),
            "TZ": zones[number % 5],
            "LANG": languages[number % 5],
            "LC_ALL": languages[number % 4],
            "PYTHONHASHSEED": str(number * 7),
        }
        out = book / f"site{number}"
        options = ["--out", out, f"--workers={number % 3 + 1}"] + ["--no-cache"] * (number % 2)
        umask = (0o022, 0o000, 0o077)[number % 3]
        if begin == "over another site":
            build(book, [*options, "--now", "2026-11-10T12:00Z"], settings, umask)
        build(book, [*options, "--now", NOW], settings, umask)
        found.add(frozenset(files_in(out)))
    assert {
        path for path, _, _ in frozenset.union(*found) - frozenset.intersection(*found)
    } == set()


def build(book: Path, options: list[object], settings: dict[str, str], umask: int) -> None:
    """Run the command in a process of its own, in the book's folder."""
    command = [sys.executable, "-m", "statusbook", "build", "status", *map(str, options)]
    subprocess.run(command, cwd=book, env=settings, umask=umask, check=True, capture_output=True)


def copy(source: Path, target: Path, *, backwards: bool) -> None:
    """Copy a folder such that the file system lists its entries in one or the other order."""
    target.mkdir(parents=True)
    for entry in sorted(source.iterdir(), reverse=backwards):
        if entry.is_dir():
            copy(entry, target / entry.name, backwards=backwards)
        else:
            shutil.copyfile(entry, target / entry.name)


def files_in(out: Path) -> set[tuple[str, int, bytes]]:
    """Return path, mode and bytes of every file, and of every folder without bytes."""
    found = set()
    for path in out.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found.add((path.relative_to(out).as_posix(), path.stat().st_mode, content))
    return found
