"""The pages hang together: addresses, links, keys, and a structure that every reader can use."""

from __future__ import annotations

import gzip
import re
from datetime import datetime
from itertools import pairwise
from posixpath import dirname, join, normpath

import pytest
from msgspec.structs import replace
from status_story import (
    CARDS,
    STORY,
    page,
    pages_of,
    text,
    tree,
    view_of,
)

from statusbook.render.page import Rank

VIEW = view_of(*STORY, languages=["pl"])
PAGES = pages_of(VIEW)
TREES = {path: tree(one.render()) for path, one in PAGES.items() if path.endswith(".html")}
WHOLE = [path for path in TREES if not path.endswith("embed.html")]


def test_every_page_of_the_design_is_there() -> None:
    expected = {
        "index.html",
        "404.html",
        "embed.html",
        "history/index.html",
        "history/2025/index.html",
        "history/2025-02/index.html",
        "history/2026/index.html",
        "history/2026-11/index.html",
        "maintenance/index.html",
        "subscribe/index.html",
        *(f"incidents/{one.id}/index.html" for one in STORY),
        "incidents/2026-11-14-search/postmortem/index.html",
        *(f"components/{one.id}/index.html" for one in VIEW.site.components),
    }
    both = expected | {f"pl/{path}" for path in expected}
    files = {"assets/status.css", "assets/status.js", "assets/icon.svg", "embed.js"}
    files |= {"_headers", "robots.txt"}
    assert set(PAGES) == both | files | {"sitemap.xml"}


def targets(path: str) -> list[str]:
    """Return the site's own files that a page links to or loads."""
    found = []
    for address in TREES[path].xpath("//a/@href | //link[not(@rel='canonical')]/@href"):
        if not re.match(r"[a-z]+:", address) and not address.startswith("#"):
            place = address.partition("#")[0]
            whole = normpath(join(dirname(path), place)) if place[:1] != "/" else place
            whole = whole.removeprefix("/below/")
            is_folder = place.endswith("/") or not place
            found.append(normpath(join(whole, "index.html")) if is_folder else whole)
    return found


@pytest.mark.parametrize("path", TREES)
def test_links_lead_to_pages_of_the_site(path: str) -> None:
    missing = [target for target in targets(path) if target not in PAGES]
    assert not [target for target in missing if not target.endswith("/updates.atom")]


@pytest.mark.parametrize("path", TREES)
def test_anchors_that_links_name_exist(path: str) -> None:
    for address in TREES[path].xpath("//a/@href"):
        place, _, anchor = address.partition("#")
        if anchor and not re.match(r"[a-z]+:", address):
            target = path if not place else normpath(join(dirname(path), place, "index.html"))
            assert TREES[target].xpath(f"//*[@id='{anchor}']"), f"{path} links to {address}"


@pytest.mark.parametrize("path", TREES)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(path: str) -> None:
    document = TREES[path]
    assert not document.xpath("//style | //@style | //iframe | //form")
    assert not [source for source in document.xpath("//img/@src") if "//" in source]
    root = "../" * path.count("/") or "./"
    root = "/below/" if path.endswith("404.html") else root  # it stands for a page of any depth
    ours = [] if path.endswith("embed.html") else [f"{root}assets/status.js"]
    assert document.xpath("//script/@src") == ours
    assert not document.xpath("//script[not(@src) or not(@defer) or node()]")
    assert not [name for name in document.xpath("//@*") if name.attrname.startswith("on")]
    loaded = document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")
    assert len(loaded) == 2
    assert not [address for address in loaded if ":" in address or address.startswith("//")]
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors" not in policy[0]


@pytest.mark.parametrize("path", TREES)
def test_ids_are_unique(path: str) -> None:
    ids = TREES[path].xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", WHOLE)
def test_headings_leave_out_no_level(path: str) -> None:
    shown = TREES[path].xpath("//*[not(ancestor-or-self::*[@hidden])]")
    headings = [one for one in shown if re.fullmatch("h[1-6]", str(one.tag))]
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", WHOLE)
def test_a_page_has_landmarks_a_skip_link_and_a_title(path: str) -> None:
    document = TREES[path]
    assert [len(document.xpath(f"/html/body/{tag}")) for tag in ("header", "main", "footer")] == [
        1,
        1,
        1,
    ]
    assert document.xpath("/html/body/*[1]/@href") == ["#_main"]
    labels = document.xpath("//nav/@aria-label")
    assert len(labels) == len(document.xpath("//nav")) == len(set(labels))
    assert document.xpath("//title")[0].text.endswith(" · Harbourlight status")
    assert document.get("lang") == ("pl" if path.startswith("pl/") else "en")


def test_the_page_of_what_is_missing_works_at_any_depth() -> None:
    addresses = TREES["404.html"].xpath("//header//a/@href | //link[@rel='stylesheet']/@href")
    assert addresses
    assert all(address.startswith("/below/") for address in addresses)
    polish = TREES["pl/404.html"]
    assert polish.xpath("//a[@class='home']/@href") == ["/below/pl/"]
    assert polish.xpath("//link[@rel='stylesheet']/@href") == ["/below/assets/status.css"]
    languages = polish.xpath("//header//a[@hreflang]/@href")
    assert languages == ["/below/404.html", "/below/pl/404.html"]


@pytest.mark.parametrize("prefix", ["", "pl/"])
def test_feeds_of_the_pages_language_are_announced(prefix: str) -> None:
    base = f"https://status.example.com/below/{prefix}"
    document = TREES[f"{prefix}index.html"]
    assert document.xpath("//link[@rel='alternate'][@type]/@href") == [
        f"{base}updates.atom",
        f"{base}updates.rss",
        f"{base}feed.json",
    ]
    own = TREES[f"{prefix}components/api/index.html"].xpath("//link[@rel='alternate'][@type]/@href")
    assert own[3:] == [f"{base}components/api/updates.atom", f"{base}components/api/updates.rss"]


def test_one_style_sheet_stays_small_and_loads_nothing() -> None:
    style = PAGES["assets/status.css"].render().decode()
    assert len(gzip.compress(style.encode())) < 6_000
    assert "url(" not in style
    assert "@import" not in style


def test_the_banner_is_small_and_writes_no_html() -> None:
    script = PAGES["embed.js"].render().decode()
    assert len(script) < 1000
    assert "innerHTML" not in script
    assert "textContent" in script


def test_the_look_is_a_file_of_its_own_that_keeps_its_name() -> None:
    assert "assets/status.css" in PAGES
    assert PAGES["assets/status.css"].rank is Rank.ASSET


def test_moments_are_machine_readable_everywhere() -> None:
    for path, document in TREES.items():
        for stamp in document.xpath("//time/@datetime"):
            if "T" in stamp:
                assert stamp.endswith("Z"), path
                datetime.fromisoformat(stamp)


def test_titles_keep_their_direction() -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd (1)"
    cards = replace(CARDS.updates[0], title=hebrew)
    view = view_of(replace(CARDS, updates=(cards,)))
    index = page(view, "index.html")
    assert index.xpath(f"//h3/a/bdi[text()='{hebrew}']")
    own = page(view, "incidents/2026-11-21-cards/index.html")
    assert own.xpath(f"//h1[@dir='auto'][text()='{hebrew}']")


def test_text_of_every_page_is_words_not_objects() -> None:
    leftover = re.compile(r"<(?!script|iframe|a h|img|/)|Piece\(|Markup|None\b|\{\w+\}|object at")
    for path, document in TREES.items():
        assert not leftover.search(text(document)), path
