"""The page's languages -> those without words, and translations that nobody sees or can read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import statusbook
from statusbook.check.incident_rules import mixes_alphabets
from statusbook.check.plan_rules import has_invisible, is_language
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components, Metric, StatusPage
from statusbook.problems import Level, Location, Problem
from statusbook.read.catalogues import OWN_WORDS
from statusbook.read.plan import COMPONENTS, METRICS, STATUS_PAGE

CATALOGUES: Final = Path(statusbook.__file__).parent / "locale"


def check_languages(
    page: StatusPage,
    components: Components,
    metrics: Sequence[Metric] = (),
    own: Collection[str] = (),
    *,
    whole: bool = True,
) -> list[Problem]:
    """Return everything that is wrong with the page's languages and with what was translated.

    Args:
        page: The page's settings.
        components: Groups and components.
        metrics: What is measured.
        own: The languages for which the owner wrote words for the pages.
        whole: Whether the page's languages are all known; else some may be missing.
    """
    translated = list(_translated(page, components, metrics))
    problems = [*_without_words(page, own), *_unreadable(translated)]
    return [*problems, *_seen_by_nobody(page, translated, own)] if whole else problems


class _Translated(NamedTuple):
    """Where a translated name stands, and what it is by language."""

    place: Location
    names: dict[str, str]


def _translated(
    page: StatusPage, components: Components, metrics: Sequence[Metric]
) -> Iterator[_Translated]:
    titles = {code: names.title or "" for code, names in _sound(page.translations)}
    yield _Translated(Location(STATUS_PAGE, page.lines.get("translations", 1)), titles)
    for link in chain(page.links, page.subscribe, page.hosts):
        called = {code: names.name for code, names in _sound(link.translations)}
        yield _Translated(Location(STATUS_PAGE, link.line), called)
    parts: tuple[Group | Component, ...] = (*components.groups, *components.components)
    for path, named in ((COMPONENTS, parts), (METRICS, metrics)):
        for part in named:
            called = {code: names.name or "" for code, names in _sound(part.translations)}
            yield _Translated(Location(path, part.line), called)


T = TypeVar("T")


def _sound(translations: Mapping[str, T]) -> list[tuple[str, T]]:
    """Leave out what has a fault, which was said before."""
    return [(code, names) for code, names in translations.items() if names is not None]


def _without_words(page: StatusPage, own: Collection[str]) -> Iterator[Problem]:
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
    page: StatusPage, translated: Iterable[_Translated], own: Collection[str]
) -> Iterator[Problem]:
    """A translation is into a language that the page has, that of a name not into its own."""
    for language in own:
        if language not in (page.language, *page.languages):
            message = f'the page has no language "{language}": nobody sees this'
            hint = "add it to `languages` in plan/status-page.yml, or delete the file"
            place = Location(f"{OWN_WORDS}/{language}.po")
            yield Problem(place, "E314", message, hint, Level.WARNING)
    for place, names in translated:
        for language in names.keys() - {*page.languages}:
            message = f'the page has no language "{language}": nobody sees this'
            hint = "add it to `languages` in plan/status-page.yml, or delete the translation"
            if language == page.language:
                message = f'"{language}" is the language of the page itself: nobody sees this'
                hint = "delete the translation"
            yield Problem(place, "E314", message, hint, Level.WARNING)


def _unreadable(translated: Iterable[_Translated]) -> Iterator[Problem]:
    """Translated names are one line, hold no invisible characters and no look-alike letters."""
    for place, names in translated:
        for name in names.values():
            if has_invisible(name):
                message = "a character that cannot be seen, a tab or a second line "
                message += "in a translated name"
                yield Problem(place, "E410", message, "type the name anew, on one line")
            for word in filter(mixes_alphabets, name.split()):
                message = f'"{word}" mixes letters of several alphabets'
                yield Problem(place, "E313", message, "type the name anew", Level.WARNING)
