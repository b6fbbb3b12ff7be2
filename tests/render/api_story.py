"""A page with a bit of everything, and its API files, for the tests of the API."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from statusbook.derive.facts import IncidentFacts, Timeline
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident, Update, Window
from statusbook.model.plan import Component, Components, Group, StatusPage
from statusbook.model.public import PublicIncident, publish_incident, publish_site
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.api import api_pages
from statusbook.render.page import Page, Rank
from statusbook.render.view import View

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
    Update(
        id="2-cancelled",
        at=at("2026-11-14T09:00:00Z"),
        status=Status.CANCELLED,
        body="We wait for _spring_.",
    ),
)
STORY = (card_outage(), search_outage(), RUNNING, AHEAD, OVER, CALLED_OFF)


def view_of(
    *incidents: PublicIncident,
    now: datetime = NOW,
    components: Components = SHOP,
    time_zone: str = "Etc/UTC",
    language: str = "en",
) -> View:
    page = StatusPage(
        title="Harbourlight",
        url="https://status.example.com/",
        feed_id="tag:status.example.com,2026:status",
        api_id="hbrl1ght0001",
        time_zone=time_zone,
        language=language,
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
