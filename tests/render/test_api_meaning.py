"""The API's files say what the page says, in the words that clients of Statuspage know."""

from __future__ import annotations

from datetime import UTC, datetime

from api_story import CALLED_OFF, DOWN, SLOW, STORY, at, files_of, search_outage, told, view_of

from statusbook.model.incident import Update
from statusbook.model.plan import Component, Components
from statusbook.model.words import Kind, Status
from statusbook.render.api import NEWEST


def test_the_order_is_that_of_the_page_and_positions_count_from_one() -> None:
    rows = files_of(view_of(*STORY))["components.json"]["components"]
    assert [(row["id"], row["position"], row["group_id"]) for row in rows] == [
        ("web", 1, None),
        ("search", 2, None),
        ("grp1", 3, None),
        ("checkout", 1, "grp1"),
        ("payouts", 2, "grp1"),
        ("cards", 4, None),
        ("c4rd", 1, "cards"),
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


def test_open_incidents_come_newest_first_however_bad_they_are() -> None:
    earlier, later = at("2026-11-21T14:00Z"), at("2026-11-21T14:10Z")
    bad = told("bad", Update(id="1", at=earlier, title="Bad", components={"visa": DOWN}))
    mild = told("mild", Update(id="1", at=later, title="Mild", components={"visa": SLOW}))
    view = view_of(bad, mild)
    files = files_of(view)
    for name in ("incidents/unresolved.json", "summary.json"):
        assert [row["id"] for row in files[name]["incidents"]] == ["mild", "bad"]
    assert [facts.id for facts in view.facts.active] == ["bad", "mild"]


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
        ("auto-in-progress", "in_progress", "Started as planned."),
        ("1-scheduled", "scheduled", "Payouts pause."),
    ]
    assert running["started_at"] == running["created_at"] == "2026-11-01T09:00:00.000Z"
    assert running["scheduled_for"] == "2026-11-21T14:30:00.000Z"
    assert running["scheduled_until"] == "2026-11-21T16:00:00.000Z"
    done = files["incidents/db-done.json"]["incident"]
    assert done["incident_updates"][0]["body"] == "Ended as planned."
    assert done["resolved_at"] == "2026-11-10T04:00:00.000Z"


def test_cancelled_work_is_completed_for_clients_and_says_so() -> None:
    row = files_of(view_of(CALLED_OFF))["incidents/db-off.json"]["incident"]
    assert row["status"] == "completed"
    assert row["incident_updates"][0]["status"] == "completed"
    assert row["incident_updates"][0]["body"] == "Cancelled: We wait for spring."


def test_a_maintenance_whose_announcement_was_withdrawn_still_has_a_window() -> None:
    announced = Update(
        id="1-scheduled",
        at=at("2026-11-01T09:00:00Z"),
        title="New database",
        status=Status.SCHEDULED,
        retracted="meant for another shop",
    )
    view = view_of(told("db-never", announced, kind=Kind.MAINTENANCE))
    row = files_of(view)["scheduled-maintenances.json"]["scheduled_maintenances"][0]
    assert row["status"] == "completed"
    assert row["incident_updates"][0]["body"] == "Withdrawn: meant for another shop"
    assert row["scheduled_for"] == row["scheduled_until"] == "2026-11-01T09:00:00.000Z"


def test_words_of_our_own_are_in_the_language_of_the_site() -> None:
    files = files_of(view_of(*STORY, language="pl"))
    done = files["incidents/db-done.json"]["incident"]["incident_updates"][0]
    assert done["body"] not in {"", "Ended as planned."}
    wrong = files["incidents/2026-11-21-cards.json"]["incident"]["incident_updates"][1]
    assert wrong["body"].endswith(": meant for a test")
    assert not wrong["body"].startswith("Withdrawn")


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
