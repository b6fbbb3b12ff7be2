"""The whole command, killed at any moment: the site stays readable, the next build mends it."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import time
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from random import Random

import pytest

from killing import count_down
from statusbook.cli import statusbook

SITE = "https://status.example.com/"
LINKS = re.compile(r'(?:href|src)="([^"#?]*)["#?]')
ADDRESSES = re.compile(rf"{re.escape(SITE)}[\w./~-]*")

# Between the two, maintenances begin and end, an incident is solved, three come and one goes.
OLD, NEW = "2026-11-10T12:00Z", "2026-11-25T12:00Z"


@pytest.fixture(scope="module")
def books(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the example as it was and as it is, by the moment for which each is built."""
    place = tmp_path_factory.mktemp("books")
    found = {}
    for name, now in (("old", OLD), ("new", NEW)):
        for folder in ("plan", "incidents", "metrics", "overrides"):
            shutil.copytree(project_root / folder, place / name / folder)
        found[now] = place / name
    incidents = place / "old/incidents"
    shutil.copytree(incidents / "2024/2024-12-09-slow-search", incidents / "2024/withdrawn")
    first = next((incidents / "2024/withdrawn").glob("1-*.md"))
    first.write_text(first.read_text("utf-8") + "\nThis was about another service.\n", "utf-8")
    components = place / "new/plan/components.yml"
    components.write_text(
        components.read_text("utf-8").rstrip("\n") + "\n  - {id: gift-cards, name: Gift cards}\n",
        "utf-8",
    )
    return found


def build(book: Path, out: Path, now: str, workers: int = 1) -> None:
    """Run the command in this process, which has all its modules loaded."""
    command = ["build", "status", "--source", book, "--out", out, "--now", now]
    statusbook.main([*map(str, command), f"--workers={workers}"], standalone_mode=False)


def killed(book: Path, out: Path, now: str, workers: int, seconds: float, steps: int) -> bool:
    """Run the command in a process that is killed; tell whether it was.

    It is killed after a time, or before a change of the site, whichever comes first.
    """
    child = os.fork()
    if not child:
        status = 3
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            count_down(steps, ("replace", "rename", "unlink", "rmdir"))
            build(book, out, now, workers)
            status = 0
        finally:
            os._exit(status)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], seconds)
    os.close(ended)
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0


def files_in(out: Path) -> dict[str, bytes]:
    """Read every file in a folder, the dot-folder included; empty folders end in a slash."""
    found = {}
    for folder, folders, files in os.walk(out):
        inside = Path(folder).relative_to(out).as_posix()
        if not folders and not files:
            found[f"{inside}/"] = b""
        for name in files:
            found[normpath(f"{inside}/{name}")] = (Path(folder) / name).read_bytes()
    return found


def published(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what one build tells the next, and empty folders."""
    return {path: raw for path, raw in files.items() if path[0] != "." and raw}


def entries(files: dict[str, bytes]) -> set[str]:
    """Return what readers and programs come back to without following a link."""
    return {
        path
        for path in files
        if re.fullmatch(r"([a-z]{2}/)?\w+\.html", path) or not path.endswith(".html")
    }


@cache
def places_in(path: str, content: bytes) -> list[str]:
    """Return where the links and addresses in a file lead, below the site."""
    text = unescape(content.decode()).replace("\r\n ", "")  # as long lines are folded in .ics
    links = LINKS.findall(text) if path.endswith(".html") else []
    found = [join("/", dirname(path), link) for link in links if ":" not in link]
    found += [address.removeprefix(SITE) for address in ADDRESSES.findall(text)]
    return [normpath(join("/", place))[1:] for place in dict.fromkeys(found)]


def dangling(files: dict[str, bytes], known: Iterable[str]) -> list[str]:
    """List the links and addresses that lead to no file, in all that can be reached from here."""
    wrong = []
    reached = set(known)
    ahead = list(reached)
    while ahead:
        path = ahead.pop()
        for name in places_in(path, files[path]):
            target = next((one for one in (name, join(name, "index.html")) if one in files), None)
            if target is None:
                wrong.append(f"{path} -> {name}")
            elif target not in reached:
                reached.add(target)
                ahead.append(target)
    return wrong


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_a_hundred_random_moments(
    books: dict[str, Path], place: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("statusbook.publish.stage._WORTH_A_WORKER", 30)
    moments, out = list(books), place / "site"
    clean = {}
    for now in moments:
        build(books[now], place / now[:10], now)
        clean[now] = files_in(place / now[:10])
        assert dangling(published(clean[now]), entries(published(clean[now]))) == []
    assert len(clean[NEW].keys() - clean[OLD].keys()) > 5
    assert len(clean[OLD].keys() - clean[NEW].keys()) > 2
    chance = Random(workers)
    standing = OLD
    build(books[standing], out, standing)
    longest, deaths, mixed = 0.3, 0, 0
    while deaths < 100:
        coming = OLD if standing == NEW else NEW
        begun = time.monotonic()
        # Of two kills one comes at any time and the other while readers see things change.
        seconds = chance.random() * longest if deaths % 2 else 60
        steps = 1_000_000 if deaths % 2 else chance.randrange(110)
        if killed(books[coming], out, coming, workers, seconds, steps):
            deaths += 1
        else:
            longest = min(longest, time.monotonic() - begun)
        files = published(files_in(out))
        for path, content in files.items():
            assert content in (clean[standing].get(path), clean[coming].get(path)), path
        known = entries(published(clean[standing]))
        if not known <= files.keys():  # what goes has begun to go
            known &= entries(published(clean[coming]))
        assert dangling(files, known) == []
        mixed += not any(files.items() <= one.items() for one in clean.values())
        standing = chance.choice(moments)
        build(books[standing], out, standing)
        assert files_in(out) == clean[standing]
    assert mixed > 10  # so many left old and new files side by side
