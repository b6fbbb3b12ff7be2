"""Timelines -> feed entries, one per update, each of which stays as it was first published.

An entry tells the update, and below it the short story up to then. So whatever comes later, one
that a reader has seen keeps its id, its date and its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from statusbook.derive.facts import Entry, Timeline
from statusbook.render.feed_language import FeedLanguage
from statusbook.render.feed_records import FeedEntry, that_fit
from statusbook.render.status.labels import COMPONENT_LABELS, STATUS_LABELS

_STORY: Final = 5
"""How many of the updates before it an entry repeats."""
_SECOND: Final = timedelta(seconds=1)


class Posted(NamedTuple):
    """An entry of a timeline at its place, with the date that it has in a feed."""

    date: datetime
    timeline: Timeline
    place: int


def update_entries(
    timelines: Iterable[Timeline], language: FeedLanguage, limit: int
) -> tuple[FeedEntry, ...]:
    """Return the newest entries of the timelines, newest first."""
    newest = reversed(dated(timelines)[-limit:])
    return that_fit(_entry(posted, language) for posted in newest)


def dated(timelines: Iterable[Timeline]) -> list[Posted]:
    """Give every entry a date of its own, to the second, in the order of time, oldest first.

    Programs lose one of two entries that share a date. So an entry whose second is taken gets the
    next one: a date depends only on entries before it. Entries of the same moment follow the age
    of their incidents.
    """
    in_order = sorted(
        (entry.at, timeline.facts.created, timeline.facts.id, place, timeline)
        for timeline in timelines
        for place, entry in enumerate(timeline.entries)
    )
    posted: list[Posted] = []
    last = datetime.min.replace(tzinfo=UTC)
    for at, _, _, place, timeline in in_order:
        last = max(at.replace(microsecond=0), last + _SECOND)
        posted.append(Posted(last, timeline, place))
    return posted


def _entry(posted: Posted, language: FeedLanguage) -> FeedEntry:
    date, timeline, place = posted
    incident, entry = timeline.facts.id, timeline.entries[place]
    label = language.words.gettext(STATUS_LABELS[entry.status])
    return FeedEntry(
        id=language.id(f"{incident}/{entry.id}"),
        title=f"[{label}] {language.title(timeline.entries, place)}",
        link=language.address(f"incidents/{incident}/#update-{entry.id}"),
        published=date,
        updated=date,
        html=_html(timeline.entries, place, language),
    )


def _html(entries: Sequence[Entry], place: int, language: FeedLanguage) -> str:
    """Tell an update and the story up to then; nothing that came later may be asked here."""
    entry = entries[place]
    parts = [language.html(entry), *_facts(entry, entries[:place], language)]
    story = entries[max(0, place - _STORY) : place]
    if story:
        parts.append("<hr>")
    for earlier in reversed(story):
        label = language.text(STATUS_LABELS[earlier.status])
        when = language.words.moment(earlier.at)
        parts += [f"<p><strong>{label}</strong> – {when}</p>", language.html(earlier)]
    return "\n".join(filter(None, parts))


def _facts(entry: Entry, before: Sequence[Entry], language: FeedLanguage) -> list[str]:
    """Tell what the update says besides its text, as paragraphs."""
    words = language.words
    facts = []
    if entry.changes:
        changes = (
            language.text(
                "{component}: {status}",
                component=language.names.get(change.component, change.component),
                status=words.gettext(COMPONENT_LABELS[change.new]),
            )
            for change in entry.changes
        )
        facts.append("<br>\n".join(changes))
    if entry.scheduled is not None:
        begin, end = words.window(entry.scheduled.start, entry.scheduled.until)
        facts.append(f"{language.text('Planned for:')} {begin} – {end}")
    if entry.promise is not None:
        facts.append(language.text("Next update by {time}.", time=words.moment(entry.promise)))
    corrected = next((earlier.at for earlier in before if earlier.id == entry.corrects), None)
    if corrected is not None:
        time = words.moment(corrected)
        facts.append(language.text("Corrects the update of {time}.", time=time))
    return [f"<p>{fact}</p>" for fact in facts]
