"""The layout of a ledger's cells is found from what the first reading left unread."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.orders.entries import connected
from kam.intake.orders.ledger import Ledger, Progress, cents, chosen, read_ledger
from kam.intake.orders.loading import Question, loaded
from kam.intake.orders.opened import SAMPLE_ROWS, Wanted
from tests.ledgers import choices, opened
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
        question = Question(columns, choices(), Progress())
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
    assert 'Column amount has decimal commas; "2.000" is read as 2000.' in found.notes


def commas(*rows: str, **more: object) -> Ledger:
    """A ledger separated by commas, whose figures have no usual decimal comma."""
    return typed("\n".join(["customer,date,amount", *rows, ""]), choices(**more))


def test_points_that_may_separate_thousands_are_told() -> None:
    found = commas("A,2025-01-01,2.000", "A,2025-01-01,3.500")
    assert found.totals.revenue == 5.5
    told = 'Column amount: "2.000" can be read in two ways; we read it as 2.'
    assert told in found.notes


def test_between_semicolons_a_comma_is_the_usual_decimal_mark() -> None:
    found = ledger("A;2025-01-01;2.000", "A;2025-01-01;3.500")
    assert found.totals.revenue == 5500
    told = 'Column amount: "2.000" can be read in two ways; we read it as 2000.'
    assert told in found.notes


def test_points_behind_the_beginning_are_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam.intake.orders.loading.BEGINNING", 1)
    found = commas("A,2025-01-01,5", "A,2025-01-01,1.101")
    assert found.notes == ('Column amount: "1.101" can be read in two ways; we read it as 1.101.',)


def test_points_in_a_second_file_are_told_with_its_name() -> None:
    data = [
        b"customer,date,amount\nA,2025-01-01,1000\n",
        b"customer,date,amount\nA,2025-01-01,1.101\n",
    ]
    found = read_ledger(data, choices(), names=["a.csv", "b.csv"])
    told = 'b.csv: Column amount: "1.101" can be read in two ways; we read it as 1.101.'
    assert found.notes == (told,)


SLIPPED = [*(f"A,2025-01-01,{at}.505" for at in range(1, 201)), 'A,2025-01-02,"12,5"']


def test_one_comma_does_not_turn_a_column_of_points() -> None:
    with pytest.raises(Unreadable, match=r'column amount has "12,5", so "\d+.505" may be'):
        commas(*SLIPPED)
    assert commas(*SLIPPED, decimal_mark=".").totals.revenue == Decimal("20213.5")
    assert commas(*SLIPPED, decimal_mark=",").totals.revenue == Decimal("20201012.5")


def test_cells_that_prove_their_own_mark_are_read_by_it() -> None:
    found = commas("A,2025-01-01,12.50", "A,2025-01-01,0.125", 'A,2025-01-02,"12,50"')
    assert (found.totals.revenue, found.left_out) == (Decimal("25.125"), ())
    (note,) = found.notes
    assert note.startswith('Column amount mixes decimal commas and points: "12,50" and "')


def test_cells_that_prove_nothing_are_asked_about_where_others_contradict() -> None:
    rows = ("A,2025-01-01,12.50", 'A,2025-01-02,"12,50"', "A,2025-01-01,1.234")
    with pytest.raises(Unreadable, match=r'"1.234" may be 1.234 or 1234. Say whether its decimal'):
        commas(*rows)
    assert commas(*rows, decimal_mark=",").totals.revenue == 1259


def test_an_english_and_a_german_file_are_one_ledger() -> None:
    data = [
        "customer,date,amount\nA,01/31/2025,12.50\n",
        "customer;date;amount\nA;31.01.2025;1.234,5\n",
    ]
    found = read_ledger([one.encode() for one in data], choices(), names=["en.csv", "de.csv"])
    assert found.totals.revenue == 1247
    assert days(found) == (date(2025, 1, 31), date(2025, 1, 31))
    assert found.notes == ("de.csv: Column amount has decimal commas.",)


def test_a_product_too_large_for_the_usual_room_is_counted_all_the_same() -> None:
    text = "customer,date,quantity,price\nA,2025-01-01,1000000,10000\nB,2025-01-01,1,5.5\n"
    given = choices("customer", "date", None, quantity="quantity", unit_price="price")
    found = typed(text, given)
    assert (found.totals.revenue, found.left_out) == (Decimal("10000000005.5"), ())


def test_prices_with_many_decimals_are_not_cut() -> None:
    text = "customer,date,quantity,price\nA,2025-01-01,10000,0.00125\nA,2025-01-02,100000,0.12345\n"
    given = choices("customer", "date", None, quantity="quantity", unit_price="price")
    assert typed(text, given).totals.revenue == Decimal("12357.5")


def test_a_quantity_that_makes_no_amount_leaves_out_its_line_alone() -> None:
    rows = "A,2025-01-01,99999999999999999999,100000000000\nB,2025-01-01,1,5\n"
    given = choices("customer", "date", None, quantity="quantity", unit_price="price")
    found = typed("customer,date,quantity,price\n" + rows, given)
    assert [(one.kind, one.lines) for one in found.left_out] == [("amount", (2,))]
    assert found.totals.revenue == 5


def test_years_in_two_digits_come_first_where_only_that_makes_days_of_the_past() -> None:
    found = commas("A,24-12-31,1", "A,25-01-05,1")
    assert days(found) == (date(2024, 12, 31), date(2025, 1, 5))
    assert found.notes == ('Column date: dates such as "24-12-31" begin with the year.',)
    assert days(commas("A,31-12-24,1", "A,05-01-25,1"))[0] == date(2024, 12, 31)


def test_years_in_two_digits_that_may_come_first_or_last_need_an_answer() -> None:
    rows = ("A,25/03/04,1", "A,2025/03/04,1")
    with pytest.raises(Unreadable, match='"25/03/04" may begin with the year or end with it'):
        commas(*rows)
    assert days(commas(*rows, year_first=True))[0] == date(2025, 3, 4)
    assert days(commas(*rows, day_first=True))[0] == date(2004, 3, 25)


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
    told = 'file 1: Column date: "02/01/2025" is read day first, as in the other files.'
    assert found.notes == (told,)
    said = read_ledger(data, choices(day_first=False))
    assert days(said) == (date(2025, 1, 31), date(2025, 2, 1))


def test_notes_name_their_file_where_there_are_several() -> None:
    data = [b"customer,date,amount\nA,2025-01-01,1\n", b"customer,date,amount\nA,2025-01-01,2"]
    found = read_ledger(data, choices(), names=["a.csv", "b.csv"])
    told = "b.csv: The last line has no line break at its end; check that nothing is cut off."
    assert found.notes == (told,)


# --- cells that Excel was to keep as texts --------------------------------------------------------

PLAIN = "customer;date;amount\n00123;2025-01-02;5.50\n7;2025-01-03;1\n"
WRAPPED = 'customer;date;amount\n="00123";="2025-01-02";="5.50"\n7;2025-01-03;1\n'


@pytest.mark.parametrize("before", ["", "7;2025-01-03;1\n" * (SAMPLE_ROWS + 5)])
def test_texts_kept_as_formulas_are_read_and_told_wherever_they_begin(before: str) -> None:
    head, _, rest = WRAPPED.partition("\n")
    found = typed(f"{head}\n{before}{rest}")
    assert found.measures["00123"].revenue == Decimal("5.50")
    assert set(found.measures) == {"00123", "7"}
    assert found.left_out == ()
    assert 'Cells such as ="00123" are read as the text in them: customer, date, amount.' in (
        found.notes
    )


def test_a_plain_file_beside_one_with_formulas_stays_as_it_is() -> None:
    found = read_ledger([WRAPPED.encode(), PLAIN.encode()], COLUMNS, names=["a", "b"])
    assert found.measures["00123"].revenue == 11
    assert [note.partition(":")[0] for note in found.notes] == ["a"]
