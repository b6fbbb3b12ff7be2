"""A site's owner can put templates of their own in the place of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from status_story import CARDS, pages_of, text, tree, view_of

from statusbook.render.page import Page


def test_owners_templates_take_the_place_of_ours_and_can_extend_them(tmp_path: Path) -> None:
    (tmp_path / "base.html.j2").write_text(
        '{% extends "statusbook/base.html.j2" %}\n'
        "{% block header %}<p>Ahoy from {{ site.title }}</p>{{ super() }}{% endblock %}\n"
    )
    view = view_of(CARDS)
    own = pages_of(view, tmp_path)
    document = tree(own["index.html"].render())
    assert "Ahoy from Harbourlight status" in text(document)
    assert document.xpath("//header")
    assert own["index.html"].key != pages_of(view)["index.html"].key


def test_a_change_of_an_owners_template_renders_every_page(tmp_path: Path) -> None:
    view = view_of(CARDS)
    (tmp_path / "_footer.html.j2").write_text("one")
    before: dict[str, Page] = pages_of(view, tmp_path)
    (tmp_path / "_footer.html.j2").write_text("two")
    after = pages_of(view, tmp_path)
    pages = {path for path in before if path.endswith(".html")}
    assert {path for path in before if before[path].key != after[path].key} == pages


def test_values_are_escaped_in_owners_templates_too(tmp_path: Path) -> None:
    (tmp_path / "_footer.html.j2").write_text("{{ site.description }}")
    view = view_of(description="<script>alert(1)</script>")
    rendered = pages_of(view, tmp_path)["index.html"].render()
    assert b"<script>" not in rendered
    assert b"&lt;script&gt;" in rendered


def test_a_name_that_a_template_misspells_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "_footer.html.j2").write_text("{{ site.titel }}")
    with pytest.raises(UndefinedError, match="titel"):
        pages_of(view_of(), tmp_path)["index.html"].render()


def test_blocks_in_parts_of_the_head_and_the_foot_can_be_changed(tmp_path: Path) -> None:
    for part, block in (("_header", "pages"), ("_footer", "feeds")):
        (tmp_path / f"{part}.html.j2").write_text(
            f'{{% extends "statusbook/{part}.html.j2" %}}'
            f"{{% block {block} %}}<p>Before {block}</p>{{{{ super() }}}}{{% endblock %}}"
        )
    document = tree(pages_of(view_of(CARDS), tmp_path)["history/index.html"].render())
    assert text(document.xpath("//header")[0]).startswith("Harbourlight status Before pages")
    assert "Before feeds Atom RSS" in text(document.xpath("//footer")[0])
