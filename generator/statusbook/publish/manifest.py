"""What a build wrote -> what the next one compares with: `.statusbook/manifest.jsonl`.

Nothing here depends on when, where or by whom a site was built, so equal sites have equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from operator import attrgetter
from typing import Literal, NamedTuple

import msgspec

from statusbook.publish.paths import STATE

RELEASE = "release.json"
MANIFEST = f"{STATE}/manifest.jsonl"
PENDING = f"{STATE}/pending"


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file of the site: the key and rank of its page, SHA-256 and length of its bytes."""

    path: str
    key: str
    digest: str
    size: int
    rank: int


class Manifest(NamedTuple):
    """The files of a site in the order in which they are written, and the digest of all."""

    tree: str
    rows: list[Row]


class Pending(msgspec.Struct, frozen=True):
    """What an unfinished build left: files that nothing leads to, and paths nothing is sure of.

    `loose` are in the order in which they go: new ones that nothing led to yet, or old ones that
    nothing leads to any more. `doubtful` have their ranks.
    """

    loose: list[str]
    doubtful: dict[str, int]


class _Head(msgspec.Struct, frozen=True):
    """The first line of the file; each further one is a row."""

    format: Literal[1]
    tree: str
    files: int


class Written(NamedTuple):
    """What a build did: the digest of the whole site, how many pages it rendered, and which files.

    `unknown` are files in the folder that neither a page nor a manifest names: somebody else's,
    or ours from before the manifest was damaged. They are looked for only after such damage.
    """

    digest: str
    rendered: int
    created: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    unknown: Sequence[str] = ()


_head = msgspec.json.Decoder(_Head)
_rows = msgspec.json.Decoder(Row)
_pending = msgspec.json.Decoder(Pending)


def manifest_from(content: bytes) -> Manifest | None:
    """Read a manifest; None where the bytes are damaged or of another version."""
    head, _, rest = content.partition(b"\n")
    try:
        _, tree, files = msgspec.structs.astuple(_head.decode(head))
        rows = _rows.decode_lines(rest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Manifest(tree, rows) if len(rows) == files else None


def manifest_bytes(manifest: Manifest) -> bytes:
    """Write a manifest as lines of JSON: the head, then one file a line."""
    head = _Head(1, manifest.tree, len(manifest.rows))
    return msgspec.json.Encoder().encode_lines([head, *manifest.rows])


def pending_from(content: bytes) -> Pending | None:
    """Read what an unfinished build left; None where the note is damaged."""
    try:
        return _pending.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def pending_bytes(pending: Pending) -> bytes:
    """Write what this build leaves if it ends now."""
    return msgspec.json.encode(pending)


def tree_digest(rows: Iterable[Row]) -> str:
    r"""Return the SHA-256 of what `sha256sum` prints for the site's files in order of path.

    Of all files but `release.json`, which carries the digest, and `.statusbook`. Anyone can
    compute it again, in the site's folder:

        find . -type f ! -path './.statusbook/*' ! -path ./release.json -printf '%P\0' |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
    """
    listed = sorted((row for row in rows if row.path != RELEASE), key=attrgetter("path"))
    lines = [f"{row.digest}  {row.path}\n" for row in listed]
    return sha256("".join(lines).encode()).hexdigest()
