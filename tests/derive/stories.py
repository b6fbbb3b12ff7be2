"""Invented histories for tests of the derived facts: minutes of one day, drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from statusbook.derive.facts import IncidentFacts, Outage
from statusbook.derive.timeline import fold
from statusbook.model.parts import Window
from statusbook.model.public import (
    PublicComponent,
    PublicIncident,
    PublicSite,
    PublicUpdate,
)
from statusbook.model.words import (
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    ComponentStatus,
    Impact,
    Kind,
    Status,
)

START: Final = datetime(2026, 11, 21, tzinfo=UTC)
SPAN: Final = 300
"""Minutes within which everything happens: few enough that times coincide."""
COMPONENTS: Final = ("search", "checkout")

minutes = st.integers(0, SPAN)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


moments = minutes.map(at)
windows = st.tuples(minutes, st.integers(1, 120)).map(
    lambda pair: Window(at(pair[0]), at(pair[0] + pair[1]))
)


def update(number: int, when: datetime, **fields: object) -> PublicUpdate:
    """Make an update that says nothing but the given fields."""
    said: dict[str, object] = dict.fromkeys(PublicUpdate.__struct_fields__)
    said |= {"components": {}, "translations": {}, "body": f"Update {number}."} | fields
    return PublicUpdate(**said | {"id": f"{number}-update", "at": when})  # type: ignore[arg-type]


def _maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


@st.composite
def incidents(draw: st.DrawFn, kind: Kind | None = None, name: str = "a") -> PublicIncident:
    """Draw an incident or a maintenance that the rules would let pass."""
    kind = kind or draw(st.sampled_from(Kind))
    is_planned = kind is Kind.MAINTENANCE
    statuses = MAINTENANCE_STATUSES if is_planned else INCIDENT_STATUSES
    times = sorted(draw(st.lists(moments, min_size=1, max_size=6)))
    updates = []
    for number, when in enumerate(times, 1):
        first = number == 1
        fields: dict[str, object] = {
            "title": "Slow" if first else draw(_maybe(st.sampled_from(["Slower", "Slowest"]))),
            "status": draw(
                st.sampled_from(statuses) if first else _maybe(st.sampled_from(statuses))
            ),
            "components": draw(
                st.dictionaries(st.sampled_from(COMPONENTS), st.sampled_from(ComponentStatus))
            ),
            "impact": draw(st.none() | st.none() | st.sampled_from(Impact)),
            "next_update": draw(_maybe(st.integers(1, 60))),
            "workaround": draw(st.sampled_from([None, None, "", "Wait.", "Reload."])),
            "retracted": draw(st.none() | st.none() | st.just("wrong")),
            "corrects": draw(_maybe(st.just(f"{number - 1}-update"))) if not first else None,
        }
        if fields["next_update"] is not None:
            fields["next_update"] = when + timedelta(minutes=int(str(fields["next_update"])))
        if is_planned and (first or draw(st.booleans())):
            fields["scheduled"] = draw(windows)
        if not is_planned and draw(st.booleans()):
            fields["started"] = when - timedelta(minutes=draw(st.integers(0, 60)))
        if draw(st.booleans()):
            fields["since"] = when - timedelta(minutes=draw(st.integers(0, 60)))
        updates.append(update(number, when, **fields))
    if is_planned:
        updates[0] = update(
            1,
            times[0],
            title="Move",
            status=draw(st.sampled_from([Status.SCHEDULED, Status.IN_PROGRESS])),
            scheduled=draw(windows),
            components=updates[0].components,
        )
    return PublicIncident(id=name, kind=kind, updates=tuple(updates))


def site(zone: str = "Etc/UTC", **since: object) -> PublicSite:
    """Make a site of two components; `since` names the day from which one is recorded."""
    return PublicSite(
        title="Harbourlight status",
        url="https://status.example.com",
        feed_id="tag:status.example.com,2026:status",
        description=None,
        api_id="harbourlight",
        time_zone=zone,
        language="en",
        languages=(),
        links=(),
        subscribe=(),
        hosts=(),
        groups=(),
        components=tuple(
            PublicComponent(
                id=name,
                name=name.title(),
                group=None,
                description=None,
                since=since.get(name),  # type: ignore[arg-type]
                retired=None,
                showcase=True,
                only_show_if_degraded=False,
                api_id=name,
            )
            for name in COMPONENTS
        ),
    )


def facts_of(histories: Iterable[PublicIncident], now: datetime) -> list[IncidentFacts]:
    """Return the facts of all incidents that exist at a moment."""
    told = (fold(history, now) for history in histories)
    return [one.facts for one in told if one is not None]


outages = st.builds(
    lambda component, status, start, length: Outage(
        component, status, at(start), None if length is None else at(start + length)
    ),
    st.sampled_from(COMPONENTS),
    st.sampled_from([status for status in ComponentStatus if status != "operational"]),
    minutes,
    st.none() | st.integers(1, 100),
)
