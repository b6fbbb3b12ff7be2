"""What readers can do: the newest word on it that counts, and nothing once it is over."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from stories import incidents, moments

from statusbook.derive.ahead import stages
from statusbook.derive.timeline import fold
from statusbook.model.public import PublicIncident
from statusbook.model.words import CLOSED


@settings(max_examples=150, deadline=None)
@given(incident=incidents(), now=moments)
def test_the_newest_word_that_counts_stands_until_it_is_over(
    incident: PublicIncident, now: datetime
) -> None:
    told = fold(incident, now)
    if told is None:
        return
    said = ""
    for entry in told.entries:
        if entry.retracted is None:
            said = (
                ""
                if entry.status in CLOSED
                else entry.workaround or (said if entry.workaround is None else "")
            )

    stands = told.facts.workaround
    assert (stands.text if stands else "") == said
    if stands is not None:
        assert told.facts.open
        (source,) = (entry for entry in told.entries if entry.id == stands.update)
        assert source.workaround == stands.text


@settings(max_examples=100, deadline=None)
@given(incident=incidents(), now=moments)
def test_nothing_is_left_to_do_once_the_clock_has_ended_the_work(
    incident: PublicIncident, now: datetime
) -> None:
    told = fold(incident, now)
    if told is not None:
        for stage in stages(told.facts):
            assert stage.open or stage.workaround is None
