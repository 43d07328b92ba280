"""`kam.ui.wizard.check`: problems by repair, near matches side by side, and the last button."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import PutCustomer
from kam.intake.bring_in import targets
from kam.intake.headers.aliases import CUSTOMER_TARGETS
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check as checked_rows
from kam.intake.lists.repairs import ProblemGroup, Repair
from kam.intake.tables.files import Table, from_text
from kam.model import Customer, Profile
from kam.report.problems import problem_workbook
from kam.ui import rooms
from kam.ui.wizard import check, draft
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import Tab, checked, given, opened, pressed, questions, stored_by, to, told
from tests.workshops import made

BAD = """\
Customer,Revenue,Margin in %
Ash,5,10
Bay,soon,20
Cob,soon,300
Dew,n.a.,30
,7,5
Ash,8,5
"""
GOES_TO = {"Customer": "name", "Revenue": "revenue", "Margin in %": "margin_pct"}
MILLS = PutCustomer(
    customer=Customer(id="c1", name="Ashcombe Mills", profile=Profile(revenue=1.0, owner="Ines"))
)


def bad() -> tuple[Table, Checked]:
    """The messy list, and what was found in it."""
    table = from_text("list.csv", BAD)
    return table, checked_rows(table, GOES_TO, targets(made()))


def group(kind: str) -> ProblemGroup:
    """The problems of one kind in the messy list."""
    return next(one for one in bad()[1].groups if one.kind == kind)


def key(*parts: object) -> str:
    return draft.key("customers", *parts)


@pytest.fixture
def workshop() -> str:
    return stored()


@pytest.fixture
def tab(workshop: str) -> AppTest:
    """The third screen for the messy list."""
    return checked(opened(workshop), BAD)


def revenues(workshop: str) -> dict[str, float | None]:
    """Customer name -> revenue, as stored."""
    return {one.name: one.profile.revenue for one in present(workshop).customers.values()}


# --- counts and problems --------------------------------------------------------------------------


def test_the_counts_come_first(tab: AppTest) -> None:
    assert told(tab, "4 new · 0 to update · 2 left out")
    assert labels(tab)[2] == "Bring in 4 customers"


def test_problems_are_grouped_by_repair_and_say_what_happens_to_their_rows(tab: AppTest) -> None:
    assert questions(tab) == [
        "There is no name (1 row) · :orange[left out]",
        "The same customer twice (1 row) · :orange[left out]",
        "“Revenue with us” is not a number (3 rows) · :gray[comes in, value unknown]",
        "“Margin in %” is outside its range (1 row) · :gray[comes in]",
    ]


def test_every_group_shows_its_rows_and_what_to_do(tab: AppTest) -> None:
    frame = next(one.value for one in tab.data_editor if len(one.value) == 3)
    assert frame["Row"].tolist() == [3, 4, 5]
    assert frame["We found"].tolist() == ["soon", "soon", "n.a."]
    assert told(tab, 'Row 3, column Revenue: we found "soon". Enter a number or leave it empty.')


def test_what_comes_in_as_it_is_comes_in(tab: AppTest, workshop: str) -> None:
    stored_by(tab)
    assert revenues(workshop) == {"Ash": 5.0, "Bay": None, "Cob": None, "Dew": None}
    assert present(workshop).customers["Cob"].profile.margin_pct == 300.0


def test_a_long_group_is_shown_in_part_and_counted() -> None:
    rows = "".join(f"Customer {n},x\n" for n in range(check.MOST_ROWS + 7))
    tab = checked(opened(stored()), f"Customer,Revenue\nAsh,5\n{rows}")
    assert len(tab.data_editor[0].value) == check.MOST_ROWS
    assert told(tab, "and 7 more")


# --- repairs --------------------------------------------------------------------------------------


def test_all_that_say_the_same_are_replaced_at_once(tab: AppTest, workshop: str) -> None:
    tab.text_input(key=key("all", "number", "Revenue")).set_value("9")
    tab.button(key=key("all", "number", "Revenue") + "_replace").click().run()
    assert [one for one in questions(tab) if "not a number" in one] == []
    stored_by(tab)
    assert revenues(workshop) == {"Ash": 5.0, "Bay": 9.0, "Cob": 9.0, "Dew": 9.0}


def test_another_name_for_a_customer_met_twice_leaves_the_first_as_it_is(workshop: str) -> None:
    tab = checked(opened(workshop), "Customer,Revenue\nAlpha,1\nBay,2\nAlpha,3\n")
    tab.text_input(key=key("all", "twice", "Customer")).set_value("Alpha North")
    tab.button(key=key("all", "twice", "Customer") + "_replace").click().run()
    stored_by(tab)
    assert revenues(workshop) == {"Alpha": 1.0, "Bay": 2.0, "Alpha North": 3.0}


def test_an_id_met_twice_is_repaired_at_the_id(workshop: str) -> None:
    tab = checked(opened(workshop), "Customer ID,Customer,Revenue\n7,Ash,1\n7,Bay,2\n")
    tab.text_input(key=key("all", "twice", "Customer ID")).set_value("8")
    tab.button(key=key("all", "twice", "Customer ID") + "_replace").click().run()
    stored_by(tab)
    assert [(k, one.name) for k, one in present(workshop).customers.items()] == [
        ("7", "Ash"),
        ("8", "Bay"),
    ]


def test_a_value_beyond_a_strict_range_is_not_said_to_come_in(workshop: str) -> None:
    label = next(one.label for one in CUSTOMER_TARGETS if one.strict and one.high == 100)
    tab = checked(opened(workshop), f"Customer,{label}\nAsh,20\nBay,500\n")
    [question] = questions(tab)
    assert question.endswith("is outside its range (1 row) · :gray[comes in, value unknown]")


def test_replacing_by_nothing_is_no_repair(tab: AppTest) -> None:
    tab.button(key=key("all", "number", "Revenue") + "_replace").click().run()
    assert "repair made" not in shown(tab)
    assert len(questions(tab)) == 4


def test_cells_can_be_left_empty_and_their_rows_come_in(tab: AppTest, workshop: str) -> None:
    tab.button(key=key("all", "number", "Revenue") + "_empty").click().run()
    assert told(tab, "3 repairs made; the file itself stays as it is.")
    assert [one for one in questions(tab) if "not a number" in one] == []
    stored_by(tab)
    assert revenues(workshop)["Bay"] is None


def test_a_row_without_a_name_cannot_be_left_empty(tab: AppTest) -> None:
    keys = [str(one.key) for one in tab.button]
    assert key("all", "no_name", "Customer") + "_skip" in keys
    assert key("all", "no_name", "Customer") + "_empty" not in keys


def test_rows_are_skipped_and_come_back(tab: AppTest, workshop: str) -> None:
    tab.button(key=key("all", "number", "Revenue") + "_skip").click().run()
    assert told(tab, "1 new · 0 to update · 5 left out")
    pressed(tab, "Take them back")
    assert told(tab, "4 new · 0 to update · 2 left out")
    assert len(questions(tab)) == 4
    tab.button(key=key("all", "number", "Revenue") + "_skip").click().run()
    stored_by(tab)
    assert revenues(workshop) == {"Ash": 5.0}


def test_repairs_follow_one_another(tab: AppTest) -> None:
    tab.button(key=key("all", "no_name", "Customer") + "_skip").click().run()
    tab.button(key=key("all", "twice", "Customer") + "_skip").click().run()
    tab.button(key=key("all", "number", "Revenue") + "_empty").click().run()
    assert [one.split(" (")[0] for one in questions(tab)] == ["“Margin in %” is outside its range"]
    assert told(tab, "5 repairs made")


def test_what_is_typed_beside_a_row_repairs_that_row(monkeypatch: pytest.MonkeyPatch) -> None:
    open_tab = Tab(monkeypatch)
    open_tab.held["fix"] = {"edited_rows": {1: {"Instead": "12"}, "2": {"Instead": None}, 0: {}}}
    check._fixed("customers", group("number"), "fix")
    assert open_tab.draft().repairs == (
        Repair("fix", 4, "Revenue", "12"),
        Repair("fix", 5, "Revenue", ""),
    )
    open_tab.held["fix"] = {"edited_rows": {0: {"Instead": "Elm"}}}
    check._fixed("customers", group("twice"), "fix")
    assert open_tab.draft().repairs[2:] == (Repair("fix", 7, "Customer", "Elm"),)


def test_a_new_repair_empties_the_boxes_beside_the_rows(tab: AppTest) -> None:
    before = [one.key for one in tab.data_editor]
    tab.button(key=key("all", "no_name", "Customer") + "_skip").click().run()
    assert not {one.key for one in tab.data_editor} & set(before)


def test_another_place_for_a_column_leaves_the_repairs_of_its_cells(tab: AppTest) -> None:
    tab.button(key=key("all", "number", "Revenue") + "_skip").click().run()
    to(tab, 2).selectbox(key=key("goes", 2)).set_value("").run()
    assert told(to(tab, 3), "1 new · 0 to update · 5 left out")
    assert told(tab, "3 repairs made")


def test_the_workbook_of_rows_to_repair_comes_back_repaired(tab: AppTest, workshop: str) -> None:
    assert "The rows with problems, as a workbook" in [one.label for one in tab.download_button]
    stored_by(tab)
    data = problem_workbook(*bad())
    again = given(opened(workshop), data, "rows to repair.xlsx")
    assert "What to repair" in again.dataframe[0].value.columns
    to(again, 3)
    again.text_input(key=key("all", "number", "Revenue")).set_value("9")
    again.button(key=key("all", "number", "Revenue") + "_replace").click().run()
    stored_by(again)
    assert revenues(workshop)["Dew"] == 9.0
    assert present(workshop).customers["Dew"].facts == {}
    assert set(present(workshop).fact_kinds) == set()


def test_a_list_without_a_problem_offers_no_workbook() -> None:
    tab = checked(opened(stored()), "Customer,Revenue\nAsh,5\n")
    assert "The rows with problems, as a workbook" not in [x.label for x in tab.download_button]
    assert questions(tab) == []


# --- what changes, and what does not --------------------------------------------------------------


def test_only_changes_are_counted_and_stored(tab: AppTest, workshop: str) -> None:
    stored_by(tab)
    again = checked(opened(workshop), "Customer,Revenue\nAsh,5\nBay,6\nElm,7\n")
    assert told(again, "1 new · 1 to update")
    assert "Bring in 2 customers" in labels(again)
    stored_by(again)
    sentence = "Customers from list.csv: 1 added, 1 updated."
    assert any(one.value.replace("\\", "").startswith(sentence) for one in again.success)


def test_a_list_that_changes_nothing_is_not_offered(tab: AppTest, workshop: str) -> None:
    stored_by(tab)
    again = checked(opened(workshop), "Customer,Revenue\nAsh,5\n")
    assert told(again, "0 new · 0 to update")
    assert told(again, "Nothing changes: the list says what is here already.")
    assert again.button(key=key("bring_in")).disabled


# --- the last button ------------------------------------------------------------------------------


def test_what_was_stored_is_said_and_the_wizard_is_empty(tab: AppTest) -> None:
    stored_by(tab)
    sentence = "Customers from list.csv: 4 added. Undo takes it back as one step."
    assert sentence in [one.value.replace("\\", "") for one in tab.success]


def test_an_import_is_one_undo_step(tab: AppTest, workshop: str) -> None:
    stored_by(tab)
    assert len(present(workshop).customers) == 4
    tab.button(key="undo").click().run()
    assert present(workshop).customers == {}
    assert present(workshop).fact_kinds == {}


def test_a_file_whose_every_row_is_left_out_brings_in_nothing(workshop: str) -> None:
    tab = checked(opened(workshop), "Customer,Revenue\n,5\n")
    assert tab.button(key=key("bring_in")).disabled
    assert told(tab, "0 new · 0 to update · 1 left out")


def test_a_list_of_ten_customers_can_be_brought_in(workshop: str) -> None:
    rows = "".join(f"{letter * 5},1\n" for letter in "ABCDEFGHIJ")
    tab = checked(opened(workshop), f"Customer,Revenue\n{rows}")
    assert "Bring in 10 customers" in labels(tab)
    assert not tab.button(key=key("bring_in")).disabled


def test_figures_are_added_to_the_customer_as_somebody_else_has_left_it_by_now() -> None:
    workshop = stored(MILLS)
    tab = checked(opened(workshop), "Customer ID,Customer,Revenue\nc1,Ashcombe Mills,5\n")
    moved = Profile(revenue=1.0, owner="Tom")
    known = Customer(id="c1", name="Ashcombe Mills", profile=moved)
    rooms.store().write(workshop, PutCustomer(customer=known))
    stored_by(tab)
    profile = present(workshop).customers["c1"].profile
    assert (profile.owner, profile.revenue) == ("Tom", 5.0)
