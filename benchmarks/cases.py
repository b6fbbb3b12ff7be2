"""A history in a folder -> what its builds cost, by Statusbook and by Hugo in turn."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, NamedTuple

from books import add_to_book, add_to_hugo, clone, commit, write_book, write_hugo
from history import NOW, Incident, history
from measure import Cost, peak_of_all, run

STATUSBOOK: Final = Path(sys.executable).parent / "statusbook"

_CACHE: Final = Path(".statusbook")
_SETTLED: Final = 2.5
"""Seconds until a file no longer counts as one that may still be changing."""


class Result(NamedTuple):
    """What one kind of build cost in each run.

    `together` is the peak of all processes in bytes, None where it was not measured; `written`
    counts the files that the last run wrote.
    """

    size: int
    generator: str
    case: str
    costs: list[Cost]
    together: int | None
    written: int


class Generator(NamedTuple):
    """A program that builds, its command for (source, out), and how its sources are written."""

    name: str
    command: Callable[[Path, Path], list[str]]
    write: Callable[[Path, list[Incident]], None]
    add: Callable[[Path, Incident, int], None]


def statusbook() -> Generator:
    """Return Statusbook as it is installed beside this Python."""

    def command(source: Path, out: Path) -> list[str]:
        now = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
        there = ["--source", str(source), "--out", str(out), "--now", now]
        return [str(STATUSBOOK), "build", "status", *there]

    return Generator("Statusbook", command, write_book, add_to_book)


def hugo() -> Generator | None:
    """Return Hugo with the minimal theme; None where it is not installed."""
    try:
        binary = distribution("hugo").locate_file("hugo/binaries/hugo")
    except PackageNotFoundError:
        return None

    def command(source: Path, out: Path) -> list[str]:
        cache = source.parent / "hugo-cache"
        there = ["--source", str(source), "--destination", str(out), "--cacheDir", str(cache)]
        return [str(binary), "--quiet", "--noBuildLock", *there]

    return Generator("Hugo", command, write_hugo, add_to_hugo)


def measure_size(size: int, runs: int, folder: Path, generators: list[Generator]) -> list[Result]:
    """Measure every case for a history of `size` incidents below an empty folder."""
    incidents = history(size)
    benches = [
        Bench(generator, folder / generator.name.lower(), incidents) for generator in generators
    ]
    time.sleep(_SETTLED)
    results = []
    for case in (Bench.cold, Bench.one_update, Bench.unchanged):
        turns = [case(bench, runs) for bench in benches]
        results += list(_in_turn(turns))
    for bench in benches:
        if bench.generator.name == "Statusbook":
            results += bench.in_git(runs)
    return results


class Bench:
    """One generator at work on its copy of a history."""

    def __init__(self, generator: Generator, folder: Path, incidents: list[Incident]) -> None:
        """Write the sources below a new folder."""
        self.generator = generator
        self.size = len(incidents)
        self.open_incident = incidents[-1]
        self.source = folder / "source"
        self.out = folder / "out"
        self.added = 0
        folder.mkdir(parents=True)
        generator.write(self.source, incidents)

    def cold(self, runs: int) -> Iterator[Result | None]:
        """Build into an empty folder, without a cache."""
        return self._case("cold", runs, self._forget)

    def one_update(self, runs: int) -> Iterator[Result | None]:
        """Build over the last output after one more update."""
        return self._case("one new update", runs, self._add)

    def unchanged(self, runs: int) -> Iterator[Result | None]:
        """Build over the last output with nothing new."""
        time.sleep(_SETTLED)
        run(self._command(), self.source, _environment())
        return self._case("nothing changed", runs, lambda: None)

    def in_git(self, runs: int) -> Iterator[Result]:
        """Repeat the cases in a git checkout, and as CI has them: in a fresh clone."""
        commit(self.source, "Tell the history")
        time.sleep(_SETTLED)
        yield from _in_turn([self._case("cold, git", runs, self._forget)])
        yield from _in_turn([self._case("one new update, git", runs, self._add_and_commit)])
        time.sleep(_SETTLED)
        run(self._command(), self.source, _environment())
        yield from _in_turn([self._case("nothing changed, git", runs, lambda: None)])
        origin = self.source
        self.source = origin.with_name("clone")
        site = self.out
        self.out = site.with_name("restored")

        def fresh_clone(*, with_site: bool) -> None:
            shutil.rmtree(self.source, ignore_errors=True)
            shutil.rmtree(self.out, ignore_errors=True)
            clone(origin, self.source)
            shutil.copytree(origin / _CACHE, self.source / _CACHE)
            if with_site:
                shutil.copytree(site, self.out)

        names = "fresh clone, cache restored", "fresh clone, cache and output restored"
        yield from _in_turn([self._case(names[0], runs, lambda: fresh_clone(with_site=False))])
        yield from _in_turn([self._case(names[1], runs, lambda: fresh_clone(with_site=True))])

    def _case(self, case: str, runs: int, prepare: Callable[[], None]) -> Iterator[Result | None]:
        """Run a case `runs` times and once more for its memory; a turn ends at each None."""
        costs = []
        written = 0
        for _ in range(runs):
            prepare()
            before = _files(self.out)
            costs.append(run(self._command(), self.source, _environment()))
            written = len(_files(self.out) - before)
            yield None
        prepare()
        together = peak_of_all(self._command(), self.source, _environment())
        yield Result(self.size, self.generator.name, case, costs, together, written)

    def _command(self) -> list[str]:
        return self.generator.command(self.source, self.out)

    def _forget(self) -> None:
        shutil.rmtree(self.source / _CACHE, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)

    def _add(self) -> None:
        self.generator.add(self.source, self.open_incident, self.added)
        self.added += 1

    def _add_and_commit(self) -> None:
        self._add()
        commit(self.source, "Add an update")


def _in_turn(turns: list[Iterator[Result | None]]) -> Iterator[Result]:
    """Let the generators run turn by turn, so that a noisy moment meets all of them."""
    waiting = list(turns)
    while waiting:
        for turn in list(waiting):
            result = next(turn, None)
            if result is not None:
                waiting.remove(turn)
                yield result


def _files(folder: Path) -> set[tuple[str, int, int]]:
    """Name each file of an output by path, inode and time: a file that was written differs."""
    found = set()
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118 (20,000 of them)
            stat = os.stat(path)  # noqa: PTH116
            found.add((path, stat.st_ino, stat.st_mtime_ns))
    return found


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
