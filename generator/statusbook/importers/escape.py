"""Plain text -> Markdown that shows the very same text."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"(?P<web>(?<![A-Za-z])https?://[A-Za-z0-9][^\s<>]*)"
    r"|(?P<other>(?<![^\W_])(?:www\.|mailto:|xmpp:|ftp://)\S*|(?<![^\s<>()])[^\s<>()]*@[^\s<>()]*)"
)
_AFTER_AN_ADDRESS: Final = "?!.,:;*_~'\")]"
_SPECIAL: Final = re.compile(
    r"[\\`*\[\]~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside of a word it means nothing
    r"|<(?=[A-Za-z/!?]|$)"
    r"|!(?=\[)|(?<=<)!"
    r"|&(?=#?\w{1,32};)"
)
_ENTITY: Final = re.compile(r"&(?=#?\w{1,32}(?:;|$))")
_NO_LINK: Final = re.compile(r"[@:.]")
_PLAIN: Final = re.compile(r"[\w./:?=&%+@#,;$-]+")
_ENDS_IN_ADDRESS: Final = re.compile(r"(?:https?:|ftp:|www\.|@)\S*$")
_LINE_START: Final = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+(?=\s*$)|-(?=[-\s|:]*$)|\|(?=[-\s|:]*$)|:(?=-[-\s|:]*$))"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)


def escape(text: str) -> str:
    """Write text so that no mark-up comes of it; line breaks and paragraphs stay.

    Addresses stay as they are: GitHub's dialect makes them links.
    """
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip())
    return "\n\n".join(with_breaks(_lines(paragraph)) for paragraph in paragraphs)


def escape_inline(text: str) -> str:
    """Write a piece of one line so that no mark-up comes of it, wherever the piece stands."""
    parts = []
    end = 0
    for found in _ADDRESS.finditer(text):
        parts += [_mark_up_free(text[end : found.start()]), _address(found)]
        end = found.end()
    return "".join([*parts, _mark_up_free(text[end:])])


def escape_line_start(line: str) -> str:
    """Take the meaning of a heading, a list, a quotation or a rule from the start of a line."""
    return _LINE_START.sub(_disarm, line, count=1) if _LINE_START.match(line) else line


def _mark_up_free(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _address(found: re.Match[str]) -> str:
    """Keep an address a link: bare where all its signs are plain ones, else between `<` and `>`."""
    if other := found["other"]:
        plain = _mark_up_free(other)
        return plain if plain == other else _NO_LINK.sub(r"\\\g<0>", plain)
    web = found["web"].rstrip(_AFTER_AN_ADDRESS)
    after = _mark_up_free(found["web"][len(web) :])
    bare = _PLAIN.fullmatch(web) and _mark_up_free(web) == web and not _ENTITY.search(web)
    alone = not found.string[found.end() : found.end() + 1].strip()
    if bare and alone and "\\" not in after:
        return web + after
    return f"<{_ENTITY.sub('&amp;', web)}>{after}"


def with_breaks(lines: list[str]) -> str:
    """End each line but the last with a hard break: a backslash would become part of an address."""
    return "".join(
        f"{line}  \n" if _ENDS_IN_ADDRESS.search(line) else f"{line}\\\n" for line in lines[:-1]
    ) + "".join(lines[-1:])


def _lines(paragraph: str) -> list[str]:
    lines = (" ".join(line.split()) for line in paragraph.split("\n"))
    return [escape_line_start(escape_inline(line)) for line in lines if line]


def _disarm(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\{found['dot']}"
    return f"\\{found['mark']}"
