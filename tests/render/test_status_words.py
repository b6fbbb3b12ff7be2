"""Times, numbers and words read as people of each language write them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from statusbook.render.locales import name_of_language, native_name
from statusbook.render.status.parts.labels import OVERALL_LABELS
from statusbook.render.words import utc, words_of

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


NB = "\N{NO-BREAK SPACE}"
TOLD = {
    "en": ("21 Nov 2026, 14:05 UTC", "23 Aug – 1 Nov 2026", "March 2027", "99.95%", "100%"),
    "pl": ("21 lis 2026, 14:05 UTC", "23 sie – 1 lis 2026", "marzec 2027", "99,95%", "100%"),
    "de": (
        "21. Nov. 2026, 14:05 UTC", "23. Aug. – 1. Nov. 2026", "März 2027", f"99,95{NB}%",
        f"100{NB}%",
    ),
    "fr": (
        "21 nov. 2026, 14:05 UTC", "23 août – 1 nov. 2026", "mars 2027", f"99,95{NB}%",
        f"100{NB}%",
    ),
    "it": ("21 nov 2026, 14:05 UTC", "23 ago – 1 nov 2026", "marzo 2027", "99,95%", "100%"),
    "es": (
        "21 nov 2026, 14:05 UTC", "23 ago – 1 nov 2026", "marzo de 2027", f"99,95{NB}%",
        f"100{NB}%",
    ),
}  # fmt: skip
LASTED = {
    "en": ("1 minute", "2 hours 5 minutes", "1 day 1 hour", "22 days"),
    "pl": ("1 minuta", "2 godziny 5 minut", "1 dzień 1 godzina", "22 dni"),
    "de": ("1 Minute", "2 Stunden 5 Minuten", "1 Tag 1 Stunde", "22 Tage"),
    "fr": ("1 minute", "2 heures 5 minutes", "1 jour 1 heure", "22 jours"),
    "it": ("1 minuto", "2 ore 5 minuti", "1 giorno 1 ora", "22 giorni"),
    "es": ("1 minuto", "2 horas 5 minutos", "1 día 1 hora", "22 días"),
}


@pytest.mark.parametrize("language", TOLD)
def test_times_months_and_shares_are_those_of_the_language(language: str) -> None:
    words = words_of(language, "UTC")
    assert words.language == language
    assert TOLD[language] == (
        words.moment(MOMENT),
        words.days(date(2026, 8, 23), date(2026, 11, 1)),
        words.month(date(2027, 3, 1)),
        words.percent(9995),
        words.percent(10000),
    )


@pytest.mark.parametrize("language", LASTED)
def test_durations_are_those_of_the_language(language: str) -> None:
    words = words_of(language, "UTC")
    spans = (1, 2 * 60 + 5, 25 * 60, 22 * 24 * 60)
    assert LASTED[language] == tuple(words.duration(timedelta(minutes=one)) for one in spans)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("pl", ["0 dni", "1 dzień", "2 dni", "5 dni", "21 dni"]),
        ("de", ["0 Tage", "1 Tag", "2 Tage", "5 Tage", "21 Tage"]),
        ("fr", ["0 jour", "1 jour", "2 jours", "5 jours", "21 jours"]),
    ],
)
def test_a_number_has_the_form_that_its_language_wants(language: str, forms: list[str]) -> None:
    words = words_of(language, "UTC")
    assert forms == [words.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2, 5, 21)]


def test_languages_are_named_in_the_language_of_the_page() -> None:
    def named(language: str, told_in: str) -> str:
        return name_of_language(language, words_of(told_in, "UTC").locale)

    assert named("en", "pl") == "angielski"
    assert named("pt-BR", "de") == "Portugiesisch"
    assert named("pl", "en") == "Polish"
    assert named("zz", "de") == "zz"
    assert named("tlh", "en") == "tlh"


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
