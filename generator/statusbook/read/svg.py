"""Bytes of an SVG file -> its size, or what in it does more than draw.

The page's host serves the file as a document of its own: a script in it would run with the
page's rights, and anything that it names elsewhere would be loaded by readers' browsers. So only
what draws is taken. expat reads without building a tree, entities are refused with their
declaration, and the encoding is the one that the host names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from statusbook.read.faults import Faults
from statusbook.read.guard import Place
from statusbook.read.style import outside_reference, references
from statusbook.read.svg_parts import MOST_DRAWN, Parts

if TYPE_CHECKING:
    from pyexpat import XMLParserType

SVG: Final = "http://www.w3.org/2000/svg"
_ALIVE: Final = frozenset({"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"})
"""Namespaces that browsers know besides; those of drawing programs mean nothing to them."""

_DRAWS: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "switch", "view"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image", "style"),
        *("text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "pattern"),
        *("clipPath", "mask", "marker", "filter"),
    }
)
_NUMBER: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")
_SPACE: Final = " \t\n\r\f"
_OWN: Final = re.compile(r"#|data:image/(?:png|jpeg|webp|gif);base64,")
_LARGEST: Final = 10_000

_CODE: Final = "E423"
_HINT: Final = 'save it as "plain SVG" or "optimised SVG", without it'


class _RefusedError(Exception):
    """Ends the reading; the fault is told."""


def svg_size(raw: bytes, faults: Faults) -> tuple[int, int] | None:
    """Return width and height in pixels; None where a fault was found."""
    from pyexpat import ExpatError, ParserCreate

    parser = ParserCreate("utf-8", " ")
    reading = _Reading(parser, faults)
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - pyexpat names no arguments
        reading.count()
    except ExpatError as error:
        place = Place(error.lineno, error.offset + 1)
        faults.error(
            place,
            "E421",
            f"this is not readable as SVG: {error}".partition(": line")[0],
            "export the drawing again",
        )
        return None
    except _RefusedError:
        return None
    if reading.size is None:
        faults.error(
            1,
            "E421",
            "the drawing does not say how large it is",
            "give <svg> a width and a height, or a viewBox",
        )
    return reading.size


class _Reading:
    """The walk through one file."""

    def __init__(self, parser: XMLParserType, faults: Faults) -> None:
        self.parser = parser
        self.faults = faults
        self.size: tuple[int, int] | None = None
        self.is_first = True
        self.style: list[str] | None = None
        self.parts = Parts()
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.declaration
        parser.ProcessingInstructionHandler = self.instruction
        parser.buffer_text = True

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if self.is_first:
            if (namespace, local) != (SVG, "svg"):
                self.refuse(
                    "E421",
                    f"this is no drawing: it begins with <{local}>",
                    f'an SVG file begins with <svg xmlns="{SVG}">',
                )
            self.size = _size(attributes)
            self.is_first = False
        if namespace in _ALIVE or (namespace == SVG and not _is_drawing(local)):
            self.refuse(_CODE, f"<{local}> does more than draw", _HINT)
        if self.style is not None:
            self.refuse(_CODE, f"<{local}> within <style>", "write only text into <style>")
        self.parts.begin(local, attributes.get("id"), self.parser.CurrentLineNumber)
        for attribute, value in attributes.items():
            self.look_at(attribute.rpartition(" ")[2], value)
        if (namespace, local) == (SVG, "style"):
            self.style = []

    def look_at(self, attribute: str, value: str) -> None:
        if attribute.lower().startswith("on"):
            self.refuse(_CODE, f"{attribute} runs a script", _HINT)
        is_address = attribute in ("href", "src")
        if attribute == "base" or (is_address and not _OWN.match(value.strip(_SPACE))):
            self.refuse(_CODE, f'"{value}" is outside of the drawing', _HINT)
        if found := outside_reference(value, own="#"):
            self.refuse(_CODE, f'"{found.text}" is outside of the drawing', _HINT)
        if is_address:
            self.parts.refer(value.strip(_SPACE))
        for reference in references(value):
            self.parts.refer(reference.target)

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def end(self, _name: str) -> None:
        if self.style is not None:
            style = "".join(self.style)
            if found := outside_reference(style, own="#"):
                self.refuse(_CODE, f'"{found.text}" is outside of the drawing', _HINT)
            for reference in references(style):
                self.parts.refer_by_style(reference.target)
        self.style = None
        self.parts.end()

    def count(self) -> None:
        """Refuse what repeats its parts without end, or so often that browsers stand still."""
        found = self.parts.endless()
        if found is None:
            return
        message = f"its parts draw others again, more than {MOST_DRAWN:,} in all"
        if found.is_circle:
            message = "this part draws itself again"
        self.faults.error(found.line, _CODE, message, "draw it with fewer <use>")
        raise _RefusedError

    def declaration(self, *_: object) -> None:
        self.refuse(_CODE, "<!DOCTYPE …> can make a drawing endless", "delete it: nothing reads it")

    def instruction(self, target: str, _: str) -> None:
        self.refuse(_CODE, f"<?{target} …?> can load other files", _HINT)

    def refuse(self, code: str, message: str, hint: str) -> None:
        place = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.faults.error(place, code, message, hint)
        raise _RefusedError


def _is_drawing(local: str) -> bool:
    return local in _DRAWS or local.startswith("fe")


def _size(attributes: dict[str, str]) -> tuple[int, int] | None:
    """Return the size that the drawing has by itself, in whole pixels."""
    sides = [_NUMBER.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side)
    else:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        numbers = [_NUMBER.fullmatch(part) for part in box[2:]]
        if len(box) != 4 or not all(numbers):
            return None
        width, height = (float(number[1]) for number in numbers if number)
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        return None
    return max(1, round(width)), max(1, round(height))
