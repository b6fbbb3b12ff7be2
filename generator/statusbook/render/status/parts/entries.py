"""An incident's timeline -> its updates and facts as pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from statusbook.derive.ahead import stages
from statusbook.derive.course import has_begun
from statusbook.derive.facts import Change, Entry, IncidentFacts, Timeline
from statusbook.derive.toll import time_hit
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.advice import Advice, advice_of
from statusbook.render.status.parts.labels import (
    AUTOMATIC_TEXTS,
    COMPONENT_LABELS,
    IMPACT_LABELS,
    IMPACT_LOOKS,
    N_,
    entry_label,
    status_label,
)
from statusbook.render.status.parts.marks import marks_of
from statusbook.render.status.parts.pieces import (
    Far,
    Phrase,
    Piece,
    Row,
    State,
    listed,
    moment,
    phrase,
    window,
)
from statusbook.render.status.parts.prose import Prose, opening, prose
from statusbook.render.status.parts.spans import Shown, Variants, varying
from statusbook.render.status.parts.suffered import suffered
from statusbook.render.status.parts.translated import translation_notes

_CHANGED = N_("{component}: {status} (was: {old})")
AFFECTED = N_("{component} ({status})")
_AS_WORK_GOES = (ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE)
"""What needs no word in the list of what a maintenance affects."""


class EntryRow(Struct, frozen=True):
    """One update; `marks` say what became of it, `changes` what it did to components.

    `automatic` stands for the text of an entry that came by the clock; `withdrawn` tells why the
    text no longer counts, and `unfold` is the label of what hides it. All three are mostly empty.
    `advice` is what readers can do since this update, where it says so.
    `report` leads to the page of a report, of which a list of updates shows only the `opening`.
    """

    id: str
    label: str
    time: Piece
    prose: Prose
    advice: Advice | None
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
    told = zip(timeline.entries, marks_of(edition, timeline.entries, page), strict=True)
    rows = [_entry_row(edition, entry, marks, timeline.facts, home, page) for entry, marks in told]
    return rows[::-1]


def _entry_row(
    edition: Edition,
    entry: Entry,
    marks: tuple[Phrase, ...],
    facts: IncidentFacts,
    home: str,
    page: str,
) -> EntryRow:
    words = edition.words
    is_withdrawn = entry.retracted is not None
    return EntryRow(
        id=entry.id,
        label=words.gettext(entry_label(entry)),
        time=moment(words, entry.at, f"{page}#update-{entry.id}", near=True, far=_far(facts)),
        prose=prose(edition, entry),
        advice=advice_of(edition, entry, facts),
        marks=(*marks, *translation_notes(edition, facts.id, entry)),
        changes=tuple([_change(edition, change, home) for change in entry.changes]),
        automatic=words.gettext(AUTOMATIC_TEXTS[entry.status]) if entry.automatic else "",
        withdrawn=_withdrawn(edition, entry) if is_withdrawn else Phrase(),
        unfold=words.gettext("Show the withdrawn text") if is_withdrawn else "",
        report=Piece(words.gettext("Read the report"), href=f"{page}postmortem/")
        if entry.report
        else None,
        opening=opening(edition, entry) if entry.report else Piece(""),
    )


def _far(facts: IncidentFacts) -> Far | None:
    """Say how long the script tells that something is over: not for years."""
    return None if facts.open else Far.CLOSED


def _withdrawn(edition: Edition, entry: Entry) -> Phrase:
    reason = Piece(entry.retracted or "", lang=edition.original)
    return phrase(edition.words, "This update was withdrawn: {reason}", reason=reason)


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


def promise_phrase(edition: Edition, facts: IncidentFacts) -> Shown | Variants:
    """Tell when the next update comes, or came not; empty where none is promised."""
    return varying(_promises(edition, facts))


def _promises(edition: Edition, facts: IncidentFacts) -> Iterator[tuple[datetime | None, Shown]]:
    """Tell a promise until it is due, and from then on; work that begins or ends keeps it."""
    if facts.promise is None or facts.ended is not None:
        yield None, Phrase()
        return
    words, at = edition.words, facts.promise.at
    time = moment(words, at, near=True, far=Far.AHEAD)
    kept = next((stage.holds_from for stage in stages(facts)[1:]), None)
    if not facts.promise.due:
        yield None, phrase(words, "Next update by {time}.", time=time)
    if kept is None or at < kept:
        due = phrase(words, "An update was due at {time}.", time=time)
        look = ComponentStatus.DEGRADED_PERFORMANCE
        yield None if facts.promise.due else at, State(look, due)
    if kept is not None:
        yield kept, Phrase()


def fact_rows(
    edition: Edition, facts: IncidentFacts, home: str, *, in_full: bool = False
) -> list[Row]:
    """Tell what an incident hit and how long; while it is open, how its components are.

    What it hit comes first while that matters most, and last where it is over and takes many lines.

    Args:
        edition: The language.
        facts: The incident.
        home: The way to the index.
        in_full: Whether to tell how long each component was hit.
    """
    words = edition.words
    rows = []
    lines = suffered(edition, facts, home) if in_full and facts.components else None
    affected = Row(words.gettext("Affected"), lines or _affected(edition, facts, home))
    if facts.components and (facts.open or not lines):
        rows.append(affected)
    if facts.kind is Kind.MAINTENANCE and facts.scheduled is not None:
        ends = window(words, facts.scheduled.start, facts.scheduled.until, near=facts.open)
        rows.append(Row(words.gettext("Planned"), ends))
    if has_begun(facts) and facts.started != facts.ended:  # else one moment is all that is known
        started = moment(words, facts.started, near=True, far=_far(facts))
        rows.append(Row(words.gettext("Started"), started))
    if facts.ended is not None:
        cancelled = facts.status is Status.CANCELLED
        label = words.gettext("Cancelled") if cancelled else words.gettext("Ended")
        rows.append(Row(label, moment(words, facts.ended, near=True, far=_far(facts))))
        rows += _lengths(edition, facts)
    if lines and not facts.open:
        rows.append(affected)
    return rows


def _lengths(edition: Edition, facts: IncidentFacts) -> Iterator[Row]:
    """Tell how long it took, and beside it what was planned or how long users felt it."""
    words = edition.words
    lasted = duration_text(edition, facts)
    if not lasted:
        return
    label = words.gettext("Duration")
    if facts.kind is Kind.MAINTENANCE and facts.scheduled is not None:
        planned = words.duration(facts.scheduled.until - facts.scheduled.start)
        if planned != lasted and facts.status is Status.COMPLETED:
            message = N_("{duration} (planned: {planned})")
            told = phrase(words, message, duration=Piece(lasted), planned=Piece(planned))
            yield Row(label, told)
            return
    yield Row(label, Piece(lasted))
    hit = time_hit(facts)
    if hit and facts.kind is Kind.INCIDENT and words.duration(hit) != lasted:
        yield Row(words.gettext("Time with impact"), Piece(words.duration(hit)))


def incident_state(edition: Edition, facts: IncidentFacts) -> State:
    """Tell how far an incident has come and, if it hit anybody, how bad it is or was."""
    labels = [status_label(facts)]
    if facts.impact in IMPACT_LABELS:
        labels.append(IMPACT_LABELS[facts.impact])
    told = " · ".join(map(edition.words.gettext, labels))
    return State(IMPACT_LOOKS[facts.impact], Piece(told))


def state_in_turn(edition: Edition, facts: IncidentFacts) -> Shown | Variants:
    """Tell how far an incident has come, and how far the clock alone will bring it."""
    now, *ahead = stages(facts)
    told = [(stage.holds_from, incident_state(edition, stage)) for stage in ahead]
    return varying([(None, incident_state(edition, now)), *told])


def _affected(edition: Edition, facts: IncidentFacts, home: str) -> Phrase:
    components = {name: edition.component(name, home) for name in facts.components}
    is_planned = facts.kind is Kind.MAINTENANCE
    if facts.ended is not None or not (is_planned or has_begun(facts)):
        return listed(components.values())
    words = edition.words
    told: list[Piece | Phrase] = []
    for name, status in facts.components.items():
        if is_planned and status in _AS_WORK_GOES:
            told.append(components[name])
            continue
        label = Piece(words.gettext(COMPONENT_LABELS[status]))
        told.append(phrase(words, AFFECTED, component=components[name], status=label))
    return listed(told)


def duration_text(edition: Edition, facts: IncidentFacts) -> str:
    """Tell how long an incident lasted; empty while it is open or where only one time is known."""
    if facts.ended is None or facts.ended <= facts.started:
        return ""
    return edition.words.duration(facts.ended - facts.started)
