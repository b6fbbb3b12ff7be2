"""What a good host says with each file: one table -> the `_headers` file, and our own server."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

# Anyone may embed the page: it has nothing to click that could be stolen.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)

# For what other sites load: feeds, API, badges, calendar.
_SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

# Hosts join the values of a header that two matching rules name, so none is named twice for any
# path. `*` stands for anything, slashes included. Ten seconds of cache hold off a crowd of
# pollers; when the host's origin is down, an hour-old page beats none.
HEADERS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "/*",
        {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Strict-Transport-Security": "max-age=31536000",
            "Cache-Control": "public, max-age=10, stale-if-error=3600",
        },
    ),
    ("/*.json", _SHARED),
    ("/*.rss", _SHARED),
    ("/*.atom", _SHARED),
    ("/*.ics", _SHARED),
    ("/*.svg", _SHARED),
    ("/embed.js", _SHARED),
)

# `feed.json` is JSON Feed; every other `.json` is the API, a badge or the release.
CONTENT_TYPES = {
    "feed.json": "application/feed+json; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}


def headers_file(url: str = "") -> str:
    """Return the table as the `_headers` file that Cloudflare Pages and Netlify read.

    Args:
        url: The address of the page: where it lies below a path, only that is spoken of.
    """
    below = urlsplit(url).path.rstrip("/")
    rules = []
    for pattern, headers in HEADERS:
        lines = [f"{below}{pattern}", *(f"  {name}: {value}" for name, value in headers.items())]
        rules.append("\n".join(lines) + "\n")
    return "\n".join(rules)


def headers_for(path: str) -> dict[str, str]:
    """Return the headers of the file at `path`, which begins with a slash."""
    found: dict[str, str] = {}
    for pattern, headers in HEADERS:
        if _matcher(pattern).fullmatch(path):
            found |= headers
    return found


def content_type(path: str) -> str:
    """Return the media type of the file at `path`; bytes of an unknown kind are never guessed."""
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :] if "." in name else ""
    return CONTENT_TYPES.get(name) or CONTENT_TYPES.get(suffix, "application/octet-stream")


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))))
