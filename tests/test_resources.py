"""The hours due to each customer: worked by hand, and what holds for any customers."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.method.resources import Fair, Share, fair_hours, fair_words, potential

POTENTIALS = (320.0, 240.0, 60.0, -20.0, 180.0, 110.0)  # method.md section 9
NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")


def six(floor: float = 100, cap: float = 900) -> list[Share]:
    """The six customers of method.md section 9."""
    return [Share(name, worth, floor, cap) for name, worth in zip(NAMES, POTENTIALS, strict=True)]


@st.composite
def customers(draw: st.DrawFn) -> list[Share]:
    """Up to twelve customers, some without potential, some of whom nothing is known."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        floor = draw(st.floats(0, 500))
        cap = draw(st.one_of(st.floats(floor, 2_000), st.just(inf), st.just(floor)))
        worth = draw(st.one_of(st.none(), st.floats(-1e6, 0), st.floats(0.001, 1e9)))
        hours = draw(st.one_of(st.none(), st.floats(0, 3_000)))
        found.append(Share(str(number), worth, floor, cap, hours))
    return found


def keeps(row: Share) -> bool:
    """Whether it keeps the hours that it has."""
    return row.potential is None and row.hours is not None


def room(shares: list[Share], more: float) -> float:
    """Hours that hold all floors and what is kept, and some more."""
    return sum(row.hours or 0 if keeps(row) else row.floor for row in shares) + more


MORE = st.floats(0, 10_000)


# --- worked by hand -------------------------------------------------------------------------------


def test_the_six_customers_of_the_method_get_their_published_hours() -> None:
    fair = fair_hours(six(), 3_000)
    assert [round(hours) for hours in fair.hours.values()] == [900, 814, 203, 100, 610, 373]
    assert sum(fair.hours.values()) == pytest.approx(3_000)
    assert fair.scale == pytest.approx(2_000 / 590)
    assert (fair.unplaced, fair.short, fair.unknown) == (0, 0, ())


def test_floors_above_the_hours_share_out_nothing_and_say_so() -> None:
    fair = fair_hours(six(), 500)
    assert (dict(fair.hours), fair.scale, fair.short) == ({}, None, 100)
    [told] = fair_words(fair)
    assert told == (
        "There are too many accounts for the hours: their least hours add up to 600, and there "
        "are 500. Keep fewer accounts, promise less, or find 100 hours more."
    )


def test_floors_that_just_fit_are_the_hours() -> None:
    fair = fair_hours(six(), 600)
    assert set(fair.hours.values()) == {100}
    assert (fair.scale, fair_words(fair)) == (0, ())


def test_hours_beyond_the_caps_have_no_place_and_are_told() -> None:
    fair = fair_hours(six(), 5_000)
    assert list(fair.hours.values()) == [900, 900, 900, 100, 900, 900]
    assert fair.unplaced == 400
    [told] = fair_words(fair)
    assert told == (
        "400 hours have no place: whoever has something to win has the most that it may have. "
        "Raise the most hours, or use them elsewhere."
    )


@pytest.mark.parametrize(
    ("worth", "none"),
    [
        (None, "No gain is known"),
        (nan, "No gain is known"),
        (0.0, "There is no gain"),
        (-5.0, "There is no gain"),
    ],
)
def test_without_any_potential_there_is_no_scale_and_potential_is_asked_for(
    worth: float | None, none: str
) -> None:
    fair = fair_hours([replace(row, potential=worth) for row in six()], 3_000)
    assert set(fair.hours.values()) == {100}
    assert (fair.unplaced, fair.scale) == (2_400, None)
    [told] = fair_words(fair)
    assert told == (f"{none} to share the hours by, so no hours are due. Estimate what can be won.")


@pytest.mark.parametrize("unknown", [None, nan])
def test_an_unknown_potential_keeps_the_hours_that_it_has_beyond_any_limit(
    unknown: float | None,
) -> None:
    """Elm spends 1,000, above its most of 900: the others share 2,000 instead of 3,000."""
    rows = [
        replace(row, potential=unknown, hours=1_000.0) if row.customer == "Elm" else row
        for row in six()
    ]
    fair = fair_hours(rows, 3_000)
    assert fair.hours["Elm"] == 1_000
    assert (fair.unknown, fair.kept) == (("Elm",), 1_000)
    others = [row for row in six() if row.customer != "Elm"]
    assert {**fair.hours} == pytest.approx({**fair_hours(others, 2_000).hours, "Elm": 1_000})
    assert fair_words(fair) == (
        "The 1,000 hours of 1 customer whose gain is not known stay where they are.",
    )


def test_an_unknown_potential_with_unknown_hours_keeps_its_least() -> None:
    rows = [replace(row, potential=None) if row.customer == "Elm" else row for row in six()]
    fair = fair_hours(rows, 3_000)
    assert (fair.hours["Elm"], fair.kept) == (100, 100)


def test_hours_kept_that_do_not_fit_are_no_promise_too_many() -> None:
    rows = [replace(row, potential=None, hours=2_950.0) if n == 4 else row
            for n, row in enumerate(six())]  # fmt: skip
    fair = fair_hours(rows, 3_000)
    assert (dict(fair.hours), fair.scale, fair.short, fair.crowded) == ({}, None, 450, False)
    [told] = fair_words(fair)
    assert told == (
        "The hours of customers whose gain is not known, and the least hours of the others, add up "
        "to 3,450, and there are 3,000. Estimate what can be won, keep fewer accounts, promise "
        "less, or find 450 hours more."
    )
    assert fair_hours(rows, 400).crowded
    assert fair_hours(six(), 500).crowded


def test_a_potential_of_zero_is_known_and_not_asked_for() -> None:
    rows = [replace(row, potential=0.0) if row.customer == "Elm" else row for row in six()]
    fair = fair_hours(rows, 3_000)
    assert (fair.hours["Elm"], fair.unknown, fair_words(fair)) == (100, (), ())


def test_one_customer_alone_takes_all_hours_up_to_its_cap() -> None:
    assert fair_hours([Share("Alder", 5, 0, inf)], 70).hours == {"Alder": 70}
    capped = fair_hours([Share("Alder", 5, 0, 40)], 70)
    assert (capped.hours, capped.unplaced) == ({"Alder": 40}, 30)


def test_nobody_leaves_all_hours_without_a_place() -> None:
    assert fair_hours([], 70) == Fair(70, {}, None, 70, 0, ())
    assert fair_words(fair_hours([], 70)) == ()


# --- what can be won ------------------------------------------------------------------------------


def test_potential_is_the_chance_of_the_discounted_contribution() -> None:
    assert potential(0.5, [0, 0, 1_000]) == 500
    assert potential(0.5, [110, 121, 0], rate=0.1) == pytest.approx(100)


def test_a_loss_is_no_potential() -> None:
    assert potential(0.5, [-100, 20, 30]) == 0


@pytest.mark.parametrize(
    ("chance", "extra"), [(None, [1]), (0.5, [1, None]), (0.5, []), (0, [None])]
)
def test_potential_is_unknown_while_anything_is(
    chance: float | None, extra: list[float | None]
) -> None:
    assert potential(chance, extra) is None


@pytest.mark.parametrize("chance", [-0.1, 1.1])
def test_a_chance_beyond_certainty_is_refused(chance: float) -> None:
    with pytest.raises(Refused, match=r"cannot be .+ %: give 0 to 100 %"):
        potential(chance, [1])


# --- what cannot be shared out --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "hours", "words"),
    [
        ([Share("Alder", 1, 300, 200)], 900, "Alder has at least 300 and at most 200 hours"),
        ([Share("Alder", 1, -1, 200)], 900, "Alder has at least −1 and"),
        ([Share("Alder", 1, nan, 200)], 900, "Alder has at least nan"),
        ([Share("Alder", 1, inf, inf)], 900, "Alder has at least inf"),
        ([Share("Alder", inf, 0, 200)], 900, "potential of Alder has no end"),
        ([Share("Alder", 1, 0, 200)] * 2, 900, "stands twice"),
        ([Share("Alder", 1, 0, 200)], -1, "−1 hours cannot be shared out"),
        ([Share("Alder", 1, 0, 200)], nan, "nan hours cannot be shared out"),
    ],
)
def test_numbers_that_are_none_are_refused(rows: list[Share], hours: float, words: str) -> None:
    with pytest.raises(Refused, match=words):
        fair_hours(rows, hours)


# --- for any customers ----------------------------------------------------------------------------


@given(shares=customers(), more=MORE)
@example(shares=[Share("a", 5e-324, 0, inf), Share("b", 1e-9, 0, inf)], more=10)
@example(shares=[Share("a", 1e9, 0, 0), Share("b", 1e-300, 1, inf)], more=1e4)
def test_hours_and_what_has_no_place_add_up_to_the_capacity(
    shares: list[Share], more: float
) -> None:
    hours = room(shares, more)
    fair = fair_hours(shares, hours)
    assert sum(fair.hours.values()) + fair.unplaced == pytest.approx(hours, abs=1e-6)


@given(shares=customers(), more=MORE)
def test_nobody_is_below_its_floor_or_above_its_cap(shares: list[Share], more: float) -> None:
    fair = fair_hours(shares, room(shares, more))
    limited = [row for row in shares if not keeps(row)]
    assert all(row.floor <= fair.hours[row.customer] <= row.cap for row in limited)


@given(shares=customers(), more=MORE)
def test_nobody_of_unknown_potential_gets_or_gives_an_hour(
    shares: list[Share], more: float
) -> None:
    fair = fair_hours(shares, room(shares, more))
    assert all(fair.hours[row.customer] == row.hours for row in shares if keeps(row))
    told = [row for row in shares if row.potential is not None]
    alone = fair_hours(told, fair.capacity - fair.kept)
    shared = {row.customer: fair.hours[row.customer] for row in told}
    assert shared == pytest.approx(dict(alone.hours), abs=1e-4)


@given(shares=customers(), hours=MORE)
def test_floors_above_the_hours_share_out_nothing_and_else_all_adds_up(
    shares: list[Share], hours: float
) -> None:
    fair = fair_hours(shares, hours)
    if fair.short:
        assert not fair.hours
        assert fair.short + hours == pytest.approx(room(shares, 0))
    else:
        assert sum(fair.hours.values()) + fair.unplaced == pytest.approx(hours, abs=1e-6)


@given(shares=customers(), more=MORE)
def test_hours_without_a_place_mean_that_all_with_potential_are_at_their_cap(
    shares: list[Share], more: float
) -> None:
    fair = fair_hours(shares, room(shares, more))
    promising = [row for row in shares if row.potential is not None and row.potential > 1e-9]
    if fair.unplaced > 1e-6:
        assert all(fair.hours[row.customer] == pytest.approx(row.cap) for row in promising)


@given(shares=customers(), more=MORE)
def test_between_floor_and_cap_hours_are_in_proportion(shares: list[Share], more: float) -> None:
    fair = fair_hours(shares, room(shares, more))
    for row in shares:
        if not keeps(row) and row.floor + 1e-6 < fair.hours[row.customer] < row.cap - 1e-6:
            assert row.potential is not None
            assert fair.scale is not None
            assert fair.hours[row.customer] == pytest.approx(fair.scale * row.potential)


@given(shares=customers(), more=MORE, extra=MORE)
def test_more_hours_take_none_from_anybody(shares: list[Share], more: float, extra: float) -> None:
    few, many = (fair_hours(shares, room(shares, some)) for some in (more, more + extra))
    assert all(many.hours[key] >= hours - 1e-6 for key, hours in few.hours.items())


@given(shares=customers(), more=MORE, factor=st.floats(0.01, 100))
def test_the_unit_of_potential_does_not_matter(
    shares: list[Share], more: float, factor: float
) -> None:
    scaled = [
        row if row.potential is None else replace(row, potential=factor * row.potential)
        for row in shares
    ]
    before, after = (fair_hours(rows, room(shares, more)) for rows in (shares, scaled))
    assert dict(after.hours) == pytest.approx(dict(before.hours), abs=1e-4)


@given(worth=st.lists(st.floats(1, 1e6), min_size=2, max_size=9), hours=st.floats(0, 1e5))
def test_who_promises_more_never_gets_less_in_the_same_class(
    worth: list[float], hours: float
) -> None:
    fair = fair_hours([Share(str(n), w, 0, 500) for n, w in enumerate(worth)], hours)
    given_hours = np.array(list(fair.hours.values()))[np.argsort(worth)]
    assert (np.diff(given_hours) >= -1e-9).all()
