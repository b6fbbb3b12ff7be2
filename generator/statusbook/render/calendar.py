"""The public site -> `calendar.ics`: its maintenances as events (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from statusbook.derive.facts import Entry, IncidentFacts, Timeline
from statusbook.model.parts import Window
from statusbook.model.public import PublicSite
from statusbook.model.words import Kind, Status
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.view import View, incident_key

if TYPE_CHECKING:
    from icalendar import Event

PAST: Final = timedelta(days=365)
"""How long a maintenance stays in the calendar after its window."""
LARGEST: Final = 300
"""How many maintenances the calendar holds; the oldest are left out."""

# A line break of another kind than `\n`, or a control character, would break the file's lines.
_BREAKS: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
_CONTROLS: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")


def calendar_pages(view: View) -> Iterator[Page]:
    """Yield the calendar: maintenances ahead, running, and of the year past."""
    planned = _listed(view)

    def render() -> bytes:
        return _calendar(view.site, [view.timeline(facts) for facts in planned])

    yield Page("calendar.ics", page_key(view.key, *map(incident_key, planned)), Rank.FEED, render)


def _listed(view: View) -> list[IncidentFacts]:
    oldest = view.facts.now - PAST
    planned = [
        facts
        for facts in view.facts.incidents
        if facts.kind is Kind.MAINTENANCE and (facts.ended is None or _window(facts).until > oldest)
    ]
    planned.sort(key=lambda facts: (_window(facts).start, facts.id))
    return planned[-LARGEST:]


def _window(facts: IncidentFacts) -> Window:
    """Return the planned window, or where none was ever said, when there was work."""
    return facts.scheduled or Window(facts.started, facts.ended or facts.started)


def _calendar(site: PublicSite, timelines: Sequence[Timeline]) -> bytes:
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Statusbook//Statusbook//EN")
    calendar.add("method", "PUBLISH")
    # icalendar escapes what it knows to be text, which this name is not.
    calendar.add("x-wr-calname", vText(_clean(site.title)))
    for timeline in timelines:
        calendar.add_component(_event(site, timeline))
    written: bytes = calendar.to_ical()
    return written


def _event(site: PublicSite, timeline: Timeline) -> Event:
    from icalendar import Event

    facts = timeline.facts
    window = _window(facts)
    event = Event()
    event.add("uid", f"{site.feed_id}:Incident/{facts.id}")
    event.add("sequence", _sequence(timeline.entries))
    # The moment of this version of the event, not of its writing: the same input, the same bytes.
    event.add("dtstamp", facts.updated)
    event.add("created", facts.created)
    event.add("last-modified", facts.updated)
    event.add("dtstart", window.start)
    event.add("dtend", window.until)
    event.add("summary", _clean(facts.title) or facts.id)
    event.add("description", _clean(_description(site, timeline)))
    event.add("status", "CANCELLED" if facts.status is Status.CANCELLED else "CONFIRMED")
    # The owner of the calendar is not busy because a service is.
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{site.url}/incidents/{facts.id}/")
    return event


def _sequence(entries: Sequence[Entry]) -> int:
    """Count the changes of window or status; calendars take an event with a higher count.

    A withdrawn update counts twice, as it changes the event when it comes and when it goes.
    """
    changes = sum(
        entry.scheduled not in {None, before.scheduled} or entry.status is not before.status
        for before, entry in pairwise(entries)
    )
    return changes + 2 * sum(entry.retracted is not None for entry in entries)


def _description(site: PublicSite, timeline: Timeline) -> str:
    """Tell what was said last, what is affected, and where to read more."""
    from statusbook.render.markdown import text_of
    from statusbook.render.words import site_words

    facts = timeline.facts
    said = (
        text_of(entry.body)
        for entry in reversed(timeline.entries)
        if entry.retracted is None and entry.body
    )
    names = {component.id: component.name for component in site.components}
    affected = ", ".join(names.get(component, component) for component in facts.components)
    label = site_words(site).gettext("Affected")
    parts = [
        next(filter(None, said), ""),
        f"{label}: {affected}" if affected else "",
        f"{site.url}/incidents/{facts.id}/",
    ]
    return "\n\n".join(filter(None, parts))


def _clean(text: str) -> str:
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))
