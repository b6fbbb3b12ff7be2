"""`statusbook check`: every problem of the source files, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from statusbook.cli import options
from statusbook.cli.aside import is_urgent, put_aside
from statusbook.cli.prepare import judge
from statusbook.problems import Problem, errors, in_order
from statusbook.read.book import read_book


@click.command()
@options.source
@options.no_cache
@options.workers
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check(*, source: Path, no_cache: bool, workers: int, as_json: bool) -> None:
    """Say everything that is wrong in the files of this folder.

    Prints one line `file:line:column CODE message` for each problem and a hint below it. Ends with
    1 where an error was found; warnings do not count.
    """
    kept = options.cache_folder(source, unused=no_cache)
    clock = options.clock()
    book = read_book(source, kept, workers)
    incidents, problems = judge(book, clock, clock, kept, workers)
    found = in_order(problems)
    if as_json:
        click.echo(_as_json(found))
    else:
        for problem in found:
            click.echo(str(problem), err=True)
        click.echo(f"{len(book.incidents)} incidents read: {summary(found)}")
        if errors(found) and is_urgent(incidents, clock) and put_aside(book, found).without:
            click.echo("an incident is open: `statusbook build` goes on without the faulty files")
    sys.exit(1 if errors(found) else 0)


def summary(problems: list[Problem]) -> str:
    """Count errors and warnings in words."""
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    counts = [(wrong, "error"), (warned, "warning")]
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(said) or "nothing to mend"


def _as_json(problems: list[Problem]) -> str:
    import json

    return json.dumps(
        [
            {
                "file": problem.location.path,
                "line": problem.location.line,
                "column": problem.location.column,
                "code": problem.code,
                "level": problem.level,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
        indent=2,
        ensure_ascii=False,
    )
