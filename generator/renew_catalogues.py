"""The messages of modules and templates -> the template of catalogues, and each catalogue renewed.

Run by `make messages`. What is translated stays, what the pages no longer say goes, what is new
waits with an empty translation; a test fails until it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

PACKAGE: Final = Path(__file__).parent / "statusbook"
LOCALE: Final = PACKAGE / "locale"
TEMPLATE: Final = LOCALE / "statusbook.pot"

_IN_PYTHON: Final = {
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "phrase": (2,),
    "text": (1,),
}
_IN_TEMPLATES: Final = ("_", "gettext", "ngettext")
# dates and names that would change with every run
_VOLATILE: Final = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    rb"|Project-Id-Version|Report-Msgid-Bugs-To): .*\n",
    re.MULTILINE,
)


def messages() -> Iterator[str | tuple[str, ...]]:
    """Yield every message that a page, a feed or a badge may say; a plural with its singular."""
    for path in sorted((PACKAGE / "render").rglob("*.py")):
        with path.open("rb") as source:
            for _, found, _, _ in extract("python", source, keywords=_IN_PYTHON):
                yield found if isinstance(found, str) else tuple(map(str, found))
    for path in sorted((PACKAGE / "render").rglob("*.j2")):
        with path.open("rb") as source:
            for _, _, said, _ in babel_extract(source, _IN_TEMPLATES, [], {}):
                yield said if isinstance(said, str) else tuple(filter(None, said or ()))


def template() -> Catalog:
    """Return a catalogue of all messages, without a translation."""
    catalogue = Catalog(project="statusbook", charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# The words of the status page: copy this file and translate it."
    for message in messages():
        catalogue.add(message)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, the same for the same messages."""
    out = BytesIO()
    write_po(out, catalogue, width=100, no_location=True, ignore_obsolete=True)
    return _VOLATILE.sub(b"", out.getvalue())


def main() -> None:
    """Write the template, and renew each catalogue by it."""
    wanted = template()
    TEMPLATE.write_bytes(written(wanted))
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/statusbook.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parent.parent.name)
        catalogue.update(wanted, no_fuzzy_matching=True)
        path.write_bytes(written(catalogue))


if __name__ == "__main__":
    main()
