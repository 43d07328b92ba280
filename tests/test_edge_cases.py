"""What is odd about the criteria and customers at hand: told in words, and never an error.

One claim for each row of method.md 4.5; where the rule itself is tested in the module that holds
it, the sentence is here.
"""

import pytest
from hypothesis import given

from kam.edits import ChooseLongList, PutCriterion, PutCustomer, ScoreCustomer, SetPoints
from kam.errors import Refused
from kam.method.assessment import Assessment, assess
from kam.method.criteria_review import Flaw, review
from kam.method.edge_cases import (
    beyond,
    is_prospect,
    of_criteria,
    of_customers,
    speaks_of_past_business,
)
from kam.method.plans import draft
from kam.method.second_opinion import second_opinions
from kam.method.selection import Reason
from kam.method.switching import Line, line_switches
from kam.method.weights import effective_number
from kam.model import Class, LongList, Workshop
from kam.report import tables
from tests.workshops import (
    TODAY,
    A,
    S,
    after,
    by_hand,
    criterion,
    customer,
    placed,
    places,
    scores,
    workshops,
)

EIGHT = {f"c{n}": (1.0 + n, 9.0 - n) for n in range(8)}


def told(result: Assessment) -> str:
    return " ".join(of_customers(result))


# --- the criterion is the same for all ------------------------------------------------------------


def test_a_criterion_that_is_alike_for_all_stays_in_the_sum_and_is_told() -> None:
    level = scores(("b",), dict.fromkeys(("ash", "bay", "cob"), (5.0,)))
    result = assess(after(by_hand(), level))
    [remark] = [one for one in review(result) if one.flaw is Flaw.NO_SPREAD]
    assert remark.words.endswith("does not separate your customers: its 17 points go to all of "
                                 "them alike.")  # fmt: skip
    assert result.attractiveness.estimate[result.row["ash"]] == pytest.approx(
        (30 * 8 + 10 * 5) / 40
    )


# --- zero weight ----------------------------------------------------------------------------------


def test_a_criterion_without_weight_is_in_no_sum_no_coverage_and_no_correlation() -> None:
    result = assess(after(by_hand(), SetPoints(points={"a": 30, "b": 0, "s": 20})))
    row = result.row["cob"]  # b is unknown of Cob
    assert result.attractiveness.coverage[row] == pytest.approx(1.0)
    assert result.attractiveness.estimate[row] == pytest.approx(2.0)
    assert effective_number(list(result.weights.values())) == pytest.approx(1 / (0.36 + 0.16))
    assert all("b" not in remark.criteria for remark in review(result))


def test_all_weights_zero_on_an_axis_stops_with_a_sentence() -> None:
    result = assess(after(placed(EIGHT), SetPoints(points={"a": 10, "s": 0})))
    assert result.obstacles == (
        "No criterion on the strength axis counts yet. Complete one and give it points.",
    )
    assert result.scored_count == 0


# --- hardly any customers -------------------------------------------------------------------------


def test_one_customer_has_a_place_a_gap_and_a_way_to_the_lines() -> None:
    """8 on a and 3 on b, a third each with s: 5.5; 5 once a is a quarter, 2 against 3 for b."""
    second, level = PutCriterion(criterion=criterion("b", A)), scores(("b",), {"ash": (3.0,)})
    result = assess(after(placed({"ash": (8.0, 4.0)}), second, level))
    standing = result.standings["ash"]
    assert standing.klass is Class.STRATEGIC
    assert standing.distance == pytest.approx(-1.0)
    nearest, *_ = line_switches(result, "ash", Line.ATTRACTIVENESS)
    assert nearest.criterion == "a"
    assert nearest.at == pytest.approx(0.25)
    assert len(second_opinions(result)) == 1


def test_what_few_customers_cannot_tell_is_said() -> None:
    one = assess(placed({"ash": (8.0, 4.0)}))
    assert told(one) == (
        "Only one customer is scored: places and distances hold, but orders, agreement, criteria "
        "that move together and traps need 8."
    )
    seven = assess(placed(dict(list(EIGHT.items())[:7])))
    assert told(seven).startswith("Only 7 customers are scored")


def test_eight_customers_are_enough_and_none_is_told_elsewhere() -> None:
    assert told(assess(placed(EIGHT))) == ""
    assert told(assess(placed({}))) == ""
    assert told(assess(placed({"ash": (None, 4.0)}))) == ""


# --- ties and near ties ---------------------------------------------------------------------------


def test_a_tie_across_the_capacity_line_is_shown_for_both_and_left_to_the_team() -> None:
    result = assess(after(placed({"ash": (8.0, 8.0), "bay": (8.0, 8.0)}), places(1)))
    assert {one.reason for one in result.standings.values()} == {Reason.TIED_AT_CAPACITY}
    assert {one.why for one in result.standings.values()} == {
        "In the key zone, tied exactly where our capacity ends: decide, and write why."
    }


@pytest.mark.parametrize(("level", "close"), [(5.24, True), (5.26, False), (4.76, True)])
def test_less_than_a_quarter_of_a_point_from_the_line_is_too_close_to_call(
    level: float, *, close: bool
) -> None:
    assert assess(placed({"ash": (level, 9.0)})).standings["ash"].close is close


# --- levels beyond the anchors --------------------------------------------------------------------


def test_levels_beyond_the_anchors_are_counted_and_told_where_to_find() -> None:
    result = assess(placed({**EIGHT, "far": (11.0, 12.0)}))
    assert beyond(result).sum() == 2
    assert told(result) == (
        "2 levels lie beyond what the criterion foresees and count as 0 or 10: marked in the "
        "corner."
    )
    single = assess(placed({**EIGHT, "far": (11.0, 9.0)}))
    assert told(single).startswith("1 level lies beyond what the criterion foresees and counts as")


def test_more_than_a_fifth_beyond_the_anchors_says_that_they_are_too_narrow() -> None:
    """Of ten customers two beyond are just enough; a third is too much."""
    ten = {**EIGHT, "nine": (11.0, 5.0), "ten": (-2.0, 5.0)}
    assert of_criteria(assess(placed(ten))) == ()
    result = assess(placed({**ten, "c0": (12.0, 5.0)}))
    [sentence] = of_criteria(result)
    assert sentence == (
        "The levels of Criterion a are too narrow: 3 of 10 customers lie beyond them. Widen its "
        "lowest or highest level, then weigh it again."
    )


def test_unknown_levels_are_neither_beyond_nor_counted() -> None:
    result = assess(placed({"ash": (11.0, 5.0), "bay": (None, 5.0), "cob": (None, 5.0)}))
    [sentence] = of_criteria(result)
    assert "1 of 1 customers lie beyond them" in sentence


def test_customers_off_the_long_list_do_not_make_a_criterion_too_narrow() -> None:
    outside = {f"far{n}": (20.0, 5.0) for n in range(5)}
    listed = ChooseLongList(long_list=LongList(customers=tuple(EIGHT), rule="by hand"))
    result = assess(after(placed({**EIGHT, **outside}), listed))
    assert of_criteria(result) == ()
    assert told(result) == ""


@given(workshops())
def test_no_level_between_the_anchors_is_ever_flagged(workshop: Workshop) -> None:
    result = assess(workshop)
    values = result.valued.table[beyond(result)]
    assert set(values.tolist()) <= {0.0, 10.0}


# --- customers without sales ----------------------------------------------------------------------


def with_prospect(**profile: float) -> Assessment:
    """Eight customers and a prospect, with share of wallet as the catalogue has it."""
    workshop = placed({**EIGHT, "new": (2.0, 1.0)}, revenue=5.0, controllable=False)
    share = criterion("S01", S, name="Share of wallet")
    levels = scores(("S01",), dict.fromkeys(EIGHT, (4.0,)))
    return assess(
        after(
            workshop,
            PutCriterion(criterion=share),
            levels,
            PutCustomer(customer=customer("new", **profile)),
        )
    )


def test_a_prospect_is_drawn_and_told_with_what_is_unknown_by_nature() -> None:
    result = with_prospect(revenue=0.0)
    assert "new" in set(tables.matrix(result)["id"])
    assert told(result) == (
        "New buys nothing from us yet: drawn like all others, never planned to exit. Share of "
        "wallet: 0 or unknown there, by nature."
    )


def test_a_prospect_is_never_planned_to_exit_where_a_customer_would_be() -> None:
    prospect, buyer = with_prospect(revenue=0.0), with_prospect(revenue=5.0)
    plans = [draft(result, "new", TODAY) for result in (prospect, buyer)]
    assert [plan.template for plan in plans if plan] == ["L2", "L3"]


def test_a_customer_whose_revenue_is_unknown_is_no_prospect() -> None:
    assert not is_prospect(customer("ash"))
    assert not is_prospect(customer("ash", revenue=1.0))
    assert is_prospect(customer("ash", revenue=0.0))
    assert told(with_prospect()) == ""


def test_many_prospects_are_counted_after_the_first_five() -> None:
    result = assess(placed(EIGHT, revenue=0.0))
    assert told(result) == (
        "C4, C5, C3, C6, C2 and 3 more buy nothing from us yet: drawn like all others, never "
        "planned to exit."
    )


@pytest.mark.parametrize(
    ("key", "column", "past"),
    [("S01", "", True), ("C1", "otif_pct", True), ("S03", "", False), ("A01", "", False)],
)
def test_criteria_of_past_business_are_known_by_id_or_column(
    key: str, column: str, *, past: bool
) -> None:
    assert speaks_of_past_business(criterion(key, S, column=column)) is past


# --- units ----------------------------------------------------------------------------------------


def test_a_criterion_without_a_unit_cannot_be_scored_and_says_so() -> None:
    bare = PutCriterion(criterion=criterion("u", A, unit=""))
    with pytest.raises(Refused, match=r"it lacks a unit\. Complete it on the Criteria page"):
        after(placed(EIGHT), bare, ScoreCustomer(customer="c0", criterion="u", value=3))


def test_every_cell_of_the_heatmap_carries_the_unit_of_its_criterion() -> None:
    other = PutCriterion(criterion=criterion("u", A, unit="% of revenue"))
    frame = tables.heat(assess(after(placed(EIGHT), other)))
    units = dict(zip(frame["criterion"], frame["unit"], strict=True))
    assert units == {"a": "points", "s": "points", "u": "% of revenue"}
