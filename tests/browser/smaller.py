"""A picture as the browser takes it -> the same with at most 256 colours, a third as large.

Screenshots of text have a few colours and their mixtures; nobody sees that rare mixtures are gone.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 256


def with_few_colours(png: bytes) -> bytes:
    """Return a PNG of the same size with a palette (PNG specification, third edition, 11.2).

    Args:
        png: What Chromium writes: 8 bits for each of red, green and blue, not interlaced.
    """
    width, height, pixels = _pixels(png)
    counts = Counter(pixels)
    palette = [colour for colour, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    kept = palette[:_MOST]
    place = {colour: number for number, colour in enumerate(kept)}
    for colour in palette[_MOST:]:
        place[colour] = min(range(len(kept)), key=lambda at: _distance(kept[at], colour))
    indices = bytes(place[pixel] for pixel in pixels)
    rows = b"".join(b"\0" + indices[at : at + width] for at in range(0, width * height, width))
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(kept)),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height, and the colour of each pixel."""
    packed, at, (width, height, depth, kind) = b"", len(_SIGNATURE), (0, 0, 0, 0)
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        content = png[at + 8 : at + 8 + length]
        if name == b"IHDR":
            width, height, depth, kind = struct.unpack_from(">IIBB", content)
        elif name == b"IDAT":
            packed += content
        at += length + 12
    step = {2: 3, 6: 4}[kind]
    if depth != 8:
        raise ValueError("not a picture that Chromium takes")
    lines, before = zlib.decompress(packed), bytes(width * step)
    pixels: list[bytes] = []
    for number in range(height):
        start = number * (width * step + 1)
        line = bytearray(lines[start + 1 : start + 1 + width * step])
        _restore(lines[start], line, before, step)
        pixels += [bytes(line[at : at + 3]) for at in range(0, len(line), step)]
        before = bytes(line)
    return width, height, pixels


def _restore(kind: int, line: bytearray, before: bytes, step: int) -> None:
    """Undo the filter of a line (the same, 9.2)."""
    if kind == 2:
        line[:] = bytes((one + up) & 255 for one, up in zip(line, before, strict=True))
        return
    for at in range(len(line)) if kind else ():
        left = line[at - step] if at >= step else 0
        up, corner = before[at], before[at - step] if at >= step else 0
        guess = (left, 0, (left + up) // 2, _paeth(left, up, corner))[kind - 1]
        line[at] = (line[at] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
