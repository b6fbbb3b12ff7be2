"""Badges: the state of the page and of a component in a few hundred bytes."""

from __future__ import annotations

import json

import pytest
from feed_story import PARTLY, at, card_outage, planned_work, rendered, told, view_of
from lxml import etree

from hostile_texts import TEXTS
from statusbook.model.incident import Update
from statusbook.model.plan import Component
from statusbook.model.words import ComponentStatus, Status
from statusbook.render.badges import COLOURS, LABEL_COLOUR, badge_pages
from statusbook.render.view import View

SVG = "{http://www.w3.org/2000/svg}"


def badges(view: View) -> dict[str, bytes]:
    return rendered(badge_pages(view))


def test_the_page_and_each_component_in_use_have_both_forms() -> None:
    components = [
        Component("checkout", "Checkout"),
        Component("fax", "Fax", retired=at("00:00").date()),
    ]
    assert sorted(badges(view_of(components=components))) == [
        "badge.json",
        "badge.svg",
        "components/checkout/badge.json",
        "components/checkout/badge.svg",
    ]


@pytest.mark.parametrize(
    ("status", "message", "words"),
    [
        (ComponentStatus.OPERATIONAL, "Operational", "All Systems Operational"),
        (
            ComponentStatus.DEGRADED_PERFORMANCE,
            "Degraded performance",
            "Partially Degraded Service",
        ),
        (ComponentStatus.PARTIAL_OUTAGE, "Partial outage", "Partial System Outage"),
        (ComponentStatus.MAJOR_OUTAGE, "Major outage", "Major System Outage"),
    ],
)
def test_badges_say_the_state_in_words(status: ComponentStatus, message: str, words: str) -> None:
    one = Update(
        id="1-a", at=at("10:00"), status=Status.IDENTIFIED, components={"checkout": status}
    )
    files = badges(view_of(told("x", one)))
    shields = json.loads(files["components/checkout/badge.json"])
    assert shields == {
        "schemaVersion": 1,
        "label": "Checkout",
        "message": message,
        "color": COLOURS[status].removeprefix("#"),
        "labelColor": LABEL_COLOUR.removeprefix("#"),
    }
    assert json.loads(files["badge.json"])["message"] == words
    svg = etree.fromstring(files["components/checkout/badge.svg"])
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.findtext(f"{SVG}title") == f"Checkout: {message}"
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["Checkout", message]


def test_running_work_shows_in_its_own_colour() -> None:
    files = badges(view_of(planned_work(), now=at("2026-11-24T02:30")))
    assert json.loads(files["badge.json"])["message"] == "Service Under Maintenance"
    colour = COLOURS[ComponentStatus.UNDER_MAINTENANCE].removeprefix("#")
    assert json.loads(files["badge.json"])["color"] == colour
    assert json.loads(files["components/checkout/badge.json"])["color"] == colour


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*COLOURS.values(), LABEL_COLOUR])
def test_white_letters_stand_out_on_every_colour(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_hostile_names_stay_text_in_a_small_whole_badge() -> None:
    for text in TEXTS:
        files = badges(view_of(components=[Component("checkout", text)], title=text))
        for path, file in files.items():
            assert len(file) <= 2048
            if path.endswith(".json"):
                assert json.loads(file)["schemaVersion"] == 1
                continue
            svg = etree.fromstring(file)
            assert {etree.QName(element).localname for element in svg.iter()} <= {
                "svg", "title", "clipPath", "rect", "g", "text",
            }  # fmt: skip
            for element in svg.iter():
                assert not any(name.startswith("on") or "href" in name for name in element.attrib)
            assert b"url(" not in file.replace(b"url(#r)", b"") or b"url(" in text.encode()


def test_letters_fit_into_the_width_of_the_badge() -> None:
    for name in ("iiii", "MMMM", "Zażółć gęślą jaźń", "決済サービス", "x" * 100, ""):
        svg = etree.fromstring(badges(view_of(title=name))["badge.svg"])
        lengths = [int(text.get("textLength", "0")) for text in svg.iter(f"{SVG}text")]
        assert sum(lengths) + 20 == int(svg.get("width", "0"))
        assert len(svg.findtext(f".//{SVG}text") or "") <= 40


def test_only_badges_whose_state_changed_get_a_new_key() -> None:
    one = Update(id="1-a", at=at("10:00"), status=Status.IDENTIFIED, components={"api": PARTLY})
    before, after = view_of(card_outage()), view_of(card_outage(), told("x", one))
    old = {page.path: page.key for page in badge_pages(before)}
    changed = {page.path for page in badge_pages(after) if page.key != old[page.path]}
    assert changed <= {
        "badge.svg",
        "badge.json",
        "components/api/badge.svg",
        "components/api/badge.json",
    }
    assert "components/api/badge.svg" in changed


def test_words_are_in_the_language_of_the_page() -> None:
    files = badges(view_of(language="pl"))
    assert json.loads(files["components/api/badge.json"])["message"] == "Działa"
