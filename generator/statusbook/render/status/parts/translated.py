"""An entry on a page of another language -> what readers should know of its translation."""

from __future__ import annotations

from statusbook.derive.facts import Entry
from statusbook.render.locales import name_of_language
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import N_
from statusbook.render.status.parts.pieces import Phrase, Piece, phrase

NOT_YET = N_("Not translated yet. Original: {language}.")


def translation_notes(edition: Edition, incident: str, entry: Entry) -> tuple[Phrase, ...]:
    """Say that a text is not translated yet, or that its original has changed since.

    Nothing is said of what has no text of its own, nor of a text that no longer counts.
    """
    if edition.is_main or entry.automatic or entry.retracted is not None or not entry.body:
        return ()
    words = edition.words
    translation = entry.translations.get(edition.language)
    if translation is not None and translation.body:
        if (entry.id, edition.language) not in edition.view.outdated.get(incident, ()):
            return ()
        return (phrase(words, "Translated before the original was last changed."),)
    if not edition.original:
        return ()
    language = Piece(name_of_language(edition.original, words.locale))
    return (phrase(words, NOT_YET, language=language),)
