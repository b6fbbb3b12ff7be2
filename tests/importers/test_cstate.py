"""Sites of cState become our files, and every file of theirs is accounted for."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from cstate_sites import CONFIG, FRONT, NOW, changed, lines, one, site, take

from statusbook.cli import statusbook
from statusbook.importers.write import write_imported
from statusbook.problems import errors
from statusbook.read.book import read_book


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("cstate-jenkins", 297),
        ("cstate-grex", 32),
        ("cstate-ocf", 3),
        ("cstate-wikibase-cloud", 19),
    ],
)
def test_every_issue_of_a_real_site_is_accounted_for_and_the_book_holds(
    name: str, files: int, shared_data: Path, tmp_path: Path
) -> None:
    imported, account = take(shared_data / name)
    assert len(list((shared_data / name / "content").rglob("*.md"))) == files
    assert len(imported.incidents) + len(account.left_out) == files
    assert len({incident.id for incident in imported.incidents}) == len(imported.incidents)
    write_imported(imported, tmp_path, account)
    book = read_book(tmp_path)
    assert errors(book.problems) == []
    assert len(list((tmp_path / "incidents").glob("*/*"))) == len(imported.incidents)


def test_a_real_site_is_imported_checked_and_built_by_the_commands(
    shared_data: Path, tmp_path: Path
) -> None:
    source, into, out = shared_data / "cstate-ocf", tmp_path / "book", tmp_path / "site"
    run = CliRunner().invoke
    first = run(statusbook, ["import", "cstate", str(source), "--into", str(into)])
    assert first.exit_code == 0, first.output
    assert "incidents" in first.output
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    again = run(statusbook, ["import", "cstate", str(source), "--into", str(into)])
    assert again.exit_code == 0
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before
    checked = run(statusbook, ["check", "--source", str(into), "--no-cache"])
    assert checked.exit_code == 0, checked.output
    built = run(statusbook, ["build", "status", "--source", str(into), "--out", str(out)])
    assert built.exit_code == 0, built.output
    page = next(out.rglob("incidents/2019-03-11-mirrors-downtime/index.html")).read_text()
    assert "all mirrors are correctly syncing" in page


@pytest.mark.parametrize("name", ["cstate-jenkins", "cstate-grex", "cstate-wikibase-cloud"])
def test_every_broken_version_ends_as_an_incident_or_in_a_sentence(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    broken = sorted((shared_data / name / "from-history" / "malformed").iterdir())
    folder = site(tmp_path / "site", {})
    for path in broken:
        shutil.copy(path, folder / "content" / "issues" / path.name)
    imported, account = take(folder)
    assert len(imported.incidents) + len(account.left_out) == len(broken)
    assert all(remark.text and remark.source for remark in account.left_out)
    write_imported(imported, tmp_path / "book", account)
    assert errors(read_book(tmp_path / "book").problems) == []


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-05-01 10:00:00", "2026-05-01T10:00"),
        ("2026-05-01T10:00:00-00:00", "2026-05-01T10:00"),
        ("'2026-05-01 10:00:00Z'", "2026-05-01T10:00"),
        ("2026-05-01T10:00:00", "2026-05-01T10:00"),
        ("'2026-05-01'", "2026-05-01T00:00"),
        ("2026-05-01", "2026-05-01T00:00"),
        ("2026-05-01T10:00:00.250Z", "2026-05-01T10:00"),
        ('"2026-05-01T10:00:00+02:00"', "2026-05-01T08:00"),
        ("2026-05-01T10:00:00+02:00", "2026-05-01T08:00"),
        ("2026-05-01 10:00:00-04:00", "2026-05-01T14:00"),
        ("2026-05-01 10:00:00Z", "2026-05-01T10:00"),
        ("2026-05-01T9:30:00-00:00", "2026-05-01T09:30"),
        ("2026-05-01 9:30:00", "2026-05-01T09:30"),
        ("2026-05-01 10:00:00 UTC", "2026-05-01T10:00"),
        ("2026-05-01 10:00:00 +0200", "2026-05-01T08:00"),
        ("2026-05-01 10:00  # in the morning", "2026-05-01T10:00"),
    ],
)
def test_dates_are_read_in_every_shape_that_people_wrote(
    written: str, at: str, tmp_path: Path
) -> None:
    incident = one(tmp_path, "Text.", changed("date: 2026-05-01 10:00:00", f"date: {written}"))
    assert f"{incident.updates[0].fields['at']:%Y-%m-%dT%H:%M}" == at


@pytest.mark.parametrize(
    "written", ["2026-05-01T010:00:00", "2026-05-01:10:00", "2026-02-30", "soon", "", "[1, 2]"]
)
def test_what_is_no_date_ends_in_a_sentence(written: str, tmp_path: Path) -> None:
    text = changed("date: 2026-05-01 10:00:00", f"date: {written}")
    imported, account = take(site(tmp_path, {"slow.md": f"---\n{text}---\nText.\n"}))
    assert imported.incidents == []
    assert [remark.line for remark in account.left_out] == [3]
    assert "dat" in account.left_out[0].text or "time" in account.left_out[0].text


def test_times_without_a_zone_are_those_of_the_site(tmp_path: Path) -> None:
    folder = site(
        tmp_path, {"a.md": f"---\n{FRONT}---\nText.\n"}, CONFIG + "timezone: Europe/Warsaw\n"
    )
    imported, _ = take(folder)
    assert imported.incidents[0].updates[0].fields["at"] == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert imported.page is not None
    assert imported.page.time_zone == "Europe/Warsaw"


STYLES = {
    "one text": ("Slow.", ["investigating 05-01T10:00 Slow.", "resolved 05-01T12:00 Marked"]),
    "track, newest first": (
        (
            '*Resolved* - Fast again. {{< track "2026-05-01 11:55:00" >}}\n\n'
            '*Monitoring* - Mended. {{< track "2026-05-01 11:00:00" >}}\n\n'
            '*Investigating* - Slow. {{< track "2026-05-01 10:10:00" >}}'
        ),
        [
            "investigating 05-01T10:10 Slow.",
            "monitoring 05-01T11:00 Mended.",
            "resolved 05-01T11:55 Fast again.",
        ],
    ),
    "an unknown word stays in the text": (
        (
            '*Fast again* - All is well. {{< track "2026-05-01 11:00:00" >}}\n\n'
            '*Investigating* - Slow. {{< track "2026-05-01 10:00:00" >}}'
        ),
        ["investigating 05-01T10:00 Slow.", "- 05-01T11:00 **Fast again", "resolved 05-01T12:00 "],
    ),
    "nested stars": (
        (
            '***Resolved*** - Fast again. {{< track "2026-05-01T12:00:00.000Z" >}}\n\n'
            '**Investigating** - Slow. {{< track "2026-05-01T10:00:00.000Z" >}}'
        ),
        ["investigating 05-01T10:00 Slow.", "resolved 05-01T12:00 Fast again."],
    ),
    "brackets": (
        "[Final message]\nFast again.\n\n[Initial message]\nSlow.",
        ["investigating 05-01T10:00 Slow.", "resolved 05-01T12:00 Fast again."],
    ),
    "brackets with arrows left over": (
        "[Final Message] -->\nFast again.\n\n[Initial Message] -->\nSlow.",
        ["investigating 05-01T10:00 Slow.", "resolved 05-01T12:00 Fast again."],
    ),
    "updates that name their time": (
        "[Final]\nFast.\n\n[Update - 2026-05-01 11h15 UTC]\nLooking.\n\n[Initial]\nSlow.",
        [
            "investigating 05-01T10:00 Slow.",
            "- 05-01T11:15 Looking.",
            "resolved 05-01T12:00 Fast.",
        ],
    ),
    "updates that spell their month": (
        "[Update 1st of May 2026 - 11:15 UTC]\nLooking.\n\n[Initial]\nSlow.",
        [
            "investigating 05-01T10:00 Slow.",
            "- 05-01T11:15 Looking.",
            "resolved 05-01T12:00 Marked",
        ],
    ),
    "blocks with a time on top": (
        "2026-05-01 11:00 UTC\n\nMended.\n\n---\n\n2026-05-01 10:05 UTC\n\nSlow.",
        ["investigating 05-01T10:05 Slow.", "- 05-01T11:00 Mended.", "resolved 05-01T12:00 Marked"],
    ),
    "a list, oldest first": (
        "- [2026-05-01 10:05] Slow.\n- [2026-05-01 11:00] Mended.",
        ["investigating 05-01T10:05 Slow.", "- 05-01T11:00 Mended.", "resolved 05-01T12:00 Marked"],
    ),
    "a report on top": (
        (
            '*Post-mortem* - A cable broke. {{< track "2026-05-03 09:00:00" >}}\n\n---\n\n'
            '*Resolved* - Fast. {{< track "2026-05-01 12:00:00" >}}\n\n'
            '*Investigating* - Slow. {{< track "2026-05-01 10:00:00" >}}'
        ),
        [
            "investigating 05-01T10:00 Slow.",
            "resolved 05-01T12:00 Fast.",
            "postmortem 05-03T09:00 A cable broke.",
        ],
    ),
    "Italian": (
        (
            '*Risolto* - Veloce. {{< track "2026-05-01 12:00:00" >}}\n\n'
            '*Monitoraggio in corso* - Riparato. {{< track "2026-05-01 11:00:00" >}}'
        ),
        ["monitoring 05-01T11:00 Riparato.", "resolved 05-01T12:00 Veloce."],
    ),
    "an update without a time joins a text that has one": (
        "[Final message]\nFast.\n\n[Update]\nStill slow.\n\n[Initial message]\nSlow.",
        ["investigating 05-01T10:00 Slow. / ", "resolved 05-01T12:00 Fast."],
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_updates_are_told_apart_in_the_styles_that_people_use(style: str, tmp_path: Path) -> None:
    body, expected = STYLES[style]
    told = lines(one(tmp_path, body))
    assert len(told) == len(expected), told
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start), told


def test_no_word_of_a_text_is_lost(tmp_path: Path) -> None:
    body = "[Final]\nfast\n\n[Update]\nstill slow\n\n### Why\na cable\n\n[Initial]\nslow"
    text = "\n".join(update.body for update in one(tmp_path, body).updates)
    assert all(word in text for word in ("fast", "still slow", "Why", "a cable", "slow"))


def test_what_readers_never_saw_is_not_published(tmp_path: Path) -> None:
    incident = one(tmp_path, "<!-- [Final message]\nwe lost keys -->\n\n[Initial message]\nSlow.")
    assert lines(incident)[0] == "investigating 05-01T10:00 Slow."
    assert "keys" not in "".join(update.body for update in incident.updates)


def test_systems_and_categories_become_components_and_groups(tmp_path: Path) -> None:
    text = FRONT.replace(
        "  - Checkout", "  - checkout\n  - Old search # gone\n  - Search , Checkout"
    )
    imported, _ = take(site(tmp_path, {"a.md": f"---\n{text}---\nSlow.\n"}))
    assert [(group.id, group.name) for group in imported.groups] == [
        ("shops", "Shops"),
        ("money", "Money"),
    ]
    found = {one.id: one for one in imported.components}
    assert [*found] == ["checkout", "search", "cards", "old-search"]
    assert found["cards"].group == "money"
    assert found["checkout"].description == "Pay in a shop (https://shop.example.com)"
    assert imported.groups[1].description == "Everything that moves money"
    assert found["old-search"].retired == date(2026, 5, 1)
    components = imported.incidents[0].updates[0].fields["components"]
    assert components == dict.fromkeys(("checkout", "old-search", "search"), "partial_outage")


@pytest.mark.parametrize(
    ("severity", "status"),
    [
        ("down", "major_outage"),
        ("disrupted", "partial_outage"),
        ("distrupted", "partial_outage"),
        ("degraded", "partial_outage"),
        ("disrupted # or down?", "partial_outage"),
        ("notice", "operational"),
        ("monitoring", "operational"),
    ],
)
def test_severities_say_how_components_work(severity: str, status: str, tmp_path: Path) -> None:
    incident = one(tmp_path, "Slow.", changed("severity: disrupted", f"severity: {severity}"))
    assert incident.updates[0].fields["components"] == {"checkout": status}


def test_planned_work_has_a_window(tmp_path: Path) -> None:
    front = FRONT.replace("Checkout is slow", "Maintenance of checkout").replace(
        "disrupted", "notice"
    )
    incident = one(tmp_path, "[Final message]\nDone.\n\n[Initial message]\nWe work.", front)
    assert lines(incident) == ["scheduled 05-01T10:00 We work.", "completed 05-01T12:00 Done."]
    assert incident.updates[0].fields["scheduled"] == {
        "from": datetime(2026, 5, 1, 10, tzinfo=UTC),
        "until": datetime(2026, 5, 1, 12, tzinfo=UTC),
    }
    assert incident.updates[0].fields["components"] == {"checkout": "under_maintenance"}


@pytest.mark.parametrize(
    "front",
    [
        "title: Maintenance\ndate: 2026-05-01 10:00\nresolved: true\nseverity: down",
        "title: Maintenance\ndate: 2026-05-01 10:00\nresolved: false\nseverity: notice",
        "title: New cables\ndate: 2027-05-01 10:00\nseverity: notice",
        "title: Upgrade\ndate: 2027-05-01 10:00\nresolvedWhen: 2027-05-01 09:00\nseverity: down",
    ],
)
def test_planned_work_without_an_end_takes_an_hour_and_says_so(front: str, tmp_path: Path) -> None:
    imported, account = take(site(tmp_path, {"a.md": f"---\n{front}\n---\nWe work.\n"}))
    first = imported.incidents[0].updates[0].fields
    window = first["scheduled"]
    assert isinstance(window, dict)
    assert (window["until"] - window["from"]).total_seconds() == 3600
    assert first["status"] == "scheduled"
    assert any("an hour is taken" in remark.text for remark in account.warnings)


def test_what_is_still_broken_does_not_end_by_itself(tmp_path: Path) -> None:
    front = "title: Search fails after maintenance\ndate: 2026-05-01 10:00\nseverity: down\n"
    assert lines(one(tmp_path, "It fails.", front)) == ["investigating 05-01T10:00 It fails."]


def test_no_update_lies_ahead_of_the_import(tmp_path: Path) -> None:
    fronts = [
        "title: Slow\ndate: 2027-05-01 10:00\nseverity: down\nresolved: false",
        "title: News\ndate: 2027-05-01 10:00\ninformational: true",
        "title: Slow\ndate: 2026-05-01 10:00\nresolved: true\nresolvedWhen: 2027-05-01 10:00",
        "title: Upgrade\ndate: 2026-05-01 10:00\nresolved: true\nresolvedWhen: 2027-05-01 10:00",
    ]
    body = 'Slow.\n\n*Update* - Slower. {{< track "2027-05-05 10:00:00" >}}\n\n[Final]\nOver.'
    issues = {f"{n}.md": f"---\n{front}\n---\n{body}\n" for n, front in enumerate(fronts)}
    imported, account = take(site(tmp_path / "site", issues))
    assert len(imported.incidents) == len(fronts)
    for incident in imported.incidents:
        assert all(update.fields["at"] <= NOW for update in incident.updates), incident
    assert len([one for one in account.warnings if "in the future" in one.text]) == len(fronts)
    write_imported(imported, tmp_path / "book", account)
    assert errors(read_book(tmp_path / "book").problems) == []


def test_information_is_resolved_at_once_and_has_no_impact(tmp_path: Path) -> None:
    front = "title: Hello\ndate: 2026-05-01\ninformational: true\nsection: issue\n"
    incident = one(tmp_path, "We moved.", front)
    assert lines(incident) == ["resolved 05-01T00:00 We moved."]
    assert incident.updates[0].fields["impact"] == "none"


def test_a_draft_stays_a_draft(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": f"---\n{FRONT}draft: true\n---\nSlow.\n"})
    imported, account = take(folder)
    write_imported(imported, tmp_path / "book", account)
    assert [path.name for path in (tmp_path / "book" / "incidents" / "2026").iterdir()] == ["_a"]


def test_a_resolved_issue_closes_though_its_end_is_missing_or_too_early(tmp_path: Path) -> None:
    missing = changed("resolvedWhen: 2026-05-01 12:00:00\n", "")
    early = changed("2026-05-01 12:00:00", "2026-04-01 12:00:00")
    for number, front in enumerate((missing, early)):
        incident = one(tmp_path / str(number), "Slow.", front)
        assert [update.fields.get("status") for update in incident.updates][-1] == "resolved"
        assert incident.updates[-1].fields["at"] == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_an_issue_that_is_not_resolved_stays_open_and_is_told(tmp_path: Path) -> None:
    text = changed("resolved: true\nresolvedWhen: 2026-05-01 12:00:00", "resolved: false")
    imported, account = take(site(tmp_path, {"a.md": f"---\n{text}---\nSlow.\n"}))
    assert lines(imported.incidents[0]) == ["investigating 05-01T10:00 Slow."]
    assert any("open" in remark.text for remark in account.warnings)


def test_misspelt_and_repeated_fields_are_read_and_told(tmp_path: Path) -> None:
    text = FRONT.replace("severity", "everity").replace("resolvedWhen", "resolvedwhen")
    imported, account = take(site(tmp_path, {"a.md": f"---\n{text}title: Again\n---\nSlow.\n"}))
    assert imported.incidents[0].updates[0].fields["title"] == "Again"
    assert lines(imported.incidents[0])[-1].startswith("resolved 05-01T12:00")
    told = " ".join(remark.text for remark in account.warnings)
    assert "everity" in told
    assert "stands twice" in told


def test_front_matter_may_be_toml(tmp_path: Path) -> None:
    head = 'title = "Slow"\ndate = 2026-05-01T10:00:00Z\nresolved = false\naffected = ["Search"]'
    text = f"+++\n{head}\n+++\nText.\n"
    imported, account = take(site(tmp_path, {"a.md": text}))
    assert account.left_out == []
    assert lines(imported.incidents[0]) == ["identified 05-01T10:00 Text."]


def test_names_become_ids_in_the_order_of_paths(tmp_path: Path) -> None:
    text = f"---\n{FRONT}---\nSlow.\n"
    names = ["Über Nacht.md", "uber-nacht.md", "uber_nacht.md", "2026/index.md"]
    imported, account = take(site(tmp_path, dict.fromkeys(names, text)))
    assert len(imported.incidents) + len(account.left_out) == len(names)
    ids = [incident.id for incident in imported.incidents]
    assert len(set(ids)) == len(ids)
    assert ids == [incident.id for incident in take(tmp_path)[0].incidents]
