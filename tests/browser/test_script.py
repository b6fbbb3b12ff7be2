"""Time goes on while a page is open, by the reader's clock and in the page's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from browser.script_book import (
    AHEAD,
    BOTH,
    CALM,
    NOW,
    OPEN,
    PLANNED,
    built,
    minutes_pass,
    reading,
    said,
    update,
)
from serving import serving

WITHOUT_DISTANCES = """() => document.querySelectorAll(".near").forEach(far => far.remove())"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with an open incident and work that begins in 20 minutes."""
    with serving(built(tmp_path_factory.mktemp("both"), BOTH)) as address:
        yield address


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site where all is well, and work begins in 20 minutes."""
    with serving(built(tmp_path_factory.mktemp("planned"), PLANNED)) as address:
        yield address


# --- what holds now ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", OPEN])
def test_a_promise_that_passes_was_due(both: str, chrome: Browser, place: str) -> None:
    with reading(chrome, both + place) as page:
        assert said(page, ".promise").startswith("Next update by 21 Nov 2026, 15:51 CET (in 11 min")
        minutes_pass(page, 10.9)
        assert said(page, ".promise").startswith("Next update by")
        minutes_pass(page, 0.1)
        assert said(page, ".promise").startswith("An update was due at 21 Nov 2026, 15:51 CET")


def test_work_begins_and_ends_on_time_on_the_index(planned: str, chrome: Browser) -> None:
    with reading(chrome, planned) as page:
        for minutes, sentence, status, progress in (
            (0, "Everything is working.", "Operational", "Scheduled"),
            (20, "Planned maintenance is under way.", "Under maintenance", "In progress"),
            (60, "Everything is working.", "Operational", "Completed"),
        ):
            minutes_pass(page, minutes)
            assert said(page, "h1") == sentence
            assert said(page, "#reports .state") == status
            assert said(page, ".group > summary .state") == status
            assert said(page, ".story .kicker").startswith(progress)
            assert said(page, "#checkout .state") == "Operational"
        assert page.locator(".overall:visible").get_attribute("class") == "overall operational"


def test_the_sentence_says_what_is_affected_and_since_when(planned: str, chrome: Browser) -> None:
    with reading(chrome, planned) as page:
        assert "Affected" not in said(page, ".overall")
        minutes_pass(page, 20)
        assert "Affected: Reports (Under maintenance) Since 21 Nov 2026, 16:00 CET" in said(
            page, ".overall"
        )
        assert said(page, "#reports .component-head").endswith("since 21 Nov 2026, 16:00 CET")


@pytest.mark.parametrize(
    ("place", "states"),
    [
        (AHEAD, ["Scheduled", "In progress", "Completed"]),
        ("maintenance/", ["Scheduled", "In progress", "Completed"]),
        ("components/reports/", ["Operational", "Under maintenance", "Operational"]),
        ("pl/components/reports/", ["Działa", "Prace planowe", "Działa"]),
    ],
)
def test_work_begins_and_ends_on_time_on_other_pages(
    planned: str, chrome: Browser, place: str, states: list[str]
) -> None:
    with reading(chrome, planned + place) as page:
        for minutes, state in zip((0, 20, 60), states, strict=True):
            minutes_pass(page, minutes)
            assert said(page, "h1, main .state").count(state) >= 1
            for other in set(states) - {state}:
                assert other not in said(page, "main > p, .kicker")


def test_an_incident_goes_on_while_work_begins(both: str, chrome: Browser) -> None:
    with reading(chrome, both) as page:
        sentence = said(page, "h1")
        minutes_pass(page, 25)
        assert said(page, "h1") == sentence
        assert "Reports (Under maintenance)" in said(page, ".overall")


def test_work_that_an_update_keeps_running_does_not_end_by_the_clock(
    tmp_path: Path, chrome: Browser
) -> None:
    longer = update("2026-11-21T14:39Z", "status: verifying")
    early = BOTH[f"{AHEAD}1-scheduled.md"].replace("15:00Z", "13:00Z").replace("16:00Z", "14:30Z")
    site = built(
        tmp_path, {**CALM, f"{AHEAD}1-scheduled.md": early, f"{AHEAD}2-verifying.md": longer}
    )
    with serving(site) as address, reading(chrome, address) as page:
        minutes_pass(page, 600)
        assert said(page, "h1") == "Planned maintenance is under way."


def test_who_comes_back_to_the_page_sees_what_holds_then(planned: str, chrome: Browser) -> None:
    with reading(chrome, planned) as page:
        page.evaluate("""() => {
            Object.defineProperty(document, "hidden", {value: true, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
        minutes_pass(page, 30)
        assert said(page, "h1") == "Everything is working."
        page.evaluate("""() => {
            Object.defineProperty(document, "hidden", {value: false});
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
        assert said(page, "h1") == "Planned maintenance is under way."


def test_a_clock_that_is_slow_brings_nothing_back(both: str, chrome: Browser) -> None:
    told = []
    for now in (NOW, NOW.replace(year=2020)):
        with reading(chrome, both, now) as page:
            page.evaluate(WITHOUT_DISTANCES)
            told.append(said(page, "main"))
    assert told[0] == told[1]


# --- how far away, and on which clock ------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "here"),
    [
        ("Europe/Warsaw", "in 11 minutes"),
        ("Europe/Berlin", "in 11 minutes"),
        ("Asia/Tokyo", "in 11 minutes · 23:51 GMT+9"),
        ("America/New_York", "in 11 minutes · 09:51 EST"),
        ("Pacific/Auckland", "in 11 minutes · Nov 22, 03:51 GMT+13"),
    ],
)
def test_a_reader_elsewhere_sees_their_own_time_too(
    both: str, chrome: Browser, zone: str, here: str
) -> None:
    with reading(chrome, both, timezone_id=zone) as page:
        assert said(page, ".promise") == f"Next update by 21 Nov 2026, 15:51 CET ({here})."


def test_the_end_of_a_window_is_told_once_that_has_begun(tmp_path: Path, chrome: Browser) -> None:
    later = BOTH[f"{AHEAD}1-scheduled.md"].replace("T15", "T22").replace("T16", "T23")
    later = later.replace("from: 2026-11-21", "from: 2026-11-24")
    later = later.replace("until: 2026-11-21", "until: 2026-11-24")
    with (
        serving(built(tmp_path, {**CALM, f"{AHEAD}1-scheduled.md": later})) as address,
        reading(chrome, address) as page,
    ):
        window = "24 Nov 2026, 23:00 CET ({}) – 25 Nov 2026, 00:00 CET"
        assert window.format("in 3 days") in said(page, ".facts")
        assert "CET (" not in said(page, ".facts").partition("00:00 ")[2]
        page.clock.fast_forward((3 * 1440 + 7 * 60 + 40) * 60_000)
        told = said(page, ".facts")
    assert "23:00 CET (20 minutes ago) – 25 Nov 2026, 00:00 CET (in 40 minutes)" in told


def test_distances_never_contradict_how_long_it_took(both: str, chrome: Browser) -> None:
    with reading(chrome, both + OPEN) as page:
        for passed, told in (
            (0, "35 minutes ago"),
            (84, "119 minutes ago"),
            (1, "2 hours ago"),
            (2700, "47 hours ago"),
            (60, "2 days ago"),
        ):
            page.clock.fast_forward(passed * 60_000)
            assert f"15:05 CET ({told})" in said(page, ".facts")


def test_what_is_over_is_never_ahead(both: str, chrome: Browser) -> None:
    early = NOW - timedelta(minutes=50)
    for place in ("", OPEN):
        with reading(chrome, both + place, early) as page:
            told = said(page, "main")
            assert "Next update by 21 Nov 2026, 15:51 CET (in 61 minutes)." in told
            assert set(re.findall(r"\(in [^)]*", told)) <= {"(in 61 minutes", "(in 70 minutes"}


def test_a_closed_incident_tells_the_readers_time_and_no_distance_after_two_days(
    tmp_path: Path, chrome: Browser
) -> None:
    over = update("2026-11-21T14:35Z", "status: resolved")
    files = {**BOTH, f"{OPEN}2-resolved.md": over}
    with serving(built(tmp_path, files)) as address:
        for days, told in ((0, "5 minutes ago · 23:35 GMT+9"), (3, "23:35 GMT+9")):
            then = NOW + timedelta(days=days)
            with reading(chrome, address + OPEN, then, timezone_id="Asia/Tokyo") as page:
                assert f"15:35 CET ({told})" in said(page, ".facts")
                assert f"15:35 CET ({told})" in said(page, ".entry")


def test_other_times_have_the_readers_as_title(both: str, chrome: Browser) -> None:
    month = "history/2026-11/"
    with reading(chrome, both + month, timezone_id="Asia/Tokyo") as page:
        assert page.locator("main time[datetime*=T]").first.get_attribute("title") is not None
    with reading(chrome, both + month) as page:
        assert page.locator("time[title]").count() == 0


@pytest.mark.parametrize(
    ("place", "ahead", "due"),
    [("", "(in 11 minutes)", "(9 minutes ago)"), ("pl/", "(za 11 minut)", "(9 minut temu)")],
)
def test_distances_are_in_the_pages_language(
    both: str, chrome: Browser, place: str, ahead: str, due: str
) -> None:
    with reading(chrome, both + place, locale="fr-FR") as page:
        assert ahead in said(page, ".promise")
        minutes_pass(page, 20)
        assert due in said(page, ".promise")


# --- nothing is lost without it ------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", OPEN, AHEAD, "maintenance/", "pl/", "components/reports/"])
def test_with_the_script_off_the_page_says_the_same(both: str, chrome: Browser, place: str) -> None:
    with reading(chrome, both + place, java_script_enabled=False) as page:
        without = said(page, "body")
        served = html.fromstring(page.content())
    with reading(chrome, both + place) as page:
        page.evaluate(WITHOUT_DISTANCES)
        assert said(page, "body") == without
    for hidden in served.xpath("//*[@hidden]"):
        assert not hidden.xpath("self::*[not(@data-from) and @id != '_news']")
