"""A book -> the view that renderers are given, and every problem; what is known is not redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from statusbook.check.incident_rules import (
    Known,
    check_incident,
    updates_are_not_from_the_future,
)
from statusbook.check.language_rules import check_languages
from statusbook.check.metric_rules import check_metrics, readings_lie_behind
from statusbook.check.plan_rules import (
    check_components,
    check_status_page,
    retirements_lie_behind,
)
from statusbook.check.story_rules import check_story
from statusbook.check.template_rules import check_templates
from statusbook.cli.measure import measure
from statusbook.derive.facts import IncidentFacts, Timeline
from statusbook.derive.site import site_facts
from statusbook.derive.timeline import fold
from statusbook.fingerprint import fingerprint
from statusbook.model.brand import without_contents
from statusbook.model.public import PublicSite, publish_incident, publish_site
from statusbook.problems import Problem, StatusbookError, errors
from statusbook.read import cache
from statusbook.read.book import Book, Kept, load_incident
from statusbook.read.catalogues import OWN_WORDS
from statusbook.read.outdated import outdated_translations
from statusbook.read.plan import COMPONENTS, STATUS_PAGE
from statusbook.render.page import page_key
from statusbook.render.view import View
from statusbook.workers import fork_map

_MANY = 1_000
_NEAR = 64
"""How many incidents stay unfolded, for the pages of one come one after the other."""


class Verdict(Struct, frozen=True, array_like=True):
    """What was found out about one incident: its facts at a moment, the problems of its records.

    `about` names what the verdict rests on: the incident's files and what rules know of the plan.
    `facts` is None for an incident of which nothing exists yet.
    """

    about: str
    facts: IncidentFacts | None
    latest: datetime
    problems: tuple[Problem, ...]


def judge(
    book: Book, now: datetime, clock: datetime, kept: Path | None, workers: int
) -> tuple[list[IncidentFacts], list[Problem]]:
    """Check all records and derive the facts of all incidents at `now`.

    Args:
        book: Where it has errors, what they speak of is left out.
        now: The moment for which facts are derived.
        clock: The moment after which nobody can have written an update.
        kept: Folder of the cache, None for none.
        workers: How many processes may work.
    """
    page, components = book.status_page, book.components
    known = _known(book)
    plan = page_key(repr(known))
    before = {old.about: old for old in cache.load(kept, "verdicts", list[Verdict]) or ()}
    verdicts = _verdicts(book, known, plan, now, before, workers)
    if len(before) != len(verdicts) or any(before.get(one.about) is not one for one in verdicts):
        cache.save(kept, "verdicts", verdicts)
    problems = [
        *book.problems,
        *(check_status_page(page) if page else ()),
        *_languages(book, whole=known.languages is not None),
        *check_components(components, whole=known.components is not None),
        *check_templates(book.templates),
        *check_metrics(book.metrics.metrics, known.components),
        *readings_lie_behind(book.metrics.files.values(), clock),
        *retirements_lie_behind(components, clock.date()),
        *(problem for verdict in verdicts for problem in verdict.problems),
    ]
    for incident, verdict in zip(book.incidents, verdicts, strict=True):
        if verdict.latest > clock:
            problems += updates_are_not_from_the_future(load_incident(book, incident), clock)
    return [verdict.facts for verdict in verdicts if verdict.facts is not None], problems


def view_of(
    book: Book, facts: Sequence[IncidentFacts], now: datetime, folder: Path | None = None
) -> View:
    """Make the view of a book without errors; `folder` is that of the cache, None for none."""
    if book.status_page is None:
        message = "plan/status-page.yml is missing"
        raise StatusbookError(message)
    site = publish_site(book.status_page, book.components, book.catalogues, brand=book.brand)
    kept = {incident.id: incident for incident in book.incidents}

    @lru_cache(maxsize=_NEAR)
    def told_by(incident_id: str) -> Timeline:
        incident = kept[incident_id]
        told = fold(publish_incident(load_incident(book, incident)), now, incident.digest)
        if told is None:
            message = f"{incident_id} has facts and no entries"
            raise RuntimeError(message)
        return told

    def timeline(of: IncidentFacts) -> Timeline:
        return told_by(of.id)

    shown = site_facts(site, facts, now, _births(book, facts))
    metrics = measure(book, book.status_page, now, folder)
    outdated = outdated_translations(book.root, folder) if site.languages else {}
    return View(site, shown, timeline, _site_key(site), metrics, outdated)


def _languages(book: Book, *, whole: bool) -> list[Problem]:
    page = book.status_page
    if page is None:
        return []
    metrics = book.metrics.metrics
    faulty = {problem.location.path for problem in errors(book.problems)}
    written = {one for one in page.languages if f"{OWN_WORDS}/{one}.po" in faulty}
    own = sorted(written.union(book.catalogues))
    return check_languages(page, book.components, metrics, own, whole=whole)


def _births(book: Book, facts: Sequence[IncidentFacts]) -> list[datetime]:
    """Return when the incidents begin that do not exist yet."""
    told = {one.id for one in facts}
    ahead = (load_incident(book, kept) for kept in book.incidents if kept.id not in told)
    return [incident.updates[0].at for incident in ahead if incident.updates]


def _known(book: Book) -> Known:
    """Say what rules may hold incidents to; nothing of a file that cannot be read."""
    page = book.status_page
    faulty = {problem.location.path for problem in errors(book.problems)}
    ids = tuple(component.id for component in book.components.components)
    return Known(
        ids if COMPONENTS not in faulty else None,
        (page.language, *page.languages) if page and STATUS_PAGE not in faulty else None,
        {one.id: one.retired for one in book.components.components if one.retired},
    )


def _site_key(site: PublicSite) -> str:
    """Name what pages show of the site: the bytes of pictures and style are in other files."""
    shown = replace(site, brand=without_contents(site.brand))
    return page_key(fingerprint(), msgspec.msgpack.encode(shown))


def _verdicts(
    book: Book,
    known: Known,
    plan: str,
    now: datetime,
    before: Mapping[str, Verdict],
    workers: int,
) -> list[Verdict]:
    """Judge the incidents that changed, or whose facts no longer hold."""
    verdicts = [
        _usable(before.get(f"{one.digest}/{plan}/{one.path}"), now) for one in book.incidents
    ]
    missing = [one for one, old in zip(book.incidents, verdicts, strict=True) if old is None]

    def judge_some(some: Sequence[Kept]) -> bytes:
        return msgspec.msgpack.encode([_judge(book, one, known, plan, now) for one in some])

    parts = fork_map(judge_some, missing, workers if len(missing) > _MANY else 1)
    found = (one for part in parts for one in msgspec.msgpack.decode(part, type=list[Verdict]))
    return [old or next(found) for old in verdicts]


def _usable(old: Verdict | None, now: datetime) -> Verdict | None:
    """Return an old verdict whose facts hold at `now`."""
    if old is None or old.facts is None or now < old.facts.holds_from:
        return None
    until = old.facts.holds_until
    return old if until is None or now < until else None


def _judge(book: Book, kept: Kept, known: Known, plan: str, now: datetime) -> Verdict:
    incident = load_incident(book, kept)
    about = f"{kept.digest}/{plan}/{kept.path}"
    if not incident.updates:  # none of its files could be read: the book's problems say so
        return Verdict(about, None, now, ())
    told = fold(publish_incident(incident), now, kept.digest)
    problems = check_incident(incident, known, whole=not errors(kept.problems))
    if told is not None and not errors((*kept.problems, *problems)):
        problems += check_story(incident, told, known)
    return Verdict(about, told.facts if told else None, incident.updates[-1].at, tuple(problems))
