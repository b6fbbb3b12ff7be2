"""Work is shared by processes, and nobody can tell from the result."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from statusbook.problems import StatusbookError
from statusbook.workers import fork_map


def squares(numbers: Sequence[int]) -> bytes:
    return "".join(f"{number * number}\n" for number in numbers).encode()


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 1000])
def test_results_come_in_order_whatever_the_number_of_workers(count: int, workers: int) -> None:
    numbers = range(count)
    assert b"".join(fork_map(squares, numbers, workers)) == squares(numbers)


def test_results_larger_than_a_pipe_arrive_whole() -> None:
    results = fork_map(lambda part: bytes([part[0]]) * 3_000_000, list(range(8)), 2)
    assert results == [bytes([number]) * 3_000_000 for number in range(8)]


def test_several_processes_share_the_work() -> None:
    seen = b"".join(fork_map(lambda part: _slow_pid() * len(part), list(range(40)), 2))
    assert len(set(seen.split())) == 2


def _slow_pid() -> bytes:
    sum(range(1_000_000))
    return f"{os.getpid()} ".encode()


def fails_in_a_child(error: BaseException, parent: int) -> bytes:
    if os.getpid() != parent:
        raise error
    return _slow_pid()


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (StatusbookError("the disk is full"), r"^the disk is full$"),
        (OSError(28, "No space left on device", "/x/y"), r"^\[Errno 28\] .*: '/x/y'$"),
    ],
)
def test_an_exception_in_a_child_reaches_the_caller_as_it_is(error: Exception, wanted: str) -> None:
    parent = os.getpid()
    with pytest.raises(type(error), match=wanted):
        fork_map(lambda _: fails_in_a_child(error, parent), list(range(40)), 2)


def test_a_fault_in_a_child_shows_its_traceback() -> None:
    parent = os.getpid()
    with pytest.raises(RuntimeError, match=r"(?s)fails_in_a_child.*KeyError: 'checkout'"):
        fork_map(lambda _: fails_in_a_child(KeyError("checkout"), parent), list(range(40)), 2)


def test_a_killed_child_is_an_error_and_not_a_silent_gap() -> None:
    parent = os.getpid()

    def work(_: Sequence[int]) -> bytes:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return _slow_pid()

    with pytest.raises(StatusbookError, match="signal 9"):
        fork_map(work, list(range(40)), 2)


def test_an_interrupt_ends_the_children_too() -> None:
    parent = os.getpid()
    reader, writer = os.pipe()

    def work(_: Sequence[int]) -> bytes:
        if os.getpid() == parent:
            os.read(reader, 1)  # a child has begun
            raise KeyboardInterrupt
        os.write(writer, b"x")
        signal.pause()
        return b""

    with pytest.raises(KeyboardInterrupt):
        fork_map(work, list(range(40)), 2)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_children_end_when_their_parent_is_killed() -> None:
    reader, writer = os.pipe()
    middle = os.fork()
    if not middle:
        os.close(reader)

        def work(_: Sequence[int]) -> bytes:
            if os.getpid() == middle_pid:
                signal.pause()
            os.write(writer, b"x")
            signal.pause()
            return b""

        middle_pid = os.getpid()
        fork_map(work, list(range(40)), 3)
        os._exit(0)
    os.close(writer)
    assert os.read(reader, 1) == b"x"
    os.kill(middle, signal.SIGKILL)
    os.waitpid(middle, 0)
    # The end of the pipe closes only when the last child is gone.
    assert len(b"".join(iter(lambda: os.read(reader, 10), b""))) <= 1


def test_no_descriptor_is_left_open() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(3):
        fork_map(squares, range(100), 3)
    assert len(list(Path("/dev/fd").iterdir())) == before
