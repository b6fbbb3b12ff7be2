"""Files in, problems out: every case of tests/cases/*.yml, laid over the small good book.

A case has a `name`, the `files` that are laid over the book (`~` takes one away), the `problems`
that a run prints, and, where it matters, the `html` of the messages in its files. After a change,
`pytest --accept tests/test_cases.py` writes what comes out into the case files: look before you
commit it.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import Any, Final

import pytest
import yaml

from small_book import incidents_of, lay, said_of
from statusbook.render.markdown import html_of

CASES: Final = Path(__file__).parent / "cases"
Case = dict[str, Any]


def _cases() -> list[Any]:
    files = sorted(CASES.glob("*.yml"))
    return [
        pytest.param(file, case, id=f"{file.stem}: {case['name']}")
        for file in files
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("file", "case"), _cases())
def test_a_run_says_what_the_case_expects(
    file: Path, case: Case, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    lay(tmp_path, case["files"])

    came = {"problems": said_of(tmp_path)}
    if "html" in case:
        came["html"] = _messages(tmp_path, case["files"])
    expected = {key: case[key] for key in came}

    if came != expected and pytestconfig.getoption("accept"):
        _accept(file, case["name"], came)
    else:
        assert came == expected


def _messages(root: Path, files: Case) -> str:
    """Return the HTML of all messages in a case's files."""
    return "".join(
        f"{html_of(update.body)}\n"
        for incident in incidents_of(root)
        for update in incident.updates
        if f"{incident.path}/{update.id}.md" in files
    )


def _accept(file: Path, name: str, came: dict[str, str]) -> None:
    """Replace what a case expects, and leave the rest of its file as people wrote it."""
    text = file.read_text("utf-8")
    root: Any = yaml.compose(text)
    pairs = next(
        {key.value: value for key, value in case.value}
        for case in root.value
        if any(key.value == "name" and value.value == name for key, value in case.value)
    )
    # from the last one on, so that the places of the others stay right
    for key in sorted(came, key=lambda key: -pairs[key].start_mark.index):
        start, end = pairs[key].start_mark.index, pairs[key].end_mark.index
        written = "|\n" + indent(came[key], " " * 4) if came[key].strip() else '""'
        after = text[end:]
        text = text[:start] + written.rstrip("\n") + "\n" * (not after.startswith("\n")) + after
    assert yaml.safe_load(text) is not None
    file.write_text(text, "utf-8")
