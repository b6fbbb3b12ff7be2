"""What is wrong with the files that people write, and where."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

_LONGEST: Final = 400
"""Characters of a message that are printed."""


class Level(StrEnum):
    """How much a problem weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a source file: path relative to the book's root, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


class Problem(NamedTuple):
    """One fault in the source files, in the writer's words.

    `code` is listed in docs/problems.md; `hint` says how to write it right, and may be empty.
    """

    location: Location
    code: str
    message: str
    hint: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """Print as `file:line:col CODE message`, the hint on a line of its own."""
        path, line, column = self.location
        warning = "warning: " if self.level is Level.WARNING else ""
        hint = f"\n    {_line_of(self.hint)}" if self.hint else ""
        message = _line_of(self.message)
        return f"{_line_of(path)}:{line}:{column} {self.code} {warning}{message}{hint}"


class StatusbookError(Exception):
    """Something outside the source files stops the work; the text says what to do."""


class SourceError(StatusbookError):
    """The source files have faults: `problems` holds every one of them, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by file, line and column."""
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, line, column and code, each problem once."""
    return sorted(set(problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build."""
    return [problem for problem in problems if problem.level is Level.ERROR]


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise `SourceError` with all errors, where there is one."""
    if found := errors(problems):
        raise SourceError(found)


def _line_of(text: str) -> str:
    """Make a line that can be printed of a text that somebody wrote: cut, and without controls."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, else all of them."""
    from difflib import get_close_matches  # most runs find no fault

    words = list(known)
    folded = {one.casefold(): one for one in words}
    near = [folded[one] for one in get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)]
    listed = ", ".join(words) if len(words) <= 12 else ", ".join(words[:12]) + ", …"
    if near:
        return f"did you mean {near[0]}? ({listed})"
    return f"write one of: {listed}" if words else ""
