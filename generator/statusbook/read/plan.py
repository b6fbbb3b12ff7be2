"""The YAML files of `plan/` that drive the public page -> records."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from statusbook.model.plan import Components, Metrics, StatusPage
from statusbook.problems import Problem
from statusbook.read.faults import Faults
from statusbook.read.folder import SYMBOLIC_LINK
from statusbook.read.guard import safe_text
from statusbook.read.incident import read_bytes
from statusbook.read.nodes import parse_yaml
from statusbook.read.typed import read_record

PLAN = "plan"
STATUS_PAGE = "plan/status-page.yml"
COMPONENTS = "plan/components.yml"
METRICS = "plan/metrics.yml"

_SPARE: Final = {
    "title": "Status",
    "url": "https://status.example.com",
    "feed_id": "tag:status.example.com,2026:status",
}
"""Stand for what cannot be read: they break no rule."""

R = TypeVar("R", bound=msgspec.Struct)


def read_status_page(root: Path) -> tuple[StatusPage | None, list[Problem]]:
    """Read the public page's settings, as far as they have no fault; the file must exist."""
    page, problems = _read(root, STATUS_PAGE, StatusPage, _SPARE)
    if page is None and not problems:
        faults = Faults(STATUS_PAGE)
        hint = "write at least title, url and feed_id"
        if not (root / STATUS_PAGE).is_file():
            hint += f" (looked in {root}; is this the root of your book? else use --source)"
        faults.error(1, "E216", "the file is missing or empty", hint)
        return None, faults.found
    return page, problems


def read_components(root: Path) -> tuple[Components, list[Problem]]:
    """Read groups and components that have no fault; without the file there are none."""
    components, problems = _read(root, COMPONENTS, Components, {})
    return components or Components(), problems


def read_metric_plan(root: Path) -> tuple[Metrics, list[Problem]]:
    """Read the metrics that have no fault; without the file there are none."""
    metrics, problems = _read(root, METRICS, Metrics, {})
    return metrics or Metrics(), problems


def _read(
    root: Path, path: str, record: type[R], spare: Mapping[str, str]
) -> tuple[R | None, list[Problem]]:
    faults = Faults(path)
    place = os.fspath(root / path)
    if os.path.islink(root / PLAN):
        faults.path = PLAN
        faults.error(1, *SYMBOLIC_LINK)
        return None, faults.found
    if not os.path.lexists(place):
        return None, []
    raw = read_bytes(place, faults)
    text = None if raw is None else safe_text(raw, faults)
    node = None if text is None else parse_yaml(text, faults)
    if node is None:
        return None, faults.found
    return read_record(record, node, faults, spare=spare), faults.found
