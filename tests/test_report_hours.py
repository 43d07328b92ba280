"""Hours now and due as a table: everybody in it, the largest change first, unknown left empty."""

import pandas as pd
import pytest

from kam.method.account_figures import AccountFigures
from kam.method.assessment import assess
from kam.model import Economics, Workshop
from kam.report.hours import hours_table
from tests.test_account_figures import figures, known, three


def test_everybody_is_in_the_table_with_the_largest_change_first() -> None:
    found = figures(known())
    table = hours_table(found)
    assert list(table.columns) == [
        "Customer", "Class", "Likely gain", "Hours now", "Hours due", "Change", "Service",
    ]  # fmt: skip
    assert sorted(table["Customer"]) == ["Ash", "Bay", "Cod"]
    assert table["Change"].abs().is_monotonic_decreasing
    assert (table["Hours due"] - table["Hours now"] - table["Change"]).abs().max() <= 1
    assert list(table["Service"]) == ["over-served", "under-served", "under-served"]


def test_the_hours_of_the_table_add_up_to_those_that_there_are() -> None:
    assert hours_table(figures(known()))["Hours due"].sum() == pytest.approx(500, abs=1.5)


def test_unknown_is_empty_and_never_zero() -> None:
    table = hours_table(figures(three(cod=Economics(hours=20)))).set_index("Customer")
    cod = table.loc["Cod"]
    assert cod["Hours now"] == 20
    assert pd.isna(cod[["Likely gain", "Hours due", "Change"]]).all()
    assert cod["Service"] == ""
    unsaid = hours_table(figures()).set_index("Customer").loc["Cod"]
    assert pd.isna(unsaid["Hours now"])


def test_without_customers_there_is_no_row() -> None:
    assert hours_table(AccountFigures(assess(Workshop(id="w", name="Empty")))).empty
