"""Ids that a spreadsheet has taken for numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.aliases import CUSTOMER_TARGETS
from kam.intake.lists.fields import Cells
from kam.intake.lists.ids import damaged, number_key

ID = next(target for target in CUSTOMER_TARGETS if target.key == "id")


def said(*texts: str) -> list[str]:
    """What is said of a column of ids."""
    cells = Cells("Customer ID", ID, texts, tuple(range(2, len(texts) + 2)))
    return [problem.message for problem in damaged(cells)]


@pytest.mark.parametrize("key", ["1001", "0001001", "1001.0", "1001,00", " 1001 "])
def test_one_number_is_one_key(key: str) -> None:
    assert number_key(key) == "1001"


@pytest.mark.parametrize("key", ["", "C5", "KD-001", "10.5", "1.00E+05", "-7", "١"])
def test_what_is_no_whole_number_has_no_key(key: str) -> None:
    assert number_key(key) == ""


@given(st.integers(0, 10**12), st.integers(0, 6))
def test_leading_zeros_and_decimals_change_no_key(number: int, zeros: int) -> None:
    assert number_key(f"{'0' * zeros}{number}.0") == number_key(str(number)) == str(number)


def test_a_rounded_id_is_told() -> None:
    [told] = said("1.00E+05", "C5", "100001")
    assert told.startswith(
        'Row 2, column Customer ID: we found "1.00E+05". A spreadsheet has rounded'
    )


def test_an_id_with_decimals_is_told() -> None:
    [told] = said("1001.0", "")
    assert "It looks like 1001, changed by a spreadsheet." in told


@pytest.mark.parametrize("key", ["12E4", "E10", "1001", "10.5", "0001", "A.0"])
def test_codes_are_left_alone(key: str) -> None:
    assert said(key) == []


def test_damaged_ids_come_in() -> None:
    cells = Cells("Customer ID", ID, ("1001.0",), (2,))
    assert [(one.blocks, one.kind) for one in damaged(cells)] == [(False, "damaged")]
