"""Tables of return and exits: what stands in them adds up, and unknown is a word."""

from datetime import timedelta

import pandas as pd
import pytest

from kam.edits import BringIn, PutCustomer
from kam.method.account_figures import AccountFigures, increment
from kam.method.assessment import assess
from kam.method.drafts.pace import NOTICE_DAYS
from kam.method.exit_case import STAYS
from kam.method.exits import exit_order, exit_words
from kam.method.incremental import Effect
from kam.method.returns import GOODS, REST, Figure, Line
from kam.model import Economics, Workshop
from kam.report.account_returns import (
    CHANGES,
    COLUMNS,
    DASH,
    SO_FAR,
    SUM,
    UNKNOWN,
    apart_words,
    before_and_after,
    exit_rows,
    inputs_table,
    members_table,
    more_business,
    opened_return,
    opened_row,
    order_table,
    percent,
    rate_words,
    returns_table,
)
from kam.validated import changed
from tests.test_account_figures import KNOWN, PLANNED, figures, known, three
from tests.workshops import TODAY, after


def plain(amount: float | None) -> str:
    return "?" if amount is None else f"{amount:.2f}"


NAMES = {"ash": "Ash", "bay": "Bay", "cod": "Cod"}


def exits_of(*leaving: str) -> pd.DataFrame:
    found = figures(known()).exit(leaving)
    return before_and_after(found, plain, 0.2, NAMES).set_index("")


def mixed() -> AccountFigures:
    """Ash finances itself, bay earns 200 on 500, cod has parts of its capital and no overhead."""
    workshop = known()
    ash = changed(workshop.customers["ash"], profile=changed(KNOWN, capital_employed=-300))
    cod = changed(workshop.customers["cod"], economics=Economics(receivables=100.0))
    return figures(after(workshop, BringIn(origin="x", customers={"ash": ash, "cod": cod})))


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
    table = inputs_table(figure, "Profit", "EUR", plain)
    assert list(table[""]) == ["Revenue", "Cost", "Profit"]
    assert table["EUR"].iloc[-1] == plain(figure.amount)


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    figure = Figure((Line("Revenue", 10.0), Line("Cost", None)))
    assert list(inputs_table(figure, "Profit", "EUR", plain)["EUR"]) == ["10.00", "?", "?"]


# --- what a rate of several adds up from ----------------------------------------------------------


def numbers(table: pd.DataFrame, column: str) -> list[float]:
    """The amounts of a column of words; empty cells left out."""
    return [float(cell) for cell in table[column] if cell]


def test_a_rate_opens_to_its_customers_with_their_lines_and_the_sums_that_are_shown() -> None:
    found = figures(known())
    table = members_table(found, found.together, NAMES, plain)
    assert list(table["Customer"]) == [SUM, "Ash", "Bay", "Cod"]
    assert list(table.columns) == [
        "Customer", "Operating profit", "Capital", "Revenue", GOODS, "Cost to serve",
        "Avoidable overhead", "Capital employed",
    ]  # fmt: skip
    for column in table.columns[1:]:
        total, *parts = numbers(table, column)
        assert sum(parts) == total
    assert table["Operating profit"].iloc[0] == plain(found.together.profit.amount)
    assert table["Capital"].iloc[0] == plain(found.together.capital.amount)
    across = [numbers(table, column)[1] for column in table.columns[3:7]]
    assert sum(across) == numbers(table, "Operating profit")[1]


def test_every_class_opens_to_the_sums_behind_its_rate() -> None:
    found = figures(known())
    for earned in found.of_classes.values():
        table = members_table(found, earned, NAMES, plain)
        profit, capital = (numbers(table, name)[0] for name in ("Operating profit", "Capital"))
        assert profit / capital == earned.rate


def test_who_is_in_no_rate_is_not_in_its_sums_and_is_told_apart() -> None:
    found = mixed()
    assert list(members_table(found, found.together, NAMES, plain)["Customer"]) == [SUM, "Bay"]
    told = apart_words(found.together, lambda keys: " ".join(NAMES[key] for key in keys), plain)
    assert told == (
        "Not in the rate: 1 self-financing, profit 200.00 (Ash), and 1 with a figure that is not "
        "known (Cod)."
    )
    assert apart_words(figures(known()).together, str, plain) == ""


def test_different_parts_of_capital_are_columns_of_their_own_and_add_up() -> None:
    workshop = known()
    cod = changed(workshop.customers["cod"], economics=changed(PLANNED, receivables=100.0))
    found = figures(after(workshop, BringIn(origin="x", customers={"cod": cod})))
    table = members_table(found, found.together, NAMES, plain).set_index("Customer")
    assert list(table["Receivables"]) == ["100.00", "", "", "100.00"]
    assert (table.loc[SUM, "Capital employed"], table.loc[SUM, REST]) == ("1000.00", "400.00")
    assert table.loc[SUM, "Capital"] == "1500.00"


# --- exits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("leaving", [("bay",), ("ash", "bay"), ("ash", "bay", "cod")])
def test_today_less_what_goes_is_what_is_left(leaving: tuple[str, ...]) -> None:
    table = exits_of(*leaving)
    for name in ("Revenue", "Operating profit", "Capital"):
        today, goes, then = (cell(table, name, column) for column in table.columns)
        assert today - goes == pytest.approx(then)


def test_what_goes_of_the_profit_is_contribution_less_the_cost_that_ends() -> None:
    table = exits_of("bay")
    goes = {name: cell(table, name, "Goes with them") for name in table.index[:5] if name}
    ends = goes["Contribution that goes"] - goes["Less the cost that ends"]
    assert goes["Operating profit"] == ends
    before, then = (cell(table, "Operating profit", c) for c in ("Today", "Afterwards"))
    assert then == before - 200 - goes["Cost that stays with the others"]


@pytest.mark.parametrize("leaving", [("bay",), ("ash", "cod")])
def test_the_title_is_the_change_of_profit_and_the_freed_capital_of_the_table(
    leaving: tuple[str, ...],
) -> None:
    found, table = figures(known()).exit(leaving), exits_of(*leaving)
    before, then = (cell(table, "Operating profit", c) for c in ("Today", "Afterwards"))
    earns = cell(table, "Freed capital may earn, at 20 %", "Afterwards")
    assert exit_words(found, plain).startswith(
        f"{len(leaving)} exit{'s' * (len(leaving) > 1)}: profit falls by {before - then:.2f}, "
        f"capital may earn {earns:.2f}"
    )
    both = cell(table, "Profit changes by, with that", "Afterwards")
    assert both == pytest.approx(then - before + earns)


@pytest.mark.parametrize("row", list(exit_rows(0.125)))
def test_every_figure_of_an_exit_opens_to_customers_that_add_up_to_it(row: str) -> None:
    found = figures(known()).exit(("ash", "bay"))
    shown = before_and_after(found, plain, 0.125, NAMES).set_index("").loc[row]
    table = opened_row(found, exit_rows(0.125)[row], NAMES, plain)
    columns = [column for column in COLUMNS if shown[column]]
    assert columns
    for column in columns:
        total, *parts = numbers(table, column)
        assert sum(parts) == pytest.approx(total)
        assert total == pytest.approx(float(str(shown[column])), abs=0.5)


def test_the_return_before_and_after_an_exit_opens_to_the_sums_that_it_divides() -> None:
    found = mixed().exit(("bay",))
    table = opened_return(found, NAMES, plain).set_index("Customer")
    for returns, when in ((found.before.returns, "today"), (found.after.returns, "afterwards")):
        assert table.loc[SUM, f"Profit {when}"] == plain(returns.profit.amount)
        assert table.loc[SUM, f"Capital {when}"] == plain(returns.capital.amount)
        for name in (f"Profit {when}", f"Capital {when}"):
            total, *parts = numbers(table, name)
            assert sum(parts) == total
    assert "Ash" not in table.index  # it finances itself
    assert table.loc["Bay", "Profit afterwards"] == "-40.00"


def test_what_a_customer_gives_to_a_figure_opens_to_its_lines() -> None:
    found = figures(known()).exit(("bay",))
    table = opened_row(found, exit_rows(0.2)["Less the cost that ends"], NAMES, plain)
    assert list(table.columns) == [
        "Customer", "Goes with them", "Cost to serve", STAYS, "Avoidable overhead",
    ]  # fmt: skip
    assert list(table.iloc[1]) == ["Bay", "160.00", "100.00", "-40.00", "100.00"]


def test_of_who_leaves_the_costs_that_stay_are_left_of_its_profit() -> None:
    found = figures(known()).exit(("bay",))
    table = opened_row(found, exit_rows(0.2)["Operating profit"], NAMES, plain)
    rows = table.set_index("Customer")
    today, goes, then = (cell(rows, "Bay", column) for column in COLUMNS)
    assert (today, goes, then) == (200, 240, -40)
    assert list(rows.loc["Ash", list(COLUMNS)]) == ["200.00", "", "200.00"]


def test_hours_and_gain_of_an_exit_are_told() -> None:
    table = exits_of("ash", "bay")
    assert table.loc["Hours a year", "Goes with them"] == "380"
    assert cell(table, "Profit changes by, with that", "Afterwards") == pytest.approx(
        2 * (60 + 100 + 100 - 400)
    )


def test_nobody_left_has_no_return_and_no_largest_customer() -> None:
    table = exits_of("ash", "bay", "cod")
    assert list(table.loc["Largest customer"]) == ["33.3 %", "", DASH]
    assert list(table.loc["… which is"]) == ["Ash", "", DASH]
    assert table.loc["Return on capital", "Afterwards"] == DASH


def test_companies_of_one_group_are_the_largest_together() -> None:
    bay = known().customers["bay"]
    of_ash = changed(bay, profile=changed(bay.profile, parent="Ash"))
    found = figures(after(known(), PutCustomer(customer=of_ash))).exit(("cod",))
    table = before_and_after(found, plain, 0.2, NAMES).set_index("")
    assert list(table.loc["Largest customer"]) == ["66.7 %", "", "100 %"]
    assert list(table.loc["… which is"]) == ["Ash (group)", "", "Ash (group)"]


def test_a_long_name_of_the_largest_is_cut_at_its_end_and_never_its_share() -> None:
    found = figures(known()).exit(("bay",))
    names = {**NAMES, "bay": "Bay, Alder and Apple Holdings"}
    table = before_and_after(found, plain, 0.2, names).set_index("")
    assert table.loc["… which is", "Today"] == "Bay, Alder and Ap…"
    assert table.loc["Largest customer", "Today"] == "33.3 %"


def test_from_an_unknown_exit_on_nothing_is_told_of_all_so_far() -> None:
    table = order_table(figures().exit_order(("ash", "cod"), TODAY), NAMES, plain)
    assert list(table["Customer"]) == ["Ash", "Cod"]
    assert table[SO_FAR].iloc[0] != "?"
    assert table[SO_FAR].iloc[1] == "?"


def test_where_only_unknown_figures_stay_there_is_no_return_and_nobody_is_self_financing() -> None:
    found = figures().exit(("ash", "bay"))
    table = before_and_after(found, plain, 0.2, NAMES).set_index("")
    assert table.loc["Return on capital", "Afterwards"] == DASH
    assert table.loc["Revenue", "Afterwards"] == "1000.00"


def test_unknown_hours_of_who_goes_are_told_as_unknown() -> None:
    table = before_and_after(figures().exit(("cod",)), plain, 0.2, NAMES).set_index("")
    assert table.loc["Hours a year", "Goes with them"] == UNKNOWN
    assert table.loc["Profit changes by, with that", "Afterwards"] == "?"


def test_the_order_of_exits_is_numbered_dated_and_adds_up() -> None:
    found = figures(known())
    table = order_table(found.exit_order(("ash", "bay"), TODAY), NAMES, plain)
    assert list(table["Order"]) == [1, 2]
    assert set(table["Customer"]) == {"Ash", "Bay"}
    first = TODAY + timedelta(days=NOTICE_DAYS)
    assert set(table["Not before"]) == {f"{first.day} {first:%b %Y}"}
    earned = found.exit(("ash", "bay")).on_capital.amount
    assert float(table[SO_FAR].iloc[-1]) == table[CHANGES].astype(float).sum() + (earned or 0)


def test_a_step_without_a_day_has_a_dash() -> None:
    [step] = exit_order(figures(known()).accounts.values(), ["ash"], 0.2)
    assert order_table([step], NAMES, plain)["Not before"].iloc[0] == DASH
