"""Files of readings: what machines write is read strictly, and never stops a build."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_book import lay, problems_of, said_of
from statusbook.problems import errors
from statusbook.read.faults import Faults
from statusbook.read.metrics import load_readings, read_metrics
from statusbook.read.readings import MAX_BYTES, MAX_READINGS, MAX_VALUE, read_readings

CSV = "metrics/slow.csv"
JSON = "metrics/slow.json"
FIVE_PAST = 1795269900.0
PLAN = "metrics:\n  - {id: slow, name: Slow, unit: ms, file: metrics/slow.csv}\n"
LATER = 2**62
"""Nanoseconds by which every file has settled."""


def read(content: str | bytes, path: str = CSV) -> tuple[list[tuple[float, float]], list[str]]:
    """Return the readings of a file, and what is said of it."""
    faults = Faults(path)
    raw = content.encode() if isinstance(content, str) else content
    found = [tuple(reading) for reading in read_readings(raw, faults)]
    return found, [f"{one.code} {one.level}: {one.message}" for one in faults.found]


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-21T14:05Z",
        "2026-11-21T14:05:00Z",
        "2026-11-21T15:05+01:00",
        "2026-11-21 14:05:00.000Z",
        "1795269900",
        "1795269900.0",
    ],
)
def test_a_time_has_a_zone_or_is_seconds_since_1970(time: str) -> None:
    assert read(f"time,value\n{time},101.5\n") == ([(FIVE_PAST, 101.5)], [])
    assert read(json.dumps([{"time": time, "value": 101.5}]), JSON) == ([(FIVE_PAST, 101.5)], [])


@pytest.mark.parametrize(
    "time", ["2026-W47-6T14:05Z", "20261121T140500Z", "+1795269900", "1_795_269_900", "١٧٩٥٢٦٩٩٠٠"]
)
def test_other_times_are_refused(time: str) -> None:
    found, said = read(f"time,value\n{time},101\n")
    assert found == []
    assert [one[:14] for one in said] == ["E505 warning: "]


@pytest.mark.parametrize("value", ["1,5", "1_0", "0x10", "inf", "1 ms", "\uff11", "+-1"])
def test_other_values_are_refused(value: str) -> None:
    found, said = read(f"time,value\n1795269900,{value}\n")
    assert found == []
    assert len(said) == 1


def test_lines_come_in_any_order_and_the_last_of_one_time_counts() -> None:
    lines = "time,value\n1795269960,2\n1795269900,1\n1795269960,3\n1795269900,\n"
    assert read(lines) == ([(1795269960.0, 3.0)], [])


def test_windows_and_other_programs_may_write_the_file() -> None:
    assert read(b"\xef\xbb\xbftime,value\r\n1795269900, 1 \r\n") == ([(FIVE_PAST, 1.0)], [])
    assert read("time,value") == ([], [])


def test_the_answer_of_cloudwatch_is_a_file_of_readings() -> None:
    answer = {
        "MetricDataResults": [
            {
                "Id": "response",
                "Label": "p95",
                "Timestamps": ["2026-11-21T14:05:00+00:00", "2026-11-21T13:50:00+00:00"],
                "Values": [0.101, 0.098],
                "StatusCode": "PartialData",
            },
            {"Id": "response", "Timestamps": ["2026-11-21T13:35:00+00:00"], "Values": [0.09]},
        ],
        "Messages": [],
    }
    found, said = read(json.dumps(answer), JSON)
    assert [value for _, value in found] == [0.09, 0.098, 0.101]
    assert found[-1][0] == FIVE_PAST
    assert said == []


@pytest.mark.parametrize(
    "content",
    [
        b"time,value\n\0\0,\0\n",
        b"time,value\n" + b"9" * 100_000 + b"," + b"9" * 100_000,
        b"time,value\n" + b"a" * 1_000_000,
        b"time,value\n1795269900,\xff\xfe\n",
        "time,value\n1795269900,1\n".encode("utf-16"),
        b"time,value,owner\n",
        b"\n" * 1000,
    ],
)
def test_odd_bytes_are_told_and_left_out(content: bytes) -> None:
    found, said = read(content)
    assert found == []
    assert said
    assert all(" warning: " in one for one in said)
    assert all(len(one) < 200 for one in said)


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '{"MetricDataResults":' * 5_000, "[1e999]", "", "null", '"a"', "[[]]"],
)
def test_odd_json_is_told_and_left_out(content: str) -> None:
    found, said = read(content, JSON)
    assert found == []
    assert [one[:14] for one in said] == ["E504 warning: "]


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"time,value\n"]), st.sampled_from([CSV, JSON])
)
def test_any_bytes_are_read_or_told(content: bytes, head: bytes, path: str) -> None:
    faults = Faults(path)
    found = read_readings(head + content, faults)
    assert not errors(faults.found)
    assert len(faults.found) <= 6
    assert found == sorted(found)
    assert all(math.isfinite(at) and abs(value) <= MAX_VALUE for at, value in found)


@given(st.text("0123456789-T:Z+.eE, \n", max_size=60))
def test_what_looks_like_readings_is_read_or_told(lines: str) -> None:
    found, said = read(f"time,value\n{lines}")
    assert len(found) <= lines.count("\n") + 1
    assert found or said or not lines.strip() or ",\n" in f"{lines}\n"


def test_too_many_readings_are_not_shown() -> None:
    lines = "".join(f"{1700000000 + n},1\n" for n in range(MAX_READINGS + 1))
    assert read(f"time,value\n{lines}") == (
        [],
        ["E503 warning: more than 200,000 readings or 5 MB"],
    )
    entries = ",".join(['{"time":1700000000}'] * (MAX_READINGS + 1))
    assert read(f"[{entries}]", JSON)[1] == ["E503 warning: more than 200,000 readings or 5 MB"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    lay(tmp_path, {"plan/metrics.yml": PLAN, CSV: b"time,value\n" + b"\n" * MAX_BYTES})
    assert said_of(tmp_path) == (
        "metrics/slow.csv:1:1 E503 warning: more than 200,000 readings or 5 MB\n"
        "    keep the last 90 days, or one reading for every few minutes\n"
    )


@pytest.mark.parametrize("link", ["metrics", "metrics/deep", "metrics/deep/slow.csv"])
def test_a_link_is_never_followed(tmp_path: Path, link: str) -> None:
    plan = PLAN.replace("metrics/slow", "metrics/deep/slow")
    lay(
        tmp_path,
        {"plan/metrics.yml": plan, "elsewhere/deep/slow.csv": "time,value\n1795269900,1\n"},
    )
    place = tmp_path / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(tmp_path / "elsewhere" / link.removeprefix("metrics").lstrip("/"))
    assert [(one.location.path, one.code) for one in problems_of(tmp_path)] == [(link, "E204")]
    assert (
        load_readings(tmp_path, read_metrics(tmp_path, None, LATER), "metrics/deep/slow.csv") == []
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    lay(tmp_path, {"plan/metrics.yml": PLAN, "metrics/other.csv": ""})
    os.mkfifo(tmp_path / CSV)
    assert [one.code for one in problems_of(tmp_path)] == ["E205"]


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    lay(tmp_path, {"plan/metrics.yml": PLAN, CSV: "time,value\n1795269900,1\n1,1\n"})
    kept = tmp_path / ".statusbook/cache"
    first = read_metrics(tmp_path, kept, LATER)
    again = read_metrics(tmp_path, kept, LATER)
    assert set(first.fresh) == {CSV}
    assert again.fresh == {}
    assert again.problems == first.problems
    assert again.problems
    assert load_readings(tmp_path, again, CSV) == first.fresh[CSV]


def test_a_file_of_the_same_content_keeps_what_is_known(tmp_path: Path) -> None:
    lay(tmp_path, {"plan/metrics.yml": PLAN, CSV: "time,value\n1795269900,1\n"})
    kept = tmp_path / ".statusbook/cache"
    read_metrics(tmp_path, kept, LATER)
    lay(tmp_path, {"plan/metrics.yml": PLAN, CSV: "time,value\n1795269900,1\n"})
    assert read_metrics(tmp_path, kept, LATER).fresh == {}
    lay(tmp_path, {"plan/metrics.yml": PLAN, CSV: "time,value\n1795269900,2\n"})
    assert read_metrics(tmp_path, kept, LATER).fresh == {CSV: [(FIVE_PAST, 2.0)]}
