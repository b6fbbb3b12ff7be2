"""Bytes of a picture -> its size, for which a page keeps the place before the picture is there."""

from __future__ import annotations

from typing import Final

from statusbook.read.faults import Faults
from statusbook.read.svg import svg_size

TYPES: Final = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp"}
"""What pages show, by the ending of the file's name."""

_PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_LARGEST: Final = 10_000


def picture_size(raw: bytes, ending: str, faults: Faults) -> tuple[int, int] | None:
    """Return width and height in pixels; None where a fault was found.

    Args:
        raw: The file.
        ending: One of `TYPES`.
        faults: Takes the problems.
    """
    if ending == "svg":
        if kind := _kind_of_pixels(raw):
            hint = f"name it *.{kind}, here and in plan/status-page.yml"
            faults.error(1, "E421", f"this is a {kind.upper()} picture and not a drawing", hint)
            return None
        return svg_size(raw, faults)
    size = _png_size(raw) if ending == "png" else _webp_size(raw)
    if size is None:
        kind = _kind_of(raw)
        hint = f"name it *.{kind}" if kind else "save the picture again"
        faults.error(1, "E421", f"this is not a {ending.upper()} picture", hint)
    elif not (0 < size[0] <= _LARGEST and 0 < size[1] <= _LARGEST):
        message = f"a picture of {size[0]} x {size[1]} pixels"
        faults.error(1, "E421", message, "save it smaller: a logo is shown 40 pixels high")
        return None
    return size


def _kind_of_pixels(raw: bytes) -> str:
    if _png_size(raw):
        return "png"
    return "webp" if _webp_size(raw) else ""


def _kind_of(raw: bytes) -> str:
    if kind := _kind_of_pixels(raw):
        return kind
    return "svg" if raw.lstrip()[:4] == b"<svg" else ""


def _png_size(raw: bytes) -> tuple[int, int] | None:
    """Read the first chunk (PNG 11.2.2)."""
    if not raw.startswith(_PNG) or len(raw) < 24:
        return None
    return int.from_bytes(raw[16:20]), int.from_bytes(raw[20:24])


def _webp_size(raw: bytes) -> tuple[int, int] | None:
    """Read the header of any of the three forms (RFC 9649 2.5 to 2.7)."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP" or len(raw) < 30:
        return None
    form = raw[12:16]
    if form == b"VP8X":
        return _little(raw[24:27]) + 1, _little(raw[27:30]) + 1
    if form == b"VP8L" and raw[20] == 0x2F:
        bits = _little(raw[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and raw[23:26] == b"\x9d\x01\x2a":
        return _little(raw[26:28]) & 0x3FFF, _little(raw[28:30]) & 0x3FFF
    return None


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
