"""Warning signs of key accounts: each one by hand, unknown told apart from fine."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam import catalogue
from kam.edits import BringIn, OverrideClass, PutCriterion, ScoreCustomer
from kam.method.assessment import assess
from kam.method.loss_risk import Checked, Risk, Sign, headline, risks
from kam.model import Class, Customer, Economics, Favours, Profile, Workshop
from kam.validated import changed
from tests.workshops import TODAY, after, placed

BY_NAME = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="We promised")


def key_account(
    facts: Mapping[str, float] | None = None,
    *,
    profile: Mapping[str, Any] | None = None,
    economics: Mapping[str, Any] | None = None,
) -> Workshop:
    """One key account, by decision, of which only that is known."""
    workshop = placed({"ash": (6.0, 6.0)}, favours=Favours.UNKNOWN)
    ash = Customer(
        id="ash",
        name="Ash",
        profile=Profile(**(profile or {})),
        economics=Economics(**(economics or {})),
        facts=dict(facts or {}),
    )
    return after(workshop, BringIn(origin="a test", customers={"ash": ash}), BY_NAME)


def only(workshop: Workshop, today: date = TODAY) -> Risk:
    """The risk of the only key account."""
    [found] = risks(assess(workshop), today)
    return found


def checked(found: Risk, sign: Sign) -> Checked:
    return next(one for one in found.checked if one.sign is sign)


def looked_at(workshop: Workshop, sign: Sign) -> Checked:
    return checked(only(workshop), sign)


# --- one sign at a time ---------------------------------------------------------------------------


def test_of_a_customer_of_which_nothing_is_known_there_is_neither_sign_nor_comfort() -> None:
    found = only(key_account())
    assert [one.shown for one in found.checked] == [None] * 5
    assert found.words == "0 of 5 warning signs, 5 not known"


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
    found = looked_at(key_account({"perf_gap_pts": gap}), Sign.RIVAL)
    assert (found.shown, found.words) == (shown, words)


@pytest.mark.parametrize(("trend", "shown"), [(-2.0, True), (0.0, False), (3.0, False)])
def test_a_falling_share_is_a_sign(trend: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(key_account({"share_change_pp": trend}), Sign.FALLING).shown is shown


def test_a_falling_share_is_told_with_its_unit() -> None:
    found = looked_at(key_account({"share_change_pp": -2.0}), Sign.FALLING)
    assert found.words == "Our share of its spend fell by 2 percentage points in two years."
    same = looked_at(key_account({"share_change_pp": 0.0}), Sign.FALLING)
    assert same.words == "Our share of its spend stayed the same."


def test_falling_sales_stand_in_only_where_the_share_is_unknown() -> None:
    falling = {"ledger.growth_pct": -12.0}
    found = looked_at(key_account(falling), Sign.FALLING)
    assert (found.shown, found.words) == (True, "Our sales to it fell by 12 % in twelve months.")
    both = looked_at(key_account({"share_change_pp": 3.0, **falling}), Sign.FALLING)
    assert both.shown is False


@pytest.mark.parametrize(
    ("days", "shown"), [(-1, True), (0, True), (365, True), (366, False), (2000, False)]
)
def test_a_contract_that_ends_within_a_year_is_a_sign(days: int, shown: bool) -> None:  # noqa: FBT001 - a table
    until = TODAY + timedelta(days=days)
    workshop = key_account(economics={"contract_until": until})
    assert looked_at(workshop, Sign.CONTRACT).shown is shown


def test_a_contract_that_is_over_is_said_to_have_ended() -> None:
    ended = key_account(economics={"contract_until": date(2026, 3, 1)})
    assert looked_at(ended, Sign.CONTRACT).words == "The contract ended on 1 March 2026."
    today = key_account(economics={"contract_until": TODAY})
    assert looked_at(today, Sign.CONTRACT).words == "The contract ends on 2 March 2026."


@pytest.mark.parametrize(("months", "shown"), [(0.0, True), (12.0, True), (12.5, False)])
def test_months_under_contract_stand_in_for_its_end(months: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(key_account({"contract_months": months}), Sign.CONTRACT).shown is shown


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
    workshop = key_account(profile={"favours_us": favours, "favours_known_by": how})
    found = looked_at(workshop, Sign.FAVOUR)
    assert (found.shown, found.words) == (shown, words)


def test_a_key_account_by_decision_that_would_not_favour_us_shows_a_sign() -> None:
    found = looked_at(key_account(profile={"favours_us": "no"}), Sign.FAVOUR)
    assert (found.shown, found.words) == (True, "It would not favour us as a key supplier.")


@pytest.mark.parametrize(("covered", "shown"), [(39.0, True), (40.0, False), (85.0, False)])
def test_fewer_contacts_than_the_threshold_are_a_sign(covered: float, shown: bool) -> None:  # noqa: FBT001 - a table
    assert looked_at(key_account({"contact_coverage_pct": covered}), Sign.CONTACTS).shown is shown


def test_the_threshold_of_contacts_is_the_teams_own() -> None:
    strict = changed(catalogue.criterion("S06"), anchors=(0, 30, 60, 80, 100))
    workshop = after(key_account({"contact_coverage_pct": 50}), PutCriterion(criterion=strict))
    found = looked_at(workshop, Sign.CONTACTS)
    assert found.shown is True
    assert found.words == "We talk to 50 % of the people who matter; 60 % is enough."


# --- where figures come from ----------------------------------------------------------------------


def test_what_was_scored_comes_before_what_was_brought_in() -> None:
    workshop = after(
        key_account({"perf_gap_pts": 1.0}),
        PutCriterion(criterion=catalogue.criterion("S03")),
        ScoreCustomer(criterion="S03", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is True


def test_a_criterion_of_that_column_tells_under_any_id() -> None:
    own = changed(catalogue.criterion("S03"), id="rival", name="Ours against the best")
    workshop = after(
        key_account(),
        PutCriterion(criterion=own),
        ScoreCustomer(criterion="rival", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is True


def test_a_criterion_in_another_unit_is_not_taken_for_the_catalogues() -> None:
    other = changed(catalogue.criterion("S03"), unit="places behind")
    workshop = after(
        key_account(),
        PutCriterion(criterion=other),
        ScoreCustomer(criterion="S03", customer="ash", value=-1.0),
    )
    assert looked_at(workshop, Sign.RIVAL).shown is None


# --- all key accounts -----------------------------------------------------------------------------


def test_only_key_accounts_can_be_lost_as_such() -> None:
    workshop = placed({"ash": (9.0, 8.0), "bay": (9.0, 1.0), "cob": (1.0, 1.0)})
    assert [one.customer for one in risks(assess(workshop), TODAY)] == ["ash"]


def test_most_signs_come_first_then_most_unknown_then_most_revenue() -> None:
    people = {
        "ash": Customer(id="ash", name="Ash", profile=Profile(revenue=5.0)),
        "bay": Customer(id="bay", name="Bay", facts={"perf_gap_pts": -1.0}),
        "cob": Customer(id="cob", name="Cob", profile=Profile(revenue=9.0)),
        "dew": Customer(id="dew", name="Dew", facts={"perf_gap_pts": 1.0}),
    }
    workshop = after(
        placed(dict.fromkeys(people, (6.0, 6.0))), BringIn(origin="a test", customers=people)
    )
    assert [one.customer for one in risks(assess(workshop), TODAY)] == ["bay", "cob", "ash", "dew"]


FIGURES = st.dictionaries(
    st.sampled_from(["perf_gap_pts", "share_change_pp", "contact_coverage_pct", "contract_months"]),
    st.integers(-1000, 1000).map(lambda tenths: tenths / 10),
)


@given(FIGURES)
def test_every_sign_is_shown_or_fine_or_unknown_and_told_in_a_sentence(
    figures: dict[str, float],
) -> None:
    found = only(key_account(figures))
    assert [one.sign for one in found.checked] == list(Sign)
    assert found.unknown == 5 - len(figures)
    assert found.shown <= len(figures)
    assert all(one.words.endswith(".") and "−0 " not in one.words for one in found.checked)


# --- the headline ---------------------------------------------------------------------------------


def risk(shown: str) -> Risk:
    """A key account with a sign for each `!`, none for `.`, and an unknown one for `?`."""
    means = {"!": True, ".": False, "?": None}
    return Risk("ash", None, tuple(Checked(Sign.RIVAL, means[one], "Said.") for one in shown))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((), "There is no key account to lose"),
        ((risk("!"), risk(".")), "1 of 2 key accounts shows a warning sign"),
        ((risk("!?"), risk("!")), "2 of 2 key accounts show a warning sign"),
        ((risk("."),), "No key account shows a warning sign"),
        ((risk(".?"),), "No warning sign; of 1 key account we know too little"),
        ((risk("?"), risk("?")), "No warning sign; of 2 key accounts we know too little"),
    ],
)
def test_the_headline_counts_who_shows_a_sign(found: tuple[Risk, ...], words: str) -> None:
    assert headline(found) == words


def test_a_risk_with_everything_known_speaks_of_signs_only() -> None:
    assert risk("!.").words == "1 of 2 warning signs"
