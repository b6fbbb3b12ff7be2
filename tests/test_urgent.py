"""What people must know now waits for no file that is not about it (design: promise 7)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from small_book import CLOCK, GOOD, UPDATE, lay
from statusbook.cli.build import Built, build_status
from statusbook.problems import SourceError

PAGE: Final = GOOD["plan/status-page.yml"]
RESOLVED: Final = {
    UPDATE.replace("1-investigating", "2-resolved"): (
        "---\nstatus: resolved\nat: 2026-11-21T14:30Z\n---\nOver.\n"
    )
}
METRICS: Final = """\
metrics:
  - {id: response, name: Response time, component: search, unit: ms, file: metrics/a.csv}
"""
NO_LOGO: Final = "brand: {logo: gone.svg, logo_dark: gone.svg, logo_alt: Us, accent: blue}\n"

BESIDE: Final = {
    "plan/metrics.yml": {"plan/metrics.yml": "metrics: [{"},
    "metrics/a.csv": {"plan/metrics.yml": METRICS, "metrics/a.csv/b": ""},
    "plan/status-page.yml": {"plan/status-page.yml": PAGE + NO_LOGO},
    "overrides/status/locale/pl.po": {"overrides/status/locale/pl.po": "?"},
    "overrides/status/own.css": {
        "plan/status-page.yml": PAGE + "brand: {css: own.css}\n",
        "overrides/status/own.css": "a { background: url(//www.example.com) }",
    },
    "overrides/status/index.html.j2": {"overrides/status/index.html.j2": "{% if %}"},
    "overrides/status/404.html.j2": {"overrides/status/404.html.j2": "{{ site.titel }}"},
}


def build(root: Path, out: Path) -> Built:
    return build_status(root, out, CLOCK, CLOCK, None, 2)


@pytest.mark.parametrize("beside", BESIDE)
def test_an_open_incident_does_not_wait(tmp_path: Path, beside: str) -> None:
    root = lay(tmp_path / "book", BESIDE[beside])
    built = build(root, tmp_path / "out")
    assert built.without == (beside,)
    assert beside in {problem.location.path for problem in built.warnings}
    assert b"Product search is slow" in (tmp_path / "out/index.html").read_bytes()
    assert build(root, tmp_path / "out").written.rendered == 0


@pytest.mark.parametrize("beside", BESIDE)
def test_with_nothing_open_nothing_is_written(tmp_path: Path, beside: str) -> None:
    root = lay(tmp_path / "book", {**BESIDE[beside], **RESOLVED})
    with pytest.raises(SourceError, match=beside):
        build(root, tmp_path / "out")
    assert not (tmp_path / "out/index.html").exists()


@pytest.mark.parametrize(
    "files",
    [
        {"plan/components.yml": GOOD["plan/components.yml"] + "  - {id: search, name: Twice}\n"},
        {"incidents/other/1-a.md": "---\n---\n"},
        {"plan/status-page.yml": PAGE + "colour: blue\n"},
    ],
)
def test_what_could_change_what_is_said_of_it_stops_the_build(
    tmp_path: Path, files: Mapping[str, str]
) -> None:
    root = lay(tmp_path / "book", {**files, "overrides/status/index.html.j2": "{% if %}"})
    with pytest.raises(SourceError) as caught:
        build(root, tmp_path / "out")
    assert {one.location.path for one in caught.value.problems} >= {
        *files,
        "overrides/status/index.html.j2",
    }


def test_templates_that_need_a_faulty_one_are_left_out_with_it(tmp_path: Path) -> None:
    own = {
        "_header.html.j2": "<p>Ahoy</p>",
        "404.html.j2": '{% extends "frame.html.j2" %}',
        "frame.html.j2": "{{ site.titel }}",
    }
    root = lay(tmp_path / "book", {f"overrides/status/{name}": own[name] for name in own})
    built = build(root, tmp_path / "out")
    assert built.without == ("overrides/status/404.html.j2", "overrides/status/frame.html.j2")
    assert b"<p>Ahoy</p>" in (tmp_path / "out/404.html").read_bytes()


def test_a_maintenance_that_runs_is_as_urgent_and_one_ahead_is_not(tmp_path: Path) -> None:
    work = (
        "---\ntitle: Work\nstatus: scheduled\nat: 2026-11-20T10:00Z\n"
        "components: {{search: operational}}\n"
        "scheduled: {{from: 2026-11-21T{}:00Z, until: 2026-11-21T18:00Z}}\n---\nNew disks.\n"
    )
    beside = BESIDE["overrides/status/index.html.j2"]
    for hour in (14, 16):
        files = {**beside, UPDATE: None, "incidents/planned/1-a.md": work.format(hour)}
        root = lay(tmp_path / str(hour), files)
        if hour == 14:
            assert build(root, tmp_path / "out").without == tuple(beside)
        else:
            with pytest.raises(SourceError):
                build(root, tmp_path / "out")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "statusbook", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_commands_say_what_is_left_out(tmp_path: Path) -> None:
    root = str(lay(tmp_path / "book", BESIDE["overrides/status/404.html.j2"]))
    built = run("build", "--source", root, "--out", str(tmp_path / "out"))
    assert built.returncode == 0, built.stderr
    assert built.stderr.startswith("overrides/status/404.html.j2:1:1 E434 ")
    last = "an incident is open: built without overrides/status/404.html.j2"
    assert last in built.stdout.splitlines()

    lay(tmp_path / "book", BESIDE["overrides/status/index.html.j2"])
    checked = run("check", "--source", root)
    assert checked.returncode == 1
    assert "an incident is open: `statusbook build` goes on" in checked.stdout


def test_a_template_that_fails_with_nothing_open_is_told_without_a_traceback(
    tmp_path: Path,
) -> None:
    files = {**BESIDE["overrides/status/404.html.j2"], **RESOLVED}
    root = str(lay(tmp_path / "book", files))
    built = run("build", "--source", root, "--out", str(tmp_path / "out"), "--workers", "2")
    assert built.returncode == 1
    assert built.stderr.startswith("overrides/status/404.html.j2:1:1 E434 ")
    assert "Traceback" not in built.stderr
    assert not (tmp_path / "out/index.html").exists()
