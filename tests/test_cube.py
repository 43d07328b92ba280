"""The cube keeps every line that counts, in its quarter back from the end and its year."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.cube import CUBE_QUARTERS, build_cube
from kam.intake.orders.measures import Span

END = date(2025, 6, 30)
LEDGER = {"customer", "date", "amount"}

Entry = tuple[str, date, Decimal, Decimal | None, bool]


def cube(
    entries: Sequence[Entry], select: str, columns: set[str] = LEDGER
) -> list[tuple[Any, ...]]:
    """The answer of a query to the cube of these entries."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE entries (customer VARCHAR, day DATE, amount DECIMAL(18, 4), "
            "cost DECIMAL(18, 4), counts BOOLEAN, name VARCHAR, serving DECIMAL(18, 4))"
        )
        connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, 'N', 3)", entries)
        build_cube(connection, Span(min(one[1] for one in entries), END), columns)
        return connection.execute(select).fetchall()


def sold(day: date, amount: int = 1, cost: Decimal | None = None, *, counts: bool = True) -> Entry:
    return ("A", day, Decimal(amount), cost, counts)


def quarter(day: date) -> int:
    """How many of the quarters back from the end lie wholly after the day."""
    span = Span(day, END)
    return sum(day <= span.back(3 * count) for count in range(1, CUBE_QUARTERS + 1))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(0, 2_000), st.integers(-9, 9)),
        min_size=1,
        max_size=20,
    )
)
def test_each_line_is_summed_in_its_customer_quarter_and_year(
    given_lines: list[tuple[str, int, int]],
) -> None:
    lines = [(who, END - timedelta(days=back), amount) for who, back, amount in given_lines]
    sums, counts = Counter[object](), Counter[object]()
    for who, day, amount in lines:
        place = (who, quarter(day), day.year)
        sums[place] += amount
        counts[place] += 1
    entries = [(who, day, Decimal(amount), None, True) for who, day, amount in lines]
    found = cube(entries, "SELECT (customer, quarter, year), revenue, lines FROM cube")
    assert {row[0]: tuple(row[1:]) for row in found} == {
        place: (sums[place], counts[place]) for place in counts
    }


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (END, (0, 2025)),
        (date(2025, 4, 1), (0, 2025)),
        (date(2025, 3, 31), (1, 2025)),
        (date(2025, 1, 1), (1, 2025)),
        (date(2024, 12, 31), (2, 2024)),
        (date(2021, 6, 30), (16, 2021)),
        (date(1999, 1, 1), (16, 1999)),
    ],
)
def test_a_quarter_ends_on_the_last_day_of_a_month_like_the_end_and_years_are_told_apart(
    day: date, place: tuple[int, int]
) -> None:
    assert cube([sold(day)], "SELECT quarter, year FROM cube") == [place]


def test_lines_that_do_not_count_are_not_summed() -> None:
    entries = [sold(END, 5), sold(END, 7, counts=False)]
    assert cube(entries, "SELECT revenue, lines FROM cube") == [(Decimal(5), 1)]


def test_revenue_with_a_known_cost_is_summed_apart() -> None:
    entries = [sold(END, 5, Decimal(2)), sold(END, 7)]
    found = cube(entries, "SELECT cost, costed, costed_revenue FROM cube", {*LEDGER, "cost"})
    assert found == [(Decimal(2), 1, Decimal(5))]


def test_columns_that_the_ledger_lacks_are_not_summed() -> None:
    entries = [sold(END, 5, Decimal(2))]
    columns = "name, cost, costed, serving, served"
    lacking = cube(entries, f"SELECT {columns} FROM cube")  # noqa: S608 -- our own names of columns
    assert lacking == [(None, 0, 0, 0, 0)]
    all_columns = {*LEDGER, "name", "cost", "serving"}
    given_all = cube(entries, f"SELECT {columns} FROM cube", all_columns)  # noqa: S608 -- as above
    assert given_all == [("N", 2, 1, 3, 1)]


def test_days_and_months_of_a_cell_are_kept() -> None:
    days = [date(2025, 4, 2), date(2025, 6, 1), date(2025, 6, 3)]
    found = cube([sold(day) for day in days], "SELECT first, last, bit_count(months) FROM cube")
    assert found == [(days[0], days[-1], 2)]
