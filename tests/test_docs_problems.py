"""docs/problems.md lists every code of the source, with a message that a test has seen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
import yaml

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = (ROOT / "docs/problems.md").read_text("utf-8")
SECTIONS: Final = dict(
    re.findall(r"^### (E\d{3}): (.+?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
)
EXAMPLE: Final = re.compile(r"^```text\n(\S.*:\d+:\d+ (E\d{3}) (.+))\n    (.+)\n```$", re.MULTILINE)

CASES: Final = [
    case["problems"]
    for file in sorted((ROOT / "tests/cases").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
TESTS: Final = "\n".join(
    file.read_text("utf-8")
    for folder in ("tests/read", "tests/check")
    for file in sorted((ROOT / folder).glob("*.py"))
)


def codes_of_the_source() -> set[str]:
    package = ROOT / "generator/statusbook"
    found = (re.findall(r'"(E\d{3})"', file.read_text("utf-8")) for file in package.rglob("*.py"))
    return {code for codes in found for code in codes}


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    assert set(SECTIONS) == codes_of_the_source()


def test_the_codes_stand_in_their_order() -> None:
    listed = re.findall(r"^### (E\d{3})", PAGE, re.MULTILINE)

    assert listed == sorted(listed)


@pytest.mark.parametrize("code", sorted(SECTIONS))
def test_a_code_has_an_example_that_a_test_has_seen(code: str) -> None:
    example = EXAMPLE.search(SECTIONS[code])
    assert example is not None, "the section shows no message with place and hint"
    _, shown, message, hint = example.groups()
    assert shown == code

    said = re.sub(r"200000", "3", message)  # the test lowers this limit
    in_a_case = any(re.search(rf":\d+:\d+ {code} ", case) for case in CASES)
    seen = "\n".join(CASES) if in_a_case else TESTS
    assert f"{code} {said}" in seen
    assert hint in seen


@pytest.mark.parametrize("code", sorted(SECTIONS))
def test_a_code_is_explained_beside_its_example(code: str) -> None:
    text = EXAMPLE.sub("", SECTIONS[code]).partition("\n")[2].strip()

    assert len(text) > 30


def test_every_message_of_every_case_has_a_place_and_a_hint() -> None:
    for case in CASES:
        lines = case.splitlines()
        for message, hint in zip(lines[::2], lines[1::2], strict=True):
            assert re.match(r"\S.*:\d+:\d+ E\d{3} \S", message)
            assert re.match(r"    \S", hint)
