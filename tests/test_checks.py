"""Checks are computed once, and again only when something that they read has changed."""

import numpy as np

from kam.edits import Edit, MarkRevision, MoveLine, RenameWorkshop, SavePlans, SetPoints, VoteScores
from kam.method.assessment import assess
from kam.method.checks import READ, Checks, same_input, vote_errors
from kam.method.robustness import robustness, score_doubt, team_draws
from kam.model import Plan, Workshop
from tests.workshops import TODAY, after, full, placed

STILL: tuple[Edit, ...] = (
    RenameWorkshop(name="Other"),
    SavePlans(plans={"ash": Plan(customer="ash", template="K1")}),
    MarkRevision(name="Agreed", on=TODAY),
)
MOVING: tuple[Edit, ...] = (
    SetPoints(points={"a": 1}),
    MoveLine(line="strength", value=6),
    VoteScores(member="ines", criterion="a", steps={"bay": 1}),
)


def test_the_fields_that_checks_read_are_fields_of_a_workshop() -> None:
    assert set(READ) < set(Workshop.model_fields)


def test_what_no_check_reads_changes_nothing() -> None:
    before = full()
    assert all(same_input(before, after(before, edit)) for edit in STILL)


def test_a_weight_a_line_and_a_vote_are_read() -> None:
    before = full()
    assert not any(same_input(before, after(before, edit)) for edit in MOVING)


def test_a_check_is_computed_once() -> None:
    checks = Checks(assess(placed({"ash": (6, 6), "bay": (4, 8)})))
    assert checks.sure is checks.sure
    assert checks.flips is checks.flips


def test_the_doubt_is_about_weights_and_scores() -> None:
    result = assess(placed({"ash": (5.2, 6), "bay": (2, 8)}))
    both = robustness(result, team_draws(result), score_doubt(result))
    assert np.array_equal(Checks(result).sure.shares, both.shares)


def test_the_error_of_votes_is_that_of_their_mean_and_none_of_a_single_one() -> None:
    workshop = full()
    assert not vote_errors(assess(workshop)).any()
    row = assess(workshop).row["ash"]
    other = workshop.members["ines"].model_copy(update={"id": "otto"})
    two = workshop.model_copy(update={"members": {**workshop.members, "otto": other}})
    voted = after(two, VoteScores(member="otto", criterion="a", steps={"ash": 4}))
    result = assess(voted)
    # steps 2 and 4 are the values 2.5 and 7.5: standard deviation 5 / sqrt 2, of the mean 2.5
    assert vote_errors(result)[row, result.valued.criteria.index("a")] == np.float64(2.5)
