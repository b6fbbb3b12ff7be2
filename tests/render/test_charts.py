"""Charts: round numbers beside them, gaps where nothing was recorded, and words for all of it."""

from __future__ import annotations

import gzip
import re
from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from status_story import CARDS, NOW, STORY, page, pages_of, text, texts, view_of

from statusbook.derive.metrics import MetricFacts, metric_facts
from statusbook.model.parts import Names
from statusbook.model.public import PublicIncident, PublicMetric
from statusbook.model.reading import Reading
from statusbook.model.words import Statistic
from statusbook.render.status.parts.charts import HEIGHT, STEP, Chart, chart
from statusbook.render.status.parts.scale import amount, number, scale
from statusbook.render.view import View
from statusbook.render.words import words_of

NEWEST = NOW - timedelta(minutes=5)
PAGE = "metrics/slow/index.html"
HOSTILE = "<script>__x=1</script>\"'{{7*7}}{value}"


def metric(**fields: object) -> PublicMetric:
    usual: dict[str, object] = {
        "id": "slow",
        "name": "Response time",
        "unit": "ms",
        "component": "checkout",
        "description": "How long it takes.",
        "statistic": Statistic.MEAN,
        "decimals": None,
        "showcase": True,
    }
    return PublicMetric(**(usual | fields))


def readings(*values: float | None, minutes: int = 15, newest: datetime = NEWEST) -> list[Reading]:
    """Return values at even distances, the last one at `newest`; None leaves a moment out."""
    first = newest - timedelta(minutes=minutes * (len(values) - 1))
    return [
        Reading((first + timedelta(minutes=minutes * n)).timestamp(), value)
        for n, value in enumerate(values)
        if value is not None
    ]


def facts_of(*values: float | None, zone: str = "Etc/UTC", **fields: object) -> MetricFacts:
    return metric_facts(metric(**fields), readings(*values), NOW, zone)


def measured(
    *facts: MetricFacts, incidents: tuple[PublicIncident, ...] = STORY, **settings: object
) -> View:
    return view_of(*incidents, **settings)._replace(metrics=facts)


def drawn(facts: MetricFacts) -> Chart:
    return chart(words_of("en", "Etc/UTC"), facts, facts.day)


@given(st.floats(-1e15, 1e15).map(lambda x: round(x, 9)), st.floats(0, 1e15), st.booleans())
def test_an_axis_is_a_few_round_numbers_around_the_values(
    low: float,
    more: float,
    from_nothing: bool,  # noqa: FBT001
) -> None:
    high = round(low + more, 9)
    axis = scale(low, high, from_nothing=from_nothing)
    near = 1e-6 * max(abs(low), abs(high), 1e-9)
    assert 2 <= len(axis.ticks) <= 6
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert axis.lowest <= low + near
    assert axis.highest >= high - near
    assert -0.01 <= axis.share(low) <= axis.share(high) <= 1.01
    if from_nothing:
        assert 0.0 in axis.ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (92, 310, (0, 200, 400)),
        (0, 0, (0, 0.5, 1)),
        (100, 100, (0, 50, 100)),
        (99.1, 99.98, (99, 99.5, 100)),
        (-5, 12, (-10, 0, 10, 20)),
        (0.02, 0.07, (0, 0.025, 0.05, 0.075)),
    ],
)
def test_axes_that_people_would_choose(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert scale(low, high).ticks == ticks


@pytest.mark.parametrize(
    ("language", "value", "decimals", "unit", "told"),
    [
        ("en", 101.4, 0, "ms", "101\u00a0ms"),
        ("en", 12500.0, 0, "/s", "12,500/s"),
        ("en", 1250.0, 0, "ms", "1250\u00a0ms"),
        ("en", 99.954, 2, "%", "99.95%"),
        ("pl", 99.954, 2, "%", "99,95%"),
        ("pl", 12500.25, 1, "zł", "12\u00a0500,2\u00a0zł"),
        ("en", -3.25, 2, "°C", "\u22123.25\u00a0°C"),
        ("en", -0.001, 1, "ms", "0.0\u00a0ms"),
    ],
)
def test_a_value_is_written_as_its_language_writes_numbers(
    language: str, value: float, decimals: int, unit: str, told: str
) -> None:
    assert amount(words_of(language, "UTC"), value, decimals, unit) == told


@given(st.floats(-1e15, 1e15), st.integers(0, 6))
def test_a_number_that_is_written_can_be_read_again(value: float, decimals: int) -> None:
    written = number(words_of("en", "UTC"), value, decimals)
    read = float(written.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    assert read == pytest.approx(value, rel=1e-12, abs=0.51 / 10**decimals)


def test_a_line_is_broken_where_nothing_was_recorded() -> None:
    line = drawn(facts_of(*[100] * 20, *[None] * 3, 100, *[None] * 3, 90)).line
    assert line.count("M") == 3
    assert len(re.findall(r"M\d+ \d+h0", line)) == 2


def test_readings_once_in_a_span_may_come_a_little_late() -> None:
    late = [
        reading._replace(at=reading.at + n % 2 * 600)
        for n, reading in enumerate(readings(*[5] * 40))
    ]
    facts = metric_facts(metric(), late, NOW, "Etc/UTC")
    assert drawn(facts).line.count("M") == 1


def test_a_sum_is_drawn_as_bars_from_nothing() -> None:
    facts = facts_of(3, None, 5, statistic=Statistic.SUM)
    shape = drawn(facts)
    assert shape.is_bars
    assert shape.line.count("z") == 2
    assert shape.line.count(f" {HEIGHT}V") == 2


def test_time_runs_as_the_page_is_read() -> None:
    facts = facts_of(1, 2, 3)
    words = copy(words_of("en", "Etc/UTC"))
    words.locale = words.locale._replace(direction="rtl")
    there, back = drawn(facts), chart(words, facts, facts.day)
    assert there.start, back.start == ("0", "100%")
    assert there.end.startswith(f"M{there.width - STEP // 2} ")
    assert back.end.startswith(f"M{STEP // 2} ")
    sides = [float(tick.at.rstrip("%")) for tick in back.columns]
    assert sides == sorted(sides, reverse=True)


def test_incidents_of_the_component_are_shaded() -> None:
    shown = page(measured(facts_of(*[100] * 40, 300)), PAGE)
    looks = [
        path.get("class") for path in shown.xpath("//section[1]//path[contains(@class, 'shade')]")
    ]
    assert looks == ["shade partial_outage", "shade major_outage"]
    told = "Shaded: incidents and maintenance of Checkout."
    assert told in text(shown.xpath("//section[1]")[0])
    alone = page(measured(facts_of(*[100] * 40, component=None)), PAGE)
    assert not alone.xpath("//path[contains(@class, 'shade')]")
    assert "Shaded" not in text(alone)


def test_a_metric_has_a_page_with_charts_words_and_tables() -> None:
    shown = page(measured(facts_of(92, 101, 310, 101)), PAGE)
    assert text(shown.xpath("//h1")[0]) == "Response time"
    assert texts(shown, "//h2") == ["24 hours", "7 days", "90 days"]
    assert texts(shown, "//p[@class='told']") == [
        (
            "Averages (15 minutes) between 92 ms and 310 ms, highest from 21 Nov 2026, 14:15 UTC;"
            " single readings between 92 ms and 310 ms."
        ),
        (
            "Averages (2 hours) between 92 ms and 171 ms, highest from 21 Nov 2026, 14:00 UTC;"
            " single readings between 92 ms and 310 ms."
        ),
        "Average 151 ms; single readings between 92 ms and 310 ms.",
    ]
    assert "101 ms" in texts(shown, "//p[@class='reading']")
    assert "Last reading: 21 Nov 2026, 14:35 UTC" in text(shown)
    rows = texts(shown, "//section[1]//tbody/tr")
    assert rows[0] == "21 Nov, 14:30101 ms101 ms101 ms"
    assert rows[-1].endswith("No readings")
    assert len(rows) == 96
    assert set(shown.xpath("//th/@scope")) == {"col", "row"}


def test_what_a_chart_says_is_read_once() -> None:
    view = measured(facts_of(92, 310))
    for path in (PAGE, "index.html", "components/checkout/index.html"):
        shown = page(view, path)
        charts = shown.xpath("//svg[@class='chart' or @class='spark']")
        assert charts
        assert {one.get("aria-hidden") for one in charts} == {"true"}
        assert all(len(one.xpath("following-sibling::p")) for one in charts)
    every = page(view, PAGE).xpath("//@id")
    assert len(every) == len(set(every))


def test_without_a_style_sheet_a_line_is_no_black_shape() -> None:
    shown = page(measured(facts_of(92, 310)), "index.html")
    for path in shown.xpath("//svg[@class='spark']//path[not(contains(@class, 'shade'))]"):
        assert (path.get("fill"), path.get("stroke")) == ("none", "currentColor")


def test_the_first_page_shows_six_metrics_at_most_and_none_without_readings() -> None:
    many = [facts_of(1, 2, id=f"m{n}", name=f"Number {n}") for n in range(9)]
    hidden = facts_of(1, 2, id="hidden", name="Hidden", showcase=False)
    nothing = facts_of(id="empty", name="Empty")
    shown = page(measured(hidden, nothing, *many), "index.html")
    assert texts(shown, "//li[@class='metric']/h3") == [f"Number {n}" for n in range(6)]
    assert not page(measured(hidden, nothing), "index.html").xpath("//*[@id='_metrics']")


def test_a_chart_adds_less_than_a_kilobyte_to_the_first_page() -> None:
    values = [100 + (n * n) % 37 for n in range(96)]
    without = pages_of(measured())["index.html"].render()
    shown = pages_of(measured(facts_of(*values)))["index.html"].render()
    assert len(gzip.compress(shown, 9)) - len(gzip.compress(without, 9)) < 1000


def test_a_metric_without_readings_says_so() -> None:
    shown = page(measured(facts_of()), PAGE)
    assert "No readings yet." in text(shown)
    assert not shown.xpath("//section")


def test_the_component_shows_its_metrics() -> None:
    view = measured(facts_of(92, 310))
    shown = page(view, "components/checkout/index.html")
    (link,) = shown.xpath("//h2//a[contains(@href, 'metrics')]")
    assert link.get("href") == "../../metrics/slow/"
    assert "single readings between 92 ms and 310 ms" in text(shown)
    assert "Response time" not in text(page(view, "components/web/index.html"))


def test_a_page_changes_with_its_readings_and_not_with_the_clock() -> None:
    def keys(view: View) -> dict[str, str]:
        return {path: one.key for path, one in pages_of(view).items()}

    def changed(one: View, other: View) -> set[str]:
        return {path for path, key in keys(one).items() if keys(other)[path] != key}

    before = measured(facts_of(1, 2), languages=["pl"])
    after = measured(facts_of(1, 3), languages=["pl"])
    later = measured(facts_of(1, 2), languages=["pl"], now=NOW + timedelta(minutes=9))
    places = ("index.html", "components/checkout/index.html", PAGE)
    assert changed(before, after) == {f"{base}{place}" for base in ("", "pl/") for place in places}
    assert PAGE not in changed(before, later)


def test_names_and_units_are_never_markup() -> None:
    hostile = facts_of(2, 2, name=HOSTILE, unit="<b>{x}", description=HOSTILE)
    view = measured(hostile, languages=["pl"])
    for path in ("index.html", PAGE, "components/checkout/index.html", f"pl/{PAGE}"):
        raw = pages_of(view)[path].render()
        assert b"<script>__x" not in raw
        assert b"<b>" not in raw
        shown = html.document_fromstring(raw.decode())
        assert HOSTILE in shown.text_content()
        assert "2\u00a0<b>{x}" in shown.text_content()


def test_a_name_is_shown_in_the_language_of_the_page() -> None:
    polish = {"pl": Names("Czas odpowiedzi")}
    view = measured(facts_of(1.5, 2, translations=polish), languages=["pl"])
    shown = page(view, f"pl/{PAGE}")
    assert text(shown.xpath("//h1")[0]) == "Czas odpowiedzi"
    assert text(shown.xpath("//p[@class='reading']")[0]) == "2,0 ms"
    (kept,) = shown.xpath("//p[@class='lead']")
    assert kept.get("lang") == "en"


def test_an_incident_that_began_after_the_last_reading_is_not_shaded() -> None:
    old = readings(1, 2, 3, newest=datetime(2026, 11, 21, 13, 0, tzinfo=UTC))
    facts = metric_facts(metric(), old, NOW, "Etc/UTC")
    shown = page(measured(facts, incidents=(CARDS,)), PAGE)
    assert not shown.xpath("//section[1]//path[contains(@class, 'shade')]")
