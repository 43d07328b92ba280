"""Remarks on a set of criteria, and what merging or dropping would change."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, ChooseLongList, PutCriterion, SetPoints
from kam.method.assessment import Assessment, assess
from kam.method.criteria_review import (
    Flaw,
    Move,
    Remark,
    _effect,
    family,
    review,
    reweighed,
    spearman,
    without,
)
from kam.model import Class, Criterion, LongList, Workshop
from tests.workshops import A, S, after, by_hand, criterion, customer, made, placed, scores, x01
from tests.workshops import workshops as any_workshop

UNKNOWN = float("nan")
ONE_ORDER = [0.0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
NEARLY = [1.0, 0, 2, 3, 4, 6, 7, 8, 9, 10]  # one swap: 1 - 6 x 2 / (10 x 99) = 0.988
MIXED = [6.0, 9, 1, 4, 10, 0, 7, 2, 8, 3]
COLUMN = st.lists(st.integers(0, 5).map(float) | st.just(UNKNOWN), min_size=9, max_size=9)


def judged(
    columns: Mapping[str, Sequence[float | None]],
    points: Mapping[str, float],
    **more: Mapping[str, Any],
) -> Workshop:
    """Customers c0, c1, ... judged on criteria that look ahead; s... are of strength.

    Args:
        columns: criterion -> values.
        points: criterion -> points.
        more: criterion -> further fields of it.
    """
    rows = {f"c{n}": row for n, row in enumerate(zip(*columns.values(), strict=True))}
    return made(
        *(PutCriterion(criterion=ahead(key, **more.get(key, {}))) for key in columns),
        BringIn(origin="a test", customers={key: customer(key) for key in rows}),
        SetPoints(points=dict(points)),
        scores(list(columns), rows),
    )


def ahead(key: str, **more: Any) -> Criterion:  # noqa: ANN401 - any field of a criterion
    """A criterion that looks ahead, on the axis of its first letter."""
    fields: dict[str, Any] = {"forward_looking": True, **more}
    return criterion(key, S if key.startswith("s") else A, **fields)


def remarks(workshop: Workshop, flaw: Flaw) -> list[Remark]:
    return [remark for remark in review(assess(workshop)) if remark.flaw is flaw]


def only(workshop: Workshop, flaw: Flaw) -> Remark:
    """The one remark of that kind."""
    (remark,) = remarks(workshop, flaw)
    return remark


# A sound set: 60 points on attractiveness, nothing above 40, values that differ and do not agree.
SOUND = {"a1": ONE_ORDER, "a2": MIXED, "s": ONE_ORDER[::-1]}
SOUND_POINTS = {"a1": 30, "a2": 30, "s": 40}


def test_nothing_is_said_of_a_sound_set() -> None:
    assert review(assess(judged(SOUND, SOUND_POINTS))) == ()


def test_nothing_is_said_of_a_workshop_without_criteria() -> None:
    assert review(assess(Workshop(id="w", name="Empty"))) == ()


def test_remarks_come_in_the_order_of_the_flaws() -> None:
    found = [remark.flaw for remark in review(assess(x01()))]
    assert found == sorted(found, key=list(Flaw).index)


# --- one criterion decides ------------------------------------------------------------------------


def test_more_than_forty_points_on_one_criterion_are_told() -> None:
    remark = only(judged(SOUND, {"a1": 41, "a2": 19, "s": 40}), Flaw.ONE_DECIDES)
    assert remark.criteria == ("a1",)
    assert remark.words == "Criterion a1 counts 41 of 100 points: is it one thing?"


def test_forty_points_are_not_too_many() -> None:
    assert remarks(judged(SOUND, SOUND_POINTS), Flaw.ONE_DECIDES) == []


def test_dropping_tells_who_would_change_class_by_hand() -> None:
    """Without a, A is b: Ash falls from 7 to 4, Bay from 5 to 2; of Cob nothing is known."""
    remark = only(by_hand(), Flaw.ONE_DECIDES)
    assert remark.moves == (
        Move("ash", Class.KEY_CORE, Class.LOW_PRIORITY),
        Move("bay", Class.STRATEGIC, Class.LOW_PRIORITY),
        Move("cob", Class.LOW_PRIORITY, None),
    )
    assert remark.effect == (
        "Dropping it would change the class of 3 of 3 customers: "
        "Ash (Key · core → Low priority), Bay (Strategic, not yet key → Low priority) and "
        "Cob (Low priority → Not scored)."
    )


def test_a_remedy_that_leaves_an_axis_empty_says_so() -> None:
    remark = remarks(placed({"ash": (8, 8)}), Flaw.ONE_DECIDES)[0]
    assert remark.moves is None
    assert remark.effect == ("Dropping it would leave one of the two axes without a criterion.")


def test_before_anybody_is_scored_a_remark_has_no_effect() -> None:
    bare = made(PutCriterion(criterion=ahead("a")), PutCriterion(criterion=ahead("s")))
    assert [(r.effect, r.moves) for r in remarks(bare, Flaw.ONE_DECIDES)] == [("", None)] * 2


def test_many_moves_are_counted_not_listed() -> None:
    result = assess(placed({f"c{n}": (8, 8) for n in range(9)}))
    moves = tuple(Move(f"c{n}", Class.KEY_CORE, None) for n in range(7))
    told = _effect(result, "Dropping it", moves)
    assert "of 7 of 9 customers" in told
    assert told.endswith("C4 (Key · core → Not scored) and 2 more.")


# --- one thing counted more than once -------------------------------------------------------------

SIZE = {"family": "size"}


def test_a_family_with_more_than_forty_points_is_told() -> None:
    remark = only(judged(SOUND, {"a1": 30, "a2": 20, "s": 50}, a1=SIZE, a2=SIZE), Flaw.FAMILY)
    assert remark.criteria == ("a1", "a2")
    assert remark.words == (
        "Criterion a1 and Criterion a2 all speak of size: it is counted 2 times, with 50 of 100 "
        "points together."
    )
    assert remark.effect.startswith("Merging them into Criterion a1 would change")


def test_size_is_known_by_its_column_whatever_the_family_says() -> None:
    named = {"column": "available_spend", "family": "growth"}
    found = judged(SOUND, SOUND_POINTS, a1={"column": "ledger.revenue_12m"}, a2=named)
    assert only(found, Flaw.FAMILY).criteria == ("a1", "a2")
    assert family(criterion("a", family=" Size ")) == family(criterion("b", column="revenue"))


def test_one_criterion_alone_is_no_family_and_forty_points_are_not_too_many() -> None:
    alone = judged(SOUND, {"a1": 60, "a2": 10, "s": 30}, a1=SIZE)
    light = judged(SOUND, {"a1": 20, "a2": 20, "s": 60}, a1=SIZE, a2=SIZE)
    assert remarks(alone, Flaw.FAMILY) == remarks(light, Flaw.FAMILY) == []


def test_criteria_without_a_family_are_not_of_one_family() -> None:
    assert remarks(judged(SOUND, SOUND_POINTS), Flaw.FAMILY) == []


# --- two criteria move together -------------------------------------------------------------------


def test_two_criteria_that_move_together_are_told_with_what_merging_would_change() -> None:
    remark = only(judged({**SOUND, "a2": NEARLY}, SOUND_POINTS), Flaw.TOGETHER)
    assert remark.criteria == ("a1", "a2")
    assert remark.words == (
        "Criterion a1 and Criterion a2 move together: a customer’s place on one is nearly its "
        "place on the other (0.99 of 1 over 10 customers). Together they carry 60 of 100 points."
    )
    assert remark.moves == ()
    assert remark.effect == "Merging them into Criterion a1 would change nobody’s class."


def test_merging_keeps_the_heavier_with_its_own_weight() -> None:
    """c0 has 4 on a1 and 8 on a2: at 20 : 10 it is worth 5.3; merged into a1, 4."""
    columns = {"a1": [4.0, *ONE_ORDER], "a2": [8.0, *ONE_ORDER], "s": [9.0, *ONE_ORDER[::-1]]}
    lighter = only(judged(columns, {"a1": 20, "a2": 10, "s": 20}), Flaw.TOGETHER)
    assert lighter.moves == (Move("c0", Class.KEY_CORE, Class.LOW_PRIORITY),)
    heavier = only(judged(columns, {"a1": 10, "a2": 20, "s": 20}), Flaw.TOGETHER)
    assert heavier.effect == "Merging them into Criterion a2 would change nobody’s class."


def test_criteria_that_run_against_each_other_are_a_trade_off_and_not_told() -> None:
    columns = {"a1": ONE_ORDER, "a2": MIXED, "s": ONE_ORDER[::-1]}
    assert spearman(columns["a1"], columns["s"]) == pytest.approx(-1)
    assert remarks(judged(columns, SOUND_POINTS), Flaw.TOGETHER) == []


@pytest.mark.parametrize(("customers", "told"), [(7, 0), (8, 1)])
def test_eight_customers_tell_of_a_correlation_and_seven_do_not(customers: int, told: int) -> None:
    rest: list[float | None] = [None] * (10 - customers)
    columns: dict[str, Sequence[float | None]] = {
        "a1": ONE_ORDER,
        "a2": [*NEARLY[:customers], *rest],
        "s": MIXED,
    }
    assert len(remarks(judged(columns, SOUND_POINTS), Flaw.TOGETHER)) == told


def test_a_criterion_without_weight_moves_with_nobody() -> None:
    found = judged({**SOUND, "a2": NEARLY}, {"a1": 30, "a2": 0, "s": 30})
    assert remarks(found, Flaw.TOGETHER) == []


# --- a criterion separates nobody -----------------------------------------------------------------


def test_a_criterion_on_which_all_are_alike_is_told() -> None:
    alike = [5.0, 5.4, *[5.2] * 8]
    remark = only(judged({**SOUND, "a2": alike}, SOUND_POINTS), Flaw.NO_SPREAD)
    assert remark.criteria == ("a2",)
    assert remark.words == (
        "Criterion a2 does not separate your customers: its 30 points go to all of them alike."
    )


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([5.0, 5.5, *[5.2] * 8], id="half a point"),
        pytest.param([5.0, *[None] * 9], id="one customer known"),
        pytest.param([None] * 10, id="nobody known"),
    ],
)
def test_half_a_point_is_a_spread_and_one_customer_cannot_tell(
    values: list[float | None],
) -> None:
    assert remarks(judged({**SOUND, "a2": values}, SOUND_POINTS), Flaw.NO_SPREAD) == []


def test_only_the_long_list_is_looked_at() -> None:
    workshop = judged({**SOUND, "a2": [0.0, 10.0, *[5.0] * 8]}, SOUND_POINTS)
    listed = LongList(customers=tuple(f"c{n}" for n in range(2, 10)))
    assert remarks(workshop, Flaw.NO_SPREAD) == []
    remark = only(after(workshop, ChooseLongList(long_list=listed)), Flaw.NO_SPREAD)
    assert {move.customer for move in remark.moves or ()} <= set(listed.customers)


# --- the set looks back ---------------------------------------------------------------------------

BACK = {"forward_looking": False}


def test_a_set_that_looks_back_is_told() -> None:
    remark = only(judged(SOUND, {"a1": 30, "a2": 31, "s": 39}, a1=BACK, a2=BACK), Flaw.BACKWARD)
    assert remark.criteria == ("a1", "a2")
    assert remark.words == (
        "Criteria that look ahead carry 39 of 100 points, fewer than 40: the selection rewards "
        "what customers were."
    )
    assert remark.effect == (
        "Dropping those that look back would leave one of the two axes without a criterion."
    )


def test_forty_points_that_look_ahead_are_enough() -> None:
    assert remarks(judged(SOUND, SOUND_POINTS, a1=BACK, a2=BACK), Flaw.BACKWARD) == []


# --- one axis carries nearly everything -----------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({"a1": 40, "a2": 40, "s": 20}, "80 of 100 points: the weighted total leans on wishes."),
        (
            {"a1": 10, "a2": 10, "s": 80},
            "20 of 100 points: the weighted total leans on what we are already good at.",
        ),
    ],
)
def test_an_axis_with_too_many_points_is_told(points: dict[str, float], words: str) -> None:
    assert only(judged(SOUND, points), Flaw.BALANCE).words == f"Attractiveness carries {words}"


@pytest.mark.parametrize("strength", [30, 60])
def test_from_forty_to_seventy_points_the_axes_are_balanced(strength: int) -> None:
    half = (100 - strength) / 2
    assert remarks(judged(SOUND, {"a1": half, "a2": half, "s": strength}), Flaw.BALANCE) == []


@given(any_workshop(most=8))
def test_the_balance_of_the_axes_changes_nobodys_class(workshop: Workshop) -> None:
    """Each axis is a mean of its own; only the weighted total depends on the balance."""
    scored = assess(workshop).scored_count
    assert all(r.moves == () for r in remarks(workshop, Flaw.BALANCE) if scored)


# --- other weights --------------------------------------------------------------------------------


def classes(result: Assessment) -> list[Class | None]:
    return [standing.klass for standing in result.judged.values()]


@given(workshop=any_workshop(), factor=st.floats(0.1, 10))
def test_the_same_proportions_give_the_same_result(workshop: Workshop, factor: float) -> None:
    result = assess(workshop)
    again = reweighed(result, {key: factor * one for key, one in result.weights.items()})
    assert again.weights == pytest.approx(result.weights)
    assert classes(again) == classes(result)


@given(workshop=any_workshop())
def test_without_a_criterion_the_others_keep_their_proportions(workshop: Workshop) -> None:
    result = assess(workshop)
    first, *others = result.weights
    again = reweighed(result, without(result.weights, [first])).weights
    assert again[first] == 0
    kept = sum(result.weights[key] for key in others)
    assert [again[key] * kept for key in others] == pytest.approx(
        [result.weights[key] for key in others]
    )


def test_without_any_weight_nobody_is_scored() -> None:
    result = assess(by_hand())
    assert reweighed(result, without(result.weights, result.weights)).scored_count == 0


@given(any_workshop(most=9))
def test_every_remark_is_a_sentence_and_its_moves_are_real(workshop: Workshop) -> None:
    result = assess(workshop)
    for remark in review(result):
        assert remark.words.endswith((".", "?"))
        assert remark.effect.endswith(".") or not result.scored_count
        for move in remark.moves or ():
            assert result.judged[move.customer].klass is move.before is not move.after


# --- rank correlation -----------------------------------------------------------------------------


def test_one_swap_among_five_leaves_nine_tenths() -> None:
    """Case c05 of Salabun and Urbaniak (2020)."""
    assert spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]) == pytest.approx(0.9)


def test_ties_share_their_places() -> None:
    """Places 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, spreads 1.5 and 2."""
    assert spearman([4, 4, 9], [1, 2, 3]) == pytest.approx(1.5 / np.sqrt(1.5 * 2))


def test_unknown_rows_and_level_columns_tell_nothing() -> None:
    assert spearman([1, 2, UNKNOWN], [2, 1, 9]) == pytest.approx(-1)
    assert spearman([1, 2, 3], [5, 5, 5]) is None
    assert spearman([1, UNKNOWN], [1, 2]) is None
    assert spearman([], []) is None


@given(first=COLUMN, second=COLUMN)
def test_rank_correlation_is_even_handed_and_turns_with_a_column(
    first: list[float], second: list[float]
) -> None:
    found = spearman(first, second)
    turned = spearman(first, -np.array(second))
    if found is None:
        assert turned is None
    else:
        assert [spearman(second, first), turned] == pytest.approx([found, -found])
        assert -1 <= found <= 1
