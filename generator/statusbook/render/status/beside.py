"""All incidents -> of each, the one before and the one after it in the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from msgspec.msgpack import encode

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Status

Beside = tuple[IncidentFacts | None, IncidentFacts | None]


def beside(incidents: Iterable[IncidentFacts]) -> dict[str, Beside]:
    """Return the incident or maintenance before and after each, by its id.

    Args:
        incidents: All of them, newest first. A maintenance ahead has no place in the history yet.
    """
    told = _told(incidents)
    older: list[IncidentFacts | None] = [*told[1:], None]
    newer: list[IncidentFacts | None] = [None, *told]
    return {one.id: (old, new) for one, old, new in zip(told, older, newer, strict=False)}


def beside_keys(incidents: Iterable[IncidentFacts]) -> Iterator[tuple[str, str]]:
    """Yield the id of each, and a digest of what its page tells of the two beside it: ids, titles.

    Cheap, because every build asks it of all incidents.
    """
    told = _told(incidents)
    names = ["", *map(_named, told), ""]
    for at, facts in enumerate(told):
        yield facts.id, f"{names[at]}{names[at + 2]}"


def _told(incidents: Iterable[IncidentFacts]) -> Sequence[IncidentFacts]:
    return [facts for facts in incidents if facts.status is not Status.SCHEDULED]


def _named(facts: IncidentFacts) -> str:
    told = encode((facts.id, facts.title, facts.titles))
    return blake2b(told, digest_size=6).hexdigest()
