"""Months in words and months without a day are dates; what is neither stays none."""

from datetime import date

import duckdb
import pytest

from kam.intake.orders.months import month_alone, named_day
from tests.ledgers import ledger


def asked(sql: str, cell: str) -> object:
    return duckdb.execute(f"SELECT {sql} FROM (SELECT ? AS cell)", [cell]).fetchall()[0][0]  # noqa: S608 -- our own SQL


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("01-Jan-2024", date(2024, 1, 1)),
        ("01-JAN-24", date(2024, 1, 1)),
        ("5 Sept 2024", date(2024, 9, 5)),
        ("1. März 2024", date(2024, 3, 1)),
        ("1.Mrz.2024", date(2024, 3, 1)),
        ("31. Dezember 2024", date(2024, 12, 31)),
        ("15-MAI-2024 08:26", date(2024, 5, 15)),
        ("01-JAN-24 12.00.00.000 AM", date(2024, 1, 1)),
        ("01JAN2024", date(2024, 1, 1)),
        ("7. Jänner 2024", date(2024, 1, 7)),
        ("Oct 5, 2024", date(2024, 10, 5)),
        ("October 15 2024", date(2024, 10, 15)),
        ("31-Feb-2024", None),
        ("01-Xyz-2024", None),
        ("Jan 2024", None),
        ("2024-01-05", None),
    ],
)
def test_a_month_may_be_a_word(cell: str, day: date | None) -> None:
    assert asked(named_day("cell"), cell) == day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-01", date(2024, 1, 1)),
        ("2024-1", date(2024, 1, 1)),
        ("202412", date(2024, 12, 1)),
        ("2024/10", date(2024, 10, 1)),
        ("01/2024", date(2024, 1, 1)),
        ("1.2024", date(2024, 1, 1)),
        ("Jan 2024", date(2024, 1, 1)),
        ("Dez. 2024", date(2024, 12, 1)),
        ("Jan-24", date(2024, 1, 1)),
        ("202413", None),
        ("2024.1", None),
        ("240105", None),
        ("45000", None),
        ("2024", None),
        ("A-24", None),
    ],
)
def test_a_month_alone_is_its_first_day(cell: str, day: date | None) -> None:
    assert asked(month_alone("cell"), cell) == day


@pytest.mark.parametrize("cell", ["2024-03", "202403", "03/2024", "Mar 2024"])
def test_lines_of_a_month_count_on_its_first_day_and_that_is_told(cell: str) -> None:
    found = ledger(f"customer,date,amount\nA,{cell},5\nB,{cell},7\n")
    assert found.totals.first == found.totals.last == date(2024, 3, 1)
    assert f'Column date: "{cell}" names a month; such lines are dated on its first day.' in (
        found.notes
    )


def test_a_month_behind_the_beginning_is_read_and_told() -> None:
    plain = "A,2024-01-31,1\n" * 20_005
    found = ledger(f"customer,date,amount\n{plain}A,2024-03,5\n")
    assert (found.totals.last, found.left_out) == (date(2024, 3, 1), ())
    assert any('"2024-03" names a month' in note for note in found.notes)


def test_dates_of_oracle_need_no_answer() -> None:
    found = ledger("customer,date,amount\nA,01-Jan-2024,5\nA,05-FEB-24,5\n")
    assert (found.totals.first, found.totals.last) == (date(2024, 1, 1), date(2024, 2, 5))
    assert found.notes == ()
