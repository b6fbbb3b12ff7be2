"""Catalogues of the owner's: what is missing in them, and what a verdict on them rests on."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from small_book import GOOD, lay, said_of

WORDS = "overrides/status/locale/nl.po"
DUTCH = {"plan/status-page.yml": GOOD["plan/status-page.yml"].replace("[pl]", "[nl]")}


def dutch(root: Path, project_root: Path, missing: set[str]) -> None:
    """Write a catalogue that has all messages but some."""
    with (project_root / "generator/statusbook/locale/statusbook.pot").open("rb") as source:
        catalogue = read_po(source, locale="nl")
    for message in list(catalogue):
        if message.id and message.id not in missing:
            message.string = message.id
    (root / WORDS).parent.mkdir(parents=True)
    with (root / WORDS).open("wb") as out:
        write_po(out, catalogue)


def test_messages_that_a_language_of_ones_own_lacks_are_counted(
    tmp_path: Path, project_root: Path
) -> None:
    root = lay(tmp_path, DUTCH)
    dutch(root, project_root, {"History", "Affected"})
    warning, hint = said_of(root).splitlines()
    said = "E444 warning: messages of the pages that are not translated, and stay English: 2"
    assert warning == f"{WORDS}:1:1 {said}"
    assert hint == '    translate them too: "Affected", "History"'


def test_a_whole_catalogue_has_nothing_to_mend(tmp_path: Path, project_root: Path) -> None:
    root = lay(tmp_path, DUTCH)
    dutch(root, project_root, set())
    assert said_of(root) == ""


def test_what_was_found_before_says_nothing_of_another_language(tmp_path: Path) -> None:
    """Two forms are right in German and one too few in Polish."""
    plan = GOOD["plan/status-page.yml"].replace("[pl]", "[pl, de]")
    words = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} a"\nmsgstr[1] "{n} b"\n'
    german, polish = (f"overrides/status/locale/{language}.po" for language in ("de", "pl"))
    root = lay(tmp_path / "book", {"plan/status-page.yml": plan, german: words})
    assert said_of(root, tmp_path / "cache") == ""
    lay(root, {"plan/status-page.yml": plan, polish: words})
    assert said_of(root, tmp_path / "cache") == said_of(root)
    assert "pl.po:1:1 E441 " in said_of(root, tmp_path / "cache")


def test_what_was_found_before_says_nothing_of_other_templates(tmp_path: Path) -> None:
    template = "overrides/status/404.html.j2"
    words = 'msgid "Ahoy"\nmsgstr "Ahoj"\n'
    root = lay(tmp_path / "book", {"overrides/status/locale/pl.po": words})
    lay(root, {template: '<p>{{ _("Ahoy") }}</p>'})
    assert said_of(root, tmp_path / "cache") == ""
    (root / template).unlink()
    assert said_of(root, tmp_path / "cache") == said_of(root)
    assert "pl.po:1:1 E442 " in said_of(root, tmp_path / "cache")


@pytest.mark.parametrize("link", ["overrides", "overrides/status", "overrides/status/locale"])
def test_no_link_leads_to_words_or_templates(tmp_path: Path, link: str) -> None:
    root = lay(tmp_path / "book", {"overrides/status/locale/pl.po": "?"})
    (root / link).rename(tmp_path / "elsewhere")
    (root / link).symlink_to(tmp_path / "elsewhere")
    assert said_of(root) == (
        f"{link}:1:1 E204 a symbolic link\n    put the file itself here: links are never followed\n"
    )
