"""Our records and values -> YAML that reads back as the very same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from statusbook.model.parts import Group
from statusbook.model.plan import Component, StatusPage


def page_text(page: StatusPage) -> str:
    """Write plan/status-page.yml."""
    fields = {
        "title": page.title,
        "url": page.url,
        "feed_id": page.feed_id,
        "description": page.description,
        "api_id": page.api_id,
        "time_zone": page.time_zone,
        "language": page.language,
    }
    text = "".join(f"{name}: {value_text(value)}\n" for name, value in fields.items() if value)
    if page.links:
        rows = ({"name": link.name, "url": link.url} for link in page.links)
        text += "links:\n" + "".join(map(_record, rows))
    return text


def components_text(groups: Sequence[Group], components: Sequence[Component]) -> str:
    """Write plan/components.yml, or lines to add to it."""
    text = ""
    if groups:
        rows = [
            {
                "id": group.id,
                "name": group.name,
                "description": group.description,
                "group": group.group,
                "api_id": group.api_id,
            }
            for group in groups
        ]
        text += "groups:\n" + "".join(map(_record, rows))
    if components:
        text += "components:\n" + "".join(_record(_component_fields(one)) for one in components)
    return text


def value_text(value: object) -> str:
    """Write a value as YAML that reads back as the very same text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {value_text(one)}" for key, one in value.items()) + "}"
    text = one_line(value)
    if text.replace("-", "").replace("_", "").isalnum() and text.isascii():
        return (
            text
            if text not in {"null", "Null", "NULL"} and not text.startswith("-")
            else f'"{text}"'
        )
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def time_text(moment: datetime) -> str:
    """Write a moment in UTC as people do, no finer than it is: `2026-11-21T14:05Z`."""
    if moment.microsecond:
        fraction = f"{moment.microsecond:06d}".rstrip("0")
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction}Z"
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.second else f"{moment:%Y-%m-%dT%H:%MZ}"


def one_line(value: object) -> str:
    """Return a text with single blanks for all its gaps."""
    return " ".join(str(value).split())


def _component_fields(component: Component) -> dict[str, object]:
    return {
        "id": component.id,
        "name": component.name,
        "group": component.group,
        "description": component.description,
        "since": component.since,
        "retired": component.retired,
        "showcase": None if component.showcase else False,
        "only_show_if_degraded": component.only_show_if_degraded or None,
        "api_id": component.api_id,
    }


def _record(fields: Mapping[str, object]) -> str:
    lines = [f"{name}: {value_text(value)}" for name, value in fields.items() if value is not None]
    return "".join(
        f"{'  - ' if first else '    '}{line}\n"
        for first, line in ((line is lines[0], line) for line in lines)
    )
