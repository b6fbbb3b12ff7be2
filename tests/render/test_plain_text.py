"""What becomes of Markdown where only plain text can be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_texts import TEXTS, WRAPPINGS
from statusbook.render.markdown import html_of, text_of
from statusbook.render.plain_text import _Writer

MIXED = [
    "{}",
    "**bold** {} `code` and *{}*",
    "one\n\n[link {}](https://a.example/?b=1&c=2) two\\\nthree <https://b.example>",
]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("a\n\nb", "a\n\nb"),
        ("a line that\nis wrapped", "a line that is wrapped"),
        ("a\\\nb  \nc", "a\nb\nc"),
        ("*a* **b** `c < d`", "a b c < d"),
        ("~~gone~~", "~~gone~~"),
        ("[docs](https://a.example/?b=1&c=2)", "docs (https://a.example/?b=1&c=2)"),
        (
            "<https://a.example/> www.b.example c@d.example",
            "https://a.example/ www.b.example c@d.example",
        ),
        ("[us](mailto:c@d.example)", "us (c@d.example)"),
        ("[x](javascript:alert(1))", "x"),
        ("![a chart](https://a.example/c.png)", "a chart (https://a.example/c.png)"),
        ("![](https://a.example/c.png)", "https://a.example/c.png"),
        ("- a\n- b\n  - c\n- d\n\ne", "- a\n- b\n  - c\n- d\n\ne"),
        ("9. a\n10. b\n\n    c", "9. a\n\n10. b\n\n    c"),
        ("- a\\\n  b", "- a\n  b"),
        ("> a\n> - b\n\nc", "> a\n>\n> - b\n\nc"),
        (
            "| a | b |\n|---|---|\n| 1 | [x](https://c.example) |\n\nd",
            "a | b\n1 | x (https://c.example)\n\nd",
        ),
        ("| | b |\n|---|---|\n| 1 | |", "| b\n1 |"),
        ("```\n  a\n\n  b\n```\n\nc", "  a\n\n  b\n\nc"),
        ("# a\ntext\n## b", "a\n\ntext\n\nb"),
        ("a\n***\nb", "a\n\n---\n\nb"),
        ("<b>x</b>", "<b>x</b>"),
        ("<div>\nx\n</div>", "<div> x </div>"),
        ("a <!-- b --> c", "a  c"),
        ("&amp;lt; &lt;b&gt; \"q\" 'r'", "&lt; <b> \"q\" 'r'"),
    ],
)
def test_text_reads_as_on_the_page(source: str, text: str) -> None:
    assert text_of(source) == text


SIGNS = r"\`*_{}[]()#+-.!~<>|&;:/@\"'="


@given(st.text(st.sampled_from([*SIGNS, *"ab 1"]), max_size=40))
def test_text_whose_signs_are_all_escaped_comes_back_as_it_was(text: str) -> None:
    words = " ".join(text.split())
    escaped = "".join(
        f"&#{ord(sign)};" if sign.isdecimal() else f"\\{sign}" if sign in SIGNS else sign
        for sign in words
    )
    assert text_of(escaped) == words


def test_every_hostile_text_has_a_plain_form_without_controls() -> None:
    for text in TEXTS:
        for wrapping in WRAPPINGS:
            plain = text_of(wrapping.replace("{}", text))
            assert not {"\0", "\x01", "\x1b", "\r", "\u202e"} & set(plain)


@pytest.mark.parametrize("unit", ["- ", "> ", "# a\n", "- a\n", "|a", "a\\\n", "*a* ", "> - "])
def test_marks_of_nested_blocks_do_not_pile_up(unit: str) -> None:
    text = (unit * 20_000)[:60_000] + "\nlazy" * 500
    assert len(text_of(text)) < 2_000_000


def test_the_short_way_gives_what_the_long_way_gives() -> None:
    texts = [template.replace("{}", text) for text in TEXTS for template in MIXED]
    differ = [text for text in texts if text_of(text) != _Writer().write(html_of(text)).strip()]
    assert differ == []
