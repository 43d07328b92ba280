"""`kam.intake.orders.spellings`: which names of a ledger without ids are one customer."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kam.intake.orders.fates import BLANK
from kam.intake.orders.measures import Measures
from kam.intake.orders.spellings import spellings
from kam.names.key import name_key


def measures(name: str = "", lines: int = 1) -> Measures:
    """The measures of a customer with so many lines; the figures do not matter here."""
    values: dict[str, Any] = dict.fromkeys(Measures._fields) | {"name": name, "lines": lines}
    return Measures(**values)


def test_the_spelling_with_most_lines_stands_for_all_of_one_name() -> None:
    found = spellings({"ASH": measures(), "Ash Ltd": measures(lines=3), "Bay": measures()})
    assert found == {"ASH": "Ash Ltd", "Ash Ltd": "Ash Ltd", "Bay": "Bay"}


def test_of_spellings_with_as_many_lines_the_first_counts() -> None:
    assert set(spellings({"ASH": measures(), "Ash": measures()}).values()) == {"ASH"}


def test_keys_with_a_name_beside_them_are_ids() -> None:
    assert spellings({"ash": measures("Ash"), "ASH": measures("Ash")}) == {}


def test_a_column_that_is_the_one_of_names_holds_names_whatever_is_in_it() -> None:
    keys = {"Plant 1": measures("Plant 1"), "PLANT 1": measures("PLANT 1")}
    assert set(spellings(keys).values()) == {"Plant 1"}


def test_keys_of_which_most_have_a_digit_are_ids() -> None:
    assert spellings({"K-1": measures(), "K1": measures(), "Ash": measures()}) == {}
    assert spellings({"3M": measures(), "Ash": measures(), "ASH": measures()})["ASH"] == "Ash"


def test_lines_without_a_customer_are_nobody_else() -> None:
    found = spellings({BLANK: measures(), "Blank": measures(lines=5)})
    assert found == {BLANK: BLANK, "Blank": "Blank"}


@given(st.lists(st.sampled_from(["Ash", "ASH", "Ash Ltd", "Bay", "bay."]), unique=True))
def test_keys_share_a_spelling_exactly_if_they_have_one_name(keys: list[str]) -> None:
    found = spellings({key: measures() for key in keys})
    for one in keys:
        for other in keys:
            assert (found[one] == found[other]) == (name_key(one) == name_key(other))
