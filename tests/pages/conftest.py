"""Every test of a page has a folder of workshops of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps import own_home


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield
