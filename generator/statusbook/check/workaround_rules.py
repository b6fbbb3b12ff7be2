"""An incident and its story -> the workarounds in it that readers would miss, or misread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from statusbook.check.incident_rules import Known, problem_at
from statusbook.derive.facts import Timeline
from statusbook.model.incident import Incident
from statusbook.model.words import CLOSED
from statusbook.problems import Level, Location, Problem


def translated_workarounds_have_an_original(
    incident: Incident, _told: Timeline, _known: Known
) -> Iterator[Problem]:
    """A translation tells a workaround only where its update does."""
    for update in incident.updates:
        for language, translation in update.translations.items():
            if translation.workaround and not update.workaround:
                place = Location(f"{incident.path}/{update.id}.{language}.md", 2)
                message = "the update itself has no workaround: nobody sees this one"
                hint = f"write `workaround:` in {update.id}.md too, or delete it here"
                yield Problem(place, "E325", message, hint, Level.WARNING)


def workarounds_are_for_what_goes_on(
    incident: Incident, told: Timeline, _known: Known
) -> Iterator[Problem]:
    """No update tells a workaround when it is over."""
    updates = {update.id: update for update in incident.updates}
    for entry in told.entries:
        if entry.workaround and entry.status in CLOSED and entry.retracted is None:
            message = f"the {incident.kind} is over: this workaround is not shown on top"
            hint = "say in the message what people still have to do"
            yield problem_at(
                incident, updates[entry.id], "E326", message, hint, _FIELD, Level.WARNING
            )


def workarounds_end_once(incident: Incident, told: Timeline, _known: Known) -> Iterator[Problem]:
    """A workaround ends only where there is one; the end of the incident ended it too."""
    updates = {update.id: update for update in incident.updates}
    stands = False
    for entry in told.entries:
        # what was withdrawn later did stand then
        if entry.workaround == "" and not stands and entry.retracted is None:
            message = "no workaround is in force that could end here"
            hint = "delete the line; or is the time wrong? Updates are told in the order of `at`"
            yield problem_at(
                incident, updates[entry.id], "E327", message, hint, _FIELD, Level.WARNING
            )
        if entry.workaround is not None:
            stands = entry.workaround != ""
        stands = stands and entry.status not in CLOSED


_FIELD: Final = "workaround"
RULES: Final = (
    translated_workarounds_have_an_original,
    workarounds_are_for_what_goes_on,
    workarounds_end_once,
)
