"""The facts of the whole page -> names of what has been told, to see whether there is more."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b

from msgspec.msgpack import encode

from statusbook.derive.ahead import stages
from statusbook.derive.facts import IncidentFacts, SiteFacts

WHOLE = "*"
"""What stands for the whole page among the ids of incidents, none of which has this name."""
NEWEST = 100
"""So many incidents count for the whole page, besides those that are open."""
STAYS = timedelta(days=1)
"""How long an incident that is over keeps its name, for pages that were opened before."""


def news(facts: SiteFacts) -> dict[str, str]:
    """Name what is told of the whole page, and of each incident that is open or lately was.

    A name changes when an update is added, changes a title or a state, or counts no longer. It does
    not change by the clock: what time alone brings is on the page already.
    """
    is_open = (*facts.active, *facts.running, *facts.upcoming)
    counted = {incident.id: incident for incident in (*facts.incidents[:NEWEST], *is_open)}
    names = {name: news_of(incident) for name, incident in sorted(counted.items())}
    kept = {
        name: digest
        for name, digest in names.items()
        if (closed := counted[name].resolved_at) is None or closed > facts.now - STAYS
    }
    return {WHOLE: _digest(encode(sorted(names.items()))), **kept}


def news_of(facts: IncidentFacts) -> str:
    """Name what is told of one incident, in any of its stages."""
    last = stages(facts)[-1]
    told = (
        last.id,
        last.title,
        sorted(last.titles.items()),
        last.status,
        last.updated,
        last.entries,
    )
    return _digest(encode((*told, last.impact, last.components)))


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=6).hexdigest()
