"""The owner's colour can be read in both schemes, whatever it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusbook.derive.accent import (
    DARK,
    ENOUGH,
    LIGHT,
    accent_of,
    contrast,
    is_colour,
    lowest_contrast,
    readable,
)

TOKENS = "generator/statusbook/render/status/assets/style/tokens.css"

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_every_colour_gives_two_that_can_be_read(colour: str) -> None:
    accent = accent_of(colour)
    assert lowest_contrast(accent.light, LIGHT) >= ENOUGH
    assert lowest_contrast(accent.dark, DARK) >= ENOUGH


@given(colours)
def test_a_colour_that_can_be_read_stays_as_it_is(colour: str) -> None:
    mended = readable(colour, LIGHT)
    assert (mended == colour) == (lowest_contrast(colour, LIGHT) >= ENOUGH)
    assert readable(mended, LIGHT) == mended


@given(colours)
def test_a_mended_colour_has_no_more_contrast_than_it_needs(colour: str) -> None:
    mended = readable(colour, DARK)
    assert mended == colour or lowest_contrast(mended, DARK) < ENOUGH + 0.2


@pytest.mark.parametrize(
    ("colour", "light", "dark"),
    [
        ("#0b57a4", "#0b57a4", "#4489da"),
        ("#fd0", "#837100", "#ffdd00"),
        ("#777", "#717171", "#878787"),
        ("#FF0000", "#e50000", "#ff3628"),
    ],
)
def test_the_hue_stays_and_the_lightness_changes(colour: str, light: str, dark: str) -> None:
    assert accent_of(colour) == (light, dark)


def test_a_colour_for_the_dark_scheme_is_taken_where_it_can_be_read() -> None:
    assert accent_of("#0b57a4", "#8cf") == ("#0b57a4", "#88ccff")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#fff", "#fff") == 1


def test_colours_are_written_in_one_way() -> None:
    assert is_colour("#05A")
    assert not any(map(is_colour, ("", "#", "05a", "#05ag", "#0b57a", "#0b57a4ff", "red", "#05a ")))


def test_the_grounds_are_those_of_the_style_sheet(project_root: Path) -> None:
    style = (project_root / TOKENS).read_text()
    light, dark = style.split("(prefers-color-scheme: dark)")[:2]
    for scheme, grounds in ((light, LIGHT), (dark, DARK)):
        shown = [re.findall(rf"--{name}: (#\w+)", scheme)[0] for name in ("page", "panel")]
        assert [contrast(*pair) for pair in zip(shown, grounds, strict=True)] == [1, 1]
