"""The smallest pictures of each kind, for tests of what is shown and what is refused."""

from __future__ import annotations

import struct
import zlib
from typing import Final

SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40"><path d="M0 0h9v9z"/></svg>'
)


def png(width: int, height: int) -> bytes:
    """Return a whole black picture."""
    rows = zlib.compress(b"".join(b"\0" * (1 + width) for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def webp(form: bytes, body: bytes) -> bytes:
    """Return the beginning of a picture: the only part that is read."""
    chunk = form + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
