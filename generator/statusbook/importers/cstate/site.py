"""A folder that holds a cState site -> everything in it as our records, each file accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from statusbook.importers.cstate.blocks import cut
from statusbook.importers.cstate.components import Systems
from statusbook.importers.cstate.config import PLACES, Site, read_site
from statusbook.importers.cstate.history import MOST, History, read_histories
from statusbook.importers.cstate.issue import Issue, Severity, read_issue
from statusbook.importers.cstate.kind import component_status, kind_of, with_window
from statusbook.importers.cstate.message import tidy
from statusbook.importers.cstate.story import Told, tell
from statusbook.importers.foreign import UnusableError, read_text, walk
from statusbook.importers.report import Account, Ending
from statusbook.importers.slug import incident_id
from statusbook.importers.write import Imported, ImportedIncident, ImportedUpdate
from statusbook.model.plan import StatusPage
from statusbook.model.words import CLOSED, IMPACT_OF, ComponentStatus, Impact, Kind
from statusbook.problems import StatusbookError

_EXAMPLE_HOST: Final = "status.example.com"


class _Found(NamedTuple):
    """An issue and what becomes of it."""

    issue: Issue
    kind: Kind
    told: list[Told]


def read_cstate(
    folder: Path, account: Account, now: datetime, *, with_history: bool = True
) -> Imported:
    """Read the site in `folder`: its configuration and all its issues.

    Args:
        folder: Holds config.yml, config.toml or hugo.toml, and content/; or only issue files.
        account: Takes an ending for every file.
        now: The moment, in UTC: work that lies ahead is announced by then.
        with_history: Whether git may tell when texts were published.

    Raises:
        StatusbookError: Neither a configuration nor an issue of cState is in it.
    """
    site = read_site(folder, account)
    files = _issue_files(folder, site, account)
    histories = _histories(folder, files) if with_history else {}
    found = [
        one
        for source, path in files.items()
        if (one := _read(path, source, site, histories.get(source), account, now)) is not None
    ]
    if not found and not site.known:
        raise StatusbookError(_nothing_in(folder, files, account))
    found.sort(key=lambda one: (one.told[0].at, one.issue.source))
    systems = Systems(site)
    taken: set[str] = set()
    incidents = [_imported(one, systems, taken, account) for one in found]
    first = found[0].told[0].at if found else now
    if gone := systems.gone():
        account.hint(f"retired components, named by issues only: {', '.join(gone)}")
    return Imported(_page(site, first, account), systems.groups(), systems.components(), incidents)


def _nothing_in(folder: Path, files: Mapping[str, Path], account: Account) -> str:
    """Say what a folder lacks; before it, what is wrong with an issue or a configuration there."""
    issues = [source for source in files if "/" in source]  # else they are any Markdown files
    faults = [
        f"left out: {remark}" for remark in account.left_out if remark.source in {*issues, *PLACES}
    ]
    nothing = (
        f"{folder}: no config.yml or hugo.toml with cState's params, and no issue below "
        "content/issues: is this a cState site?"
    )
    return "\n".join([*faults, nothing])


def _issue_files(folder: Path, site: Site, account: Account) -> dict[str, Path]:
    """Return the issue files by their paths; every other page of the site is left out, and told."""
    content = folder / "content"
    loose = not content.is_dir()
    found: dict[str, Path] = {}
    for path in walk(folder if loose else content):
        source = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in {".md", ".markdown"} or (loose and "/" in source):
            if not loose:
                account.saw(source)
                account.leave_out(source, "is no issue: only Markdown files are read")
        elif path.name == "_index.md":
            account.saw(source)
            account.leave_out(source, "is the head of a list, not an issue")
        elif not loose and "issues" not in Path(source).parts[:-1]:
            account.saw(source)
            account.leave_out(source, "is a page of the site, not an issue")
        elif other := _second_language(source, site):
            account.saw(source)
            account.leave_out(
                source, f"is in {other}: add it to its incident's updates as `<update>.{other}.md`"
            )
        else:
            account.saw(source)
            found[source] = path
    return found


def _second_language(source: str, site: Site) -> str | None:
    """Return the language of an issue that is not in the site's own; None for the main one."""
    for folder, language in site.languages.items():
        if source.startswith(f"{folder}/") and language != site.language:
            return language
    ending = Path(source).stem.rpartition(".")[2]
    return ending if ending in site.languages.values() and ending != site.language else None


def _histories(folder: Path, files: Mapping[str, Path]) -> Mapping[str, History]:
    return read_histories(folder, {Path(source).parent.as_posix() for source in files})


def _read(
    path: Path, source: str, site: Site, history: History | None, account: Account, now: datetime
) -> _Found | None:
    """Read one issue; None, told in the account, where it cannot become an incident."""
    try:
        foreign = read_text(path, MOST)
        for removed in foreign.removed:
            account.warn(source, f"{removed} was taken out")
        issue = read_issue(foreign.text, source, site.zone, account)
    except UnusableError as error:
        account.leave_out(source, str(error), error.line)
        return None
    message = tidy(issue.body, issue.body_line)
    for line, text in message.odd:
        account.warn(source, text, line)
    kind = kind_of(issue, history.first if history else None, now)
    if kind is Kind.MAINTENANCE:
        issue = with_window(issue, account)
    blocks = cut(message.text, issue.body_line, site.zone)
    told = tell(issue, kind, blocks, history, now)
    _warn_of_times(issue, kind, [block.at for block in blocks if block.at], account)
    return _Found(issue, kind, _until(now, told, source, account))


def _until(now: datetime, told: list[Told], source: str, account: Account) -> list[Told]:
    """Let no update lie ahead: a page tells what was, and windows what will be."""
    if any(one.at > now for one in told):
        account.warn(source, "an update is dated in the future: the time of this import is taken")
    return [one._replace(at=min(one.at, now)) for one in told]


def _warn_of_times(issue: Issue, kind: Kind, times: list[datetime], account: Account) -> None:
    if any(at < issue.date for at in times):
        account.warn(issue.source, "an update is before date")
    if issue.ends and any(at > issue.ends for at in times):
        account.warn(issue.source, "an update is after resolvedWhen")
    if issue.ends and not issue.resolved and kind is Kind.INCIDENT:
        account.warn(issue.source, "has resolvedWhen without `resolved: true`: it stays open")
    elif not issue.resolved and not issue.informational and issue.ends is None:
        account.warn(issue.source, "is not resolved: it stays open")


def _imported(
    found: _Found, systems: Systems, taken: set[str], account: Account
) -> ImportedIncident:
    issue, kind, told = found
    name = incident_id(issue.name, taken)
    taken.add(name)
    components = dict.fromkeys(
        systems.ids_of(issue, max(told[-1].at, issue.ends or issue.date), account),
        component_status(None if issue.informational else issue.severity, kind),
    )
    updates = [
        ImportedUpdate(
            f"{number}-{(one.status or 'update').replace('_', '-')}",
            dict(_fields(number, one, found, components)),
            one.text,
        )
        for number, one in enumerate(told, 1)
    ]
    ending = Ending.MAINTENANCE if kind is Kind.MAINTENANCE else Ending.INCIDENT
    return ImportedIncident(
        name,
        f"{told[0].at:%Y}",
        updates,
        issue.source,
        Ending.DRAFT if issue.draft else ending,
        _old_address(issue),
    )


def _fields(
    number: int, told: Told, found: _Found, components: dict[str, ComponentStatus]
) -> Iterator[tuple[str, object]]:
    """Yield the fields of an update in the order in which people write them."""
    issue, kind, _ = found
    if number == 1:
        yield "title", issue.title
    if told.status is not None:
        yield "status", told.status
    yield "at", told.at
    if number == 1 and kind is Kind.INCIDENT and issue.date < told.at:
        yield "started", issue.date
    over = number == 1 and told.status in CLOSED
    if number == 1 and kind is Kind.INCIDENT and (over or not components):
        yield "impact", _impact(issue)
    if number == 1 and kind is Kind.MAINTENANCE and issue.ends:
        yield "scheduled", {"from": issue.date, "until": issue.ends}
    if components and over:  # what begins as resolved leaves nothing broken
        yield "components", dict.fromkeys(components, ComponentStatus.OPERATIONAL)
    elif components and (number == 1 or told.reopens):
        yield "components", components


def _impact(issue: Issue) -> Impact:
    """Return what users noticed of an issue, where its components do not say it."""
    if issue.informational or issue.severity in {None, Severity.NOTICE}:
        return Impact.NONE
    return IMPACT_OF[component_status(issue.severity, Kind.INCIDENT)]


def _old_address(issue: Issue) -> str:
    if issue.address.startswith("/"):
        return issue.address
    slug = issue.address or "-".join(issue.name.lower().split())
    return f"/issues/{slug}/"


def _page(site: Site, first: datetime, account: Account) -> StatusPage:
    host = urlsplit(site.url).hostname
    if host is None:
        account.hint(f"plan/status-page.yml: write the page's address for {_EXAMPLE_HOST}")
    return StatusPage(
        title=site.title or host or "Status",
        url=site.url or f"https://{_EXAMPLE_HOST}",
        feed_id=f"tag:{host or _EXAMPLE_HOST},{first:%Y}:status",
        description=site.description,
        time_zone=site.zone_name,
        language=site.language,
        links=list(site.links),
    )
