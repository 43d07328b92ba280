"""Three sentences about a customer, each of them true of the result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChooseLongList,
    MoveLine,
    OverrideClass,
    PutCriterion,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
)
from kam.method.assessment import Assessment, assess
from kam.method.explain import lifts, room_needed, strengths
from kam.method.selection import Reason
from kam.method.switching import flips
from kam.model import Axis, Capacity, Class, Favours, LongList, Workshop
from tests.workshops import A, S, after, by_hand, full, placed, places, workshops, x01


def only(workshop: Workshop, *keys: str) -> Assessment:
    """The result in which exactly these criteria may be moved by us."""
    criteria = workshop.criteria.values()
    edits = (c.model_copy(update={"controllable": c.id in keys}) for c in criteria)
    return assess(after(workshop, *(PutCriterion(criterion=c) for c in edits)))


# --- strongest and weakest ------------------------------------------------------------------------


@given(workshops(unknown=False))
def test_lifts_add_up_to_the_margins_of_the_axes(workshop: Workshop) -> None:
    result = assess(workshop)
    for who, standing in result.standings.items():
        found = lifts(result, who)
        for axis, scored in ((A, standing.attractiveness), (S, standing.strength)):
            own = [key for key in found if workshop.criteria[key].axis is axis]
            weight = sum(result.weights[key] for key in own)
            margin = sum(found[key] for key in own)
            assert margin == pytest.approx(weight * (scored[0] - 5))


@given(workshops())
def test_the_strongest_is_named_first_and_the_weakest_second(workshop: Workshop) -> None:
    result = assess(workshop)
    for who in result.standings:
        found = lifts(result, who)
        case = strengths(result, who)
        if len(found) > 1:
            named = [sentence.split()[1] for sentence in (case.strongest, case.weakest)]
            assert [found[key] for key in named] == [max(found.values()), min(found.values())]


def test_level_value_and_role_stand_in_one_sentence() -> None:
    case = strengths(assess(x01()), "Cedar")
    assert case.strongest == "Share of wallet is 60 points, 9.0 of 10, and adds most."
    assert case.weakest == "Profit potential is 0.6 points, 3.0 of 10, and holds it back most."


def test_where_nothing_lifts_a_customer_the_best_holds_it_back_least() -> None:
    assert strengths(assess(x01()), "Dogwood").strongest == (
        "Complaints is 4 points, 3.8 of 10, and holds it back least."
    )


def test_where_nothing_holds_a_customer_back_the_worst_adds_least() -> None:
    case = strengths(assess(x01()), "Elm")
    assert case.weakest == (
        "Complaints is 2 points, 6.7 of 10, and adds least. Not known: Net margin."
    )


def test_one_known_criterion_is_all_that_is_said() -> None:
    case = strengths(assess(placed({"ash": (6, None)})), "ash")
    assert case.strongest == "Criterion a is 6 points, 6.0 of 10, and all that we know."
    assert case.weakest == "Not known: Criterion s."
    assert case.change == "Score it first: Criterion s."


def test_of_a_customer_without_scores_only_what_is_missing_is_told() -> None:
    case = strengths(assess(full()), "dew")
    assert case.strongest == "Nothing that counts is known of it yet."
    assert case.weakest == "Not known: Criterion a, Criterion b and Criterion s."


def test_where_no_criterion_counts_nothing_is_judged() -> None:
    nothing = assess(after(by_hand(), SetPoints(points={"a": 0, "b": 0, "s": 0})))
    assert strengths(nothing, "ash") == (
        "Nothing that counts is known of it yet.",
        "Give a criterion on each axis points first.",
        "Give a criterion on each axis points first.",
    )


# --- what would change the class ------------------------------------------------------------------


def test_moves_that_are_possible_within_a_year_are_told_in_plain_units() -> None:
    """Case x01: Birch needs 1.875 points of strength; one criterion within a year gives less."""
    assert strengths(assess(x01()), "Birch").change == (
        "Share of wallet from 8 to 22 points and Performance gap from −0.8 to 0.2 points "
        "together carry it to the strength cut-off (5)."
    )


def test_a_longer_way_is_told_where_no_weight_does_it() -> None:
    assert strengths(only(x01(), "S1"), "Birch").change == (
        "Share of wallet from 8 to 41 points carries it to the strength cut-off (5)."
    )


def test_where_neither_moves_nor_weights_do_it_one_score_is_told() -> None:
    assert strengths(only(x01()), "Birch").change == (
        "No single weight changes its class. "
        "With Share of wallet at 41 instead of 8 points it becomes Key · core."
    )


def test_a_low_priority_customer_is_carried_to_the_attractiveness_cut_off() -> None:
    near = assess(placed({"ash": (4, 2)}))
    assert strengths(near, "ash").change == (
        "Criterion a from 4 to 5 points carries it to the attractiveness cut-off (5). "
        "It is the only customer judged so far."
    )


def test_a_core_account_that_favours_us_is_carried_to_the_strategic_line() -> None:
    told = strengths(assess(placed({"ash": (6, 9)})), "ash").change
    assert told.startswith("Criterion a from 6 to 7 points carries it to the strategic line (7).")


def test_a_core_account_that_may_not_favour_us_is_not_promised_the_strategic_line() -> None:
    unsure = assess(placed({"ash": (6, 9)}, favours=Favours.UNKNOWN))
    assert "strategic line" not in strengths(unsure, "ash").change


def test_what_is_not_yet_mutual_hangs_on_asking() -> None:
    assert strengths(assess(x01()), "Alder").change == (
        "It can be Key · strategic once we know that it would favour us: ask it."
    )


def test_a_weight_is_told_where_there_is_no_move_of_ours() -> None:
    assert strengths(assess(x01()), "Cedar").change == (
        "It becomes Key · core if Net margin counts 25 instead of 15 points."
    )


@given(workshops(most=3))
def test_flips_at_hand_give_the_same_sentences(workshop: Workshop) -> None:
    result = assess(workshop)
    for flip in flips(result) if result.scored_count else ():
        assert strengths(result, flip.customer, flip) == strengths(result, flip.customer)


def test_gates_decisions_and_the_long_list_come_before_scores() -> None:
    result = assess(full())
    assert "while the decision of the team stands" in strengths(result, "bay").change
    assert "while it fails the gate" in strengths(result, "cob").change
    listed = ChooseLongList(long_list=LongList(customers=("ash",)))
    told = strengths(assess(after(by_hand(), listed)), "bay").change
    assert told == "Put it on the long list to have it judged."


@pytest.mark.parametrize("axis", Axis)
def test_a_moved_line_is_named_where_it_stands(axis: Axis) -> None:
    line = "strength" if axis is S else "attractiveness"
    position = (9.0, 5.0) if axis is S else (5.0, 3.0)
    moved = after(placed({"ash": position}), MoveLine(line=line, value=6.5))
    assert f"the {line} cut-off (6.5)." in strengths(assess(moved), "ash").change


# --- room -----------------------------------------------------------------------------------------


def test_who_waits_for_a_place_is_told_how_many_it_takes() -> None:
    result = assess(after(placed({"ash": (9, 9), "bay": (8, 8), "cob": (6, 6)}), places(1)))
    assert strengths(result, "cob").change == (
        "It becomes key with 3 instead of 1 places for key accounts."
    )
    assert room_needed(result, "bay") == 2


def test_who_waits_for_hours_is_told_the_hours_of_all_before_it_too() -> None:
    """Ash and Bay are strategic and take 600 each, Cob is core and takes 250.5."""
    room = Capacity(people=2, hours_per_person=400, hours_strategic=600, hours_core=250.5)
    people = placed({"ash": (9, 9), "bay": (8, 8), "cob": (6, 6)})
    result = assess(after(people, SetCapacity(capacity=room)))
    assert room_needed(result, "cob") == 1450.5
    assert strengths(result, "cob").change == (
        "It becomes key with 1,451 instead of 800 hours a year for key accounts."
    )


def test_who_ties_needs_room_for_all_that_tie() -> None:
    tied = assess(after(placed({"ash": (6, 6), "bay": (6, 6), "cob": (9, 9)}), places(2)))
    assert tied.standings["ash"].reason is Reason.TIED_AT_CAPACITY
    assert [room_needed(tied, who) for who in ("ash", "bay")] == [3, 3]


def test_a_key_account_by_decision_is_served_first() -> None:
    decided = OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    result = assess(after(placed({"ash": (9, 9), "bay": (1, 1)}), decided, places(1)))
    assert room_needed(result, "ash") == 2


@given(workshops(), st.integers(0, 3))
def test_with_the_room_that_is_told_a_customer_is_key_and_with_less_it_is_not(
    workshop: Workshop, count: int
) -> None:
    result = assess(after(workshop, places(count)))
    for who, standing in result.standings.items():
        if standing.reason in (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY):
            needed = int(room_needed(result, who))
            enough = assess(after(workshop, places(needed))).standings[who].klass
            less = assess(after(workshop, places(needed - 1))).standings[who].klass
            assert enough is not None
            assert enough.is_key
            assert less is Class.STRATEGIC


def test_names_stand_in_the_sentences_as_they_are() -> None:
    odd = by_hand().criteria["s"].model_copy(update={"name": "*Share* of $x$"})
    result = assess(after(by_hand(), PutCriterion(criterion=odd)))
    told = strengths(
        assess(after(result.workshop, ScoreCustomer(customer="ash", criterion="s", value=10))),
        "ash",
    )
    assert told.strongest.startswith("*Share* of $x$ is 10 points")
