"""Markdown that people write -> HTML that is safe on every page and in every feed.

The dialect is GitHub's: tables, ~~strikethrough~~ and bare addresses as links. What is different:

- raw HTML is shown as text, and HTML comments are dropped: they are notes between authors;
- only https, http and mailto links keep their address; the text of any other stays;
- an image becomes a link to its address: a page loads nothing from elsewhere;
- headings begin at h3, because the page has its own h1 and h2 above an update.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import comrak
import nh3

from statusbook.render import plain_text

_EXTENSIONS: Final = comrak.ExtensionOptions()
_EXTENSIONS.table = True
_EXTENSIONS.strikethrough = True
_EXTENSIONS.autolink = True
_PARSE: Final = comrak.ParseOptions()
_RENDER: Final = comrak.RenderOptions()
_RENDER.escape = True

_TAGS: Final = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}},
    url_schemes={"https", "http", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
)

_REMEMBERED: Final = 1024

# Not allowed in XML 1.0, or able to turn the reading direction of what follows; they come in as
# character references (`&#x202e;`), which no check of the file itself sees.
_UNWANTED: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_HEADING: Final = re.compile("<(/?)h([1-6])>")
# comrak escapes quotes and angle brackets within attributes, so these patterns are exact.
_LINK: Final = re.compile(
    '<a href="(?P<href>[^"]*)"(?P<title> title="[^"]*")?>|(?P<end></a>)'
    '|<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"(?: title="[^"]*")? />'
)
_ALLOWED: Final = re.compile(r"https?://[^/\\?#]|mailto:[^/]", re.IGNORECASE)
# The cleaner's time grows with the square of the depth, and no reader shows so deep a quotation.
_DEEP_QUOTE: Final = re.compile("^((?: {0,3}>){50})[ >]+", re.MULTILINE)
_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)<!--(?!-?>)")
_EMPTY_COMMENT: Final = re.compile("&lt;!---?&gt;")
_TAG: Final = re.compile("(<code[^>]*>[^<]*</code>|<[^>]*>)")


@lru_cache(maxsize=_REMEMBERED)
def html_of(text: str) -> str:
    """Turn an update's Markdown into HTML; an empty text into an empty one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count(">") > 1000:
        text = _DEEP_QUOTE.sub(r"\1", text)
    html = _without_comments(text) if "<!--" in text else _rendered(text)
    if not html.replace("\n", "").isprintable():
        html = _UNWANTED.sub("", html)
    if "<h" in html:
        html = _HEADING.sub(_lower_heading, html)
    # Quotes in the text are escaped, so this is an attribute.
    if '="' in html:
        return _CLEANER.clean(_with_safe_links(html)).strip()
    return _as_cleaned(html).strip()


@lru_cache(maxsize=_REMEMBERED)
def text_of(text: str) -> str:
    """Turn an update's Markdown into plain text: what a reader of the page sees, without marks.

    Paragraphs are set apart by one blank line. Links read `text (address)`.
    """
    return plain_text.text_of_html(html_of(text))


def _rendered(text: str) -> str:
    return comrak.render_markdown(text, _EXTENSIONS, _PARSE, _RENDER)


def _as_cleaned(html: str) -> str:
    """Write HTML without attributes as the cleaner would, which has nothing to clean here.

    The cleaner costs more than the Markdown; the tests prove that it agrees.
    """
    html = html.replace("&quot;", '"').replace(" />", ">")
    return html if html.isascii() else html.replace("\xa0", "&nbsp;")


def _lower_heading(tag: re.Match[str]) -> str:
    return f"<{tag[1]}h{min(int(tag[2]) + 2, 6)}>"


def _with_safe_links(html: str) -> str:
    """Drop links that lead nowhere safe, and make images links; both keep their text.

    An image inside a link is replaced by its text alone: links do not nest.
    """
    inside = keeps_end = False

    def replace(tag: re.Match[str]) -> str:
        nonlocal inside, keeps_end
        if tag["end"]:
            inside = False
            return "</a>" if keeps_end else ""
        if tag["href"] is not None:
            inside, keeps_end = True, bool(_ALLOWED.match(tag["href"]))
            return tag[0] if keeps_end else ""
        words = tag["alt"] or tag["src"]
        if inside or not _ALLOWED.match(tag["src"]):
            return words
        return f'<a href="{tag["src"]}">{words}</a>'

    return _LINK.sub(replace, html)


def _without_comments(text: str) -> str:
    r"""Render text that may hold HTML comments, and drop them.

    In the output a comment looks like text that means to look so (`\<!-- x -->`), and a comment
    in code is to stay. So the beginnings of possible comments are marked before rendering; what is
    marked afterwards and stands outside code was a comment.
    """
    mark = "x" + blake2b(text.encode(), digest_size=8).hexdigest()
    html = _rendered(_COMMENT.sub(rf"\1<!--{mark}", text))
    parts = _TAG.split(html)
    # Every second part is a tag, or code as a whole; the words of an image may hold a comment.
    for i in range(1, len(parts), 2):
        if parts[i].startswith("<img ") and "--&gt;" in parts[i]:
            words, close, rest = parts[i].rpartition("--&gt;")
            parts[i] = _drop_comments(words + close, f"&lt;!--{mark}", begins_line=False) + rest
    for i in range(0, len(parts), 2):
        if "&lt;!--" in parts[i]:
            parts[i] = _drop_comments(parts[i], f"&lt;!--{mark}", begins_line=i == 0)
    return "".join(parts).replace(mark, "")


def _drop_comments(run: str, begin: str, *, begins_line: bool) -> str:
    """Drop the comments from text between two tags; one that fills whole lines may lack its end.

    CommonMark ends such a comment with the block that it stands in, as the forge's preview does.
    """
    kept = []
    position = 0
    while (start := run.find(begin, position)) >= 0:
        kept.append(run[position:start])
        end = run.find("--&gt;", start)
        if end < 0:
            before = run[:start].rstrip(" ")
            whole_line = before.endswith("\n") or (begins_line and not before)
            position = len(run) if whole_line else start
            break
        position = end + len("--&gt;")
    kept.append(run[position:])
    return _EMPTY_COMMENT.sub("", "".join(kept))
