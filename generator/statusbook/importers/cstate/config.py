"""The configuration of a cState site -> the page's settings, groups and systems."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from statusbook.importers.foreign import UnusableError, read_text
from statusbook.importers.report import Account, Ending, Entry
from statusbook.model.parts import Link
from statusbook.model.zone import zone
from statusbook.read.faults import Faults
from statusbook.read.nodes import Mapping, Node, Scalar, Sequence, parse_yaml

MOST: Final = 256 * 1024
_ENDINGS: Final = ("toml", "yaml", "yml")
PLACES: Final = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in _ENDINGS
)
_PARAMS: Final = tuple(f"config/_default/params.{ending}" for ending in _ENDINGS)
_REPEATED: Final = "E115"


class Category(NamedTuple):
    """A category of systems; `untitled` ones only set systems apart."""

    name: str
    description: str | None
    untitled: bool


class System(NamedTuple):
    """A system: `name` is what issues call it, `title` what readers see."""

    name: str
    title: str
    description: str | None
    category: str


class Site(NamedTuple):
    """What a configuration says; `languages` maps a content folder to its language.

    `known` says that it is one of cState's: other sites are made with Hugo, too.
    """

    title: str = ""
    url: str = ""
    description: str | None = None
    language: str = "en"
    zone: tzinfo = UTC
    zone_name: str = "Etc/UTC"
    links: tuple[Link, ...] = ()
    categories: tuple[Category, ...] = ()
    systems: tuple[System, ...] = ()
    languages: dict[str, str] = {}  # noqa: RUF012 - never changed
    known: bool = False


def read_site(folder: Path, account: Account) -> Site:
    """Read the site's configuration; an empty one, with a warning, where there is none."""
    for place in PLACES:
        path = folder / place
        if path.is_file() or path.is_symlink():
            account.saw(place)
            settings = _settings(path, place, account)
            if settings is None:
                return Site()
            if place.startswith("config/"):
                settings.setdefault("params", {}).update(_more_params(folder, account))
            account.ends(Entry(place, Ending.PLAN))
            return _site(settings, place, account)
    text = "is not there, nor config.toml or hugo.toml: systems are taken from the issues"
    account.warn("config.yml", text)
    return Site()


def plain_value(node: Node | None) -> Any:  # noqa: ANN401
    """Turn a tree of YAML into dicts, lists and texts; keys in lower case, as Hugo takes them."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Mapping):
        return {key.lower(): plain_value(value) for key, (_, value) in node.entries.items()}
    return [plain_value(child) for child in node.children]


def parse_settings(text: str, source: str, account: Account, first_line: int = 1) -> Node | None:
    """Parse foreign YAML with the book's guard; of a repeated key the last counts, as in Hugo.

    Raises:
        UnusableError: it cannot be read.
    """
    faults = Faults(source)
    node = parse_yaml(text, faults, first_line)
    for problem in faults.found:
        if problem.code == _REPEATED:
            account.warn(source, f"{problem.message}: the last one counts", problem.location.line)
        else:
            message = f"{problem.message}: {problem.hint}" if problem.hint else problem.message
            raise UnusableError(message, problem.location.line)
    return node


def parse_toml(text: str, source: str, account: Account, first_line: int = 1) -> Node | None:
    """Parse foreign TOML as if it were YAML; the line of every value is the first one.

    Raises:
        UnusableError: it cannot be read.
    """
    del source, account
    return _node(_toml(text), first_line)


def _node(value: Any, line: int) -> Node:  # noqa: ANN401
    if isinstance(value, dict):
        mapping = Mapping(line, 1)
        for key, one in value.items():
            mapping.entries[key] = (Scalar(key, line, 1, plain=True), _node(one, line))
        return mapping
    if isinstance(value, list):
        sequence = Sequence(line, 1)
        sequence.children = [_node(one, line) for one in value]
        return sequence
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Scalar(text, line, 1, plain=False)


def _settings(path: Path, place: str, account: Account) -> dict[str, Any] | None:
    """Read one file of settings; None, told in the account, where it cannot be read."""
    try:
        text = read_text(path, MOST).text
        parse = parse_toml if path.suffix == ".toml" else parse_settings
        found = plain_value(parse(text, place, account))
    except UnusableError as error:
        account.leave_out(place, str(error), error.line)
        return None
    if isinstance(found, dict):
        return found
    account.leave_out(place, "holds no settings")
    return None


def _more_params(folder: Path, account: Account) -> dict[str, Any]:
    for place in _PARAMS:
        if (folder / place).is_file():
            account.saw(place)
            account.ends(Entry(place, Ending.PLAN))
            return _settings(folder / place, place, account) or {}
    return {}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableError(f"is not readable as TOML: {error}") from error
    except RecursionError as error:
        raise UnusableError("is nested too deep") from error


def _site(settings: dict[str, Any], place: str, account: Account) -> Site:
    params = settings.get("params")
    params = params if isinstance(params, dict) else {}
    url = _text(settings, "baseurl").rstrip("/")
    zone_name = _text(settings, "timezone") or _text(params, "timezone") or "Etc/UTC"
    try:
        rules: tzinfo = zone(zone_name)
    except ValueError:
        account.warn(place, f'the time zone "{zone_name}" is not known: times are taken as UTC')
        zone_name, rules = "Etc/UTC", UTC
    language = (_text(settings, "defaultcontentlanguage") or _text(settings, "languagecode"))[:2]
    _warn_of_words(language, place, account)
    return Site(
        title=_text(settings, "title"),
        url=url if urlsplit(url).scheme in {"http", "https"} else "",
        description=_plain(params),
        language=language or "en",
        zone=rules,
        zone_name=zone_name,
        links=tuple(_links(params, url)),
        categories=tuple(_categories(params)),
        systems=tuple(_systems(params)),
        languages=_languages(settings),
        known=_is_of_cstate(settings, params),
    )


def _warn_of_words(language: str, place: str, account: Account) -> None:
    """Say where a page keeps a language that its own words do not have."""
    from statusbook.render.locales import is_english  # late, as not every site has one
    from statusbook.render.words import words_of

    if language and not is_english(language) and is_english(words_of(language, "UTC").language):
        text = f'there is no catalogue for the language "{language}": '
        account.warn(place, f"{text}the page's own words are English")


def _is_of_cstate(settings: dict[str, Any], params: dict[str, Any]) -> bool:
    own = (_records(params, "systems"), _records(params, "categories"))
    return any(map(any, own)) or "cstate" in str(settings.get("theme")).lower()


def _categories(params: dict[str, Any]) -> Iterator[Category]:
    for one in _records(params, "categories"):
        if name := _text(one, "name"):
            yield Category(name, _plain(one), _flag(one, "untitled"))


def _systems(params: dict[str, Any]) -> Iterator[System]:
    for one in _records(params, "systems"):
        if name := _text(one, "name"):
            title = _text(one, "displayname") or name
            yield System(name, title, _plain(one), _text(one, "category"))


def _links(params: dict[str, Any], url: str) -> Iterator[Link]:
    for one in _records(params, "customtabs"):
        address = urljoin(f"{url}/", _text(one, "link").lstrip("/"))
        if urlsplit(address).scheme in {"http", "https"} and _text(one, "name"):
            yield Link(name=_text(one, "name"), url=address)


def _languages(settings: dict[str, Any]) -> dict[str, str]:
    """Map the folders of a site in several languages to their languages."""
    languages = settings.get("languages")
    found: dict[str, str] = {}
    if isinstance(languages, dict):
        for code, one in languages.items():
            folder = _text(one, "contentdir") if isinstance(one, dict) else ""
            found[(folder or f"content/{code}").strip("/")] = code
    return found


def _records(params: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    rows = params.get(key)
    if isinstance(rows, list):
        yield from (row for row in rows if isinstance(row, dict))


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _plain(record: dict[str, Any]) -> str | None:
    """Return what a description in Markdown says, on one line; our descriptions are plain text."""
    from statusbook.render.markdown import text_of  # late: not every site has one

    return " ".join(text_of(_text(record, "description")).split()) or None


def _flag(record: dict[str, Any], key: str) -> bool:
    return _text(record, key).lower() in {"true", "yes", "on"}
