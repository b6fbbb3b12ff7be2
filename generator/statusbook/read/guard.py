"""Bytes of a source file -> text that is safe to parse, or the problems that forbid it."""

from __future__ import annotations

import re

from statusbook.read.faults import Faults

MAX_BYTES = 64 * 1024
"""A source file is a page of text; what is larger is a mistake or an attack."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    f"{_BIDI}\U000e0000-\U000e007f]|[{_COMBINING}]{{9,}}"
)
_UNSAFE_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BIDI_ONLY = re.compile(f"[{_BIDI}]")
_LFS = "version https://git-lfs"


def safe_text(raw: bytes, faults: Faults) -> str | None:
    """Decode a file's bytes; None where a fault forbids to go on.

    A byte-order mark at the start and CRLF line ends are taken away. Refused are: more than
    64 KiB, other encodings than UTF-8, bare CR, control and bidirectional characters, marks piled
    on one letter, pointers of git-lfs.
    """
    if len(raw) > MAX_BYTES:
        faults.error(1, *too_large())
        return None
    try:
        text = raw.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        kind = "it looks like UTF-16; " if raw.startswith(_UTF16) else ""
        line = raw.count(b"\n", 0, error.start) + 1
        hint = f"{kind}save it as UTF-8"
        faults.error(line, "E102", f"the file is not UTF-8 at byte {error.start}", hint)
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            line = text.count("\n", 0, text.index("\r")) + 1
            hint = "save the file with LF or CRLF line ends"
            faults.error(line, "E103", "a line ends in CR alone", hint)
            return None
    if text.startswith(_LFS):
        hint = "run `git lfs pull`, or keep source files out of git-lfs"
        faults.error(1, "E104", "the file is a pointer of git-lfs, not the text itself", hint)
        return None
    return text if has_safe_characters(text, faults) else None


def too_large(most: int = MAX_BYTES) -> tuple[str, str, str]:
    """Return code, message and hint for a file of more than `most` bytes."""
    hint = "split it up" if most == MAX_BYTES else "make it smaller: each reader loads it"
    return "E101", f"the file is larger than {most // 1024} kB", hint


def has_safe_characters(text: str, faults: Faults) -> bool:
    """Report the first character of a text that no page may hold; whether there is none."""
    pattern = _UNSAFE_ASCII if text.isascii() else _UNSAFE
    unsafe = pattern.search(text)
    if unsafe is None:
        return True
    before = text[: unsafe.start()]
    place = Place(before.count("\n") + 1, unsafe.start() - (before.rfind("\n") + 1) + 1)
    faults.error(place, "E105", *describe_unsafe(unsafe.group()))
    return False


def unsafe_in(value: str) -> str | None:
    """Return the first characters of a value that no page may hold, None where it is safe."""
    unsafe = _UNSAFE.search(value)
    return unsafe.group() if unsafe else None


def describe_unsafe(found: str) -> tuple[str, str]:
    """Return message and hint for characters that no page may hold."""
    if len(found) > 1:
        return (f"{len(found)} combining marks are piled on one letter", "write plain letters")
    code = f"U+{ord(found):04X}"
    if found == "\ufeff":
        return (f"a byte-order mark ({code}) stands inside the text", "delete it")
    if _BIDI_ONLY.match(found):
        hint = "delete it: it can make text read otherwise than it is"
        return (f"a character that turns the direction of text ({code})", hint)
    return (f"a control character ({code})", "delete it; it cannot be seen in most editors")


class Place:
    """A line and a column from 1, where there is no node to point at."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        """Keep both."""
        self.line = line
        self.column = column
