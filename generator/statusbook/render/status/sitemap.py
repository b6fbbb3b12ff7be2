"""The view -> the list of pages for search engines (sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Final

from statusbook.derive.facts import IncidentFacts
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.parts.pieces import escaped
from statusbook.render.status.parts.sharing import PLACE, Language, languages
from statusbook.render.view import View, incident_key
from statusbook.render.words import utc

NEWEST: Final = 200
"""So many incidents the sitemap lists; the months, which it lists too, lead to all."""

MOST: Final = 50_000
"""The protocol allows no more addresses."""

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


def sitemap_page(view: View, past: Sequence[str]) -> Page:
    """Return `sitemap.xml`; `past` names the pages below the history."""
    newest = view.facts.incidents[:NEWEST]
    measured = [facts.metric.id for facts in view.metrics]
    key = page_key(view.key, *past, *measured, *map(incident_key, newest))
    return Page("sitemap.xml", key, Rank.INDEX, partial(_sitemap, view, past, newest))


def _sitemap(view: View, past: Sequence[str], newest: Sequence[IncidentFacts]) -> bytes:
    """List each page in every language, and with each the same page in the others."""
    editions = languages(view.site, view.site.language, "")
    addresses = [one.address for one in editions] or [f"{view.site.url}/{PLACE}"]
    alternates = [("x-default", one) for one in editions[:1]]
    alternates += [(one.code, one) for one in editions]
    others = "".join([_alternate(*pair) for pair in alternates])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">',
    ]
    for place, changed in islice(_places(view, past, newest), MOST // len(addresses)):
        rest = others.replace(PLACE, escaped(place))
        if changed is not None:
            rest = f"<lastmod>{utc(changed)}</lastmod>{rest}"
        lines += [
            f"<url><loc>{escaped(address.replace(PLACE, place))}</loc>{rest}</url>"
            for address in addresses
        ]
    return "\n".join([*lines, "</urlset>\n"]).encode()


def _alternate(code: str, language: Language) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href="{escaped(language.address)}"/>'


def _places(
    view: View, past: Sequence[str], newest: Sequence[IncidentFacts]
) -> Iterator[tuple[str, datetime | None]]:
    """Yield where pages are below their language, and when their texts last changed."""
    for place in ("", "maintenance/", "subscribe/", "history/"):
        yield place, None
    for component in view.site.components:
        yield f"components/{component.id}/", None
    for facts in view.metrics:
        yield f"metrics/{facts.metric.id}/", None
    for name in past:
        yield f"history/{name}/", None
    for incident in newest:
        yield f"incidents/{incident.id}/", incident.updated
        if incident.report:
            yield f"incidents/{incident.id}/postmortem/", incident.updated
