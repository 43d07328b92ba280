"""Checks are computed once, and again only when something that they read has changed."""

import numpy as np
import pytest
from hypothesis import assume, given

from kam.edits import (
    Edit,
    JudgeGate,
    MarkRevision,
    MoveLine,
    OverrideClass,
    PutGate,
    RenameWorkshop,
    SavePlans,
    SetPoints,
    VoteScores,
)
from kam.method.assessment import assess
from kam.method.checks import MOST_PLACED, READ, Checks, centre, contenders, same_input, vote_errors
from kam.method.robustness import robustness, score_doubt, team_draws
from kam.model import Class, Gate, Plan, Workshop
from tests.workshops import (
    TODAY,
    after,
    by_hand,
    full,
    placed,
    places,
    workshops,
    x01,
)

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


# --- places ---------------------------------------------------------------------------------------

ROWS = {"ash": (9.0, 9.0), "bay": (7.0, 7.0), "cob": (5.2, 6.0), "dew": (1.0, 1.0)}


def test_places_follow_the_one_order_and_add_to_one_both_ways() -> None:
    found = Checks(assess(placed(ROWS))).places
    assert found.customers == ("ash", "bay", "cob", "dew")
    assert found.shares.sum(axis=0) == pytest.approx(np.ones(4))
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(4))
    assert found.shares.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_the_places_of_key_accounts_end_where_room_ends() -> None:
    assert Checks(assess(placed(ROWS))).places.key_places == 3
    assert Checks(assess(after(placed(ROWS), places(2)))).places.key_places == 2


def test_whom_a_gate_or_the_team_settles_takes_no_place() -> None:
    gate, fails = (
        PutGate(gate=Gate(id="g", name="Credit")),
        JudgeGate(customer="ash", gate="g", fails=True, why="Insolvent"),
    )
    decided = OverrideClass(customer="dew", klass=Class.KEY_CORE, by="Ines", reason="Promised")
    found = Checks(assess(after(placed(ROWS), gate, fails, decided))).places
    assert found.customers == ("bay", "cob")
    assert found.key_places == 2


def test_whom_we_know_too_little_of_takes_no_place() -> None:
    assert contenders(assess(placed({**ROWS, "bay": (7.0, None)}))) == [0, 2, 3]


def test_places_are_shared_among_so_many_and_no_more() -> None:
    many = {f"c{n}": (n / 20, 5.0) for n in range(MOST_PLACED + 7)}
    found = Checks(assess(placed(many))).places
    assert len(found.customers) == len(found.shares) == MOST_PLACED


# --- other weights --------------------------------------------------------------------------------


def test_every_weight_in_the_teams_order_keeps_that_order() -> None:
    result = assess(x01())
    drawn = Checks(result).in_order.weights
    order = np.argsort(-centre(result), kind="stable")
    assert (np.diff(drawn[:, order[:4]], axis=1)[:, 0] <= 0).all()
    assert Checks(result).in_order.shares.sum(axis=1) == pytest.approx(np.ones(6))


def test_a_belief_is_the_mean_of_the_weights_that_choose() -> None:
    """Ash is attractive from 8 a + 4 b = 5 (a + b) on: where a has a quarter of both or more."""
    [ash, *_] = Checks(assess(by_hand())).beliefs
    assert ash.customer == "ash"
    assert ash.share == pytest.approx(0.75, abs=0.02)
    assert ash.weights is not None
    assert sum(ash.weights.values()) == pytest.approx(1)
    assert ash.weights["a"] > ash.weights["b"]  # it is strong on a and weak on b


def test_whom_no_weights_choose_has_nothing_to_believe_and_no_zeros() -> None:
    last = Checks(assess(placed(ROWS))).beliefs[-1]
    assert (last.customer, last.share, last.weights) == ("dew", 0.0, None)


@given(workshops())
def test_a_belief_exists_exactly_where_some_weights_choose(workshop: Workshop) -> None:
    result = assess(workshop)
    assume(result.scored_count)
    for belief in Checks(result).beliefs:
        assert (belief.weights is None) == (belief.share == 0)


def test_the_agenda_is_that_of_the_nearest_changes() -> None:
    checks = Checks(assess(placed(ROWS)))
    assert {one.customer for one in checks.fragile} == set(ROWS)
    assert checks.fragile is checks.fragile
