"""Two columns for one field: whoever says different things is asked about, whoever repeats not."""

from collections.abc import Sequence

from kam.intake.headers.matching import CUSTOMER_TARGETS, Match, match
from kam.intake.headers.rivals import asking, rivals

NOWHERE = Match(None, certain=False)


def found(**columns: Sequence[str]) -> dict[str, str]:
    """The rivals among columns, whose names have blanks in place of underscores."""
    named = {header.replace("_", " "): cells for header, cells in columns.items()}
    return rivals(match(named, CUSTOMER_TARGETS, named), CUSTOMER_TARGETS, named)


def test_two_columns_of_revenue_with_different_figures_are_rivals() -> None:
    both = found(Customer=["Ash", "Bay"], Revenue=["5", "6"], Sales=["5", "7"])
    assert both == {"Revenue": "revenue", "Sales": "revenue"}


def test_a_third_column_is_a_rival_of_the_one_that_won() -> None:
    three = found(Revenue=["5"], Sales=["6"], Turnover=["7"])
    assert set(three) == {"Revenue", "Sales", "Turnover"}


def test_a_column_that_repeats_the_other_is_none_however_it_writes_its_figures() -> None:
    assert found(Revenue=["1200", "6"], Sales=["1,200.00", "6.0"]) == {}


def test_a_column_that_is_hardly_filled_is_none() -> None:
    assert found(Revenue=["5", "6", "7"], Sales=["9", "", ""]) == {}


def test_days_that_differ_are_rivals() -> None:
    days = found(Contract_end=["2027-12-31"], Contract_until=["2028-12-31"])
    assert set(days.values()) == {"contract_until"}


def test_of_texts_the_order_of_the_aliases_decides() -> None:
    assert found(Country=["Germany"], Country_Code=["DE"], Customer=["Ash"], Company=["B"]) == {}


def test_a_column_that_is_only_alike_is_no_rival() -> None:
    assert found(Revenue=["5"], Rev=["6"]) == {}


def test_rivals_are_guesses_until_somebody_has_said_which_of_them_it_is() -> None:
    matches = {"Revenue": Match("revenue", certain=True, by="name"), "Sales": NOWHERE, "x": NOWHERE}
    both = {"Revenue": "revenue", "Sales": "revenue"}
    guess = Match("revenue", certain=False, by="name")
    assert asking(matches, both) == {"Revenue": guess, "Sales": guess, "x": NOWHERE}
    assert asking(matches, both, {"revenue"}) == matches
