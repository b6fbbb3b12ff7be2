"""Style sheets and drawings that hide an address, or draw without end, are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusbook.problems import Problem
from statusbook.read.faults import Faults
from statusbook.read.style import outside_reference
from statusbook.read.svg import svg_size

TRICKS = [
    'a{content:"/*";background:url(https://evil.test/1);content:"*/"}',
    "a{content:'/*';background:url(//evil.test/1);content:'*/'}",
    'a{content:"\\"/*";background:url(https://evil.test/1)}',
    '@import "x.css";',
    "@import/**/'x.css'",
    "@\\69mport 'x.css'",
    "@IMPORT url(x.css)",
    "\ufeff@import 'x.css'",
    "<!--@import 'x.css'",
    '/* */@import "https://evil.test/x"; /* */',
    "a{background:\\75\r\nrl(https://evil.test/2)}",
    "a{background:\\75\rrl(https://evil.test/2)}",
    "a{background:\\75\x0crl(https://evil.test/2)}",
    "a{background:\\000075rl(https://evil.test/2)}",
    "a{background:u\\r l(x);background:ur\\l(https://evil.test/2)}",
    'a{background:url("ht\\\ntps://evil.test/3")}',
    'a{background:url("/\\\n/evil.test/3")}',
    'a{background:url("/\\\r\n/evil.test/3")}',
    'a{background:url("ht\ttps://evil.test/4")}',
    'a{background:url("/\t/evil.test/4")}',
    "a{background:url(/\t/evil.test/4)}",
    'a{background:url("\\9 //evil.test/4")}',
    'a{background:url("\\a//evil.test/4")}',
    'a{background:url("\\1 //evil.test/6")}',
    "a{background:url(\\2f\\2f evil.test/6)}",
    'a{background:url("\\2f/evil.test/6")}',
    'a{background:url("\\\\\\\\evil.test/8")}',
    'a{background:url("/\\\\evil.test/8")}',
    'a{background:url("http:\\\\evil.test/8")}',
    'a{background:url("http:evil.test/8")}',
    'a{background:url(  "  https://evil.test"  )}',
    "a{background:URL(HTTPS://evil.test/7)}",
    "a{background:url(//evil.test/7",
    "a{background:url('//evil.test/7",
    "a{background:url(x\\)y);b:url(data:image/png;base64,xx)}",
    'a{background:image-set("a.png" 1x, "//evil.test/5" 2x)}',
    'a{background:image-set("a.png" 1x, "\\\\\\\\evil.test/5" 2x)}',
    'a{background:image-set("a.png" 3x, "/\\\\evil.test/5" 1x)}',
    'a{background:image-set("a.png" 1x, "http:evil.test/5" 2x)}',
    'a{background:image-set("a.png" 1x, "//\\65vil.test/5" 2x)}',
    'a{background:image-set("a.png" 1x, "data:image/png;base64,xx" 2x)}',
    'a{background:image-set("a.png" 1x, "/\t/evil.test/5" 2x)}',
    'a{background:-webkit-image-set(")" 1x, "//evil.test/5" 2x)}',
    'a{background:image-set("a)" type("image/png"), "//evil.test/5" 2x)}',
    'a{--x:"https://evil.test";background:image-set(var(--x) 1x)}',
    "a{background:image-set(attr(title) 1x)}",
    'a{background:image("https://evil.test")}',
    'a{background:cross-fade("https://evil.test", "b.png")}',
    'a{background:src("https://evil.test")}',
    "a{color:#url(;background:url(https://evil.test)}",
    "@namespace url(x);a{background:url(https://evil.test)}",
    "@namespace x{background:url(https://evil.test)}",
    'a{b:"\n;background:url(https://evil.test);c:"}',
    "@font-face{font-family:x;src:url(data:font/woff2;base64,AA)}",
]  # fmt: skip

PLAIN = [
    "@namespace url(http://www.w3.org/2000/svg);",
    '@namespace svg "http://www.w3.org/2000/svg"; a{color:red}',
    'a::after{content:"see https://acme.test/"}',
    'a::after{content:"\\2014 (url(https://acme.test))"}',
    "/* from url(https://x.test/) */ a{}",
    "a{background:url(../x.svg)}",
    "a{background:url( 'logo.svg' )}",
    "a{background:url(/x.svg?a=b#c)}",
    'a[href^="https://"]{color:red}',
    'a:not([href*="//"]){color:red}',
    '@font-face{src:local("Our: Sans"),url("our.woff2") format("woff2")}',
    'a{background:image-set("a.png" type("image/png") 1x, linear-gradient(red,rgb(1 2 3)) 2x)}',
    "a{width:calc((1px + 2px) * 3)}",
    "a{b:url()}",
]


@pytest.mark.parametrize("css", TRICKS)
def test_no_trick_hides_what_a_style_loads(css: str) -> None:
    assert outside_reference(css) is not None


@pytest.mark.parametrize("css", PLAIN)
def test_a_style_may_say_what_it_does_not_load(css: str) -> None:
    assert outside_reference(css) is None


@given(st.text(alphabet="@importuls(\\\"'/*:;{}) \n\t69#a-", max_size=60))
def test_what_follows_a_harmless_text_is_judged_as_well(before: str) -> None:
    comment = f"/*{before.replace('*/', '')}*/"
    assert outside_reference(f"{comment}a{{background:url(//evil.test)}}") is not None
    quoted = before.replace("\\", "").replace('"', "").replace("\n", "")
    assert outside_reference(f'a{{content:"{quoted}";background:url(//evil.test)}}') is not None


def said(drawing: str) -> list[Problem]:
    begin = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
    faults = Faults("logo.svg")
    size = svg_size(f'{begin} viewBox="0 0 9 9">{drawing}</svg>'.encode(), faults)
    assert (size is None) == bool(faults.found)
    return faults.found


def bomb(groups: int, uses: int, use: str = '<use href="#a{0}"/>') -> str:
    within = '<g id="a0"><path d="M0 0h9v9z"/></g>'
    for at in range(groups):
        within += f'\n<g id="a{at + 1}">' + use.format(at) * uses + "</g>"
    return within


@pytest.mark.parametrize(
    "drawing",
    [
        '<style><desc/>@import "https://evil.test/x.css";</style>',
        "<style>a{}<x xmlns='urn:x'/></style>",
        '<style>@im<!-- -->port "https://evil.test/x.css";</style>',
        '<style>@&#105;mport "https://evil.test/x.css";</style>',
        '<path filter="url(https://evil.test/a#b)"/>',
        '<path style="filter:url(https://evil.test/a#b)"/>',
        "<style>path{filter:url(https://evil.test/a#b)}</style>",
        '<path fill="u\\72l(//evil.test/a#b)"/>',
        '<path fill="url(&quot;&#9;//evil.test/a#b&quot;)"/>',
        '<use href="data:image/svg+xml;base64,AA"/>',
    ],
)
def test_a_drawing_loads_nothing(drawing: str) -> None:
    assert [problem.code for problem in said(drawing)] == ["E423"]


@pytest.mark.parametrize(
    "drawing",
    [
        bomb(7, 10),
        f"<defs>{bomb(9, 10)}</defs>",
        bomb(7, 10, '<use x:href=" #a{0}"/>'),
        bomb(7, 10, '<use href="#%61{0}"/>'),
        bomb(14, 2, '<path mask="url(#a{0})"/>'),
        bomb(14, 2, "<path style=\"fill:red;mask:url('#a{0}')\"/>"),
        bomb(3, 10) + "<style>path{mask:url(#a3)}</style>" + "<path/>" * 20,
    ],
)
def test_a_drawing_that_repeats_itself_without_end_is_refused(drawing: str) -> None:
    (problem,) = said(drawing)
    assert problem.code == "E423"
    assert "draw others again" in problem.message


@pytest.mark.parametrize(
    "drawing",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><path mask="url(#a)"/></g>',
    ],
)
def test_a_drawing_that_draws_itself_is_refused(drawing: str) -> None:
    (problem,) = said(drawing)
    assert problem.message == "this part draws itself again"


@pytest.mark.parametrize(
    "drawing",
    [
        bomb(3, 10),
        "<path/>" * 12_000,
        '<linearGradient id="g"><stop/><stop/></linearGradient>'
        + '<path fill="url(#g)"/>' * 4_000
        + "<style>.a{fill:url(#g)}</style>",
        '<clipPath id="c"><path/></clipPath><g clip-path="url(#c)"><path/></g>',
        '<use href="#nowhere"/>',
    ],
)
def test_drawings_as_programs_write_them_are_taken(drawing: str) -> None:
    assert said(drawing) == []
