"""How components are now, and what the clock will make of them -> words and shapes in turn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec.msgpack import encode

from statusbook.derive.facts import ComponentFacts
from statusbook.model.words import ComponentStatus, worst
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import COMPONENT_LABELS
from statusbook.render.status.parts.pieces import Phrase, Piece, State, moment, phrase
from statusbook.render.status.parts.spans import Shown, Variants, in_turn, varying


def standing(edition: Edition, components: Collection[str]) -> Shown | Variants:
    """Tell the worst status of the components, given by their ids."""
    words = edition.words
    return varying(
        (at, State(status, Piece(words.gettext(COMPONENT_LABELS[status]))))
        for at, status in _steps(edition, components)
    )


def standing_since(edition: Edition, facts: ComponentFacts) -> Shown | Variants:
    """Tell since when a component is not as it should be; empty where it is."""
    return varying(
        (at, _since(edition, status, at or facts.since))
        for at, status in _steps(edition, [facts.component.id])
    )


def standing_key(edition: Edition, component: str) -> bytes:
    """Return what the clock will make of a component, for the key of a page that shows it."""
    return encode(_steps(edition, [component])[1:])


def _steps(
    edition: Edition, components: Collection[str]
) -> list[tuple[datetime | None, ComponentStatus]]:
    """List the worst statuses, each with the moment from which it holds; the first holds now."""
    told = [(one.at, worst(one.components[name] for name in components)) for one in edition.ahead]
    steps = in_turn((at if number else None, status) for number, (at, status) in enumerate(told))
    return [(step.span.start, step.content) for step in steps]


def _since(edition: Edition, status: ComponentStatus, at: datetime | None) -> Phrase:
    if at is None or status is ComponentStatus.OPERATIONAL:
        return Phrase()
    return phrase(edition.words, "since {time}", time=moment(edition.words, at))
