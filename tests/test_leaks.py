"""Nothing internal reaches the page: a token in every internal place, and none in the output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from statusbook.model.incident import Internal
from statusbook.model.plan import Component, Metric
from statusbook.model.public import PublicMetric

CANARY = "canary7q2x"

PAGE = f"""\
# {CANARY}-page-comment
title: Status
url: https://status.example.com
feed_id: "tag:example.com,2026:status"
languages: [pl]
"""
COMPONENTS = f"""\
components:
  # {CANARY}-component-comment
  - id: checkout
    name: Checkout
    owner: "@{CANARY}-owner"
    runs_on: ["{CANARY}-host"]
    depends_on: ["{CANARY}-database"]
    provider: {CANARY}-provider
"""
UPDATE = f"""\
---
title: Card payments fail  # {CANARY}-field-comment
status: investigating
at: 2026-11-21T14:05Z
components: {{checkout: partial_outage}}
workaround: |
  Pay by transfer. <!-- {CANARY}-advice -->
internal:
  severity: {CANARY}-severity
  detected: 2011-03-09T07:31Z
  commander: "@{CANARY}-commander"
  approved_by: "@{CANARY}-approver"
  note: {CANARY}-note
---
Some cards fail.

<!-- {CANARY}-hidden -->

Transfers <!-- {CANARY}-inline --> work.
"""
METRICS = f"""\
# {CANARY}-metric-comment
metrics:
  - {{id: slow, name: Slow, unit: ms, file: metrics/{CANARY}.json, component: checkout}}
"""
READINGS = f"""\
{{"MetricDataResults": [
  {{"Id": "{CANARY}", "Label": "{CANARY}-label", "Values": [101, 99],
   "Timestamps": ["2026-11-21T14:05:00+00:00", "2026-11-21T14:00:00+00:00"]}}
], "Messages": [{{"Value": "{CANARY}-message"}}]}}
"""
PLAN_FILES = {
    "plan/people.yml": f"- name: {CANARY}-person\n",
    "plan/index.md": f"# {CANARY}-plan\n",
    "incidents/2026/pay/review.md": f"{CANARY}-review\n",
    f"incidents/2026/_{CANARY}-draft/1-investigating.md": UPDATE,
    f"incidents/_{CANARY}-year/pay/1-investigating.md": UPDATE,
    "incidents/2026/pay/1-investigating.pl.md": f"Karty. <!-- {CANARY}-translated -->\n",
}
DETECTED = ("2011-03-09", "9 Mar 2011", "1299655860")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the site of a book in which everything internal says so."""
    files = {
        "plan/status-page.yml": PAGE,
        "plan/components.yml": COMPONENTS,
        "incidents/2026/pay/1-investigating.md": UPDATE,
        "plan/metrics.yml": METRICS,
        f"metrics/{CANARY}.json": READINGS,
        "metrics/unlisted.csv": f"time,value\n{CANARY},1\n",
        **PLAN_FILES,
    }
    book = tmp_path / f"{CANARY}-folder"
    for name, text in files.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", f"{CANARY}-subject"]):
        author = ["-c", f"user.name={CANARY}", "-c", f"user.email={CANARY}@example.com"]
        subprocess.run(["git", *author, *command], cwd=book, check=True)
    build = ["build", "status", "--source", str(book), "--out", str(tmp_path / "out")]
    subprocess.run(
        [sys.executable, "-m", "statusbook", *build, "--now", "2026-11-21T14:40Z"], check=True
    )
    return tmp_path / "out"


def test_no_byte_of_the_site_holds_what_is_internal(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 40
    for path in files:
        assert CANARY not in path.relative_to(site).as_posix()
        text = path.read_bytes().decode().lower()
        assert CANARY not in text, path
        assert CANARY[::-1] not in text, path
        assert not [said for said in DETECTED if said.lower() in text], path


def test_readings_are_shown_and_their_file_is_not_published(site: Path) -> None:
    assert "101" in (site / "metrics/slow/index.html").read_text()
    names = [path.name for path in site.rglob("*")]
    assert not [name for name in names if name.endswith((".csv", ".yml"))]


def test_every_internal_field_holds_a_token() -> None:
    for field in msgspec.structs.fields(Internal):
        assert f"  {field.name}: " in UPDATE, "a new internal field needs a token here"
    public = {"id", "name", "group", "description", "since", "retired", "showcase", "line"}
    public |= {"only_show_if_degraded", "api_id", "translations"}
    known = {one.name for one in msgspec.structs.fields(PublicMetric)} | {"line"}
    for field in msgspec.structs.fields(Metric):
        assert field.name in known or f"{field.name}: metrics/{CANARY}" in METRICS
    for field in msgspec.structs.fields(Component):
        assert field.name in public or f"    {field.name}: " in COMPONENTS
