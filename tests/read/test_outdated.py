"""Translations that are older than their originals are known from git, and never guessed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checkout import TRANSLATION, Checkout
from small_book import GOOD, UPDATE, lay
from statusbook.read import cache
from statusbook.read.outdated import outdated_translations

INCIDENT = UPDATE.split("/")[1]
OUTDATED = {INCIDENT: frozenset({("1-investigating", "pl")})}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return Checkout(tmp_path / "book")


def test_an_original_that_changes_after_its_translation_leaves_it_behind(book: Checkout) -> None:
    book.commit(original="")
    book.commit(translation="Wolno.")
    assert book.outdated() == {}
    book.commit(original="It is faster now.")
    assert book.outdated() == OUTDATED
    book.commit(translation="Już szybciej.")
    assert book.outdated() == {}


def test_one_commit_that_changes_both_keeps_them_together(book: Checkout) -> None:
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.", translation="Więcej.")
    assert book.outdated() == {}


def test_what_counts_is_the_order_of_commits_and_not_their_clocks(book: Checkout) -> None:
    book.commit(translation="Wolno.")
    book.commit(original="More.", later=False)
    assert book.outdated() == OUTDATED
    book.minute = 30
    book.commit(translation="Więcej.")
    book.minute = 10
    book.commit(original="Even more.")
    assert book.outdated() == OUTDATED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: investigating", "status: identified"),
        ("status: investigating", "internal: {note: Ask Kim}\nstatus: investigating"),
        ("at: 2026", "at:  2026"),
    ],
)
def test_what_nobody_translates_makes_no_translation_old(
    book: Checkout, old: str, new: str
) -> None:
    book.commit(original="", translation="Wolno.")
    assert old in GOOD[UPDATE]
    book.write(UPDATE, GOOD[UPDATE].replace(old, new))
    book.commit()
    assert book.outdated() == {}


@pytest.mark.parametrize("line", ["title: Another one", "workaround: Wait"])
def test_each_text_that_is_translated_counts(book: Checkout, line: str) -> None:
    book.commit(original="", translation="Wolno.")
    without = "\n".join(one for one in GOOD[UPDATE].split("\n") if not one.startswith("title:"))
    book.write(UPDATE, without.replace("---\n", f"---\n{line}\n", 1))
    book.commit()
    assert book.outdated() == OUTDATED


def test_a_text_that_is_taken_back_suits_its_translation_again(book: Checkout) -> None:
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    assert book.outdated() == OUTDATED
    book.commit(original="")
    assert book.outdated() == {}


def test_an_original_that_cannot_be_read_is_not_judged(book: Checkout) -> None:
    book.write(UPDATE, "no front matter")
    book.commit(translation="Wolno.")
    book.commit(original="More.")
    assert book.outdated() == {}


def test_each_language_counts_for_itself(book: Checkout) -> None:
    book.write(UPDATE.replace(".md", ".de.md"), "Langsam.")
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    book.write(UPDATE.replace(".md", ".de.md"), "Noch langsamer.")
    book.commit()
    assert book.outdated() == OUTDATED


def test_a_translation_on_a_branch_may_be_overtaken_before_it_is_merged(book: Checkout) -> None:
    book.commit(original="")
    book.git("checkout", "--quiet", "-b", "polish")
    book.commit(translation="Wolno.")
    book.git("checkout", "--quiet", "main")
    book.commit(original="More.")
    book.minute += 1
    book.git("merge", "--quiet", "--no-edit", "polish")
    assert book.outdated() == OUTDATED


def test_a_merge_that_changes_the_original_itself_counts(book: Checkout) -> None:
    book.commit(original="One.", translation="Raz.")
    book.git("checkout", "--quiet", "-b", "other")
    book.commit(original="Two.")
    book.git("checkout", "--quiet", "main")
    book.commit(original="Three.", translation="Trzy.")
    assert book.outdated() == {}
    book.minute += 1
    with pytest.raises(subprocess.CalledProcessError):
        book.git("merge", "--quiet", "other")
    book.commit(original="Two and three.")
    assert book.outdated() == OUTDATED


def test_moving_an_incident_to_another_folder_claims_nothing(book: Checkout) -> None:
    book.commit(original="", translation="Wolno.")
    folder = UPDATE.rpartition("/")[0]
    (book.root / "incidents/2026").mkdir()
    book.git("mv", folder, f"incidents/2026/{INCIDENT}")
    book.commit()
    assert book.outdated() == {}


@pytest.mark.parametrize("cached", [False, True])
def test_moving_files_makes_no_translation_new(book: Checkout, *, cached: bool) -> None:
    folder = book.root / cache.FOLDER if cached else None
    book.write(UPDATE.replace(".md", ".de.md"), "Langsam.")
    book.commit(original="", translation="Wolno.")
    book.write(UPDATE.replace(".md", ".de.md"), "Noch langsamer.")
    book.commit(original="More.")
    assert book.outdated(folder) == OUTDATED

    below = UPDATE.rpartition("/")[0]
    book.git("mv", below, "incidents/renamed")
    book.commit()
    assert book.outdated(folder) == {"renamed": OUTDATED[INCIDENT]}
    (book.root / "incidents/2026").mkdir()
    book.git("mv", "incidents/renamed", f"incidents/2026/{INCIDENT}")
    book.commit()
    assert book.outdated(folder) == OUTDATED
    for language in ("", ".pl", ".de"):
        there = f"incidents/2026/{INCIDENT}/1-"
        book.git("mv", f"{there}investigating{language}.md", f"{there}first{language}.md")
    book.commit()
    assert book.outdated(folder) == {INCIDENT: frozenset({("1-first", "pl")})}
    (book.root / f"incidents/2026/{INCIDENT}/1-first.pl.md").chmod(0o755)
    book.commit()
    assert book.outdated(folder) == {INCIDENT: frozenset({("1-first", "pl")})}


def test_a_book_in_a_folder_of_a_repository_is_known_too(tmp_path: Path, book: Checkout) -> None:
    del tmp_path
    below = book.root / "docs/status"
    lay(below)
    (below / TRANSLATION).write_text("Wolno.", encoding="utf-8")
    book.commit()
    (below / UPDATE).write_text(GOOD[UPDATE] + "More.", encoding="utf-8")
    book.commit()
    assert dict(outdated_translations(below, None)) == OUTDATED


def test_what_is_being_renewed_counts_as_new(book: Checkout) -> None:
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    book.write(TRANSLATION, "Jeszcze wolniej.")
    assert book.outdated() == {}
    book.git("add", ".")
    assert book.outdated() == {}


def test_a_translation_that_git_does_not_know_yet_is_new(book: Checkout) -> None:
    book.commit(original="")
    book.commit(original="More.")
    book.write(TRANSLATION, "Wolno.")
    assert book.outdated() == {}


def test_a_history_that_is_not_whole_says_nothing(book: Checkout, tmp_path: Path) -> None:
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    assert book.outdated() == OUTDATED
    shallow = tmp_path / "shallow"
    book.git("clone", "--quiet", "--depth", "1", f"file://{book.root}", str(shallow))
    assert outdated_translations(shallow, None) == {}
    whole = tmp_path / "whole"
    book.git("clone", "--quiet", f"file://{book.root}", str(whole))
    assert dict(outdated_translations(whole, None)) == OUTDATED


def test_without_git_nothing_is_said(
    book: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outdated_translations(lay(tmp_path / "plain"), None) == {}
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    monkeypatch.setenv("PATH", "")
    assert outdated_translations(book.root, None) == {}


def test_an_empty_repository_has_no_history(book: Checkout) -> None:
    assert book.outdated() == {}


def test_a_build_looks_only_at_what_came_since_the_last_one(
    book: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    from statusbook.read import git

    folder = book.root / cache.FOLDER
    asked: list[str] = []
    look: Callable[[Path, str], list[git.Change] | None] = git.changes
    monkeypatch.setattr(git, "changes", lambda root, of: asked.append(of) or look(root, of))
    book.commit(original="", translation="Wolno.")
    first = book.git("rev-parse", "HEAD").strip()
    outdated_translations(book.root, folder)
    outdated_translations(book.root, folder)
    assert asked == [first]
    book.commit(original="More.")
    assert dict(outdated_translations(book.root, folder)) == OUTDATED
    second = book.git("rev-parse", "HEAD").strip()
    assert asked == [first, f"{first}..{second}"]


def test_a_history_that_was_rewritten_is_read_anew(book: Checkout) -> None:
    folder = book.root / cache.FOLDER
    book.commit(original="", translation="Wolno.")
    book.commit(original="More.")
    assert book.outdated(folder) == OUTDATED
    book.git("reset", "--quiet", "--hard", "HEAD~1")
    book.commit()
    assert book.outdated(folder) == {}
    older = book.git("rev-list", "--max-parents=0", "HEAD").strip()
    book.git("checkout", "--quiet", older)
    assert book.outdated(folder) == {}


def test_old_branches_that_are_merged_late_are_seen_as_by_a_fresh_clone(book: Checkout) -> None:
    folder = book.root / cache.FOLDER
    book.commit(original="")
    book.git("checkout", "--quiet", "-b", "polish")
    book.commit(translation="Wolno.")
    book.git("checkout", "--quiet", "main")
    book.commit(original="More.")
    assert book.outdated(folder) == {}
    book.minute += 1
    book.git("merge", "--quiet", "--no-edit", "polish")
    assert book.outdated(folder) == OUTDATED
