"""Readings become spans: nothing is lost, nothing is invented, and days follow the page's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusbook.derive.metrics import MetricFacts, Series, metric_facts
from statusbook.model.public import PublicMetric
from statusbook.model.reading import Reading
from statusbook.model.words import Statistic

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
ZONES = ("Etc/UTC", "Europe/Warsaw", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")


def metric(statistic: Statistic = Statistic.MEAN) -> PublicMetric:
    return PublicMetric("slow", "Slow", "ms", None, None, statistic, None, showcase=True)


def each(minutes: int, count: int, until: datetime = NOW) -> list[Reading]:
    """Return readings at even distances, 1, 2, 3 …, the last one at `until`."""
    first = until - timedelta(minutes=minutes * (count - 1))
    moments = (first + timedelta(minutes=minutes * n) for n in range(count))
    return [Reading(at.timestamp(), n) for n, at in enumerate(moments, 1)]


def facts_of(readings: list[Reading], zone: str = "Etc/UTC", now: datetime = NOW) -> MetricFacts:
    return metric_facts(metric(), readings, now, zone)


def known(series: Series) -> list[float]:
    return [span.value for span in series.spans if span.value is not None]


readings = st.lists(
    st.builds(
        Reading,
        st.floats(NOW.timestamp() - 100 * 86400, NOW.timestamp() + 3600),
        st.floats(-1e15, 1e15),
    ),
    max_size=60,
    unique_by=lambda reading: reading.at,
).map(sorted)


@given(readings, st.sampled_from(ZONES), st.sampled_from(Statistic))
def test_spans_follow_each_other_and_hold_what_was_read(
    given_readings: list[Reading], zone: str, statistic: Statistic
) -> None:
    facts = metric_facts(metric(statistic), given_readings, NOW, zone)
    past = [one for one in given_readings if one.at <= NOW.timestamp()]
    if not past:
        assert facts.at is None
        assert facts.day.spans == facts.week.spans == facts.quarter.spans == ()
        return
    assert facts.latest == past[-1].value
    for series in (facts.day, facts.week, facts.quarter):
        spans = series.spans
        assert all(one.end == other.start for one, other in pairwise(spans))
        assert spans[0].start <= past[-1].at < spans[-1].end
        assert spans[-1].value is not None
        for span in spans:
            inside = [one.value for one in past if span.start <= one.at < span.end]
            if not inside:
                assert (span.value, span.lowest, span.average, span.highest) == (None,) * 4
                continue
            assert (span.lowest, span.highest) == (min(inside), max(inside))
            assert span.average is not None
            assert min(inside) <= span.average <= max(inside)


@given(readings, st.sampled_from(ZONES))
def test_what_comes_after_now_changes_nothing_but_until_when_it_holds(
    given_readings: list[Reading], zone: str
) -> None:
    facts = facts_of(given_readings, zone)
    past = [one for one in given_readings if one.at <= NOW.timestamp()]
    alone = facts_of(past, zone)
    ahead = given_readings[len(past) :]
    assert (facts.at, facts.day, facts.week, facts.quarter) == (
        alone.at,
        alone.day,
        alone.week,
        alone.quarter,
    )
    assert (facts.holds_until is None) == (not ahead)
    assert alone == facts_of(past, zone, NOW + timedelta(days=30))


@given(readings, st.sampled_from(ZONES))
def test_there_are_always_ninety_days(given_readings: list[Reading], zone: str) -> None:
    facts = facts_of(given_readings, zone)
    lengths = [(span.end - span.start) / 3600 for span in facts.quarter.spans]
    assert len(lengths) in {0, 90}
    assert set(lengths) <= {23, 23.5, 24, 24.5, 25}


def test_days_are_those_of_the_zone_and_may_have_25_hours() -> None:
    lengths = [
        span.end - span.start for span in facts_of(each(60, 9), "Europe/Warsaw").quarter.spans
    ]
    assert lengths.count(25 * 3600) == 1
    assert lengths.count(24 * 3600) == 89
    last = facts_of(each(60, 9), "Europe/Warsaw").quarter.spans[-1]
    assert datetime.fromtimestamp(last.start, UTC) == datetime(2026, 11, 20, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "width"), [(1, 15), (10, 15), (15, 15), (20, 30), (60, 60), (180, 60)]
)
def test_spans_of_a_day_are_as_long_as_readings_are_apart(minutes: int, width: int) -> None:
    day = facts_of(each(minutes, 400)).day
    assert {span.end - span.start for span in day.spans} == {width * 60}
    assert len(day.spans) == 24 * 60 // width


def test_statistics_make_one_value_of_many() -> None:
    series = [Reading(NOW.timestamp() - n, value) for n, value in enumerate((1.0, 2.0, 6.0))][::-1]
    values = {
        statistic: known(metric_facts(metric(statistic), series, NOW, "Etc/UTC").day)
        for statistic in Statistic
    }
    assert values == {
        Statistic.MEAN: [3.0],
        Statistic.MAX: [6.0],
        Statistic.MIN: [1.0],
        Statistic.SUM: [9.0],
    }


def test_what_is_older_than_the_window_is_left_out() -> None:
    old = Reading((NOW - timedelta(days=91)).timestamp(), 1000.0)
    facts = facts_of([old, *each(60, 24 * 30)])
    assert 1000.0 not in known(facts.quarter)
    assert len(known(facts.quarter)) == 31
    assert len(known(facts.day)) == 24
