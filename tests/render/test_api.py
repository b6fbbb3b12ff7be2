"""The API's files have Statuspage's keys, order, types and timestamps."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from statusbook.derive.facts import IncidentFacts, Timeline
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident, Update, Window
from statusbook.model.plan import Component, Components, Group, StatusPage
from statusbook.model.public import PublicIncident, publish_incident, publish_site
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.api import NEWEST, api_pages
from statusbook.render.page import Page, Rank
from statusbook.render.view import View

# Written down from captures of real pages (statuspage-v2, 2.1 and 2.2).
PAGE_KEYS = ("id", "name", "url", "time_zone", "updated_at")
STATUS_KEYS = ("indicator", "description")
COMPONENT_KEYS = (
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "position",
    "description",
    "showcase",
    "start_date",
    "group_id",
    "page_id",
    "group",
    "only_show_if_degraded",
)
GROUP_KEYS = (*COMPONENT_KEYS, "components")
INCIDENT_KEYS = (
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "monitoring_at",
    "resolved_at",
    "impact",
    "shortlink",
    "started_at",
    "page_id",
    "incident_updates",
    "components",
)
MAINTENANCE_KEYS = (*INCIDENT_KEYS, "scheduled_for", "scheduled_until")
UPDATE_KEYS = (
    "id",
    "status",
    "body",
    "incident_id",
    "created_at",
    "updated_at",
    "display_at",
    "affected_components",
    "deliver_notifications",
    "custom_tweet",
    "tweet_id",
)
AFFECTED_KEYS = ("code", "name", "old_status", "new_status")
TOP_KEYS = {
    "summary.json": ("page", "components", "incidents", "scheduled_maintenances", "status"),
    "status.json": ("page", "status"),
    "components.json": ("page", "components"),
    "incidents.json": ("page", "incidents"),
    "incidents/unresolved.json": ("page", "incidents"),
    "scheduled-maintenances.json": ("page", "scheduled_maintenances"),
    "scheduled-maintenances/upcoming.json": ("page", "scheduled_maintenances"),
    "scheduled-maintenances/active.json": ("page", "scheduled_maintenances"),
}
COMPONENT_WORDS = {
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "under_maintenance",
}
INCIDENT_WORDS = {"investigating", "identified", "monitoring", "resolved", "postmortem"}
MAINTENANCE_WORDS = {"scheduled", "in_progress", "verifying", "completed"}
IMPACT_WORDS = {"none", "minor", "major", "critical"}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
DOWN, SLOW, FINE = (
    ComponentStatus.MAJOR_OUTAGE,
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.OPERATIONAL,
)
SHOP = Components(
    groups=[
        Group(id="pay", name="Payments", description="How money moves.", api_id="grp1"),
        Group(id="cards", name="Cards", group="pay"),
        Group(id="old", name="Closed"),
    ],
    components=[
        Component(id="web", name="Shop pages", description="What buyers see."),
        Component(id="checkout", name="Checkout", group="pay", since=date(2026, 7, 1)),
        Component(id="visa", name="Visa", group="cards", showcase=False, api_id="c4rd"),
        Component(id="fax", name="Fax orders", group="old", retired=date(2026, 1, 1)),
        Component(id="payouts", name="Payouts", group="pay"),
        Component(id="search", name="Search", only_show_if_degraded=True),
    ],
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def told(incident_id: str, *updates: Update, kind: Kind = Kind.INCIDENT) -> PublicIncident:
    return publish_incident(Incident(incident_id, incident_id, kind, updates))


def card_outage() -> PublicIncident:
    return told(
        "2026-11-21-cards",
        Update(
            id="1-investigating",
            at=at("2026-11-21T14:05:07.250999Z"),
            title="Card payments fail",
            status=Status.INVESTIGATING,
            components={"visa": DOWN},
            started=at("2026-11-21T13:50:00Z"),
            body="Some customers see an **error**.\n\nBank transfers work.",
        ),
        Update(id="2-more", at=at("2026-11-21T14:20:00Z"), components={"checkout": SLOW}),
        Update(id="3-wrong", at=at("2026-11-21T14:30:00Z"), retracted="meant for a test", body="x"),
        Update(
            id="4-monitoring",
            at=at("2026-11-21T14:40:00Z"),
            title="Payments by card fail",
            status=Status.MONITORING,
            body="A fix is out.",
        ),
    )


def search_outage() -> PublicIncident:
    return told(
        "search-2025",
        Update(
            id="1-identified",
            at=at("2025-07-01T10:00:00Z"),
            title="Search was slow",
            status=Status.IDENTIFIED,
            components={"search": SLOW, "fax": SLOW},
            body="Why.",
        ),
        Update(
            id="2-resolved", at=at("2025-12-31T23:30:00Z"), status=Status.RESOLVED, body="Done."
        ),
        Update(
            id="3-postmortem",
            at=at("2026-01-02T09:00:00Z"),
            status=Status.POSTMORTEM,
            body="# What happened\n\n- one\n- two",
        ),
    )


def maintenance(incident_id: str, start: str, until: str, *more: Update) -> PublicIncident:
    announced = Update(
        id="1-scheduled",
        at=at("2026-11-01T09:00:00Z"),
        title="New database",
        status=Status.SCHEDULED,
        scheduled=Window(at(start), at(until)),
        components={"payouts": ComponentStatus.UNDER_MAINTENANCE},
        body="Payouts pause.",
    )
    return told(incident_id, announced, *more, kind=Kind.MAINTENANCE)


RUNNING = maintenance("db-now", "2026-11-21T14:30:00Z", "2026-11-21T16:00:00Z")
AHEAD = maintenance("db-later", "2026-12-01T02:00:00Z", "2026-12-01T04:00:00Z")
OVER = maintenance("db-done", "2026-11-10T02:00:00Z", "2026-11-10T04:00:00Z")
CALLED_OFF = maintenance(
    "db-off",
    "2026-11-15T02:00:00Z",
    "2026-11-15T04:00:00Z",
    Update(id="2-cancelled", at=at("2026-11-14T09:00:00Z"), status=Status.CANCELLED),
)
STORY = (card_outage(), search_outage(), RUNNING, AHEAD, OVER, CALLED_OFF)


def view_of(
    *incidents: PublicIncident,
    now: datetime = NOW,
    components: Components = SHOP,
    time_zone: str = "Etc/UTC",
) -> View:
    page = StatusPage(
        title="Harbourlight",
        url="https://status.example.com/",
        feed_id="tag:status.example.com,2026:status",
        api_id="hbrl1ght0001",
        time_zone=time_zone,
    )
    site = publish_site(page, components)
    found = (fold(incident, now, digest=repr(incident)) for incident in incidents)
    timelines: dict[str, Timeline] = {each.facts.id: each for each in found if each}
    facts = site_facts(site, [each.facts for each in timelines.values()], now)

    def timeline(of: IncidentFacts) -> Timeline:
        return timelines[of.id]

    return View(site, facts, timeline, f"site of {time_zone}, {components!r}")


def pages_of(view: View) -> dict[str, Page]:
    pages = list(api_pages(view))
    assert all(page.rank is Rank.API for page in pages)
    named = {page.path.removeprefix("api/v2/"): page for page in pages}
    assert len(named) == len(pages)
    return named


def files_of(view: View) -> dict[str, Any]:
    return {name: json.loads(page.render()) for name, page in pages_of(view).items()}


# --- the contract: keys in order, types, words ---------------------------------------------------


def assert_timestamp(text: str) -> None:
    assert TIMESTAMP.fullmatch(text), text


def assert_component(row: dict[str, Any]) -> None:
    assert tuple(row) == (GROUP_KEYS if row["group"] else COMPONENT_KEYS)
    assert all(isinstance(row[key], str) for key in ("id", "name", "page_id"))
    assert row["status"] in COMPONENT_WORDS
    assert_timestamp(row["created_at"])
    assert_timestamp(row["updated_at"])
    assert type(row["position"]) is int
    assert row["position"] >= 1
    assert row["description"] is None or isinstance(row["description"], str)
    assert all(type(row[key]) is bool for key in ("showcase", "group", "only_show_if_degraded"))
    assert row["start_date"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", row["start_date"])
    assert row["group_id"] is None or isinstance(row["group_id"], str)
    if row["group"]:
        assert row["group_id"] is None
        assert all(isinstance(member, str) for member in row["components"])


def assert_update(row: dict[str, Any], incident: dict[str, Any]) -> None:
    assert tuple(row) == UPDATE_KEYS
    assert row["status"] in INCIDENT_WORDS | MAINTENANCE_WORDS
    assert isinstance(row["body"], str)
    assert row["incident_id"] == incident["id"]
    for key in ("created_at", "updated_at", "display_at"):
        assert_timestamp(row[key])
    assert row["affected_components"] is None or row["affected_components"]
    for affected in row["affected_components"] or []:
        assert tuple(affected) == AFFECTED_KEYS
        assert affected["old_status"] in COMPONENT_WORDS
        assert affected["new_status"] in COMPONENT_WORDS
    assert row["deliver_notifications"] is True
    assert row["custom_tweet"] is None
    assert row["tweet_id"] is None


def assert_incident(row: dict[str, Any]) -> None:
    planned = "scheduled_for" in row
    assert tuple(row) == (MAINTENANCE_KEYS if planned else INCIDENT_KEYS)
    assert row["status"] in (MAINTENANCE_WORDS if planned else INCIDENT_WORDS)
    assert row["impact"] in IMPACT_WORDS | {"maintenance"}
    for key in ("created_at", "updated_at", "started_at", *(MAINTENANCE_KEYS[-2:] * planned)):
        assert_timestamp(row[key])
    for key in ("monitoring_at", "resolved_at"):
        assert row[key] is None or assert_timestamp(row[key]) is None
    for update in row["incident_updates"]:
        assert_update(update, row)
    times = [at(update["display_at"]) for update in row["incident_updates"]]
    assert times == sorted(times, reverse=True)
    for component in row["components"]:
        assert_component(component)


def assert_file(name: str, content: dict[str, Any]) -> None:
    assert tuple(content) == TOP_KEYS.get(name, ("page", "incident"))
    assert tuple(content["page"]) == PAGE_KEYS
    assert all(isinstance(content["page"][key], str) for key in PAGE_KEYS)
    assert_timestamp(content["page"]["updated_at"])
    for component in content.get("components", []):
        assert_component(component)
    for incident in content.get("incidents", []):
        assert_incident(incident)
        assert incident["status"] in INCIDENT_WORDS
    for planned in content.get("scheduled_maintenances", []):
        assert_incident(planned)
        assert planned["status"] in MAINTENANCE_WORDS
    if "incident" in content:
        assert_incident(content["incident"])
    if "status" in content:
        assert tuple(content["status"]) == STATUS_KEYS
        assert content["status"]["indicator"] in IMPACT_WORDS


@pytest.mark.parametrize("time_zone", ["Etc/UTC", "Europe/Warsaw", "America/St_Johns"])
def test_every_file_has_statuspages_keys_order_and_types(time_zone: str) -> None:
    files = files_of(view_of(*STORY, time_zone=time_zone))
    assert set(files) == {*TOP_KEYS, *(f"incidents/{each.id}.json" for each in STORY)}
    for name, content in files.items():
        assert_file(name, content)


def test_an_empty_page_has_all_lists_and_a_time_that_never_moves() -> None:
    files = files_of(view_of(components=Components()))
    assert set(files) == set(TOP_KEYS)
    for name, content in files.items():
        assert_file(name, content)
        assert content["page"]["updated_at"] == "1970-01-01T00:00:00.000Z"
    assert files["status.json"]["status"] == {
        "indicator": "none",
        "description": "All Systems Operational",
    }


def test_files_are_compact_utf_8() -> None:
    page = pages_of(view_of(told("a", Update(id="1", at=NOW, title="Płatności – „źle”"))))
    raw = page["incidents/a.json"].render()
    assert "Płatności – „źle”".encode() in raw
    assert b'{"page":{"id":"hbrl1ght0001","name":"Harbourlight",' in raw


# --- times ---------------------------------------------------------------------------------------


def test_utc_pages_write_z_and_cut_off_after_the_third_decimal() -> None:
    row = files_of(view_of(*STORY))["incidents/2026-11-21-cards.json"]["incident"]
    assert row["created_at"] == "2026-11-21T14:05:07.250Z"
    assert row["started_at"] == "2026-11-21T13:50:00.000Z"
    assert row["monitoring_at"] == "2026-11-21T14:40:00.000Z"
    assert row["resolved_at"] is None
    assert row["updated_at"] == "2026-11-21T14:40:00.000Z"


def test_other_pages_write_the_offset_of_the_moment_itself() -> None:
    files = files_of(view_of(*STORY, time_zone="Europe/Warsaw"))
    row = files["incidents/search-2025.json"]["incident"]
    assert row["created_at"] == "2025-07-01T12:00:00.000+02:00"
    assert row["resolved_at"] == "2026-01-01T00:30:00.000+01:00"
    assert files["status.json"]["page"]["time_zone"] == "Europe/Warsaw"
    assert files["status.json"]["page"]["updated_at"] == "2026-11-21T15:40:00.000+01:00"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    night = told(
        "night",
        Update(id="1", at=at("2026-10-25T00:30:00Z"), title="Night", status=Status.INVESTIGATING),
        Update(id="2", at=at("2026-10-25T01:30:00Z"), status=Status.RESOLVED),
    )
    row = files_of(view_of(night, time_zone="Europe/Warsaw"))["incidents/night.json"]["incident"]
    assert row["created_at"] == "2026-10-25T02:30:00.000+02:00"
    assert row["resolved_at"] == "2026-10-25T02:30:00.000+01:00"


def test_a_components_day_begins_in_the_zone_of_the_page() -> None:
    view = view_of(time_zone="Europe/Warsaw")
    rows = {row["id"]: row for row in files_of(view)["components.json"]["components"]}
    assert rows["checkout"]["start_date"] == "2026-07-01"
    assert rows["checkout"]["created_at"] == "2026-07-01T00:00:00.000+02:00"
    assert rows["checkout"]["updated_at"] == rows["checkout"]["created_at"]
    assert rows["web"]["start_date"] is None
    assert rows["web"]["created_at"] == "1970-01-01T01:00:00.000+01:00"


# --- components ----------------------------------------------------------------------------------


def test_groups_stand_before_their_members_and_positions_count_from_one() -> None:
    rows = files_of(view_of(*STORY))["components.json"]["components"]
    assert [(row["id"], row["position"], row["group_id"]) for row in rows] == [
        ("web", 1, None),
        ("grp1", 2, None),
        ("checkout", 1, "grp1"),
        ("payouts", 2, "grp1"),
        ("cards", 3, None),
        ("c4rd", 1, "cards"),
        ("search", 4, None),
    ]


def test_a_group_names_its_members_and_is_as_bad_as_the_worst() -> None:
    rows = {row["id"]: row for row in files_of(view_of(*STORY))["components.json"]["components"]}
    assert rows["grp1"]["components"] == ["checkout", "payouts"]
    assert rows["grp1"]["status"] == "degraded_performance"
    assert rows["payouts"]["status"] == "under_maintenance"
    assert rows["cards"]["status"] == "major_outage"
    assert rows["web"]["status"] == "operational"


def test_a_group_in_a_group_stands_on_the_top_level_with_both_names() -> None:
    rows = {row["id"]: row for row in files_of(view_of())["components.json"]["components"]}
    assert rows["cards"]["name"] == "Payments / Cards"
    assert rows["cards"]["group_id"] is None


def test_a_retired_component_leaves_the_lists_but_not_its_incidents() -> None:
    files = files_of(view_of(*STORY))
    listed = {row["id"] for row in files["components.json"]["components"]}
    assert not {"fax", "old"} & listed
    row = files["incidents/search-2025.json"]["incident"]
    assert [component["id"] for component in row["components"]] == ["search", "fax"]
    assert row["components"][1]["position"] == 5
    assert row["components"][1]["group_id"] == "old"


def test_a_components_time_is_that_of_its_last_change() -> None:
    rows = {row["id"]: row for row in files_of(view_of(*STORY))["components.json"]["components"]}
    assert rows["checkout"]["updated_at"] == "2026-11-21T14:20:00.000Z"
    assert rows["search"]["updated_at"] == "2025-12-31T23:30:00.000Z"


# --- incidents -----------------------------------------------------------------------------------


def test_an_incident_is_told_newest_first_with_what_changed() -> None:
    row = files_of(view_of(*STORY))["incidents/2026-11-21-cards.json"]["incident"]
    assert row["name"] == "Payments by card fail"
    assert row["impact"] == "critical"
    assert row["shortlink"] == "https://status.example.com/incidents/2026-11-21-cards"
    assert row["page_id"] == "hbrl1ght0001"
    told_as = [
        (update["id"], update["status"], update["body"]) for update in row["incident_updates"]
    ]
    assert told_as == [
        ("4-monitoring", "monitoring", "A fix is out."),
        ("3-wrong", "investigating", "Withdrawn: meant for a test"),
        ("2-more", "investigating", ""),
        (
            "1-investigating",
            "investigating",
            "Some customers see an error.\n\nBank transfers work.",
        ),
    ]
    assert [update["affected_components"] for update in row["incident_updates"]] == [
        None,
        None,
        [
            {
                "code": "checkout",
                "name": "Checkout",
                "old_status": "operational",
                "new_status": "degraded_performance",
            }
        ],
        [
            {
                "code": "c4rd",
                "name": "Visa",
                "old_status": "operational",
                "new_status": "major_outage",
            }
        ],
    ]


def test_the_lists_hold_what_their_names_say() -> None:
    files = files_of(view_of(*STORY))

    def ids(name: str, key: str) -> list[str]:
        return [row["id"] for row in files[name][key]]

    assert ids("incidents.json", "incidents") == ["2026-11-21-cards", "search-2025"]
    assert ids("incidents/unresolved.json", "incidents") == ["2026-11-21-cards"]
    planned = "scheduled_maintenances"
    assert ids("scheduled-maintenances.json", planned) == [
        "db-later",
        "db-now",
        "db-off",
        "db-done",
    ]
    assert ids("scheduled-maintenances/upcoming.json", planned) == ["db-later"]
    assert ids("scheduled-maintenances/active.json", planned) == ["db-now"]
    assert ids("summary.json", "incidents") == ["2026-11-21-cards"]
    assert ids("summary.json", planned) == ["db-now", "db-later"]
    assert files["summary.json"]["components"] == files["components.json"]["components"]
    assert files["summary.json"]["status"] == files["status.json"]["status"]


def test_the_lists_of_all_hold_the_newest_fifty() -> None:
    many = [
        told(f"n{day}", Update(id="1", at=datetime(2026, 1 + day // 28, 1 + day % 28, tzinfo=UTC)))
        for day in range(NEWEST + 5)
    ]
    rows = files_of(view_of(*many))["incidents.json"]["incidents"]
    assert [row["id"] for row in rows] == [f"n{day}" for day in range(NEWEST + 4, 4, -1)]


def test_a_maintenance_starts_and_ends_by_itself_in_words() -> None:
    files = files_of(view_of(*STORY))
    running = files["incidents/db-now.json"]["incident"]
    assert [(u["id"], u["status"], u["body"]) for u in running["incident_updates"]] == [
        ("auto-in-progress", "in_progress", "The maintenance has begun."),
        ("1-scheduled", "scheduled", "Payouts pause."),
    ]
    assert running["started_at"] == running["created_at"] == "2026-11-01T09:00:00.000Z"
    assert running["scheduled_for"] == "2026-11-21T14:30:00.000Z"
    assert running["scheduled_until"] == "2026-11-21T16:00:00.000Z"
    done = files["incidents/db-done.json"]["incident"]
    assert done["incident_updates"][0]["body"] == "The maintenance is completed."
    assert done["resolved_at"] == "2026-11-10T04:00:00.000Z"


def test_cancelled_work_is_completed_for_clients_and_says_so() -> None:
    row = files_of(view_of(CALLED_OFF))["incidents/db-off.json"]["incident"]
    assert row["status"] == "completed"
    assert row["incident_updates"][0]["status"] == "completed"
    assert row["incident_updates"][0]["body"] == "The maintenance was cancelled."


def test_an_incidents_components_have_their_present_status_in_the_lists() -> None:
    again = told(
        "search-again",
        Update(
            id="1",
            at=at("2026-11-21T12:00:00Z"),
            title="Search is down",
            status=Status.INVESTIGATING,
            components={"search": DOWN},
        ),
    )
    files = files_of(view_of(search_outage(), again))
    in_list = next(r for r in files["incidents.json"]["incidents"] if r["id"] == "search-2025")
    assert in_list["components"][0]["status"] == "major_outage"


def test_a_closed_incidents_own_file_keeps_the_status_that_it_left() -> None:
    left = told(
        "left",
        Update(id="1", at=at("2026-01-01T12:00:00Z"), title="Slow", components={"web": DOWN}),
        Update(
            id="2",
            at=at("2026-01-01T13:00:00Z"),
            status=Status.RESOLVED,
            components={"web": SLOW},
        ),
    )
    web = files_of(view_of(left))["incidents/left.json"]["incident"]["components"][0]
    assert web["status"] == "degraded_performance"
    assert web["updated_at"] == "2026-01-01T13:00:00.000Z"


def test_a_component_that_the_book_has_lost_is_left_out() -> None:
    few = Components(components=[Component(id="search", name="Search")])
    row = files_of(view_of(search_outage(), components=few))["incidents/search-2025.json"]
    assert [component["id"] for component in row["incident"]["components"]] == ["search"]
    first = row["incident"]["incident_updates"][-1]
    assert [affected["code"] for affected in first["affected_components"]] == ["search"]


# --- keys: what changes when ---------------------------------------------------------------------


def test_one_new_update_changes_its_own_file_and_the_lists() -> None:
    before = pages_of(view_of(*STORY))
    more = Update(id="5-resolved", at=at("2026-11-21T14:50:00Z"), status=Status.RESOLVED)
    longer = told(STORY[0].id, *_updates_of(card_outage()), more)
    after = pages_of(view_of(longer, *STORY[1:]))
    changed = {name for name, page in after.items() if page.key != before[name].key}
    assert changed == {*TOP_KEYS, "incidents/2026-11-21-cards.json"}


def _updates_of(incident: PublicIncident) -> list[Update]:
    return [
        Update(**{name: getattr(update, name) for name in update.__struct_fields__})
        for update in incident.updates
    ]


@pytest.mark.parametrize("second", [0, 1, 59, 3600, 86400, 30 * 86400])
def test_equal_keys_mean_equal_bytes_and_time_alone_changes_little(second: int) -> None:
    later = datetime.fromtimestamp(NOW.timestamp() + second, UTC)
    before, after = pages_of(view_of(*STORY)), pages_of(view_of(*STORY, now=later))
    for name in before:
        if before[name].key == after[name].key:
            assert before[name].render() == after[name].render()
    same = {name for name in before if before[name].key == after[name].key}
    assert {"incidents/search-2025.json", "incidents/db-done.json"} <= same
    if second < 3600:
        assert same == set(before)


def test_a_change_of_the_site_changes_every_file() -> None:
    before, after = pages_of(view_of(*STORY)), pages_of(view_of(*STORY, time_zone="Asia/Tokyo"))
    assert all(before[name].key != after[name].key for name in before)


def test_no_timeline_is_told_before_a_page_is_rendered() -> None:
    view = view_of(*STORY)

    def refuse(facts: IncidentFacts) -> Timeline:
        raise AssertionError(facts.id)

    assert len(list(api_pages(view._replace(timeline=refuse)))) == len(STORY) + len(TOP_KEYS)
