"""`kam.method.borderline`: whom people decide, and who stands where the capacity ends."""

import pytest
from hypothesis import given

from kam.edits import (
    ConfirmClass,
    Edit,
    FillScores,
    JudgeGate,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutGate,
    SetCapacity,
)
from kam.method.assessment import assess
from kam.method.borderline import (
    Case,
    borderline,
    capacity_ends,
    confirmed,
    confirmed_words,
    ends_words,
    undecided,
)
from kam.model import Capacity, Class, Favours, Gate, Score, Workshop
from tests.voted import weighed
from tests.workshops import S, after, criterion, made, placed, places, workshops

CLEAR = {"ash": (9.0, 9.0), "bay": (6.0, 6.0), "cob": (2.0, 2.0)}


def reasons(workshop: Workshop, customer: str) -> str:
    """Why a customer is a borderline case; empty when it is none."""
    found = {case.customer: case for case in borderline(assess(workshop))}
    return " ".join(found[customer].reasons) if customer in found else ""


def told(workshop: Workshop, **runs: float) -> str:
    return ends_words(assess(workshop), runs)


def overridden(customer: str, klass: Class = Class.KEY_CORE) -> Edit:
    return OverrideClass(customer=customer, klass=klass, by="Ines", reason="We promised")


# --- who is a case --------------------------------------------------------------------------------


def test_nobody_is_a_case_where_the_rule_is_clear() -> None:
    assert borderline(assess(placed(CLEAR))) == ()


def test_nobody_is_a_case_before_anything_is_scored() -> None:
    assert borderline(assess(made())) == ()
    assert borderline(assess(placed({"ash": (None, None)}))) == ()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((8.0, 5.2), "It stands 0.2 points above the strength cut-off."),
        ((8.0, 4.9), "It stands 0.1 points below the strength cut-off."),
        ((5.1, 9.0), "It stands 0.1 points above the attractiveness cut-off."),
        ((4.9, 2.0), "It stands 0.1 points below the attractiveness cut-off."),
        ((6.9, 8.0), "It stands 0.1 points below the strategic line (7)."),
        ((7.0, 8.0), "It stands less than 0.1 points above the strategic line (7)."),
    ],
)
def test_a_line_that_is_near_is_named_with_its_side(
    place: tuple[float, float], sentence: str
) -> None:
    assert reasons(placed({"ash": place}), "ash") == sentence


def test_near_two_lines_both_are_named_and_one_line_is_named_once() -> None:
    both = reasons(placed({"ash": (5.1, 4.9)}), "ash")
    assert both == (
        "It stands 0.1 points below the strength cut-off. "
        "It stands 0.1 points above the attractiveness cut-off."
    )
    assert reasons(placed({"ash": (4.9, 4.95)}), "ash").count("attractiveness") == 1


def test_the_strategic_line_is_no_reason_where_it_would_not_favour_us() -> None:
    assert reasons(placed({"ash": (7.1, 8.0)}, favours=Favours.NO), "ash") == ""


def test_who_would_not_favour_us_is_still_a_case_at_the_attractiveness_cut_off() -> None:
    assert reasons(placed({"ash": (5.1, 8.0)}, favours=Favours.NO), "ash") == (
        "It stands 0.1 points above the attractiveness cut-off."
    )


def test_in_the_key_zone_its_unknown_view_of_us_is_a_reason_and_below_it_is_none() -> None:
    workshop = placed({"ash": (9.0, 9.0), "bay": (9.0, 3.0)}, favours=Favours.UNKNOWN)
    assert (
        reasons(workshop, "ash") == "We do not know whether it would favour us as a key supplier."
    )
    assert reasons(workshop, "bay") == ""


def test_what_is_unknown_and_decides_is_a_reason() -> None:
    workshop = after(
        placed({"ash": (9.0, 5.5), "bay": (9.0, 9.0)}),
        PutCriterion(criterion=criterion("t", S)),
        FillScores(scores={"t": {"bay": Score(value=9.0)}}),
    )
    assert "What we do not know of it decides its class." in reasons(workshop, "ash")
    assert reasons(workshop, "bay") == ""


def test_too_little_known_in_the_key_zone_is_a_reason_even_where_no_line_is_in_reach() -> None:
    lines = [PutCriterion(criterion=criterion(key, S)) for key in "tu"]
    workshop = after(placed({"ash": (9.0, 9.0)}), *lines)
    assert assess(workshop).standings["ash"].known is False
    assert reasons(workshop, "ash") != ""


def test_votes_on_both_sides_of_a_line_are_a_reason() -> None:
    """The middle 60 % of the members' own scores of Ash go from 4.8 to 7.2, past 5."""
    assert reasons(weighed(), "ash").startswith("Your votes lie on both sides of a line")


def test_whom_a_gate_or_the_team_has_settled_is_no_case() -> None:
    workshop = after(
        placed({"ash": (8.0, 5.1), "bay": (8.0, 5.1)}),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True, why="Insolvent"),
        overridden("bay"),
    )
    assert borderline(assess(workshop)) == ()


def test_cases_stand_in_the_one_order() -> None:
    workshop = placed({"cob": (4.9, 2.0), "bay": (5.1, 9.0), "ash": (6.9, 9.0)})
    assert [case.customer for case in borderline(assess(workshop))] == ["ash", "bay", "cob"]


@given(workshops())
def test_every_case_is_judged_and_has_a_reason_and_stands_once(workshop: Workshop) -> None:
    result = assess(workshop)
    found = borderline(result)
    assert all(case.reasons and case.customer in result.judged for case in found)
    assert len({case.customer for case in found}) == len(found)


def test_who_is_not_scored_on_both_axes_is_not_too_close_to_call() -> None:
    half = assess(placed({"ash": (4.8, None)}, favours=Favours.NO))
    assert not half.standings["ash"].close


@given(workshops())
def test_whoever_is_too_close_to_call_is_a_case(workshop: Workshop) -> None:
    result = assess(workshop)
    cases = {case.customer for case in borderline(result)}
    assert {key for key, one in result.judged.items() if one.close} <= cases


# --- what the team confirmed ----------------------------------------------------------------------

NEAR = {"ash": (6.9, 8.0), "bay": (8.0, 5.2)}  # ash core just below the line, bay near a cut-off


def agreed(customer: str, klass: Class, **said: str) -> Edit:
    return ConfirmClass(customer=customer, klass=klass, **said)


def test_a_confirmed_case_is_no_longer_undecided_though_it_stays_borderline() -> None:
    result = assess(after(placed(NEAR), agreed("ash", Class.KEY_CORE, by="Ines")))
    assert [case.customer for case in borderline(result)] == ["ash", "bay"]
    assert undecided(result) == ("bay",)
    assert confirmed_words(result, "ash") == "Confirmed by Ines"
    assert confirmed_words(result, "bay") == ""


def test_a_case_is_open_again_as_soon_as_the_rule_gives_another_class_and_says_so() -> None:
    said = agreed("ash", Class.KEY_CORE, by="Ines", reason="They grow fast")
    moved = after(placed(NEAR), said, MoveLine(line="strategic", value=6.8))
    result = assess(moved)
    assert confirmed(result, "ash") is None
    assert undecided(result) == ("ash", "bay")
    assert confirmed_words(result, "ash") == (
        "The rule has changed: Key · core was confirmed by Ines: They grow fast"
    )
    back = assess(after(moved, MoveLine(line="strategic", value=7.0)))
    assert undecided(back) == ("bay",)


@given(workshops())
def test_confirming_everybody_leaves_nobody_and_moves_nobody(workshop: Workshop) -> None:
    before = assess(workshop)
    told = [
        agreed(key, one.klass)
        for key, one in before.standings.items()
        if one.klass and key not in workshop.overrides
    ]
    result = assess(after(workshop, *told))
    assert undecided(result) == ()
    assert [one.klass for one in result.standings.values()] == [
        one.klass for one in before.standings.values()
    ]


def test_once_both_at_the_line_are_confirmed_nobody_is_asked_to_decide_them() -> None:
    near = {"ash": (9.0, 9.0), "bay": (7.5, 7.5), "cob": (7.4, 7.4)}
    workshop = after(placed(near), places(2))
    assert told(workshop).endswith("decide, and write why.")
    both = agreed("bay", Class.KEY_STRATEGIC), agreed("cob", Class.STRATEGIC)
    assert told(after(workshop, both[0])).endswith("decide, and write why.")
    assert told(after(workshop, *both)).endswith("The team has confirmed both.")


# --- where the capacity ends ----------------------------------------------------------------------

THREE = {"ash": (9.0, 9.0), "bay": (6.5, 6.5), "cob": (5.5, 5.5)}


def test_the_two_at_the_end_of_the_room_are_cases() -> None:
    workshop = after(placed(THREE), places(2))
    assert borderline(assess(workshop)) == (
        Case("bay", ("It is the last that has room.",)),
        Case("cob", ("It is the first that waits for room.",)),
    )


def test_the_ends_are_the_last_with_room_and_the_first_that_waits() -> None:
    ends = capacity_ends(assess(after(placed(THREE), places(2))))
    assert (ends.last, ends.first) == ("bay", "cob")
    assert ends.apart == pytest.approx(1.0)


def test_nobody_waits_where_there_is_room_for_all() -> None:
    workshop = after(placed(THREE), places(5))
    assert capacity_ends(assess(workshop)).first is None
    assert told(workshop) == "2 places left; nobody has to wait."
    assert borderline(assess(workshop)) == ()


def test_an_unknown_capacity_is_told_as_a_gap() -> None:
    assert told(placed(THREE)) == "Our capacity is not known yet, so nobody has to wait."


def test_the_two_are_named_with_their_distance() -> None:
    assert told(after(placed(THREE), places(2))) == (
        "Bay (+1.5) has the last room, Cob (+0.5) is the first to wait."
    )


def test_two_that_are_near_cannot_be_separated_by_their_scores() -> None:
    near = {**THREE, "cob": (6.4, 6.4)}
    assert told(after(placed(near), places(2))).endswith(
        "Their scores cannot separate these two: decide, and write why."
    )


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_key_in_about_half_the_runs_cannot_be_separated_either(share: float) -> None:
    workshop = after(placed(THREE), places(2))
    assert "cannot separate" in told(workshop, bay=share)
    assert "cannot separate" in told(workshop, cob=share)


@pytest.mark.parametrize("share", [0.0, 0.29, 0.71, 1.0])
def test_key_in_most_runs_or_in_few_can_be_separated(share: float) -> None:
    workshop = after(placed(THREE), places(2))
    assert "cannot separate" not in told(workshop, bay=share, cob=share, ash=0.5)


def test_who_ties_across_the_line_waits_and_is_told_so() -> None:
    workshop = after(placed({"ash": (8.0, 8.0), "bay": (8.0, 8.0)}), places(1))
    assert reasons(workshop, "ash") == "It ties exactly where our capacity ends."
    assert told(workshop) == "Ash (+3.0) is the first to wait; 1 place left."


def test_decisions_of_the_team_stand_beside_the_line() -> None:
    workshop = after(placed(THREE), places(2), overridden("cob"))
    ends = capacity_ends(assess(workshop))
    assert (ends.last, ends.first) == ("ash", "bay")


def test_decisions_that_take_more_than_there_is_are_told() -> None:
    workshop = after(placed(THREE), places(1), overridden("cob"), overridden("bay"))
    assert told(workshop) == "Decisions of the team take 1 place more than we have."


def test_hours_are_told_as_hours() -> None:
    hours = Capacity(people=1, hours_per_person=1_000, hours_strategic=400, hours_core=150)
    assert told(after(placed(THREE), SetCapacity(capacity=hours))) == (
        "300 hours left; nobody has to wait."
    )
