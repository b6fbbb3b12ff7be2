"""Pieces of a line (text, emphasis, links, code) -> Markdown in which each mark takes effect."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Final, NamedTuple

from statusbook.importers.escape import escape_inline

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_IN_AN_ADDRESS: Final = str.maketrans(
    {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "", "\t": ""}
)


# What stands in the line in the place of a piece, as far as its neighbours care.
_SHOWN: Final = {"code": "`", "break": "\n", "link": "[", "end": ")", "open": "", "close": ""}


class _Piece(NamedTuple):
    """`kind` is text, code, break, open, close, link or end; `partner` ties a pair together."""

    kind: str
    value: str = ""
    partner: int = 0


class Inline:
    """Gathers the pieces of one paragraph."""

    def __init__(self) -> None:
        """Begin empty."""
        self.pieces: list[_Piece] = []
        self.opened: list[tuple[str, int]] = []
        self.in_code = 0
        self.pairs = 0

    def text(self, text: str) -> None:
        """Add text; runs of white space count as one blank."""
        self.pieces.append(_Piece("code" if self.in_code else "text", _SPACES.sub(" ", text)))

    def line_break(self) -> None:
        """Add a break that readers see."""
        self.pieces.append(_Piece("break"))

    def emphasis(self, mark: str, *, on: bool) -> None:
        """Begin or end emphasis; what is never ended has no effect."""
        if on:
            self._begin("open", mark, mark)
        else:
            self._end("close", mark, mark)

    def code(self, *, on: bool) -> None:
        """Begin or end code."""
        self.in_code = max(0, self.in_code + (1 if on else -1))

    def link(self, address: str) -> None:
        """Begin a link; without an address it is only its text."""
        self._begin("link", "link", address)

    def end_link(self) -> None:
        """End the link that was begun last."""
        self._end("end", "link", "")

    def take(self) -> str:
        """Return the paragraph and begin anew; each of its lines is to stay one."""
        pieces, self.pieces, self.opened = self.pieces, [], []
        paired = {piece.partner for piece in pieces if piece.kind in {"close", "end"}}
        kept = [piece for piece in pieces if not piece.partner or piece.partner in paired]
        return _tidy(_write(_without_idle_marks(_with_blanks_outside(kept))))

    def _begin(self, kind: str, name: str, value: str) -> None:
        self.pairs += 1
        self.opened.append((name, self.pairs))
        self.pieces.append(_Piece(kind, value, self.pairs))

    def _end(self, kind: str, name: str, value: str) -> None:
        for index in range(len(self.opened) - 1, -1, -1):
            if self.opened[index][0] == name:
                self.pieces.append(_Piece(kind, value, self.opened.pop(index)[1]))
                return


def _with_blanks_outside(pieces: list[_Piece]) -> list[_Piece]:
    """Move blanks from the inner edges of emphasis outside: `** a **` would show its stars."""
    done: list[_Piece] = []
    for piece in pieces:
        if (
            piece.kind == "close"
            and done
            and done[-1].kind == "text"
            and done[-1].value.endswith(" ")
        ):
            last = done.pop()
            done += [last._replace(value=last.value.rstrip(" ")), piece, _Piece("text", " ")]
        elif (
            piece.kind == "text"
            and piece.value.startswith(" ")
            and done
            and done[-1].kind == "open"
        ):
            opening = done.pop()
            done += [_Piece("text", " "), opening, piece._replace(value=piece.value.lstrip(" "))]
        else:
            done.append(piece)
    return [piece for piece in done if piece.kind != "text" or piece.value]


def _without_idle_marks(pieces: list[_Piece]) -> list[_Piece]:
    """Drop emphasis that Markdown would not see (CommonMark 6.2), and that of nothing at all."""
    shown = [_SHOWN.get(piece.kind, piece.value) for piece in pieces]
    ends = list(accumulate(map(len, shown), initial=0))
    line = "".join(shown)
    starts = {piece.partner: index for index, piece in enumerate(pieces) if piece.kind == "open"}
    idle: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece.kind != "close":
            continue
        begin = starts[piece.partner]
        touching = begin > 0 and pieces[begin - 1].kind == "close"
        if touching or not _takes_effect(line, ends[begin], ends[index]):
            idle.add(piece.partner)
    return [piece for piece in pieces if piece.partner not in idle]


def _takes_effect(line: str, start: int, end: int) -> bool:
    """Tell whether marks around `line[start:end]` open and close, by their neighbours."""
    if start == end or line[start].isspace() or line[end - 1].isspace():
        return False
    before, after = line[start - 1 : start], line[end : end + 1]
    opens = not _is_punctuation(line[start]) or _is_edge(before)
    closes = not _is_punctuation(line[end - 1]) or _is_edge(after)
    return opens and closes


def _is_edge(character: str) -> bool:
    return not character or character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _write(pieces: list[_Piece]) -> str:
    done: list[str] = []
    begun: list[tuple[str, int]] = []
    for piece in pieces:
        match piece.kind:
            case "text":
                done.append(escape_inline(piece.value))
            case "code":
                done.append(_code(piece.value))
            case "break":
                done.append("\n")
            case "link":
                begun.append((piece.value, len(done)))
            case "end":
                address, start = begun.pop()
                done[start:] = [_link(address, "".join(done[start:]))]
            case _:
                done.append(piece.value)
    return "".join(done)


def _link(address: str, label: str) -> str:
    if not address or not label.strip():
        return label or escape_inline(address)
    bare = escape_inline(address)
    if label in {address, bare, f"<{address}>"}:
        return bare
    written = address.translate(_IN_AN_ADDRESS)
    # A bare address inside of a label would be a link inside of a link.
    return f"[{label.replace('://', chr(92) + '://').replace(chr(10), ' ')}]({written})"


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}" if text.strip() else text


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.strip().split("\n"))
    return "\n".join(re.sub(" {2,}", " ", line) for line in lines)
