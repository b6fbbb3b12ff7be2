"""The sections of the plan that drive the public page.

`line` and `lines` tell where a record and its fields stand in their file; nobody writes them.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from statusbook.model.parts import Group, Link, Names, PageNames
from statusbook.model.words import Statistic


class Brand(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes the page look like its owner's.

    Files are named by their paths below `overrides/status/`. `logo_alt` says what the logo shows,
    where that is not the page's title; with `show_title` the title stands beside the logo.
    `accent` is the colour of links, `accent_dark` that of the dark scheme.
    """

    logo: str | None = None
    logo_dark: str | None = None
    logo_alt: str | None = None
    show_title: bool = False
    icon: str | None = None
    image: str | None = None
    accent: str | None = None
    accent_dark: str | None = None
    css: str | None = None
    lines: dict[str, int] = {}


class StatusPage(Struct, frozen=True, forbid_unknown_fields=True):
    """`plan/status-page.yml`: the public page.

    `feed_id` begins the id of every feed entry and never changes; `api_id` is the page's id for
    API clients, kept from a page that moved here. `languages` lists those besides `language`.
    """

    title: str
    url: str
    feed_id: str
    description: str | None = None
    api_id: str | None = None
    time_zone: str = "Etc/UTC"
    language: str = "en"
    languages: list[str] = []
    translations: dict[str, PageNames] = {}
    links: list[Link] = []
    subscribe: list[Link] = []
    hosts: list[Link] = []
    brand: Brand | None = None
    lines: dict[str, int] = {}


class Component(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the service that a user can name.

    `since` is the day from which its uptime counts, `retired` the day on which it left the page.
    `owner`, `runs_on`, `depends_on` and `provider` are internal.
    """

    id: str
    name: str
    group: str | None = None
    description: str | None = None
    since: date | None = None
    retired: date | None = None
    showcase: bool = True
    only_show_if_degraded: bool = False
    api_id: str | None = None
    owner: str | None = None
    runs_on: list[str] = []
    depends_on: list[str] = []
    provider: str | None = None
    translations: dict[str, Names] = {}
    line: int = 1


class Components(Struct, frozen=True, forbid_unknown_fields=True):
    """`plan/components.yml`: in the order of the page."""

    groups: list[Group] = []
    components: list[Component] = []


class Metric(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is measured and shown as a chart.

    `file` has the readings; where it lies is internal. `decimals` says how many are shown; where it
    is None, that follows from the readings.
    """

    id: str
    name: str
    unit: str
    file: str
    component: str | None = None
    description: str | None = None
    statistic: Statistic = Statistic.MEAN
    decimals: int | None = None
    showcase: bool = True
    translations: dict[str, Names] = {}
    line: int = 1


class Metrics(Struct, frozen=True, forbid_unknown_fields=True):
    """`plan/metrics.yml`: in the order of the page."""

    metrics: list[Metric] = []
