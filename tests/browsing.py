"""A page in a real browser -> what is wrong with it, and what it says."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

FLAGS: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # whatever a page asks for, nothing leaves this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_MODULES: Final = Path(__file__).parent / "clients" / "node_modules"
AXE: Final = _MODULES / "axe-core" / "axe.min.js"
VNU: Final = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

WIDTHS: Final = (320, 768, 1280)


class Mode(NamedTuple):
    """How a page is shown: `media`, `scheme` and `forced` are the browser's words."""

    name: str
    media: Any
    scheme: Any
    forced: Any


# Chromium prints in the light scheme whatever the reader prefers.
LIGHT: Final = Mode("light", "screen", "light", "none")
DARK: Final = Mode("dark", "screen", "dark", "none")
MODES: Final = (
    LIGHT,
    DARK,
    Mode("forced colours", "screen", "light", "active"),
    Mode("print", "print", "light", "none"),
)


def needed(present: object, name: str) -> None:
    """Skip where a program is missing; in CI every program has to be there."""
    if not present:
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"{name} is not installed; `make clients` brings it")


def chromium() -> str | None:
    """Return where the system's Chromium is."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the system's Chromium, and end it."""
    found = chromium()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, now: datetime, **options: Any) -> Iterator[Page]:
    """Give an empty page with a clock that stands at `now`; complain of all that it should not do.

    Args:
        browser: Where it opens.
        now: What the page's script takes for the present.
        options: Of playwright's `new_context`.
    """
    settled: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
    settled |= {"timezone_id": "America/New_York", "reduced_motion": "no-preference"}
    context = browser.new_context(**settled | options)
    context.set_default_timeout(15_000)
    complaints = watched(context)
    try:
        if options.get("java_script_enabled", True):
            context.clock.set_fixed_time(now)
        yield context.new_page()
    finally:
        context.close()
    if complaints:
        pytest.fail("\n".join(complaints))


def watched(context: BrowserContext) -> list[str]:
    """Return a list that grows with each request elsewhere, message, error and failed request."""
    complaints: list[str] = []

    def asked(url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1":
            complaints.append(f"asked another host: {url}")

    def failed(request: Request) -> None:
        # the icon comes after the page is loaded: who goes on to the next page does not wait for it
        is_left = request.resource_type == "other" and request.failure == "net::ERR_ABORTED"
        if not is_left:
            complaints.append(f"failed: {request.url} {request.failure}")

    context.on("request", lambda request: asked(request.url))
    context.on("requestfailed", failed)
    context.on("console", lambda message: complaints.append(f"console: {message.text}"))
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    context.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    return complaints


def visit(page: Page, address: str) -> None:
    """Open a page that is there."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address


def show(page: Page, mode: Mode, width: int) -> None:
    """Show the loaded page in another way; it does not load anew."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=mode.media, color_scheme=mode.scheme, forced_colors=mode.forced)


# --- what is wrong -------------------------------------------------------------------------------

_RUN_AXE: Final = """tags => axe.run(document, {
    runOnly: tags, resultTypes: ["violations", "incomplete"],
}).then(told => {
    const lines = found => found.flatMap(rule => rule.nodes.map(node =>
        rule.id + ": " + node.target.join(" ") + " · " +
        [...node.any, ...node.all, ...node.none].map(check => check.message).join(" · ")));
    return {
        violations: lines(told.violations),
        unsure: lines(told.incomplete),
        ran: [...told.passes, ...told.violations, ...told.incomplete].map(rule => rule.id),
    };
})"""
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Judgement(NamedTuple):
    """What axe says: a line for each violation and each doubt; the rules that found something."""

    violations: list[str]
    unsure: list[str]
    ran: list[str]


def judged(page: Page) -> Judgement:
    """Let axe-core look at the page as it is shown."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return Judgement(**page.evaluate(_RUN_AXE, TAGS))


def sticks_out(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, or one has to guess; nothing if it does not."""
    found: list[str] = page.evaluate("""() => {
        const root = document.scrollingElement, width = root.clientWidth;
        if (root.scrollWidth <= width) return [];
        const wide = [...document.body.querySelectorAll("*")].filter(one => {
            const box = one.getBoundingClientRect();
            return box.right > width + 1 || box.left < -1;
        });
        return [`${root.scrollWidth} of ${width}`, ...wide.slice(0, 9).map(
            one => one.tagName + "." + one.className + " " + one.textContent.slice(0, 30))];
    }""")
    return found


# --- what it says --------------------------------------------------------------------------------


def words(text: str) -> str:
    """Return a text with all its blanks alike."""
    return re.sub(r"\s+", " ", text).strip()
