"""Pages stay small: what a reader on a bad phone loads is held in bytes, never in seconds."""

from __future__ import annotations

import gzip
from datetime import timedelta
from functools import cache
from random import Random

import pytest
from status_story import DOWN, NOW, PARTLY, SLOW, pages_of, told, view_of

from statusbook.model.incident import Update
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components
from statusbook.model.public import PublicIncident
from statusbook.model.words import ComponentStatus, Status
from statusbook.render.page import Page

COMPONENTS = 40
SYLLABLES = ("or", "pay", "buy", "er", "ror", "page", "try", "queue", "ser", "ver", "gion", "late")
WORDS = [first + last for first in SYLLABLES for last in SYLLABLES]


def sentence(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS, k=count)).capitalize() + "."


def incident(random: Random, number: int, hours: int, *, is_open: bool) -> PublicIncident:
    """Return an incident that began so many hours ago and hits two components."""
    start = NOW - timedelta(hours=hours)
    hit = random.sample(range(COMPONENTS), k=2)
    statuses: tuple[ComponentStatus, ...] = (SLOW, PARTLY, DOWN)
    first = Update(
        start,
        Status.INVESTIGATING,
        sentence(random, 6),
        components={f"part-{n}": random.choice(statuses) for n in hit},
        id="1-investigating",
        body=sentence(random, 30),
    )
    more = [
        Update(
            start + timedelta(minutes=12 * n),
            Status.IDENTIFIED if n == 1 else None,
            id=f"{n + 1}-more",
            body=sentence(random, 40),
            next_update=start + timedelta(minutes=12 * n + 30),
        )
        for n in range(1, 4)
    ]
    end = Update(start + timedelta(hours=2), Status.RESOLVED, id="9-resolved", body="Over.")
    return told(f"case-{number:05}", first, *more, *([] if is_open else [end]))


@cache
def busy_pages() -> dict[str, Page]:
    """Return the pages of 40 components with 20 open incidents and 200 in the last 90 days."""
    random = Random(20261121)
    plan = Components(
        groups=[Group(f"group-{n}", sentence(random, 2)) for n in range(6)],
        components=[
            Component(f"part-{n}", sentence(random, 2), f"group-{n % 6}", sentence(random, 8))
            for n in range(COMPONENTS)
        ],
    )
    open_ones = [incident(random, n, 1 + n // 4, is_open=True) for n in range(20)]
    past = [incident(random, 100 + n, 12 + 10 * n, is_open=False) for n in range(200)]
    return pages_of(view_of(*open_ones, *past, components=plan))


@cache
def long_pages() -> dict[str, Page]:
    """Return the pages of 10,000 incidents over ten years."""
    random = Random(20261121)
    past = [incident(random, n, 12 + int(8.76 * n), is_open=False) for n in range(10_000)]
    return pages_of(view_of(*past))


def zipped(page: Page) -> int:
    return len(gzip.compress(page.render(), 9, mtime=0))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("index.html", 30_000),
        ("components/part-1/index.html", 6_000),
        ("history/2026-11/index.html", 8_000),
        ("history/2026/index.html", 6_000),
    ],
)
def test_a_busy_page_is_small(path: str, most: int) -> None:
    assert zipped(busy_pages()[path]) < most


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("history/index.html", 3_000),
        ("history/2022/index.html", 8_000),
        ("history/2022-05/index.html", 8_000),
        ("404.html", 1_500),
        ("maintenance/index.html", 1_500),
    ],
)
def test_a_page_of_a_long_history_is_small(path: str, most: int) -> None:
    assert zipped(long_pages()[path]) < most
