"""The owner's catalogues, `overrides/status/locale/<language>.po` -> texts without faults.

Each is checked anew only where no earlier run found the same one sound beside the same templates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from statusbook.problems import Problem
from statusbook.read import cache as kept
from statusbook.read.catalogue import check_catalogue
from statusbook.read.faults import Faults
from statusbook.read.folder import SYMBOLIC_LINK
from statusbook.read.guard import safe_text
from statusbook.read.incident import read_bytes
from statusbook.read.links import first_link
from statusbook.read.names import is_litter

OWN_WORDS: Final = "overrides/status/locale"

_LEFT: Final = re.compile(r"\.(?:bak|orig|mo|pot)$")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\.po")


def read_catalogues(
    root: Path, folder: Path | None, templates: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Read the owner's words for the pages; those of a file with faults are left out.

    Args:
        root: The book's root.
        folder: Folder of the cache, None for none.
        templates: The owner's templates, which may have words of their own: texts by name.
    """
    names = _names(root)
    if not names:
        return {}, []
    if link := first_link(root, OWN_WORDS):
        faults = Faults(link)
        faults.error(1, *SYMBOLIC_LINK)
        return {}, faults.found
    before = kept.load(folder, "catalogues", list[str]) or []
    said = "\n".join(text for _, text in sorted(templates.items()))
    sound: list[str] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        faults = Faults(f"{OWN_WORDS}/{name}")
        language = name.removesuffix(".po")
        text = _text(root, name, faults)
        if text is not None:
            digest = _digest(language, text, said)
            if digest not in before:
                check_catalogue(text, language, faults, said)
            if not faults.found:
                sound.append(digest)
            if not faults.errors:
                texts[language] = text
        problems += faults.found
    if sound != before:
        kept.save(folder, "catalogues", sound)
    return texts, problems


def _digest(*parts: str) -> str:
    """Name all that a verdict rests on; the generator's own part is in every name of the cache."""
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _names(root: Path) -> list[str]:
    """List the catalogues, without what editors and compilers leave beside them."""
    try:
        names = sorted(os.listdir(root / OWN_WORDS))
    except OSError:
        return []
    return [
        name for name in names if name[0] != "." and not is_litter(name) and not _LEFT.search(name)
    ]


def _text(root: Path, name: str, faults: Faults) -> str | None:
    if not _LANGUAGE.fullmatch(name):
        hint = "name it by the language's code, as nl.po or pt-BR.po"
        faults.error(1, "E440", "not the name of a catalogue", hint)
        return None
    raw = read_bytes(os.fspath(root / faults.path), faults)
    return None if raw is None else safe_text(raw, faults)
