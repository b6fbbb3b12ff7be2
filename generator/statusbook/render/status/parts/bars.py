"""The last 90 days of a component -> a bar for each day, with a text for each, and a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.facts import ComponentFacts, Day
from statusbook.derive.uptime import WEIGHT
from statusbook.model.words import ComponentStatus
from statusbook.render.status.parts.labels import COMPONENT_LABELS, N_, NO_DATA
from statusbook.render.words import Words

STEP = 4
"""Width of a day and of the gap after it."""
HEIGHT = 32
LOW = 20
"""Height of bars without any trouble: they need no room for higher ones."""

# Steps that a reader tells apart without colour: what is worse stands out of the calm days.
_HEIGHTS = {
    None: 6,
    ComponentStatus.OPERATIONAL: 20,
    ComponentStatus.UNDER_MAINTENANCE: 23,
    ComponentStatus.DEGRADED_PERFORMANCE: 26,
    ComponentStatus.PARTIAL_OUTAGE: 29,
    ComponentStatus.MAJOR_OUTAGE: 32,
}


class Run(Struct, frozen=True):
    """Bars of one height and colour, drawn as one dashed line; `text` tells them.

    A day on which something went on is a run of its own. All quiet days are one, and so are all
    without data: a page of forty components has thousands of bars.
    """

    look: str
    line: str
    height: int
    text: str


class Bars(Struct, frozen=True):
    """The bars of a component; `label` tells in short what they show."""

    is_calm: bool
    top: int
    width: int
    height: int
    label: str
    runs: tuple[Run, ...]
    days: str


class Stretch(Struct, frozen=True):
    """Days that one text tells: quiet ones together, each other one alone."""

    days: tuple[Day, ...]
    text: str

    @property
    def status(self) -> ComponentStatus | None:
        """The worst status of each of the days; None where nothing was recorded."""
        return self.days[0].status

    @property
    def is_quiet(self) -> bool:
        """Whether nothing went on in these days."""
        return self.status in (None, ComponentStatus.OPERATIONAL)


def stretches(words: Words, facts: ComponentFacts) -> Iterator[Stretch]:
    """Cut a component's days into those that are told together, in their order."""
    for status, group in groupby(settled_days(facts), key=lambda day: day.status):
        if status in (None, ComponentStatus.OPERATIONAL):
            yield Stretch(tuple(group), words.gettext(_label(status)))
            continue
        for day in group:
            yield Stretch((day,), day_text(words, day))


def settled_days(facts: ComponentFacts) -> tuple[Day, ...]:
    """Return the days of a component without what grows by the minute.

    While something is going on, the last day does not say how long: a page is not rendered again
    each minute, and would soon be wrong.
    """
    if not facts.incidents or not facts.days:
        return facts.days
    today = facts.days[-1]
    return (*facts.days[:-1], replace(today, seconds=dict.fromkeys(today.seconds, 0)))


def day_text(words: Words, day: Day) -> str:
    """Tell how bad a day was, the worst first: `Partial outage, 14 minutes`."""
    parts = []
    for status, seconds in reversed(day.seconds.items()):
        label = words.gettext(COMPONENT_LABELS[status])
        lasted = words.duration(timedelta(seconds=seconds))
        parts.append(f"{label}, {lasted}" if seconds else label)
    return "; ".join(parts) or words.gettext(_label(day.status))


def bars(words: Words, facts: ComponentFacts) -> Bars:
    """Draw the days of a component."""
    told = list(stretches(words, facts))
    runs = []
    quiet: dict[ComponentStatus | None, list[str]] = defaultdict(list)
    position = 0
    for stretch in told:
        end = position + len(stretch.days) * STEP
        height = _HEIGHTS[stretch.status]
        line = f"M{position} {HEIGHT - height / 2:g}H{end}"
        position = end
        if stretch.is_quiet:
            quiet[stretch.status].append(line)
        else:
            text = f"{words.days(stretch.days[0].day, stretch.days[-1].day)}: {stretch.text}"
            runs.append(Run(look(stretch.status), line, height, text))
    runs += [
        Run(look(status), "".join(lines), _HEIGHTS[status], words.gettext(_label(status)))
        for status, lines in quiet.items()
    ]
    is_calm = all(stretch.is_quiet for stretch in told)
    height = LOW if is_calm else HEIGHT
    return Bars(
        is_calm=is_calm,
        top=HEIGHT - height,
        width=position - 1,
        height=height,
        label=_told(words, told),
        runs=tuple(runs),
        days=words.ngettext("{n} day ago", "{n} days ago", len(facts.days)),
    )


def hundredths(share: float | None) -> int | None:
    """Return a share in hundredths of a per cent, never rounded up: 100 % means no second down."""
    return None if share is None else int(share * 10000 + 1e-6)


def uptime_text(words: Words, facts: ComponentFacts) -> str:
    """Print the uptime, with the day since which it counts where that is not 90 days."""
    share = hundredths(facts.uptime)
    if facts.recorded_from is None:
        return words.gettext("No data yet")
    if share is None:
        return words.gettext("No uptime figure yet")
    percent = words.percent(share)
    begin = words.local(facts.recorded_from).date()
    if facts.days and begin > facts.days[0].day:
        text = words.gettext("{percent} uptime since {day}")
        return text.replace("{percent}", percent).replace("{day}", words.day(begin))
    return words.gettext("{percent} uptime").replace("{percent}", percent)


def uptime_rule(words: Words) -> str:
    """Tell how uptime is counted."""
    rule = words.gettext(
        "Uptime of the last 90 days: a major outage counts in full, a partial outage for {share} of"
        " its time. Time in degraded performance or under maintenance does not lower it. Days"
        " without data are left out."
    )
    weight = round(WEIGHT[ComponentStatus.PARTIAL_OUTAGE] * 10000)
    return rule.replace("{share}", words.percent(weight))


def look(status: ComponentStatus | None) -> str:
    """Return the class and shape of a status."""
    return NO_DATA if status is None else str(status)


def _label(status: ComponentStatus | None) -> str:
    return N_("No data") if status is None else COMPONENT_LABELS[status]


def _told(words: Words, told: list[Stretch]) -> str:
    """Tell how many days were not quiet: the table tells which."""
    days = sum(len(stretch.days) for stretch in told)
    begin = words.ngettext("The last {n} day", "The last {n} days", days)
    loud = [stretch.status for stretch in told if not stretch.is_quiet]
    planned = loud.count(ComponentStatus.UNDER_MAINTENANCE)
    parts = []
    if n := len(loud) - planned:
        parts.append(words.ngettext("{n} day with trouble", "{n} days with trouble", n))
    if planned:
        parts.append(
            words.ngettext("{n} day with maintenance", "{n} days with maintenance", planned)
        )
    return f"{begin}: {', '.join(parts or dict.fromkeys(stretch.text for stretch in told))}"
