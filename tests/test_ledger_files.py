"""A ledger is the same wherever its file comes from, and its file is data and nothing else."""

import gzip
from pathlib import Path

import pytest

from kam.intake.orders.ledger import read_ledger
from tests.ledgers import choices, ledger

COLUMNS = choices()

LINES = """customer,date,amount
A,2024-06-30,100.00
A,2025-06-30,0.01
B,2025-01-01,-20.00
"""


def test_bytes_a_path_and_a_packed_file_give_the_same_ledger(tmp_path: Path) -> None:
    plain, packed = tmp_path / "ledger.csv", tmp_path / "ledger.csv.gz"
    plain.write_text(LINES, encoding="utf-8")
    packed.write_bytes(gzip.compress(LINES.encode()))
    assert read_ledger(plain, COLUMNS) == read_ledger(packed, COLUMNS) == ledger(LINES)


def test_the_path_may_hold_a_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "O'Neill's orders.csv"
    path.write_text(LINES, encoding="utf-8")
    assert read_ledger(path, COLUMNS).totals.rows == 3


def test_reading_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    ledger(LINES)
    assert list(tmp_path.iterdir()) == []


def test_a_customer_with_markup_or_sql_in_its_name_is_a_customer() -> None:
    name = "Robert'); DROP TABLE lines; --<script>"
    found = ledger(f"customer,date,amount\n{name},2025-01-01,5\n")
    assert list(found.measures) == [name]
