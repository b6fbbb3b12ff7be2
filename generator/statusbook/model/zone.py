"""The name of a time zone -> its rules, the same on every machine."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import cache

_UTC_NAMES = frozenset(
    {"UTC", "UCT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"}
)


@cache
def zone(name: str) -> tzinfo:
    """Return the rules of an IANA time zone; `datetime.UTC` for the names of UTC itself.

    The rules are those of the tzdata package and not the system's, which differ from one machine
    to the next: a page must not.

    Raises:
        ValueError: The database has no zone of this name.
    """
    if name in _UTC_NAMES:
        return UTC
    # late: most pages are kept in UTC and need neither
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    # looked up in the list, not by `exists`: some file systems take "europe/warsaw" for a name
    if name not in files("tzdata").joinpath("zones").read_text("ascii").splitlines():
        raise ValueError(f"{name!r} is not a time zone of the IANA database")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
