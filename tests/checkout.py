"""A book in a git repository, for tests of what a history says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from small_book import GOOD, UPDATE, lay
from statusbook.read.outdated import outdated_translations

TRANSLATION = UPDATE.replace(".md", ".pl.md")


class Checkout:
    """A repository in which every commit is a minute later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.minute = 0
        lay(root)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        moment = f"2026-11-21T15:{self.minute:02}:00Z"
        settings = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.root,
            env=os.environ | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment},
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def commit(self, *, later: bool = True, **files: str) -> None:
        """Commit an original, a translation or both."""
        self.minute += later
        for name, text in files.items():
            original = name == "original"
            path = UPDATE if original else TRANSLATION
            self.write(path, GOOD[UPDATE] + text if original else text)
        self.git("add", ".")
        self.git("commit", "--quiet", "--allow-empty", "-m", "Change")

    def outdated(self, folder: Path | None = None) -> dict[str, frozenset[tuple[str, str]]]:
        """Say what is outdated; a build that knew the history before must say the same."""
        found = dict(outdated_translations(self.root, folder))
        assert dict(outdated_translations(self.root, None)) == found
        return found
