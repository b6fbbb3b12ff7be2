"""The server says what a good host says, and shows nothing but the site."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from serving import serving
from statusbook.problems import StatusbookError
from statusbook.publish.reload import EVENTS, SCRIPT_PATH, Reload
from statusbook.publish.serve import SiteServer, is_asked_for
from statusbook.render.headers import CONTENT_SECURITY_POLICY

FILES = {
    "index.html": "<body>home</body>",
    "404.html": "<body>nothing here</body>",
    "pl/404.html": "<body>nic tu nie ma</body>",
    "incidents/2026-11-21-card-payments/index.html": "<body>card payments</body>",
    "incidents/2026-11-21-card-payments/updates.atom": "<feed/>",
    "history.rss": "<rss/>",
    "feed.json": "{}",
    "api/v2/summary.json": "{}",
    "calendar.ics": "BEGIN:VCALENDAR",
    "badge.svg": "<svg/>",
    "a b/ü.html": "umlaut",
    ".statusbook/manifest.jsonl": "secret",
    ".git/config": "secret",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "site/link.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "site/folder").symlink_to(tmp_path)
    return tmp_path / "site"


@pytest.fixture
def url(site: Path) -> Iterator[str]:
    with serving(site) as url:
        yield url


def ask(url: str, target: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request(method, target, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/history.rss", "application/rss+xml; charset=utf-8"),
        (
            "/incidents/2026-11-21-card-payments/updates.atom",
            "application/atom+xml; charset=utf-8",
        ),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/api/v2/summary.json", "application/json; charset=utf-8"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/badge.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_files_come_with_their_type_and_the_headers(url: str, path: str, kind: str) -> None:
    response, body = ask(url, path)
    assert response.status == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (response.headers["Access-Control-Allow-Origin"] == "*") is ("html" not in kind)
    assert response.headers["Content-Length"] == str(len(body))
    assert len(response.headers.get_all("Cache-Control")) == 1


def test_head_tells_the_same_without_the_body(url: str) -> None:
    got, body = ask(url, "/")
    told, nothing = ask(url, "/", "HEAD")
    assert (told.status, nothing) == (200, b"")
    assert body
    for name in ("ETag", "Content-Length", "Content-Type", "Last-Modified"):
        assert told.headers[name] == got.headers[name]


def test_a_client_that_has_the_bytes_gets_304(url: str, site: Path) -> None:
    etag = ask(url, "/history.rss")[0].headers["ETag"]
    for value in (etag, f'"other", W/{etag}', "*"):
        response, body = ask(url, "/history.rss", If_None_Match=value)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Content-Length"] is None
    stamp = (site / "history.rss").stat()
    (site / "history.rss").write_text("<rsS/>")
    os.utime(site / "history.rss", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    response, body = ask(url, "/history.rss", If_None_Match=etag)
    assert (response.status, body) == (200, b"<rsS/>")


def test_a_folder_is_its_index_behind_a_slash(url: str) -> None:
    path = "/incidents/2026-11-21-card-payments"
    response, body = ask(url, f"{path}?x=1")
    assert (response.status, body) == (301, b"")
    assert response.headers["Location"] == "./2026-11-21-card-payments/?x=1"
    assert ask(url, f"{path}/?x=1#y")[1] == b"<body>card payments</body>"
    with urlopen(url + path[1:], timeout=20) as followed:
        assert followed.url == f"{url}{path[1:]}/"


def test_names_are_decoded(url: str) -> None:
    assert ask(url, "/a%20b/%C3%BC.html")[1] == b"umlaut"


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/nothing/",
        "/incidents/",
        "/index.html/",
        "/.statusbook/manifest.jsonl",
        "/.statusbook/reload.js",
        "/%2Estatusbook/manifest.jsonl",
        "/.git/config",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/a%20b/..%5c..%5csecret.html",
        "/link.html",
        "/folder/secret.html",
        "/folder",
        "//evil.example.com/..",
        "/incidents//2026-11-21-card-payments/",
        "/%00",
        "/%ff",
        "/" + "x" * 5000,
        "/pl/nothing",
    ],
)
def test_everything_else_is_a_real_404(url: str, target: str) -> None:
    response, body = ask(url, target)
    assert response.status == 404
    wanted = FILES["pl/404.html" if target.startswith("/pl/") else "404.html"]
    assert body.decode() == wanted
    assert response.headers["ETag"] is None


def test_a_site_without_a_page_for_it_still_says_404(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        response, body = ask(url, "/")
        assert (response.status, body) == (404, b"There is no such page.\n")
        assert response.headers["Content-Type"].startswith("text/plain")


def test_other_methods_are_refused(url: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(url, "/", method)[0].status == 501


@pytest.mark.parametrize(
    ("host", "given", "wanted"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        (None, "127.0.0.1", True),
        ("evil.example.com", "127.0.0.1", False),
        ("evil.example.com", "0.0.0.0", False),  # noqa: S104 - it is the header that is asked
        ("localhost.example.com", "127.0.0.1", False),
        ("127.0.0.1.example.com", "127.0.0.1", False),
        ("192.0.2.7:8000", "127.0.0.1", False),
        ("192.0.2.7:8000", "0.0.0.0", True),  # noqa: S104
        ("laptop.example.com", "laptop.example.com", True),
        ("", "127.0.0.1", False),
        ("[", "127.0.0.1", False),
    ],
)
def test_only_who_asks_for_this_machine_is_answered(
    host: str | None, given: str, *, wanted: bool
) -> None:
    assert is_asked_for(host, given) is wanted


def test_a_name_that_was_made_to_point_here_gets_nothing(url: str) -> None:
    for target in ("/", EVENTS, SCRIPT_PATH):
        response, body = ask(url, target, Host="evil.example.com")
        assert response.status == 421
        assert b"home" not in body


def test_only_this_machine_is_listened_to(url: str) -> None:
    assert urlsplit(url).hostname == "127.0.0.1"
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", urlsplit(url).port))


def test_a_port_that_is_taken_is_told(url: str, site: Path) -> None:
    port = urlsplit(url).port or 0
    with pytest.raises(StatusbookError, match="give another --host or --port"):
        SiteServer(str(site), "127.0.0.1", port)


def test_open_pages_hear_of_each_build(site: Path) -> None:
    news = Reload()
    news.announce("one")
    with serving(site, news) as url:
        for path in ("/", "/nothing"):
            response, page = ask(url, path)
            tag = b'<script src="/.statusbook/reload.js" defer></script></body>'
            assert page.endswith(tag)
            assert response.headers["Cache-Control"] == "no-cache"
            assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert ask(url, "/history.rss")[1] == b"<rss/>"
        response, script = ask(url, SCRIPT_PATH)
        assert EVENTS.encode() in script
        assert response.headers["Content-Type"].startswith("text/javascript")
        connection = HTTPConnection(urlsplit(url).netloc, timeout=20)
        connection.request("GET", EVENTS)
        stream = connection.getresponse()
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert stream.readline() == b"data: one\n"
        news.announce("two")
        assert [stream.readline(), stream.readline()] == [b"\n", b"data: two\n"]
        connection.close()


def test_a_browser_that_hangs_up_leaves_no_traceback(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(site) as url:
        place = urlsplit(url)
        with socket.create_connection((place.hostname, place.port), timeout=20) as line:
            line.sendall(b"GET / HTTP/1.1\r\n\r\n")
            line.recv(1)
            reset = struct.pack("ii", 1, 0)  # closing resets the connection at once
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        ask(url, "/")

    assert capsys.readouterr().err == ""
