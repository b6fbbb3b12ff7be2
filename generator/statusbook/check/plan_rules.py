"""The plan's records -> what does not hold among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from statusbook.check.brand_rules import check_brand
from statusbook.check.circles import circles
from statusbook.check.incident_rules import mixes_alphabets
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components, StatusPage
from statusbook.model.zone import zone
from statusbook.problems import Level, Location, Problem, did_you_mean
from statusbook.read.names import is_device
from statusbook.read.plan import COMPONENTS, STATUS_PAGE

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
_NO_ADDRESS = re.compile(r"[\s\"<>\\`]")
"""What stands in no address."""
MAX_ID: Final = 100
INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u2060-\u2064\u00ad\n\t]"
    # joiners shape Persian words and emoji, and nothing else
    "|(?:^|[\0-\u024f])[\u200c\u200d]"
)
TAKEN: Final = frozenset(
    {"api", "assets", "components", "history", "incidents", "maintenance", "metrics", "subscribe"}
)


def check_status_page(page: StatusPage) -> list[Problem]:
    """Return everything in plan/status-page.yml that breaks a rule."""
    return [problem for rule in PAGE_RULES for problem in rule(page)]


def check_components(components: Components, *, whole: bool = True) -> list[Problem]:
    """Return everything in plan/components.yml that breaks a rule.

    Args:
        components: Those that could be read.
        whole: Whether these are all; else one may be named that is not among them.
    """
    rules = (*COMPONENT_RULES, groups_exist) if whole else COMPONENT_RULES
    return [problem for rule in rules for problem in rule(components)]


def addresses_are_whole(page: StatusPage) -> Iterator[Problem]:
    """The page, its links and its hosts have absolute web addresses."""
    parts = _parts(page.url)
    if (
        parts is None
        or parts.scheme not in {"https", "http"}
        or parts.username is not None
        or parts.query
        or parts.fragment
    ):
        hint = "write the address of the public page, as https://status.example.com"
        yield _in_page(
            page.lines.get("url", 1), "E401", f'"{page.url}" is not the address of a page', hint
        )
    for link in (*page.links, *page.subscribe, *page.hosts):
        if _parts(link.url) is None:
            hint = "write the whole of it, as https://help.example.com/ or mailto:help@example.com"
            yield _in_page(
                link.line, "E401", f'"{link.url}" is not an address that a page may link to', hint
            )


def the_feed_id_is_an_address(page: StatusPage) -> Iterator[Problem]:
    """`feed_id` is a URI: it begins the id of every entry, and Atom wants URIs (RFC 4287 4.2.6)."""
    if not _URI.fullmatch(page.feed_id):
        hint = "write tag:<your domain>,<year>:status and never change it"
        yield _in_page(
            page.lines.get("feed_id", 1),
            "E402",
            f'"{page.feed_id}" cannot begin the ids of feed entries',
            hint,
        )


def the_zone_exists(page: StatusPage) -> Iterator[Problem]:
    """`time_zone` is a name of the IANA time zone database."""
    try:
        zone(page.time_zone)
    except (LookupError, ValueError, OSError):
        hint = "write a name of the time zone database, as Europe/Warsaw or Etc/UTC"
        yield _in_page(
            page.lines.get("time_zone", 1), "E403", f'"{page.time_zone}" is not a time zone', hint
        )


def languages_are_codes(page: StatusPage) -> Iterator[Problem]:
    """Each language is a code that no other folder of the page has, and stands once."""
    for language in (page.language, *page.languages):
        if not is_language(language):
            hint = "write a code as en, pl or pt-BR"
            field = "language" if language == page.language else "languages"
            yield _in_page(
                page.lines.get(field, 1),
                "E404",
                f'"{language}" is not the code of a language',
                hint,
            )
    for language in {
        one for one in page.languages if [page.language, *page.languages].count(one) > 1
    }:
        hint = "`languages` lists those besides `language`"
        yield _in_page(
            page.lines.get("languages", 1), "E404", f'the language "{language}" stands twice', hint
        )


def is_language(code: str) -> bool:
    """Whether a text can be the code of a language, and no other folder of the page."""
    return _LANGUAGE.fullmatch(code) is not None and code not in TAKEN


def ids_are_short_words(components: Components) -> Iterator[Problem]:
    """Ids of groups and components are lower-case words joined by `-`."""
    for one in _named(components):
        if not is_id(one.id):
            hint = f"use a-z, 0-9 and single -, as in card-payments; at most {MAX_ID} characters"
            yield _in_components(one.line, "E405", f'"{one.id}" cannot be an id', hint)


def is_id(text: str) -> bool:
    """Whether a text is lower-case words joined by `-`, and can be the name of a folder."""
    return _ID.fullmatch(text) is not None and len(text) <= MAX_ID and not is_device(text)


def ids_stand_once(components: Components) -> Iterator[Problem]:
    """No two of the components and groups have one id, here or for clients of the API."""
    ids: dict[str, Component | Group] = {}
    api_ids: dict[str, Component | Group] = {}
    listed: list[Component | Group] = [*components.components, *components.groups]
    for one in listed:
        other = ids.setdefault(one.id, one)
        if other is not one:
            message = f"{_called(one)} has the id of {_called(other)} on line {other.line}"
            if type(one) is type(other):
                message = f"{_called(one)} stands twice, here and on line {other.line}"
            yield _in_components(one.line, "E406", message, "rename one of them")
            continue
        api_id = one.api_id or one.id
        other = api_ids.setdefault(api_id, one)
        if other is not one:
            message = (
                f"{_called(one)} and {_called(other)} on line {other.line}"
                f' have the same id in the API ("{api_id}")'
            )
            yield _in_components(one.line, "E406", message, "give each its own `api_id`")


def groups_exist(components: Components) -> Iterator[Problem]:
    """The group that a component or a group names is listed; no group lies in itself."""
    groups = {group.id: group for group in components.groups}
    for one in _named(components):
        if one.group is not None and one.group not in groups:
            hint = did_you_mean(one.group, groups) or "list it under `groups:`"
            message = f'"{one.group}" is not a group (in "{one.id}")'
            yield _in_components(one.line, "E407", message, hint)
    for circle in circles(
        {group.id: [group.group] if group.group else [] for group in groups.values()}
    ):
        message = "groups lie in each other: " + " in ".join(circle)
        yield _in_components(groups[circle[0]].line, "E408", message, "take one `group:` out")


def dependencies_end(components: Components) -> Iterator[Problem]:
    """No component depends on itself in the end; what it depends on need not be a component."""
    for circle in circles({one.id: one.depends_on for one in components.components}):
        message = "components depend on each other: " + " on ".join(circle)
        line = next(one.line for one in components.components if one.id == circle[0])
        yield _in_components(line, "E408", message, "take one `depends_on` out")


def components_retire_after_they_began(components: Components) -> Iterator[Problem]:
    """`retired` is not before `since`."""
    for component in components.components:
        if component.since and component.retired and component.retired < component.since:
            message = f'"{component.id}" is retired before it began'
            yield _in_components(component.line, "E409", message, "check `since` and `retired`")


def retirements_lie_behind(components: Components, today: date) -> Iterator[Problem]:
    """A retired component has left the page; one that will leave it has no such day yet."""
    for component in components.components:
        # the day may have come elsewhere
        if component.retired and component.retired > today + timedelta(days=1):
            message = f'"{component.id}" is retired on a day to come ({component.retired})'
            hint = "write `retired` when it leaves the page: it leaves with this line"
            yield _in_components(component.line, "E411", message, hint)


def names_can_be_read(components: Components) -> Iterator[Problem]:
    """Names hold no invisible characters and no look-alike letters of other alphabets."""
    for one in _named(components):
        if INVISIBLE.search(one.name):
            message = f'a character that cannot be seen, a tab or a second line (in "{one.id}")'
            yield _in_components(one.line, "E410", message, "type the name anew, on one line")
        for word in one.name.split():
            if mixes_alphabets(word):
                message = f'"{word}" mixes letters of several alphabets (in "{one.id}")'
                yield _in_components(one.line, "E313", message, "type the name anew", Level.WARNING)


def titles_are_one_line(page: StatusPage) -> Iterator[Problem]:
    """The page's title and the names of its links are one line without invisible characters."""
    named = [(page.title, page.lines.get("title", 1))]
    named += [(link.name, link.line) for link in (*page.links, *page.subscribe, *page.hosts)]
    for name, line in named:
        if has_invisible(name):
            message = "a character that cannot be seen, a tab or a second line in a name"
            yield _in_page(line, "E410", message, "type the name anew, on one line")


def has_invisible(name: str) -> bool:
    """Whether a name holds what cannot be seen, a tab or a second line."""
    return INVISIBLE.search(name) is not None


PAGE_RULES: Final[tuple[Callable[[StatusPage], Iterator[Problem]], ...]] = (
    addresses_are_whole,
    the_feed_id_is_an_address,
    the_zone_exists,
    languages_are_codes,
    titles_are_one_line,
    check_brand,
)
COMPONENT_RULES: Final[tuple[Callable[[Components], Iterator[Problem]], ...]] = (
    ids_are_short_words,
    ids_stand_once,
    dependencies_end,
    components_retire_after_they_began,
    names_can_be_read,
)


def _parts(address: str) -> SplitResult | None:
    """Cut a web or mail address into parts; None where it is none."""
    if _NO_ADDRESS.search(address):
        return None
    try:
        parts = urlsplit(address)
        # reading the port raises where it is none
        is_web = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    is_mail = parts.scheme == "mailto" and "@" in parts.path
    return parts if is_web or is_mail else None


def _called(one: Component | Group) -> str:
    kind = "component" if isinstance(one, Component) else "group"
    return f'the {kind} "{one.id}"'


def _named(components: Components) -> Iterator[Group | Component]:
    yield from components.groups
    yield from components.components


def _in_page(line: int, code: str, message: str, hint: str, level: Level = Level.ERROR) -> Problem:
    return Problem(Location(STATUS_PAGE, line), code, message, hint, level)


def _in_components(
    line: int, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Problem:
    return Problem(Location(COMPONENTS, line), code, message, hint, level)
