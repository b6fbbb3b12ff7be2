"""Every way through the built example leads somewhere: links, anchors, addresses, languages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from lxml import html

from building import build, files_of

SITE = "https://status.example.com"
ADDRESSES = re.compile(rf"{re.escape(SITE)}[\w./~#-]*")
MOMENT = "2026-11-21T14:40Z"

Pages = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def files(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the example, and return its files by their path."""
    out = tmp_path_factory.mktemp("links") / "status"
    build(project_root, out, MOMENT)
    return {
        name: path.read_bytes().decode(errors="replace") for name, path in files_of(out).items()
    }


@pytest.fixture(scope="module")
def pages(files: dict[str, str]) -> Pages:
    return {
        path: html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8"))
        for path, content in files.items()
        if path.endswith(".html")
    }


def found_at(place: str, files: dict[str, str]) -> str | None:
    """Return the file that a host sends for a place below the site."""
    name = normpath(join("/", unquote(place)))[1:]
    if place.endswith("/"):
        name = join(name, "index.html")
    return name if name in files else None


def leads(path: str, address: str, files: dict[str, str], pages: Pages) -> bool:
    """Tell whether an address on a page leads to a file, and to its anchor if it names one."""
    place, _, anchor = address.removeprefix(SITE).partition("#")
    if address.startswith(SITE):
        target = found_at(place or "/", files)
    else:
        target = found_at(join("/", dirname(path), place), files) if place else path
    if target is None:
        return False
    return not anchor or bool(pages[target].xpath("//*[@id=$name]", name=unquote(anchor)))


def test_every_link_and_anchor_of_every_page_leads_somewhere(
    files: dict[str, str], pages: Pages
) -> None:
    count, dead = 0, []
    for path, document in pages.items():
        for address in document.xpath("//@href | //@src | //use/@href | //@srcset"):
            if re.match("[a-z]+:", address) and not address.startswith(SITE):
                continue
            count += 1
            if not leads(path, address, files, pages):
                dead.append(f"{path} -> {address}")
    assert not dead
    assert count > 3000


def test_every_address_in_feeds_api_calendar_and_sitemap_leads_somewhere(
    files: dict[str, str], pages: Pages
) -> None:
    count, dead = 0, []
    for path, content in files.items():
        if path.endswith((".html", ".js", ".css")):
            continue
        text = unescape(content).replace("\r\n ", "")  # as long lines are folded in .ics
        for address in set(ADDRESSES.findall(text)):
            count += 1
            place = address.rstrip(".")
            # Programs of Statuspage's know no slash at the end; hosts send them on to the folder.
            if not any(leads(path, way, files, pages) for way in (place, f"{place}/")):
                dead.append(f"{path} -> {address}")
    assert not dead
    assert count > 300


def test_pages_in_several_languages_name_each_other(files: dict[str, str], pages: Pages) -> None:
    known = {}
    for path, document in pages.items():
        links = document.xpath("//link[@rel='alternate'][@hreflang]")
        known[path] = {link.get("hreflang"): link.get("href") for link in links}
    named = {path: found for path, found in known.items() if found}
    assert {path for path in pages if path not in named} == {
        f"{language}{name}" for language in ("", "pl/") for name in ("404.html", "embed.html")
    }
    for path, found in named.items():
        language = pages[path].get("lang")
        targets = {
            code: found_at(address.removeprefix(SITE), files) for code, address in found.items()
        }
        assert set(targets) == {"en", "pl", "x-default"}
        assert targets[language] == path
        assert targets["x-default"] == targets["en"]
        assert all(known[target] == found for target in targets.values() if target)


def test_each_page_has_a_title_and_a_description_of_its_own(pages: Pages) -> None:
    told: dict[tuple[str, str], list[str]] = {}
    for path, document in pages.items():
        if path.endswith("embed.html"):
            continue
        [title] = document.xpath("/html/head/title/text()")
        [description] = document.xpath("//meta[@name='description']/@content")
        told.setdefault((title, description), []).append(path)
    assert not [paths for paths in told.values() if len(paths) > 1]


def test_the_sitemap_has_every_page_that_is_there(files: dict[str, str], pages: Pages) -> None:
    listed = {
        found_at(address.removeprefix(SITE), files)
        for address in re.findall("<loc>([^<]*)</loc>", files["sitemap.xml"])
    }
    assert listed == {path for path in pages if not path.endswith(("404.html", "embed.html"))}
