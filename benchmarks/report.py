"""Measured builds -> a page of Markdown: the machine, a table of costs, and the ratio to Hugo."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterator
from os import cpu_count
from pathlib import Path

from cases import STATUSBOOK, Generator, Result
from history import COMPONENTS, YEARS
from measure import spread

_MEBIBYTE = 1 << 20


def report(results: list[Result], folder: Path, generators: list[Generator]) -> str:
    """Write the whole report."""
    return "\n".join([*_machine(folder, generators), "", *_costs(results), "", *_ratios(results)])


def _machine(folder: Path, generators: list[Generator]) -> Iterator[str]:
    yield "# What builds cost"
    yield ""
    yield (
        f"Histories of incidents with four updates each over {len(COMPONENTS)} components and "
        f"{YEARS} years. Whole processes, interpreter start included; median (least–most) of "
        "several runs, the generators in turn."
    )
    yield ""
    yield f"- Machine: {_processor()}, {platform.machine()}, {cpu_count() or 1} cores"
    yield f"- System: {platform.platform()}; sources and output on {_file_system(folder)}"
    yield f"- Python {platform.python_version()}, {_first_line([str(STATUSBOOK), '--version'])}"
    for generator in generators:
        if generator.name == "Hugo":
            binary = generator.command(folder, folder)[0]
            yield f"- {_first_line([binary, 'version']).split('-')[0]}, theme benchmarks/hugo"


def _costs(results: list[Result]) -> Iterator[str]:
    yield "| incidents | build | by | wall s | cpu s | largest MiB | all MiB | files written |"
    yield "|--:|---|---|--:|--:|--:|--:|--:|"
    for result in results:
        wall = spread([cost.wall for cost in result.costs])
        cpu = spread([cost.cpu for cost in result.costs])
        peak = max(cost.peak for cost in result.costs) / _MEBIBYTE
        together = "" if result.together is None else f"{result.together / _MEBIBYTE:.0f}"
        yield (
            f"| {result.size:,} | {result.case} | {result.generator} "
            f"| {wall.median:.2f} ({wall.least:.2f}–{wall.most:.2f}) | {cpu.median:.2f} "
            f"| {peak:.0f} | {together} | {result.written:,} |"
        )


def _ratios(results: list[Result]) -> Iterator[str]:
    """Compare medians of runs that were made as pairs."""
    by_hugo = {(one.size, one.case): one for one in results if one.generator == "Hugo"}
    if not by_hugo:
        return
    yield "| incidents | build | Statusbook / Hugo: wall | cpu | largest process |"
    yield "|--:|---|--:|--:|--:|"
    for ours in results:
        theirs = by_hugo.get((ours.size, ours.case))
        if theirs is None or ours.generator == "Hugo":
            continue
        pairs = list(zip(ours.costs, theirs.costs, strict=True))
        wall = spread([our.wall / their.wall for our, their in pairs])
        cpu = spread([our.cpu / their.cpu for our, their in pairs])
        peak = spread([our.peak / their.peak for our, their in pairs])
        yield (
            f"| {ours.size:,} | {ours.case} | {wall.median:.2f} ({wall.least:.2f}–{wall.most:.2f}) "
            f"| {cpu.median:.2f} | {peak.median:.2f} |"
        )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown processor"


def _file_system(folder: Path) -> str:
    try:
        mounts = Path("/proc/mounts").read_text().splitlines()
    except OSError:
        return "the default disk"
    found = [line.split()[1:3] for line in mounts]
    fitting = [(point, kind) for point, kind in found if folder.resolve().is_relative_to(point)]
    return max(fitting, key=lambda mount: len(mount[0]))[1] if fitting else "the default disk"


def _first_line(argv: list[str]) -> str:
    said = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0].strip()
