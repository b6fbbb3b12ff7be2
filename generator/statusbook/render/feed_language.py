"""A language of the site -> what its feeds say in it: words, titles, texts and addresses."""

from __future__ import annotations

from html import escape

from statusbook.derive.facts import Entry
from statusbook.model.parts import Translation
from statusbook.model.public import PublicSite
from statusbook.render.locales import name_of_language
from statusbook.render.markdown import html_of
from statusbook.render.names import name_in
from statusbook.render.status.parts.labels import AUTOMATIC_TEXTS, WORKAROUND, WORKAROUND_ENDED
from statusbook.render.status.parts.translated import NOT_YET
from statusbook.render.words import site_words


class FeedLanguage:
    """One language of the site's feeds.

    Each language has feeds of its own, so its ids end in the language: who reads two of them sees
    an update in both, and a program that knows entries by their ids mixes up none. The main
    language has no ending; what it is called then does not change when others come.
    """

    def __init__(self, site: PublicSite, language: str) -> None:
        """Look up the words of a language."""
        self.site = site
        self.language = language
        self.is_main = language == site.language
        self.words = site_words(site, language)
        self.other = "" if self.is_main else language
        self.names = {part.id: name_in(part, self.other) or part.name for part in site.components}
        self.home = f"{site.url}/" if self.is_main else f"{site.url}/{language}/"

    def id(self, name: str) -> str:
        """Name something of the site for ever, whatever its address."""
        ending = "" if self.is_main else f"/{self.language}"
        return f"{self.site.feed_id}:{name}{ending}"

    def address(self, path: str) -> str:
        """Return the address of a page or file of this language."""
        return f"{self.home}{path}"

    def title(self, entry: Entry) -> str:
        """Return the incident's title after an entry, in this language where it has one."""
        return entry.title if self.is_main else entry.titles.get(self.language, entry.title)

    def html(self, entry: Entry) -> str:
        """Return what an entry says, as HTML, and below it what readers can do since then.

        Text that waits for its translation is marked so.
        """
        if entry.automatic:
            return f"<p>{self.text(AUTOMATIC_TEXTS[entry.status])}</p>"
        none = Translation()
        told = none if self.is_main else entry.translations.get(self.language, none)
        parts = [self._markdown(entry.body, told.body)]
        if entry.workaround == "":
            parts.append(f"<p>{self.text(WORKAROUND_ENDED)}</p>")
        elif entry.workaround is not None:
            parts.append(f"<p><strong>{self.text(WORKAROUND)}</strong></p>")
            parts.append(self._markdown(entry.workaround, told.workaround))
        return "\n".join(filter(None, parts))

    def note(self, entry: Entry) -> str:
        """Say of a text that waits for its translation that it does, as HTML; else nothing."""
        translation = entry.translations.get(self.language)
        is_told = translation is not None and translation.body
        main = self.site.language
        if self.is_main or is_told or not entry.body or main == self.words.language:
            return ""
        language = name_of_language(main, self.words.locale)
        return f"<p>{self.text(NOT_YET, language=language)}</p>"

    def text(self, message: str, **fields: str) -> str:
        """Return a message in this language as HTML, with the fields in their places."""
        return escape(self.words.gettext(message).format(**fields), quote=False)

    def _markdown(self, original: str, translated: str | None) -> str:
        if translated:
            return html_of(translated)
        html = html_of(original)
        if self.is_main or not html:
            return html
        return f'<div lang="{escape(self.site.language)}">{html}</div>'
