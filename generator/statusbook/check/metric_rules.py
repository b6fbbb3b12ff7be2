"""The plan's metrics -> what does not hold among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from statusbook.check.plan_rules import INVISIBLE, MAX_ID, is_id
from statusbook.model.plan import Metric
from statusbook.problems import Level, Location, Problem, did_you_mean
from statusbook.read.metrics import ReadingsFile, is_readings_file
from statusbook.read.plan import METRICS

MAX_UNIT: Final = 12
MAX_DECIMALS: Final = 6


def check_metrics(metrics: Sequence[Metric], components: Collection[str] | None) -> list[Problem]:
    """Return everything in plan/metrics.yml that breaks a rule.

    Args:
        metrics: Those that could be read.
        components: The ids of all components, None where they are not known.
    """
    found = [
        *ids_are_short_words_and_stand_once(metrics),
        *readings_lie_below_metrics(metrics),
        *names_and_units_can_be_read(metrics),
        *decimals_are_few(metrics),
    ]
    if components is not None:
        found += measured_components_exist(metrics, components)
    return found


def readings_lie_behind(files: Iterable[ReadingsFile], clock: datetime) -> Iterator[Problem]:
    """No reading is later than the clock, give or take a day."""
    for file in files:
        if file.newest > (clock + timedelta(days=1)).timestamp():
            newest = datetime.fromtimestamp(file.newest, UTC)
            message = f"the newest reading is of {newest:%Y-%m-%dT%H:%MZ}, which is still to come"
            hint = "see that the clock of what writes it is right; it is not shown until then"
            yield Problem(Location(file.path, 1), "E509", message, hint, Level.WARNING)


def ids_are_short_words_and_stand_once(metrics: Sequence[Metric]) -> Iterator[Problem]:
    """Ids are lower-case words joined by `-`, and no two metrics have one."""
    first: dict[str, Metric] = {}
    for metric in metrics:
        other = first.setdefault(metric.id, metric)
        if not is_id(metric.id):
            hint = f"use a-z, 0-9 and single -, as in response-time; at most {MAX_ID} characters"
            yield _problem(metric, "E405", f'"{metric.id}" cannot be an id', hint)
        elif other is not metric:
            message = f'the metric "{metric.id}" stands twice, here and on line {other.line}'
            yield _problem(metric, "E406", message, "rename one of them")


def readings_lie_below_metrics(metrics: Sequence[Metric]) -> Iterator[Problem]:
    """`file` is a CSV or JSON file below `metrics/`, named so that it stays there."""
    for metric in metrics:
        if not is_readings_file(metric.file):
            hint = "write a path as metrics/response-time.csv, of letters, digits, -, _ and ."
            message = f'"{metric.file}" is not a file of readings'
            yield _problem(metric, "E501", message, hint)


def names_and_units_can_be_read(metrics: Sequence[Metric]) -> Iterator[Problem]:
    """Name and unit are one line without invisible characters, and the unit is short."""
    for metric in metrics:
        if INVISIBLE.search(metric.name) or INVISIBLE.search(metric.unit):
            message = f'a character that cannot be seen, a tab or a second line (in "{metric.id}")'
            yield _problem(metric, "E410", message, "type name and unit anew, on one line")
        if len(metric.unit) > MAX_UNIT:
            hint = f"write it short, as ms, % or /s: at most {MAX_UNIT} characters"
            yield _problem(metric, "E507", f'"{metric.unit}" is too long for a unit', hint)


def decimals_are_few(metrics: Sequence[Metric]) -> Iterator[Problem]:
    """No more decimals are shown than anybody reads."""
    for metric in metrics:
        if metric.decimals is not None and metric.decimals > MAX_DECIMALS:
            message = f"{metric.decimals} decimals are more than anybody reads"
            yield _problem(metric, "E508", message, f"write at most {MAX_DECIMALS}")


def measured_components_exist(
    metrics: Sequence[Metric], components: Collection[str]
) -> Iterator[Problem]:
    """The component that a metric names is listed."""
    for metric in metrics:
        if metric.component is not None and metric.component not in components:
            hint = did_you_mean(metric.component, components) or "list it in plan/components.yml"
            message = f'"{metric.component}" is not a component (in "{metric.id}")'
            yield _problem(metric, "E306", message, hint)


def _problem(metric: Metric, code: str, message: str, hint: str) -> Problem:
    return Problem(Location(METRICS, metric.line), code, message, hint)
