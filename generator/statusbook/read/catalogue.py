"""One catalogue of the owner's -> what cannot be read in it, and what does not fit the pages.

Babel reads it, and is imported here alone, when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import statusbook
from statusbook.read.faults import Faults

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LOCALE: Final = Path(statusbook.__file__).parent / "locale"
TEMPLATE: Final = LOCALE / "statusbook.pot"
"""Every message of the pages, made by `make messages`."""

_PLACE: Final = re.compile(r"\{(\w+)\}")
_LINE: Final = re.compile(
    r'(?P<key>msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]|)\s*"(?P<text>(?:[^"\\]|\\.)*)"'
)
_FORM: Final = re.compile(r"\s*msgstr\[(\d)\]")
_COPY_RULE: Final = "copy `Plural-Forms` from a catalogue of this language, or leave it out"
_COUNTED: Final = 200
"""The rule for plurals is tried with every number up to this one."""


def check_catalogue(text: str, language: str, faults: Faults, templates: str) -> None:
    """Report what cannot be read, and translations that do not fit their originals.

    Args:
        text: The catalogue.
        language: The code of the language that its name says.
        faults: Where problems are kept.
        templates: The texts of the owner's templates, which may have words of their own.
    """
    catalogue = _parsed(text, language, faults)
    if catalogue is None:
        return
    known = _known()
    translated: set[str] = set()
    unsure: list[Message] = []
    for message in catalogue:
        if not message.id or not any(_strings(message)):
            continue
        line = message.lineno or 1
        original = _originals(message)[0]
        if message.fuzzy:
            unsure.append(message)
            continue
        if original not in known and original not in templates:
            near = get_close_matches(original, known, 1)
            hint = f'did you mean "{near[0]}"?' if near else "copy the originals of the template"
            faults.warning(line, "E442", f'the pages do not say "{original}"', hint)
            continue
        translated.add(original)
        for wrong, hint in _misfits(message, catalogue.num_plurals):
            faults.error(line, "E441", f'the translation of "{original}" {wrong}', hint)
    if unsure:
        said = f"{len(unsure)} translations are marked as fuzzy: they are left out"
        if len(unsure) == 1:
            said = "this translation is marked as fuzzy: it is left out"
        hint = "look at each, then delete `fuzzy` above it"
        faults.warning(unsure[0].lineno or 1, "E443", said, hint)
    if not _is_shipped(language):
        _tell_missing(sorted(known - translated), faults)


def _tell_missing(missing: list[str], faults: Faults) -> None:
    """Warn of messages that the catalogue of a language lacks for which we have no words."""
    if missing:
        listed = ", ".join(f'"{one}"' for one in missing[:3]) + ", …" * (len(missing) > 3)
        said = f"messages of the pages that are not translated, and stay English: {len(missing)}"
        faults.warning(1, "E444", said, f"translate them too: {listed}")


def _parsed(text: str, language: str, faults: Faults) -> Catalog | None:
    if not _is_well_formed(text, faults):
        return None
    from io import StringIO

    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(StringIO(text), locale=language.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        if not _has_form_too_many(text, error.lineno, error.catalog.num_plurals, faults):
            hint = "look at this entry in an editor for `.po` files, such as Poedit"
            faults.error(error.lineno + 1, "E440", "this is no catalogue of gettext", hint)
        return None
    except (ValueError, LookupError):
        line = _line_of("Plural-Forms", text)
        faults.error(line, "E440", "`Plural-Forms` is no rule", _COPY_RULE)
        return None
    _check_language(text, language, faults)
    return catalogue if _counts(catalogue, text, faults) else None


def _has_form_too_many(text: str, begun: int, forms: int, faults: Faults) -> bool:
    """Report the first form of an entry that the language does not count with."""
    for number, line in enumerate(text.splitlines()[begun:], begun + 1):
        found = _FORM.match(line)
        if found and int(found[1]) >= forms:
            said = f"msgstr[{found[1]}] is a form too many: this language has {forms}"
            hint = "delete it, or write the `Plural-Forms` of your language at the top"
            faults.error(number, "E441", said, hint)
            return True
    return False


def _check_language(text: str, language: str, faults: Faults) -> None:
    """Warn where the catalogue names another language than its file."""
    found = re.search(r'^"Language:\s*([A-Za-z_@-]+)\s*\\n"', text, re.MULTILINE)
    if found and re.split("[-_@]", found[1])[0].lower() != language.partition("-")[0]:
        line = text.count("\n", 0, found.start()) + 1
        said = f'the catalogue says that it is in "{found[1]}", its name that it is in "{language}"'
        faults.warning(line, "E445", said, f'write "Language: {language}\\n", or rename the file')


def _counts(catalogue: Catalog, text: str, faults: Faults) -> bool:
    """Whether the rule for plurals leads every number to a form that exists."""
    from gettext import c2py

    line = _line_of("Plural-Forms", text)
    try:
        rule = c2py(catalogue.plural_expr)
    except (ValueError, RecursionError):
        faults.error(line, "E440", "`Plural-Forms` is no rule", _COPY_RULE)
        return False
    for n in range(_COUNTED + 1):
        try:
            form = rule(n)
        except ZeroDivisionError:
            faults.error(line, "E440", f"`Plural-Forms` divides by zero for {n}", _COPY_RULE)
            return False
        if not 0 <= form < catalogue.num_plurals:
            said = f"`Plural-Forms` leads {n} to form {form}, and has {catalogue.num_plurals}"
            faults.error(line, "E440", said, _COPY_RULE)
            return False
    return True


def _line_of(header: str, text: str) -> int:
    """Return the line of a header, 1 where it is not written."""
    found = re.search(rf'^"{header}:', text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _is_well_formed(text: str, faults: Faults) -> bool:
    """Whether every line is one of a catalogue, and no original stands twice."""
    first: dict[str, int] = {}
    original, begun = "", 0
    for number, written in enumerate([*text.splitlines(), 'msgstr ""'], 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            hint = 'write `msgid "…"` and below it `msgstr "…"`; a quote inside is written \\"'
            faults.error(number, "E440", "not a line of a catalogue", hint)
            continue
        if match["key"] == "msgid":
            original, begun = match["text"], number
        elif not match["key"] and begun:
            original += match["text"]
        elif begun:
            if first.setdefault(original, begun) != begun:
                message = f"this stands on line {first[original]} already"
                faults.error(begun, "E440", message, "delete one of the two")
            begun = 0
    return not faults.errors


def _misfits(message: Message, forms: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a translation, and how to write it right."""
    strings = _strings(message)
    wanted = 1 if isinstance(message.id, str) else forms
    if len(strings) != wanted or not all(strings):
        hint = f"write msgstr[0] to msgstr[{wanted - 1}]"
        yield f"has not the {wanted} forms of this language", hint
        return
    places = [{*_PLACE.findall(original)} for original in _originals(message)]
    if len(places) > 1:  # a form that stands for one number need not say it
        places.append(places[-1] - {"n"})
    for string in strings:
        found = {*_PLACE.findall(string)}
        if found not in places or re.search(r"[{}]", _PLACE.sub("", string)):
            named = sorted(set[str]().union(*places))
            listed = ", ".join(f"{{{place}}}" for place in named) or "no braces"
            yield "has other places than that", f"write the same places: {listed}"
            return


def _originals(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string or ()
    return (string,) if isinstance(string, str) else tuple(string)


def _is_shipped(language: str) -> bool:
    """Whether we have words of a language, under which the owner's lie."""
    codes = ("en", *(path.parent.parent.name for path in LOCALE.glob("*/*/statusbook.po")))
    return bool({language.replace("-", "_"), language.partition("-")[0]} & {*codes})


@cache
def _known() -> frozenset[str]:
    """Return the originals of all messages."""
    from babel.messages.pofile import read_po

    with TEMPLATE.open("rb") as source:
        return frozenset(_originals(message)[0] for message in read_po(source) if message.id)
