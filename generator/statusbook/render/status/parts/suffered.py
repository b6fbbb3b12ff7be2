"""An incident's outages -> its components, each with how badly it was hit and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from statusbook.derive.facts import IncidentFacts
from statusbook.derive.toll import Toll, tolls
from statusbook.model.words import ComponentStatus, Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import COMPONENT_LABELS, N_
from statusbook.render.status.parts.pieces import Lines, Piece, State, moment, phrase


def suffered(edition: Edition, facts: IncidentFacts, home: str) -> Lines | None:
    """Tell what each component went through: its present state, then those before, the worst first.

    None where there is nothing to tell: no outage, or work that was only as announced. Names and
    lengths stand beside each other and not in a sentence, where most languages decline them.
    """
    found = tolls(facts)
    if facts.kind is Kind.MAINTENANCE and all(_only_worked_at(toll) for toll in found):
        return None
    lines = tuple([line for toll in found for line in _lines(edition, toll, home)])
    return Lines(lines) if lines else None


def _only_worked_at(toll: Toll) -> bool:
    statuses = {status for status, _ in toll.lengths} | ({toll.since[0]} if toll.since else set())
    return statuses <= {ComponentStatus.UNDER_MAINTENANCE}


def _lines(edition: Edition, toll: Toll, home: str) -> Iterator[State]:
    words = edition.words
    component = edition.component(toll.component, home)
    if toll.since is not None:
        status, start = toll.since
        label = Piece(words.gettext(COMPONENT_LABELS[status]))
        message = N_("{component}: {status} since {time}")
        time = moment(words, start)
        yield State(status, phrase(words, message, component=component, status=label, time=time))
    for status, lasted in toll.lengths:
        label = Piece(words.gettext(COMPONENT_LABELS[status]))
        message = N_("{component}: {status}, {duration}")
        length = Piece(words.duration(lasted))
        told = phrase(words, message, component=component, status=label, duration=length)
        yield State(status, told)
