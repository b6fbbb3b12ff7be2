"""A small change renders few pages, and pages stay small however long the history is."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace
from status_story import (
    AHEAD,
    CARDS,
    NIGHT,
    NOW,
    SEARCH,
    SLOW,
    STORY,
    at,
    pages_of,
    text,
    told,
    tree,
    view_of,
)

from statusbook.model.incident import Update
from statusbook.model.plan import Components
from statusbook.model.public import PublicIncident, publish_update
from statusbook.model.words import Status
from statusbook.render.view import View


def changed(before: View, after: View) -> set[str]:
    """Return the pages that a build of `after` renders on top of one of `before`."""
    keys = {path: one.key for path, one in pages_of(before).items()}
    return {path for path, one in pages_of(after).items() if keys.get(path) != one.key}


def with_update(incident: PublicIncident, update: Update) -> PublicIncident:
    return replace(incident, updates=(*incident.updates, publish_update(update)))


def test_one_new_update_renders_few_pages() -> None:
    more = with_update(CARDS, Update(at("2026-11-21T14:39"), id="3-more", body="Still at it."))
    rest = [one for one in STORY if one is not CARDS]
    assert changed(view_of(*STORY), view_of(more, *rest)) == {
        "index.html",
        "embed.html",
        "sitemap.xml",
        "incidents/2026-11-21-cards/index.html",
        "components/checkout/index.html",
        "components/api/index.html",
        "history/2026-11/index.html",
    }


def test_minutes_that_pass_render_only_the_index() -> None:
    later = NOW + timedelta(minutes=1)
    assert changed(view_of(*STORY), view_of(*STORY, now=later)) == {"index.html"}


def test_midnight_adds_a_day_to_every_component_and_to_the_year() -> None:
    incidents = [SEARCH, NIGHT]
    before = view_of(*incidents, now=at("2026-11-21T23:59"))
    after = view_of(*incidents, now=at("2026-11-22T00:00"))
    names = {f"components/{one.id}/index.html" for one in before.site.components}
    assert changed(before, after) == names | {"index.html", "history/2026/index.html"}


def test_a_promise_that_falls_due_renders_the_incident_again() -> None:
    before, after = (view_of(CARDS, now=at(f"2026-11-21T{time}")) for time in ("14:59", "15:00"))
    assert "incidents/2026-11-21-cards/index.html" in changed(before, after)


def test_a_maintenance_that_starts_by_itself_moves_on_every_page_that_shows_it() -> None:
    before, after = (view_of(AHEAD, now=at(f"2026-11-24T{time}")) for time in ("21:59", "22:00"))
    assert changed(before, after) >= {
        "index.html",
        "maintenance/index.html",
        "incidents/ahead/index.html",
        "components/reports/index.html",
        "history/2026-11/index.html",
        "history/index.html",
    }


def test_equal_keys_mean_equal_bytes() -> None:
    moments = [
        "2026-11-08T23:00",
        "2026-11-14T08:50",
        "2026-11-21T14:10",
        "2026-11-21T14:35",
        "2026-11-21T14:36",
        "2026-11-21T15:00",
        "2026-11-21T23:59",
        "2026-11-22T00:00",
        "2026-11-24T22:00",
        "2026-11-25T00:30",
        "2026-11-25T00:31",
    ]
    known: dict[tuple[str, str], bytes] = {}
    for moment in moments:
        for path, one in pages_of(view_of(*STORY, now=at(moment), languages=["pl"])).items():
            content = one.render()
            assert known.setdefault((path, one.key), content) == content, f"{path} at {moment}"


def test_naming_the_pages_imports_no_templates_and_no_catalogues() -> None:
    code = """
import sys
sys.path.insert(0, sys.argv[1])
from status_story import STORY, view_of
from statusbook.render.status import status_pages
list(status_pages(view_of(*STORY, languages=["pl"])))
late = {"jinja2", "babel", "markupsafe", "gettext"} & set(sys.modules)
sys.exit(f"imported: {late}" if late else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def many(count: int) -> list[PublicIncident]:
    """Return closed incidents, one an hour, newest last."""
    return [
        told(
            f"case-{n:04}",
            Update(
                NOW - timedelta(hours=count - n),
                Status.IDENTIFIED,
                f"Case {n}",
                components={"api": SLOW},
                id="1-identified",
                body="Long. " * 200,
            ),
            Update(NOW - timedelta(hours=count - n, minutes=-30), Status.RESOLVED, id="2-resolved"),
        )
        for n in range(count)
    ]


def test_pages_do_not_grow_with_the_history() -> None:
    view = view_of(*many(1100))
    pages = pages_of(view)
    component = tree(pages["components/api/index.html"].render())
    assert len(component.xpath("//li[@class='line']")) == 100
    assert "The newest 100." in text(component)
    assert pages["sitemap.xml"].render().count(b"/incidents/") == 200
    index = tree(pages["index.html"].render())
    day = index.xpath("//div[@class='day']")[1]
    assert len(day.xpath(".//article")) == 20
    assert day.xpath(".//a[contains(@href, 'history')]/@href") == ["./history/2026-11/"]
    assert "5 more" in text(day)


def test_an_empty_site_has_all_its_pages() -> None:
    view = view_of(components=Components(), links=[], subscribe=[], hosts=[], description=None)
    pages = pages_of(view)
    assert "history/index.html" in pages
    index = text(tree(pages["index.html"].render()))
    assert "Everything is working." in index
    assert index.count("No incidents reported.") == 1
    assert "No incidents reported." in text(tree(pages["history/index.html"].render()))
    assert "No maintenance is planned." in text(tree(pages["maintenance/index.html"].render()))
