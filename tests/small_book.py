"""A book of three files that has no fault: tests lay other files over it and see what is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from statusbook.cli.prepare import judge
from statusbook.model.incident import Incident
from statusbook.problems import Problem, in_order
from statusbook.read.book import load_incident, read_book

CLOCK: Final = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
"""The moment at which all these tests play."""

UPDATE: Final = "incidents/2026-11-21-slow-search/1-investigating.md"

GOOD: Final = {
    "plan/status-page.yml": """\
title: Harbourlight status
url: https://status.example.com
feed_id: tag:status.example.com,2026:status
languages: [pl]
""",
    "plan/components.yml": """\
components:
  - {id: search, name: Search}
  - {id: checkout, name: Checkout}
""",
    UPDATE: """\
---
title: Product search is slow
status: investigating
at: 2026-11-21T14:05Z
components: {search: degraded_performance}
---
Searching in a shop takes up to ten seconds.
""",
}


def lay(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the good book and other files over it; None takes a file of the book away."""
    for path, content in (GOOD | dict(files or {})).items():
        if content is None:
            continue
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def problems_of(root: Path, cache: Path | None = None, clock: datetime = CLOCK) -> list[Problem]:
    """Return all that a run says about a book."""
    _, problems = judge(read_book(root, cache), clock, clock, cache, 1)
    return in_order(problems)


def said_of(root: Path, cache: Path | None = None) -> str:
    """Return all that a run in the book's root prints about it."""
    return "".join(f"{problem}\n" for problem in problems_of(root, cache)).replace(str(root), ".")


def incidents_of(root: Path, cache: Path | None = None) -> list[Incident]:
    """Return the records of a book's incidents."""
    book = read_book(root, cache)
    return [load_incident(book, kept) for kept in book.incidents]
