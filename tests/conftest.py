"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with the public data sets and published cases; the test is skipped without it."""
    folder = Path(os.environ.get("KEYROOM_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the public data sets are not here: {folder.name}/ beside the checkout")
    return folder
