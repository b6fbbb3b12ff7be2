"""One incident or maintenance -> its page."""

from __future__ import annotations

from statusbook.derive.site import has_feed
from statusbook.model.words import Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.history import Neighbours
from statusbook.render.status.parts.advice import advice_on_top
from statusbook.render.status.parts.descriptions import describe_incident
from statusbook.render.status.parts.entries import (
    entry_rows,
    fact_rows,
    promise_phrase,
    state_in_turn,
)
from statusbook.render.status.parts.heads import news_of_incident
from statusbook.render.status.parts.labels import CALM, IMPACT_LOOKS
from statusbook.render.status.parts.lines import incident_line

HOME = "../../"


def incident_page(edition: Edition, path: str, incident: str) -> bytes:
    """Render the page of an incident, named by its id; `path` lies below the edition."""
    facts = edition.incidents[incident]
    known = edition.view.facts
    timeline = edition.view.timeline(facts)
    is_planned = facts.kind is Kind.MAINTENANCE
    heading = edition.title(facts)
    return edition.page(
        "incident.html.j2",
        path,
        heading.text,
        section="maintenance" if is_planned else "",
        description=describe_incident(edition, timeline, facts),
        heading=heading,
        look=IMPACT_LOOKS[facts.impact] if facts.open else CALM,
        state=state_in_turn(edition, facts),
        withdrawn=_withdrawn(edition, is_planned=is_planned) if facts.withdrawn else "",
        advice=advice_on_top(edition, facts),
        facts=[] if facts.withdrawn else fact_rows(edition, facts, HOME, in_full=True),
        promise=promise_phrase(edition, facts),
        news=news_of_incident(edition, incident),
        entries=entry_rows(edition, timeline, HOME),
        related=[
            incident_line(edition, edition.incidents[one], HOME)
            for one in known.related.get(incident, ())
        ],
        around=_around(edition, incident),
        follow=_follow(edition, is_planned=is_planned) if has_feed(facts, known.now) else "",
    )


def _around(edition: Edition, incident: str) -> Neighbours:
    older, newer = edition.beside.get(incident, (None, None))
    return Neighbours(
        edition.title(older, f"../{older.id}/") if older else None,
        edition.title(newer, f"../{newer.id}/") if newer else None,
    )


def _withdrawn(edition: Edition, *, is_planned: bool) -> str:
    if is_planned:
        return edition.words.gettext("All updates of this maintenance were withdrawn.")
    return edition.words.gettext("All updates of this incident were withdrawn.")


def _follow(edition: Edition, *, is_planned: bool) -> str:
    if is_planned:
        return edition.words.gettext("Follow this maintenance in a feed reader")
    return edition.words.gettext("Follow this incident in a feed reader")
