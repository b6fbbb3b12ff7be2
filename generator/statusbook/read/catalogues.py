"""The owner's catalogues, `overrides/status/locale/<language>.po` -> texts without faults.

Babel reads them, and is imported only where there is one that no earlier run found sound.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import statusbook
from statusbook.problems import Problem
from statusbook.read import cache as kept
from statusbook.read.faults import Faults
from statusbook.read.folder import SYMBOLIC_LINK
from statusbook.read.guard import safe_text
from statusbook.read.incident import read_bytes

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

OWN_WORDS: Final = "overrides/status/locale"
TEMPLATE: Final = Path(statusbook.__file__).parent / "locale" / "statusbook.pot"
"""Every message of the pages, made by `make messages`."""

_PLACE: Final = re.compile(r"\{(\w+)\}")
_LINE: Final = re.compile(
    r'(?P<key>msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]|)\s*"(?P<text>(?:[^"\\]|\\.)*)"'
)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\.po")


def read_catalogues(root: Path, folder: Path | None) -> tuple[dict[str, str], list[Problem]]:
    """Read the owner's words for the pages; those of a file with faults are left out.

    Args:
        root: The book's root.
        folder: Folder of the cache, None for none.
    """
    names = _names(root)
    if not names:
        return {}, []
    if os.path.islink(root / OWN_WORDS):
        faults = Faults(OWN_WORDS)
        faults.error(1, *SYMBOLIC_LINK)
        return {}, faults.found
    before = kept.load(folder, "catalogues", list[str]) or []
    sound: list[str] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        faults = Faults(f"{OWN_WORDS}/{name}")
        text = _text(root, name, faults)
        if text is not None:
            digest = blake2b(text.encode(), digest_size=16).hexdigest()
            if digest not in before:
                _check(text, name.removesuffix(".po"), faults, _templates(root))
            if not faults.found:
                sound.append(digest)
            if not faults.errors:
                texts[name.removesuffix(".po")] = text
        problems += faults.found
    if sound != before:
        kept.save(folder, "catalogues", sound)
    return texts, problems


def _names(root: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(root / OWN_WORDS) if name[0] not in ".#")
    except OSError:
        return []


def _text(root: Path, name: str, faults: Faults) -> str | None:
    if not _LANGUAGE.fullmatch(name):
        hint = "name it by the language's code, as nl.po or pt-BR.po"
        faults.error(1, "E440", "not the name of a catalogue", hint)
        return None
    raw = read_bytes(os.fspath(root / faults.path), faults)
    return None if raw is None else safe_text(raw, faults)


def _templates(root: Path) -> str:
    """Return the owner's page templates: they may have words of their own."""
    found = []
    for path in sorted((root / OWN_WORDS).parent.glob("*.j2")):
        faults = Faults(path.name)  # what is wrong with a template, rendering it says
        raw = read_bytes(os.fspath(path), faults)
        found.append((raw or b"").decode(errors="replace"))
    return "\n".join(found)


def _check(text: str, language: str, faults: Faults, templates: str) -> None:
    """Report what cannot be read, and translations that do not fit their originals."""
    catalogue = _parsed(text, language, faults)
    if catalogue is None:
        return
    known = _known()
    for message in catalogue:
        if not message.id or not any(_strings(message)):
            continue
        line = message.lineno or 1
        original = _originals(message)[0]
        if original not in known and original not in templates:
            near = get_close_matches(original, known, 1)
            hint = f'did you mean "{near[0]}"?' if near else "copy the originals of the template"
            faults.warning(line, "E442", f'the pages do not say "{original}"', hint)
            continue
        for wrong, hint in _misfits(message, catalogue.num_plurals):
            faults.error(line, "E441", f'the translation of "{original}" {wrong}', hint)


def _parsed(text: str, language: str, faults: Faults) -> Catalog | None:
    if not _is_well_formed(text, faults):
        return None
    from gettext import c2py
    from io import StringIO

    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(StringIO(text), locale=language.replace("-", "_"), abort_invalid=True)
        c2py(catalogue.plural_expr)
    except (PoFileError, ValueError, LookupError):
        hint = "copy `Plural-Forms` from a catalogue of this language, or leave it out"
        faults.error(1, "E440", "this is no catalogue (a `.po` file of gettext)", hint)
        return None
    return catalogue


def _is_well_formed(text: str, faults: Faults) -> bool:
    """Whether every line is one of a catalogue, and no original stands twice."""
    first: dict[str, int] = {}
    original, begun = "", 0
    for number, written in enumerate([*text.splitlines(), 'msgstr ""'], 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            hint = 'write `msgid "…"` and below it `msgstr "…"`; a quote inside is written \\"'
            faults.error(number, "E440", "not a line of a catalogue", hint)
            continue
        if match["key"] == "msgid":
            original, begun = match["text"], number
        elif not match["key"] and begun:
            original += match["text"]
        elif begun:
            if first.setdefault(original, begun) != begun:
                message = f"this stands on line {first[original]} already"
                faults.error(begun, "E440", message, "delete one of the two")
            begun = 0
    return not faults.errors


def _misfits(message: Message, forms: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a translation, and how to write it right."""
    strings = _strings(message)
    wanted = 1 if isinstance(message.id, str) else forms
    if len(strings) != wanted or not all(strings):
        hint = f"write msgstr[0] to msgstr[{wanted - 1}]"
        yield f"has not the {wanted} forms of this language", hint
        return
    places = [{*_PLACE.findall(original)} for original in _originals(message)]
    for string in strings:
        found = {*_PLACE.findall(string)}
        if found not in places or re.search(r"[{}]", _PLACE.sub("", string)):
            listed = ", ".join(f"{{{place}}}" for place in sorted(places[-1])) or "no braces"
            yield "has other places than that", f"write the same places: {listed}"
            return


def _originals(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string or ()
    return (string,) if isinstance(string, str) else tuple(string)


@cache
def _known() -> frozenset[str]:
    """Return the originals of all messages."""
    from babel.messages.pofile import read_po

    with TEMPLATE.open("rb") as source:
        return frozenset(_originals(message)[0] for message in read_po(source) if message.id)
