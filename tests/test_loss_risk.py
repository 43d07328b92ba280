"""The risk of losing key accounts: their order, what hangs on them, and what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, OverrideClass
from kam.method.assessment import assess
from kam.method.loss_risk import AtStake, Risk, at_stake, headline, risks, unknown_words
from kam.method.warning_signs import Checked, Sign
from kam.model import Class, Customer, Favours, Profile, Workshop
from tests.workshops import TODAY, after, placed

BY_NAME = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="We promised")


def key_account(facts: dict[str, float] | None = None) -> Workshop:
    """One key account, by decision, of which only that is known."""
    workshop = placed({"ash": (6.0, 6.0)}, favours=Favours.UNKNOWN)
    ash = Customer(id="ash", name="Ash", facts=facts or {})
    return after(workshop, BringIn(origin="a test", customers={"ash": ash}), BY_NAME)


def only(workshop: Workshop, today: date = TODAY) -> Risk:
    """The risk of the only key account."""
    [found] = risks(assess(workshop), today)
    return found


def test_what_nobody_knows_is_counted_beside_the_signs() -> None:
    assert only(key_account()).words == "0 of 5 warning signs, 5 not known"


# --- all key accounts -----------------------------------------------------------------------------


def test_only_key_accounts_can_be_lost_as_such() -> None:
    workshop = placed({"ash": (9.0, 8.0), "bay": (9.0, 1.0), "cob": (1.0, 1.0)})
    assert [one.customer for one in risks(assess(workshop), TODAY)] == ["ash"]


def test_most_signs_come_first_then_most_unknown_then_most_contribution() -> None:
    people = {
        "ash": Customer(id="ash", name="Ash", profile=Profile(revenue=9.0, margin_pct=10)),
        "bay": Customer(id="bay", name="Bay", facts={"perf_gap_pts": -1.0}),
        "cob": Customer(id="cob", name="Cob", profile=Profile(revenue=5.0, margin_pct=40)),
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


def risk(shown: str, contribution: float | None = None) -> Risk:
    """A key account with a sign for each `!`, none for `.`, and an unknown one for `?`."""
    means = {"!": True, ".": False, "?": None}
    signs = tuple(Checked(Sign.RIVAL, means[one], "Said.") for one in shown)
    return Risk("ash", contribution, signs)


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


# --- what hangs on them ---------------------------------------------------------------------------


def test_contribution_is_what_is_left_of_revenue_after_cost_of_goods() -> None:
    workshop = placed({"ash": (6.0, 6.0)}, revenue=1000.0, margin_pct=30.0)
    assert only(workshop).contribution == pytest.approx(300.0)
    assert only(placed({"ash": (6.0, 6.0)}, revenue=1000.0)).contribution is None


def test_only_accounts_with_a_sign_are_at_stake_and_unknown_ones_are_counted_apart() -> None:
    found = (risk("!", 200.0), risk("!?", 100.0), risk("!"), risk(".", 900.0))
    assert at_stake(found) == AtStake(3, 300.0, 1)
    assert at_stake(()) == AtStake(0, 0.0, 0)


def test_the_last_review_is_looked_at_for_the_share() -> None:
    earlier, now = (key_account({"share_of_wallet_pct": share}) for share in (30.0, 20.0))
    [found] = risks(assess(now), TODAY, assess(earlier))
    assert found.checked[1].shown is True
    assert only(now).checked[1].shown is None


# --- what is not known ----------------------------------------------------------------------------


def test_what_is_not_known_is_told_with_where_to_write_it_down() -> None:
    facts = {"perf_gap_pts": 1.0, "share_change_pp": 1.0, "contact_coverage_pct": 80.0}
    assert unknown_words((only(key_account(facts)),)) == (
        "Not known: when the contract ends (1 of 1) and whether it would favour us (1 of 1). "
        "Write down a contract's end at the right, everything else on the page Customers."
    )


def test_where_everything_is_known_nothing_is_asked_for() -> None:
    assert unknown_words((risk(".....", 1.0),)) == ""
    assert unknown_words(()) == ""
