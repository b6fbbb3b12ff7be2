"""Books made to be looked at: with nothing to tell, with too much, with second thoughts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Final

NOW: Final = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
"""The moment that every page shows, and the time on the browser's clock."""

_PAGE: Final = """\
title: {title}
url: https://status.example.com
feed_id: tag:status.example.com,2026:{name}
description: How Harbourlight works right now.
time_zone: Europe/Warsaw
language: {language}
links: [{{name: Help centre, url: "https://help.example.com/"}}]
"""


def quiet() -> dict[str, str]:
    """Return a book that lists nothing and tells nothing."""
    return {"plan/status-page.yml": _page("quiet", "Harbourlight status")}


# --- everything at once --------------------------------------------------------------------------

_PLACES = (
    "Berlin", "Dublin", "Gdańsk", "Lisbon", "Milan", "Oslo", "Porto", "Turin", "Vienna", "York",
)  # fmt: skip
_PARTS = ("Checkout", "Search", "Payouts", "Invoices")
_UNBROKEN = "Zahlungsbestätigungsnachrichtenweiterleitungswarteschlangendienst"
_STATUSES = ("major_outage", "partial_outage", "degraded_performance", "major_outage")
_TROUBLES = (
    "Orders are not confirmed", "Card payments fail", "Sign-in takes a minute", "Pages stay empty",
    "Invoices arrive twice", "Search finds nothing", "Payouts are late", "Stock counts are wrong",
    "Shipping labels cannot be printed", "Webhooks are not sent", "Coupons are refused",
    "Pictures are missing", "Refunds wait", "Reports show yesterday", "Baskets lose articles",
    "The shop app shows no orders", "Exports stop half-way", "Text messages are not delivered",
    "Tax is not added", "Prices show the wrong currency",
)  # fmt: skip
_EFFECTS = (
    "About one request in five ends with an error.",
    "Nothing is lost: what waits now is worked off afterwards.",
    "Shops that use our API see `503` for most calls.",
    "Customers see an empty page after they have paid; the money is booked.",
    "It happens mostly in the evening, and mostly on phones.",
)
_REMEDIES = (
    "**Use bank transfers until then.** They work as always.",
    "Ask your customers to wait for the e-mail and not to order again.",
    "You can print labels from the carrier's own page: [how to](https://help.example.com/labels).",
    "Please do not start an export before we have written here again.",
    "There is nothing that you have to do.",
)


def fire() -> dict[str, str]:
    """Return a book of 40 components in nested groups, 20 open incidents and three maintenances."""
    names = [f"{part} {place}" for place, part in product(_PLACES, _PARTS)]
    names[1], names[20] = _UNBROKEN, f"{_UNBROKEN} {_UNBROKEN.lower()}"
    lines = ["groups:", "  - {id: everything, name: Everything that we do}"]
    lines += [
        f"  - {{id: place-{number}, name: Data centre {place}, group: everything,"
        f" description: What runs in {place}.}}"
        for number, place in enumerate(_PLACES)
    ]
    lines += ["components:"]
    lines += [
        f"  - {{id: part-{number}, name: {name}, group: place-{number // 4}}}"
        for number, name in enumerate(names)
    ]
    book = {
        "plan/status-page.yml": _page("fire", "Harbourlight Incorporated: status of all services"),
        "plan/components.yml": "\n".join(lines),
    }
    for number, trouble in enumerate(_TROUBLES):
        book |= _burning(number, trouble)
    for number, begins in enumerate((-90, 60, 3000)):
        book[f"incidents/2026-11-2{number}-work/1-scheduled.md"] = _update(
            NOW - timedelta(days=2),
            f"Work in the data centre {_PLACES[number]}",
            "It takes two hours. Nothing is slower than usual.",
            f"status: scheduled\nscheduled: {{from: {_utc(NOW + timedelta(minutes=begins))},"
            f" until: {_utc(NOW + timedelta(minutes=begins + 120))}}}\n"
            f"components: {{part-{4 * number}: under_maintenance}}",
        )
    return book


def _burning(number: int, trouble: str) -> dict[str, str]:
    """Return one open incident of the fire: its third promise in four is overdue."""
    folder = f"incidents/2026-11-21-trouble-{number}"
    began = NOW - timedelta(minutes=35 + 29 * number)
    touched = ", ".join(
        f"part-{(2 * number + step) % 40}: {_STATUSES[number % 4]}" for step in range(2)
    )
    place = _PLACES[number % 10]
    title = f"{trouble} {_UNBROKEN}" if number == 3 else f"{trouble} in {place}"
    effect, other = _EFFECTS[number % 5], _EFFECTS[(number + 2) % 5]
    remedy = _REMEDIES[(number * 3) % 5]
    return {
        f"{folder}/1-investigating.md": _update(
            began,
            title,
            f"{trouble} since a few minutes. {effect}\n\nWe are looking into it in {place}.",
            f"status: investigating\ncomponents: {{{touched}}}\nnext_update: 30m",
        ),
        f"{folder}/2-identified.md": _update(
            began + timedelta(minutes=20),
            None,
            f"We know the cause: a cable between {place} and the next place is cut.\n\n"
            f"- {other}\n- {remedy}",
            f"status: identified\nnext_update: {10 if number % 4 == 2 else 600}m",
        ),
    }


# --- what is told otherwise ----------------------------------------------------------------------


def story() -> dict[str, str]:
    """Return a book of corrections, withdrawals, a late maintenance and a published report."""
    payments, search = "incidents/2026-11-21-payments", "incidents/2026-11-19-search"
    work = "incidents/2026-11-21-database"

    def at(minutes: int) -> datetime:
        return NOW + timedelta(minutes=minutes)

    return {
        "plan/status-page.yml": _page("story", "Harbourlight status"),
        "plan/components.yml": "components:\n"
        "  - {id: payments, name: Payments}\n"
        "  - {id: search, name: Search, since: 2026-11-01}\n"
        "  - {id: fax, name: Fax, retired: 2026-11-02}\n",
        f"{payments}/1-investigating.md": _update(
            at(-120), "Some payments fail", "One payment in three fails.",
            "status: investigating\ncomponents: {payments: major_outage}\nnext_update: 30m",
        ),
        f"{payments}/2-correction.md": _update(
            at(-100), "Few payments fail", "We wrote one in three. It is one in thirty.",
            "corrects: 1-investigating\ncomponents: {payments: partial_outage}\nnext_update: 30m",
        ),
        f"{payments}/3-identified.md": _update(
            at(-80), None, "Our bank refuses all cards.",
            "status: identified\nretracted: We named the wrong cause.",
        ),
        f"{payments}/4-monitoring.md": _update(
            at(-60), None, "A change of ours was the cause. It is undone.\n\n"
            "| Time | Failed |\n|---|---|\n| 14:00 | 3 % |\n| 14:30 | 0 % |\n\n> Quoted\n\n"
            "`" + "long_code_without_any_blank_" * 8 + "`",
            "status: monitoring\nnext_update: 45m",
        ),
        f"{work}/1-scheduled.md": _update(
            at(-3000), "New database", "Search shows nothing new for an hour.",
            f"status: scheduled\nscheduled: {{from: {_utc(at(-130))}, until: {_utc(at(-10))}}}\n"
            "components: {search: under_maintenance}",
        ),
        f"{work}/2-longer.md": _update(
            at(-20), None, "We need one more hour.",
            f"status: in_progress\nscheduled: {{from: {_utc(at(-130))}, until: {_utc(at(40))}}}",
        ),
        f"{search}/1-investigating.md": _update(
            at(-3000), "Search is slow", "Searching takes ten seconds.",
            "status: investigating\ncomponents: {search: degraded_performance}",
        ),
        f"{search}/2-resolved.md": _update(
            at(-2900), None, "Search is fast again.", "status: resolved"
        ),
        f"{search}/3-again.md": _update(
            at(-2800), None, "Search is slow again. We closed this too early.",
            "status: investigating\ncomponents: {search: degraded_performance}",
        ),
        f"{search}/4-resolved.md": _update(
            at(-2700), None, "Search is fast since an hour.", "status: resolved"
        ),
        f"{search}/5-report.md": _update(
            at(-600), None, "# What happened\n\nA disk was full.\n\n# What we change\n\n1. Alarms.",
            "status: postmortem",
        ),
    }  # fmt: skip


# --- from right to left --------------------------------------------------------------------------

_ARABIC: Final = Path(__file__).with_name("arabic.po")


def rtl() -> dict[str, str]:
    """Return a book in Arabic, with names and numbers that run from left to right."""
    return {
        "plan/status-page.yml": _page("rtl", "حالة Harbourlight", "ar") + "languages: [en]\n",
        "overrides/status/locale/ar.po": _ARABIC.read_text(encoding="utf-8"),
        "plan/components.yml": "groups:\n  - {id: shop, name: المتجر}\ncomponents:\n"
        "  - {id: pay, name: المدفوعات بالبطاقة, group: shop}\n"
        "  - {id: api, name: API v2 (HTTP), group: shop}\n  - {id: mail, name: البريد}",
        "incidents/2026-11-21-pay/1-investigating.md": _update(
            NOW - timedelta(minutes=50), "فشل الدفع بالبطاقة",
            "بعض المدفوعات تفشل مع الخطأ `payment_timeout`.\n\n- التحويل البنكي يعمل (100 %).",
            "status: investigating\ncomponents: {pay: partial_outage}\nnext_update: 90m",
        ),
        "incidents/2026-11-18-mail/1-investigating.md": _update(
            NOW - timedelta(days=3), "Order e-mails are late", "E-mails arrive an hour late.",
            "status: investigating\ncomponents: {mail: degraded_performance}",
        ),
        "incidents/2026-11-18-mail/2-resolved.md": _update(
            NOW - timedelta(days=3, hours=-2), None, "انتهى الأمر.", "status: resolved"
        ),
    }  # fmt: skip


BOOKS: Final[Mapping[str, Callable[[], dict[str, str]]]] = {
    "quiet": quiet, "fire": fire, "story": story, "rtl": rtl,
}  # fmt: skip
"""What writes the files of each book, by its name: path -> text."""


def _page(name: str, title: str, language: str = "en") -> str:
    return _PAGE.format(name=name, title=f'"{title}"', language=language)


def _update(at: datetime, title: str | None, message: str, fields: str) -> str:
    named = f'title: "{title}"\n' if title else ""
    return f"---\nat: {_utc(at)}\n{named}{fields}\n---\n{message}\n"


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}"
