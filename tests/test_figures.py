"""Numbers as people write them, alike in Python and in SQL."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.figures import (
    GROUPED,
    SLIP,
    Mark,
    decision,
    exact,
    in_full,
    likely_mark,
    may_be_either,
    numbers,
    sql_figure,
    verdict,
)
from kam.intake.orders.entries import connected
from kam.intake.orders.marks import Scan, shown
from kam.intake.orders.sources import CsvFile

MARKS: tuple[Mark, ...] = (".", ",")
FOUR = Decimal("0.0001")

WRITTEN = [
    ("1,234.50", ".", "1234.50"),
    ("1.234,50", ",", "1234.50"),
    ("1 234", ".", "1234"),
    ("1\u202f234,5", ",", "1234.5"),
    ("1'234.5", ".", "1234.5"),
    ("12 %", ".", "12"),
    ("(1,200)", ".", "-1200"),
    ("(EUR 1.200,00)", ",", "-1200.00"),
    ("-5", ".", "-5"),
    ("−5", ".", "-5"),
    ("5-", ".", "-5"),
    ("EUR 1,200", ".", "1200"),
    ("$1,234.56", ".", "1234.56"),
    ("-$5", ".", "-5"),
    ("12,50 €", ",", "12.50"),
    (".5", ".", "0.5"),
    ("+7", ".", "7"),
    ("6.0E7", ".", "60000000"),
    ("00.11", ".", "0.11"),
    ("1.200,-", ",", "1200"),
    ("CHF 1'200.–", ".", "1200"),
    ("5.000,--", ",", "5000"),
    ("1,200.—", ".", "1200"),
    ("-1.200,- €", ",", "-1200"),
]

NO_NUMBERS = (
    *("", "n/a", "-", "1.5k", "3m", "1,2,3", "300,0,00.40", "12 5", "NaN", "INF", "EUR", "#REF!"),
    *("(5", "1-2", "--5", "(-5)", "2025-01-02", "1.2.3", "5 EUR 6", "5 EUR 600", "5EUR600", "٣"),
)


@pytest.mark.parametrize(("text", "mark", "number"), WRITTEN)
def test_a_written_number_is_read_exactly(text: str, mark: Mark, number: str) -> None:
    assert exact(text, mark) == Decimal(number)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_not_a_number_stays_unread(text: str, mark: Mark) -> None:
    assert exact(text, mark) is None


@given(st.decimals(-1_000_000_000, 1_000_000_000, places=2))
def test_a_number_survives_being_written_in_german_and_in_english(number: Decimal) -> None:
    english = f"{number:,}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert exact(english, ".") == number == exact(german, ",")


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    yield connection
    connection.close()


@pytest.mark.parametrize("mark", MARKS)
def test_sql_and_python_agree_on_every_text_named_here(
    database: duckdb.DuckDBPyConnection, mark: Mark
) -> None:
    texts = [*(text for text, *_ in WRITTEN), *NO_NUMBERS]
    assert in_sql(database, texts, mark) == [exact(text, mark) for text in texts]


@given(st.lists(st.text("0123456789.,-()' €%EURx", max_size=10), max_size=20))
def test_sql_and_python_agree_on_anything_like_a_number(
    database: duckdb.DuckDBPyConnection, texts: list[str]
) -> None:
    for mark in MARKS:
        fit = [text for text in texts if abs(exact(text, mark) or Decimal(0)) < 10**13]
        read = [exact(text, mark) for text in fit]
        rounded = [one if one is None else one.quantize(FOUR, ROUND_HALF_UP) for one in read]
        assert in_sql(database, fit, mark) == rounded


def in_sql(
    connection: duckdb.DuckDBPyConnection, texts: list[str], mark: Mark
) -> list[Decimal | None]:
    sql = f"SELECT {sql_figure('t', mark)} FROM (SELECT unnest($1::VARCHAR[]) AS t)"  # noqa: S608 - ours
    return [row[0] for row in connection.execute(sql, [texts]).fetchall()]


@pytest.mark.parametrize(("text", "mark"), [("0.123", ","), ("0,123", "."), ("-012.345", ",")])
def test_nobody_groups_digits_behind_a_zero(text: str, mark: Mark) -> None:
    assert exact(text, mark) is None


def test_signs_of_currencies_can_be_kept_out(database: duckdb.DuckDBPyConnection) -> None:
    sql = sql_figure("t", ".", "DECIMAL(38, 10)", signs=False)
    rows = database.execute(f"SELECT {sql} FROM (SELECT unnest(['5', '5 %', '€5', 'EUR 5']) AS t)")  # noqa: S608 - ours
    assert rows.fetchall() == [(5,), (5,), (None,), (None,)]


def test_one_cell_that_tells_decides_for_the_whole_column() -> None:
    assert numbers("Revenue", ["1.234", "12,5", "", "7"]).values == (1234.0, 12.5, None, 7.0)
    assert numbers("Revenue", ["1,234", "12.5"]).values == (1234.0, 12.5)


def test_decimal_commas_are_told_with_an_example_of_a_grouped_number() -> None:
    note = decision("Revenue", ["1.234", "12,5"]).note
    assert note == 'Column Revenue has decimal commas; "1.234" is read as 1234.'


def test_a_column_with_two_readings_is_named() -> None:
    found = decision("Revenue", ["1,234", "5", "20,000"])
    assert not found.sure
    assert found.note == 'Column Revenue: "1,234" can be read in two ways; we read it as 1234.'


def test_a_point_before_three_digits_is_a_decimal_mark_and_the_doubt_is_told() -> None:
    column = numbers("Revenue", ["23.824", "1.500"])
    assert column.values == (23.824, 1.5)
    assert '"23.824" can be read in two ways; we read it as 23.824' in column.decision.note


def test_a_person_can_decide_the_mark() -> None:
    column = numbers("Revenue", ["23.824"], ",")
    assert (column.values, column.decision.note) == ((23824.0,), "")


def test_a_cell_that_proves_its_mark_is_read_by_it_and_that_is_told() -> None:
    column = numbers("Revenue", ["1,25", "2,75", "1.2345"])
    assert column.values == (1.25, 2.75, 1.2345)
    assert column.decision.note == "Column Revenue mixes decimal commas and points."
    assert column.decision.sure
    assert numbers("Revenue", ["3.75", "12,50"], ".").values == (3.75, 12.5)


def test_a_flat_amount_is_read_by_its_own_mark_and_never_below_zero() -> None:
    assert numbers("Revenue", ["1.200,-", "CHF 1'200.–"]).values == (1200.0, 1200.0)
    assert numbers("Revenue", ["1.200,-", "1.234"]).values == (1200.0, 1234.0)


def test_where_marks_contradict_a_cell_with_two_readings_stays_open() -> None:
    column = numbers("Revenue", ["1.234,50", "22.5", "1,234", "12,5"])
    assert column.values == (1234.5, 22.5, None, 12.5)
    assert (column.decision.mixed, column.decision.sure) == (True, False)
    assert '"1,234" can be read in two ways' in column.decision.note
    assert numbers("Revenue", ["1.234,50", "22.5", "1,234"], ",").values == (1234.5, 22.5, 1.234)


def test_semicolons_between_columns_make_the_comma_likely_and_nothing_certain() -> None:
    found = decision("Revenue", ["1.234", "150.000"], likely_mark(";"))
    assert (found.mark, found.sure) == (",", False)
    assert found.note == 'Column Revenue: "1.234" can be read in two ways; we read it as 1234.'
    assert likely_mark(",") == likely_mark("") == "."
    assert decision("Revenue", ["1.234", "22.5"], ",").mark == "."


def test_of_as_many_cells_for_one_mark_as_for_the_other_the_likely_one_is_taken() -> None:
    assert decision("Revenue", ["1,5", "1.5"], ",").mark == ","
    assert decision("Revenue", ["1,5", "1.5"]).mark == "."


@pytest.mark.parametrize(("text", "may"), [("1.234", True), ("EUR 1,234", True), ("12.5", False)])
def test_a_cell_may_have_two_readings(text: str, may: bool) -> None:  # noqa: FBT001 - a case
    assert may_be_either(text) is may


# Cells of a column of money -> what they tell, and the decimal mark if they tell one.
COLUMNS: list[tuple[list[str], str, Mark | None]] = [
    (["37,035", "80,000", "1,000", "9,500", "12,000"], "grouped", "."),
    (["37.035", "EUR 80.000", "1.000", "(9.500)", "12.000"], "grouped", ","),
    (["37,035", "80,000", "1,000", "9,500", "12000"], "open", None),
    (["37,035", "80,000", "1,000", "9,500", "12.000"], "open", None),
    (["37,035", "80,000", "1,000", "9,500", "0,500"], "told", ","),
    (["37,035", "80,000", "1,000", "9,500", "12,5"], "told", ","),
    (["37,035", "80,000", "1,000", "9,500", "1,234,567"], "told", "."),
    (["37,035", "80,000", "1,000", "9,500", "1234,567"], "told", ","),
    (["3.500", "12,50", "7.5"], "mixed", None),
    (["12,5", *["1.234"] * (SLIP + 1)], "mixed", None),
    (["12,5", *["1.234"] * SLIP], "told", ","),
    (["12.5", *["1,234"] * (SLIP + 1)], "told", "."),
    (["1.234E5"] * 5, "told", "."),
    (["5", "n/a", "", "1'234", "1 234"], "plain", None),
]


@pytest.mark.parametrize(("texts", "why", "mark"), COLUMNS)
def test_lists_and_ledgers_read_one_column_alike(
    tmp_path: Path, texts: list[str], why: str, mark: Mark | None
) -> None:
    """Python counts the cells of a list, the database those of a ledger; both ask `verdict`."""
    path = tmp_path / "ledger.csv"
    path.write_text("".join(f"{text}|x\n" for text in texts), encoding="utf-8")
    file = CsvFile(path, compressed=False, delimiter="|", skip=0, width=2, places={"amount": 0})
    with connected([path], tmp_path) as connection:
        counted = shown(connection, file, Scan(("amount",), date(2026, 1, 1))).figures["amount"]
    assert verdict(counted.seen, money=True) == (why, mark)
    decided = decision("Amount", texts, money=True)
    assert (decided.mixed, decided.sure) == (why == "mixed", decided.sure)
    assert mark is None or decided.mark == mark
    assert decided.sure is (why in {"told", "grouped"}) or why in {"mixed", "plain"}


def test_amounts_in_groups_of_thousands_are_told_with_the_reason() -> None:
    texts, *_ = COLUMNS[1]
    found = decision("Revenue", texts, money=True)
    assert (found.mark, found.sure) == (",", True)
    assert found.note == f'Column Revenue: "37.035" is read as 37035, {GROUPED}.'
    assert not decision("Weight", texts).sure
    assert not decision("Revenue", texts[:4], money=True).sure


def test_plain_numbers_need_no_note() -> None:
    assert decision("Revenue", ["1.5", "200", "", "n/a"]).note == ""


@pytest.mark.parametrize("text", ["1e999", "82544000000000707.52", "99999999999999"])
def test_a_number_too_large_for_cents_is_not_taken_as_a_figure(text: str) -> None:
    assert numbers("Revenue", [text]).values == (None,)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1234567.0, "1,234,567"),
        (1e6, "1,000,000"),
        (0.25, "0.25"),
        (-1234.5, "-1,234.5"),
        (12345678901.23, "12,345,678,901.23"),
        (1.005 * 1000, "1,005"),
        (0.0, "0"),
    ],
)
def test_a_number_is_told_with_all_its_digits(value: float, told: str) -> None:
    assert in_full(value) == told
