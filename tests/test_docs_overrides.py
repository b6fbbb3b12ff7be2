"""docs/overrides.md says what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from histories import write_history

TEMPLATES = "generator/statusbook/render/status/templates"
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


def test_every_template_and_every_block_is_named(project_root: Path) -> None:
    text = (project_root / "docs/overrides.md").read_text()
    for template in (project_root / TEMPLATES).glob("*.j2"):
        if not template.name.startswith("_"):
            assert f"`{template.name}`" in text
        for block in re.findall(r"\{%-? block (\w+)", template.read_text()):
            assert f"`{block}`" in text, f"{block} of {template.name}"
