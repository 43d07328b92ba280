"""How sure a result is, in rows and sentences: never certain, never a single member's list."""

from dataclasses import replace

import pytest
from hypothesis import assume, given

from kam.edits import CastBallot, Edit, OverrideClass, PutMember, SetPoints
from kam.method.assessment import assess
from kam.method.checks import Belief, Checks
from kam.model import Ballot, Class, Member, Workshop
from kam.report import sure
from kam.report.sure import (
    ASSUMED,
    SETTLED,
    assumed_words,
    belief_frame,
    belief_words,
    class_rows,
    in_play,
    least_sure,
    message,
    order_frame,
    order_message,
    order_words,
    own_lists,
    place_rows,
    places_words,
    settled_words,
)
from tests.workshops import after, by_hand, placed, places, workshops

# Ash, Bay and Dew stand far from every line; Cob stands on the cut-off of attractiveness.
ROWS = {"ash": (9.0, 9.0), "bay": (8.5, 8.5), "cob": (5.0, 8.0), "dew": (1.0, 1.0)}


def checks(*edits: Edit) -> Checks:
    return Checks(assess(after(placed(ROWS), *edits)))


def members(*points: float) -> list[Edit]:
    """A member a figure, with so many points for `a` and the rest of 100 for `b`; `s` gets 50."""
    found: list[Edit] = []
    for number, for_a in enumerate(points):
        swings = {"a": for_a, "b": 100 - for_a, "s": 50.0}
        found.append(PutMember(member=Member(id=f"m{number}", name=f"M{number}")))
        found.append(CastBallot(ballot=Ballot(member=f"m{number}", swings=swings)))
    return found


# --- classes --------------------------------------------------------------------------------------


def test_who_stands_on_a_line_is_in_play_and_who_stands_far_off_is_not() -> None:
    assert in_play(checks()) == ["cob"]


def test_the_title_counts_who_holds_firm_and_who_is_in_play() -> None:
    assert message(checks()) == "2 of 3 key customers hold firm; 1 customer is in play"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"ash": (9.0, 9.0)}, "1 of 1 key customer holds firm; nobody is in play"),
        ({"ash": (1.0, 1.0)}, "Nobody is key; nobody is in play"),
        ({"ash": (5.1, 9.0), "bay": (5.0, 9.0)},
         "0 of 2 key customers hold firm; 2 customers are in play"),
    ],
)  # fmt: skip
def test_the_title_is_a_sentence_for_one_and_for_none(
    rows: dict[str, tuple[float, float]], told: str
) -> None:
    assert message(Checks(assess(placed(rows)))) == told


def test_whose_most_frequent_class_is_another_than_now_is_in_play() -> None:
    found = checks()
    shares = found.sure.shares.copy()
    shares[found.result.row["ash"]] = (0.0, 0.0, 0.0, 1.0)
    found.__dict__["sure"] = replace(found.sure, shares=shares)
    assert in_play(found) == ["ash", "cob"]


def test_what_the_team_decided_is_not_in_play() -> None:
    decided = OverrideClass(customer="cob", klass=Class.KEY_CORE, by="Ines", reason="Promised")
    assert in_play(checks(decided)) == []


def test_who_has_no_score_is_not_in_play() -> None:
    assert in_play(Checks(assess(placed({**ROWS, "elm": (None, None)})))) == ["cob"]


def test_the_least_sure_are_taken_and_stay_in_the_one_order() -> None:
    found = Checks(assess(placed({"ash": (5.5, 9.0), "bay": (5.3, 9.0), "cob": (5.0, 9.0)})))
    assert least_sure(found, 9) == ["ash", "bay", "cob"]
    assert least_sure(found, 2) == ["bay", "cob"]
    assert least_sure(found, 1) == ["cob"]


@given(workshops())
def test_everybody_with_a_class_is_in_play_or_keeps_its_class(workshop: Workshop) -> None:
    result = assess(workshop)
    assume(result.scored_count)
    found = Checks(result)
    scored = [key for key, one in result.standings.items() if one.klass is not None]
    for row in class_rows(found, set(scored) - set(in_play(found))):
        assert row.now is not None
        assert row.shares[list(Class).index(row.now)] >= SETTLED


def test_a_row_has_the_name_the_shares_and_the_class_now() -> None:
    [row] = class_rows(checks(), ["ash"])
    assert (row.name, row.now) == ("Ash", Class.KEY_STRATEGIC)
    assert row.shares[0] > 0.9
    assert sum(row.shares) == pytest.approx(1)


def test_the_settled_are_told_in_one_sentence() -> None:
    assert settled_words(checks()) == (
        "3 keep their class in at least 93 of 100 runs: Ash and Bay are key, 1 is not."
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"ash": (9.0, 9.0)}, "1 keeps its class in at least 93 of 100 runs: Ash is key."),
        ({"ash": (1.0, 1.0), "bay": (2.0, 1.0)},
         "2 keep their class in at least 93 of 100 runs; none of them is key."),
        ({"ash": (5.0, 9.0)}, ""),
    ],
)  # fmt: skip
def test_the_settled_are_told_when_there_is_one_kind_only(
    rows: dict[str, tuple[float, float]], told: str
) -> None:
    assert settled_words(Checks(assess(placed(rows)))) == told


def test_many_settled_key_accounts_are_counted_behind_the_first() -> None:
    rows = {f"c{n}": (9.0, 9.0 - n / 100) for n in range(9)}
    told = settled_words(Checks(assess(placed(rows))))
    assert told.endswith("C0, C1, C2, C3, C4, C5 and 3 more are key.")


# --- members --------------------------------------------------------------------------------------


def with_members(*points: float) -> Checks:
    """By hand: Ash is 8 on a and 4 on b, so that whoever gives a less than a quarter leaves it."""
    return Checks(assess(after(by_hand(), *members(*points))))


def test_members_who_would_pick_a_customer_are_counted() -> None:
    found = with_members(90, 50, 10)
    assert own_lists(found, ["ash", "bay"]) == ["2 of 3 pick it", "none of 3 picks it"]
    assert own_lists(with_members(90, 50, 60), ["ash"]) == ["all 3 pick it"]
    assert own_lists(with_members(90, 10, 10), ["ash"]) == ["1 of 3 picks it"]


def test_fewer_than_three_members_are_never_counted() -> None:
    assert own_lists(with_members(90, 10), ["ash"]) == []


def test_an_assumed_spread_is_said() -> None:
    assert assumed_words(by_hand()) == ASSUMED
    assert assumed_words(after(by_hand(), *members(50, 60))) == ASSUMED
    assert assumed_words(after(by_hand(), *members(50, 60, 70))) == ""


# --- places and other weights ---------------------------------------------------------------------


def test_the_order_shows_all_of_few_customers_and_where_key_ends() -> None:
    rows, key_places = place_rows(checks())
    assert [row.name for row in rows] == ["Ash", "Bay", "Cob", "Dew"]
    assert key_places == 3
    assert all(len(row.shares) == 4 for row in rows)


def test_the_order_shows_places_behind_the_last_key_account_but_not_all() -> None:
    many = {f"c{n:02}": (9.0 - n / 10, 9.0) for n in range(40)}
    rows, key_places = place_rows(Checks(assess(after(placed(many), places(11)))))
    assert key_places == 11
    assert len(rows) == len(rows[0].shares) == 11 + sure.BEYOND


def test_who_is_left_out_of_the_order_is_said() -> None:
    assert "Only the first" not in places_words(checks())
    crowd = {f"c{n:03}": (9.0 - n / 100, 9.0) for n in range(101)}
    assert "Only the first 100 of the order" in places_words(Checks(assess(placed(crowd))))


def test_the_order_of_criteria_is_told_with_its_points() -> None:
    assert order_words(assess(by_hand())) == (
        "Your order of criteria, with its points: Criterion a 50, Criterion s 33, Criterion b 17."
    )


def test_the_stress_test_counts_key_accounts_that_any_weights_in_the_order_choose() -> None:
    assert order_message(checks()) == (
        "Any weights in your order would choose 3 of 3 key accounts in at least 90 of 100 runs."
    )
    nobody = Checks(assess(placed({"ash": (1.0, 1.0)})))
    assert "Nobody is key" in order_message(nobody)


def test_the_stress_test_lists_whom_it_chooses_and_never_certainly() -> None:
    frame = order_frame(checks())
    assert list(frame["Customer"]) == ["Ash", "Bay", "Cob"]
    assert set(frame["Key in your order"]) == {"In practically all runs"}
    assert not frame.map(lambda cell: "100 of 100" in cell).any(axis=None)


def test_what_one_would_have_to_believe_is_told_where_it_differs_most() -> None:
    """Bay, 6 on a and 2 on b, is weak with us whatever the weights; Ash needs a before b."""
    frame = belief_frame(Checks(assess(by_hand()))).set_index("Customer")
    assert frame.loc["Bay", "Chosen"] == "Not applicable"
    assert frame.loc["Bay", "What you would have to believe"] == (
        "Not applicable: no weights choose it"
    )
    assert frame.loc["Ash", "Chosen"] == "In 75 of 100 runs"


def test_a_shift_too_small_for_a_word_is_about_what_the_team_said() -> None:
    result = assess(by_hand())
    same = Belief("ash", 0.5, {"a": 0.51, "b": 0.16, "s": 0.33})
    assert belief_words(result, same) == "About what you said"
    other = Belief("ash", 0.5, {"a": 0.30, "b": 0.37, "s": 0.33})
    assert belief_words(result, other) == "Criterion a 50 → 30; Criterion b 17 → 37"


def test_what_the_team_decided_needs_no_belief() -> None:
    decided = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="Promised")
    frame = belief_frame(Checks(assess(after(by_hand(), decided)))).set_index("Customer")
    assert frame.loc["Ash", "What you would have to believe"] == "Decided by the team"


def test_a_moved_weight_moves_the_answer() -> None:
    moved = Checks(assess(after(by_hand(), SetPoints(points={"a": 5, "b": 35}))))
    assert message(Checks(assess(by_hand()))) != message(moved)
