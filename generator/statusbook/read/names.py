"""The names of files and folders below `incidents/` -> what they mean, and which may not be."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

REVIEW: Final = "review.md"

_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9_-])?")
_UPDATE = re.compile(
    r"(\d{1,4}-[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?))?\.md"
)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_RESERVED = frozenset({"index", "unresolved"})
_LITTER = re.compile(
    r"\.DS_Store|Thumbs\.db|desktop\.ini|\.git(?:keep|ignore|attributes)|\.#.*|.*~|.*\.sw[a-z]|#.*#"
)
_KEY = re.compile(r"\.env(\..*)?|.*\.(pem|key|p12|pfx|keystore|jks)|id_(rsa|dsa|ecdsa|ed25519)")


class UpdateName(NamedTuple):
    """What an update file's name says: the id of the update, and the language of a translation."""

    id: str
    language: str | None


def update_name(name: str) -> UpdateName | None:
    """Read a file's name: `2-identified.md`, `2-identified.pl.md`; None for any other."""
    found = _UPDATE.fullmatch(name)
    return UpdateName(found.group(1), found.group(2)) if found else None


def update_order(update_id: str) -> tuple[int, str]:
    """Sort ids of updates by their number, then by their name."""
    number, _, name = update_id.partition("-")
    return int(number), name


def is_incident_id(name: str) -> bool:
    """Whether a folder's name can be an id: lower case, at most 100 characters, no final dot."""
    return _ID.fullmatch(name) is not None


def is_reserved(name: str) -> bool:
    """Whether a name means something else: a device on Windows, or an address of the API."""
    return is_device(name) or name in _RESERVED


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, so that no file can have it there."""
    return name.partition(".")[0] in _DEVICES


def is_litter(name: str) -> bool:
    """Whether editors and systems leave files of this name behind."""
    return _LITTER.fullmatch(name) is not None


def looks_like_a_key(name: str) -> bool:
    """Whether files of this name hold secrets."""
    return _KEY.fullmatch(name) is not None
