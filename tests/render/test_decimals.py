"""Values of metrics have as many decimals as tell them apart, and none that was not measured."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from status_story import NOW, page, text
from test_charts import PAGE, facts_of, measured, metric, readings

from statusbook.derive.metrics import MetricFacts, metric_facts
from statusbook.model.words import Statistic
from statusbook.render.status.parts.scale import amount, decimals_of, differ
from statusbook.render.words import words_of

WORDS = words_of("en", "Etc/UTC")


def apart(*values: float, **fields: object) -> MetricFacts:
    """Return the facts of values of which each is alone in its part of the chart."""
    return metric_facts(metric(**fields), readings(*values, minutes=120), NOW, "Etc/UTC")


def written(facts: MetricFacts, *values: float) -> list[str]:
    decimals = decimals_of(facts)
    return [amount(WORDS, value, decimals, facts.metric.unit).split("\xa0")[0] for value in values]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((0.001, 0.002, 0.004), ["0.001", "0.002", "0.004"]),
        ((1000.0, 1000.2, 1000.4), ["1000.0", "1000.2", "1000.4"]),
        ((1e-9, 5e-9), ["0.000000001", "0.000000005"]),
        ((0, 3, 6), ["0", "3", "6"]),
        ((92, 310), ["92", "310"]),
        ((12.25, 45.5), ["12.2", "45.5"]),
        ((0.124, 0.31), ["0.124", "0.310"]),
        ((412.5, 12_500.25), ["412", "12,500"]),
        ((5.25, 5.25), ["5.25", "5.25"]),
        ((1_000_000.1, 1_000_000.2), ["1,000,000.1", "1,000,000.2"]),
    ],
)
def test_readings_are_told_apart(values: tuple[float, ...], shown: list[str]) -> None:
    assert written(apart(*values), *values) == shown


@pytest.mark.parametrize("statistic", [Statistic.SUM, Statistic.MIN, Statistic.MAX])
def test_whole_numbers_have_no_decimals(statistic: Statistic) -> None:
    facts = facts_of(-5, 2, 3, 7, statistic=statistic)
    assert written(facts, -5, 12) == ["\N{MINUS SIGN}5", "12"]


def test_averages_of_whole_numbers_have_as_many_as_tell_them_apart() -> None:
    near = [reading._replace(at=reading.at) for reading in readings(*[5, 5, 6] * 8, minutes=5)]
    facts = metric_facts(metric(), near, NOW, "Etc/UTC")
    values = {span.value for span in facts.day.spans if span.value is not None}
    assert len(set(written(facts, *values))) == len(values)


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [(99.95, 1, "99.9%"), (99.9999, 2, "99.99%"), (99.5, 0, "99%"), (100.0, 1, "100.0%")],
)
def test_what_is_below_all_is_never_shown_as_all(value: float, decimals: int, told: str) -> None:
    assert amount(WORDS, value, decimals, "%") == told


def test_availability_near_to_all_is_told_apart() -> None:
    assert written(apart(99.95, 99.97, 99.99, unit="%"), 99.95, 99.99) == ["99.95%", "99.99%"]


@given(
    st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 9)), min_size=2, max_size=6),
    st.sampled_from(Statistic),
    st.sampled_from(["ms", "%"]),
)
@example([99.6, 99.9999], Statistic.MEAN, "%")
@example([99.999999999, 100.0], Statistic.MAX, "%")
def test_the_lowest_and_the_highest_never_look_the_same(
    values: list[float], statistic: Statistic, unit: str
) -> None:
    facts = apart(*values, statistic=statistic, unit=unit)
    for series in (facts.day, facts.week, facts.quarter):
        shown = [span.value for span in series.spans if span.value is not None]
        low, high = min(shown), max(shown)
        one, other = written(facts, low, high)
        assert (one == other) == (not differ(low, high))


def test_the_plan_may_say_fewer() -> None:
    facts = facts_of(0.001, 0.004, decimals=1)
    assert written(facts, 0.004) == ["0.0"]
    told = text(page(measured(facts), PAGE))
    assert "Always about 0.0 ms." in told.replace("\xa0", " ")


def test_always_is_said_only_of_one_value() -> None:
    one = text(page(measured(facts_of(0.004, 0.004)), PAGE))
    assert "Always 0.004" in one.replace("\xa0", " ")
    late = readings(0.001, 0.004, newest=NOW - timedelta(minutes=15), minutes=60)
    two = text(page(measured(metric_facts(metric(), late, NOW, "Etc/UTC")), PAGE))
    assert "between 0.001 ms and 0.004 ms" in two.replace("\xa0", " ").replace("B", "b")
    assert "Always" not in two
