"""The text of an issue file -> its fields, typed, with a remark for everything odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, NamedTuple

from statusbook.importers.cstate.config import parse_settings, parse_toml
from statusbook.importers.cstate.dates import Moment, NotATime, read_time
from statusbook.importers.foreign import UnusableError
from statusbook.importers.report import Account
from statusbook.read.nodes import Mapping, Node, Scalar

_FIELDS: Final = (
    "title",
    "date",
    "section",
    "affected",
    "resolved",
    "resolvedWhen",
    "severity",
    "informational",
    "pin",
    "draft",
)
_HUGO_OWN: Final = frozenset(
    {"automated", "id", "lastmod", "publishdate", "expirydate", "weight", "slug", "url", "aliases"}
    | {"type", "layout", "tags", "categories", "description", "summary", "author"}
)
_TRUE: Final = frozenset({"true", "yes", "on", "1"})
_FILE_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CONFLICT: Final = re.compile(r"^<{7} .*?^>{7} ", re.MULTILINE | re.DOTALL)
_MOST_COLUMNS: Final = 50  # as the reader of updates allows
_MOST_TITLE: Final = 300
_MOST_MESSAGE: Final = 60_000


class Severity(StrEnum):
    """How bad the author said that it was."""

    DOWN = "down"
    DISRUPTED = "disrupted"
    NOTICE = "notice"


_OTHER_SEVERITIES: Final = {
    "monitoring": Severity.NOTICE,
    "information": Severity.NOTICE,
    "info": Severity.NOTICE,
    "informational": Severity.NOTICE,
    "maintenance": Severity.NOTICE,
    "degraded": Severity.DISRUPTED,
    "partial": Severity.DISRUPTED,
    "outage": Severity.DOWN,
}


class Issue(NamedTuple):
    """One issue file. `ends` is its resolvedWhen, None where that cannot be."""

    source: str
    name: str
    title: str
    date: datetime
    resolved: bool
    ends: datetime | None
    severity: Severity | None
    informational: bool
    draft: bool
    affected: tuple[tuple[str, int], ...]
    body: str
    body_line: int
    address: str


class Front(NamedTuple):
    """A file in two parts: its fields, where the message begins, and the message."""

    fields: Mapping
    body: str
    body_line: int


def read_issue(text: str, source: str, zone: tzinfo, account: Account) -> Issue:
    """Read an issue; times without a zone are in `zone`.

    Raises:
        UnusableError: it cannot become an incident; the text says why.
    """
    if found := _CONFLICT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise UnusableError("holds the marks of a merge conflict: settle it and import again", line)
    front = split(text, source, account)
    if len(front.body.encode()) > _MOST_MESSAGE:
        message = f"has a message of more than {_MOST_MESSAGE // 1000} kB"
        raise UnusableError(message, front.body_line)
    for number, written in enumerate(front.body.split("\n"), front.body_line):
        if written.count("|") > _MOST_COLUMNS + 1:
            raise UnusableError(f"has a table of more than {_MOST_COLUMNS} columns", number)
    return _Reader(front, source, zone, account).issue()


def split(text: str, source: str, account: Account) -> Front:
    """Cut a file into front matter, in YAML or TOML, and its message.

    Raises:
        UnusableError: there is no front matter, or it cannot be read.
    """
    if not text.strip():
        raise UnusableError("is empty")
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip())
    fence = lines[start].rstrip()
    if fence not in {"---", "+++"}:
        raise UnusableError("has no front matter between two lines `---`", start + 1)
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() == fence:
            break
    else:
        raise UnusableError("has front matter that does not end with a line `---`", start + 1)
    head = "\n".join(lines[start + 1 : number]) + "\n"
    parse = parse_settings if fence == "---" else parse_toml
    node = parse(head, source, account, start + 2)
    if not isinstance(node, Mapping) or not node.entries:
        raise UnusableError("has front matter without fields", start + 2)
    return Front(node, "\n".join(lines[number + 1 :]), number + 2)


class _Reader:
    """Takes the fields one by one; names are compared without regard to case, as Hugo does."""

    def __init__(self, front: Front, source: str, zone: tzinfo, account: Account) -> None:
        self.front = front
        self.source = source
        self.zone = zone
        self.account = account
        self.fields: dict[str, tuple[Scalar, Node]] = {}
        for key, entry in front.fields.entries.items():
            self._name(key, entry)

    def issue(self) -> Issue:
        name = self.source.rpartition("/")[2].removesuffix(".md")
        title = " ".join(self._text("title").split())
        if not title:
            raise UnusableError("has no title")
        if len(title) > _MOST_TITLE:
            self._warn("title", f"the title is longer than {_MOST_TITLE} characters: cut")
            title = title[: _MOST_TITLE - 1].rstrip() + "…"
        date = self._date(name)
        if self._flag("pin"):
            self._warn("pin", "pinned: a page has no pinned incidents")
        return Issue(
            source=self.source,
            name=name,
            title=title,
            date=date,
            resolved=self._flag("resolved"),
            ends=self._ends(date),
            severity=self._severity(),
            informational=self._flag("informational"),
            draft=self._flag("draft"),
            affected=tuple(self._affected()),
            body=self.front.body,
            body_line=self.front.body_line,
            address=self._text("url") or self._text("slug"),
        )

    def _name(self, key: str, entry: tuple[Scalar, Node]) -> None:
        """File a field under its right name, and say where that was not the one written."""
        names = {name.lower(): name for name in _FIELDS}
        line = entry[0].line
        right = names.get(key.lower())
        if right is None and key.lower() not in _HUGO_OWN:
            near = get_close_matches(key.lower(), names, n=1, cutoff=0.75)
            right = names[near[0]] if near else None
        if right is None:
            if key.lower() not in _HUGO_OWN:
                text = f'the field "{key}" is none of cState\'s: it stays behind'
                self.account.warn(self.source, text, line)
            self.fields.setdefault(key.lower(), entry)
        elif right in self.fields:
            text = f'"{key}" and an earlier field both mean {right}: the one named {right} counts'
            self.account.warn(self.source, text, line)
            if key == right:
                self.fields[right] = entry
        else:
            if key != right:
                self.account.warn(self.source, f'"{key}" is taken for {right}', line)
            self.fields[right] = entry

    def _text(self, name: str) -> str:
        node = self.fields[name][1] if name in self.fields else None
        return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""

    def _flag(self, name: str) -> bool:
        return self._text(name).lower() in _TRUE

    def _line(self, name: str) -> int:
        return self.fields[name][0].line if name in self.fields else 0

    def _warn(self, name: str, text: str) -> None:
        self.account.warn(self.source, text, self._line(name))

    def _date(self, name: str) -> datetime:
        written = self._text("date")
        if not written:
            found = _FILE_DATE.match(name)
            told = read_time(found[0], self.zone) if found else None
            if not isinstance(told, Moment):
                raise UnusableError("has no date", self._line("date"))
            self._warn("date", "has no date: the one of its name is taken")
            return told.at
        told = read_time(written, self.zone)
        if isinstance(told, NotATime):
            raise UnusableError(f"date: {told.why}", self._line("date"))
        return told.at

    def _ends(self, date: datetime) -> datetime | None:
        written = self._text("resolvedWhen")
        if not written:
            return None
        told = read_time(written, self.zone)
        if isinstance(told, NotATime):
            self._warn("resolvedWhen", f"resolvedWhen: {told.why}; its end is not known")
            return None
        if told.at < date:
            why = "has no time of day" if told.day_only else "is before date"
            self._warn("resolvedWhen", f"resolvedWhen {why}: its end is not known")
            return None
        return told.at

    def _severity(self) -> Severity | None:
        written = self._text("severity").lower()
        if not written:
            return None
        if written in set(Severity):
            return Severity(written)
        near = get_close_matches(written, list(Severity), n=1, cutoff=0.75)
        taken = Severity(near[0]) if near else _OTHER_SEVERITIES.get(written)
        if taken is None:
            self._warn(
                "severity", f'the severity "{written}" is not known: nothing is taken from it'
            )
        else:
            self._warn("severity", f'the severity "{written}" is taken for {taken}')
        return taken

    def _affected(self) -> Iterator[tuple[str, int]]:
        if "affected" not in self.fields:
            return
        node = self.fields["affected"][1]
        for one in [node] if isinstance(node, Scalar) else getattr(node, "children", ()):
            if not isinstance(one, Scalar):
                self._warn("affected", "affected holds more than names: that part stays behind")
            elif not one.empty and (name := " ".join(one.text.split())):
                yield name, one.line
