"""Names that people gave -> ids that are safe as folder names and in addresses."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final
from unicodedata import normalize

from statusbook.read.names import is_reserved

LONGEST: Final = 90  # leaves room for a suffix below the 100 that an id may have

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "æ": "ae",
        "Æ": "ae",
        "đ": "d",
        "\u0131": "i",
    }
)
_NOT_IN_AN_INCIDENT_ID: Final = re.compile("[^a-z0-9._-]+")
_NOT_IN_A_COMPONENT_ID: Final = re.compile("[^a-z0-9]+")
_DOUBLED: Final = re.compile(r"-{2,}|\.{2,}")


def incident_id(name: str, taken: Container[str] = ()) -> str:
    """Return a folder name: `[a-z0-9][a-z0-9._-]*`, with `-2`, `-3` … where it is taken."""
    plain = _NOT_IN_AN_INCIDENT_ID.sub("-", _ascii(name))
    plain = _DOUBLED.sub(lambda found: found[0][0], plain)
    plain = plain.strip("._-")[:LONGEST].rstrip("._-") or "incident"
    return _free(f"incident-{plain}" if is_reserved(plain) else plain, taken)


def component_id(name: str, taken: Container[str] = ()) -> str:
    """Return an id of letters, digits and hyphens, with `-2`, `-3` … where it is taken."""
    plain = _NOT_IN_A_COMPONENT_ID.sub("-", _ascii(name))
    return _free(plain.strip("-")[:LONGEST].rstrip("-") or "component", taken)


def _ascii(name: str) -> str:
    folded = normalize("NFKD", name.translate(_LETTERS))
    return folded.encode("ascii", "ignore").decode().lower()


def _free(name: str, taken: Container[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
