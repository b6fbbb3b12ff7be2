"""The facts that pages, feeds and API show; every one of them is decided in `derive`."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from statusbook.model.parts import Translation, Window
from statusbook.model.public import PublicComponent
from statusbook.model.words import ComponentStatus, Impact, Kind, Status


class Outage(Struct, frozen=True, array_like=True):
    """A component was not operational from `start` to `end` (None: still is), in UTC."""

    component: str
    status: ComponentStatus
    start: datetime
    end: datetime | None


class Pause(Struct, frozen=True, array_like=True):
    """An incident was over from `start` until it was opened again at `end`."""

    start: datetime
    end: datetime


class Promise(Struct, frozen=True, array_like=True):
    """When the next update was promised, and whether that moment has passed without one."""

    at: datetime
    due: bool


class Workaround(Struct, frozen=True, array_like=True):
    """What readers can do until it is over, in Markdown; `update` brought it.

    `translations` has it by language.
    """

    text: str
    update: str
    translations: dict[str, str] = {}


class Change(Struct, frozen=True):
    """What one update did to one component."""

    component: str
    old: ComponentStatus
    new: ComponentStatus


class Entry(Struct, frozen=True):
    """One update as readers see it, in its place in the story.

    `status` is the state after it; `repeated` says that the update did not change the status, so
    its label is "Update". `title` and `impact` are those after it; `titles` are translations of the
    title by language, where the update that gave it has one. `automatic` marks a start or an
    end of a maintenance that came by the clock: it has no file. `workaround` is only what this
    update says, empty where it ends the one before. `corrected_by` is the id of the newest update
    that corrects this one. `report` says that this is a report on what happened, which has a page
    of its own. `as_told` is a withdrawn update as readers saw it while it counted: feeds never
    change what they have told.
    """

    id: str
    at: datetime
    status: Status
    repeated: bool
    title: str
    titles: dict[str, str]
    impact: Impact
    body: str
    changes: tuple[Change, ...]
    promise: datetime | None
    workaround: str | None
    scheduled: Window | None
    corrects: str | None
    corrected_by: str | None
    retracted: str | None
    automatic: bool
    translations: dict[str, Translation]
    report: bool = False
    as_told: Entry | None = None


class IncidentFacts(Struct, frozen=True):
    """What is known of one incident at a moment.

    The facts hold for every `now` with `holds_from <= now < holds_until` (None: for ever), and
    `digest` names the source they come from: the two say whether facts can be used again.

    `titles` are translations of the present title, by language. `components` holds the present
    status of each component that the incident touched, in the order
    of first mention; for a maintenance ahead, the status that is announced. Of the `outages`, those
    that still run come last. `started` is when users were first hit (a maintenance: when work
    starts), `ended` when it was over for them, None while open, `resolved_at` when it was closed;
    `created` and `updated` are the times of the first and of the newest entry. `entries` counts
    updates shown so far. `report` says that one of them is a report, `withdrawn` that none of them
    counts any more.
    `workaround` is the present one, None once the incident is closed. `pauses` are the spans in
    which it was over before it was opened again.
    """

    id: str
    digest: str
    holds_from: datetime
    holds_until: datetime | None
    kind: Kind
    title: str
    titles: dict[str, str]
    status: Status
    impact: Impact
    started: datetime
    ended: datetime | None
    created: datetime
    updated: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    scheduled: Window | None
    components: dict[str, ComponentStatus]
    outages: tuple[Outage, ...]
    promise: Promise | None
    entries: int
    workaround: Workaround | None = None
    report: bool = False
    withdrawn: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the incident is not closed; a maintenance ahead is open too."""
        return self.ended is None


class Timeline(Struct, frozen=True):
    """An incident's facts and its entries, oldest first."""

    facts: IncidentFacts
    entries: tuple[Entry, ...]


class Day(Struct, frozen=True):
    """One component on one day of the page's time zone.

    `status` is the worst of the day, None where nothing was recorded yet. `seconds` holds how long
    the component was in each status but operational; `incidents` those that caused it.
    """

    day: date
    status: ComponentStatus | None
    seconds: dict[ComponentStatus, int]
    incidents: tuple[str, ...]


class ComponentFacts(Struct, frozen=True):
    """A component at a moment.

    `since` is the moment from which its present status runs, None if it was never touched.
    `uptime` is a share from 0 to 1 of the last 90 days, or of the time since `recorded_from` where
    that is shorter; None where less than a day was recorded. `days` are 90, oldest first.
    `incidents` are the open ones that touch it now.
    """

    component: PublicComponent
    status: ComponentStatus
    since: datetime | None
    recorded_from: datetime | None
    uptime: float | None
    days: tuple[Day, ...]
    incidents: tuple[str, ...]


class SiteFacts(Struct, frozen=True):
    """The whole page at `now` (UTC).

    `indicator` and `description` are Statuspage's. `incidents` holds all that exist at `now`,
    newest first by start; `active`, `running` and `upcoming` are the open incidents (worst impact
    first, then newest first), the maintenances at work and those ahead (soonest first).
    `next_change` is the first moment after `now` at which anything changes by itself, None where
    nothing will. `updated` is the time of the newest entry, None on an empty page. `related` holds,
    by id, which incidents and maintenances met; see `derive.related`.
    """

    now: datetime
    indicator: Impact
    description: str
    components: dict[str, ComponentFacts]
    incidents: tuple[IncidentFacts, ...]
    active: tuple[IncidentFacts, ...]
    running: tuple[IncidentFacts, ...]
    upcoming: tuple[IncidentFacts, ...]
    updated: datetime | None
    next_change: datetime | None
    related: dict[str, tuple[str, ...]] = {}
