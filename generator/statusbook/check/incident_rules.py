"""An incident and the plan -> what does not hold in the incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from statusbook.model.incident import Incident, Update
from statusbook.model.words import CLOSED, INCIDENT_STATUSES, MAINTENANCE_STATUSES, Impact, Kind
from statusbook.problems import Level, Location, Problem, did_you_mean
from statusbook.read.names import update_order

AHEAD: Final = timedelta(minutes=10)
"""How far an update may lie ahead of the clock: what is more is a mistyped time."""

MAX_TITLE: Final = 300


class Known(NamedTuple):
    """What the rules need to know of the plan; None where it cannot be read, which was said before.

    `components` are their ids, `languages` those of the page, its own first; `retired` says when
    components left the page.
    """

    components: tuple[str, ...] | None
    languages: tuple[str, ...] | None
    retired: Mapping[str, date]


Rule = Callable[[Incident, Known], Iterator[Problem]]


def check_incident(incident: Incident, known: Known, *, whole: bool = True) -> list[Problem]:
    """Return everything in one incident that breaks a rule.

    Args:
        incident: The updates that could be read.
        known: What the plan says.
        whole: Whether these are all; else rules about what comes before or after say nothing.
    """
    rules = (*UPDATE_RULES, *STORY_RULES) if whole else UPDATE_RULES
    return [problem for rule in rules for problem in rule(incident, known)]


def the_first_update_says_what_and_how(incident: Incident, _known: Known) -> Iterator[Problem]:
    """The first update has a title and a status."""
    first = incident.updates[0]
    if first.title is None:
        hint = "add a line `title: …`: what users notice, in one line"
        titled = [update.id for update in incident.updates if update.title is not None]
        if titled:
            hint = f"or is its time wrong? {titled[0]} has a title, and its `at` is later"
        yield problem_at(incident, first, "E301", "the first update has no title", hint)
    if first.status is None:
        hint = "add a line `status: investigating`, or `scheduled` for planned work"
        yield problem_at(incident, first, "E302", "the first update has no status", hint)


def statuses_fit_the_kind(incident: Incident, _known: Known) -> Iterator[Problem]:
    """An incident has statuses of incidents, a maintenance those of maintenances."""
    fitting = MAINTENANCE_STATUSES if incident.kind is Kind.MAINTENANCE else INCIDENT_STATUSES
    for update in incident.updates:
        if update.status is not None and update.status not in fitting:
            message = f'"{update.status}" does not fit {_article(incident.kind)} {incident.kind}'
            hint = "write one of: " + ", ".join(fitting)
            yield problem_at(incident, update, "E303", message, hint, "status")


def incidents_are_no_planned_work(incident: Incident, _known: Known) -> Iterator[Problem]:
    """The impact `maintenance` is for maintenances."""
    if incident.kind is Kind.MAINTENANCE:
        return
    for update in incident.updates:
        if update.impact is Impact.MAINTENANCE:
            hint = (
                "write minor, major, critical or none; planned work begins with `status: scheduled`"
            )
            message = "the impact `maintenance` is for planned work"
            yield problem_at(incident, update, "E323", message, hint, "impact")


def a_maintenance_has_a_window(incident: Incident, _known: Known) -> Iterator[Problem]:
    """A maintenance, and nothing else, says from when until when."""
    for update in incident.updates:
        if update.scheduled is not None and incident.kind is Kind.INCIDENT:
            hint = "planned work begins with `status: scheduled`; when users were hit is `started`"
            message = "an incident has no window"
            yield problem_at(incident, update, "E316", message, hint, "scheduled")
    first = incident.updates[0]
    if incident.kind is Kind.MAINTENANCE and first.scheduled is None:
        hint = "add `scheduled: {from: …, until: …}`"
        yield problem_at(incident, first, "E305", "a maintenance without a window", hint)


def windows_end_after_they_begin(incident: Incident, _known: Known) -> Iterator[Problem]:
    """The end of a window comes after its beginning."""
    for update in incident.updates:
        window = update.scheduled
        if window is not None and window.until <= window.start:
            hint = "`until` must come after `from`"
            yield problem_at(
                incident, update, "E304", "the window ends before it begins", hint, "scheduled"
            )


def components_are_in_the_plan(incident: Incident, known: Known) -> Iterator[Problem]:
    """Every component that an update names is in plan/components.yml, retired ones included."""
    if known.components is None:
        return
    for update in incident.updates:
        for name in update.components:
            if name not in known.components:
                hint = did_you_mean(name, known.components)
                hint += "; one that is gone stays in plan/components.yml with `retired: <day>`"
                message = f'"{name}" is not a component of plan/components.yml'
                yield problem_at(
                    incident, update, "E306", message, hint.lstrip("; "), f"components.{name}"
                )


def corrections_point_back(incident: Incident, _known: Known) -> Iterator[Problem]:
    """`corrects` names an update of the same incident that came before."""
    earlier: list[str] = []
    for update in incident.updates:
        if update.corrects is not None and update.corrects not in earlier:
            message = f'"{update.corrects}" is not an earlier update of this incident'
            hint = did_you_mean(update.corrects, earlier) or "it is the first: delete the line"
            yield problem_at(incident, update, "E307", message, hint, "corrects")
        earlier.append(update.id)


def promises_lie_ahead(incident: Incident, _known: Known) -> Iterator[Problem]:
    """The promised next update comes after the update that promises it."""
    for update in incident.updates:
        if update.next_update is not None and update.next_update <= update.at:
            hint = "write a span (`30m`) or a time after `at`"
            message = "the next update is promised for a time before this one"
            yield problem_at(incident, update, "E308", message, hint, "next_update")


def incidents_start_before_they_are_told(incident: Incident, _known: Known) -> Iterator[Problem]:
    """`started` and `since` are not after the update that says so."""
    for update in incident.updates:
        if update.since is not None and update.since > update.at:
            hint = "`since` is when this became true; `at` is when you wrote"
            yield problem_at(incident, update, "E309", "`since` lies after `at`", hint, "since")
        if update.started is not None and update.started > update.at:
            hint = "`started` is when users were first hit; `at` is when you wrote"
            yield problem_at(incident, update, "E309", "`started` lies after `at`", hint, "started")


def stories_begin_open(incident: Incident, _known: Known) -> Iterator[Problem]:
    """An incident is not resolved before it began, by the times and by the names of its updates."""
    first = incident.updates[0]
    if first.status not in CLOSED:
        return
    for update in incident.updates[1:]:
        is_open = update.status is not None and update.status not in CLOSED
        if is_open and update_order(update.id) < update_order(first.id):
            hint = f"check `at` here and in {update.id}: updates are told in the order of time"
            message = f"the first update in time is already {first.status}"
            yield problem_at(incident, first, "E310", message, hint, "at")
            return


def closed_incidents_stay_closed(incident: Incident, _known: Known) -> Iterator[Problem]:
    """A closed incident that goes on is shown as reopened: is it not a new one?"""
    status = None
    for update in incident.updates:
        if update.retracted is not None or update.status is None:
            continue
        if status in CLOSED and update.status not in CLOSED:
            hint = "right if it is the same fault, else write a new incident; name the components"
            hint += " again, they are operational since it was closed"
            message = "the incident was closed before: this reopens it"
            yield problem_at(incident, update, "E311", message, hint, "status", Level.WARNING)
        status = update.status


def titles_are_one_short_line(incident: Incident, _known: Known) -> Iterator[Problem]:
    """A title is one line of at most 300 characters in one alphabet a word."""
    for update in incident.updates:
        yield from _title(incident, update, update.title, update.lines.get("title", 1))
        for language, told in update.translations.items():
            yield from _title(incident, update, told.title, 2, f".{language}")


def _title(
    incident: Incident, update: Update, title: str | None, line: int, language: str = ""
) -> Iterator[Problem]:
    if title is None:
        return
    place = Location(f"{incident.path}/{update.id}{language}.md", line)
    if "\n" in title or "\t" in title:
        hint = "put it on one line; details belong into the message"
        yield Problem(place, "E312", "the title has several lines or tabs", hint)
    if len(title) > MAX_TITLE:
        hint = "say what users notice; details belong into the message"
        yield Problem(place, "E312", f"the title is longer than {MAX_TITLE} characters", hint)
    for word in title.split():
        if mixes_alphabets(word):
            hint = "look-alike letters deceive readers and cannot be found by search"
            message = f'"{word}" mixes letters of several alphabets'
            yield Problem(place, "E313", message, hint, Level.WARNING)


def mixes_alphabets(word: str) -> bool:
    """Whether a word holds Latin next to Greek or Cyrillic letters."""
    if word.isascii():
        return False
    ranges = {
        next((n for n, top in enumerate((0x24F, 0x36F, 0x3FF, 0x52F)) if ord(letter) <= top), 9)
        for letter in word
        if letter.isalpha()
    }
    return len(ranges & {0, 2, 3}) > 1


def translations_have_a_page(incident: Incident, known: Known) -> Iterator[Problem]:
    """The language of a translation is one that the page has, and not its own."""
    if known.languages is None:
        return
    for update in incident.updates:
        for language in update.translations:
            if language in known.languages[1:]:
                continue
            message = f'the page has no language "{language}": nobody sees this'
            hint = "add it to `languages` in plan/status-page.yml, or delete the file"
            if language == known.languages[0]:
                message = f'"{language}" is the language of the update itself: nobody sees this'
                hint = f"write it into {update.id}.md, and delete this file"
            place = Location(f"{incident.path}/{update.id}.{language}.md")
            yield Problem(place, "E314", message, hint, Level.WARNING)


UPDATE_RULES: Final[tuple[Rule, ...]] = (
    windows_end_after_they_begin,
    components_are_in_the_plan,
    promises_lie_ahead,
    incidents_start_before_they_are_told,
    titles_are_one_short_line,
    translations_have_a_page,
)
STORY_RULES: Final[tuple[Rule, ...]] = (
    the_first_update_says_what_and_how,
    statuses_fit_the_kind,
    incidents_are_no_planned_work,
    a_maintenance_has_a_window,
    corrections_point_back,
    stories_begin_open,
    closed_incidents_stay_closed,
)


def updates_are_not_from_the_future(incident: Incident, clock: datetime) -> Iterator[Problem]:
    """No update lies more than ten minutes ahead of the clock; windows may."""
    for update in incident.updates:
        if update.at > clock + AHEAD:
            ahead = update.at.strftime("%Y-%m-%d %H:%M UTC")
            hint = "`at` is when you post; planned work has a window: `scheduled: {from, until}`"
            yield problem_at(
                incident, update, "E315", f"the update lies in the future ({ahead})", hint, "at"
            )


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def problem_at(
    incident: Incident,
    update: Update,
    code: str,
    message: str,
    hint: str,
    field: str = "",
    level: Level = Level.ERROR,
) -> Problem:
    """Make a problem at a field of an update; its first line where the field is not written."""
    line = update.lines.get(field, 1)
    return Problem(Location(f"{incident.path}/{update.id}.md", line), code, message, hint, level)
