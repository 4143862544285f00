"""What the tests of the sources share: the published lists, which are not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from uprgraph import resources


@pytest.fixture
def shared_data(shared_files: Path) -> Path:
    return shared_files


@pytest.fixture(scope="session")
def shared_files() -> Path:
    """The same, for fixtures that live longer than a test."""
    folder = resources.root().parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the published lists are not at {folder}")
    return folder
