"""Hosts and our own server say the same things with each file."""

from __future__ import annotations

import pytest

from statusbook.render.headers import (
    CONTENT_TYPES,
    HEADERS,
    content_type,
    headers_file,
    headers_for,
)

PATHS = [
    "/",
    "/index.html",
    "/api/v2/summary.json",
    "/feed.json",
    "/components/api/updates.atom",
    "/components/api/badge.svg",
    "/embed.js",
    "/history.rss",
    "/calendar.ics",
]


def test_the_file_lists_every_rule_in_the_hosts_syntax() -> None:
    blocks = headers_file().split("\n\n")
    assert len(blocks) == len(HEADERS)
    for block, (pattern, headers) in zip(blocks, HEADERS, strict=True):
        first, *others = block.rstrip().split("\n")
        assert first == pattern
        assert others == [f"  {name}: {value}" for name, value in headers.items()]


@pytest.mark.parametrize("url", ["https://example.com/status", "https://example.com/status/"])
def test_a_page_below_a_path_says_nothing_of_its_neighbours(url: str) -> None:
    below = [line for line in headers_file(url).split("\n") if line.startswith("/")]
    assert below == [f"/status{pattern}" for pattern, _ in HEADERS]
    assert headers_file("https://status.example.com/") == headers_file()


def test_hosts_limits_are_kept() -> None:
    assert len(HEADERS) <= 100
    assert all(len(line) <= 2000 for line in headers_file().splitlines())
    assert all(pattern.count("*") <= 1 for pattern, _ in HEADERS)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_told_a_header_twice(path: str) -> None:
    names = [name for pattern, headers in HEADERS if _matches(pattern, path) for name in headers]
    assert len(names) == len(set(names))


def _matches(pattern: str, path: str) -> bool:
    before, _, after = pattern.partition("*")
    if "*" not in pattern:
        return path == pattern
    return path.startswith(before) and path.endswith(after)


@pytest.mark.parametrize("path", PATHS[2:])
def test_what_others_load_is_open_to_other_origins(path: str) -> None:
    assert headers_for(path)["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PATHS[:2])
def test_pages_are_not_readable_from_other_origins(path: str) -> None:
    assert "Access-Control-Allow-Origin" not in headers_for(path)


@pytest.mark.parametrize("path", PATHS)
def test_everything_comes_with_the_policy(path: str) -> None:
    headers = headers_for(path)
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_types_are_those_that_clients_expect() -> None:
    assert content_type("/api/v2/summary.json").startswith("application/json")
    assert content_type("/feed.json").startswith("application/feed+json")
    assert content_type("/a/updates.rss").startswith("application/rss+xml")
    assert content_type("/a/updates.atom").startswith("application/atom+xml")
    assert content_type("/calendar.ics").startswith("text/calendar")
    assert content_type("/incidents/x/index.html").startswith("text/html")
    assert content_type("/_headers") == content_type("/a.b/LICENSE") == "application/octet-stream"
    assert all(kind.isascii() for kind in CONTENT_TYPES.values())
