"""What readers can do reaches who follows by a feed or the API, with the update that says so."""

from __future__ import annotations

import json

import pytest
from feed_story import at, card_outage, contents, entries_by_id, feeds, told, view_of
from msgspec.structs import replace

from statusbook.model.incident import Translation, Update
from statusbook.model.public import PublicIncident, publish_update
from statusbook.model.words import Status
from statusbook.render.api import api_pages
from statusbook.render.view import View

LABEL = "<p><strong>What you can do now</strong></p>"
ADVICE = Update(
    at("14:30"),
    id="4-advice",
    body="Still looking.",
    workaround="Pay by **transfer**.",
    translations={"pl": Translation(body="Szukamy.", workaround="Zapłać **przelewem**.")},
)
CALM = Update(at("14:40"), id="5-calm", body="Nothing new.")


def advised(*more: Update) -> PublicIncident:
    outage = card_outage()
    return replace(outage, updates=(*outage.updates, *map(publish_update, (ADVICE, *more))))


def bodies(view: View) -> dict[str, str]:
    """Return the text of each update in the API, by the id of the update."""
    (page,) = [
        one for one in api_pages(view) if one.path == "api/v2/incidents/2026-11-21-cards.json"
    ]
    updates = json.loads(page.render())["incident"]["incident_updates"]
    return {update["id"]: update["body"] for update in updates}


def test_the_update_that_brings_it_tells_it_below_its_text() -> None:
    for path in ("updates.rss", "updates.atom"):
        newest = contents(feeds(view_of(advised()))[path])[0]
        assert newest.startswith(
            f"<p>Still looking.</p>\n{LABEL}\n<p>Pay by <strong>transfer</strong>.</p>"
        )


def test_later_updates_repeat_it_only_in_the_story_below_them() -> None:
    newest = contents(feeds(view_of(advised(CALM)))["updates.atom"])[0]
    news, _, story = newest.partition("<hr>")
    assert LABEL not in news
    assert story.count(LABEL) == 1


def test_the_history_tells_it_too() -> None:
    for path in ("history.rss", "history.atom"):
        assert (
            "Still looking.<br><br><strong>What you can do now</strong><br><br>Pay by"
            in (contents(feeds(view_of(advised()))[path])[0])
        )


def test_it_is_told_in_the_language_of_the_feed_or_marked_as_another() -> None:
    view = view_of(advised(), languages=["pl"])
    assert "<p>Zapłać <strong>przelewem</strong>.</p>" in contents(feeds(view)["pl/updates.rss"])[0]
    lacks = replace(ADVICE, translations={"pl": Translation(body="Szukamy.")})
    cards = card_outage()
    told_late = replace(cards, updates=(*cards.updates, publish_update(lacks)))
    newest = contents(feeds(view_of(told_late, languages=["pl"]))["pl/updates.rss"])[0]
    assert '<div lang="en"><p>Pay by <strong>transfer</strong>.</p></div>' in newest


def test_its_end_is_told() -> None:
    ended = advised(Update(at("14:40"), id="5-end", body="It is slow too.", workaround=""))
    newest = contents(feeds(view_of(ended))["updates.atom"])[0]
    said = "<p>It is slow too.</p>\n<p>What we advised before no longer applies.</p>"
    assert newest.startswith(said)
    assert bodies(view_of(ended))["5-end"] == (
        "It is slow too.\n\nWhat we advised before no longer applies."
    )


@pytest.mark.parametrize(
    "later",
    [
        CALM,
        replace(CALM, workaround="Wait."),
        replace(CALM, workaround=""),
        replace(CALM, status=Status.RESOLVED),
    ],
)
def test_whatever_follows_its_entry_stays_as_it_is(later: Update) -> None:
    before, after = feeds(view_of(advised())), feeds(view_of(advised(later)))
    for path in ("updates.rss", "updates.atom", "feed.json", "components/checkout/updates.atom"):
        old, new = entries_by_id(path, before[path]), entries_by_id(path, after[path])
        assert old.items() <= new.items()


def test_its_entry_stays_as_it_is_when_it_is_withdrawn() -> None:
    end = replace(CALM, workaround="")
    withdrawn = replace(ADVICE, retracted="It does not help.")
    cards = card_outage()
    updates = (*cards.updates, publish_update(withdrawn), publish_update(end))
    before = feeds(view_of(advised(end)))
    after = feeds(view_of(replace(cards, updates=updates)))
    for path in ("updates.rss", "updates.atom", "feed.json"):
        assert entries_by_id(path, before[path]) == entries_by_id(path, after[path])


def test_the_api_tells_it_below_the_text() -> None:
    said = bodies(view_of(advised()))["4-advice"]
    assert said == "Still looking.\n\nWhat you can do now:\nPay by transfer."
    alone = told("2026-11-21-cards", Update(at("14:05"), Status.IDENTIFIED, "A", workaround="B."))
    assert bodies(view_of(alone)) == {"": "What you can do now:\nB."}


def test_updates_without_it_say_nothing_of_it() -> None:
    for content in feeds(view_of(card_outage())).values():
        assert b"What you can do" not in content
        assert b"advised" not in content
