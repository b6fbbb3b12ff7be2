"""A build writes into a folder of its own and into no other, one build at a time."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from sites import Site, build, files_in, pages_of, release

from statusbook.problems import StatusbookError
from statusbook.publish import folder
from statusbook.publish.paths import STATE
from statusbook.publish.tree import write_site

SITE = Site({0: 0, 1: 0}, {0: 0}, 1)


def refused(out: Path, wanted: str, keep_off: Iterable[Path] = ()) -> None:
    with pytest.raises(StatusbookError, match=wanted):
        write_site(pages_of(SITE), out, release, keep_off=keep_off)


def test_the_root_of_everything_is_refused() -> None:
    refused(Path("/"), "needs a folder of its own")


@pytest.mark.parametrize("out", [".", "..", "../..", "repository/../../repository"])
def test_a_folder_around_the_sources_is_refused(place: Path, out: str) -> None:
    source = place / "repository"
    (source / "plan").mkdir(parents=True)
    before = files_in(place)
    refused(
        source / out,
        "a folder of its own as output, and .* (is in use already|holds .*/repository)$",
        [source],
    )
    assert files_in(place) == before


def test_a_folder_in_the_sources_may_be_ours(place: Path) -> None:
    source = place / "repository"
    source.mkdir()
    write_site(pages_of(SITE), source / "site/status", release, keep_off=[source])
    assert (source / "site/status/index.html").exists()


def test_a_folder_with_foreign_files_is_refused(place: Path) -> None:
    (place / "thesis.txt").write_text("x")
    before = files_in(place)
    refused(place, "is not empty and Statusbook did not make it")
    assert files_in(place) == before


def test_a_dot_folder_of_another_kind_does_not_make_it_ours(place: Path) -> None:
    (place / STATE).mkdir()
    (place / STATE / "cache").write_text("x")
    refused(place, "did not make it")


def test_a_file_is_refused(place: Path) -> None:
    (place / "site").write_text("x")
    refused(place / "site", "is not a folder")


@pytest.mark.parametrize("target", ["real", "missing"])
def test_a_link_is_refused(place: Path, target: str) -> None:
    (place / "real").mkdir()
    (place / "site").symlink_to(place / target)
    refused(place / "site", "is a symbolic link")
    assert not list((place / "real").iterdir())


def test_an_empty_folder_is_taken(place: Path) -> None:
    (place / "site").mkdir()
    (place / "site" / STATE).mkdir()  # a build was killed right after its beginning
    assert build(pages_of(SITE), place / "site") == build(pages_of(SITE), place / "clean")


def test_a_link_inside_is_not_followed(place: Path) -> None:
    out = place / "site"
    build(pages_of(SITE), out)
    (place / "elsewhere").mkdir()
    (place / "elsewhere/index.html").write_text("precious")
    for name in ("index.html", "updates.atom"):
        (out / "incidents/1" / name).unlink()
    (out / "incidents/1").rmdir()
    (out / "incidents/1").symlink_to(place / "elsewhere")
    before = files_in(place)
    changed = Site({0: 0, 1: 1}, {0: 0}, 1)
    for site in (SITE, changed, Site({0: 0}, {0: 0}, 1)):
        with pytest.raises(StatusbookError, match="incidents/1 is a symbolic link"):
            build(pages_of(site), out)
        assert files_in(place) == before
    (out / "incidents/1").unlink()
    assert build(pages_of(changed), out) == build(pages_of(changed), place / "clean")


def test_a_folder_where_a_file_belongs_is_refused(place: Path) -> None:
    out = place / "site"
    build(pages_of(SITE), out)
    (out / "index.html").unlink()
    (out / "index.html").mkdir()
    (out / "index.html/mine.txt").write_text("x")
    before = files_in(place)
    with pytest.raises(StatusbookError, match=re.escape("index.html is a folder where a file")):
        build(pages_of(Site({0: 3}, {}, 1)), out)
    assert files_in(place) == before


def test_a_half_made_folder_of_somebody_else_is_not_swept(place: Path) -> None:
    (place / ".site.statusbook-new").mkdir()
    (place / ".site.statusbook-new/mine.txt").write_text("x")
    refused(place / "site", "did not make it")
    assert (place / ".site.statusbook-new/mine.txt").exists()


@pytest.mark.parametrize("begun", [True, False])
def test_two_builds_at_once_take_turns(
    place: Path, monkeypatch: pytest.MonkeyPatch, *, begun: bool
) -> None:
    out = place / "site"
    if begun:
        build(pages_of(SITE), out)
    os.mkfifo(place / "go")
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:

            def wait() -> bytes:
                os.write(writer, b"x")  # the lock is held now
                return (place / "go").read_bytes()

            pages = pages_of(Site({0: 5}, {0: 0}, 1))
            pages.append(pages[0]._replace(path="slow.html", key="slow", render=wait))
            write_site(pages, out, release)
            os._exit(0)
        finally:
            os._exit(3)
    try:
        assert os.read(reader, 1) == b"x"
        monkeypatch.setattr(folder, "_LOOKS", 2)  # else it would wait 20 seconds
        refused(out, "another build is writing")
        (place / "go").write_bytes(b"slow")
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    (place / "go").unlink()
    assert (out / "slow.html").read_bytes() == b"slow"
    assert build(pages_of(SITE), out) == build(pages_of(SITE), place / "clean")
