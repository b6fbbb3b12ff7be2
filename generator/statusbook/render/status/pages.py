"""The view -> every HTML page of the public site, and the files that lie beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from statusbook.derive.facts import IncidentFacts
from statusbook.derive.news import WHOLE, news
from statusbook.derive.site import has_feed
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.components import (
    NEWEST,
    component_page,
    component_state,
    incidents_of_days,
)
from statusbook.render.status.edition import Edition
from statusbook.render.status.environment import Templates
from statusbook.render.status.files import asset_pages, machine_pages
from statusbook.render.status.fixed import banner_page, not_found_page
from statusbook.render.status.incident import incident_page
from statusbook.render.status.index import index_page
from statusbook.render.status.metrics import metric_keys, metric_pages, metrics_of, shown_metrics
from statusbook.render.status.parts.beside import beside_keys
from statusbook.render.status.parts.standing import standing_key
from statusbook.render.status.past import past_of, past_pages
from statusbook.render.status.past_days import past_incidents
from statusbook.render.status.plans import maintenance_page, past_maintenances
from statusbook.render.status.postmortem import postmortem_page
from statusbook.render.status.subscribe import subscribe_page
from statusbook.render.view import View, incident_key


def status_pages(view: View, own: Mapping[str, str] | None = None) -> Iterator[Page]:
    """Yield every HTML page of the public site, the assets, and the files for crawlers and hosts.

    Args:
        view: The site at a moment.
        own: The owner's page templates, as texts by name.
    """
    yield from asset_pages(view.site.brand)
    templates = Templates(own)
    made_with = page_key(view.key, *chain(*sorted(own.items()))) if own else view.key
    keys = {facts.id: incident_key(facts) for facts in view.facts.incidents}
    for name in keys.keys() & view.outdated.keys():
        keys[name] += f"/{sorted(view.outdated[name])}"
    touched = _newest_by_component(view.facts.incidents)
    past = past_of(view)
    measured = metric_keys(view)
    editions = [
        (Edition(view, language, templates), page_key(made_with, language))
        for language in (view.site.language, *view.site.languages)
    ]
    reported = {facts.id for facts in view.facts.incidents if facts.report}
    yield from _incident_pages(editions, _keys_of_pages(view, keys), reported)
    for edition, base in editions:
        yield from _component_pages(edition, base, keys, measured, touched)
        yield from metric_pages(edition, base, measured)
        yield from past_pages(edition, base, keys, past)
        yield from _index_pages(edition, base, keys, measured)
    yield from machine_pages(view, past.places)


def _keys_of_pages(view: View, keys: dict[str, str]) -> dict[str, str]:
    """Add to the keys of incidents what their own pages show besides them."""
    known = view.facts
    own = dict(keys)
    for facts in known.incidents:
        if has_feed(facts, known.now):
            own[facts.id] += "/feed"
    for name, told in beside_keys(known.incidents):
        own[name] = f"{own[name]}/{told}"
    for name, others in known.related.items():
        own[name] = page_key(own[name], *(keys[other] for other in others))
    return own


def _incident_pages(
    editions: Sequence[tuple[Edition, str]], keys: dict[str, str], reported: Container[str]
) -> Iterator[Page]:
    """Yield the pages of one incident in all languages together: what was read is still at hand."""
    for name, key in keys.items():
        path = f"incidents/{name}/index.html"
        for edition, base in editions:
            yield Page(
                edition.prefix + path,
                f"{base}/{key}",  # the shortest way to a key: there are ten thousand of them
                Rank.INCIDENT,
                partial(incident_page, edition, path, name),
                near=name,
            )
        if name in reported:
            yield from _postmortem_pages(editions, name, key)


def _postmortem_pages(
    editions: Sequence[tuple[Edition, str]], incident: str, key: str
) -> Iterator[Page]:
    path = f"incidents/{incident}/postmortem/index.html"
    for edition, base in editions:
        yield Page(
            edition.prefix + path,
            f"{base}/{key}",
            Rank.INCIDENT,
            partial(postmortem_page, edition, path, incident),
            near=incident,
        )


def _component_pages(
    edition: Edition,
    base: str,
    keys: dict[str, str],
    measured: dict[str, str],
    touched: dict[str, list[IncidentFacts]],
) -> Iterator[Page]:
    for name, component in edition.view.facts.components.items():
        path = f"components/{name}/index.html"
        newest = touched.get(name, [])
        shown = {facts.id for facts in newest}
        shown.update(incidents_of_days(component))
        yield Page(
            edition.prefix + path,
            page_key(
                base,
                component_state(component),
                standing_key(edition, name),
                *(measured[facts.metric.id] for facts in metrics_of(edition.view, name)),
                *(keys[one] for one in sorted(shown)),
            ),
            Rank.COMPONENT,
            partial(component_page, edition, path, component, newest),
        )


def _index_pages(
    edition: Edition, base: str, keys: dict[str, str], measured: dict[str, str]
) -> Iterator[Page]:
    facts = edition.view.facts

    def keyed(*parts: str | bytes, incidents: Sequence[IncidentFacts] = ()) -> str:
        return page_key(base, *parts, *(keys[incident.id] for incident in incidents))

    planned = (*facts.running, *facts.upcoming)
    shown = facts.components.values()
    pages = (
        (
            "index.html",
            keyed(
                facts.now.isoformat(),
                news(facts)[WHOLE],
                *map(component_state, shown),
                *(measured[facts.metric.id] for facts in shown_metrics(edition.view)),
                *(keys[one] for component in shown for one in incidents_of_days(component)),
                incidents=past_incidents(edition.view),
            ),
            partial(index_page, edition),
        ),
        (
            "maintenance/index.html",
            keyed(str(len(planned)), incidents=(*planned, *past_maintenances(facts))),
            partial(maintenance_page, edition),
        ),
        ("subscribe/index.html", keyed(), partial(subscribe_page, edition)),
        ("404.html", keyed(), partial(not_found_page, edition)),
        (
            "embed.html",
            keyed(
                edition.ahead[0].answer,
                incidents=(*facts.active, *facts.running),
            ),
            partial(banner_page, edition),
        ),
    )
    for path, key, render in pages:
        yield Page(edition.prefix + path, key, Rank.INDEX, render)


def _newest_by_component(incidents: Iterable[IncidentFacts]) -> dict[str, list[IncidentFacts]]:
    touched: dict[str, list[IncidentFacts]] = defaultdict(list)
    for facts in incidents:
        for component in facts.components:
            if len(touched[component]) < NEWEST:
                touched[component].append(facts)
    return touched
