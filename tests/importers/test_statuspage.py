"""Saved answers of Statuspage become our files, and every file is accounted for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from statusbook.cli import statusbook
from statusbook.importers.report import Account, Ending
from statusbook.importers.statuspage.gather import read_statuspage
from statusbook.importers.write import write_imported
from statusbook.model.incident import Incident
from statusbook.model.words import ComponentStatus, Kind, Status
from statusbook.problems import StatusbookError, errors
from statusbook.read.book import load_incident, read_book

PAGE = {
    "id": "aaaabbbbcccc",
    "name": "Harbourlight",
    "url": "https://status.example.com",
    "time_zone": "Europe/Warsaw",
    "updated_at": "2026-11-21T15:00:00.000+01:00",
}


def update(status: str, at: str, body: str = "Text.", **more: Any) -> dict[str, Any]:
    return {"id": "u", "status": status, "body": body, "created_at": at, "display_at": at, **more}


UPDATES = [
    update("resolved", "2026-11-21T15:00:00.500Z"),
    update("investigating", "2026-11-21T14:05:00.123Z"),
]


def incident(code: str = "abcdefghijkl", **more: Any) -> dict[str, Any]:
    return {
        "id": code,
        "name": "Card payments fail",
        "status": "resolved",
        "created_at": "2026-11-21T14:05:00.123Z",
        "updated_at": "2026-11-21T15:00:00.000Z",
        "started_at": "2026-11-21T13:52:00.000Z",
        "impact": "major",
        "incident_updates": UPDATES,
        "components": [],
        **more,
    }


def take(tmp_path: Path, *answers: Any) -> tuple[Account, dict[str, Incident]]:
    """Import answers, and read back what was written."""
    for number, answer in enumerate(answers):
        text = answer if isinstance(answer, str) else json.dumps(answer)
        (tmp_path / f"{number}.json").write_text(text)
    account = Account()
    imported = read_statuspage(sorted(tmp_path.glob("*.json")), account)
    write_imported(imported, tmp_path / "book", account)
    return account, read(tmp_path / "book")


def read(into: Path) -> dict[str, Incident]:
    book = read_book(into)
    assert not [one for one in errors(book.problems) if one.code != "E216"]
    return {one.id: load_incident(book, one) for one in book.incidents}


def test_an_incident_keeps_its_address_its_times_and_its_impact(tmp_path: Path) -> None:
    account, found = take(tmp_path, {"page": PAGE, "incident": incident()})
    first, last = found["abcdefghijkl"].updates
    assert first.at == datetime(2026, 11, 21, 14, 5, 0, 123000, UTC)
    assert last.at == datetime(2026, 11, 21, 15, 0, 0, 500000, UTC)
    assert first.started == datetime(2026, 11, 21, 13, 52, tzinfo=UTC)
    assert (first.title, first.impact, first.status) == (
        "Card payments fail",
        "major",
        Status.INVESTIGATING,
    )
    assert dict(account.summary())["incidents"] == 1
    page = read_book(tmp_path / "book").status_page
    assert page is not None
    assert (page.api_id, page.time_zone) == ("aaaabbbbcccc", "Europe/Warsaw")


def test_the_impact_of_planned_work_is_not_that_of_an_incident(tmp_path: Path) -> None:
    account, found = take(tmp_path, {"page": PAGE, "incident": incident(impact="maintenance")})

    assert found["abcdefghijkl"].updates[0].impact is None
    said = [remark.text for remark in account.warnings]
    assert said == ["the impact `maintenance` of an incident is left out"]


def test_components_are_known_by_name_and_keep_their_codes(tmp_path: Path) -> None:
    changed = update(
        "investigating",
        "2026-11-21T14:05:00Z",
        affected_components=[
            {"code": "c1", "name": "Card payments", "old_status": "operational", "new_status": s}
            for s in ["major_outage"]
        ],
    )
    group = {"id": "g1", "name": "Shop", "position": 1, "group": True, "components": ["c1"]}
    listed = {"id": "c1", "name": "Card payments", "position": 1, "group_id": "g1", "group": False}
    other = {"id": "c2", "name": "Old search", "position": 2}
    answers = [
        {"page": PAGE, "components": [group, listed]},
        {"incidents": [incident(incident_updates=[changed], components=[listed, other])]},
    ]
    _, found = take(tmp_path, *answers)
    assert found["abcdefghijkl"].updates[0].components == {
        "card-payments": ComponentStatus.MAJOR_OUTAGE,
        "old-search": ComponentStatus.OPERATIONAL,
    }
    components = read_book(tmp_path / "book").components
    assert [(one.id, one.name, one.api_id) for one in components.groups] == [("shop", "Shop", "g1")]
    told = [(one.id, one.group, one.api_id, one.retired is None) for one in components.components]
    assert told == [("card-payments", "shop", "c1", True), ("old-search", None, "c2", False)]


def test_a_maintenance_keeps_its_window(tmp_path: Path) -> None:
    planned = incident(
        impact="maintenance",
        scheduled_for="2026-12-01T02:00:00Z",
        scheduled_until="2026-12-01T03:00:00Z",
        incident_updates=[update("scheduled", "2026-11-20T10:00:00Z")],
    )
    account, found = take(tmp_path, {"page": PAGE, "scheduled_maintenances": [planned]})
    window = found["abcdefghijkl"].updates[0].scheduled
    assert found["abcdefghijkl"].kind is Kind.MAINTENANCE
    assert window is not None
    assert (window.start.hour, window.until.hour) == (2, 3)
    assert dict(account.summary())["maintenances"] == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A *star* and a_b", "A \\*star\\* and a_b"),
        (
            "<ul><li><strong>10:00</strong> - One.</li><li>Two.</li></ul>",
            "- **10:00** - One.\n- Two.",
        ),
        ("First.\r\n\r\nSecond.", "First.\n\nSecond."),
        ("<script>alert(1)</script>Fine.", "Fine."),
    ],
)
def test_texts_show_what_they_showed(tmp_path: Path, written: str, expected: str) -> None:
    told = incident(incident_updates=[update("resolved", "2026-11-21T14:05:00Z", written)])
    _, found = take(tmp_path, {"incident": told})
    assert found["abcdefghijkl"].updates[0].body == expected


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("{", "not readable as JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"status": [], "scheduled": []}', "holds no incidents"),
        ({"incident": {"id": 7}}, "not of Statuspage's API v2"),
        ({"incident": incident(created_at="2026-13-45T10:00:00Z")}, "not of Statuspage's API v2"),
        ({"incident": incident(incident_updates=[])}, "has no update"),
    ],
)
def test_what_cannot_be_read_ends_in_a_sentence(tmp_path: Path, answer: Any, reason: str) -> None:
    account, found = take(tmp_path, answer)
    assert not found
    assert reason in account.left_out[0].text


def test_a_record_that_is_wrong_is_named_by_its_title_and_its_id(tmp_path: Path) -> None:
    wrong = incident("bad1", name="Search \u001b[31mfails", components=7)
    account, found = take(tmp_path, {"incidents": [incident(), wrong, {"id": 7}]})
    assert list(found) == ["abcdefghijkl"]
    named, nameless = (remark.text for remark in account.left_out)
    assert named.startswith('"Search [31mfails" (bad1) is not of')
    assert nameless.startswith("record 3 is not of")


def test_an_incident_whose_updates_are_null_is_left_out_by_its_title(tmp_path: Path) -> None:
    account, found = take(tmp_path, {"incident": incident(incident_updates=None)})
    assert not found
    assert account.left_out[0].text == '"Card payments fail" (abcdefghijkl) has no update'


def test_a_time_that_is_null_is_missing_and_another_one_counts(tmp_path: Path) -> None:
    shown = {**update("resolved", "2026-11-21T14:05:00Z"), "created_at": None}
    timeless = {**shown, "display_at": None}
    old = {"id": "c2", "name": "Old search"}
    told = incident(created_at=None, incident_updates=[timeless, shown], components=[old])
    listed = {"id": "c1", "name": "Cards", "position": 1}
    account, found = take(tmp_path, {"components": [listed], "incident": told})
    assert [one.at.hour for one in found["abcdefghijkl"].updates] == [14]
    retired = read_book(tmp_path / "book").components.components[1].retired
    assert retired is not None
    assert [remark.text for remark in account.warnings] == [
        '"abcdefghijkl" has 1 updates without a time: left out'
    ]


PUBLISHED = {
    "postmortem_body": "What we learnt.",
    "postmortem_published_at": "2026-11-25T09:00:00Z",
}


def test_a_published_post_mortem_is_the_last_update(tmp_path: Path) -> None:
    _, found = take(tmp_path, {"incident": incident(**PUBLISHED)})
    last = found["abcdefghijkl"].updates[-1]
    assert (last.status, last.body) == (Status.POSTMORTEM, "What we learnt.")
    assert last.at == datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_a_post_mortem_that_is_an_update_already_is_not_told_twice(tmp_path: Path) -> None:
    updates = [update("postmortem", "2026-11-25T09:00:00Z", "Said."), *UPDATES]
    _, found = take(tmp_path, {"incident": incident(incident_updates=updates, **PUBLISHED)})
    assert [one.body for one in found["abcdefghijkl"].updates] == ["Text.", "Text.", "Said."]


@pytest.mark.parametrize(("body", "warned"), [("Not yet.", 1), ("", 0), (None, 0)])
def test_a_post_mortem_that_nobody_published_stays_behind(
    tmp_path: Path, body: str | None, warned: int
) -> None:
    answer = incident(postmortem_body=body, postmortem_published_at=None)
    account, found = take(tmp_path, {"incident": answer})
    assert len(found["abcdefghijkl"].updates) == 2
    assert sum("never published" in remark.text for remark in account.warnings) == warned


@pytest.mark.parametrize("name", ["upptime-tjcsl", "jekyll-bcgov", "statuskit-agrc"])
def test_files_of_another_tool_are_named_and_nothing_is_written(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    command = ["import", "statuspage", str(shared_data / name), "--into", str(tmp_path / "book")]
    done = CliRunner().invoke(statusbook, command)
    assert done.exit_code == 1
    assert isinstance(done.exception, StatusbookError)
    assert str(done.exception).endswith("nothing is written")
    files = [path for path in (shared_data / name).rglob("*") if path.is_file()]
    assert done.output.count("left out: ") >= len(files)
    assert not (tmp_path / "book").exists()


def test_a_feed_of_something_else_makes_no_page(tmp_path: Path) -> None:
    entry = "<entry><title>A post</title><content>Text.</content></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title>{entry}</feed>'
    (tmp_path / "history.atom").write_text(feed)
    account = Account()
    assert read_statuspage([tmp_path / "history.atom"], account).empty
    assert account.left_out


def test_hostile_names_never_leave_the_folder(tmp_path: Path) -> None:
    codes = ["../../../etc/passwd", "CON", "index", "a" * 500, "."]
    _, found = take(tmp_path, {"incidents": [incident(code) for code in codes]})
    assert len(found) == len(codes)
    assert not (tmp_path / "etc").exists()


def test_a_second_import_adds_only_what_is_new(tmp_path: Path) -> None:
    open_one = incident(incident_updates=incident()["incident_updates"][1:])
    take(tmp_path, {"page": PAGE, "incident": open_one})
    (tmp_path / "book/incidents/2026/abcdefghijkl/1-investigating.md").write_text(
        "---\ntitle: Mine\nstatus: investigating\nat: 2026-11-21T14:05Z\n---\nMine.\n"
    )
    account, found = take(tmp_path, {"page": PAGE, "incident": incident()})
    assert dict(account.summary())["with new updates"] == 1
    assert [one.title for one in found["abcdefghijkl"].updates] == ["Mine", None]
    account, _ = take(tmp_path, {"page": PAGE, "incident": incident()})
    assert dict(account.summary())["already there"] == 1


def test_the_newer_copy_of_an_incident_counts(tmp_path: Path) -> None:
    older = incident(name="Old", updated_at="2026-11-21T14:30:00Z")
    account, found = take(tmp_path, {"incident": incident()}, {"incident": older})
    assert found["abcdefghijkl"].updates[0].title == "Card payments fail"
    assert dict(account.summary())["older copies"] == 1


def test_a_real_history_is_taken_over_whole(shared_data: Path, tmp_path: Path) -> None:
    account = Account()
    source = shared_data / "statuspage-github-2010-2021"
    write_imported(read_statuspage([source], account), tmp_path, account)
    counts = dict(account.summary())
    assert (counts["incidents"], counts["left out"]) == (1028, 2)  # licence and sources
    assert len(account.files) == counts["incidents"] + counts["left out"]
    assert len(read(tmp_path)) == counts["incidents"]


def test_other_formats_are_told_apart(shared_data: Path, tmp_path: Path) -> None:
    account = Account()
    source = shared_data / "statuspage-fixtures-a"
    write_imported(read_statuspage([source], account), tmp_path, account)
    assert {Path(one.source).name for one in account.left_out} == {
        "LICENSE",
        "SOURCES.md",
        "heroku_incident.json",
        "heroku_maintenance.json",
    }
    endings = [entry.ending for entry in account.entries]
    assert endings.count(Ending.MAINTENANCE) == 3
    assert len(read(tmp_path)) == 4


def test_feeds_give_each_update_to_the_minute(shared_data: Path, tmp_path: Path) -> None:
    """Another project's reading of the same feeds agrees in every incident but one.

    The one was read from a later copy of the feed, which has one more update.
    """
    account = Account()
    source = shared_data / "atom-github-2022-2023"
    feeds = sorted([*source.glob("*/*.atom")])
    write_imported(read_statuspage(feeds, account), tmp_path, account)
    found = read(tmp_path)
    assert len(found) == 265
    differs = []
    for line in (source / "parsed-incidents.jsonl").read_text().splitlines():
        told = json.loads(line)
        ours = found.get(told["url"].rpartition("/")[2])
        if ours is None:
            continue
        times = [f"{one.at:%Y-%m-%dT%H:%M:%SZ}" for one in ours.updates]
        if (
            times != [one["at"] for one in told["updates"]]
            or ours.updates[0].title != told["title"]
        ):
            differs.append(ours.id)
    assert differs == ["t2xwk9mz56f4"]


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><feed/>', "entities"),
        ("<feed", "not readable as XML"),
        ("<rss/>", "no Atom feed"),
    ],
)
def test_other_xml_ends_in_a_sentence(tmp_path: Path, feed: str, reason: str) -> None:
    (tmp_path / "history.atom").write_text(feed)
    account = Account()
    read_statuspage([tmp_path / "history.atom"], account)
    assert reason in account.left_out[0].text
