"""Of `kam.report.tables`; "by hand" is worked out in tests/workshops.py."""

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from kam.edits import (
    ChangeProfile,
    ChooseLongList,
    ConfirmClass,
    OverrideClass,
    PutCriterion,
    RemoveCriterion,
    SavePlans,
    ScoreCustomer,
    SetPoints,
)
from kam.method.assessment import assess
from kam.model import Action, Axis, Class, LongList, Outcome, Plan, Profile, Workshop
from kam.report import tables
from kam.validated import changed
from tests.voted import weighed
from tests.workshops import (
    TODAY,
    A,
    after,
    by_hand,
    criterion,
    full,
    made,
    placed,
    places,
    workshops,
)

HAND = assess(by_hand())


def column(frame: pd.DataFrame, name: str) -> list[object]:
    """A column as a list, NaN as `None`."""
    return [None if value is None or value != value else value for value in frame[name]]  # noqa: PLR0124 - NaN


# --- the matrix -----------------------------------------------------------------------------------


def test_the_matrix_has_the_scores_worked_out_by_hand_in_the_one_order() -> None:
    # Distances: Ash min(7 - 5, 6 - 5) = 1; Bay min(0, -1) = -1; Cob min(-3, 4) = -3.
    frame = tables.matrix(HAND)
    assert column(frame, "id") == ["ash", "bay", "cob"]
    assert column(frame, "attractiveness") == pytest.approx([7.0, 5.0, 2.0])
    assert column(frame, "strength") == pytest.approx([6.0, 4.0, 9.0])
    assert column(frame, "distance") == pytest.approx([1.0, -1.0, -3.0])


def test_who_has_no_score_is_not_drawn() -> None:
    workshop = after(by_hand(), ScoreCustomer(customer="bay", criterion="s", value=None))
    assert column(tables.matrix(assess(workshop)), "id") == ["ash", "cob"]


def test_sizes_are_in_millions_and_unknown_ones_are_unknown() -> None:
    frame = tables.matrix(assess(placed({"ash": (8.0, 8.0)}, revenue=2_500_000.0)))
    assert column(frame, "size") == [2.5]
    assert column(tables.matrix(HAND), "size") == [None, None, None]


@pytest.mark.parametrize("size", tables.SIZES)
def test_every_size_on_offer_can_be_drawn(size: str) -> None:
    rich = after(
        placed({"ash": (8.0, 8.0)}),
        ChangeProfile(customer="ash", profile=changed(Profile(), **{size: 3_000_000.0})),
    )
    frame = tables.matrix(assess(rich), size)
    assert column(frame, "size") == [3.0]


def test_an_override_is_marked() -> None:
    decided = after(
        by_hand(),
        OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised"),
    )
    frame = tables.matrix(assess(decided)).set_index("id")
    assert list(frame["override"][["ash", "bay"]]) == [False, True]
    assert frame["klass"]["bay"] == "key_core"


def test_a_bar_is_drawn_only_where_the_unknown_crosses_the_cut_off() -> None:
    # Cob lies between 1.5 and 4.0 (line 5): no bar. With b at half the weight: 2 known of 1/2,
    # so between 1.0 and 6.0.
    assert column(tables.matrix(HAND), "attractiveness_low") == [None, None, None]
    level = assess(after(by_hand(), SetPoints(points={"a": 20, "b": 20})))
    cob = tables.matrix(level).set_index("id").loc["cob"]
    assert (cob["attractiveness_low"], cob["attractiveness_high"]) == pytest.approx((1.0, 6.0))
    assert cob.isna()["strength_low"]


@given(workshops())
def test_the_matrix_follows_the_one_order_and_holds_every_scored_customer(w: Workshop) -> None:
    result = assess(w)
    frame = tables.matrix(result)
    assert len(frame) == result.scored_count
    assert frame["distance"].round(9).is_monotonic_decreasing  # alike to the ninth is a tie
    assert frame["strength"].between(0, 10).all()
    assert frame["attractiveness"].between(0, 10).all()


def test_nobody_gives_an_empty_matrix_with_all_its_columns() -> None:
    frame = tables.matrix(assess(made()))
    assert frame.empty
    assert list(frame.columns) == list(tables.matrix(HAND).columns)


# --- weights and contributions --------------------------------------------------------------------


def test_points_are_whole_and_add_to_a_hundred() -> None:
    frame = tables.weights(HAND)
    assert list(zip(frame["id"], frame["points"], strict=True)) == [("a", 50), ("b", 17), ("s", 33)]


def test_votes_stand_beside_the_points_from_the_lowest_so_that_nobody_can_be_told() -> None:
    votes = tables.weights(assess(weighed()))["votes"]
    assert [list(one) for one in votes] == [[0, 25, 50], [0, 25, 50], [50, 50, 50]]


def test_a_criterion_that_fewer_than_three_judged_shows_no_vote_and_none_that_was_filled_in() -> (
    None
):
    rows = [(100.0, None, 100.0), (100.0, None, 50.0), (100.0, 80.0, 100.0)]
    votes = tables.weights(assess(weighed(rows))).set_index("id")["votes"]
    assert votes["b"] == []
    assert len(votes["a"]) == len(votes["s"]) == 3


def test_contributions_add_up_to_the_score() -> None:
    # Ash: a gives 3/4 x 8 = 6, b gives 1/4 x 4 = 1.
    frame = tables.contributions(HAND, "ash", Axis.ATTRACTIVENESS)
    assert column(frame, "points") == pytest.approx([6.0, 1.0])
    assert column(frame, "most") == pytest.approx([7.5, 2.5])
    assert column(frame, "raw") == [8.0, 4.0]


def test_what_is_unknown_contributes_nothing_known_and_the_rest_carries_the_score() -> None:
    # Cob: a alone is known, so it carries the whole estimate of 2.0; b is unknown, not zero.
    frame = tables.contributions(HAND, "cob", Axis.ATTRACTIVENESS)
    assert column(frame, "points") == [pytest.approx(2.0), None]
    assert column(frame, "value") == [2.0, None]


@given(workshops())
def test_contributions_add_up_for_everybody(workshop: Workshop) -> None:
    result = assess(workshop)
    for key, standing in result.standings.items():
        for axis, score in ((Axis.ATTRACTIVENESS, standing.attractiveness[0]),
                            (Axis.STRENGTH, standing.strength[0])):  # fmt: skip
            if not math.isnan(score):
                points = tables.contributions(result, key, axis)["points"]
                assert np.nansum(points) == pytest.approx(score, abs=1e-9)


def test_an_axis_without_criteria_has_no_contributions() -> None:
    bare = assess(after(by_hand(), RemoveCriterion(criterion="s")))
    assert tables.contributions(bare, "ash", Axis.STRENGTH).empty


# --- levels ---------------------------------------------------------------------------------------


def test_levels_are_those_that_are_scored() -> None:
    assert tables.levels(by_hand(), "b") == [4.0, 2.0]
    assert tables.levels(by_hand(), "no such") == []


def test_a_criterion_that_does_not_separate_customers_is_told_apart() -> None:
    same = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="s", value=6.0),
        ScoreCustomer(customer="bay", criterion="s", value=6.4),
        ScoreCustomer(customer="cob", criterion="s", value=6.2),
    )
    assert tables.spread(assess(same), "s") is False
    assert tables.spread(HAND, "s") is True


def test_spread_is_unknown_below_two_scores_and_for_incomplete_criteria() -> None:
    single = after(by_hand(), ScoreCustomer(customer="bay", criterion="b", value=None))
    assert tables.spread(assess(single), "b") is None
    vague = after(by_hand(), PutCriterion(criterion=criterion("v", A, definition="")))
    assert tables.spread(assess(vague), "v") is None


def test_the_grid_is_raw_levels_in_the_one_order_and_unknown_is_empty() -> None:
    frame = tables.grid(HAND)
    assert list(frame.index) == ["ash", "bay", "cob"]
    assert list(frame["b"].fillna(-1)) == [4.0, 2.0, -1]


def test_the_heatmap_has_a_cell_for_every_customer_and_complete_criterion() -> None:
    frame = tables.heat(HAND)
    assert len(frame) == 9
    cell = frame[(frame["customer"] == "cob") & (frame["criterion"] == "b")].iloc[0]
    assert (cell["name"], cell["title"], cell["unit"]) == ("Cob", "Criterion b", "points")
    assert math.isnan(cell["value"])
    assert math.isnan(cell["raw"])
    assert not frame["beyond"].any()


def test_the_heatmap_knows_where_at_least_three_votes_lie_apart() -> None:
    votes = {"a": {"ash": {"m1": 1, "m2": 3, "m3": 2}, "bay": {"m1": 1, "m2": 5}, "cob": {"m1": 2}}}
    three = placed({"ash": (6.0, 6.0), "bay": (6.0, 6.0), "cob": (6.0, 6.0)})
    frame = tables.heat(assess(changed(three, votes=votes)))
    apart = [(row.customer, row.criterion) for row in frame.itertuples() if row.apart]
    assert apart == [("ash", "a")]


def test_the_heatmap_knows_which_levels_lie_beyond_the_anchors() -> None:
    frame = tables.heat(assess(placed({"ash": (11.0, -1.0), "bay": (10.0, None)})))
    found = {(row.customer, row.criterion) for row in frame[frame["beyond"]].itertuples()}
    assert found == {("ash", "a"), ("ash", "s")}
    assert frame.set_index(["customer", "criterion"])["value"]["ash"].tolist() == [10.0, 0.0]


# --- capacity -------------------------------------------------------------------------------------


def test_the_queue_is_in_the_one_order_and_says_who_waits() -> None:
    workshop = after(placed({"ash": (9.0, 9.0), "bay": (8.0, 8.0), "cob": (7.0, 7.0)}), places(2))
    frame = tables.queue(assess(workshop))
    assert column(frame, "id") == ["ash", "bay", "cob"]
    assert column(frame, "waits") == [False, False, True]
    assert column(frame, "hours") == [1.0, 1.0, 1.0]


def test_nobody_gives_an_empty_queue() -> None:
    assert tables.queue(assess(made())).empty


# --- the table twin -------------------------------------------------------------------------------


def test_every_customer_has_a_row_and_unknown_is_empty() -> None:
    frame = tables.customers(HAND).set_index("Id")
    assert list(frame.index) == ["ash", "bay", "cob"]
    assert list(frame["Place"]) == [1, 2, 3]
    assert math.isnan(frame["Criterion b, points"]["cob"])
    assert frame["Known, attractiveness %"]["cob"] == pytest.approx(75.0)


def test_who_is_not_scored_has_no_place_and_no_number() -> None:
    workshop = after(by_hand(), ScoreCustomer(customer="bay", criterion="s", value=None))
    row = tables.customers(assess(workshop)).set_index("Id").loc["bay"]
    assert row["Class"] == "Not scored"
    assert row[["Place", "Distance to key", "Attractiveness", "Strength"]].isna().all()


def test_an_override_is_listed_with_its_name() -> None:
    row = tables.customers(assess(full())).set_index("Id").loc["bay"]
    assert row["Override by"] == "Ines"
    assert "We promised" in row["Why"]


def test_what_the_team_confirmed_is_listed_beside_with_whether_it_holds() -> None:
    wrong = ConfirmClass(customer="ash", klass=Class.LOW_PRIORITY, by="Otto")
    told = tables.customers(assess(after(full(), wrong))).set_index("Id")["Confirmed"]
    assert told[["bay", "cob"]].to_list() == ["", "Confirmed by Ines"]
    assert told["ash"] == "The rule has changed: Low priority was confirmed by Otto"


def test_a_criterion_that_is_called_like_a_profile_column_hides_nothing() -> None:
    workshop = after(
        placed({"ash": (8.0, 6.0)}, revenue=7.0),
        PutCriterion(criterion=criterion("b", A)),
        ScoreCustomer(customer="ash", criterion="b", value=3.0),
        PutCriterion(criterion=criterion("a", A, name="Revenue", unit="EUR")),
        PutCriterion(criterion=criterion("b", A, name="Revenue", unit="EUR")),
    )
    row = tables.customers(assess(workshop)).iloc[0]
    assert [row["Revenue, EUR"], row["Revenue, EUR (2)"], row["Revenue, EUR (3)"]] == [7, 8, 3]


@given(workshops())
def test_the_table_twin_has_one_row_a_customer(workshop: Workshop) -> None:
    frame = tables.customers(assess(workshop))
    assert sorted(frame["Id"]) == sorted(workshop.customers)


# --- plans ----------------------------------------------------------------------------------------


def test_a_deadline_line_has_every_plan_with_a_date_and_says_which_are_late() -> None:
    plans = {
        "ash": Plan(customer="ash", template="L2", deadline=TODAY - timedelta(1)),
        "bay": Plan(customer="bay", template="L2", deadline=TODAY),
        "cob": Plan(customer="cob", template="L2"),
    }
    frame = tables.deadlines(HAND, plans, TODAY)
    assert list(zip(frame["customer"], frame["overdue"], strict=True)) == [
        ("ash", True), ("bay", False)
    ]  # fmt: skip


def test_plans_are_saved_or_drafts_and_key_accounts_have_none() -> None:
    saved = Plan(customer="bay", template="N1", goal="Grow", owner="Ines",
                 actions=(Action(text="Call", due=date(2026, 4, 1)),))  # fmt: skip
    frame = tables.plans(assess(after(by_hand(), SavePlans(plans={"bay": saved}))), TODAY)
    states = dict(zip(frame["Customer"], frame["State"], strict=True))
    assert states == {"Bay": "saved", "Cob": "draft"}
    bay = frame.set_index("Customer").loc["Bay"]
    assert bay["Actions"] == "Call (no owner, 2026-04-01)"
    assert "no deadline yet" in bay["Missing"]


def test_a_plan_that_ended_is_told_and_the_next_one_is_a_draft() -> None:
    ended = Plan(
        customer="cob", template="L1", outcome=Outcome(what="dropped", on=TODAY, by="Ines")
    )
    for kept in ({"plans": {"cob": ended}}, {"ended_plans": (ended,)}):
        frame = tables.plans(assess(changed(by_hand(), **kept)), TODAY)
        states = frame[frame["Customer"] == "Cob"]["State"].tolist()
        assert states == [f"dropped on {TODAY.isoformat()} by Ines", "draft"]


def test_the_draft_after_letting_go_is_the_managed_exit_as_on_the_page() -> None:
    gone = Plan(customer="cob", template="L2", outcome=Outcome(what="exited", on=TODAY, by="Ines"))
    frame = tables.plans(assess(after(by_hand(), SavePlans(plans={"cob": gone}))), TODAY)
    cob = frame[frame["Customer"] == "Cob"]
    assert cob["Plan"].tolist() == ["Serve at low cost", "Managed exit"]


def test_a_saved_plan_stays_when_its_customer_has_no_class_any_more() -> None:
    saved = Plan(customer="cob", template="L2", owner="Ines")
    unscored = ScoreCustomer(customer="cob", criterion="s", value=None)
    result = assess(after(by_hand(), SavePlans(plans={"cob": saved}), unscored))
    assert result.standings["cob"].klass is None
    cob = tables.plans(result, TODAY).set_index("Customer").loc["Cob"]
    assert (cob["Class"], cob["State"]) == ("No class now", "saved")


def test_no_customers_give_no_plans() -> None:
    assert tables.plans(assess(made()), TODAY).empty


def test_the_pictures_show_whom_the_team_judges_and_the_table_shows_everybody() -> None:
    chosen = ChooseLongList(long_list=LongList(customers=("ash", "bay")))
    result = assess(after(by_hand(), chosen))
    assert set(tables.matrix(result)["id"]) == {"ash", "bay"}
    assert set(tables.heat(result)["customer"]) == {"ash", "bay"}
    assert set(tables.grid(result).index) == {"ash", "bay"}
    everybody = tables.customers(result).set_index("Id")
    assert dict(everybody["On the long list"]) == {"ash": "yes", "bay": "yes", "cob": "no"}
    assert everybody["Place"].isna()["cob"]
    assert everybody.loc["cob", "Attractiveness"] == pytest.approx(
        result.standings["cob"].attractiveness[0]
    )
