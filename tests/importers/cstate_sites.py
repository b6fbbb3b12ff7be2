"""Small sites of cState, for the tests of their import."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from statusbook.importers.cstate import read_cstate
from statusbook.importers.report import Account
from statusbook.importers.write import Imported, ImportedIncident

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
CONFIG = """
title: Harbourlight
baseURL: https://status.example.com/
params:
  categories:
    - name: Shops
    - name: Money
      description: Everything that **moves** money
  systems:
    - name: Checkout
      category: Shops
      description: |
        Pay in a [shop](https://shop.example.com)
    - name: Search
      category: Shops
    - name: Card payments
      displayName: Cards
      category: Money
"""
FRONT = """title: Checkout is slow
date: 2026-05-01 10:00:00
resolved: true
resolvedWhen: 2026-05-01 12:00:00
severity: disrupted
affected:
  - Checkout
section: issue
"""


def site(folder: Path, issues: dict[str, str], config: str = CONFIG) -> Path:
    """Make a site; names of issues are paths below `content/issues`."""
    (folder / "content" / "issues").mkdir(parents=True)
    (folder / "config.yml").write_text(config)
    for name, text in issues.items():
        path = folder / "content" / "issues" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def take(folder: Path) -> tuple[Imported, Account]:
    account = Account()
    return read_cstate(folder, account, NOW), account


def one(folder: Path, body: str, front: str = FRONT) -> ImportedIncident:
    """Import a site of one issue."""
    imported, account = take(site(folder, {"2026-05-01-slow.md": f"---\n{front}---\n{body}\n"}))
    assert not account.left_out, account.left_out
    return imported.incidents[0]


def lines(incident: ImportedIncident) -> list[str]:
    """Print updates as `status at body`, the body's lines joined by ` / `."""
    return [
        f"{update.fields.get('status', '-')} {update.fields['at']:%m-%dT%H:%M} "
        + " / ".join(line for line in update.body.split("\n") if line)
        for update in incident.updates
    ]


def changed(old: str, new: str) -> str:
    assert old in FRONT
    return FRONT.replace(old, new)
