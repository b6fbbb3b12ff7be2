"""An incident as people write it: a folder of updates, each one file."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from statusbook.model.parts import Translation, Window
from statusbook.model.words import ComponentStatus, Impact, Kind, Status


class Internal(Struct, frozen=True, forbid_unknown_fields=True):
    """What only the playbook may show of an update."""

    severity: str | None = None
    detected: datetime | None = None
    commander: str | None = None
    approved_by: list[str] = []
    note: str | None = None


class Update(Struct, frozen=True, forbid_unknown_fields=True):
    """One dated message. All times are UTC.

    `id` is the file's name without its ending. `status` is None where the update does not change
    it, `components` holds only what changes, `next_update` is the moment by which the next one is
    promised; people may write a span from `at` (`30m`). `workaround` is Markdown: what readers can
    do until it is over; empty where it ends the one before. `started` says when users were first
    hit, where that was before `at`; `since` when what the update says of components, or that it is
    over, became true. `lines` tells on which line of the file each field stands
    (`components.checkout` for a component); nobody writes it.
    """

    at: datetime
    status: Status | None = None
    title: str | None = None
    impact: Impact | None = None
    components: dict[str, ComponentStatus] = {}
    next_update: datetime | None = None
    workaround: str | None = None
    scheduled: Window | None = None
    started: datetime | None = None
    since: datetime | None = None
    corrects: str | None = None
    retracted: str | None = None
    internal: Internal | None = None
    id: str = ""
    body: str = ""
    lines: dict[str, int] = {}
    translations: dict[str, Translation] = {}


class Incident(Struct, frozen=True):
    """One folder below `incidents/`; `id` is its name, `path` its place in the book.

    `updates` are in the order of their time, equal times in the order of their ids.
    """

    id: str
    path: str
    kind: Kind
    updates: tuple[Update, ...]
