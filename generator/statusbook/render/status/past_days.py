"""The facts of the last days -> what the index tells of each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.ahead import stages
from statusbook.derive.course import days_of, month_of
from statusbook.derive.facts import IncidentFacts
from statusbook.derive.uptime import midnight
from statusbook.model.zone import zone
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.lines import IncidentLine, incident_line
from statusbook.render.status.parts.pieces import Phrase, Piece, day, phrase
from statusbook.render.status.parts.prose import excerpt
from statusbook.render.status.parts.spans import Shown, Variants, varying
from statusbook.render.view import View
from statusbook.render.words import utc

PAST_DAYS = 15
MOST_A_DAY = 20
"""So many incidents of one day the index shows; the history has all."""

HOME = "./"


class PastLine(Struct, frozen=True):
    """An incident that is over, with the last that was said of it."""

    line: IncidentLine
    last: Piece


class PastDay(Struct, frozen=True):
    """A day: what began on it and is over, what else went on, and how many more the history has.

    Neighbouring days on which the same went on and nothing else are one, as are those without
    anything: `day` then names the first and the last of them.
    """

    day: Piece
    past: tuple[PastLine, ...]
    ongoing: tuple[Shown | Variants, ...]
    more: str
    month: str


def past_incidents(view: View) -> list[IncidentFacts]:
    """Return what is open or was so in the past days, newest first by start."""
    here = zone(view.site.time_zone)
    first = view.facts.now.astimezone(here).date() - timedelta(days=PAST_DAYS - 1)
    begin = midnight(first, here)
    return [facts for facts in view.facts.incidents if facts.ended is None or facts.ended >= begin]


def past_days(edition: Edition) -> Iterator[PastDay]:
    """Tell the past days, newest first, neighbours that say the same together."""
    words = edition.words
    today = words.local(edition.view.facts.now).date()
    told = [(today - timedelta(days=back), shown) for back, shown in enumerate(_each(edition))]
    for _, group in groupby(told, key=_sameness):
        days = list(group)
        (newest, shown), (oldest, _) = days[0], days[-1]
        if newest == oldest:
            yield shown
        else:
            yield replace(shown, day=Piece(words.days(oldest, newest)))


def _sameness(told: tuple[date, PastDay]) -> object:
    """Return what neighbouring days have in common where they are told together."""
    on, shown = told
    return on if shown.past or shown.more else shown.ongoing


def _each(edition: Edition) -> Iterator[PastDay]:
    words = edition.words
    now = edition.view.facts.now
    today = words.local(now).date()
    went_on = [
        (facts, days)
        for facts in past_incidents(edition.view)
        if (days := days_of(facts, now, words.here))
    ]
    for back in range(PAST_DAYS):
        on = today - timedelta(days=back)
        during = [
            (facts, days[0].first)
            for facts, days in went_on
            if any(first <= on <= last for first, last in days)
        ]
        past = [facts for facts, first in during if first == on and not facts.open]
        rest = [facts for facts, first in during if first != on or facts.open]
        more = max(len(during) - MOST_A_DAY, 0)
        yield PastDay(
            day=day(words, on),
            past=tuple(_past_line(edition, facts) for facts in past[:MOST_A_DAY]),
            ongoing=tuple(
                _went_on(edition, facts, on) for facts in rest[: max(MOST_A_DAY - len(past), 0)]
            ),
            more=words.ngettext("{n} more", "{n} more", more) if more else "",
            month=f"{HOME}history/{month_of(on)}/",
        )


def _past_line(edition: Edition, facts: IncidentFacts) -> PastLine:
    return PastLine(
        incident_line(edition, facts, HOME), excerpt(edition, edition.view.timeline(facts))
    )


def _went_on(edition: Edition, facts: IncidentFacts, on: date) -> Shown | Variants:
    """Tell how what had begun before, or is open, went on on a day, and what the clock ends."""
    now, *ahead = stages(facts)
    return varying(
        [
            (None, _on_day(edition, now, on)),
            *((stage.holds_from, _on_day(edition, stage, on)) for stage in ahead),
        ]
    )


def _on_day(edition: Edition, facts: IncidentFacts, on: date) -> Phrase:
    words = edition.words
    title = edition.title(facts, f"{HOME}incidents/{facts.id}/")
    if facts.ended is None:
        return phrase(words, N_("Ongoing: {title}"), title=title)
    if words.local(facts.ended).date() == on:
        time = _time(edition, facts.ended)
        return phrase(words, N_("Until {time}: {title}"), time=time, title=title)
    return phrase(words, N_("Continued: {title}"), title=title)


def _time(edition: Edition, at: datetime) -> Piece:
    """Show a moment of a day that is named already."""
    return Piece(edition.words.time(at), utc(at))
