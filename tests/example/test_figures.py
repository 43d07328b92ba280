"""The invented figures of the example fit each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.example_figures import (
    DEMANDS,
    FACTS,
    JOINT,
    OPERATING_PROFIT,
    ROWS,
    THIS_YEAR,
    Row,
    believed_only,
    customer,
    earlier,
    evidence,
    not_asked_yet,
    profile,
    rows_of,
    scores,
)
from kam.catalogue import GOOD_SET
from kam.model import Favours
from kam.validated import changed


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_margin_less_cost_to_serve_is_the_net_margin(row: Row) -> None:
    told = profile(row)
    if not row.revenue:
        assert told.margin_pct is told.cost_to_serve is row.net is None
        return
    serving = 100 * (told.cost_to_serve or 0) / (told.revenue or 1)
    assert (told.margin_pct or 0) - serving == pytest.approx(row.net, abs=0.01)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_we_sell_no_more_than_the_customer_spends(row: Row) -> None:
    assert 0 <= row.share < 75
    assert row.reach is None or row.reach <= 75
    assert row.met <= row.roles


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_profile_is_four_short_phrases(row: Row) -> None:
    for phrase in (row.market_position, row.growth_potential, row.needs, row.strategic_objectives):
        assert 3 <= len(phrase.split()) <= 16


def test_no_phrase_is_used_twice() -> None:
    phrases = [
        phrase
        for row in ROWS
        for phrase in (
            row.market_position,
            row.growth_potential,
            row.needs,
            row.strategic_objectives,
        )
    ]
    assert len(set(phrases)) == len(phrases) == 160


def test_profit_potential_follows_its_definition() -> None:
    """Worked by hand: 10,000 growing by 10 % for three years, 20 % of it, less 1,000, at 20 %."""
    figures = {"revenue": 1000, "spend": 10_000, "growth": 10, "reach": 20, "net": 20}
    row = changed(ROWS[0], **figures)
    assert row.potential == pytest.approx(100 * (2662 - 1000) * 0.20 / OPERATING_PROFIT, abs=0.005)
    assert row.three_years == 11_000 + 12_100 + 13_310
    assert row.share == 10


def test_a_customer_that_will_buy_less_has_no_potential_rather_than_a_negative_one() -> None:
    assert changed(ROWS[0], growth=-5, reach=5).potential == 0


def test_unknown_growth_leaves_potential_and_spend_unknown() -> None:
    row = changed(ROWS[0], growth=None)
    assert row.potential is None
    assert profile(row).available_spend is None


def test_facts_are_of_the_kinds_that_are_explained() -> None:
    kinds = {kind.key for kind in FACTS}
    assert set(customer(ROWS[0]).facts) == kinds
    prospect = next(row for row in ROWS if not row.revenue)
    assert kinds - set(customer(prospect).facts) == {"net_margin_pct", *DEMANDS}


def test_who_brings_more_demands_more_and_who_is_louder_too() -> None:
    """Worked by hand: 500 at 20 % are 100,000 EUR; 1.4 standard deviations louder is twice."""
    usual = changed(ROWS[0], revenue=500, net=20, demand=0)
    assert usual.demands == {
        "escalations": 1,
        "tickets": 6,
        "special_terms": 0,
        "unplanned_hours": 11,
    }
    assert changed(usual, demand=1.4).demands["unplanned_hours"] == 22
    assert changed(usual, revenue=5000).demands["tickets"] == 56


def test_six_or_seven_people_own_the_customers() -> None:
    assert len({row.owner for row in ROWS}) in (6, 7)


def test_parents_are_customers_too() -> None:
    parents = {row.parent for row in ROWS if row.parent}
    assert len(parents) >= 3
    assert parents <= {row.name for row in ROWS}


@given(st.sampled_from(ROWS), st.sampled_from([2024, 2025]))
def test_an_earlier_year_differs_a_little_and_always_in_the_same_way(row: Row, year: int) -> None:
    then = earlier(row, year)
    assert then == earlier(row, year)
    assert then.id == row.id
    assert then.revenue == pytest.approx(row.revenue, rel=0.12, abs=10)
    assert then.met <= row.roles
    assert 0 <= then.joint <= len(JOINT)
    assert (then.growth is None) is (row.growth is None)


def test_a_prospect_of_this_year_was_not_known_before() -> None:
    new = {row.id for row in rows_of(THIS_YEAR)} - {row.id for row in rows_of(2025)}
    assert new == {"rivermark-bank", "clearwell-utilities"}


def test_a_customer_was_believed_in_before_it_was_asked() -> None:
    asked = next(row for row in ROWS if row.favours_known_by == "asked")
    assert believed_only(asked).favours_known_by == "believed"
    assert believed_only(asked).favours_us is asked.favours_us
    assert not_asked_yet(asked).favours_us is Favours.UNKNOWN
    assert not_asked_yet(asked).favours_known_by is None


def test_unknown_levels_are_left_out_of_the_scores() -> None:
    filled = scores(ROWS, GOOD_SET, THIS_YEAR).scores
    assert "pellas-robotics" not in filled["A02"]
    assert len(filled["S01"]) == 40


def test_the_evidence_of_joint_planning_lists_as_many_things_as_are_counted() -> None:
    for row in ROWS:
        note = evidence(row, THIS_YEAR)["S11"]
        listed = [thing for thing in JOINT if thing.casefold() in note.casefold()]
        assert len(listed) == row.joint
