"""What is odd, hostile or no cState at all ends in a sentence, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner, Result
from cstate_sites import CONFIG, FRONT, lines, site, take

from statusbook.cli import statusbook
from statusbook.importers.write import write_imported
from statusbook.problems import StatusbookError, errors
from statusbook.read.book import read_book


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "",
        "---\ntitle: never ends\n",
        "---\n" + "[" * 40_000 + "\n---\n",
        "---\na: &a [1]\nb: *a\n---\nText.",
        "---\n!!python/object:os.system x\n---\nText.",
        "+++\nx = " + "[" * 5_000 + "\n+++\nText.",
        "---\n- a list\n---\nText.",
        f"---\n{FRONT}---\n" + "x" * 70_000,
        f"---\n{FRONT}---\n" + "|" * 60,
    ],
    ids=range(10),
)
def test_what_cannot_be_an_incident_ends_in_one_sentence(text: str, tmp_path: Path) -> None:
    imported, account = take(site(tmp_path / "site", {"a.md": text}))
    write_imported(imported, tmp_path / "book", account)
    assert len(imported.incidents) + len(account.left_out) == 1
    assert errors(read_book(tmp_path / "book").problems) == []


@pytest.mark.parametrize(
    "body",
    ["<!--" * 10_000, "[" * 50_000, "<a " * 15_000, "**" * 25_000, "{{< track " * 5_000,
     "`" * 50_000, " " * 50_000 + "x", "- [2026-05-01" * 3_000, "<b>" * 15_000, "Update " * 8_000,
     "*Word* - " * 6_000, "#" * 50_000, "1 may 2026 " * 5_000, "\n" * 50_000, "```\n" * 12_000],
    ids=range(15),
)  # fmt: skip
def test_hostile_texts_take_no_time_and_write_no_fault(body: str, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": f"---\n{FRONT}---\n{body}\n"})
    begun = process_time()
    imported, account = take(folder)
    assert process_time() - begun < 5
    write_imported(imported, tmp_path / "book", account)
    assert len(imported.incidents) + len(account.left_out) == 1
    assert errors(read_book(tmp_path / "book").problems) == []


@pytest.mark.parametrize(
    "config",
    ["", "title: [", "[" * 50_000, "baseURL: /", "title: A\nbaseUrl: 'javascript:x'", "params: 7",
     "params:\n  systems: [1, {name: []}, {name: A}, {name: A}]\n  categories: {a: b}",
     "timezone: Mars/Olympus\nlanguageCode: '../x'"],
    ids=range(8),
)  # fmt: skip
def test_a_strange_configuration_never_stops_the_import(config: str, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": f"---\n{FRONT}---\nSlow.\n"}, config)
    imported, account = take(folder)
    write_imported(imported, tmp_path / "book", account)
    assert len(imported.incidents) == 1
    assert errors(read_book(tmp_path / "book").problems) == []


def test_other_files_below_content_end_in_a_sentence(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": f"---\n{FRONT}---\nSlow.\n", "_index.md": "---\n---\n"})
    (folder / "content" / "pages").mkdir()
    (folder / "content" / "pages" / "about.md").write_text("---\ntitle: About\n---\n")
    (folder / "content" / "issues" / "photo.png").write_bytes(b"\x89PNG")
    (folder / "content" / "issues" / "link.md").symlink_to(folder / "config.yml")
    imported, account = take(folder)
    assert [incident.id for incident in imported.incidents] == ["a"]
    assert len(account.left_out) == 4


def test_characters_that_turn_or_hide_text_are_taken_out_and_told(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": f"---\n{FRONT}---\nSl\u202eow\x07.\n"})
    imported, account = take(folder)
    assert lines(imported.incidents[0])[0].endswith("Slow.")
    assert sum("taken out" in remark.text for remark in account.warnings) == 2


def test_a_page_without_an_address_gets_one_that_the_reader_must_mend(tmp_path: Path) -> None:
    imported, account = take(site(tmp_path, {"a.md": f"---\n{FRONT}---\nSlow.\n"}, "title: A\n"))
    assert imported.page is not None
    assert imported.page.url == "https://status.example.com"
    assert imported.page.feed_id == "tag:status.example.com,2026:status"
    assert account.hints or account.warnings


def run_import(tool: str, folder: Path, into: Path) -> Result:
    return CliRunner().invoke(statusbook, ["import", tool, str(folder), "--into", str(into)])


@pytest.mark.parametrize(
    "name", ["upptime-tjcsl", "jekyll-bcgov", "statuskit-agrc", "statuspage-fixtures-a"]
)
def test_a_folder_of_another_tool_ends_in_one_sentence_and_nothing_is_written(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    done = run_import("cstate", shared_data / name, tmp_path / "book")
    assert done.exit_code == 1
    assert isinstance(done.exception, StatusbookError)
    assert str(done.exception).endswith("is this a cState site?")
    assert "\n" not in str(done.exception)
    assert done.output == ""
    assert not (tmp_path / "book").exists()


def test_another_site_of_hugo_is_none_of_cstate(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {}, "title: A blog\ntheme: plain\nparams: {author: A}\n")
    (folder / "content" / "posts").mkdir()
    (folder / "content" / "posts" / "a.md").write_text(f"---\n{FRONT}---\nSlow.\n")
    with pytest.raises(StatusbookError, match="is this a cState site") as caught:
        take(folder)
    assert "\n" not in str(caught.value)


def test_why_no_issue_and_no_configuration_can_be_read_is_told_first(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": "---\ntitle: [\n---\n"}, "title: [\n")
    with pytest.raises(StatusbookError) as caught:
        take(folder)
    told = str(caught.value).split("\n")
    assert [line.partition(":")[2].split(":")[0] for line in told[:-1]] == [
        " config.yml",
        " content/issues/a.md",
    ]


def test_a_new_site_without_issues_is_taken_over(tmp_path: Path) -> None:
    done = run_import("cstate", site(tmp_path / "site", {}), tmp_path / "book")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "book" / "plan" / "components.yml").exists()


@pytest.mark.parametrize(("language", "warned"), [("fi", 1), ("fr", 0), ("en-GB", 0)])
def test_a_language_without_a_catalogue_is_kept_and_told(
    language: str, warned: int, tmp_path: Path
) -> None:
    imported, account = take(site(tmp_path, {}, f"{CONFIG}\nlanguageCode: {language}\n"))
    assert imported.page is not None
    assert imported.page.language == language[:2]
    assert sum("no catalogue" in remark.text for remark in account.warnings) == warned


def test_an_end_that_is_there_gets_no_second_one_beside_it(tmp_path: Path) -> None:
    end = "**Mended** - All is well."
    first = site(tmp_path / "first", {"a.md": f"---\n{FRONT}---\n{end}\n"})
    grown = '*Update* - Nearly. {{< track "2026-05-01 11:00:00" >}}'
    start = '*Investigating* - Slow. {{< track "2026-05-01 10:10:00" >}}'
    second = site(tmp_path / "second", {"a.md": f"---\n{FRONT}---\n{end}\n\n{grown}\n\n{start}\n"})
    book = tmp_path / "book"
    for folder in (first, second, second):
        done = run_import("cstate", folder, book)
        assert done.exit_code == 0, done.output
    names = sorted(path.name for path in (book / "incidents" / "2026" / "a").iterdir())
    assert sum("resolved" in name for name in names) == 1, names
    assert "has its end already" in done.output
    assert errors(read_book(book).problems) == []
