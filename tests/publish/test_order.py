"""New files come, and stale ones go, in an order in which nobody meets a dead link."""

from __future__ import annotations

from statusbook.publish.changes import in_order_of_coming
from statusbook.render.page import Rank


def test_what_readers_enter_by_comes_last_and_the_index_after_all() -> None:
    files = [
        ("index.html", Rank.INDEX),
        ("pl/index.html", Rank.INDEX),
        ("sitemap.xml", Rank.INDEX),
        ("history.atom", Rank.FEED),
        ("api/a.json", Rank.API),
        ("history/1/index.html", Rank.HISTORY),
        ("incidents/a/index.html", Rank.INCIDENT),
        ("pl/incidents/a/index.html", Rank.INCIDENT),
        ("assets/status.css", Rank.ASSET),
    ]
    assert in_order_of_coming(files) == [
        "assets/status.css",
        "incidents/a/index.html",
        "pl/incidents/a/index.html",
        "history/1/index.html",
        "history.atom",
        "api/a.json",
        "sitemap.xml",
        "pl/index.html",
        "index.html",
    ]
