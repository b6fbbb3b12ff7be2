"""The example content shows what Statusbook can do, as it stands on 2026-11-21 at 14:40 UTC."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from statusbook.cli.prepare import judge
from statusbook.derive.facts import SiteFacts, Timeline
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident
from statusbook.model.public import PublicSite, publish_incident, publish_site
from statusbook.model.words import ComponentStatus, Impact, Kind, Status
from statusbook.problems import errors
from statusbook.read.book import Book, load_incident, read_book

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def book(project_root: Path) -> Book:
    return read_book(project_root)


@pytest.fixture(scope="module")
def written(book: Book) -> dict[str, Incident]:
    return {kept.id: load_incident(book, kept) for kept in book.incidents}


@pytest.fixture(scope="module")
def told(written: dict[str, Incident]) -> dict[str, Timeline]:
    timelines = {name: fold(publish_incident(one), NOW) for name, one in written.items()}
    return {name: one for name, one in timelines.items() if one is not None}


@pytest.fixture(scope="module")
def site(book: Book) -> PublicSite:
    assert book.status_page is not None
    return publish_site(book.status_page, book.components)


@pytest.fixture(scope="module")
def facts(site: PublicSite, told: dict[str, Timeline]) -> SiteFacts:
    return site_facts(site, (one.facts for one in told.values()), NOW)


def test_it_has_no_fault(book: Book) -> None:
    _, problems = judge(book, NOW, NOW, None, 1)

    assert errors(problems) == []
    assert [problem.code for problem in problems] == ["E311"]  # the reopened one, on purpose


def test_nine_components_in_three_groups_are_on_the_page(site: PublicSite) -> None:
    shown = [one for one in site.components if one.retired is None]

    assert Counter(one.group for one in shown) == {group.id: 3 for group in site.groups}
    assert len(site.groups) == 3


def test_about_fifteen_incidents_and_maintenances_tell_two_years(facts: SiteFacts) -> None:
    assert 14 <= len(facts.incidents) <= 18
    oldest = min(one.started for one in facts.incidents)
    assert timedelta(days=680) < NOW - oldest < timedelta(days=760)


def test_one_incident_is_open_with_a_promise_that_is_not_due(facts: SiteFacts) -> None:
    (incident,) = facts.active

    assert incident.status is Status.IDENTIFIED
    assert incident.impact is Impact.MAJOR
    assert incident.started < incident.created
    assert incident.promise is not None
    assert not incident.promise.due
    assert incident.promise.at == datetime(2026, 11, 21, 14, 51, tzinfo=UTC)
    assert facts.components["card-payments"].status is ComponentStatus.PARTIAL_OUTAGE
    assert facts.components["bank-transfers"].status is ComponentStatus.OPERATIONAL


def test_the_open_incident_says_what_to_do_in_both_languages(told: dict[str, Timeline]) -> None:
    first, newest = told["2026-11-21-card-payments"].entries

    assert first.translations["pl"].title
    for text in (newest.workaround, newest.translations["pl"].workaround):
        assert text is not None
        assert "\n- " in text
        assert "](https://help.example.com/" in text
        assert "`payment_timeout`" in text


def test_one_maintenance_is_ahead(facts: SiteFacts) -> None:
    (ahead,) = facts.upcoming

    assert facts.running == ()
    assert ahead.scheduled is not None
    assert timedelta(days=1) < ahead.scheduled.start - NOW < timedelta(days=7)
    assert ahead.created.date() == date(2026, 11, 18)


def test_one_maintenance_ended_by_itself_without_an_update(
    written: dict[str, Incident], told: dict[str, Timeline]
) -> None:
    timeline = told["2026-11-03-checkout-work"]

    assert len(written[timeline.facts.id].updates) == 1
    assert timeline.facts.status is Status.COMPLETED
    assert [entry.automatic for entry in timeline.entries] == [False, True, True]


def test_one_maintenance_was_cancelled_before_it_began(told: dict[str, Timeline]) -> None:
    cancelled = [one.facts for one in told.values() if one.facts.status is Status.CANCELLED]

    (one,) = cancelled
    assert one.scheduled is not None
    assert one.ended is not None
    assert one.ended < one.scheduled.start
    assert one.outages == ()


def test_one_maintenance_took_longer_than_announced(told: dict[str, Timeline]) -> None:
    timeline = told["2025-11-04-order-database"]
    first, *_, last = [entry.scheduled for entry in timeline.entries if entry.scheduled]

    assert timeline.facts.scheduled == last
    assert first.until < last.until
    assert timeline.facts.ended is not None
    assert first.until < timeline.facts.ended < last.until


def test_one_update_is_corrected_by_a_later_one(told: dict[str, Timeline]) -> None:
    corrected = [e for one in told.values() for e in one.entries if e.corrected_by]

    assert [(e.id, e.corrected_by) for e in corrected] == [("2-identified", "3-who-is-affected")]


def test_one_update_is_withdrawn_with_a_reason_and_the_next_one_puts_it_right(
    told: dict[str, Timeline],
) -> None:
    entries = told["2025-12-12-order-emails"].entries
    (place,) = [number for number, entry in enumerate(entries) if entry.retracted]

    assert sum(bool(e.retracted) for one in told.values() for e in one.entries) == 1
    assert "withdrawn" in entries[place + 1].body


def test_one_incident_was_closed_and_opened_again(told: dict[str, Timeline]) -> None:
    statuses = [entry.status for entry in told["2025-07-23-late-webhooks"].entries]
    closed = [number for number, one in enumerate(statuses) if one is Status.RESOLVED]

    assert closed == [2, len(statuses) - 1]
    assert statuses[3] is Status.INVESTIGATING


def test_one_large_outage_has_a_public_report_and_an_internal_review(
    project_root: Path, written: dict[str, Incident], told: dict[str, Timeline]
) -> None:
    timeline = told["2025-05-28-shops-unavailable"]
    *_, report = timeline.entries

    assert timeline.facts.impact is Impact.CRITICAL
    assert len(timeline.facts.components) >= 5
    assert report.status is Status.POSTMORTEM
    assert 300 <= len(report.body.split()) <= 500
    assert "\n|---|---|\n" in report.body
    assert report.translations["pl"].body
    source = written[timeline.facts.id]
    assert source.updates[0].internal is not None
    assert source.updates[0].internal.severity == "sev1"
    assert (project_root / source.path / "review.md").is_file()


def test_one_incident_was_renamed(told: dict[str, Timeline]) -> None:
    renamed = [one for one in told.values() if one.entries[0].title != one.facts.title]

    assert [one.facts.id for one in renamed] == ["2026-05-19-security-warning"]


def test_two_updates_came_in_the_same_minute(told: dict[str, Timeline]) -> None:
    times = Counter((name, e.at) for name, one in told.items() for e in one.entries)

    assert [name for (name, _), count in times.items() if count > 1] == [
        "2026-01-27-bank-transfers"
    ]


def test_one_incident_never_got_worse_than_slow(told: dict[str, Timeline]) -> None:
    worst = {name: {o.status for o in one.facts.outages} for name, one in told.items()}

    assert worst["2024-12-09-slow-search"] == {ComponentStatus.DEGRADED_PERFORMANCE}
    assert told["2024-12-09-slow-search"].facts.impact is Impact.MINOR


def test_one_impact_is_said_and_not_derived(written: dict[str, Incident]) -> None:
    first = written["2025-03-14-text-messages"].updates[0]

    assert first.impact is Impact.MINOR
    assert ComponentStatus.MAJOR_OUTAGE in first.components.values()


def test_one_component_is_young_and_one_is_retired(site: PublicSite, facts: SiteFacts) -> None:
    (young,) = [one for one in site.components if one.since]
    (retired,) = [one for one in site.components if one.retired]

    assert young.since is not None
    assert timedelta(0) < NOW.date() - young.since < timedelta(days=90)
    assert facts.components[young.id].days[0].status is None
    assert any(retired.id in one.components for one in facts.incidents)


def test_the_last_ninety_days_show_something(facts: SiteFacts) -> None:
    days = [day for one in facts.components.values() for day in one.days if day.incidents]
    overnight = [day.day for day in facts.components["checkout"].days if day.incidents]

    assert len(days) >= 6
    assert {date(2026, 9, 2), date(2026, 9, 3)} <= set(overnight)


def test_some_updates_are_translated_and_some_are_not(told: dict[str, Timeline]) -> None:
    def languages(one: Timeline) -> set[bool]:
        return {"pl" in entry.translations for entry in one.entries if not entry.automatic}

    shown = [languages(one) for one in told.values()]

    assert shown.count({True}) >= 3
    assert shown.count({True, False}) >= 2
    assert shown.count({False}) >= 5


def test_times_are_written_in_utc_and_with_both_distances_from_it(project_root: Path) -> None:
    text = "".join(one.read_text("utf-8") for one in (project_root / "incidents").rglob("*.md"))
    ends = re.findall(r"^at: \S+?(Z|\+\d\d:\d\d)$", text, re.MULTILINE)

    assert set(ends) == {"Z", "+01:00", "+02:00"}


def test_a_draft_lies_beside_the_incidents_and_is_not_read(project_root: Path, book: Book) -> None:
    (draft,) = (project_root / "incidents").glob("*/_*")

    assert list(draft.glob("*.md"))
    assert not any(kept.path.endswith(draft.name) for kept in book.incidents)


def test_every_update_of_an_open_incident_promises_the_next(
    written: dict[str, Incident],
) -> None:
    for one in written.values():
        if one.kind is Kind.INCIDENT:
            for update in one.updates:
                closed = update.status in {Status.RESOLVED, Status.POSTMORTEM}
                assert closed or update.next_update, f"{one.path}/{update.id}.md"


def test_internal_parts_name_roles_and_never_persons(written: dict[str, Incident]) -> None:
    for one in written.values():
        for update in one.updates:
            assert update.internal is not None, f"{one.path}/{update.id}.md"
            named = [update.internal.commander, *update.internal.approved_by]
            assert all(re.fullmatch("@[a-z-]+-(lead|team)|@legal", name) for name in named if name)


def test_incidents_lie_in_the_folder_of_their_year(book: Book) -> None:
    for kept in book.incidents:
        assert kept.path == f"incidents/{kept.id[:4]}/{kept.id}"


def test_the_plan_begins_with_a_page(project_root: Path) -> None:
    text = (project_root / "plan" / "index.md").read_text("utf-8")

    assert text.startswith("# ")
    for named in re.findall(r"`((?:plan|docs)/[a-z./-]+)`", text):
        assert (project_root / named).exists(), named
