"""Small sites with links, as the real renderers make them, and what must hold of any folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
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
    """Render a site in which every kind of page links as far as the design allows: in circles."""
    newest = list(site.incidents)[-5:]
    pages = [_page("style.css", Rank.ASSET, 0, [])]
    for language in ("", *site.languages):
        pages += _edition(site, language)
    for number, version in site.incidents.items():
        pages.append(_page(f"api/{number}.json", Rank.API, version, [f"incidents/{number}/"]))
    for number, version in site.components.items():
        page = f"components/{number}/updates.rss"
        pages.append(
            _page(page, Rank.FEED, version, ["", *(f"incidents/{one}/" for one in newest)])
        )
        pages.append(_page(f"components/{number}/badge.svg", Rank.API, version, []))
    summary = [f"incidents/{one}/" for one in newest]
    pages.append(_page("api/summary.json", Rank.API, sum(site.incidents.values()), summary))
    return pages


def _edition(site: Site, language: str) -> Iterator[Page]:
    """Yield the pages of one language; each leads to the same page in every other one."""
    incidents, components, months = list(site.incidents), list(site.components), site.months
    home = f"{language}/" if language else ""
    top = [home, *(f"{home}{kind}/" for kind in ("history", "maintenance"))]

    def whole(place: str, rank: Rank, version: int, links: Iterable[str]) -> Page:
        others = [f"{one}/{place}".lstrip("/") for one in ("", *site.languages)]
        return _page(f"{home}{place}index.html", rank, version, [*top, *others, *links])

    for at, (number, version) in enumerate(site.incidents.items()):
        beside = incidents[max(at - 1, 0) : at + 2]
        links = [f"{home}incidents/{one}/" for one in beside]
        links += [f"{home}components/{one}/" for one in components if (one + number) % 2]
        links += [f"{home}incidents/{number}/updates.atom"]
        yield whole(f"incidents/{number}/", Rank.INCIDENT, version, links)
        feed = [home, f"{home}incidents/{number}/"]
        yield _page(f"{home}incidents/{number}/updates.atom", Rank.FEED, version, feed)
    for number, version in site.components.items():
        links = [f"{home}incidents/{one}/" for one in incidents[-5:]]
        links += [f"components/{number}/updates.rss", f"components/{number}/badge.svg"]
        yield whole(f"components/{number}/", Rank.COMPONENT, version, links)
    for month in range(months):
        links = [f"{home}incidents/{one}/" for one in incidents if one % 9 == month]
        beside = range(max(month - 1, 0), min(month + 2, months))
        links += [f"{home}history/{one}/" for one in beside]
        yield whole(f"history/{month}/", Rank.HISTORY, 0, links)
    links = ["style.css", "api/summary.json", f"{home}history.atom", f"{home}maintenance/"]
    links += [f"{home}incidents/{one}/" for one in incidents]
    links += [f"{home}components/{one}/" for one in components]
    yield whole("", Rank.INDEX, 0, links)
    links = [f"{home}history/{month}/" for month in range(months)]
    yield whole("history/", Rank.INDEX, 0, links)
    yield whole("maintenance/", Rank.INDEX, 0, [])
    feed = [home, *(f"{home}incidents/{one}/" for one in incidents[-5:])]
    yield _page(f"{home}history.atom", Rank.FEED, 0, feed)


def _page(path: str, rank: Rank, version: int, links: Iterable[str]) -> Page:
    """Make a page that leads to places below the site."""
    up = "../" * path.count("/")
    content = b"".join(b'<a href="%s">\n' % f"{up}{link}".encode() for link in dict.fromkeys(links))
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


def entries(site: Site) -> list[str]:
    """List what readers, feed readers and programs come back to without following a link."""
    ranks = (Rank.INDEX, Rank.FEED, Rank.API)
    return [page.path for page in pages_of(site) if page.rank in ranks]


def dangling(files: dict[str, bytes], begin: Iterable[str]) -> list[str]:
    """List the links that lead nowhere, in all files that can be reached from where it begins."""
    wrong: list[str] = []
    reached = set(begin)
    ahead = list(reached)
    while ahead:
        path = ahead.pop()
        for link in map(bytes.decode, HREF.findall(files[path])):
            place = normpath(join(dirname(path), link))
            target = normpath(join(place, "index.html")) if link[-1:] in ("", "/") else place
            if target not in files:
                wrong.append(f"{path} -> {link}")
            elif target not in reached:
                reached.add(target)
                ahead.append(target)
    return wrong
