"""An incident's reports -> the page on which they are read."""

from __future__ import annotations

from msgspec import Struct

from statusbook.derive.facts import Entry
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.entries import EntryRow, entry_rows, fact_rows, incident_state
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece, day, phrase
from statusbook.render.status.parts.prose import Prose, opening, prose

HOME = "../../../"
INCIDENT = "../"
"""The way to the page of the incident."""


class Report(Struct, frozen=True):
    """One report; `heading` tells when it was published, `marks` what became of it."""

    id: str
    heading: Phrase
    marks: tuple[Phrase, ...]
    prose: Prose


def postmortem_page(edition: Edition, path: str, incident: str) -> bytes:
    """Render the reports on an incident, named by its id, the newest first."""
    facts = edition.incidents[incident]
    timeline = edition.view.timeline(facts)
    words = edition.words
    title = edition.title(facts)
    rows = zip(
        reversed(timeline.entries),
        entry_rows(edition, timeline, HOME, INCIDENT),
        strict=True,
    )
    reports = [(entry, row) for entry, row in rows if entry.report]
    newest = reports[0][0]
    return edition.page(
        "postmortem.html.j2",
        path,
        words.gettext("Report: {title}").replace("{title}", title.text),
        description=opening(edition, newest).text,
        heading=title,
        state=incident_state(edition, facts),
        facts=fact_rows(edition, facts, HOME),
        reports=[_report(edition, entry, row, newest) for entry, row in reports],
        back=Piece(words.gettext("All updates of this incident"), href=INCIDENT),
    )


def _report(edition: Edition, entry: Entry, row: EntryRow, newest: Entry) -> Report:
    words = edition.words
    published = day(words, words.local(entry.at).date())
    message = N_("Report of {day}") if entry is newest else N_("Earlier report of {day}")
    return Report(
        id=entry.id,
        heading=phrase(words, message, day=published),
        marks=row.marks,
        prose=prose(edition, entry, above=2),
    )
