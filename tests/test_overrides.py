"""`kam.method.overrides`: how many decisions against the rule there may be, and their audit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    ChooseLongList,
    Edit,
    MoveLine,
    OverrideClass,
    RemoveCustomers,
)
from kam.method import overrides
from kam.method.assessment import assess
from kam.method.overrides import (
    CHIPS,
    LONGEST_REASON,
    audit,
    limit,
    limit_words,
    made,
    reason_of,
    refusal,
)
from kam.method.traps import Lure
from kam.model import Class, Customer, Favours, LongList, Profile, Workshop
from tests.workshops import after, placed, places


def decided(*customers: str, klass: Class = Class.KEY_CORE) -> list[Edit]:
    return [OverrideClass(customer=k, klass=klass, by="Ines", reason="No") for k in customers]


def keys(count: int) -> Workshop:
    """So many customers well inside the key zone."""
    return placed({f"c{n}": (9.0, 9.0 - n / 100) for n in range(count)})


@pytest.mark.parametrize(("count", "most"), [(0, 1), (3, 1), (19, 1), (20, 2), (31, 3)])
def test_one_in_ten_key_accounts_may_be_decided_otherwise_and_at_least_one(
    count: int, most: int
) -> None:
    assert limit(assess(keys(count))) == most


def test_counted_places_set_the_limit_whoever_takes_them() -> None:
    assert limit(assess(after(keys(3), places(40)))) == 4


def test_the_limit_is_told_with_what_is_taken_of_it() -> None:
    told = [limit_words(assess(after(keys(3), *decided(*some)))) for some in ((), ("c0",))]
    assert told == [
        "0 decisions against the rule, of at most 1.",
        "1 decision against the rule, of at most 1.",
    ]


def test_beyond_the_limit_a_missing_criterion_is_suspected() -> None:
    workshop = after(keys(4), *decided("c0", "c1"))
    assert limit_words(assess(workshop)) == (
        "2 decisions against the rule: more than one in ten. Perhaps a criterion is missing."
    )


def test_all_decisions_count_whether_they_are_for_key_or_against() -> None:
    workshop = after(keys(4), *decided("c0"), *decided("c1", klass=Class.LOW_PRIORITY))
    assert made(assess(workshop)) == 2


def test_one_decision_more_than_one_in_ten_is_refused_with_what_to_do() -> None:
    result = assess(after(keys(4), *decided("c0")))
    assert refusal(result, "c1") == (
        "At most 1 decision may go against the rule, one in ten places, and 1 stands. Let the "
        "rule decide another case again first, or add the criterion that is missing."
    )


def test_agreeing_with_the_rule_is_not_counted_told_or_looked_at() -> None:
    agreed = decided("c0", klass=Class.KEY_STRATEGIC)
    result = assess(after(keys(4), *agreed))
    assert result.workshop.overrides.keys() == {"c0"}
    assert made(result) == 0
    assert limit_words(result) == "0 decisions against the rule, of at most 1."
    assert refusal(result, "c1") == ""
    largest = after(with_revenue(), MoveLine(line="attractiveness", value=1.0), *decided("c9"))
    assert audit(assess(largest)) == ()


def test_to_turn_an_agreement_against_the_rule_takes_a_place_of_the_limit() -> None:
    agreed = decided("c0", klass=Class.KEY_STRATEGIC)
    result = assess(after(keys(4), *agreed, *decided("c1")))
    assert refusal(result, "c0") != ""
    assert refusal(result, "c1") == ""


def test_below_the_limit_and_in_place_of_an_earlier_decision_nothing_is_refused() -> None:
    assert refusal(assess(keys(4)), "c0") == ""
    assert refusal(assess(after(keys(4), *decided("c0"))), "c0") == ""


# --- reasons --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chips", "text", "reason"),
    [
        ([], "  ", ""),
        ([], " We promised ", "We promised"),
        (["No fit"], "", "No fit"),
        (["They grow fast", "No fit"], "", "They grow fast; no fit"),
        (["They grow fast"], "We promised", "They grow fast. We promised"),
    ],
)
def test_chips_and_own_words_make_one_reason(chips: list[str], text: str, reason: str) -> None:
    assert reason_of(chips, text) == reason


@given(st.lists(st.sampled_from(CHIPS), unique=True), st.text(max_size=400))
def test_a_reason_always_fits_and_is_empty_only_when_nothing_was_said(
    chips: list[str], text: str
) -> None:
    reason = reason_of(chips, text)
    assert len(reason) <= LONGEST_REASON
    assert bool(reason) is bool(chips or text.strip())


# --- the audit ------------------------------------------------------------------------------------

TEN = {f"c{n}": (9.0 if n < 3 else 2.0, 8.0) for n in range(10)}


def with_revenue() -> Workshop:
    """Ten customers, three of them key; the last two are the largest by far."""
    workshop = placed(TEN)
    larger = {
        key: Customer(
            id=key, name=key, profile=Profile(revenue=float(n + 1), favours_us=Favours.YES)
        )
        for n, key in enumerate(TEN)
    }
    return after(workshop, BringIn(origin="a ledger", customers=larger))


def test_decisions_for_the_largest_are_told_by_the_audit() -> None:
    [told] = audit(assess(after(with_revenue(), *decided("c8", "c9"))))
    assert told == (
        "Size: Decisions for key against the rule fall here more often: 2 of 2, of the other "
        "customers 3 of 8."
    )


def test_decisions_for_the_smallest_are_no_habit() -> None:
    assert audit(assess(after(with_revenue(), *decided("c3", "c4")))) == ()


def test_one_decision_alone_is_told_when_it_is_the_largest_customer() -> None:
    assert audit(assess(after(with_revenue(), *decided("c9")))) == (
        "The one decision for key against the rule, c9, is also the largest customer.",
    )


def test_one_decision_alone_is_told_when_it_is_among_the_largest() -> None:
    assert audit(assess(after(with_revenue(), *decided("c7")))) == (
        "The one decision for key against the rule, c7, is also one of the 4 largest customers.",
    )


def test_one_decision_for_a_small_customer_is_told_of_nothing() -> None:
    assert audit(assess(after(with_revenue(), *decided("c3")))) == ()


def test_one_decision_says_nothing_where_half_of_all_are_on_top() -> None:
    few = after(with_revenue(), RemoveCustomers(customers=("c3", "c4", "c5")))
    assert audit(assess(after(few, *decided("c9")))) == ()


def test_every_lure_has_words_for_one_decision() -> None:
    assert overrides._LEADS.keys() == set(Lure)


def test_decisions_against_key_are_not_looked_at() -> None:
    against = decided("c8", "c9", klass=Class.LOW_PRIORITY)
    assert audit(assess(after(with_revenue(), *against))) == ()


def test_decisions_on_customers_that_are_not_judged_are_not_looked_at() -> None:
    listed = ChooseLongList(long_list=LongList(customers=tuple(TEN)[:8], rule="by hand"))
    assert audit(assess(after(with_revenue(), listed, *decided("c8", "c9")))) == ()
