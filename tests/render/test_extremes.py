"""What a chart says in words is true of the readings behind it, whatever its points are made of."""

from __future__ import annotations

import pytest
from test_charts import facts_of

from statusbook.derive.metrics import MetricFacts
from statusbook.model.words import Statistic
from statusbook.render.status.parts.extremes import told_of, told_shortly
from statusbook.render.status.parts.figures import writer
from statusbook.render.status.parts.pieces import Phrase
from statusbook.render.words import words_of

WORDS = words_of("en", "Etc/UTC")
READINGS = (75, 125, 100, *[110] * 120, 1351, 1, 2)
"""Every 15 minutes up to 14:35: some of today, the others of the day before."""
FROM = "highest from 21 Nov 2026, 12:00 UTC"


def words(phrase: Phrase) -> str:
    return "".join(piece.text for piece in phrase.pieces).replace("\u00a0", " ")


def told(facts: MetricFacts, name: str) -> str:
    series = {"day": facts.day, "week": facts.week, "quarter": facts.quarter}[name]
    statistic = facts.metric.statistic
    is_days = name == "quarter"
    return words(told_of(WORDS, series.spans, writer(WORDS, facts), statistic, is_days=is_days))


@pytest.mark.parametrize(
    ("statistic", "sentence"),
    [
        (
            Statistic.MEAN,
            (
                "Daily averages between 110 ms and 127 ms, highest on 21 Nov 2026;"
                " single readings between 1 ms and 1351 ms."
            ),
        ),
        (
            Statistic.MAX,
            (
                "Highest readings of each day between 125 ms and 1351 ms, highest on 21 Nov 2026;"
                " lowest of all readings: 1 ms."
            ),
        ),
        (
            Statistic.MIN,
            (
                "Lowest readings of each day between 1 ms and 75 ms, lowest on 21 Nov 2026;"
                " highest of all readings: 1351 ms."
            ),
        ),
        (Statistic.SUM, "Daily totals between 7340 ms and 7514 ms, highest on 21 Nov 2026."),
    ],
)
def test_ninety_days_are_told_by_their_days(statistic: Statistic, sentence: str) -> None:
    assert told(facts_of(*READINGS, statistic=statistic), "quarter") == sentence


@pytest.mark.parametrize(
    ("statistic", "begin", "end"),
    [
        (Statistic.MEAN, "Averages (2 hours) between ", "readings between 1 ms and 1351 ms."),
        (Statistic.MAX, "Highest readings (2 hours) between ", "lowest of all readings: 1 ms."),
        (Statistic.MIN, "Lowest readings (2 hours) between 1", "of all readings: 1351 ms."),
        (Statistic.SUM, "Totals (2 hours) between ", "highest from 21 Nov 2026, 14:00 UTC."),
    ],
)
def test_shorter_spans_say_how_long_they_are(statistic: Statistic, begin: str, end: str) -> None:
    sentence = told(facts_of(*READINGS, statistic=statistic), "week")
    assert sentence.startswith(begin)
    assert sentence.endswith(end)


def test_what_does_not_vary_is_told_in_short() -> None:
    assert told(facts_of(5, 5, 5), "day") == "Always 5 ms."
    assert told(facts_of(5, 5, 5, statistic=Statistic.SUM), "day") == "Every total is 5 ms."
    average = told(facts_of(4, 6), "quarter")
    assert average == "Average 5 ms; single readings between 4 ms and 6 ms."
    highest = told(facts_of(4, 6, statistic=Statistic.MAX), "quarter")
    assert highest == "Single readings between 4 ms and 6 ms."
    assert told(facts_of(), "day") == "No readings yet."


@pytest.mark.parametrize(
    ("statistic", "line"),
    [
        (Statistic.MEAN, "1 ms to 1351 ms in 24 hours"),
        (Statistic.SUM, "Totals (15 minutes): 1 ms to 1351 ms in 24 hours"),
    ],
)
def test_the_first_page_tells_true_extremes(statistic: Statistic, line: str) -> None:
    facts = facts_of(*READINGS, statistic=statistic)
    short = told_shortly(WORDS, facts.day.spans, writer(WORDS, facts), statistic)
    assert words(short) == line
