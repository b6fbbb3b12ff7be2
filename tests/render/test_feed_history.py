"""`history.rss` and `history.atom`, as programs that read Statuspage's expect them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from feed_story import ATOM, at, card_outage, contents, feeds, parsed, planned_work, told, view_of
from lxml import etree

from statusbook.model.incident import Update, Window
from statusbook.model.words import Kind, Status


def local_names(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_atom_has_the_elements_of_statuspage_in_its_order() -> None:
    root = etree.fromstring(feeds(view_of(card_outage()))["history.atom"])
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert local_names(root) == ["id", "link", "link", "title", "updated", "author", "entry"]
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["alternate", "self"]
    assert root.findtext(f"{ATOM}title") == "Harbourlight status - Incident History"
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert local_names(entry) == ["id", "published", "updated", "link", "title", "content"]
    link, content = entry.find(f"{ATOM}link"), entry.find(f"{ATOM}content")
    assert link is not None
    assert content is not None
    assert dict(link.attrib) == {
        "rel": "alternate",
        "type": "text/html",
        "href": "https://status.example.com/incidents/2026-11-21-cards/",
    }
    assert content.get("type") == "html"
    assert entry.findtext(f"{ATOM}title") == "Payments by card fail"


def test_rss_has_the_elements_of_statuspage_in_its_order() -> None:
    channel = etree.fromstring(feeds(view_of(card_outage(), planned_work()))["history.rss"])[0]
    names = [name for name in local_names(channel) if name != "language"]
    assert names == ["title", "link", "description", "link", "pubDate", "item", "item"]
    planned, cards = channel.findall("item")
    assert local_names(planned) == [
        "title", "description", "pubDate", "maintenanceEndDate", "link", "guid",
    ]  # fmt: skip
    assert local_names(cards) == ["title", "description", "pubDate", "link", "guid"]
    guid = cards.find("guid")
    assert guid is not None
    assert not guid.attrib
    assert guid.text == cards.findtext("link")
    assert planned.findtext("maintenanceEndDate") == "Tue, 24 Nov 2026 03:00:00 +0000"


def test_atom_knows_an_incident_by_an_id_that_no_move_changes() -> None:
    moved = feeds(view_of(card_outage(), url="https://status.example.org"))["history.atom"]
    entry = parsed(moved).entries[0]
    assert entry.id == "tag:status.example.com,2026:status:Incident/2026-11-21-cards"
    assert entry.link == "https://status.example.org/incidents/2026-11-21-cards/"


def test_content_tells_all_updates_newest_first_in_statuspage_s_markup() -> None:
    content = contents(feeds(view_of(card_outage()))["history.rss"])[0]
    begin = "<p> <small>Nov <var data-var='date'>21</var>, <var data-var='time'>"
    end = "</var> UTC</small><br> "
    assert content == (
        f"{begin}14:20{end}<strong>Correction</strong> - It was another cause. </p>"
        f" {begin}14:20{end}<strong>Identified</strong> - We know the cause: </p>"
        " <ul>\n<li>one</li>\n<li>two</li>\n</ul>"
        f" {begin}14:05{end}<strong>Investigating</strong> - "
        "Some customers see an <strong>error</strong>.<br><br>Bank transfers work. </p>"
    )


# How two programs in the wild find the state and the time of an update.
LABEL = re.compile(r"<strong>([A-Z][a-z ]+)</strong> - ")
TIME = re.compile(
    r"<small>(\w{3}) +<var data-var='date'> ?(\d+)</var>, <var data-var='time'>([\d:]+)</var> (\w+)"
)


def test_expressions_that_read_statuspage_s_feeds_read_ours() -> None:
    early = told(
        "early",
        Update(id="1-a", at=at("2026-11-08T09:05"), title="E", status=Status.INVESTIGATING),
        Update(id="2-b", at=at("2026-11-08T10:00"), body="Still."),
        Update(id="3-c", at=at("2026-11-08T11:00"), status=Status.RESOLVED, body="Over."),
    )
    content = contents(feeds(view_of(early))["history.atom"])[0]
    assert LABEL.findall(content) == ["Resolved", "Update", "Investigating"]
    assert TIME.findall(content)[2] == ("Nov", "8", "09:05", "UTC")
    assert "<var data-var='date'> 8</var>" in content


ONE_DAY = (
    "Nov <var data-var='date'>24</var>, <var data-var='time'>02:00</var> - "
    "<var data-var='time'>03:00</var> UTC"
)
TWO_DAYS = (
    "Nov <var data-var='date'>23</var>, <var data-var='time'>21:00</var> EST &nbsp;-&nbsp; "
    "Nov <var data-var='date'>24</var>, <var data-var='time'>20:00</var> EST"
)


@pytest.mark.parametrize(
    ("until", "zone", "span"),
    [
        ("2026-11-24T03:00", "Etc/UTC", ONE_DAY),
        ("2026-11-25T01:00", "America/New_York", TWO_DAYS),
    ],
)
def test_planned_work_is_announced_with_its_window(until: str, zone: str, span: str) -> None:
    work = told(
        "work",
        Update(
            id="1-scheduled",
            at=at("2026-11-18T10:30"),
            title="Work",
            status=Status.SCHEDULED,
            scheduled=Window(at("2026-11-24T02:00"), at(until)),
        ),
        kind=Kind.MAINTENANCE,
    )
    content = contents(feeds(view_of(work, time_zone=zone))["history.rss"])[0]
    prefix = f"<p><strong>THIS IS A SCHEDULED EVENT {span}</strong></p> "
    assert content.startswith(prefix)


def test_an_incident_has_the_date_of_its_newest_update_and_work_ahead_that_of_its_start() -> None:
    found = parsed(feeds(view_of(card_outage(), planned_work()))["history.atom"])
    assert [(entry.published, entry.updated) for entry in found.entries] == [
        ("2026-11-24T02:00:00Z", "2026-11-18T10:30:00Z"),
        ("2026-11-21T14:20:00Z", "2026-11-21T14:20:00Z"),
    ]
    now = at("2026-11-24T05:00")
    found = parsed(feeds(view_of(card_outage(), planned_work(), now=now))["history.atom"])
    assert found.entries[0].published == "2026-11-24T03:00:00Z"


def test_the_newest_twenty_five_are_listed() -> None:
    many = [
        told(f"i{n:02}", Update(id="1-a", at=at("10:00") - timedelta(days=n), title=f"{n}"))
        for n in range(40)
    ]
    for path in ("history.rss", "history.atom"):
        found = parsed(feeds(view_of(*many))[path])
        assert [entry.title for entry in found.entries] == [f"{n}" for n in range(25)]


def test_a_withdrawn_update_says_why_and_no_longer_what() -> None:
    story = told(
        "x",
        Update(id="1-a", at=at("10:00"), title="X", status=Status.INVESTIGATING, body="First."),
        Update(id="2-b", at=at("11:00"), retracted="posted to the <wrong> page", body="Secret."),
    )
    content = contents(feeds(view_of(story))["history.rss"])[0]
    assert "<strong>Withdrawn</strong> - posted to the &lt;wrong&gt; page </p>" in content
    assert "Secret" not in content


BODIES = ["a\n\n- b\n\nc", "# a", "", "| a |\n|---|", "a\n\nb\n\n> c", "<!-- a -->"]


@pytest.mark.parametrize("body", BODIES)
def test_blocks_of_a_text_never_lie_within_a_paragraph(body: str) -> None:
    story = told("x", Update(id="1-a", at=at("10:00"), status=Status.INVESTIGATING, body=body))
    content = contents(feeds(view_of(story))["history.rss"])[0]
    outside = re.sub("<p>(?:(?!</?(?:p|ul|ol|h3|table|blockquote)>).)*</p>", "", content)
    assert not re.search("</?p>", outside)
