"""Of `kam.ui.answers.weighing`: the way that the team chose, rounds, levels that moved."""

from kam.edits import PutCriterion
from kam.model import Anchors
from kam.ui.answers import weighing
from tests.answers.opened import FACTS, at, points, present, sat, seat, send, title
from tests.apps import shown
from tests.workshops import S, criterion

WIDER: Anchors = (0.0, 5.0, 10.0, 15.0, 20.0)
VOTE = points(seat().workshop, "ines", {"a": 100.0, "s": 40.0})


def test_the_way_stays_for_whoever_comes_next_to_this_screen() -> None:
    _, tab = at("weights")
    tab.segmented_control(key="answer.way").set_value("order").run()
    tab.button(key="stand_up").click().run()
    tab.button(key="sit_bo").click().run()
    tab.checkbox(key="answer.nobody").set_value(True).run()
    send(tab).button(key="skip").click().run()
    assert tab.segmented_control(key="answer.way").value == "order"


def test_no_word_of_a_method_is_on_the_screen() -> None:
    _, tab = at("weights")
    text = " ".join([shown(tab), *weighing.WAYS.values()]).casefold()
    for word in ("swing", "ahp", "best-worst", "centroid", "eigenvector", "consistency"):
        assert word not in text


def test_a_criterion_without_levels_is_named_and_not_asked() -> None:
    bare = PutCriterion(criterion=criterion("b", S, name="Bare").model_copy(
        update={"anchors": None}))  # fmt: skip
    _, tab = at("weights", bare)
    assert "“Bare” cannot be asked yet: it has no worst and best level." in shown(tab)
    assert "answer.swing.b" not in {box.key for box in tab.number_input}


def test_without_criteria_that_can_be_asked_there_is_no_question() -> None:
    empty = seat()
    bare = empty.workshop.model_copy(update={"criteria": {}})
    assert weighing.question(type(empty)(bare, empty.member, 1)) is None


def test_levels_that_moved_open_the_question_again_and_say_why() -> None:
    moved = PutCriterion(criterion=FACTS.model_copy(update={"anchors": WIDER}))
    workshop, tab = at("", VOTE, moved)
    tab.button(key="skip").click().run()
    assert title(tab) == "What matters how much to us?"
    assert "The levels of “Growth” have changed since you answered." in shown(tab)
    send(tab)
    assert present(workshop).ballots["ines"][0].anchors["a"] == WIDER


def test_who_voted_in_this_round_is_not_asked_again() -> None:
    _, tab = at("", VOTE)
    tab.button(key="skip").click().run()
    assert title(tab).startswith("Trust")


def test_a_round_that_others_began_asks_again_from_ones_own_last_answer() -> None:
    second = points(seat().workshop, "bo", {"a": 10.0, "s": 100.0}, 2)
    workshop, _ = at("", VOTE, second)
    tab = sat(workshop, "ines", "weights")
    assert "Round 2. You start from your own last answer." in shown(tab)
    assert [box.value for box in tab.number_input] == [100, 40]
    send(tab)
    assert [ballot.round for ballot in present(workshop).ballots["ines"]] == [1, 2]
