"""`kam.ui.wizard.ledger`: which files are the ledger, from the browser or from a folder."""

import gc
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui.wizard import draft
from tests.apps import present, stored
from tests.wizard.opened import (
    LEDGER,
    boxes,
    counted,
    finished,
    ledger_given,
    opened,
    stored_by,
    told,
)

FIRST = "Customer,Date,Amount\nAsh,2025-01-10,100\nBay,2025-02-10,200\n"
SECOND = "Customer,Date,Amount\nAsh,2025-03-10,50\n"


def received_files() -> list[Path]:
    """The files that came through the browser and are still on the disk."""
    gc.collect()
    return list(Path(draft._RECEIVED.name).iterdir())


def test_a_ledger_comes_in_by_three_clicks() -> None:
    workshop = stored()
    tab = ledger_given(opened(workshop, LEDGER), FIRST)
    assert told(tab, "Which column holds what?")
    tab = stored_by(counted(tab), "ledger")
    sentence = "Customers from orders.csv: 2 added. Undo takes it back as one step."
    assert [one.value.replace("\\", "") for one in tab.success] == [sentence]
    assert present(workshop).customers["Ash"].profile.revenue == 100.0
    tab.button(key="undo").click().run()
    assert present(workshop).customers == {}


def dropped(text: str) -> AppTest:
    """The tab after a ledger was dropped, wherever that leads."""
    tab = opened(stored(), LEDGER)
    tab.file_uploader[0].set_value([("orders.csv", text.encode(), "text/csv")])
    return finished(tab.run())


def test_a_ledger_with_nothing_to_ask_is_read_at_once_and_says_how() -> None:
    tab = dropped("Kunde;Datum;Betrag\nAsh;25.01.2025;1.234,50\n")
    assert told(tab, "step 3 of 3")
    assert told(tab, "✓ Amount: 1.234,50 is 1,234.5")
    assert told(tab, "✓ Date: 25.01.2025 is 25 January 2025")
    tab.button(key="wizard_ledger_back").click().run()
    assert told(tab, "Which column holds what?")


@pytest.mark.parametrize(
    "text",
    [
        FIRST.replace("Amount", "Worth"),
        "Customer,Date,Amount,Region\nAsh,2025-01-10,100,N\n",
        "Customer,Date,Amount\nAsh,01/02/2025,100\n",
        "Customer,Date,Amount\nAsh,2025-01-10,1.234\n",
        "Customer,Date,Amount,Sales,Crcy\nAsh,2025-01-10,1,2,EUR\n",
        "no table at all",
    ],
)
def test_whatever_is_open_stops_at_the_columns(text: str) -> None:
    assert not told(dropped(text), "step 3 of 3")


def test_a_ledger_whose_columns_were_agreed_before_is_read_at_once() -> None:
    text = "Customer,Date,Amount,Region\nAsh,2025-01-10,100,N\n"
    workshop = stored()
    tab = stored_by(counted(ledger_given(opened(workshop, LEDGER), text)), "ledger")
    again = opened(workshop, LEDGER)
    again.file_uploader[0].set_value([("next.csv", text.encode(), "text/csv")])
    assert told(finished(again.run()), "step 3 of 3 · next.csv")
    assert tab.success


def test_deals_are_asked_for_what_is_won() -> None:
    tab = dropped("Account Name,Amount,Close Date,Stage,Probability\nAsh,5,2025-01-10,Won,100\n")
    assert told(tab, "looks like a list of opportunities")


def test_several_files_with_the_same_columns_are_one_ledger() -> None:
    workshop = stored()
    tab = counted(ledger_given(opened(workshop, LEDGER), FIRST, SECOND))
    assert told(tab, "step 3 of 3 · orders.csv and 1 more")
    assert told(tab, "3 lines, 2 customers")
    stored_by(tab, "ledger")
    assert present(workshop).customers["Ash"].profile.revenue == 150.0


def test_a_file_with_other_columns_is_no_part_of_the_ledger() -> None:
    tab = counted(ledger_given(opened(stored(), LEDGER), FIRST, "Customer,Day\nAsh,2025-03-10\n"))
    [complaint] = [error.value.replace("\\", "") for error in tab.error]
    assert "1_orders.csv" in complaint
    tab.button(key="wizard_ledger_back").click().run()
    assert told(tab, "Which column holds what?")


def test_uploaded_files_leave_the_disk_after_beginning_anew() -> None:
    before = received_files()
    tab = ledger_given(opened(stored(), LEDGER), FIRST, SECOND)
    assert len(received_files()) == len(before) + 2
    counted(tab).button(key="wizard_ledger_anew").click().run()
    assert received_files() == before
    assert told(tab, "Choose an order ledger")


def test_uploaded_files_leave_the_disk_after_the_last_button() -> None:
    before = received_files()
    tab = stored_by(counted(ledger_given(opened(stored(), LEDGER), FIRST)), "ledger")
    tab.run()
    assert received_files() == before


def test_files_in_the_folder_for_large_ones_are_offered_and_stay_there(home: Path) -> None:
    folder = home / "incoming"
    folder.mkdir()
    (folder / "years").mkdir()
    for name, text in (("b.csv", SECOND), ("a.csv", FIRST)):
        (folder / name).write_text(text)
    workshop = stored()
    tab = opened(workshop, LEDGER)
    offered = tab.multiselect(key="wizard_ledger_incoming")
    assert offered.options == ["a.csv", "b.csv"]
    offered.set_value(["a.csv", "b.csv"]).run()
    tab.button(key="wizard_ledger_placed").click().run()
    assert told(tab, "step 3 of 3 · a.csv and 1 more")
    stored_by(finished(tab), "ledger")
    assert present(workshop).customers["Ash"].profile.revenue == 150.0
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "b.csv", "years"]


def test_without_the_folder_one_reads_where_to_put_large_files(home: Path) -> None:
    tab = opened(stored(), LEDGER)
    assert told(tab, str(home / "incoming"))
    assert tab.multiselect(key="wizard_ledger_incoming").disabled
    assert "wizard_ledger_placed" not in [one.key for one in tab.button]


def test_other_files_can_be_chosen_and_bring_their_own_columns() -> None:
    tab = ledger_given(opened(stored(), LEDGER), FIRST)
    tab.selectbox(key="wizard_ledger_column_order").set_value("Amount").run()
    tab.button(key="wizard_ledger_anew").click().run()
    ledger_given(tab, "Kunde;Datum;Betrag\nAsh;10.01.2025;5,50\n", name="umsatz.csv")
    assert boxes(tab)["Customer ID"] == "Kunde"
    assert boxes(tab)["Order number"] == ""
    assert told(counted(tab), "Revenue EUR 5.50")


def test_a_ledger_can_be_pasted_from_a_spreadsheet() -> None:
    workshop = stored()
    tab = opened(workshop, LEDGER)
    cells = FIRST.replace(",", "\t")
    tab.text_area(key="wizard_ledger_pasted_0").set_value(cells).run()
    assert told(tab, "step 3 of 3 · the pasted cells")
    stored_by(finished(tab), "ledger")
    assert present(workshop).customers["Bay"].profile.revenue == 200.0


def test_what_was_pasted_is_gone_after_beginning_anew() -> None:
    tab = opened(stored(), LEDGER)
    tab.text_area(key="wizard_ledger_pasted_0").set_value(FIRST).run()
    tab.button(key="wizard_ledger_anew").click().run()
    assert tab.text_area[0].value == ""
