"""HTML that other tools hold -> Markdown that shows the same text.

The HTML is parsed as browsers do by nh3, which leaves few tags, all of them closed. Python's own
parser takes half a minute for 60 kB of `<a `.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final, NamedTuple

import nh3

from statusbook.importers.escape import escape, escape_line_start, with_breaks
from statusbook.importers.inline import Inline

_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "table",
        "tr",
        "td",
        "th",
        "section",
    ]
)
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_SAME: Final = {"strike": "s"}
_THROUGH: Final = frozenset(
    [
        "span",
        "small",
        "var",
        "font",
        "u",
        "sub",
        "sup",
        "time",
        "abbr",
        "center",
        "tbody",
        "thead",
        "tfoot",
        "dl",
        "dt",
        "dd",
        "cite",
        "mark",
    ]
)
_HIDDEN: Final = frozenset({"script", "style"})
_KNOWN: Final = (
    _BLOCKS | _MARKS.keys() | _SAME.keys() | _THROUGH | _HIDDEN | {"a", "br", "code", "img"}
)

_NAMES: Final = "|".join(sorted(_KNOWN, key=len, reverse=True))
_TAG: Final = re.compile(rf"</?(?:{_NAMES})\b[^<>]*>", re.IGNORECASE)
_NOT_A_TAG: Final = re.compile(rf"<(?!/?(?:{_NAMES})\b|!--)", re.IGNORECASE)
_BREAKS: Final = re.compile(r"<(?:br|p|div|ul|ol|li|pre|table|h[1-6])\b", re.IGNORECASE)
_SAME_TAG: Final = re.compile(rf"(</?)({'|'.join(_SAME)})\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r'<(/?)([a-z0-9]+)((?:[^<>"]|"[^"]*")*)>|([^<]+)')
_ATTRIBUTE: Final = re.compile(r'(href|src|alt)="([^"]*)"')
_DEEPEST: Final = 12


def is_html(text: str) -> bool:
    """Tell HTML from plain text: it holds at least one tag that HTML knows."""
    return bool(_TAG.search(text))


def markdown_of(text: str) -> str:
    """Turn the text of an update, HTML or plain, into Markdown."""
    return markdown_of_html(text) if is_html(text) else escape(text)


def markdown_of_html(text: str) -> str:
    """Turn HTML into Markdown: lists, links, emphasis, code; other tags leave their text.

    What looks like a tag but is none (`<your-token>`) stays as text. Where nothing else breaks
    lines, line ends do, as Statuspage shows them.
    """
    if not _BREAKS.search(text):
        text = text.strip().replace("\n", "<br>")
    marked = _SAME_TAG.sub(lambda tag: tag[1] + _SAME[tag[2].lower()], _NOT_A_TAG.sub("&lt;", text))
    tags = set(_KNOWN - _THROUGH - _HIDDEN - _SAME.keys())
    attributes = {"a": {"href"}, "img": {"src", "alt"}}
    clean = nh3.clean(
        marked,
        tags=tags,
        attributes=attributes,
        clean_content_tags=set(_HIDDEN),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _Writer().write(clean)


class _Open(NamedTuple):
    """A block that is open: its tag, and the closed blocks in it as Markdown."""

    tag: str
    blocks: list[str]


class _Writer:
    """Builds blocks from the inside out: a closed block becomes a text in the one around it."""

    def __init__(self) -> None:
        self.open: list[_Open] = [_Open("", [])]
        self.inline = Inline()
        self.too_deep = 0

    def write(self, html: str) -> str:
        for end, tag, attributes, text in _TOKEN.findall(html):
            if text:
                self._text(unescape(text))
            elif tag in _BLOCKS:
                self._block(tag, end=bool(end))
            elif tag == "br":
                self.inline.line_break()
            elif tag == "img":
                found = dict(_ATTRIBUTE.findall(attributes))
                self.inline.link(unescape(found.get("src", "")))
                self.inline.text(unescape(found.get("alt", "") or found.get("src", "")))
                self.inline.end_link()
            elif tag == "a":
                found = dict(_ATTRIBUTE.findall(attributes))
                self.inline.end_link() if end else self.inline.link(unescape(found.get("href", "")))
            elif tag == "code":
                self.inline.code(on=not end)
            else:
                self.inline.emphasis(_MARKS[tag], on=not end)
        self._flush()
        while len(self.open) > 1:
            self._close()
        return "\n\n".join(self.open[0].blocks)

    def _text(self, text: str) -> None:
        if self.open[-1].tag == "pre":
            self.open[-1].blocks.append(text)
        else:
            self.inline.text(text)

    def _block(self, tag: str, *, end: bool) -> None:
        self._flush()
        if tag == "hr":
            self.open[-1].blocks.append("---")
        elif end and self.too_deep:
            self.too_deep -= 1
        elif end:
            if any(block.tag == tag for block in self.open):
                while self.open[-1].tag != tag:
                    self._close()
                self._close()
        elif len(self.open) > _DEEPEST:
            self.too_deep += 1
        else:
            self.open.append(_Open(tag, []))

    def _flush(self) -> None:
        text = self.inline.take()
        if not text:
            return
        lines = text.split("\n")
        if self.open[-1].tag in _HEADINGS:
            self.open[-1].blocks.append(" ".join(lines))
        else:
            self.open[-1].blocks.append(with_breaks([escape_line_start(line) for line in lines]))

    def _close(self) -> None:
        tag, blocks = self.open.pop()
        text = _FINISH.get(tag, _apart)(blocks)
        if text:
            self.open[-1].blocks.append(text)


def _apart(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


def _bullets(blocks: list[str]) -> str:
    return "\n".join(_indented("- ", block) for block in blocks)


def _numbers(blocks: list[str]) -> str:
    return "\n".join(_indented(f"{number}. ", block) for number, block in enumerate(blocks, 1))


def _indented(mark: str, block: str) -> str:
    first, *rest = block.split("\n")
    margin = " " * len(mark)
    return "\n".join([mark + first, *(margin + line if line else "" for line in rest)])


def _list_part(blocks: list[str]) -> str:
    """Join an item's blocks; a list right below its sentence needs no blank line."""
    return re.sub(r"\n\n(?=- |1\. )", "\n", _apart(blocks))


def _quotation(blocks: list[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _apart(blocks).split("\n") if blocks)


def _code(blocks: list[str]) -> str:
    text = "".join(blocks).strip("\n")
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}\n{text}\n{fence}" if text else ""


def _heading(level: int) -> Callable[[list[str]], str]:
    return lambda blocks: f"{'#' * level} {' '.join(blocks)}" if blocks else ""


def _row(cells: list[str]) -> str:
    return " | ".join(" ".join(cell.split("\n")) for cell in cells)


_HEADINGS: Final = {f"h{level}": _heading(level) for level in range(1, 7)}
_FINISH: Final[dict[str, Callable[[list[str]], str]]] = {
    "ul": _bullets,
    "ol": _numbers,
    "li": _list_part,
    "blockquote": _quotation,
    "pre": _code,
    "tr": _row,
    "table": with_breaks,
    **_HEADINGS,
}
