"""The generator's own files -> one digest, so that another generator reuses nothing of this one."""

from __future__ import annotations

import os
from functools import cache
from hashlib import blake2b
from pathlib import Path

_COUNTED = (".py", ".j2", ".css", ".js", ".svg", ".po")


@cache
def fingerprint() -> str:
    """Return the digest of every module, template, style and catalogue of this package."""
    digest = blake2b(digest_size=16)
    package = Path(__file__).parent
    for folder, folders, files in os.walk(package):
        folders.sort()
        for name in sorted(files):
            if name.endswith(_COUNTED):
                path = Path(folder, name)
                raw = path.read_bytes()
                digest.update(f"{path.relative_to(package).as_posix()}\0{len(raw)}\0".encode())
                digest.update(raw)
    return digest.hexdigest()
