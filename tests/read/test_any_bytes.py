"""Whatever lies in a file, reading ends in a record or in problems (proof V1, V2, V4)."""

from __future__ import annotations

import json
import string
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from small_book import GOOD, UPDATE, lay, problems_of
from statusbook.model.incident import Internal, Translation, Update
from statusbook.model.parts import Window
from statusbook.model.plan import Components
from statusbook.model.words import ComponentStatus, Impact, Status
from statusbook.problems import Problem
from statusbook.read.faults import Faults
from statusbook.read.guard import safe_text
from statusbook.read.nodes import parse_yaml
from statusbook.read.typed import read_record
from statusbook.read.update import read_translation, read_update
from statusbook.render.markdown import html_of

PIECES = st.sampled_from(
    ["---\n", "---", "\n", " ", "  ", "\t", ":", ": ", "- ", "? ", "[", "]", "{", "}", ",", "#",
     "&a", "*a", "!x ", "|\n", ">\n", '"', "'", "\\", "%", "@", "`", "~", "null", "at", "title",
     "status", "components", "scheduled", "from", "next_update", "internal", "note", "1", "0",
     "2026-11-21T14:05Z", "2026-11-21", "30m", "resolved", "search", "é", "\u202e", "\u0301",
     "\ufeff", "\r", "\r\n", "<!--", "-->", "|", "![", "](", "http://x.example.com"]
)  # fmt: skip
HOSTILE = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.lists(PIECES, max_size=30).map(lambda pieces: f"---\n{''.join(pieces)}\n---\nx".encode()),
    st.lists(PIECES, max_size=20).map(
        lambda pieces: GOOD[UPDATE].replace("Product", "".join(pieces)).encode()
    ),
)
PATIENCE = 2.0
"""Seconds after which 64 kB are taken to hang; the slowest take a few hundredths."""


def said_well(problems: list[Problem]) -> None:
    """Hold every problem to one printable line with its place, and a remedy below."""
    for problem in problems:
        message, _, hint = str(problem).partition("\n    ")
        path, line, column = problem.location
        assert path
        assert line >= 1
        assert column >= 1
        assert message.isprintable()
        assert hint.isprintable()
        assert hint


@settings(max_examples=300, deadline=None)
@given(raw=HOSTILE)
@example(raw=b"---\n? a\n---\n")
@example(raw=b"---\nat: 2199-12-31T23:59Z\nnext_update: 999d\n---\n")
@example(raw=b'---\ntitle: "\\uD800"\n---\n')
def test_any_bytes_are_an_update_or_problems(raw: bytes) -> None:
    faults = Faults("incidents/a/1-a.md")

    update = read_update(raw, faults, "1-a")

    assert update is not None or faults.found
    said_well(faults.found)


@settings(max_examples=150, deadline=None)
@given(raw=HOSTILE)
def test_any_bytes_are_a_translation_or_problems(raw: bytes) -> None:
    faults = Faults("incidents/a/1-a.pl.md")

    translation = read_translation(raw, faults)

    assert translation is not None or faults.found
    said_well(faults.found)


@settings(max_examples=150, deadline=None)
@given(raw=HOSTILE)
def test_any_bytes_are_components_or_problems(raw: bytes) -> None:
    faults = Faults("plan/components.yml")
    text = safe_text(raw, faults)
    node = None if text is None else parse_yaml(text, faults)
    record = None if node is None else read_record(Components, node, faults)

    assert record is not None or node is None or faults.found
    said_well(faults.found)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(update=HOSTILE, translation=HOSTILE, page=HOSTILE, components=HOSTILE)
def test_any_bytes_in_any_file_of_a_book_end_in_problems(
    tmp_path: Path, update: bytes, translation: bytes, page: bytes, components: bytes
) -> None:
    lay(
        tmp_path,
        {
            "incidents/a/1-a.md": update,
            "incidents/a/1-a.pl.md": translation,
            "plan/status-page.yml": page,
            "plan/components.yml": components,
        },
    )

    said_well(problems_of(tmp_path))


@settings(max_examples=40, deadline=None)
@given(
    piece=st.one_of(PIECES, st.lists(PIECES, min_size=2, max_size=4).map("".join)),
    head=st.booleans(),
)
def test_64_kb_of_any_repeated_piece_take_no_time(piece: str, head: bool) -> None:  # noqa: FBT001
    filling = piece * (60_000 // len(piece.encode()))
    text = f"---\nat: {filling}\n---\n" if head else f"{GOOD[UPDATE]}{filling}"
    begun = time.perf_counter()

    update = read_update(text.encode(), Faults("incidents/a/1-a.md"), "1-a")
    if update is not None:
        html_of(update.body)

    assert time.perf_counter() - begun < PATIENCE


# --- written and read again ---------------------------------------------------------------------

moments = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
lines = (
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me", "Cf"],
            exclude_characters="\ufffc\ufffd",  # "something stood here": refused
        ),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(lambda text: text and text.isprintable())
)
words = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
bodies = st.lists(lines.filter(lambda text: "<!--" not in text), max_size=5).map("\n\n".join)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


updates = st.builds(
    Update,
    at=moments,
    status=maybe(st.sampled_from(Status)),
    title=maybe(lines),
    impact=maybe(st.sampled_from(Impact)),
    components=st.dictionaries(words, st.sampled_from(ComponentStatus), max_size=4),
    next_update=maybe(moments),
    scheduled=maybe(st.builds(Window, start=moments, until=moments)),
    started=maybe(moments),
    corrects=maybe(words),
    retracted=maybe(lines),
    internal=maybe(
        st.builds(
            Internal,
            severity=maybe(words),
            detected=maybe(moments),
            commander=maybe(lines),
            approved_by=st.lists(lines, max_size=3),
            note=maybe(lines),
        )
    ),
    id=st.just("1-a"),
    body=bodies,
)


def written(update: Update, zone: timedelta, quote: str) -> str:
    """Write an update as a careful person would: times in a zone, texts in quotes."""

    def value(of: Any) -> str:
        if isinstance(of, datetime):
            shifted = of + zone
            sign, minutes = "-" if zone < timedelta() else "+", abs(zone) // timedelta(minutes=1)
            distance = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
            return f"{shifted.replace(tzinfo=None).isoformat()}{distance}"
        if isinstance(of, dict):
            return "{" + ", ".join(f"{quoted(key)}: {value(one)}" for key, one in of.items()) + "}"
        if isinstance(of, list):
            return "[" + ", ".join(value(one) for one in of) + "]"
        return quoted(str(of))

    def quoted(text: str) -> str:
        if quote == '"':
            return json.dumps(text, ensure_ascii=False)
        return "'" + text.replace("'", "''") + "'"

    fields = {name: getattr(update, name) for name in update.__struct_fields__}
    for name in ("id", "body", "lines", "translations"):
        del fields[name]
    if update.scheduled is not None:
        fields["scheduled"] = {"from": update.scheduled.start, "until": update.scheduled.until}
    if update.internal is not None:
        inner = {name: getattr(update.internal, name) for name in Internal.__struct_fields__}
        fields["internal"] = {name: one for name, one in inner.items() if one is not None}
    head = "".join(f"{name}: {value(of)}\n" for name, of in fields.items() if of is not None)
    return f"---\n{head}---\n{update.body}\n"


@settings(max_examples=300, deadline=None)
@given(
    update=updates,
    minutes=st.integers(-14 * 60, 14 * 60),
    quote=st.sampled_from(["'", '"']),
    crlf=st.booleans(),
)
def test_what_is_written_is_what_is_read(
    update: Update,
    minutes: int,
    quote: str,
    crlf: bool,  # noqa: FBT001
) -> None:
    text = written(update, timedelta(minutes=minutes), quote)
    faults = Faults("incidents/a/1-a.md")

    read = read_update((text.replace("\n", "\r\n") if crlf else text).encode(), faults, update.id)

    assert faults.found == []
    assert read is not None
    expected = {name: getattr(update, name) for name in update.__struct_fields__}
    came = {name: getattr(read, name) for name in read.__struct_fields__}
    assert came.pop("lines")["at"] == 2
    del expected["lines"]
    assert came == expected | {"body": update.body.strip("\n")}


@settings(max_examples=100, deadline=None)
@given(title=maybe(lines), body=bodies)
def test_a_translation_that_is_written_is_read(title: str | None, body: str) -> None:
    head = "" if title is None else f"title: {json.dumps(title, ensure_ascii=False)}\n"
    faults = Faults("incidents/a/1-a.pl.md")

    read = read_translation(f"---\n{head}---\n{body}\n".encode(), faults)

    if title is None and not body.replace("-", "").strip():
        assert [problem.code for problem in faults.found] == ["E106"]
    else:
        assert read == Translation(title=title, body=body)
