"""Zones are read from the tzdata package, and only zones."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statusbook.model.zone import zone


@pytest.mark.parametrize("name", ["Etc/UTC", "UTC", "Zulu", "Etc/UCT"])
def test_the_names_of_utc_are_utc_itself(name: str) -> None:
    assert zone(name) is UTC


def test_a_page_in_utc_does_not_import_zoneinfo() -> None:
    code = (
        "import sys; from statusbook.model.zone import zone; zone('Etc/UTC');"
        "sys.exit('zoneinfo' in sys.modules or 'tzdata' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "moment", "offset"),
    [
        ("Europe/Warsaw", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), timedelta(hours=1)),
        ("Europe/Warsaw", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), timedelta(hours=2)),
        ("America/Argentina/Buenos_Aires", datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=-3)),
        ("Asia/Kathmandu", datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=5, minutes=45)),
        ("Etc/GMT+12", datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=-12)),
    ],
)
def test_a_zone_knows_its_offset_at_a_moment(
    name: str, moment: datetime, offset: timedelta
) -> None:
    assert moment.astimezone(zone(name)).utcoffset() == offset


def test_the_rules_do_not_come_from_the_system(tmp_path: Path) -> None:
    code = (
        "from datetime import UTC, datetime; from statusbook.model.zone import zone;"
        "print(datetime(2026, 7, 1, tzinfo=UTC).astimezone(zone('Europe/Warsaw')).isoformat())"
    )
    fake = tmp_path / "Europe" / "Warsaw"
    fake.parent.mkdir()
    fake.write_bytes(b"TZif2 but broken")
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "2026-07-01T02:00:00+02:00"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Warsaw",
        "europe/warsaw",
        "Europe/Narnia",
        "Europe",
        "Europe/",
        "/Europe/Warsaw",
        "../zoneinfo/UTC",
        "../../../../etc/passwd",
        "tzdata.zi",
        "zone1970.tab",
        "__init__.py",
        "Europe\\Warsaw",
        "Europe/Warsaw\n",
        "Europe/Warsaw\0",
    ],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        zone(name)
