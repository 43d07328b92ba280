"""Tables of return and exits: what stands in them adds up, and unknown is a word."""

import pandas as pd
import pytest

from kam.edits import BringIn
from kam.method.account_figures import AccountFigures, increment
from kam.method.assessment import assess
from kam.method.incremental import Effect
from kam.method.returns import Figure, Line
from kam.model import Economics, Workshop
from kam.report.account_returns import (
    UNKNOWN,
    before_and_after,
    inputs_table,
    more_business,
    order_table,
    percent,
    rate_words,
    returns_table,
)
from kam.validated import changed
from tests.test_account_figures import KNOWN, PLANNED, figures, known, three
from tests.workshops import after


def plain(amount: float | None) -> str:
    return "?" if amount is None else f"{amount:.2f}"


def exits_of(*leaving: str) -> pd.DataFrame:
    return before_and_after(figures(known()).exit(leaving), plain).set_index("")


def cell(table: pd.DataFrame, row: str, column: str) -> float:
    """The amount in a cell of words."""
    return float(str(table.loc[row, column]))


@pytest.mark.parametrize(
    ("rate", "words"),
    [(0.1235, "12.3 %"), (-0.05, "−5.0 %"), (12.345, "1,234 %"), (None, UNKNOWN), (0.0, "0.0 %")],
)
def test_a_share_is_told_as_people_say_it(rate: float | None, words: str) -> None:
    assert percent(rate) == words


def test_a_return_is_a_rate_or_its_reason_in_a_word() -> None:
    found = figures()
    assert rate_words(found.returns["ash"]) == "40.0 %"
    assert rate_words(found.returns["cod"]) == UNKNOWN
    workshop = three()
    ash = changed(workshop.customers["ash"], profile=changed(KNOWN, capital_employed=-1))
    advanced = figures(after(workshop, BringIn(origin="x", customers={"ash": ash})))
    assert rate_words(advanced.returns["ash"]) == "self-financing"


def test_the_lowest_return_comes_first_and_unknown_ones_last() -> None:
    workshop = three()
    bay = changed(workshop.customers["bay"], profile=changed(KNOWN, margin_pct=10))
    table = returns_table(figures(after(workshop, BringIn(origin="x", customers={"bay": bay}))))
    assert list(table["Customer"]) == ["Bay", "Ash", "Cod"]
    assert list(table["Return"]) == ["−20.0 %", "40.0 %", UNKNOWN]


def test_a_row_holds_profit_capital_and_what_an_hour_brings() -> None:
    row = returns_table(figures()).set_index("Customer").loc["Ash"]
    assert (row["Profit"], row["Capital"], row["Brings an hour"]) == (200, 500, 5)
    assert row["More business"] == "100 %"
    assert row["Class"] == "Key · core"


def test_unknown_amounts_are_empty_cells_and_never_nothing() -> None:
    row = returns_table(figures()).set_index("Customer").loc["Cod"]
    assert row[["Profit", "Brings an hour"]].isna().all()
    assert row["More business"] == Effect.UNKNOWN


def test_an_empty_workshop_has_an_empty_table() -> None:
    assert returns_table(AccountFigures(assess(Workshop(id="w", name="Empty")))).empty


@pytest.mark.parametrize(
    ("economics", "words"),
    [
        (PLANNED, "100 %"),
        (Economics(gain=5, added_capital=0, one_off=0), "earns without more capital"),
        (Economics(gain=5, added_capital=-5, one_off=0), "frees cash"),
        (Economics(gain=0, added_capital=0, one_off=0), "changes nothing"),
        (Economics(gain=5), "unknown"),
    ],
)
def test_more_business_is_a_rate_or_what_it_does_instead(economics: Economics, words: str) -> None:
    assert more_business(increment(economics)) == words


def test_inputs_end_with_their_sum() -> None:
    figure = Figure((Line("Revenue", 10.005), Line("Cost", -4.0)))
    table = inputs_table(figure, "Profit", plain)
    assert list(table[""]) == ["Revenue", "Cost", "Profit"]
    assert table["Twelve months"].iloc[-1] == plain(figure.amount)


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    figure = Figure((Line("Revenue", 10.0), Line("Cost", None)))
    assert list(inputs_table(figure, "Profit", plain)["Twelve months"]) == ["10.00", "?", "?"]


def test_today_less_what_goes_is_what_is_left() -> None:
    table = exits_of("bay")
    for name in ("Revenue", "Capital"):
        today, goes, then = (cell(table, name, column) for column in table.columns)
        assert today - goes == then


def test_profit_afterwards_bears_the_cost_that_stays() -> None:
    table = exits_of("bay")
    before, then = (cell(table, "Operating profit", c) for c in ("Today", "Afterwards"))
    stays = cell(table, "Cost that stays with the others", "Goes with them")
    assert then == before - 200 - stays
    assert stays == 40


def test_hours_and_gain_of_an_exit_are_told() -> None:
    table = exits_of("ash", "bay")
    assert table.loc["Hours a year", "Goes with them"] == "380"
    assert cell(table, "Brings a year", "Goes with them") == pytest.approx(
        2 * (60 + 100 + 100 - 400)
    )


def test_nobody_left_has_no_largest_customer() -> None:
    table = exits_of("ash", "bay", "cod")
    assert table.loc["Largest customer, of revenue", "Today"] == "33.3 %"
    assert table.loc["Largest customer, of revenue", "Afterwards"] == UNKNOWN


def test_unknown_hours_of_who_goes_are_told_as_unknown() -> None:
    table = before_and_after(figures().exit(("cod",)), plain).set_index("")
    assert table.loc["Hours a year", "Goes with them"] == UNKNOWN
    assert table.loc["Brings a year", "Goes with them"] == "?"


def test_the_order_of_exits_is_numbered_and_adds_up() -> None:
    steps = figures(known()).exit_order(("ash", "bay"))
    table = order_table(steps, {"ash": "Ash", "bay": "Bay"}, plain)
    assert list(table["Order"]) == [1, 2]
    assert set(table["Customer"]) == {"Ash", "Bay"}
    alone = table["Brings a year"].astype(float)
    assert float(table["With all before it"].iloc[-1]) == pytest.approx(alone.sum())
