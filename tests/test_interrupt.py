"""Somebody presses Ctrl-C while the command is still being loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("interrupted", ["click", "msgspec"])
def test_the_command_stops_without_a_traceback(tmp_path: Path, interrupted: str) -> None:
    (tmp_path / f"{interrupted}.py").write_text("raise KeyboardInterrupt\n")

    stopped = subprocess.run(
        [sys.executable, "-m", "statusbook", "check"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert stopped.returncode == 130
    assert stopped.stderr.strip() == "stopped"
