"""A tree of nodes + a record's class -> the fields of the record, or every fault in them.

The field's type decides how a text is read, never the text's looks. Unknown keys, missing fields
and values of another shape are problems, and reading goes on after each of them. The fields `line`
and `lines` of a record are not written: they are filled with the places in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from collections.abc import Mapping as ReadOnly
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from statusbook.problems import did_you_mean
from statusbook.read import times
from statusbook.read.faults import Faults
from statusbook.read.nodes import Mapping, Node, Scalar, Sequence

MAX_TEXT: Final = 5_000

R = TypeVar("R", bound=msgspec.Struct)
Read = Callable[[Node, str, Faults], Any]
"""Turns the node of a named field into a value; None where it reported a problem."""

_SENTENCES: Final = frozenset({"title", "name", "description", "retracted", "note", "workaround"})
_COUNT: Final = re.compile("[0-9]{1,9}")
_HASHED: Final = frozenset({"accent", "accent_dark"})
"""Fields whose values begin with a `#`."""
_PLACES: Final = frozenset({"line", "lines"})
_NO_INSTEAD: Final[ReadOnly[str, Read]] = {}


def read_record(
    record: type[R],
    node: Node,
    faults: Faults,
    *,
    hidden: Collection[str] = (),
    instead: ReadOnly[str, Read] = _NO_INSTEAD,
    spare: ReadOnly[str, Any] | None = None,
) -> R | None:
    """Read a map as a record; None where anything in it is wrong.

    Args:
        record: A msgspec record whose fields have the names of the keys.
        node: The map.
        faults: Takes the problems.
        hidden: Fields that people do not write.
        instead: Readers for fields that are written otherwise than their type says.
        spare: What stands for needed fields that have a fault: with it, rules can still look at
            the other fields, and all that could be read of lists.
    """
    values = read_fields(record, node, faults, hidden=hidden, instead=instead, spare=spare)
    return None if values is None else record(**values)


def read_fields(
    record: type[R],
    node: Node,
    faults: Faults,
    *,
    hidden: Collection[str] = (),
    instead: ReadOnly[str, Read] = _NO_INSTEAD,
    spare: ReadOnly[str, Any] | None = None,
) -> dict[str, Any] | None:
    """Do the same as `read_record`, and return what the record is made of."""
    if not isinstance(node, Mapping):
        known = [name for name, field in _fields(record).items() if field.name not in hidden]
        hint = "fields are: " + ", ".join(known)
        _wrong_shape(node, "a map of fields (`name: value` lines)", faults, hint)
        return None
    before = faults.errors
    fields = _fields(record)
    values: dict[str, Any] = {}
    for written, (key, value) in node.entries.items():
        field = fields.get(written)
        if field is None or field.name in hidden:
            known = [name for name, other in fields.items() if other.name not in hidden]
            hint = _parted(written) or did_you_mean(written, known)
            faults.error(key, "E121", f'"{written}" is not a field here', hint)
        elif isinstance(value, Scalar) and value.empty:
            _tell_empty(key, value, faults, needed=field.required)
        else:
            read = instead.get(field.name) or field.read
            values[field.name] = read(value, written, faults)
    for written, field in fields.items():
        if field.required and field.name not in hidden and written not in node.entries:
            faults.error(node, "E123", f'"{written}" is missing', f"add a line `{written}: …`")
    if faults.errors > before:
        if spare is None:
            return None
        values = {**spare, **{name: value for name, value in values.items() if value is not None}}
    return values | _places(record, node)


class _Field(NamedTuple):
    name: str
    required: bool
    read: Read


@cache
def _fields(record: type[msgspec.Struct]) -> dict[str, _Field]:
    types = get_type_hints(record)
    return {
        field.encode_name: _Field(field.name, field.required, _reader(types[field.name]))
        for field in msgspec.structs.fields(record)
        if field.name not in _PLACES
    }


def _places(record: type[msgspec.Struct], node: Mapping) -> dict[str, Any]:
    """Fill what tells where a record and its fields stand."""
    if "line" in record.__struct_fields__:
        return {"line": node.line}
    if "lines" in record.__struct_fields__:
        return {"lines": {written: key.line for written, (key, _) in node.entries.items()}}
    return {}


def _reader(kind: Any) -> Read:  # noqa: ANN401
    """Choose how a field of a type is read."""
    if isinstance(kind, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    origin = get_origin(kind)
    if origin is list:
        return _list_of(_reader(get_args(kind)[0]))
    if origin is dict:
        return _map_of(_reader(get_args(kind)[1]))
    if issubclass(kind, StrEnum):
        return _word_of(kind)
    if issubclass(kind, msgspec.Struct):
        return lambda node, _name, faults: read_record(kind, node, faults)
    return _SCALARS[kind]


def text(node: Node, name: str, faults: Faults) -> str | None:
    """Read a text as it stands."""
    if not isinstance(node, Scalar):
        _wrong_shape(
            node, f'a text for "{name}"', faults, "put it in quotes if it begins with [ or {"
        )
        return None
    value = node.text.strip()
    if not value or node.empty:
        faults.error(node, "E122", f'"{name}" is empty', "write a value, or delete the line")
        return None
    if len(value) > MAX_TEXT:
        faults.error(node, "E124", f'"{name}" is longer than {MAX_TEXT} characters', "shorten it")
        return None
    return value


def prose(node: Node, name: str, faults: Faults) -> str | None:
    """Read a text that may be a sentence, of which a `#` would take the rest away."""
    if name in _SENTENCES and isinstance(node, Scalar) and node.cut is not None:
        faults.warning(node.cut, "E131", *_cut_off(name))
    return text(node, name, faults)


def _tell_empty(key: Scalar, value: Scalar, faults: Faults, *, needed: bool) -> None:
    if needed:
        faults.error(key, "E122", f'"{key.text}" is empty', "write a value, it is needed")
    elif key.text in _HASHED and value.cut is not None:
        faults.warning(value.cut, "E131", *_cut_off(key.text))


def _cut_off(name: str) -> tuple[str, str]:
    text = "#…" if name in _HASHED else "… #…"
    hint = f'put the text in quotes: `{name}: "{text}"`; two blanks before # mean a comment'
    return "what stands after # is a comment", hint


def moment(node: Node, name: str, faults: Faults) -> datetime | None:
    """Read a moment, as UTC."""
    return time_of(node, name, faults, times.moment)


def day(node: Node, name: str, faults: Faults) -> date | None:
    """Read a day."""
    return time_of(node, name, faults, times.day)


T = TypeVar("T")


def time_of(
    node: Node, name: str, faults: Faults, read: Callable[[str], T | times.Wrong]
) -> T | None:
    """Read a text in one of the ways of `times`."""
    written = text(node, name, faults)
    if written is None:
        return None
    value = read(written)
    if isinstance(value, times.Wrong):
        faults.error(node, "E125", value.message, value.hint)
        return None
    return value


def _truth(node: Node, name: str, faults: Faults) -> bool | None:
    written = text(node, name, faults)
    if written in {"true", "false"}:
        return written == "true"
    if written is not None:
        faults.error(node, "E126", f'"{written}" is neither true nor false', "write true or false")
    return None


def _whole(node: Node, name: str, faults: Faults) -> int | None:
    """Read a number of things: `0`, `12`."""
    written = text(node, name, faults)
    if written is None:
        return None
    if not _COUNT.fullmatch(written):
        faults.error(node, "E140", f'"{written}" is not a count', "write a number as 0, 1 or 12")
        return None
    return int(written)


def _word_of(words: type[StrEnum]) -> Read:
    known = {str(word): word for word in words}

    def read(node: Node, name: str, faults: Faults) -> StrEnum | None:
        written = text(node, name, faults)
        if written is not None and written not in known:
            hint = did_you_mean(written, known)
            faults.error(node, "E127", f'"{written}" is not a known {_noun(name)}', hint)
        return known.get(written or "")

    return read


def _noun(name: str) -> str:
    return "status" if name == "components" else name


def _list_of(read_one: Read) -> Read:
    def read(node: Node, name: str, faults: Faults) -> list[Any]:
        if isinstance(node, Mapping):
            _wrong_shape(node, f'a list for "{name}"', faults, "begin each line with `- `")
            return []
        # one value is a list of one: people write `approved_by: "@comms-lead"`
        children = node.children if isinstance(node, Sequence) else [node]
        found = (read_one(child, name, faults) for child in children)
        return [value for value in found if value is not None]

    return read


def _map_of(read_one: Read) -> Read:
    def read(node: Node, name: str, faults: Faults) -> dict[str, Any]:
        if not isinstance(node, Mapping):
            hint = "write {key: value}, or one `key: value` line for each"
            if isinstance(node, Scalar) and node.plain:
                hint = _parted(node.text) or hint
            _wrong_shape(node, f'a map for "{name}"', faults, hint)
            return {}
        values = {}
        for written, (key, value) in node.entries.items():
            if isinstance(value, Scalar) and value.empty and (hint := _parted(written)):
                faults.error(key, "E122", f'"{written}" has no value', hint)
            else:
                values[written] = read_one(value, name, faults)
        return values

    return read


def _parted(written: str) -> str:
    """Return a hint where a key and its value were written as one word."""
    key, colon, value = written.partition(":")
    if not colon or not key or not value or not value[0].isalnum():
        return ""
    return f"a blank is missing after the colon: `{key}: {value}`"


def _wrong_shape(node: Node, wanted: str, faults: Faults, hint: str) -> None:
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a map"}[type(node)]
    if isinstance(node, Scalar) and node.empty:
        found = "nothing"
    faults.error(node, "E120", f"{wanted} is needed here, not {found}", hint)


_SCALARS: Final[dict[type, Read]] = {
    str: prose,
    bool: _truth,
    int: _whole,
    datetime: moment,
    date: day,
}
