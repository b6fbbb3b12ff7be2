"""The site and its components -> the API's page, components and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from statusbook.derive.facts import ComponentFacts
from statusbook.derive.uptime import midnight
from statusbook.model.parts import Group
from statusbook.model.public import PublicSite
from statusbook.model.words import worst
from statusbook.render.api_records import ApiComponent, ApiGroup, ApiPage, timestamp
from statusbook.render.view import View
from statusbook.render.words import Words, site_words

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that nobody wrote down, where clients want a timestamp."""


class Desk(NamedTuple):
    """What the files of the API show of the site, made once for all of them.

    `components` holds each component by its id in the book, with its present status, in the order
    of the page and the retired ones last; `listed` is what the page shows: components that are
    not retired and groups, each group before its members. `words` are in the site's own language.
    """

    site: PublicSite
    words: Words
    here: tzinfo
    components: dict[str, ApiComponent]
    listed: list[ApiComponent]


class _Block(NamedTuple):
    """What has one position on the top level: a group with its members, or one component."""

    group: Group | None
    members: Sequence[ComponentFacts]


def desk_of(view: View) -> Desk:
    """Put the site's components in their places."""
    site, words = view.site, site_words(view.site)
    here = words.here
    components: dict[str, ApiComponent] = {}
    listed: list[ApiComponent] = []
    blocks = list(_blocks(view))
    for position, (group, members) in enumerate(blocks, 1):
        if group is not None:
            listed.append(_group_row(site, here, position, group, members))
        for place, facts in enumerate(members, 1):
            row = _component_row(site, here, position if group is None else place, facts)
            listed.append(row)
            components[facts.component.id] = row
    for position, facts in enumerate(_retired(view), len(blocks) + 1):
        components[facts.component.id] = _component_row(site, here, position, facts)
    return Desk(site, words, here, components, listed)


def page_row(desk: Desk, updated: datetime | None) -> ApiPage:
    """Tell of the page; `updated` is the time of the newest entry that the file can show."""
    site = desk.site
    return ApiPage(
        id=site.api_id,
        name=site.title,
        url=site.url,
        time_zone=site.time_zone,
        updated_at=timestamp(updated or NEVER, desk.here),
    )


def _blocks(view: View) -> Iterator[_Block]:
    """Yield the top level in the order of the page: what has no group, then the groups.

    A group with nothing to show in it is left out; what is in its inner groups follows it.
    """
    members: dict[str, list[ComponentFacts]] = {"": []}
    members |= {group.id: [] for group in view.site.groups}
    for component in view.site.components:
        if component.retired is None:
            known = component.group if component.group in members else None
            members[known or ""].append(view.facts.components[component.id])
    yield from (_Block(None, [facts]) for facts in members[""])
    for group in _outer_first(view.site.groups, None):
        if members[group.id]:
            yield _Block(group, members[group.id])


def _outer_first(groups: Sequence[Group], around: str | None) -> Iterator[Group]:
    for group in groups:
        if group.group == around:
            yield group
            yield from _outer_first(groups, group.id)


def _retired(view: View) -> Iterator[ComponentFacts]:
    for component in view.site.components:
        if component.retired is not None:
            yield view.facts.components[component.id]


def _component_row(
    site: PublicSite, here: tzinfo, position: int, facts: ComponentFacts
) -> ApiComponent:
    component = facts.component
    group = next((group for group in site.groups if group.id == component.group), None)
    return ApiComponent(
        id=component.api_id,
        name=component.name,
        status=facts.status,
        created_at=timestamp(_created(facts, here), here),
        updated_at=timestamp(_updated(facts, here), here),
        position=position,
        description=component.description,
        showcase=component.showcase,
        start_date=component.since.isoformat() if component.since else None,
        group_id=_api_id(group) if group else None,
        page_id=site.api_id,
        group=False,
        only_show_if_degraded=component.only_show_if_degraded,
    )


def _group_row(
    site: PublicSite,
    here: tzinfo,
    position: int,
    group: Group,
    members: Sequence[ComponentFacts],
) -> ApiGroup:
    return ApiGroup(
        id=_api_id(group),
        name=" / ".join(_path(group, site.groups)),
        status=worst(facts.status for facts in members),
        created_at=timestamp(min(_created(facts, here) for facts in members), here),
        updated_at=timestamp(max(_updated(facts, here) for facts in members), here),
        position=position,
        description=group.description,
        showcase=False,
        start_date=None,
        group_id=None,
        page_id=site.api_id,
        group=True,
        only_show_if_degraded=False,
        components=[facts.component.api_id for facts in members],
    )


def _api_id(group: Group) -> str:
    return group.api_id or group.id


def _path(group: Group, groups: Iterable[Group]) -> list[str]:
    """Name the groups around a group, outermost first, and itself: Statuspage has one level."""
    around = next((other for other in groups if other.id == group.group), None)
    return [*_path(around, groups), group.name] if around else [group.name]


def _created(facts: ComponentFacts, here: tzinfo) -> datetime:
    since = facts.component.since
    return midnight(since, here) if since else NEVER


def _updated(facts: ComponentFacts, here: tzinfo) -> datetime:
    return facts.since or _created(facts, here)
