"""Foreign text and HTML become Markdown that shows the same text on our pages."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statusbook.importers.escape import escape
from statusbook.importers.html import markdown_of
from statusbook.render.markdown import html_of

SIGNS = """*a* _b_ a_b `x [a] [a](b) <b> </p> &amp; & # 1. 2) - + * > --- === | |--| ~~x~~ ~5 \\ !
![x](y) http://x.example/a_b_c*d www.a.example/_x_ a@b.example <!-- --> <? $x$ [^1] [x]: =="""
texts = st.lists(
    st.one_of(
        st.sampled_from([*SIGNS.split(), "\n", "\n\n", "    ", "\t", "word", " "]),
        st.text(alphabet="ab*_`[]()<>#-+.~\\!&;:|=\n 12^$\"'", max_size=6),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(texts)
@example("http://x.example/a*b*c and http://x.example/d*e")
@example("see http://x.example/\nand [x]: http://y.example&amp;")
@example("<a@b.example> <!-->")
def test_plain_text_looks_the_same(text: str) -> None:
    assert paragraphs(shown(html_of(escape(text)))) == paragraphs(text)


def shown(rendered: str) -> str:
    """Return the text of rendered HTML with its paragraphs and line breaks."""
    text = re.sub(r"<br>\n?", "\n", re.sub(r"</p>\s*<p>", "\n\n", rendered))
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def paragraphs(text: str) -> list[list[str]]:
    found = re.split(r"\n[ \t]*\n\s*", text.strip())
    lines = [
        [" ".join(line.split()) for line in part.split("\n") if line.strip()] for part in found
    ]
    return [part for part in lines if part]


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("Line 1<br />Line <b>2</b>", "Line 1\\\nLine **2**"),
        ("A <strong>bold </strong>word", "A **bold** word"),
        ("no<strong>&quot;q&quot;</strong>effect", 'no"q"effect'),
        ("<b>x</b><b>y</b>", "**x**y"),
        ("<ul><li>one<ul><li>in</li></ul></li><li>two</li></ul>", "- one\n  - in\n- two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ('<a href="https://x.example/a(b)">text*</a>', "[text\\*](https://x.example/a%28b%29)"),
        ('<a href="https://x.example/">https://x.example/</a>', "https://x.example/"),
        ('<a href="javascript:x()">text</a>', "text"),
        ('<img src="https://x.example/i.png" alt="map"><br>', "[map](https://x.example/i.png)"),
        ("<pre>a\n  *b*</pre>", "```\na\n  *b*\n```"),
        ("<code>a`b</code> <your-token>", "``a`b`` \\<your-token>"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<h2>Head</h2><p>- no list</p><hr>", "## Head\n\n\\- no list\n\n---"),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            "a | b\\\nc | d",
        ),
        ("<s>old</s> <strike>older</strike> <script>x</script>", "~~old~~ ~~older~~"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
    ],
)
def test_html_becomes_markdown(written: str, markdown: str) -> None:
    assert markdown_of(written) == markdown


HOSTILE = ["<b>", "<a ", "<blockquote>", "<ul><li>", "<!--", "<p>", "<b>x</b>", "<a href=", "*"]
HOSTILE += ["http://", "http://a.", "a@", "[", "<pre>", "&#", "**a ", "<code>`"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_no_time(piece: str) -> None:
    before = time.process_time()
    markdown_of(piece * (60_000 // len(piece)))
    markdown_of(f"<br>{piece * (60_000 // len(piece))}")
    assert time.process_time() - before < 5
