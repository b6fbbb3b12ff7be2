"""A build that is killed leaves whole files, live links, and nothing that the next cannot mend."""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from sites import Site, build, dangling, entries, files_in, pages_of, published, release

from killing import count_down
from statusbook.publish.tree import write_site

OLD = Site({0: 0, 1: 0, 2: 0}, {0: 0, 1: 0}, 2)
NEW = Site({1: 0, 2: 1, 20: 0, 21: 0}, {0: 1, 7: 0}, 3, ("pl",))
OTHER = Site({2: 2, 20: 2}, {0: 2, 9: 0}, 1, ("it",))
LARGE = (
    Site(dict.fromkeys(range(40), 0), dict.fromkeys(range(9), 0), 5),
    Site({n: n % 3 for n in range(5, 50)}, {n: n % 2 for n in range(2, 12)}, 7, ("pl", "it")),
    Site({n: n % 2 for n in range(30)}, {n: n % 3 for n in range(5)}, 3, ("it",)),
)

# Every call by which a build changes what is on disk.
CALLS = ("open", "write", "replace", "rename", "unlink", "mkdir", "rmdir", "utime", "ftruncate")


# Those that readers notice.
SEEN = ("replace", "unlink")


def killed_at(step: int, out: Path, site: Site, calls: Iterable[str] = CALLS) -> bool:
    """Build in a process that is killed before its `step`-th change; tell whether it was."""
    child = os.fork()
    if not child:
        try:
            count_down(step, calls)
            write_site(pages_of(site), out, release)
            os._exit(0)
        finally:
            os._exit(3)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


def assert_whole(
    out: Path, wanted: Iterable[dict[str, bytes]], standing: Site, *coming: Site
) -> None:
    """Every file is that of one of the sites, byte for byte; readers meet no dead link.

    They enter by whatever the standing site has for that. When the first of it has gone, some of it
    is on its way out, and they enter by what stays.
    """
    files = published(files_in(out))
    for path, content in files.items():
        assert content in [published(site).get(path) for site in wanted], path
    known = {*entries(standing)}
    if not known <= files.keys():
        known = known.intersection(*map(entries, coming))
    assert dangling(files, known) == []


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Return what OLD, NEW and OTHER are in a new folder."""
    folder = tmp_path_factory.mktemp("clean")
    return [build(pages_of(site), folder / str(n)) for n, site in enumerate((OLD, NEW, OTHER))]


def test_killed_before_any_change_of_an_older_site(
    place: Path, clean: list[dict[str, bytes]]
) -> None:
    old, new, other = clean
    out = place / "site"
    build(pages_of(OLD), out)
    step = 0
    while killed_at(step, out, NEW):
        assert_whole(out, (old, new), OLD, NEW)
        if step % 3 == 1:  # then other sources
            assert build(pages_of(OTHER), out) == other
        elif step % 3 == 2:  # then the same again
            assert build(pages_of(NEW), out) == new
        assert build(pages_of(OLD), out) == old  # nothing of the new may stay
        step += 1
    assert step > 100


def test_killed_twice_and_back_to_where_it_was(place: Path) -> None:
    """What the second build found written already is as doubtful as what it wrote itself."""
    old, new = Site({0: 0, 1: 0}, {}, 0), Site({0: 1, 1: 1}, {}, 0)
    out = place / "site"
    clean = build(pages_of(old), out)
    first, twice = 0, 0
    while killed_at(first, out, new):
        second = 0
        while killed_at(second, out, new):
            twice += 1
            assert build(pages_of(old), out) == clean
            killed_at(first, out, new)
            second += 5
        assert build(pages_of(old), out) == clean
        first += 3
    assert twice > 100


@pytest.mark.parametrize("comes", [True, False])
def test_what_a_killed_build_left_leads_nobody_astray(place: Path, *, comes: bool) -> None:
    """A page that came too early, or is on its way out, leads to what is not there."""
    few, many = Site({0: 0, 1: 0}, {}, 0), Site({0: 0, 1: 0, 20: 0, 21: 0}, {}, 0)
    first, second = (few, many) if comes else (many, few)
    last = Site({0: 0, 1: 0, 20: 1}, {}, 0)  # brings 20 again, without 21, which followed it
    out = place / "site"
    clean = [build(pages_of(site), place / str(n)) for n, site in enumerate((few, many, last))]
    build(pages_of(first), out)
    step, twice = 0, 0
    while killed_at(step, out, second, SEEN):
        again = 0
        while killed_at(again, out, last, SEEN):
            assert_whole(out, clean, first, second, last)
            build(pages_of(first), out)
            killed_at(step, out, second, SEEN)
            again += 1
        build(pages_of(first), out)
        twice += again
        step += 1
    assert twice > 100


def test_killed_again_and_again_before_it_ends(place: Path, clean: list[dict[str, bytes]]) -> None:
    out = place / "site"
    chance = Random(7)
    sites = [OLD, NEW, OTHER]
    build(pages_of(OLD), out)
    standing = 0
    for _ in range(200):
        number = chance.randrange(3)
        if not killed_at(chance.randrange(400), out, sites[number]):
            standing = number
        assert_whole(out, clean, sites[standing], *sites)
        if chance.random() < 0.2:
            standing = chance.randrange(3)
            assert build(pages_of(sites[standing]), out) == clean[standing]


def test_a_first_build_is_whole_or_nothing(place: Path, clean: list[dict[str, bytes]]) -> None:
    out = place / "site"
    step = 0
    while killed_at(step, out, OLD):
        assert not out.exists() or published(files_in(out)) == published(clean[0])
        step += 1
        if step % 2:
            assert build(pages_of(NEW), out) == clean[1]
            assert [path.name for path in place.iterdir()] == ["site"]
            shutil.rmtree(out)
    assert step > 50


@pytest.mark.parametrize("workers", [1, 3])
def test_killed_at_200_random_moments(
    place: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """The moments are those of the clock: inside system calls, and inside workers."""
    monkeypatch.setattr("statusbook.publish.stage._WORTH_A_WORKER", 20)
    clean = [build(pages_of(site), place / str(n)) for n, site in enumerate(LARGE)]
    out = place / "site"
    chance = Random(workers)
    build(pages_of(LARGE[0]), out)
    begun = time.monotonic()
    assert not killed_after(60, out, LARGE[1], workers)
    longest = time.monotonic() - begun
    standing, killed = 1, 0
    while killed < 100:
        coming = chance.choice([number for number in range(3) if number != standing])
        killed += killed_after(chance.random() * longest, out, LARGE[coming], workers)
        assert_whole(out, (clean[standing], clean[coming]), LARGE[standing], LARGE[coming])
        standing = chance.randrange(3)
        assert build(pages_of(LARGE[standing]), out) == clean[standing]


def killed_after(seconds: float, out: Path, site: Site, workers: int) -> bool:
    """Build in a process that is killed after a time; tell whether it was."""
    child = os.fork()
    if not child:
        try:
            write_site(pages_of(site), out, release, workers=workers)
            os._exit(0)
        finally:
            os._exit(3)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], seconds)
    os.close(ended)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
