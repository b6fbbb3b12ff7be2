"""A language's catalogues -> its words in memory: ours, and over them those of the page's owner.

Compiling a catalogue and asking CLDR takes longer than rendering a page, so what comes out is kept
beside the catalogues, where Python keeps compiled modules: who can write there can change our
modules too. Where that folder is not ours to write, it is done anew in every build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from statusbook.fingerprint import fingerprint
from statusbook.render.locales import ENGLISH, Locale, cldr_locale, is_english

if TYPE_CHECKING:
    from gettext import NullTranslations

CATALOGUES: Final = Path(__file__).parent.parent / "locale"


class Compiled(Struct, frozen=True, array_like=True):
    """A language's words as gettext reads them, the owner's first, and what CLDR knows of it.

    `made_of` names what that depends on: the generator with its catalogues, Babel, and the owner's
    words.
    """

    made_of: bytes
    catalogues: tuple[bytes, ...]
    locale: Locale


def translations(language: str, own: str = "") -> tuple[NullTranslations, Locale] | None:
    """Return the words of a language, and what it has besides; None where it has no words.

    Args:
        language: The code of a language.
        own: The owner's words, as the text of a catalogue; empty where there are none.
    """
    path = _path(language)
    if path is None and not own:
        return None
    made_of = _made_of(own)
    compiled = _kept(language)
    if compiled is None or compiled.made_of != made_of:
        texts = (own.encode(), path.read_bytes() if path else b"")
        compiled = Compiled(made_of, *_compiled(language, filter(None, texts)))
        _keep(language, compiled)
    return _joined(compiled.catalogues), compiled.locale


def _path(language: str) -> Path | None:
    """Find our catalogue: that of the country, else that of the language."""
    code = language.replace("-", "_")
    for name in (code, code.partition("_")[0]):
        path = CATALOGUES / name / "LC_MESSAGES" / "statusbook.po"
        if path.is_file():
            return path
    return None


def _compiled(language: str, texts: Iterable[bytes]) -> tuple[tuple[bytes, ...], Locale]:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    code = language.replace("-", "_")  # whence the rule for plurals, where none is written
    catalogues = []
    for text in texts:
        compiled = BytesIO()
        write_mo(compiled, read_po(BytesIO(text), locale=code))
        catalogues.append(compiled.getvalue())
    return tuple(catalogues), ENGLISH if is_english(language) else cldr_locale(language)


def _joined(catalogues: tuple[bytes, ...]) -> NullTranslations:
    """Read compiled catalogues: what one lacks, the next has."""
    from gettext import GNUTranslations
    from io import BytesIO

    first, *others = (GNUTranslations(BytesIO(raw)) for raw in catalogues)
    for other in others:
        first.add_fallback(other)
    return first


def _kept(language: str) -> Compiled | None:
    try:
        return msgspec.msgpack.decode(_place(language).read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        return None


def _keep(language: str, compiled: Compiled) -> None:
    place = _place(language)
    temporary = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a full disk, a folder that is not ours: compile again the next time
        place.parent.mkdir(exist_ok=True)
        temporary.write_bytes(msgspec.msgpack.encode(compiled))
        temporary.replace(place)


def _place(language: str) -> Path:
    return CATALOGUES / "__pycache__" / f"{language}.words"


def _made_of(own: str) -> bytes:
    babel = find_spec("babel")  # its version stands in this file; importing it takes 50 ms
    version = Path(babel.origin).read_bytes() if babel and babel.origin else b""
    return blake2b(b"\0".join((fingerprint().encode(), version, own.encode()))).digest()
