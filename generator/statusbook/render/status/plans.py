"""All maintenances -> the page of those at work, those ahead and the newest of those past."""

from __future__ import annotations

from itertools import islice

from msgspec import Struct

from statusbook.derive.facts import IncidentFacts, SiteFacts
from statusbook.model.words import Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.advice import Advice, advice_on_top
from statusbook.render.status.parts.descriptions import describe_maintenance
from statusbook.render.status.parts.entries import fact_rows, promise_phrase, state_in_turn
from statusbook.render.status.parts.lines import incident_line
from statusbook.render.status.parts.pieces import Piece, Row, phrase
from statusbook.render.status.parts.prose import excerpt
from statusbook.render.status.parts.spans import Shown, Variants

MOST_PAST = 50
"""So many past maintenances the page lists; the history has all."""


class Plan(Struct, frozen=True):
    """A maintenance at work or ahead."""

    title: Piece
    state: Shown | Variants
    advice: Advice | None
    facts: tuple[Row, ...]
    promise: Shown | Variants
    text: Piece


def past_maintenances(facts: SiteFacts) -> list[IncidentFacts]:
    """Return the newest maintenances that are over."""
    over = (
        incident
        for incident in facts.incidents
        if incident.kind is Kind.MAINTENANCE and not incident.open
    )
    return list(islice(over, MOST_PAST))


def maintenance_page(edition: Edition) -> bytes:
    """Render the page of maintenances."""
    facts = edition.view.facts
    past = past_maintenances(facts)
    home = "../"
    return edition.page(
        "maintenance.html.j2",
        "maintenance/index.html",
        edition.words.gettext("Maintenance"),
        description=describe_maintenance(edition),
        section="maintenance",
        calendar=phrase(
            edition.words,
            "To have planned work in your own calendar, subscribe to {calendar}.",
            calendar=Piece("calendar.ics", href=f"{edition.view.site.url}/calendar.ics"),
        ),
        planned=[plan(edition, one, home) for one in (*facts.running, *facts.upcoming)],
        past=[incident_line(edition, incident, home) for incident in past],
        is_cut=len(past) == MOST_PAST,
    )


def plan(edition: Edition, facts: IncidentFacts, home: str) -> Plan:
    """Show a maintenance at work or ahead; `home` leads to the index."""
    timeline = edition.view.timeline(facts)
    return Plan(
        title=edition.title(facts, f"{home}incidents/{facts.id}/"),
        state=state_in_turn(edition, facts),
        advice=advice_on_top(edition, facts),
        facts=tuple(fact_rows(edition, facts, home)),
        promise=promise_phrase(edition, facts),
        text=excerpt(edition, timeline),
    )
