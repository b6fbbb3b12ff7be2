"""Systems and categories of cState become components and groups with ids of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from statusbook.importers.cstate.site import read_cstate
from statusbook.importers.report import Account

CONFIG = """\
title: Status
params:
  categories:
    - name: Web & shop
    - name: Web + shop
  systems:
    - {name: Web shop, category: Web & shop}
    - {name: Basket, category: Web + shop}
"""


def test_names_that_look_alike_in_addresses_get_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(CONFIG)
    (tmp_path / "content/issues").mkdir(parents=True)
    (tmp_path / "content/issues/one.md").write_text(
        "---\ntitle: One\ndate: 2026-11-20 10:00:00\nresolved: true\n"
        "resolvedWhen: 2026-11-20 11:00:00\nseverity: down\naffected: [Basket]\nsection: issue\n"
        "---\nText.\n"
    )
    imported = read_cstate(tmp_path, Account(), datetime(2026, 11, 21, tzinfo=UTC))
    ids = [one.id for one in (*imported.components, *imported.groups)]
    assert ids == ["web-shop", "basket", "web-shop-2", "web-shop-3"]
