"""docs/format.md names every field and every word, and its examples are read as they stand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from pictures import SVG, png
from statusbook.cli.prepare import judge
from statusbook.model.brand import PublicBrand
from statusbook.model.incident import Internal, Translation, Update, Window
from statusbook.model.parts import LinkNames, Names, PageNames
from statusbook.model.plan import Brand, Component, Group, Link, Metric, StatusPage
from statusbook.model.public import PublicComponent, PublicMetric, PublicSite, PublicUpdate
from statusbook.model.words import (
    IMPACT_OF,
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    ComponentStatus,
    Impact,
    Kind,
)
from statusbook.problems import errors
from statusbook.read.book import read_book
from statusbook.read.faults import Faults
from statusbook.read.names import update_name
from statusbook.read.plan import (
    COMPONENTS,
    METRICS,
    STATUS_PAGE,
    read_components,
    read_metric_plan,
    read_status_page,
)
from statusbook.read.update import read_translation, read_update

FORMAT = Path(__file__).parents[1] / "docs" / "format.md"
LATER = datetime(2027, 1, 1, tzinfo=UTC)

NOT_WRITTEN = {
    Update: {"id", "body", "lines", "translations"},
    Translation: {"body"},
    StatusPage: {"lines"},
    Brand: {"lines"},
    Link: {"line"},
    Group: {"line"},
    Component: {"line"},
    Metric: {"line"},
}
"""Fields that the reader fills in by itself."""


class Example(NamedTuple):
    """A block of docs/format.md that is marked as a file: `title="plan/components.yml"`."""

    path: str
    line: int
    text: str


class Table(NamedTuple):
    """A table of docs/format.md: the heading above it, its head and its rows."""

    heading: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def _examples() -> list[Example]:
    text = FORMAT.read_text(encoding="utf-8")
    block = re.compile(
        r'^```(?:markdown|yaml) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL
    )
    blocks = block.finditer(text)
    return [Example(one[1], text.count("\n", 0, one.start()) + 1, one[2]) for one in blocks]


def _tables() -> list[Table]:
    found: list[Table] = []
    heading = ""
    inside = False
    for line in FORMAT.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        if not line.startswith("|"):
            inside = False
            continue
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if not inside:
            found.append(Table(heading, cells, []))
        elif not set(line) <= set("|-"):
            found[-1].rows.append(cells)
        inside = True
    return found


def _rows(heading: str, first_head: str) -> list[tuple[str, ...]]:
    """Return the rows of one table, the marks of code taken from the first cell."""
    (table,) = (one for one in _tables() if one.heading == heading and one.head[0] == first_head)
    return [(row[0].strip("`"), *row[1:]) for row in table.rows]


EXAMPLES = _examples()
RECORDS: list[tuple[str, str, type[msgspec.Struct]]] = [
    ("Fields of an update", "Field", Update),
    ("Fields of internal", "Field", Internal),
    ("Translations", "Field", Translation),
    ("A maintenance", "Field of `scheduled`", Window),
    ("Fields of the page", "Field", StatusPage),
    ("Fields of the page", "Field of a link", Link),
    ("Translated names", "Field of a translated page", PageNames),
    ("Translated names", "Field of a translated link", LinkNames),
    ("Translated names", "Field of a translated part", Names),
    ("The brand", "Field of `brand`", Brand),
    ("Fields of a group", "Field", Group),
    ("Fields of a component", "Field", Component),
    ("Fields of a metric", "Field", Metric),
]
PUBLIC: dict[type[msgspec.Struct], type[msgspec.Struct] | None] = {
    Update: PublicUpdate,
    Internal: None,
    StatusPage: PublicSite,
    Brand: PublicBrand,
    Component: PublicComponent,
    Metric: PublicMetric,
}
"""What the public pages are made of, where that is another record."""
READERS = {
    STATUS_PAGE: read_status_page,
    COMPONENTS: read_components,
    METRICS: read_metric_plan,
}


def _written_names(record: type[msgspec.Struct]) -> dict[str, str]:
    """Return the fields that people write: key in the file -> name in the record."""
    hidden = NOT_WRITTEN.get(record, set())
    fields = msgspec.structs.fields(record)
    return {one.encode_name: one.name for one in fields if one.name not in hidden}


@pytest.mark.parametrize(("heading", "head", "record"), RECORDS)
def test_every_field_is_documented_and_every_documented_field_exists(
    heading: str, head: str, record: type[msgspec.Struct]
) -> None:
    documented = [row[0] for row in _rows(heading, head)]

    assert sorted(documented) == sorted(_written_names(record))


@pytest.mark.parametrize(("heading", "head", "record"), RECORDS)
def test_who_sees_a_field_is_told_as_the_public_records_decide_it(
    heading: str, head: str, record: type[msgspec.Struct]
) -> None:
    public = PUBLIC.get(record, record)
    shown = {one.name for one in msgspec.structs.fields(public)} if public else set()
    names = _written_names(record)

    for field, audience, *_ in _rows(heading, head):
        assert audience == ("public" if names[field] in shown else "internal"), field


@pytest.mark.parametrize(("heading", "head", "record"), RECORDS[4:])
def test_a_field_of_the_plan_that_must_be_written_is_said_to_be_needed(
    heading: str, head: str, record: type[msgspec.Struct]
) -> None:
    needed = {one.encode_name for one in msgspec.structs.fields(record) if one.required}

    assert {row[0] for row in _rows(heading, head) if "Needed." in row[2]} == needed


def test_every_status_is_documented_with_its_kind() -> None:
    told = {row[0]: row[1] for row in _rows("Words for the status", "Word")}

    assert told == dict.fromkeys(INCIDENT_STATUSES, Kind.INCIDENT) | dict.fromkeys(
        MAINTENANCE_STATUSES, Kind.MAINTENANCE
    )


def test_words_for_a_component_are_documented_from_best_to_worst_with_their_impact() -> None:
    told = [(row[0], row[1].strip("`")) for row in _rows("Words for a component", "Word")]

    assert told == [(status, IMPACT_OF[status]) for status in ComponentStatus]


def test_every_impact_is_documented() -> None:
    assert [row[0] for row in _rows("Words for the impact", "Word")] == list(Impact)


def test_links_within_the_page_lead_to_a_heading() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"line-{one.line}")
def test_an_example_is_read_without_a_problem(example: Example, tmp_path: Path) -> None:
    if example.path.startswith("plan/"):
        place = tmp_path / example.path
        place.parent.mkdir()
        place.write_text(example.text, encoding="utf-8")
        read = READERS[example.path]
        _, problems = read(tmp_path)
    else:
        name = update_name(example.path.rpartition("/")[2])
        assert name is not None
        faults = Faults(example.path)
        raw = example.text.encode()
        if name.language:
            assert read_translation(raw, faults)
        else:
            assert read_update(raw, faults, name.id)
        problems = faults.found

    assert problems == []


def test_the_examples_together_are_a_book_without_an_error(tmp_path: Path) -> None:
    for example in EXAMPLES:  # where a file is shown twice, the fuller one comes last
        place = tmp_path / example.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(example.text, encoding="utf-8")
    for name in ("logo.svg", "logo-dark.svg", "icon.svg", "card.png", "own.css"):
        place = tmp_path / "overrides/status" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes({"svg": SVG, "png": png(12, 6), "css": b"a {}"}[name[-3:]])

    book = read_book(tmp_path)
    _, problems = judge(book, LATER, LATER, None, 1)

    assert errors(problems) == []
    assert len(book.incidents) == 3


def test_the_examples_use_every_field() -> None:
    used: set[str] = set()
    for example in EXAMPLES:
        used |= set(re.findall(r"^[ -]*([a-z_]+):", example.text, re.MULTILINE))
        used |= set(re.findall(r"[{,] ?([a-z_]+):", example.text))

    assert {name for *_, record in RECORDS for name in _written_names(record)} <= used
