"""The fold: an incident's updates in time order -> its state and its entries at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from statusbook.derive.facts import Change, Entry, IncidentFacts, Outage, Promise, Timeline
from statusbook.derive.state import AT_WORK, State, first_status, impact_so_far, take
from statusbook.model.public import PublicIncident, PublicUpdate
from statusbook.model.words import (
    ComponentStatus,
    Kind,
    Status,
)

OPERATIONAL = ComponentStatus.OPERATIONAL


def fold(incident: PublicIncident, now: datetime, digest: str = "") -> Timeline | None:
    """Tell an incident as it stands at `now` (UTC); None where nothing of it exists yet.

    Updates after `now` do not exist. A withdrawn update stays in the story and changes nothing. A
    maintenance starts and ends by its window: an automatic entry says so, unless an update came
    first. An update posted at or after the end of the window with a status of work keeps the
    maintenance running until another one ends it.

    Args:
        incident: Its updates in the order of time.
        now: The moment, in UTC.
        digest: Name of the files that the incident came from, kept in the facts.
    """
    told = [update for update in incident.updates if update.at <= now]
    if not told:
        return None
    state = State(kind=incident.kind, title=told[0].title or incident.id)
    for update in told:
        _run_clock(state, update.at, including=False)
        _apply(state, update)
    _run_clock(state, now, including=True)
    later = (update.at for update in incident.updates[len(told) :])
    facts = _facts(state, incident.id, digest, now, next(later, None))
    return Timeline(facts=facts, entries=_with_corrections(state.entries))


def _run_clock(state: State, moment: datetime, *, including: bool) -> None:
    """Start and complete a maintenance whose window says so before `moment`."""
    window = state.window
    if window is None:
        return

    def passed(edge: datetime) -> bool:
        return edge < moment or (including and edge == moment)

    if state.status is Status.SCHEDULED and passed(window.start):
        begun = _automatic(state, "auto-in-progress", window.start, Status.IN_PROGRESS)
        _apply(state, begun, auto=True)
    if state.status in AT_WORK and passed(window.until):
        posted_after_end = state.status_at is not None and state.status_at >= window.until
        if not posted_after_end:
            completed = _automatic(state, "auto-completed", window.until, Status.COMPLETED)
            _apply(state, completed, auto=True)


def _automatic(state: State, name: str, at: datetime, status: Status) -> PublicUpdate:
    """Make the update that nobody wrote; work that is put off may begin more than once."""
    before = sum(entry.automatic and entry.status is status for entry in state.entries)
    return PublicUpdate(
        id=f"{name}-{before + 1}" if before else name,
        at=at,
        status=status,
        title=None,
        impact=None,
        components={},
        next_update=None,
        workaround=None,
        scheduled=None,
        started=None,
        since=None,
        corrects=None,
        retracted=None,
        body="",
        translations={},
    )


def _apply(state: State, update: PublicUpdate, *, auto: bool = False) -> None:
    """Fold one update into the state and tell its entry."""
    before = state.status
    changes: tuple[Change, ...] = ()
    as_told = None
    if update.retracted is None:
        changes = take(state, update)
    else:
        as_told = _as_told(state, update)
    status = state.status or update.status or first_status(state.kind)
    state.entries.append(
        Entry(
            id=update.id,
            # work that was announced late began before: it is told after its announcement
            at=max(update.at, state.entries[-1].at) if auto else update.at,
            status=status,
            repeated=status is before,
            title=state.title,
            titles=state.titles,
            impact=impact_so_far(state),
            body=update.body,
            changes=changes,
            promise=update.next_update,
            workaround=update.workaround,
            scheduled=update.scheduled,
            corrects=update.corrects,
            corrected_by=None,
            retracted=update.retracted,
            automatic=auto,
            translations=update.translations,
            report=_is_report(update),
            as_told=as_told,
        )
    )


def _is_report(update: PublicUpdate) -> bool:
    return update.status is Status.POSTMORTEM and update.retracted is None and bool(update.body)


def _as_told(state: State, update: PublicUpdate) -> Entry:
    """Tell a withdrawn update as if it counted, and leave the state as it is."""
    then = replace(
        state,
        declared=dict(state.declared),
        running=dict(state.running),
        changed=dict(state.changed),
        outages=list(state.outages),
        entries=[],
    )
    _apply(then, replace(update, retracted=None))
    return then.entries[-1]


def _facts(
    state: State, incident_id: str, digest: str, now: datetime, following: datetime | None
) -> IncidentFacts:
    first, last = state.entries[0], state.entries[-1]
    if state.status is None:  # every update was withdrawn: nothing happened
        state.status = Status.CANCELLED if state.kind is Kind.MAINTENANCE else Status.RESOLVED
        state.ended = state.closed_at = last.at
    is_open = state.ended is None
    promise = None
    if state.promise is not None and is_open:
        promise = Promise(at=state.promise, due=state.promise <= now)
    edges = [edge for edge in _edges(state, following) if edge is not None]
    return IncidentFacts(
        id=incident_id,
        digest=digest,
        holds_from=max([last.at, *(edge for edge in edges if edge <= now)]),
        holds_until=min((edge for edge in edges if edge > now), default=None),
        kind=state.kind,
        title=state.title,
        titles=state.titles,
        status=state.status,
        impact=impact_so_far(state),
        started=_started(state, first.at),
        ended=state.ended,
        pauses=state.pauses,
        created=first.at,
        updated=last.at,
        monitoring_at=state.monitoring_at,
        resolved_at=state.closed_at,
        scheduled=state.window,
        components=dict(state.declared),
        outages=tuple(_outages(state, first.at)),
        promise=promise,
        entries=len(state.entries),
        workaround=state.workaround,
        report=any(entry.report for entry in state.entries),
        withdrawn=all(entry.retracted is not None for entry in state.entries),
    )


def _edges(state: State, following: datetime | None) -> Iterator[datetime | None]:
    """Name the moments at which the facts change: the past ones make them older, not new."""
    yield following
    if state.ended is None:
        yield state.promise
        if state.window is not None:
            if state.status is Status.SCHEDULED:
                yield state.window.start
            if state.status in AT_WORK:
                yield state.window.until


def _started(state: State, created: datetime) -> datetime:
    if state.kind is Kind.MAINTENANCE:
        planned = state.window.start if state.window else created
        return state.begun or planned
    return state.started or created


def _outages(state: State, created: datetime) -> Iterator[Outage]:
    """Yield the outages, those of the first update from the moment users were first hit."""
    started = state.started
    for outage in (*state.outages, *state.running.values()):
        start = outage.start
        if started is not None and started < start == created:
            start = started
        # an update may end it before the first one was posted, and a later one move its start
        if outage.end is None or start < outage.end:
            yield replace(outage, start=start)


def _with_corrections(entries: list[Entry]) -> tuple[Entry, ...]:
    """Mark each corrected entry with the newest entry that corrects it."""
    corrected = {entry.corrects: entry.id for entry in entries if entry.corrects}
    if not corrected:
        return tuple(entries)
    return tuple(
        replace(entry, corrected_by=corrected[entry.id]) if entry.id in corrected else entry
        for entry in entries
    )
