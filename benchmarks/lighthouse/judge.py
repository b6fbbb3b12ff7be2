"""The example's pages -> what Lighthouse says about them on a slow phone (`make lighthouse`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from statusbook.cli.build import build_status
from statusbook.publish.serve import SiteServer

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PAGES: Final = (
    "",
    "incidents/2026-11-21-card-payments/",
    "incidents/2025-05-28-shops-unavailable/",
    "components/card-payments/",
    "history/2025/",
    "subscribe/",
)
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
FLAGS: Final = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def main() -> None:
    """Build, serve and judge; print a table.

    The pages are built for this moment, as they are on a host: an old page says that it is old.
    """
    now = datetime.now(UTC)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    print(f"{'page':44}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with TemporaryDirectory(prefix="statusbook-") as place:
        build_status(ROOT, Path(place, "site"), now, now, None, 1)
        with served(Path(place, "site")) as address:
            for page in PAGES:
                told = judged(address + page, chromium, Path(place))
                scores = "".join(f"{told[name]:>16}" for name in CATEGORIES)
                print(f"/{page:43}{scores}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address."""
    with SiteServer(os.fspath(folder), "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def judged(address: str, chromium: str | None, place: Path) -> dict[str, str]:
    """Return the score of each category, and what keeps it from being 1."""
    report = place / "report.json"
    program = HERE / "node_modules" / ".bin" / "lighthouse"
    options = ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    categories = f"--only-categories={','.join(CATEGORIES)}"
    environment = {**os.environ, "CHROME_PATH": chromium} if chromium else dict(os.environ)
    subprocess.run(
        [program, address, *options, categories], check=True, timeout=300, env=environment
    )
    told = json.loads(report.read_bytes())
    for name in CATEGORIES:
        for part in told["categories"][name]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['title']} {audit.get('displayValue', '')}")
    return {name: f"{told['categories'][name]['score']:.2f}" for name in CATEGORIES}


if __name__ == "__main__":
    main()
