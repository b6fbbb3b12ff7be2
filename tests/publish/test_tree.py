"""A folder ends up with exactly the pages, and nothing is written that did not change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Site, build, files_in, pages_of, published, release

from statusbook.publish.manifest import Written
from statusbook.publish.tree import write_site
from statusbook.render.page import Page, Rank, page_key

SITE = Site(dict.fromkeys(range(5), 0), {0: 0, 1: 0}, 2)


def page(path: str, text: str = "text", rank: Rank = Rank.INDEX) -> Page:
    return Page(path, page_key(text), rank, text.encode)


def write(pages: Iterable[Page], out: Path, **options: int) -> Written:
    return write_site(pages, out, release, **options)


def stamp(path: Path) -> tuple[int, int]:
    return path.stat().st_ino, path.stat().st_mtime_ns


def unrendered(pages: Iterable[Page]) -> list[Page]:
    """Return the same pages, which now fail when they are rendered."""

    def fail() -> bytes:
        raise AssertionError("rendered for nothing")

    return [page._replace(render=fail) for page in pages]


def test_the_folder_holds_the_pages_and_the_release(place: Path) -> None:
    out = place / "site"
    wanted = {page.path: page.render() for page in pages_of(SITE)}
    written = write(pages_of(SITE), out)
    assert published(files_in(out)) == wanted | {"release.json": release(written.digest)}
    assert sorted(written.created) == sorted([*wanted, "release.json"])
    assert written.rendered == len(wanted)


def test_the_digest_is_what_standard_tools_compute(place: Path) -> None:
    out = place / "site"
    written = write([*pages_of(SITE), page("zürich/ä b.html"), page("a-b.html")], out)
    command = (
        "find . -type f ! -path './.statusbook/*' ! -path ./release.json -printf '%P\\0'"
        " | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"
    )
    run = subprocess.run(["sh", "-c", command], cwd=out, capture_output=True, check=True)
    assert run.stdout.decode().split()[0] == written.digest


def test_nothing_changed_nothing_is_rendered_or_touched(place: Path) -> None:
    out = place / "site"
    write(pages_of(SITE), out)
    before = {path: stamp(out / path) for path in files_in(out)}
    written = write(unrendered(pages_of(SITE)), out)
    assert {path: stamp(out / path) for path in files_in(out)} == before
    assert written == Written(written.digest, 0, [], [], [], ())


def test_only_what_changed_is_rendered_and_written(place: Path) -> None:
    out = place / "site"
    pages = pages_of(SITE)
    write(pages, out)
    before = {path: stamp(out / path) for path in published(files_in(out))}
    pages = [*unrendered(pages), page("new.html")]
    pages[3] = page(pages[3].path, "changed", pages[3].rank)
    written = write(pages, out)
    assert written.rendered == 2
    assert written.created == ["new.html"]
    assert written.changed == [pages[3].path, "release.json"]
    for path, stamped in before.items():
        assert path in written.changed or stamp(out / path) == stamped


def test_equal_bytes_under_a_new_key_keep_their_time(place: Path) -> None:
    out = place / "site"
    write([page("index.html")], out)
    before = stamp(out / "index.html")
    written = write([Page("index.html", "other key", Rank.INDEX, b"text".__bytes__)], out)
    assert written.rendered == 1
    assert written.changed == []
    assert stamp(out / "index.html") == before
    assert (
        write(unrendered([Page("index.html", "other key", Rank.INDEX, bytes)]), out).rendered == 0
    )


def test_changed_bytes_of_equal_length_get_a_later_second(place: Path) -> None:
    """Else nginx, which looks at length and whole seconds, would say 304 to the old page."""
    out = place / "site"
    times = []
    for text in ("one", "two", "six", "ten"):
        write([page("index.html", text)], out)
        times.append(int((out / "index.html").stat().st_mtime))
    assert times == sorted(set(times))


def test_files_without_a_page_go_with_their_folders(place: Path) -> None:
    out = place / "site"
    write(pages_of(SITE), out)
    fewer = pages_of(Site({1: 0}, {}, 1))
    written = write(fewer, out)
    assert files_in(out) == build(fewer, place / "clean")
    assert "incidents/2/updates.atom" in written.removed


def test_what_others_put_beside_the_pages_stays(place: Path) -> None:
    out = place / "site"
    write(pages_of(SITE), out)
    (out / "CNAME").write_text("status.example.com")
    (out / "incidents/2/photo.png").write_bytes(b"png")
    write(pages_of(Site({}, {}, 0)), out)
    assert (out / "CNAME").read_text() == "status.example.com"
    assert (out / "incidents/2/photo.png").read_bytes() == b"png"
    assert not (out / "incidents/2/index.html").exists()


@pytest.mark.parametrize("damage", ["gone", "cut", "link", "folder gone"])
def test_a_page_that_was_damaged_is_written_again(place: Path, damage: str) -> None:
    out = place / "site"
    clean = build(pages_of(SITE), out)
    (place / "other").write_bytes(b"other")
    hurt = out / "incidents/3/index.html"
    if damage == "cut":
        os.truncate(hurt, 10)
    else:
        hurt.unlink()
    if damage == "link":
        hurt.symlink_to(place / "other")
    if damage == "folder gone":
        (hurt.parent / "updates.atom").unlink()
        hurt.parent.rmdir()
    assert build(pages_of(SITE), out) == clean
    assert not hurt.is_symlink()
    assert (place / "other").read_bytes() == b"other"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_everyone_may_read_whatever_the_umask(place: Path, umask: int) -> None:
    out = place / "site"
    before = os.umask(umask)
    try:
        write(pages_of(SITE), out)
        write([*pages_of(SITE), page("pl/index.html"), page("deep/er/index.html")], out)
    finally:
        os.umask(before)
    for folder, _, files in os.walk(out):
        assert Path(folder).stat().st_mode & 0o777 == 0o755
        for name in files:
            assert (Path(folder) / name).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("workers", [2, 5])
def test_the_number_of_workers_does_not_show(
    place: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("statusbook.publish.stage._WORTH_A_WORKER", 3)
    one, many = place / "one", place / "many"
    for site in (SITE, Site({n: n for n in range(3, 9)}, {1: 1, 2: 0}, 4, ("pl",))):
        build(pages_of(site), one)
        build(pages_of(site), many, workers)
        assert files_in(one) == files_in(many)


def test_a_file_becomes_a_folder_and_back(place: Path) -> None:
    out = place / "site"
    for pages in (
        [page("a"), page("b/c/d")],
        [page("a/b"), page("b")],
        [page("a/b/c"), page("b/c")],
        [page("a"), page("b/c/d")],
    ):
        write(pages, out)
        assert published(files_in(out)).keys() == {page.path for page in pages} | {"release.json"}


def test_the_release_is_made_anew_each_time(place: Path) -> None:
    out = place / "site"
    write_site([page("index.html")], out, lambda digest: b"1 " + digest.encode())
    written = write_site(unrendered([page("index.html")]), out, lambda _: b"2")
    assert written.changed == ["release.json"]
    assert (out / "release.json").read_bytes() == b"2"
    (out / "release.json").write_bytes(b"3")
    write_site([page("index.html")], out, lambda _: b"2")
    assert (out / "release.json").read_bytes() == b"2"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format":2,"tree":"","files":0}\n', b"\xff\n["])
@pytest.mark.parametrize("name", ["manifest.jsonl", "pending"])
def test_a_damaged_note_is_not_trusted(place: Path, name: str, content: bytes) -> None:
    out = place / "site"
    clean = build(pages_of(SITE), out)
    (out / "CNAME").write_text("status.example.com")
    (out / ".statusbook" / name).write_bytes(content)
    (out / "index.html").write_bytes((out / "index.html").read_bytes().swapcase())
    written = write(pages_of(SITE), out)
    assert written.changed == ["index.html"]
    assert written.unknown == ["CNAME"]
    assert files_in(out) == clean | {"CNAME": b"status.example.com"}


def test_a_manifest_that_lacks_lines_is_damaged(place: Path) -> None:
    out = place / "site"
    clean = build(pages_of(SITE), out)
    manifest = out / ".statusbook/manifest.jsonl"
    manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(keepends=True)[:-3]))
    assert write(pages_of(SITE), out).rendered == len(pages_of(SITE))
    assert files_in(out) == clean


def test_a_forged_manifest_removes_nothing_outside(place: Path) -> None:
    out = place / "site"
    write([page("index.html")], out)
    (place / "precious").write_text("x")
    manifest = out / ".statusbook/manifest.jsonl"
    head, *rows = manifest.read_text().splitlines()
    rows.append('["../precious","","",1,0]')
    manifest.write_text("\n".join([head.replace('"files":2', '"files":3'), *rows]) + "\n")
    write([page("index.html")], out)
    assert (place / "precious").exists()
    assert "precious" not in manifest.read_text()


names = st.sampled_from(["a", "b", "index.html", "é", "updates.atom", "Q"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
page_sets = st.dictionaries(
    paths, st.tuples(st.sampled_from("xyz"), st.sampled_from(list(Rank))), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(st.lists(page_sets, min_size=2, max_size=4))
def test_any_site_follows_any_other(
    tmp_path_factory: pytest.TempPathFactory,
    sites: list[dict[str, tuple[str, Rank]]],
) -> None:
    place = tmp_path_factory.mktemp("any")
    for number, site in enumerate(sites):
        pages = [
            page(path, text, rank)
            for path, (text, rank) in site.items()
            if not any(other.startswith(f"{path}/") for other in site)
        ]
        assert build(pages, place / "site") == build(pages, place / f"clean{number}")
