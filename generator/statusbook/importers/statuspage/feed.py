"""Statuspage's `history.atom` -> incidents, to the minute, as far as the feed tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from statusbook.importers.foreign import UnusableError
from statusbook.importers.html import markdown_of
from statusbook.importers.report import Account, Ending
from statusbook.importers.slug import incident_id
from statusbook.importers.statuspage.incident import clean_text, clean_title
from statusbook.importers.write import ImportedIncident, ImportedUpdate
from statusbook.model.words import MAINTENANCE_STATUSES, Status

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_TAG: Final = re.compile(r"<[^<>]*>")
# Each update is matched alone, and no part of it without a limit: else a search could take hours.
_BEGIN: Final = re.compile(r"<p>\s{0,9}(?=<small>)")
_UPDATE: Final = re.compile(
    r"<small>(?P<time>.{0,300}?)</small>\s{0,9}<br\s{0,9}/?>\s{0,9}"
    r"<strong>(?P<label>.{0,300}?)</strong>\s{0,9}-\s{0,9}(?P<text>.*)</p>",
    re.DOTALL,
)
_WINDOW: Final = re.compile(
    r"<strong>\s{0,9}THIS IS A SCHEDULED EVENT(?P<window>.{0,600}?)</strong>", re.DOTALL
)
_TIME: Final = re.compile(r"(?P<month>[A-Z][a-z]{2})\s+(?P<day>\d{1,2}),\s+(?P<clock>\d\d:\d\d)")
_CLOCK: Final = re.compile(r"\d\d:\d\d")
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_DAY: Final = timedelta(days=1)


class Feed(NamedTuple):
    """What a feed tells: the page's title and address, when it was made, its incidents."""

    source: str
    title: str
    url: str
    updated: datetime
    incidents: list[ImportedIncident]


def read_feed(raw: bytes, source: str, account: Account) -> Feed:
    """Read a saved feed; entries that cannot be read are told and left out.

    Raises:
        UnusableError: It is no Atom feed.
    """
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise UnusableError("declares entities, which no feed needs: not read")
    try:
        root = ET.fromstring(raw)  # noqa: S314
    except ET.ParseError as error:
        raise UnusableError(f"is not readable as XML: {error}") from error
    if root.tag != f"{_ATOM}feed":
        raise UnusableError("is XML and no Atom feed: save the page's /history.atom")
    incidents = []
    for number, entry in enumerate(root.iterfind(f"{_ATOM}entry"), 1):
        try:
            incidents.append(_incident(entry, source, account))
        except (ValueError, OverflowError) as error:
            account.leave_out(source, f"entry {number} {error}")
    title = (root.findtext(f"{_ATOM}title") or "").removesuffix(" - Incident History")
    return Feed(
        source, title.removesuffix(" Status"), _link(root), _moment(root, "updated"), incidents
    )


def _incident(entry: ET.Element, source: str, account: Account) -> ImportedIncident:
    """Read an entry; raises ValueError with a sentence where that cannot be done."""
    published = _moment(entry, "published")
    address = _link(entry)
    code = address.rstrip("/").rpartition("/")[2]
    if not code:
        message = "has no address of an incident"
        raise ValueError(message)
    content = entry.findtext(f"{_ATOM}content") or ""
    parts = _BEGIN.split(content)[1:]
    found = [update for part in parts if (update := _UPDATE.match(part))]
    if not found:
        message = f'("{entry.findtext(f"{_ATOM}title")}") has no update that can be read'
        raise ValueError(message)
    if len(found) < len(parts):
        lost = len(parts) - len(found)
        account.warn(source, f'"{code}" has {lost} updates that cannot be read: left out')
    times = list(_times([_plain(update["time"]) for update in found], published))
    window = _window(content, published, times[-1])
    told = list(zip(times, found, strict=True))[::-1]
    updates = [
        _update(number, at, update, source, account) for number, (at, update) in enumerate(told, 1)
    ]
    first = {"title": clean_title(entry.findtext(f"{_ATOM}title") or "", source, account)}
    if window is None and updates[0].fields.get("status") in set(MAINTENANCE_STATUSES):
        window = _window_told(updates)
        account.warn(source, f'the feed has no window of "{code}": it is taken from its updates')
    if window is not None:
        first["scheduled"] = window  # type: ignore[assignment]
    updates[0] = updates[0]._replace(fields={**first, **updates[0].fields})
    ending = Ending.INCIDENT if window is None else Ending.MAINTENANCE
    name = incident_id(code)
    return ImportedIncident(name, f"{told[0][0]:%Y}", updates, source, ending, f"/incidents/{code}")


def _update(
    number: int, at: datetime, update: re.Match[str], source: str, account: Account
) -> ImportedUpdate:
    label = _plain(update["label"])
    status = label.lower().replace(" ", "_").replace("canceled", "cancelled")
    body = markdown_of(clean_text(update["text"], source, account))
    fields: dict[str, object] = {}
    name = "update"
    if status in set(Status):
        fields["status"] = status
        name = status.replace("_", "-")
    elif status != "update":
        body = f"**{markdown_of(label)}** {body}"
    return ImportedUpdate(f"{number}-{name}", {**fields, "at": at}, body)


def _times(texts: list[str], published: datetime) -> Iterator[datetime]:
    """Read the times of updates, newest first; none says its year, the newest was `published`.

    A maintenance ahead is published with its start, so its updates lie before that too.
    """
    latest = published + _DAY
    for text in texts:
        found = _TIME.search(text)
        if found is None:
            message = f'has a time that cannot be read ("{text}")'
            raise ValueError(message)
        at = _before(found["month"], found["day"], found["clock"], latest)
        yield at.astimezone(UTC)
        latest = at + _DAY


def _before(month: str, day: str, clock: str, latest: datetime) -> datetime:
    """Return the last such moment that is not after `latest`, in the zone of `latest`."""
    if month not in _MONTHS:
        message = f'has a month that cannot be read ("{month}")'
        raise ValueError(message)
    for year in range(latest.year, latest.year - 9, -1):  # 29 February may be far back
        try:
            hour, minute = map(int, clock.split(":"))
            at = datetime(
                year, _MONTHS.index(month) + 1, int(day), hour, minute, tzinfo=latest.tzinfo
            )
        except ValueError:
            continue
        if at <= latest:
            return at
    message = f"has a day that does not exist ({month} {day})"
    raise ValueError(message)


def _window(content: str, published: datetime, announced: datetime) -> dict[str, datetime] | None:
    """Read when a maintenance was planned: `May 28, 16:30 UTC - May 29, 16:30 UTC`."""
    found = _WINDOW.search(content)
    if found is None:
        return None
    begin, _, end = _plain(found["window"]).replace("\xa0", " ").partition("-")
    first, last = _TIME.search(begin), _TIME.search(end)
    clock = _CLOCK.search(end)
    if first is None or clock is None:
        return None
    # planned work lies ahead of its announcement, by less than a year
    latest = announced.astimezone(published.tzinfo) + timedelta(days=364)
    start = _before(first["month"], first["day"], first["clock"], latest)
    if last is not None:
        until = _before(last["month"], last["day"], last["clock"], start + timedelta(days=364))
    else:
        hour, minute = map(int, clock[0].split(":"))
        until = start.replace(hour=hour, minute=minute)
    if until <= start:
        until += _DAY
    return {"from": start.astimezone(UTC), "until": until.astimezone(UTC)}


def _window_told(updates: list[ImportedUpdate]) -> dict[str, datetime]:
    """Take the window of past work from its updates: feeds tell it only while it lies ahead."""
    at: dict[object, datetime] = {}
    for update in updates:
        at.setdefault(update.fields.get("status"), update.fields["at"])  # type: ignore[arg-type]
    first, last = at[updates[0].fields["status"]], max(at.values())
    start = at.get(Status.IN_PROGRESS, first)
    until = at.get(Status.COMPLETED, last)
    return {"from": start, "until": until if until > start else start + timedelta(minutes=1)}


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _moment(element: ET.Element, name: str) -> datetime:
    text = element.findtext(f"{_ATOM}{name}", "")
    moment = datetime.fromisoformat(text) if text else datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _link(element: ET.Element) -> str:
    for link in element.iterfind(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate":
            return link.get("href", "")
    return ""
