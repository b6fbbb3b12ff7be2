"""Plain `key: value` lines are read a short way, which gives what the parser gives."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from statusbook.read.faults import Faults
from statusbook.read.nodes import _FLAT, Mapping, Node, Sequence, _Builder, _flat, parse_yaml

LINES = st.from_regex(r"[a-z_]{1,3}: [A-Za-z0-9 ._+@/:-]{1,20}\n", fullmatch=True)


def told(node: Node | None) -> Any:
    """Tell a tree as plain values, places and quotes included."""
    if isinstance(node, Mapping):
        return [(told(key), told(value)) for key, value in node.entries.values()] + [node.line]
    if isinstance(node, Sequence):
        return [told(child) for child in node.children]
    return node and (node.text, node.line, node.column, node.plain)


@given(st.lists(LINES, min_size=1, max_size=4).map("".join))
@example("at: 2026-11-21T14:05:09.5+01:00\nstatus: monitoring\n")
@example("a: 1 -\n")
@example("a: b:c\n")
@example("a: 12:30:45\n")
@example("a: x - y: z\n")
@example("a: null\n")
def test_the_short_way_gives_what_the_parser_gives(text: str) -> None:
    if not _FLAT.fullmatch(text):
        return
    flat = _flat(text, 2)
    faults = Faults("x")
    slow = _Builder(faults, 1).build(text)
    if flat is None:
        assert faults.found  # a repeated key
    else:
        assert not faults.found
        assert told(flat) == told(slow)


def test_most_updates_go_the_short_way() -> None:
    assert _FLAT.fullmatch("status: identified\nat: 2026-11-21T14:21Z\nnext_update: 30m\n")


def test_a_repeated_key_is_told_all_the_same() -> None:
    faults = Faults("x")
    parse_yaml("at: 1\nat: 2\n", faults)
    assert [problem.code for problem in faults.found] == ["E115"]
