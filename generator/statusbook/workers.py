"""A function and a long list -> its results, worked out by several processes of this machine."""

from __future__ import annotations

import _thread
import gc
import os
import traceback
from collections.abc import Callable, Sequence
from struct import Struct
from typing import NoReturn, TypeVar

import msgspec

from statusbook.problems import Problem, SourceError, StatusbookError

T = TypeVar("T")
Work = Callable[[Sequence[T]], bytes]

# Parts are dealt out one by one, so that a slow core or a dear part holds nobody up.
_PARTS_PER_WORKER = 4
_MOST_PARTS = 250  # a part's number is one byte
_FRAME = Struct("<BBQ")  # number of the part, kind of answer, length of what follows
_RESULT, _REFUSAL, _SOURCES, _SYSTEM, _FAULT = range(5)


def fork_map(work: Work[T], items: Sequence[T], workers: int) -> list[bytes]:
    """Cut `items` into contiguous parts and return what `work` makes of each, in order.

    The parts are shared by this process and `workers - 1` forked ones; with one worker, or where
    the system cannot fork, there is one part. No items, no results. `work` must not print and must
    not need what another part leaves in memory. Children end with their parent, however it ends.

    Raises:
        StatusbookError: as raised by `work`, or a worker was killed.
        OSError: as raised by `work`.
        RuntimeError: any other exception in a child; the text is the child's traceback.
    """
    if not items:
        return []
    workers = min(workers, len(items))
    if workers < 2 or not hasattr(os, "fork"):
        return [work(items)]
    parts = _cut(items, min(workers * _PARTS_PER_WORKER, _MOST_PARTS))
    deck, alive = os.pipe(), os.pipe()
    os.write(deck[1], bytes(range(len(parts))))
    os.close(deck[1])
    children: dict[int, int] = {}  # process id -> where its answers come from
    gc.freeze()  # else the children's first collection would copy every page of memory
    try:
        for _ in range(workers - 1):
            _start(work, parts, deck[0], alive, children)
        answers = dict(_work_off(work, parts, deck[0]))
        for process in list(children):
            answers.update(_answers_of(process, children))
    except BaseException:
        _kill(children)
        raise
    finally:
        gc.unfreeze()
        for descriptor in (deck[0], *alive, *children.values()):
            os.close(descriptor)
    for kind, content in (answers[number] for number in sorted(answers)):
        if kind != _RESULT:
            _raise(kind, content)
    return [answers[number][1] for number in range(len(parts))]


def usable_cores() -> int:
    """Return how many processes may run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cut(items: Sequence[T], count: int) -> list[Sequence[T]]:
    count = min(count, len(items))
    edges = [len(items) * number // count for number in range(count + 1)]
    return [items[edges[number] : edges[number + 1]] for number in range(count)]


def _work_off(
    work: Work[T], parts: list[Sequence[T]], deck: int
) -> list[tuple[int, tuple[int, bytes]]]:
    """Draw parts until none is left; an exception leaves as it is."""
    answers = []
    while drawn := os.read(deck, 1):
        answers.append((drawn[0], (_RESULT, work(parts[drawn[0]]))))
    return answers


def _start(
    work: Work[T],
    parts: list[Sequence[T]],
    deck: int,
    alive: tuple[int, int],
    children: dict[int, int],
) -> None:
    ear, mouth = os.pipe()
    process = os.fork()
    if process:
        os.close(mouth)
        children[process] = ear
        return
    status = 1
    try:
        gc.disable()
        os.close(alive[1])
        os.close(ear)
        _thread.start_new_thread(_end_with_parent, (alive[0],))
        _serve(work, parts, deck, mouth)
        status = 0
    finally:
        # Nothing of the parent's may run here: no exit handler, no flush of its buffers.
        os._exit(status)


def _end_with_parent(alive: int) -> NoReturn:
    """Wait until no parent holds the other end, then leave at once."""
    os.read(alive, 1)
    os._exit(1)


def _serve(work: Work[T], parts: list[Sequence[T]], deck: int, mouth: int) -> None:
    """Work off parts in a child; answer at the end, for the parent reads only then."""
    answers = []
    while drawn := os.read(deck, 1):
        try:
            kind, content = _RESULT, work(parts[drawn[0]])
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            kind, content = _told(error)
            while os.read(deck, _MOST_PARTS):  # nobody needs the rest
                pass
        answers += [_FRAME.pack(drawn[0], kind, len(content)), content]
    message = memoryview(b"".join(answers))
    while message:
        message = message[os.write(mouth, message) :]


def _told(error: Exception) -> tuple[int, bytes]:
    if type(error) is StatusbookError:
        return _REFUSAL, str(error).encode()
    if isinstance(error, SourceError):
        return _SOURCES, msgspec.json.encode(error.problems)
    if isinstance(error, OSError) and error.errno is not None:
        told = f"{error.errno}\0{error.strerror}\0{os.fsdecode(error.filename or '')}"
        return _SYSTEM, told.encode("utf-8", "surrogateescape")
    return _FAULT, "".join(traceback.format_exception(error)).encode("utf-8", "replace")


def _raise(kind: int, content: bytes) -> NoReturn:
    told = content.decode("utf-8", "surrogateescape")
    if kind == _REFUSAL:
        raise StatusbookError(told)
    if kind == _SOURCES:
        raise SourceError(msgspec.json.decode(content, type=list[Problem]))
    if kind == _SYSTEM:
        number, text, filename = told.split("\0")
        raise OSError(int(number), text, filename)
    raise RuntimeError(told)


def _answers_of(process: int, children: dict[int, int]) -> dict[int, tuple[int, bytes]]:
    """Read all that a child says, and see it off."""
    pieces = []
    while piece := os.read(children[process], 1 << 16):
        pieces.append(piece)
    os.close(children.pop(process))
    _, status = os.waitpid(process, 0)
    if status:
        code = os.waitstatus_to_exitcode(status)
        message = (
            f"a worker process ended before its time (signal {-code}, is there enough memory?)"
            if code < 0
            else f"a worker process ended before its time (exit code {code})"
        )
        raise StatusbookError(message)
    told, answers, at = b"".join(pieces), {}, 0
    while at < len(told):
        number, kind, length = _FRAME.unpack_from(told, at)
        at += _FRAME.size
        answers[number] = (kind, told[at : at + length])
        at += length
    return answers


def _kill(children: dict[int, int]) -> None:
    for process in children:
        os.kill(process, 9)
    for process in children:
        os.waitpid(process, 0)
