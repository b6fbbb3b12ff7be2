"""A new build -> a word to the pages that are open in a browser, which then load again."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from threading import Condition

SCRIPT_PATH = "/.statusbook/reload.js"
EVENTS = "/.statusbook/builds"

# The stream names the build at once and at each new one; it also ends and begins again when the
# server does, so a page that was left open notices that too.
SCRIPT = b"""\
"use strict";
let shown;
new EventSource("/.statusbook/builds").onmessage = (event) => {
  if (shown !== undefined && shown !== event.data) location.reload();
  shown = event.data;
};
"""

_TAG = b'<script src="/.statusbook/reload.js" defer></script>'
_STILL_THERE = 10.0  # seconds between two looks whether anybody listens


class Reload:
    """The build that is served, by name."""

    def __init__(self) -> None:
        """Begin without a build."""
        self._build = ""
        self._news = Condition()

    def announce(self, build: str) -> None:
        """Name the build that is served from now on."""
        with self._news:
            self._build = build
            self._news.notify_all()

    def tell(self, request: BaseHTTPRequestHandler) -> None:
        """Send the name of each build, as server-sent events, until the reader is gone."""
        request.close_connection = True
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.send_header("Cache-Control", "no-store")
        request.send_header("Connection", "close")
        request.end_headers()
        told = None
        try:
            while True:
                with self._news:
                    if told == self._build:
                        self._news.wait(_STILL_THERE)
                    build = self._build
                news = f"data: {build}\n\n" if build != told else ": still there\n\n"
                told = build
                request.wfile.write(news.encode())
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            return


def with_script(page: bytes) -> bytes:
    """Return a page that loads the script, for the site's own files hold nothing of it."""
    before, end, after = page.rpartition(b"</body>")
    return before + _TAG + end + after if end else page + _TAG
