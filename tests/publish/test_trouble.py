"""What the system or a page refuses is told in one sentence, and the site stays as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import Site, build, files_in, pages_of, release

from statusbook.problems import StatusbookError
from statusbook.publish.tree import write_site
from statusbook.render.page import Page, Rank

OLD = Site({0: 0, 1: 0, 2: 0}, {0: 0}, 1)
NEW = Site({1: 1, 2: 0, 3: 0}, {0: 0, 1: 0}, 2, ("pl",))


def failing_at(step: int, name: str, number: int) -> Callable[..., object]:
    """Return a system call that refuses from its `step`-th use on."""
    left, call = step, getattr(os, name)

    def refused(*args: object, **options: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(number, os.strerror(number), *(args[:1] if name != "write" else ()))
        return call(*args, **options)

    return refused


def refusal(out: Path) -> str:
    """Build NEW and return what the user is told, or nothing where it went well."""
    try:
        write_site(pages_of(NEW), out, release)
    except StatusbookError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("begin", ["new", "older"])
def test_a_full_disk_leaves_the_old_site(
    place: Path, monkeypatch: pytest.MonkeyPatch, begin: str, number: int
) -> None:
    out = place / "site"
    clean = build(pages_of(NEW), place / "clean")
    before = build(pages_of(OLD), out) if begin == "older" else {}
    steps = 0
    while True:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", failing_at(steps, "write", number))
            told = refusal(out)
        if not told:
            break
        assert told.startswith("cannot write ")
        assert os.strerror(number) in told
        assert files_in(out) == before
        assert {path.name for path in place.iterdir()} <= {"site", "clean"}
        steps += 1
    assert steps > 5
    assert files_in(out) == clean


@pytest.mark.parametrize("name", ["replace", "unlink", "mkdir"])
def test_a_refusal_in_the_middle_is_mended_by_the_next_build(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    out = place / "site"
    clean = build(pages_of(NEW), place / "clean")
    for step in range(1000):
        build(pages_of(OLD), out)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing_at(step, name, errno.EACCES))
            told = refusal(out)
        if not told:
            break
        assert "Permission denied" in told
        assert str(place) in told
        assert build(pages_of(NEW), out) == clean
    assert step > 0


def test_a_page_that_fails_leaves_the_old_site(place: Path) -> None:
    out = place / "site"
    before = build(pages_of(OLD), out)

    def fail() -> bytes:
        raise LookupError("no such template")

    broken = Page("z.html", "", Rank.INDEX, fail)
    with pytest.raises(LookupError, match="no such template"):
        write_site([*pages_of(NEW), broken], out, release)
    assert files_in(out) == before
    with pytest.raises(LookupError):
        write_site([*pages_of(NEW), broken], place / "other", release)
    assert [path.name for path in place.iterdir()] == ["site"]


def test_a_source_that_is_gone_is_not_taken_for_the_output(place: Path) -> None:
    def read() -> bytes:
        return (place / "1-investigating.md").read_bytes()

    with pytest.raises(FileNotFoundError, match="investigating"):
        write_site([Page("index.html", "", Rank.INDEX, read)], place / "site", release)


def test_a_mount_point_is_filled_in_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = place / "site"
    out.mkdir()
    rename = os.rename

    def busy(source: str, target: str) -> None:
        if target == str(out):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), source)
        rename(source, target)

    monkeypatch.setattr(os, "rename", busy)
    inode = out.stat().st_ino
    filled = build(pages_of(OLD), out)
    assert out.stat().st_ino == inode
    assert filled == build(pages_of(OLD), place / "clean")
    assert {path.name for path in place.iterdir()} == {"site", "clean"}
