"""The cache saves work and is never trusted: whatever lies in it, a run says the same."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_book import CLOCK, GOOD, UPDATE, lay
from statusbook.cli.prepare import judge
from statusbook.derive.facts import IncidentFacts
from statusbook.model.incident import Incident
from statusbook.problems import Problem, StatusbookError, in_order
from statusbook.read import cache, folder, nodes
from statusbook.read.book import load_incident, read_book
from statusbook.read.records import _check

Outcome = tuple[list[Problem], list[Incident], list[IncidentFacts]]

FILES: dict[str, str | bytes | None] = {
    "incidents/2026/a/1-a.md": GOOD[UPDATE].replace("14:05Z", "14:07Z"),
    "incidents/2026/a/2-b.md": "---\nstatus: resolved\nat: 2026-11-21T14:30Z\n---\nOver.\n",
    "incidents/2026/b/1-a.md": """\
---
title: Database move
status: scheduled
at: 2026-11-20T14:05Z
scheduled: {from: 2026-11-21T14:30Z, until: 2026-11-21T15:30Z}
components: {checkout: under_maintenance}
---
See [our help](http://help.example.com/).
""",
}
NAMES = ("incidents", "records", "verdicts")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a book whose files count as old enough for stamps, as they are in a real checkout."""
    monkeypatch.setattr(folder, "RACE", 0)
    return lay(tmp_path / "book", FILES)


@pytest.fixture
def kept(book: Path) -> Path:
    """Fill a cache and return its folder."""
    place = book / cache.FOLDER
    outcome(book, place)
    assert {path.name for path in place.iterdir()} == set(NAMES)
    return place


def outcome(root: Path, kept: Path | None, now: datetime = CLOCK) -> Outcome:
    read = read_book(root, kept)
    facts, problems = judge(read, now, CLOCK, kept, 1)
    return in_order(problems), [load_incident(read, one) for one in read.incidents], facts


def parsed(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> int:
    """Count the documents that are parsed in a run."""
    texts: list[str] = []
    parser = nodes.CParser

    def counting(text: str) -> Any:
        texts.append(text)
        return parser(text)

    with monkeypatch.context() as patch:
        patch.setattr(nodes, "CParser", counting)
        patch.setattr(nodes, "_FLAT", re.compile("(?!)"))  # all documents go to the parser
        run()
    return len(texts)


def test_a_second_run_parses_the_plan_only(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parsed(monkeypatch, lambda: outcome(book, None)) == 6
    assert parsed(monkeypatch, lambda: outcome(book, kept)) == 2


def test_one_new_update_costs_the_parsing_of_its_incident(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = book / "incidents/2026/a/3-c.md"
    place.write_text("---\nstatus: postmortem\nat: 2026-11-21T14:40Z\n---\nWhy.\n")

    assert parsed(monkeypatch, lambda: outcome(book, kept)) == 2 + 3
    assert parsed(monkeypatch, lambda: outcome(book, kept)) == 2


def test_a_fresh_checkout_of_the_same_content_parses_the_plan_only(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in [UPDATE, *FILES]:
        raw = (book / path).read_bytes()
        (book / path).unlink()
        (book / path).write_bytes(raw)

    assert parsed(monkeypatch, lambda: outcome(book, kept)) == 2


def test_a_run_with_the_cache_says_what_one_without_says(book: Path, kept: Path) -> None:
    first = outcome(book, kept)

    assert first == outcome(book, None)
    assert [problem.code for problem in first[0]] == ["E129"]


def test_a_fault_is_told_in_every_run(book: Path, kept: Path) -> None:
    lay(
        book,
        FILES
        | {
            "incidents/2026/a/3-c.md": "[[",
            "incidents/2026/b/Notes.md": "x",
            "incidents/2026/b/2-x.pl.md": "x",
        },
    )
    said = [[problem.code for problem in outcome(book, kept)[0]] for _ in range(3)]

    assert said == [["E107", "E129", "E214", "E211"]] * 3


def test_a_change_of_equal_size_with_its_time_set_back_is_seen(book: Path, kept: Path) -> None:
    place = book / UPDATE
    before = place.stat()
    place.write_text(place.read_text().replace("ten seconds", "six seconds"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = place.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)

    assert "six seconds" in outcome(book, kept)[1][0].updates[0].body


def test_a_file_that_has_only_just_changed_has_no_stamp(tmp_path: Path) -> None:
    root = lay(tmp_path)
    changed = (root / UPDATE).stat().st_ctime_ns
    second = 1_000_000_000

    def stamps(now: int) -> list[str]:
        return [found.stamp for found in folder.find_incidents(root, {}, now).folders]

    assert stamps(changed + second) == [""]
    assert stamps(changed + 3 * second) != [""]


def test_folders_of_one_content_stay_two_incidents(tmp_path: Path) -> None:
    root = lay(tmp_path, {UPDATE: None, "incidents/a/1-a.md": GOOD[UPDATE]})
    place = root / cache.FOLDER
    outcome(root, place)
    lay(root, {"incidents/b/1-a.md": GOOD[UPDATE], UPDATE: None})
    for _ in range(2):
        assert [(one.id, one.path) for one in outcome(root, place)[1]] == [
            ("a", "incidents/a"),
            ("b", "incidents/b"),
        ]


def test_an_incident_that_is_renamed_or_removed_leaves_nothing(book: Path, kept: Path) -> None:
    (book / "incidents/2026/a").rename(book / "incidents/2026/z")
    assert outcome(book, kept) == outcome(book, None)
    for path in (book / "incidents/2026/z").iterdir():
        path.unlink()
    assert outcome(book, kept) == outcome(book, None)
    assert [one.id for one in outcome(book, kept)[1]] == ["2026-11-21-slow-search", "b"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "damage", ["gone", "empty", "half", "longer", "zeros", "text", "folder", "link", "loop", "pipe"]
)
def test_what_is_damaged_is_as_if_it_were_not_there(
    book: Path, kept: Path, tmp_path: Path, name: str, damage: str
) -> None:
    place = kept / name
    raw = place.read_bytes()
    place.unlink()
    contents = {
        "empty": b"",
        "half": raw[: len(raw) // 2],
        "longer": raw + b"\0",
        "zeros": bytes(len(raw)),
        "text": b"cos\nsystem\n(S'touch /tmp/statusbook-was-here'\ntR.",
    }
    if damage in contents:
        place.write_bytes(contents[damage])
    elif damage == "folder":
        place.mkdir()
    elif damage == "link":
        (tmp_path / "moved").write_bytes(raw)
        place.symlink_to(tmp_path / "moved")
    elif damage == "loop":
        place.symlink_to(place)
    elif damage == "pipe":
        os.mkfifo(place)

    for _ in range(2):
        assert outcome(book, kept) == outcome(book, None)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(NAMES), where=st.floats(0, 0.999), new=st.binary(max_size=9))
def test_no_byte_of_the_cache_is_trusted(
    book: Path, kept: Path, name: str, where: float, new: bytes
) -> None:
    raw = (kept / name).read_bytes()
    at = int(len(raw) * where)
    (kept / name).write_bytes(raw[:at] + new + raw[at + len(new) :])

    assert outcome(book, kept) == outcome(book, None)


SHAPES: list[Any] = [
    None,
    -1,
    "incidents",
    {},
    [],
    [None],
    [[]],
    [["a", "b"]],
    [["2026-11-21-slow-search", "incidents/2026-11-21-slow-search", "", "", [-1, 2**63, b""]]],
    [["x", "../../../etc", "", "", None, []]],
    {"incidents": [[[[[]]]]]},
    [[[[[[[[[[]]]]]]]]]],
]


@pytest.mark.parametrize("name", ["incidents", "verdicts"])
@pytest.mark.parametrize("shape", SHAPES, ids=repr)
def test_a_whole_message_of_another_shape_is_as_if_it_were_not_there(
    book: Path,
    kept: Path,
    name: str,
    shape: Any,
) -> None:
    cache.save(kept, name, shape)

    assert outcome(book, kept) == outcome(book, None)


def test_rows_that_point_at_nothing_or_at_others_are_read_again(book: Path, kept: Path) -> None:
    rows = cache.load(kept, "incidents", list[Any])
    assert rows is not None
    for at, size in [(0, 0), (-5, 5), (2**62, 1), (0, 2**62), (10, 20)]:
        for row in rows:
            row[4][:2] = [at, size]
        cache.save(kept, "incidents", rows)

        assert outcome(book, kept) == outcome(book, None)


def test_records_of_another_type_are_read_again(book: Path, kept: Path) -> None:
    rows = cache.load(kept, "incidents", list[Any])
    assert rows is not None
    lie = msgspec.msgpack.encode({"id": 1, "updates": "none"})
    (kept / "records").write_bytes(lie)
    for row in rows:
        row[4] = [0, len(lie), _check(lie)]
    cache.save(kept, "incidents", rows)

    assert outcome(book, kept) == outcome(book, None)


def test_a_cache_of_another_generator_is_as_if_it_were_not_there(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cache, "fingerprint", lambda: "0" * 32)
        assert cache.load(kept, "incidents", list[Any]) is None
        outcome(book, kept)

    assert cache.load(kept, "incidents", list[Any]) is None
    assert outcome(book, kept) == outcome(book, None)


def test_a_cache_of_another_book_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    one, other = lay(tmp_path / "one", FILES), lay(tmp_path / "other")
    place = tmp_path / "cache"
    for root in (one, other, one):
        assert outcome(root, place) == outcome(root, None)


def test_where_nothing_can_be_kept_the_run_is_the_same(book: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert outcome(book, tmp_path / "file") == outcome(book, None)
    assert outcome(book, Path("/proc/statusbook")) == outcome(book, None)


def test_a_record_that_is_lost_while_its_files_change_is_never_guessed(
    book: Path, kept: Path
) -> None:
    (kept / "records").write_bytes(b"")
    read = read_book(book, kept)
    (book / UPDATE).write_text(GOOD[UPDATE].replace("ten seconds", "six seconds"))

    with pytest.raises(StatusbookError, match="changed while it was read: run the command again"):
        load_incident(read, read.incidents[0])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(minutes=st.lists(st.integers(-2_000, 2_000), min_size=1, max_size=6))
def test_the_clock_may_go_any_way_over_one_cache(
    book: Path, kept: Path, minutes: list[int]
) -> None:
    for some in minutes:
        now = CLOCK + timedelta(minutes=some)
        assert outcome(book, kept, now) == outcome(book, None, now)


def test_the_cache_keeps_itself_out_of_git(kept: Path) -> None:
    assert (kept.parent / ".gitignore").read_text() == "*\n"


def test_outdated_records_do_not_pile_up(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusbook.read.records._SPARE", 0)
    for number in range(20):
        (book / UPDATE).write_text(f"{GOOD[UPDATE]} {number}")
        assert outcome(book, kept) == outcome(book, None)

    live = sum(len(msgspec.msgpack.encode(one)) for one in outcome(book, None)[1])
    assert (kept / "records").stat().st_size <= 3 * live


def test_a_plan_that_was_broken_hides_nothing_when_it_is_mended(book: Path, kept: Path) -> None:
    for plan in ("components: [", None, "components: []", GOOD["plan/components.yml"]):
        (book / "plan/components.yml").unlink(missing_ok=True)
        lay(book, FILES | {"plan/components.yml": plan})

        assert outcome(book, kept) == outcome(book, None)
