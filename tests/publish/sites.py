"""Small sites with links, as the real renderers make them, and what must hold of any folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from statusbook.publish.tree import write_site
from statusbook.render.page import Page, Rank, page_key

HREF = re.compile(rb'href="([^"]*)"')


class Site(NamedTuple):
    """A status page in small: incidents and components by number, each with a version."""

    incidents: dict[int, int]
    components: dict[int, int]
    months: int
    languages: tuple[str, ...] = ()


def pages_of(site: Site) -> list[Page]:
    """Render a site in which every kind of page links as far as the design allows."""
    pages = []
    for number, version in site.incidents.items():
        home = f"incidents/{number}"
        links = ["../../index.html", "updates.atom"]
        pages.append(_page(f"{home}/index.html", Rank.INCIDENT, version, links))
        pages.append(_page(f"{home}/updates.atom", Rank.FEED, version, ["index.html"]))
        pages.append(_page(f"api/{number}.json", Rank.API, version, [f"../{home}/index.html"]))
        for language in site.languages:
            links = ["../../index.html", f"../../../{home}/index.html"]
            pages.append(_page(f"{language}/{home}/index.html", Rank.INCIDENT, version, links))
    for number, version in site.components.items():
        links = [f"../../incidents/{one}/index.html" for one in list(site.incidents)[-5:]]
        page = f"components/{number}/index.html"
        pages.append(_page(page, Rank.COMPONENT, version, [*links, "updates.rss", "badge.svg"]))
        pages.append(_page(f"components/{number}/updates.rss", Rank.FEED, version, links))
        pages.append(_page(f"components/{number}/badge.svg", Rank.API, version, []))
    for month in range(site.months):
        links = [f"../../incidents/{one}/index.html" for one in site.incidents if one % 9 == month]
        links += [f"../{month - 1}/index.html"] if month else []
        pages.append(_page(f"history/{month}/index.html", Rank.HISTORY, 0, links))
    links = ["history.atom", "api/summary.json", "style.css"]
    links += [f"api/{one}.json" for one in site.incidents]
    links += [f"incidents/{one}/index.html" for one in site.incidents]
    links += [f"components/{one}/index.html" for one in site.components]
    links += [f"history/{month}/index.html" for month in range(site.months)]
    links += [f"{language}/index.html" for language in site.languages]
    pages.append(_page("index.html", Rank.INDEX, 0, links))
    for language in site.languages:
        links = [f"incidents/{one}/index.html" for one in site.incidents]
        pages.append(_page(f"{language}/index.html", Rank.INDEX, 0, links))
    newest = [f"incidents/{one}/index.html" for one in list(site.incidents)[-5:]]
    pages.append(_page("history.atom", Rank.FEED, 0, newest))
    pages.append(_page("api/summary.json", Rank.API, sum(site.incidents.values()), []))
    pages.append(_page("style.css", Rank.ASSET, 0, []))
    return pages


def _page(path: str, rank: Rank, version: int, links: Iterable[str]) -> Page:
    content = b"".join(b'<a href="%s">\n' % link.encode() for link in links)
    content += b"version %d of %s\n" % (version, path.encode()) * 20
    return Page(path, page_key(content), rank, lambda: content)


def release(digest: str) -> bytes:
    return f'{{"tree":"{digest}"}}\n'.encode()


def build(pages: Iterable[Page], out: Path, workers: int = 1) -> dict[str, bytes]:
    """Write a site and return what is in the folder then."""
    write_site(pages, out, release, workers=workers)
    return files_in(out)


def files_in(out: Path) -> dict[str, bytes]:
    """Read every file in a folder, the dot-folder included; empty folders end in a slash."""
    found = {}
    for folder, folders, files in os.walk(out):
        inside = Path(folder).relative_to(out)
        if not folders and not files:
            found[f"{inside}/"] = b""
        for name in files:
            found[str(inside / name)] = (Path(folder) / name).read_bytes()
    return found


def published(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what one build tells the next, and folders without a file."""
    return {
        path: content
        for path, content in files.items()
        if not path.startswith(".statusbook/") and not path.endswith("/")
    }


def dangling(files: dict[str, bytes]) -> list[str]:
    """List the links between files that lead nowhere."""
    return [
        f"{path} -> {link}"
        for path, content in files.items()
        for link in map(bytes.decode, HREF.findall(content))
        if normpath(join(dirname(path), link)) not in files
    ]
