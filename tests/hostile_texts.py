"""Texts that were written to break a page, a feed or a reader, each in many disguises."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

_CASES = Path(__file__).parent / "cases" / "hostile-texts.json"
_WRITTEN: dict[str, list[str]] = json.loads(_CASES.read_text(encoding="utf-8"))

_LONG = [
    *(unit * 300 for unit in ("[", "[a](", ">", "- ", "*a", "`", "![", "<", "|", "~", "a\n", "# ")),
    "x" * 4000,
    "\U0001f600" * 300,
    "e\u0301" * 200,
    "\\" * 301,
    "".join("`" * n + " " for n in range(40)),
    "".join("  " * n + "- a\n" for n in range(80)),
    "|a" * 200 + "\n" + "|-" * 200,
    "[a]: https://x.example/" + "x" * 999 + "\n" + "[a] " * 50,
]
LINKS = {
    form.replace("{}", address): None
    for form, address in product(_WRITTEN.pop("links"), _WRITTEN.pop("addresses"))
}
"""Every way to write a link with every address, in order."""

TEXTS = list(
    dict.fromkeys([*(text for group in _WRITTEN.values() for text in group), *_LONG, *LINKS])
)
"""All of them, each once."""

WRAPPINGS = [
    "{}", "*{}*", "# {}", "- {}", "> {}", "`{}`", "| {} |\n|---|", "a {} b", "{}\n\n{}", "    {}",
]  # fmt: skip
"""Places in Markdown in which a text may stand."""
