"""A number -> the invented history of a shop platform: that many incidents over five years.

The same number gives the same history, byte for byte.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

YEARS: Final = 5
NOW: Final = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

COMPONENTS: Final = (
    "storefronts", "checkout", "basket", "search", "accounts", "card-payments", "bank-transfers",
    "refunds", "invoices", "shipping-labels", "tracking", "stock", "mail", "sms", "reports",
    "admin", "imports", "webhooks", "rest-api", "image-delivery",
)  # fmt: skip

_STAGES: Final = ("investigating", "identified", "monitoring", "resolved")
_STATUSES: Final = ("degraded_performance", "partial_outage", "major_outage")
_SYMPTOMS: Final = (
    "Slow answers from {}",
    "Errors in {}",
    "{} unavailable for some shops",
    "Delayed work in {}",
    "{}: wrong amounts shown",
)
_SENTENCES: Final = (
    "Some shops see an error page when they use {}, and a second try often works.",
    "Orders that were placed before the disturbance are safe, and none of them was lost.",
    "We see about one request in twelve to {} fail, most of them within a few seconds.",
    "Two of our database replicas fell behind, and reads from {} returned old rows.",
    "We have moved traffic away from the affected hosts and watch how the queues drain.",
    "Shops in northern Europe notice it most, because their traffic goes through one site.",
    "A change that went out in the morning is the likely cause, and we are taking it back.",
    "You need to do nothing: work that waited will be done in the order in which it came in.",
    "If you must act now, use the manual form in your dashboard, which does not need {}.",
    "Error rates are back to normal, and we keep watching {} until the evening peak is over.",
    "We checked **every order** of the last two hours and found `17` that we will repeat.",
    "We are sorry for the lost time, and we will tell here what we change so it cannot recur.",
    "Messages were late by up to forty minutes; all of them have been delivered since.",
    "The [status of single shops](https://status.example.com/shops) is listed in the dashboard.",
)


class Update(NamedTuple):
    """One message: its number from 1, its time in UTC, the status after it and its text."""

    number: int
    at: datetime
    status: str
    body: str


class Incident(NamedTuple):
    """One incident; `updates` oldest first."""

    id: str
    title: str
    component: str
    component_status: str
    updates: tuple[Update, ...]


def component_name(component: str) -> str:
    """Return a component's name as readers see it."""
    return component.replace("-", " ").capitalize()


def history(count: int) -> list[Incident]:
    """Return incidents of four updates each, oldest first; the newest of them is still open."""
    random = Random(count)  # noqa: S311 (nothing secret)
    span = timedelta(days=365 * YEARS)
    first = NOW - span
    told = [
        _incident(index, first + (span - timedelta(days=1)) * index / count, random)
        for index in range(count)
    ]
    open_one = told[-1]
    return [*told[:-1], open_one._replace(updates=_unresolved(open_one.updates))]


def one_more_update(incident: Incident, turn: int) -> Update:
    """Return the `turn`th further update of an open incident, from 0."""
    last = incident.updates[-1]
    body = f"Check {turn + 1}: {_SENTENCES[turn % len(_SENTENCES)].format('the service')}"
    at = last.at + timedelta(minutes=turn + 1)
    return Update(last.number + turn + 1, at, "monitoring", body)


def _incident(index: int, start: datetime, random: Random) -> Incident:
    component = random.choice(COMPONENTS)
    name = component_name(component)
    at = start.replace(second=0, microsecond=0)
    updates = []
    for number, stage in enumerate(_STAGES, 1):
        updates.append(Update(number, at, stage, _body(name, random)))
        at += timedelta(minutes=random.randint(7, 55))
    return Incident(
        id=f"{start:%Y-%m-%d}-{component}-{index}",
        title=random.choice(_SYMPTOMS).format(name),
        component=component,
        component_status=random.choice(_STATUSES),
        updates=tuple(updates),
    )


def _body(name: str, random: Random) -> str:
    paragraphs = [
        " ".join(random.sample(_SENTENCES, random.randint(2, 3)))
        for _ in range(random.randint(1, 3))
    ]
    return "\n\n".join(paragraphs).replace("{}", name)


def _unresolved(updates: tuple[Update, ...]) -> tuple[Update, ...]:
    return (*updates[:-1], updates[-1]._replace(status="monitoring"))
