"""A checkout's history -> the translations that are older than what they translate.

What counts is which text the original had when its translation was last written: neither a clock
nor a change of something that nobody translates makes a translation old, and moving files does not
make it new. Where the history is not whole, nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from statusbook.read import cache, git
from statusbook.read.names import update_name
from statusbook.read.update import translated_texts

Outdated = Mapping[str, frozenset[tuple[str, str]]]
"""By the incident's id: update and language of each translation that is older than its update."""

_NAME = "outdated"


class Written(Struct, frozen=True, array_like=True):
    """The content of a translation, and of its original at the time; git's names of both."""

    translation: str
    original: str


class Known(Struct, frozen=True, array_like=True):
    """What is known up to a commit: of each translation by its path, and which of them are old."""

    commit: str
    written: dict[str, Written]
    older: frozenset[str]


def outdated_translations(root: Path, folder: Path | None) -> Outdated:
    """Return the translations whose originals say something else than when they were written.

    What is not committed is not known: a translation that is being renewed counts as new.

    Args:
        root: The book's root.
        folder: Folder of the cache, None for none.
    """
    commit = git.whole_history(root)
    known = _known(root, commit, folder) if commit else None
    if known is None:
        return {}
    renewed = git.changed_since_commit(root, known.older) if known.older else frozenset[str]()
    outdated: dict[str, set[tuple[str, str]]] = {}
    for path in known.older - renewed:
        name = update_name(path.rpartition("/")[2])
        if name is not None and name.language is not None:
            outdated.setdefault(path.split("/")[-2], set()).add((name.id, name.language))
    return {incident: frozenset(found) for incident, found in outdated.items()}


def _known(root: Path, commit: str, folder: Path | None) -> Known | None:
    """Return what is known up to a commit; only what came since the last build is looked at."""
    before = cache.load(folder, _NAME, Known)
    if before is not None and before.commit == commit:
        return before
    files = git.files(root, commit)
    translations = [path for path in files if _is_translation(path)]
    written: dict[str, Written] | None = {}
    if translations and before is not None and git.follows(root, commit, before.commit):
        written = _written(root, f"{before.commit}..{commit}", files, translations, before.written)
    elif translations:
        written = None
    if written is None:
        written = _written(root, commit, files, translations, {})
    if written is None:
        return None
    known = Known(commit, written, frozenset(_older(root, files, written)))
    cache.save(folder, _NAME, known)
    return known


def _written(
    root: Path,
    commits: str,
    files: Mapping[str, str],
    translations: Iterable[str],
    before: Mapping[str, Written],
) -> dict[str, Written] | None:
    """Return when translations were written last; None where these commits do not tell it.

    Args:
        root: The book's root.
        commits: Those that are looked at.
        files: What there is now.
        translations: The paths of those that are.
        before: What is known of the commits before.
    """
    changes = git.changes(root, commits)
    if changes is None:
        return None
    history = _History(changes)
    written = {}
    origins = {}
    for path in translations:
        then, commit = history.origin(path, files[path])
        if commit is not None:
            folder, _, file = then.rpartition("/")
            origins[path] = f"{commit}:./{folder}/{file.partition('.')[0]}.md"
        elif (known := before.get(then)) and known.translation == files[path]:
            written[path] = known
        else:
            return None
    found = git.contents(root, origins.values()) if origins else {}
    for path, origin in origins.items():
        written[path] = Written(files[path], found.get(origin, ""))
    return written


class _History:
    """What happened to the files of translations, the newest first."""

    def __init__(self, changes: Iterable[git.Change]) -> None:
        """Sort changes by their files."""
        self.of: dict[str, list[tuple[int, git.Change]]] = defaultdict(list)
        self.taken: dict[tuple[str, str], list[str]] = defaultdict(list)
        for at, change in enumerate(changes):
            if not _is_translation(change.path):
                continue
            if change.after:
                self.of[change.path].append((at, change))
            else:
                self.taken[change.commit, change.before].append(change.path)

    def origin(self, path: str, content: str) -> tuple[str, str | None]:
        """Return where and by which commit a file got its content; moving it does not count.

        There is no commit where that was before all of these.
        """
        last = -1
        while True:
            for at, change in self.of.get(path, ()):
                if at > last and change.after == content != change.before:
                    break
            else:
                return path, None
            file = path.rpartition("/")[2]
            moved = [
                (old.rpartition("/")[2] != file, old)
                for old in self.taken.get((change.commit, content), ())
                if old.split(".")[-2] == file.split(".")[-2]  # of the same language
            ]
            if not moved:
                return path, change.commit
            path, last = min(moved)[1], at


def _is_translation(path: str) -> bool:
    name = update_name(path.rpartition("/")[2])
    return name is not None and name.language is not None


def _older(root: Path, files: Mapping[str, str], written: Mapping[str, Written]) -> Iterable[str]:
    """Yield the translations whose originals had another text."""
    changed = {}
    for path, found in written.items():
        folder, _, file = path.rpartition("/")
        now = files.get(f"{folder}/{file.partition('.')[0]}.md", "")
        if now and found.original and now != found.original:
            changed[path] = (found.original, now)
    raw = git.read(root, {name for pair in changed.values() for name in pair})
    texts = {name: translated_texts(content, name) for name, content in raw.items()}
    for path, (then, now) in changed.items():
        if None not in (texts.get(then), texts.get(now)) and texts[then] != texts[now]:
            yield path
