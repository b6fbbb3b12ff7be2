"""A book whose every text is meant to harm: the site stays text (catalogue B, C, D)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from small_book import CLOCK, GOOD, UPDATE, lay
from statusbook.cli import statusbook
from statusbook.cli.build import build_status
from statusbook.problems import SourceError

TEXTS = (
    "<script>__x=1</script>",
    '"><img src=x onerror=__x=1>',
    "'-__x-'",
    "]]><b>&gt;--&gt;",
    "{{ 7*7 }}{% include 'x' %}${{ secrets.X }}<%= 7*7 %>",
    "javascript:__x=1",
    "</title></style></textarea><svg onload=__x=1>",
    "&lt;script&gt; &amp;amp; &#60;",
    "مرحبا 👩‍👩‍👧‍👦 Привет",
)
MESSAGE = "\n\n".join(TEXTS)
TITLE = " ".join([*TEXTS, "--><!--"])
CANARY = "kanarek"
"""Stands in everything that nobody outside may see."""

SCRIPTS = re.compile(r"assets/[\w.-]+\.js|embed\.js")


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


HOSTILE: dict[str, str | bytes | None] = {
    "plan/status-page.yml": f"""\
title: {quoted(TITLE)}
url: https://status.example.com/page/
feed_id: tag:status.example.com,2026:status
description: {quoted(TITLE)}
api_id: {quoted(TITLE)}
language: en
languages: [pl]
links: [{{name: {quoted(TITLE)}, url: "https://help.example.com/?a=1&b='2'"}}]
subscribe: [{{name: {quoted(TITLE)}, url: "mailto:news@example.com"}}]
hosts: [{{name: {quoted(TITLE)}, url: "https://other.example.com/"}}]
""",
    "plan/components.yml": f"""\
groups:
  - {{id: group, name: {quoted(TITLE)}, description: {quoted(TITLE)}}}
components:
  - id: search
    name: {quoted(TITLE)}
    description: {quoted(TITLE)}
    group: group
    api_id: {quoted(TITLE + " 2")}
    owner: {CANARY}
    runs_on: [{CANARY}]
    depends_on: [{CANARY}]
    provider: {CANARY}  # {CANARY}
  - {{id: checkout, name: Checkout, retired: 2026-01-01}}
""",
    "plan/metrics.yml": f"""\
metrics:
  - id: slow
    name: {quoted(TITLE)}
    unit: {quoted("<b>&amp;{{")}
    description: {quoted(TITLE)}
    file: metrics/slow.csv  # {CANARY}
    component: search
""",
    "metrics/slow.csv": f"""\
time,value
2026-11-21T14:05Z,101
2026-11-21T14:10Z,=cmd|' /C {CANARY}'!A0
<script>__x=1</script>,5
2026-11-21T14:15Z,1e308
2026-11-21T14:20Z,"7"
""",
    UPDATE: f"""\
---
title: {quoted(TITLE)}
status: investigating
at: 2026-11-21T14:05Z
components: {{search: major_outage}}
internal: {{severity: {CANARY}, commander: {CANARY}, approved_by: {CANARY}, note: {CANARY}}}
---
{MESSAGE}

<!-- {CANARY} -->

{TEXTS[1]} <!-- {CANARY}
{CANARY} --> [{TEXTS[1]}](javascript:alert(1)) [b](https://b.example.com/"onclick="x)
""",
    UPDATE.replace(".md", ".pl.md"): (
        f"---\ntitle: {quoted(TITLE)}\n---\n{MESSAGE}\n\n<!-- {CANARY} -->\n"
    ),
    "incidents/b/1-a.md": f"""\
---
title: {"x" * 300}
status: scheduled
at: 2026-11-21T14:05Z
scheduled: {{from: 2026-11-22T01:00Z, until: 2026-11-22T02:00Z}}
components: {{search: under_maintenance}}
---
{"x" * 4_000}
""",
    "incidents/b/2-b.md": f"""\
---
at: 2026-11-21T14:10Z
retracted: {quoted(TITLE)}
---
{MESSAGE}
""",
    "incidents/b/review.md": CANARY,
    f"incidents/_{CANARY}/1-a.md": CANARY,
    f"incidents/_{CANARY}/secret.pem": CANARY,
    f"incidents/b/.{CANARY}.md.swp": CANARY,
    "incidents/b/.DS_Store": CANARY,
    "plan/index.md": CANARY,
    "plan/people.yml": CANARY,
    ".env": CANARY,
    ".git/config": CANARY,
}


class Seen(HTMLParser):
    """What a browser would do with a page: its scripts, handlers and addresses; and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        given = dict(attrs)
        self.handlers += [name for name in given if name.startswith("on") or name == "srcdoc"]
        if tag == "script":
            self.scripts.append(given.get("src") or "inline")
        elif tag == "a":
            self.linked.append(given.get("href") or "")
        else:
            self.loaded += [
                given[name] or "" for name in ("src", "data", "action") if name in given
            ]

    def handle_endtag(self, tag: str) -> None:
        self._inside = f"after {tag}"

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.handlers += re.findall("__x", data)
        self.text += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the hostile book and return every file of its site."""
    place = tmp_path_factory.mktemp("hostile")
    lay(place / "book", HOSTILE)
    build_status(place / "book", place / "site", CLOCK, CLOCK, None, 1)
    return {path.relative_to(place / "site").as_posix(): path.read_bytes() for path in files(place)}


def files(place: Path) -> Iterator[Path]:
    return (
        path
        for path in (place / "site").rglob("*")
        if path.is_file() and ".statusbook" not in path.relative_to(place / "site").parts
    )


def pages(site: dict[str, bytes]) -> Iterator[tuple[str, Seen]]:
    return ((path, Seen(raw.decode())) for path, raw in site.items() if path.endswith(".html"))


def test_28_no_text_runs_on_any_page(site: dict[str, bytes]) -> None:
    for path, seen in pages(site):
        assert seen.handlers == [], path
        assert all(SCRIPTS.search(script) for script in seen.scripts if script != "inline"), path
        assert all(not to.lower().startswith(("javascript:", "data:")) for to in seen.linked), path


def test_28_no_page_loads_anything_from_elsewhere(site: dict[str, bytes]) -> None:
    for path, seen in pages(site):
        assert not [to for to in [*seen.loaded, *seen.scripts] if "//" in to], path


def test_28_36_a_title_reads_as_it_is_written(site: dict[str, bytes]) -> None:
    incident = Seen(site["incidents/2026-11-21-slow-search/index.html"].decode()).text

    for text in TEXTS:
        assert text in incident
    assert "49" not in re.sub(r"[\d:.-]{5,}|\d{4}", "", incident)


@pytest.mark.parametrize(
    "feed", ["history.rss", "history.atom", "updates.rss", "updates.atom", "sitemap.xml"]
)
def test_31_feeds_are_whole_and_their_titles_read_as_they_are_written(
    site: dict[str, bytes], feed: str
) -> None:
    root = etree.fromstring(site[feed])

    titles = [title.text for title in root.iter("{*}title")]
    assert feed == "sitemap.xml" or any(TITLE in (title or "") for title in titles)


def test_every_json_file_is_whole(site: dict[str, bytes]) -> None:
    parsed = {path: json.loads(raw) for path, raw in site.items() if path.endswith(".json")}

    assert parsed["api/v2/summary.json"]["page"]["name"] == TITLE
    assert parsed["api/v2/summary.json"]["incidents"][0]["name"] == TITLE


def test_badges_are_whole(site: dict[str, bytes]) -> None:
    badges = [raw for path, raw in site.items() if path.endswith(".svg")]

    assert badges
    for raw in badges:
        assert not {etree.QName(one).localname for one in etree.fromstring(raw).iter("{*}*")} & {
            "script", "foreignObject", "image", "a",
        }  # fmt: skip


def test_38_53_what_is_internal_is_nowhere(site: dict[str, bytes]) -> None:
    for path, raw in site.items():
        assert CANARY not in path
        assert CANARY.encode() not in raw, path


def test_53_no_file_of_the_sources_is_copied(site: dict[str, bytes]) -> None:
    endings = {Path(path).name.rpartition(".")[2] for path in site}

    sources = {"csv", "md", "yml", "yaml", "pem", "env", "swp", "DS_Store", "po", "j2", "py"}
    assert not endings & sources


def test_68_a_book_of_nothing_is_a_good_page(tmp_path: Path) -> None:
    book = lay(tmp_path / "book", {UPDATE: None, "plan/components.yml": None})

    build_status(book, tmp_path / "site", CLOCK, CLOCK, None, 1)

    assert "Everything is working." in (tmp_path / "site/index.html").read_text()
    status = json.loads((tmp_path / "site/api/v2/status.json").read_text())
    assert status["status"] == {"indicator": "none", "description": "All Systems Operational"}


def test_a_fault_leaves_the_site_of_before_untouched(tmp_path: Path) -> None:
    book = lay(tmp_path / "book")
    build_status(book, tmp_path / "site", CLOCK, CLOCK, None, 1)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files(tmp_path)}
    lay(book, {"incidents/b/1-a.md": "---\nat: 2026\n---\n"})

    with pytest.raises(SourceError, match="E125"):
        build_status(book, tmp_path / "site", CLOCK, CLOCK, None, 1)

    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files(tmp_path)}
    assert after == before


def test_a_fault_of_a_first_build_makes_no_site(tmp_path: Path) -> None:
    book = lay(tmp_path / "book", {"plan/status-page.yml": None})

    with pytest.raises(SourceError, match="E216"):
        build_status(book, tmp_path / "site", CLOCK, CLOCK, None, 1)

    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("out", ["/", "~", ".", "plan", "incidents", "incidents/a", "foreign"])
def test_52_no_folder_that_is_somebody_elses_is_written_to(
    tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = lay(tmp_path / "book", {"foreign/letter.txt": "Dear Kim"})
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(book)
    before = sorted(path for path in book.rglob("*") if ".statusbook" not in path.parts)

    done = CliRunner().invoke(
        statusbook, ["build", "status", "--no-cache", "--out", str(Path(out).expanduser())]
    )

    assert done.exit_code == 1
    assert re.search("as output|outside of the sources", str(done.exception))
    assert not list((tmp_path / "home").iterdir())
    assert sorted(path for path in book.rglob("*") if ".statusbook" not in path.parts) == before


def test_check_ends_with_1_for_an_error_and_0_for_a_warning(
    tmp_path: Path,
) -> None:
    book = lay(tmp_path / "book", {UPDATE: GOOD[UPDATE] + "[a](http://a.example.com)\n"})
    runner = CliRunner()
    arguments = ["check", "--source", str(book), "--no-cache"]

    fine = runner.invoke(statusbook, arguments)
    assert fine.exit_code == 0
    assert fine.stdout == "1 incidents read: 1 warning\n"
    assert " E129 warning: " in fine.stderr

    (book / UPDATE).write_text("[[")
    wrong = runner.invoke(statusbook, arguments)
    assert wrong.exit_code == 1
    assert wrong.stderr.startswith(f"{UPDATE}:1:1 E107 ")

    told = json.loads(runner.invoke(statusbook, [*arguments, "--json"]).stdout)
    assert [(one["code"], one["line"], one["column"]) for one in told] == [("E107", 1, 1)]


def test_64_a_page_may_be_built_for_any_year_that_a_book_may_name(tmp_path: Path) -> None:
    first = GOOD[UPDATE].replace("2026-11-21T14:05Z", "1970-01-01T00:00+14:00")
    components = (
        "components: [{id: search, name: Search, since: 1970-01-01}, {id: checkout, name: C}]"
    )
    last = """\
---
title: Database move
status: scheduled
at: 1970-01-01T00:00Z
scheduled: {from: 2199-12-31T23:00Z, until: 2199-12-31T23:59-14:00}
---
Late.
"""
    book = lay(
        tmp_path / "book",
        {UPDATE: first, "incidents/b/1-a.md": last, "plan/components.yml": components},
    )
    for now in (datetime(1970, 1, 2, tzinfo=UTC), CLOCK, datetime(2199, 12, 31, 23, tzinfo=UTC)):
        build_status(book, tmp_path / "site", now, now, None, 1)
