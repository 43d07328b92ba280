"""Hours that become free go to who stays: worked by hand, and adding up for any customers."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.freed_hours import Freed, Why, freed_hours, freed_words, in_whole_hours
from kam.method.resources import Share

ASH = Share("Ash", 300, 100, 900, 80)
BAY = Share("Bay", 100, 0, 60, 300)
COD = Share("Cod", 100, 0, 400, 20)
OUR = "our people, who spend more hours than there are"


def freed(*shares: Share, leaving: str = "Bay") -> Freed:
    found = freed_hours(shares, {leaving})
    assert found is not None
    return found


def test_who_alone_stays_gets_all_that_becomes_free() -> None:
    assert freed(ASH, BAY) == Freed(300, {"Ash": 300}, 0)


def test_the_free_hours_are_shared_out_by_potential_on_top_of_what_each_has() -> None:
    """400 hours for potentials of 300 and 100: 300 and 100, of which they have 80 and 20."""
    found = freed(ASH, BAY, COD)
    assert found.to == pytest.approx({"Ash": 220, "Cod": 80})


def test_nobody_loses_hours_and_who_has_too_many_gets_none() -> None:
    assert freed(ASH, BAY, replace(COD, hours=390)).to == pytest.approx({"Ash": 300})


def test_what_a_class_promises_comes_first_where_the_hours_are_enough_for_all() -> None:
    small = replace(ASH, potential=None)
    assert freed(small, replace(BAY, hours=50), COD).to == pytest.approx({"Ash": 20, "Cod": 30})
    assert freed(small, replace(BAY, hours=10), COD).to == pytest.approx({"Cod": 10})


def test_hours_beyond_the_most_of_all_have_no_place_and_are_told() -> None:
    found = freed(replace(ASH, cap=200), BAY)
    assert (found.to, found.unplaced) == ({"Ash": 120}, 180)
    assert freed_words(found) == (
        "300 hours a year become free. They are due to Ash (120). 180 have no place: of those who "
        "stay, 1 has the most hours that it may have."
    )


def test_without_any_known_potential_none_has_a_place() -> None:
    found = freed(replace(COD, potential=None), BAY)
    assert (found.to, found.unplaced) == ({}, 300)
    assert freed_words(found) == (
        "300 hours a year become free. They have no place: of those who stay, 1 has a likely gain "
        "that is not known."
    )


def test_where_there_is_nothing_to_win_the_words_say_so() -> None:
    found = freed(replace(ASH, potential=0, floor=0), replace(COD, potential=0), BAY)
    assert (found.to, found.why) == ({}, {Why.NOTHING: 2})
    assert freed_words(found).endswith("no place: of those who stay, 2 have no likely gain.")


def test_where_nobody_stays_the_words_say_so() -> None:
    assert freed_words(freed(BAY)) == (
        "300 hours a year become free. They have no place: nobody stays who could take them."
    )


@pytest.mark.parametrize(
    ("there", "to", "told"),
    [
        (400, {"Ash": 300}, "They are due to Ash (300)."),
        (380, {"Ash": 300}, "They are due to Ash (300)."),
        (280, {"Ash": 200}, f"100 of them relieve {OUR}. 200 are due to Ash (200)."),
        (80, {}, f"They only relieve {OUR}."),
        (10, {}, f"They only relieve {OUR}."),
    ],
)  # fmt: skip
def test_hours_beyond_those_that_there_are_are_given_to_nobody(
    there: float, to: dict[str, float], told: str
) -> None:
    """Ash has 80 and Bay, who leaves, 300: with fewer than 380 the people have too much to do."""
    found = freed_hours([ASH, BAY], {"Bay"}, there)
    assert found is not None
    assert found.to == pytest.approx(to)
    assert found.relief + sum(found.to.values()) == pytest.approx(300)
    assert freed_words(found) == f"300 hours a year become free. {told}"


def test_who_has_more_than_the_most_of_its_class_keeps_it() -> None:
    assert freed(replace(COD, cap=10), BAY) == Freed(300, {}, 300, why={Why.MOST: 1})


def test_unknown_hours_of_who_leaves_cannot_be_shared_out() -> None:
    assert freed_hours([ASH, replace(BAY, hours=None)], {"Bay"}) is None
    assert freed_hours([ASH], set()) is None


def test_who_stays_with_unknown_hours_gets_none_and_is_named() -> None:
    found = freed(ASH, BAY, replace(COD, hours=None))
    assert (found.to, found.unknown) == ({"Ash": 300}, ("Cod",))
    assert freed_words(found).endswith("Cod gets none, as its present hours are not known.")
    many = Freed(10, {"A": 10}, 0, tuple("BCDEFG"))
    assert freed_words(many).endswith(
        "B, C, D, E and 2 more get none, as their present hours are not known."
    )


def test_names_are_told_with_their_hours_and_more_are_counted() -> None:
    many = Freed(10, dict.fromkeys("ABCDEF", 10 / 6), 0)
    assert freed_words(many, str.lower) == (
        "10 hours a year become free. They are due to a (2), b (1), c (2), d (2) and 2 more (3)."
    )


POTENTIALS = st.one_of(st.none(), st.floats(0, 1e6))


@st.composite
def staffed(draw: st.DrawFn) -> list[Share]:
    """Up to eight customers with hours, some of them with more than the most of their class."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        floor = draw(st.floats(0, 300))
        cap = draw(st.one_of(st.just(inf), st.floats(floor, 600)))
        worth, hours = draw(POTENTIALS), draw(st.floats(0, 1_000))
        found.append(Share(str(number), worth, floor, cap, hours))
    return found


@given(shares=staffed(), data=st.data())
def test_all_hours_that_become_free_have_a_place_or_are_told(
    shares: list[Share], data: st.DataObject
) -> None:
    names = [one.customer for one in shares]
    leaving = data.draw(st.sets(st.sampled_from(names), min_size=1))
    there = data.draw(st.one_of(st.none(), st.floats(0, 9_000)))
    found = freed_hours(shares, leaving, there)
    assert found is not None
    spent = sum(one.hours or 0 for one in shares if one.customer in leaving)
    assert found.hours == pytest.approx(spent)
    given_out = sum(found.to.values()) + found.unplaced + found.relief
    assert given_out == pytest.approx(spent, abs=0.01)
    assert not set(found.to) & leaving
    assert all(hours > 0 for hours in found.to.values())


@given(shares=staffed())
def test_whole_hours_add_up_to_the_whole_sum(shares: list[Share]) -> None:
    found = freed_hours(shares, {"0"})
    assert found is not None
    whole, unplaced, _ = in_whole_hours(found)
    assert abs(sum(whole.values()) + unplaced - found.hours) <= 0.51
    assert all(abs(whole[key] - found.to[key]) <= 1 for key in whole)
