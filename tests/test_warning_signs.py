"""The five warning signs: each one by hand, unknown told apart from fine."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from kam import catalogue
from kam.edits import BringIn, PutCriterion, ScoreCustomer
from kam.method.assessment import assess
from kam.method.warning_signs import Checked, Look, Sign
from kam.model import Customer, Economics, Favours, Profile, Workshop
from kam.validated import changed
from tests.workshops import TODAY, after, placed

SINCE = "since the last review."


def one_customer(
    facts: Mapping[str, float] | None = None,
    *,
    profile: Mapping[str, Any] | None = None,
    economics: Mapping[str, Any] | None = None,
) -> Workshop:
    """One customer of which only that is known."""
    workshop = placed({"ash": (6.0, 6.0)}, favours=Favours.UNKNOWN)
    ash = Customer(
        id="ash",
        name="Ash",
        profile=Profile(**(profile or {})),
        economics=Economics(**(economics or {})),
        facts=dict(facts or {}),
    )
    return after(workshop, BringIn(origin="a test", customers={"ash": ash}))


def looked_at(workshop: Workshop, sign: Sign, earlier: Workshop | None = None) -> Checked:
    """What was found for one sign, beside an earlier review if there was one."""
    look = Look(assess(workshop), TODAY, assess(earlier) if earlier else None)
    found = look.at(workshop.customers["ash"])
    return next(one for one in found if one.sign is sign)


# --- one sign at a time ---------------------------------------------------------------------------


def test_of_a_customer_of_which_nothing_is_known_there_is_neither_sign_nor_comfort() -> None:
    for sign in Sign:
        assert looked_at(one_customer(), sign).shown is None


@pytest.mark.parametrize(
    ("gap", "shown", "words"),
    [
        (-0.5, True, "It sees the best rival ahead of us, by 0.5 points."),
        (-1.0, True, "It sees the best rival ahead of us, by 1 point."),
        (0.0, False, "It sees us on a par with the best rival."),
        (1.5, False, "It sees us ahead of the best rival, by 1.5 points."),
    ],
)
def test_a_rival_ahead_is_a_sign(gap: float, shown: bool, words: str) -> None:  # noqa: FBT001 - a table
    found = looked_at(one_customer({"perf_gap_pts": gap}), Sign.RIVAL)
    assert (found.shown, found.words) == (shown, words)


@pytest.mark.parametrize(("trend", "shown"), [(-2.0, True), (0.0, False), (3.0, False)])
def test_a_falling_share_is_a_sign(trend: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(one_customer({"share_change_pp": trend}), Sign.FALLING).shown is shown


def test_a_falling_share_is_told_with_its_unit() -> None:
    found = looked_at(one_customer({"share_change_pp": -2.0}), Sign.FALLING)
    assert found.words == "Our share of its spend fell by 2 percentage points in two years."
    same = looked_at(one_customer({"share_change_pp": 0.0}), Sign.FALLING)
    assert same.words == "Our share of its spend stayed the same."


def test_falling_sales_stand_in_only_where_the_share_is_unknown() -> None:
    falling = {"ledger.growth_pct": -12.0}
    found = looked_at(one_customer(falling), Sign.FALLING)
    assert (found.shown, found.words) == (True, "Our sales to it fell by 12 % in twelve months.")
    both = looked_at(one_customer({"share_change_pp": 3.0, **falling}), Sign.FALLING)
    assert both.shown is False


@pytest.mark.parametrize(
    ("then", "now", "shown", "words"),
    [
        (
            30,
            33,
            False,
            f"Our share of its spend rose by 3 percentage points {SINCE}",
        ),
        (30, 30, False, "Our share of its spend stayed the same."),
        (
            30,
            29,
            False,
            f"Our share of its spend fell by 1 percentage point {SINCE} 3 would be a sign.",
        ),
        (30, 27, True, f"Our share of its spend fell by 3 percentage points {SINCE}"),
    ],
)
def test_our_share_at_the_last_review_tells_where_nobody_gave_its_trend(
    then: float,
    now: float,
    shown: bool,  # noqa: FBT001 - a table
    words: str,
) -> None:
    earlier = one_customer({"share_of_wallet_pct": then})
    found = looked_at(one_customer({"share_of_wallet_pct": now}), Sign.FALLING, earlier)
    assert (found.shown, found.words) == (shown, words)


def test_a_share_without_an_earlier_one_is_not_known_to_fall() -> None:
    now = one_customer({"share_of_wallet_pct": 27})
    assert looked_at(now, Sign.FALLING).shown is None
    assert looked_at(now, Sign.FALLING, one_customer()).shown is None
    assert looked_at(now, Sign.FALLING, placed({"bay": (6.0, 6.0)})).shown is None


@pytest.mark.parametrize(
    ("days", "orders", "shown"),
    [(60, 12, False), (61, 12, True), (400, 3, True), (243, 3, False), (400, 2, None)],
)
def test_no_order_for_twice_the_usual_time_is_a_sign(
    days: float,
    orders: float,
    shown: bool | None,  # noqa: FBT001 - a table
) -> None:
    """12 orders a year are one every 30.4 days; fewer than three have no usual time."""
    quiet = {"ledger.recency_days": days, "ledger.orders_12m": orders}
    assert looked_at(one_customer(quiet), Sign.FALLING).shown is shown


def test_silence_is_a_sign_beside_growing_sales() -> None:
    facts = {
        "ledger.growth_pct": 5.0,
        "ledger.recency_days": 90.0,
        "ledger.orders_12m": 12.0,
    }
    found = looked_at(one_customer(facts), Sign.FALLING)
    assert found.shown is True
    assert found.words == (
        "Our sales to it rose by 5 % in twelve months. Its last order was 90 days ago; it ordered "
        "every 30 days."
    )


@pytest.mark.parametrize(
    ("days", "shown"), [(-1, True), (0, True), (365, True), (366, False), (2000, False)]
)
def test_a_contract_that_ends_within_a_year_is_a_sign(days: int, shown: bool) -> None:  # noqa: FBT001 - a table
    until = TODAY + timedelta(days=days)
    workshop = one_customer(economics={"contract_until": until})
    assert looked_at(workshop, Sign.CONTRACT).shown is shown


def test_a_contract_that_is_over_is_said_to_have_ended() -> None:
    ended = one_customer(economics={"contract_until": date(2026, 3, 1)})
    assert looked_at(ended, Sign.CONTRACT).words == "The contract ended on 1 March 2026."
    today = one_customer(economics={"contract_until": TODAY})
    assert looked_at(today, Sign.CONTRACT).words == "The contract ends on 2 March 2026."


@pytest.mark.parametrize(("months", "shown"), [(0.0, True), (12.0, True), (12.5, False)])
def test_months_under_contract_stand_in_for_its_end(months: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(one_customer({"contract_months": months}), Sign.CONTRACT).shown is shown


@pytest.mark.parametrize(
    ("favours", "how", "shown", "words"),
    [
        ("yes", "asked", False, "It would favour us as a key supplier. It was asked."),
        (
            "yes",
            "believed",
            False,
            "It would favour us as a key supplier. So we believe; nobody has asked it.",
        ),
        ("yes", None, False, "It would favour us as a key supplier."),
    ],
)
def test_how_we_know_its_favour_is_told(
    favours: str,
    how: str | None,
    shown: bool,  # noqa: FBT001 - a table
    words: str,
) -> None:
    workshop = one_customer(profile={"favours_us": favours, "favours_known_by": how})
    found = looked_at(workshop, Sign.FAVOUR)
    assert (found.shown, found.words) == (shown, words)


def test_a_key_account_by_decision_that_would_not_favour_us_shows_a_sign() -> None:
    found = looked_at(one_customer(profile={"favours_us": "no"}), Sign.FAVOUR)
    assert (found.shown, found.words) == (True, "It would not favour us as a key supplier.")


@pytest.mark.parametrize(("score", "shown"), [(19.0, True), (20.0, False)])
def test_where_nobody_asked_for_its_favour_its_recommendation_tells(
    score: float,
    shown: bool,  # noqa: FBT001 - a table
) -> None:
    found = looked_at(one_customer({"nps_dm": score}), Sign.FAVOUR)
    assert found.shown is shown
    assert found.words.startswith(f"Its people recommend us with {score:g} NPS points; 20 is")
    assert found.words.endswith("ask it.")


def test_what_it_said_of_favour_comes_before_its_recommendation() -> None:
    told = one_customer({"nps_dm": -40}, profile={"favours_us": "yes"})
    assert looked_at(told, Sign.FAVOUR).shown is False


@pytest.mark.parametrize(("covered", "shown"), [(39.0, True), (40.0, False), (85.0, False)])
def test_fewer_contacts_than_the_threshold_are_a_sign(covered: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(one_customer({"contact_coverage_pct": covered}), Sign.CONTACTS).shown is shown


def test_the_threshold_of_contacts_is_the_teams_own() -> None:
    strict = changed(catalogue.criterion("S06"), anchors=(0, 30, 60, 80, 100))
    workshop = after(one_customer({"contact_coverage_pct": 50}), PutCriterion(criterion=strict))
    found = looked_at(workshop, Sign.CONTACTS)
    assert found.shown is True
    assert found.words == "We talk to 50 % of the people who matter; 60 % is enough."


# --- where figures come from ----------------------------------------------------------------------


def test_what_was_scored_comes_before_what_was_brought_in() -> None:
    workshop = after(
        one_customer({"perf_gap_pts": 1.0}),
        PutCriterion(criterion=catalogue.criterion("S03")),
        ScoreCustomer(criterion="S03", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is True


def test_a_criterion_of_that_column_tells_under_any_id() -> None:
    own = changed(catalogue.criterion("S03"), id="rival", name="Ours against the best")
    workshop = after(
        one_customer(),
        PutCriterion(criterion=own),
        ScoreCustomer(criterion="rival", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is True


def test_a_criterion_in_another_unit_is_not_taken_for_the_catalogues() -> None:
    other = changed(catalogue.criterion("S03"), unit="places behind")
    workshop = after(
        one_customer(),
        PutCriterion(criterion=other),
        ScoreCustomer(criterion="S03", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is None
