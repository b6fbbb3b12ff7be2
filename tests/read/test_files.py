"""Files that are no plain files, cannot be read or change meanwhile (catalogue C 45-54)."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from small_book import UPDATE, lay, said_of
from statusbook.read import folder
from statusbook.read.folder import find_incidents
from statusbook.read.incident import read_files

HOME = "incidents/2026-11-21-slow-search"
SYMBOLIC_LINK = "E204 a symbolic link\n    put the file itself here: links are never followed\n"
NO_FILE = "E205 neither a file nor a folder\n    delete it\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return lay(tmp_path / "book")


@pytest.mark.parametrize(
    "target", ["1-investigating.md", "../../plan", "nowhere", "2-link.md", "/proc/self/environ"]
)
def test_46_a_symbolic_link_is_named_and_never_followed(book: Path, target: str) -> None:
    (book / HOME / "2-link.md").symlink_to(target)

    assert said_of(book) == f"{HOME}/2-link.md:1:1 {SYMBOLIC_LINK}"


def test_46_a_folder_that_is_a_link_is_named(book: Path, tmp_path: Path) -> None:
    elsewhere = lay(tmp_path / "elsewhere")
    (book / "incidents/linked").symlink_to(elsewhere / HOME)

    assert said_of(book) == f"incidents/linked:1:1 {SYMBOLIC_LINK}"


@pytest.mark.parametrize("name", ["plan/status-page.yml", "plan/components.yml", "plan"])
def test_46_the_plan_is_not_read_through_a_link(book: Path, tmp_path: Path, name: str) -> None:
    (book / name).rename(tmp_path / "moved")
    (book / name).symlink_to(tmp_path / "moved")

    assert f"{name}:1:1 {SYMBOLIC_LINK}" in said_of(book)


@pytest.mark.parametrize("kind", ["link", "file"])
def test_46_incidents_in_something_else_than_a_folder_are_not_no_incidents(
    book: Path, tmp_path: Path, kind: str
) -> None:
    (book / "incidents").rename(tmp_path / "moved")
    if kind == "link":
        (book / "incidents").symlink_to(tmp_path / "moved")
    else:
        (book / "incidents").write_text("nothing")

    assert said_of(book) == (
        "incidents:1:1 E218 not a folder\n    make it a folder of its own, not a link or a file\n"
    )


def test_46_the_lock_that_an_editor_puts_beside_a_file_is_passed_over(book: Path) -> None:
    (book / HOME / ".#1-investigating.md").symlink_to("somebody@somewhere.1234:1700000000")

    assert said_of(book) == ""


def test_47_a_hard_link_is_a_warning(book: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes((book / UPDATE).read_bytes())
    (book / UPDATE).unlink()
    (book / UPDATE).hardlink_to(secret)

    assert said_of(book) == (
        f"{UPDATE}:1:1 E217 warning: the file has a second name somewhere (a hard link)\n"
        "    copy it: what is written there stands here too, meant for the public or not\n"
    )


@pytest.mark.parametrize("path", [f"{HOME}/2-more.md", "incidents/2026-11-22-more", "incidents/x"])
def test_47_a_pipe_is_named_and_not_opened(book: Path, path: str) -> None:
    os.mkfifo(book / path)

    assert said_of(book) == f"{path}:1:1 {NO_FILE}"


def test_47_a_socket_is_named(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book / HOME)  # a socket's path is at most 107 bytes long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("2-more.md")

        assert said_of(book) == f"{HOME}/2-more.md:1:1 {NO_FILE}"


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket"])
def test_47_the_plan_is_a_plain_file(
    book: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book / "plan")
    place = Path("components.yml")
    place.unlink()
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(place))

    assert said_of(book) == f"plan/components.yml:1:1 {NO_FILE}"


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Yield a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Read as somebody who is not root: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("path", [UPDATE, "plan/components.yml", HOME, "incidents"])
def test_48_what_may_not_be_read_is_named(open_place: Path, path: str) -> None:
    book = lay(open_place / "book")
    assert said_of(book) == ""  # and whatever is imported late is there
    (book / path).chmod(0o000)

    with as_nobody():
        said = said_of(book)

    (book / path).chmod(0o755)
    assert said == f"{path}:1:1 E201 cannot be read: Permission denied\n    check its permissions\n"


def test_49_a_path_that_is_too_long_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(18):  # step by step: no single path may be so long
        Path("x" * 200).mkdir()
        os.chdir("x" * 200)
    root = tmp_path.joinpath(*["x" * 200] * 18)
    lay(Path())
    for _ in range(3):
        os.chdir("incidents" if Path("incidents").exists() else "g" * 250)
        Path("g" * 250).mkdir()

    assert " E201 cannot be read: File name too long\n    check its permissions\n" in said_of(root)


def test_49_a_name_of_255_bytes_is_no_update(book: Path) -> None:
    name = "2-" + "x" * 250 + ".md"
    (book / HOME / name).write_text("x")

    assert said_of(book).startswith(f"{HOME}/{name}:1:1 E211 not the name of an update\n")


def test_50_a_file_that_is_gone_when_it_is_read_has_changed(book: Path) -> None:
    (listed,) = find_incidents(book, {}, 0).folders
    (book / UPDATE).unlink()

    files, problems = read_files(str(book), listed)

    assert files == []
    assert [str(problem) for problem in problems] == [
        f"{UPDATE}:1:1 E213 the file changed while it was read\n    run the command again"
    ]


@pytest.mark.parametrize("change", ["content", "replaced", "link", "pipe"])
def test_50_a_file_that_is_another_when_it_is_read_has_changed(book: Path, change: str) -> None:
    (listed,) = find_incidents(book, {}, 0).folders
    place = book / UPDATE
    if change == "content":
        place.write_text(place.read_text().replace("ten", "six"))
    else:
        place.unlink()
    if change == "replaced":
        lay(book)
    elif change == "link":
        place.symlink_to("/proc/self/environ")
    elif change == "pipe":
        os.mkfifo(place)

    files, problems = read_files(str(book), listed)

    assert files == []
    assert [problem.code for problem in problems] == [
        {"link": "E204", "pipe": "E205"}.get(change, "E213")
    ]


def test_50_a_folder_that_is_gone_when_it_is_looked_into_has_changed(book: Path) -> None:
    search = folder._Search(str(book), {}, 0)

    search.look_into("incidents/gone", 1)

    assert [problem.code for problem in search.found.problems] == ["E213"]


def test_51_a_submodule_is_named(book: Path) -> None:
    (book / "incidents/other").mkdir()
    (book / "incidents/other/.git").write_text("gitdir: ../../.git/modules/other\n")

    assert said_of(book) == (
        "incidents/other/.git:1:1 E206 another repository (a submodule)\n"
        "    files of other repositories are not read: copy them here\n"
    )


def test_53_what_is_hidden_or_a_draft_is_never_opened(book: Path) -> None:
    for name in (".git", "_draft"):
        (book / HOME).parent.joinpath("group", name).mkdir(parents=True)
        os.mkfifo(book / "incidents/group" / name / "1-a.md")

    assert "_draft" not in said_of(book)


def test_54_more_files_than_a_repository_should_have_are_refused(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_FILES", 3)
    for name in ("2-b.md", "3-c.md"):
        (book / HOME / name).write_text("---\nat: 2026-11-21T14:30Z\n---\nHello.\n")
    assert said_of(book) == ""
    (book / HOME / "4-d.md").write_text("---\nat: 2026-11-21T14:30Z\n---\nHello.\n")

    assert said_of(book) == (
        "incidents:1:1 E208 more than 3 files below incidents/\n"
        "    move old years to another repository\n"
    )


def test_a_name_that_is_no_text_is_told_with_its_bytes(book: Path) -> None:
    odd = book / "incidents" / os.fsdecode(b"\xff\xfe")
    odd.mkdir()
    (odd / "1-a.md").write_text("x")

    assert said_of(book).startswith(
        'incidents/\\udcff\\udcfe:1:1 E210 "\\udcff\\udcfe" cannot be the id of an incident\n'
    )


def test_45_names_that_differ_in_capitals_only_cannot_both_be_ids(book: Path) -> None:
    for name in ("api", "API"):
        lay(book, {f"incidents/{name}/1-a.md": (book / UPDATE).read_bytes()})

    assert [line.split()[1] for line in said_of(book).splitlines()[::2]] == ["E210"]


def test_incidents_may_be_missing(book: Path, tmp_path: Path) -> None:
    (book / "incidents").rename(tmp_path / "moved")

    assert said_of(book) == ""
