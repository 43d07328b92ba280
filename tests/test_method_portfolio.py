"""Who holds how much of what, worked out by hand: shares, concentration, groups, treatments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    ChangeEconomics,
    ChangeProfile,
    ClosePlan,
    Forecast,
    SavePlans,
    SetCapacity,
)
from kam.method import portfolio
from kam.method.assessment import Assessment, assess
from kam.method.futures import in_three_years
from kam.method.portfolio import NO_SECTOR, OTHERS, UNSCORED, Held, held
from kam.model import Capacity, Class, Economics, Outcome, Plan, Profile, Workshop
from tests.workshops import TODAY, after, customer, made, placed, places

# Class by place in the matrix: all would favour us, so ash is strategic and bay core.
PLACES = {"ash": (9.0, 8.0), "bay": (6.0, 6.0), "cob": (8.0, 2.0), "dew": (2.0, 9.0)}
REVENUE = {"ash": 50.0, "bay": 30.0, "cob": 15.0, "dew": 5.0}


def with_revenue(workshop: Workshop, revenue: dict[str, float]) -> Workshop:
    """The same workshop with revenue in the profiles."""
    changes = [
        ChangeProfile(
            customer=key,
            profile=workshop.customers[key].profile.model_copy(update={"revenue": value}),
        )
        for key, value in revenue.items()
    ]
    return after(workshop, *changes)


def four() -> Assessment:
    """Four customers, one a class, with revenue of 100 in all."""
    return assess(with_revenue(placed(PLACES), REVENUE))


def in_sectors(of: dict[str, str], revenue: dict[str, float] | None = None) -> Assessment:
    """Customers with their sectors, and nothing else but revenue."""
    sold = revenue or {}
    people = {
        key: customer(key, industry=sector, revenue=sold.get(key)) for key, sector in of.items()
    }
    return assess(made(BringIn(origin="a test", customers=people)))


# --- held -----------------------------------------------------------------------------------------


def test_a_share_is_of_what_is_known() -> None:
    one = held("Revenue", {"a": 60.0, "b": 40.0, "c": None})
    assert one.share(["a", "c"]) == pytest.approx(0.6)
    assert (one.known, one.of) == (2, 3)


def test_amounts_of_nothing_or_less_are_known_but_no_part() -> None:
    one = held("Revenue", {"a": 60.0, "b": 0.0, "c": -20.0})
    assert one.share(["a"]) == 1
    assert one.share(["b", "c"]) == 0
    assert one.known == 3


def test_where_nothing_is_known_there_is_no_share_rather_than_none_at_all() -> None:
    one = held("Hours", {"a": None})
    assert one.share(["a"]) is None
    assert one.top is None
    assert one.hhi is None


def test_the_three_largest_and_the_sum_of_squares_are_as_by_hand() -> None:
    one = held("Revenue", {"a": 10.0, "b": 40.0, "c": 30.0, "d": 20.0})
    assert list(one.amounts) == ["b", "c", "d", "a"]
    assert one.top == pytest.approx(0.9)
    assert one.hhi == pytest.approx(0.16 + 0.09 + 0.04 + 0.01)


AMOUNTS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.none() | st.floats(-1e6, 1e9), max_size=12
)


@given(AMOUNTS)
def test_the_shares_of_all_parts_add_up_to_one(amounts: dict[str, float | None]) -> None:
    one = held("Revenue", amounts)
    whole = one.share(amounts)
    assert whole is None or whole == pytest.approx(1)
    if one.hhi is not None:
        assert 1 / len(one.amounts) - 1e-9 <= one.hhi <= 1 + 1e-9


@given(st.integers(1, 50))
def test_equal_customers_are_as_concentrated_as_they_are_many(count: int) -> None:
    one = held("Revenue", {str(n): 7.0 for n in range(count)})
    assert one.hhi is not None
    assert 1 / one.hhi == pytest.approx(count)


# --- what is looked at ----------------------------------------------------------------------------


def named(result: Assessment) -> dict[str, Held]:
    return {one.name: one for one in portfolio.holdings(result)}


def test_revenue_potential_capital_and_hours_are_looked_at_in_this_order() -> None:
    assert list(named(four())) == [
        "Revenue",
        "Likely gain by year three",
        "Capital tied up",
        "Our hours",
    ]


def test_the_likely_gain_is_the_gain_times_how_likely_it_is() -> None:
    economics = Economics(gain=1000, gain_probability_pct=30, hours=400)
    result = assess(after(placed(PLACES), ChangeEconomics(customer="ash", economics=economics)))
    found = named(result)
    assert found["Likely gain by year three"].amounts == {"ash": pytest.approx(300)}
    assert found["Our hours"].amounts == {"ash": 400}


def test_a_gain_of_unknown_likelihood_is_unknown() -> None:
    economics = Economics(gain=1000)
    result = assess(after(placed(PLACES), ChangeEconomics(customer="ash", economics=economics)))
    assert named(result)["Likely gain by year three"].known == 0


def test_open_spend_stands_in_where_it_is_known_of_more_customers() -> None:
    result = assess(placed(PLACES, available_spend=5.0, capital_employed=2.0))
    found = named(result)
    assert found["What they will spend"].known == 4
    assert found["Capital tied up"].share(["ash"]) == pytest.approx(0.25)


# --- groups ---------------------------------------------------------------------------------------


def test_each_class_has_its_customers_and_empty_ones_are_left_out() -> None:
    assert portfolio.classes(four()) == {
        "Key · strategic": ["ash"],
        "Key · core": ["bay"],
        "Strategic, not yet key": ["cob"],
        "Low priority": ["dew"],
    }
    assert list(portfolio.classes(assess(placed({"ash": (9.0, 8.0)})))) == ["Key · strategic"]


def test_who_is_not_scored_is_a_group_of_its_own() -> None:
    result = assess(placed({"ash": (9.0, 8.0), "bay": (None, None)}))
    assert portfolio.classes(result)[UNSCORED] == ["bay"]


def test_two_ways_of_writing_a_sector_are_one_sector() -> None:
    found = portfolio.sectors(in_sectors({"a": "Retail", "b": " retail ", "c": ""}))
    assert found == {"Retail": ["a", "b"], NO_SECTOR: ["c"]}


def test_the_sectors_with_most_revenue_are_named_and_the_rest_is_one() -> None:
    of = {f"c{n}": f"S{n}" for n in range(8)}
    found = portfolio.sectors(in_sectors(of, {f"c{n}": float(n) for n in range(8)}))
    assert list(found) == ["S7", "S6", "S5", "S4", "S3", OTHERS]
    assert sorted(found[OTHERS]) == ["c0", "c1", "c2"]


def test_six_sectors_are_all_named() -> None:
    found = portfolio.sectors(in_sectors({f"c{n}": f"S{n}" for n in range(6)}))
    assert len(found) == 6
    assert OTHERS not in found


def test_without_revenue_the_sectors_with_most_customers_come_first() -> None:
    found = portfolio.sectors(in_sectors({"a": "One", "b": "Two", "c": "Two"}))
    assert list(found) == ["Two", "One"]


NAMES = st.sampled_from(["", "Retail", "RETAIL", OTHERS, NO_SECTOR, *"abcdefgh"])


@given(st.lists(NAMES, max_size=25))
def test_every_customer_is_in_exactly_one_sector(industries: list[str]) -> None:
    of = {f"c{n}": sector for n, sector in enumerate(industries)}
    found = portfolio.sectors(in_sectors(of))
    assert sorted(key for keys in found.values() for key in keys) == sorted(of)
    assert all(found.values())


# --- treatments -----------------------------------------------------------------------------------


def plan(key: str, template: str = "L2") -> SavePlans:
    return SavePlans(plans={key: Plan.model_validate({"customer": key, "template": template})})


def test_every_class_is_told_with_its_part_of_the_revenue() -> None:
    found = {one.klass: one for one in portfolio.treatments(four())}
    assert list(found) == list(Class)
    assert [one.revenue for one in found.values()] == pytest.approx([0.5, 0.3, 0.15, 0.05])
    assert [one.count for one in found.values()] == [1, 1, 1, 1]


def test_a_class_that_nobody_has_is_told_too() -> None:
    one = portfolio.treatments(assess(placed({"ash": (9.0, 8.0)})))[1]
    assert (one.klass, one.count, one.without_plan) == (Class.KEY_CORE, 0, 0)


def test_hours_are_those_that_the_class_takes() -> None:
    capacity = Capacity(people=2, hours_per_person=1500, hours_strategic=1000, hours_core=400)
    result = assess(after(placed(PLACES), SetCapacity(capacity=capacity)))
    assert [one.hours for one in portfolio.treatments(result)] == [1000, 400, 0, 0]


def test_places_are_no_hours() -> None:
    result = assess(after(placed(PLACES), places(2)))
    assert [one.hours for one in portfolio.treatments(result)] == [0, 0, 0, 0]


def test_a_plan_that_has_ended_is_none() -> None:
    over = Outcome(what="dropped", on=TODAY, by="Ines")
    workshop = after(placed(PLACES), plan("dew", "L3"), plan("cob", "N1"))
    low = portfolio.treatments(assess(workshop))[3]
    assert (low.plans, low.without_plan) == ({"L3": 1}, 0)
    closed = after(workshop, ClosePlan(customer="dew", outcome=over))
    assert portfolio.treatments(assess(closed))[3].without_plan == 1


def test_who_has_been_let_go_needs_no_plan() -> None:
    gone = Outcome(what="exited", on=TODAY, by="Ines")
    workshop = after(placed(PLACES), plan("dew", "L3"), ClosePlan(customer="dew", outcome=gone))
    low = portfolio.treatments(assess(workshop))[3]
    assert (low.count, low.plans, low.without_plan) == (1, {}, 0)


def test_a_class_without_known_revenue_has_no_part_of_it() -> None:
    assert portfolio.treatments(assess(placed(PLACES)))[0].revenue is None


# --- later ----------------------------------------------------------------------------------------


def test_who_comes_into_the_key_zone_behind_the_last_place_has_no_room() -> None:
    now = after(placed({"ash": (9.0, 9.0), "bay": (6.0, 4.0)}), places(1))
    then = in_three_years(after(now, Forecast(criterion="s", customer="bay", level=6.0)))
    assert portfolio.without_room(assess(now), assess(then)) == ("bay",)


def test_who_waits_today_already_is_not_told_again() -> None:
    now = after(placed({"ash": (9.0, 9.0), "bay": (6.0, 6.0)}), places(1))
    assert portfolio.without_room(assess(now), assess(in_three_years(now))) == ()


def test_a_profile_says_nothing_by_default() -> None:
    assert Profile().industry == ""
    assert portfolio.revenue(assess(placed(PLACES))).known == 0
