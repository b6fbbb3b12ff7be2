"""The bytes of one update file -> an update, or the problems in it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple

from msgspec.structs import replace

from statusbook.model.incident import Update
from statusbook.model.parts import Translation
from statusbook.read import times, typed
from statusbook.read.faults import Faults
from statusbook.read.guard import safe_text
from statusbook.read.message import check_message
from statusbook.read.nodes import Mapping, Node, Scalar, parse_yaml
from statusbook.read.workaround import FIELD, read_workaround, refuse_empty

_FENCE: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NOT_WRITTEN: Final = frozenset({"id", "body", "translations"})
_READ_OTHERWISE: Final[dict[str, typed.Read]] = {
    "next_update": partial(typed.time_of, read=times.promise),
    "workaround": read_workaround,
}


def read_update(raw: bytes, faults: Faults, update_id: str) -> Update | None:
    """Read an update; None where a fault forbids it.

    A promise that is written as a span counts from the update's own `at`.
    """
    text = _text(raw, faults)
    parts = None if text is None else _split(text, faults)
    if parts is None:
        return None
    refuse_empty(parts.head, faults)
    fields = typed.read_fields(
        Update, parts.head, faults, hidden=_NOT_WRITTEN, instead=_READ_OTHERWISE
    )
    if fields is None:
        return None
    promise = fields.get("next_update")
    if isinstance(promise, timedelta):
        fields["next_update"] = fields["at"] + promise
    fields["lines"].update(_component_lines(parts.head))
    return Update(**fields, id=update_id, body=parts.body)


def read_translation(raw: bytes, faults: Faults) -> Translation | None:
    """Read an update's text in another language; None where a fault forbids it.

    Front matter is needed only where more than the message is translated.
    """
    text = _text(raw, faults)
    if text is None:
        return None
    text = text.removeprefix("---\n---\n")
    # what looks like broken front matter must not be published as text
    if not text.lstrip().startswith(("---", "title:", "workaround:")):
        check_message(text, faults, 1)
        return Translation(body=text.strip("\n"))
    parts = _split(text, faults)
    if parts is None:
        return None
    refuse_empty(parts.head, faults)
    instead = {"workaround": read_workaround}
    translation = typed.read_record(
        Translation, parts.head, faults, hidden={"body"}, instead=instead
    )
    return None if translation is None else replace(translation, body=parts.body)


def translated_texts(raw: bytes, path: str) -> tuple[str, ...] | None:
    """Return what of an update people translate; None where that cannot be read."""
    faults = Faults(path)
    text = _text(raw, faults)
    parts = None if text is None else _split(text, faults)
    if parts is None or not isinstance(parts.head, Mapping):
        return None
    written = (parts.head.entries.get(name) for name in ("title", FIELD))
    nodes = [None if one is None else one[1] for one in written]
    texts = [node.text.strip() if isinstance(node, Scalar) else "" for node in nodes]
    return (*texts, parts.body.strip())


def _component_lines(head: Node) -> dict[str, int]:
    """Keep where each component stands, for rules that look at whole incidents."""
    if not isinstance(head, Mapping) or "components" not in head.entries:
        return {}
    _, named = head.entries["components"]
    if not isinstance(named, Mapping):
        return {}
    return {f"components.{name}": key.line for name, (key, _) in named.entries.items()}


class _Parts(NamedTuple):
    head: Node
    body: str


def _text(raw: bytes, faults: Faults) -> str | None:
    """Decode a file that says anything at all."""
    text = safe_text(raw, faults)
    if text is not None and not text.replace("-", "").strip():
        hint = "write front matter and a message, or delete it"
        faults.error(1, "E106", "the file is empty", hint)
        return None
    return text


def _split(text: str, faults: Faults) -> _Parts | None:
    """Cut a file into its front matter and its body, and check what the body may not hold."""
    opening = _FENCE.match(text)
    if opening is None:
        hint = "begin the file with a line `---`, the fields, and another line `---`"
        faults.error(1, "E107", "the front matter is missing", hint)
        return None
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        hint = "write a line `---` between the fields and the message"
        faults.error(1, "E107", "the front matter does not end", hint)
        return None
    head = parse_yaml(text[opening.end() + 1 : closing.start()], faults, first_line=2)
    if head is None:
        if not faults.found:
            faults.error(2, "E106", "the front matter is empty", "write at least `at:`")
        return None
    after = text[closing.end() + 1 :]
    body = after.strip("\n")
    blank = len(after) - len(after.lstrip("\n"))
    first_line = text.count("\n", 0, closing.end()) + 2 + blank
    check_message(body, faults, first_line)
    return _Parts(head, body)
