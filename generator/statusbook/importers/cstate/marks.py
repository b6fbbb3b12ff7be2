"""A line -> the mark that begins an update in it, in any of the forms that people use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from statusbook.importers.cstate.dates import Moment, read_time
from statusbook.importers.cstate.words import Word, begins_as_update, known_word

_HEADING: Final = re.compile(r"#{1,6}\s+(?P<head>.*)")
_BRACKETS: Final = re.compile(
    r"\[\s*(?P<head>[^\]\[\n]{1,60}?)\s*\](?![\[(:])\s*(?:-->)?\s*[:–—-]?\s*(?P<rest>.*)"
)
_EMPHASIS: Final = re.compile(
    r"[*_]{1,6}(?!\s)(?P<head>[^*_\n]{1,60}?)\s*[*_]{1,6}(?P<gap>\s*[:–—-]+\s+|\s*:|\s+|$)(?P<rest>.*)"
)
_COLON: Final = re.compile(r"(?P<head>[^\W\d_][^:\n]{0,39}?)\s*:(?:\s+(?P<rest>.*)|$)")
_TIMED: Final = re.compile(
    r"(?P<head>\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)"
    r"\s{1,3}[–—:-]\s+(?P<rest>.*)"
)
_DASH: Final = re.compile(r"(?P<head>[^\W\d_][^\n:–—]{0,39}?)\s+[–—-]\s+(?P<rest>.*)")
_TIME_IN_HEAD: Final = re.compile(
    r"(?P<word>.*?)[\s,]*(?:\(|\bat\b|\bon\b|@|[–—-])?\s*\(?(?P<time>(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Za-z]{3,9}\.?,? \d{4})[^()]*?)\)?"
)
_LONGEST: Final = 120
_LONGEST_BARE: Final = 40


class Mark(NamedTuple):
    """What begins an update: its word, its time if it tells one, and the rest of the line.

    `written` is the word as its author wrote it; `label` is what the mark says beyond it.
    """

    word: Word
    at: datetime | None
    label: str
    rest: str
    heading: bool = False
    written: str = ""


class _Form(NamedTuple):
    """A way to write a mark: `sure` says that nobody writes it in a sentence."""

    head: str
    rest: str
    sure: bool
    heading: bool = False
    any_word: bool = False


def mark_of(line: str, zone: tzinfo, *, begins: bool, any_word: bool) -> Mark | None:
    """Read the mark at the start of a line; None where there is none.

    Args:
        line: One line of the message.
        zone: Where times are that do not tell their zone.
        begins: Whether the line begins a paragraph: most forms count only there.
        any_word: Whether `*Word* - text` counts with words that are not known.
    """
    written = line.strip()
    if not written or line.startswith(("    ", "\t")):
        return None
    for form in _forms(written):
        if begins or (form.sure and not form.heading and written.startswith("[")):
            found = _read(form, zone)
            if found is not None:
                return found
            if any_word and form.any_word:
                return Mark(Word(None), None, form.head, form.rest)
    return None


def heading_text(line: str) -> str | None:
    """Return the text of a heading; None for any other line."""
    found = _HEADING.fullmatch(line.strip())
    return found["head"].rstrip("# \t") if found else None


def unknown_lead_in(line: str) -> bool:
    """Tell whether a line begins with emphasised words that are no mark: `__Impact__ All wikis`."""
    found = _EMPHASIS.fullmatch(line.strip())
    return found is not None and known_word(found["head"]) is None


def _forms(written: str) -> Iterator[_Form]:
    if found := _HEADING.fullmatch(written):
        head = found["head"].rstrip("# \t")
        if len(head) <= _LONGEST:
            yield _Form(head, "", sure=True, heading=True)
        return
    if found := _BRACKETS.fullmatch(written):
        yield _Form(found["head"], found["rest"], sure=True)
    elif found := _EMPHASIS.fullmatch(written):
        apart = found["gap"].strip() != "" or not found["rest"] or found["head"].endswith(":")
        # with a blank only, `*New* servers` would be a mark
        yield _Form(found["head"], found["rest"], sure=True, any_word=apart)
    else:
        if len(written) <= _LONGEST:
            yield _Form(written, "", sure=False)
        for pattern in (_TIMED, _COLON, _DASH):
            if found := pattern.fullmatch(written):
                yield _Form(found["head"], found["rest"] or "", sure=False)


def _read(form: _Form, zone: tzinfo) -> Mark | None:
    head = form.head.strip(" *_").rstrip(":").rstrip()
    told = read_time(head, zone)
    if isinstance(told, Moment) and not told.day_only:
        return _after_time(told.at, form, zone)
    if found := _TIME_IN_HEAD.fullmatch(head):
        told = read_time(found["time"], zone)
        if isinstance(told, Moment) and (word := known_word(found["word"])):
            at = None if told.day_only else told.at
            label = head if told.day_only else ""
            return Mark(word, at, label, form.rest, form.heading, found["word"].strip())
    word = known_word(head)
    if word is not None and (form.any_word or not _only_emphasised(form) or word.status is None):
        return Mark(word, None, "", form.rest, form.heading, head)
    if begins_as_update(head) and _is_label(head, form):
        return Mark(Word(None), None, head, form.rest, form.heading)
    return None


def _after_time(at: datetime, form: _Form, zone: tzinfo) -> Mark:
    """Read what follows a time: `2026-07-29 07:00 UTC - Resolved: all is well`."""
    then = mark_of(form.rest, zone, begins=True, any_word=False) if form.rest else None
    if then is None or then.at is not None:
        return Mark(Word(None), at, "", form.rest, form.heading)
    return then._replace(at=at, heading=form.heading)


def _only_emphasised(form: _Form) -> bool:
    return form.sure and not form.heading and not form.any_word and form.rest != ""


def _is_label(head: str, form: _Form) -> bool:
    """Tell a label from a sentence: plain lines must be short and hold a number, as dates do."""
    if form.sure:
        return True
    short = len(head) <= _LONGEST_BARE and any(map(str.isdigit, head))
    return short and not form.rest
