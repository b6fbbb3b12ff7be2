"""docs/overrides.md says what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from jinja2 import Environment, meta

from histories import write_history

TEMPLATES = "generator/statusbook/render/status/templates"
OF_EVERY_PAGE = {"type", "head", "header", "main", "footer"}
EXAMPLE = re.compile(r"^```jinja (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_works_as_printed(project_root: Path, tmp_path: Path) -> None:
    text = (project_root / "docs/overrides.md").read_text()
    write_history(tmp_path, 2)
    for path, template in EXAMPLE.findall(text):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(template)
    command = ["build", "status", "--source", str(tmp_path), "--out", str(tmp_path / "out")]
    subprocess.run([sys.executable, "-m", "statusbook", *command], check=True)
    page = (tmp_path / "out/index.html").read_text()
    assert '<a href="mailto:help@example.com">our support</a>' in page
    assert "Part 0" in page


def test_every_template_is_named_with_its_blocks_in_their_order(project_root: Path) -> None:
    told = {row[0]: row[2] for row in rows(project_root, "Templates and blocks")}
    for template in (project_root / TEMPLATES).glob("*.j2"):
        blocks = re.findall(r"\{%-? block (\w+)", template.read_text())
        if template.name != "base.html.j2":
            blocks = [block for block in blocks if block not in OF_EVERY_PAGE]
        if template.name == "embed.html.j2":
            blocks = ["main"]
        if blocks or not template.name.startswith("_"):
            assert re.findall("`([^`]+)`", told.pop(f"`{template.name}`")) == blocks, template.name
    assert told == {}


def test_every_name_that_a_template_is_given_is_told(project_root: Path) -> None:
    shared = {row[0].strip("`") for row in rows(project_root, "What every template is given")}
    own = {row[0]: row[1] for row in rows(project_root, "What each template is given")}
    environment = Environment(autoescape=True)
    for template in (project_root / TEMPLATES).glob("[!_]*.j2"):
        source = template.read_text()
        used = meta.find_undeclared_variables(environment.parse(source))
        for imported in re.findall(r"\{% from \S+ import (.+?) %\}", source):
            used -= {name.split(" as ")[-1].strip() for name in imported.split(",")}
        used -= {*re.findall(r"\{% macro (\w+)", source)}
        told = set(re.findall(r"`(\w+)`", own.get(f"`{template.name}`", "")))
        assert used - shared <= told, template.name
        assert template.name in {"index.html.j2", "base.html.j2"} or told <= used, template.name


def rows(project_root: Path, heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    text = (project_root / "docs/overrides.md").read_text()
    below = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (.*) \|$", below, re.MULTILINE)
    return [line.split(" | ") for line in lines[1:]]
