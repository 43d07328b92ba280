"""`kam.method.capacity`: how many fit, by hand and as properties; what is usual, with sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.capacity import (
    Note,
    capacity_of,
    fits,
    notes,
    replaced_words,
    start,
    starting_words,
)
from kam.method.selection import hours_each
from kam.model import Capacity, CapacityBasis, Relationships
from kam.validated import changed

# By hand: 4 people x 1,500 hours x 50 % = 3,000 hours a year; a strategic account takes
# 10 people x 5 hours x 12 = 600, a core one 4 x 5 x 12 = 240. So 5 strategic ones fit, or 12 core
# ones, or 2 strategic (1,200) and (3,000 - 1,200) / 240 = 7.5, so 7 core.
BASIS = CapacityBasis(
    people=4,
    share_of_time_pct=50,
    hours_a_year=1_500,
    strategic=Relationships(people=10, hours_a_month=5),
    core=Relationships(people=4, hours_a_month=5),
)
NOTHING = Relationships(people=0, hours_a_month=0)


@st.composite
def bases(draw: st.DrawFn) -> CapacityBasis:
    """Any basis of whole figures, accounts that take no time among them."""

    def relationships() -> Relationships:
        return Relationships(
            people=draw(st.integers(0, 40)), hours_a_month=draw(st.integers(0, 40))
        )

    return CapacityBasis(
        people=draw(st.integers(0, 100)),
        share_of_time_pct=draw(st.integers(0, 100)),
        hours_a_year=draw(st.integers(0, 2_000)),
        strategic=relationships(),
        core=relationships(),
    )


def test_hours_are_people_times_hours_times_share() -> None:
    found = fits(BASIS)
    assert (found.hours, found.strategic_each, found.core_each) == (3_000, 600, 240)


@pytest.mark.parametrize(
    ("wished", "mix"), [(0, (0, 12)), (1, (1, 10)), (2, (2, 7)), (5, (5, 0)), (9, (5, 0))]
)
def test_core_accounts_take_what_the_strategic_ones_leave(
    wished: int, mix: tuple[int, int]
) -> None:
    found = fits(BASIS, wished)
    assert (found.strategic, found.core) == mix
    assert found.most_strategic == 5


def test_a_share_that_floats_cannot_hold_still_fits_whole() -> None:
    third = BASIS.model_copy(update={"people": 0.3, "share_of_time_pct": 100.0})
    tenth = third.model_copy(
        update={"core": Relationships(people=1, hours_a_month=12.5)}
    )  # 450 hours hold 150 three times
    assert fits(tenth).core == 3


def test_accounts_that_take_no_time_are_not_counted() -> None:
    found = fits(BASIS.model_copy(update={"strategic": NOTHING, "core": NOTHING}), 3)
    assert (found.strategic, found.core, found.most_strategic) == (3, None, None)


@given(bases(), st.integers(0, 50))
def test_what_fits_never_takes_more_than_there_is_and_one_more_would(
    basis: CapacityBasis, wished: int
) -> None:
    found = fits(basis, wished)
    if found.core is None or found.most_strategic is None:
        return
    used = found.strategic * found.strategic_each + found.core * found.core_each
    assert used <= found.hours + 1e-6
    assert used + found.core_each > found.hours - 1e-6
    assert found.strategic in (wished, found.most_strategic)


@given(bases(), st.integers(0, 20))
def test_another_strategic_account_never_makes_room_for_a_core_one(
    basis: CapacityBasis, wished: int
) -> None:
    fewer, more = fits(basis, wished), fits(basis, wished + 1)
    if fewer.core is not None and more.core is not None:
        assert more.core <= fewer.core


# --- as a capacity --------------------------------------------------------------------------------


def test_a_capacity_bears_the_basis_and_what_it_leads_to() -> None:
    found = capacity_of(BASIS, Capacity(mode="places", places=7))
    assert found == Capacity(
        mode="hours",
        people=4,
        hours_per_person=750,
        hours_strategic=600,
        hours_core=240,
        places=7,
        basis=BASIS,
    )
    assert found.known


@given(bases())
def test_the_selection_counts_with_the_same_hours_as_the_calculator(basis: CapacityBasis) -> None:
    capacity, found = capacity_of(basis, Capacity()), fits(basis)
    each, available = hours_each(capacity)
    assert list(each[:2]) == pytest.approx([found.strategic_each, found.core_each])
    assert available is None or available == pytest.approx(found.hours)


def test_accounts_that_take_no_time_leave_the_capacity_unknown() -> None:
    found = capacity_of(BASIS.model_copy(update={"core": NOTHING}), Capacity())
    assert found.hours_core is None
    assert not found.known


def test_it_starts_with_the_people_and_hours_that_are_known() -> None:
    basis = start(Capacity(people=5, hours_per_person=1_550))
    assert basis.people == 5
    assert fits(basis).hours == pytest.approx(7_750)
    assert start(Capacity(hours_per_person=1_900)).share_of_time_pct == 100


def test_it_starts_with_the_basis_that_stands() -> None:
    assert start(Capacity(people=9, basis=BASIS)) == BASIS


def test_it_starts_with_figures_that_fit_somebody() -> None:
    found = fits(start(Capacity()), 3)
    assert found.strategic == 3
    assert found.core is not None
    assert found.core > 0


def test_without_a_basis_contacts_take_the_hours_that_stand() -> None:
    known = Capacity(people=5, hours_per_person=1_550, hours_strategic=1_200, hours_core=500)
    found = fits(start(known))
    assert (found.strategic_each, found.core_each) == pytest.approx((1_200, 500))
    assert replaced_words(start(known), known) == "They lead to the hours that stand."


@given(st.floats(0.01, 100_000), st.floats(0.01, 100_000))
def test_whatever_hours_stand_can_be_started_from(strategic: float, core: float) -> None:
    found = fits(start(Capacity(hours_strategic=strategic, hours_core=core)))
    assert (found.strategic_each, found.core_each) == pytest.approx((strategic, core))


def test_what_the_team_has_not_given_is_said_to_be_a_starting_value() -> None:
    hours = {"people": 5, "hours_per_person": 1_550, "hours_strategic": 1_200, "hours_core": 500}
    assert [
        starting_words(one) for one in (Capacity(), Capacity(**hours), Capacity(basis=BASIS))
    ] == [
        "Starting values, not yours: people, their time, contacts and their hours.",
        "Starting values, not yours: how your hours spread over contacts.",
        "",
    ]


def test_what_would_be_replaced_is_told_before_it_is() -> None:
    known = Capacity(people=5, hours_per_person=1_550, hours_strategic=1_200, hours_core=300)
    basis = changed(start(known), people=4, core=Relationships(people=5, hours_a_month=10))
    assert replaced_words(basis, known) == (
        "Using them changes what stands: 7,750 hours a year in all to 6,200, 300 for a core one "
        "to 600."
    )
    assert replaced_words(basis, Capacity(mode="places", places=7)) == (
        "Using them changes what stands: 7 places to hours."
    )
    assert replaced_words(basis, Capacity()) == ""


# --- what is usual --------------------------------------------------------------------------------


def levels(found: tuple[Note, ...]) -> list[str]:
    return [note.level for note in found]


def test_nothing_is_told_of_no_key_accounts() -> None:
    assert notes(0, 0, 5, 1_000) == ()


@pytest.mark.parametrize(
    ("strategic", "core", "people", "level"),
    [(3, 0, 1.0, "fine"), (4, 0, 1.0, "amber"), (0, 10, 1.0, "fine"), (0, 11, 1.0, "amber"),
     (6, 10, 3.0, "fine"), (6, 11, 3.0, "amber")],
)  # fmt: skip
def test_a_manager_looks_after_three_strategic_or_ten_core_accounts_at_most(
    strategic: int, core: int, people: float, level: str
) -> None:
    [note] = notes(strategic, core, people, 10)
    assert note.level == level
    assert "1 to 3 strategic or 5 to 10 core accounts" in note.words


def test_the_managers_that_it_takes_are_named_in_whole_people() -> None:
    [note] = notes(4, 5, 1, 10)
    assert note.told == (
        "1 person for 4 strategic and 5 core accounts: one manager usually looks after 1 to 3 "
        "strategic or 5 to 10 core accounts, which takes at least 2. "
        "Source: a starting value of this program, not a finding."
    )


def test_managers_are_not_judged_while_their_number_is_unknown() -> None:
    assert notes(5, 5, None, 10) == ()


@pytest.mark.parametrize(
    ("total", "told"), [(35, []), (36, ["amber"]), (50, ["amber"]), (51, ["red"])]
)
def test_more_than_35_is_much_and_more_than_50_too_much(total: int, told: list[str]) -> None:
    found = notes(0, total, None, 150)
    assert levels(found) == told
    assert all("Woodburn and McDonald" in note.source for note in found)


@pytest.mark.parametrize(
    ("customers", "told"), [(199, []), (200, ["amber"]), (220, []), (219, ["amber"])]
)
def test_more_than_one_in_twenty_is_told_from_two_hundred_customers_on(
    customers: int, told: list[str]
) -> None:
    assert levels(notes(0, 11, None, customers)) == told


def test_the_heaviest_comes_first() -> None:
    assert levels(notes(1, 59, 20, 300)) == ["red", "amber", "fine"]
