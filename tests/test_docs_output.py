"""docs/output.md names every file of the page, and every key of the API and of `release.json`."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import statuspage_contract as contract
from building import build, files_of

OUTPUT = Path(__file__).parents[1] / "docs" / "output.md"
MOMENT = "2026-11-21T14:30Z"
"""The example has an open incident, a maintenance ahead and a second language then."""

STAND_FOR = {
    "<incident>": "[a-z0-9][a-z0-9._-]*",
    "<component>": "[a-z0-9][a-z0-9-]*",
    "<metric>": "[a-z0-9][a-z0-9-]*",
    "<month>": r"\d{4}-\d\d",
    "<year>": r"\d{4}",
    "<language>": "[a-z]{2}",
    "…": ".+",
}


@pytest.fixture(scope="module")
def files(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the example, and return its files by their address."""
    out = tmp_path_factory.mktemp("output") / "status"
    build(project_root, out, MOMENT)
    return files_of(out)


def tables_of(heading: str) -> list[list[list[str]]]:
    """Return the tables below a heading, up to the next one: rows of cells, without the head."""
    text = OUTPUT.read_text()
    below = re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[
        0
    ]
    found = re.findall(r"(?:^\|.*\n)+", below, re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()][2:]
        for table in found
    ]


def words_in(cell: str) -> list[str]:
    """Return what a cell has in code marks."""
    return re.findall("`([^`]+)`", cell)


def addresses() -> list[str]:
    return [address for row in tables_of("All addresses")[0] for address in words_in(row[0])]


def matcher(address: str) -> re.Pattern[str]:
    pattern = re.escape(address)
    for word, meaning in STAND_FOR.items():
        pattern = pattern.replace(re.escape(word), meaning)
    return re.compile(pattern)


def test_every_file_is_at_an_address_of_the_table(files: dict[str, Path]) -> None:
    known = [matcher(address) for address in addresses()]
    assert not [name for name in files if not any(each.fullmatch(name) for each in known)]


@pytest.mark.parametrize("address", addresses())
def test_every_address_of_the_table_has_a_file(files: dict[str, Path], address: str) -> None:
    assert any(matcher(address).fullmatch(name) for name in files)


def test_every_file_of_the_api_is_in_its_table_with_its_keys(files: dict[str, Path]) -> None:
    told = {row[0].strip("`"): tuple(words_in(row[1])) for row in tables_of("Files of the API")[0]}
    one = told.pop("incidents/<incident>.json")
    assert told == contract.TOP_KEYS
    assert one == ("page", "incident")
    assert {f"api/v2/{name}" for name in told} <= set(files)


def test_every_key_of_the_api_is_in_its_table_in_order() -> None:
    keys = [
        tuple(key for row in table for key in words_in(row[0])) for table in tables_of("Objects")
    ]
    assert keys == [
        contract.PAGE_KEYS,
        contract.STATUS_KEYS,
        contract.GROUP_KEYS,
        contract.INCIDENT_KEYS,
        contract.UPDATE_KEYS,
        contract.AFFECTED_KEYS,
        contract.MAINTENANCE_KEYS[-2:],
    ]


def test_every_key_of_the_release_is_in_its_table_in_order(files: dict[str, Path]) -> None:
    release = json.loads(files["release.json"].read_bytes())
    assert [row[0].strip("`") for row in tables_of("`release.json`")[0]] == list(release)


def test_the_tree_can_be_computed_again_as_told(files: dict[str, Path]) -> None:
    [command] = re.findall(r"```sh\n(find .*?)```", OUTPUT.read_text(), re.DOTALL)
    computed = subprocess.run(
        ["sh", "-c", command],
        cwd=files["release.json"].parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert computed.stdout.split()[0] == json.loads(files["release.json"].read_bytes())["tree"]


def test_every_link_inside_the_page_leads_to_a_heading() -> None:
    text = OUTPUT.read_text()
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    known = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= known
