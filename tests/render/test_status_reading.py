"""What helps who reads with a small screen, or with the ears."""

from __future__ import annotations

import pytest
from status_story import STORY, at, page, text, told, view_of

from statusbook.model.incident import Update
from statusbook.model.words import Status

INDEX = page(view_of(*STORY), "index.html")


@pytest.mark.parametrize("path", ["index.html", "incidents/odd/index.html"])
def test_a_long_title_is_set_smaller(path: str) -> None:
    for title, look in (("Odd " * 21, "long"), ("Odd", None)):
        odd = told("odd", Update(at("2026-11-21T14:30"), Status.INVESTIGATING, title, id="1"))
        [heading] = page(view_of(odd), path).xpath("//h1[starts-with(., 'Odd')] | //article/h3")
        assert heading.get("class") == look


def test_links_of_one_name_lead_to_one_place() -> None:
    places: dict[str, set[str]] = {}
    for link in INDEX.xpath("//main//a[not(ancestor::*[@hidden or @class='entry-head'])]"):
        places.setdefault(text(link), set()).add(link.get("href").removeprefix("./"))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_open_incidents_have_a_heading_that_is_heard_and_their_own_stand_below() -> None:
    section = INDEX.xpath("//section[@aria-labelledby='_active']")[0]
    [heading] = section.xpath("./h2[@id='_active']")
    assert (heading.get("class"), text(heading)) == ("unseen", "Active incidents")
    assert section.xpath("./article/h3")
    assert section.xpath("./article//article//h4")
    assert not section.xpath(".//article//h2")


def test_the_ends_of_the_scale_are_only_seen() -> None:
    for scale in INDEX.xpath("//span[@class='scale']"):
        assert [one.get("aria-hidden") for one in scale] == ["true", None, "true"]
