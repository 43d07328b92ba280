"""A ledger of which no line counts is refused with what is missing, and a cell to look at."""

import pytest

from kam.errors import Unreadable
from kam.intake.orders import nothing
from kam.intake.orders.remarks import REASONS
from tests.ledgers import choices, ledger


def refusal(text: str, amount: str | None = "amount", **more: object) -> str:
    with pytest.raises(Unreadable) as caught:
        ledger(text, choices("customer", "date", amount, **more))
    return str(caught.value)


def test_only_what_is_missing_is_named_with_a_cell() -> None:
    assert refusal("customer,date,amount\nA,2024-W05,5\nB,2024-W06,7\n") == (
        'No line of the ledger counts: 2 lines have no readable date ("2024-W05" in column date). '
        "Check which column is which."
    )


def test_amounts_and_customers_have_their_own_words() -> None:
    told = refusal("customer,date,amount\nA,2024-01-05,n/a\n,2024-01-05,5\n")
    assert '1 line names no customer; 1 line has no readable amount ("n/a" in column' in told
    assert "date" not in told


def test_quantity_and_price_are_both_shown() -> None:
    text = "customer,date,q,p\nA,2024-01-05,x,3\n"
    told = refusal(text, amount=None, quantity="q", unit_price="p")
    assert '("x" in column q, "3" in column p)' in told


def test_lines_of_another_shape_count_as_well() -> None:
    assert "1 line lies after" in refusal("customer,date,amount\nA,9000-01-05,5\n")
    told = refusal("customer,date,amount\nA,x,5\nA,2024-01-01,5,5\n")
    assert "1 line does not have the header's cells" in told


def test_every_other_reason_is_one_that_the_remarks_know() -> None:
    assert nothing.SHOWN_BY.keys() <= REASONS.keys()
