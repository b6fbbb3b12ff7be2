"""All incidents -> which of them and which maintenances met at one component at the same time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind, Status

MOST: Final = 10
"""So many related ones of each are told, the newest."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class _Span(NamedTuple):
    """From when until when something was going on; half open, and never empty."""

    start: datetime
    end: datetime
    facts: IncidentFacts


def related(incidents: Iterable[IncidentFacts]) -> dict[str, tuple[str, ...]]:
    """Return the ids of what went on at the same time, by id, newest first by start.

    An incident and a maintenance are related where the incident hit users while the work was really
    going on, and both name a component in common. Who has nothing related is left out. Two
    that merely touch are not.
    """
    hit: list[IncidentFacts] = []
    runs: list[_Span] = []
    unplanned, ahead = Kind.INCIDENT, Status.SCHEDULED
    for facts in incidents:
        if facts.kind is unplanned:
            if facts.outages:
                hit.append(facts)
        elif facts.status is not ahead and facts.started < (facts.ended or _NEVER):
            runs.append(_Span(facts.started, facts.ended or _NEVER, facts))
    if not runs:
        return {}
    busy = _joined((run.start, run.end) for run in runs)
    starts, ends = [start for start, _ in busy], [end for _, end in busy]
    spans: list[_Span] = []
    for facts in hit:
        # a superset of its time, that costs nothing to find: most incidents met no work at all
        end = facts.updated if facts.ended or facts.outages[-1].end else _NEVER
        before = bisect_left(starts, end)
        if before and (ends[before - 1] > facts.started or ends[before - 1] > facts.created):
            spans += _spans(facts)
    found: dict[str, dict[str, IncidentFacts]] = defaultdict(dict)
    for facts, met in _meetings([*spans, *runs]):
        found[facts.id].update((one.id, one) for one in met)
    return {name: _newest(met.values()) for name, met in found.items() if met}


def _spans(facts: IncidentFacts) -> Iterator[_Span]:
    """Yield the times in which an incident hit anybody, apart from each other."""
    # what is closed and leaves something broken says no more of it
    last = facts.updated if facts.ended else _NEVER
    outages = ((outage.start, outage.end or last) for outage in facts.outages)
    for start, end in _joined(outages):
        if start < end:
            yield _Span(start, end, facts)


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Join spans that overlap or touch, and put them in order."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _meetings(spans: Iterable[_Span]) -> Iterator[tuple[IncidentFacts, list[IncidentFacts]]]:
    """Sweep over the spans: yield each with what of the other kind it met at its components.

    Of each component, the newest suffice: those that went on when a span began, and those that
    began before it ended. So what never ends costs no more than anything else.
    """
    edges = [(span.start, 1, number, span) for number, span in enumerate(spans)]
    # at one moment, ends come first
    edges += [(span.end, 0, number, span) for _, _, number, span in edges]
    edges.sort(key=itemgetter(0, 1))
    going_on: dict[tuple[Kind, str], dict[int, IncidentFacts]] = defaultdict(dict)
    begun: dict[tuple[Kind, str], list[IncidentFacts]] = defaultdict(list)
    seen: dict[int, list[tuple[int, list[IncidentFacts]]]] = {}
    for _, begins, number, (_, _, facts) in edges:
        other = Kind.INCIDENT if facts.kind is Kind.MAINTENANCE else Kind.MAINTENANCE
        places = [(facts.kind, other, component) for component in facts.components]
        if begins:
            seen[number] = [
                (
                    len(begun[other, component]),
                    list(islice(reversed(going_on[other, component].values()), MOST)),
                )
                for _, other, component in places
            ]
            for own, _, component in places:
                going_on[own, component][number] = facts
                begun[own, component].append(facts)
        else:
            met = []
            for (own, other, component), (first, before) in zip(
                places, seen.pop(number), strict=True
            ):
                del going_on[own, component][number]
                since = begun[other, component]
                met += [*before, *since[max(first, len(since) - MOST) :]]
            yield facts, met


def _newest(incidents: Iterable[IncidentFacts]) -> tuple[str, ...]:
    ordered = sorted(incidents, key=lambda facts: (facts.started, facts.id), reverse=True)
    return tuple(facts.id for facts in ordered[:MOST])
