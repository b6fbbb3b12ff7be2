"""One message with all its updates in it -> blocks, one for each, by the marks people use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from statusbook.importers.cstate.dates import Moment, read_time
from statusbook.importers.cstate.marks import Mark, heading_text, mark_of, unknown_lead_in
from statusbook.importers.cstate.message import TRACK
from statusbook.importers.cstate.words import Place, Word, tells_the_end

_FENCE: Final = re.compile(r"\s*(?:`{3,}|~{3,})")
_TIMED_ENTRY: Final = re.compile(
    r"[-*+]\s+[*_]{0,2}\[?(?P<time>\d{4}-[^\]*_]{6,25}?)\]?[*_]{0,2}(?:\s*[–—:-])?\s+(?P<rest>.+)"
)


class Block(NamedTuple):
    """One update as the author set it apart.

    `word` is None where no mark begins it, `at` where it tells no time; `label` is what its mark
    says beyond a known word, and belongs to the text. `written` is that word as it stands there.
    """

    text: str
    line: int
    word: Word | None = None
    at: datetime | None = None
    label: str = ""
    written: str = ""

    def told(self) -> str:
        """Return the text with the label in front; the mark's word where it is all there is."""
        if not self.label:
            return self.text or self.written
        if not self.text:
            return f"**{self.label}**"
        lines = "\n\n" if self.text.startswith(("-", "*", "#", ">", "|", "1.", "`")) else " – "
        return f"**{self.label}**{lines}{self.text}"


def cut(text: str, first_line: int, zone: tzinfo) -> list[Block]:
    """Cut a message into blocks, in the order of the text; times without a zone are in `zone`."""
    lines = text.strip("\n").split("\n")
    first_line += len(text) - len(text.lstrip("\n"))
    entries = _timed_entries(lines, first_line, zone)
    if entries:
        return entries
    tracked = TRACK.search(text) is not None
    found = _Cutter(first_line, zone, any_word=tracked).cut(lines)
    if tracked:
        return [part for block in found for part in _by_tracks(block, zone)]
    if not found and any(map(str.isalnum, text)):
        return [Block(_trimmed(lines), first_line)]  # a lone `Update` begins nothing
    found = _without_tail(found, first_line)
    return _by_closing_heading(found[0]) if len(found) == 1 and found[0].word is None else found


class _Cutter:
    """Walks over the lines: a mark begins a block, and a rule ends one that a mark began."""

    def __init__(self, first_line: int, zone: tzinfo, *, any_word: bool) -> None:
        self.first_line = first_line
        self.zone = zone
        self.any_word = any_word
        self.done: list[Block] = []
        self.mark: Mark | None = None
        self.line = first_line
        self.lines: list[str] = []

    def cut(self, lines: Sequence[str]) -> list[Block]:
        in_code = False
        begins = True
        for number, line in enumerate(lines, self.first_line):
            if _FENCE.match(line):
                in_code = not in_code
            if in_code:
                self.lines.append(line)
            elif begins and _is_rule(line):
                self._rule(line, number)
            else:
                self._line(line, number, begins=begins)
            begins = not line.strip() or (begins and _is_rule(line))
        self._end()
        return self.done

    def _line(self, line: str, number: int, *, begins: bool) -> None:
        found = mark_of(line, self.zone, begins=begins, any_word=self.any_word)
        if found is None and self.mark and self.mark.heading and heading_text(line) is not None:
            self._begin(None, number)  # the message below an update, under its own heading
        if found is None:
            self.lines.append(line)
        else:
            self._begin(found, number)
            self.lines.append(found.rest)

    def _rule(self, line: str, number: int) -> None:
        if self.mark is not None:
            self._begin(None, number + 1)
        elif any(self.lines):
            self.lines.append(line)

    def _begin(self, mark: Mark | None, number: int) -> None:
        self._end()
        self.mark, self.line = mark, number

    def _end(self) -> None:
        text = _trimmed(self.lines)
        mark = self.mark
        if text or (mark and (mark.at or mark.label or mark.word.status)):
            block = Block(text, self.line)
            self.done.append(
                block._replace(word=mark.word, at=mark.at, label=mark.label, written=mark.written)
                if mark
                else block
            )
        self.mark, self.lines = None, []


def _is_rule(line: str) -> bool:
    signs = "".join(line.split())
    return len(signs) >= 3 and signs[0] in "-*_=" and not signs.strip(signs[0])


def _trimmed(lines: list[str]) -> str:
    """Join lines without blank ones and rules at the edges."""
    kept = list(lines)
    while kept and (
        not kept[-1].strip() or (_is_rule(kept[-1]) and not "".join(kept[-2:-1]).strip())
    ):
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(kept).rstrip()


def _by_tracks(block: Block, zone: tzinfo) -> Iterator[Block]:
    """Give a block the time of its track; several tracks without marks cut it once more."""
    tracks = list(TRACK.finditer(block.text))
    if not tracks:
        yield block
        return
    end = 0
    for number, track in enumerate(tracks):
        last = number == len(tracks) - 1
        piece = block.text[end : len(block.text) if last else track.end()]
        text = re.sub(r"[ \t]+\n", "\n", TRACK.sub("", piece)).strip()
        told = read_time(track["time"], zone)
        at = told.at if isinstance(told, Moment) else block.at
        line = block.line + block.text.count("\n", 0, track.start())
        yield (
            block._replace(text=text, at=at, line=line)
            if end == 0
            else Block(text, line, Word(None), at)
        )
        end = track.end()


def _without_tail(found: list[Block], first_line: int) -> list[Block]:
    """Set the first message apart that follows an update and begins with a lead-in of its own.

    `*Update* - All is well again.` on top of `__Description__ …` speaks for its paragraph only.
    """
    del first_line
    marked = [index for index, block in enumerate(found) if block.word is not None]
    if not marked or marked[-1] != len(found) - 1:
        return found
    last = found[-1]
    if last.word and last.word.place is Place.FIRST:
        return found
    lines = last.text.split("\n")
    for number in range(1, len(lines)):
        if not lines[number - 1].strip() and unknown_lead_in(lines[number]):
            above, below = _trimmed(lines[:number]), _trimmed(lines[number:])
            return [*found[:-1], last._replace(text=above), Block(below, last.line + number)]
    return found


def _by_closing_heading(block: Block) -> list[Block]:
    """Cut a message whose first heading tells the end from the one below, under its own heading."""
    lines = block.text.split("\n")
    headings = [number for number, line in enumerate(lines) if heading_text(line) is not None]
    if len(headings) < 2 or headings[0] != 0 or not tells_the_end(heading_text(lines[0]) or ""):
        return [block]
    if any(tells_the_end(heading_text(lines[number]) or "") for number in headings[1:]):
        return [block]
    below = headings[1]
    return [
        Block(_trimmed(lines[:below]), block.line, Word(None, Place.LAST)),
        Block(_trimmed(lines[below:]), block.line + below),
    ]


def _timed_entries(lines: Sequence[str], first_line: int, zone: tzinfo) -> list[Block]:
    """Cut a message that is a list of `- [time] text`; empty where it is anything else."""
    done: list[Block] = []
    for number, line in enumerate(lines, first_line):
        found = _TIMED_ENTRY.fullmatch(line.rstrip())
        told = read_time(found["time"], zone) if found else None
        if found and isinstance(told, Moment):
            mark = mark_of(found["rest"], zone, begins=True, any_word=False)
            word, rest = (mark.word, mark.rest) if mark else (Word(None), found["rest"])
            label, written = (mark.label, mark.written) if mark else ("", "")
            done.append(Block(rest, number, word, told.at, label, written))
        elif done and line.startswith((" ", "\t")) and line.strip():
            done[-1] = done[-1]._replace(text=f"{done[-1].text}\n{line.strip()}".strip())
        elif line.strip():
            return []
    return done
