"""A site's owner can put templates of their own in the place of ours; they run in a sandbox."""

from __future__ import annotations

import pytest
from status_story import CARDS, pages_of, text, tree, view_of

from statusbook.problems import SourceError
from statusbook.render.page import Page


def test_owners_templates_take_the_place_of_ours_and_can_extend_them() -> None:
    own = {
        "base.html.j2": '{% extends "statusbook/base.html.j2" %}\n'
        "{% block header %}<p>Ahoy from {{ site.title }}</p>{{ super() }}{% endblock %}\n"
    }
    view = view_of(CARDS)
    pages = pages_of(view, own)
    document = tree(pages["index.html"].render())
    assert "Ahoy from Harbourlight status" in text(document)
    assert document.xpath("//header")
    assert pages["index.html"].key != pages_of(view)["index.html"].key


def test_a_change_of_an_owners_template_renders_every_page() -> None:
    view = view_of(CARDS)
    before: dict[str, Page] = pages_of(view, {"_footer.html.j2": "one"})
    after = pages_of(view, {"_footer.html.j2": "two"})
    pages = {path for path in before if path.endswith(".html")}
    assert {path for path in before if before[path].key != after[path].key} == pages


def test_our_templates_make_the_same_bytes_in_the_sandbox() -> None:
    view = view_of(CARDS)
    ours, own = pages_of(view), pages_of(view, {"never.html.j2": ""})
    for path in ours:
        assert own[path].render() == ours[path].render(), path


def test_values_are_escaped_in_owners_templates_too() -> None:
    view = view_of(description="<script>alert(1)</script>")
    own = {"_footer.html.j2": "{{ site.description }}"}
    rendered = pages_of(view, own)["index.html"].render()
    assert b"<script>" not in rendered
    assert b"&lt;script&gt;" in rendered


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ site.titel }}", "no attribute 'titel'"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "'__init__'"),
        ("{{ _.__self__ }}", "'__self__'"),
        ("{{ site.hosts.append(1) }}", "append"),
        ("{% for i in range(10**9) %}{{ i }}{% endfor %}", "too big"),
        ("{% for i in range(999999999) %}{{ i }}{% endfor %}", "too big"),
        ("{{ 'a' * 999999999 }}", "too large"),
        ("{{ 9 ** 999999999 }}", "too large"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 'a' + 1 }}", "can only concatenate"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "without an end"),
        ("{% include site.title %}", "Harbourlight status"),
        ("{% include '../../../plan/components.yml' %}", "components.yml"),
    ],
)
def test_what_a_template_may_not_do_is_a_fault_with_its_line(template: str, said: str) -> None:
    own = {"_footer.html.j2": f"<p>\n{template}</p>"}
    with pytest.raises(SourceError) as caught:
        pages_of(view_of(), own)["index.html"].render()
    (problem,) = caught.value.problems
    assert problem.location[:2] == ("overrides/status/_footer.html.j2", 2)
    assert problem.code == "E434"
    assert said in problem.message


def test_a_fault_in_a_block_is_told_where_it_stands() -> None:
    own = {
        "index.html.j2": '{% extends "statusbook/index.html.j2" %}\n'
        '{% block active %}\n{% include "part.html.j2" %}\n{% endblock %}\n',
        "part.html.j2": "<p>\n\n{{ site.titel }}\n",
    }
    with pytest.raises(SourceError, match=r"overrides/status/part\.html\.j2:3:1 E434 "):
        pages_of(view_of(), own)["index.html"].render()


def test_blocks_in_parts_of_the_head_and_the_foot_can_be_changed() -> None:
    own = {
        f"{part}.html.j2": (
            f'{{% extends "statusbook/{part}.html.j2" %}}'
            f"{{% block {block} %}}<p>Before {block}</p>{{{{ super() }}}}{{% endblock %}}"
        )
        for part, block in (("_header", "pages"), ("_footer", "feeds"))
    }
    document = tree(pages_of(view_of(CARDS), own)["history/index.html"].render())
    assert text(document.xpath("//header")[0]).startswith("Harbourlight status Before pages")
    assert "Before feeds Atom RSS" in text(document.xpath("//footer")[0])
