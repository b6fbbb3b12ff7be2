"""A YAML parser's error -> a problem in the writer's words, with a remedy where the cause is known.

The words of libyaml speak of tokens and indicators. Most of its errors have one of a few causes:
a text that needs quotes, a bracket or a quote left open, a line that is indented otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from yaml import YAMLError

from statusbook.read.faults import Faults
from statusbook.read.guard import Place

_FIELD: Final = re.compile(r"\s*((?:- )?[\w.-]+):\s+(\S.*?)(?:\s+#.*|\s*)")
_LISTED: Final = re.compile(r"(\s*- )(\S.*?)(?:\s+#.*|\s*)")
_GLUED: Final = re.compile(r"\s*([\w.-]+):([^\s:/].*)")
_ENDS_WITHIN: Final = re.compile(r"[][{},]")
_LONGEST: Final = 1_000
"""Characters of a line for which a hint shows how it is written."""
_BELOW: Final = "begin the fields of one map below each other, with blanks"

_SAID: Final = {
    "could not find expected ':'": (
        "a line that is not `field: value`",
        "write a colon and a blank after the field's name",
    ),
    "did not find expected '-' indicator": ("the line is not indented as the list above", _BELOW),
    "block sequence entries are not allowed in this context": (
        "a list begins on the line of its field",
        "begin the list on the next line, or put quotes around a text that begins with -",
    ),
    "did not find expected <document start>": (
        "more follows where the fields have ended",
        "delete a line `...`; put quotes around a text that begins with a quote or a bracket",
    ),
    "did not find expected node content": (
        "a value is missing, or a bracket is not closed",
        "write the value, close the bracket, or put quotes around a text that holds brackets",
    ),
    "found unknown escape character": (
        "a backslash in double quotes, and no escape that exists",
        r"write \\ for a backslash, or take single quotes",
    ),
    "did not find expected hexdecimal number": (
        "an escape that stands for no character",
        "write the character itself",
    ),
    "found invalid Unicode character escape code": (
        "an escape that stands for no character",
        "write the character itself",
    ),
}
"""What libyaml says, and what it means where its own place is the right one."""

_OPEN: Final = frozenset(
    {
        "found unexpected end of stream",
        "found unexpected document indicator",
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
    }
)
_CANNOT_BEGIN: Final = frozenset(
    {
        "found character that cannot start any token",
        "did not find expected alphabetic or numeric character",
        "did not find expected comment or line break",
        "found an indentation indicator equal to 0",
        "mapping keys are not allowed in this context",
    }
)


def explain(error: YAMLError, text: str, faults: Faults, offset: int) -> None:
    """Report an error that libyaml found in `text`, whose first line has `offset` lines before."""
    place, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    fault = _Fault(
        str(getattr(error, "problem", None) or error),
        text.split("\n"),
        (place.line, place.column) if place else (0, 0),
        (opened.line, opened.column) if opened else None,
    )
    said = next(said for cause in _CAUSES if (said := cause(fault)))
    line, column = said.place
    faults.error(Place(line + offset + 1, column + 1), said.code, said.message, said.hint)


class _Fault(NamedTuple):
    """What libyaml says; `place` is where it noticed, `opened` where what it speaks of begins."""

    problem: str
    lines: list[str]
    place: tuple[int, int]
    opened: tuple[int, int] | None

    def written(self, place: tuple[int, int]) -> str:
        return self.lines[place[0]] if place[0] < len(self.lines) else ""


class _Said(NamedTuple):
    place: tuple[int, int]
    message: str
    hint: str
    code: str = "E119"


def _tab(fault: _Fault) -> _Said | None:
    line, column = fault.place
    before = fault.written(fault.place)[: column + 1]
    if "\t" not in before:
        return None
    message = "a tab stands where blanks are needed"
    return _Said((line, before.index("\t")), message, "indent with blanks", "E117")


def _colon(fault: _Fault) -> _Said | None:
    if not fault.problem.startswith(("mapping values are not allowed", "found unexpected ':'")):
        return None
    written = fault.written(fault.place)
    if written.find(":") == fault.place[1]:
        above = fault.place[0] - 1
        if above >= 0 and (glued := _GLUED.fullmatch(fault.lines[above])):
            hint = f"write {glued[1]}: {glued[2].strip()}"
            return _Said((above, glued.end(1)), "a blank is missing after the colon", hint)
        return _Said(fault.place, "the line is indented deeper than the one above", _BELOW)
    message = "a colon inside a text that has no quotes"
    return _Said(fault.place, message, _with_quotes(written), "E118")


def _after_the_end(fault: _Fault) -> _Said | None:
    if fault.problem != "did not find expected key":
        return None
    written = fault.written(fault.place)
    if not written[: fault.place[1]].strip():
        return _Said(fault.place, "the line is not indented as those above", _BELOW)
    message = "more follows after a closing quote or bracket"
    return _Said(fault.place, message, _with_quotes(written))


def _left_open(fault: _Fault) -> _Said | None:
    if fault.problem not in _OPEN or fault.opened is None:
        return None
    column = fault.opened[1]
    sign = fault.written(fault.opened)[column : column + 1]
    message = f"what {sign} opens is never closed"
    return _Said(fault.opened, message, f"close it; a text that only begins with {sign} is quoted")


def _beginning(fault: _Fault) -> _Said | None:
    if fault.problem not in _CANNOT_BEGIN:
        return None
    line, column = fault.place
    if fault.opened and fault.opened[0] == line:
        column = fault.opened[1]
    written = fault.written(fault.place)
    message = f"a text that begins with {written[column : column + 1]} has no quotes"
    return _Said((line, column), message, _within(written, column) or _with_quotes(written))


def _known(fault: _Fault) -> _Said | None:
    said = _SAID.get(fault.problem)
    begins_above = fault.opened if fault.problem == "could not find expected ':'" else None
    return _Said(begins_above or fault.place, *said) if said else None


def _other(fault: _Fault) -> _Said:
    if "tag" in fault.problem:
        hint = "delete the tag, or quote the text"
        return _Said(fault.place, "tags are not allowed", hint, "E113")
    hint = "check quotes, brackets and indentation on this line and the one before"
    return _Said(fault.place, f"not readable as YAML: {fault.problem}", hint)


_CAUSES: Final[tuple[Callable[[_Fault], _Said | None], ...]] = (
    _tab,
    _colon,
    _after_the_end,
    _left_open,
    _beginning,
    _known,
    _other,
)


def _with_quotes(written: str) -> str:
    """Say how a line `field: value` or `- value` is written with quotes."""
    if len(written) > _LONGEST:
        return "put quotes around the whole text"
    if listed := _LISTED.fullmatch(written):
        return f"write {listed[1].lstrip()}{_quoted(listed[2])}"
    found = _FIELD.fullmatch(written)
    if found is None:
        return "put quotes around the whole text"
    return f"write {found[1]}: {_quoted(found[2])}"


def _within(written: str, column: int) -> str | None:
    """Say the same of a text within brackets at a column; None where no bracket is open there."""
    if len(written) > _LONGEST:
        return None
    before = written[:column]
    opened = max(before.rfind("["), before.rfind("{"))
    found = _FIELD.fullmatch(written)
    if opened < 0 or found is None or opened < found.start(2) or found[2][0] not in "[{":
        return None
    sign = written[column : column + 1]
    if before[opened] == "[":
        listed = written[opened + 1 :].partition("]")[0].split(",")
        words = [
            word if word[:1] in {"'", '"'} else _quoted(word) for word in map(str.strip, listed)
        ]
        return f"put each word that begins with {sign} in quotes: [{', '.join(words)}]"
    name = re.search(r"[\w.-]+:\s+$", before)
    word = _quoted(_ENDS_WITHIN.split(written[column:], maxsplit=1)[0].strip())
    return f"put the word that begins with {sign} in quotes: {name[0] if name else ''}{word}"


def _quoted(text: str) -> str:
    """Put a text in double quotes, instead of those around it that one within it ends."""
    sign = text[0] if text else ""
    if sign in {"'", '"'} and text.endswith(sign):
        inner = text.find(sign, 1)
        if text[inner + 1 : inner + 2].isalnum():
            text = text[1:-1]
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
