"""An incident's timeline -> its updates and facts as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from statusbook.derive.facts import Change, Entry, IncidentFacts, Timeline
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.markdown import text_of
from statusbook.render.status.edition import Edition
from statusbook.render.status.labels import (
    AUTOMATIC_TEXTS,
    COMPONENT_LABELS,
    IMPACT_LABELS,
    IMPACT_LOOKS,
    entry_label,
)
from statusbook.render.status.pieces import (
    Phrase,
    Piece,
    Prose,
    Row,
    listed,
    moment,
    phrase,
    window,
)
from statusbook.render.words import utc

EXCERPT = 280
"""Longest text of an update in a list, in characters."""


class EntryRow(Struct, frozen=True):
    """One update; `marks` say what became of it, `changes` what it did to components.

    `automatic` stands for the text of an entry that came by the clock; `withdrawn` tells why the
    text no longer counts, and `unfold` is the label of what hides it. All three are mostly empty.
    """

    id: str
    label: str
    time: Piece
    prose: Prose
    marks: tuple[Phrase, ...]
    changes: tuple[Row, ...]
    automatic: str
    withdrawn: Phrase
    unfold: str
    report: bool


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
    anchor = f"{page}#update-{entry.id}"
    return EntryRow(
        id=entry.id,
        label=words.gettext(entry_label(entry)),
        time=Piece(words.moment(entry.at), time=utc(entry.at), href=anchor),
        prose=edition.prose(entry),
        marks=_marks(edition, entry, times, page),
        changes=tuple(_change_row(edition, change, home) for change in entry.changes),
        automatic=words.gettext(AUTOMATIC_TEXTS[entry.status]) if entry.automatic else "",
        withdrawn=_withdrawn(edition, entry),
        unfold=words.gettext("Show the withdrawn text") if entry.retracted is not None else "",
        report=entry.status is Status.POSTMORTEM and not entry.repeated,
    )


def _withdrawn(edition: Edition, entry: Entry) -> Phrase:
    if entry.retracted is None:
        return ()
    reason = Piece(entry.retracted, lang=edition.original)
    return phrase(edition.words, "This update was withdrawn: {reason}", reason=reason)


def _marks(
    edition: Edition, entry: Entry, times: Mapping[str, datetime], page: str
) -> tuple[Phrase, ...]:
    words = edition.words

    def other(update: str) -> Piece:
        at = times[update]
        return Piece(words.moment(at), time=utc(at), href=f"{page}#update-{update}")

    marks = []
    if entry.scheduled is not None:
        ends = window(words, entry.scheduled.start, entry.scheduled.until)
        marks.append((*phrase(words, "Planned for:"), Piece(" "), *ends))
    if entry.corrects is not None and entry.corrects in times:
        marks.append(phrase(words, "Corrects the update of {time}.", time=other(entry.corrects)))
    if entry.corrected_by is not None and entry.corrected_by in times:
        at = other(entry.corrected_by)
        marks.append(phrase(words, "Corrected by the update of {time}.", time=at))
    return tuple(marks)


def _change_row(edition: Edition, change: Change, home: str) -> Row:
    words = edition.words
    component = edition.component(change.component, home)
    new = Piece(words.gettext(COMPONENT_LABELS[change.new]))
    if change.old in (change.new, ComponentStatus.OPERATIONAL):
        told = phrase(words, "{component}: {status}", component=component, status=new)
    else:
        old = Piece(words.gettext(COMPONENT_LABELS[change.old]))
        message = "{component}: {status} (was: {old})"
        told = phrase(words, message, component=component, status=new, old=old)
    return Row("", told, look=str(change.new))


def promise_phrase(edition: Edition, facts: IncidentFacts) -> Phrase:
    """Tell when the next update comes, or came not; empty where none is promised."""
    if facts.promise is None or facts.ended is not None:
        return ()
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
        rows.append(Row(words.gettext("Started"), (moment(words, facts.started),)))
    if facts.ended is not None:
        cancelled = facts.status is Status.CANCELLED
        label = words.gettext("Cancelled") if cancelled else words.gettext("Ended")
        rows.append(Row(label, (moment(words, facts.ended),)))
        if lasted := duration_text(edition, facts):
            rows.append(Row(words.gettext("Duration"), (Piece(lasted),)))
    return rows


def impact_row(edition: Edition, facts: IncidentFacts) -> Row:
    """Tell how bad an incident is or was."""
    words = edition.words
    impact = Piece(words.gettext(IMPACT_LABELS[facts.impact]))
    return Row(words.gettext("Impact"), (impact,), look=IMPACT_LOOKS[facts.impact])


def _affected(edition: Edition, facts: IncidentFacts, home: str) -> Phrase:
    components = {name: edition.component(name, home) for name in facts.components}
    if not has_begun(facts) or facts.ended is not None or facts.kind is Kind.MAINTENANCE:
        return listed((piece,) for piece in components.values())
    words = edition.words
    return listed(
        phrase(
            words,
            "{component} ({status})",
            component=components[name],
            status=Piece(words.gettext(COMPONENT_LABELS[status])),
        )
        for name, status in facts.components.items()
    )


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


def excerpt(edition: Edition, timeline: Timeline) -> Piece:
    """Return the beginning of the last update that has a text and still counts."""
    for entry in reversed(timeline.entries):
        if entry.retracted is None and entry.body and entry.status is not Status.POSTMORTEM:
            text, lang = edition.source(entry)
            return Piece(shortened(" ".join(text_of(text).split())), lang=lang)
    return Piece("")


def shortened(text: str, length: int = EXCERPT) -> str:
    """Cut a text at a word's end; an ellipsis tells."""
    if len(text) <= length:
        return text
    return f"{text[:length].rpartition(' ')[0] or text[:length]}…"
