"""`kam.method.ledger_figures`: what a ledger told of a customer, and the customer without it."""

import pytest

from kam.method.ledger_figures import COPIES, copied_from, from_a_ledger, without_ledger
from kam.model import Customer, Profile

FACTS = {"ledger.revenue_12m": 300.0, "ledger.margin_pct": 1 / 3, "Staff": 4.0}
BOTH = Customer(
    id="b",
    name="B",
    profile=Profile(revenue=300.0, margin_pct=1 / 3 + 1e-15, cost_to_serve=9.0, owner="Ines"),
    facts=FACTS,
)


def test_a_figure_that_repeats_the_ledgers_is_a_copy_of_it() -> None:
    assert copied_from(BOTH, "revenue") == "ledger.revenue_12m"
    assert copied_from(BOTH, "margin_pct") == "ledger.margin_pct"


@pytest.mark.parametrize("field", ["cost_to_serve", "own_revenue", "owner", "no field"])
def test_what_no_ledger_told_is_no_copy(field: str) -> None:
    assert copied_from(BOTH, field) is None


def test_a_figure_that_says_something_else_is_no_copy() -> None:
    other = Customer(id="b", name="B", profile=Profile(revenue=310.0), facts=FACTS)
    assert copied_from(other, "revenue") is None
    assert without_ledger(other).profile.revenue == 310.0


def test_without_the_ledger_its_facts_and_their_copies_are_gone_and_the_rest_stays() -> None:
    assert without_ledger(BOTH) == Customer(
        id="b", name="B", profile=Profile(cost_to_serve=9.0, owner="Ines"), facts={"Staff": 4.0}
    )


def test_only_facts_of_a_ledger_make_a_customer_one_of_a_ledger() -> None:
    assert from_a_ledger(BOTH)
    assert not from_a_ledger(without_ledger(BOTH))


def test_every_copy_is_a_field_of_the_profile() -> None:
    assert COPIES.keys() <= Profile.model_fields.keys()
