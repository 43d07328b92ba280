"""The capital of a customer: its parts, the one figure, and where the two contradict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.capital import PARTS, capital, contradiction, parts_known, tied_up
from kam.model import Customer, Economics, Profile

WHOLE = {
    "receivables": 150.0,
    "stock": 80.0,
    "assets": 40.0,
    "contract_assets": 10.0,
    "advances": 20.0,
    "payables": 60.0,
}  # 200


def one(stated: float | None = None, **parts: float | None) -> Customer:
    profile = Profile(capital_employed=stated)
    return Customer(id="ash", name="Ash", profile=profile, economics=Economics(**parts))


def test_all_parts_make_the_capital_without_a_figure_for_it() -> None:
    found = capital(one(**WHOLE))
    assert found.amount == 200
    assert [line.amount for line in found.lines] == [150, 80, 40, 10, -20, -60]


def test_every_part_that_can_be_written_down_is_in_the_account() -> None:
    account = tied_up(one(7, **WHOLE))
    assert {name: getattr(account, name) for name in PARTS} == WHOLE
    assert account.capital == 7
    assert set(PARTS) <= set(Economics.model_fields)


def test_the_one_figure_counts_while_parts_are_missing() -> None:
    assert capital(one(500, **{**WHOLE, "stock": None})).amount == 500
    assert capital(one(500)).amount == 500


def test_nothing_known_is_unknown_and_not_nothing() -> None:
    assert capital(one()).amount is None
    assert capital(one(stock=5)).amount is None
    assert capital(one(0)).amount == 0


def test_a_contradiction_is_told_with_both_figures_and_what_counts() -> None:
    assert contradiction(one(-500, **WHOLE), "EUR") == (
        "The parts add up to EUR 200, and capital employed says EUR −500: the parts count. "
        "Correct one of them."
    )


@pytest.mark.parametrize(
    "agreeing", [one(200, **WHOLE), one(200), one(**WHOLE), one(7, stock=3), one()]
)
def test_what_agrees_or_is_incomplete_is_no_contradiction(agreeing: Customer) -> None:
    assert contradiction(agreeing) == ""


@given(st.dictionaries(st.sampled_from(sorted(PARTS)), st.floats(-1e9, 1e9)))
def test_the_lines_always_add_up_to_the_stated_capital_unless_all_parts_are_known(
    parts: dict[str, float],
) -> None:
    customer = one(1234.56, **parts)
    found = capital(customer)
    assert parts_known(customer) == len(parts)
    if len(parts) < len(PARTS):
        assert found.amount == 1234.56
