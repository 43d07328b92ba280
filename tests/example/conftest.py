"""The example, made once for all of its tests."""

import pytest

from data import make_example
from kam.history import History
from kam.method.assessment import Assessment, assess
from kam.model import Workshop


@pytest.fixture(scope="session")
def history() -> History:
    return make_example.example()


@pytest.fixture(scope="session")
def workshop(history: History) -> Workshop:
    return history.workshop


@pytest.fixture(scope="session")
def result(workshop: Workshop) -> Assessment:
    return assess(workshop)
