"""One incident or maintenance -> its page."""

from __future__ import annotations

from statusbook.model.words import Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.entries import (
    entry_rows,
    fact_rows,
    incident_state,
    promise_phrase,
)
from statusbook.render.status.prose import excerpt

HOME = "../../"


def incident_page(edition: Edition, path: str, incident: str) -> bytes:
    """Render the page of an incident, named by its id; `path` lies below the edition."""
    facts = edition.incidents[incident]
    timeline = edition.view.timeline(facts)
    heading = edition.title(facts)
    return edition.page(
        "incident.html.j2",
        path,
        heading.text,
        section="maintenance" if facts.kind is Kind.MAINTENANCE else "",
        description=excerpt(edition, timeline).text,
        heading=heading,
        state=incident_state(edition, facts),
        facts=fact_rows(edition, facts, HOME),
        promise=promise_phrase(edition, facts),
        entries=entry_rows(edition, timeline, HOME),
    )
