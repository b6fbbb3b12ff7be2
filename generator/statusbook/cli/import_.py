"""`statusbook import`: the history of another tool -> our files, with an account of each file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from statusbook.cli import options
from statusbook.importers.report import Account, Ending
from statusbook.importers.write import Imported, write_imported
from statusbook.problems import StatusbookError

MOST_SHOWN = 20

_into = click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the book: plan/ and incidents/ are made in it.",
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")


@click.group(name="import")
def import_() -> None:
    """Take over the history of another tool.

    Nothing that is there is overwritten, and importing twice adds nothing. Each source file ends
    as an incident or as a line that says why not.
    """


@import_.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_into
@_as_json
def cstate(*, folder: Path, into: Path, as_json: bool) -> None:
    """Import a cState site: its configuration and all its issues.

    FOLDER holds config.yml (or hugo.toml) and content/. Where it is a git repository, updates get
    the times of the commits that wrote them.
    """
    from statusbook.importers.cstate import read_cstate

    account = Account()
    _finish(read_cstate(folder, account, options.clock()), into, account, as_json=as_json)


@import_.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_into
@_as_json
def statuspage(*, paths: tuple[Path, ...], into: Path, as_json: bool) -> None:
    """Import saved answers of Statuspage's API v2, and of tools that speak it.

    PATHS are files or folders: summary.json, incidents.json, scheduled-maintenances.json,
    components.json, incidents/<id>.json, history.atom, in any number. Give summary.json or
    components.json too, so that groups and the order of components are known.
    """
    from statusbook.importers.statuspage.gather import read_statuspage

    account = Account()
    imported = read_statuspage(paths, account)
    if imported.empty:
        if as_json:
            click.echo(_json(account))
        else:
            _print_left_out(account)
        message = "no incident, component or page of Statuspage's API v2, nor a feed of incidents"
        raise StatusbookError(f"{message}: nothing is written")
    _finish(imported, into, account, as_json=as_json)


def _finish(imported: Imported, into: Path, account: Account, *, as_json: bool) -> None:
    write_imported(imported, into, account)
    if as_json:
        click.echo(_json(account))
        return
    _print_left_out(account)
    _print_warnings(account)
    for hint in account.hints:
        click.echo(hint)
    width = max(len(name) for name, _ in account.summary())
    for name, count in account.summary():
        click.echo(f"{name:{width}}  {count:>6}")
    click.echo(f"next: statusbook check --source {into}")


def _print_left_out(account: Account) -> None:
    for remark in account.left_out:
        click.echo(f"left out: {remark}", err=True)


def _print_warnings(account: Account) -> None:
    """Print warnings, those of one kind once with their number where there are many."""
    if len(account.warnings) <= MOST_SHOWN:
        for remark in account.warnings:
            click.echo(f"warning: {remark}", err=True)
        return
    first = {remark.text: remark for remark in reversed(account.warnings)}
    for text, count in Counter(remark.text for remark in account.warnings).most_common():
        more = f" (and {count - 1} more)" if count > 1 else ""
        click.echo(f"warning: {first[text]}{more}", err=True)


def _json(account: Account) -> str:
    return json.dumps(
        {
            "counts": dict(account.summary()),
            "incidents": [entry._asdict() for entry in account.entries if entry.incident],
            "left_out": [remark._asdict() for remark in account.left_out],
            "warnings": [remark._asdict() for remark in account.warnings],
            "older": sum(entry.ending is Ending.OLDER for entry in account.entries),
        },
        indent=2,
    )
