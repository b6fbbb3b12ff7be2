"""Every host that we tell how says the same with each file as our own server does.

After a change of the table, `pytest --accept tests/test_hosting.py` writes docs/hosting/ anew.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from statusbook.render.headers import (
    CONTENT_SECURITY_POLICY,
    content_type,
    headers_file,
    headers_for,
)
from statusbook.render.hosting import (
    Policy,
    cloudfront_policies,
    nginx_file,
    policy_file,
    shared_patterns,
)
from statusbook.render.status.edition import META_POLICY

HOSTING = Path(__file__).parents[1] / "docs/hosting"
FILES = {
    "nginx.conf": nginx_file(),
    **{name: policy_file(policy) for name, policy in cloudfront_policies().items()},
}


@pytest.mark.parametrize("name", FILES)
def test_the_files_in_the_documentation_are_those_of_the_table(
    name: str, pytestconfig: pytest.Config
) -> None:
    if pytestconfig.getoption("accept"):
        (HOSTING / name).write_text(FILES[name])
    assert (HOSTING / name).read_text() == FILES[name]


def test_no_other_file_is_there() -> None:
    assert {path.name for path in HOSTING.iterdir()} == set(FILES)


def test_the_policy_is_the_same_everywhere() -> None:
    assert f"{META_POLICY}; frame-ancestors *" == CONTENT_SECURITY_POLICY
    for text in (headers_file(), *FILES.values()):
        assert set(re.findall(r"default-src [^\"\n]*", text)) == {CONTENT_SECURITY_POLICY}


def test_nobody_forbids_frames() -> None:
    for text in (headers_file(), *FILES.values()):
        assert "frame-options" not in text.lower()
        assert "FrameOptions" not in text


def told_by(policy: Policy) -> dict[str, str]:
    """Return the headers that CloudFront sends to a page of another origin."""
    safe = policy["SecurityHeadersConfig"]
    told = {
        "Content-Security-Policy": safe["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": safe["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": (
            f"max-age={safe['StrictTransportSecurity']['AccessControlMaxAgeSec']}"
        ),
    }
    if "CorsConfig" in policy:
        [told["Access-Control-Allow-Origin"]] = policy["CorsConfig"]["AccessControlAllowOrigins"][
            "Items"
        ]
    custom = policy["CustomHeadersConfig"]["Items"]
    return told | {one["Header"]: one["Value"] for one in custom}


def test_the_policies_for_cloudfront_say_what_the_table_says() -> None:
    pages, shared = cloudfront_policies().values()
    assert told_by(pages) == headers_for("/index.html")
    for pattern in shared_patterns():
        assert told_by(shared) == headers_for(pattern.replace("*", "a/b"))


def test_the_page_about_hosts_names_every_header_and_every_pattern() -> None:
    text = (HOSTING.parent / "hosting.md").read_text()
    names = {name for path in ("/index.html", "/a.json") for name in headers_for(path)}
    assert not [name for name in names if f"`{name}" not in text]
    for pattern in shared_patterns():
        assert f"| `{pattern.removeprefix('/') if '*' in pattern else pattern}` |" in text
    assert set(re.findall(r"\]\(hosting/([^)]+)\)", text)) == set(FILES)


def test_the_policies_keep_cloudfronts_limits() -> None:
    for policy in cloudfront_policies().values():
        assert len(policy["Comment"]) <= 128
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,128}", policy["Name"])
        lists = [policy["CustomHeadersConfig"]]
        lists += [part for part in policy.get("CorsConfig", {}).values() if isinstance(part, dict)]
        assert all(len(one["Items"]) == one["Quantity"] for one in lists)
    assert len(shared_patterns()) < 25


class Host:
    """A program that serves the example on this machine."""

    def __init__(self, port: int, site: Path) -> None:
        """Keep where it listens and what it serves."""
        self.port = port
        self.site = site

    def get(self, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def nginx(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve the example with the file of the documentation."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    site = folder / "site"
    build = [sys.executable, "-m", "statusbook", "build", "status", "--no-cache"]
    places = ["--source", str(project_root), "--out", str(site)]
    subprocess.run([*build, *places, "--now", "2026-11-21T14:40Z"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = (
        nginx_file()
        .replace("    listen 80;\n    listen [::]:80;\n", f"    listen 127.0.0.1:{port};\n")
        .replace("root /var/www/status;", f"root {site};")
    )
    (folder / "status.conf").write_text(server)
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {folder}/{name};\n" for name in temporary)
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\npid {folder}/pid;\n"
        f"error_log {folder}/errors;\nworker_processes 1;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}include {folder}/status.conf;\n}}\n"
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    command += ["-e", str(folder / "errors")]
    subprocess.run(command, check=True)  # it listens when this returns
    yield Host(port, site)
    subprocess.run([*command, "-s", "stop"], check=True)


def test_nginx_says_with_each_file_what_the_table_says(nginx: Host) -> None:
    kinds = {}
    for file in sorted(nginx.site.rglob("*")):
        path = file.relative_to(nginx.site).as_posix()
        if file.is_file() and not path.startswith("."):
            kinds[file.suffix, file.name, path.count("/") > 0] = path
    assert len(kinds) > 20
    for path in kinds.values():
        status, headers, body = nginx.get(f"/{path}")
        assert status == 200
        assert body == (nginx.site / path).read_bytes()
        assert headers["Content-Type"] == content_type(f"/{path}"), path
        known = {name for pattern in ("/index.html", "/a.json") for name in headers_for(pattern)}
        told = {name: headers[name] for name in known if headers[name] is not None}
        assert told == headers_for(f"/{path}"), path
        assert all(len(headers.get_all(name) or [""]) == 1 for name in known)
        assert headers["X-Frame-Options"] is None
        assert headers["Server"] == "nginx"


def test_nginx_answers_a_folder_with_its_page(nginx: Host) -> None:
    status, headers, body = nginx.get("/history/")
    assert status == 200
    assert body == (nginx.site / "history/index.html").read_bytes()
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    status, headers, _ = nginx.get("/history")
    assert (status, headers["Location"]) == (301, "/history/")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/nothing/", "404.html"),
        ("/incidents/nothing/", "404.html"),
        ("/api/v2/nothing.json", "404.html"),
        ("/pl/nothing/", "pl/404.html"),
        ("/pl/incidents/nothing/", "pl/404.html"),
        ("/assets/", "404.html"),
        ("/pl/api/", "pl/404.html"),
        ("/.statusbook/manifest", "404.html"),
        ("/.git/config", "404.html"),
    ],
)
def test_nginx_tells_what_is_missing_in_the_language_asked_for(
    nginx: Host, path: str, page: str
) -> None:
    status, headers, body = nginx.get(path)
    assert status == 404
    assert body == (nginx.site / page).read_bytes()
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    told = {name: headers[name] for name in headers_for("/404.html")}
    assert told == headers_for("/404.html")
    assert headers["Access-Control-Allow-Origin"] is None


def test_nginx_makes_answers_small_and_knows_them_again(nginx: Host) -> None:
    for path in ("/", "/api/v2/summary.json", "/updates.atom", "/assets/status.css"):
        _, headers, body = nginx.get(path, **{"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Vary"] == "Accept-Encoding"
        assert len(gzip.decompress(body)) > len(body)
        status, _, body = nginx.get(path, **{"If-None-Match": headers["ETag"]})
        assert (status, body) == (304, b"")


def test_the_policies_are_json_without_what_is_not_known() -> None:
    for name, policy in cloudfront_policies().items():
        assert json.loads(FILES[name]) == policy
        assert set(policy) <= {
            "Name", "Comment", "SecurityHeadersConfig", "CorsConfig", "CustomHeadersConfig",
        }  # fmt: skip
