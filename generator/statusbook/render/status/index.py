"""The facts of the whole page -> the index: what is wrong now, and what was in the last days."""

from __future__ import annotations

from msgspec import Struct

from statusbook.derive.facts import IncidentFacts
from statusbook.render.status.components import component_rows, group_rows
from statusbook.render.status.edition import Edition
from statusbook.render.status.metrics import metric_cards
from statusbook.render.status.parts.advice import Advice, advice_on_top
from statusbook.render.status.parts.bars import uptime_rule
from statusbook.render.status.parts.descriptions import describe_index
from statusbook.render.status.parts.entries import (
    EntryRow,
    entry_rows,
    fact_rows,
    incident_state,
    promise_phrase,
)
from statusbook.render.status.parts.heads import (
    heads,
    newest_of_page,
    news_of_page,
    old,
    promise_of_page,
)
from statusbook.render.status.parts.labels import IMPACT_LOOKS
from statusbook.render.status.parts.pieces import (
    Phrase,
    Piece,
    Row,
    State,
    moment,
    phrase,
)
from statusbook.render.status.parts.spans import Shown, Variants
from statusbook.render.status.past_days import past_days
from statusbook.render.status.plans import plan

MOST_ENTRIES = 5
"""So many updates of one incident the index shows; its page has all."""
FEW_ACTIVE = 4
"""Where more incidents than these are open, each shows its newest update only."""
MOST_PLANNED = 10
"""So many maintenances the index shows; their page has all."""

HOME = "./"


class Story(Struct, frozen=True):
    """An open incident; `earlier` tells how many updates are on its page only."""

    title: Piece
    look: str
    state: State
    advice: Advice | None
    facts: tuple[Row, ...]
    promise: Shown | Variants
    entries: tuple[EntryRow, ...]
    earlier: str


def index_page(edition: Edition) -> bytes:
    """Render the index."""
    facts = edition.view.facts
    words = edition.words
    planned = [*facts.running, *facts.upcoming]
    sentences = heads(edition)
    return edition.page(
        "index.html.j2",
        "index.html",
        sentences[0].content.text,
        description=describe_index(edition),
        heads=sentences,
        as_of=phrase(words, "As of {time}", time=moment(words, facts.now, near=True)),
        promise=promise_of_page(edition),
        newest=newest_of_page(edition),
        old=old(edition),
        news=news_of_page(edition),
        active=[_story(edition, incident) for incident in facts.active],
        maintenance=[plan(edition, incident, HOME) for incident in planned[:MOST_PLANNED]],
        is_cut=len(planned) > MOST_PLANNED,
        components=component_rows(edition),
        groups=group_rows(edition),
        metrics=metric_cards(edition, HOME),
        uptime=uptime_rule(words),
        past=list(past_days(edition)),
    )


def _story(edition: Edition, facts: IncidentFacts) -> Story:
    timeline = edition.view.timeline(facts)
    page = f"{HOME}incidents/{facts.id}/"
    entries = entry_rows(edition, timeline, HOME, page)
    active = len(edition.view.facts.active)
    most = MOST_ENTRIES if active <= FEW_ACTIVE else 1
    is_alone = active == 1  # then the first lines of the page are about it, and tell the rest
    earlier = len(entries) - most
    words = edition.words
    return Story(
        title=edition.title(facts, page),
        look=IMPACT_LOOKS[facts.impact],
        state=incident_state(edition, facts),
        advice=advice_on_top(edition, facts),
        facts=() if is_alone else tuple(fact_rows(edition, facts, HOME)),
        promise=Phrase() if is_alone else promise_phrase(edition, facts),
        entries=tuple(entries[:most]),
        earlier=words.ngettext("{n} earlier update", "{n} earlier updates", earlier)
        if earlier > 0
        else "",
    )
