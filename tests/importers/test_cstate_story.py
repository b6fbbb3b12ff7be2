"""One issue of cState, in every form that people use, becomes the updates that it tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statusbook.importers.cstate import read_cstate
from statusbook.importers.report import Account
from statusbook.importers.write import ImportedIncident
from statusbook.importers.yaml_text import time_text

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
OUTAGE = {
    "title": "Checkout fails",
    "date": "2026-05-25 04:00:00",
    "resolved": "true",
    "resolvedWhen": "2026-05-25 06:00:00",
    "severity": "down",
    "affected": "[Checkout]",
    "section": "issue",
}
WORK = {**OUTAGE, "title": "Planned maintenance of the checkout", "severity": "notice"}
MARKED = "Marked as resolved at this time."


def site(folder: Path, body: str, front: dict[str, str], name: str = "2026-05-25-x") -> None:
    issues = folder / "content" / "issues"
    issues.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
    (issues / f"{name}.md").write_text(f"---\n{head}---\n\n{body}\n")
    (folder / "config.yml").write_text("title: Status\nparams:\n  systems: [{name: Checkout}]\n")


def take(
    folder: Path, body: str, front: dict[str, str] | None = None
) -> tuple[ImportedIncident, Account]:
    site(folder, body, front or OUTAGE)
    account = Account()
    imported = read_cstate(folder, account, NOW, with_history=False)
    assert not account.left_out
    return imported.incidents[0], account


def story(incident: ImportedIncident) -> list[str]:
    """Write each update as `time status | text`."""
    lines = []
    for update in incident.updates:
        at = update.fields["at"]
        assert isinstance(at, datetime)
        status = update.fields.get("status", "-")
        lines.append(f"{time_text(at)[5:]} {status} | {update.body.replace(chr(10), ' ')}")
    return lines


BODIES = {
    "the theme's own form, newest first": (
        """*Resolved* - All is well. {{< track "2026-05-25 05:54:00" >}}

*Monitoring* - A fix is in. {{< track "2026-05-25 04:40:00" >}}

*Investigating* - We look into it. {{< track "2026-05-25 04:13:00" >}}""",
        [
            "05-25T04:13Z investigating | We look into it.",
            "05-25T04:40Z monitoring | A fix is in.",
            "05-25T05:54Z resolved | All is well.",
        ],
    ),
    "stars and times as the bot nests them": (
        """**_Resolved_** - Up again. {{< track "2026-05-25T05:54:00.000Z" >}}

***Investigating*** - Down. {{< track "2026-05-25T04:13:00.000Z" >}}""",
        ["05-25T04:13Z investigating | Down.", "05-25T05:54Z resolved | Up again."],
    ),
    "tracks without any word": (
        """It works. {{< track "2026-05-25 06:00:00" >}}

It does not work. {{< track "2026-05-25 04:13:00" >}}""",
        ["05-25T04:13Z investigating | It does not work.", "05-25T06:00Z resolved | It works."],
    ),
    "an unknown word stays in the text": (
        """*Resolved* - Good. {{< track "2026-05-25 06:00:00" >}}

*Rollback* - We roll back. {{< track "2026-05-25 05:00:00" >}}

*Investigating* - Bad. {{< track "2026-05-25 04:13:00" >}}""",
        [
            "05-25T04:13Z investigating | Bad.",
            "05-25T05:00Z - | **Rollback** – We roll back.",
            "05-25T06:00Z resolved | Good.",
        ],
    ),
    "reopened, as two closings tell": (
        """*Resolved* - Now really. {{< track "2026-05-25 06:00:00" >}}

*Update* - It is back. {{< track "2026-05-25 05:30:00" >}}

*Resolved* - Done. {{< track "2026-05-25 05:00:00" >}}

*Investigating* - Bad. {{< track "2026-05-25 04:13:00" >}}""",
        [
            "05-25T04:13Z investigating | Bad.",
            "05-25T05:00Z resolved | Done.",
            "05-25T05:30Z investigating | It is back.",
            "05-25T06:00Z resolved | Now really.",
        ],
    ),
    "one text without any mark": (
        "The checkout is down.\n\nWe restart it.",
        [
            "05-25T04:00Z investigating | The checkout is down.  We restart it.",
            f"05-25T06:00Z resolved | {MARKED}",
        ],
    ),
    "messages in brackets, newest first": (
        "[Final Message] -->\nAll good.\n\n[Initial message]\nWe look.",
        ["05-25T04:00Z investigating | We look.", "05-25T06:00Z resolved | All good."],
    ),
    "a message whose time nobody knows joins the one before": (
        "[Final message]\nAll good.\n\n[Update 2]\nSlow.\n\n[Initial message]\nWe look.",
        ["05-25T04:00Z investigating | We look.  Slow.", "05-25T06:00Z resolved | All good."],
    ),
    "an edit below the first message": (
        "It is down.\n\n[edit]\nIt works again.",
        ["05-25T04:00Z investigating | It is down.", "05-25T06:00Z resolved | It works again."],
    ),
    "an update on top of sections of one report": (
        """*Update* - All is well again.

__Description__ The queue stood still.

__Impact__ All.""",
        [
            "05-25T04:00Z investigating | __Description__ The queue stood still.  __Impact__ All.",
            "05-25T06:00Z resolved | All is well again.",
        ],
    ),
    "headings, newest first": (
        "# Update Jun 24, 10AM\n\nBack.\n\n## The checkout is down\n\nWe look.",
        [
            "05-25T04:00Z investigating | ## The checkout is down  We look.",
            "05-25T06:00Z resolved | **Update Jun 24, 10AM** – Back.",
        ],
    ),
    "a heading that tells the end": (
        "## We are back online\n\nEnjoy.\n\n## The checkout is down\n\nWe look.",
        [
            "05-25T04:00Z investigating | ## The checkout is down  We look.",
            "05-25T06:00Z resolved | ## We are back online  Enjoy.",
        ],
    ),
    "blocks between rules, with a time on top of each": (
        "2026-05-25 06:00 UTC\nAll good.\n\n---\n\n2026-05-25 04:30 UTC - Identified: a disk.\n",
        ["05-25T04:30Z identified | a disk.", "05-25T06:00Z resolved | All good."],
    ),
    "times in bold, with words": (
        """**Update at 2026-05-25 05:20 UTC**

Slow.

**Initial Message at 2026-05-25 04:35 UTC**

Bad.""",
        [
            "05-25T04:35Z investigating | Bad.",
            "05-25T05:20Z - | Slow.",
            f"05-25T06:00Z resolved | {MARKED}",
        ],
    ),
    "a list with times, oldest first": (
        "- [2026-05-25 04:10] It is down.\n- [2026-05-25 05:10] Fix applied: a disk.\n  Really.\n",
        [
            "05-25T04:10Z investigating | It is down.",
            "05-25T05:10Z monitoring | a disk. Really.",
            f"05-25T06:00Z resolved | {MARKED}",
        ],
    ),
    "a post-mortem on top, ended by a rule": (
        """*Post-mortem* - What we learnt. {{< track "2026-05-26 09:00:00" >}}

## Causes

A disk.

---

*Resolved* - Good. {{< track "2026-05-25 06:00:00" >}}

*Investigating* - Bad. {{< track "2026-05-25 04:13:00" >}}""",
        [
            "05-25T04:13Z investigating | Bad.",
            "05-25T06:00Z resolved | Good.",
            "05-26T09:00Z postmortem | What we learnt.  ## Causes  A disk.",
        ],
    ),
    "Italian, Spanish and German words": (
        """*Risolto* - Va. {{< track "2026-05-25 06:00:00" >}}

*Beobachtung* - Es geht. {{< track "2026-05-25 05:30:00" >}}

*Identificado* - Un disco. {{< track "2026-05-25 05:00:00" >}}""",
        [
            "05-25T05:00Z identified | Un disco.",
            "05-25T05:30Z monitoring | Es geht.",
            "05-25T06:00Z resolved | Va.",
        ],
    ),
    "only the last word": (
        "[Final message] It was a disk.",
        [
            "05-25T04:00Z investigating | Recorded as beginning at this time.",
            "05-25T06:00Z resolved | It was a disk.",
        ],
    ),
    "no text at all": (
        "",
        [
            "05-25T04:00Z investigating | Recorded as beginning at this time.",
            f"05-25T06:00Z resolved | {MARKED}",
        ],
    ),
    "French words": (
        """*Résolu* - Tout va bien. {{< track "2026-05-25 06:00:00" >}}

*Surveillance* - Ça tient. {{< track "2026-05-25 05:30:00" >}}

*Identifié* - Un disque. {{< track "2026-05-25 05:00:00" >}}""",
        [
            "05-25T05:00Z identified | Un disque.",
            "05-25T05:30Z monitoring | Ça tient.",
            "05-25T06:00Z resolved | Tout va bien.",
        ],
    ),
    "a closing word without more is its own text": (
        "done",
        [
            "05-25T04:00Z investigating | Recorded as beginning at this time.",
            "05-25T06:00Z resolved | done",
        ],
    ),
    "an opening word without more is its own text": (
        "Scheduled",
        ["05-25T04:00Z investigating | Scheduled", f"05-25T06:00Z resolved | {MARKED}"],
    ),
    "a lone word that is no status is text": (
        "Update",
        ["05-25T04:00Z investigating | Update", f"05-25T06:00Z resolved | {MARKED}"],
    ),
    "words in stars with nothing but a time": (
        """*Resolved* - {{< track "2026-05-25 06:00:00" >}}

*Investigating* - {{< track "2026-05-25 04:13:00" >}}""",
        ["05-25T04:13Z investigating | Investigating", "05-25T06:00Z resolved | Resolved"],
    ),
    "marks within code are text": (
        "```\n[Final message]\n*Resolved* - no\n```",
        [
            "05-25T04:00Z investigating | ``` [Final message] *Resolved* - no ```",
            f"05-25T06:00Z resolved | {MARKED}",
        ],
    ),
}


@pytest.mark.parametrize("form", BODIES)
def test_every_form_is_told_in_the_order_of_time(tmp_path: Path, form: str) -> None:
    body, expected = BODIES[form]
    incident, _ = take(tmp_path, body)
    assert story(incident) == expected


def test_the_themes_own_example_is_taken_with_a_warning(tmp_path: Path) -> None:
    body = '*Resolved* - Good. {{< track "2026-06-25 05:54:00" >}}'
    incident, account = take(tmp_path, body)
    assert story(incident)[-1] == "06-25T05:54Z resolved | Good."
    assert [remark.text for remark in account.warnings] == ["an update is after resolvedWhen"]


def test_components_follow_severity_and_close_with_the_incident(tmp_path: Path) -> None:
    down, _ = take(tmp_path, "Bad.")
    disrupted, _ = take(tmp_path, "Slow.", {**OUTAGE, "severity": "disrupted"})
    notice, _ = take(tmp_path, "Note.", {**OUTAGE, "severity": "notice"})
    assert down.updates[0].fields["components"] == {"checkout": "major_outage"}
    assert disrupted.updates[0].fields["components"] == {"checkout": "partial_outage"}
    assert notice.updates[0].fields["components"] == {"checkout": "operational"}
    assert notice.updates[0].fields["status"] == "identified"
    assert "components" not in down.updates[1].fields


def test_an_issue_that_names_no_system_says_its_impact(tmp_path: Path) -> None:
    incident, _ = take(tmp_path, "Bad.", {**OUTAGE, "affected": ""})
    assert incident.updates[0].fields["impact"] == "critical"


def test_an_informational_issue_is_told_and_closed(tmp_path: Path) -> None:
    incident, _ = take(tmp_path, "A note.", {**OUTAGE, "informational": "true"})
    assert story(incident) == ["05-25T04:00Z resolved | A note."]
    assert incident.updates[0].fields["impact"] == "none"
    assert incident.updates[0].fields["components"] == {"checkout": "operational"}


def test_an_end_before_its_beginning_is_not_known(tmp_path: Path) -> None:
    front = {**OUTAGE, "resolvedWhen": "2026-05-24 06:00:00"}
    incident, account = take(tmp_path, "Bad.", front)
    assert story(incident) == ["05-25T04:00Z resolved | Bad."]
    assert incident.updates[0].fields["impact"] == "critical"
    assert account.warnings[0].line == 5


def test_an_open_issue_stays_open_and_is_told(tmp_path: Path) -> None:
    incident, account = take(tmp_path, "Bad.", {**OUTAGE, "resolved": "", "resolvedWhen": ""})
    assert story(incident) == ["05-25T04:00Z investigating | Bad."]
    assert "is not resolved: it stays open" in account.warnings[0].text


def test_planned_work_has_its_window_and_ends_by_its_last_message(tmp_path: Path) -> None:
    incident, _ = take(tmp_path, "[Final message]\nDone.\n\n[Initial message]\nWe work.", WORK)
    assert story(incident) == [
        "05-25T04:00Z scheduled | We work.",
        "05-25T06:00Z completed | Done.",
    ]
    window = incident.updates[0].fields["scheduled"]
    assert isinstance(window, dict)
    assert {key: time_text(at) for key, at in window.items()} == {
        "from": "2026-05-25T04:00Z",
        "until": "2026-05-25T06:00Z",
    }
    assert incident.updates[0].fields["components"] == {"checkout": "under_maintenance"}


def test_work_that_was_said_to_be_an_outage_stays_one(tmp_path: Path) -> None:
    incident, _ = take(tmp_path, "We work.", {**WORK, "severity": "down"})
    assert incident.updates[0].fields["components"] == {"checkout": "major_outage"}


@pytest.mark.parametrize(
    ("title", "planned"),
    [
        ("Maintenance on the shop", True),
        ("Unplanned power outage", False),
        ("Migration to another location", True),
        ("Outage after the migration", False),
        ("issues.example.com upgrade", True),
        ("Checkout fails", False),
        ("Wartungsarbeiten am Sonntag", True),
    ],
)
def test_the_title_decides_what_is_planned(tmp_path: Path, title: str, *, planned: bool) -> None:
    incident, _ = take(tmp_path, "Text.", {**OUTAGE, "title": title})
    assert ("scheduled" in incident.updates[0].fields) is planned


def test_work_whose_end_nobody_tells_lasts_an_hour(tmp_path: Path) -> None:
    incident, account = take(tmp_path, "We work.", {**WORK, "resolvedWhen": ""})
    window = incident.updates[0].fields["scheduled"]
    assert isinstance(window, dict)
    assert window["until"] - window["from"] == timedelta(hours=1)
    assert account.warnings[0].text == "nothing says when the work ends: an hour is taken"


def test_work_ahead_is_announced_by_now(tmp_path: Path) -> None:
    front = {**WORK, "date": "2027-01-01 04:00:00", "resolvedWhen": "2027-01-01 05:00:00"}
    incident, _ = take(tmp_path, "We work.", {**front, "resolved": "false"})
    assert incident.updates[0].fields["at"] == NOW


def test_finished_work_keeps_the_word_of_its_end(tmp_path: Path) -> None:
    incident, _ = take(tmp_path, "Completed", WORK)
    assert story(incident) == ["05-25T04:00Z scheduled | ", "05-25T06:00Z completed | Completed"]


def test_html_becomes_markdown_and_comments_stay_behind(tmp_path: Path) -> None:
    body = (
        "<b>Bad</b> and <strike>good</strike>,<br>see <a href='https://example.com/x'>this</a>."
        "\n<!-- a secret -->\n`<b>code</b>` <marquee>x</marquee> {{< youtube 1 >}}"
    )
    incident, account = take(tmp_path, body)
    assert incident.updates[0].body == (
        "**Bad** and ~~good~~,\\\nsee [this](https://example.com/x).\n\n"
        "`<b>code</b>` <marquee>x</marquee> {{< youtube 1 >}}"
    )
    assert [str(remark) for remark in account.warnings] == [
        "content/issues/2026-05-25-x.md:12 a comment that readers never saw stays behind",
        "content/issues/2026-05-25-x.md:14 HTML is shown as text here: <marquee>",
        "content/issues/2026-05-25-x.md:14 a shortcode of Hugo stays in the text as it is",
    ]
