"""The problems of one file, gathered while it is read."""

from __future__ import annotations

from typing import Protocol

from statusbook.problems import Level, Location, Problem


class Placed(Protocol):
    """Anything with a place in its file; lines and columns count from 1."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


class Faults:
    """Collects the problems of the file at `path` (relative to the book's root)."""

    def __init__(self, path: str) -> None:
        """Begin with none."""
        self.path = path
        self.found: list[Problem] = []

    @property
    def errors(self) -> int:
        """How many of them are errors."""
        return sum(problem.level is Level.ERROR for problem in self.found)

    def error(self, place: Placed | int, code: str, message: str, hint: str = "") -> None:
        """Keep an error at a node, or at a line."""
        self._keep(place, code, message, hint, Level.ERROR)

    def warning(self, place: Placed | int, code: str, message: str, hint: str = "") -> None:
        """Keep a warning at a node, or at a line."""
        self._keep(place, code, message, hint, Level.WARNING)

    def _keep(self, place: Placed | int, code: str, message: str, hint: str, level: Level) -> None:
        if isinstance(place, int):
            location = Location(self.path, place)
        else:
            location = Location(self.path, place.line, place.column)
        self.found.append(Problem(location, code, message, hint, level))
