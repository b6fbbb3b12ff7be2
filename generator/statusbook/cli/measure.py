"""A book's readings -> the facts of its metrics; what is known of the same files is not redone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.metrics import MetricFacts, metric_facts
from statusbook.model.plan import StatusPage
from statusbook.model.public import publish_metric
from statusbook.read import cache
from statusbook.read.book import Book
from statusbook.read.metrics import load_readings
from statusbook.render.page import page_key


class Measured(Struct, frozen=True, array_like=True):
    """The facts of one metric; `about` names what they rest on: plan, zone, and its readings."""

    about: str
    facts: MetricFacts


def measure(
    book: Book, page: StatusPage, now: datetime, folder: Path | None
) -> tuple[MetricFacts, ...]:
    """Derive the facts of all metrics of a book without errors.

    Args:
        book: The book.
        page: Its settings.
        now: The moment for which facts are derived.
        folder: Folder of the cache, None for none.

    Raises:
        StatusbookError: a file changed since it was looked at.
    """
    kept = cache.load(folder, "measured", list[Measured]) or []
    before = {one.about: one for one in kept}
    found = []
    for metric in book.metrics.metrics:
        public = publish_metric(metric)
        about = page_key(encode(public), page.time_zone, book.metrics.files[metric.file].digest)
        known = before.get(about)
        if known is None or not _holds(known.facts, now):
            readings = load_readings(book.root, book.metrics, metric.file)
            known = Measured(about, metric_facts(public, readings, now, page.time_zone))
        found.append(known)
    if found != kept:
        cache.save(folder, "measured", found)
    return tuple(one.facts for one in found)


def _holds(facts: MetricFacts, now: datetime) -> bool:
    begun = facts.holds_from is None or facts.holds_from <= now
    return begun and (facts.holds_until is None or now < facts.holds_until)
