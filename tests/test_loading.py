"""The layout of a ledger's cells is found from what the first reading left unread."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.orders.entries import connected
from kam.intake.orders.ledger import Ledger, Progress, cents, chosen, read_ledger
from kam.intake.orders.lines import Wanted, opened
from kam.intake.orders.loading import Question, loaded
from tests.ledgers import choices
from tests.ledgers import ledger as typed

COLUMNS = choices()


def ledger(*rows: str, day_first: bool | None = None) -> Ledger:
    return typed("\n".join(["customer;date;amount", *rows, ""]), choices(day_first=day_first))


def days(found: Ledger) -> tuple[date, date]:
    return found.totals.first, found.totals.last


def test_lines_are_typed_exactly_and_plain_cells_need_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("customer,date,amount\n007,2025-01-02,1.5000\n", encoding="utf-8")
    columns = chosen(choices())
    found = opened(path, Wanted(columns), tmp_path)
    with connected([path], tmp_path) as connection:
        question = Question(columns, None, Progress())
        assert loaded(connection, [found], question).notes == ()
        [(customer, day, amount)] = connection.execute(
            "SELECT customer, day, amount FROM lines"
        ).fetchall()
    assert (customer, day, str(amount)) == ("007", date(2025, 1, 2), "1.5000")


def test_a_date_that_only_fits_one_order_decides_for_the_column() -> None:
    assert days(ledger("A;02/01/2025;1", "A;31/12/2024;1")) == (
        date(2024, 12, 31),
        date(2025, 1, 2),
    )
    assert days(ledger("A;02/01/2025;1", "A;12/31/2024;1")) == (
        date(2024, 12, 31),
        date(2025, 2, 1),
    )


def test_dates_that_fit_both_orders_need_an_answer() -> None:
    with pytest.raises(Unreadable, match=r"column date fit two readings.* Say which comes first"):
        ledger("A;02/01/2025;1")
    assert days(ledger("A;02/01/2025;1", day_first=True))[0] == date(2025, 1, 2)
    assert days(ledger("A;02/01/2025;1", day_first=False))[0] == date(2025, 2, 1)


def test_dates_in_both_orders_are_refused() -> None:
    with pytest.raises(Unreadable, match="1 dates with the day first and 1 with the month first"):
        ledger("A;31/12/2024;1", "A;12/31/2024;1")


def test_dotted_dates_need_no_answer() -> None:
    assert days(ledger("A;02.01.2025;1"))[0] == date(2025, 1, 2)


def test_decimal_commas_are_found_and_told() -> None:
    found = ledger("A;2025-01-01;1.234,50", "A;2025-01-01;2.000")
    assert found.totals.revenue == cents(found.totals.revenue) == 3234.5
    assert "Column amount has decimal commas." in found.notes


def test_points_that_may_separate_thousands_are_told() -> None:
    found = ledger("A;2025-01-01;2.000", "A;2025-01-01;3.500")
    assert found.totals.revenue == 5.5
    told = 'Column amount: "2.000" can be read in two ways; we read it as 2.'
    assert told in found.notes


def test_currency_signs_and_thousands_are_read() -> None:
    found = ledger("A;2025-01-01;$20,565.62", "A;2025-01-01;(1,000.00)", "A;2025-01-01;7")
    assert str(cents(found.totals.revenue)) == "19572.62"


def test_another_encoding_further_down_is_refused_with_its_line() -> None:
    rows = b"A;2025-01-01;1\n" * 20_000
    data = b"customer;date;amount\n" + rows + "Müller;2025-01-01;1\n".encode("cp1252")
    with pytest.raises(Unreadable, match="begins in UTF-8, and line 20002 cannot be read"):
        read_ledger(data, COLUMNS)


def test_a_cell_that_is_no_figure_does_not_change_how_others_are_read() -> None:
    found = ledger("A;2025-01-01;n/a", "A;2025-01-01;1.5")
    assert found.totals.revenue == Decimal("1.5")
    assert found.notes == ()


@pytest.mark.parametrize(
    ("first", "later", "revenue"),
    [
        ("A;2025-01-01;5", "A;2025-01-01;1.234,50", "1239.50"),
        ("A;2025-01-01;12,5", "A;2025-01-01;7", "19.50"),
        ("A;02.01.2025;5", "A;2025-01-03;5", "10.00"),
        ("A;2025-01-02;5", "A;03/31/2025;5", "10.00"),
        ("A;13/01/2025;5", "A;20250131;5", "10.00"),
    ],
)
def test_what_the_beginning_does_not_show_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch, first: str, later: str, revenue: str
) -> None:
    monkeypatch.setattr("kam.intake.orders.loading.BEGINNING", 1)
    found = ledger(first, later)
    assert str(cents(found.totals.revenue)) == revenue
    assert found.left_out == ()


def test_dates_that_contradict_the_beginning_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam.intake.orders.loading.BEGINNING", 1)
    with pytest.raises(Unreadable, match="1 dates with the day first and 1 with the month first"):
        ledger("A;31/12/2024;1", "A;12/31/2024;1")


def test_one_file_settles_the_dates_of_another() -> None:
    data = [f"customer,date,amount\nA,{day},1\n".encode() for day in ("02/01/2025", "31/01/2025")]
    found = read_ledger(data, choices())
    assert days(found) == (date(2025, 1, 2), date(2025, 1, 31))


def test_notes_name_their_file_where_there_are_several() -> None:
    data = [b"customer,date,amount\nA,2025-01-01,1\n", b"customer,date,amount\nA,2025-01-01,2"]
    found = read_ledger(data, choices(), names=["a.csv", "b.csv"])
    told = "b.csv: The last line has no line break at its end; check that nothing is cut off."
    assert found.notes == (told,)
