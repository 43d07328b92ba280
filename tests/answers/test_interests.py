"""Of `kam.ui.answers.interests`: where a member is not impartial, with the reason."""

from kam.edits import DeclareInterests
from kam.ui.answers import interests
from tests.answers.opened import at, present, sat, seat, send
from tests.apps import shown


def test_an_interest_needs_its_reason_before_it_can_be_sent() -> None:
    workshop, tab = at("interests")
    tab.multiselect(key="answer.partial").set_value(["cob"]).run()
    assert "Write in a few words why, for Cob & Sons." in shown(tab)
    assert tab.button(key="send").disabled
    tab.text_input(key="answer.why.cob").set_value("My brother works there").run()
    send(tab)
    assert present(workshop).answers.interests == {"ines": {"cob": "My brother works there"}}


def test_what_was_declared_is_there_again_and_can_be_taken_back() -> None:
    workshop, _ = at("", DeclareInterests(member="ines", interests={"ash": "Shares"}))
    tab = sat(workshop, "ines", "interests")
    assert tab.text_input(key="answer.why.ash").value == "Shares"
    tab.multiselect(key="answer.partial").set_value([]).run()
    send(tab)
    assert present(workshop).answers.interests == {}


def test_nothing_to_declare_stores_nothing_and_goes_on() -> None:
    workshop, tab = at("interests")
    before = present(workshop)
    send(tab)
    shown(tab)
    assert present(workshop) is before


def test_the_page_says_that_this_answer_is_not_secret() -> None:
    _, tab = at("interests")
    assert "Not secret: the record names you" in shown(tab)


def test_without_customers_nothing_is_asked() -> None:
    empty = seat()
    nobody = type(empty)(empty.workshop.model_copy(update={"customers": {}}), empty.member, 1)
    assert interests.question(nobody) is None
