"""The first date of a ledger is shown as the reader that counts reads it."""

from datetime import date

import pytest

from kam.intake.orders.first_day import DayRead, first_day
from kam.intake.tables.files import Table
from tests.ledgers import choices, ledger


def column(*cells: str) -> Table:
    return Table("x", ("date",), tuple((cell,) for cell in cells), tuple(range(len(cells))))


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["01/05/25", "31/05/25"], date(2025, 5, 1)),
        (["07/25/1996"], date(1996, 7, 25)),
        (["7/25/2025 0:00"], date(2025, 7, 25)),
        (["25.07.2025 08:26"], date(2025, 7, 25)),
        (["20250725"], date(2025, 7, 25)),
        (["45000"], date(2023, 3, 15)),
        (["1987-01-02"], date(1987, 1, 2)),
        (["01-Jan-2024"], date(2024, 1, 1)),
        (["2024-03"], date(2024, 3, 1)),
        (["", "2024-03-05"], date(2024, 3, 5)),
    ],
)
def test_a_date_is_shown_as_it_will_count(cells: list[str], day: date) -> None:
    found = first_day(column(*cells), choices())
    assert found == DayRead(next(filter(None, cells)), day)
    lines = "".join(f"A,{cell},5\n" for cell in cells)
    assert ledger(f"customer,date,amount\n{lines}").totals.first == day


def test_a_date_with_two_readings_is_open_until_somebody_says_its_order() -> None:
    assert first_day(column("03/04/2025"), choices()) == DayRead("03/04/2025", None, either=True)
    said = first_day(column("03/04/2025"), choices(day_first=True))
    assert said == DayRead("03/04/2025", date(2025, 4, 3))


def test_a_column_without_dates_shows_its_first_cell() -> None:
    assert first_day(column("soon", "later"), choices()) == DayRead("soon", None)


def test_without_a_column_or_cells_nothing_is_shown() -> None:
    assert first_day(column("", ""), choices()) is None
    assert first_day(column("2024-01-01"), choices("customer", "Date")) is None
