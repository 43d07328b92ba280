"""The sentences that drafts are made of."""

from datetime import date

import pytest

from kam.edits import PutCriterion
from kam.method.assessment import assess
from kam.method.drafts.brief import (
    LONGEST_STEP,
    Brief,
    change_words,
    day_words,
    level_words,
    move_words,
)
from kam.method.paths import Move
from kam.model import Profile, Workshop
from tests.workshops import TODAY, after, by_hand, criterion, placed

REACH = criterion("r", name="Reach", unit="%")


def brief(workshop: Workshop, who: str = "ash") -> Brief:
    """What the draft of one customer is made from."""
    result = assess(workshop)
    return Brief(result, result.workshop.customers[who], result.standings[who], TODAY)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (8.0, 25.0, "Reach from 8 to 25 %"),
        (0.333333, 12.3456, "Reach from 0.333 to 12.3 %"),
        (-0.8, 0.0, "Reach from −0.8 to 0 %"),
        (99.96, 12_345.6, "Reach from 100 to 12,346 %"),
        (4.999, 5.0, "Reach from just below 5 to 5 %"),
        (5.0001, 5.0, "Reach from just above 5 to 5 %"),
    ],
)
def test_a_move_is_said_in_plain_units(start: float, end: float, words: str) -> None:
    assert move_words(REACH, Move("r", start, end)) == words


def test_a_count_of_five_is_said_as_people_say_it() -> None:
    stars = criterion("r", name="Stars", unit="count of 5")
    assert move_words(stars, Move("r", 1, 3)) == "Stars from 1 to 3 of 5"
    assert level_words(stars, 3) == "Stars at 3 of 5"


def test_a_level_and_a_day_are_said_as_people_say_them() -> None:
    assert level_words(REACH, 25.0) == "Reach at 25 %"
    assert day_words(date(2028, 2, 29)) == "29 February 2028"


def test_several_moves_stand_in_one_sentence() -> None:
    moves = (Move("a", 1, 2), Move("s", 3, 4))
    both = brief(placed({"ash": (6, 3)}))
    assert both.moves(moves) == "Criterion a from 1 to 2 points and Criterion s from 3 to 4 points"
    assert both.ends(moves) == "Criterion a at 2 points and Criterion s at 4 points"


def test_what_we_do_has_a_verb_that_fits_the_direction() -> None:
    assert change_words(REACH, Move("r", 8, 25)) == "raise Reach from 8 to 25 %"
    assert change_words(REACH, Move("r", 92, 84)) == "lower Reach from 92 to 84 %"
    ash = brief(placed({"ash": (6, 3)}))
    both = ash.changes((Move("a", 1, 2), Move("s", 3, 4)))
    assert both == ("raise Criterion a from 1 to 2 points and Criterion s from 3 to 4 points")
    assert ash.changes((Move("a", 1, 2), Move("s", 4, 3))) == (
        "raise Criterion a from 1 to 2 points and lower Criterion s from 4 to 3 points"
    )


def test_days_are_counted_from_today() -> None:
    assert brief(by_hand()).after(365) == date(2027, 3, 2)
    assert brief(by_hand()).after(366) == date(2027, 3, 3)
    assert brief(by_hand()).after(90) == date(2026, 5, 31)


def test_actions_belong_to_the_owner_of_the_customer_and_fit_their_field() -> None:
    [short, long] = brief(placed({"ash": (6, 3)}, owner="Ines")).steps((5, "Call"), (6, "x" * 300))
    assert (short.text, short.owner, short.due) == ("Call", "Ines", date(2026, 3, 7))
    assert len(long.text) == LONGEST_STEP
    assert long.text.endswith("x…")


def test_what_is_not_scored_is_named_and_nothing_is_said_as_nothing() -> None:
    assert brief(by_hand(), "cob").unknown() == "Criterion b"
    assert brief(by_hand(), "ash").unknown() == "nothing"
    nobody_knows = after(by_hand(), PutCriterion(criterion=criterion("n", name="Net margin")))
    assert brief(nobody_knows, "cob").unknown() == "Criterion b and Net margin"


@pytest.mark.parametrize(("revenue", "prospect"), [(None, False), (0.0, True), (1.0, False)])
def test_only_who_is_known_to_buy_nothing_is_a_prospect(
    revenue: float | None,
    prospect: bool,  # noqa: FBT001 - a value of the table
) -> None:
    found = brief(placed({"ash": (6, 3)}, revenue=revenue))
    assert found.prospect is prospect
    assert found.profile == Profile(favours_us="yes", revenue=revenue)
