"""The wheel holds all that it needs: installed elsewhere, it answers from another folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import uprgraph

ROOT = Path(__file__).parents[2]
PACKED = ("ontology", "data", "queries", "shapes")

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the locked build backend, without reaching for any index."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a new environment that sees the libraries of this one, but not this checkout."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=False)
    site = next((home / "venv" / "lib").glob("python*/site-packages"))
    python = str(home / "venv" / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(pip, check=True)
    # The libraries are found through a path that is added without reading .pth files, one of which names this checkout.
    (site / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    (home / "empty").mkdir()
    return home


def run(installed: Path, *arguments: str, code: int = 0) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(installed / "venv" / "bin" / "uprgraph"), *arguments],
        cwd=installed / "empty",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def test_the_wheel_holds_every_resource_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in PACKED:
        here = {
            f"uprgraph/_resources/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()
        }
        assert here
        assert here <= names
    assert {name.split("/")[0] for name in names} == {"uprgraph", f"uprgraph-{uprgraph.__version__}.dist-info"}
    assert {name.split("/")[1] for name in names if name.endswith("licenses/LICENSE")}
    assert "uprgraph/py.typed" in names
    assert "uprgraph/_resources/CITATION.cff" in names
    assert {"uprgraph/server/static/site.css", "uprgraph/server/templates/base.html"} <= names


def test_the_installed_wheel_answers_from_another_folder(installed: Path) -> None:
    out = run(installed, "query", "opinions-by-right", "--right", "freedom of religion", "--format", "csv")
    assert "TERR-KAZ/296/2016" in out
    assert "JUD-KAZ/337/2018" in out
    assert "FOI-KAZ/268/2015" not in out


def test_the_installed_wheel_is_not_this_checkout(installed: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    program = (
        "import uprgraph, uprgraph.resources as r; print(uprgraph.__file__); print(r.root()); print(r.is_checkout())"
    )
    where = subprocess.run(
        [str(installed / "venv" / "bin" / "python"), "-c", program],
        cwd=installed / "empty",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert where[2] == "False"
    assert all(Path(path).is_relative_to(installed) for path in where[:2])


@pytest.mark.thorough
def test_the_installed_wheel_validates_what_it_ships(installed: Path) -> None:
    assert run(installed, "validate").splitlines()[-1].startswith("valid: 0 violations")
    assert "there is no checkout" not in run(installed, "format", "--check", str(ROOT / "ontology" / "prefixes.ttl"))


def test_formatting_without_a_path_needs_a_checkout(installed: Path) -> None:
    assert run(installed, "format", code=2) == ""
