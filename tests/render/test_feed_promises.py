"""What was once in a feed stays as it was, whatever comes later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from feed_story import PARTLY, at, entries_by_id, feeds, told, view_of
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from statusbook.model.incident import Update, Window
from statusbook.model.public import PublicIncident
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.render.feed_choice import by_update, holding
from statusbook.render.feed_language import FeedLanguage
from statusbook.render.feed_updates import dated, update_entries

PATHS = (
    "updates.rss", "updates.atom", "feed.json", "components/checkout/updates.rss",
    "components/checkout/updates.atom", "incidents/i01/updates.atom",
)  # fmt: skip
LATER = at("2026-12-24T00:00")

# Few different moments, so that many updates share one.
MINUTES = st.integers(0, 40).map(lambda n: at("10:00") + timedelta(minutes=n))
UPDATES = st.builds(
    Update,
    at=MINUTES,
    status=st.sampled_from([None, *list(Status)[:5]]),
    title=st.sampled_from([None, None, "A", "B"]),
    body=st.sampled_from(["", "Text.", "- a\n- b"]),
    components=st.dictionaries(
        st.sampled_from(["checkout", "api"]), st.sampled_from(ComponentStatus), max_size=2
    ),
    next_update=st.none() | MINUTES,
    workaround=st.sampled_from([None, None, "", "Wait."]),
    corrects=st.sampled_from([None, "1-x"]),
)
STORIES = st.lists(st.lists(UPDATES, min_size=1, max_size=4), min_size=1, max_size=14)


def incidents(stories: Sequence[Sequence[Update]]) -> list[PublicIncident]:
    return [told(f"i{n:02}", *in_order(updates)) for n, updates in enumerate(stories)]


def in_order(updates: Sequence[Update]) -> list[Update]:
    sorted_updates = sorted(updates, key=lambda update: update.at)
    return [replace(update, id=f"{n}-x") for n, update in enumerate(sorted_updates, 1)]


def assert_kept(before: dict[str, bytes], after: dict[str, bytes], path: str) -> None:
    """Entries that are in both feeds have the same bytes."""
    old = entries_by_id(path, before[path])
    new = entries_by_id(path, after[path])
    for name in old.keys() & new.keys():
        assert old[name] == new[name]
    # What left made room for what is new.
    assert len(old.keys() - new.keys()) <= len(new.keys() - old.keys())


@settings(max_examples=60, deadline=None)
@given(STORIES, UPDATES, st.integers(0, 9), st.integers(0, 3))
def test_a_later_update_changes_no_entry_of_before(
    stories: list[list[Update]], new: Update, place: int, minutes: int
) -> None:
    last = max(update.at for updates in stories for update in updates)
    # At the very same moment only within the newest incident: who came first is not written down.
    place = len(stories) if minutes == 0 else min(place, len(stories))
    later = replace(new, at=last + timedelta(minutes=minutes))
    added = [*stories, []]
    added[place] = [*added[place], later]

    before = feeds(view_of(*incidents(stories), now=LATER))
    after = feeds(view_of(*incidents(list(filter(None, added))), now=LATER))

    for path in before.keys() & set(PATHS):
        assert_kept(before, after, path)


@settings(max_examples=60, deadline=None)
@given(STORIES, st.data())
def test_withdrawing_an_update_leaves_its_entry_as_it_was(
    stories: list[list[Update]], data: st.DataObject
) -> None:
    before = incidents(stories)
    n = data.draw(st.integers(0, len(before) - 1))
    k = data.draw(st.integers(0, len(before[n].updates) - 1))
    updates = list(before[n].updates)
    updates[k] = replace(updates[k], retracted="sent too early")
    after = [*before]
    after[n] = replace(before[n], updates=tuple(updates))

    name = f"tag:status.example.com,2026:status:i{n:02}/{updates[k].id}"
    old, new = feeds(view_of(*before, now=LATER)), feeds(view_of(*after, now=LATER))

    for path in ("updates.rss", "updates.atom", "feed.json"):
        assert entries_by_id(path, old[path])[name] == entries_by_id(path, new[path])[name]


@settings(max_examples=100, deadline=None)
@given(STORIES, st.integers(1, 12), st.sampled_from(["", "checkout"]))
def test_the_incidents_that_are_read_hold_the_newest_entries_with_their_dates(
    stories: list[list[Update]], limit: int, component: str
) -> None:
    view = view_of(*incidents(stories), now=LATER)
    language = FeedLanguage(view.site, "en")
    all_of_them = [
        facts
        for facts in by_update(view.facts.incidents)
        if not component or component in facts.components
    ]

    some = holding(all_of_them, limit, component)

    told_of_some, told_of_all = (
        update_entries(map(view.timeline, each), language, limit, component)
        for each in (some, all_of_them)
    )
    assert told_of_some == told_of_all


@given(STORIES)
def test_dates_rise_from_entry_to_entry_and_follow_the_updates(
    stories: list[list[Update]],
) -> None:
    view = view_of(*incidents(stories), now=LATER)
    posted = dated(map(view.timeline, view.facts.incidents))
    for one, next_one in pairwise(posted):
        assert one.date < next_one.date
    for each in posted:
        wait = each.date - each.entries[each.place].at
        assert timedelta(0) <= wait < timedelta(seconds=50 + len(posted))


def test_whoever_posts_in_the_same_minute_moves_nobody() -> None:
    update = Update(id="1-x", at=at("10:30"), status=Status.INVESTIGATING, title="A")
    alone, other = told("zzz", update), told("aaa", update)
    before, after = feeds(view_of(alone, now=LATER)), feeds(view_of(alone, other, now=LATER))
    for path in ("updates.rss", "updates.atom", "feed.json"):
        assert_kept(before, after, path)


def test_parts_of_a_second_are_left_out() -> None:
    updates = [
        Update(id=f"{n}-x", at=at(f"10:00:00.{n}"), status=Status.IDENTIFIED) for n in (1, 5, 9)
    ]
    view = view_of(told("x", *updates))
    dates = [each.date for each in dated([view.timeline(view.facts.incidents[0])])]
    assert dates == [at("10:00:00"), at("10:00:01"), at("10:00:02")]


def test_work_that_begins_and_ends_by_the_clock_changes_no_entry_of_before() -> None:
    def files(now: str) -> dict[str, bytes]:
        work = told(
            "i01",
            Update(
                id="1-scheduled",
                at=at("08:00"),
                title="Work",
                status=Status.SCHEDULED,
                scheduled=Window(at("12:00"), at("13:00")),
                components={"checkout": PARTLY},
            ),
            kind=Kind.MAINTENANCE,
        )
        return feeds(view_of(work, now=at(now)))

    steps = [files(now) for now in ("09:00", "12:00", "12:30", "13:00", "14:00")]
    for path in PATHS:
        for before, after in pairwise(steps):
            assert_kept(before, after, path)
        assert len(entries_by_id(path, steps[-1][path])) == 3


def test_a_translation_that_comes_later_changes_no_id() -> None:
    one = Update(id="1-x", at=at("10:00"), status=Status.IDENTIFIED, body="Text.")
    before = feeds(view_of(told("x", one), languages=["pl"]))["pl/updates.rss"]
    more = Update(id="2-x", at=at("11:00"), body="More.")
    after = feeds(view_of(told("x", one, more), languages=["pl"]))["pl/updates.rss"]
    assert set(entries_by_id("x.rss", before)) < set(entries_by_id("x.rss", after))
