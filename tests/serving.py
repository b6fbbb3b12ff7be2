"""A built site on loopback, for tests of what clients see."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from statusbook.publish.reload import Reload
from statusbook.publish.serve import SiteServer


@contextmanager
def serving(folder: Path, reload: Reload | None = None) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give the address, with a slash at its end."""
    with SiteServer(os.fspath(folder), "127.0.0.1", 0, reload) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()
