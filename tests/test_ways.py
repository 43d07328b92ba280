"""`kam.intake.lists.ways`: what a column tells of how it is written, and what stays open."""

import pytest

from kam.intake.headers.aliases import CUSTOMER_TARGETS
from kam.intake.lists.fields import SHARES, Cells, Written
from kam.intake.lists.ways import Hand, as_the_last_time, hand_of, in_doubt, started
from kam.model import Writing

FIELDS = {target.key: target for target in CUSTOMER_TARGETS}


def hand(key: str, *texts: str, header: str = "X", foreign: tuple[str, ...] = ()) -> Hand:
    """How a column is written that goes to a field."""
    return hand_of(Cells(header, FIELDS[key], texts, ()), foreign)


def kinds(of: Hand, written: Written | None = None, before: Writing | None = None) -> list[str]:
    return [kind for kind, _, _ in in_doubt(of, written or Written(), before, "EUR")]


def test_figures_with_one_reading_leave_nothing_open() -> None:
    assert kinds(hand("revenue", "1234", "", "12.5")) == []
    assert hand("revenue", "1234", "12.5").decided.mark == "."


def test_a_figure_with_two_readings_is_open_until_its_mark_is_said() -> None:
    either = hand("revenue", "1,234")
    assert kinds(either) == ["mark"]
    assert kinds(either, Written(",")) == []


def test_the_sentence_beside_a_column_does_not_repeat_its_name() -> None:
    [(_, beside, alone)] = in_doubt(hand("revenue", "1,234"), Written(), None, "EUR")
    assert beside == '"1,234" can be read in two ways; we read it as 1234.'
    assert alone == f"Column X: {beside}"


def test_days_are_open_until_their_order_is_said_and_texts_never_are() -> None:
    either = hand("contract_until", "03/04/2028")
    assert kinds(either) == ["days"]
    assert kinds(either, Written(day_first=False)) == []
    assert kinds(hand("owner", "03/04/2028", "1,234")) == []


def test_a_scale_is_open_until_a_factor_was_said_even_that_there_is_none() -> None:
    scaled = hand("revenue", "5", header="Revenue (kEUR)")
    assert kinds(scaled) == ["scale"]
    assert kinds(scaled, before=Writing(factor=1.0)) == []


def test_currencies_are_open_until_each_has_a_rate() -> None:
    both = hand("revenue", "5", "6", foreign=("USD", "CHF"))
    assert kinds(both) == kinds(both, Written(rates={"USD": 0.9})) == ["currency"]
    assert kinds(both, Written(rates={"USD": 0.9, "CHF": 1.1})) == []


def test_a_rate_of_the_last_time_is_asked_again_unless_it_says_that_amounts_are_ours() -> None:
    dollars = hand("revenue", "5", foreign=("USD",))
    for rate, asked in ((0.9, ["rate"]), (1.0, [])):
        before = Writing(rates={"USD": rate})
        assert kinds(dollars, started(dollars, Written(), before), before) == asked
    assert kinds(dollars, Written(rates={"USD": 0.8}), Writing(rates={"USD": 0.9})) == []


@pytest.mark.parametrize(("factor", "asked"), [(1e3, []), (1e9, []), (0.9, ["rate"])])
def test_a_factor_that_is_no_scale_is_asked_again(factor: float, asked: list[str]) -> None:
    assert kinds(hand("revenue", "5"), before=Writing(factor=factor)) == asked


def test_what_the_header_says_holds_where_nothing_was_said_the_last_time() -> None:
    scaled = Written(factor=1e3)
    assert started(hand("revenue", "5"), scaled, None) == scaled
    assert started(hand("revenue", "5"), scaled, Writing(decimal_mark=",")) == scaled


def test_what_the_cells_tell_goes_before_what_was_said_the_last_time() -> None:
    before = Writing(decimal_mark=",", day_first=False)
    assert started(hand("revenue", "1.234"), Written(), before).mark == ","
    assert started(hand("revenue", "1.25"), Written(), before).mark is None
    assert started(hand("contract_until", "03/04/2028"), Written(), before).day_first is False
    assert started(hand("contract_until", "31/04/2028"), Written(), before).day_first is None


def test_shares_of_the_last_time_hold_only_for_what_may_be_shares() -> None:
    before = Writing(factor=SHARES)
    shares, percent = hand("margin_pct", "0.25", "0.5"), hand("margin_pct", "25", "31.5")
    assert started(shares, Written(), before).factor == SHARES
    assert started(percent, Written(), before).factor == 1
    assert (kinds(shares, before=before), kinds(percent, before=before)) == ([], ["shares"])


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (Written(factor=1e9), Writing(factor=1e9), "in billions"),
        (Written(factor=SHARES), Writing(factor=SHARES), "in shares"),
        (Written(","), Writing(decimal_mark=","), "with a decimal comma"),
        (Written(day_first=True), Writing(day_first=True), "with the day first"),
        (Written(factor=0.9), Writing(factor=0.9), ""),
        (Written(factor=1.0), Writing(factor=1.0), ""),
        (Written(factor=1e3), Writing(), ""),
        (None, Writing(factor=1e3), ""),
        (Written(factor=1e3), None, ""),
    ],
)
def test_only_what_holds_because_of_the_last_time_is_told(
    now: Written | None, before: Writing | None, told: str
) -> None:
    assert as_the_last_time(now, before) == told
