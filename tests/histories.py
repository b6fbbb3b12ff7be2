"""Made-up books of any size, for tests that count what a build does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

COMPONENTS = 20
NEWEST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
STEP = timedelta(days=4)


def write_history(root: Path, incidents: int) -> list[Path]:
    """Write a book of closed incidents, one every four days; return their folders, newest first."""
    plan = root / "plan"
    plan.mkdir(parents=True)
    page = (
        'title: Status\nurl: https://status.example.com\nfeed_id: "tag:example.com,2026:status"\n'
    )
    (plan / "status-page.yml").write_text(page)
    names = [f"  - {{id: part-{n}, name: Part {n}}}\n" for n in range(COMPONENTS)]
    (plan / "components.yml").write_text("components:\n" + "".join(names))
    return [_write_incident(root, number) for number in range(incidents)]


def add_update(folder: Path, name: str, at: str, fields: str = "status: monitoring\n") -> None:
    """Add one update to an incident."""
    (folder / f"{name}.md").write_text(f"---\nat: {at}\n{fields}---\nStill at work.\n")


def _write_incident(root: Path, number: int) -> Path:
    start = NEWEST - number * STEP
    folder = root / "incidents" / f"{start:%Y}" / f"{start:%Y-%m-%d}-case-{number}"
    folder.mkdir(parents=True)
    status = "partial_outage" if number % 3 else "degraded_performance"
    fields = f"title: Case {number}\ncomponents: {{part-{number % COMPONENTS}: {status}}}\n"
    for turn, status in enumerate(("investigating", "identified", "monitoring", "resolved")):
        at = f"{start + turn * timedelta(minutes=20):%Y-%m-%dT%H:%MZ}"
        add_update(folder, f"{turn + 1}-{status}", at, f"status: {status}\n{fields}")
        fields = ""
    return folder
