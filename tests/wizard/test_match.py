"""`kam.ui.wizard.match`: their columns -> our fields; guesses ask, nothing is taken unasked."""

from datetime import date
from typing import Literal

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, PutCriterion
from kam.intake.bring_in import targets
from kam.intake.headers.matching import REPAIR_COLUMNS, Match
from kam.intake.headers.units import Unit
from kam.intake.lists.customers import Written
from kam.intake.tables.files import Table, from_text
from kam.model import Matching, Workshop
from kam.ui.wizard import match
from kam.ui.wizard.match import Matched, assumed, headline_facts, matched
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import boxes, given, opened, pressed, stored_by, to, told
from tests.workshops import A, after, criterion, made

Door = Literal["", "customers", "scores", "ledger"]
SURE, GUESS, NOTHING = (
    Match("name", certain=True, by="name"),
    Match("revenue", certain=False, by="alike"),
    Match(None, certain=False),
)
NO_UNIT, THOUSANDS = Unit(1.0, "", ""), Unit(1000.0, "EUR", "Looks like thousands.")


def table(text: str) -> Table:
    return from_text("list.csv", text)


def known(text: str, workshop: Workshop | None = None) -> Matched:
    """What is known of a file's columns in a workshop."""
    workshop = workshop or made()
    return matched("customers", table(text), targets(workshop), workshop)


def remembering(
    headers: tuple[str, ...], goes_to: dict[str, str], door: Door = "customers"
) -> BringIn:
    """An import that is remembered."""
    matching = Matching(headers=headers, goes_to=goes_to, door=door)
    return BringIn(origin="last year", customers={}, matching=matching)


# --- what is known before anybody looks -----------------------------------------------------------


def test_only_what_is_certain_is_agreed() -> None:
    found = Matched({"Customer": SURE, "Rev.": GUESS, "Colour": NOTHING}, (), {})
    assert found.agreed == {"Customer": "name"}
    assert not found.perfect


def test_a_file_is_perfect_if_every_column_has_its_place_without_a_question() -> None:
    assert Matched({"Customer": SURE}, (), {}).perfect
    assert not Matched({"Customer": SURE, "Colour": NOTHING}, (), {}).perfect
    assert not Matched({"Customer": SURE}, (), {"Customer": THOUSANDS}).perfect
    assert not Matched({"Customer": SURE}, (), {}, doubted=("Customer",)).perfect


def test_a_remembered_matching_goes_before_the_names_and_is_perfect() -> None:
    remembered = Matching(headers=("Customer", "Colour"), goes_to={"Colour": "name", "Gone": "id"})
    found = Matched({"Customer": SURE, "Colour": NOTHING}, (), {}, remembered=remembered)
    assert found.agreed == {"Colour": "name"}
    assert found.perfect
    scaled = Matched({"Colour": NOTHING}, (), {"Colour": THOUSANDS}, remembered=remembered)
    assert not scaled.perfect


def test_columns_are_matched_by_name_then_likeness_and_numbers_are_offered() -> None:
    found = known("Customer,Rev.,Size,Colour\nAsh,5,3,red\nBay,6,4,red\nElm,7,7,blue\n")
    assert found.found["Customer"] == SURE
    assert (found.found["Rev."].target, found.found["Rev."].certain) == ("revenue", False)
    assert (found.numeric, found.found["Colour"].target) == (("Size",), None)
    assert set(found.units) == {"Rev.", "Size"}


def test_numbers_that_can_be_read_in_two_ways_are_doubted() -> None:
    either = 'Customer,Revenue\nAsh,"1,234"\nBay,"5,678"\n'
    assert known(either).doubted == ("Revenue",)
    assert not known(either).perfect
    assert known(either + 'Elm,"1,234.50"\n').doubted == ()
    assert known("Customer,Revenue\nAsh,1234\n").perfect


def test_days_that_can_be_read_in_two_ways_are_doubted() -> None:
    either = "Customer,Contract end\nAsh,03/04/2028\n"
    assert known(either).doubted == ("Contract end",)
    assert not known(either).perfect
    assert known(either + "Bay,31/03/2028\n").perfect


def test_two_columns_for_one_field_are_both_asked_about_until_one_is_chosen() -> None:
    found = known("Customer,Revenue,Sales\nAsh,5,6\n")
    assert found.agreed == {"Customer": "name"}
    assert not found.perfect
    assert found.unanswered(found.agreed) == ["Revenue", "Sales"]
    assert found.unanswered({"Customer": "name", "Sales": "revenue"}) == []


def test_columns_in_doubt_are_never_skipped() -> None:
    contradicting = "Customer;Revenue\nAsh;1.234,50\nBay;22.5\nElm;1,234\n"
    assert known(contradicting).doubted == ("Revenue",)
    shares = known("Customer,Margin\nAsh,0.25\nBay,-0.1\nElm,1.2\n")
    assert shares.units["Margin"].shares
    assert not shares.perfect
    assert known("Customer,Margin\nAsh,25 %\nBay,31 %\n").perfect


def test_a_matching_is_remembered_for_the_same_headers_in_any_order() -> None:
    workshop = made(criterion_edit(), remembering(("Name", "X"), {"Name": "name", "X": "needs"}))
    assert known("X,Name\n1,Ash\n", workshop).agreed == {"Name": "name", "X": "needs"}
    assert known("X,Name,Y\n1,Ash,2\n", workshop).remembered is None


def test_each_door_remembers_for_itself() -> None:
    headers, scores = ("Customer", "Revenue", "Level"), {"Customer": "name", "Level": "criterion:a"}
    workshop = made(criterion_edit(), remembering(headers, scores, "scores"))
    file = "Customer,Revenue,Level\nAsh,5,7\n"
    assert known(file, workshop).remembered is None
    assert known(file, workshop).agreed["Revenue"] == "revenue"
    both = workshop
    both = after(both, remembering(headers, {"Customer": "name", "Revenue": "revenue"}))
    assert [one.door for one in both.matchings] == ["scores", "customers"]
    assert matched("scores", table(file), targets(both), both).agreed == scores


def test_a_matching_of_which_no_door_is_known_is_not_used() -> None:
    workshop = made(remembering(("Name", "X"), {"Name": "name"}, ""))
    assert known("Name,X\nAsh,1\n", workshop).remembered is None


def test_the_workbook_of_rows_to_repair_finds_the_matching_of_its_file_again() -> None:
    workshop = made(remembering(("Name", "X"), {"Name": "name", "X": "needs"}))
    back = ",".join(("Name", "X", *REPAIR_COLUMNS))
    assert known(f"{back}\nAsh,1,2,look\n", workshop).agreed == {"Name": "name", "X": "needs"}


def test_a_remembered_column_in_doubt_is_asked_about_again() -> None:
    workshop = made(remembering(("Name", "X"), {"Name": "name", "X": "revenue"}))
    assert known("Name,X\nAsh,5\n", workshop).perfect
    assert not known('Name,X\nAsh,"1,234"\n', workshop).perfect


def criterion_edit() -> PutCriterion:
    return PutCriterion(criterion=criterion("a", A))


def test_the_last_matching_counts_and_one_whose_field_is_gone_does_not() -> None:
    headers = ("Name", "X")
    first = remembering(headers, {"Name": "name", "X": "needs"})
    second = remembering(headers[::-1], {"Name": "name", "X": "criterion:a"})
    with_criterion = made(criterion_edit(), first, second)
    assert known("Name,X\nAsh,1\n", with_criterion).agreed["X"] == "criterion:a"
    assert known("Name,X\nAsh,1\n", made(first, second)).remembered is None


def test_a_scale_in_a_header_is_assumed_and_nothing_else() -> None:
    assert assumed({"Rev (k€)": THOUSANDS, "Margin": NO_UNIT}) == {
        "Rev (k€)": Written(factor=1000.0)
    }


def test_the_headline_counts_what_comes_in_and_what_asks() -> None:
    two = table("Customer,Rev.,Sales\nAsh,5,6\n")
    found = Matched({"Customer": SURE, "Rev.": GUESS, "Sales": GUESS}, (), {})
    told_of = {
        "list.csv, 1 row. 1 of 3 columns come in; please look at the 2 marked ▲.": ["Customer"],
        "list.csv, 1 row. 2 of 3 columns come in; please look at the one marked ▲.": [
            "Customer",
            "Rev.",
        ],
        "list.csv, 1 row. 3 of 3 columns come in.": ["Customer", "Rev.", "Sales"],
    }
    for sentence, headers in told_of.items():
        assert headline_facts(two, found, dict.fromkeys(headers, "x")) == sentence


def test_the_headline_counts_doubts_and_units_until_they_are_answered() -> None:
    text = 'Customer,Revenue (kEUR),Contract end\nAsh,"5",03/04/2028\n'
    found = known(text)
    told = headline_facts(table(text), found, found.agreed)
    assert told.endswith("3 of 3 columns come in; please look at the 2 marked ▲.")
    told = headline_facts(table(text), found, found.agreed, ("Contract end",))
    assert told.endswith("please look at the one marked ▲.")


def test_the_headline_says_when_the_matching_is_that_of_the_last_time() -> None:
    found = known("N\nAsh\n", made(remembering(("N",), {"N": "name"})))
    said = headline_facts(table("N\nAsh\n"), found, {"N": "name"})
    assert said == "list.csv, 1 row. 1 of 1 column come in, matched as the last time."


def test_columns_that_go_somewhere_or_ask_stand_first_and_the_rest_stays_visible() -> None:
    found = Matched(
        {"Colour": NOTHING, "Size": NOTHING, "Rev.": GUESS, "Customer": SURE}, ("Size",), {}
    )
    assert match._in_order(found, {"Customer": "name"}) == ["Rev.", "Customer", "Size", "Colour"]


# --- on the screen --------------------------------------------------------------------------------

MESSY = "Customer,Rev.,Size,Colour\nAsh,5,3,red\nBay,6,4,red\nElm,7,8,blue\n"


@pytest.fixture
def workshop() -> str:
    return stored()


def looked_at(workshop: str, content: str) -> AppTest:
    """The second screen for a file."""
    return to(given(opened(workshop), content), 2)


def test_a_perfect_match_skips_the_second_screen_but_can_be_looked_at(workshop: str) -> None:
    tab = given(opened(workshop), "Customer,Revenue\nAsh,5\n")
    assert labels(tab)[2:] == ["Check the rows", "Look at the columns", "Choose another file"]
    assert told(to(tab, 3), "Check and bring in")
    assert boxes(to(tab, 2)) == {"Customer goes to": "name", "Revenue goes to": "revenue"}


def test_a_guess_asks_and_is_not_taken_until_it_is_answered(workshop: str) -> None:
    tab = looked_at(workshop, MESSY)
    assert told(tab, "▲ Is it Revenue with us?")
    assert boxes(tab)["Rev. goes to"] == ""
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue is None
    tab = looked_at(workshop, MESSY.replace("Colour", "Color"))
    pressed(tab, "Yes")
    assert boxes(tab)["Rev. goes to"] == "revenue"
    assert "Is it Revenue" not in shown(tab)
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 5.0


def test_a_column_of_numbers_offers_to_be_kept(workshop: str) -> None:
    tab = looked_at(workshop, MESSY)
    assert told(tab, "numbers; a criterion may use them")
    pressed(tab, "Keep")
    assert boxes(tab)["Size goes to"] == "fact"
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].facts == {"Size": 3.0}
    assert present(workshop).fact_kinds["Size"].origin == "list.csv"


def test_what_has_no_place_stays_visible_and_can_be_given_one(workshop: str) -> None:
    tab = looked_at(workshop, MESSY)
    assert told(tab, "– not imported")
    tab.selectbox(key="wizard_customers_goes_3").set_value("needs").run()
    assert told(tab, "✓ as you said")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Elm"].profile.needs == "blue"


def test_a_column_can_be_left_out_again(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Industry\nAsh,Paper\n")
    tab.selectbox(key="wizard_customers_goes_1").set_value(match.NOT_IMPORTED).run()
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.industry == ""


def test_rows_cannot_be_checked_before_a_column_names_the_customer(workshop: str) -> None:
    tab = looked_at(workshop, "Colour,Revenue\nAsh,5\n")
    assert tab.button(key="wizard_customers_to_3").disabled
    assert told(tab, "Which column names the customer?")
    tab.selectbox(key="wizard_customers_goes_0").set_value("name").run()
    assert not tab.button(key="wizard_customers_to_3").disabled
    assert "Which column names" not in shown(tab)


def test_two_columns_for_one_field_force_a_choice(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue,Sales\nAsh,5,6\n")
    assert told(tab, "please look at the 2 marked ▲.")
    assert told(tab, "▲ Is it Revenue with us, or is “Sales”?")
    tab.button(key="wizard_customers_yes_Sales").click().run()
    assert "▲" not in shown(tab)
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 6.0


def test_a_question_without_an_answer_is_told_before_the_last_button(workshop: str) -> None:
    tab = to(looked_at(workshop, "Customer,Revenue,Sales\nAsh,5,6\n"), 3)
    sentence = "Not imported, because their questions (▲) are not answered: “Revenue”, “Sales”."
    assert told(tab, sentence)


def test_two_columns_for_one_field_are_refused_in_words(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue,Sales\nAsh,5,6\n")
    tab.selectbox(key="wizard_customers_goes_1").set_value("revenue").run()
    tab.selectbox(key="wizard_customers_goes_2").set_value("revenue").run()
    to(tab, 3)
    sentence = 'We cannot fill Revenue with us from two columns: "Revenue", "Sales".'
    assert [one.value.replace("\\", "")[: len(sentence)] for one in tab.error] == [sentence]
    assert labels(tab)[2:] == ["Back"]
    tab.button(key="wizard_customers_to_2").click().run()
    tab.selectbox(key="wizard_customers_goes_1").set_value(match.NOT_IMPORTED).run()
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 6.0


def test_a_decimal_mark_in_doubt_is_asked_and_the_answer_changes_the_numbers(
    workshop: str,
) -> None:
    tab = given(opened(workshop), 'Customer,Revenue\nAsh,"1,234"\n')
    assert labels(tab)[2] == "Match the columns"
    to(tab, 2)
    assert told(tab, '▲ "1,234" can be read in two ways; we read it as 1234')
    mark = tab.segmented_control(key="wizard_customers_mark_Revenue")
    assert mark.value == "."
    mark.set_value(",").run()
    assert told(tab, "✓ 1,234 is 1.234")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 1.234


def test_large_figures_are_told_in_full(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue (Mio EUR)\nAsh,1234567.25\n")
    assert told(tab, "1234567.25 is 1,234,567,250,000")
    assert told(to(tab, 3), "the figures are multiplied by 1,000,000.")


def test_a_column_in_thousands_that_a_person_places_is_multiplied_as_told(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Bulk (kEUR)\nAsh,5\nBay,soon\n")
    tab.selectbox(key="wizard_customers_goes_1").set_value("revenue").run()
    assert told(tab, "▲ Looks like thousands; we multiply by 1,000.")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 5000.0


def test_a_proposal_in_doubt_can_be_agreed_to(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue (kEUR)\nAsh,5\n")
    assert told(tab, "please look at the one marked ▲.")
    pressed(tab, "Yes")
    assert "▲" not in shown(tab)
    assert told(tab, "✓ 5 is 5,000")


def test_which_of_two_days_is_meant_is_asked_and_the_answer_changes_them(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Contract end\nAsh,03/04/2028\n")
    assert told(tab, "▲ 03/04/2028 can be two days. Which comes first?")
    tab.segmented_control(key="wizard_customers_day_first_Contract-20-end").set_value(False).run()
    assert told(tab, "✓ 03/04/2028 is 4 March 2028")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].economics.contract_until == date(2028, 3, 4)


def test_days_with_one_reading_are_shown_and_need_no_answer(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Contract end,Colour\nAsh,31.03.2028,red\n")
    assert told(tab, "✓ 31.03.2028 is 31 March 2028")
    assert "wizard_customers_day_first_Contract-20-end" not in shown(tab)


def test_shares_of_a_percent_column_can_be_told(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Margin in %\nAsh,0.25\nBay,0.5\n")
    tab.segmented_control(key="wizard_customers_factor_Margin-20-in-20--25-").set_value(100.0).run()
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.margin_pct == 25.0


def test_thousands_are_asked_and_can_be_denied(workshop: str) -> None:
    tab = given(opened(workshop), "Customer,Revenue (kEUR)\nAsh,5\n")
    assert labels(tab)[2] == "Match the columns"
    assert told(to(tab, 2), "▲ Looks like thousands; we multiply by 1,000.")
    key = "wizard_customers_factor_Revenue-20--28-kEUR-29-"
    assert tab.segmented_control(key=key).value == 1000.0
    tab.segmented_control(key=key).set_value(1.0).run()
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 5.0


def test_thousands_that_are_not_denied_are_multiplied_and_told(workshop: str) -> None:
    tab = to(given(opened(workshop), "Customer,Revenue (kEUR)\nAsh,5\n"), 2)
    assert told(to(tab, 3), "Column Revenue (kEUR): the figures are multiplied by 1,000.")
    stored_by(tab)
    assert present(workshop).customers["Ash"].profile.revenue == 5000.0


def test_another_currency_is_converted_by_the_rate_that_is_given(workshop: str) -> None:
    tab = to(given(opened(workshop), "Customer,Revenue\nAsh,USD 500\n"), 2)
    assert told(tab, "In USD.")
    tab.number_input(key="wizard_customers_rate_Revenue").set_value(0.5).run()
    control = tab.segmented_control(key="wizard_customers_factor_Revenue")
    assert (control.value, control.options[-1]) == (0.5, "by a rate")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 250.0


def test_a_rate_of_zero_changes_nothing(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue\nAsh,500\n")
    tab.number_input(key="wizard_customers_rate_Revenue").set_value(0.0).run()
    assert tab.segmented_control(key="wizard_customers_factor_Revenue").value == 1.0


def test_columns_that_differ_only_in_a_sign_can_both_be_kept(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Bulk ($),Bulk (€)\nAsh,5,6\nBay,7,9\nElm,8,1\n")
    pressed(pressed(tab, "Keep"), "Keep")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].facts == {"Bulk ($)": 5.0, "Bulk (€)": 6.0}


def test_two_hundred_columns_stand_on_several_pages(workshop: str) -> None:
    names = ",".join(f"Text {n}" for n in range(59))
    tab = looked_at(workshop, f"Customer,{names}\nAsh{',x' * 59}\n")
    assert (len(tab.selectbox), len(tab.pagination)) == (match.ROWS, 1)
    tab.pagination[0].set_value(3).run()
    assert len(tab.selectbox) == 60 - 2 * match.ROWS
    assert "Text 58 goes to" in boxes(tab)


def test_the_matching_is_remembered_for_the_next_file_in_another_order(workshop: str) -> None:
    tab = looked_at(workshop, MESSY)
    tab.selectbox(key="wizard_customers_goes_3").set_value("needs").run()
    stored_by(to(tab, 3))
    tab = given(opened(workshop), "Colour,Size,Customer,Rev.\ngreen,1,Ash,9\n", "next.csv")
    assert labels(tab)[2] == "Check the rows"
    assert told(to(tab, 2), "matched as the last time.")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.needs == "green"
    assert present(workshop).customers["Ash"].profile.revenue is None
