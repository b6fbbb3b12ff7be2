"""The Nu HTML checker has nothing to say about any page, the style sheet and the badges."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from browser.kinds import Site
from browsing import VNU, needed


def said_by_vnu(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return what is wrong, by the name of the file."""
    needed(shutil.which("java"), "java")
    needed(VNU.is_file(), "npm's vnu-jar")
    checked = [path for path in files if path.suffix in (".html", ".css", ".svg")]
    checked.sort(key=lambda path: path.suffix)  # each change of kind costs 0.2 s
    options = ["--errors-only", "--also-check-css", "--also-check-svg", "--format", "json"]
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", VNU, *options, *checked],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    wrong: dict[str, list[str]] = {}
    for told in json.loads(done.stderr)["messages"]:
        place = f"line {told.get('lastLine')}: {told['message']}"
        wrong.setdefault(told.get("url", "").rpartition("file:")[2], []).append(place)
    return wrong


def test_pages_style_and_pictures_are_valid_and_the_checker_knows_what_is_not(
    sites: dict[str, Site], tmp_path: Path
) -> None:
    files = [path for site in sites.values() for path in site.folder.rglob("*.*")]
    planted = {
        "a.html": "<p><p id=a id=a>",
        "a.css": "p { colour: red }",
        "a.svg": "<svg><b></svg>",
    }
    for name, text in planted.items():
        (tmp_path / name).write_text(text)

    wrong = said_by_vnu([*files, *tmp_path.iterdir()])

    assert {Path(path).name for path in wrong} >= set(planted)
    assert {path: told for path, told in wrong.items() if Path(path).parent != tmp_path} == {}
