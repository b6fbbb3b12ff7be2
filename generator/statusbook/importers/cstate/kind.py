"""An issue -> whether it tells of planned work, and what its severity means for components."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from statusbook.importers.cstate.issue import Issue, Severity
from statusbook.importers.report import Account
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
_WORK: Final = timedelta(hours=1)

_STATUSES: Final = {
    Severity.DOWN: ComponentStatus.MAJOR_OUTAGE,
    Severity.DISRUPTED: ComponentStatus.PARTIAL_OUTAGE,
}


def kind_of(issue: Issue, first_commit: datetime | None, now: datetime) -> Kind:
    """Decide whether an issue is planned work; an informational one is none.

    It is planned if its title or its file's name says so (`maintenance`, `planned`), or hints so
    (`upgrade`, `migration`) and speaks of no fault; or if it is a `notice` that was committed
    before its date. Where its end is not known, it must be a notice, resolved, or lie ahead: else
    something that is still broken would end by itself.
    """
    if issue.informational:
        return Kind.INCIDENT
    ahead = issue.date - min(first_commit or now, now) > _AHEAD
    notice = issue.severity is Severity.NOTICE
    if _has_no_window(issue) and not (notice or issue.resolved or issue.date > now):
        return Kind.INCIDENT
    said = f"{issue.title} {issue.name}".replace("_", " ")
    hinted = _PERHAPS_PLANNED.search(said) and not _UNPLANNED.search(said)
    planned = _PLANNED.search(said) or hinted or (notice and ahead)
    return Kind.MAINTENANCE if planned else Kind.INCIDENT


def with_window(issue: Issue, account: Account) -> Issue:
    """Give planned work an end where none is known: an hour, which is told."""
    if not _has_no_window(issue):
        return issue
    account.warn(issue.source, "nothing says when the work ends: an hour is taken")
    return issue._replace(ends=issue.date + _WORK)


def _has_no_window(issue: Issue) -> bool:
    return issue.ends is None or issue.ends <= issue.date


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
