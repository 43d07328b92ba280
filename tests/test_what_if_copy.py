"""Of `kam.ui.what_if_copy`: the private copy as a list of moves on top of a workshop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    CastBallot,
    Edit,
    Forecast,
    JudgeGate,
    MoveLine,
    PutCriterion,
    PutCustomer,
    PutGate,
    PutMember,
    RemoveCriterion,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
    Together,
)
from kam.edits.decisions import Line
from kam.errors import Refused
from kam.history import read
from kam.model import Ballot, Capacity, Gate, Member, Score, Workshop
from kam.ui import what_if_copy
from kam.ui.what_if_copy import Copy, Try
from tests.workshops import after, by_hand, criterion, customer, entries, made, placed

BASE = placed({"ash": (8.0, 8.0), "bay": (6.0, 3.0)})


def line(name: Line, value: float) -> MoveLine:
    return MoveLine(line=name, value=value)


def points(**given_points: float) -> SetPoints:
    return SetPoints(points=given_points)


def tried(*edits: Edit, base: Workshop = BASE) -> tuple[Edit, ...]:
    """The moves of a copy after these were made one after another."""
    kept: tuple[Edit, ...] = ()
    for edit in edits:
        kept = what_if_copy.moved(base, kept, edit)
    return kept


def test_a_copy_is_the_workshop_with_its_moves_and_the_workshop_stays() -> None:
    before = BASE.model_dump()
    made_on = what_if_copy.folded(BASE, [line("strength", 3.0), points(a=80, s=20)])
    assert made_on.workshop == after(BASE, line("strength", 3.0), points(a=80, s=20))
    assert [one.wanted for one in made_on.taken] == [
        "strength cut-off 5 → 3",
        "points of 2 criteria",
    ]
    assert made_on.aside == ()
    assert BASE.model_dump() == before


def test_a_move_that_the_workshop_no_longer_allows_is_set_aside_in_words() -> None:
    score = ScoreCustomer(customer="ash", criterion="a", value=1.0)
    gone = after(BASE, RemoveCriterion(criterion="a"))
    made_on = what_if_copy.folded(gone, [score, line("strength", 3.0)])
    assert made_on.workshop.cut_offs.strength == 3.0
    [aside] = made_on.aside
    assert aside.edit is score
    assert aside.wanted == "Ash, a: unknown → 1"
    assert aside.refused.startswith("There is no criterion 'a' in this workshop any more.")


def test_a_later_move_on_the_same_subject_takes_the_place_of_the_earlier() -> None:
    kept = tried(line("strength", 3.0), points(a=80), line("strength", 4.0), points(a=70))
    assert kept == (line("strength", 4.0), points(a=70))


def test_moves_on_different_subjects_stay_beside_each_other() -> None:
    moves = (
        points(a=80),
        points(s=20),
        ScoreCustomer(customer="ash", criterion="a", value=1.0),
        ScoreCustomer(customer="ash", criterion="s", value=1.0),
        ScoreCustomer(customer="bay", criterion="s", value=1.0),
        Forecast(customer="bay", criterion="s", level=9.0),
        SetCapacity(capacity=Capacity(mode="places", places=3)),
    )
    assert tried(*moves) == moves


def test_points_of_all_criteria_take_the_place_of_those_of_one_and_not_the_other_way() -> None:
    assert tried(points(a=80), points(a=10, s=30)) == (points(a=10, s=30),)
    assert tried(points(a=10, s=30), points(a=80)) == (points(a=10, s=30), points(a=80))
    step = Together(name="weights without Ines", edits=(points(a=5, s=5),))
    assert tried(points(a=80), points(s=2), step) == (step,)


def test_a_move_back_to_where_the_workshop_stands_leaves_nothing() -> None:
    assert tried(line("strength", 3.0), line("strength", 5.0)) == ()
    assert tried(ScoreCustomer(customer="ash", criterion="a", value=8.0)) == ()
    assert tried(points(a=9), line("strength", 5.0)) == (points(a=9),)


def test_a_move_that_is_not_allowed_is_refused_and_says_why() -> None:
    with pytest.raises(Refused, match=r"The strategic line \(4\) lies inside the key zone"):
        tried(line("strategic", 4.0))
    with pytest.raises(Refused, match="no criterion 'zz'"):
        tried(points(zz=4.0))


def test_a_refusal_of_an_old_move_does_not_stand_in_the_way_of_a_new_one() -> None:
    stale = ScoreCustomer(customer="gone", criterion="a", value=1.0)
    assert what_if_copy.moved(BASE, (stale,), points(a=9)) == (stale, points(a=9))


def test_lines_that_hold_each_other_can_be_moved_in_any_order() -> None:
    """Both fit at the end only; moved apart again, one of them must keep its place."""
    up = tried(line("strategic", 9.0), line("attractiveness", 8.0), line("strategic", 8.5))
    assert what_if_copy.folded(BASE, up).workshop.cut_offs.strategic == 8.5
    down = tried(line("attractiveness", 3.0), line("strategic", 4.0), line("attractiveness", 2.0))
    assert what_if_copy.folded(BASE, down).workshop.cut_offs.attractiveness == 2.0


LINES: list[Line] = ["attractiveness", "strategic", "strength"]
MOVES = st.builds(line, st.sampled_from(LINES), st.integers(0, 10).map(float))


@given(st.lists(MOVES, max_size=12))
def test_a_walk_of_lines_ends_where_the_same_walk_in_the_workshop_ends(
    walk: list[MoveLine],
) -> None:
    """What the room would refuse the copy refuses, and what it would take the copy takes."""
    kept: tuple[Edit, ...] = ()
    truth = BASE
    for move in walk:
        try:
            truth = move.apply(truth)
        except Refused:
            with pytest.raises(Refused):
                what_if_copy.moved(BASE, kept, move)
        else:
            kept = what_if_copy.moved(BASE, kept, move)
        made_on = what_if_copy.folded(BASE, kept)
        assert made_on.workshop.cut_offs == truth.cut_offs
        assert made_on.aside == ()
        assert len(kept) <= 3


def test_undo_brings_back_the_copy_before_each_move_and_then_stops() -> None:
    first = what_if_copy.with_move(Copy(), BASE, line("strength", 3.0), 7)
    second = what_if_copy.with_move(first, BASE, line("strength", 4.0), 9)
    assert (second.edits, second.revision) == ((line("strength", 4.0),), 7)
    back = what_if_copy.undone(second)
    assert back.edits == first.edits
    assert what_if_copy.undone(back) == Copy()
    assert what_if_copy.undone(Copy()) == Copy()


def test_only_so_many_moves_can_be_taken_back_and_no_copy_holds_its_past_twice() -> None:
    copy = Copy()
    for value in range(what_if_copy.MOST_UNDONE + 20):
        copy = what_if_copy.with_move(copy, BASE, line("strength", value / 10 + 0.1), 1)
    assert len(copy.past) == what_if_copy.MOST_UNDONE
    assert all(earlier.past == () for earlier in copy.past)


def test_a_copy_without_moves_begins_anew_at_the_next_revision() -> None:
    moved = what_if_copy.with_move(Copy(), BASE, line("strength", 3.0), 7)
    back = what_if_copy.with_move(moved, BASE, line("strength", 5.0), 8)
    assert (back.edits, back.revision) == ((), None)
    assert what_if_copy.with_move(back, BASE, line("strength", 2.0), 9).revision == 9


def test_what_the_room_changed_since_is_told_with_both_values() -> None:
    begun = entries(PutCriterion(criterion=criterion("a")), PutCriterion(criterion=criterion("b")))
    copy = Copy(edits=(line("strength", 3.0), points(a=5)), revision=2)
    assert what_if_copy.collisions(read("w", begun), copy) == ()
    later = [*begun, *entries(*[edit.edit for edit in begun], line("strength", 6.0))[2:]]
    [(edit, stale)] = what_if_copy.collisions(read("w", later), copy)
    assert edit == line("strength", 3.0)
    assert (stale.theirs, stale.ours) == ("strength cut-off 5 → 6", "strength cut-off 6 → 3")


def test_a_copy_that_has_not_begun_collides_with_nothing() -> None:
    assert what_if_copy.collisions(read("w", entries(line("strength", 6.0))), Copy()) == ()


def test_the_moves_go_to_the_room_as_one_step_named_for_what_they_do() -> None:
    inner = Together(name="weights without Ines", edits=(points(a=5, s=5),))
    step = what_if_copy.as_one_step(
        [Try(line("strength", 3.0), "strength cut-off 5 → 3"), Try(inner, "weights without Ines")]
    )
    assert step.name == "what-if: strength cut-off 5 → 3, weights without Ines"
    assert step.edits == (line("strength", 3.0), points(a=5, s=5))
    assert step.apply(BASE) == after(BASE, *step.edits)


def test_a_step_of_very_many_moves_has_a_name_that_fits() -> None:
    tries = [Try(line("strength", 3.0), f"move number {n}") for n in range(40)]
    assert len(what_if_copy.as_one_step(tries).name) == what_if_copy.LONGEST_NAME


def voted() -> Workshop:
    people = ("ines", "otto", "pia", "sven", "tea")
    return after(
        BASE,
        *(PutMember(member=Member(id=key, name=key.capitalize())) for key in people),
        CastBallot(ballot=Ballot(member="ines", swings={"a": 100, "s": 25})),
        CastBallot(ballot=Ballot(member="otto", swings={"a": 100, "s": 100})),
        CastBallot(ballot=Ballot(member="pia", swings={"a": 100, "s": 100})),
        CastBallot(ballot=Ballot(member="sven", swings={"a": 100, "s": 25})),
        CastBallot(ballot=Ballot(member="tea", swings={"a": 100, "s": 25})),
    )


def test_members_are_left_out_in_one_move_that_names_them() -> None:
    step = what_if_copy.without_members(voted(), ["ines"])
    assert step.name == "weights without Ines: the mean of the other 4"
    assert after(voted(), step).points == pytest.approx({"a": 65, "s": 35})
    both = what_if_copy.without_members(voted(), ["otto", "pia"])
    assert both.name == "weights without Otto and Pia: the mean of the other 3"
    assert after(voted(), both).points == pytest.approx({"a": 80, "s": 20})


def test_leaving_too_few_in_is_refused() -> None:
    with pytest.raises(Refused, match="Leave at least 3 members' weights in"):
        what_if_copy.without_members(voted(), ["ines", "otto", "pia"])


def test_a_gate_judged_twice_is_one_move() -> None:
    base = after(by_hand(), PutGate(gate=Gate(id="g", name="Credit")))
    fails = JudgeGate(customer="ash", gate="g", fails=True)
    assert tried(fails, base=base) == (fails,)
    assert tried(fails, JudgeGate(customer="ash", gate="g", fails=False), base=base) == ()


def test_a_note_beside_a_score_survives_the_way_there_and_back() -> None:
    scored = ScoreCustomer(customer="ash", criterion="a", value=7.0, note="Asked in May")
    noted = made(
        PutCriterion(criterion=criterion("a")), PutCustomer(customer=customer("ash")), scored
    )
    there = ScoreCustomer(customer="ash", criterion="a", value=2.0, note="Asked in May")
    back = ScoreCustomer(customer="ash", criterion="a", value=7.0, note="Asked in May")
    assert noted.scores["a"]["ash"] == Score(value=7.0, note="Asked in May")
    assert tried(there, back, base=noted) == ()
