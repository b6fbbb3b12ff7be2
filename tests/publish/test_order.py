"""New files come in an order in which no link dangles."""

from __future__ import annotations

from statusbook.publish.order import Group, in_groups
from statusbook.render.page import Rank


def test_a_feed_comes_with_the_page_in_its_folder() -> None:
    files = [
        ("history/1/index.html", Rank.HISTORY),
        ("incidents/a/index.html", Rank.INCIDENT),
        ("pl/incidents/a/index.html", Rank.INCIDENT),
        ("incidents/a/updates.atom", Rank.FEED),
        ("api/a.json", Rank.API),
    ]
    assert in_groups(files) == [
        Group("incidents/a", ["incidents/a/updates.atom", "incidents/a/index.html"]),
        Group("pl/incidents/a", ["pl/incidents/a/index.html"]),
        Group("history/1", ["history/1/index.html"]),
        Group("api", ["api/a.json"]),
    ]


def test_a_folder_is_parted_where_another_page_comes_in_between() -> None:
    files = [("a/1", Rank.INCIDENT), ("b", Rank.COMPONENT), ("a/2", Rank.HISTORY)]
    assert in_groups(files) == [Group("a", ["a/1"]), Group("", ["b"]), Group("a", ["a/2"])]


def test_a_new_language_comes_whole_and_last() -> None:
    files = [
        ("pl/incidents/a/index.html", Rank.INCIDENT),
        ("incidents/b/index.html", Rank.INCIDENT),
        ("pl/index.html", Rank.INDEX),
        ("pl/history/index.html", Rank.INDEX),
        ("pl/history.atom", Rank.FEED),
        ("plain/x.html", Rank.INDEX),
        ("index.html", Rank.INDEX),
    ]
    groups = in_groups(files)
    assert [group.folder for group in groups] == ["incidents/b", "", "pl", "plain"]
    assert groups[2].paths == [
        "pl/history.atom",
        "pl/incidents/a/index.html",
        "pl/index.html",
        "pl/history/index.html",
    ]
