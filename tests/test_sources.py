"""The SQL with which the database reads a file as it is."""

from pathlib import Path

import duckdb

from kam.intake.orders.sources import CsvFile, ParquetFile, quoted


def asked(sql: str) -> list[tuple[object, ...]]:
    """All rows of an answer, by a connection of its own: tests share no unfinished result."""
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def test_a_csv_is_read_below_its_skipped_lines_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "O'Neill.csv"
    path.write_text('title\na;b\n007;"x;y"\n', encoding="utf-8")
    file = CsvFile(path, compressed=False, delimiter=";", skip=2, width=2, places={})
    assert asked(f"SELECT * FROM {file.rows_sql}") == [("007", "x;y")]  # noqa: S608 -- our own
    assert file.kinds == ("text", "text")


def test_a_parquet_file_is_read_with_its_types_whatever_its_columns_are_called(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.parquet"
    asked(f'COPY (SELECT 5 AS "a ""b""", \'x\' AS "select") TO \'{path}\'')
    file = ParquetFile(path, ('a "b"', "select"), ("number", "text"), {})
    assert file.width == 2
    assert asked(f"SELECT c1, c0 FROM {file.rows_sql}") == [("x", 5)]  # noqa: S608 -- our own


def test_bytes_are_read_as_texts_where_they_are_utf8(tmp_path: Path) -> None:
    path = tmp_path / "l.parquet"
    asked(f"COPY (SELECT unnest([encode('é'), '\\xFF'::BLOB]) AS a) TO '{path}'")
    file = ParquetFile(path, ("a",), ("text",), {}, binary=frozenset({0}))
    assert asked(f"SELECT c0 FROM {file.rows_sql}") == [("é",), ("\\xFF",)]  # noqa: S608 -- our own


def test_a_quoted_text_cannot_end_early() -> None:
    assert quoted("it's") == "'it''s'"
