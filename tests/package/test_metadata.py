"""One version, light dependencies, and no address of a package index in what is committed."""

import re
import tomllib
from importlib.metadata import metadata, requires
from pathlib import Path

import pytest
import yaml

import uprgraph

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def test_the_version_stands_in_one_place() -> None:
    place = ROOT / PYPROJECT["tool"]["hatch"]["version"]["path"]
    source = place.read_text()
    assert re.findall(r'^__version__ = "(\d+\.\d+\.\d+)"$', source, re.MULTILINE) == [uprgraph.__version__]
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PYPROJECT["project"]
    assert "version" not in yaml.safe_load((ROOT / "CITATION.cff").read_text())
    others = [path for path in (ROOT / "src").rglob("*.py") if "__version__ =" in path.read_text()]
    assert others == [place]


def test_the_core_install_stays_light() -> None:
    core = {re.split(r"[^A-Za-z0-9]", each)[0].lower() for each in PYPROJECT["project"]["dependencies"]}
    assert core == {
        "click",
        "pyoxigraph",
        "pyshacl",
        "pyyaml",
        "rapidfuzz",
        "rdflib",
        "requests",
        "rich",
        "sparqlwrapper",
        "urllib3",
    }
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "core.lock").read_text(), re.MULTILINE)
    assert not {"pandas", "polars", "altair", "starlette", "numpy"} & set(locked)


def test_the_extra_all_is_all_of_them() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    (every,) = extras["all"]
    assert set(every.removeprefix("uprgraph[").removesuffix("]").split(",")) == set(extras) - {"all"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_are_hashed_and_name_no_index(lock: Path) -> None:
    text = lock.read_text()
    pinned = re.findall(r"^[a-z0-9][a-z0-9._-]*==", text, re.MULTILINE)
    assert len(pinned) > 20
    assert len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pinned)
    assert not re.search(r"https?:|--index|--find-links|--extra", text)


def test_locks_hold_what_pyproject_asks_for() -> None:
    assert [lock.name for lock in LOCKS] == ["core.lock", "dev.lock"]
    locked = [set(re.findall(r"^([a-z0-9._-]+)==", lock.read_text(), re.MULTILINE)) for lock in LOCKS]
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["build"]]
    names = {re.match(r"[A-Za-z0-9-]+", each)[0].lower() for each in asked}  # type: ignore[index]
    assert names <= locked[0] <= locked[1]
    development = {re.match(r"[A-Za-z0-9-]+", each)[0].lower() for each in PYPROJECT["dependency-groups"]["dev"]}  # type: ignore[index]
    assert development <= locked[1]


def test_the_metadata_names_licences_and_python() -> None:
    installed = metadata("uprgraph")
    assert installed["License-Expression"] == "Apache-2.0"
    assert set(installed.get_all("License-File") or ()) == {"LICENSE", "LICENSE-data"}
    assert installed["Requires-Python"] == ">=3.11"
    assert not [each for each in requires("uprgraph") or () if "extra ==" not in each and "pandas" in each]
