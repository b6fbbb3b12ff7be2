"""What every file of Statuspage's API v2 looks like: keys in order, types, words, timestamps."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

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
    times = [datetime.fromisoformat(update["display_at"]) for update in row["incident_updates"]]
    assert times == sorted(times, reverse=True)
    for component in row["components"]:
        assert_component(component)
