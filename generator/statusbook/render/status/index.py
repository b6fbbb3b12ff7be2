"""The facts of the whole page -> the index: what is wrong now, and what was in the last days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Status
from statusbook.model.zone import zone
from statusbook.render.status.advice import Advice, advice_on_top
from statusbook.render.status.bars import uptime_rule
from statusbook.render.status.components import component_rows, group_rows
from statusbook.render.status.descriptions import describe_index
from statusbook.render.status.edition import Edition
from statusbook.render.status.entries import (
    EntryRow,
    entry_rows,
    fact_rows,
    has_begun,
    incident_state,
    promise_phrase,
)
from statusbook.render.status.heads import heads, news_of_page, old
from statusbook.render.status.labels import IMPACT_LOOKS
from statusbook.render.status.lines import IncidentLine, incident_line
from statusbook.render.status.metrics import metric_cards
from statusbook.render.status.pieces import (
    Piece,
    Row,
    State,
    day,
    moment,
    phrase,
)
from statusbook.render.status.plans import plan
from statusbook.render.status.prose import excerpt
from statusbook.render.status.spans import Shown, Variants
from statusbook.render.view import View

PAST_DAYS = 15
MOST_ENTRIES = 5
"""So many updates of one incident the index shows; its page has all."""
FEW_ACTIVE = 4
"""Where more incidents than these are open, each shows its newest update only."""
MOST_PLANNED = 10
"""So many maintenances the index shows; their page has all."""
MOST_A_DAY = 20
"""So many incidents of one day the index shows; the history has all."""

HOME = "./"


class Story(Struct, frozen=True):
    """An open incident; `earlier` tells how many updates are on its page only."""

    title: Piece
    look: str
    state: State
    advice: Advice | None
    facts: tuple[Row, ...]
    promise: Shown | Variants
    entries: tuple[EntryRow, ...]
    earlier: str


class PastLine(Struct, frozen=True):
    """An incident that is over, with the last that was said of it."""

    line: IncidentLine
    last: Piece


class PastDay(Struct, frozen=True):
    """A day: what began on it, what went on, and how many more the history has.

    Neighbouring days without anything are one: `day` then names the first and the last of them.
    """

    day: Piece
    past: tuple[PastLine, ...]
    ongoing: tuple[Piece, ...]
    more: str
    month: str


def index_page(edition: Edition) -> bytes:
    """Render the index."""
    facts = edition.view.facts
    words = edition.words
    planned = [*facts.running, *facts.upcoming]
    sentences = heads(edition)
    return edition.page(
        "index.html.j2",
        "index.html",
        sentences[0].content.text,
        description=describe_index(edition),
        heads=sentences,
        as_of=phrase(words, "As of {time}", time=moment(words, facts.now, near=True)),
        old=old(edition),
        news=news_of_page(edition),
        active=[_story(edition, incident) for incident in facts.active],
        maintenance=[plan(edition, incident, HOME) for incident in planned[:MOST_PLANNED]],
        is_cut=len(planned) > MOST_PLANNED,
        components=component_rows(edition),
        groups=group_rows(edition),
        metrics=metric_cards(edition, HOME),
        uptime=uptime_rule(words),
        past=list(_quiet_joined(edition)),
    )


def past_incidents(view: View) -> list[IncidentFacts]:
    """Return what is open or was so in the past days, newest first by start."""
    here = zone(view.site.time_zone)
    first = view.facts.now.astimezone(here).date() - timedelta(days=PAST_DAYS - 1)
    begin = datetime(first.year, first.month, first.day, tzinfo=here)
    return [facts for facts in view.facts.incidents if facts.ended is None or facts.ended >= begin]


def _story(edition: Edition, facts: IncidentFacts) -> Story:
    timeline = edition.view.timeline(facts)
    page = f"{HOME}incidents/{facts.id}/"
    entries = entry_rows(edition, timeline, HOME, page)
    most = MOST_ENTRIES if len(edition.view.facts.active) <= FEW_ACTIVE else 1
    earlier = len(entries) - most
    words = edition.words
    return Story(
        title=edition.title(facts, page),
        look=IMPACT_LOOKS[facts.impact],
        state=incident_state(edition, facts),
        advice=advice_on_top(edition, facts),
        facts=tuple(fact_rows(edition, facts, HOME)),
        promise=promise_phrase(edition, facts),
        entries=tuple(entries[:most]),
        earlier=words.ngettext("{n} earlier update", "{n} earlier updates", earlier)
        if earlier > 0
        else "",
    )


def _quiet_joined(edition: Edition) -> Iterator[PastDay]:
    """Tell the past days, newest first, those without anything together."""
    words = edition.words
    today = words.local(edition.view.facts.now).date()
    back = 0
    for is_quiet, group in groupby(_past_days(edition), key=_is_quiet):
        days = list(group)
        if is_quiet:
            newest = today - timedelta(days=back)
            oldest = today - timedelta(days=back + len(days) - 1)
            name = day(words, newest) if len(days) == 1 else Piece(words.days(oldest, newest))
            yield replace(days[0], day=name)
        else:
            yield from days
        back += len(days)


def _is_quiet(shown: PastDay) -> bool:
    return not shown.past and not shown.ongoing and not shown.more


def _past_days(edition: Edition) -> Iterator[PastDay]:
    words = edition.words
    today = words.local(edition.view.facts.now).date()
    spans = [
        (facts, *_days_of(edition, facts, today))
        for facts in past_incidents(edition.view)
        if facts.status is not Status.SCHEDULED
    ]
    for back in range(PAST_DAYS):
        on = today - timedelta(days=back)
        during = [(facts, first) for facts, first, last in spans if first <= on <= last]
        ended = [facts for facts, first in during if first == on and not facts.open]
        ongoing = [facts for facts, first in during if first != on or facts.open]
        more = max(len(during) - MOST_A_DAY, 0)
        yield PastDay(
            day=day(words, on),
            past=tuple(_past_line(edition, facts) for facts in ended[:MOST_A_DAY]),
            ongoing=tuple(
                edition.title(facts, f"{HOME}incidents/{facts.id}/")
                for facts in ongoing[: MOST_A_DAY - len(ended)]
            )
            if len(ended) < MOST_A_DAY
            else (),
            more=words.ngettext("{n} more", "{n} more", more) if more else "",
            month=f"{HOME}history/{on:%Y-%m}/",
        )


def _days_of(edition: Edition, facts: IncidentFacts, today: date) -> tuple[date, date]:
    """Return the first and the last day of an incident; a maintenance that never ran has one."""
    last = edition.words.local(facts.ended).date() if facts.ended else today
    return (edition.words.local(facts.started).date() if has_begun(facts) else last), last


def _past_line(edition: Edition, facts: IncidentFacts) -> PastLine:
    timeline = edition.view.timeline(facts)
    line = incident_line(edition, facts, HOME)
    title = edition.title(facts, line.title.href)
    return PastLine(replace(line, title=title), excerpt(edition, timeline))
