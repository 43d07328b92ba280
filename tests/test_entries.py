"""The SQL of the ledger: what is typed, what is rejected, and what the database cannot do."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kam.errors import Unreadable
from kam.intake.orders import entries
from kam.intake.orders.cells import Layout, Written
from kam.intake.orders.entries import Load
from kam.intake.orders.sources import CsvFile

PLACES = {"customer": 0, "date": 1, "amount": 2}


def csv_file(folder: Path, text: str) -> CsvFile:
    path = folder / "ledger.csv"
    path.write_bytes(text.encode())
    return CsvFile(path, compressed=False, delimiter=",", skip=0, width=3, places=PLACES)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with entries.connected([tmp_path / "ledger.csv"], tmp_path) as connection:
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{folder}/other.csv')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/new.duckdb'",
        "SET enable_external_access = true",
        "SET memory_limit = '9GB'",
        "INSTALL httpfs",
    ],
)
def test_the_connection_can_read_one_file_and_nothing_else(
    database: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str
) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(duckdb.Error, match=r"disabled|locked|Cannot|not allowed"):
        database.execute(sql.format(folder=tmp_path))


def test_plain_lines_are_typed_and_the_rest_keeps_its_text(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = ' A ,2025-01-02 08:30:00,1.50\n,soon,"1,5"\n,,\nB,2025-02-01T10:00:00+0800,2e2\n'
    entries.load(database, csv_file(tmp_path, text), Load(0, Layout()))
    rows = entries.ask(database, "SELECT customer, day, amount, unread FROM lines")
    assert rows == [
        ("A", date(2025, 1, 2), Decimal("1.5000"), None),
        (None, None, None, {"date": "soon", "amount": "1,5"}),
        ("B", date(2025, 2, 1), Decimal("200.0000"), None),
    ]


def test_texts_are_kept_only_of_the_columns_that_ask_for_it(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    file = csv_file(tmp_path, "A,soon,x\n")
    entries.load(database, file, Load(0, Layout(), texts=("amount",)))
    assert entries.ask(database, "SELECT unread FROM lines") == [({"amount": "x"},)]
    entries.load(database, file, Load(0, Layout(), texts=()))
    columns = [row[0] for row in entries.ask(database, "DESCRIBE lines")]
    assert "unread" not in columns


def test_decimal_commas_are_read_when_the_layout_says_so(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    layout = Layout(figures={"amount": Written(",")})
    entries.load(
        database,
        csv_file(tmp_path, 'A,2025-01-01,"1.234,50"\nA,2025-01-01,1.234\n'),
        Load(0, layout),
    )
    amounts = entries.ask(database, "SELECT amount FROM lines")
    assert amounts == [(Decimal("1234.5000"),), (Decimal("1234.0000"),)]


def test_lines_of_another_shape_are_rejected_with_their_places(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = '"A\nB",2025-01-01,1\nC,2\n\n\nD,2025-01-01,1,9\nE,2025-01-01,1\n'
    entries.load(database, csv_file(tmp_path, text), Load(0, Layout()))
    found = entries.rejected(database)
    assert found == (2, (text.index("C"), text.index("D")), (), True)


def test_a_stray_quote_makes_records_uncountable(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    entries.load(
        database, csv_file(tmp_path, 'A,2025-01-01,1\n"B"x,2025-01-01,1\n'), Load(0, Layout())
    )
    assert entries.rejected(database)[:2] == (1, (15,))
    assert not entries.rejected(database).countable


def test_a_file_that_is_no_table_is_refused_in_words(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    source = csv_file(tmp_path, "x")._replace(compressed=True)
    with pytest.raises(Unreadable, match=r"We could not read ledger\.csv: it is not a table"):
        entries.load(database, source, Load(0, Layout()))


def test_a_second_file_is_added_below_the_first(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    entries.load(database, csv_file(tmp_path, "A,2025-01-01,1\n"), Load(0, Layout()))
    entries.load(database, csv_file(tmp_path, "B,2025-01-02,2\n"), Load(1, Layout()))
    rows = entries.ask(database, "SELECT rowid, customer FROM lines ORDER BY rowid")
    assert rows == [(0, "A"), (1, "B")]


def test_lines_are_marked_that_have_the_cells_asked_for(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    source = csv_file(tmp_path, "A,2025-01-01,1\nO'Neill ,2025-01-01,2\n,2025-01-01,3\n")
    entries.load(database, source._replace(only={0: ("O'Neill", "")}), Load(0, Layout()))
    assert entries.ask(database, f"SELECT {entries.WANTED} FROM lines") == [  # noqa: S608 -- our own condition
        (False,),
        (True,),
        (True,),
    ]


def test_equal_lines_have_equal_hashes_whatever_the_order_of_columns(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    entries.load(database, csv_file(tmp_path, "A,2025-01-01,1\n"), Load(0, Layout()))
    other = csv_file(tmp_path, "1,A,2025-01-01\nB,A,2025-01-01\n")
    turned = other._replace(places={"customer": 1, "date": 2, "amount": 0}, order=(1, 2, 0))
    entries.load(database, turned, Load(1, Layout()))
    first, same, different = (row[0] for row in entries.ask(database, "SELECT whole FROM lines"))
    assert first == same
    assert first != different
