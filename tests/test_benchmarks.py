"""The benchmarks measure what they say: a faultless book, the same one each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _benchmarks(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(project_root / "benchmarks")


def test_the_invented_book_has_no_fault_and_takes_another_update(tmp_path: Path) -> None:
    from books import add_to_book, write_book
    from history import history

    incidents = history(30)
    write_book(tmp_path / "book", incidents)
    add_to_book(tmp_path / "book", incidents[-1], 0)

    command = [sys.executable, "-m", "statusbook", "check", "--source", str(tmp_path / "book")]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "30 incidents read: nothing to mend" in checked.stdout
    assert checked.stderr == ""


def test_the_same_number_gives_the_same_history_of_four_updates_each() -> None:
    from history import history

    assert history(20) == history(20)
    assert {len(incident.updates) for incident in history(20)} == {4}
    assert len({incident.id for incident in history(200)}) == 200


def test_the_report_compares_each_build_with_hugo(tmp_path: Path) -> None:
    from cases import Result, statusbook
    from measure import Cost
    from report import report

    ours = Result(100, "Statusbook", "cold", [Cost(1.0, 2.0, 50 << 20)], 60 << 20, 352)
    theirs = Result(100, "Hugo", "cold", [Cost(4.0, 4.0, 100 << 20)], None, 183)

    text = report([ours, theirs], tmp_path, [statusbook()])

    assert "| 100 | cold | Statusbook | 1.00 (1.00–1.00) | 2.00 | 50 | 60 | 352 |" in text
    assert "| 100 | cold | 0.25 (0.25–0.25) | 0.50 | 0.50 |" in text


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    from measure import CommandFailedError, run

    place = tmp_path / "source"
    place.mkdir()

    with pytest.raises(CommandFailedError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], place, {})
