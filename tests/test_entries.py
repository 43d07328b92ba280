"""The SQL of the ledger: what is typed, what is rejected, and what the database cannot do."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kam.errors import Unreadable
from kam.intake import entries
from kam.intake.entries import CsvFile, Layout
from kam.intake.figures import Decision

PLACES = {"customer": 0, "date": 1, "amount": 2}


def csv_file(folder: Path, text: str) -> CsvFile:
    path = folder / "ledger.csv"
    path.write_bytes(text.encode())
    return CsvFile(path, compressed=False, delimiter=",", skip=0, width=3, places=PLACES)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with entries.connected(tmp_path / "ledger.csv", tmp_path) as connection:
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
    entries.load(database, csv_file(tmp_path, text), Layout())
    rows = entries.ask(database, "SELECT customer, day, amount, day_text, amount_text FROM lines")
    assert rows == [
        ("A", date(2025, 1, 2), Decimal("1.5000"), None, None),
        (None, None, None, "soon", "1,5"),
        ("B", date(2025, 2, 1), Decimal("200.0000"), None, None),
    ]


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
    ],
)
def test_dates_are_read_in_the_layouts_of_office_programs(
    database: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, slashes: str, day: date | None
) -> None:
    entries.load(database, csv_file(tmp_path, f"A,{text},1\n"), Layout(slashes))
    assert entries.ask(database, "SELECT day FROM lines") == [(day,)]


def test_decimal_commas_are_read_when_the_layout_says_so(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    layout = Layout(figures={"amount": Decision(",", sure=True, note="")})
    entries.load(
        database, csv_file(tmp_path, 'A,2025-01-01,"1.234,50"\nA,2025-01-01,1.234\n'), layout
    )
    amounts = entries.ask(database, "SELECT amount FROM lines")
    assert amounts == [(Decimal("1234.5000"),), (Decimal("1234.0000"),)]


def test_lines_of_another_shape_are_rejected_with_their_places(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = '"A\nB",2025-01-01,1\nC,2\n\n\nD,2025-01-01,1,9\nE,2025-01-01,1\n'
    entries.load(database, csv_file(tmp_path, text), Layout())
    found = entries.rejected(database)
    assert found == (2, (text.index("C"), text.index("D")), (), True)


def test_a_stray_quote_makes_records_uncountable(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    entries.load(database, csv_file(tmp_path, 'A,2025-01-01,1\n"B"x,2025-01-01,1\n'), Layout())
    assert entries.rejected(database)[:2] == (1, (15,))
    assert not entries.rejected(database).countable


def test_a_file_that_is_no_table_is_refused_in_words(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    source = csv_file(tmp_path, "x")._replace(compressed=True)
    with pytest.raises(Unreadable, match=r"We could not read ledger\.csv: it is not a table"):
        entries.load(database, source, Layout())


def test_the_first_reason_decides_the_fate_of_a_line(
    database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = "A,2025-01-01,1\nA,2026-01-01,1\nA,2025-01-01,x\nA,x,x\n,x,x\nTotal,,5\n"
    entries.load(database, csv_file(tmp_path, text), Layout())
    entries.judge(database, date(2025, 12, 31))
    fates = entries.ask(database, "SELECT fate FROM entries")
    assert [row[0] for row in fates] == ["kept", "future", "amount", "date", "customer", "date"]
