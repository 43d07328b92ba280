"""Of `kam.intake.bring_in` (checked rows to one edit) and `kam.ui.bring_in` (the page for it)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeProfile, PutCriterion, PutCustomer
from kam.errors import Refused, Unreadable
from kam.intake.bring_in import CRITERION, LEDGER, Proposal, from_ledger, from_rows, targets
from kam.intake.customers import FACT, check
from kam.intake.files import read_table
from kam.intake.ledger import LedgerColumns, read_ledger
from kam.intake.matching import match
from kam.model import Customer, Favours, Profile, Workshop
from kam.ui import rooms
from kam.ui.bring_in import LIST_TYPES
from tests.apps import example, labels, own_home, page, present, shown, stored
from tests.workshops import A, after, by_hand, criterion, customer, made

LIST = "Customer,Revenue,Account owner,Would favour us\nAsh,12000,Ines,yes\nDew,,,\n"
ORDERS = (
    "Customer,Customer name,Date,Amount,Cost\n"
    "ash,Ash,2026-01-10,1000,600\n"
    "ash,Ash,2026-02-10,500,300\n"
    "eel,Eel Ltd,2026-02-20,250,\n"
)


def proposal(workshop: Workshop, text: str, **matching: str) -> Proposal:
    """What a list would bring in; columns go where their headers say, or where told."""
    table = read_table("list.csv", text.encode())
    wanted = targets(workshop)
    found = match(table.headers, wanted)
    agreed = {header: m.target for header, m in found.items() if m.target and m.certain}
    return from_rows(workshop, check(table, {**agreed, **matching}, wanted), "list.csv")


def ledger_proposal(workshop: Workshop, text: str = ORDERS) -> Proposal:
    """What an order ledger would bring in."""
    columns = LedgerColumns("Customer", "Date", "Amount", cost="Cost", name="Customer name")
    return from_ledger(workshop, read_ledger(text.encode(), columns), "orders.csv")


# --- lists of customers ---------------------------------------------------------------------------


def test_columns_may_go_to_the_profile_to_complete_criteria_or_stay_plain_numbers() -> None:
    vague = criterion("v", A, definition="")
    keys = [target.key for target in targets(after(by_hand(), PutCriterion(criterion=vague)))]
    assert {"id", "name", "revenue", f"{CRITERION}a", FACT} <= set(keys)
    assert f"{CRITERION}v" not in keys


def test_new_and_known_customers_are_counted() -> None:
    found = proposal(by_hand(), LIST)
    assert (found.new, found.updated) == (1, 1)
    assert set(found.edit.customers) == {"ash", "Dew"}


def test_a_customer_is_known_by_its_name_without_case_and_accents() -> None:
    assert set(proposal(by_hand(), "Customer,Revenue\nÀSH.,5\n").edit.customers) == {"ash"}


def test_an_id_comes_before_the_name() -> None:
    found = proposal(by_hand(), "Customer ID,Customer\nbay,Ash\n")
    assert found.edit.customers["bay"].name == "Ash"


def test_an_unknown_id_makes_a_new_customer_even_of_a_known_name() -> None:
    found = proposal(by_hand(), "Customer ID,Customer\nX7,Ash\n")
    assert (found.new, set(found.edit.customers)) == (1, {"X7"})


def test_a_customer_that_a_list_without_ids_brought_in_keeps_its_place_when_ids_arrive() -> None:
    named = made(PutCustomer(customer=Customer(id="Ash", name="Ash")))
    assert set(proposal(named, "Customer ID,Customer\nX7,Ash\n").edit.customers) == {"Ash"}


def test_what_a_file_leaves_empty_overwrites_nothing() -> None:
    rich = Profile(revenue=7.0, needs="Speed", favours_us=Favours.NO)
    workshop = after(by_hand(), ChangeProfile(customer="ash", profile=rich))
    found = proposal(workshop, "Customer,Revenue,Needs,Account owner\nAsh,,,Ines\n")
    assert found.edit.customers["ash"].profile == Profile(
        revenue=7.0, needs="Speed", favours_us=Favours.NO, owner="Ines"
    )


def test_a_renamed_customer_is_not_emptied_by_the_list_that_brought_it_in() -> None:
    kept = Customer(id="Ash", name="Ash Holding", profile=Profile(needs="Speed"))
    found = proposal(made(PutCustomer(customer=kept)), "Customer,Revenue\nAsh,5\n")
    assert found.edit.customers["Ash"].profile == Profile(needs="Speed", revenue=5.0)


def test_unknown_stays_unknown_and_zero_stays_zero() -> None:
    found = proposal(made(), "Customer,Revenue\nAsh,0\nBay,\n").edit.customers
    assert (found["Ash"].profile.revenue, found["Bay"].profile.revenue) == (0.0, None)


def test_answers_become_answers() -> None:
    found = proposal(made(), LIST).edit.customers
    assert found["Ash"].profile.favours_us is Favours.YES
    assert found["Dew"].profile.favours_us is Favours.UNKNOWN


def test_a_column_of_a_criterion_becomes_scores_with_the_file_as_their_source() -> None:
    found = proposal(by_hand(), "Customer,Level\nAsh,3\nBay,\n", Level=f"{CRITERION}a")
    [(key, score)] = found.edit.scores["a"].items()
    assert (key, score.value, score.note) == ("ash", 3.0, "list.csv")


def test_any_other_number_may_be_kept_under_its_own_header() -> None:
    found = proposal(by_hand(), "Customer,Vans\nAsh,3\n", Vans=FACT)
    assert found.edit.customers["ash"].facts == {"Vans": 3.0}
    assert found.edit.fact_kinds["Vans"].origin == "list.csv"


def test_the_edit_is_one_step_and_is_taken_by_the_workshop() -> None:
    grown = after(by_hand(), proposal(by_hand(), LIST).edit)
    assert list(grown.customers) == ["ash", "bay", "cob", "Dew"]
    assert grown.scores == by_hand().scores


@pytest.mark.parametrize(
    ("text", "matching"),
    [
        (f"Customer ID,Customer\n{'x' * 201},Ash\n", {}),
        (f"Customer,{'V' * 201}\nAsh,1\n", {"V" * 201: FACT}),
        (f"Customer,Needs\nAsh,{'n' * 4_001}\n", {}),
    ],
    ids=["id", "header", "text"],
)
def test_what_is_too_long_for_a_workshop_is_refused_in_words(
    text: str, matching: dict[str, str]
) -> None:
    with pytest.raises(Refused, match=r"at most .* characters; we found “"):
        proposal(made(), text, **matching)


def test_a_list_without_a_column_for_the_name_is_refused() -> None:
    with pytest.raises(Unreadable, match="name"):
        proposal(made(), "Colour,Shape\nred,round\n")


# --- order ledgers --------------------------------------------------------------------------------


def test_a_ledger_adds_who_is_new_and_updates_who_is_known() -> None:
    found = ledger_proposal(by_hand())
    assert (found.new, found.updated) == (1, 1)
    assert found.edit.customers["eel"].name == "Eel Ltd"


def test_its_measures_become_facts_with_unit_period_and_source() -> None:
    edit = ledger_proposal(by_hand()).edit
    assert edit.customers["ash"].facts[f"{LEDGER}revenue_12m"] == 1500.0
    assert edit.customers["ash"].facts[f"{LEDGER}orders_12m"] == 2.0
    kind = edit.fact_kinds[f"{LEDGER}revenue_12m"]
    assert kind.unit == "EUR"
    assert kind.origin.startswith("orders.csv, the 12 months to the end, end 2026-")


def test_revenue_and_margin_go_into_the_profile() -> None:
    profile = ledger_proposal(by_hand()).edit.customers["ash"].profile
    assert profile.revenue == 1500.0
    assert profile.margin_pct == pytest.approx(40.0)


def test_a_margin_that_the_ledger_does_not_know_leaves_the_known_one() -> None:
    known = customer("eel", margin_pct=12.0)
    workshop = after(by_hand(), BringIn(origin="a test", customers={"eel": known}))
    assert ledger_proposal(workshop).edit.customers["eel"].profile.margin_pct == 12.0
    assert f"{LEDGER}margin_pct" not in ledger_proposal(workshop).edit.customers["eel"].facts


def test_customers_without_a_line_are_counted_and_left_alone() -> None:
    found = ledger_proposal(by_hand())
    assert set(found.edit.customers) == {"ash", "eel"}
    assert found.notes == (
        "2 of your customers have no line in this ledger; what we know of them stays as it is.",
    )


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def uploaded(
    workshop: str, text: str | bytes, name: str = "list.csv", door: str = "list"
) -> AppTest:
    """The page for bringing in after a file was chosen."""
    tab = page("customers", workshop)
    [view] = [box for box in tab.segmented_control if str(box.key).startswith("customers_view")]
    view.set_value("Bring in").run()
    data = text.encode() if isinstance(text, str) else text
    return tab.file_uploader(key=door).upload(name, data).run()


def problems(tab: AppTest) -> list[str]:
    """The sentences of the table of problems."""
    return list(tab.dataframe[0].value["What we found"]) if tab.dataframe else []


def test_a_clean_list_is_counted_first_and_stored_by_the_last_button() -> None:
    workshop = stored()
    tab = uploaded(workshop, LIST)
    assert "2 new · 0 to update" in shown(tab)
    assert present(workshop).customers == {}
    tab.button(key="bring_in_list.csv").click().run()
    assert list(present(workshop).customers) == ["Ash", "Dew"]
    assert "Customers from list.csv: 2 added. Undo takes it back as one step." in shown(tab)


def test_undo_takes_a_whole_list_back_as_one_step() -> None:
    workshop = stored()
    tab = uploaded(workshop, LIST).button(key="bring_in_list.csv").click().run()
    tab.button(key="undo").click().run()
    assert present(workshop).customers == {}
    shown(tab)


def test_what_somebody_writes_while_a_list_is_checked_is_kept() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    tab = uploaded(workshop, LIST)
    met = ChangeProfile(customer="ash", profile=Profile(needs="Speed"))
    rooms.store().write(workshop, met)
    tab.button(key="bring_in_list.csv").click().run()
    shown(tab)
    profile = present(workshop).customers["ash"].profile
    assert (profile.needs, profile.revenue) == ("Speed", 12_000.0)


BAD_FILES = {
    "an empty file": (b"", "the file is empty"),
    "only blanks": (b"  \n \n", "the file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n123", "it is a picture"),
    "wrong columns": (b"Colour,Shape\nred,round\n", "name"),
    "a pickle": (b"\x80\x04\x95abc", "it is a Python pickle"),
    "a web page": (b"<html><body>x</body></html>", "it is a web page"),
}


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_nothing_is_lost(bad: str) -> None:
    data, words = BAD_FILES[bad]
    workshop = example()
    before = present(workshop)
    tab = uploaded(workshop, data)
    assert words in shown(tab)
    assert [error.value[-1] for error in tab.error] == ["."]
    assert not [label for label in labels(tab) if label.startswith("Bring in")]
    assert present(workshop) == before


def test_a_customer_twice_stays_out_once_and_says_where() -> None:
    workshop = stored()
    tab = uploaded(workshop, "Customer,Revenue\nAsh,1\nBay,2\nAsh,3\n")
    assert "2 new · 0 to update · 1 left out" in shown(tab)
    [problem] = problems(tab)
    assert problem.startswith('Row 4, column Customer: we found "Ash", which is already in row 2.')
    tab.button(key="bring_in_list.csv").click().run()
    assert present(workshop).customers["Ash"].profile.revenue == 1.0


def test_a_text_in_a_number_column_stays_unknown_and_says_where() -> None:
    workshop = stored()
    tab = uploaded(workshop, "Customer,Revenue\nAsh,abc\nBay,2\n")
    [problem] = problems(tab)
    assert 'Row 2, column Revenue: we found "abc".' in problem
    tab.button(key="bring_in_list.csv").click().run()
    assert present(workshop).customers["Ash"].profile.revenue is None


def test_a_file_without_any_good_row_offers_nothing_to_bring_in() -> None:
    tab = uploaded(stored(), "Customer,Revenue\n,1\n,2\n")
    shown(tab)
    assert len(problems(tab)) == 2
    assert not [label for label in labels(tab) if label.startswith("Bring in")]


def test_names_with_markup_are_brought_in_as_they_are() -> None:
    workshop = stored()
    tab = uploaded(workshop, "Customer\n<script>alert(1)</script>\n:red[x] $x$\n")
    tab.button(key="bring_in_list.csv").click().run()
    shown(tab)
    names = [customer.name for customer in present(workshop).customers.values()]
    assert names == ["<script>alert(1)</script>", ":red[x] $x$"]


def test_a_column_may_be_left_out_by_choice() -> None:
    workshop = stored()
    tab = uploaded(workshop, LIST)
    tab.selectbox(key="match.list.Revenue").set_value("").run()
    tab.button(key="bring_in_list.csv").click().run()
    assert present(workshop).customers["Ash"].profile.revenue is None


def test_two_columns_for_one_field_are_told_and_stop_the_import() -> None:
    tab = uploaded(stored(), LIST)
    tab.selectbox(key="match.list.Account owner").set_value("name").run()
    assert len(tab.error) == 1
    shown(tab)
    assert "bring_in_list.csv" not in [button.key for button in tab.button]


def test_a_list_with_two_columns_of_one_name_does_not_break_the_page() -> None:
    tab = uploaded(stored(), "Customer,Revenue,Revenue\nAsh,1,2\n")
    shown(tab)


def test_a_ledger_shows_its_totals_before_anything_is_stored() -> None:
    workshop = stored()
    tab = uploaded(workshop, ORDERS, "orders.csv", "ledger")
    text = shown(tab)
    assert "3 lines, 2 customers" in text
    assert "Revenue EUR 1,750" in text
    assert present(workshop).customers == {}
    tab.button(key="bring_in_orders.csv").click().run()
    assert present(workshop).customers["ash"].profile.revenue == 1500.0


def test_a_ledger_without_the_columns_that_it_needs_asks_for_them() -> None:
    tab = uploaded(stored(), "Colour,Shape\nred,round\n", "orders.csv", "ledger")
    assert "Choose the columns with customer, date, and amount" in shown(tab)


@pytest.mark.parametrize("bad", ["an empty file", "a picture", "a pickle"])
def test_a_ledger_that_cannot_be_read_is_told_in_a_sentence(bad: str) -> None:
    tab = uploaded(stored(), BAD_FILES[bad][0], "orders.csv", "ledger")
    shown(tab)
    assert [error.value[-1] for error in tab.error] == ["."]


def test_all_kinds_of_files_that_can_be_read_may_be_chosen() -> None:
    assert {"csv", "xlsx", "gz"} <= set(LIST_TYPES)
