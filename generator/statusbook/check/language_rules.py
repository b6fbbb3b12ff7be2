"""The page's languages -> those without words, and translations that nobody sees or can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

import statusbook
from statusbook.check.incident_rules import mixes_alphabets
from statusbook.check.plan_rules import has_invisible, is_language
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components, StatusPage
from statusbook.problems import Level, Location, Problem
from statusbook.read.catalogues import OWN_WORDS
from statusbook.read.plan import COMPONENTS, STATUS_PAGE

CATALOGUES: Final = Path(statusbook.__file__).parent / "locale"


def check_languages(
    page: StatusPage, components: Components, own: Mapping[str, str], *, whole: bool = True
) -> list[Problem]:
    """Return everything that is wrong with the page's languages and with what was translated.

    Args:
        page: The page's settings.
        components: Groups and components.
        own: The owner's words for the pages, by language.
        whole: Whether the page's languages are all known; else some may be missing.
    """
    problems = [*_without_words(page, own), *_unreadable(page, components)]
    return [*problems, *_seen_by_nobody(page, components, own)] if whole else problems


def _without_words(page: StatusPage, own: Mapping[str, str]) -> Iterator[Problem]:
    """Each language has words for the pages: English, those of a catalogue, the owner's."""
    shipped = [path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/statusbook.po")]
    known = sorted({"en", *shipped})
    for language in dict.fromkeys((page.language, *page.languages)):
        # words of a language serve all its countries
        codes = {language.replace("-", "_"), language.partition("-")[0]}
        if not is_language(language) or language in own or codes & {*known}:
            continue
        field = "language" if language == page.language else "languages"
        message = f"the page's own words are not translated to {language} yet: they stay English"
        hint = f"write them into {OWN_WORDS}/{language}.po; there are words in: "
        place = Location(STATUS_PAGE, page.lines.get(field, 1))
        yield Problem(place, "E412", message, hint + ", ".join(known), Level.WARNING)


def _seen_by_nobody(
    page: StatusPage, components: Components, own: Mapping[str, str]
) -> Iterator[Problem]:
    """A translation is into a language that the page has, that of a name not into its own."""
    for language in own:
        if language not in (page.language, *page.languages):
            message = f'the page has no language "{language}": nobody sees this'
            hint = "add it to `languages` in plan/status-page.yml, or delete the file"
            place = Location(f"{OWN_WORDS}/{language}.po")
            yield Problem(place, "E314", message, hint, Level.WARNING)
    for place, languages in _translated(page, components):
        for language in languages:
            if language in page.languages:
                continue
            message = f'the page has no language "{language}": nobody sees this'
            hint = "add it to `languages` in plan/status-page.yml, or delete the translation"
            if language == page.language:
                message = f'"{language}" is the language of the page itself: nobody sees this'
                hint = "delete the translation"
            yield Problem(place, "E314", message, hint, Level.WARNING)


def _translated(
    page: StatusPage, components: Components
) -> Iterator[tuple[Location, dict[str, object]]]:
    yield Location(STATUS_PAGE, page.lines.get("translations", 1)), {**page.translations}
    for link in chain(page.links, page.subscribe, page.hosts):
        yield Location(STATUS_PAGE, link.line), {**link.translations}
    parts: tuple[Group | Component, ...] = (*components.groups, *components.components)
    for part in parts:
        yield Location(COMPONENTS, part.line), {**part.translations}


def _unreadable(page: StatusPage, components: Components) -> Iterator[Problem]:
    """Translated names are one line, hold no invisible characters and no look-alike letters."""
    for place, name in _names(page, components):
        if has_invisible(name):
            message = "a character that cannot be seen, a tab or a second line in a translated name"
            yield Problem(place, "E410", message, "type the name anew, on one line")
        for word in name.split():
            if mixes_alphabets(word):
                message = f'"{word}" mixes letters of several alphabets'
                yield Problem(place, "E313", message, "type the name anew", Level.WARNING)


def _names(page: StatusPage, components: Components) -> Iterator[tuple[Location, str]]:
    for page_names in filter(None, page.translations.values()):  # None: it has a fault
        yield Location(STATUS_PAGE, page.lines.get("translations", 1)), page_names.title or ""
    for link in chain(page.links, page.subscribe, page.hosts):
        for named in filter(None, link.translations.values()):
            yield Location(STATUS_PAGE, link.line), named.name
    parts: tuple[Group | Component, ...] = (*components.groups, *components.components)
    for part in parts:
        for names in filter(None, part.translations.values()):
            yield Location(COMPONENTS, part.line), names.name or ""
