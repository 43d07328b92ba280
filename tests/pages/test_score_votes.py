"""The view Votes of step 3, `kam.ui.score_votes`: what to talk about, and how it is settled."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeProfile, Edit, FillScores, PutCriterion, ScoreCustomer
from kam.model import Customer, Profile
from kam.report.voted_scores import voted_scores
from kam.ui import score_votes
from tests.apps import example, go, page, present, restart, room, scored, shown, stored
from tests.pages.test_every_page import HOSTILE
from tests.voted import NAMES, forget, members, votes
from tests.workshops import BY_HAND, A, S, after, by_hand, criterion, scores


def hand(*edits: Edit) -> str:
    """Three customers on one criterion an axis, stored, with four members and these edits."""
    people = {key: Customer(id=key, name=key.capitalize()) for key in BY_HAND}
    return stored(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers=people),
        scores(("a", "s"), {key: (row[0], row[2]) for key, row in BY_HAND.items()}),
        *members(4),
        *edits,
    )


def opened(workshop: str) -> AppTest:
    """The page with the votes on scores open."""
    tab = page("customers", workshop)
    return tab.segmented_control(key="customers_view_Scores").set_value("Votes").run()


# --- what is disputed -----------------------------------------------------------------------------


def test_what_can_change_a_class_comes_first_and_what_is_not_agreed_before_what_is() -> None:
    state = after(
        by_hand(), *members(4),
        *votes("cob", "s", 1, 5, 5), *votes("bay", "s", 1, 5, 3), *votes("ash", "s", 1, 5, 3),
        forget("ash", "s"),
    )  # fmt: skip
    talk, quiet = score_votes.disputed(voted_scores(room(state).assessment))
    assert [one.customer for one in talk][:2] == ["ash", "bay"]
    assert [one.agreed for one in talk][:2] == [None, 4.0]
    assert not {one.customer for one in talk} & {one.customer for one in quiet}


def test_the_message_counts_what_to_talk_about_and_what_is_open() -> None:
    state = after(by_hand(), *members(4), *votes("bay", "s", 1, 5, 3))
    [one] = voted_scores(room(state).assessment)
    say = score_votes.message
    assert say([one], [], 9) == "1 disputed score can change a class; all are agreed"
    open_one = replace(one, agreed=None)
    assert say([one, open_one], [], 9) == (
        "Talk about 2 of 9 voted scores: they can change a class; 1 not agreed yet"
    )
    assert say([], [one], 9) == "Votes differ on 1 score, but nothing changes"
    assert say([], [], 9) == "Votes lie close together on all 9 voted scores"


# --- hidden ---------------------------------------------------------------------------------------


def test_without_votes_it_is_said_what_members_vote_on() -> None:
    assert "Nobody has voted on a score yet." in shown(opened(hand()))


def test_below_three_votes_only_their_number_is_shown() -> None:
    tab = opened(hand(*votes("bay", "s", 1, 5)))
    text = shown(tab)
    assert "No score has 3 votes yet; the most so far: 2." in text
    assert "Bay" not in text
    assert not [button for button in tab.button if str(button.key).startswith("agree_")]


# --- settling -------------------------------------------------------------------------------------


def test_disputed_votes_are_told_without_names() -> None:
    tab = opened(hand(*votes("bay", "s", 1, 5, 3)))
    text = shown(tab)
    assert "1 disputed score can change a class; all are agreed" in text
    assert "Votes 1–5 of 5, agreed at 4 points." in text
    assert "Criterion s: how far the scorers agree cannot be told" in text
    assert not [name for name in NAMES if name in text]


def test_agreeing_on_a_level_keeps_what_was_voted_and_is_felt_at_the_matrix() -> None:
    workshop = hand(forget("bay", "s"), *votes("bay", "s", 1, 2, 4))
    before = page("matrix", workshop).title[0].value
    tab = opened(workshop)
    tab.button(key="agree_5").click().run()
    kept = present(workshop).scores["s"]["bay"]
    assert (kept.value, kept.note) == (10.0, "votes 1–4, agreed at 5")
    assert tab.button(key="agree_5").disabled
    after_it = go(tab, "matrix").title[0].value
    assert after_it != before
    restart()
    assert page("matrix", workshop).title[0].value == after_it


def test_the_buttons_offer_the_criterions_own_levels() -> None:
    workshop = hand(
        PutCriterion(criterion=criterion("s", S, (0, 10, 25, 45, 70), unit="%")),
        *votes("bay", "s", 1, 5, 3),
    )
    tab = opened(workshop)
    labels = [b.label.replace("\\", "") for b in tab.button if str(b.key).startswith("agree_")]
    assert labels[1:3] == ["Agree on 2: 10 %", "Agree on 3: 25 %"]


def test_another_disputed_score_can_be_opened_and_stays_open() -> None:
    workshop = hand(*votes("bay", "s", 1, 5, 3), *votes("ash", "s", 1, 5, 3))
    tab = opened(workshop)
    other = next(o for o in ("s:ash", "s:bay") if o != tab.selectbox(key="open_score").value)
    tab.selectbox(key="open_score").set_value(other).run()
    tab.button(key="agree_1").click().run()
    assert tab.selectbox(key="open_score").value == other
    assert present(workshop).scores["s"][other.removeprefix("s:")].value == 0.0


def test_scores_within_one_step_are_accepted_at_once_and_undone_at_once() -> None:
    workshop = hand(
        forget("bay", "s"), forget("ash", "s"),
        *votes("bay", "s", 3, 4, 4), *votes("ash", "s", 5, 5, 5), *votes("cob", "s", 1, 1, 1),
    )  # fmt: skip
    tab = opened(workshop)
    accept = tab.button(key="accept_votes")
    assert accept.label == "Accept the 2 that agree within one step"
    accept.click().run()
    found = present(workshop).scores["s"]
    assert found["bay"].value == pytest.approx(20 / 3)
    assert found["ash"].note == "all votes 5, agreed at their mean"
    assert found["cob"].value == 9.0  # agreed before
    assert "accept_votes" not in {button.key for button in tab.button}
    tab.button(key="undo").click().run()
    assert set(present(workshop).scores["s"]) == {"cob"}


def test_the_agreement_of_a_step_is_one_edit_with_its_votes() -> None:
    state = after(by_hand(), *members(4), *votes("bay", "s", 2, 5, 3))
    [one] = voted_scores(room(state).assessment)
    assert score_votes.agreement(one, 4, 7.5) == ScoreCustomer(
        customer="bay", criterion="s", value=7.5, note="votes 2–5, agreed at 4"
    )


def test_more_disputed_scores_than_fit_are_counted() -> None:
    people = {f"c{n}": Customer(id=f"c{n}", name=f"Customer {n}") for n in range(12)}
    workshop = stored(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="x", customers=people),
        FillScores(scores=scores(("a",), dict.fromkeys(people, (8.0,))).scores),
        *members(3),
        *(edit for key in people for edit in votes(key, "s", 1, 5, 3)),
    )
    text = shown(opened(workshop))
    assert f"{12 - score_votes.MOST_ROWS} more scores can change a class." in text


def test_many_that_differ_for_nothing_are_counted_too() -> None:
    """All are far below the attractiveness cut-off: their strength changes no class."""
    people = [(f"Customer {n}", (0.0, 1.0)) for n in range(12)]
    cast = [edit for n in range(12) for edit in votes(f"c{n}", "s", 1, 3, 2)]
    text = shown(opened(stored(*scored(people), *members(3), *cast)))
    assert "Votes differ on 12 scores, but nothing changes" in text
    assert f"and {12 - score_votes.MOST_ROWS} more." in text


def test_a_hollow_dot_is_explained_where_there_is_one() -> None:
    owned = ChangeProfile(customer="bay", profile=Profile(owner="Ines"))
    hollow = "A hollow dot is the vote of the customer’s own account manager."
    assert hollow in shown(opened(hand(owned, *votes("bay", "s", 1, 5, 3))))
    assert hollow not in shown(opened(hand(*votes("bay", "s", 1, 5, 3))))


def test_the_example_has_disputed_scores() -> None:
    tab = opened(example())
    text = shown(tab)
    assert "Talk about 3 of 118 voted scores" in text
    assert not tab.error


def test_hostile_names_are_shown_and_break_nothing() -> None:
    rows = [(name, (8.0, 4.0)) for name in HOSTILE]
    everybody = [f"c{n}" for n in range(len(HOSTILE))]
    workshop = stored(
        *scored(rows),
        *members(3),
        *(edit for key in everybody for edit in votes(key, "s", 1, 5, 3)),
    )
    tab = opened(workshop)
    shown(tab)
    assert not tab.error
    raw = "\n".join(element.value for element in (*tab.markdown, *tab.caption))
    raw += "\n".join(button.label for button in tab.button)
    assert not [part for part in ("<script>", "](", "$x$", ":red[x]") if part in raw]
