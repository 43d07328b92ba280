"""`kam.ui.wizard.as_stored`: the last screen shows what was read, not what was written."""

from collections.abc import Mapping

import pandas as pd

from kam.intake.bring_in import targets
from kam.intake.lists.customers import check
from kam.intake.lists.fields import Written
from kam.intake.tables.files import from_text
from kam.ui.wizard.as_stored import SHOWN, as_stored
from tests.apps import stored
from tests.wizard.opened import SCORES, checked, opened
from tests.wizard.test_lists import ASH, LEVEL
from tests.workshops import made

GOES_TO = {"Customer": "name", "Revenue": "revenue", "Until": "contract_until", "Size": "fact"}


def frame(text: str, written: Mapping[str, Written] | None = None) -> pd.DataFrame:
    """The rows of a list as they will be stored."""
    wanted = targets(made())
    return as_stored(check(from_text("x", text), GOES_TO, wanted, written).rows, wanted)


def test_figures_and_days_stand_as_they_were_read_under_our_names() -> None:
    read = frame(
        "Customer,Revenue,Until,Size\nAsh,1.5,31.12.27,2500000\n",
        {"Revenue": Written(factor=1e6)},
    )
    assert read.to_dict("records") == [
        {
            "Customer": "Ash",
            "Revenue with us": "1,500,000",
            "We are bound until": "31 December 2027",
            "Size": "2,500,000",
        }
    ]


def test_what_cannot_be_read_is_empty_and_a_column_without_values_is_not_there() -> None:
    read = frame("Customer,Revenue,Until,Size\nAsh,soon,soon,1\nBay,5,,2\n")
    assert read["Revenue with us"].tolist() == ["", "5"]
    assert "We are bound until" not in read.columns


def test_the_last_screen_shows_the_first_rows() -> None:
    rows = "".join(f'{name},"1,234.5"\n' for name in ("Ash", "Bay", "Cob", "Dew"))
    shown = checked(opened(stored()), f"Customer,Revenue\n{rows}").dataframe[0].value
    assert shown["Customer"].tolist() == ["Ash", "Bay", "Cob"]
    assert shown["Revenue with us"].tolist() == ["1,234.5"] * SHOWN


def test_customers_that_are_not_here_are_not_among_the_scores() -> None:
    tab = checked(opened(stored(ASH, LEVEL), SCORES), "Customer,Level\nElm,3\nAsh,7\n")
    assert tab.dataframe[0].value.to_dict("records") == [{"Customer": "Ash", "Level": "7"}]


def test_a_list_of_which_no_row_comes_in_shows_none() -> None:
    tab = checked(opened(stored()), "Customer,Revenue\n,5\n")
    assert not [one for one in tab.dataframe if "Revenue with us" in one.value]
