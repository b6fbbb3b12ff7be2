"""Translated names of the plan -> those that nobody sees, and those that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from statusbook.check.incident_rules import mixes_alphabets
from statusbook.check.plan_rules import has_invisible
from statusbook.model.plan import Components, StatusPage
from statusbook.problems import Level, Location, Problem
from statusbook.read.plan import COMPONENTS, STATUS_PAGE


def check_translations(page: StatusPage, components: Components) -> list[Problem]:
    """Return everything that is wrong with the translated names of the page and its parts."""
    return [*_seen_by_nobody(page, components), *_unreadable(page, components)]


def _seen_by_nobody(page: StatusPage, components: Components) -> Iterator[Problem]:
    """The language of a translated name is one that the page has, and not its own."""
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
    for part in chain(components.groups, components.components):
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
    for page_names in page.translations.values():
        yield Location(STATUS_PAGE, page.lines.get("translations", 1)), page_names.title or ""
    for link in chain(page.links, page.subscribe, page.hosts):
        for named in link.translations.values():
            yield Location(STATUS_PAGE, link.line), named.name
    for part in chain(components.groups, components.components):
        for names in part.translations.values():
            yield Location(COMPONENTS, part.line), names.name or ""
