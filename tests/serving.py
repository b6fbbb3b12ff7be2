"""A built site on loopback, for tests of what clients see."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from statusbook.publish.reload import Reload
from statusbook.publish.serve import SiteServer


@contextmanager
def serving(
    folder: Path, reload: Reload | None = None, asked: list[str] | None = None
) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give the address, with a slash at its end.

    Args:
        folder: The site.
        reload: What tells open pages of a new build.
        asked: Grows by the target of each request, as it is answered.
    """
    with SiteServer(os.fspath(folder), "127.0.0.1", 0, reload) as server:
        if asked is not None:
            server.RequestHandlerClass = _listing(server.RequestHandlerClass, asked)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def _listing(answering: Any, asked: list[str]) -> Any:
    """Return the class that answers, made to list what it is asked for."""

    class Listing(answering):
        def log_request(self, *_: object) -> None:
            asked.append(self.path)

    return Listing
