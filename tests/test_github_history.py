"""GitHub's incidents of eleven years, imported and built, answer API clients as they did before.

Every value of every file is compared with its source. What differs is in one table, with the
number of values and the reason; any other difference is a fault.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from statusbook.model.words import ComponentStatus

MOMENT = "2022-08-10T08:10Z"
"""When the source was fetched: its components and its page are of that time."""
INCIDENTS = 1028


class Difference(NamedTuple):
    """A value that is not the source's: its place, and both."""

    place: str
    source: object
    ours: object


class Reason(NamedTuple):
    """How many values of one place differ, why that is right, and what is true of each of them."""

    count: int
    why: str
    holds: Callable[[Any, Any], bool]


def is_earlier(source: str, ours: str) -> bool:
    return moment(ours) < moment(source)


DIFFERENT: dict[str, Reason] = {
    "page.updated_at": Reason(
        1028,
        "an incident's file depends on that incident alone",
        is_earlier,
    ),
    "incident.shortlink": Reason(
        1028,
        "ours is the incident's own address, not one of a shortener",
        lambda source, ours: "stspg.io/" in source and "githubstatus.com/incidents/" in ours,
    ),
    "incident.updated_at": Reason(
        1028,
        "ours is when the newest update was posted, theirs when a record was last touched: some "
        "milliseconds later, or years, where a history was moved or a report added",
        is_earlier,
    ),
    "incident.created_at": Reason(
        185,
        "ours is when the first update was posted; they wrote the incident just before it",
        lambda source, ours: 0 < (moment(ours) - moment(source)).total_seconds() < 0.2,
    ),
    "incident.started_at": Reason(
        5,
        "they say that it began after its first update was posted; the import warns of it",
        is_earlier,
    ),
    "incident.components: length": Reason(
        29,
        "components that left the page stay in the incidents that they were part of",
        lambda source, ours: names(ours) - names(source) <= {"Gists", "Notifications"},
    ),
    "incident.components[].created_at": Reason(
        951,
        "ours is the day from which the component counts, where there is one",
        lambda source, ours: ours in {"1970-01-01T00:00:00.000Z", f"{source[:10]}T00:00:00.000Z"},
    ),
    "incident.components[].updated_at": Reason(
        951,
        "a closed incident's file shows its components as it left them, theirs as they were last",
        lambda source, _: moment(source) > moment("2020-04-01T00:00:00.000Z"),
    ),
    "incident.incident_updates[].id": Reason(
        1527,
        "ours is the name of the update's file",
        lambda _, ours: re.fullmatch("[0-9]+-[a-z]+", ours) is not None,
    ),
    "incident.incident_updates[].created_at": Reason(
        848,
        "ours is when the update was posted; theirs differs where it was typed in afterwards",
        is_earlier,
    ),
    "incident.incident_updates[].updated_at": Reason(
        868,
        "an update is never edited here",
        is_earlier,
    ),
    "incident.incident_updates[].deliver_notifications": Reason(
        840,
        "whether they told their subscribers back then is not kept",
        lambda source, ours: source is False and ours is True,
    ),
    "incident.incident_updates[].tweet_id": Reason(
        14,
        "posts on other sites are not kept",
        lambda source, ours: isinstance(source, int) and ours is None,
    ),
    "incident.incident_updates[].affected_components": Reason(
        8,
        "closing an incident returns its components here; there someone did it by hand, later",
        lambda source, ours: (
            source is None and {row["new_status"] for row in ours} == {"operational"}
        ),
    ),
    "incident.incident_updates[].affected_components[].name": Reason(
        385,
        "a component has one name here, its present one; these were renamed",
        lambda _, ours: ours in {"Issues", "Pages", "Actions", "Packages"},
    ),
    "incident.incident_updates[].affected_components[].old_status": Reason(
        14,
        "an incident is told by its own updates; there a component was changed beside them",
        lambda source, ours: {source, ours} <= set(ComponentStatus),
    ),
}
"""Place of a value -> why it is not the source's."""


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Path:
    """Return the folder of GitHub's files, as its API gave them."""
    return shared_data / "statuspage-github-2010-2021" / "incidents"


@pytest.fixture(scope="module")
def rebuilt(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import GitHub's history, build the page and return its folder of incidents' files."""
    book = tmp_path_factory.mktemp("github") / "book"
    out = book.parent / "site"
    statusbook("import", "statuspage", source.parent, "--into", book)
    statusbook("build", "status", "--source", book, "--out", out, "--now", MOMENT)
    return out / "api" / "v2" / "incidents"


def statusbook(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "statusbook", *arguments], check=True, timeout=120)


@pytest.fixture(scope="module")
def found(source: Path, rebuilt: Path) -> dict[str, list[Difference]]:
    """Compare all files, and return the differences by place."""
    by_place: dict[str, list[Difference]] = {}
    for path in sorted(source.glob("*.json")):
        theirs = json.loads(path.read_bytes())
        ours = json.loads((rebuilt / path.name).read_bytes())
        for difference in differences("", theirs, ours):
            by_place.setdefault(difference.place, []).append(difference)
    return by_place


def test_every_incident_is_there(source: Path, rebuilt: Path) -> None:
    names = {path.name for path in source.glob("*.json")}
    assert len(names) == INCIDENTS
    assert {path.name for path in rebuilt.glob("*.json")} == names | {"unresolved.json"}


def test_what_differs_is_in_the_table(found: dict[str, list[Difference]]) -> None:
    counts = {place: len(values) for place, values in found.items()}
    allowed = {place: reason.count for place, reason in DIFFERENT.items()}
    examples = {place: found[place][:3] for place in found if counts[place] != allowed.get(place)}
    assert counts == allowed, examples


@pytest.mark.parametrize("place", DIFFERENT)
def test_the_reason_holds_for_each_value(found: dict[str, list[Difference]], place: str) -> None:
    reason = DIFFERENT[place]
    assert not [each for each in found[place] if not reason.holds(each.source, each.ours)][:3]


def differences(place: str, theirs: Any, ours: Any) -> Iterator[Difference]:
    """Yield the values that differ; keys and their order count, bodies are compared as text."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        if list(theirs) != list(ours):
            yield Difference(f"{place}: keys", list(theirs), list(ours))
        for key in theirs.keys() & ours.keys():
            yield from differences(f"{place}.{key}".lstrip("."), theirs[key], ours[key])
    elif isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            yield Difference(f"{place}: length", theirs, ours)
        for one, other in zip(theirs, ours, strict=False):
            yield from differences(f"{place}[]", one, other)
    elif place.endswith(".body"):
        if shown(theirs) != said(ours):
            yield Difference(place, theirs, ours)
    elif theirs != ours:
        yield Difference(place, theirs, ours)


def names(rows: list[dict[str, Any]]) -> set[str]:
    return {row["name"] for row in rows}


def moment(timestamp: str) -> datetime:
    return datetime.fromisoformat(timestamp)


def shown(body: str) -> list[str]:
    """Return the words that a browser shows of the source's HTML, addresses of links included."""
    from lxml.html import fragment_fromstring

    root = fragment_fromstring(body, create_parent="div")
    for link in root.iter("a"):
        link.tail = f" ({link.get('href')}) {link.tail or ''}"
    for line in root.iter("li"):
        line.tail = f" {line.tail or ''}"
    return root.text_content().split()


def said(body: str) -> list[str]:
    """Return the words of our plain text, without the marks of list items."""
    return re.sub("^- ", "", body, flags=re.MULTILINE).split()
