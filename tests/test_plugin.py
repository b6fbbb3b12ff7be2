"""MkDocs with our plugin, run as people run it: `mkdocs build`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STATUS_PAGE = """\
title: Harbourlight status
url: https://status.example.com
feed_id: tag:status.example.com,2026:status
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a folder with a plan and MkDocs' settings for it."""
    plan = tmp_path / "plan"
    plan.mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Playbook\ndocs_dir: plan\nplugins: [statusbook]\n"
    )
    (plan / "index.md").write_text("# Our plan\n")
    (plan / "status-page.yml").write_text(STATUS_PAGE)
    (plan / "components.yml").write_text("components:\n  - {id: checkout, name: Checkout}\n")
    return tmp_path


def mkdocs_build(book: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=book,
        capture_output=True,
        text=True,
        check=False,
    )


def test_pages_are_built_and_data_files_stay_out_of_the_site(book: Path) -> None:
    (book / "plan" / "people.YAML").write_text("secret: phone numbers\n")
    metric = "{id: slow, name: Slow, unit: ms, file: metrics/slow.csv}"
    (book / "plan" / "metrics.yml").write_text(f"metrics: [{metric}]\n")
    (book / "metrics").mkdir()
    (book / "metrics" / "slow.csv").write_text("time,value\n2026-11-21T14:05Z,101\n")

    built = mkdocs_build(book)

    assert built.returncode == 0, built.stderr
    site = book / "site"
    assert "Our plan" in (site / "index.html").read_text()
    assert [
        path for path in site.rglob("*") if path.suffix.lower() in {".yml", ".yaml", ".csv"}
    ] == []


def test_a_fault_in_the_book_stops_the_build_with_its_place(book: Path) -> None:
    (book / "plan" / "components.yml").write_text(
        "components:\n  - {id: checkout, nam: Checkout}\n"
    )

    built = mkdocs_build(book)

    assert built.returncode == 1
    assert "plan/components.yml:2:" in built.stderr
    assert "Traceback" not in built.stderr


def test_a_broken_rule_stops_the_build_too(book: Path) -> None:
    incident = book / "incidents" / "2026-11-21-card-payments"
    incident.mkdir(parents=True)
    (incident / "1-investigating.md").write_text(
        "---\ntitle: Cards fail\nstatus: investigating\nat: 2026-11-21T14:05Z\n"
        "components: {chekout: partial_outage}\n---\nCards fail.\n"
    )

    built = mkdocs_build(book)

    assert built.returncode == 1
    assert "did you mean checkout?" in built.stderr


def test_a_stopped_build_leaves_the_old_site_as_it_was(book: Path) -> None:
    assert mkdocs_build(book).returncode == 0
    before = (book / "site" / "index.html").read_bytes()
    (book / "plan" / "status-page.yml").write_text("title: only a title\n")

    assert mkdocs_build(book).returncode == 1

    assert (book / "site" / "index.html").read_bytes() == before
