"""What a cell of a ledger holds, in SQL: dates and figures in the layouts of office programs."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders import cells
from kam.intake.orders.cells import Cell, CellKind, Layout, Written

COMMAS = Layout(figures={"amount": Written(",")})
POINTS = Layout(figures={"amount": Written(".")})
BOTH = Layout(figures={"amount": Written(",", both=True)})
SIGNS = Layout(figures={"amount": Written(".")}, signs=True, named=True)


def value(expression: str, cell: object) -> object:
    """What the expression makes of one cell, called c0."""
    sql = f"SELECT {expression} FROM (SELECT $cell AS c0)"  # noqa: S608 -- our own
    with duckdb.connect() as connection:
        ((found,),) = connection.execute(sql, {"cell": cell}).fetchall()
    return found


@pytest.mark.parametrize(
    ("text", "slashes", "day"),
    [
        ("29.12.2010", "day", date(2010, 12, 29)),
        ("29.12.2010", "month", date(2010, 12, 29)),
        ("01-02-13", "day", date(2013, 2, 1)),
        ("1/2/2013", "month", date(2013, 1, 2)),
        ("12/29/2010 8:26", "month", date(2010, 12, 29)),
        ("20140102", "day", date(2014, 1, 2)),
        ("40541", "day", date(2010, 12, 29)),
        ("40541.25", "day", date(2010, 12, 29)),
        ("2010-12-29", "day", date(2010, 12, 29)),
        ("31/02/2012", "day", None),
        ("0000-00-00", "day", None),
        ("0010-01-05", "", None),
        ("infinity", "", None),
        ("4.5", "day", None),
        ("29.12.2010 or later", "", None),
        ("123456", "day", None),
        ("9999-12-31", "day", None),
    ],
)
def test_dates_are_read_in_the_layouts_of_office_programs(
    text: str, slashes: str, day: date | None
) -> None:
    assert value(cells.day(Cell("c0"), slashes), text) == day


def test_a_typed_date_is_taken_as_it_is_and_a_typed_number_as_its_digits() -> None:
    assert value(cells.day(Cell("c0", "date"), ""), date(2024, 2, 29)) == date(2024, 2, 29)
    assert value(cells.day(Cell("c0", "number"), "day"), 20240229) == date(2024, 2, 29)
    assert value(cells.day(Cell("c0", "number"), ""), 20240229) is None


@pytest.mark.parametrize(
    ("text", "layout", "figure"),
    [
        ("1.5", Layout(), "1.5000"),
        ("1.234,50", Layout(), None),
        ("1.234,50", COMMAS, "1234.5000"),
        ("1.234", COMMAS, "1234.0000"),
        ("1.234", POINTS, "1.2340"),
        ("$1,234.50", POINTS, None),
        ("$1,234.50", SIGNS, "1234.5000"),
        ("12.50", BOTH, "12.5000"),
        ("12,50", BOTH, "12.5000"),
        ("1.234", BOTH, "1234.0000"),
        ("0.123", COMMAS, None),
        ("2e2", POINTS, "200.0000"),
        ("n/a", POINTS, None),
    ],
)
def test_figures_are_read_as_the_layout_says(text: str, layout: Layout, figure: str | None) -> None:
    found = value(cells.figure("amount", {"amount": Cell("c0")}, layout), text)
    assert found == (None if figure is None else Decimal(figure))


@pytest.mark.parametrize("number", ["1.00005", "2.00015", "0.00005", "99.99995", "123456.78905"])
def test_a_float_becomes_a_decimal_rounded_half_up(number: str) -> None:
    found = value(cells.figure("amount", {"amount": Cell("c0", "number")}, COMMAS), float(number))
    assert found == Decimal(number) + Decimal("0.00005")
    negative = value(
        cells.figure("amount", {"amount": Cell("c0", "number")}, COMMAS), -float(number)
    )
    assert negative == -Decimal(number) - Decimal("0.00005")


@pytest.mark.parametrize("number", [float("inf"), 1e300])
def test_a_float_that_is_no_amount_is_unread(number: float) -> None:
    known = {"amount": Cell("c0", "number")}
    assert value(cells.figure("amount", known, Layout()), number) is None
    assert value(cells.unread("amount", known, Layout()), number) is not None


def test_quantity_times_price_keeps_eight_decimals() -> None:
    known = {"quantity": Cell("c0"), "unit_price": Cell("c0")}
    assert value(cells.amount(known, Layout()), "0.0001") == Decimal("0.00000001")


def test_a_cell_that_is_no_number_in_a_column_of_numbers_is_empty() -> None:
    amount = cells.figure("amount", {"amount": Cell("c0", "number")}, Layout())
    assert value(amount, float("nan")) is None
    assert value(Cell("c0", "number").text, float("nan")) is None
    assert value(Cell("c0", "number").text, 7.0) == "7.0"


def product(layout: Layout, quantity: str, price: str) -> object:
    known = {"quantity": Cell("c0[1]"), "unit_price": Cell("c0[2]")}
    return value(cells.amount(known, layout), [quantity, price])


@pytest.mark.parametrize(
    ("quantity", "price", "money"),
    [
        ("10000", "0.00125", "12.5"),
        ("100000", "0.12345", "12345"),
        ("0.000005", "2", "0.00001"),
        ("1000000", "10000", "10000000000"),
        ("2", "7500000000", "15000000000"),
    ],
)
def test_a_product_that_needs_room_is_told_and_exact_where_there_is_some(
    quantity: str, price: str, money: str
) -> None:
    assert product(Layout(), quantity, price) is None
    assert product(Layout(wide=True), quantity, price) == Decimal(money)


def test_a_product_that_no_ledger_holds_is_unread_and_stops_nothing() -> None:
    assert product(Layout(wide=True), "99999999999999999999", "100000000000") is None
    assert product(Layout(), "99999999999999", "99999999999999") is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [("EUR 5", "EUR"), ("5 €", "EUR"), ("£5", "GBP"), ("$5", "$"), ("USD $5", "USD"), ("5", None)],
)
def test_a_currency_is_named_by_its_code_or_sign(text: str, sign: str | None) -> None:
    assert value(cells.currency({"amount": Cell("c0")}, SIGNS), text) == sign


@pytest.mark.parametrize(
    ("column", "amount", "currency"),
    [
        ("USD", "$5", "USD"),
        ("eur", "€5", "EUR"),
        ("€", "EUR 5", "EUR"),
        ("EUR", "$5", "$ / EUR"),
        ("EUR", "5", "EUR"),
        (None, "€5", "EUR"),
        (None, "5", None),
    ],
)
def test_a_line_that_names_two_currencies_is_in_both(
    column: str | None, amount: str, currency: str | None
) -> None:
    known = {"currency": Cell("c0[1]"), "amount": Cell("c0[2]")}
    assert value(cells.currency(known, SIGNS), [column, amount]) == currency


def test_signs_say_nothing_where_they_do_not_count() -> None:
    known = {"amount": Cell("c0")}
    assert value(cells.currency(known, Layout()), "$5") is None
    assert value(cells.currency({**known, "currency": Cell("c0")}, Layout()), "usd") == "USD"


@pytest.mark.parametrize(
    ("text", "day"),
    [("24-12-05", date(2024, 12, 5)), ("24/12/05 08:00", date(2024, 12, 5)),
     ("05.12.24", date(2024, 12, 5)), ("31-12-2024", None)],
)  # fmt: skip
def test_the_year_comes_first_where_the_layout_says_so(text: str, day: date | None) -> None:
    assert value(cells.slashed("c0", "year"), text) == day


def test_a_truth_value_is_its_text_and_no_money() -> None:
    known = {"amount": Cell("c0", "other"), "date": Cell("c0", "other")}
    assert value(Cell("c0", "other").text, cell=True) == "true"
    assert value(cells.figure("amount", known, Layout()), cell=True) is None
    assert value(cells.day(known["date"], "day"), cell=True) is None


def test_what_cannot_be_read_keeps_its_text_and_an_empty_cell_has_none() -> None:
    known = {"date": Cell("c0"), "amount": Cell("c0")}
    assert value(cells.unread("date", known, Layout()), " soon ") == "soon"
    assert value(cells.unread("amount", known, Layout()), "5") is None
    assert value(cells.unread("amount", known, Layout()), "  ") is None
    assert value(cells.unread("cost", known, Layout()), "x") is None


TEXTS = st.text(alphabet="a1 \t\u00a0\u2003\u3000\u00e9-", max_size=6) | st.none()


@settings(max_examples=5, deadline=None)
@given(st.lists(TEXTS, min_size=40, max_size=100))
def test_a_varied_text_is_trimmed_as_any_other(texts: list[str | None]) -> None:
    cell = Cell("c0")
    sql = f"SELECT {cell.varied_text}, {cell.text} FROM (SELECT unnest(?::VARCHAR[]) AS c0)"  # noqa: S608 -- our own
    with duckdb.connect() as connection:
        rows = connection.execute(sql, [texts]).fetchall()
    assert [row[0] for row in rows] == [row[1] for row in rows]


@pytest.mark.parametrize(("text", "left"), [(" A 1 ", "A 1"), ("\u00a0A\u2003", "A"), ("  ", None)])
def test_spaces_of_any_width_around_a_text_are_no_part_of_it(text: str, left: str | None) -> None:
    assert value(Cell("c0").text, text) == value(Cell("c0").varied_text, text) == left


def test_a_number_in_a_column_of_texts_is_its_digits() -> None:
    assert value(Cell("c0", "number").varied_text, 17) == "17"


@pytest.mark.parametrize(
    ("key", "kind", "typed"),
    [
        ("date", "date", True),
        ("date", "number", False),
        ("date", "text", False),
        ("amount", "number", True),
        ("cost", "date", False),
        ("cost", "text", False),
    ],
)
def test_a_column_is_typed_if_the_file_itself_says_what_it_holds(
    key: str, kind: CellKind, *, typed: bool
) -> None:
    assert cells.is_typed(key, kind) is typed
