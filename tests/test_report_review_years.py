"""Of `kam.report.review_years`: what a review shows, in frames and sentences."""

import pytest
from hypothesis import given

from kam.edits import MoveLine, PutCustomer, RemoveCustomers, SavePlans, ScoreCustomer
from kam.method.assessment import Assessment, assess
from kam.method.milestones import Met, Milestone, milestones
from kam.method.movement import came, gone, movements
from kam.model import Action, Class, Plan, Workshop
from kam.report.review_years import (
    HEADERS,
    PART_HEADERS,
    SHARE,
    came_and_went,
    has_moved,
    milestone_frame,
    milestones_words,
    no_progress_words,
    parts_frame,
    past_steps,
    slope_lines,
    still_words,
    weightiest,
)
from tests.workshops import TODAY, after, by_hand, customer, placed, workshops


def pair(start: Workshop, *edits: ScoreCustomer) -> tuple[Assessment, Assessment]:
    return assess(start), assess(after(start, *edits))


def strength(who: str, value: float | None) -> ScoreCustomer:
    return ScoreCustomer(customer=who, criterion="s", value=value)


def milestone(met: Met, who: str = "ash") -> Milestone:
    return Milestone(who, f"Step {met.name}", "Ines", TODAY, met, "")


# --- the picture ----------------------------------------------------------------------------------


def test_a_line_has_both_distances_and_tells_of_a_changed_class() -> None:
    before, later = pair(by_hand(), strength("ash", 4.0))
    lines = {line.name: line for line in slope_lines(later, movements(before, later))}
    assert (lines["Ash"].before, lines["Ash"].after, lines["Ash"].told) == (1.0, -1.0, True)
    assert not lines["Bay"].told


def test_who_was_not_scored_in_one_state_has_no_line() -> None:
    before, later = pair(by_hand(), strength("ash", None))
    assert [line.name for line in slope_lines(later, movements(before, later))] == ["Bay", "Cob"]


def test_who_changed_class_comes_first_then_who_moved_most() -> None:
    start = placed({"ash": (8.0, 8.0), "bay": (8.0, 5.1), "cob": (8.0, 8.0), "dew": (8.0, None)})
    before, later = pair(start, strength("ash", 7.5), strength("bay", 4.9), strength("cob", 6.0))
    found = [one.customer for one in weightiest(movements(before, later))]
    assert found == ["bay", "cob", "ash", "dew"]


def test_one_that_was_scored_since_stands_before_those_that_never_were() -> None:
    start = placed({"ash": (8.0, None), "bay": (8.0, None)})
    before, later = pair(start, strength("bay", 6.0))
    assert [one.customer for one in weightiest(movements(before, later))] == ["bay", "ash"]


def test_who_kept_its_class_and_its_points_has_not_moved() -> None:
    start = placed({"ash": (8.0, 6.0), "bay": (8.0, 6.0), "cob": (8.0, 6.0), "new": (8.0, None)})
    before, later = pair(start, strength("ash", 6.04), strength("bay", 6.1), strength("cob", 4.0))
    moved = [one.customer for one in movements(before, later) if has_moved(one)]
    assert sorted(moved) == ["bay", "cob"]


def test_two_causes_that_cancel_out_are_worth_telling() -> None:
    start = placed({"ash": (8.0, 6.0)})
    later = after(start, strength("ash", 6.5), MoveLine(line="strength", value=5.5))
    [one] = movements(assess(start), assess(later))
    assert one.distance.by == pytest.approx(0)
    assert has_moved(one)


@pytest.mark.parametrize(
    ("still", "words"),
    [(0, ""), (1, "1 other did not move."), (1200, "1,200 others did not move.")],
)
def test_who_did_not_move_is_counted(still: int, words: str) -> None:
    assert still_words(still) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""),
        (("Ash",), "Ash has a plan to move up, and stands where it stood."),
        (("Ash", "Bay"), "Ash and Bay have plans to move up, and stand where they stood."),
    ],
)
def test_plans_that_moved_nobody_are_told_together(names: tuple[str, ...], words: str) -> None:
    assert no_progress_words(names) == words


# --- the past -------------------------------------------------------------------------------------


def test_a_customers_past_begins_with_the_first_review_that_knew_it() -> None:
    empty, first = assess(after(by_hand(), RemoveCustomers(customers=("ash",)))), assess(by_hand())
    last = assess(after(by_hand(), strength("ash", 4.0)))
    steps = past_steps([("2024", empty), ("2025", first), ("Now", last)], "ash")
    assert [(step.name, step.distance, step.klass) for step in steps] == [
        ("2025", 1.0, Class.KEY_CORE),
        ("Now", -1.0, Class.STRATEGIC),
    ]


def test_a_customer_that_nobody_knew_has_no_past() -> None:
    assert past_steps([("2025", assess(by_hand()))], "dew") == []


# --- who came and went ----------------------------------------------------------------------------


def test_who_came_and_went_is_named() -> None:
    before = assess(by_hand())
    later = assess(
        after(by_hand(), RemoveCustomers(customers=("bay",)), PutCustomer(customer=customer("dew")))
    )
    both = came(before, later), gone(before, later)
    assert came_and_went(before, later, both) == "New: Dew. No longer judged on their own: Bay."


def test_where_nobody_came_or_went_nothing_is_said() -> None:
    state = assess(by_hand())
    assert came_and_went(state, state, ((), ())) == ""


def test_of_many_that_came_the_first_are_named_and_the_others_counted() -> None:
    before = assess(by_hand())
    new = [PutCustomer(customer=customer(f"new{n}")) for n in range(7)]
    later = assess(after(by_hand(), *new))
    words = came_and_went(before, later, (came(before, later), ()))
    assert words == "New: New0, New1, New2, New3 and 3 more."


# --- milestones -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mets", "words"),
    [
        ((), "No milestone has come due yet"),
        ((Met.AHEAD,), "No milestone has come due yet"),
        ((Met.MET,), "1 milestone came due: 1 met"),
        (
            (Met.UNSAID, Met.MET, Met.MISSED, Met.MET, Met.AHEAD),
            "4 milestones came due: 2 met, 1 missed, 1 without a word yet",
        ),
    ],
)
def test_milestones_that_came_due_are_counted_by_what_became_of_them(
    mets: tuple[Met, ...], words: str
) -> None:
    assert milestones_words([milestone(met) for met in mets]) == words


def test_the_table_begins_with_what_needs_a_word() -> None:
    found = [milestone(met) for met in (Met.AHEAD, Met.MET, Met.UNSAID, Met.MISSED)]
    frame = milestone_frame(assess(by_hand()), found)
    assert tuple(frame.columns) == HEADERS
    assert frame["What became of it"].tolist() == ["Missed", "No word yet", "Met", "Still ahead"]
    assert set(frame["Customer"]) == {"Ash"}


def test_a_plan_of_a_customer_that_is_judged_within_a_group_keeps_its_id() -> None:
    frame = milestone_frame(assess(by_hand()), [milestone(Met.MET, "gone")])
    assert frame["Customer"].tolist() == ["gone"]


def test_without_milestones_the_table_is_empty_but_has_its_columns() -> None:
    frame = milestone_frame(assess(by_hand()), [])
    assert frame.empty
    assert tuple(frame.columns) == HEADERS


def test_every_action_of_every_plan_is_a_row() -> None:
    actions = (Action(text="Call", due=TODAY), Action(text="Visit", done=True))
    plans = {"ash": Plan(customer="ash", template="N1", actions=actions)}
    workshop = after(by_hand(), SavePlans(plans=plans))
    frame = milestone_frame(assess(workshop), milestones(workshop, TODAY))
    assert frame["Milestone"].tolist() == ["Visit", "Call"]


# --- the exact parts ------------------------------------------------------------------------------


def test_the_parts_stand_in_a_table_whose_columns_add_up_to_the_last_row() -> None:
    """Ash: strength from 6 to 5.5, and the strength line from 5 to 5.25: -0.5 and -0.25."""
    later = after(by_hand(), strength("ash", 5.5), MoveLine(line="strength", value=5.25))
    states = assess(by_hand()), assess(later)
    [ash] = [one for one in movements(*states) if one.customer == "ash"]
    frame = parts_frame(ash)
    assert list(frame.columns) == list(PART_HEADERS[:-1])  # its class is the same
    assert frame["What changed"].tolist() == ["Judgment", "Lines", "Together"]
    assert frame["Strength"].fillna(0).tolist() == [-0.5, 0, -0.5]
    assert frame["Key zone"].tolist() == [-0.5, -0.25, -0.75]


def test_a_changed_class_has_its_shares_in_the_table() -> None:
    before, later = pair(by_hand(), strength("ash", 4.0))
    [ash] = [one for one in movements(before, later) if one.customer == "ash"]
    assert parts_frame(ash)[SHARE].tolist() == [100, 100]


@given(workshops(), workshops())
def test_every_column_of_every_table_adds_up_as_it_is_shown(
    first: Workshop, second: Workshop
) -> None:
    for one in movements(assess(first), assess(second)):
        frame = parts_frame(one)
        for header in frame.columns[1:]:
            *parts, together = frame[header].fillna(0).tolist()
            assert round(sum(parts), 6) == pytest.approx(together, abs=1e-6)
