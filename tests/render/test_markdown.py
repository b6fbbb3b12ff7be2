"""What becomes of Markdown: HTML that is safe everywhere."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hostile_texts import TEXTS, WRAPPINGS
from statusbook.render.markdown import html_of

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
HOSTILE = [wrapping.replace("{}", text) for text in TEXTS for wrapping in WRAPPINGS]
ORACLE = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"https", "http", "mailto"},
    url_relative="deny",
    link_rel=None,
)
_SIGNS = [*"ab1 \n\t<>&\"'`*_~[]()!#-+=|\\:/.@{}$;\r\xa0é\u202e\x01"]
MARKDOWN = st.lists(
    st.sampled_from([*_SIGNS, "http://a.b", "&#x", "<!--", "-->", "![", "](", "\n\n", "    "])
    | st.characters(exclude_categories=["Cs"]),
    max_size=50,
).map("".join)


class Seen(HTMLParser):
    """Every tag of some HTML with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    assert not seen.others
    for tag, attributes in seen.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        if "href" in attributes:
            address = urlsplit(attributes["href"] or "")
            assert address.scheme in {"https", "http", "mailto"}
            assert address.netloc or address.scheme == "mailto"


def test_there_are_hundreds_of_hostile_texts() -> None:
    assert len(TEXTS) >= 300


def test_no_hostile_text_makes_anything_but_text_and_safe_links() -> None:
    for text in HOSTILE:
        assert_harmless(html_of(text))


@given(MARKDOWN)
def test_no_text_at_all_makes_anything_but_text_and_safe_links(text: str) -> None:
    assert_harmless(html_of(text))


def test_the_cleaner_would_change_no_byte_where_it_is_not_asked() -> None:
    plain = [html for html in map(html_of, HOSTILE) if '="' not in re.sub(">[^<]*", ">", html)]
    assert len(plain) > 2000
    for html in plain:
        assert ORACLE.clean(html) == html


@settings(max_examples=1000)
@given(MARKDOWN)
def test_the_cleaner_would_change_no_byte_of_any_output(text: str) -> None:
    html = html_of(text)
    assert ORACLE.clean(html) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "a *b* **c** `d` ~~e~~",
            "<p>a <em>b</em> <strong>c</strong> <code>d</code> <del>e</del></p>",
        ),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("```js\na<b\n```", "<pre><code>a&lt;b\n</code></pre>"),
        ("- [x] done", "<ul>\n<li>[x] done</li>\n</ul>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>"),
        ("a\r\nb\rc", "<p>a\nb\nc</p>"),
        ("", ""),
        ("  \n", ""),
    ],
)
def test_github_s_dialect_is_written_without_raw_html(source: str, html: str) -> None:
    assert html_of(source) == html


def test_tables_keep_their_alignment() -> None:
    html = html_of("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<th align="right">b</th>' in html
    assert "<td>1</td>" in html


@pytest.mark.parametrize(
    ("source", "levels"),
    [("# a\n## b\n### c", "345"), ("#### d\n##### e\n###### f", "666"), ("a\n=\n\nb\n-", "34")],
)
def test_headings_begin_below_those_of_the_page(source: str, levels: str) -> None:
    assert "".join(re.findall(r"<h(\d)>", html_of(source))) == levels


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/x?y=1&z=2#w",
        "http://a.example",
        "mailto:a@b.example",
        "HTTPS://A.example/",
    ],
)
def test_safe_links_keep_their_address_and_send_no_referrer(address: str) -> None:
    escaped = address.replace("&", "&amp;")
    expected = f'<p><a href="{escaped}" rel="nofollow noopener noreferrer">x</a></p>'
    assert html_of(f"[x]({address})") == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "\\\\\\\\evil.example",
        "/x",
        "../x",
        "#x",
        "https:evil.example",
        "ftp://a.example",
    ],
)
def test_other_links_keep_their_text_alone(address: str) -> None:
    assert html_of(f"a [x]({address}) b") == "<p>a x b</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![a chart](https://a.example/c.png)", '<a href="https://a.example/c.png" {}>a chart</a>'),
        (
            "![](https://a.example/c.png)",
            '<a href="https://a.example/c.png" {}>https://a.example/c.png</a>',
        ),
        ("![a chart](../c.png)", "a chart"),
        ('![x](x"onerror="1)', "x"),
        (
            "[![a](https://b.example/i.png)](https://c.example)",
            '<a href="https://c.example" {}>a</a>',
        ),
        ("[![a](https://b.example/i.png)](javascript:1)", "a"),
    ],
)
def test_images_become_links_to_themselves(source: str, html: str) -> None:
    expected = html.replace("{}", 'rel="nofollow noopener noreferrer"')
    assert html_of(source) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("a <!-- b\n*c* --> d", "<p>a  d</p>"),
        ("a <!-- b --> c <!-- d --> e", "<p>a  c  e</p>"),
        ("<!-- a\n\nb -->\n\nc", "<p>c</p>"),
        ("<!-- a\n\n# never closed", ""),
        ("- <!-- a -->\n- b", "<ul>\n<li>\n\n</li>\n<li>b</li>\n</ul>"),
        ("> <!-- a\n> b -->\n\nc", "<blockquote>\n\n</blockquote>\n<p>c</p>"),
        ("a `<!-- b -->` c", "<p>a <code>&lt;!-- b --&gt;</code> c</p>"),
        ("```\n<!-- a -->\n```\n<!-- b -->", "<pre><code>&lt;!-- a --&gt;\n</code></pre>"),
        ("    <!-- a -->", "<pre><code>&lt;!-- a --&gt;\n</code></pre>"),
        ("\\<!-- a -->", "<p>&lt;!-- a --&gt;</p>"),
        ("&lt;!-- a --&gt; <!-- b -->", "<p>&lt;!-- a --&gt; </p>"),
        ("a <!-- b", "<p>a &lt;!-- b</p>"),
        ("a <!----> b <!--> c", "<p>a  b  c</p>"),
        ("<!-- &lt;b&gt; a > b -->", ""),
    ],
)
def test_comments_are_dropped_and_text_that_looks_like_one_stays(source: str, html: str) -> None:
    assert html_of(source) == html


@given(
    st.lists(st.text("ab*_#>- \n1.&;!<|", max_size=12), min_size=1, max_size=5),
    st.lists(st.sampled_from([" ", "\n", "\n\n", " `x` ", "*", "<b>", "-- ", "> "]), max_size=4),
)
def test_no_comment_reaches_the_output(around: list[str], inside: list[str]) -> None:
    # On a line of its own a comment may hold blank lines; within a paragraph they would end it.
    comment = "<!-- SECRET" + "".join(inside) + "SECRET -->"
    text = f"\n\n{comment}\n\n".join(around)
    assume(not re.search(r"^\s*-.*\n.*\n? {2}|\t| {4}", text, re.MULTILINE))
    assert "SECRET" not in html_of(text)


@given(st.text("ab*_>- \n&;<!", max_size=30), st.text("ab*_>- &;<!", max_size=30))
def test_comments_in_code_stay(before: str, inside: str) -> None:
    assume("-->" not in inside)
    html = html_of(f"{before.replace('<!', '')}\n\n```\n<!-- KEPT {inside} -->\n```")
    assert "&lt;!-- KEPT" in html


@pytest.mark.parametrize(
    "text",
    [
        *(unit * (65_536 // len(unit)) for unit in ("[", "[a](", ">", "*a", "`", "a <!-- ", "![")),
        *(unit * (65_536 // len(unit)) for unit in ("|", "<", "~~a", "\\[", "&#x202e;", "- ")),
        "> " * 16_000 + "[x](http://a.example)",
        "*" * 30_000 + "a" + "*" * 30_000,
    ],
    ids=lambda text: text[:8],
)
def test_the_largest_hostile_texts_hang_nothing(text: str) -> None:
    # Renderers that are quadratic here take half a minute and more; this one takes 40 ms.
    started = time.process_time()
    html_of(text)
    assert time.process_time() - started < 3
