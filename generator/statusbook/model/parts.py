"""Parts of the records that hold nothing internal: pages show them as people write them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Window(Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """The planned time of a maintenance, in UTC."""

    start: datetime
    until: datetime


class Translation(Struct, frozen=True, forbid_unknown_fields=True):
    """The same update in another language (`2-identified.pl.md`)."""

    title: str | None = None
    body: str = ""
    workaround: str | None = None


class LinkNames(Struct, frozen=True, forbid_unknown_fields=True):
    """What a link is called in another language."""

    name: str


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """What a group or a component is called in another language; what is missing stays as it is."""

    name: str | None = None
    description: str | None = None


class PageNames(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page is called in another language; what is missing stays as it is."""

    title: str | None = None
    description: str | None = None


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """A named address."""

    name: str
    url: str
    translations: dict[str, LinkNames] = {}
    line: int = 1


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Components shown together; `group` names the group around this one."""

    id: str
    name: str
    description: str | None = None
    group: str | None = None
    api_id: str | None = None
    translations: dict[str, Names] = {}
    line: int = 1
