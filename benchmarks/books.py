"""An invented history -> a book for Statusbook, or a site for Hugo, on disk."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from history import COMPONENTS, Incident, Update, component_name, one_more_update

HUGO_THEME: Final = Path(__file__).parent / "hugo"

_STATUS_PAGE: Final = """\
title: Harbourlight status
url: https://status.example.com
feed_id: tag:status.example.com,2026:status
description: An invented history, made to measure builds.
"""
_GIT: Final = (
    "git", "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com",
    "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0",
)  # fmt: skip


def write_book(root: Path, incidents: list[Incident]) -> None:
    """Write a book with twenty components into a new folder."""
    plan = root / "plan"
    plan.mkdir(parents=True)
    (plan / "status-page.yml").write_text(_STATUS_PAGE)
    (plan / "components.yml").write_text(_components())
    for incident in incidents:
        folder = root / "incidents" / incident.id
        folder.mkdir(parents=True)
        for update in incident.updates:
            _write_update(folder, incident, update)


def add_to_book(root: Path, incident: Incident, turn: int) -> None:
    """Add one further update of an open incident to a book."""
    _write_update(root / "incidents" / incident.id, incident, one_more_update(incident, turn))


def write_hugo(root: Path, incidents: list[Incident]) -> None:
    """Write the same incidents for Hugo into a new folder.

    One file per incident, as people write with Hugo: a quarter of the files that Statusbook reads.
    """
    shutil.copytree(HUGO_THEME, root)
    content = root / "content" / "incidents"
    content.mkdir(parents=True)
    for incident in incidents:
        (content / f"{incident.id}.md").write_text(_hugo_page(incident))


def add_to_hugo(root: Path, incident: Incident, turn: int) -> None:
    """Add one further update of an open incident to Hugo's content."""
    with (root / "content" / "incidents" / f"{incident.id}.md").open("a") as page:
        page.write(_hugo_update(one_more_update(incident, turn)))


def commit(root: Path, subject: str) -> None:
    """Commit everything in a folder, which becomes a git checkout where it is none."""
    if not (root / ".git").exists():
        _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", subject)


def clone(root: Path, into: Path) -> None:
    """Clone a git checkout into a new folder: the same files with fresh times."""
    _git(root, "clone", "--quiet", "--no-local", str(root), str(into))


def _write_update(folder: Path, incident: Incident, update: Update) -> None:
    first = f"title: {incident.title!r}\n" if update.number == 1 else ""
    components = (
        f"components: {{{incident.component}: {incident.component_status}}}\n"
        if update.number == 1
        else ""
    )
    text = (
        f"---\n{first}status: {update.status}\nat: {update.at:%Y-%m-%dT%H:%MZ}\n{components}---\n"
        f"{update.body}\n"
    )
    (folder / f"{update.number}-{update.status}.md").write_text(text)


def _components() -> str:
    groups = {"shop": COMPONENTS[:10], "trade": COMPONENTS[10:]}
    lines = ["groups:"]
    lines += [f"  - {{id: {group}, name: {component_name(group)}}}" for group in groups]
    lines.append("components:")
    lines += [
        f"  - {{id: {component}, name: {component_name(component)}, group: {group}}}"
        for group, members in groups.items()
        for component in members
    ]
    return "\n".join(lines) + "\n"


def _hugo_page(incident: Incident) -> str:
    first, last = incident.updates[0], incident.updates[-1]
    head = (
        f"---\ntitle: {incident.title!r}\ndate: {first.at:%Y-%m-%dT%H:%M:%SZ}\n"
        f"status: {last.status}\nimpact: {incident.component_status}\n"
        f"months: ['{first.at:%Y-%m}']\ncomponents: [{incident.component}]\n---\n"
    )
    return head + "".join(map(_hugo_update, incident.updates))


def _hugo_update(update: Update) -> str:
    at = f"{update.at:%Y-%m-%d %H:%M UTC}"
    return f"\n## {update.status.capitalize()} – {at}\n\n{update.body}\n"


def _git(root: Path, *arguments: str) -> None:
    subprocess.run([*_GIT, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL)
