"""A month of GitHub's history, posted again update by update: readers show each one once.

Three programs follow `updates.atom` and `updates.rss`: feedparser (which entries have an id that it
never saw), reader (which it calls new) and newsboat (which it stores).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import newsboat
from serving import serving
from statusbook.cli import statusbook
from statusbook.cli.build import build_status

MONTH = "2021-03"
UPDATES = 47
"""So many the month has: 11 a week, some of them in the same minute."""
FEEDS = ("updates.atom", "updates.rss")


class Posted(NamedTuple):
    """An update's file below the book, when it was posted, and what it says."""

    path: Path
    at: datetime
    content: str


class Book(NamedTuple):
    """The book as it was before the month, its site, and what was posted in the month."""

    root: Path
    site: Path
    posted: list[Posted]

    def build(self, now: datetime) -> None:
        """Build the site as at a moment, as the command does."""
        build_status(self.root, self.site, now, now, self.root / ".cache", 1)


@pytest.fixture
def month(shared_data: Path, place: Path) -> Book:
    """Import the year up to the month, and take the month's updates out of it."""
    root = place / "book"
    source = shared_data / "statuspage-github-2010-2021"
    arguments = ["import", "statuspage", str(source), "--into", str(root)]
    assert CliRunner().invoke(statusbook, arguments).exit_code == 0
    posted = []
    for path in sorted((root / "incidents").rglob("*.md")):
        content = path.read_text()
        [at] = re.findall(r"^at: \"?([^\"\n]+)", content, re.MULTILINE)
        if not "2020-12" <= at[:7] < MONTH:
            path.unlink()
        if at.startswith(MONTH):
            moment = datetime.fromisoformat(at).astimezone(UTC)
            posted.append(Posted(path.relative_to(root), moment, content))
    for folder, _, _ in os.walk(root / "incidents", topdown=False):
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    assert len(posted) == UPDATES
    return Book(root, place / "site", sorted(posted, key=lambda update: update.at))


class Readers:
    """Three programs that follow the feeds of one page."""

    def __init__(self, address: str, home: Path) -> None:
        """Subscribe each of them."""
        from reader import make_reader

        self.address = address
        self.homes = {feed: home / feed for feed in FEEDS}
        for feed, folder in self.homes.items():
            newsboat.subscribe(folder, f"{address}{feed}")
        self.known: set[tuple[str, str]] = set()
        self.reader = make_reader(":memory:")
        for feed in FEEDS:
            self.reader.add_feed(f"{address}{feed}")

    def news(self) -> dict[str, list[str]]:
        """Let each program look again; return the titles that it shows as new, by program and feed.

        newsboat knows entries by their ids, in whatever feed: each feed has a newsboat of its own.
        """
        found = {}
        for result in self.reader.update_feeds_iter(scheduled=False):
            assert not isinstance(result.value, Exception), result
        for feed in FEEDS:
            found[f"feedparser {feed}"] = self._feedparser(feed)
            found[f"reader {feed}"] = self._reader(f"{self.address}{feed}")
            found[f"newsboat {feed}"] = newsboat_news(self.homes[feed])
        return {name: sorted(titles) for name, titles in found.items()}

    def _feedparser(self, feed: str) -> list[str]:
        import feedparser

        parsed = feedparser.parse(f"{self.address}{feed}")
        assert not parsed.bozo, parsed.get("bozo_exception")
        new = [entry for entry in parsed.entries if (feed, entry.id) not in self.known]
        self.known |= {(feed, entry.id) for entry in new}
        return [entry.title for entry in new]

    def _reader(self, feed: str) -> list[str]:
        new = list(self.reader.get_entries(feed=feed, read=False))
        for entry in new:
            self.reader.mark_entry_as_read(entry)
        return [entry.title for entry in new]


def newsboat_news(home: Path) -> list[str]:
    """Reload newsboat's feed; return the titles that it has as unread, and read them."""
    newsboat.reload(home)
    with newsboat.stored(home) as cache:
        rows = cache.execute("SELECT title FROM rss_item WHERE unread = 1").fetchall()
        cache.execute("UPDATE rss_item SET unread = 0")
    return [title for (title,) in rows]


@pytest.fixture
def readers(month: Book, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    """Subscribe the programs before the month begins; they have read all that was there."""
    if not shutil.which("newsboat"):
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report("newsboat is not installed; `make clients` brings it")
    # its own copy of feedparser asks for a module that the real one no longer brings along
    monkeypatch.setenv("READER_NO_VENDORED_FEEDPARSER", "1")
    month.build(datetime.fromisoformat(f"{MONTH}-01T00:00Z"))
    with serving(month.site) as address:
        programs = Readers(address, place / "newsboat")
        assert all(programs.news().values()), "the months before have something to read"
        yield programs


def test_each_update_of_a_month_is_new_once_and_nothing_else_is(
    month: Book, readers: Readers
) -> None:
    shown: dict[str, list[str]] = {}
    told = month.posted
    for update in told:
        path = month.root / update.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(update.content)
        month.build(update.at)
        for program, titles in readers.news().items():
            assert len(titles) == 1, (program, update.path, titles)
            shown.setdefault(program, []).extend(titles)
    [titles] = {tuple(titles) for titles in shown.values()}
    assert len(titles) == UPDATES

    last = told[-1].at
    for change in (typo, new_address, nothing_kept, another_language):
        change(month)
        month.build(last)
        assert not any(readers.news().values()), change.__name__


def typo(month: Book) -> None:
    """Mend a word in the newest update, and in the title of its incident."""
    newest = month.root / month.posted[-1].path
    newest.write_text(newest.read_text() + "\nMended.\n")
    first = min(newest.parent.glob("1-*.md"))
    changed = re.sub("^title: .*$", "title: Mended title", first.read_text(), flags=re.MULTILINE)
    first.write_text(changed)


def new_address(month: Book) -> None:
    """Move the page to another domain."""
    page = month.root / "plan/status-page.yml"
    now, then = "https://www.githubstatus.com", "https://status.example.com"
    assert now in page.read_text()
    page.write_text(page.read_text().replace(now, then))


def nothing_kept(month: Book) -> None:
    """Build from nothing, on a machine that never built the page before."""
    shutil.rmtree(month.root / ".cache")
    for entry in month.site.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def another_language(month: Book) -> None:
    """Give the page a second language, and the newest update a translation."""
    page = month.root / "plan/status-page.yml"
    page.write_text(f"{page.read_text()}languages: [pl]\n")
    newest = month.root / month.posted[-1].path
    newest.with_suffix(".pl.md").write_text("---\n{}\n---\nNaprawione.\n")
