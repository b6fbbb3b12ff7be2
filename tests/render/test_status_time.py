"""The server writes what holds now and what the clock will make of it; keys hold both."""

from __future__ import annotations

from lxml import html
from msgspec.structs import replace
from status_story import (
    AHEAD,
    CARDS,
    OVER,
    RUNNING,
    STORY,
    at,
    page,
    pages_of,
    planned,
    text,
    texts,
    view_of,
)

from statusbook.derive.news import WHOLE, news
from statusbook.model.incident import Update
from statusbook.model.plan import Link
from statusbook.model.public import publish_update
from statusbook.model.words import Status

INDEX = page(view_of(*STORY), "index.html")


def turns(element: html.HtmlElement) -> list[tuple[str | None, str | None, bool]]:
    """Return from when and until when the variants in an element hold, and which are shown."""
    return [
        (one.get("data-from"), one.get("data-until"), one.get("hidden") is None)
        for one in element.xpath(".//*[@data-from or @data-until]")
    ]


def test_a_promise_has_a_sentence_for_each_side_of_its_moment() -> None:
    promise = INDEX.xpath("//p[@class='promise']")[0]
    moment = "2026-11-21T15:00:00Z"
    assert turns(promise) == [(None, moment, True), (moment, None, False)]
    assert text(promise) == "Next update by 21 Nov 2026, 15:00 UTC."


def test_a_promise_that_is_due_has_a_shape_and_a_colour_too() -> None:
    before, after = INDEX.xpath("//p[@class='promise']")[0].xpath("./span")
    assert before.xpath(".//svg") == []
    [state] = after.xpath("./span[contains(@class, 'state')]")
    assert state.get("class") == "state degraded_performance"
    assert state.xpath("./svg[@class='mark degraded_performance']")


def test_no_distance_ahead_is_told_of_what_is_over() -> None:
    far = {one.get("data-far") for one in INDEX.xpath("//p[@class='promise']//time")}
    assert far == {"ahead"}
    window = page(view_of(AHEAD), "maintenance/index.html").xpath("//dd/time/@data-far")
    assert window == ["ahead", "end"]
    for place in ("incidents/2026-11-21-cards/index.html", "index.html"):
        told = page(view_of(CARDS), place).xpath("//div[@class='entry-head']//time")
        assert told
        assert {one.get("data-far") for one in told} == {None}
    over = page(view_of(OVER), f"incidents/{OVER.id}/index.html")
    assert set(over.xpath("//dd/time/@data-far | //p/a/time/@data-far")) == {"closed"}


def test_a_promise_that_is_due_has_one_sentence() -> None:
    index = page(view_of(CARDS, now=at("2026-11-21T15:10")), "index.html")
    promise = index.xpath("//p[@class='promise']")[0]
    assert turns(promise) == []
    assert text(promise) == "An update was due at 21 Nov 2026, 15:00 UTC."


def test_work_ahead_has_three_states_and_work_that_runs_has_two() -> None:
    start, end = "2026-11-24T22:00:00Z", "2026-11-25T00:30:00Z"
    ahead = page(view_of(AHEAD), "maintenance/index.html").xpath("//p[@class='kicker']")[0]
    assert turns(ahead) == [(None, start, True), (start, end, False), (end, None, False)]
    runs = page(view_of(RUNNING), "maintenance/index.html").xpath("//p[@class='kicker']")[0]
    end = "2026-11-21T15:30:00Z"
    assert turns(runs) == [(None, end, True), (end, None, False)]


def test_work_that_an_update_keeps_running_has_one_state() -> None:
    longer = Update(at("2026-11-21T15:32"), Status.VERIFYING, id="2-verifying", body="Longer.")
    extended = planned("late", "2026-11-21T14:00", "2026-11-21T15:32", longer)
    view = view_of(extended, now=at("2026-11-21T16:00"))
    kicker = page(view, "maintenance/index.html").xpath("//p[@class='kicker']")[0]
    assert turns(kicker) == []
    assert page(view, "index.html").xpath("count(//div[contains(@class, 'overall')])") == 1


def test_no_moment_that_is_over_is_written() -> None:
    for path, one in pages_of(view_of(*STORY)).items():
        if path.endswith(".html"):
            document = html.document_fromstring(one.render())
            moments = document.xpath("//@data-from | //@data-until")
            assert all(moment > "2026-11-21T14:40" for moment in moments), path
            for hidden in document.xpath("//*[@hidden]"):
                assert hidden.get("data-from") or hidden.get("id") == "_news"


def test_one_variant_of_each_is_shown() -> None:
    assert len(texts(INDEX, "//h1")) == 1
    states = INDEX.xpath("//li[@id='reports']//p[1]")[0]
    assert text(states).startswith("Under maintenance since 21 Nov 2026, 14:00 UTC")


def test_announced_work_is_in_the_key_of_the_components_page() -> None:
    later = planned("ahead", "2026-11-24T23:00", "2026-11-25T00:30")
    before, after = (pages_of(view_of(one)) for one in (AHEAD, later))
    path = "components/reports/index.html"
    assert before[path].key != after[path].key
    assert before["components/api/index.html"].key == after["components/api/index.html"].key


def test_times_that_readers_wait_for_tell_the_clock_that_they_are_printed_by() -> None:
    view = view_of(CARDS, time_zone="Asia/Kathmandu")
    index = page(view, "index.html")
    assert set(index.xpath("//time/@data-near")) == {"345"}
    assert set(INDEX.xpath("//p[@class='promise']//time/@data-near")) == {"0"}


def test_an_old_page_names_its_copies_where_there_are_several() -> None:
    hosts = [Link(name, f"https://{name}/") for name in ("one.example.com", "two.example.com")]
    old = page(view_of(hosts=hosts), "index.html").xpath("//p[@class='old']")[0]
    assert old.xpath(".//a/@href") == ["https://one.example.com/", "https://two.example.com/"]
    assert old.get("data-from") == "2026-11-22T14:40:00Z"
    busy = page(view_of(RUNNING), "index.html").xpath("//p[@class='old']")[0]
    assert busy.xpath(".//a") == []
    assert busy.get("data-from") == "2026-11-21T15:40:00Z"


def test_the_clock_is_no_news_and_an_update_is() -> None:
    before, during, after = (
        news(view_of(AHEAD, CARDS, now=at(moment)).facts)
        for moment in ("2026-11-24T21:00", "2026-11-24T23:00", "2026-11-25T01:00")
    )
    assert before == during == after
    more = replace(
        CARDS, updates=(*CARDS.updates, publish_update(Update(at("2026-11-21T14:30"), id="3-more")))
    )
    told = news(view_of(AHEAD, more, now=at("2026-11-24T21:00")).facts)
    assert {name for name in told if told[name] != before[name]} == {WHOLE, more.id}


def test_an_incident_that_is_long_over_has_no_name_in_the_release() -> None:
    assert set(news(view_of(OVER, CARDS).facts)) == {WHOLE, CARDS.id}
