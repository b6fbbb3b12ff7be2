"""A message's Markdown -> what in it would be lost on the page, or shown against the author's will.

Where it matters, the renderer itself says what is a link, an image, code or a comment: patterns
would take an example in a code block for the real thing, and miss an address defined elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from statusbook.read.faults import Faults
from statusbook.read.guard import Place

MAX_COLUMNS: Final = 50

_WORTH_A_LOOK: Final = re.compile(
    r"<!--|!\[|http://|\]:|\]\((?!https://|mailto:)|<[A-Za-z][A-Za-z+.-]*:"
)
_ADDRESS: Final = re.compile(
    r'<(?P<tag>a|img) data-sourcepos="(?P<line>\d+):(?P<column>\d+)-[^"]*"'
    r' (?:href|src)="(?P<to>[^"]*)"'
)
_WORDS_OF_AN_IMAGE: Final = re.compile(' alt="([^"]*)"')
_CODE_OR_TAG: Final = re.compile(r"<code[^>]*>[^<]*</code>|<[^>]*>")
_SHOWN_ON_PURPOSE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\<!--")
_OPENING: Final = "&lt;!--"
_CLOSING: Final = "--&gt;"


def check_message(message: str, faults: Faults, first_line: int) -> None:
    """Report what may not stand in a message, or should not.

    Args:
        message: The text below the front matter.
        faults: Takes the problems.
        first_line: Line of the file on which the message begins.
    """
    _tables(message, faults, first_line)
    if _WORTH_A_LOOK.search(message):
        html = _with_places(_SHOWN_ON_PURPOSE.sub(r"\1x    ", message))
        _comments(message, html, faults, first_line)
        _addresses(html, faults, first_line)


def _tables(message: str, faults: Faults, first_line: int) -> None:
    if message.count("|") <= MAX_COLUMNS:
        return
    for number, line in enumerate(message.split("\n"), first_line):
        if line.count("|") > MAX_COLUMNS + 1:
            said = f"a table of more than {MAX_COLUMNS} columns"
            faults.error(number, "E108", said, "no reader can follow it: link to it instead")
            return


def _comments(message: str, html: str, faults: Faults, first_line: int) -> None:
    """Report the first comment that would be read: one that does not end where it is one."""
    for shown in _left_over(html):
        at = message.find(shown if shown in message else "<!--")
        line = message.count("\n", 0, at)
        place = Place(first_line + line, at - (message.rfind("\n", 0, at) + 1) + 1)
        hint = "end it with `-->`; one of several lines begins on a line of its own, in no list"
        faults.error(place, "E109", "a comment `<!--` that would be shown", hint)
        return


def _left_over(html: str) -> Iterator[str]:
    """Yield the beginning of each comment that the page could not leave out."""
    if _OPENING not in html:
        return
    for run in (*_CODE_OR_TAG.split(html), *_WORDS_OF_AN_IMAGE.findall(html)):
        start = run.find(_OPENING)
        while start >= 0:
            end = _end_of_comment(run, start + len(_OPENING))
            if end < 0:
                yield unescape(run[start:].partition("\n")[0])
            start = run.find(_OPENING, end) if end >= 0 else end


def _end_of_comment(run: str, start: int) -> int:
    """Return where a comment ends whose text begins at `start`; -1 where it does not."""
    for short in ("&gt;", "-&gt;"):
        if run.startswith(short, start):
            return start + len(short)
    end = run.find(_CLOSING, start)
    return end if end < 0 else end + len(_CLOSING)


def _addresses(html: str, faults: Faults, first_line: int) -> None:
    """Report images, and links that are not safe or lead nowhere."""
    for found in _ADDRESS.finditer(html):
        at = unescape(found["to"])
        place = Place(first_line + int(found["line"]) - 1, int(found["column"]))
        is_secure = at.lower().startswith("https://")
        is_insecure = at.lower().startswith("http://")
        if found["tag"] == "img":
            hint = "say in words what it shows: the page loads nothing from elsewhere"
            if is_secure or is_insecure:
                faults.warning(place, "E128", f'the image "{at}" is shown as a link', hint)
            else:
                faults.error(place, "E128", f'the image "{at}" is not on the page', hint)
        elif is_insecure:
            said = f'"{at}" is a link without encryption'
            faults.warning(place, "E129", said, "link to https://")
        elif not is_secure and not at.lower().startswith("mailto:"):
            hint = "write the whole address, with https:// or mailto:"
            faults.warning(place, "E130", f'"{at}" is no address that a page links to', hint)


def _with_places(message: str) -> str:
    """Render a message so that tags tell where they come from; nothing of this is published."""
    # late: most messages have nothing but plain links
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.autolink = True
    rendering = comrak.RenderOptions()
    rendering.escape = True  # so that tags in the output are none of the message's
    rendering.unsafe_ = True  # keep every address as it is written
    rendering.sourcepos = True
    return comrak.render_markdown(message, extensions, comrak.ParseOptions(), rendering)
