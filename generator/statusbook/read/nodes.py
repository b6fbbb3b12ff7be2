"""Text of YAML -> a tree in which every scalar is text and every node knows its place.

The events of libyaml are walked in a loop, so that depth costs no stack (PyYAML's own composer
dies of 40 kB of `[`), and the guard's limits hold before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from statusbook.read.faults import Faults
from statusbook.read.guard import Place, describe_unsafe, unsafe_in
from statusbook.read.yaml_faults import explain

MAX_DEPTH: Final = 20
MAX_NODES: Final = 20_000


class Scalar:
    """A text as it stands in the file; `plain` says that it was written without quotes.

    `cut` is where a comment begins one blank behind it, None where none does.
    """

    __slots__ = ("column", "cut", "line", "plain", "text")

    def __init__(self, text: str, line: int, column: int, *, plain: bool) -> None:
        """Keep text and place."""
        self.text = text
        self.line = line
        self.column = column
        self.plain = plain
        self.cut: Place | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was written: no text, `~` or `null`."""
        return self.plain and self.text in _NOTHING


class Sequence:
    """A list."""

    __slots__ = ("children", "column", "line")

    def __init__(self, line: int, column: int) -> None:
        """Begin empty."""
        self.line = line
        self.column = column
        self.children: list[Node] = []


class Mapping:
    """Keys and values in the order of the file, each key once."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, line: int, column: int) -> None:
        """Begin empty."""
        self.line = line
        self.column = column
        self.entries: dict[str, tuple[Scalar, Node]] = {}


Node = Scalar | Sequence | Mapping

# Values begin with a letter or a digit; a colon in them is followed by something: no mark-up.
_FLAT = re.compile(r"(?:[a-z_]+: [A-Za-z0-9](?:[A-Za-z0-9 ._+@/-]|:(?=[0-9A-Za-z]))*(?<! )\n)+")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(text: str, faults: Faults, first_line: int = 1) -> Node | None:
    """Read one YAML document; None where it is empty or a fault forbids to go on.

    Refused with their place: nesting deeper than 20, more than 20,000 nodes, anchors, aliases,
    tags, a second document, a repeated key, a key that is not text.

    Args:
        text: Checked by the guard before.
        faults: Takes the problems.
        first_line: Line of the file on which `text` begins.
    """
    if _FLAT.fullmatch(text) and (flat := _flat(text, first_line)):
        return flat
    try:
        return _Builder(faults, first_line - 1).build(text)
    except YAMLError as error:
        explain(error, text, faults, first_line - 1)
        return None


def _flat(text: str, first_line: int) -> Mapping | None:
    """Read lines of `key: value`, which most updates consist of; None where a key is repeated.

    The parser gives the same and takes five times as long.
    """
    mapping = Mapping(first_line, 1)
    lines = text.splitlines()
    for number, line in enumerate(lines, first_line):
        key, _, value = line.partition(": ")
        mapping.entries[key] = (
            Scalar(key, number, 1, plain=True),
            Scalar(value, number, len(key) + 3, plain=True),
        )
    return mapping if len(mapping.entries) == len(lines) else None


class _Builder:
    """The walk over the events: a stack of open nodes instead of recursion."""

    def __init__(self, faults: Faults, offset: int) -> None:
        self.faults = faults
        self.offset = offset + 1
        self.stack: list[tuple[Sequence | Mapping, Scalar | None]] = []
        self.key: Scalar | None = None
        self.root: Node | None = None
        self.nodes = 0
        self.lines: list[str] = []
        """Those of the text, where it may hold comments."""

    def build(self, text: str) -> Node | None:
        if " #" in text:
            self.lines = text.split("\n")
        get_event: Callable[[], Any] = CParser(text).get_event
        while True:
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                if not self._scalar(event):
                    return None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if not self._open(event, Mapping if kind is MappingStartEvent else Sequence):
                    return None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node, self.key = self.stack.pop()
                self._place(node)
            elif kind is StreamEndEvent:
                return self.root
            elif kind in _NEVER or (kind is DocumentStartEvent and self.root):
                self._refuse(event, *_NEVER.get(kind, _DOCUMENTS))
                return None

    def _scalar(self, event: Any) -> bool:  # noqa: ANN401
        if not self._allowed(event):
            return False
        mark = event.start_mark
        plain = not event.style
        scalar = Scalar(event.value, mark.line + self.offset, mark.column + 1, plain=plain)
        if not plain and (found := unsafe_in(event.value)):
            self.faults.error(scalar, "E105", *describe_unsafe(found))
            return False
        if plain and self.lines:
            scalar.cut = self._comment_at(event.end_mark.line, event.end_mark.column)
        stack = self.stack
        if stack and self.key is None and type(stack[-1][0]) is Mapping:
            return self._take_key(stack[-1][0], scalar)
        self._place(scalar)
        return True

    def _comment_at(self, line: int, end: int) -> Place | None:
        if not self.lines[line].startswith(" #", end):
            return None
        return Place(line + self.offset, end + 2)

    def _take_key(self, mapping: Mapping, scalar: Scalar) -> bool:
        earlier = mapping.entries.get(scalar.text)
        if earlier is not None:
            line = earlier[0].line
            message = f'"{scalar.text}" stands twice, here and on line {line}'
            self.faults.error(scalar, "E115", message, "keep one of the two")
        self.key = scalar
        return True

    def _open(self, event: Any, kind: type[Sequence | Mapping]) -> bool:  # noqa: ANN401
        if not self._allowed(event):
            return False
        mark = event.start_mark
        node = kind(mark.line + self.offset, mark.column + 1)
        if self.stack and self.key is None and type(self.stack[-1][0]) is Mapping:
            message = "a key is a list or a map"
            self.faults.error(node, "E116", message, "write a word before the colon")
            return False
        if len(self.stack) >= MAX_DEPTH:
            message = f"nested too deep (more than {MAX_DEPTH} levels)"
            self.faults.error(node, "E110", message, "write it flatter")
            return False
        self.stack.append((node, self.key))
        self.key = None
        return True

    def _allowed(self, event: Any) -> bool:  # noqa: ANN401
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, "E111", f"more than {MAX_NODES} values in one file", "split it up")
        elif event.anchor is not None:
            self._refuse(event, *_ANCHORS)
        elif event.tag is not None:
            self._refuse(event, "E113", f"tags are not allowed ({event.tag})", "delete the tag")
        else:
            return True
        return False

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1][0]
        if isinstance(parent, Sequence):
            parent.children.append(node)
        elif self.key is not None:
            parent.entries[self.key.text] = (self.key, node)
            self.key = None

    def _refuse(self, event: Any, code: str, message: str, hint: str) -> None:  # noqa: ANN401
        mark = event.start_mark
        place = Place(mark.line + self.offset, mark.column + 1)
        self.faults.error(place, code, message, hint)


_ANCHORS = ("E112", "anchors and aliases are not allowed", "write the value out, or quote it")
_NEVER = {AliasEvent: _ANCHORS}
_DOCUMENTS = ("E114", "a second document begins", "one file is one document: delete the line `---`")
