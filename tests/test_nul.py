"""A NUL character anywhere in a ledger's customers is refused with its line."""

import duckdb
import pytest

from kam.errors import Unreadable
from kam.intake.orders.ledger import read_ledger
from kam.intake.orders.nul import refuse_nul
from kam.intake.orders.opened import SAMPLE_BYTES
from kam.model import LedgerChoices

COLUMNS = {"customer": "Customer", "date": "Date", "amount": "Amount"}
HEAD = b"Customer,Name,Date,Amount\n"
LINE = b"C1,Ash,2025-01-31,5.00\n"
MANY = SAMPLE_BYTES // len(LINE) + 100


@pytest.mark.parametrize("damaged", [b"C1\x00x,Ash", b"C2,A\x00sh"])
def test_a_nul_behind_the_beginning_is_refused_with_its_line(damaged: bytes) -> None:
    data = HEAD + LINE * MANY + damaged + b",2025-01-31,5.00\n" + LINE
    choices = LedgerChoices(columns={**COLUMNS, "name": "Name"})
    with pytest.raises(Unreadable, match=f"line {MANY + 2} holds a NUL character"):
        read_ledger(data, choices)


def test_the_line_is_that_of_its_own_file() -> None:
    bad = HEAD + LINE * MANY + b"C\x001,Ash,2025-01-31,5.00\n"
    with pytest.raises(Unreadable, match=rf"read b\.csv: line {MANY + 2} holds a NUL"):
        read_ledger([HEAD + LINE, bad], LedgerChoices(columns=COLUMNS), names=["a.csv", "b.csv"])


def test_a_ledger_without_one_is_read() -> None:
    found = read_ledger(HEAD + LINE * 3, LedgerChoices(columns=COLUMNS))
    assert found.totals.revenue == 15


def test_the_lines_are_not_looked_at_where_no_customer_has_one() -> None:
    with duckdb.connect() as without_lines:
        refuse_nul(without_lines, (), {})
