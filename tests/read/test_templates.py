"""Templates of the owner's are read from his folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_book import lay, said_of
from statusbook.read.templates import read_templates

FOLDER = "overrides/status"


@pytest.mark.parametrize("link", ["parts", "404.html.j2"])
def test_links_below_the_folder_are_faults(tmp_path: Path, link: str) -> None:
    root = lay(tmp_path / "book", {f"{FOLDER}/month.html.j2": "<p>"})
    target = root / ("plan" if link == "parts" else "plan/components.yml")
    (root / FOLDER / link).symlink_to(target)
    assert said_of(root) == (
        f"{FOLDER}/{link}:1:1 E204 a symbolic link\n"
        "    put the file itself here: links are never followed\n"
    )
    assert [*read_templates(root)[0]] == ["month.html.j2"]


def test_a_template_that_is_too_large_is_a_fault(tmp_path: Path) -> None:
    root = lay(tmp_path, {f"{FOLDER}/404.html.j2": "a" * 70_000})
    assert said_of(root).startswith(f"{FOLDER}/404.html.j2:1:1 E101 ")


def test_templates_in_folders_are_named_by_their_way(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        {
            f"{FOLDER}/parts/a/one.html.j2": "1",
            f"{FOLDER}/.hidden/no.html.j2": "2",
            f"{FOLDER}/404.html.j2": "3",
        },
    )
    assert read_templates(root) == ({"404.html.j2": "3", "parts/a/one.html.j2": "1"}, [])


def test_a_book_without_a_folder_has_none(tmp_path: Path) -> None:
    assert read_templates(lay(tmp_path)) == ({}, [])
