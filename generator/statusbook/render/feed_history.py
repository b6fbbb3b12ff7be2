"""Timelines -> feed entries, one per incident, as Statuspage's `history.rss` and `.atom` have them.

Programs read these feeds with expressions that look for this very markup, so it is Statuspage's to
the letter: the small line with the time in `<var>`, the label in `<strong>`, and the announcement
of planned work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final

from statusbook.derive.facts import Entry, Timeline
from statusbook.model.parts import Window
from statusbook.model.words import Kind
from statusbook.render.feed_choice import history_date
from statusbook.render.feed_language import FeedLanguage
from statusbook.render.feed_records import FeedEntry, that_fit
from statusbook.render.status.parts.labels import N_, entry_label

_PARAGRAPH: Final = re.compile("<p>(.*?)</p>\n?", re.DOTALL)


def history_entries(timelines: Iterable[Timeline], language: FeedLanguage) -> tuple[FeedEntry, ...]:
    """Tell each incident with all its updates, newest first; the incidents as they come."""
    return that_fit(_entry(timeline, language) for timeline in timelines)


def _entry(timeline: Timeline, language: FeedLanguage) -> FeedEntry:
    facts = timeline.facts
    planned = facts.scheduled if facts.kind is Kind.MAINTENANCE else None
    parts = [_announcement(planned, language)] if planned else []
    parts += [_update(entry, language) for entry in reversed(timeline.entries)]
    return FeedEntry(
        id=language.id(f"Incident/{facts.id}"),
        title=language.title(timeline.entries[-1]),
        link=language.address(f"incidents/{facts.id}/"),
        published=history_date(facts).replace(microsecond=0),
        updated=facts.updated.replace(microsecond=0),
        html=" ".join(parts),
        permalink=True,
        until=planned.until if planned else None,
    )


def _update(entry: Entry, language: FeedLanguage) -> str:
    day, time, zone = _when(entry.at, language)
    label = language.text(entry_label(entry))
    if entry.retracted is not None:
        first, rest = escape(entry.retracted, quote=False), ""
    else:
        first, rest = _split(language.html(entry))
    small = f"<small>{day}, {time} {zone}</small>"
    return f"<p> {small}<br> <strong>{label}</strong> - {first} </p>{rest}"


def _split(html: str) -> tuple[str, str]:
    """Return the paragraphs that a text begins with, as lines of one, and what follows them."""
    lines: list[str] = []
    position = 0
    while paragraph := _PARAGRAPH.match(html, position):
        lines.append(paragraph[1])
        position = paragraph.end()
    return "<br><br>".join(lines), f" {html[position:]}" if position < len(html) else ""


def _announcement(window: Window, language: FeedLanguage) -> str:
    begin_day, begin, begin_zone = _when(window.start, language)
    end_day, end, end_zone = _when(window.until, language)
    if language.words.local(window.start).date() == language.words.local(window.until).date():
        span = f"{begin_day}, {begin} - {end} {end_zone}"
    else:
        span = f"{begin_day}, {begin} {begin_zone} &nbsp;-&nbsp; {end_day}, {end} {end_zone}"
    title = language.text(N_("THIS IS A SCHEDULED EVENT"))
    return f"<p><strong>{title} {span}</strong></p>"


def _when(at: datetime, language: FeedLanguage) -> tuple[str, str, str]:
    """Write day, time and zone; Statuspage fills the day's number with a space, not with a zero."""
    local = language.words.local(at)
    month = language.words.locale.day.months[local.month - 1]
    return (
        f"{month} <var data-var='date'>{local.day:>2}</var>",
        f"<var data-var='time'>{local:%H:%M}</var>",
        local.tzname() or "UTC",
    )
