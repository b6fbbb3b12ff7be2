"""What became of every source file: an account that a command prints, and nothing is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Ending(StrEnum):
    """How a source file, or one record in it, ended."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    DRAFT = "draft"
    MORE = "updates added"
    THERE = "already there"
    OLDER = "older copy"
    PLAN = "page and components"
    LEFT_OUT = "left out"


class Remark(NamedTuple):
    """A sentence about a source file; line 0 is the file as a whole."""

    source: str
    line: int
    text: str

    def __str__(self) -> str:
        """Print as `file:line text`."""
        return (
            f"{self.source}:{self.line} {self.text}" if self.line else f"{self.source} {self.text}"
        )


class Entry(NamedTuple):
    """One ending: `incident` and `path` are empty where nothing of ours belongs to it.

    `old_address` is the path that the incident's page had on the old site, for redirects.
    """

    source: str
    ending: Ending
    incident: str = ""
    path: str = ""
    old_address: str = ""


class Account:
    """Gathers endings and remarks while sources are read and files are written."""

    def __init__(self) -> None:
        """Begin empty."""
        self.files: set[str] = set()
        self.entries: list[Entry] = []
        self.left_out: list[Remark] = []
        self.warnings: list[Remark] = []
        self.hints: list[str] = []

    def saw(self, source: str) -> None:
        """Count a source file as read."""
        self.files.add(source)

    def leave_out(self, source: str, text: str, line: int = 0) -> None:
        """Say why a source file, or a record in it, does not become an incident."""
        self.entries.append(Entry(source, Ending.LEFT_OUT))
        self.left_out.append(Remark(source, line, text))

    def warn(self, source: str, text: str, line: int = 0) -> None:
        """Say what is odd about a source file that is imported all the same."""
        self.warnings.append(Remark(source, line, text))

    def ends(self, entry: Entry) -> None:
        """Keep how a record ended."""
        self.entries.append(entry)

    def hint(self, text: str) -> None:
        """Keep a sentence for the end of the report, once."""
        if text not in self.hints:
            self.hints.append(text)

    def summary(self) -> Iterator[tuple[str, int]]:
        """Yield the rows of the closing table: what, how many."""
        counted = Counter(entry.ending for entry in self.entries)
        yield "files read", len(self.files)
        yield "incidents", counted[Ending.INCIDENT]
        yield "maintenances", counted[Ending.MAINTENANCE]
        rows = (
            ("drafts", Ending.DRAFT),
            ("with new updates", Ending.MORE),
            ("older copies", Ending.OLDER),
            ("page and components", Ending.PLAN),
        )
        for name, ending in rows:
            if counted[ending]:
                yield name, counted[ending]
        yield "already there", counted[Ending.THERE]
        yield "left out", counted[Ending.LEFT_OUT]
