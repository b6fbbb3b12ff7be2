"""A page's place and language -> what its head tells search engines, chats and other languages."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from statusbook.model.public import PublicSite
from statusbook.render.locales import native_name
from statusbook.render.plain_text import shortened
from statusbook.render.status.parts.pieces import Phrase, Piece

PLACE: Final = "\0"
"""Stands for the place of a page below its language, in what pages of one depth share."""

MOST: Final = 160
"""Longest description, in characters: what search engines and chats show of it."""

# Open Graph names a language with a country, and takes no language alone.
_COUNTRIES: Final = {
    "ar": "AR",
    "cs": "CZ",
    "de": "DE",
    "en": "US",
    "es": "ES",
    "fa": "IR",
    "fr": "FR",
    "he": "IL",
    "it": "IT",
    "ja": "JP",
    "nl": "NL",
    "pl": "PL",
    "pt": "PT",
    "uk": "UA",
    "zh": "CN",
}


class Language(Struct, frozen=True):
    """One language of a page: its code and name, the way to it, and its address."""

    code: str
    name: str
    href: str
    address: str
    is_current: bool


def languages(site: PublicSite, current: str, root: str) -> tuple[Language, ...]:
    """Return all languages of the site, the main one first; none where it has only that.

    Args:
        site: The site.
        current: The language of the page.
        root: The way from the page to the site's index.
    """
    if not site.languages:
        return ()
    found = []
    for code in (site.language, *site.languages):
        place = f"{PLACE}" if code == site.language else f"{code}/{PLACE}"
        found.append(
            Language(code, native_name(code), root + place, f"{site.url}/{place}", code == current)
        )
    return tuple(found)


def og_locale(language: str) -> str:
    """Return a language as Open Graph names it (`pl_PL`); empty where no country is at hand."""
    code, _, country = language.partition("-")
    known = country if len(country) == 2 else _COUNTRIES.get(code, "")
    return f"{code}_{known.upper()}" if known else ""


def brief(*sentences: str | Piece | Phrase) -> str:
    """Join sentences to a description: as many as fit, the last one cut."""
    told = " ".join(filter(None, map(_plain, sentences)))
    return shortened(" ".join(told.split()), MOST)


def _plain(sentence: str | Piece | Phrase) -> str:
    if isinstance(sentence, Phrase):
        return "".join(piece.text for piece in sentence.pieces)
    return sentence.text if isinstance(sentence, Piece) else sentence
