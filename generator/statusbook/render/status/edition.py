"""The public site in one language: what its pages share, made once and only when one is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from statusbook.derive.facts import Entry, IncidentFacts, Timeline
from statusbook.render.headers import CONTENT_SECURITY_POLICY
from statusbook.render.status.pieces import Phrase, Piece, Prose
from statusbook.render.view import View
from statusbook.render.words import Words, native_name, words_of

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES: Final = Path(__file__).parent / "templates"

# A <meta> may not say who frames the page, and browsers complain where it does.
META_POLICY: Final = CONTENT_SECURITY_POLICY.partition("; frame-ancestors")[0]

FEEDS: Final = (
    ("application/atom+xml", "updates.atom"),
    ("application/rss+xml", "updates.rss"),
    ("application/feed+json", "feed.json"),
)


class Frame(Struct, frozen=True):
    """What stands around the content of a page.

    `home` leads to the index of the page's language, `root` to that of the site; `head`, `header`
    and `footer` are HTML, the same on every page of one depth.
    """

    language: str
    direction: str
    home: str
    root: str
    head: str = ""
    header: str = ""
    footer: str = ""


class Templates:
    """The page templates; those in the owner's folder take the place of ours of the same name.

    An owner's template reaches ours as `statusbook/<name>`.
    """

    def __init__(self, overrides: Path | None = None) -> None:
        """Keep where to look; nothing is read yet."""
        self._overrides = overrides
        self._loaded: dict[str, Template] = {}

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Fill in a template; it is compiled when first asked for."""
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = self._environment.get_template(name)
        return template.render(context)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import (
            ChoiceLoader,
            Environment,
            FileSystemLoader,
            PrefixLoader,
            StrictUndefined,
        )

        ours = FileSystemLoader(TEMPLATES)
        folders = [TEMPLATES] if self._overrides is None else [self._overrides, TEMPLATES]
        return Environment(
            loader=ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"statusbook": ours})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )


class Edition:
    """The pages of one language of a view."""

    def __init__(self, view: View, language: str, templates: Templates) -> None:
        """Keep what the pages are made from."""
        self.view = view
        self.language = language
        self.is_main = language == view.site.language
        self.prefix = "" if self.is_main else f"{language}/"
        self._templates = templates
        self._frames: dict[tuple[str, str], Frame] = {}
        self._components: dict[str, dict[str, Piece]] = {}

    @cached_property
    def words(self) -> Words:
        """The words of the language, and times in the page's zone."""
        return words_of(self.language, self.view.site.time_zone)

    @cached_property
    def original(self) -> str:
        """The language that texts are written in, where the words of the pages have another."""
        main = self.view.site.language
        return "" if main == self.words.language else main

    def page(
        self, template: str, path: str, title: str, *, section: str = "", **context: object
    ) -> bytes:
        """Render a page.

        Args:
            template: Name of the page's template.
            path: The page's path below the edition.
            title: What the page is about; the site's title follows it.
            section: The entry of the navigation that leads here.
            context: What the template shows besides.
        """
        site = self.view.site
        frame = self._frame(self._home(path), section)
        shared = {
            "_": self.words.gettext,
            "frame": frame,
            "site": site,
            "title": title,
            "description": "",
            "canonical": f"{site.url}/{self.prefix}{path.removesuffix('index.html')}",
            "languages": self._languages(path, frame.root),
            **context,
        }
        return self._templates.render(template, shared).encode()

    def component(self, component: str, home: str) -> Piece:
        """Show a component by its name, as a link to its place on the index where it has one."""
        pieces = self._components.get(home)
        if pieces is None:
            pieces = self._components[home] = {
                known.id: Piece(
                    known.name,
                    href=""
                    if known.retired is not None
                    else home
                    if known.only_show_if_degraded
                    else f"{home}#{known.id}",
                )
                for known in self.view.site.components
            }
        return pieces.get(component) or Piece(component)

    def title(self, facts: IncidentFacts, href: str = "") -> Piece:
        """Show an incident's title as it was written."""
        return Piece(facts.title, href=href, lang=self.original)

    def translated_title(self, timeline: Timeline, href: str = "") -> Piece:
        """Show an incident's title in this language where the update that gave it has one."""
        if not self.is_main:
            for entry in reversed(timeline.entries):
                if entry.title != timeline.facts.title:
                    break
                translation = entry.translations.get(self.language)
                if translation is not None and translation.title:
                    return Piece(translation.title, href=href, lang=self._lang(self.language))
        return self.title(timeline.facts, href)

    def prose(self, entry: Entry) -> Prose:
        """Show an update's text: in this language where it has it, else as it was written."""
        from markupsafe import Markup

        from statusbook.render.markdown import html_of

        text, lang = self.source(entry)
        return Prose(Markup(html_of(text)), lang)  # noqa: S704 - the one place that makes safe HTML

    def source(self, entry: Entry) -> tuple[str, str]:
        """Return an update's Markdown and its language, empty where that is the page's."""
        if not self.is_main:
            translation = entry.translations.get(self.language)
            if translation is not None and translation.body:
                return translation.body, self._lang(self.language)
        return entry.body, self.original

    def _lang(self, language: str) -> str:
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
            "site": site,
            "section": section,
            "policy": META_POLICY,
            "feeds": [(kind, f"{site.url}/{name}") for kind, name in FEEDS],
            "original": self.original,
        }

        def rendered(name: str) -> str:
            return Markup(self._templates.render(name, context))  # noqa: S704 - a template's

        return Frame(
            frame.language,
            frame.direction,
            home,
            root,
            head=rendered("_head.html.j2"),
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

    def _languages(self, path: str, root: str) -> Phrase:
        """Link to the other languages: to this page where it is sure to exist, else to the index.

        The original of a translated page is written before it, so it does exist.
        """
        site = self.view.site
        place = path.removesuffix("index.html")
        links = []
        for language in (site.language, *site.languages) if site.languages else ():
            is_main = language == site.language
            prefix = "" if is_main else f"{language}/"
            target = place if is_main or path in _ALWAYS_THERE else ""
            if language != self.language:
                links.append(
                    Piece(native_name(language), href=f"{root}{prefix}{target}", lang=language)
                )
        return tuple(links)


# Pages that every site has from its first build on, in each language.
_ALWAYS_THERE: Final = frozenset(
    {
        "index.html",
        "404.html",
        "history/index.html",
        "maintenance/index.html",
        "subscribe/index.html",
    }
)
