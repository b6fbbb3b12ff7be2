"""The states of the records -> the words and the look that a reader sees for them.

The words are in English; `Words.gettext` turns them into those of a page. A look is a class of the
style sheet and the name of a shape.
"""

from __future__ import annotations

from typing import Final

from statusbook.derive.facts import Entry, IncidentFacts
from statusbook.derive.overall import Answer
from statusbook.model.words import ComponentStatus, Impact, Kind, Status


def N_(message: str) -> str:  # noqa: N802 - the name that extractors of gettext look for
    """Mark words that are translated where they are shown."""
    return message


NO_DATA: Final = "no_data"
CALM: Final = "calm"

COMPONENT_LABELS: Final = {
    ComponentStatus.OPERATIONAL: N_("Operational"),
    ComponentStatus.UNDER_MAINTENANCE: N_("Under maintenance"),
    ComponentStatus.DEGRADED_PERFORMANCE: N_("Degraded performance"),
    ComponentStatus.PARTIAL_OUTAGE: N_("Partial outage"),
    ComponentStatus.MAJOR_OUTAGE: N_("Major outage"),
}

# No word for `none`: who reports what seems off need not read that it is nothing.
IMPACT_LABELS: Final = {
    Impact.MAINTENANCE: N_("Maintenance"),
    Impact.MINOR: N_("Minor impact"),
    Impact.MAJOR: N_("Major impact"),
    Impact.CRITICAL: N_("Critical impact"),
}

IMPACT_LOOKS: Final = {
    Impact.NONE: CALM,
    Impact.MAINTENANCE: str(ComponentStatus.UNDER_MAINTENANCE),
    Impact.MINOR: str(ComponentStatus.DEGRADED_PERFORMANCE),
    Impact.MAJOR: str(ComponentStatus.PARTIAL_OUTAGE),
    Impact.CRITICAL: str(ComponentStatus.MAJOR_OUTAGE),
}

STATUS_LABELS: Final = {
    Status.INVESTIGATING: N_("Investigating"),
    Status.IDENTIFIED: N_("Identified"),
    Status.MONITORING: N_("Monitoring"),
    Status.RESOLVED: N_("Resolved"),
    Status.POSTMORTEM: N_("Postmortem"),
    Status.SCHEDULED: N_("Scheduled"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.VERIFYING: N_("Verifying"),
    Status.COMPLETED: N_("Completed"),
    Status.CANCELLED: N_("Cancelled"),
}

KIND_LABELS: Final = {Kind.INCIDENT: N_("Incident"), Kind.MAINTENANCE: N_("Maintenance")}

# The descriptions of `derive.overall`.
OVERALL_LABELS: Final = (
    N_("All Systems Operational"),
    N_("Service Under Maintenance"),
    N_("Partially Degraded Service"),
    N_("Degraded System Service"),
    N_("Minor Service Outage"),
    N_("Partial System Outage"),
    N_("Major System Outage"),
)

# What the index says on top.
ANSWERS: Final = {
    Answer.WORKING: N_("Everything is working."),
    Answer.MAINTENANCE: N_("Planned maintenance is under way."),
    Answer.WATCHED: N_("A fix is in place, and we are watching it."),
    Answer.WORKED_ON: N_("We are working on a problem."),
    Answer.PARTLY_DEGRADED: N_("Parts of the service are slow or unreliable."),
    Answer.DEGRADED: N_("The whole service is slow or unreliable."),
    Answer.PARTLY_FAILING: N_("Parts of the service are failing."),
    Answer.FAILING: N_("The service works only in part."),
    Answer.PARTLY_DOWN: N_("Parts of the service are down."),
    Answer.DOWN: N_("The service is down."),
}
ANSWER_LOOKS: Final = {
    Answer.WORKING: str(ComponentStatus.OPERATIONAL),
    Answer.MAINTENANCE: str(ComponentStatus.UNDER_MAINTENANCE),
    Answer.WATCHED: CALM,
    Answer.WORKED_ON: str(ComponentStatus.DEGRADED_PERFORMANCE),
    Answer.PARTLY_DEGRADED: str(ComponentStatus.DEGRADED_PERFORMANCE),
    Answer.DEGRADED: str(ComponentStatus.DEGRADED_PERFORMANCE),
    Answer.PARTLY_FAILING: str(ComponentStatus.PARTIAL_OUTAGE),
    Answer.FAILING: str(ComponentStatus.PARTIAL_OUTAGE),
    Answer.PARTLY_DOWN: str(ComponentStatus.MAJOR_OUTAGE),
    Answer.DOWN: str(ComponentStatus.MAJOR_OUTAGE),
}

WORKAROUND: Final = N_("What you can do now")
WORKAROUND_ABOVE: Final = N_("What you can do now: see above")
WORKAROUND_ENDED: Final = N_("What we advised before no longer applies.")

AUTOMATIC_TEXTS: Final = {
    Status.IN_PROGRESS: N_("Started as planned."),
    Status.COMPLETED: N_("Ended as planned."),
}


def entry_label(entry: Entry) -> str:
    """Return the word above an update."""
    if entry.retracted is not None:
        return N_("Withdrawn")
    if entry.corrects is not None and entry.repeated:
        return N_("Correction")
    return N_("Update") if entry.repeated else STATUS_LABELS[entry.status]


def status_label(facts: IncidentFacts) -> str:
    """Return the word for how far an incident has come."""
    return N_("Withdrawn") if facts.withdrawn else STATUS_LABELS[facts.status]
