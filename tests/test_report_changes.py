"""What would change a result: words, bars, tables and lines of the page about it."""

import pytest
from hypothesis import assume, given

from kam.edits import OverrideClass, SetPoints
from kam.errors import Refused
from kam.method.assessment import assess
from kam.method.fragility import MOST, fragility
from kam.model import Axis, Class, Favours, Workshop
from kam.report.changes import (
    CRITERION,
    ITS_CUT_OFF,
    MOST_BARS,
    NO_PART,
    NO_WEIGHT,
    STRATEGIC,
    agenda_words,
    line_rows,
    message,
    nearest_axis,
    neighbour,
    path_sentences,
    switch_frame,
    tornado_rows,
)
from tests.workshops import A, S, after, by_hand, placed, places, workshops, x01


def test_the_title_counts_classes_that_hang_on_five_points() -> None:
    assert message(()) == "What would change it?"
    far = fragility(assess(placed({"ash": (9.0, 9.0)})))
    assert message(far) == "No class hangs on 5 points of one weight"


def test_the_title_speaks_of_one_and_of_several() -> None:
    # Ash, 8 on a and 4 on b, stands on the cut-off where a has a quarter of both: 13 and 37.
    near = fragility(assess(after(by_hand(), SetPoints(points={"a": 13, "b": 37, "s": 50}))))
    assert message(near) == "5 points of one weight can change the class of 1 customer"
    assert message([*near[:1], *near[:1]]).endswith("the class of 2 customers")
    assert message(near[:1] * MOST).endswith("the class of 100 customers or more")


def test_a_word_of_the_agenda_stands_below_the_name_without_repeating_it() -> None:
    result = assess(by_hand())
    for one in fragility(result):
        told = agenda_words(result, one)
        assert not told.startswith(result.workshop.customers[one.customer].name)
        assert told[0].isupper()


def test_a_decision_of_the_team_is_told_on_the_agenda_as_a_sentence() -> None:
    decided = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="Promised")
    result = assess(after(by_hand(), decided))
    [ash] = [one for one in fragility(result) if one.customer == "ash"]
    assert agenda_words(result, ash).startswith("Decided by Ines: Promised.")


# --- bars -----------------------------------------------------------------------------------------


def test_bars_are_named_for_what_moves_the_longest_first() -> None:
    rows = tornado_rows(assess(by_hand()), "ash", A)
    assert {row.name for row in rows} == {
        "Weight of Criterion a",
        "Weight of Criterion b",
        "Score of Criterion a",
        "Score of Criterion b",
    }
    lengths = [row.high - row.low for row in rows]
    assert lengths == sorted(lengths, reverse=True)


def test_no_more_bars_are_drawn_than_fit() -> None:
    assert 0 < len(tornado_rows(assess(x01()), "Alder", A)) <= MOST_BARS


def test_a_customer_without_a_score_has_no_bars() -> None:
    result = assess(placed({"ash": (8.0, 8.0), "bay": (None, 8.0)}))
    assert tornado_rows(result, "bay", A) == []


@pytest.mark.parametrize(("place", "axis"), [((5.2, 9.0), A), ((9.0, 5.2), S)])
def test_the_axis_nearest_to_its_line_is_shown_first(
    place: tuple[float, float], axis: Axis
) -> None:
    assert nearest_axis(assess(placed({"ash": place})), "ash") is axis


# --- switching weights ----------------------------------------------------------------------------


def test_the_table_says_at_which_points_a_customer_reaches_its_cut_off() -> None:
    # Ash reaches 5 where a has a quarter of a + b: of 100 points, s keeping a third of all but
    # a's: a = x, b and s share 1 - x as 1 : 2, so x = b / 3 = (1 - x) / 9, x = 10.
    frame = switch_frame(assess(by_hand()), "ash").set_index(CRITERION)
    assert frame.loc["Criterion a", ITS_CUT_OFF] == "10 instead of 50 points"
    assert frame.loc["Criterion s", ITS_CUT_OFF] == NO_WEIGHT
    assert frame.loc["Criterion s", STRATEGIC] == NO_PART


def test_another_customer_has_a_column_of_its_own() -> None:
    frame = switch_frame(assess(by_hand()), "ash", "bay")
    assert list(frame.columns) == [CRITERION, ITS_CUT_OFF, STRATEGIC, "Is level with Bay"]
    assert list(frame["Is level with Bay"]) == [NO_WEIGHT] * 3  # Ash is ahead everywhere


@given(workshops())
def test_every_criterion_that_counts_has_a_row_in_words(workshop: Workshop) -> None:
    result = assess(workshop)
    assume(result.scored_count)
    frame = switch_frame(result, next(iter(result.judged)))
    assert len(frame) == sum(weight > 0 for weight in result.weights.values())
    assert frame.map(lambda cell: isinstance(cell, str) and bool(cell)).all(axis=None)


def test_the_neighbour_is_the_next_in_the_one_order_and_of_the_last_the_one_before() -> None:
    result = assess(placed({"ash": (9.0, 9.0), "bay": (7.0, 7.0), "cob": (6.0, 6.0)}))
    assert [neighbour(result, one) for one in ("ash", "bay", "cob")] == ["bay", "cob", "bay"]
    assert neighbour(assess(placed({"ash": (9.0, 9.0)})), "ash") is None


# --- the way to key -------------------------------------------------------------------------------


def test_the_way_to_each_cut_off_is_told_in_plain_units() -> None:
    assert path_sentences(assess(placed({"ash": (4.0, 3.0)})), "ash") == [
        "To reach the attractiveness cut-off (5): Criterion a from 4 to 5 points.",
        "To reach the strength cut-off (5): Criterion s from 3 to 5 points.",
    ]


def test_a_way_longer_than_a_year_says_so() -> None:
    [told] = path_sentences(assess(placed({"ash": (9.0, 1.0)})), "ash")
    assert told == (
        "To reach the strength cut-off (5): Criterion s from 1 to 5 points; more than customers "
        "usually move in a year."
    )


def test_what_we_cannot_influence_is_no_way() -> None:
    fixed = placed({"ash": (4.0, 9.0)}, controllable=False)
    assert path_sentences(assess(fixed), "ash") == [
        "To reach the attractiveness cut-off (5): nothing that we can influence and know is enough."
    ]


def test_from_inside_the_key_zone_the_way_leads_to_the_strategic_line() -> None:
    assert path_sentences(assess(placed({"ash": (6.0, 9.0)})), "ash") == [
        "To reach the strategic line (7): Criterion a from 6 to 7 points."
    ]
    unknown = placed({"ash": (8.0, 9.0)}, favours=Favours.UNKNOWN)
    assert path_sentences(assess(unknown), "ash") == [
        "Key · strategic also takes a customer that would favour us as a key supplier."
    ]


def test_at_the_top_there_is_no_way_to_tell() -> None:
    assert path_sentences(assess(placed({"ash": (9.0, 9.0)})), "ash") == []


def test_where_no_score_counts_before_only_that_is_told() -> None:
    """Ash and bay wait for room, cob is decided, dew is not scored: no path would make it key."""
    four = {"ash": (6.0, 6.0), "bay": (6.0, 6.0), "cob": (6.0, 9.0), "dew": (None, None)}
    decided = OverrideClass(customer="cob", klass=Class.KEY_CORE, reason="Board", by="Ines")
    result = assess(after(placed(four), places(1), decided))
    told = {key: path_sentences(result, key) for key in four}
    assert told == {
        "ash": ["It becomes key with 3 instead of 1 places for key accounts."],
        "bay": ["It becomes key with 3 instead of 1 places for key accounts."],
        "cob": ["No weight or score changes its class while the decision of the team stands."],
        "dew": ["Score it first: Criterion a and Criterion s."],
    }


# --- one weight -----------------------------------------------------------------------------------


def test_lines_run_from_0_to_60_points_through_the_present_one() -> None:
    lines, weight = line_rows(assess(by_hand()), "a")
    assert weight.name == "Criterion a"
    assert weight.now == pytest.approx(50)
    assert (weight.low, weight.high) == pytest.approx((37.5, 62.5))  # a quarter either way
    assert {line.name for line in lines} == {"Ash", "Bay", "Cob"}
    for line in lines:
        assert (line.shares[0], line.shares[-1], len(line.points)) == (0.0, 60.0, 61)


def test_an_incomplete_criterion_has_no_lines() -> None:
    with pytest.raises(Refused, match="cannot be moved"):
        line_rows(assess(by_hand()), "no such")
