"""`kam.ui.wizard.lists`: the door for customers and the one for scores, from file to workshop."""

import pytest

from kam.edits import PutCriterion, PutCustomer, RemoveCriterion
from kam.intake.bring_in import Proposal, from_rows, targets
from kam.intake.lists.customers import check
from kam.intake.tables.files import Reading, Table, from_text, read_table
from kam.model import Customer
from kam.ui import rooms
from kam.ui.wizard import draft, lists
from kam.ui.wizard.draft import Draft, Source
from tests.apps import go, labels, present, shown, stored
from tests.wizard.opened import (
    CUSTOMERS,
    LEDGER,
    SCORES,
    Tab,
    boxes,
    checked,
    given,
    opened,
    questions,
    shown_again,
    stored_by,
    to,
    told,
)
from tests.workshops import A, criterion, made, scores

ASH = PutCustomer(customer=Customer(id="ash", name="Ash"))
LEVEL = PutCriterion(criterion=criterion("a", A, name="Level"))
LIST = "Customer,Industry\nAsh,Paper\nBay,Glass\n"


# --- customers ------------------------------------------------------------------------------------


def test_a_clean_list_is_three_clicks_from_file_to_customers() -> None:
    workshop = stored(ASH)
    tab = to(given(opened(workshop), LIST), 3)
    assert told(tab, "1 new · 1 to update")
    stored_by(tab)
    customers = present(workshop).customers
    assert {one.name: one.profile.industry for one in customers.values()} == {
        "Ash": "Paper",
        "Bay": "Glass",
    }
    assert customers["ash"].name == "Ash"


def test_after_the_import_the_wizard_is_empty() -> None:
    tab = stored_by(checked(opened(stored()), LIST))
    again = shown_again(tab)
    assert told(again, "Choose a file")
    assert len(again.file_uploader) == 1
    assert again.text_area[0].value == ""


def test_a_file_stays_chosen_while_the_tab_is_on_another_page() -> None:
    tab = to(given(opened(stored()), "Customer,Rev.\nAsh,5\n"), 2)
    go(go(tab, "criteria"), "customers")
    shown_again(tab)
    assert told(tab, "Match your columns")


def test_the_doors_keep_what_was_chosen_behind_each() -> None:
    tab = given(opened(stored(LEVEL)), LIST)
    tab.segmented_control(key="bring_in_door").set_value(SCORES).run()
    assert told(tab, "Choose a file")
    tab.segmented_control(key="bring_in_door").set_value(CUSTOMERS).run()
    assert told(tab, "list.csv: 2 rows, 2 columns")


def test_another_file_can_be_chosen_at_every_step() -> None:
    tab = opened(stored())
    for step in (1, 2, 3):
        given(tab, "Customer,Rev.\nAsh,5\n")
        for number in range(2, step + 1):
            to(tab, number)
        tab.button(key="wizard_customers_anew").click().run()
        assert told(tab, "Choose a file"), step
    given(tab, "Customer\nElm\n", "other.csv")
    assert told(tab, "other.csv: 1 row, 1 column")


def test_one_can_go_back_and_find_the_answers() -> None:
    tab = to(given(opened(stored()), "Customer,Colour\nAsh,red\n"), 2)
    tab.selectbox(key="wizard_customers_goes_1").set_value("needs").run()
    to(to(to(tab, 3), 2), 1)
    assert told(tab, "Is it read as it should be?")
    assert boxes(to(tab, 2))["Colour goes to"] == "needs"


def test_reading_the_file_otherwise_looks_at_the_columns_anew() -> None:
    tab = to(given(opened(stored()), "Customer,Colour\nAsh,red\nBay,blue\n"), 2)
    tab.selectbox(key="wizard_customers_goes_1").set_value("needs").run()
    to(tab, 1).selectbox(key="wizard_customers_header").set_value(2).run()
    assert boxes(to(tab, 2)) == {"Ash goes to": "", "red goes to": ""}


def test_a_figure_can_go_to_a_criterion() -> None:
    workshop = stored(LEVEL)
    stored_by(checked(opened(workshop), "Customer,Level\nAsh,7\n"))
    assert present(workshop).scores["a"]["Ash"].value == 7.0
    assert present(workshop).scores["a"]["Ash"].note == "list.csv"


def test_a_criterion_that_is_gone_meanwhile_leaves_its_column_out() -> None:
    workshop = stored(LEVEL)
    tab = given(opened(workshop), "Customer,Level\nAsh,7\n")
    rooms.store().write(workshop, RemoveCriterion(criterion="a"))
    stored_by(to(tab, 3))
    assert list(present(workshop).customers) == ["Ash"]
    assert present(workshop).scores == {}


def test_a_file_without_column_names_is_read_once_for_each_way_of_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ways: list[int | None] = []

    def read(name: str, data: bytes, reading: Reading) -> Table:
        ways.append(reading.header)
        return read_table(name, data, reading)

    monkeypatch.setattr("kam.ui.wizard.lists.read_table", read)
    tab = given(opened(stored()), "Ash,5\nBay,6\n")
    tab.run()
    tab.run()
    assert sorted(ways, key=str) == [0, None]


# --- scores ---------------------------------------------------------------------------------------


def test_without_a_complete_criterion_nothing_can_be_scored() -> None:
    tab = opened(stored(ASH), SCORES)
    assert told(tab, "No criterion is complete yet, so nothing can be scored.")
    assert tab.file_uploader == []
    assert "Complete the criteria" in [link.label for link in tab.page_link]


def test_a_column_of_scores_goes_to_customer_or_criterion_only() -> None:
    tab = to(given(opened(stored(ASH, LEVEL), SCORES), "Customer,Points\nAsh,7\n"), 2, "scores")
    options = tab.selectbox(key="wizard_scores_goes_1").options
    assert options == ["Do not import", "Customer ID", "Customer", "Level"]
    assert "Keep" not in labels(tab)


def test_scores_come_in_for_customers_that_are_here_and_strangers_are_told() -> None:
    workshop = stored(ASH, LEVEL)
    tab = checked(opened(workshop, SCORES), "Customer,Level\nAsh,7\nElm,3\n")
    assert told(tab, "1 customer with scores · 1 left out")
    assert "Bring in scores of 1 customer" in labels(tab)
    assert told(tab, "Not among your customers, and left out: Elm. Bring them in first.")
    stored_by(tab, "scores")
    assert list(present(workshop).customers) == ["ash"]
    assert present(workshop).scores["a"]["ash"].value == 7.0


def test_an_empty_cell_leaves_a_score_as_it_is() -> None:
    workshop = stored(ASH, LEVEL, scores(["a"], {"ash": [4.0]}))
    tab = checked(opened(workshop, SCORES), "Customer,Level\nAsh,\nBay,5\n")
    assert tab.button(key="wizard_scores_bring_in").disabled
    assert present(workshop).scores["a"]["ash"].value == 4.0


def test_a_score_beyond_the_anchors_is_asked_about_and_comes_in() -> None:
    workshop = stored(ASH, LEVEL)
    tab = checked(opened(workshop, SCORES), "Customer,Level\nAsh,70\n")
    assert questions(tab) == ["“Level” is outside its range (1 row) · :gray[comes in]"]
    stored_by(tab, "scores")
    assert present(workshop).scores["a"]["ash"].value == 70.0


def test_many_strangers_are_counted() -> None:
    workshop = made(ASH)
    rows = check(table(), {"Customer": "name"}, targets(workshop))
    found = from_rows(workshop, rows, "x", only_known=True)
    [sentence] = lists._strangers(found)
    assert "left out: S0, S1, S2, S3, S4 and 2 more." in sentence
    assert lists._strangers(Proposal(found.edit, 0, 0)) == ()


def table() -> Table:
    return from_text("x", "Customer\n" + "".join(f"S{n}\n" for n in range(7)))


# --- what is read again, and what is not ----------------------------------------------------------


def test_a_file_is_read_once_and_again_when_it_is_to_be_read_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Tab(monkeypatch)
    draft.keep("customers", Draft(sources=(Source("a.csv", b"Customer\nAsh\n"),)))
    first = lists._table("customers")
    draft.change("customers", step=2)
    assert lists._table("customers") is first
    draft.change("customers", reading=Reading(header=0))
    assert lists._table("customers").headers == ("Column 1",)


def test_the_ledger_has_a_door_of_its_own() -> None:
    tab = opened(stored(), LEDGER)
    assert told(tab, "Choose an order ledger")
    assert "Customer ID" not in shown(tab)
