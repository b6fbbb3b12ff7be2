"""The blocks of an issue -> its updates in the order of time, each with a time that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from statusbook.importers.cstate.blocks import Block
from statusbook.importers.cstate.history import History, paragraphs
from statusbook.importers.cstate.issue import Issue, Severity
from statusbook.importers.cstate.words import Place, Word, fitting
from statusbook.model.words import CLOSED, Kind, Status

BEGAN: Final = "Recorded as beginning at this time."
RESOLVED: Final = "Marked as resolved at this time."

_SAME_EDIT: Final = timedelta(minutes=10)


class Told(NamedTuple):
    """One update: its time, its status if it changes it, its text; `reopens` after a closing."""

    at: datetime
    status: Status | None
    text: str
    reopens: bool = False


class _Piece(NamedTuple):
    text: str
    word: Word | None
    at: datetime | None


def tell(
    issue: Issue, kind: Kind, blocks: Sequence[Block], history: History | None, now: datetime
) -> list[Told]:
    """Tell an issue as updates, oldest first; at least one.

    A block without a time of its own gets none invented: the oldest belongs to `date` (or to the
    commit that published it), the newest of a closed issue to `resolvedWhen`, one between them to
    its commit; where that is not known it is joined to the block before it.
    """
    pieces = [_Piece(block.told(), block.word, block.at) for block in oldest_first(blocks)]
    pieces = pieces or [_Piece("", None, None)]
    if history is not None:
        pieces = _dated_by_commits(pieces, issue, history)
    timed = _joined(_with_edges(pieces, issue, kind, history, now))
    told = sorted(
        (Told(piece.at or issue.date, _status(piece, kind), piece.text) for piece in timed),
        key=lambda one: one.at,
    )
    told = _begun(told, issue, kind)
    return told if kind is Kind.MAINTENANCE else _closed(told, issue, history)


def oldest_first(blocks: Sequence[Block]) -> list[Block]:
    """Put blocks in the order of time, by what they say of it; by custom the newest is on top."""
    times = [block.at for block in blocks if block.at]
    if len(times) > 1 and times[0] != times[-1]:
        newest_on_top = times[0] > times[-1]
    else:
        newest_on_top = _newest_on_top(blocks)
    return list(reversed(blocks)) if newest_on_top else list(blocks)


def _newest_on_top(blocks: Sequence[Block]) -> bool:
    if len(blocks) < 2:
        return False
    first, last = blocks[0].word, blocks[-1].word
    if last is None or last.place is Place.FIRST:
        return True
    if first is None or first.place is Place.FIRST or last.place is Place.LAST:
        return False
    numbers = [int(digits) for block in blocks if (digits := _digits(block.label))]
    return len(numbers) < 2 or numbers[0] > numbers[-1]


def _digits(label: str) -> str:
    return label.rpartition(" ")[2] if label.rpartition(" ")[2].isdigit() else ""


def _status(piece: _Piece, kind: Kind) -> Status | None:
    return fitting(piece.word.status, kind) if piece.word else None


def _dated_by_commits(pieces: list[_Piece], issue: Issue, history: History) -> list[_Piece]:
    """Give blocks without a time that of the commit which published them, where it is a later one.

    A text without marks that grew is cut by the commits that made it grow.
    """
    if len(pieces) == 1 and pieces[0].word is None and pieces[0].at is None:
        pieces = _cut_by_commits(pieces[0].text, history)
    return [
        piece._replace(at=piece.at or _committed(number, pieces, issue, history))
        for number, piece in enumerate(pieces)
    ]


def _committed(
    number: int, pieces: Sequence[_Piece], issue: Issue, history: History
) -> datetime | None:
    """Return when a block was committed; None for the first, and for one that ends the issue."""
    piece, newest = pieces[number], number == len(pieces) - 1
    born = history.born(piece.text) if number else None
    if born is None or born - history.first <= _SAME_EDIT:
        return None
    if newest and issue.resolved and issue.ends:
        closed_then = history.resolved_at and abs(born - history.resolved_at) <= _SAME_EDIT
        if closed_then or _ends_it(piece):
            return None
    return born


def _ends_it(piece: _Piece) -> bool:
    word = piece.word
    return word is not None and (word.place is Place.LAST or word.status in CLOSED)


def _cut_by_commits(text: str, history: History) -> list[_Piece]:
    """Cut a text into what was there first and what each later commit added, oldest first."""
    parts: list[tuple[datetime, list[str]]] = []
    for raw in _raw_paragraphs(text):
        plain = paragraphs(raw)
        at = (history.paragraph_born(plain[0]) or history.last) if plain else history.first
        for known, found in parts:
            if abs(known - at) <= _SAME_EDIT:
                found.append(raw)
                break
        else:
            parts.append((at, [raw]))
    parts.sort(key=lambda part: part[0])
    return [_Piece("\n\n".join(found), None, None) for _, found in parts] or [
        _Piece("", None, None)
    ]


def _raw_paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines, but not within lists and code, which hold blank lines too."""
    done: list[str] = []
    in_code = False
    for part in text.split("\n\n"):
        goes_on = in_code or part.startswith((" ", "\t"))
        if goes_on and done:
            done[-1] += f"\n\n{part}"
        else:
            done.append(part)
        in_code ^= part.count("```") % 2 == 1
    return done


def _with_edges(
    pieces: list[_Piece], issue: Issue, kind: Kind, history: History | None, now: datetime
) -> list[_Piece]:
    """Give the first and the last block the times that the issue's own fields tell."""
    first, last = pieces[0], pieces[-1]
    closed = issue.resolved and issue.ends is not None
    if len(pieces) == 1 and first.at is None and _ends_it(last) and closed:
        pieces = [_Piece("", None, None), last]
        first = pieces[0]
    if len(pieces) > 1 and last.at is None and closed:
        pieces = [*pieces[:-1], last._replace(at=issue.ends)]
    if first.at is None:
        later = [piece.at for piece in pieces[1:] if piece.at]
        pieces = [first._replace(at=_announced(issue, kind, history, later, now)), *pieces[1:]]
    return pieces


def _announced(
    issue: Issue, kind: Kind, history: History | None, later: list[datetime], now: datetime
) -> datetime:
    """Return when the first message was published, as far as that is known."""
    committed = history.first if history else None
    if kind is Kind.MAINTENANCE:
        known = [issue.date, now, *([committed] if committed else [])]
        return min(known)
    if committed is None or committed <= issue.date:
        return issue.date
    edges = [*later, *([issue.ends] if issue.ends and issue.resolved else [])]
    return committed if all(committed < edge for edge in edges) else issue.date


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Join blocks without a time to the one before, so that none gets a time that nobody knows."""
    done: list[_Piece] = []
    for piece in pieces:
        if piece.at is None and done:
            text = "\n\n".join(filter(None, (done[-1].text, piece.text)))
            done[-1] = done[-1]._replace(text=text)
        else:
            done.append(piece)
    return done


def _begun(told: list[Told], issue: Issue, kind: Kind) -> list[Told]:
    """Give the first update the status with which such a story begins."""
    first = told[0]
    if kind is Kind.MAINTENANCE:
        if first.at > issue.date:  # its window began before anything was told
            told = [Told(issue.date, Status.SCHEDULED, ""), *told]
            return _completed(told, issue)
        planned = first.status if first.status not in CLOSED else None
        told = [first._replace(status=planned or Status.SCHEDULED), *told[1:]]
        return _completed(told, issue)
    if first.status is None:
        calm = issue.severity in {Severity.NOTICE, None}
        status = Status.IDENTIFIED if calm else Status.INVESTIGATING
        if issue.informational:
            status = Status.RESOLVED
        first = first._replace(status=status)
    return [first._replace(text=first.text or BEGAN), *told[1:]]


def _completed(told: list[Told], issue: Issue) -> list[Told]:
    """Let the last message of finished work complete it; without one the window's end does."""
    last = told[-1]
    closed = any(one.status in CLOSED for one in told)
    if len(told) > 1 and issue.resolved and not closed and issue.ends and last.at >= issue.ends:
        return [*told[:-1], last._replace(status=Status.COMPLETED)]
    return told


def _closed(told: list[Told], issue: Issue, history: History | None) -> list[Told]:
    """Make a resolved issue end: by its own last words, or else by a line that says no more."""
    told = _reopened(told)
    if not issue.resolved or any(one.status in CLOSED for one in told[-1:]) or issue.informational:
        return told
    last_closing = max((n for n, one in enumerate(told) if one.status in CLOSED), default=None)
    if last_closing is not None:
        return told  # what follows is a postscript
    end = issue.ends or (history.resolved_at if history else None)
    if end is None or end == told[-1].at:
        return [*told[:-1], told[-1]._replace(status=Status.RESOLVED)]
    before = [one for one in told if one.at <= end]
    at_end = [number for number, one in enumerate(told) if one.at == end]
    if at_end:
        number = at_end[-1]
        return [*told[:number], told[number]._replace(status=Status.RESOLVED), *told[number + 1 :]]
    closing = Told(end, Status.RESOLVED, RESOLVED)
    after = [one._replace(status=None) for one in told[len(before) :]]
    return [*before, closing, *after] if before else [*told, closing._replace(at=told[-1].at)]


def _reopened(told: list[Told]) -> list[Told]:
    """Reopen where an update follows the closing and another closing follows that."""
    done = list(told)
    for number in range(1, len(done)):
        again = any(one.status in CLOSED for one in done[number + 1 :])
        if done[number - 1].status in CLOSED and done[number].status is None and again:
            done[number] = done[number]._replace(status=Status.INVESTIGATING, reopens=True)
        elif done[number - 1].status in CLOSED and done[number].status not in {*CLOSED, None}:
            done[number] = done[number]._replace(reopens=True)
    return done
