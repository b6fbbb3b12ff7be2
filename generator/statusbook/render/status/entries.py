"""An incident's timeline -> its updates and facts as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from statusbook.derive.facts import Change, Entry, IncidentFacts, Timeline
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.status.edition import Edition
from statusbook.render.status.labels import (
    AUTOMATIC_TEXTS,
    COMPONENT_LABELS,
    IMPACT_LABELS,
    IMPACT_LOOKS,
    N_,
    STATUS_LABELS,
    entry_label,
)
from statusbook.render.status.pieces import (
    Phrase,
    Piece,
    Row,
    State,
    listed,
    moment,
    phrase,
    window,
)
from statusbook.render.status.prose import Prose, opening, prose

_CHANGED = N_("{component}: {status} (was: {old})")
AFFECTED = N_("{component} ({status})")


class EntryRow(Struct, frozen=True):
    """One update; `marks` say what became of it, `changes` what it did to components.

    `automatic` stands for the text of an entry that came by the clock; `withdrawn` tells why the
    text no longer counts, and `unfold` is the label of what hides it. All three are mostly empty.
    `report` leads to the page of a report, of which a list of updates shows only the `opening`.
    """

    id: str
    label: str
    time: Piece
    prose: Prose
    marks: tuple[Phrase, ...]
    changes: tuple[State, ...]
    automatic: str
    withdrawn: Phrase
    unfold: str
    report: Piece | None
    opening: Piece


def entry_rows(edition: Edition, timeline: Timeline, home: str, page: str = "") -> list[EntryRow]:
    """Show an incident's updates, newest first.

    Args:
        edition: The language.
        timeline: The incident.
        home: The way to the index.
        page: The way to the incident's own page; empty on that page itself.
    """
    times = {entry.id: entry.at for entry in timeline.entries}
    return [_entry_row(edition, entry, times, home, page) for entry in reversed(timeline.entries)]


def _entry_row(
    edition: Edition, entry: Entry, times: Mapping[str, datetime], home: str, page: str
) -> EntryRow:
    words = edition.words
    is_withdrawn = entry.retracted is not None
    return EntryRow(
        id=entry.id,
        label=words.gettext(entry_label(entry)),
        time=moment(words, entry.at, f"{page}#update-{entry.id}"),
        prose=prose(edition, entry),
        marks=_marks(edition, entry, times, page),
        changes=tuple([_change(edition, change, home) for change in entry.changes]),
        automatic=words.gettext(AUTOMATIC_TEXTS[entry.status]) if entry.automatic else "",
        withdrawn=_withdrawn(edition, entry) if is_withdrawn else Phrase(),
        unfold=words.gettext("Show the withdrawn text") if is_withdrawn else "",
        report=Piece(words.gettext("Read the report"), href=f"{page}postmortem/")
        if entry.report
        else None,
        opening=opening(edition, entry) if entry.report else Piece(""),
    )


def _withdrawn(edition: Edition, entry: Entry) -> Phrase:
    reason = Piece(entry.retracted or "", lang=edition.original)
    return phrase(edition.words, "This update was withdrawn: {reason}", reason=reason)


def _marks(
    edition: Edition, entry: Entry, times: Mapping[str, datetime], page: str
) -> tuple[Phrase, ...]:
    words = edition.words

    def other(update: str) -> Piece:
        return moment(words, times[update], f"{page}#update-{update}")

    marks = []
    if entry.scheduled is not None:
        ends = window(words, entry.scheduled.start, entry.scheduled.until)
        marks.append(phrase(words, "Planned for {window}.", window=ends))
    if entry.corrects is not None and entry.corrects in times:
        marks.append(phrase(words, "Corrects the update of {time}.", time=other(entry.corrects)))
    if entry.corrected_by is not None and entry.corrected_by in times:
        at = other(entry.corrected_by)
        marks.append(phrase(words, "Corrected by the update of {time}.", time=at))
    return tuple(marks)


def _change(edition: Edition, change: Change, home: str) -> State:
    words = edition.words
    component = edition.component(change.component, home)
    new = Piece(words.gettext(COMPONENT_LABELS[change.new]))
    if change.old in (change.new, ComponentStatus.OPERATIONAL):
        told = phrase(words, "{component}: {status}", component=component, status=new)
    else:
        old = Piece(words.gettext(COMPONENT_LABELS[change.old]))
        told = phrase(words, _CHANGED, component=component, status=new, old=old)
    return State(change.new, told)


def promise_phrase(edition: Edition, facts: IncidentFacts) -> Phrase:
    """Tell when the next update comes, or came not; empty where none is promised."""
    if facts.promise is None or facts.ended is not None:
        return Phrase()
    time = moment(edition.words, facts.promise.at)
    if facts.promise.due:
        return phrase(edition.words, "An update was due at {time}.", time=time)
    return phrase(edition.words, "Next update by {time}.", time=time)


def fact_rows(edition: Edition, facts: IncidentFacts, home: str) -> list[Row]:
    """Tell what an incident hit and how long; while it is open, how its components are."""
    words = edition.words
    rows = []
    if facts.components:
        rows.append(Row(words.gettext("Affected"), _affected(edition, facts, home)))
    if facts.kind is Kind.MAINTENANCE and facts.scheduled is not None:
        ends = window(words, facts.scheduled.start, facts.scheduled.until)
        rows.append(Row(words.gettext("Planned"), ends))
    if has_begun(facts):
        rows.append(Row(words.gettext("Started"), moment(words, facts.started)))
    if facts.ended is not None:
        cancelled = facts.status is Status.CANCELLED
        label = words.gettext("Cancelled") if cancelled else words.gettext("Ended")
        rows.append(Row(label, moment(words, facts.ended)))
        if lasted := duration_text(edition, facts):
            rows.append(Row(words.gettext("Duration"), Piece(lasted)))
    return rows


def incident_state(edition: Edition, facts: IncidentFacts) -> State:
    """Tell how far an incident has come and, if it hit anybody, how bad it is or was."""
    labels = [STATUS_LABELS[facts.status]]
    if facts.impact in IMPACT_LABELS:
        labels.append(IMPACT_LABELS[facts.impact])
    told = " · ".join(map(edition.words.gettext, labels))
    return State(IMPACT_LOOKS[facts.impact], Piece(told))


def _affected(edition: Edition, facts: IncidentFacts, home: str) -> Phrase:
    components = {name: edition.component(name, home) for name in facts.components}
    if not has_begun(facts) or facts.ended is not None or facts.kind is Kind.MAINTENANCE:
        return listed(components.values())
    words = edition.words
    told = []
    for name, status in facts.components.items():
        label = Piece(words.gettext(COMPONENT_LABELS[status]))
        told.append(phrase(words, AFFECTED, component=components[name], status=label))
    return listed(told)


def has_begun(facts: IncidentFacts) -> bool:
    """Tell whether users have been hit: not by a maintenance ahead or one that never ran."""
    if facts.status is Status.SCHEDULED:
        return False
    return facts.ended is None or facts.started <= facts.ended


def duration_text(edition: Edition, facts: IncidentFacts) -> str:
    """Tell how long an incident lasted; empty while it is open or where only one time is known."""
    if facts.ended is None or facts.ended <= facts.started:
        return ""
    return edition.words.duration(facts.ended - facts.started)
