"""Thousands, currencies and percent are told from headers and cells, and nothing is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.aliases import Target
from kam.intake.headers.units import (
    currencies,
    currency_in,
    in_percent,
    may_be_one_currency,
    may_be_share,
    names_no_currency,
    unit_of,
    without_unit,
)


@pytest.mark.parametrize(
    ("header", "factor", "currency"),
    [
        ("Rev 2025 (kEUR)", 1e3, "EUR"),
        ("Umsatz TEUR", 1e3, "EUR"),
        ("Umsatz (T€)", 1e3, "EUR"),
        ("Revenue (000)", 1e3, ""),
        ("Sales '000", 1e3, ""),
        ("Revenue in thousands", 1e3, ""),
        ("Umsatz in Tsd. EUR", 1e3, "EUR"),
        ("Umsatz Mio. €", 1e6, "EUR"),
        ("Rev $m", 1e6, ""),
        ("mUSD", 1e6, "USD"),
        ("Revenue USD bn", 1e9, "USD"),
        ("Umsatz Mrd. CHF", 1e9, "CHF"),
    ],
)
def test_a_scale_in_the_header_is_told(header: str, factor: float, currency: str) -> None:
    unit = unit_of(header, ["1"])
    assert (unit.factor, unit.currency) == (factor, currency)
    assert unit.why.endswith(f"we multiply by {factor:,.0f}.")


@pytest.mark.parametrize("header", ["Revenue", "Market", "K", "Kunden (m)", "Tier", "Team", "BN"])
def test_a_header_without_a_scale_is_taken_as_it_stands(header: str) -> None:
    assert unit_of(header, ["1", "2"]) == (1.0, "", "", False)


def test_thousands_are_told_in_the_words_of_the_screen() -> None:
    assert unit_of("Rev (kEUR)", []).why == "Looks like thousands; we multiply by 1,000."


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        (["USD 5", "USD 6"], "USD"),
        (["€5", "6"], "EUR"),
        (["USD 5", "EUR 6"], ""),
        (["$5"], ""),
        (["5"], ""),
    ],
)
def test_the_one_currency_of_the_cells_is_told(cells: list[str], currency: str) -> None:
    assert unit_of("Revenue", cells).currency == currency


def test_cells_say_more_about_the_currency_than_the_header() -> None:
    assert unit_of("Revenue EUR", ["USD 5"]).currency == "USD"


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("Margin %", ["0.2", "0.35"], True),
        ("Margin %", ["0", "1"], False),
        ("Margin %", ["0.2", "35"], False),
        ("Margin", ["0.2", "0.35"], False),
    ],
)
def test_shares_under_a_percent_sign_are_told_and_not_changed(
    header: str,
    cells: list[str],
    told: bool,  # noqa: FBT001 - a case
) -> None:
    unit = unit_of(header, cells)
    assert unit.factor == 1
    assert bool(unit.why) is told


PERCENT = Target("margin_pct", "Margin", "number")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["0.2", "0.35"], "All values lie between 0 and 1"),
        (["0.2", "0.35", "-0.1", "1.2", "2.5"], "Most values lie between -1.5 and 1.5"),
        (["0.2", "35", "12"], ""),
        (["20 %", "0.3"], ""),
        (["1", "-1"], ""),
        ([], ""),
    ],
)
def test_a_field_of_percentages_asks_about_shares(cells: list[str], why: str) -> None:
    unit = unit_of("Margin", cells, PERCENT)
    assert (unit.shares, unit.why.startswith(why)) == (bool(why), True)


@pytest.mark.parametrize(
    ("header", "target", "percent"),
    [
        ("Margin", PERCENT, True),
        ("Growth %", None, True),
        ("Growth", Target("criterion:g", "Growth", "number", unit="% a year"), True),
        ("Growth", Target("criterion:g", "Growth in percent", "number"), True),
        ("Share %", Target("criterion:s", "Share", "number", low=0, high=1), False),
        ("Revenue", Target("revenue", "Revenue", "number"), False),
        ("Growth", None, False),
    ],
)
def test_percentages_are_told_by_header_field_and_unit(
    header: str,
    target: Target | None,
    percent: bool,  # noqa: FBT001 - a case
) -> None:
    assert in_percent(header, target) is percent


def test_a_share_is_small_and_not_zero() -> None:
    assert [may_be_share(one) for one in (0.25, -1.5, 1.6, 0)] == [True, True, False, False]


def test_currencies_are_counted_by_cell() -> None:
    assert currencies(["€ 5", "5 EUR", "$6", "7", "", "CHF 8"]) == {"EUR": 2, "$": 1, "CHF": 1}


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("EUR", "EUR", True),
        ("EUR", "", True),
        ("$", "CAD", True),
        ("$", "EUR", False),
        ("USD", "EUR", False),
    ],
)
def test_a_dollar_sign_may_be_any_dollar(
    one: str,
    other: str,
    may: bool,  # noqa: FBT001 - a case
) -> None:
    assert may_be_one_currency(one, other) is may_be_one_currency(other, one) is may


@pytest.mark.parametrize("text", ["IMP-110", "SKU 5", "XYZ"])
def test_three_letters_that_are_no_currency_make_no_amount(text: str) -> None:
    assert names_no_currency(text)


@pytest.mark.parametrize("text", ["EUR 5", "5", "", "1.5E7", "HRK 1"])
def test_an_amount_is_no_code(text: str) -> None:
    assert not names_no_currency(text)


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Revenue (kEUR)", "Revenue"),
        ("Annual Revenue (USD)", "Annual Revenue"),
        ("Umsatz TEUR", "Umsatz"),
        ("Umsatz Mio. €", "Umsatz"),
        ("Margin (%)", "Margin"),
        ("EUR", "EUR"),
        ("Market", "Market"),
    ],
)
def test_a_header_is_known_without_its_unit(header: str, bare: str) -> None:
    assert without_unit(header) == bare


@given(st.text(max_size=30))
def test_any_text_names_one_currency_or_none(text: str) -> None:
    assert currency_in(text) == "" or len(currency_in(text)) in {1, 3}
