"""An incident's facts -> one line of a list."""

from __future__ import annotations

from msgspec import Struct

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.entries import duration_text, has_begun
from statusbook.render.status.labels import (
    IMPACT_LABELS,
    IMPACT_LOOKS,
    KIND_LABELS,
    status_label,
)
from statusbook.render.status.pieces import Phrase, Piece, State, moment, window


class IncidentLine(Struct, frozen=True):
    """An incident or a maintenance in a list.

    `kind` tells an incident's impact, or that it is a maintenance; empty without impact. `report`
    leads to the report on it, where there is one.
    """

    title: Piece
    mark: State
    kind: str
    status: str
    time: Piece | Phrase
    lasted: str
    report: Piece | None


def incident_line(edition: Edition, facts: IncidentFacts, home: str) -> IncidentLine:
    """Show an incident in a list; `home` leads to the index."""
    words = edition.words
    is_planned = facts.kind is Kind.MAINTENANCE
    kind = KIND_LABELS[facts.kind] if is_planned else IMPACT_LABELS.get(facts.impact)
    return IncidentLine(
        title=edition.title(facts, f"{home}incidents/{facts.id}/"),
        mark=State(IMPACT_LOOKS[facts.impact]),
        kind=words.gettext(kind) if kind else "",
        status=words.gettext(status_label(facts)),
        time=_when(edition, facts),
        lasted=duration_text(edition, facts),
        report=Piece(words.gettext("Report"), href=f"{home}incidents/{facts.id}/postmortem/")
        if facts.report
        else None,
    )


def _when(edition: Edition, facts: IncidentFacts) -> Piece | Phrase:
    words = edition.words
    if has_begun(facts):
        if facts.ended is None:
            return moment(words, facts.started)
        return window(words, facts.started, facts.ended)
    if facts.scheduled is not None:
        return window(words, facts.scheduled.start, facts.scheduled.until)
    return moment(words, facts.created)
