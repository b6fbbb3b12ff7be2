"""An incident -> what is wrong with the moments since when its updates say they are true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from statusbook.check.incident_rules import Known, problem_at
from statusbook.derive.facts import Timeline
from statusbook.model.incident import Incident, Update
from statusbook.model.words import CLOSED, ComponentStatus, Status
from statusbook.problems import Level, Problem

OPERATIONAL: Final = ComponentStatus.OPERATIONAL
_FIELD: Final = "since"


def nothing_is_true_before_what_it_changes(
    incident: Incident, _told: Timeline, _known: Known
) -> Iterator[Problem]:
    """`since` comes neither before the incident began nor before the last change."""
    counted = [update for update in incident.updates if update.retracted is None]
    declared: dict[str, ComponentStatus] = {}
    changed: dict[str, datetime] = {}
    for number, update in enumerate(counted):
        told = counted[: number + 1]
        began = min(told[0].at, *(one.started or one.at for one in told))
        touched = _touched(update, declared)
        if update.since is not None:
            # what is over has not ended before anything else happened
            looked_at = {*touched, *changed} if update.status in CLOSED else touched
            last = max(looked_at, key=lambda name: (changed.get(name, began), name), default="")
            floor = changed.get(last, began)
            if update.since < floor <= update.at:
                what = f"{last} changed last" if last in changed else "the incident began"
                message = f"`since` lies before {what} ({floor:%Y-%m-%d %H:%M} UTC)"
                hint = "updates tell one thing after another; when users were hit is `started`"
                yield problem_at(incident, update, "E328", message, hint, _FIELD)
        changed.update(dict.fromkeys(touched, update.since or update.at))
        declared.update(touched)


def since_has_something_to_say(
    incident: Incident, _told: Timeline, _known: Known
) -> Iterator[Problem]:
    """`since` stands beside components, the end of the incident or the beginning of work."""
    for update in incident.updates:
        says = update.components or update.status in {*CLOSED, Status.IN_PROGRESS}
        if update.since is not None and not says:
            message = "`since` changes nothing: the update names no components and ends nothing"
            hint = "name the components that changed then, or delete the line"
            yield problem_at(incident, update, "E329", message, hint, _FIELD, Level.WARNING)


def since_is_not_started(incident: Incident, _told: Timeline, _known: Known) -> Iterator[Problem]:
    """An update says either when users were first hit or when something changed since."""
    for update in incident.updates:
        if update.since is not None and update.started is not None:
            hint = "write `started` for when users were first hit, `since` for what changed later"
            yield problem_at(incident, update, "E330", "`since` beside `started`", hint, _FIELD)


def _touched(update: Update, declared: dict[str, ComponentStatus]) -> dict[str, ComponentStatus]:
    """Return the components that an update changes, with what they change to."""
    said = dict(update.components)
    if update.status in CLOSED:
        said = {**dict.fromkeys(declared, OPERATIONAL), **said}
    return {
        name: status for name, status in said.items() if declared.get(name, OPERATIONAL) != status
    }


RULES: Final = (
    nothing_is_true_before_what_it_changes,
    since_has_something_to_say,
    since_is_not_started,
)
