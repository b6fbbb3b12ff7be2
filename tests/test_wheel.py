"""The wheel that people install: what is inside, and that the command runs from it alone."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PACKAGE = Path("generator", "statusbook")
NOT_CODE = (".j2", ".css", ".js", ".svg", ".po", ".mo")


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], project_root
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the commands' folder of an environment that has the wheel and what it depends on.

    The dependencies are those of this environment, through a path file: such a file does not read
    the path files beside them, so this checkout's own editable install is out of reach.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    here = sysconfig.get_paths()
    (folder / "lib" / version / "site-packages" / "dependencies.pth").write_text(
        f"{here['purelib']}\n{here['platlib']}\n"
    )
    bin_ = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(bin_ / "python"), "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel)], folder)
    return bin_


def run(argv: list[str], cwd: Path) -> str:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{argv}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_holds_every_module_template_style_and_catalogue(
    wheel: Path, project_root: Path
) -> None:
    package = project_root / PACKAGE
    wanted = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.suffix in {".py", *NOT_CODE} or path.name == "py.typed"
    }

    inside = set(zipfile.ZipFile(wheel).namelist())

    assert wanted - inside == set()
    assert "statusbook/py.typed" in inside
    assert {Path(name).suffix for name in inside} >= {".j2", ".css", ".po"}


def test_the_wheel_holds_nothing_but_the_package_and_its_facts(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert len(folders) == 2
    assert "statusbook" in folders
    assert "LICENSE" in {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}


def test_the_command_runs_from_the_wheel_and_not_from_the_checkout(
    clean: Path, project_root: Path, tmp_path: Path
) -> None:
    asked = "import statusbook; print(statusbook.__file__)"
    place = run([str(clean / "python"), "-c", asked], tmp_path).strip()

    assert Path(place).is_relative_to(clean.parent)
    assert not Path(place).is_relative_to(project_root)
    assert run([str(clean / "statusbook"), "--version"], tmp_path).startswith("statusbook")


def test_the_wheel_builds_the_example(clean: Path, project_root: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    source = ["--source", str(project_root), "--no-cache"]

    run([str(clean / "statusbook"), "build", "status", *source, "--out", str(out)], tmp_path)

    assert (out / "index.html").is_file()
    assert '<html lang="pl"' in (out / "pl" / "history" / "index.html").read_text(encoding="utf-8")
    assert (out / "api" / "v2" / "summary.json").is_file()


def test_mkdocs_finds_the_plugin_of_the_wheel(clean: Path, tmp_path: Path) -> None:
    asked = (
        "from importlib.metadata import entry_points\n"
        "[plugin] = entry_points(group='mkdocs.plugins', name='statusbook')\n"
        "print(plugin.load().__module__, plugin.dist.locate_file(''))"
    )

    module, place = run([str(clean / "python"), "-c", asked], tmp_path).split(maxsplit=1)

    assert module == "statusbook.plugin"
    assert Path(place.strip()).is_relative_to(clean.parent)
