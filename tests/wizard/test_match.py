"""`kam.ui.wizard.match`: their columns -> our fields; guesses ask, nothing is taken unasked."""

from collections.abc import Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kam.intake.bring_in import targets
from kam.intake.headers.aliases import CUSTOMER_TARGETS
from kam.intake.headers.matching import Match
from kam.intake.lists.doubts import Agreed, Columns, columns_of
from kam.intake.tables.files import Table, from_text
from kam.model import Matching
from kam.ui.wizard import draft, match
from kam.ui.wizard.draft import Draft
from kam.ui.wizard.match import headline_facts
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import Tab, boxes, given, opened, pressed, stored_by, to, told
from tests.workshops import made

SURE, GUESS, NOTHING = (
    Match("name", certain=True, by="name"),
    Match("revenue", certain=False, by="alike"),
    Match(None, certain=False),
)
FIELDS = {target.key: target for target in CUSTOMER_TARGETS}


def table(text: str) -> Table:
    return from_text("list.csv", text)


def columns(text: str, found: Mapping[str, Match]) -> Columns:
    """A table whose columns are matched so."""
    return Columns(table(text), FIELDS, found)


def known(text: str) -> Columns:
    """What is known of a file's columns in a workshop without customers."""
    return columns_of("customers", table(text), targets(made()), made())


# --- before anybody looks -------------------------------------------------------------------------


def test_the_headline_counts_what_comes_in_and_what_asks() -> None:
    two = "Customer,Rev.,Gain\nAsh,5,6\n"
    gain = GUESS._replace(target="gain")
    found = columns(two, {"Customer": SURE, "Rev.": GUESS, "Gain": gain})
    told_of = {
        "list.csv, 1 row. 1 of 3 columns come in; please look at the 2 marked ▲.": {
            "Customer": "name"
        },
        "list.csv, 1 row. 2 of 3 columns come in; please look at the one marked ▲.": {
            "Customer": "name",
            "Rev.": "revenue",
        },
        "list.csv, 1 row. 3 of 3 columns come in.": {
            "Customer": "name",
            "Rev.": "revenue",
            "Gain": "gain",
        },
    }
    for sentence, goes_to in told_of.items():
        assert headline_facts(table(two), found, Agreed(goes_to)) == sentence


def test_the_headline_counts_doubts_and_scales_until_they_are_answered() -> None:
    text = 'Customer,Revenue (kEUR),Contract end\nAsh,"5",03/04/2028\n'
    found = known(text)
    told = headline_facts(table(text), found, found.start)
    assert told.endswith("3 of 3 columns come in; please look at the 2 marked ▲.")
    answered = Agreed(found.agreed, (), found.start.written, ("Revenue (kEUR)",))
    told = headline_facts(table(text), found, answered)
    assert told.endswith("please look at the one marked ▲.")


def test_the_headline_says_when_the_matching_is_that_of_the_last_time() -> None:
    before = Matching(headers=("N",), goes_to={"N": "name"}, door="customers")
    found = Columns(table("N\nAsh\n"), FIELDS, {"N": NOTHING}, {}, before)
    said = headline_facts(table("N\nAsh\n"), found, found.start)
    assert said == "list.csv, 1 row. 1 of 1 column come in, matched as the last time."


def test_columns_that_go_somewhere_or_ask_stand_first_and_the_rest_stays_visible() -> None:
    text = "Colour,Size,Rev.,Customer\nred,3,5,Ash\nred,5,6,Bay\nred,9,7,Elm\n"
    matches = {"Colour": NOTHING, "Size": NOTHING, "Rev.": GUESS, "Customer": SURE}
    found = columns(text, matches)
    in_order = match._in_order(found, {"Customer": "name"})
    assert in_order == ["Rev.", "Customer", "Size", "Colour"]


@pytest.mark.parametrize(("header", "left"), [("Owner", {"Ash": "ash"}), ("Customer", {})])
def test_who_is_whom_is_asked_anew_only_if_the_name_moves(
    monkeypatch: pytest.MonkeyPatch, header: str, left: dict[str, str]
) -> None:
    tab = Tab(monkeypatch)
    goes_to = {"Customer": "name", "Owner": "owner"}
    draft.keep("customers", Draft(goes_to=goes_to, same={"Ash": "ash"}))
    match._take("customers", header, "needs")
    assert tab.draft().same == left


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
    assert labels(tab).count("Use this one") == 2
    assert "Yes" not in labels(tab)
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
    assert "Match the columns" in labels(tab)
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
    pressed(tab, "Right")
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
    assert "Match the columns" in labels(tab)
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


def test_another_currency_is_asked_and_converted_by_the_rate_that_is_given(workshop: str) -> None:
    tab = given(opened(workshop), "Customer,Revenue\nAsh,USD 500\n")
    assert "Match the columns" in labels(tab)
    assert told(to(tab, 2), "▲ In USD, and this workshop counts in EUR. What is one USD worth?")
    tab.number_input(key="wizard_customers_rate_Revenue_USD").set_value(0.5).run()
    assert "▲" not in shown(tab)
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 250.0


BY_ROW = "Customer,Revenue,Currency\nAsh,500,USD\nBay,70,EUR\nElm,30,CHF\n"


def test_currencies_row_by_row_are_asked_about_and_converted_by_their_rates(workshop: str) -> None:
    tab = given(opened(workshop), BY_ROW)
    assert "Match the columns" in labels(tab)
    assert told(to(tab, 2), "▲ In USD and CHF, and this workshop counts in EUR. What is one worth?")
    tab.number_input(key="wizard_customers_rate_Revenue_USD").set_value(0.5).run()
    assert told(tab, "▲ In CHF, and this workshop counts in EUR. What is one CHF worth?")
    tab.number_input(key="wizard_customers_rate_Revenue_CHF").set_value(2.0).run()
    assert not told(tab, "▲")
    stored_by(to(tab, 3))
    customers = present(workshop).customers
    assert [one.profile.revenue for one in customers.values()] == [250.0, 70.0, 60.0]


def test_amounts_may_be_in_our_currency_already_whatever_is_written(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue (USD)\nAsh,500\n")
    key = "wizard_customers_in_ours_Revenue-20--28-USD-29-"
    assert tab.button(key=key).label == "They are in EUR already"
    tab.button(key=key).click().run()
    assert not told(tab, "▲")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 500.0


def test_amounts_in_another_currency_stay_out_as_long_as_nobody_answers(workshop: str) -> None:
    tab = looked_at(workshop, BY_ROW)
    assert told(to(tab, 3), "amounts stay out until you say what one is worth in EUR")
    stored_by(tab)
    customers = present(workshop).customers
    assert [one.profile.revenue for one in customers.values()] == [None, 70.0, None]


def test_the_rate_of_the_last_time_is_proposed_and_asked_again(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue\nAsh,USD 500\n")
    tab.number_input(key="wizard_customers_rate_Revenue_USD").set_value(0.5).run()
    stored_by(to(tab, 3))
    tab = looked_at(workshop, "Customer,Revenue\nAsh,USD 600\n")
    assert told(tab, "▲ The last time one USD was worth 0.5 EUR. Is that still so?")
    pressed(tab, "Yes")
    assert "▲" not in shown(tab)
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 300.0


def test_one_unit_of_a_column_that_names_no_currency_can_be_worth_something(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Revenue (k)\nAsh,500\n")
    tab.selectbox(key="wizard_customers_goes_1").set_value("revenue").run()
    tab.number_input(key="wizard_customers_rate_Revenue-20--28-k-29-").set_value(0.5).run()
    assert told(tab, "✓ 500 is 250")


def test_a_scale_that_was_said_is_applied_to_the_next_file_and_shown(workshop: str) -> None:
    key = "wizard_customers_factor_Revenue"
    tab = looked_at(workshop, "Customer,Revenue\nAsh,120\n")
    assert told(tab, "✓ 120, as it stands")
    tab.segmented_control(key=key).set_value(1000.0).run()
    stored_by(to(tab, 3))
    tab = given(opened(workshop), "Customer,Revenue\nAsh,121\n", "next.csv")
    assert "Check the rows" in labels(tab)
    assert told(to(tab, 2), "✓ as the last time: in thousands; 121 is 121,000")
    assert told(to(tab, 3), "As the last time: Revenue in thousands.")
    stored_by(tab)
    assert present(workshop).customers["Ash"].profile.revenue == 121_000.0


def test_a_question_that_nobody_answered_is_asked_again(workshop: str) -> None:
    stored_by(to(looked_at(workshop, "Customer,Rev.\nAsh,5\n"), 3))
    tab = given(opened(workshop), "Customer,Rev.\nAsh,6\n", "next.csv")
    assert "Match the columns" in labels(tab)
    assert told(to(tab, 2), "▲ Is it Revenue with us?")


def test_no_is_an_answer_that_is_remembered(workshop: str) -> None:
    tab = looked_at(workshop, "Customer,Rev.\nAsh,5\n")
    pressed(tab, "No")
    assert "▲" not in shown(tab)
    assert told(tab, "– not imported")
    stored_by(to(tab, 3))
    tab = given(opened(workshop), "Customer,Rev.\nAsh,6\n", "next.csv")
    assert "Check the rows" in labels(tab)
    assert "▲" not in shown(to(tab, 2))


def test_a_figure_with_two_readings_in_the_last_of_many_rows_is_asked(workshop: str) -> None:
    rows = "".join(f"C{at},{100 + at}\n" for at in range(900))
    tab = looked_at(workshop, f"Customer,Revenue\n{rows}Z,8.179\n")
    assert told(tab, '▲ "8.179" can be read in two ways')


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
    pressed(tab, "No")
    tab.selectbox(key="wizard_customers_goes_3").set_value("needs").run()
    stored_by(to(tab, 3))
    tab = given(opened(workshop), "Colour,Size,Customer,Rev.\ngreen,1,Ash,9\n", "next.csv")
    assert "Check the rows" in labels(tab)
    assert told(to(tab, 2), "matched as the last time.")
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.needs == "green"
    assert present(workshop).customers["Ash"].profile.revenue is None
