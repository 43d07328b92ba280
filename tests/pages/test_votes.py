"""The view Votes of step 2, `kam.ui.votes`: hidden below three, then the picture."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, Edit, PutCriterion, SetPoints
from kam.model import Customer
from kam.ui import votes
from kam.ui.frame import VIEWS
from tests.apps import example, go, page, present, restart, room, shown, stored
from tests.voted import NAMES, SPLIT, ballots, members, weighed
from tests.workshops import BY_HAND, A, S, after, by_hand, criterion, made, scores


def hand(*edits: Edit) -> str:
    """The workshop worked out by hand, stored, with these edits."""
    people = {key: Customer(id=key, name=key.capitalize()) for key in BY_HAND}
    return stored(
        *(PutCriterion(criterion=criterion(key, A)) for key in "ab"),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers=people),
        scores(("a", "b", "s"), BY_HAND),
        *edits,
    )


def opened(workshop: str) -> AppTest:
    """The page with the votes open."""
    return page("criteria", workshop).segmented_control(key="drawer").set_value("Votes").run()


def matters(tab: AppTest) -> AppTest:
    """The same with the other picture."""
    return tab.segmented_control(key="votes_picture").set_value("Does it matter?").run()


# --- the title ------------------------------------------------------------------------------------


def test_the_title_is_the_question_until_three_have_voted() -> None:
    for state in (made(), by_hand(), weighed(SPLIT[:2], invited=6)):
        assert votes.title(room(state)) == votes.QUESTION


def test_the_title_becomes_the_message_once_three_have_voted() -> None:
    assert votes.title(room(weighed())) == (
        "You do not agree on what matters; 1 of 3 weights can change who is key"
    )


def test_a_second_round_hides_its_votes_until_three_are_in() -> None:
    begun = after(weighed(), *ballots(SPLIT[:2], number=2))
    assert votes.title(room(begun)) == votes.QUESTION


# --- hidden ---------------------------------------------------------------------------------------


def test_a_workshop_without_members_says_who_votes() -> None:
    text = shown(opened(hand()))
    assert "Nobody votes yet: this workshop has no members." in text


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_votes_only_their_count_is_shown(count: int) -> None:
    tab = opened(hand(*members(6), *ballots(SPLIT[:count])))
    text = shown(tab)
    assert f"{count} of 6 have voted." in text
    assert "You agree" not in text
    assert "points" not in text
    assert not [button for button in tab.button if button.key in {"keep_weights", "count_votes"}]


def test_the_points_show_no_dot_of_fewer_than_three_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[pd.DataFrame] = []
    monkeypatch.setattr("kam.ui.criteria.weight_bars", drawn.append)
    monkeypatch.setattr("kam.ui.parts.picture", lambda *_args: None)
    page("criteria", hand(*members(6), *ballots(SPLIT[:2])))
    page("criteria", hand(*members(6), *ballots(SPLIT)))
    assert [len(frame["votes"][0]) for frame in drawn] == [0, 3]


# --- shown ----------------------------------------------------------------------------------------


def test_the_votes_are_told_in_sentences_without_a_name() -> None:
    text = shown(opened(hand(*members(5), *ballots(SPLIT))))
    assert "3 of 5 have voted." in text
    assert "You do not agree on what matters." in text
    assert "The argument is about Criterion a (0 to 50 points)." in text
    assert "The mean of the votes counts." in text
    assert not [name for name in NAMES if name in text]


def test_what_the_votes_decide_is_the_other_picture() -> None:
    tab = matters(opened(hand(*members(3), *ballots(SPLIT))))
    text = shown(tab)
    assert "Each weight alone goes to its lowest and to its highest vote" in text
    assert "On 1 weight the votes lie close together." in text


def test_disagreement_that_changes_nothing_is_one_sentence() -> None:
    level = scores(("a", "b"), {"ash": (8, 8), "bay": (6, 6), "cob": (2, 2)})
    text = shown(matters(opened(hand(level, *members(3), *ballots(SPLIT)))))
    assert "Votes differ, but nothing changes: Criterion a and Criterion b." in text


def test_without_scores_there_is_nothing_that_a_vote_can_change() -> None:
    bare = stored(
        *(PutCriterion(criterion=criterion(key, A)) for key in "ab"),
        *members(3),
        *ballots([(100, 50, None), (50, 100, None), (80, 60, None)]),
    )
    assert "Score customers on both axes first" in shown(matters(opened(bare)))


def test_votes_for_other_levels_and_criteria_without_levels_are_told() -> None:
    bare = criterion("b", A).model_copy(update={"anchors": None})
    text = shown(opened(hand(*members(3), *ballots(SPLIT), PutCriterion(criterion=bare))))
    assert "“Criterion b” cannot be asked yet" in text


def test_the_way_to_ones_own_answers_is_there_once_that_page_is() -> None:
    tab = opened(hand(*members(3), *ballots(SPLIT)))
    found = [link.label for link in tab.page_link if link.label == "Give your own votes"]
    assert found == ["Give your own votes"] * (votes.ANSWER in VIEWS)


# --- what can be done -----------------------------------------------------------------------------


def test_keeping_the_weights_agrees_on_the_mean_and_is_felt_at_the_matrix() -> None:
    workshop = hand(*members(3), *ballots(SPLIT), SetPoints(points={"a": 0, "b": 100, "s": 50}))
    before = page("matrix", workshop).title[0].value
    tab = opened(workshop)
    assert "The agreed points count, not these votes." in shown(tab)
    tab.button(key="keep_weights").click().run()
    assert present(workshop).points == {"a": 25.0, "b": 25.0, "s": 50.0}
    assert "These weights are agreed." in shown(tab)
    assert tab.button(key="keep_weights").disabled
    after_it = go(tab, "matrix").title[0].value
    assert after_it != before
    restart()
    assert page("matrix", workshop).title[0].value == after_it


def test_counting_the_votes_drops_the_agreed_points_and_can_be_undone() -> None:
    points = {"a": 0.0, "b": 100.0, "s": 50.0}
    workshop = hand(*members(3), *ballots(SPLIT), SetPoints(points=points))
    tab = opened(workshop)
    tab.button(key="count_votes").click().run()
    assert present(workshop).points == {}
    assert "The mean of the votes counts." in shown(tab)
    assert tab.button(key="count_votes").disabled
    tab.button(key="undo").click().run()
    assert present(workshop).points == points


def test_the_example_shows_its_votes_in_both_pictures() -> None:
    tab = opened(example())
    assert "8 of 8 have voted" in shown(tab)
    assert "weights can change who is key" in tab.title[0].value
    shown(matters(tab))
    assert not tab.error


def test_nobody_is_key_by_votes_when_all_points_are_zero() -> None:
    zero = SetPoints(points={"a": 0, "b": 0, "s": 0})
    tab = matters(opened(hand(*members(3), *ballots(SPLIT), zero)))
    assert "Score customers on both axes first" in shown(tab)
