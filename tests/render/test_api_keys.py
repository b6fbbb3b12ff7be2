"""A file of the API is rendered again where its bytes may change, and only there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from api_story import NOW, STORY, at, card_outage, pages_of, told, view_of

from statusbook.derive.facts import IncidentFacts, Timeline
from statusbook.model.incident import Update
from statusbook.model.public import PublicIncident
from statusbook.model.words import Status
from statusbook.render.api import api_pages
from statuspage_contract import TOP_KEYS


def test_one_new_update_changes_its_own_file_and_the_lists() -> None:
    before = pages_of(view_of(*STORY))
    more = Update(id="5-resolved", at=at("2026-11-21T14:50:00Z"), status=Status.RESOLVED)
    longer = told(STORY[0].id, *_updates_of(card_outage()), more)
    after = pages_of(view_of(longer, *STORY[1:]))
    changed = {name for name, page in after.items() if page.key != before[name].key}
    assert changed == {*TOP_KEYS, "incidents/2026-11-21-cards.json"}


def _updates_of(incident: PublicIncident) -> list[Update]:
    return [
        Update(**{name: getattr(update, name) for name in update.__struct_fields__})
        for update in incident.updates
    ]


@pytest.mark.parametrize("second", [0, 1, 59, 3600, 86400, 30 * 86400])
def test_equal_keys_mean_equal_bytes_and_time_alone_changes_little(second: int) -> None:
    later = datetime.fromtimestamp(NOW.timestamp() + second, UTC)
    before, after = pages_of(view_of(*STORY)), pages_of(view_of(*STORY, now=later))
    for name in before:
        if before[name].key == after[name].key:
            assert before[name].render() == after[name].render()
    same = {name for name in before if before[name].key == after[name].key}
    assert {"incidents/search-2025.json", "incidents/db-done.json"} <= same
    if second < 3600:
        assert same == set(before)


def test_a_change_of_the_site_changes_every_file() -> None:
    before, after = pages_of(view_of(*STORY)), pages_of(view_of(*STORY, time_zone="Asia/Tokyo"))
    assert all(before[name].key != after[name].key for name in before)


def test_no_timeline_is_told_before_a_page_is_rendered() -> None:
    view = view_of(*STORY)

    def refuse(facts: IncidentFacts) -> Timeline:
        raise AssertionError(facts.id)

    assert len(list(api_pages(view._replace(timeline=refuse)))) == len(STORY) + len(TOP_KEYS)
