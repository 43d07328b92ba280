"""Every test of the plans page has a folder of workshops of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps import own_home


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    """The folder of workshops."""
    with own_home(tmp_path):
        yield tmp_path
