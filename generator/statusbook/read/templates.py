"""The owner's page templates, `overrides/status/**/*.j2` -> their texts, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from statusbook.problems import Location, Problem
from statusbook.read.faults import Faults
from statusbook.read.folder import SYMBOLIC_LINK
from statusbook.read.guard import safe_text
from statusbook.read.incident import read_bytes
from statusbook.read.links import first_link
from statusbook.read.names import is_litter

OWN_TEMPLATES: Final = "overrides/status"
ENDING: Final = ".j2"

_DEEPEST: Final = 4
"""Folders of folders below which nobody keeps templates."""


def read_templates(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read the owner's templates; those with faults are left out, links are never followed."""
    if not os.path.lexists(root / OWN_TEMPLATES):
        return {}, []
    if link := first_link(root, OWN_TEMPLATES):
        return {}, [Problem(Location(link), *SYMBOLIC_LINK)]
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in _names(root, "", problems):
        faults = Faults(f"{OWN_TEMPLATES}/{name}")
        raw = read_bytes(os.fspath(root / faults.path), faults)
        text = None if raw is None else safe_text(raw, faults)
        if text is not None and not faults.errors:
            texts[name] = text
        problems += faults.found
    return texts, problems


def _names(root: Path, below: str, problems: list[Problem]) -> Iterator[str]:
    """Yield the names of the templates of a folder and of those in it."""
    folder = f"{OWN_TEMPLATES}/{below}".rstrip("/")
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        hint = "check its permissions"
        message = f"cannot be read: {error.strerror}"
        problems.append(Problem(Location(folder), "E201", message, hint))
        return
    for entry in entries:
        name = below + entry.name
        if entry.name.startswith(".") or is_litter(entry.name):
            continue
        place = Location(f"{OWN_TEMPLATES}/{name}")
        if entry.is_dir() and entry.is_symlink():
            problems.append(Problem(place, *SYMBOLIC_LINK))
        elif entry.is_dir():
            if entry.name.endswith(ENDING):
                hint = f"name it without {ENDING}: a template is a file"
                problems.append(Problem(place, "E430", "a folder, named like a template", hint))
            elif below.count("/") < _DEEPEST:
                yield from _names(root, f"{name}/", problems)
        elif entry.name.endswith(ENDING):
            yield name
