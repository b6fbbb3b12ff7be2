"""Views of a small page, for the tests of feeds, calendar and badges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import feedparser
from lxml import etree

from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident, Translation, Update, Window
from statusbook.model.plan import Component, Components, StatusPage
from statusbook.model.public import PublicIncident, publish_incident, publish_site
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.feeds import feed_pages
from statusbook.render.page import Page
from statusbook.render.view import View

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
PARTLY = ComponentStatus.PARTIAL_OUTAGE


def at(text: str) -> datetime:
    """Return a moment: of the day of the tests, where it is only a time."""
    day = "" if "T" in text else "2026-11-21T"
    return datetime.fromisoformat(f"{day}{text}").replace(tzinfo=UTC)


def told(incident: str, *updates: Update, kind: Kind = Kind.INCIDENT) -> PublicIncident:
    return publish_incident(Incident(incident, f"incidents/{incident}", kind, updates))


def view_of(
    *incidents: PublicIncident,
    now: datetime = NOW,
    components: Iterable[Component] = (Component("checkout", "Checkout"), Component("api", "API")),
    **settings: object,
) -> View:
    page = StatusPage(
        **{
            "title": "Harbourlight status",
            "url": "https://status.example.com",
            "feed_id": "tag:status.example.com,2026:status",
            "description": "How Harbourlight works right now.",
            **settings,
        }
    )
    site = publish_site(page, Components(components=list(components)))
    timelines = {each.id: fold(each, now, str(hash_of(each))) for each in incidents}
    shown = {name: timeline for name, timeline in timelines.items() if timeline is not None}
    facts = site_facts(site, [timeline.facts for timeline in shown.values()], now)
    return View(site=site, facts=facts, timeline=lambda one: shown[one.id], key="site")


def hash_of(incident: PublicIncident) -> str:
    """Name an incident's content, as a book's digest does."""
    return repr(incident)


def rendered(pages: Iterable[Page]) -> dict[str, bytes]:
    return {page.path: page.render() for page in pages}


def feeds(view: View) -> dict[str, bytes]:
    return rendered(feed_pages(view))


def entries_by_id(path: str, feed: bytes) -> dict[str, bytes]:
    """Return the very bytes of each entry of a feed, newest first."""
    if path.endswith(".json"):
        return {entry["id"]: json.dumps(entry).encode() for entry in json.loads(feed)["items"]}
    root = etree.fromstring(feed)
    name, key = ("item", "guid") if path.endswith(".rss") else (f"{ATOM}entry", f"{ATOM}id")
    return {
        str(entry.findtext(key)): etree.tostring(entry, with_tail=False)
        for entry in root.iter(name)
    }


def contents(feed: bytes) -> list[str]:
    """Return the HTML of each entry as it was written."""
    root = etree.fromstring(feed)
    found = [*root.iterfind("channel/item/description"), *root.iter(f"{ATOM}content")]
    return [element.text or "" for element in found]


def parsed(feed: bytes) -> feedparser.FeedParserDict:
    """Read a feed as a reader does, which must have no complaint."""
    found = feedparser.parse(feed)
    assert not found.bozo, found.get("bozo_exception")
    return found


def card_outage() -> PublicIncident:
    return told(
        "2026-11-21-cards",
        Update(
            id="1-investigating",
            at=at("14:05"),
            title="Card payments fail",
            status=Status.INVESTIGATING,
            components={"checkout": PARTLY},
            next_update=at("14:35"),
            body="Some customers see an **error**.\n\nBank transfers work.",
            translations={"pl": Translation("Karty nie działają", "Widać **błąd**.")},
        ),
        Update(
            id="2-identified",
            at=at("14:20"),
            title="Payments by card fail",
            status=Status.IDENTIFIED,
            components={"api": ComponentStatus.DEGRADED_PERFORMANCE},
            body="We know the cause:\n\n- one\n- two",
        ),
        Update(id="3-more", at=at("14:20"), corrects="2-identified", body="It was another cause."),
    )


def planned_work() -> PublicIncident:
    return told(
        "2026-11-24-database",
        Update(
            id="1-scheduled",
            at=at("2026-11-18T10:30"),
            title="Work on the database",
            status=Status.SCHEDULED,
            scheduled=Window(at("2026-11-24T02:00"), at("2026-11-24T03:00")),
            components={"checkout": ComponentStatus.UNDER_MAINTENANCE},
            body="Checkout is closed for an hour.",
        ),
        kind=Kind.MAINTENANCE,
    )
