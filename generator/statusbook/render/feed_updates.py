"""Timelines -> feed entries, one per update, each of which stays as it was first published.

An entry tells the update, and below it the short story up to then. So whatever comes later, one
that a reader has seen keeps its id, its date and its bytes; also when the update is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zlib import crc32

from statusbook.derive.facts import Entry, Timeline
from statusbook.render.feed_language import FeedLanguage
from statusbook.render.feed_records import FeedEntry, that_fit
from statusbook.render.status.parts.labels import COMPONENT_LABELS, STATUS_LABELS

_STORY: Final = 5
"""How many of the updates before it an entry repeats."""
_SECOND: Final = timedelta(seconds=1)
_SPREAD: Final = 50
"""Of so many seconds of a minute, an incident's first entry in that minute gets one."""


class Posted(NamedTuple):
    """The update at `place` of an incident's `entries`, with the date that it has in a feed."""

    date: datetime
    incident: str
    entries: tuple[Entry, ...]
    place: int


def update_entries(
    timelines: Iterable[Timeline], language: FeedLanguage, limit: int, component: str = ""
) -> tuple[FeedEntry, ...]:
    """Return the newest entries of the timelines, newest first.

    Args:
        timelines: Incidents, in any order.
        language: What the entries are told in.
        limit: How many entries to return at most.
        component: Where given, only entries since an incident first touched this component: what
            was before comes in the story below them, or readers would get old news at once.
    """
    newest = reversed(dated(timelines, component)[-limit:])
    return that_fit(_entry(posted, language) for posted in newest)


def dated(timelines: Iterable[Timeline], component: str = "") -> list[Posted]:
    """Give every entry a date of its own, to the second, in the order of time, oldest first.

    Programs lose one of two entries that share a date. People write minutes, so an entry gets a
    second of its minute that follows from its incident: whoever else posts in that minute, sooner
    or later, does not move it. Where a second is taken all the same, the entry of the younger
    incident gets the next one.
    """
    in_order = sorted(
        (second, told.facts.created, told.facts.id, place, told.entries)
        for told in timelines
        for place, second in enumerate(_seconds(told))
        if not component or place >= _first_touching(told.entries, component)
    )
    posted: list[Posted] = []
    last = datetime.min.replace(tzinfo=UTC)
    for second, _, incident, place, entries in in_order:
        last = max(second, last + _SECOND)
        posted.append(Posted(last, incident, entries, place))
    return posted


def _seconds(told: Timeline) -> Iterator[datetime]:
    """Yield a rising second for each entry; in a whole minute it follows from the id."""
    spread = timedelta(seconds=crc32(told.facts.id.encode()) % _SPREAD)
    last = datetime.min.replace(tzinfo=UTC)
    for entry in told.entries:
        whole = not (entry.at.second or entry.at.microsecond)
        second = entry.at + spread if whole else entry.at.replace(microsecond=0)
        last = max(second, last + _SECOND)
        yield last


def _first_touching(entries: Sequence[Entry], component: str) -> int:
    touching = (
        place
        for place, entry in enumerate(entries)
        if any(change.component == component for change in (entry.as_told or entry).changes)
    )
    return next(touching, len(entries))


def _entry(posted: Posted, language: FeedLanguage) -> FeedEntry:
    date, incident, entries, place = posted
    entries = tuple(entry.as_told or entry for entry in entries[: place + 1])
    update = entries[place]
    label = language.words.gettext(STATUS_LABELS[update.status])
    return FeedEntry(
        id=language.id(f"{incident}/{update.id}"),
        title=f"[{label}] {language.title(entries[-1])}",
        link=language.address(f"incidents/{incident}/#update-{update.id}"),
        published=date,
        updated=date,
        html=_html(entries, language),
    )


def _html(entries: Sequence[Entry], language: FeedLanguage) -> str:
    """Tell the last of the entries, and below it the story up to then."""
    *before, entry = entries
    parts = [language.note(entry), language.html(entry), *_facts(entry, before, language)]
    story = before[-_STORY:]
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
        facts.append(language.text("Planned for {window}.", window=f"{begin} – {end}"))
    if entry.promise is not None:
        facts.append(language.text("Next update by {time}.", time=words.moment(entry.promise)))
    corrected = next((earlier.at for earlier in before if earlier.id == entry.corrects), None)
    if corrected is not None:
        time = words.moment(corrected)
        facts.append(language.text("Corrects the update of {time}.", time=time))
    return [f"<p>{fact}</p>" for fact in facts]
