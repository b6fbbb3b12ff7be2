"""What every renderer of the public site is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from statusbook.derive.facts import IncidentFacts, SiteFacts, Timeline
from statusbook.derive.metrics import MetricFacts
from statusbook.model.public import PublicSite


class View(NamedTuple):
    """The public site at a moment.

    `timeline` reads an incident again and tells its entries: call it inside `Page.render` only, so
    that a page that did not change costs nothing. `key` is the digest of the site's own settings
    and components and of the version of the generator: it is a part of the key of every page that
    shows any of them. `outdated` names translations that are older than their originals: update and
    language, by the incident's id.
    """

    site: PublicSite
    facts: SiteFacts
    timeline: Callable[[IncidentFacts], Timeline]
    key: str
    metrics: tuple[MetricFacts, ...] = ()
    outdated: Mapping[str, frozenset[tuple[str, str]]] = MappingProxyType({})


def incident_key(facts: IncidentFacts) -> str:
    """Name one incident's state: the same files at a moment when the same facts hold."""
    return f"{facts.digest}@{facts.holds_from.timestamp()}"
