"""Of `kam.report.voting`: counts, rows and sentences of the votes on weights; never a name."""

import json

import pytest

from kam.charts.stakes import Moved, StakeRow
from kam.charts.votes import weight_votes
from kam.edits import CastBallot, CountVotes, PutCriterion, ScoreCustomer, SetPoints
from kam.method.agreement import WIDE
from kam.method.assessment import assess
from kam.method.stakes import ordered, weight_stakes
from kam.model import Anchors, Ballot
from kam.report.voting import (
    Turnout,
    argument_words,
    mean_points,
    stake_rows,
    stale_votes,
    turnout,
    weight_rows,
    weights_message,
)
from tests.voted import NAMES, SPLIT, ballots, members, weighed
from tests.workshops import PLAIN, A, after, by_hand, criterion, made

# --- counts ---------------------------------------------------------------------------------------


def test_turnout_counts_who_voted_in_the_latest_round_of_all_members() -> None:
    assert turnout(weighed(invited=5)) == Turnout(3, 5, 1)
    second = after(weighed(), *ballots(SPLIT[:1], number=2))
    assert turnout(second) == Turnout(1, 3, 2)
    assert turnout(made()) == Turnout(0, 0, 1)


def test_turnout_names_a_round_from_the_second_on() -> None:
    assert Turnout(2, 8, 1).words == "2 of 8 have voted."
    assert Turnout(2, 8, 2).words == "2 of 8 have voted in round 2."


def test_votes_for_other_levels_are_counted_with_what_they_were_about() -> None:
    before = after(by_hand(), *members(3), *(dated(n, PLAIN) for n in range(3)))
    assert stale_votes(before) == ""
    moved = PutCriterion(criterion=criterion("a", A, (0, 1, 2, 3, 4)))
    assert stale_votes(after(before, moved)) == (
        "3 votes were given for other levels of “Criterion a”: vote again."
    )


def test_one_vote_for_other_levels_is_told_in_the_singular() -> None:
    before = after(by_hand(), *members(1), dated(0, (0, 1, 2, 3, 4)))
    assert stale_votes(before).startswith("1 vote was given for other levels")


def dated(number: int, levels: Anchors) -> CastBallot:
    """A member's ballot that says for which levels of `a` it was given."""
    ballot = Ballot(member=f"m{number}", swings={"a": 100, "s": 50}, anchors={"a": levels})
    return CastBallot(ballot=ballot)


# --- weights --------------------------------------------------------------------------------------


def test_the_mean_of_the_votes_is_whole_points_that_add_to_100() -> None:
    assert mean_points(weighed()) == {"a": 25, "b": 25, "s": 50}
    thirds = mean_points(weighed([(1.0, 1.0, 1.0)] * 3))
    assert sorted(thirds.values()) == [33, 33, 34]
    assert mean_points(by_hand()) == {}


def test_agreed_points_do_not_change_the_mean_of_the_votes() -> None:
    points = SetPoints(points={"a": 90, "b": 5, "s": 5})
    assert mean_points(after(weighed(), points)) == mean_points(weighed())


def test_rows_show_every_vote_the_heaviest_criterion_first() -> None:
    rows = weight_rows(assess(weighed()), ())
    assert [row.name for row in rows] == ["Criterion s", "Criterion a", "Criterion b"]
    assert [row.weight for row in rows] == [50, 25, 25]
    assert rows[1].votes == pytest.approx((0, 25, 50))
    assert rows[1].middle == pytest.approx((12.5, 37.5))


def test_without_scores_the_width_of_the_votes_alone_says_what_to_talk_about() -> None:
    rows = {row.name: row for row in weight_rows(assess(weighed()), ())}
    assert rows["Criterion a"].votes[-1] - rows["Criterion a"].votes[0] >= WIDE
    assert rows["Criterion a"].talk
    assert rows["Criterion a"].words == "Talk about this: votes from 0 to 50"
    assert not rows["Criterion s"].talk


def test_a_wide_vote_that_changes_nothing_is_said_to_and_not_tinted() -> None:
    """Everybody is worth the same on a and on b, so their weights decide nothing."""
    level = {"ash": 8.0, "bay": 6.0, "cob": 2.0}
    alike = [ScoreCustomer(customer=who, criterion="b", value=n) for who, n in level.items()]
    result = assess(after(weighed(), *alike))
    rows = {row.name: row for row in weight_rows(result, weight_stakes(result))}
    assert rows["Criterion a"].words == "Votes from 0 to 50 differ, but nothing changes"
    assert not rows["Criterion a"].talk


def test_a_wide_vote_that_changes_a_class_is_tinted() -> None:
    result = assess(weighed())
    rows = {row.name: row for row in weight_rows(result, weight_stakes(result))}
    assert rows["Criterion a"].talk


def test_what_fewer_than_three_voted_on_is_a_row_without_votes() -> None:
    left_out = [(100.0, 50.0, 80.0), (100.0, None, 60.0), (100.0, None, 70.0)]
    rows = {row.name: row for row in weight_rows(assess(weighed(left_out)), ())}
    hidden = rows["Criterion b"]
    assert (hidden.votes, hidden.middle, hidden.earlier) == ((), None, ())
    assert hidden.hidden
    assert hidden.words == "fewer than 3 votes"
    assert len(rows["Criterion a"].votes) == 3


def test_the_round_before_is_there_once_three_have_voted_again() -> None:
    again = [(10.0, 20.0, 100.0)] * 3
    two = after(weighed(), *ballots(again[:2], number=2))
    assert all(row.earlier == () for row in weight_rows(assess(two), ()))
    three = after(weighed(), *ballots(again, number=2))
    rows = {row.name: row for row in weight_rows(assess(three), ())}
    assert rows["Criterion a"].earlier == pytest.approx((0, 25, 50))
    assert rows["Criterion a"].votes == pytest.approx((100 / 13,) * 3)


def test_no_members_name_or_id_reaches_the_picture() -> None:
    rows = weight_rows(assess(weighed()), ())
    drawn = json.dumps(weight_votes(rows, 760).whole())
    assert not [name for name in (*NAMES, "m0", "m1", "m2") if name in drawn]


def test_the_order_of_the_dots_does_not_tell_who_voted() -> None:
    assert weight_rows(assess(weighed()), ()) == weight_rows(assess(weighed(SPLIT[::-1])), ())


def test_there_are_no_rows_without_votes() -> None:
    assert weight_rows(assess(by_hand()), ()) == ()


def test_the_argument_is_about_the_widest_votes_that_three_have_cast() -> None:
    assert argument_words(weighed()) == "The argument is about Criterion a (0 to 50 points)."
    assert argument_words(weighed([(100.0, 90.0, 80.0)] * 3)) == ""
    hidden = [(100.0, 0.0, 80.0), (100.0, None, 60.0), (100.0, 100.0, 70.0)]
    assert "Criterion b" not in argument_words(weighed(hidden))


# --- what they can change -------------------------------------------------------------------------


def test_the_message_says_how_far_the_team_agrees_and_what_can_change() -> None:
    result = assess(weighed())
    told = weights_message(result, weight_stakes(result))
    assert told == "You do not agree on what matters; 1 of 3 weights can change who is key"


def test_a_team_that_votes_alike_changes_no_key_account() -> None:
    result = assess(weighed([(100.0, 60.0, 80.0)] * 3))
    told = weights_message(result, weight_stakes(result))
    assert told == "You agree very strongly on what matters; no weight changes who is key"


def test_there_is_no_message_while_nothing_can_be_told() -> None:
    result = assess(weighed())
    assert weights_message(result, ()) == ""
    level = assess(weighed([(50.0, 50.0, 50.0)] * 3))
    assert weights_message(level, weight_stakes(level)) == ""


def test_the_stakes_are_drawn_in_points_with_who_moves_from_where_to_where() -> None:
    result = assess(after(weighed(), CountVotes()))
    talk, _ = ordered(weight_stakes(result))
    rows = {row.name: row for row in stake_rows(result, talk)}
    assert rows["Criterion a"] == StakeRow(
        name="Criterion a",
        low="0",
        high="50",
        at_low=(Moved("Ash: Key · core → Low priority", key=True),),
        at_high=(Moved("Bay: Low priority → Strategic, not yet key", key=False),),
    )
