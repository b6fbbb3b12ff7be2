"""A built site -> HTTP on this machine, with the headers that a good host sends.

For looking at a site while it is written, and for the tests of programs that read it. Whoever is
not asked for by name gets nothing: a page in a browser that makes its own name point here (DNS
rebinding) is refused by the `Host` that it sends.
"""

from __future__ import annotations

import os
import stat
import sys
from email.utils import formatdate
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socket import socket
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from statusbook.problems import StatusbookError
from statusbook.publish.reload import EVENTS, SCRIPT, SCRIPT_PATH, Reload, with_script
from statusbook.render.headers import content_type, headers_for


class Answer(NamedTuple):
    """What is sent for a path: the file's own address decides about headers and type."""

    status: HTTPStatus
    path: str
    body: bytes
    changed: float | None = None


class SiteServer(ThreadingHTTPServer):
    """Serves one folder; `reload` tells open pages of a new build, None where there is none."""

    daemon_threads = True
    block_on_close = False  # open pages wait for the next build, which does not come

    def __init__(self, root: str, host: str, port: int, reload: Reload | None = None) -> None:
        """Listen at once; port 0 takes any that is free.

        Raises:
            StatusbookError: the address or the port is not to be had.
        """
        self.root = os.path.realpath(root)
        self.host = host
        self.reload = reload
        if ":" in host:
            from socket import AF_INET6

            self.address_family = AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            raise StatusbookError(
                f"cannot listen on {host} port {port}: {error}; give another --host or --port"
            ) from error

    @property
    def url(self) -> str:
        """Return the address of the first page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.server_port}/"

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing where a browser has hung up: anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def server_bind(self) -> None:
        """Bind without asking for the name of this machine, which can take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.host, self.server_address[1]


def answer_for(root: str, target: str) -> Answer:
    """Find the file for a request's target; never one outside `root`, nor a hidden one."""
    segments = _segments(target)
    if segments is None:
        return _not_found(root, [])
    path = os.path.join(root, *segments)
    if os.path.isdir(path) and os.path.realpath(path) == path.rstrip("/"):
        if segments and segments[-1]:
            query = urlsplit(target).query
            there = f"./{quote(segments[-1])}/" + (f"?{query}" if query else "")
            return Answer(HTTPStatus.MOVED_PERMANENTLY, there, b"")
        path = os.path.join(path, "index.html")
    found = _read(path)
    if found is None:
        return _not_found(root, segments)
    body, changed = found
    return Answer(HTTPStatus.OK, f"/{os.path.relpath(path, root)}", body, changed)


def is_asked_for(host: str | None, given: str) -> bool:
    """Tell whether a `Host` header names this machine by address, or as it was told to be called.

    Args:
        host: The header; None where an old client sent none.
        given: The address or name at which the server listens.
    """
    if host is None:
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in ("localhost", given):
        return True
    try:
        address = ip_address(name)
        return address.is_loopback or not ip_address(given).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer with a file, or with the news of a build."""
        if not is_asked_for(self.headers["Host"], self.server.host):
            refusal = b"This server answers to the address of this machine only.\n"
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, "/refused.txt", refusal))
            return
        path = urlsplit(self.path).path
        if self.server.reload and path == SCRIPT_PATH:
            self._send(Answer(HTTPStatus.OK, SCRIPT_PATH, SCRIPT))
        elif self.server.reload and path == EVENTS and self.command == "GET":
            self.server.reload.tell(self)
        else:
            self._send(answer_for(self.server.root, self.path))

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def version_string(self) -> str:
        """Name the server without its version."""
        return "statusbook"

    def log_message(self, *_: object) -> None:
        """Say nothing: what people look at is their own affair."""

    def _send(self, answer: Answer) -> None:
        body, headers = answer.body, headers_for(answer.path)
        headers["Content-Type"] = content_type(answer.path)
        if answer.status is HTTPStatus.MOVED_PERMANENTLY:
            headers = {"Location": answer.path}
        if self.server.reload:
            headers["Cache-Control"] = "no-cache"
            if content_type(answer.path).startswith("text/html"):
                body = with_script(body)
        status = answer.status
        if status is HTTPStatus.OK:
            headers["ETag"] = etag = f'"{sha256(body).hexdigest()[:32]}"'
            if answer.changed is not None:
                headers["Last-Modified"] = formatdate(answer.changed, usegmt=True)
            if self._has(etag):
                status = HTTPStatus.NOT_MODIFIED
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET" and status is not HTTPStatus.NOT_MODIFIED:
            self.wfile.write(body)

    def _has(self, etag: str) -> bool:
        """Tell whether the client has these bytes (RFC 9110 13.1.2)."""
        listed = self.headers["If-None-Match"] or ""
        tags = {tag.strip().removeprefix("W/") for tag in listed.split(",")}
        return etag in tags or "*" in tags


def _segments(target: str) -> list[str] | None:
    """Return the parts of a path, the last one empty for a folder; None for what nobody may ask."""
    path = urlsplit(target).path
    if not path.startswith("/"):
        return None
    try:
        segments = [unquote(part, errors="strict") for part in path[1:].split("/")]
    except UnicodeDecodeError:
        return None
    for segment in segments:
        if segment.startswith(".") or {"/", "\\", "\0"} & set(segment):
            return None
    return None if "" in segments[:-1] else segments


def _not_found(root: str, segments: list[str]) -> Answer:
    """Return the page for wrong addresses of the language that was asked for."""
    for page in (*(f"{part}/404.html" for part in segments[:1] if part), "404.html"):
        found = _read(os.path.join(root, page))
        if found is not None:
            return Answer(HTTPStatus.NOT_FOUND, f"/{page}", found[0])
    return Answer(HTTPStatus.NOT_FOUND, "/404.txt", b"There is no such page.\n")


def _read(path: str) -> tuple[bytes, float] | None:
    """Read a plain file that is reached without a link: its bytes and when they changed."""
    try:
        if os.path.realpath(path) != path:
            return None
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    with open(descriptor, "rb") as file:
        return file.read(), os.fstat(descriptor).st_mtime
