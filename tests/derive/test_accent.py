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
from statusbook.model.words import ComponentStatus

STYLE = "generator/statusbook/render/status/assets/style"

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
        ("#0b57a4", "#0b57a4", "#4a8fe0"),
        ("#fd0", "#7c6a00", "#ffdd00"),
        ("#777", "#6b6b6b", "#8d8d8d"),
        ("#FF0000", "#d80000", "#ff4a3b"),
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


def test_no_ground_of_the_style_sheet_is_harder_to_read_on(project_root: Path) -> None:
    tokens = (project_root / STYLE / "tokens.css").read_text()
    index = (project_root / STYLE / "index.css").read_text()
    [percent] = re.findall(r"color-mix\(in srgb, var\(--state\) (\d+)%, var\(--page\)\)", index)
    light, dark = tokens.split("(prefers-color-scheme: dark)")[:2]
    for scheme, known in ((light, LIGHT), (dark, DARK)):
        colour = dict(re.findall(r"--(\w+): (#\w+)", scheme))
        states = [*map(str, ComponentStatus), "no_data", "soft"]
        tints = [mixed(colour[state], colour["page"], int(percent) / 100) for state in states]
        text = "#000" if known is LIGHT else "#fff"
        grounds = (colour["page"], colour["panel"], *tints)
        assert lowest_contrast(text, known) == pytest.approx(lowest_contrast(text, grounds))


def mixed(colour: str, ground: str, part: float) -> str:
    """Mix two colours as the style sheet does."""
    pairs = zip(parts(colour), parts(ground), strict=True)
    return "#" + "".join(f"{round(part * one + (1 - part) * other):02x}" for one, other in pairs)


def parts(colour: str) -> list[int]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
