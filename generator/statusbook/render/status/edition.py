"""The public site in one language: what its pages share, made once and only when one is needed."""

from __future__ import annotations

from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.ahead import Outlook, outlooks
from statusbook.derive.facts import IncidentFacts
from statusbook.model.parts import Group, Link
from statusbook.model.public import PublicComponent, PublicMetric, PublicSite
from statusbook.render.headers import CONTENT_SECURITY_POLICY
from statusbook.render.names import description_in, name_in, title_in
from statusbook.render.status.environment import Templates
from statusbook.render.status.parts.beside import Beside, beside
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece
from statusbook.render.status.parts.sharing import PLACE, brief, languages, og_locale
from statusbook.render.view import View
from statusbook.render.words import Words, site_words

# A <meta> may not say who frames the page, and browsers complain where it does.
META_POLICY: Final = CONTENT_SECURITY_POLICY.partition("; frame-ancestors")[0]

FEEDS: Final = (
    ("application/atom+xml", "updates.atom"),
    ("application/rss+xml", "updates.rss"),
    ("application/feed+json", "feed.json"),
)

_PURPOSE: Final = N_("How {title} works right now, what is planned, and what went wrong before.")


class Frame(Struct, frozen=True):
    """What stands around the content of a page.

    `home` leads to the index of the page's language, `root` to that of the site. The others are
    HTML, the same on every page of one depth: what links to other languages, `sharing` and
    `header`, but for the page's place.
    """

    language: str
    direction: str
    home: str
    root: str
    head: str = ""
    sharing: str = ""
    header: str = ""
    footer: str = ""


class Edition:
    """The pages of one language of a view."""

    def __init__(self, view: View, language: str, templates: Templates) -> None:
        """Keep what the pages are made from."""
        self.view = view
        self.language = language
        self.is_main = language == view.site.language
        self._other = "" if self.is_main else language
        self.prefix = "" if self.is_main else f"{language}/"
        self.address = f"{view.site.url}/{self.prefix}"
        self._templates = templates
        self._frames: dict[tuple[str, str], Frame] = {}
        self._components: dict[str, dict[str, Piece]] = {}

    @cached_property
    def words(self) -> Words:
        """The words of the language, and times in the page's zone."""
        return site_words(self.view.site, self.language)

    @cached_property
    def site(self) -> PublicSite:
        """The site with its title and description in the language, as far as it has them."""
        site = self.view.site
        return replace(
            site,
            title=title_in(site, self._other) or site.title,
            description=description_in(site, self._other) or site.description,
        )

    @cached_property
    def incidents(self) -> dict[str, IncidentFacts]:
        """All incidents by their id."""
        return {facts.id: facts for facts in self.view.facts.incidents}

    @cached_property
    def beside(self) -> dict[str, Beside]:
        """The incidents before and after each, by its id."""
        return beside(self.view.facts.incidents)

    @cached_property
    def ahead(self) -> tuple[Outlook, ...]:
        """The page now, and from each moment on at which planned work begins or ends."""
        return outlooks(self.view.facts)

    @cached_property
    def purpose(self) -> str:
        """What the site is for, where its owner does not say."""
        return self.words.gettext(_PURPOSE).replace("{title}", self.site.title)

    @cached_property
    def original(self) -> str:
        """The language that texts are written in, where the words of the pages have another."""
        main = self.view.site.language
        return "" if main == self.words.language else main

    def page(
        self,
        template: str,
        path: str,
        title: str,
        *,
        description: str | Piece | Phrase = "",
        section: str = "",
        **context: object,
    ) -> bytes:
        """Render a page.

        Args:
            template: Name of the page's template.
            path: The page's path below the edition.
            title: What the page is about; the site's title follows it.
            description: What it tells, in one or two sentences; else that of the site.
            section: The entry of the navigation that leads here.
            context: What the template shows besides.
        """
        place = path.removesuffix("index.html")
        frame = self._frame(self._home(path), section)
        frame = replace(
            frame,
            header=frame.header.replace(PLACE, place),
            # What is missing has no address.
            sharing="" if path == "404.html" else frame.sharing.replace(PLACE, place),
        )
        shared = {
            "_": self.words.gettext,
            "frame": frame,
            "site": self.site,
            "address": self.address,
            "canonical": "" if path == "404.html" else f"{self.address}{place}",
            "original": self.original,
            "title": title,
            "description": brief(description) or brief(self.site.description or self.purpose),
            **context,
        }
        return self._templates.render(template, shared).encode()

    def component(self, component: str, home: str) -> Piece:
        """Show a component by its name, as a link to its page."""
        pieces = self._components.get(home)
        if pieces is None:
            pieces = self._components[home] = {
                known.id: self.name(known, f"{home}components/{known.id}/")
                for known in self.view.site.components
            }
        return pieces.get(component) or Piece(component)

    def name(self, record: Group | PublicComponent | PublicMetric | Link, href: str = "") -> Piece:
        """Show the name of a record in this language, else as written."""
        return self._translated(name_in(record, self._other), record.name, href)

    def description(self, record: Group | PublicComponent | PublicMetric | PublicSite) -> Piece:
        """Show a description in this language, else as written; empty where there is none."""
        told = description_in(record, self._other)
        return self._translated(told, record.description or "")

    def link(self, link: Link) -> Piece:
        """Show a link of the owner by its name."""
        return self.name(link, link.url)

    def _translated(self, translation: str | None, written: str, href: str = "") -> Piece:
        if translation is not None:
            return Piece(translation, href=href, lang=self.foreign(self.language))
        return Piece(written, href=href, lang=self.original)

    def title(self, facts: IncidentFacts, href: str = "") -> Piece:
        """Show an incident's title in this language, else as it was written."""
        return self._translated(facts.titles.get(self._other), facts.title, href)

    def foreign(self, language: str) -> str:
        """Return a language where it is another than that of the page's words, else nothing."""
        return "" if language == self.words.language else language

    def _frame(self, home: str, section: str) -> Frame:
        frame = self._frames.get((home, section))
        if frame is None:
            frame = self._frames[home, section] = self._made_frame(home, section)
        return frame

    def _made_frame(self, home: str, section: str) -> Frame:
        from markupsafe import Markup

        root = self._root(home)
        frame = Frame(self.words.language, self.words.locale.direction, home, root)
        site = self.view.site
        context = {
            "_": self.words.gettext,
            "frame": frame,
            "site": self.site,
            "name": self._translated(title_in(site, self._other), site.title),
            "about": self.description(site),
            "links": [self.link(link) for link in site.links],
            "section": section,
            "policy": META_POLICY,
            "address": self.address,
            "feeds": FEEDS,
            "original": self.original,
            "place": PLACE,
            "languages": languages(site, self.language, root),
            "locale": og_locale(self.language),
            "other_locales": [
                known
                for code in ((site.language, *site.languages) if site.languages else ())
                if code != self.language and (known := og_locale(code))
            ],
        }

        def rendered(name: str) -> str:
            return Markup(self._templates.render(name, context))  # noqa: S704 - a template's

        return Frame(
            frame.language,
            frame.direction,
            home,
            root,
            head=rendered("_head.html.j2"),
            sharing=rendered("_sharing.html.j2"),
            header=rendered("_header.html.j2"),
            footer=rendered("_footer.html.j2"),
        )

    def _home(self, path: str) -> str:
        """Return the way to the edition's index; from the page of what is missing, from any depth.

        A host serves that page in the place of any other.
        """
        if path == "404.html":
            return f"{urlsplit(self.view.site.url).path}/{self.prefix}"
        return "../" * path.count("/") or "./"

    def _root(self, home: str) -> str:
        """Return the way to the site's index."""
        if self.is_main:
            return home
        if home.startswith("/"):
            return home.removesuffix(self.prefix)
        return "../" if home == "./" else f"../{home}"
