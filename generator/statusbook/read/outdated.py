"""A checkout's history -> the translations that are older than what they translate.

What counts is the newest time of a commit that changed a file: that is the same for every way in
which a history can be walked, so what earlier builds learnt and what a fresh clone says agree.
Where the history is not whole, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from statusbook.read import cache, git
from statusbook.read.names import update_name

Outdated = Mapping[str, frozenset[tuple[str, str]]]
"""By the incident's id: update and language of each translation that is older than its update."""

_NAME = "changed"


class Changed(Struct, frozen=True, array_like=True):
    """When each update file was changed last, up to a commit: path -> seconds since 1970."""

    commit: str
    at: dict[str, int]


def outdated_translations(root: Path, folder: Path | None) -> Outdated:
    """Return the translations whose originals were committed in a changed form after them.

    What is not committed is not known: a translation that is being renewed counts as new.

    Args:
        root: The book's root.
        folder: Folder of the cache, None for none.
    """
    commit = git.whole_history(root)
    changed = _changed(root, commit, folder) if commit else None
    if changed is None:
        return {}
    older = _older(changed.at)
    renewed = git.changed_since_commit(root, older) if older else frozenset[str]()
    outdated: dict[str, set[tuple[str, str]]] = {}
    for path, translation in older.items():
        if path not in renewed:
            outdated.setdefault(path.split("/")[-2], set()).add(translation)
    return {incident: frozenset(found) for incident, found in outdated.items()}


def _changed(root: Path, commit: str, folder: Path | None) -> Changed | None:
    """Return what is known up to a commit; only what came since the last build is looked at."""
    known = cache.load(folder, _NAME, Changed)
    if known is not None and known.commit == commit:
        return known
    if known is not None and git.follows(root, commit, known.commit):
        new = git.changes(root, f"{known.commit}..{commit}")
    else:
        known, new = None, git.changes(root, commit)
    if new is None:
        return None
    before = known.at if known else {}
    updates = ((path, at) for path, at in new.items() if update_name(path.rpartition("/")[2]))
    newest = {path: max(at, before.get(path, at)) for path, at in updates}
    changed = Changed(commit, {**before, **newest})
    cache.save(folder, _NAME, changed)
    return changed


def _older(at: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Return the paths of translations that are older than their originals."""
    older = {}
    for path, translated in at.items():
        folder, _, file = path.rpartition("/")
        name = update_name(file)
        if name is None or name.language is None:
            continue
        if at.get(f"{folder}/{name.id}.md", translated) > translated:
            older[path] = (name.id, name.language)
    return older
