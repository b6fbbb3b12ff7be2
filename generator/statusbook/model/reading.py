"""What was measured at a moment."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """A value at a moment, which is in seconds since 1970 (UTC)."""

    at: float
    value: float
