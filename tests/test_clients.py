"""Programs that other people wrote read the example's page, served on this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

import pytest

import newsboat
from building import build
from serving import serving

BEFORE, AFTER = "2026-11-21T14:10Z", "2026-11-21T14:30Z"
"""Two moments of the example's newest incident: between them came its second update."""
OPEN = "2026-11-21-card-payments"
AHEAD = "2026-11-24-dashboard-upgrade"

CLIENTS = Path(__file__).parent / "clients"
FEEDS = [
    "history.rss",
    "history.atom",
    "updates.rss",
    "updates.atom",
    "components/card-payments/updates.rss",
    "components/card-payments/updates.atom",
    f"incidents/{OPEN}/updates.atom",
]


class Site(NamedTuple):
    """A built page: its folder, and its address on this machine."""

    folder: Path
    address: str


def needed(present: object, name: str) -> None:
    """Skip where a program is missing; in CI every program has to be there."""
    if not present:
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"{name} is not installed; `make clients` and the extra `dev` bring it")


@pytest.fixture(scope="module")
def site(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the example as it is after the second update."""
    out = tmp_path_factory.mktemp("clients") / "status"
    build(project_root, out, AFTER)
    with serving(out) as address:
        yield Site(out, address.rstrip("/"))


@pytest.fixture
def earlier_site(project_root: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve the example as it is before the second update; a test builds it anew."""
    out = tmp_path / "status"
    build(project_root, out, BEFORE)
    with serving(out) as address:
        yield Site(out, address.rstrip("/"))


# --- clients of the API --------------------------------------------------------------------------


def test_the_prometheus_exporter_reads_the_summary(site: Site, tmp_path: Path) -> None:
    needed(find_spec("statuspage_prometheus_exporter"), "statuspage-prometheus-exporter")
    services = {"shop": {"url": f"{site.address}/api/v2/summary.json", "name": "Harbourlight"}}
    (tmp_path / "services.json").write_text(json.dumps(services))
    subprocess.run(
        [sys.executable, "-m", "statuspage_prometheus_exporter.status_monitoring"],
        cwd=tmp_path,
        env={**os.environ, "RUN_MODE": "once", "METRICS_TEXTFILE_PATH": "out.prom"},
        check=True,
        capture_output=True,
        timeout=60,
    )
    metrics = metrics_in((tmp_path / "out.prom").read_text())

    summary = json.loads((site.folder / "api/v2/summary.json").read_bytes())
    assert metrics["statuspage_probe_check"] == [({"service_name": "Harbourlight"}, 1.0)]
    assert metrics["statuspage_service_status"] == [({"service_name": "Harbourlight"}, 0.0)]
    assert {
        labels["component_name"]: value for labels, value in metrics["statuspage_component_status"]
    } == {row["name"]: float(row["status"] == "operational") for row in summary["components"]}
    [(incident, _)] = metrics["statuspage_incident_info"]
    assert incident["incident_id"] == OPEN
    assert incident["shortlink"] == f"https://status.example.com/incidents/{OPEN}"
    assert incident["affected_components"] == "Checkout, Card payments"
    assert incident["impact"] == "major"
    [(maintenance, _)] = metrics["statuspage_maintenance_info"]
    assert maintenance["maintenance_id"] == AHEAD
    assert maintenance["scheduled_start"] == "2026-11-24T03:00:00+01:00"


def metrics_in(text: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    """Read Prometheus's text format: metric -> (labels, value) of each series."""
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for name, labels, value in re.findall(r"^(\w+)\{(.*)\} (\S+)$", text, re.MULTILINE):
        found.setdefault(name, []).append(
            (dict(re.findall(r'(\w+)="(.*?)"', labels)), float(value))
        )
    return found


def test_the_npm_client_statuspage_io_calls_every_endpoint(site: Site) -> None:
    needed(shutil.which("node"), "node")
    needed((CLIENTS / "node_modules" / "statuspage.io").is_dir(), "npm's statuspage.io")
    asked = subprocess.run(
        ["node", CLIENTS / "statuspage.mjs", site.address],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    answers = json.loads(asked.stdout)
    assert answers.pop("subscriber") == 404
    assert set(answers) == {
        "summary",
        "status",
        "components",
        "incidents",
        "unresolved",
        "maintenances",
        "upcoming",
        "active",
    }
    files = {"unresolved": "incidents/unresolved", "upcoming": "scheduled-maintenances/upcoming"}
    files |= {"maintenances": files["upcoming"], "active": files["upcoming"]}
    for name, answer in answers.items():
        raw = (site.folder / f"api/v2/{files.get(name, name)}.json").read_bytes()
        assert answer == json.loads(raw)
    assert answers["unresolved"]["incidents"][0]["id"] == OPEN
    assert answers["upcoming"]["scheduled_maintenances"][0]["id"] == AHEAD


def test_the_link_that_clients_build_themselves_leads_to_the_page(site: Site) -> None:
    summary = json.loads((site.folder / "api/v2/summary.json").read_bytes())
    for row in (*summary["incidents"], *summary["scheduled_maintenances"]):
        with urlopen(f"{site.address}/incidents/{row['id']}", timeout=10) as answer:
            assert answer.status == 200
            assert row["name"] in answer.read().decode()


# --- readers of feeds ----------------------------------------------------------------------------


@pytest.mark.parametrize("feed", FEEDS)
def test_feedparser_has_nothing_to_complain_of(site: Site, feed: str) -> None:
    needed(find_spec("feedparser"), "feedparser")
    import feedparser

    parsed = feedparser.parse(f"{site.address}/{feed}")
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.status == 200
    assert parsed.feed.title
    assert parsed.feed.link.startswith("https://status.example.com")
    assert parsed.entries
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    for entry in parsed.entries:
        assert entry.title
        assert entry.link.startswith("https://status.example.com/incidents/")
        assert re.search(r"(Z|[+-]\d\d:?\d\d)$", entry.published), entry.published
        assert entry.published_parsed
        assert "<" in entry.summary or "<" in entry.content[0].value


def test_reader_sees_one_new_entry_after_one_new_update(
    earlier_site: Site, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed(find_spec("reader"), "reader")
    # its own copy of feedparser asks for a module that the real one no longer brings along
    monkeypatch.setenv("READER_NO_VENDORED_FEEDPARSER", "1")
    from reader import make_reader

    reader = make_reader(":memory:")
    for feed in FEEDS:
        reader.add_feed(f"{earlier_site.address}/{feed}")
    first = news(reader)
    assert all(told.new and not told.modified for told in first.values()), first

    build(project_root, earlier_site.folder, BEFORE)
    assert not any(told.new or told.modified for told in news(reader).values())

    build(project_root, earlier_site.folder, AFTER)
    for feed, told in news(reader).items():
        per_incident = feed.rpartition("/")[2].startswith("history.")
        assert (told.new, told.modified) == ((0, 1) if per_incident else (1, 0)), feed


class News(NamedTuple):
    """How many entries of a feed are new, and how many are told anew."""

    new: int
    modified: int


def news(reader: Any) -> dict[str, News]:
    """Let `reader` fetch every feed, and say what it found."""
    found = {}
    for result in reader.update_feeds_iter(scheduled=False):
        assert not isinstance(result.value, Exception), result
        told = result.value  # None where the server said that nothing changed
        found[result.url] = News(told.new, told.modified) if told else News(0, 0)
    assert len(found) == len(FEEDS)  # by itself, `reader` waits as long as the server asks it to
    return found


def test_newsboat_shows_each_update_once(
    earlier_site: Site, project_root: Path, tmp_path: Path
) -> None:
    needed(shutil.which("newsboat"), "newsboat")
    before = stored_by_newsboat(earlier_site.address, tmp_path)
    assert len(before) == len({guid for guid, _, _ in before}) > 20
    assert all(published > 0 and url.startswith("https://") for _, url, published in before)

    assert stored_by_newsboat(earlier_site.address, tmp_path) == before

    build(project_root, earlier_site.folder, AFTER)
    after = stored_by_newsboat(earlier_site.address, tmp_path)
    [(_, url, published)] = after - before
    assert before < after
    assert f"/incidents/{OPEN}" in url
    assert datetime.fromtimestamp(published, UTC) > datetime.fromisoformat(BEFORE)


def stored_by_newsboat(address: str, home: Path) -> set[tuple[str, str, int]]:
    """Reload `updates.atom` in newsboat, and return (guid, url, date) of all that it knows."""
    newsboat.subscribe(home, f"{address}/updates.atom")
    newsboat.reload(home)
    with newsboat.stored(home) as cache:
        return set(cache.execute("SELECT guid, url, pubDate FROM rss_item"))


# --- calendars -----------------------------------------------------------------------------------


def test_icalendar_reads_the_maintenance(site: Site) -> None:
    needed(find_spec("icalendar"), "icalendar")
    from icalendar import Calendar

    with urlopen(f"{site.address}/calendar.ics", timeout=10) as answer:
        assert answer.headers.get_content_type() == "text/calendar"
        calendar = Calendar.from_ical(answer.read())
    events = {str(event["URL"]).rstrip("/").rpartition("/")[2]: event for event in calendar.events}
    event = events[AHEAD]
    assert event.start.astimezone(UTC) == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert event.end.astimezone(UTC) == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert not calendar.errors
    assert all(not event.errors and event["UID"] and event["DTSTAMP"] for event in calendar.events)
