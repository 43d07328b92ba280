"""Of `kam.ui.answers.pairs`: two criteria at a time, and what contradicts is told."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import PutCriterion
from kam.errors import Refused
from kam.model import Pair
from kam.ui.answers import pairs
from tests.answers.opened import at, present, sat, seat, send
from tests.apps import shown
from tests.workshops import criterion

THIRD = PutCriterion(criterion=criterion("x", name="Reach"))


def comparing() -> tuple[str, AppTest]:
    """Ines before three criteria, two at a time."""
    workshop, tab = at("weights", THIRD)
    return workshop, tab.segmented_control(key="answer.way").set_value("pairs").run()


def compared(tab: AppTest, ahead: dict[str, int]) -> AppTest:
    """The page after comparisons; positive says that the first matters more."""
    for pair, steps in ahead.items():
        tab.selectbox(key=f"answer.pair.{pair}").set_value(steps).run()
    return tab


def test_every_two_criteria_are_asked_once_with_their_levels() -> None:
    _, tab = comparing()
    asked = [box.label.replace("\\", "") for box in tab.selectbox]
    assert asked[0] == ("Growth (from 0 to 10 % a year) or Trust (from 0 to 10 points of trust)?")
    assert len(asked) == 3


def test_the_choices_are_told_in_words() -> None:
    _, tab = comparing()
    options = tab.selectbox(key="answer.pair.a.s").options
    assert (options[0], options[8], options[-1]) == (
        "Growth: 9 times as much",
        "Both matter the same",
        "Trust: 9 times as much",
    )


def test_comparisons_are_stored_and_how_well_they_fit_is_told() -> None:
    workshop, tab = comparing()
    compared(tab, {"a.s": 1, "s.x": 1, "a.x": 3})
    assert "Your comparisons fit each other: 0.00" in shown(tab)
    send(tab)
    [ballot] = present(workshop).ballots["ines"]
    assert ballot.said is not None
    assert Pair(more="a", less="x", times=4) in ballot.said.pairs


def test_a_contradiction_is_told_and_may_be_sent_as_it_is() -> None:
    workshop, tab = comparing()
    compared(tab, {"a.s": 4, "s.x": 4, "a.x": -4})
    text = shown(tab)
    assert "do not fit each other yet" in text
    assert "Compare these two again." in text
    assert "run in a circle: Growth over Trust, Trust over Reach, but Reach over Growth" in text
    send(tab)
    [ballot] = present(workshop).ballots["ines"]
    assert ballot.said is not None
    assert Pair(more="x", less="a", times=5) in ballot.said.pairs


def test_what_is_missing_is_counted_and_what_cannot_be_judged_is_not_asked() -> None:
    workshop, tab = comparing()
    compared(tab, {"a.s": 0})
    assert "1 of 3 comparisons made. Compare the rest" in shown(tab)
    assert tab.button(key="send").disabled
    tab.multiselect(key="answer.left_out").set_value(["x"]).run()
    send(tab)
    assert present(workshop).ballots["ines"][0].swings == {"a": 100, "s": 100}


def test_a_second_vote_starts_from_the_comparisons_of_the_first() -> None:
    workshop, tab = comparing()
    send(compared(tab, {"a.s": -2, "s.x": 3, "a.x": 0}))
    again = sat(workshop, "ines", "weights")
    kept = {box.key: box.value for box in again.selectbox}
    assert kept == {"answer.pair.a.s": -2, "answer.pair.s.x": 3, "answer.pair.a.x": 0}


def test_the_choices_run_from_nine_times_to_a_ninth() -> None:
    assert (pairs.AHEAD[0], pairs.AHEAD[8], pairs.AHEAD[-1], len(pairs.AHEAD)) == (8, 0, -8, 17)


def test_without_a_comparison_the_ballot_is_refused_with_the_count() -> None:
    with pytest.raises(Refused, match="0 of 3 comparisons made"):
        pairs.ballot(seat(THIRD))


def test_many_comparisons_are_asked_a_few_at_a_time_and_all_are_kept() -> None:
    more = [PutCriterion(criterion=criterion(f"x{n}")) for n in range(3)]
    workshop, tab = at("weights", *more)
    tab.segmented_control(key="answer.way").set_value("pairs").run()
    assert len(tab.selectbox) == pairs.ON_SCREEN
    for part in ("1–6", "7–10"):
        tab.segmented_control(key="answer.part").set_value(part).run()
        for key in [str(box.key) for box in tab.selectbox]:
            tab.selectbox(key=key).set_value(0).run()
    send(tab)
    assert set(present(workshop).ballots["ines"][0].swings.values()) == {100}
