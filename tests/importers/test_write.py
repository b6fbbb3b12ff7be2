"""What an importer found is added to a book, and nothing that is there is touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from statusbook.importers.report import Account, Ending
from statusbook.importers.statuspage.gather import read_statuspage
from statusbook.importers.write import (
    Imported,
    ImportedIncident,
    ImportedUpdate,
    write_imported,
)
from statusbook.model.parts import Group, Link
from statusbook.model.plan import Component, StatusPage
from statusbook.problems import StatusbookError
from statusbook.read.book import read_book
from statusbook.read.plan import read_components, read_status_page

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def found(*texts: str, title: str = "Checkout fails", at: datetime = AT) -> ImportedIncident:
    updates = [
        ImportedUpdate(f"{number}-investigating", {"status": "investigating", "at": at}, text)
        for number, text in enumerate(texts, 1)
    ]
    updates[0] = updates[0]._replace(fields={"title": title, **updates[0].fields})
    return ImportedIncident("x", "2026", updates, "x.json")


def write(book: Path, *incidents: ImportedIncident, **plan: object) -> Account:
    account = Account()
    everything = {"page": None, "groups": [], "components": [], "incidents": incidents, **plan}
    write_imported(Imported(**everything), book, account)  # type: ignore[arg-type]
    return account


def endings(account: Account) -> list[Ending]:
    return [entry.ending for entry in account.entries]


def files(book: Path) -> dict[str, bytes]:
    paths = sorted(path for path in book.rglob("*") if path.is_file())
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in paths}


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path, found("Down."))
    before = files(tmp_path)
    assert endings(write(tmp_path, found("Down."))) == [Ending.THERE]
    assert files(tmp_path) == before


def test_later_updates_are_added_behind_those_that_are_there(tmp_path: Path) -> None:
    write(tmp_path, found("Down."))
    before = files(tmp_path)
    assert endings(write(tmp_path, found("Changed.", "Still down."))) == [Ending.MORE]
    after = files(tmp_path)
    assert after.keys() - before.keys() == {"incidents/2026/x/2-investigating.md"}
    assert before.items() <= after.items()


def closed(*ends: datetime) -> ImportedIncident:
    begun = found("Down.")
    more = [
        ImportedUpdate(f"{number}-resolved", {"status": "resolved", "at": at}, f"Up: {number}.")
        for number, at in enumerate(ends, 2)
    ]
    return begun._replace(updates=[*begun.updates, *more])


def test_an_end_of_the_same_time_is_told_and_not_added(tmp_path: Path) -> None:
    end = AT.replace(hour=15)
    write(tmp_path, closed(end))
    before = files(tmp_path)
    account = write(tmp_path, closed(end, end.replace(second=20)))
    assert endings(account) == [Ending.THERE]
    assert [remark.text for remark in account.warnings] == [
        "update 3-resolved is left out: x has its end already"
    ]
    assert files(tmp_path) == before


def test_an_end_that_came_later_is_added(tmp_path: Path) -> None:
    end = AT.replace(hour=15)
    write(tmp_path, closed(end))
    assert endings(write(tmp_path, closed(end, end.replace(hour=18)))) == [Ending.MORE]


def told(*updates: tuple[str, int, str]) -> ImportedIncident:
    """Make an incident of (status or nothing, hour, text)."""
    begun = found("Down.")
    more = [
        ImportedUpdate(
            f"{number}-{status or 'update'}",
            {**({"status": status} if status else {}), "at": AT.replace(hour=hour)},
            text,
        )
        for number, (status, hour, text) in enumerate(updates, 2)
    ]
    return begun._replace(updates=[*begun.updates, *more])


def test_what_is_later_than_all_is_added_whatever_its_number(tmp_path: Path) -> None:
    write(tmp_path, told(("resolved", 15, "Up.")))
    grown = told(("", 16, "One word more."))
    assert endings(write(tmp_path, grown)) == [Ending.MORE]
    assert (tmp_path / "incidents/2026/x/3-update.md").read_text().endswith("One word more.\n")
    assert endings(write(tmp_path, grown)) == [Ending.THERE]
    assert endings(write(tmp_path, told(("", 16, "One word more."), ("", 17, "Two.")))) == [
        Ending.MORE
    ]
    renumbered = told(("resolved", 15, "Up."), ("", 16, "One word more."), ("", 17, "Two."))
    account = write(tmp_path, renumbered)
    assert endings(account) == [Ending.THERE]
    assert account.warnings == []


def test_what_belongs_between_those_that_are_there_is_told(tmp_path: Path) -> None:
    write(tmp_path, told(("resolved", 17, "Up.")))
    account = write(tmp_path, told(("", 16, "Nearly."), ("resolved", 17, "Up.")))
    assert endings(account) == [Ending.THERE]
    assert [remark.text for remark in account.warnings] == [
        "its update of 2026-11-21T16:05Z is not in x: add it by hand"
    ]


def test_what_has_the_time_of_the_import_is_not_added_again(tmp_path: Path) -> None:
    write(tmp_path, told(("", 16, "It will take an hour.")))
    account = write(tmp_path, told(("", 18, "It will take an hour.")))
    assert endings(account) == [Ending.THERE]
    assert account.warnings == []


def test_an_end_that_was_withdrawn_makes_room_for_another(tmp_path: Path) -> None:
    end = AT.replace(hour=15)
    write(tmp_path, closed(end))
    (tmp_path / "incidents/2026/x/2-resolved.md").write_text(
        "---\nstatus: resolved\nat: 2026-11-21T15:00Z\nretracted: Too early.\n---\nUp.\n"
    )
    assert endings(write(tmp_path, closed(end, end))) == [Ending.MORE]


def test_an_id_that_another_incident_has_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, found("Down."))
    other = found("Slow.", "Slower.", title="Search is slow", at=AT.replace(hour=3))
    account = write(tmp_path, other)
    assert endings(account) == [Ending.LEFT_OUT]
    assert str(account.left_out[0]).startswith("x.json incidents/2026/x is another incident")
    assert list(files(tmp_path)) == ["incidents/2026/x/1-investigating.md"]


def test_a_draft_that_was_published_does_not_come_back(tmp_path: Path) -> None:
    draft = found("Down.")._replace(ending=Ending.DRAFT)
    write(tmp_path, draft)
    (tmp_path / "incidents/2026/_x").rename(tmp_path / "incidents/2026/x")
    assert endings(write(tmp_path, draft)) == [Ending.THERE]
    assert list(files(tmp_path)) == ["incidents/2026/x/1-investigating.md"]


def test_what_a_killed_import_left_is_swept_and_drafts_stay(tmp_path: Path) -> None:
    half = tmp_path / "incidents/2026/_half-imported-x"
    half.mkdir(parents=True)
    (half / "1-investigating.md").write_text("---\n")
    draft = tmp_path / "incidents/2026/_import-notes"
    draft.mkdir()
    (draft / "1-investigating.md").write_text("mine")
    write(tmp_path, found("Down."))
    assert list(files(tmp_path)) == [
        "incidents/2026/_import-notes/1-investigating.md",
        "incidents/2026/x/1-investigating.md",
    ]


def test_plan_files_are_written_once_and_read_back(tmp_path: Path) -> None:
    page = StatusPage(
        title='A: "page"',
        url="https://status.example.com",
        feed_id="tag:status.example.com,2026:status",
        links=[Link(name="Docs: all", url="https://example.com/docs")],
    )
    groups = [Group(id="web", name="Web #1")]
    components = [Component(id="shop", name="no", group="web", showcase=False)]
    write(tmp_path, page=page, groups=groups, components=components)
    read_page, problems = read_status_page(tmp_path)
    assert problems == []
    assert read_page is not None
    assert (read_page.title, read_page.links[0].name) == ('A: "page"', "Docs: all")
    read, problems = read_components(tmp_path)
    assert problems == []
    assert (read.components[0].name, read.components[0].showcase) == ("no", False)
    before = files(tmp_path)
    write(tmp_path, page=page, groups=groups, components=components)
    assert files(tmp_path) == before


def test_what_the_plan_lacks_is_told_with_the_lines_to_add(tmp_path: Path) -> None:
    write(tmp_path, components=[Component(id="api-requests", name="API requests")])
    before = files(tmp_path)
    more = [Component(id="api", name="API", group="web"), Component(id="api-requests", name="A")]
    account = write(tmp_path, groups=[Group(id="web", name="Web")], components=more)
    assert files(tmp_path) == before
    assert account.hints[0].split("\n") == [
        "plan/components.yml is yours: add to it what it lacks",
        "groups:",
        "  - id: web",
        "    name: Web",
        "components:",
        "  - id: api",
        "    name: API",
        "    group: web",
    ]


def test_a_folder_that_cannot_be_made_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "incidents").write_text("a file")
    with pytest.raises(StatusbookError, match="cannot write"):
        write(tmp_path, found("Down."))


SPACED: list[Callable[[str], str]] = [
    lambda content: content,
    lambda content: (
        content.replace("&lt;p&gt;", "&lt;p&gt; ")
        .replace("&lt;br&gt;", "&lt;br&gt; ")
        .replace("&lt;/p&gt;", " &lt;/p&gt; ")
    ),
]


def test_both_forms_of_feeds_say_the_same(shared_data: Path, tmp_path: Path) -> None:
    feed = next((shared_data / "atom-github-2022-2023" / "monthly").glob("2023-09-01*")).read_text()
    told = []
    for change in SPACED:
        path = tmp_path / "history.atom"
        path.write_text(change(feed))
        told.append(read_statuspage([path], Account()).incidents)
    assert len(told[0]) == 25
    assert told[0] == told[1]


def test_both_forms_make_the_same_book_every_time(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "atom-github-2022-2023" / "monthly"
    books = [tmp_path / "one", tmp_path / "two"]
    write_imported(read_statuspage([folder], Account()), books[0], Account())
    backwards = sorted(folder.iterdir(), reverse=True)
    write_imported(read_statuspage(backwards, Account()), books[1], Account())
    assert files(books[0]) == files(books[1])
    assert not read_book(books[0]).problems
