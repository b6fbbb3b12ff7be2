"""The bytes of a file of readings, CSV or JSON -> readings, and the lines that are none.

Machines write these files, so a line that is no reading is a warning and is left out: it must never
keep an update about an incident from the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from statusbook.model.reading import Reading
from statusbook.read import times
from statusbook.read.faults import Faults

MAX_READINGS: Final = 200_000
MAX_BYTES: Final = 5 * 1024 * 1024
MAX_VALUE: Final = 1e15
MOST_TOLD: Final = 5
"""So many lines that are no reading are told one by one."""

_HEADER: Final = "time,value"
TOO_LARGE: Final = (
    "E503",
    f"more than {MAX_READINGS:,} readings or {MAX_BYTES // 1024 // 1024} MB",
    "keep the last 90 days, or one reading for every few minutes",
)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_UNIX: Final = re.compile(r"\d{9,10}(?:\.\d+)?", re.ASCII)
_MILLISECONDS: Final = re.compile(r"\d{12,13}(?:\.\d+)?", re.ASCII)
_FIELD: Final = re.compile(r'"([^",]*)"')
_QUOTED: Final = re.compile(rf'\s*(?:{_FIELD.pattern}|[^",]*),(?:{_FIELD.pattern}|[^",]*)\s*')
_SHOWN: Final = 40
_DECIMALS: Final = 9
_USUAL: Final = len("2026-11-21T14:05Z")
_AT_BYTE: Final = re.compile(r"\(byte (\d+)\)")

Found = tuple[int, str | float, str | float | None]
"""Line or entry, counted from 1; the time and the value as they are written."""


def read_readings(raw: bytes, faults: Faults) -> list[Reading]:
    """Read a file of readings, in order of time; what is wrong with it becomes warnings.

    Of two readings of one moment the later in the file counts; one without a value takes an earlier
    one back. `faults.path` tells whether the file is CSV or JSON.
    """
    is_json = faults.path.endswith(".json")
    found = _of_json(raw, faults) if is_json else _of_csv(raw, faults)
    readings: dict[float, float | None] = {}
    wrong = first_untold = 0
    for place, time, value in found:
        read = _reading(time, value)
        if isinstance(read, times.Wrong):
            wrong += 1
            if wrong <= MOST_TOLD:
                message = f"entry {place}: {read.message}" if is_json else read.message
                faults.warning(1 if is_json else place, "E505", message, read.hint)
            elif not is_json:
                first_untold = first_untold or place
        else:
            readings[read[0]] = read[1]
    if wrong > MOST_TOLD:
        message = f"{wrong - MOST_TOLD} more are no readings"
        faults.warning(
            first_untold or 1,
            "E506",
            message,
            "what is no reading is left out: the chart has a gap",
        )
    return [Reading(at, value) for at, value in sorted(readings.items()) if value is not None]


def _of_csv(raw: bytes, faults: Faults) -> Iterator[Found]:
    """Yield the lines of a CSV file as they are; a fault in its form ends it."""
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")
    header, _, below = text.partition("\n")
    if header.replace('"', "") != _HEADER:
        _no_header(header, raw, faults)
        return
    if below.count("\n") > MAX_READINGS:
        faults.warning(1, *TOO_LARGE)
        return
    for number, line in enumerate(below.split("\n"), 2):
        if line and not line.isspace():
            time, comma, value = (_unquoted(line) if '"' in line else line).partition(",")
            yield number, time, value or (None if comma else "")


def _unquoted(line: str) -> str:
    """Take away the quotes that some programs write around every field."""
    quoted = _QUOTED.fullmatch(line)
    return _FIELD.sub(r"\1", line) if quoted else line


def _no_header(header: str, raw: bytes, faults: Faults) -> None:
    hint = f"write `{_HEADER}` as the first line, then a line as 2026-11-21T14:05Z,101 for each"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "it looks like UTF-16: save it as UTF-8"
    elif header.startswith("version https://git-lfs"):
        hint = "it is a pointer of git-lfs: run `git lfs pull`"
    message = f'"{_cut(header)}" is not the header of readings' if header else "the file is empty"
    faults.warning(1, "E504", message, hint)


class _Entry(Struct):
    time: str | float
    value: float | None = None


class _Result(Struct):
    """What `aws cloudwatch get-metric-data` answers for one metric."""

    name: str = msgspec.field(name="Id")
    times: list[str | float] = msgspec.field(name="Timestamps")
    values: list[float] = msgspec.field(name="Values")


class _Answer(Struct):
    results: list[_Result] = msgspec.field(name="MetricDataResults")


def _of_json(raw: bytes, faults: Faults) -> Iterator[Found]:
    """Yield what a JSON file lists; a fault in its form ends it."""
    try:
        read = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=_Answer | list[_Entry])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        at = _AT_BYTE.search(str(error))
        line = raw.count(b"\n", 0, int(at[1])) + 1 if at else 1
        hint = 'write [{"time": "2026-11-21T14:05Z", "value": 101}, …]'
        faults.warning(line, "E504", f"not a list of readings: {error}", hint)
        return
    if not isinstance(read, _Answer):
        found: list[tuple[str | float, float | None]] = [(one.time, one.value) for one in read]
    elif len({result.name for result in read.results}) > 1:
        hint = "ask for one metric in one file"
        faults.warning(1, "E504", "the file has the readings of several metrics", hint)
        return
    elif wrong := _unlike_readings(read.results):
        faults.warning(1, "E504", *wrong)
        return
    else:
        found = [
            pair
            for result in read.results
            for pair in zip(result.times, result.values, strict=True)
        ]
    if len(found) > MAX_READINGS:
        faults.warning(1, *TOO_LARGE)
        return
    for number, (time, value) in enumerate(found, 1):
        yield number, time, value


def _unlike_readings(results: list[_Result]) -> tuple[str, str] | None:
    """Say why an answer of CloudWatch has no readings that could be shown."""
    if not any(result.times for result in results):
        hint = "see that the query names the metric as it is called, and a span of time"
        return "the answer has no readings", hint
    for result in results:
        if len(result.times) != len(result.values):
            message = f"{len(result.times)} Timestamps and {len(result.values)} Values"
            return message, "ask again: each of one belongs to one of the other"
    return None


def _reading(
    time: str | float, value: str | float | None
) -> tuple[float, float | None] | times.Wrong:
    at = _moment(time)
    if isinstance(at, times.Wrong):
        return at
    if value is None:
        return at, None
    if isinstance(value, str):
        written = value.strip()
        if not _NUMBER.fullmatch(written):
            hint = "write numbers as 101 or 99.95, and leave out the unit; nothing means no reading"
            return times.Wrong(f'"{_cut(written)}" is not a number', hint)
        value = float(written)
    if not math.isfinite(value) or abs(value) > MAX_VALUE:
        return times.Wrong("the value is too large", f"the largest is {MAX_VALUE:.0e}")
    return at, round(value, _DECIMALS)


def _moment(time: str | float) -> float | times.Wrong:
    """Return a time in seconds since 1970."""
    written = time.strip() if isinstance(time, str) else f"{time:.12g}"
    if _UNIX.fullmatch(written):
        return float(written)
    if _MILLISECONDS.fullmatch(written):
        hint = "write seconds since 1970, or 2026-11-21T14:05Z"
        return times.Wrong(f'"{written}" looks like milliseconds', hint)
    try:
        # the usual form, read twice as quickly as any other
        if len(written) == _USUAL and written[:2] == "20" and written[7::9] == "-Z":
            return datetime.fromisoformat(written).timestamp()
    except ValueError:
        pass
    read = times.moment(written)
    return read if isinstance(read, times.Wrong) else read.timestamp()


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
