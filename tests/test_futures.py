"""Of `kam.method.futures`: one state beside another, and today beside year three."""

import pytest
from hypothesis import given

from kam.edits import (
    CastBallot,
    ChooseLongList,
    Forecast,
    MoveLine,
    OverrideClass,
    PutCustomer,
    PutMember,
    RemoveCustomers,
    ScoreCustomer,
    SetPoints,
    VoteScores,
)
from kam.errors import Refused
from kam.method import futures
from kam.method.assessment import assess
from kam.method.futures import Arrow, Move
from kam.model import Ballot, Class, LongList, Member, Workshop
from tests.workshops import after, by_hand, customer, made, placed, workshops

KEY, CORE, NEARLY, LOW = tuple(Class)
# ash key, bay not placed well enough, cob with little to gain
THREE = {"ash": (8.0, 8.0), "bay": (8.0, 3.0), "cob": (2.0, 8.0)}


def forecast(customer: str, criterion: str, level: float | None) -> Forecast:
    return Forecast(customer=customer, criterion=criterion, level=level)


def test_year_three_has_the_forecast_in_place_of_the_score_and_the_rest_as_today() -> None:
    today = after(placed(THREE), forecast("bay", "s", 7.0))
    then = assess(futures.in_three_years(today))
    assert futures.position(then.standings["bay"]) == (7.0, 8.0)
    assert then.standings["bay"].klass is KEY
    assert futures.position(then.standings["ash"]) == (8.0, 8.0)
    assert assess(today).standings["bay"].klass is NEARLY


def test_without_a_forecast_year_three_is_today() -> None:
    today = placed(THREE)
    assert futures.in_three_years(today) is today


@given(workshops())
def test_forecasts_that_say_as_today_change_no_standing(workshop: Workshop) -> None:
    for criterion, scored in workshop.scores.items():
        for who, score in scored.items():
            workshop = after(workshop, forecast(who, criterion, score.value))
    today, then = assess(workshop), assess(futures.in_three_years(workshop))
    assert futures.moves(today, then) == ()
    assert all(arrow.today == arrow.then for arrow in futures.arrows(today, then))


def test_a_forecast_counts_where_today_knows_nothing_or_only_votes() -> None:
    unknown = after(placed(THREE), ScoreCustomer(customer="bay", criterion="s", value=None))
    voted = after(
        unknown,
        PutMember(member=Member(id="ines", name="Ines")),
        VoteScores(member="ines", criterion="s", steps={"bay": 1}),
    )
    for workshop in (unknown, voted):
        then = assess(futures.in_three_years(after(workshop, forecast("bay", "s", 9.0))))
        assert then.standings["bay"].strength[0] == 9.0


def test_arrows_lead_from_today_to_year_three_of_those_with_a_forecast() -> None:
    today = after(placed(THREE), forecast("bay", "s", 7.0), forecast("cob", "a", 4.0))
    found = futures.arrows(assess(today), assess(futures.in_three_years(today)))
    assert found == (
        Arrow("bay", (3.0, 8.0), (7.0, 8.0)),
        Arrow("cob", (8.0, 2.0), (8.0, 4.0)),
    )


def test_who_has_no_place_today_or_is_not_judged_has_no_arrow() -> None:
    unscored = after(
        placed(THREE), PutCustomer(customer=customer("new")), forecast("new", "s", 7.0)
    )
    assert futures.arrows(assess(unscored), assess(futures.in_three_years(unscored))) == ()
    listed = ChooseLongList(long_list=LongList(customers=("ash", "cob")))
    beside = after(placed(THREE), forecast("bay", "s", 7.0), listed)
    assert futures.arrows(assess(beside), assess(futures.in_three_years(beside))) == ()


def test_moves_name_class_before_and_after_and_key_accounts_first() -> None:
    before = placed(THREE)
    changed = after(
        before, MoveLine(line="strategic", value=9.0), MoveLine(line="strength", value=3)
    )
    found = futures.moves(assess(before), assess(changed))
    assert found == (Move("bay", NEARLY, CORE), Move("ash", KEY, CORE))
    assert [move.enters_or_leaves for move in found] == [True, False]


def test_the_same_result_has_no_moves_and_a_removed_customer_is_none() -> None:
    before = assess(placed(THREE))
    assert futures.moves(before, before) == ()
    fewer = assess(after(placed(THREE), RemoveCustomers(customers=("ash",))))
    assert futures.moves(before, fewer) == ()


@given(workshops())
def test_moves_there_and_back_are_the_same_customers(workshop: Workshop) -> None:
    before, later = assess(workshop), assess(after(workshop, MoveLine(line="strength", value=7.5)))
    there, back = futures.moves(before, later), futures.moves(later, before)
    assert {(m.customer, m.before, m.after) for m in there} == {
        (m.customer, m.after, m.before) for m in back
    }


def test_who_is_not_scored_in_one_of_two_states_moves_and_enters_nothing() -> None:
    unscored = after(placed(THREE), ScoreCustomer(customer="cob", criterion="a", value=None))
    [move] = futures.moves(assess(placed(THREE)), assess(unscored))
    assert move == Move("cob", LOW, None)
    assert not move.enters_or_leaves


def test_only_customers_whose_class_differs_somewhere_are_told_with_each_class() -> None:
    first = placed(THREE)
    second = after(first, MoveLine(line="strength", value=2.0))
    third = after(first, RemoveCustomers(customers=("cob",)))
    found = futures.differing([assess(w) for w in (first, second, third)])
    assert found == {"bay": (NEARLY, KEY, NEARLY), "cob": (LOW, LOW, None)}


def test_one_result_or_none_differs_from_nothing() -> None:
    assert futures.differing([]) == {}
    assert futures.differing([assess(by_hand())]) == {}


def test_the_key_accounts_share_of_revenue_counts_what_is_known() -> None:
    people = [("ash", 30.0), ("bay", 10.0), ("cob", None)]
    workshop = after(
        placed(THREE),
        *(PutCustomer(customer=customer(key, revenue=value)) for key, value in people),
    )
    assert futures.key_share(assess(workshop)) == pytest.approx(0.75)
    decided = OverrideClass(customer="ash", klass=LOW, by="Ines", reason="Sold")
    assert futures.key_share(assess(after(workshop, decided))) == 0.0


def test_a_share_of_no_known_revenue_is_unknown_and_never_zero() -> None:
    assert futures.key_share(assess(placed(THREE))) is None
    assert futures.key_share(assess(made())) is None
    returns = after(placed(THREE), PutCustomer(customer=customer("ash", revenue=-5.0)))
    assert futures.key_share(assess(returns)) is None


@given(workshops())
def test_a_result_beside_a_known_one_is_the_result_that_stands_alone(workshop: Workshop) -> None:
    known = assess(workshop)
    criterion = next(iter(workshop.criteria))
    for edit in (
        SetPoints(points={criterion: 77.0}),
        MoveLine(line="attractiveness", value=6.0),
        ScoreCustomer(customer="c0", criterion=criterion, value=3.0),
    ):
        new = after(workshop, edit)
        beside, alone = futures.result_beside(new, known), assess(new)
        assert repr(beside.standings) == repr(alone.standings)  # NaN is not equal to itself


def test_values_are_taken_over_where_nothing_that_they_rest_on_changed() -> None:
    known = assess(placed(THREE))
    moved = after(known.workshop, MoveLine(line="strength", value=7.5))
    scored = after(known.workshop, ScoreCustomer(customer="ash", criterion="s", value=1.0))
    assert futures.result_beside(moved, known).valued is known.valued
    assert futures.result_beside(scored, known).valued is not known.valued


def voted() -> Workshop:
    """One member weighs the two criteria 3 : 1, three 1 : 1, and points are agreed otherwise."""
    people = ("ines", "otto", "pia", "sven")
    even = (CastBallot(ballot=Ballot(member=key, swings={"a": 1, "s": 1})) for key in people[1:])
    return after(
        placed(THREE),
        *(PutMember(member=Member(id=key, name=key.capitalize())) for key in people),
        CastBallot(ballot=Ballot(member="ines", swings={"a": 100, "s": 100 / 3})),
        *even,
        SetPoints(points={"a": 10, "s": 90}),
    )


def test_points_without_a_member_are_the_mean_of_the_others_and_not_the_agreed_ones() -> None:
    otto_out = {"a": 175 / 3, "s": 125 / 3}
    assert futures.points_without(voted(), {"otto"}) == pytest.approx(otto_out)
    assert futures.points_without(voted(), {"ines"}) == pytest.approx({"a": 50, "s": 50})
    assert futures.points_without(voted(), set()) == pytest.approx({"a": 56.25, "s": 43.75})


def test_fewer_than_three_left_is_refused_with_the_way_on() -> None:
    with pytest.raises(Refused, match="Leave at least 3 members' weights in"):
        futures.points_without(voted(), {"ines", "otto"})
    with pytest.raises(Refused, match="The weights of 0 would be left"):
        futures.points_without(placed(THREE), set())
