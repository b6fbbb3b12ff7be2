"""Names and the names that each points to -> the circles among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(arrows: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return each circle of arrows once: its names in order, the first one again at the end."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in arrows:
        path = [start]
        rest = [iter(arrows[start])] if start not in done else []
        while rest:
            following = next(rest[-1], None)
            if following is None:
                done.add(path.pop())
                rest.pop()
            elif following in path:
                found.append([*path[path.index(following) :], following])
            elif following in arrows and following not in done:
                path.append(following)
                rest.append(iter(arrows[following]))
    return found
