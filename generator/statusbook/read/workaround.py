"""The node of `workaround:` -> what readers can do until it is over, or the problems in it."""

from __future__ import annotations

import re
from typing import Final

from statusbook.problems import Location
from statusbook.read import typed
from statusbook.read.faults import Faults
from statusbook.read.message import check_message
from statusbook.read.nodes import Mapping, Node, Scalar

FIELD: Final = "workaround"
LONGEST: Final = 1_000
NO_MORE: Final = "none"
"""What people write where the workaround before no longer helps; `impact` has the same word."""
_EMPTY: Final = f"write what readers can do, `{NO_MORE}` to end the one before, or delete the line"
_SAYS_NONE: Final = frozenset({"none", "no", "nothing", "n/a", "na", "null", "false"})
_UNSEEN: Final = re.compile(
    r"<!--.*?-->|^ {0,3}\[[^\]\n]+\]:[^\n]*$|&nbsp;|&#(?:160|xa0);"
    r"|[\s\u200b\u200c\u200d\u2060\ufeff#>*_`~=+-]",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""Comments, addresses that links refer to, blanks, and marks of Markdown."""


def read_workaround(node: Node, name: str, faults: Faults) -> str | None:
    """Read a workaround, which is a short message; empty where it ends the one before."""
    written = typed.prose(node, name, faults)
    if written is None:
        return None
    if len(written) > LONGEST:
        hint = "say only what readers can do; the rest belongs into the message"
        faults.error(node, "E124", f'"{name}" is longer than {LONGEST:,} characters', hint)
        return None
    if written.casefold() == NO_MORE:
        return ""
    if not _UNSEEN.sub("", written).strip():
        faults.error(node, "E122", f'nothing of "{name}" would be seen', _EMPTY)
        return None
    if written.casefold().strip(" .!-") in _SAYS_NONE:
        hint = f"write `{NO_MORE}` to end the one before, or delete the line"
        faults.warning(node, "E132", f'"{written}" would be shown as a workaround', hint)
    _check(written, node, faults)
    return written


def refuse_empty(head: Node, faults: Faults) -> None:
    """Report a workaround without a word: who wrote that may have meant to end one."""
    if not isinstance(head, Mapping) or FIELD not in head.entries:
        return
    key, value = head.entries[FIELD]
    if isinstance(value, Scalar) and value.empty:
        faults.error(key, "E122", f'"{FIELD}" is empty', _EMPTY)


def _check(message: str, node: Node, faults: Faults) -> None:
    """Look for what may not stand in a message; all of it is told at the field."""
    within = Faults(faults.path)
    check_message(message, within, 1)
    here = Location(faults.path, node.line, node.column)
    faults.found += [problem._replace(location=here) for problem in within.found]
