"""The page now and ahead -> the sentences on top in turn, and what tells of a newer page."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from statusbook.derive.ahead import Outlook
from statusbook.derive.news import WHOLE, news, news_of
from statusbook.model.words import COMPONENT_RANK, ComponentStatus
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.entries import AFFECTED, promise_phrase
from statusbook.render.status.parts.labels import ANSWER_LOOKS, ANSWERS, COMPONENT_LABELS
from statusbook.render.status.parts.pieces import Phrase, Piece, State, listed, moment, phrase
from statusbook.render.status.parts.spans import Shown, Span, Variant, Variants, in_turn

HOME = "./"
MOST_AFFECTED = 6
"""So many components the first lines name; below they are all."""
OLD: Final = timedelta(days=1)
SOON_OLD: Final = timedelta(hours=1)
"""After so long the index says that it may be old; sooner while something is going on."""


class Head(Struct, frozen=True):
    """One sentence of state, which components it is about, and since when."""

    look: str
    mark: State
    text: str
    affected: Phrase
    since: Phrase


class Old(Struct, frozen=True):
    """What the index says when it may be old; `elsewhere` links to its copies."""

    span: Span
    text: Phrase
    elsewhere: Phrase


class News(Struct, frozen=True):
    """What the page's script compares with `release.json` to tell whether there is more to read."""

    key: str
    known: str


def heads(edition: Edition) -> list[Variant[Head]]:
    """Tell the state of the whole page now, and from each moment on at which it changes."""
    return in_turn(
        (outlook.at if number else None, _head(edition, outlook))
        for number, outlook in enumerate(edition.ahead)
    )


def promise_of_page(edition: Edition) -> Shown | Variants:
    """Tell when the next update on anything comes, or that one is overdue."""
    promised = [
        (facts.promise.at, number)
        for number, facts in enumerate(edition.view.facts.active)
        if facts.promise is not None
    ]
    if not promised:
        return Phrase()
    _, soonest = min(promised)
    return promise_phrase(edition, edition.view.facts.active[soonest])


def newest_of_page(edition: Edition) -> Phrase:
    """Tell when the last update on what is going on was posted."""
    times = [facts.updated for facts in edition.view.facts.active]
    if not times:
        return Phrase()
    last = moment(edition.words, max(times), near=True)
    return phrase(edition.words, "Last update {time}", time=last)


def old(edition: Edition) -> Old:
    """Tell when the page was built, for the time when that is long ago."""
    facts, words = edition.view.facts, edition.words
    after = SOON_OLD if facts.active or facts.running else OLD
    built = moment(words, facts.now)
    copies = [edition.link(host) for host in edition.view.site.hosts]
    return Old(
        Span(facts.now + after),
        phrase(words, "This page was last built at {time}. Newer news may be missing.", time=built),
        phrase(words, "The same page elsewhere: {links}", links=listed(copies))
        if len(copies) > 1
        else Phrase(),
    )


def news_of_page(edition: Edition) -> News:
    """Name what the index tells."""
    return News(WHOLE, news(edition.view.facts)[WHOLE])


def news_of_incident(edition: Edition, incident: str) -> News | None:
    """Name what an incident's page tells; None where nothing more is to come."""
    facts = edition.incidents[incident]
    return News(facts.id, news_of(facts)) if facts.open else None


def _head(edition: Edition, outlook: Outlook) -> Head:
    look = ANSWER_LOOKS[outlook.answer]
    since = Phrase()
    if outlook.since is not None:
        began = moment(edition.words, outlook.since, near=True)
        since = phrase(edition.words, "Since {time}", time=began)
    return Head(
        look=look,
        mark=State(look),
        text=edition.words.gettext(ANSWERS[outlook.answer]),
        affected=_affected(edition, outlook),
        since=since,
    )


def _affected(edition: Edition, outlook: Outlook) -> Phrase:
    """Name the components that do not work as they should, the worst first."""
    words = edition.words
    known = edition.view.facts.components
    hit = sorted(
        (
            (name, status)
            for name, status in outlook.components.items()
            if known[name].component.retired is None and status is not ComponentStatus.OPERATIONAL
        ),
        key=lambda pair: -COMPONENT_RANK[pair[1]],
    )
    told: list[Piece | Phrase] = [
        phrase(
            words,
            AFFECTED,
            component=edition.component(name, HOME),
            status=Piece(words.gettext(COMPONENT_LABELS[status])),
        )
        for name, status in hit[:MOST_AFFECTED]
    ]
    if more := len(hit) - len(told):
        text = words.ngettext("{n} more", "{n} more", more)
        told.append(Piece(text, href=f"{HOME}#_components"))
    return phrase(words, "Affected: {components}", components=listed(told)) if told else Phrase()
