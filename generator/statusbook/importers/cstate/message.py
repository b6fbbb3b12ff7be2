"""The message of an issue, Markdown for Hugo -> Markdown that reads the same on our pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

# Every repetition has a limit: a hostile text may not make a search slow.
TRACK: Final = re.compile(
    r"\{\{[<%]\s{0,5}track\s{1,5}[\"'`“”]?(?P<time>[^\"'`“”<>%{}]{0,60}?)[\"'`“”]?\s{0,5}/?[>%]\}\}"
)
_SHORTCODE: Final = re.compile(r"\{\{[<%]")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCED: Final = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)", re.MULTILINE | re.DOTALL
)
_CODE: Final = re.compile(r"(?<!`)(`{1,3})(?!`)[^\n]{1,300}?(?<!`)\1(?!`)")
_WRAPPERS: Final = re.compile(
    r"</?(?:p|div|span|center|font|small|big|section|article|u|details|summary)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_LEFT_OVER: Final = re.compile(r"</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_PAIRS: Final = re.compile(
    r"<(?P<tag>b|strong|i|em|s|strike|del|code|tt)\b[^<>]{0,300}>(?P<text>[^<>]{1,2000})</(?P=tag)>",
    re.IGNORECASE,
)
_MARKDOWN: Final = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "strike", "del"), "~~"),
    **dict.fromkeys(("code", "tt"), "`"),
}
_LINK: Final = re.compile(
    r"<a\b[^<>]{0,300}?\bhref=[\"']?(?P<address>https?://[^\"'\s<>]{1,1000})[\"']?[^<>]{0,300}>"
    r"(?P<text>[^<>]{1,2000})</a>",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"[ \t]{0,5}<br\s{0,3}/?>[ \t]{0,5}\n?", re.IGNORECASE)


class Message(NamedTuple):
    """A message without what readers never saw; `odd` are sentences, each with its line."""

    text: str
    odd: tuple[tuple[int, str], ...]


def tidy(body: str, first_line: int) -> Message:
    """Turn what HTML allows into Markdown, and take out comments; code stays as it is.

    Lines keep their numbers, but for line breaks that were tags.
    """
    odd: list[tuple[int, str]] = []

    def line_of(text: str, position: int) -> int:
        return first_line + text.count("\n", 0, position)

    def without_comment(found: re.Match[str]) -> str:
        if found[0].strip("<!-> \n") and "markdown-link-check" not in found[0]:
            text = "a comment that readers never saw stays behind"
            odd.append((line_of(found.string, found.start()), text))
        return "\n" * found[0].count("\n")

    # A comment may hold code, and code what looks like a comment: code comes first, as in Markdown.
    text = _outside_code(body, lambda part: _COMMENT.sub(without_comment, part))
    text = _outside_code(text, _without_html)
    for part, position in _parts(text):
        if left := _LEFT_OVER.search(part):
            line = line_of(text, position + left.start())
            odd.append((line, f"HTML is shown as text here: {left[0][:40]}"))
            break
    plain = TRACK.sub("", text)
    if shortcode := _SHORTCODE.search(plain):
        line = line_of(plain, shortcode.start())
        odd.append((line, "a shortcode of Hugo stays in the text as it is"))
    return Message(text, tuple(odd))


def _without_html(text: str) -> str:
    if "<" not in text:
        return text
    text = _PAIRS.sub(_marked, text)
    text = _LINK.sub(r"[\g<text>](\g<address>)", text)
    return _WRAPPERS.sub("", _BREAK.sub("\\\\\n", text))


def _marked(found: re.Match[str]) -> str:
    mark, text = _MARKDOWN[found["tag"].lower()], found["text"].strip()
    return f"{mark}{text}{mark}" if text else ""


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    done = []
    end = 0
    for part, position in _parts(text):
        done += [text[end:position], change(part)]
        end = position + len(part)
    return "".join([*done, text[end:]])


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a text that are no code, with their positions."""
    end = 0
    for fenced in [*_FENCED.finditer(text), None]:
        stop = fenced.start() if fenced else len(text)
        for code in _CODE.finditer(text, end, stop):
            yield text[end : code.start()], end
            end = code.end()
        yield text[end:stop], end
        end = fenced.end() if fenced else stop
