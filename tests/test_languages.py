"""A book in several languages, built by the command: what readers of each language see."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from lxml import html

from small_book import GOOD, UPDATE, lay

NOW = "2026-11-21T15:00Z"
PAGE = f"incidents/{UPDATE.split('/')[1]}/index.html"
TRANSLATION = UPDATE.replace(".md", ".pl.md")
NOT_YET = "Jeszcze nie przetłumaczono. Oryginał: angielski."
OUTDATED = "Przetłumaczono przed ostatnią zmianą oryginału."
SHOWN = {".html", ".svg", ".rss", ".atom"}
MONDAY, TUESDAY, WEDNESDAY = (f"2026-11-{day}T12:00:00Z" for day in (16, 17, 18))

EXAMPLE = re.compile(r"^```(?:po|yaml|markdown)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def build(root: Path) -> set[str]:
    """Build the book, and return what was written."""
    command = ["build", "status", "--source", str(root), "--out", str(root / "out")]
    done = subprocess.run(
        [sys.executable, "-m", "statusbook", *command, "--now", NOW, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {*told["created"], *told["changed"]} - {"release.json"}


def commit(root: Path, at: str) -> None:
    settings = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
    for command in (["add", "plan", "incidents"], ["commit", "--quiet", "-m", "Change"]):
        subprocess.run(
            ["git", *settings, *command],
            cwd=root,
            env=os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at},
            check=True,
        )


def page(root: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((root / "out" / path).read_bytes())


def notes(root: Path, path: str) -> list[str]:
    """Return what stands above the updates of a page."""
    found = page(root, path).xpath('//*[contains(@class, "entry")]//p[@class="note"]')
    return [" ".join(one.text_content().split()) for one in found]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a committed book in English and Polish, whose update is not translated."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = lay(tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    commit(root, MONDAY)
    return root


def test_an_update_waits_for_its_translation_in_the_original(book: Path) -> None:
    build(book)
    assert notes(book, f"pl/{PAGE}") == [NOT_YET]
    assert notes(book, PAGE) == []
    prose = page(book, f"pl/{PAGE}").xpath('//div[@class="prose"]')
    assert [one.get("lang") for one in prose] == ["en"]
    feed = (book / "out/pl/feed.json").read_text("utf-8")
    (entry,) = json.loads(feed)["items"]
    assert entry["content_html"].startswith(f"<p>{NOT_YET}</p>")
    assert NOT_YET not in (book / "out/feed.json").read_text("utf-8")


def test_a_translation_that_comes_later_shows_nothing_again(book: Path) -> None:
    build(book)
    before = json.loads((book / "out/pl/feed.json").read_text("utf-8"))["items"]
    (book / TRANSLATION).write_text("Wyszukiwanie trwa dziesięć sekund.", encoding="utf-8")
    build(book)
    after = json.loads((book / "out/pl/feed.json").read_text("utf-8"))["items"]
    assert notes(book, f"pl/{PAGE}") == []
    assert "Wyszukiwanie trwa" in after[0]["content_html"]
    assert NOT_YET not in after[0]["content_html"]
    for kept in ("id", "url", "date_published", "title"):
        assert [one[kept] for one in after] == [one[kept] for one in before]


def test_a_translation_says_that_its_original_has_changed_until_it_follows(book: Path) -> None:
    (book / TRANSLATION).write_text("Wolno.", encoding="utf-8")
    commit(book, MONDAY)
    build(book)
    (book / UPDATE).write_text(GOOD[UPDATE].replace("ten", "six"), encoding="utf-8")
    build(book)
    assert notes(book, f"pl/{PAGE}") == [], "nothing is committed yet"
    commit(book, TUESDAY)
    written = build(book)
    assert notes(book, f"pl/{PAGE}") == [OUTDATED]
    assert notes(book, PAGE) == []
    assert f"pl/{PAGE}" in written
    assert not [path for path in written if path.endswith((".rss", ".atom", ".json"))]
    assert OUTDATED in page(book, "pl/index.html").text_content()
    (book / TRANSLATION).write_text("Nadal wolno.", encoding="utf-8")
    commit(book, WEDNESDAY)
    build(book)
    assert notes(book, f"pl/{PAGE}") == []


def test_a_build_without_a_cache_says_the_same(book: Path) -> None:
    (book / TRANSLATION).write_text("Wolno.", encoding="utf-8")
    commit(book, MONDAY)
    build(book)
    (book / UPDATE).write_text(GOOD[UPDATE].replace("ten", "six"), encoding="utf-8")
    commit(book, TUESDAY)
    build(book)
    kept = (book / "out/pl" / PAGE).read_bytes()
    command = ["build", "status", "--source", str(book), "--out", str(book / "fresh")]
    subprocess.run(
        [sys.executable, "-m", "statusbook", *command, "--now", NOW, "--no-cache"], check=True
    )
    assert (book / "fresh/pl" / PAGE).read_bytes() == kept


def test_an_owners_words_are_on_every_page_and_in_every_feed(book: Path) -> None:
    build(book)
    own = book / "overrides/status/locale/pl.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "Investigating"\nmsgstr "Sprawdzamy"\n', encoding="utf-8")
    written = build(book)
    assert {f"pl/{PAGE}", "pl/index.html", "pl/updates.atom"} <= written
    assert PAGE not in written
    assert "Sprawdzamy" in page(book, f"pl/{PAGE}").text_content()
    assert "[Sprawdzamy]" in (book / "out/pl/updates.atom").read_text("utf-8")
    assert build(book) == set()


def test_the_examples_of_the_documentation_are_right(project_root: Path, tmp_path: Path) -> None:
    text = (project_root / "docs/languages.md").read_text("utf-8")
    settings, parts, translation, words = EXAMPLE.findall(text)
    dutch = settings.replace("[pl, de]", "[pl, de, nl]")
    lay(
        tmp_path,
        {
            "plan/status-page.yml": dutch,
            "plan/components.yml": f"{parts}  - {{id: search, name: Search}}\n",
            TRANSLATION: translation,
            "overrides/status/locale/nl.po": words,
        },
    )
    build(tmp_path)
    polish = page(tmp_path, f"pl/{PAGE}").text_content()
    assert "Płatności kartą nie działają" in polish
    assert "Płatności kartą" in page(tmp_path, "pl/index.html").text_content()
    assert "Geschiedenis" in page(tmp_path, "nl/index.html").text_content()


def test_the_documentation_names_the_words_that_the_catalogues_use(project_root: Path) -> None:
    from statusbook.render.words import words_of

    text = (project_root / "docs/languages.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w[\w ]+) \| (.+) \|$", text, re.MULTILINE)
    table = {row[0]: row[1].split(" | ") for row in rows}
    for english in ("operational", "degraded performance", "partial outage", "major outage",
                    "investigating", "identified", "monitoring", "resolved", "update"):  # fmt: skip
        for language, word in zip(("de", "es", "fr", "it", "pl"), table[english], strict=True):
            said = words_of(language, "UTC").gettext(english.capitalize())
            assert said.lower() == word.lower(), language


def test_words_of_an_owner_are_text_and_no_markup(book: Path, project_root: Path) -> None:
    template = project_root / "generator/statusbook/locale/statusbook.pot"
    with template.open("rb") as source:
        catalogue = read_po(source, locale="pl")
    for message in catalogue:
        forms = (message.id,) if isinstance(message.id, str) else message.id
        bad = [f"{forms[-1]}<script>alert(1)</script>\"'" for _ in range(catalogue.num_plurals)]
        if message.id:
            message.string = bad[0] if isinstance(message.id, str) else tuple(bad)
    own = book / "overrides/status/locale/pl.po"
    own.parent.mkdir(parents=True)
    with own.open("wb") as out:
        write_po(out, catalogue)
    build(book)
    pages = [path for path in (book / "out").rglob("*") if path.suffix in SHOWN]
    marked = [path for path in pages if b"alert(1)" in path.read_bytes()]
    assert len(marked) > 15
    assert not [path for path in marked if b"<script>alert(1)" in path.read_bytes()]
    entries = json.loads((book / "out/pl/feed.json").read_bytes())["items"]
    assert not [one for one in entries if "<script" in one["content_html"]]
