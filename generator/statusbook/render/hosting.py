"""The table of headers -> files for hosts that do not read `_headers`: nginx and CloudFront.

They do not depend on the site, so they are no part of it: they lie in docs/hosting/, and a test
holds them to what these functions return.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from statusbook.render.headers import CONTENT_TYPES, HEADERS

Policy = dict[str, Any]
"""A response headers policy, as CloudFront's API takes it."""

_NGINX: Final = """\
# nginx serves the status page with the headers that it should have. Put this file into
# /etc/nginx/conf.d/, and change server_name and root. TLS is yours to add: `listen 443 ssl;` with
# the certificate's two lines.
#
# All headers are set here, at the level of the server. A location with an `add_header` of its own
# would lose every one of them: so what only some files have depends on a variable, and nginx sends
# no header whose value is empty.

map $uri $statusbook_folder {
    default "";
    "~^/(?<statusbook_first>[a-zA-Z][a-zA-Z0-9-]*)/" /$statusbook_first;
}
@maps@
server {
    listen 80;
    listen [::]:80;
    server_name status.example.com;
    root /var/www/status;
    index index.html;

@headers@

    types {
@types@
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types @charset@;

    # Answers are made small, and a client that has one already hears so by its ETag.
    gzip on;
    gzip_vary on;
    gzip_min_length 512;
    gzip_types @gzip@;
    etag on;

    server_tokens off;
    autoindex off;
    # The way to a folder must hold behind a proxy too, which may have another port.
    absolute_redirect off;

    # What does not exist is told in the language that was asked for.
    error_page 403 =404 @missing;
    error_page 404 @missing;
    location @missing {
        internal;
        try_files $statusbook_folder/404.html /404.html =404;
    }

    # Nothing hidden is shown, but for what certificates are asked with.
    location ~ /\\.(?!well-known/) {
        return 404;
    }
@own_types@}
"""


def nginx_file() -> str:
    """Return a server for nginx 1.18 and newer."""
    everywhere = HEADERS[0][1]
    shared: dict[tuple[str, str], list[str]] = {}
    for pattern, headers in HEADERS[1:]:
        for name, value in headers.items():
            shared.setdefault((name, value), []).append(_uri_of(pattern))
    maps, lines = [], []
    for name, value in everywhere.items():
        lines.append(f'    add_header {name} "{value}" always;')
    for (name, value), patterns in shared.items():
        variable = "$statusbook_" + name.lower().replace("-", "_")
        ways = "".join(f'    "{pattern}" "{value}";\n' for pattern in patterns)
        maps.append(f'\nmap $uri {variable} {{\n    default "";\n{ways}}}\n')
        lines.append(f"    add_header {name} {variable} always;")
    endings = {key: kind for key, kind in CONTENT_TYPES.items() if key.startswith(".")}
    names = {key: kind for key, kind in CONTENT_TYPES.items() if not key.startswith(".")}
    kinds: dict[str, list[str]] = {}
    for ending, kind in endings.items():
        kinds.setdefault(_without_charset(kind), []).append(ending[1:])
    text = [
        _without_charset(kind)
        for kind in CONTENT_TYPES.values()
        if "charset" in kind and not kind.startswith("text/html")
    ]
    parts = {
        "maps": "".join(maps),
        "headers": "\n".join(lines),
        "types": "\n".join(f"        {kind} {' '.join(each)};" for kind, each in kinds.items()),
        "charset": " ".join(text),
        "gzip": " ".join(text),
        "own_types": "".join(_own_type(name, kind) for name, kind in names.items()),
    }
    return re.sub("@([a-z_]+)@", lambda found: parts[found[1]], _NGINX)


def cloudfront_policies() -> dict[str, Policy]:
    """Return the policy of all files, and that of files which other sites load, by file name.

    Each is what `aws cloudfront create-response-headers-policy` takes as
    `--response-headers-policy-config`. A behaviour has one policy, so the second holds all of the
    first.
    """
    everywhere = HEADERS[0][1]
    shared = everywhere | HEADERS[1][1]
    return {
        "cloudfront.json": _policy("statusbook-pages", "Status page: all files", everywhere),
        "cloudfront-shared.json": _policy(
            "statusbook-shared", f"Status page: {' '.join(shared_patterns())}", shared
        ),
    }


def shared_patterns() -> list[str]:
    """Return the paths of files that other sites load, as CloudFront's behaviours name them."""
    return [pattern for pattern, _ in HEADERS[1:]]


def policy_file(policy: Policy) -> str:
    """Return a policy as the text of its file."""
    return json.dumps(policy, indent=2) + "\n"


def _policy(name: str, comment: str, headers: dict[str, str]) -> Policy:
    """Sort headers into the places that CloudFront has for them."""
    left = dict(headers)
    policy: Policy = {"Name": name, "Comment": comment}
    seconds = left.pop("Strict-Transport-Security").removeprefix("max-age=")
    policy["SecurityHeadersConfig"] = {
        "ContentSecurityPolicy": {
            "Override": True,
            "ContentSecurityPolicy": left.pop("Content-Security-Policy"),
        },
        "ContentTypeOptions": {"Override": left.pop("X-Content-Type-Options") == "nosniff"},
        "ReferrerPolicy": {"Override": True, "ReferrerPolicy": left.pop("Referrer-Policy")},
        "StrictTransportSecurity": {
            "Override": True,
            "AccessControlMaxAgeSec": int(seconds),
            "IncludeSubdomains": False,
            "Preload": False,
        },
    }
    origin = left.pop("Access-Control-Allow-Origin", None)
    if origin is not None:
        policy["CorsConfig"] = {
            "AccessControlAllowOrigins": {"Quantity": 1, "Items": [origin]},
            "AccessControlAllowHeaders": {"Quantity": 1, "Items": ["*"]},
            "AccessControlAllowMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        }
    items = [{"Header": name, "Value": value, "Override": True} for name, value in left.items()]
    policy["CustomHeadersConfig"] = {"Quantity": len(items), "Items": items}
    return policy


def _uri_of(pattern: str) -> str:
    """Return a pattern of the table as a regular expression of nginx, or as it is."""
    if "*" not in pattern:
        return pattern
    return "~^" + ".*".join(map(re.escape, pattern.split("*"))) + "$"


def _without_charset(kind: str) -> str:
    return kind.partition(";")[0]


def _own_type(name: str, kind: str) -> str:
    return (
        f"\n    # A type by the whole name; headers stay, for there are none in here.\n"
        f"    location ~ /{re.escape(name)}$ {{\n"
        f"        types {{}}\n        default_type {_without_charset(kind)};\n    }}\n"
    )
