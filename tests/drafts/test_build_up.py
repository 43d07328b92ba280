"""Drafts for customers that are strategic, not yet key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChooseLongList,
    Edit,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
)
from kam.method.assessment import assess
from kam.method.drafts.build_up import PROMOTE_MARGIN
from kam.method.drafts.key_accounts import ASK
from kam.method.plans import plan_gaps, still_open
from kam.model import Anchors, Capacity, Class, Favours, LongList, Workshop
from tests.drafts.drafted import HOURS, IN_A_YEAR, actions, plan
from tests.workshops import (
    TODAY,
    A,
    S,
    after,
    criterion,
    customer,
    placed,
    places,
    scores,
    x01,
)

# --- N1: build up to key --------------------------------------------------------------------------


def test_n1_names_the_gap_in_plain_units_with_a_margin_above_the_line() -> None:
    drafted = plan(placed({"ash": (6, 3)}))
    assert drafted.template == "N1"
    assert drafted.goal == "Ash becomes key if we raise Criterion s from 3 to 5.25 points."
    assert drafted.note == "Our strength with it is 3 today; the cut-off is 5."
    assert drafted.deadline == IN_A_YEAR
    assert drafted.exit_trigger == "Stop after two missed milestones."


def test_a_gap_too_small_to_be_read_is_said_in_words() -> None:
    near = plan(placed({"ash": (6, 4.999)}))
    assert near.note == "Our strength with it is just below the cut-off of 5."


def test_n1_with_one_criterion_to_raise_has_half_of_the_way_as_a_milestone() -> None:
    assert actions(plan(placed({"ash": (6, 3)}))) == [
        ("Agree with the customer how we raise Criterion s from 3 to 5.25 points", 90),
        ("Criterion s at 4.12 points, half of the way", 180),
        ("Raise Criterion s from 3 to 5.25 points", 365),
    ]


def test_n1_says_what_must_be_shown_before_the_customer_is_key() -> None:
    assert plan(placed({"ash": (6, 3)})).evidence == (
        "Key once our strength with it is 5.25 or more at a review, a quarter point above the "
        "cut-off, shown by Criterion s at 5.25 points."
    )


def test_a_customer_that_shows_the_evidence_is_key() -> None:
    there = placed({"ash": (6, 5 + PROMOTE_MARGIN)})
    assert assess(there).standings["ash"].klass is Class.KEY_CORE


def test_n1_never_asks_for_more_than_the_scale_holds() -> None:
    high = after(placed({"ash": (6, 3)}), MoveLine(line="strength", value=9.9))
    assert "strength with it is 10 or more" in plan(high).evidence


def test_n1_of_case_x01_names_every_criterion_that_must_move() -> None:
    drafted = plan(x01(), "Birch")
    assert drafted.template == "N1"
    step, days = actions(drafted)[-1]
    assert (step, days) == ("Raise Share of wallet from 8 to 46.7 points", 365)
    assert step.removeprefix("Raise ") in drafted.goal
    assert drafted.evidence.endswith("shown by Share of wallet at 46.7 points.")


def test_n1_has_at_most_three_actions_at_the_milestones() -> None:
    workshop = after(
        placed({"ash": (6, 1)}),
        *(PutCriterion(criterion=criterion(k, S, controllable=True)) for k in ("t", "u", "v")),
        *(ScoreCustomer(customer="ash", criterion=k, value=4) for k in ("t", "u", "v")),
        SetPoints(points={"a": 10, "s": 2, "t": 10, "u": 10, "v": 10}),
    )
    assert [days for _, days in actions(plan(workshop))] == [90, 180, 365]
    higher = after(
        workshop, *(ScoreCustomer(customer="ash", criterion=k, value=1) for k in ("t", "u", "v"))
    )
    two = actions(plan(higher))
    assert [days for _, days in two] == [90, 180, 365]
    assert [text.split()[0] for text, _ in two] == ["Agree", "Raise", "Raise"]
    highest = after(higher, MoveLine(line="strength", value=8))
    three = actions(plan(highest))
    assert [days for _, days in three] == [90, 180, 365]
    assert [text.split()[0] for text, _ in three] == ["Raise"] * 3


def test_n1_spends_at_most_a_fifth_of_a_core_account() -> None:
    with_hours = after(placed({"ash": (6, 3)}), SetCapacity(capacity=HOURS))
    assert plan(with_hours).ceiling_hours == 32
    assert plan(placed({"ash": (6, 3)})).ceiling_hours is None


def test_n1_without_a_controllable_path_asks_what_the_rival_does_better() -> None:
    drafted = plan(placed({"ash": (6, 3)}, controllable=False))
    assert drafted.goal == "Ash becomes key if our strength with it rises above the cut-off."
    assert [days for _, days in actions(drafted)] == [90, 180, 365]
    assert drafted.actions[0].text.startswith("Find out what the best rival does better")


def test_n1_for_a_customer_that_would_not_favour_us_is_about_the_customers_view() -> None:
    drafted = plan(placed({"ash": (8, 8)}, favours=Favours.NO))
    assert drafted.template == "N1"
    assert drafted.goal == "Ash becomes key if it would favour us as a key supplier."
    assert drafted.actions[-1].text == "Ask again whether it would favour us"
    assert drafted.evidence == "It says itself that it would favour us as a key supplier."
    assert drafted.note == ""


def test_n1_for_a_customer_of_whom_too_little_is_known_lists_what_to_find_out() -> None:
    workshop = after(
        placed({"ash": (8, 8)}),
        PutCriterion(criterion=criterion("margin", A, name="Net margin")),
    )
    drafted = plan(workshop)
    assert drafted.goal == "For Ash we find out Net margin, and decide."
    assert actions(drafted)[0] == ("Find out: Net margin", 90)
    assert drafted.evidence == "Enough is known, and the matrix shows it as key."


def test_n1_after_an_override_looks_at_the_reason_again() -> None:
    workshop = after(
        placed({"ash": (8, 8)}),
        OverrideClass(customer="ash", klass=Class.STRATEGIC, by="Ines", reason="Merger pending"),
    )
    drafted = plan(workshop)
    assert drafted.goal == "We look again at what Ines decided on Ash."
    assert drafted.actions[0].text == "Check whether this still holds: Merger pending"
    assert drafted.evidence.startswith("What was decided no longer holds")


def test_names_that_are_too_long_for_an_action_are_cut_and_break_nothing() -> None:
    long = after(
        placed({"ash": (6, 3)}),
        PutCriterion(criterion=criterion("s", S, name="S" * 150, unit="u" * 60, controllable=True)),
    )
    texts = [text for text, _ in actions(plan(long))]
    assert max(map(len, texts)) == 200
    assert texts[-1].endswith("…")


FALLING = (100.0, 80.0, 60.0, 40.0, 20.0)
STARS = (1.0, 2.0, 3.0, 4.0, 5.0)


def measured(unit: str, levels: Anchors, at: float, *more: Edit) -> Workshop:
    """Ash, attractive enough; its strength is one criterion that we influence, at a level."""
    measure = criterion("s", S, levels, name="Measure", unit=unit, controllable=True)
    score = ScoreCustomer(customer="ash", criterion="s", value=at)
    return after(placed({"ash": (6, None)}), PutCriterion(criterion=measure), score, *more)


def test_n1_lowers_what_is_better_when_it_is_less() -> None:
    drafted = plan(measured("days", FALLING, 92))
    assert drafted.goal == "Ash becomes key if we lower Measure from 92 to 58 days."
    assert [text for text, _ in actions(drafted)] == [
        "Agree with the customer how we lower Measure from 92 to 58 days",
        "Measure at 75 days, half of the way",
        "Lower Measure from 92 to 58 days",
    ]


def test_n1_says_each_verb_once_where_one_rises_and_one_falls() -> None:
    falling = criterion("t", S, FALLING, name="Days", unit="days", controllable=True)
    workshop = measured(
        "%",
        FALLING[::-1],
        20,
        PutCriterion(criterion=falling),
        ScoreCustomer(customer="ash", criterion="t", value=100),
        SetPoints(points={"a": 1, "s": 1, "t": 1}),
    )
    assert plan(workshop).goal == (
        "Ash becomes key if we raise Measure from 20 to 62 % and lower Days from 100 to 58 days."
    )


def test_what_is_counted_moves_in_whole_steps_and_over_a_whole_step() -> None:
    """5.25 of 10 is 3.1 of 5, which nobody can see: 4 of 5 is the first level that is enough."""
    drafted = plan(measured("count of 5", STARS, 1))
    assert drafted.goal == "Ash becomes key if we raise Measure from 1 to 4 of 5."
    assert actions(drafted)[1] == ("Measure at 3 of 5, on the way", 180)
    assert drafted.evidence.endswith("shown by Measure at 4 of 5.")


def test_half_of_a_single_step_is_no_milestone() -> None:
    drafted = plan(measured("count of 5", STARS, 2.6))
    assert [text for text, _ in actions(drafted)][1:] == [
        "Check with the customer what still holds Measure back",
        "Raise Measure from 2.6 to 4 of 5",
    ]


# --- what else must come true before it is key ----------------------------------------------------


def test_n1_never_promises_key_to_who_would_not_favour_us() -> None:
    """Done exactly, and nothing else, it would only reach "would not favour us"."""
    drafted = plan(placed({"ash": (8, 4)}, favours=Favours.NO))
    assert drafted.goal == (
        "Ash becomes key if it would favour us as a key supplier and we raise Criterion s from 4 "
        "to 5.25 points."
    )
    first, _, last = (text for text, _ in actions(drafted))
    assert first.startswith("Ask the customer what a key supplier must do for it; agree with")
    assert last == ("Ask again whether it would favour us; raise Criterion s from 4 to 5.25 points")
    assert drafted.evidence.endswith("It says itself that it would favour us as a key supplier.")


def test_n1_asks_whether_it_would_favour_us_where_nobody_knows() -> None:
    drafted = plan(placed({"ash": (8, 4)}, favours=Favours.UNKNOWN))
    assert drafted.goal == "Ash becomes key if we raise Criterion s from 4 to 5.25 points."
    texts = [text for text, _ in actions(drafted)]
    assert [text.startswith(f"{ASK}; ") for text in texts] == [True, False, False]


def test_the_first_order_of_a_prospect_that_would_not_favour_us_is_not_enough_either() -> None:
    drafted = plan(placed({"ash": (7, 2)}, favours=Favours.NO, revenue=0.0))
    assert "it places a first order, it would favour us as a key supplier and" in drafted.goal


def test_n1_of_a_customer_of_whom_too_little_is_known_says_so_too() -> None:
    workshop = after(
        placed({"ash": (8, 3)}), PutCriterion(criterion=criterion("b", A, name="Net margin"))
    )
    drafted = plan(workshop)
    assert drafted.goal.endswith("and we know enough of it: Net margin.")
    assert actions(drafted)[1][0].startswith("Find out: Net margin; ")


def test_n1_says_when_its_customer_would_only_wait_in_line() -> None:
    """Bay takes the only place and stays before Ash, however well Ash's plan works."""
    workshop = after(placed({"ash": (8, 4), "bay": (9, 9)}), places(1))
    drafted = plan(workshop)
    assert drafted.goal == (
        "Ash becomes key if we raise Criterion s from 4 to 5.25 points and capacity is free for it."
    )
    assert drafted.note.endswith("Our capacity is taken today: it would then wait in line.")
    assert "capacity" not in plan(after(workshop, places(2))).goal


def test_n1_does_not_speak_of_capacity_where_its_customer_would_come_first() -> None:
    workshop = after(placed({"ash": (8, 4), "bay": (5.1, 9)}), places(1))
    assert "capacity" not in plan(workshop).goal


def test_who_would_not_favour_us_waits_in_line_too_where_capacity_is_taken() -> None:
    no, yes = placed({"ash": (8, 8)}, favours=Favours.NO), placed({"bay": (9, 9)})
    workshop = after(no, PutCustomer(customer=yes.customers["bay"]), places(1))
    workshop = after(workshop, scores(("a", "s"), {"ash": (8, 8), "bay": (9, 9)}))
    assert plan(workshop).goal.endswith("as a key supplier and capacity is free for it.")


SOME = st.integers(0, 40).map(lambda quarter: quarter / 4)


@given(
    st.lists(st.tuples(SOME, SOME), min_size=1, max_size=5),
    st.integers(0, 3),
    st.sampled_from(Favours),
)
def test_a_customer_that_does_what_its_plan_says_and_no_more_is_key(
    positions: list[tuple[float, float]], room: int, favours: Favours
) -> None:
    """Unless the plan itself names what else must happen."""
    rows = {"ash": (8.0, 4.0), **{f"c{n}": place for n, place in enumerate(positions)}}
    workshop = after(placed(rows), places(room))
    ash = customer("ash", favours_us=favours)
    workshop = after(workshop, PutCustomer(customer=ash))
    goal = plan(workshop).goal
    done = assess(after(workshop, ScoreCustomer(customer="ash", criterion="s", value=5.25)))
    klass = done.standings["ash"].klass
    more = "favour us" in goal or "capacity" in goal
    assert klass is not None
    assert klass.is_key != more


# --- the incubator --------------------------------------------------------------------------------


def test_a_prospect_is_in_the_incubator_for_a_year_and_then_key_or_out() -> None:
    drafted = plan(placed({"ash": (7, 2)}, revenue=0.0))
    assert drafted.template == "N1"
    assert drafted.goal == (
        "Ash becomes key if it places a first order and we raise Criterion s from 2 to 5.25 points."
    )
    assert [days for _, days in actions(drafted)] == [90, 180, 365]
    assert drafted.note.startswith("Incubator: one year.")
    assert drafted.evidence.startswith("A first order. Key once our strength")
    assert "leaves the incubator" in drafted.exit_trigger


def test_a_prospect_without_a_path_that_we_control_still_has_its_year() -> None:
    drafted = plan(placed({"ash": (7, 2)}, revenue=0.0, controllable=False))
    assert drafted.goal.endswith("and our strength with it rises above the cut-off.")
    assert drafted.evidence.endswith("above the cut-off, shown by figures.")


def test_unknown_sales_do_not_make_a_prospect() -> None:
    assert "Incubator" not in plan(placed({"ash": (7, 2)})).note
    assert "Incubator" not in plan(placed({"ash": (7, 2)}, revenue=1.0)).note


def test_who_looks_attractive_outside_the_long_list_is_looked_at_before_anything_is_spent() -> None:
    workshop = placed({"ash": (8.0, 1.0), "bay": (6.0, 6.0)}, owner="Ines")
    outside = after(workshop, ChooseLongList(long_list=LongList(customers=("bay",))))
    drafted = plan(outside)
    assert drafted.template == "N1"
    assert "belongs on the long list" in drafted.goal
    assert drafted.note.startswith("Incubator")
    assert (drafted.ceiling_hours, drafted.ceiling_cost) == (None, 0)
    assert plan_gaps(drafted, TODAY) == still_open(drafted, TODAY) == ()


@pytest.mark.parametrize(
    ("today", "deadline"),
    [
        (date(2028, 2, 29), date(2029, 2, 28)),  # drafted on a leap day
        (date(2027, 3, 1), date(2028, 3, 1)),  # over a leap day
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_year_is_12_months_as_where_a_plan_is_extended(today: date, deadline: date) -> None:
    drafted = plan(placed({"ash": (6, 3)}), today=today)
    assert drafted.deadline == deadline
    assert drafted.actions[-1].due == deadline


# --- N2: first in line ----------------------------------------------------------------------------


def test_n2_holds_no_place_in_line_which_the_next_answer_would_change() -> None:
    workshop = after(placed({"ash": (6, 6), "bay": (9, 9), "cob": (7, 7)}), places(1))
    assert plan(workshop, "cob").template == "N2"
    assert plan(workshop, "cob").goal == "Cob becomes key when capacity is free."
    assert plan(workshop, "ash").goal == "Ash becomes key when capacity is free."


def test_n2_also_for_customers_that_tie_where_capacity_ends() -> None:
    workshop = after(placed({"ash": (6, 6), "bay": (6, 6)}), places(1))
    assert [plan(workshop, key).template for key in ("ash", "bay")] == ["N2", "N2"]


def test_n2_has_the_ceiling_of_a_customer_that_is_built_up() -> None:
    one = Capacity(people=1, hours_per_person=160, hours_strategic=400, hours_core=160)
    workshop = after(placed({"ash": (6, 6), "bay": (6.9, 9)}), SetCapacity(capacity=one))
    assert plan(workshop, "ash").template == "N2"
    assert plan(workshop, "ash").ceiling_hours == 32
    assert "no hours" not in plan(workshop, "ash").terms
