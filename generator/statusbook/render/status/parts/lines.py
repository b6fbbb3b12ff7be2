"""An incident's facts -> one line of a list."""

from __future__ import annotations

from msgspec import Struct

from statusbook.derive.ahead import stages
from statusbook.derive.course import has_begun
from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.entries import duration_text
from statusbook.render.status.parts.labels import (
    IMPACT_LABELS,
    IMPACT_LOOKS,
    KIND_LABELS,
    status_label,
)
from statusbook.render.status.parts.pieces import Phrase, Piece, State, moment, window
from statusbook.render.status.parts.spans import Shown, Variants, varying
from statusbook.render.words import Words


class IncidentLine(Struct, frozen=True):
    """An incident or a maintenance in a list.

    `told` is its impact, or that it is a maintenance, how far it has come, when and how long, with
    what the clock alone will make of it. `report` leads to the report on it, where there is one.
    """

    title: Piece
    mark: State
    told: Shown | Variants
    report: Piece | None


def incident_line(edition: Edition, facts: IncidentFacts, home: str) -> IncidentLine:
    """Show an incident in a list; `home` leads to the index."""
    now, *ahead = stages(facts)
    return IncidentLine(
        title=edition.title(facts, f"{home}incidents/{facts.id}/"),
        mark=State(IMPACT_LOOKS[facts.impact]),
        told=varying(
            [
                (None, _told(edition, now)),
                *((stage.holds_from, _told(edition, stage)) for stage in ahead),
            ]
        ),
        report=Piece(
            edition.words.gettext("Report"), href=f"{home}incidents/{facts.id}/postmortem/"
        )
        if facts.report
        else None,
    )


def kind_label(words: Words, facts: IncidentFacts) -> str:
    """Tell an incident's impact, or that it is a maintenance; empty without impact."""
    is_planned = facts.kind is Kind.MAINTENANCE
    label = KIND_LABELS[facts.kind] if is_planned else IMPACT_LABELS.get(facts.impact)
    return words.gettext(label) if label else ""


def _told(edition: Edition, facts: IncidentFacts) -> Phrase:
    words = edition.words
    said = filter(None, (kind_label(words, facts), words.gettext(status_label(facts))))
    when = _when(edition, facts)
    pieces = [
        Piece(" · ".join([*said, ""])),
        *(when.pieces if isinstance(when, Phrase) else [when]),
    ]
    if lasted := duration_text(edition, facts):
        pieces.append(Piece(f" · {lasted}"))
    return Phrase(tuple(pieces))


def _when(edition: Edition, facts: IncidentFacts) -> Piece | Phrase:
    words = edition.words
    if has_begun(facts):
        if facts.ended is None:
            return moment(words, facts.started)
        return window(words, facts.started, facts.ended)
    if facts.scheduled is not None:
        return window(words, facts.scheduled.start, facts.scheduled.until)
    return moment(words, facts.created)
