"""Disagreement is ordered by what it changes, and told in a sentence that managers would say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import PutCriterion
from kam.method.assessment import Assessment, assess
from kam.method.stake import Moved, Stake, ordered, told
from kam.model import Class
from tests.workshops import S, after, by_hand, criterion

CORE, TOP = Class.KEY_CORE, Class.KEY_STRATEGIC
WAITING, LOW = Class.STRATEGIC, Class.LOW_PRIORITY


def stake(*at_low: Moved, at_high: tuple[Moved, ...] = (), **more: Any) -> Stake:  # noqa: ANN401 - any field of a stake
    """A disputed weight, 5 to 27 points, unless told otherwise."""
    fields: dict[str, Any] = {
        "criterion": "a",
        "customer": None,
        "low": 0.05,
        "high": 0.27,
        "now": 0.2,
        "disputed": True,
        "width": 0.22,
    }
    return Stake(at_low=at_low, at_high=at_high, **{**fields, **more})


def moved(who: str, before: Class | None, becomes: Class) -> Moved:
    """A customer that changes at 10 points."""
    return Moved(who, before, becomes, 0.1)


LEAVES, ENTERS = moved("ash", CORE, LOW), moved("bay", WAITING, TOP)
WITHIN_KEY, BELOW_KEY = moved("cob", TOP, CORE), moved("dew", WAITING, LOW)


@pytest.mark.parametrize(
    ("before", "becomes", "key"),
    [
        (CORE, LOW, True),
        (TOP, WAITING, True),
        (LOW, CORE, True),
        (None, CORE, True),
        (CORE, TOP, False),
        (WAITING, LOW, False),
        (None, LOW, False),
    ],
)
def test_only_who_enters_or_leaves_key_counts_as_a_key_change(
    *, before: Class | None, becomes: Class, key: bool
) -> None:
    assert moved("ash", before, becomes).key is key


def test_who_changes_on_both_sides_counts_once_and_key_changes_come_first() -> None:
    found = stake(BELOW_KEY, LEAVES, at_high=(ENTERS, moved("ash", CORE, TOP), WITHIN_KEY))
    assert found.moved == ("ash", "bay", "dew", "cob")
    assert (found.changes, found.key_changes) == (4, 2)


def test_who_moves_within_key_on_one_side_and_out_on_the_other_is_a_key_change() -> None:
    found = stake(moved("cob", TOP, LOW), at_high=(WITHIN_KEY,))
    assert (found.changes, found.key_changes) == (1, 1)


def test_there_is_talk_only_where_votes_differ_and_something_changes() -> None:
    assert stake(LEAVES).talk
    assert not stake().talk
    assert not stake(LEAVES, disputed=False).talk


# --- order ----------------------------------------------------------------------------------------


def test_a_narrow_vote_on_a_key_account_comes_before_a_wide_one_on_others() -> None:
    narrow = stake(LEAVES, width=0.15)
    wide = stake(BELOW_KEY, WITHIN_KEY, moved("elm", LOW, WAITING), width=0.9)
    assert ordered([wide, narrow])[0] == (narrow, wide)


def test_of_the_same_consequence_the_wider_vote_comes_first() -> None:
    narrow, wide = stake(LEAVES, width=0.15), stake(ENTERS, width=0.3)
    assert ordered([narrow, wide])[0] == (wide, narrow)


def test_of_as_many_key_changes_the_one_that_changes_more_comes_first() -> None:
    one, two = stake(LEAVES, width=0.9), stake(ENTERS, BELOW_KEY, width=0.2)
    assert ordered([one, two])[0] == (two, one)


def test_votes_that_differ_for_nothing_are_apart_and_close_ones_are_nowhere() -> None:
    decisive, idle = stake(LEAVES), stake()
    close = stake(ENTERS, disputed=False)
    assert ordered([idle, close, decisive]) == ((decisive,), (idle,))


MOVES = st.sampled_from([LEAVES, ENTERS, WITHIN_KEY, BELOW_KEY])
STAKES = st.lists(
    st.builds(
        lambda low, high, disputed, width: stake(
            *low, at_high=tuple(high), disputed=disputed, width=width
        ),
        st.lists(MOVES, unique=True),
        st.lists(MOVES, unique=True),
        st.booleans(),
        st.integers(0, 10).map(lambda tenths: tenths / 10),
    ),
    max_size=12,
)


@given(STAKES)
def test_no_disputed_stake_is_lost_and_nobody_comes_before_a_greater_consequence(
    stakes: list[Stake],
) -> None:
    talk, quiet = ordered(stakes)
    assert len(talk) + len(quiet) == sum(one.disputed for one in stakes)
    assert all(one.talk for one in talk)
    assert not any(one.changes for one in quiet)
    weight = [(one.key_changes, one.changes, one.width) for one in talk]
    assert weight == sorted(weight, reverse=True)


# --- words ----------------------------------------------------------------------------------------


@pytest.fixture
def result() -> Assessment:
    """Three customers; the criterion a is measured in points, s in hours."""
    hours = criterion("s", S, name="Response", unit="h", anchors=(48.0, 24.0, 12.0, 8.0, 4.0))
    return assess(after(by_hand(), PutCriterion(criterion=hours)))


@pytest.mark.parametrize(
    ("at_low", "words"),
    [
        ((LEAVES,), "decides over Ash."),
        ((LEAVES, ENTERS), "decides over Ash and 1 other."),
        ((BELOW_KEY, LEAVES, ENTERS), "decides over Ash and 2 others."),
    ],
)
def test_a_weight_tells_its_votes_in_points_and_whom_it_decides_over(
    result: Assessment, at_low: tuple[Moved, ...], words: str
) -> None:
    assert told(result, stake(*at_low)) == f"Criterion a (votes from 5 to 27 points) {words}"


def test_votes_that_differ_for_nothing_are_told_as_that(result: Assessment) -> None:
    assert told(result, stake()) == (
        "Criterion a (votes from 5 to 27 points): votes differ, but nothing changes."
    )


def test_votes_that_agree_do_not_claim_to_differ(result: Assessment) -> None:
    assert told(result, stake(disputed=False)) == (
        "Criterion a (votes from 5 to 27 points): nothing changes."
    )


def test_a_score_tells_whose_it_is_with_its_unit_and_its_own_class(result: Assessment) -> None:
    found = stake(LEAVES, ENTERS, criterion="s", customer="ash", low=24.0, high=8.0)
    assert told(result, found) == (
        "Response of Ash (votes from 24 to 8 h) decides over its own class and 1 other."
    )


def test_a_score_that_moves_only_others_names_the_first_of_them(result: Assessment) -> None:
    found = stake(ENTERS, criterion="s", customer="ash", low=24.0, high=8.0)
    assert told(result, found) == "Response of Ash (votes from 24 to 8 h) decides over Bay."
