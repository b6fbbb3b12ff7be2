"""Each catalogue that we ship has every word of the pages, and owners may bring others."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from status_story import STORY, pages_of, view_of

import renew_catalogues
from statusbook.render.badges import badge_pages
from statusbook.render.catalogues import CATALOGUES
from statusbook.render.feeds import feed_pages
from statusbook.render.words import Words, site_words, words_of

SHIPPED = sorted(CATALOGUES.glob("*/LC_MESSAGES/statusbook.po"))
NOVEMBER = date(2026, 11, 1)
LANGUAGES = [path.parent.parent.name for path in SHIPPED]

DUTCH = """\
msgid "History"
msgstr "Geschiedenis"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} dag"
msgstr[1] "{n} dagen"
"""


def read(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), abort_invalid=True)


def originals(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the forms of each message, and those of its translation."""
    return {forms(message.id): forms(message.string) for message in catalogue if message.id}


def forms(text: object) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text) if isinstance(text, (tuple, list)) else ()


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_the_languages_of_the_plan_are_there() -> None:
    assert LANGUAGES == ["de", "es", "fr", "it", "pl"]


def test_the_template_has_what_the_pages_say() -> None:
    """Renew it and the catalogues with `make messages`."""
    wanted = renew_catalogues.written(renew_catalogues.template())
    assert renew_catalogues.TEMPLATE.read_bytes() == wanted


@pytest.mark.parametrize("path", SHIPPED, ids=LANGUAGES)
def test_a_catalogue_has_every_message_and_no_other(path: Path) -> None:
    assert set(originals(read(path))) == set(originals(renew_catalogues.template()))


@pytest.mark.parametrize("path", SHIPPED, ids=LANGUAGES)
def test_every_message_is_translated_in_every_form(path: Path) -> None:
    catalogue = read(path)
    assert catalogue.num_plurals == get_plural(Locale.parse(catalogue.locale)).num_plurals
    for original, translation in originals(catalogue).items():
        assert len(translation) == (1 if len(original) == 1 else catalogue.num_plurals), original
        assert all(translation), original
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


@pytest.mark.parametrize("path", SHIPPED, ids=LANGUAGES)
def test_a_translation_has_the_places_and_the_edges_of_its_original(path: Path) -> None:
    for original, translation in originals(read(path)).items():
        for told in translation:
            assert places(told) == places(original[-1]), original
            assert told == told.strip(), original
            assert not re.search(r"\s", told.replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
            assert told[-1:] in ".:?!" if original[0][-1] in ".:?!" else told[-1:] not in ".:"


@pytest.mark.parametrize("path", SHIPPED, ids=LANGUAGES)
def test_a_catalogue_is_as_make_messages_writes_it(path: Path) -> None:
    assert renew_catalogues.written(read(path)) == path.read_bytes()


def test_pages_feeds_and_badges_ask_for_no_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(*STORY, languages=["pl"])
    words = site_words(view.site, "pl")
    asked: set[str] = set()
    gettext, plural = words.gettext, words._plural
    monkeypatch.setattr(words, "gettext", lambda text: asked.add(text) or gettext(text))
    monkeypatch.setattr(
        words, "_plural", lambda one, many, n: asked.add(one) or plural(one, many, n)
    )
    for page in (*pages_of(view).values(), *feed_pages(view), *badge_pages(view)):
        page.render()
    known = {original[0] for original in originals(renew_catalogues.template())}
    assert len(asked) > 100
    assert asked - known <= {"", "Checkout", "API"}


def dutch(own: str = DUTCH) -> Words:
    return words_of("nl", "UTC", own)


def test_an_owner_may_bring_a_language() -> None:
    words = dutch()
    assert words.language == "nl"
    assert words.gettext("History") == "Geschiedenis"
    assert words.ngettext("{n} day", "{n} days", 2) == "2 dagen"
    assert words.month(NOVEMBER) == "november 2026"
    assert words.gettext("Feeds") == "Feeds", "what is not translated stays English"


def test_an_owner_may_change_our_words() -> None:
    own = 'msgid "History"\nmsgstr "Archiv"\n'
    assert words_of("de", "UTC", own).gettext("History") == "Archiv"
    assert words_of("de", "UTC", own).gettext("Calendar") == "Kalender"
    assert words_of("de", "UTC").gettext("History") == "Verlauf"
    english = words_of("en", "UTC", 'msgid "Maintenance"\nmsgstr "Works"\n')
    assert (english.language, english.gettext("Maintenance")) == ("en", "Works")
    assert english.day(NOVEMBER) == "1 Nov 2026"


def test_words_that_change_are_not_taken_from_an_earlier_build() -> None:
    assert dutch().gettext("History") == "Geschiedenis"
    changed = dutch(DUTCH.replace("Geschiedenis", "Archief"))
    assert changed.gettext("History") == "Archief"


def test_babel_is_imported_once_for_each_version_of_the_words() -> None:
    code = (
        "import sys; from statusbook.render.words import words_of; words_of('fr', 'UTC');"
        "print('babel' in sys.modules)"
    )
    once = [sys.executable, "-c", code]
    subprocess.run(once, check=True)
    done = subprocess.run(once, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
