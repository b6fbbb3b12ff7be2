"""The public site -> its feeds: RSS, Atom and JSON Feed, of everything and of each part.

`history.*` are Statuspage's, one entry per incident; all others have one entry per update. What is
imported late costs nothing in a build in which no feed changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from statusbook.derive.facts import IncidentFacts
from statusbook.derive.site import FEED_KEPT
from statusbook.render.feed_choice import by_component, by_update, holding, newest_history
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.view import View, incident_key

if TYPE_CHECKING:
    from statusbook.render.feed_language import FeedLanguage
    from statusbook.render.feed_records import Feed, FeedEntry

NEWEST: Final = 50
"""How many updates the feeds of everything and of one incident list."""
NEWEST_OF_COMPONENT: Final = 25


def feed_pages(view: View) -> Iterator[Page]:
    """Yield the feeds of every language."""
    newest_first = by_update(view.facts.incidents)
    history = newest_history(newest_first)
    everything = holding(newest_first, NEWEST)
    names = {component.id: component.name for component in view.site.components}
    of_components = {
        component: holding(incidents, NEWEST_OF_COMPONENT, in_part=True)
        for component, incidents in by_component(newest_first, names).items()
    }
    now = view.facts.now
    kept = [facts for facts in newest_first if facts.ended is None or facts.ended + FEED_KEPT > now]
    for code in (view.site.language, *view.site.languages):
        desk = _Desk(view, code)
        yield from desk.pages(
            _Plan("history", "", "Incident History", history, desk.history(history)),
            ("rss", "atom"),
        )
        updates = _Plan("updates", "", "", everything, desk.updates(everything, NEWEST))
        yield from desk.pages(updates, ("rss", "atom"))
        yield desk.page(updates, "feed.json", "json")
        for component, incidents in of_components.items():
            home = f"components/{component}/"
            entries = desk.updates(incidents, NEWEST_OF_COMPONENT, component)
            plan = _Plan(f"{home}updates", home, names[component], incidents, entries)
            yield from desk.pages(plan, ("rss", "atom"))
        for facts in kept:
            home = f"incidents/{facts.id}/"
            entries = desk.updates([facts], NEWEST)
            plan = _Plan(f"{home}updates", home, facts.title, [facts], entries)
            yield from desk.pages(plan, ("atom",))


class _Plan(NamedTuple):
    """What a feed will hold, in whatever format.

    `name` is its path without the ending, `home` that of the page that it belongs to, `subject`
    what it is about; a feed of everything has none.
    """

    name: str
    home: str
    subject: str
    incidents: Sequence[IncidentFacts]
    entries: Callable[[], tuple[FeedEntry, ...]]


class _Desk:
    """Where the feeds of one language are made; what formats share is made once, if at all."""

    def __init__(self, view: View, code: str) -> None:
        self.view = view
        self.folder = "" if code == view.site.language else f"{code}/"

        @cache
        def language() -> FeedLanguage:
            from statusbook.render.feed_language import FeedLanguage

            return FeedLanguage(view.site, code)

        self.language = language

    def history(self, incidents: Sequence[IncidentFacts]) -> Callable[[], tuple[FeedEntry, ...]]:
        """Return a way to tell incidents, each in one entry."""

        @cache
        def entries() -> tuple[FeedEntry, ...]:
            from statusbook.render.feed_history import history_entries

            return history_entries(map(self.view.timeline, incidents), self.language())

        return entries

    def updates(
        self, incidents: Sequence[IncidentFacts], limit: int, component: str = ""
    ) -> Callable[[], tuple[FeedEntry, ...]]:
        """Return a way to tell the newest updates of incidents, or those about a component."""

        @cache
        def entries() -> tuple[FeedEntry, ...]:
            from statusbook.render.feed_updates import update_entries

            timelines = map(self.view.timeline, incidents)
            return update_entries(timelines, self.language(), limit, component)

        return entries

    def pages(self, plan: _Plan, formats: Sequence[str]) -> Iterator[Page]:
        """Yield a feed in each of the formats."""
        for form in formats:
            yield self.page(plan, f"{plan.name}.{form}", form)

    def page(self, plan: _Plan, path: str, form: str) -> Page:
        """Make a feed's page; it depends on the incidents that are read for it, and on no other."""
        key = page_key(self.view.key, *map(incident_key, plan.incidents))

        def render() -> bytes:
            feed = self._feed(plan, path)
            if form == "json":
                from statusbook.render.feed_json import json_feed

                return json_feed(feed)
            from statusbook.render import feed_xml

            return feed_xml.rss(feed) if form == "rss" else feed_xml.atom(feed)

        return Page(f"{self.folder}{path}", key, Rank.FEED, render)

    def _feed(self, plan: _Plan, path: str) -> Feed:
        from statusbook.render.feed_records import Feed

        site, language = self.view.site, self.language()
        # Names of components and titles of incidents have a page, and are not ours to translate.
        subject = (
            plan.subject if plan.home else plan.subject and language.words.gettext(plan.subject)
        )
        return Feed(
            id=language.id(f"feed/{plan.name}"),
            title=f"{site.title} - {subject}" if subject else site.title,
            description=site.description or site.title,
            author=site.title,
            language=language.language,
            home=language.address(plan.home),
            address=language.address(path),
            entries=plan.entries(),
        )
