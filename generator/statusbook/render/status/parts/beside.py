"""All incidents -> of each, the one before and the one after it in the history."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from msgspec.msgpack import encode

from statusbook.derive.course import beginning
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


def beside_keys(incidents: Iterable[IncidentFacts]) -> list[tuple[str, str]]:
    """Return the id of each, and a digest of what its page tells of the two beside it: ids, titles.

    Cheap, because every build asks it of all incidents.
    """
    told = _told(incidents)
    names = ["", *map(_named, told), ""]
    return [
        (facts.id, newer + older)
        for facts, newer, older in zip(told, names, names[2:], strict=False)
    ]


def _told(incidents: Iterable[IncidentFacts]) -> list[IncidentFacts]:
    told = [facts for facts in incidents if facts.status is not Status.SCHEDULED]
    if any(facts.ended is not None and facts.ended < facts.started for facts in told):
        told.sort(key=beginning, reverse=True)  # else they are in that order
    return told


def _named(facts: IncidentFacts) -> str:
    return blake2b(encode((facts.id, facts.title, facts.titles)), digest_size=6).hexdigest()
