"""The index, read with the keys alone and by a screen reader: as text that a person can judge.

`tests/golden/` keeps both readings; `pytest --accept` renews them, then look at the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from browser.books import NOW
from browser.kinds import EXAMPLES, Shown, Site, address_of
from browsing import opened, visit

GOLDEN: Final = Path(__file__).parents[1] / "golden"
INDEX: Final = Shown("example", "index.html")

# Where the keys have led: none where the focus has left the page.
_STOP: Final = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const style = getComputedStyle(one);
    const box = [...one.getClientRects()].find(rect => rect.width && rect.height);
    const top = box && document.elementFromPoint(
        (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const all = window.__stops ??= [];
    const before = all.at(-1);
    all.push(one);
    return {
        fold: one.matches("summary") ? (one.parentElement.open ? "opened" : "closed") : "",
        again: all.indexOf(one) < all.length - 1,
        follows: !before
            || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: Boolean(top) && (one.contains(top) || top.contains(one)),
    };
}"""


class Stop(NamedTuple):
    """A place that Tab leads to."""

    name: str
    follows: bool
    outlined: bool
    seen: bool

    def __str__(self) -> str:
        """Tell it in a line: what a screen reader says there, and what is wrong."""
        wrong = [] if self.outlined else ["THE FOCUS IS NOT SHOWN"]
        wrong += [] if self.seen else ["COVERED"]
        wrong += [] if self.follows else ["OUT OF ORDER"]
        return " · ".join([self.name, *wrong])


def stops(page: Page) -> Iterator[Stop]:
    """Press Tab from the beginning until the focus leaves the page."""
    for _ in range(1000):
        page.keyboard.press("Tab")
        place: dict[str, Any] | None = page.evaluate(_STOP)
        if place is None or place.pop("again"):
            return
        spoken = page.locator(":focus").aria_snapshot().splitlines()[0]
        name = spoken.removeprefix("- ").removesuffix(":").strip("'")
        if fold := place.pop("fold"):
            name = f"{fold} fold, {name}"
        yield Stop(name, **place)
    pytest.fail("the focus never leaves the page")


def expected(name: str, told: str, config: pytest.Config) -> str:
    """Return a kept reading; with --accept keep this one instead."""
    kept = GOLDEN / name
    if config.getoption("accept"):
        kept.write_text(told, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def test_the_index_reads_with_the_keys_as_it_was_judged(
    sites: dict[str, Site], chrome: Browser, pytestconfig: pytest.Config
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        told = "".join(f"Tab {n:>3}  {stop}\n" for n, stop in enumerate(stops(page), 1))

    assert told == expected("index-keyboard.txt", told, pytestconfig)


def test_the_index_reads_in_a_screen_reader_as_it_was_judged(
    sites: dict[str, Site], chrome: Browser, pytestconfig: pytest.Config
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        spoken = page.locator("body").aria_snapshot()
    told = re.sub(r"\n *- /url: .*", "", spoken) + "\n"

    assert told == expected("index-screen-reader.txt", told, pytestconfig)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_every_stop_of_the_keys_is_seen_and_follows_the_one_before(
    sites: dict[str, Site], chrome: Browser, shown: Shown, width: int
) -> None:
    with opened(chrome, NOW, viewport={"width": width, "height": 600}) as page:
        visit(page, address_of(sites, shown))
        found = list(stops(page))

    assert found
    assert [str(one) for one in found if not (one.outlined and one.seen and one.follows)] == []


def test_the_first_stop_skips_to_the_content(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_what_folds_opens_and_closes_with_enter_and_with_space(
    sites: dict[str, Site], chrome: Browser
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        folds = page.locator("summary:visible")
        assert folds.count() >= 3
        for number in range(folds.count()):
            fold = folds.nth(number)
            fold.focus()
            states = []
            for key in ("Enter", "Enter", "Space", "Space"):
                states.append(fold.evaluate("one => one.parentElement.open"))
                page.keyboard.press(key)
            assert states == [states[0], not states[0]] * 2
