"""One update after another -> what they add up to: title, status, impact, components."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.facts import Change, Entry, Outage, Pause, Workaround
from statusbook.model.parts import Window
from statusbook.model.public import PublicUpdate
from statusbook.model.words import (
    CLOSED,
    COMPONENT_RANK,
    IMPACT_OF,
    ComponentStatus,
    Impact,
    Kind,
    Status,
)

OPERATIONAL = ComponentStatus.OPERATIONAL
AT_WORK = frozenset({Status.IN_PROGRESS, Status.VERIFYING})


class State(Struct):
    """What the updates so far add up to."""

    kind: Kind
    title: str
    titles: dict[str, str] = {}
    status: Status | None = None
    status_at: datetime | None = None
    said_impact: Impact | None = None
    worst: ComponentStatus = OPERATIONAL
    window: Window | None = None
    declared: dict[str, ComponentStatus] = {}
    running: dict[str, Outage] = {}
    changed: dict[str, datetime] = {}
    """When each component last began or ceased to fail, or to fail as it does."""
    outages: list[Outage] = []
    started: datetime | None = None
    begun: datetime | None = None
    """When planned work began."""
    ended: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    closed_at: datetime | None = None
    """When it was said that it had ended."""
    monitoring_at: datetime | None = None
    promise: datetime | None = None
    workaround: Workaround | None = None
    entries: list[Entry] = []


def take(state: State, update: PublicUpdate) -> tuple[Change, ...]:
    """Let an update that counts change the state; return what it did to components."""
    if update.title is not None:
        state.title = update.title
        state.titles = {}
    for language, translation in update.translations.items():
        if translation.title is not None:
            state.titles = {**state.titles, language: translation.title}
    if update.impact is not None:
        state.said_impact = update.impact
    if update.scheduled is not None:
        state.window = update.scheduled
    if update.started is not None:
        state.started = update.started
    elif state.started is None:
        state.started = update.at
    state.promise = update.next_update
    if update.workaround is not None:
        state.workaround = _workaround(update)
    was = dict(state.declared)
    state.declared.update(update.components)
    _take_status(state, update)
    if state.ended is not None:
        state.workaround = None
    _take_components(state, update)
    touched = update.components if update.status not in CLOSED else state.declared
    return tuple(
        Change(component=name, old=was.get(name, OPERATIONAL), new=state.declared[name])
        for name in touched
        if name in update.components or was.get(name, OPERATIONAL) is not state.declared[name]
    )


def impact_so_far(state: State) -> Impact:
    """Return the impact that was said, else the worst that components had."""
    if state.said_impact is not None:
        return state.said_impact
    return Impact.MAINTENANCE if state.kind is Kind.MAINTENANCE else IMPACT_OF[state.worst]


def first_status(kind: Kind) -> Status:
    """Return the status of a story that does not say one."""
    return Status.SCHEDULED if kind is Kind.MAINTENANCE else Status.INVESTIGATING


def _workaround(update: PublicUpdate) -> Workaround | None:
    """Return what readers can do from an update on; None where it says that this is over."""
    if not update.workaround:
        return None
    told = {
        language: translation.workaround
        for language, translation in update.translations.items()
        if translation.workaround
    }
    return Workaround(update.workaround, update.id, told)


def _take_status(state: State, update: PublicUpdate) -> None:
    """Move the state; closing returns the components to operational unless the update says else."""
    if update.status is None and state.status is not None:
        return
    status = update.status or first_status(state.kind)
    if status in CLOSED:
        closes = state.ended is None
        if closes:
            state.ended = max([_since(state, update), *state.changed.values()])
            state.closed_at = update.at
        # a report on what is closed already changes nothing
        if closes or status not in {state.status, Status.POSTMORTEM}:
            for name in state.declared:
                if name not in update.components:
                    state.declared[name] = OPERATIONAL
    else:
        if state.ended is not None:
            state.pauses += (Pause(state.ended, max(state.ended, _since(state, update))),)
        state.ended = state.closed_at = None
    if status in AT_WORK and state.begun is None:
        state.begun = _since(state, update)
    if status is Status.MONITORING and state.status is not Status.MONITORING:
        state.monitoring_at = update.at
    state.status = status
    state.status_at = update.at


def _take_components(state: State, update: PublicUpdate) -> None:
    """Open and close outages so that they match what is declared."""
    applies = state.kind is Kind.INCIDENT or state.status is not Status.SCHEDULED
    for name, declared in state.declared.items():
        status = declared if applies else OPERATIONAL
        outage = state.running.get(name)
        was = OPERATIONAL if outage is None else outage.status
        if status is was:
            continue
        at = _since(state, update, name)
        if outage is not None:
            del state.running[name]
            if at != outage.start:
                state.outages.append(replace(outage, end=at))
        if status is not OPERATIONAL:
            state.running[name] = Outage(component=name, status=status, start=at, end=None)
        state.changed[name] = at
        if COMPONENT_RANK[status] > COMPONENT_RANK[state.worst]:
            state.worst = status


def _since(state: State, update: PublicUpdate, component: str = "") -> datetime:
    """Return when what an update says became true: not before its story or the last change."""
    if update.since is None or state.started is None:
        return update.at
    created = state.entries[0].at if state.entries else update.at
    earliest = min(created, state.started)
    changed = state.changed.get(component, earliest)
    # what the first update names has failed since users were first hit
    floor = earliest if changed == created else changed
    return min(max(update.since, floor), update.at)
