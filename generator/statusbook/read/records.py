"""Parsed incidents as bytes, one behind the other in a cache file that only grows.

The rows that say where each lies are kept apart (`book.Kept`), so that a run reads and writes
little. Nothing here is trusted: bytes that do not match their row's check are as if missing.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from msgspec import Struct

_NAME: Final = "records"
_SAFELY: Final = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Neither through a link nor into a pipe, which would wait for its other end."""
_SPARE: Final = 1 << 20
"""Bytes of outdated records that are not worth a new file."""


class Place(Struct, frozen=True, array_like=True):
    """Where a record lies in the file, and the digest of its bytes."""

    at: int
    size: int
    check: bytes


class Records:
    """The records of a book: those of the cache folder, and those of this run in memory."""

    def __init__(self, folder: Path | None) -> None:
        """Open what the cache folder has; None keeps all in memory."""
        self._path = None if folder is None else folder / _NAME
        self._new: dict[str, bytes] = {}
        self._file: mmap.mmap | bytes = _mapped(self._path)

    def put(self, digest: str, record: bytes) -> None:
        """Keep a record under the digest of the files that it was read from."""
        self._new[digest] = record

    def get(self, digest: str, place: Place | None) -> bytes | None:
        """Return a record; None where the cache lost it."""
        record = self._new.get(digest)
        if record is None and place is not None:
            record = self._file[place.at : place.at + place.size]
            if _check(record) != place.check:
                return None
        return record

    def store(self, wanted: Iterable[tuple[str, Place | None]]) -> dict[str, Place]:
        """Write the records of this run behind the others; return where every wanted one lies.

        Where more is outdated than wanted, all wanted ones move to a new file. A place is missing
        where a record could not be written or read: it is read from its source the next time.
        """
        known = dict(wanted)
        if self._path is None:
            return {}
        live = sum(place.size for place in known.values() if place is not None)
        try:
            if len(self._file) > 2 * live + _SPARE:
                return self._rewrite(known)
            return self._append(known)
        except OSError:
            return {}

    def _append(self, known: dict[str, Place | None]) -> dict[str, Place]:
        fresh = {d: self._new[d] for d, place in known.items() if place is None and d in self._new}
        places = {digest: place for digest, place in known.items() if place is not None}
        if fresh and self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _SAFELY
            descriptor = os.open(self._path, flags, 0o644)
            try:
                message = b"".join(fresh.values())
                written = os.write(descriptor, message)
                at = os.lseek(descriptor, 0, os.SEEK_CUR) - written
            finally:
                os.close(descriptor)
            places |= _placed(fresh, at)
        return places

    def _rewrite(self, known: dict[str, Place | None]) -> dict[str, Place]:
        found = {digest: self.get(digest, place) for digest, place in known.items()}
        records = {digest: record for digest, record in found.items() if record is not None}
        if self._path is None:
            return {}
        temporary = self._path.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(b"".join(records.values()))
        temporary.replace(self._path)
        return _placed(records, 0)


def _placed(records: dict[str, bytes], at: int) -> dict[str, Place]:
    places = {}
    for digest, record in records.items():
        places[digest] = Place(at, len(record), _check(record))
        at += len(record)
    return places


def _check(record: bytes) -> bytes:
    return blake2b(record, digest_size=8).digest()


def _mapped(path: Path | None) -> mmap.mmap | bytes:
    if path is None:
        return b""
    try:
        descriptor = os.open(path, os.O_RDONLY | _SAFELY)
        try:
            return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):  # mmap raises ValueError for an empty file
        return b""
