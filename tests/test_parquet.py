"""Parquet files as ledgers: typed cells, first rows as texts, damage in words."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kam.errors import Unreadable
from kam.intake.orders.ledger import read_ledger
from kam.intake.orders.opened import Source
from kam.intake.orders.opening import sample
from kam.intake.orders.parquet import is_parquet, parquet_in
from tests.ledgers import choices


def written(folder: Path, select: str) -> Path:
    path = folder / "ledger.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def test_columns_kinds_and_first_rows_are_told(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "SELECT i AS customer, DATE '2025-01-01' AS date, 1.5::DOUBLE AS amount, "
        "NULL::VARCHAR AS note, [1, 2] AS list FROM range(5) t(i)",
    )
    assert is_parquet(path.read_bytes()[:8])
    found = parquet_in("l.parquet", path, tmp_path, 2)
    assert found.file.kinds == ("number", "date", "number", "text", "other")
    assert found.sample.headers == ("customer", "date", "amount", "note", "list")
    assert found.sample.rows == (
        ("0", "2025-01-01", "1.5", "", "[1, 2]"),
        ("1", "2025-01-01", "1.5", "", "[1, 2]"),
    )
    assert found.rows == 5


def test_a_sample_is_enough_to_choose_columns_from(tmp_path: Path) -> None:
    path = written(tmp_path, "SELECT 'A' AS customer, '2025-01-01' AS date")
    assert sample(path).rows == (("A", "2025-01-01"),)


@pytest.mark.parametrize(
    "amount", ["12.5::DOUBLE", "12.5::DECIMAL(9, 2)", "'12.5'", "'12,50'", "12.5::FLOAT"]
)
@pytest.mark.parametrize(
    "day",
    ["DATE '2025-03-01'", "TIMESTAMP '2025-03-01 23:59:59'", "'2025-03-01'", "20250301",
     "'01.03.2025'"],
)  # fmt: skip
def test_dates_and_money_of_any_type_are_read(tmp_path: Path, day: str, amount: str) -> None:
    select = f"SELECT 42 AS customer, {day} AS date, {amount} AS amount"
    found = read_ledger(written(tmp_path, select), choices())
    assert list(found.measures) == ["42"]
    assert found.totals.revenue == Decimal("12.5")
    assert found.totals.last == date(2025, 3, 1)


def test_a_typed_file_and_one_of_texts_are_one_ledger(tmp_path: Path) -> None:
    typed = written(tmp_path, "SELECT 'A' AS customer, DATE '2025-03-01' AS date, 1.5 AS amount")
    texts = b"customer;date;amount\nA;13.03.2025;2,25\n"
    orders: list[list[Source]] = [[typed, texts], [texts, typed]]
    for files in orders:
        found = read_ledger(files, choices())
        assert found.totals.revenue == Decimal("3.75")
        assert (found.totals.first, found.totals.last) == (date(2025, 3, 1), date(2025, 3, 13))


def test_sums_of_doubles_are_sums_of_rounded_decimals(tmp_path: Path) -> None:
    select = "SELECT 'A' AS customer, DATE '2025-03-01' AS date, 0.1::DOUBLE AS amount"
    path = written(tmp_path, f"{select} FROM range(10)")
    assert read_ledger(path, choices()).totals.revenue == 1


@pytest.mark.parametrize(
    "first",
    [
        "true",
        "TIME '10:00:00'",
        "[1, 2]",
        "{'a': 1}",
        "'x'::BLOB",
        "NULL::BLOB",
        "[DATE '2025-01-01']",
    ],
)
def test_the_first_column_may_be_of_any_type(tmp_path: Path, first: str) -> None:
    select = f"SELECT {first} AS first, 'A' AS customer, DATE '2025-01-01' AS date, 5 AS amount"
    assert list(read_ledger(written(tmp_path, select), choices()).measures) == ["A"]


def test_bytes_are_texts_and_truth_values_are_numbers_of_orders(tmp_path: Path) -> None:
    select = (
        "SELECT encode('Müller') AS customer, DATE '2025-01-01' AS date, 5 AS amount, "
        'i = 0 AS "order" FROM range(3) t(i)'
    )
    found = read_ledger(written(tmp_path, select), choices(order="order"))
    assert (list(found.measures), found.totals.orders) == (["Müller"], 2)
    broken = written(
        tmp_path, "SELECT '\\xFF'::BLOB AS customer, DATE '2025-01-01' AS date, 5 AS amount"
    )
    assert list(read_ledger(broken, choices()).measures) == ["\\xFF"]


def test_an_id_that_is_no_number_is_no_customer(tmp_path: Path) -> None:
    select = (
        "SELECT CASE WHEN i = 2 THEN 'nan'::DOUBLE ELSE i END AS customer, "
        "DATE '2025-01-01' AS date, 5 AS amount FROM range(3) t(i)"
    )
    found = read_ledger(written(tmp_path, select), choices())
    assert list(found.measures) == ["0", "1"]
    assert [(one.kind, one.rows) for one in found.left_out] == [("customer", 1)]


def test_times_with_a_zone_are_told(tmp_path: Path) -> None:
    select = "SELECT 'A' AS customer, TIMESTAMPTZ '2025-01-01 23:30:00+00' AS date, 5 AS amount"
    found = read_ledger(written(tmp_path, select), choices())
    assert found.notes == ("Column date holds times with a zone; days are those of UTC.",)
    assert found.totals.last == date(2025, 1, 1)


def test_prices_as_doubles_keep_their_decimals(tmp_path: Path) -> None:
    select = (
        "SELECT 'A' AS customer, DATE '2025-01-01' AS date, 10000 AS quantity, "
        "0.00125::DOUBLE AS price"
    )
    given = choices("customer", "date", None, quantity="quantity", unit_price="price")
    assert read_ledger(written(tmp_path, select), given).totals.revenue == Decimal("12.5")


def test_points_that_may_separate_thousands_are_told_of_texts_and_not_of_numbers(
    tmp_path: Path,
) -> None:
    select = "SELECT 'A' AS customer, DATE '2025-03-01' AS date, 1.234 AS amount"
    assert read_ledger(written(tmp_path, select), choices()).notes == ()
    (note,) = read_ledger(b"customer,date,amount\nA,2025-03-01,1.234\n", choices()).notes
    assert note == 'Column amount: "1.234" can be read in two ways; we read it as 1.234.'


def test_rows_that_cannot_be_read_are_told_by_their_number(tmp_path: Path) -> None:
    select = (
        "SELECT 'A' AS customer, '2025-03-01' AS date, CASE WHEN i = 2 THEN 'x' ELSE '1' END "
        "AS amount FROM range(4) t(i)"
    )
    (only,) = read_ledger(written(tmp_path, select), choices()).left_out
    assert (only.kind, only.lines) == ("amount", (3,))


def test_csv_and_parquet_give_the_same_measures(tmp_path: Path) -> None:
    text = "customer,date,amount\nA,2024-01-01,5.00\nB,2025-01-02,-1.25\n"
    path = tmp_path / "l.csv"
    path.write_text(text, encoding="utf-8")
    other = written(tmp_path, f"SELECT * FROM read_csv('{path}')")  # noqa: S608 -- our own
    first, second = (read_ledger(one, choices()) for one in (path, other))
    assert first.measures == second.measures
    assert first.totals == second.totals


def test_a_damaged_file_and_an_empty_one_are_refused_in_words(tmp_path: Path) -> None:
    damaged = tmp_path / "d.parquet"
    damaged.write_bytes(b"PAR1 and nothing else PAR1")
    with pytest.raises(Unreadable, match=r"d\.parquet: the Parquet file is damaged"):
        sample(damaged)
    with pytest.raises(Unreadable, match="no rows below the column names"):
        sample(written(tmp_path, "SELECT 1 AS customer WHERE false"))
