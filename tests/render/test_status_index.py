"""The index answers in this order: is it you or me, since when, what can I do, when more."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html
from msgspec.structs import replace
from status_story import (
    AHEAD,
    CARDS,
    DOWN,
    OVER,
    RUNNING,
    SEARCH,
    SHOP,
    SLOW,
    STORY,
    at,
    page,
    text,
    texts,
    told,
    view_of,
)

from statusbook.model.incident import Update, Window
from statusbook.model.plan import Component, Components
from statusbook.model.words import Kind, Status

INDEX = page(view_of(*STORY), "index.html")


def component(index: html.HtmlElement, name: str) -> html.HtmlElement:
    return index.xpath(f"//li[@id='{name}']")[0]


def bars(index: html.HtmlElement, name: str) -> html.HtmlElement:
    return component(index, name).xpath(".//svg[starts-with(@class, 'bars')]")[0]


def titles(drawn: html.HtmlElement) -> list[str]:
    return [one.text for one in drawn.xpath(".//title")]


def test_the_first_heading_is_the_state_and_says_as_of_when() -> None:
    assert texts(INDEX, "//h1") == ["Parts of the service are down."]
    assert INDEX.xpath("//title")[0].text == "Parts of the service are down. · Harbourlight status"
    overall = text(INDEX.xpath("//div[contains(@class, 'overall')]")[0])
    assert "Affected: Checkout (Major outage)" in overall
    assert "Next update by 21 Nov 2026, 15:00 UTC." in overall
    assert "Since 21 Nov 2026, 13:52 UTC" in overall
    assert "Last update 21 Nov 2026, 14:22 UTC" in overall
    assert "As of 21 Nov 2026, 14:40 UTC" in overall
    last = INDEX.xpath("//div[contains(@class, 'overall')][1]//time/@datetime")[-1]
    assert last == "2026-11-21T14:40:00Z"


@pytest.mark.parametrize(
    ("incidents", "state", "look"),
    [
        ((), "Everything is working.", "operational"),
        ((RUNNING,), "Planned maintenance is under way.", "under_maintenance"),
        ((AHEAD,), "Everything is working.", "operational"),
        ((CARDS,), "Parts of the service are down.", "major_outage"),
    ],
)
def test_the_state_has_a_sentence_a_shape_and_a_colour(
    incidents: tuple[object, ...], state: str, look: str
) -> None:
    index = page(view_of(*incidents), "index.html")
    assert texts(index, "//h1") == [state]
    shape = index.xpath("//div[not(@hidden)]/h1/svg")[0]
    assert shape.get("class") == f"mark {look}"
    assert shape.xpath("path/@d")


def story(index: html.HtmlElement, title: str) -> html.HtmlElement:
    [found] = index.xpath(f"//article[contains(@class, 'story')][*/a/bdi[text()='{title}']]")
    return found


def test_an_open_incident_tells_what_since_when_and_when_more() -> None:
    other = told("other", Update(at("2026-11-21T14:30"), Status.IDENTIFIED, "Late mail"))
    cards = story(page(view_of(*STORY, other), "index.html"), "Card payments fail")
    assert cards.xpath(".//a/@href")[0] == "./incidents/2026-11-21-cards/"
    told_first = text(cards).partition("We know the cause.")[0]
    assert "Identified · Critical impact" in told_first
    assert "Next update by 21 Nov 2026, 15:00 UTC." in told_first
    assert "Checkout (Major outage), API (Degraded performance)" in told_first
    assert "13:52 UTC" in told_first
    assert texts(cards, ".//article//h4") == ["Identified", "Investigating"]


def test_the_only_open_incident_does_not_say_again_what_the_page_begins_with() -> None:
    told_first = text(story(INDEX, "Card payments fail")).partition("We know the cause.")[0]
    assert "Identified · Critical impact" in told_first
    assert "Next update" not in told_first
    assert "Affected" not in told_first


@pytest.mark.parametrize("path", ["index.html", "incidents/odd/index.html"])
def test_an_incident_without_impact_tells_its_status_and_nothing_else(path: str) -> None:
    odd = told("odd", Update(at("2026-11-21T14:30"), Status.INVESTIGATING, "Odd", id="1"))
    document = page(view_of(odd), path)
    assert texts(document, "//p[@class='kicker']") == ["Investigating"]
    assert document.xpath("//p[@class='kicker']//svg/@class") == ["mark calm"]
    assert "impact" not in text(document).lower()


def test_a_past_incident_without_impact_has_no_word_for_it() -> None:
    odd = told("odd", Update(at("2026-11-21T14:30"), Status.RESOLVED, "Odd", id="1"))
    line = page(view_of(odd), "index.html").xpath("//article[@class='past']/p")[-1]
    assert text(line).startswith("Resolved · 21 Nov 2026")
    month = page(view_of(odd), "history/2026-11/index.html")
    assert texts(month, "//li/p[2]")[0].startswith("Resolved · 21 Nov 2026")


def test_maintenance_is_told_with_both_ends_of_its_window() -> None:
    section = INDEX.xpath("//section[@aria-labelledby='_maintenance']")[0]
    assert texts(section, ".//h3") == ["Work of running", "Work of ahead"]
    stamps = section.xpath(".//article[2]//time/@datetime")
    assert stamps == ["2026-11-24T22:00:00Z", "2026-11-25T00:30:00Z"]
    assert "24 Nov 2026, 22:00 UTC – 25 Nov 2026, 00:30 UTC" in text(section)
    assert "Reports pause." in text(section)


def test_many_planned_works_do_not_bury_the_components() -> None:
    plans = [
        told(
            f"plan-{n}",
            Update(
                at("2026-11-01T09:00"),
                Status.SCHEDULED,
                f"Plan {n}",
                scheduled=Window(at(f"2026-12-{n:02}T09:00"), at(f"2026-12-{n:02}T10:00")),
                id="1-scheduled",
            ),
            kind=Kind.MAINTENANCE,
        )
        for n in range(1, 13)
    ]
    section = page(view_of(*plans), "index.html").xpath(
        "//section[@aria-labelledby='_maintenance']"
    )[0]
    assert len(section.xpath("./article")) == 10
    assert section.xpath("./p/a/@href") == ["./maintenance/"]


# --- components


def test_components_stand_in_their_groups_in_the_order_of_the_plan() -> None:
    section = INDEX.xpath("//section[@aria-labelledby='_components']")[0]
    assert section.xpath("./ul/li/@id") == ["api"]
    groups = section.xpath("./details")
    assert [text(group.xpath("./summary/h3")[0]) for group in groups] == ["Shop", "Back office"]
    assert groups[0].xpath("./ul/li/@id") == ["web", "search"]
    assert texts(groups[0], "./details/summary/h4") == ["Payments"]
    assert groups[0].xpath("./details/ul/li/@id") == ["checkout"]
    assert groups[1].xpath("./ul/li/@id") == ["reports", "payouts"]


def test_retired_components_and_those_shown_only_in_trouble_are_left_out() -> None:
    assert not INDEX.xpath("//li[@id='fax' or @id='mail']")
    trouble = told(
        "mail",
        Update(at("2026-11-21T14:00"), Status.IDENTIFIED, "Mail", components={"mail": SLOW}),
    )
    assert page(view_of(trouble), "index.html").xpath("//li[@id='mail']")


def test_a_status_is_word_shape_and_colour() -> None:
    row = component(INDEX, "checkout")
    state = row.xpath(".//span[contains(@class, 'state')]")[0]
    assert text(state) == "Major outage"
    assert state.get("class") == "state major_outage"
    assert state.xpath("./svg/@class") == ["mark major_outage"]
    assert "since 21 Nov 2026, 14:22 UTC" in text(row)


def test_a_group_tells_the_worst_of_what_is_inside() -> None:
    shop, office = INDEX.xpath("//section[@aria-labelledby='_components']/details")
    assert "Major outage" in text(shop.xpath("./summary")[0])
    assert "Under maintenance" in text(office.xpath("./summary")[0])


def test_a_large_page_folds_groups_in_which_all_is_well() -> None:
    crowd = Components(
        groups=SHOP.groups,
        components=[
            *SHOP.components,
            *(Component(f"more-{n}", f"More {n}", "admin") for n in range(12)),
        ],
    )
    index = page(view_of(CARDS, components=crowd), "index.html")
    shop, office = index.xpath("//section[@aria-labelledby='_components']/details")
    assert shop.get("open") is not None
    assert shop.xpath("./details")[0].get("open") is not None
    assert office.get("open") is None


def test_a_small_page_shows_all_groups_open() -> None:
    index = page(view_of(), "index.html")
    assert all(group.get("open") is not None for group in index.xpath("//details"))


def test_ninety_bars_say_in_words_what_they_show() -> None:
    drawn = bars(INDEX, "api")
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == "The last 90 days: 4 days with trouble."
    planned = bars(INDEX, "reports").get("aria-label")
    assert planned == "The last 90 days: 2 days with maintenance."
    assert bars(INDEX, "web").get("aria-label") == "The last 90 days: Operational."


def test_every_day_has_a_text_and_a_place_in_the_drawing() -> None:
    for name in ("web", "checkout", "reports", "api"):
        drawn = bars(INDEX, name)
        lines = [line for path in drawn.xpath("./path/@d") for line in path[1:].split("M")]
        edges = sorted(tuple(map(float, line.replace(" ", "H").split("H"))) for line in lines)
        assert edges[0][0] == 0
        assert edges[-1][2] == 360
        assert all(before[2] == after[0] for before, after in pairwise(edges))
        assert len(titles(drawn)) == len(drawn.xpath("./path"))
    assert "8 Nov 2026: Partial outage, 1 hour 10 minutes" in titles(bars(INDEX, "api"))


def test_worse_days_have_higher_bars() -> None:
    heights = {
        path.get("class"): float(path.get("stroke-width"))
        for name in ("api", "checkout", "reports")
        for path in bars(INDEX, name).xpath("./path")
    }
    order = ["no_data", "operational", "under_maintenance", "degraded_performance"]
    order += ["partial_outage", "major_outage"]
    assert sorted(heights, key=heights.__getitem__) == order


def test_a_younger_component_says_since_when_and_has_no_data_before() -> None:
    row = component(INDEX, "reports")
    assert "100% uptime since 3 Oct 2026" in text(row)
    assert "No data" in titles(bars(INDEX, "reports"))
    days = component(INDEX, "reports").xpath(".//table//tr")[-1]
    assert text(days) == "24 Aug – 2 Oct 2026 No data"


def test_what_was_never_recorded_is_no_full_uptime() -> None:
    index = page(view_of(), "index.html")
    assert "No data yet" in text(component(index, "web"))
    assert "uptime" not in text(component(index, "web"))
    assert bars(index, "web").get("aria-label") == "The last 90 days: No data."


def test_less_than_a_day_is_too_short_for_a_figure() -> None:
    view = view_of(told("new", Update(at("2026-11-21T12:40"), Status.IDENTIFIED, "New", id="1")))
    for path in ("index.html", "components/web/index.html"):
        shown = page(view, path)
        assert "No uptime figure yet" in text(shown)
        assert "% uptime since 21 Nov" not in text(shown)


def test_uptime_is_never_rounded_up_to_the_whole() -> None:
    second = told(
        "blip",
        Update(at("2026-11-01T10:00"), Status.IDENTIFIED, "Blip", components={"web": DOWN}),
        Update(at("2026-11-01T10:01"), Status.RESOLVED, id="2"),
    )
    row = component(page(view_of(second, OVER, SEARCH, STORY[3]), "index.html"), "web")
    assert "99.99% uptime" in text(row)


def test_components_without_showcase_show_no_bars() -> None:
    assert not component(INDEX, "payouts").xpath(".//svg[starts-with(@class, 'bars')]")
    assert "uptime" not in text(component(INDEX, "payouts"))


def test_names_and_texts_cannot_write_html() -> None:
    evil = "\"><script>alert(1)</script><a href='javascript:1'>{{ 7*7 }}"
    crowd = Components(components=[replace(SHOP.components[1], group=None, name=evil)])
    view = view_of(
        replace(CARDS, updates=(replace(CARDS.updates[0], title=evil, body=evil),)),
        components=crowd,
        title=evil,
        description=evil,
    )
    index = page(view, "index.html")
    assert not index.xpath("//script[not(@src)] | //a[starts-with(@href, 'javascript')]")
    assert text(index).count("{{ 7*7 }}") >= 6
    assert evil in index.xpath("//title")[0].text
