"""`statusbook serve` shows the book, follows its changes, and survives faults in it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from statusbook.cli.serve import _files, _looks

UPDATE = """\
---
title: {title}
status: investigating
at: 2026-01-01T10:00Z
components: {{checkout: degraded_performance}}
---
We are looking into it.
"""


class Served(NamedTuple):
    """A book and the command that serves it."""

    book: Path
    command: subprocess.Popen[str]
    address: str

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection(self.address, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def builds(self) -> HTTPResponse:
        """Listen to the names of builds, of which the first has been read."""
        connection = HTTPConnection(self.address, timeout=60)
        connection.request("GET", "/.statusbook/builds")
        stream = connection.getresponse()
        next_build(stream)
        return stream

    def says(self, wanted: str) -> str:
        """Read what the command prints until a line matches."""
        assert self.command.stdout
        for line in self.command.stdout:
            if re.search(wanted, line):
                return line
        raise AssertionError(f"ended without saying {wanted}")


def next_build(stream: HTTPResponse) -> str:
    for line in stream:
        if line.startswith(b"data: "):
            return line.decode()
    raise AssertionError("the stream ended")


def start(book: Path, shows: str = "shows") -> Served:
    arguments = ["serve", "--source", str(book), "--port", "0"]
    command = subprocess.Popen(
        [sys.executable, "-u", "-m", "statusbook", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=book,
    )
    served = Served(book, command, "")
    url = served.says(rf"http://127\.0\.0\.1:\d+/ {shows} site/status").split()[0]
    return served._replace(address=urlsplit(url).netloc)


@pytest.fixture
def served(project_root: Path, place: Path) -> Iterator[Served]:
    for folder in ("plan", "incidents", "overrides"):
        shutil.copytree(project_root / folder, place / "book" / folder)
    served = start(place / "book")
    yield served
    served.command.kill()
    served.command.communicate()


def write(book: Path, name: str, title: str) -> None:
    """Write an incident at one stroke, as git and editors do."""
    folder = book / f"incidents/{name}"
    folder.mkdir(parents=True, exist_ok=True)
    (book / "draft.md").write_text(UPDATE.format(title=title), "utf-8")
    (book / "draft.md").replace(folder / "1-investigating.md")


def test_a_change_is_built_and_open_pages_hear_of_it(served: Served) -> None:
    stream = served.builds()
    write(served.book, "2026-01-01-slow", "Everything is slow")
    next_build(stream)
    status, page = served.get("/incidents/2026-01-01-slow/")
    assert status == 200
    assert "Everything is slow" in page
    assert "reload.js" in page
    assert "reload.js" not in (served.book / "site/status/index.html").read_text("utf-8")


def test_a_change_of_the_owners_logo_is_noticed(served: Served) -> None:
    stream = served.builds()
    logo = served.book / "overrides/status/harbourlight.svg"
    (served.book / "draft.svg").write_text(logo.read_text("utf-8").replace("#fff", "#eee"))
    (served.book / "draft.svg").replace(logo)
    next_build(stream)
    status, shown = served.get("/assets/icon.svg")
    assert status == 200
    assert "#eee" in shown


def test_a_fault_is_printed_and_the_last_good_page_stays(served: Served) -> None:
    stream = served.builds()
    index = served.get("/")[1]
    write(served.book, "2026-01-01-slow", '"An unfinished title')
    served.says(r"incidents/2026-01-01-slow/1-investigating\.md:\d+:\d+ E\d+ ")
    served.says("stays as it was")
    assert served.get("/incidents/2026-01-01-slow/")[0] == 404
    assert served.get("/")[1] == index
    write(served.book, "2026-01-01-slow", "Everything is slow")
    next_build(stream)
    assert served.get("/incidents/2026-01-01-slow/")[0] == 200


def test_a_template_that_fails_is_printed_and_the_page_goes_on(served: Served) -> None:
    stream = served.builds()
    own = served.book / "overrides/status/404.html.j2"
    for text, code in (("{{ site.titel }}", "E434"), ("{% if %}", "E430")):
        (served.book / "draft.j2").write_text(text, "utf-8")
        (served.book / "draft.j2").replace(own)
        served.says(rf"overrides/status/404\.html\.j2:1:1 {code} ")
    write(served.book, "2026-01-01-slow", "Everything is slow")
    next_build(stream)
    (served.book / "draft.j2").write_text("<p>Ahoy</p>", "utf-8")
    (served.book / "draft.j2").replace(own)
    served.says("built: ")
    assert served.get("/")[0] == 200


def test_ctrl_c_ends_it_quietly(served: Served) -> None:
    served.command.send_signal(signal.SIGINT)
    printed, _ = served.command.communicate(timeout=60)
    assert served.command.returncode == 0
    assert printed == "\nended\n"


def test_a_book_with_a_fault_from_the_start_is_waited_for(project_root: Path, place: Path) -> None:
    book = place / "book"
    for folder in ("plan", "overrides"):
        shutil.copytree(project_root / folder, book / folder)
    (book / "plan/status-page.yml").rename(book / "kept.yml")
    served = start(book, "will show")
    try:
        assert served.get("/")[0] == 404
        stream = served.builds()
        (book / "kept.yml").replace(book / "plan/status-page.yml")
        next_build(stream)
        assert served.get("/")[0] == 200
        (book / "incidents").mkdir()  # a folder that was not there to be watched
        write(book, "2026-01-01-slow", "Everything is slow")
        while served.get("/incidents/2026-01-01-slow/")[0] == 404:
            next_build(stream)
    finally:
        served.command.kill()
        served.command.communicate()


def test_without_a_page_nothing_is_said_to_stay(place: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "-u", "-m", "statusbook", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=place,
    )
    served = Served(place, command, "")
    try:
        assert served.says("There is no page yet|stays").startswith("There is no page yet: mend")
        assert "will show site/status" in served.says("http://")
    finally:
        command.kill()
        command.communicate()


def test_what_was_built_is_not_built_again_before_it_changes(place: Path) -> None:
    write(place, "2026-01-01-slow", "Everything is slow")
    before = _files(place)
    assert not next(_looks(place, before))
    write(place, "2026-01-01-slow", "Everything was slow")
    assert next(_looks(place, before))  # it changed before the watch began


def test_a_folder_that_is_not_ours_is_refused(project_root: Path, place: Path) -> None:
    (place / "thesis.txt").write_text("x")
    command = [sys.executable, "-m", "statusbook", "serve", "--port", "0", "--out", str(place)]
    run = subprocess.run(
        command, cwd=project_root, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 1
    assert "did not make it" in run.stderr
    assert "Traceback" not in run.stderr
