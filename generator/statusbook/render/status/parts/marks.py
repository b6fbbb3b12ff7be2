"""An incident's entries -> what each did to the story besides its text, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from statusbook.derive.facts import Entry
from statusbook.model.parts import Window
from statusbook.render.status.edition import Edition
from statusbook.render.status.parts.labels import N_, WORKAROUND_ENDED
from statusbook.render.status.parts.pieces import Phrase, Piece, moment, phrase, window


def marks_of(edition: Edition, entries: Sequence[Entry], page: str) -> Iterator[tuple[Phrase, ...]]:
    """Yield the marks of each entry, oldest first; most have none.

    Args:
        edition: The language.
        entries: All of an incident, oldest first.
        page: The way to the incident's own page; empty on that page itself.
    """
    times = {entry.id: entry.at for entry in entries}
    titled: Entry | None = None
    planned: Window | None = None
    for entry in entries:
        yield tuple(_marks(edition, entry, titled, planned, times, page))
        if entry.retracted is None:
            titled, planned = entry, entry.scheduled or planned


def _marks(
    edition: Edition,
    entry: Entry,
    titled: Entry | None,
    planned: Window | None,
    times: Mapping[str, datetime],
    page: str,
) -> Iterator[Phrase]:
    words = edition.words

    def other(update: str) -> Piece:
        return moment(words, times[update], f"{page}#update-{update}")

    if entry.corrects is not None and entry.corrects in times:
        yield phrase(words, "Corrects the update of {time}.", time=other(entry.corrects))
    if entry.corrected_by is not None and entry.corrected_by in times:
        at = other(entry.corrected_by)
        yield phrase(words, "Corrected by the update of {time}.", time=at)
    if titled is not None and titled.title != entry.title:
        yield phrase(words, "Title before: {title}", title=_title(edition, titled))
    if entry.scheduled is not None:
        now = window(words, entry.scheduled.start, entry.scheduled.until)
        if planned is None or planned == entry.scheduled:
            yield phrase(words, "Planned for {window}.", window=now)
        else:
            before = window(words, planned.start, planned.until)
            message = N_("Moved: planned for {window}, before that for {earlier}.")
            yield phrase(words, message, window=now, earlier=before)
    if entry.workaround == "":
        yield phrase(words, WORKAROUND_ENDED)


def _title(edition: Edition, entry: Entry) -> Piece:
    """Show the title that held after an entry."""
    translated = entry.titles.get(edition.language)
    if translated is not None and not edition.is_main:
        return Piece(translated, lang=edition.foreign(edition.language))
    return Piece(entry.title, lang=edition.original)
