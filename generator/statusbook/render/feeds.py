"""The public site -> its feeds: RSS, Atom and JSON Feed, of everything and of each part.

`history.*` are Statuspage's, one entry per incident; all others have one entry per update. What is
imported late costs nothing in a build in which no feed changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from statusbook.derive.facts import IncidentFacts
from statusbook.render.feed_choice import by_component, by_update, holding, kept, newest_history
from statusbook.render.names import description_in, name_in, title_in
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.parts.labels import N_
from statusbook.render.view import View, incident_key

if TYPE_CHECKING:
    from statusbook.render.feed_language import FeedLanguage
    from statusbook.render.feed_records import Feed, FeedEntry

NEWEST: Final = 50
"""How many updates the feeds of everything and of one incident list."""
NEWEST_OF_COMPONENT: Final = 25


def feed_pages(view: View) -> Iterator[Page]:
    """Yield the feeds of every language."""
    known = view.facts
    newest_first = by_update(known.incidents)
    history = newest_history(newest_first, known.upcoming)
    everything = holding(newest_first, NEWEST)
    known_ids = {component.id: component.name for component in view.site.components}
    of_components = {
        component: holding(incidents, NEWEST_OF_COMPONENT, component)
        for component, incidents in by_component(newest_first, known_ids).items()
    }
    own = kept(newest_first, (*known.active, *known.running, *known.upcoming), known.now)
    for code in (view.site.language, *view.site.languages):
        desk = _Desk(view, code)
        other = "" if code == view.site.language else code
        names = {part.id: name_in(part, other) or part.name for part in view.site.components}
        entries = cache(partial(desk.history, history))
        plan = _Plan("history", "", N_("Incident History"), history, entries)
        yield from desk.pages(plan, "rss", "atom")
        entries = cache(partial(desk.updates, everything, NEWEST))
        plan = _Plan("updates", "", "", everything, entries)
        yield from desk.pages(plan, "rss", "atom")
        yield desk.page(plan, "feed.json", "json")
        for component, incidents in of_components.items():
            home = f"components/{component}/"
            entries = cache(partial(desk.updates, incidents, NEWEST_OF_COMPONENT, component))
            plan = _Plan(f"{home}updates", home, names[component], incidents, entries)
            yield from desk.pages(plan, "rss", "atom")
        for facts in own:
            home = f"incidents/{facts.id}/"
            once = partial(desk.updates, [facts], NEWEST)
            title = facts.titles.get(other, facts.title)
            plan = _Plan(f"{home}updates", home, title, [facts], once)
            yield from desk.pages(plan, "atom")


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
    """Where the feeds of one language are made; the words are looked up once, if at all."""

    def __init__(self, view: View, code: str) -> None:
        self.view = view
        self.folder = "" if code == view.site.language else f"{code}/"

        @cache
        def language() -> FeedLanguage:
            from statusbook.render.feed_language import FeedLanguage

            return FeedLanguage(view.site, code)

        self.language = language

    def history(self, incidents: Sequence[IncidentFacts]) -> tuple[FeedEntry, ...]:
        """Tell incidents, each in one entry."""
        from statusbook.render.feed_history import history_entries

        return history_entries(map(self.view.timeline, incidents), self.language())

    def updates(
        self, incidents: Sequence[IncidentFacts], limit: int, component: str = ""
    ) -> tuple[FeedEntry, ...]:
        """Tell the newest updates of incidents, or those about a component."""
        from statusbook.render.feed_updates import update_entries

        timelines = map(self.view.timeline, incidents)
        return update_entries(timelines, self.language(), limit, component)

    def pages(self, plan: _Plan, *formats: str) -> Iterator[Page]:
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
        name = title_in(site, language.other) or site.title
        # Names of components and titles of incidents have a page, and are not ours to translate.
        ours = plan.subject and not plan.home
        subject = language.words.gettext(plan.subject) if ours else plan.subject
        return Feed(
            id=language.id(f"feed/{plan.name}"),
            title=f"{name} - {subject}" if subject else name,
            description=description_in(site, language.other) or site.description or name,
            author=name,
            language=language.language,
            home=language.address(plan.home),
            address=language.address(path),
            entries=plan.entries(),
        )
