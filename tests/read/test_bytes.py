"""Bytes that no case file can hold: other encodings, sizes, depths (catalogue A 1, 2, 6, 13-24)."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from small_book import GOOD, UPDATE, incidents_of, lay, said_of
from statusbook.model.public import publish_incident
from statusbook.read.faults import Faults
from statusbook.read.guard import MAX_BYTES
from statusbook.read.update import read_update

GOOD_UPDATE = GOOD[UPDATE].encode()


def said_of_update(tmp_path: Path, raw: bytes) -> list[str]:
    lay(tmp_path, {UPDATE: raw})
    return [line.removeprefix(UPDATE) for line in said_of(tmp_path).splitlines()]


def front_matter(lines: str) -> bytes:
    return f"---\ntitle: Slow\nstatus: resolved\n{lines}\n---\nHello.\n".encode()


@pytest.mark.parametrize("many", [40_000, 1_000_000])
@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "{a: "])
def test_1_depth_is_refused_before_it_is_built(tmp_path: Path, sign: str, many: int) -> None:
    said = said_of_update(tmp_path, front_matter(f"at: {sign * many}"))

    if len(sign) * many > MAX_BYTES:
        assert said[0] == ":1:1 E101 the file is larger than 64 kB"
    else:
        assert said[0].split()[1] in {"E110", "E116", "E119"}


@pytest.mark.parametrize("sign", ["[", "{a: "])
def test_1_the_plan_is_guarded_like_an_update(tmp_path: Path, sign: str) -> None:
    lay(tmp_path, {"plan/components.yml": sign * 16_000})

    assert " E110 nested too deep" in said_of(tmp_path)


def test_2_an_alias_bomb_of_twenty_levels_is_never_expanded(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 21)]
    said = said_of_update(tmp_path, front_matter("\n".join(["a0: &a0 [x, x]", *levels])))

    assert said == [
        ":4:5 E112 anchors and aliases are not allowed",
        "    write the value out, or quote it",
    ]


def test_2_a_merge_bomb_of_seven_levels_is_never_merged(tmp_path: Path) -> None:
    levels = [f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}" for n in range(1, 8)]
    said = said_of_update(tmp_path, front_matter("\n".join(["m0: &m0 {a: 1}", *levels])))

    assert said[0] == ":4:5 E112 anchors and aliases are not allowed"


def test_more_values_than_anybody_writes_are_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"plan/components.yml": "[" + "a," * 20_001 + "]"})

    assert " E111 more than 20000 values in one file" in said_of(tmp_path)


@pytest.mark.parametrize(
    "text", ["NO", "on", "yes", "010", "1_000", "1.10", "1e400", "0x1f", ".inf", "2026-11-21"]
)
def test_6_a_text_stays_as_it_is_written(tmp_path: Path, text: str) -> None:
    lay(tmp_path, {UPDATE: GOOD[UPDATE].replace("Product search is slow", text)})

    assert incidents_of(tmp_path)[0].updates[0].title == text


def test_21_digits_without_end_are_a_text_or_no_time(tmp_path: Path) -> None:
    digits = "1" * 4_999
    said = said_of_update(tmp_path, front_matter(f"at: {digits}\ntitel: {digits}"))

    assert f':4:5 E125 "{"1" * 40}…" is not a time' in said
    assert all(len(line) < 450 for line in said)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("latin-1", "the file is not UTF-8 at byte 13"),
        ("cp1250", "the file is not UTF-8 at byte 13"),
        ("utf-16", "the file is not UTF-8 at byte 0"),
        ("utf-16-be", "a control character (U+0000)"),
        ("utf-32", "the file is not UTF-8 at byte 0"),
    ],
)
def test_16_other_encodings_are_refused_with_the_byte(
    tmp_path: Path, encoding: str, words: str
) -> None:
    raw = "---\ntitle: Störung\n---\nHallo.\n".encode(encoding)
    if encoding == "utf-16-be":
        raw = "---\ntitle: Slow\n---\nHello.\n".encode(encoding)

    assert words in said_of_update(tmp_path, raw)[0]


def test_16_utf_16_is_named(tmp_path: Path) -> None:
    assert said_of_update(tmp_path, GOOD[UPDATE].encode("utf-16")) == [
        ":1:1 E102 the file is not UTF-8 at byte 0",
        "    it looks like UTF-16; save it as UTF-8",
    ]


@pytest.mark.parametrize("raw", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\x80"])
def test_16_what_is_never_utf_8_is_told_with_its_line(tmp_path: Path, raw: bytes) -> None:
    at = len(GOOD_UPDATE)

    assert said_of_update(tmp_path, GOOD_UPDATE + raw)[0] == (
        f":8:1 E102 the file is not UTF-8 at byte {at}"
    )


@pytest.mark.parametrize("change", ["bom", "crlf", "order", "comments", "fences"])
def test_13_14_26_what_editors_do_changes_nothing_that_is_published(
    tmp_path: Path, change: str
) -> None:
    text = GOOD[UPDATE]
    lines = text.splitlines(keepends=True)
    changed = {
        "bom": "\ufeff" + text,
        "crlf": text.replace("\n", "\r\n"),
        "order": "".join([lines[0], *reversed(lines[1:5]), *lines[5:]]),
        "comments": "".join([lines[0], "# why\n", *lines[1:5], "  # more\n", *lines[5:]]),
        "fences": "".join(["---  \n", *lines[1:5], "---\t\n", *lines[6:]]),
    }[change]
    lay(tmp_path / "plain")
    lay(tmp_path / "changed", {UPDATE: changed})

    assert said_of(tmp_path / "changed") == ""
    plain, other = (
        [publish_incident(incident) for incident in incidents_of(tmp_path / book)]
        for book in ("plain", "changed")
    )
    assert other == plain


def test_23_a_file_of_64_kb_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    fitting = GOOD_UPDATE.ljust(MAX_BYTES, b"x")

    assert said_of_update(tmp_path, fitting) == []
    assert said_of_update(tmp_path, fitting + b"x") == [
        ":1:1 E101 the file is larger than 64 kB",
        "    split it up",
    ]


@pytest.mark.parametrize("path", [UPDATE, "plan/status-page.yml", "plan/components.yml"])
def test_24_a_file_of_10_mb_is_refused_without_reading_it(tmp_path: Path, path: str) -> None:
    lay(tmp_path, {path: b"a"})
    with (tmp_path / path).open("r+b") as file:
        file.truncate(100 * 1024 * 1024)  # sparse: to read it all would show in the memory
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert f"{path}:1:1 E101 the file is larger than 64 kB" in said_of(tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_24_one_line_of_64_kb_is_told_in_one_short_line(tmp_path: Path) -> None:
    said = said_of_update(tmp_path, front_matter("x" * 60_000))

    assert 0 < max(len(line) for line in said) < 450


def test_32_brackets_in_a_message_are_a_message() -> None:
    faults = Faults(UPDATE)
    for hostile in ["[" * 60_000, "[a](" * 10_000, ">" * 5_000, "*a" * 10_000, "![" * 30_000]:
        update = read_update(GOOD_UPDATE + hostile.encode(), faults, "1-a")
        assert update is not None
        assert update.body.endswith(hostile)


def test_40_a_title_of_300_emoji_fits_and_one_more_does_not(tmp_path: Path) -> None:
    turtles = "\N{TURTLE}" * 300
    text = GOOD[UPDATE].replace("Product search is slow", turtles)

    assert said_of_update(tmp_path / "a", text.encode()) == []
    assert said_of_update(tmp_path / "b", text.replace(turtles, turtles + "!").encode()) == [
        ":2:1 E312 the title is longer than 300 characters",
        "    say what users notice; details belong into the message",
    ]


def test_41_a_word_of_4000_letters_is_a_message(tmp_path: Path) -> None:
    assert said_of_update(tmp_path, GOOD_UPDATE + b"x" * 4_000) == []


def test_42_a_table_of_fifty_columns_fits_and_one_of_a_thousand_does_not(tmp_path: Path) -> None:
    def table(columns: int) -> bytes:
        row = "|".join(["", *["a"] * columns, ""])
        return GOOD_UPDATE + f"\n{row}\n|{'-|' * columns}\n".encode()

    assert said_of_update(tmp_path / "a", table(50)) == []
    assert said_of_update(tmp_path / "b", table(1_000)) == [
        ":9:1 E108 a table of more than 50 columns",
        "    no reader can follow it: link to it instead",
    ]


def test_a_text_of_5000_characters_fits_and_one_more_does_not(tmp_path: Path) -> None:
    def noted(length: int) -> bytes:
        return front_matter(f"at: 2026-11-21T14:05Z\ninternal:\n  note: {'x' * length}")

    assert said_of_update(tmp_path / "a", noted(5_000)) == []
    assert said_of_update(tmp_path / "b", noted(5_001)) == [
        ':6:9 E124 "note" is longer than 5000 characters',
        "    shorten it",
    ]
