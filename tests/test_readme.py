"""What the README promises holds: its commands exist, and its first update works as printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from statusbook import cli


@pytest.fixture(scope="module")
def readme(project_root: Path) -> str:
    return (project_root / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_table_and_the_table_names_no_other(readme: str) -> None:
    documented = set(re.findall(r"^\| `statusbook ([a-z]+)", readme, re.MULTILINE))

    assert documented == set(cli.statusbook.list_commands(click.Context(cli.statusbook)))


def test_the_first_update_works_as_it_is_printed(
    readme: str, project_root: Path, tmp_path: Path
) -> None:
    section = readme.split("## The first update")[1].split("\n## ", maxsplit=1)[0]
    for folder in ("plan", "incidents", "overrides"):
        shutil.copytree(project_root / folder, tmp_path / folder)
    commands = Path(sys.executable).parent

    for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL):
        subprocess.run(
            ["/bin/sh", "-e", "-c", block],
            cwd=tmp_path,
            env={**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"},
            check=True,
        )

    page = tmp_path / "site" / "status" / "incidents" / "slow-search" / "index.html"
    assert "Product search is slow" in page.read_text(encoding="utf-8")


def test_every_file_that_the_readme_links_to_is_there(readme: str, project_root: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", readme)

    assert links
    assert [link for link in links if not (project_root / link).exists()] == []
