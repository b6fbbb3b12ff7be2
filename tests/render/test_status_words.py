"""Times, numbers and words read as people of each language write them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import statusbook.render
from statusbook.render.status.labels import OVERALL_LABELS
from statusbook.render.catalogues import CATALOGUES
from statusbook.render.locales import native_name
from statusbook.render.words import utc, words_of

RENDER = Path(statusbook.render.__file__).parent
MOMENT = datetime(2026, 11, 21, 14, 5, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "told"),
    [
        ("en", "Etc/UTC", "21 Nov 2026, 14:05 UTC"),
        ("en-GB", "UTC", "21 Nov 2026, 14:05 UTC"),
        ("en", "Europe/Warsaw", "21 Nov 2026, 15:05 CET"),
        ("en", "America/Sao_Paulo", "21 Nov 2026, 11:05 UTC\u22123"),
        ("en", "Asia/Kathmandu", "21 Nov 2026, 19:50 UTC+5:45"),
        ("pl", "Etc/UTC", "21 lis 2026, 14:05 UTC"),
        ("pl", "Pacific/Auckland", "22 lis 2026, 03:05 NZDT"),
    ],
)
def test_a_moment_is_printed_whole_and_with_its_zone(language: str, zone: str, told: str) -> None:
    assert words_of(language, zone).moment(MOMENT) == told


def test_machines_get_the_moment_in_utc() -> None:
    assert utc(MOMENT) == "2026-11-21T14:05:33Z"


def test_both_ends_of_a_window_are_told() -> None:
    words = words_of("en", "UTC")
    hour = timedelta(hours=1)
    assert words.window(MOMENT, MOMENT + hour) == ("21 Nov 2026, 14:05", "15:05 UTC")
    ends = words.window(MOMENT, MOMENT + 12 * hour)
    assert ends == ("21 Nov 2026, 14:05 UTC", "22 Nov 2026, 02:05 UTC")


def test_a_window_over_the_change_of_clock_names_both_zones() -> None:
    words = words_of("en", "Europe/Warsaw")
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    ends = words.window(start, start + timedelta(hours=1))
    assert ends == ("25 Oct 2026, 02:30 CEST", "02:30 CET")


@pytest.mark.parametrize(
    ("minutes", "english", "polish"),
    [
        (0.4, "less than a minute", "mniej niż minuta"),
        (1, "1 minute", "1 minuta"),
        (22, "22 minutes", "22 minuty"),
        (25, "25 minutes", "25 minut"),
        (60, "1 hour", "1 godzina"),
        (83, "1 hour 23 minutes", "1 godzina 23 minuty"),
        (24 * 60 + 3, "1 day", "1 dzień"),
        (50 * 60 + 59, "2 days 2 hours", "2 dni 2 godziny"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(
    minutes: float, english: str, polish: str
) -> None:
    span = timedelta(minutes=minutes)
    assert words_of("en", "UTC").duration(span) == english
    assert words_of("pl", "UTC").duration(span) == polish


def test_months_days_and_shares_follow_the_language() -> None:
    english, polish = words_of("en", "UTC"), words_of("pl", "UTC")
    assert (english.month(MOMENT), polish.month(MOMENT)) == ("November 2026", "listopad 2026")
    assert (english.percent(9995), polish.percent(9995)) == ("99.95%", "99,95%")
    assert english.percent(10000) == "100%"
    first, last = date(2026, 8, 23), date(2026, 11, 1)
    assert english.days(first, last) == "23 Aug – 1 Nov 2026"
    assert polish.days(first, last) == "23 sie – 1 lis 2026"
    assert english.days(date(2025, 12, 30), date(2026, 1, 2)) == "30 Dec 2025 – 2 Jan 2026"
    assert english.days(last, last) == "1 Nov 2026"


def test_a_language_without_a_catalogue_speaks_english_and_says_so() -> None:
    words = words_of("tlh", "UTC")
    assert words.language == "en"
    assert words.gettext("History") == "History"
    assert native_name("tlh") == "tlh"
    assert native_name("pt-BR") == "Português"


def test_english_needs_no_babel() -> None:
    code = (
        "import sys; from statusbook.render.words import words_of; words_of('en', 'UTC');"
        "assert 'babel' not in sys.modules and 'gettext' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def messages() -> Iterator[str | tuple[str, ...]]:
    """Find every message of modules and templates, as translators' tools do."""
    python = {"gettext": None, "ngettext": (1, 2), "N_": None, "phrase": (2,)}
    for path in sorted(RENDER.rglob("*.py")):
        with path.open("rb") as source:
            yield from (found[1] for found in extract("python", source, keywords=python))
    for path in sorted(RENDER.rglob("*.j2")):
        with path.open("rb") as source:
            found = extract(babel_extract, source, keywords={"_": None})
            yield from (message for _, message, _, _ in found)


@pytest.mark.parametrize("path", sorted(CATALOGUES.glob("*/LC_MESSAGES/statusbook.po")), ids=str)
def test_each_catalogue_has_every_message_and_no_other(path: Path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    entries = {
        message.id if isinstance(message.id, str) else tuple(message.id): message
        for message in catalogue
        if message.id
    }
    assert set(entries) == set(messages())
    for key, message in entries.items():
        forms = (key,) if isinstance(key, str) else key
        strings = (message.string,) if isinstance(message.string, str) else message.string
        assert all(strings), f"{key} is not translated"
        assert {fields(one) for one in strings} <= {fields(one) for one in forms}, key
        assert "fuzzy" not in message.flags


def fields(message: str) -> frozenset[str]:
    """Return the places of a message."""
    return frozenset(re.findall(r"\{(\w+)\}", message))


def test_the_sentences_of_the_whole_page_have_words() -> None:
    from statusbook.derive import overall

    sentences = {
        overall.ALL_OPERATIONAL,
        overall.MAINTENANCE,
        overall.PARTLY_DEGRADED,
        overall.DEGRADED,
        overall.MINOR,
        overall.PARTIAL,
        overall.MAJOR,
    }
    assert set(OVERALL_LABELS) == sentences
