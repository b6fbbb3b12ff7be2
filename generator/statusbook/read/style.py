"""Text of a style sheet -> what it would load from elsewhere.

It is cut into tokens as browsers cut it (CSS Syntax 3, 4.3), so that neither an escape nor a
comment nor a string hides an address. What is doubtful is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ESCAPED: Final = r"\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n])"
_NAME: Final = rf"(?:[-\w]|[^\x00-\x7f]|{_ESCAPED})++"
_IN_STRING: Final = r"[^\\\n{}]|\\.|\\\Z"
_TOKEN: Final = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    rf'|"(?P<double>(?:{_IN_STRING.format(chr(34))})*+)(?:"|(?=\n)|\Z)'
    rf"|'(?P<single>(?:{_IN_STRING.format(chr(39))})*+)(?:'|(?=\n)|\Z)"
    rf"|@(?P<rule>{_NAME})"
    rf"|\#{_NAME}"
    rf"|(?P<name>{_NAME})(?P<call>\()?"
    r"|(?P<other>.)",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[ \t\n]*+(?![ \t\n\"'])(?P<target>(?:[^)\\]|\\.|\\\Z)*+)\)?", re.DOTALL)
"""What follows `url(` where it stands without quotes."""
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(\n)|(.)|\Z)", re.DOTALL)
_NEWLINE: Final = re.compile(r"\r\n|[\r\f]")

_LOADERS: Final = frozenset({"url", "src", "image", "image-set", "cross-fade", "url-prefix"})
_PREFIX: Final = re.compile(r"-[a-z]+-(?=[a-z])")
_WITHIN: Final = re.compile(
    r"type|calc|(?:rgb|hsl)a?|(?:repeating-)?(?:linear|radial|conic)-gradient"
)
"""Functions within those that load that hold no address, nor stand for something elsewhere."""
_DOUBTFUL: Final = re.compile(r"[\x00-\x20\x7f\"'()\\]")
_ELSEWHERE: Final = re.compile(r"//|[^/?#]*:|.*[\x00-\x1f\x7f\\]", re.DOTALL)
_SHOWN: Final = 60
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}


class Reference(NamedTuple):
    """Something that a style sheet loads: its address, how to tell it, and its line from 1.

    There is no address where it cannot be known for sure.
    """

    target: str | None
    text: str
    line: int


def outside_reference(css: str, own: str = "") -> Reference | None:
    """Return the first thing that a style sheet loads and that is not beside it.

    Args:
        css: A style sheet or the value of an attribute.
        own: With what all targets must begin; without it any relative address will do.
    """
    for found in references(css):
        target = None if found.target is None else found.target.strip(" ")
        if target is None or _ELSEWHERE.match(target) or not target.startswith(own):
            return found
    return None


def references(css: str) -> Iterator[Reference]:
    """Yield all that a style sheet loads."""
    if "(" in css or "@" in css:
        yield from _Reading(_NEWLINE.sub("\n", css).replace("\0", "\ufffd")).references()


class _Reading:
    """The walk through one style sheet: what is open, and how much of that loads."""

    def __init__(self, css: str) -> None:
        self.css = css
        self.at = 0
        self.start = 0
        self.opened: list[str] = []
        self.loading = 0
        self.is_namespace = False

    def references(self) -> Iterator[Reference]:
        while token := _TOKEN.match(self.css, self.at):
            self.start, self.at = token.span()
            string = token["double"] if token["single"] is None else token["single"]
            found = None
            if string is not None:
                found = self.string(_plain(string))
            elif token["rule"]:
                found = self.rule(_plain(token["rule"]).lower())
            elif token["call"]:
                found = self.call(_PREFIX.sub("", _plain(token["name"]).lower()))
            elif token["other"]:
                self.other(token["other"])
            if found and not self.is_namespace:
                yield found

    def string(self, target: str) -> Reference | None:
        if not self.loading:
            return None
        return self.reference(f'{self.opened[-1]}("{target}")', target)

    def rule(self, name: str) -> Reference | None:
        self.is_namespace = name == "namespace"
        if name != "import":
            return None
        return self.reference(_plain(self.css[self.start :].partition(";")[0]))

    def call(self, name: str) -> Reference | None:
        if name == "url" and (bare := _BARE.match(self.css, self.at)):
            self.at = bare.end()
            target = bare["target"].rstrip(" \t\n")
            text = f"url({_plain(target)})"
            return self.reference(text, None if _DOUBTFUL.search(target) else target)
        is_doubtful = self.loading and name not in _LOADERS and not _WITHIN.fullmatch(name)
        found = self.reference(f"{name}(…) in {self.opened[-1]}(…)") if is_doubtful else None
        self.opened.append(name)
        self.loading += name in _LOADERS
        return found

    def other(self, letter: str) -> None:
        if letter in ";{":
            self.is_namespace = False
        if letter in "([{":
            self.opened.append(letter)
        elif letter in _CLOSING and self.opened:
            last = self.opened[-1]
            if _CLOSING[letter] == (last if last in ("[", "{") else "("):
                self.loading -= self.opened.pop() in _LOADERS

    def reference(self, text: str, target: str | None = None) -> Reference:
        text = " ".join(text.split())
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        return Reference(target, shown, self.css.count("\n", 0, self.start) + 1)


def _plain(written: str) -> str:
    """Read escapes as browsers read them (CSS Syntax 3, 4.3.7)."""
    return _ESCAPE.sub(_letter, written) if "\\" in written else written


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[3] or ""
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"
