"""Views of a small page with a bit of everything, and its HTML, for the tests of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from lxml import html

from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.model.incident import Incident, Translation, Update, Window
from statusbook.model.plan import Component, Components, Group, Link, StatusPage
from statusbook.model.public import PublicIncident, publish_incident, publish_site
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.page import Page, page_key
from statusbook.render.status import status_pages
from statusbook.render.view import View

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)

SLOW, PARTLY, DOWN, AT_WORK = (
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
    ComponentStatus.UNDER_MAINTENANCE,
)

SHOP = Components(
    groups=[
        Group("shop", "Shop", "What buyers see."),
        Group("pay", "Payments", group="shop"),
        Group("admin", "Back office"),
        Group("empty", "Nothing here"),
    ],
    components=[
        Component("web", "Shop pages", "shop", "What buyers look at."),
        Component("checkout", "Checkout", "pay"),
        Component("search", "Search", "shop"),
        Component("reports", "Reports", "admin", since=date(2026, 10, 3)),
        Component("payouts", "Payouts", "admin", showcase=False),
        Component("fax", "Fax orders", "admin", retired=date(2026, 1, 1)),
        Component("mail", "Mail", only_show_if_degraded=True),
        Component("api", "API"),
    ],
)


def at(text: str) -> datetime:
    """Return a moment in UTC: `2026-11-21T14:05`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(incident: str, *updates: Update, kind: Kind = Kind.INCIDENT) -> PublicIncident:
    return publish_incident(Incident(incident, f"incidents/{incident}", kind, updates))


def planned(incident: str, start: str, until: str, *more: Update) -> PublicIncident:
    announced = Update(
        at("2026-11-01T09:00"),
        Status.SCHEDULED,
        f"Work of {incident}",
        components={"reports": AT_WORK},
        scheduled=Window(at(start), at(until)),
        id="1-scheduled",
        body="Reports pause.",
    )
    return told(incident, announced, *more, kind=Kind.MAINTENANCE)


CARDS = told(
    "2026-11-21-cards",
    Update(
        at("2026-11-21T14:05"),
        Status.INVESTIGATING,
        "Card payments fail",
        components={"checkout": PARTLY},
        next_update=at("2026-11-21T14:35"),
        started=at("2026-11-21T13:52"),
        id="1-investigating",
        body="Some customers see an **error**.",
        translations={"pl": Translation("Karty nie działają", "Część klientów widzi błąd.")},
    ),
    Update(
        at("2026-11-21T14:22"),
        Status.IDENTIFIED,
        components={"checkout": DOWN, "api": SLOW},
        next_update=at("2026-11-21T15:00"),
        id="2-identified",
        body="We know the cause.",
    ),
)
SEARCH = told(
    "2026-11-14-search",
    Update(
        at("2026-11-14T08:10"),
        Status.INVESTIGATING,
        "Slow search",
        components={"search": SLOW},
        id="1-investigating",
        body="Searches take ten seconds.",
    ),
    Update(at("2026-11-14T08:31"), id="2-update", body="About 12 % are slow."),
    Update(at("2026-11-14T08:40"), corrects="2-update", id="3-fix", body="It is 21 %."),
    Update(at("2026-11-14T08:45"), retracted="sent too early", id="4-over", body="It is over."),
    Update(at("2026-11-14T09:40"), Status.RESOLVED, id="5-resolved", body="Search is fast again."),
    Update(
        at("2026-11-18T12:00"),
        Status.POSTMORTEM,
        id="6-report",
        body="### Why\n\nAn index.\n\n# How\n\nSlowly.\n\n##### Detail\n\nNo more.",
    ),
)
NIGHT = told(
    "2026-11-08-night",
    Update(
        at("2026-11-08T22:50"),
        Status.INVESTIGATING,
        "Late webhooks",
        components={"api": PARTLY},
        id="1-investigating",
    ),
    Update(at("2026-11-10T01:15"), Status.RESOLVED, id="2-resolved", body="All were delivered."),
)
OLD = told(
    "2025-02-02-fax",
    Update(
        at("2025-02-02T10:00"),
        Status.IDENTIFIED,
        "Faxes are late",
        components={"fax": SLOW},
        id="1-identified",
    ),
    Update(at("2025-02-02T11:05"), Status.RESOLVED, id="2-resolved"),
)
RUNNING = planned("running", "2026-11-21T14:00", "2026-11-21T15:30")
AHEAD = planned("ahead", "2026-11-24T22:00", "2026-11-25T00:30")
OVER = planned("over", "2026-11-12T22:00", "2026-11-12T23:30")
OFF = planned(
    "off",
    "2026-12-20T22:00",
    "2026-12-20T23:30",
    Update(at("2026-11-15T09:00"), Status.CANCELLED, id="2-cancelled", body="Not needed."),
)
STORY = (CARDS, SEARCH, NIGHT, OLD, RUNNING, AHEAD, OVER, OFF)


def view_of(
    *incidents: PublicIncident,
    now: datetime = NOW,
    components: Components = SHOP,
    **settings: object,
) -> View:
    page = StatusPage(
        **{
            "title": "Harbourlight status",
            "url": "https://status.example.com/below",
            "feed_id": "tag:status.example.com,2026:status",
            "description": "How Harbourlight works right now.",
            "links": [Link("Help", "https://help.example.com/")],
            "subscribe": [Link("E-mail", "https://news.example.com/")],
            "hosts": [Link("backup.example.com", "https://backup.example.com/")],
            **settings,
        }
    )
    site = publish_site(page, components)
    timelines = {each.id: fold(each, now, page_key(repr(each))) for each in incidents}
    shown = {name: timeline for name, timeline in timelines.items() if timeline is not None}
    facts = site_facts(site, [timeline.facts for timeline in shown.values()], now)
    return View(site, facts, lambda one: shown[one.id], page_key(repr(site)))


def pages_of(view: View, own: Mapping[str, str] | None = None) -> dict[str, Page]:
    return {page.path: page for page in status_pages(view, own)}


def page(view: View, path: str) -> html.HtmlElement:
    """Return one page as a tree."""
    return tree(pages_of(view)[path].render())


def tree(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode(), parser=html.HTMLParser(encoding="utf-8"))


def text(element: html.HtmlElement) -> str:
    """Return what an element says, spaces joined, without what is hidden or only hovering shows."""
    unsaid = "ancestor::svg or ancestor::head or ancestor::*[@hidden]"
    said = element.xpath(f".//text()[not({unsaid})]")
    return " ".join("".join(said).split())


def texts(element: html.HtmlElement, path: str) -> list[str]:
    """Return what elements say, without those that are hidden."""
    found = element.xpath(path)
    return [text(one) for one in found if not one.xpath("ancestor-or-self::*[@hidden]")]
