"""An incident and its story -> what readers will not see as its writer meant it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from statusbook.check import since_rules, workaround_rules
from statusbook.check.incident_rules import Known, problem_at
from statusbook.derive.facts import Timeline
from statusbook.model.incident import Incident, Update
from statusbook.model.words import CLOSED, ComponentStatus, Impact, Kind
from statusbook.problems import Level, Problem

OPERATIONAL: Final = ComponentStatus.OPERATIONAL
LONGEST_WORK: Final = timedelta(days=7)

_OUTAGES: Final = frozenset({ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE})
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)

Rule = Callable[[Incident, Timeline, Known], Iterator[Problem]]


def check_story(incident: Incident, told: Timeline, known: Known) -> list[Problem]:
    """Return everything in the story so far that its writer should look at."""
    return [problem for rule in RULES for problem in rule(incident, told, known)]


def closed_incidents_leave_nothing_broken(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """When it is over, its components are operational: nobody would end their outages any more."""
    if told.facts.open:
        return
    for name, status in told.facts.components.items():
        if status is not OPERATIONAL:
            update = next(one for one in reversed(_counted(incident)) if name in one.components)
            message = f"the {incident.kind} is closed and leaves {name} in {status}"
            hint = f"say `{name}: operational` in a new update, or keep the {incident.kind} open"
            yield _warning(incident, update, "E317", message, hint, f"components.{name}")


def work_that_goes_on_has_a_status(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """A window that is moved after the work has ended needs a status, or all of it stays over."""
    updates = {update.id: update for update in incident.updates}
    for entry in told.entries:
        update = updates.get(entry.id)
        if (
            update is not None
            and update.retracted is None
            and update.status is None
            and update.scheduled is not None
            and update.scheduled.until > update.at
            and entry.status in CLOSED
        ):
            message = f"the work is {entry.status}: a new window alone does not begin it again"
            hint = "add `status: in_progress` and name the components again: they are operational"
            yield _warning(incident, update, "E318", message, hint, "scheduled")


def open_incidents_say_what_they_hit(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """While an incident is open, a component or an impact shows it on top of the page."""
    if not told.facts.open or incident.kind is Kind.MAINTENANCE or told.facts.components:
        return
    if all(update.impact is None for update in _counted(incident)):
        message = "nobody sees on the page what is affected"
        hint = "add `components: {<id>: <status>}`, or `impact:` where no component is hit"
        yield _warning(incident, incident.updates[0], "E319", message, hint)


def open_incidents_hit_what_is_on_the_page(
    incident: Incident, told: Timeline, known: Known
) -> Iterator[Problem]:
    """While an incident is open, the components that it hits have not retired."""
    if not told.facts.open or not known.retired:
        return
    for update in _counted(incident):
        for name, status in update.components.items():
            gone = known.retired.get(name)
            if status is not OPERATIONAL and gone is not None and gone <= update.at.date():
                message = f"{name} left the page on {gone}: nobody sees that it is in {status}"
                hint = "name a component that is on the page, or take out `retired` in the plan"
                yield _warning(incident, update, "E320", message, hint, f"components.{name}")


def first_updates_have_a_message(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """What opens an incident says in words what users notice."""
    first = incident.updates[0]
    if told.facts.open and not _COMMENT.sub("", first.body).strip():
        hint = "say below the second `---` what users notice, and what they can do"
        yield _warning(incident, first, "E321", "the update has no message", hint)


def no_impact_means_no_outage(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """While an incident is open, `impact: none` is not said of a component that fails."""
    if not told.facts.open:
        return
    state: dict[str, ComponentStatus] = {}
    changes = {entry.id: entry.changes for entry in told.entries}
    for update in _counted(incident):
        state.update({change.component: change.new for change in changes.get(update.id, ())})
        failing = [name for name, status in state.items() if status in _OUTAGES]
        if update.impact is Impact.NONE and failing:
            message = f"no impact is said while {failing[0]} is in {state[failing[0]]}"
            hint = "take out `impact`: it follows from the components; or say how they work now"
            yield _warning(incident, update, "E322", message, hint, "impact")


def windows_are_short(incident: Incident, told: Timeline, _known: Known) -> Iterator[Problem]:
    """Planned work that is not over takes a week at most."""
    if not told.facts.open:
        return
    for update in _counted(incident):
        window = update.scheduled
        if window is not None and window.until - window.start > LONGEST_WORK:
            days = (window.until - window.start).days
            message = f"the window is {days} days long: is the year right?"
            hint = "its components are shown as under maintenance until it ends"
            yield _warning(incident, update, "E324", message, hint, "scheduled")


RULES: Final[tuple[Rule, ...]] = (
    closed_incidents_leave_nothing_broken,
    work_that_goes_on_has_a_status,
    open_incidents_say_what_they_hit,
    open_incidents_hit_what_is_on_the_page,
    first_updates_have_a_message,
    no_impact_means_no_outage,
    windows_are_short,
    *workaround_rules.RULES,
    *since_rules.RULES,
)


def _counted(incident: Incident) -> list[Update]:
    """Return the updates that were not withdrawn."""
    return [update for update in incident.updates if update.retracted is None]


def _warning(
    incident: Incident, update: Update, code: str, message: str, hint: str, field: str = ""
) -> Problem:
    return problem_at(incident, update, code, message, hint, field, Level.WARNING)
