"""A death by count, for tests of what a killed build leaves behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable


def count_down(steps: int, calls: Iterable[str]) -> None:
    """Kill this process before the call after `steps` calls of these functions of `os`."""
    left = steps

    def counting(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **options)

        return counted

    for name in calls:
        setattr(os, name, counting(getattr(os, name)))
