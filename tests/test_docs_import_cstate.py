"""docs/import.md names what the import of cState does: words, limits and sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from statusbook.cli import statusbook
from statusbook.importers.cstate.config import PLACES
from statusbook.importers.cstate.story import BEGAN, RESOLVED
from statusbook.importers.cstate.words import known_word

DOCS = Path(__file__).parents[1] / "docs" / "import.md"


@pytest.mark.parametrize("sentence", [BEGAN, RESOLVED])
def test_the_sentence_of_an_edge_that_nobody_told_is_documented(sentence: str) -> None:
    assert f"“{sentence}”" in " ".join(DOCS.read_text().split())


@pytest.mark.parametrize(
    "word", ["Risolto", "Monitoraggio in corso", "Behoben", "Résolu", "Monitoring"]
)
def test_words_of_the_page_are_words_of_the_import(word: str) -> None:
    assert word in DOCS.read_text()
    known = known_word(word)
    assert known is not None
    assert known.status is not None


def test_every_place_of_a_configuration_is_documented() -> None:
    text = DOCS.read_text()
    assert all(f"`{place}`" in text for place in PLACES if "/" not in place and ".yml" not in place)
    assert "`config.yml`" in text
    assert "config/_default/" in text


def test_the_example_of_every_mark_begins_an_update(tmp_path: Path) -> None:
    table = DOCS.read_text().partition("| Mark | For example |")[2].partition("\n\n")[0]
    examples = [line.rpartition(" | `")[2].rstrip("` |") for line in table.splitlines()[2:]]
    assert len(examples) == 6
    issues = tmp_path / "site" / "content" / "issues"
    issues.mkdir(parents=True)
    for number, example in enumerate(examples):
        first = example.partition("`")[0]
        head = "title: Slow\ndate: 2026-05-01 10:00\nresolved: true\nresolvedWhen: 2026-05-01 12:00"
        body = f"{first}\n\nIt works.\n\n[Initial message]\nIt is slow."
        (issues / f"{number}.md").write_text(f"---\n{head}\n---\n{body}\n")
    book = tmp_path / "book"
    done = CliRunner().invoke(
        statusbook, ["import", "cstate", str(tmp_path / "site"), "--into", str(book)]
    )
    assert done.exit_code == 0, done.output
    for number, example in enumerate(examples):
        files = sorted((book / "incidents" / "2026" / str(number)).iterdir())
        assert len(files) >= 2, (example, files)
        assert "It is slow" in files[0].read_text()
        assert "It works" not in files[0].read_text(), example
