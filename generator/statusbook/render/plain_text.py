"""The HTML of an update -> plain text for the API, the calendar and messages.

Knows only the tags that `render.markdown` makes, which are always closed and never hold a quote
or an angle bracket outside its attribute; this is no parser for other HTML.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r'<(/?)([a-z0-9]+)((?:[^<>"]|"[^"]*")*)>|[^<]+')
_HREF: Final = re.compile('href="([^"]*)"')
_LINK: Final = re.compile('<a(?: href="([^"]*)")?(?: [^<>]*)?>([^<]*)</a>')
_EMPHASIS: Final = re.compile("</?(?:strong|em|code)>")
_START: Final = re.compile('start="([0-9]+)"')

_BLOCKS: Final = frozenset(
    {"p", "h3", "h4", "h5", "h6", "pre", "hr", "table", "blockquote", "ul", "ol"}
)
_OPENED: Final = {"br": "\n", "del": "~~", "hr": "---"}
_CLOSED: Final = {"del": "~~", "td": " | ", "th": " | "}
# Marks of deeper lists and quotations are left out: they would grow with the square of the text.
_DEEPEST: Final = 20


def text_of_html(html: str) -> str:
    """Return what a reader sees: paragraphs with a blank line between, `- ` before list items.

    Links read `text (address)`, table rows `one | two`, quotations begin with `> `, removed text
    keeps its `~~`.
    """
    plain = html
    if "<pre" not in html:
        plain = _LINK.sub(_linked, _EMPHASIS.sub("", html))
    # A line break in the source is a space on the page; `<br>` is the break that people mean.
    plain = plain.removeprefix("<p>").removesuffix("</p>").replace("\n", " ")
    plain = plain.replace("</p> <p>", "\n\n").replace("<br> ", "\n")
    if "<" not in plain:
        return unescape(plain).strip()
    return _Writer().write(html)


def shortened(text: str, length: int) -> str:
    """Cut a text at a word's end; an ellipsis tells."""
    if len(text) <= length:
        return text
    return f"{text[:length].rpartition(' ')[0] or text[:length]}…"


def _linked(link: re.Match[str]) -> str:
    """Write a link that holds nothing but text."""
    address, text = link.groups()
    return text + _address_beside(address or "", text)


def _address_beside(address: str, text: str) -> str:
    """Say where a link leads, unless its text does."""
    shown = {address, address.removeprefix("http://"), address.removeprefix("mailto:")}
    if not address or text in shown:
        return ""
    address = address.removeprefix("mailto:")
    return f" ({address})" if text else address


def unescape(text: str) -> str:
    """Undo the escapes that `render.markdown` writes."""
    if "&" not in text:
        return text
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0")):
        text = text.replace(entity, character)
    return text.replace("&amp;", "&")


class _Writer:
    """Gathers text in lines: inline text waits in `words` until a tag ends its block.

    `marks` holds, for each list item and quotation around, what its next line begins with, and
    what its later lines begin with.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.lists: list[int | None] = []
        self.blank_line = False
        self.link: tuple[str, int] | None = None
        self.pre = self.table = False

    def write(self, html: str) -> str:
        for token in _TOKEN.finditer(html):
            end, tag, attributes = token.groups()
            if tag is None:
                # Line breaks between cells mean nothing.
                if not (self.table and token[0].isspace()):
                    text = token[0] if self.pre else token[0].replace("\n", " ")
                    self.words.append(unescape(text))
            elif end:
                self.close(tag)
            else:
                self.open(tag, attributes)
        self.end_block()
        return "\n".join(self.lines)

    def open(self, tag: str, attributes: str) -> None:
        if tag in _BLOCKS:
            self.begin_block(tag)
        match tag:
            case "ul":
                self.lists.append(None)
            case "ol":
                start = _START.search(attributes)
                self.lists.append(int(start[1]) if start else 1)
            case "li":
                self.begin_list_item()
            case "blockquote":
                self.marks.append(("> ", "> "))
            case "a":
                href = _HREF.search(attributes)
                self.link = (unescape(href[1]) if href else "", len(self.words))
            case _ if tag in _OPENED:
                self.words.append(_OPENED[tag])

    def close(self, tag: str) -> None:
        if tag in _BLOCKS or tag == "li":
            self.end_block()
        match tag:
            case "tr":
                self.words.pop()
                self.end_block()
            case "ul" | "ol":
                self.lists.pop()
            case "li" | "blockquote":
                self.marks.pop()
            case "a":
                self.end_link()
            case _ if tag in _CLOSED:
                self.words.append(_CLOSED[tag])
        if tag in _BLOCKS:
            self.pre = self.table = False
            self.blank_line = not (self.lists and tag in {"ul", "ol"})

    def begin_block(self, tag: str) -> None:
        self.end_block()
        self.blank_line = not (self.lists and tag in {"ul", "ol"})
        self.pre = tag == "pre"
        self.table = tag == "table"

    def begin_list_item(self) -> None:
        self.end_block()
        number = self.lists[-1]
        mark = "- " if number is None else f"{number}. "
        self.lists[-1] = None if number is None else number + 1
        self.marks.append((mark, " " * len(mark)))

    def end_link(self) -> None:
        address, first = self.link or ("", 0)
        text = "".join(self.words[first:])
        if beside := _address_beside(address, text):
            self.words.append(beside)

    def end_block(self) -> None:
        text = "".join(self.words)
        self.words.clear()
        text = text.strip("\n") if self.pre else text.strip()
        if not text:
            return
        lines = text.split("\n") if self.pre else [line.strip() for line in text.split("\n")]
        if self.blank_line and self.lines:
            self.lines.append("".join(rest for _, rest in self.marks[:_DEEPEST]).rstrip())
        self.blank_line = False
        first = "".join(mark for mark, _ in self.marks[:_DEEPEST])
        self.marks = [(rest, rest) for _, rest in self.marks]
        later = "".join(mark for mark, _ in self.marks[:_DEEPEST])
        self.lines.append((first + lines[0]).rstrip())
        self.lines += [(later + line).rstrip() for line in lines[1:]]
