"""Checked rows and ledgers become one edit; who is known is found, who may be known is asked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ChangeEconomics, ChangeProfile, PutCriterion, PutCustomer
from kam.errors import Refused, Unreadable
from kam.intake.bring_in import CRITERION, Proposal, from_rows, targets
from kam.intake.headers.matching import match
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.lists.fields import FACT
from kam.intake.tables.files import read_table
from kam.model import Customer, Economics, Favours, Matching, Profile, Workshop
from tests.workshops import A, after, by_hand, criterion, made

LIST = "Customer,Revenue,Account owner,Would favour us\nAsh,12000,Ines,yes\nDew,,,\n"


def checked_list(workshop: Workshop, text: str, **matching: str) -> Checked:
    """A list as checked; columns go where their headers say, or where told."""
    table = read_table("list.csv", text.encode())
    wanted = targets(workshop)
    found = match(table.headers, wanted)
    agreed = {header: m.target for header, m in found.items() if m.target and m.certain}
    return check(table, {**agreed, **matching}, wanted)


def proposal(workshop: Workshop, text: str, **matching: str) -> Proposal:
    """What a list would bring in."""
    return from_rows(workshop, checked_list(workshop, text, **matching), "list.csv")


# --- lists of customers ---------------------------------------------------------------------------


def test_columns_may_go_to_the_profile_to_complete_criteria_or_stay_plain_numbers() -> None:
    vague = criterion("v", A, definition="")
    keys = [target.key for target in targets(after(by_hand(), PutCriterion(criterion=vague)))]
    assert {"id", "name", "revenue", f"{CRITERION}a", FACT} <= set(keys)
    assert f"{CRITERION}v" not in keys


TAKES = (
    "Customer,Hours a year,Hours needed,Likely gain,Gain probability %,Additional capital,"
    "One-off investment,Avoidable share %,Avoidable overhead\nAsh,120,300,5000,60,800,0,40,0\n"
)


def test_what_a_customer_takes_and_could_bring_goes_to_its_economics() -> None:
    ash = proposal(by_hand(), TAKES).edit.customers["ash"]
    assert ash.economics == Economics(
        hours=120, hours_needed=300, gain=5000, gain_probability_pct=60, added_capital=800,
        one_off=0, avoidable_pct=40, avoidable_overhead=0,
    )  # fmt: skip
    assert ash.facts == by_hand().customers["ash"].facts


def test_the_end_of_a_contract_and_the_parts_of_capital_go_to_its_economics() -> None:
    text = "Customer,Contract end,Trade receivables,Customer advances\nAsh,31.03.2028,900,50\n"
    ash = proposal(by_hand(), text).edit.customers["ash"]
    assert ash.economics == Economics(
        contract_until=date(2028, 3, 31), receivables=900, advances=50
    )


def test_an_end_that_could_be_two_days_is_told_and_stays_as_it_is() -> None:
    text = "Customer,Revenue,Contract end\nAsh,5,03/04/2028\n"
    assert proposal(by_hand(), text).edit.customers["ash"].economics.contract_until is None
    [problem] = checked_list(by_hand(), text).problems
    assert "That is 3 April 2028 or 4 March 2028" in problem.message


def test_an_empty_cell_leaves_what_is_known_of_hours_and_gain() -> None:
    known = after(by_hand(), ChangeEconomics(customer="ash", economics=Economics(hours=5, gain=7)))
    ash = proposal(known, "Customer,Hours a year,Likely gain\nAsh,,9\n").edit.customers["ash"]
    assert (ash.economics.hours, ash.economics.gain) == (5, 9)


def test_hours_that_cannot_be_are_told_and_stay_unknown() -> None:
    text = "Customer,Revenue,Hours a year\nAsh,5,-3\n"
    assert proposal(by_hand(), text).edit.customers["ash"].economics.hours is None
    [problem] = checked_list(by_hand(), text).problems
    assert "It must lie between 0 and 1,000,000" in problem.message


def test_new_and_known_customers_are_counted() -> None:
    found = proposal(by_hand(), LIST)
    assert (found.new, found.updated) == (1, 1)
    assert set(found.edit.customers) == {"ash", "Dew"}


def test_a_customer_is_known_by_its_name_without_case_and_accents() -> None:
    assert set(proposal(by_hand(), "Customer,Revenue\nÀSH.,5\n").edit.customers) == {"ash"}


def test_an_id_comes_before_the_name() -> None:
    found = proposal(by_hand(), "Customer ID,Customer\nbay,Bay Ash\n")
    assert found.edit.customers["bay"].name == "Bay Ash"
    assert found.notes[0] == "Takes the name that the list has: “Bay → Bay Ash”."


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
        (f"Customer,{'V' * 201}\nAsh,1\n", {"V" * 201: FACT}),
    ],
    ids=["header"],
)
def test_what_is_too_long_for_a_workshop_is_refused_in_words(
    text: str, matching: dict[str, str]
) -> None:
    with pytest.raises(Refused, match=r"at most .* characters; we found “"):
        proposal(made(), text, **matching)


def test_a_list_without_a_column_for_the_name_is_refused() -> None:
    with pytest.raises(Unreadable, match="name"):
        proposal(made(), "Colour,Shape\nred,round\n")


def test_an_empty_answer_leaves_the_known_one() -> None:
    known = Profile(favours_us=Favours.NO)
    workshop = after(by_hand(), ChangeProfile(customer="ash", profile=known))
    found = proposal(workshop, "Customer,Would favour us,Revenue\nAsh,,5\n").edit.customers["ash"]
    assert found.profile.favours_us is Favours.NO


def test_a_list_with_ids_alone_does_not_rename_customers() -> None:
    found = proposal(by_hand(), "Customer ID,Revenue\nash,5\n").edit.customers["ash"]
    assert (found.name, found.profile.revenue) == ("Ash", 5.0)


def test_a_name_with_another_legal_form_is_taken_for_the_customer_and_told() -> None:
    found = proposal(by_hand(), "Customer,Revenue\nAsh GmbH,5\n")
    assert found.edit.customers["ash"].name == "Ash"
    assert found.notes[0] == "Taken for one customer: “Ash GmbH = Ash”."


def test_two_customers_of_one_name_are_never_told_apart_by_it() -> None:
    twins = made(*(PutCustomer(customer=Customer(id=key, name="Ash")) for key in ("x", "y")))
    assert set(proposal(twins, "Customer\nAsh\n").edit.customers) == {"Ash"}


def test_a_level_beyond_the_anchors_is_a_warning_and_comes_in() -> None:
    checked = checked_list(by_hand(), "Customer,Level\nAsh,30\n", Level=f"{CRITERION}a")
    assert [(one.kind, one.blocks) for one in checked.problems] == [("outside", False)]
    found = from_rows(by_hand(), checked, "list.csv")
    assert found.edit.scores["a"]["ash"].value == 30.0


def test_the_matching_is_remembered_with_the_edit() -> None:
    matching = Matching(headers=("Customer",), goes_to={"Customer": "name"})
    checked = checked_list(made(), "Customer\nAsh\n")
    found = from_rows(made(), checked, "list.csv", matching=matching)
    assert after(made(), found.edit).matchings == (matching,)


def test_scores_for_customers_that_are_here_list_the_strangers_and_create_none() -> None:
    checked = checked_list(by_hand(), "Customer,Level\nAsh,3\nElm,4\n", Level=f"{CRITERION}a")
    found = from_rows(by_hand(), checked, "list.csv", only_known=True)
    assert found.edit.touched == {"ash"}
    assert set(found.edit.scores["a"]) == {"ash"}
    assert found.strangers == ("Elm",)


def test_a_person_says_which_customer_a_row_is() -> None:
    checked = checked_list(by_hand(), "Customer ID,Customer,Revenue\nK7,Asche & Co,5\n")
    found = from_rows(by_hand(), checked, "list.csv", same={"K7": "ash"})
    assert set(found.edit.customers) == {"ash"}
    assert found.edit.customers["ash"].name == "Ash"
    assert found.edit.customers["ash"].profile.revenue == 5.0
    assert found.edit.customers["ash"].ids == {"K7": "Asche & Co"}
    assert not any("Taken for one" in note for note in found.notes)


@pytest.mark.parametrize("rows", ["Elm,1,\nElms,,Speed\n", "Elms,,Speed\nElm,1,\n"])
def test_a_person_says_that_two_rows_are_one_customer(rows: str) -> None:
    checked = checked_list(made(), f"Customer,Revenue,Needs\n{rows}")
    found = from_rows(made(), checked, "list.csv", same={"Elms": "Elm"})
    [(key, elm)] = found.edit.customers.items()
    assert (key, elm.name, elm.profile.revenue, elm.profile.needs) == ("Elm", "Elm", 1.0, "Speed")


def grown(workshop: Workshop, text: str, **same: str) -> Workshop:
    """A workshop after a list came in."""
    found = from_rows(workshop, checked_list(workshop, text), "list.csv", same=same)
    return after(workshop, found.edit)


def test_two_ids_never_become_one_customer() -> None:
    first = grown(made(), "Customer,Revenue\nMüller GmbH,100\n")
    twins = "Customer ID,Customer,Revenue\nC5,Müller GmbH,10\nC6,Müller GmbH,20\n"
    found = proposal(first, twins)
    assert (found.new, found.updated) == (2, 0)
    assert [(one.left, one.right) for one in found.alike] == [
        ("C5", "Müller GmbH"),
        ("C6", "Müller GmbH"),
    ]
    settled = grown(first, twins, C5="Müller GmbH")
    revenues = {key: one.profile.revenue for key, one in settled.customers.items()}
    assert revenues == {"Müller GmbH": 10.0, "C6": 20.0}


def test_one_id_with_a_wholly_other_name_changes_nobody() -> None:
    crm = grown(made(), "Customer ID,Customer,Revenue\n1001,Alpha Motors,100\n")
    found = proposal(crm, "Customer ID,Customer,Revenue\n1001,Zeta Steel,7\n")
    assert (found.new, found.updated, found.edit.customers) == (0, 0, {})
    assert [(one.left, one.right, one.sort) for one in found.alike] == [("1001", "1001", "renamed")]
    assert found.notes[0] == (
        "Left out until you say who they are: “1001: Zeta Steel”. Their revenue is EUR 7."
    )


def test_scores_of_a_row_in_doubt_are_neither_taken_nor_of_a_stranger() -> None:
    text = "Customer ID,Customer,Level\nash,Zeta Steel,3\n"
    checked = checked_list(by_hand(), text, Level=f"{CRITERION}a")
    found = from_rows(by_hand(), checked, "list.csv", only_known=True)
    assert (found.edit.scores, found.strangers) == ({}, ())
    assert set(found.doubted) == {"ash"}


def test_answers_that_lead_from_row_to_row_end_at_one_customer() -> None:
    ours = grown(made(), "Customer ID,Customer,Revenue\nK1,Hagedorn Maschinenbau Werke,100\n")
    rows = "Customer,Revenue\nHagedorn Maschinenbau,10\nHagedorn Maschinbau,20\n"
    chain = {
        "Hagedorn Maschinbau": "Hagedorn Maschinenbau",
        "Hagedorn Maschinenbau": "K1",
    }
    found = from_rows(ours, checked_list(ours, rows), "list.csv", same=chain)
    assert (found.new, set(found.edit.customers)) == (0, {"K1"})
    assert set(found.edit.customers["K1"].ids) == chain.keys()


def test_what_a_person_has_said_of_a_name_is_known_to_the_next_file() -> None:
    said = grown(
        by_hand(), "Customer,Revenue\nAsche und Partner,5\n", **{"Asche und Partner": "ash"}
    )
    again = proposal(said, "Customer,Revenue\nAsche und Partner,6\n")
    assert (again.new, set(again.edit.customers)) == (0, {"ash"})


def test_a_list_says_what_changes_and_who_is_not_in_it() -> None:
    found = proposal(by_hand(), "Customer,Revenue\nAsh,7\nDew,1\n")
    assert found.notes == (
        "Changes of customers that are here: Revenue with us (1).",
        "2 of your customers are not in this list; what we know of them stays as it is.",
    )


def test_a_second_import_of_one_list_says_that_nothing_changes() -> None:
    text = "Customer ID,Customer,Revenue\nK1,Ash,7\nK2,Bay,\n"
    assert proposal(grown(made(), text), text).notes == (
        "Nothing changes: the list says what is here already.",
    )


@given(st.lists(st.sampled_from(["Ash", "Bay", "Cob", "Elm", "Oak"]), unique=True))
def test_every_row_is_new_or_updated(names: list[str]) -> None:
    text = "Customer,Revenue\n" + "".join(f"{name},1\n" for name in (*names, "Yew"))
    found = proposal(by_hand(), text)
    assert found.new + found.updated == len(names) + 1
    assert found.updated == len({"Ash", "Bay", "Cob"} & set(names))


def test_a_header_that_is_too_long_to_name_a_figure_is_refused_in_words() -> None:
    header = "x" * 201
    table = read_table("f.csv", f"Customer,{header}\nAsh,1\n".encode())
    checked = check(table, {"Customer": "name", header: FACT}, targets(by_hand()))
    with pytest.raises(Refused, match="at most 200 characters"):
        from_rows(by_hand(), checked, "f.csv")


def test_rows_that_were_repaired_are_no_list_of_all_customers() -> None:
    checked = checked_list(by_hand(), "Customer,Revenue\nAsh,5\n")
    whole = from_rows(by_hand(), checked, "list.csv").notes
    part = from_rows(by_hand(), replace(checked, some=True), "rows to repair.xlsx").notes
    assert "2 of your customers are not in this list; what we know of them stays as it is." in whole
    assert not any("not in this list" in note for note in part)


def test_what_a_list_leaves_as_it_is_is_the_very_same() -> None:
    once = after(made(), proposal(made(), "Customer,Revenue\nAsh,5\nBay,6\n").edit)
    found = proposal(once, "Customer,Revenue\nAsh,5\nBay,7\n")
    assert list(found.edit.customers) == ["Bay"]
    assert (found.new, found.updated) == (0, 1)
    assert after(once, found.edit).customers["Ash"] is once.customers["Ash"]
