"""The facts of a page -> its description for search engines and chats."""

from __future__ import annotations

from collections.abc import Iterable

from statusbook.derive.facts import IncidentFacts, Timeline
from statusbook.model.public import PublicComponent
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.entries import incident_state
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece, listed, phrase
from statusbook.render.status.parts.prose import excerpt
from statusbook.render.status.parts.sharing import brief


def describe_index(edition: Edition) -> str:
    """Name what is going on, then tell what the page is for."""
    facts, words = edition.view.facts, edition.words
    told = []
    if facts.active:
        told.append(phrase(words, "Going on: {titles}.", titles=_titles(edition, facts.active)))
    about = edition.description(edition.view.site)
    return brief(*told, about if about.text else edition.purpose)


def describe_incident(edition: Edition, timeline: Timeline, facts: IncidentFacts) -> str:
    """Begin the newest text; without any, tell how far it has come."""
    newest = excerpt(edition, timeline)
    return brief(newest if newest.text else incident_state(edition, facts).words or "")


def describe_component(edition: Edition, component: PublicComponent) -> str:
    """Tell what a component is and what its page shows: not how it works, which chats remember."""
    message = N_("{component}: how it works now, each of the last 90 days, and its incidents.")
    told = phrase(edition.words, message, component=edition.name(component))
    return brief(edition.description(component), told)


def describe_maintenance(edition: Edition) -> str:
    """Name the work that is running and ahead."""
    facts, words = edition.view.facts, edition.words
    told = []
    if facts.running:
        titles = _titles(edition, facts.running)
        told.append(phrase(words, "Running now: {titles}.", titles=titles))
    if facts.upcoming:
        titles = _titles(edition, facts.upcoming)
        told.append(phrase(words, "Planned: {titles}.", titles=titles))
    return brief(*told) or words.gettext("No maintenance is planned.")


def describe_month(edition: Edition, counts: str, incidents: Iterable[IncidentFacts]) -> str:
    """Count a month's incidents, and name as many as fit."""
    words = edition.words
    titles = _titles(edition, incidents)
    return brief(phrase(words, "{counts}: {titles}.", counts=Piece(counts), titles=titles))


def _titles(edition: Edition, incidents: Iterable[IncidentFacts]) -> Phrase:
    return listed(edition.title(facts) for facts in incidents)
