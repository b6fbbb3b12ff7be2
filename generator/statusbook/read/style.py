"""Text of a style sheet -> what it would load from elsewhere."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))")
_LOADS: Final = re.compile(
    r"@import\b[^;]*"
    r"|(?:url|src|image|image-set|cross-fade)\(\s*[\"']?\s*(?P<target>[^)\"'\s]*)"
    r"|[\"'](?:[a-z][a-z0-9+.-]*:)?//\w[^\"']*",  # one more choice of an image-set
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


class Reference(NamedTuple):
    """Something that a style sheet loads, as it is written, and its line from 1."""

    text: str
    line: int


def outside_reference(css: str, own: str = "") -> Reference | None:
    """Return the first thing that a style sheet loads and that is not beside it.

    Escapes are read as browsers read them (CSS Syntax 3, 4.3.7), comments are passed over.

    Args:
        css: A style sheet or the value of an attribute.
        own: With what all targets must begin; without it any relative address will do.
    """
    if "(" not in css and "@" not in css and "\\" not in css:
        return None
    plain = _ESCAPE.sub(_letter, _COMMENT.sub(_lines_only, css))
    for found in _LOADS.finditer(plain):
        target = found["target"]
        if target is not None and target.startswith(own) and not _ELSEWHERE.match(target):
            continue
        return Reference(_shown(found[0]), plain.count("\n", 0, found.start()) + 1)
    return None


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    code = int(escape[1], 16)
    if code < 0x20:  # addresses are read without them
        return ""
    return chr(code) if code < 0xD800 else "\ufffd"


def _lines_only(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n") or " "


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
