"""What earlier runs learnt, kept by content: a file that anyone may delete at any time.

A cache is data, never code: one msgpack message behind a digest of itself. What is damaged, cut
off, of another generator or of another shape is as if it were not there.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from statusbook.fingerprint import fingerprint

FOLDER = ".statusbook/cache"
"""Below the book's root; ignored by git through a file of its own."""

T = TypeVar("T")

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def load(folder: Path | None, name: str, kind: type[T]) -> T | None:
    """Return what was kept under a name; None where there is nothing that can be trusted."""
    if folder is None:
        return None
    try:
        # neither through a link, nor from a pipe that somebody would have to fill
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(folder / name, flags), "rb") as file:
            raw = file.read() or b""
    except OSError:
        return None
    head, message = raw[:48], memoryview(raw)[48:]
    if head != _head(message):
        return None
    try:
        return msgspec.msgpack.decode(message, type=kind)
    except msgspec.DecodeError:
        return None


def save(folder: Path | None, name: str, content: Any) -> None:  # noqa: ANN401
    """Keep a record under a name, whole or not at all; that it cannot be kept is no fault."""
    if folder is None:
        return
    message = msgspec.msgpack.encode(content)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        temporary = folder / f"{name}.{os.getpid()}"
        temporary.unlink(missing_ok=True)  # of a process of this number that was killed
        with os.fdopen(os.open(temporary, _NEW, 0o600), "wb") as file:
            file.write(_head(message))
            file.write(message)
        temporary.replace(folder / name)
    except OSError:
        return


def _head(message: bytes | memoryview) -> bytes:
    digest = blake2b(message, digest_size=16, key=b"statusbook")
    return fingerprint().encode() + digest.digest()
