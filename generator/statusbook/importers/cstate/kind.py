"""An issue -> whether it tells of planned work, and what its severity means for components."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from statusbook.importers.cstate.issue import Issue, Severity
from statusbook.model.words import ComponentStatus, Kind

_PLANNED: Final = re.compile(
    r"(?<![a-z])(?:maintenances?|planned|scheduled|mantenimiento|programado|manutenzione|programmat[ao]"
    r"|wartung(?:sarbeiten|sfenster)?|geplante?r?|manuten[cç][aã]o)(?![a-z])",
    re.IGNORECASE,
)
_PERHAPS_PLANNED: Final = re.compile(
    r"(?<![a-z])(?:upgrades?|upgraded|upgrading|migrations?|migrated?|migrating|upcoming|brownouts?)(?![a-z])",
    re.IGNORECASE,
)
_UNPLANNED: Final = re.compile(
    r"unplanned|unscheduled|outage|fail|broken|problem|error|disrupt|incident|unavailable|degrad"
    r"|(?<![\w.])(?:down|slow|issues?)(?![\w.])",
    re.IGNORECASE,
)
_AHEAD: Final = timedelta(minutes=10)

_STATUSES: Final = {
    Severity.DOWN: ComponentStatus.MAJOR_OUTAGE,
    Severity.DISRUPTED: ComponentStatus.PARTIAL_OUTAGE,
}


def kind_of(issue: Issue, first_commit: datetime | None) -> Kind:
    """Decide whether an issue is planned work.

    It needs a window, so `date` and `resolvedWhen` must differ; an informational issue is none.
    It is planned if its title or its file's name says so (`maintenance`, `planned`), or hints so
    (`upgrade`, `migration`) and speaks of no fault; or if it is a `notice` that was committed
    before its date.
    """
    if issue.informational or issue.ends is None or issue.ends <= issue.date:
        return Kind.INCIDENT
    said = f"{issue.title} {issue.name}".replace("_", " ")
    hinted = _PERHAPS_PLANNED.search(said) and not _UNPLANNED.search(said)
    announced = (
        issue.severity is Severity.NOTICE
        and first_commit is not None
        and issue.date - first_commit > _AHEAD
    )
    planned = _PLANNED.search(said) or hinted or announced
    return Kind.MAINTENANCE if planned else Kind.INCIDENT


def component_status(severity: Severity | None, kind: Kind) -> ComponentStatus:
    """Return what the named components are while the issue is open.

    `disrupted` is a partial outage: cState shows it in orange and counts it against the system.
    Work that was said to bring systems down brings them down here too.
    """
    calm = (
        ComponentStatus.UNDER_MAINTENANCE
        if kind is Kind.MAINTENANCE
        else ComponentStatus.OPERATIONAL
    )
    return _STATUSES.get(severity, calm) if severity else calm
