"""What may be published: the only records that the public page, feeds and API can see.

Each field is copied by name. A field that is added to the source records stays internal until it
is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from statusbook.model.brand import PublicBrand
from statusbook.model.incident import Incident, Update
from statusbook.model.parts import Group, Link, Names, PageNames, Translation, Window
from statusbook.model.plan import Component, Components, Metric, StatusPage
from statusbook.model.words import ComponentStatus, Impact, Kind, Statistic, Status


class PublicUpdate(Struct, frozen=True):
    """An update without its internal part; see `Update` for the fields."""

    id: str
    at: datetime
    status: Status | None
    title: str | None
    impact: Impact | None
    components: dict[str, ComponentStatus]
    next_update: datetime | None
    workaround: str | None
    scheduled: Window | None
    started: datetime | None
    since: datetime | None
    corrects: str | None
    retracted: str | None
    body: str
    translations: dict[str, Translation]


class PublicIncident(Struct, frozen=True):
    """An incident or a maintenance; `updates` oldest first."""

    id: str
    kind: Kind
    updates: tuple[PublicUpdate, ...]


class PublicComponent(Struct, frozen=True):
    """A component as readers know it; see `Component` for the fields."""

    id: str
    name: str
    group: str | None
    description: str | None
    since: date | None
    retired: date | None
    showcase: bool
    only_show_if_degraded: bool
    api_id: str
    translations: dict[str, Names] = {}


class PublicMetric(Struct, frozen=True):
    """Something that is measured, as readers know it; see `Metric` for the fields."""

    id: str
    name: str
    unit: str
    component: str | None
    description: str | None
    statistic: Statistic
    decimals: int | None
    showcase: bool
    translations: dict[str, Names] = {}


class PublicSite(Struct, frozen=True):
    """The page's own facts, its groups and its components in the order of the page."""

    title: str
    url: str
    feed_id: str
    description: str | None
    api_id: str
    time_zone: str
    language: str
    languages: tuple[str, ...]
    links: tuple[Link, ...]
    subscribe: tuple[Link, ...]
    hosts: tuple[Link, ...]
    groups: tuple[Group, ...]
    components: tuple[PublicComponent, ...]
    translations: dict[str, PageNames] = {}
    catalogues: dict[str, str] = {}
    brand: PublicBrand = PublicBrand()


def publish_site(
    page: StatusPage,
    components: Components,
    catalogues: Mapping[str, str] | None = None,
    brand: PublicBrand | None = None,
) -> PublicSite:
    """Copy what readers may know of the page and its components.

    Args:
        page: The page's settings.
        components: Groups and components.
        catalogues: The owner's words for the pages by language, as the texts of `.po` files.
        brand: The owner's pictures and style, as they were read.
    """
    return PublicSite(
        title=page.title,
        url=page.url.rstrip("/"),
        feed_id=page.feed_id,
        description=page.description,
        api_id=page.api_id or page.feed_id,
        time_zone=page.time_zone,
        language=page.language,
        languages=tuple(page.languages),
        links=tuple(publish_link(link) for link in page.links),
        subscribe=tuple(publish_link(link) for link in page.subscribe),
        hosts=tuple(publish_link(link) for link in page.hosts),
        groups=tuple(publish_group(group) for group in components.groups),
        components=tuple(publish_component(component) for component in components.components),
        translations=page.translations,
        catalogues=dict(catalogues or {}),
        brand=brand or PublicBrand(),
    )


def publish_link(link: Link) -> Link:
    """Copy a link; where it stands in its file stays behind."""
    return Link(name=link.name, url=link.url, translations=link.translations)


def publish_group(group: Group) -> Group:
    """Copy what readers may know of a group: all that it has today."""
    return Group(
        id=group.id,
        name=group.name,
        description=group.description,
        group=group.group,
        api_id=group.api_id or group.id,
        translations=group.translations,
    )


def publish_component(component: Component) -> PublicComponent:
    """Copy what readers may know of a component; owner, hosts and providers stay behind."""
    return PublicComponent(
        id=component.id,
        name=component.name,
        group=component.group,
        description=component.description,
        since=component.since,
        retired=component.retired,
        showcase=component.showcase,
        only_show_if_degraded=component.only_show_if_degraded,
        api_id=component.api_id or component.id,
        translations=component.translations,
    )


def publish_metric(metric: Metric) -> PublicMetric:
    """Copy what readers may know of a metric; where its readings lie stays behind."""
    return PublicMetric(
        id=metric.id,
        name=metric.name,
        unit=metric.unit,
        component=metric.component,
        description=metric.description,
        statistic=metric.statistic,
        decimals=metric.decimals,
        showcase=metric.showcase,
        translations=metric.translations,
    )


def publish_incident(incident: Incident) -> PublicIncident:
    """Copy what readers may know of an incident; its place in the repository stays behind."""
    return PublicIncident(
        id=incident.id,
        kind=incident.kind,
        updates=tuple(publish_update(update) for update in incident.updates),
    )


def publish_update(update: Update) -> PublicUpdate:
    """Copy what readers may know of an update; `internal` stays behind."""
    return PublicUpdate(
        id=update.id,
        at=update.at,
        status=update.status,
        title=update.title,
        impact=update.impact,
        components=update.components,
        next_update=update.next_update,
        workaround=update.workaround,
        scheduled=update.scheduled,
        started=update.started,
        since=update.since,
        corrects=update.corrects,
        retracted=update.retracted,
        body=update.body,
        translations=update.translations,
    )
