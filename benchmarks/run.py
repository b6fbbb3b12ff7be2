"""Measure builds of histories of several sizes and print a report (`make bench`)."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from cases import Result, hugo, measure_size, statusbook
from report import report

_ROOM = 4 << 30
"""Bytes that the largest history needs for sources, repository, clones and outputs."""


def main() -> None:
    """Read the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = "100,1000,10000"
    parser.add_argument("--sizes", default=sizes, help=f"numbers of incidents ({sizes})")
    parser.add_argument("--runs", type=int, default=5, help="runs of each case (5)")
    parser.add_argument("--no-hugo", action="store_true", help="measure Statusbook alone")
    parser.add_argument("--folder", type=Path, help="where to work (memory, where there is room)")
    parser.add_argument("--report", type=Path, help="also write the report into this file")
    options = parser.parse_args()

    peer = None if options.no_hugo else hugo()
    generators = [statusbook(), *([peer] if peer else [])]
    results: list[Result] = []
    folder = options.folder or _roomy_folder()
    with tempfile.TemporaryDirectory(prefix="statusbook-bench-", dir=folder) as work:
        for size in map(int, options.sizes.split(",")):
            print(f"measuring {size:,} incidents …", file=sys.stderr)
            results += measure_size(size, options.runs, Path(work, str(size)), generators)
            shutil.rmtree(Path(work, str(size)))
        text = report(results, Path(work), generators)
    print(text)
    if options.report:
        options.report.write_text(text + "\n")


def _roomy_folder() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM:
        return memory
    return Path(tempfile.gettempdir())


if __name__ == "__main__":
    main()
