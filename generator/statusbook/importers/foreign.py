"""Files of other tools -> text that is safe to parse, or a sentence that says why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from statusbook.read.guard import describe_unsafe, unsafe_in

_BOM: Final = b"\xef\xbb\xbf"
_MOST_KINDS: Final = 50
MOST_FILES: Final = 200_000


class UnusableError(Exception):
    """A source cannot be used; the text is the sentence for the report, `line` may be 0."""

    def __init__(self, text: str, line: int = 0) -> None:
        """Keep the sentence and its line."""
        super().__init__(text)
        self.line = line


class ForeignText(NamedTuple):
    """The text of a file, and what was taken out of it."""

    text: str
    removed: tuple[str, ...]


def read_text(path: Path, most: int) -> ForeignText:
    """Read a file of at most `most` bytes as UTF-8, without characters that no page may hold.

    Raises:
        UnusableError: It is no ordinary file, too large, or not UTF-8.
    """
    return clean(decode(read_bytes(path, most)))


def read_bytes(path: Path, most: int) -> bytes:
    """Read an ordinary file of at most `most` bytes; links are not followed.

    Raises:
        UnusableError: It is no ordinary file, too large, or the system refuses.
    """
    try:
        # A pipe would block the opening, and a link may lead anywhere.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            raise UnusableError("is a symbolic link, which is not followed") from error
        raise UnusableError(f"cannot be read: {error.strerror}") from error
    with open(descriptor, "rb") as file:  # noqa: PTH123 - opened above, with its flags
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnusableError("is no ordinary file")
        if status.st_size > most:
            raise UnusableError(f"is larger than {most // 1024:,} kB")
        return file.read(most)


def decode(raw: bytes) -> str:
    """Decode UTF-8, with all line ends as LF.

    Raises:
        UnusableError: It is not UTF-8.
    """
    try:
        text = raw.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnusableError("is not UTF-8: save it as UTF-8 and import it again", line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> ForeignText:
    """Take out control and bidirectional characters and piled marks; no page may hold them.

    Raises:
        UnusableError: There are so many kinds of them that this is no text.
    """
    removed: list[str] = []
    while found := unsafe_in(text):
        if len(removed) == _MOST_KINDS:
            raise UnusableError("is full of control characters: this is no text")
        removed.append(describe_unsafe(found)[0])
        text = text.replace(found, "")
    return ForeignText(text, tuple(removed))


def walk(folder: Path) -> Iterator[Path]:
    """Yield every file and every link below a folder in the order of their names.

    Folders that are links are not entered, nor are those that begin with a dot.
    """
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir() and not path.is_symlink():
            if not path.name.startswith("."):
                yield from walk(path)
        else:
            yield path
