"""Amounts in other currencies: found by header, cells or row; out until their rate is known."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.aliases import Target
from kam.intake.lists.currencies import (
    converted,
    foreign,
    named_currencies,
    question,
    without_rate,
)
from kam.intake.lists.fields import FACT, Cells, Understood, Whole, Written, figures_in
from kam.intake.tables.files import Table

REVENUE = Target("revenue", "Revenue with us", "number")
MARGIN = Target("margin_pct", "Margin in %", "number")


def column(amounts: Sequence[str], header: str = "Revenue", **beside: Sequence[str]) -> Table:
    """A table of amounts, and of the columns beside them; blanks stand for underscores."""
    headers = (header, *(name.replace("_", " ") for name in beside))
    rows = tuple(zip(amounts, *beside.values(), strict=True))
    return Table("c.csv", headers, rows, tuple(range(2, len(rows) + 2)))


def cells(table: Table, target: Target = REVENUE) -> Cells:
    return Cells(table.headers[0], target, table.column(table.headers[0]), table.line_numbers)


def named(table: Table, target: Target = REVENUE) -> tuple[str, ...]:
    return named_currencies(table, cells(table, target))


def taken(
    table: Table, rates: Mapping[str, float] | None = None, factor: float = 1.0
) -> tuple[Understood[float], tuple[str, ...]]:
    """The amounts for a workshop in euros; with rates, or a factor, somebody has said something."""
    one = cells(table)
    said = Written(factor=factor, rates=rates or {}) if rates or factor != 1 else None
    return converted(figures_in(one, said), table, one, said, "EUR")


# --- what tells the currency ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        *("Currency", "Currency code", "Account Currency", "CurrencyIsoCode", "Währung", "WAERS"),
        *("TransactionCurrencyId", "Revenue Currency", "Currency of Revenue", "SALESCURRENCYCODE"),
        *("Währungsschlüssel", "Währungscode", "Kundenwährung", "CurrencyRef.value"),
    ],
)
def test_a_column_beside_the_amounts_names_their_currency_row_by_row(header: str) -> None:
    table = Table("c.csv", ("Revenue", header), (("5", "USD"), ("6", "CHF")), (2, 3))
    assert named(table) == ("USD", "CHF")


@pytest.mark.parametrize(
    "header", ["Price list currency", "Credit limit currency", "Currency rate", "Current", "Waers2"]
)
def test_the_currency_of_something_else_is_not_that_of_the_amounts(header: str) -> None:
    table = Table("c.csv", ("Revenue", header), (("5", "USD"), ("6", "CHF")), (2, 3))
    assert named(table) == ()


def test_the_currency_of_these_very_amounts_goes_before_the_one_of_the_row() -> None:
    table = column(["5"], Currency=["EUR"], Revenue_Currency=["USD"])
    assert named(table) == ("USD",)


def test_amounts_that_their_program_has_converted_are_not_in_the_currency_of_their_row() -> None:
    header = "Revenue (converted)"
    assert named(column(["5"], header, Currency=["USD"])) == ()
    own = column(["5"], header, **{"Revenue_(converted)_Currency": ["CHF"]})
    assert named(own) == ("CHF",)


def test_the_header_or_the_cells_of_the_amounts_go_before_a_column_beside_them() -> None:
    assert named(column(["5"], "Revenue (kEUR)", Currency=["USD"])) == ("EUR",)
    assert named(column(["$5", "$6"], Currency=["USD", "USD"])) == ("$", "$")
    assert named(column(["5 CHF"], Currency=["USD"])) == ("CHF",)


def test_one_amount_with_a_sign_does_not_speak_for_the_others() -> None:
    assert named(column(["$5", "6", "7", "8"])) == ()


def test_currencies_are_known_by_their_names_and_others_are_told_as_they_stand() -> None:
    beside = ["Euro", "US Dollar", "chf", "£", "Taler", ""]
    assert named(column(["5"] * 6, Currency=beside)) == ("EUR", "USD", "CHF", "GBP", "Taler", "")


def test_percentages_and_plain_numbers_have_no_currency_of_their_row() -> None:
    table = column(["5"], "Margin", Currency=["USD"])
    assert named(table, MARGIN) == ()
    assert named(table, Target(FACT, "Margin", "number")) == ()


def test_a_number_that_is_kept_under_its_header_says_there_in_what_it_is() -> None:
    fact = Target(FACT, "Spend (USD)", "number")
    assert named(column(["5"], "Spend (USD)"), fact) == ()
    assert named(column(["USD 5"], "Spend"), fact) == ("USD",)


def test_what_the_whole_column_told_holds_for_some_of_its_rows() -> None:
    table = column(["5"])
    some = Cells("Revenue", REVENUE, ("5",), (2,), whole=Whole(currency="USD"))
    assert named_currencies(table, some) == ("USD",)


# --- what is asked --------------------------------------------------------------------------------


def test_only_other_currencies_are_asked_about_and_only_with_amounts() -> None:
    table = column(["5", "6", "0", "", "7"], Currency=["USD", "EUR", "CHF", "GBP", "USD"])
    assert foreign(table, cells(table), "EUR") == {"USD": 2}
    assert foreign(table, cells(table), "USD") == {"EUR": 1}


def test_a_dollar_sign_is_foreign_to_euros_and_not_to_any_dollar() -> None:
    table = column(["$5", "$6"])
    assert foreign(table, cells(table), "EUR") == {"$": 2}
    assert not foreign(table, cells(table), "CAD")
    assert without_rate(["$"], Written(rates={"USD": 0.9})) == ()
    assert without_rate(["$"], Written(rates={"USD": 0.9, "CAD": 0.7})) == ("$",)


def test_the_question_names_the_currencies_and_ours() -> None:
    one = "In USD, and this workshop counts in EUR. What is one USD worth?"
    assert question(["USD"], "EUR") == one
    two = "In USD and CHF, and this workshop counts in EUR. What is one worth?"
    assert question(["USD", "CHF"], "EUR") == two


# --- what becomes of the amounts ------------------------------------------------------------------


def test_amounts_without_a_rate_stay_unknown_and_are_counted() -> None:
    table = column(["5", "6", "7", "0"], Currency=["USD", "EUR", "CHF", "USD"])
    read, lacking = taken(table)
    assert (read.values, lacking) == ([None, 6.0, None, 0.0], ("USD", "CHF"))
    [note] = read.notes
    assert note.endswith("until you say what one is worth in EUR: 1 in USD and 1 in CHF.")


def test_amounts_are_multiplied_by_their_rates_and_that_is_told() -> None:
    table = column(["5", "6", "7"], Currency=["USD", "EUR", "CHF"])
    read, lacking = taken(table, {"USD": 0.5, "CHF": 1.0})
    assert (read.values, lacking) == ([2.5, 6.0, 7.0], ())
    assert read.notes == (
        "Column Revenue: one USD is taken as 0.5 EUR.",
        "Column Revenue: amounts in CHF are taken as EUR, as you said.",
    )


def test_a_rate_comes_on_top_of_a_scale() -> None:
    read, _ = taken(column(["5"], "Revenue (kUSD)"), {"USD": 0.5}, factor=1_000.0)
    assert read.values == [2_500.0]


def test_the_factor_of_a_column_in_one_currency_may_be_its_rate() -> None:
    read, lacking = taken(column(["5"], "Revenue (USD)"), factor=0.9)
    assert (read.values, lacking) == ([4.5], ())
    two = column(["5", "6"], Currency=["USD", "CHF"])
    assert taken(two, factor=0.9)[1] == ("USD", "CHF")


def test_amounts_without_a_currency_beside_others_are_taken_as_ours_and_told() -> None:
    read, _ = taken(column(["5", "6", "7"], Currency=["USD", "", ""]), {"USD": 0.5})
    assert read.values == [2.5, 6.0, 7.0]
    assert read.notes[-1] == "Column Revenue: amounts without a currency (2) are taken as EUR."


@given(st.lists(st.sampled_from(["EUR", "€", "", "Euro"]), min_size=1))
def test_amounts_in_our_own_currency_stay_as_they_are(codes: list[str]) -> None:
    table = column(["5"] * len(codes), Currency=codes)
    read = figures_in(cells(table), None)
    assert converted(read, table, cells(table), None, "EUR") == (read, ())
