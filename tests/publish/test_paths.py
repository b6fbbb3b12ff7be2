"""Every page has a file of its own inside the folder, on any file system."""

from __future__ import annotations

import pytest

from statusbook.problems import StatusbookError
from statusbook.publish.paths import check_paths, is_safe

BAD = [
    "",
    "/etc/passwd",
    "../x",
    "a/../b",
    "a/..",
    "./a",
    "a//b",
    "a/",
    "a\\b",
    "C:\\x",
    "a\nb",
    "a\x00b",
    "a\x7f",
    "\ud800",
    ".statusbook",
    ".statusbook/manifest.jsonl",
    ".StatusBook/x",
]


@pytest.mark.parametrize("path", BAD)
def test_a_path_that_leaves_the_site_is_refused(path: str) -> None:
    assert not is_safe(path)
    with pytest.raises(StatusbookError, match="no path inside the site"):
        check_paths(["index.html", path])


def test_ordinary_paths_are_accepted() -> None:
    check_paths(
        ["_headers", "a/b..c/...d", ".well-known/x", ".statusbooks", "a/.statusbook/é.html"]
    )


@pytest.mark.parametrize(
    "both",
    [
        ("a/index.html", "a/index.html"),
        ("API/x", "api/x"),
        ("caf\u00e9", "cafe\u0301"),
        ("stra\u00dfe", "STRASSE"),
    ],
)
def test_two_pages_for_one_file_are_named(both: tuple[str, str]) -> None:
    first, second = sorted(both)
    with pytest.raises(StatusbookError, match=f"two pages claim one file: {first} and {second}"):
        check_paths(["index.html", *both])


def test_a_page_may_not_be_the_folder_of_another() -> None:
    with pytest.raises(StatusbookError, match="another one's folder: Incidents and incidents/b/c"):
        check_paths(["incidents/b/c", "Incidents", "x"])
