"""How files are read, from what their cells show, what other files show, and what a person says."""

from dataclasses import replace
from pathlib import Path

import pytest

from kam.errors import Unreadable
from kam.intake.figures import SLIP
from kam.intake.orders.cells import Layout, Written
from kam.intake.orders.layouts import Asked, Guess, layouts, notes
from kam.intake.orders.marks import Dates, Figures, Shown
from kam.intake.orders.opened import Opened
from kam.intake.orders.sources import CsvFile
from kam.intake.tables.files import Table
from kam.model import LedgerChoices

COLUMNS = {"amount": "Amount", "date": "Date"}
POINT, COMMA = Figures(points=3, point="1.5"), Figures(commas=3, odd=3, comma="1,5")
EITHER = Figures(either=1, both="1.234")


def asked(*shown: Figures | Dates, delimiter: str = ",", **said: object) -> Asked:
    opened = [_opened(f"{name}.csv", delimiter) for name, _ in zip("abc", shown, strict=False)]
    seen = [Shown({}, one) if isinstance(one, Dates) else Shown({"amount": one}) for one in shown]
    return Asked(opened, seen, COLUMNS, LedgerChoices.model_validate(said))


def _opened(name: str, delimiter: str) -> Opened:
    places = {"amount": 1, "date": 0}
    file = CsvFile(
        Path(name), compressed=False, delimiter=delimiter, skip=1, width=2, places=places
    )
    return Opened(name, file, Table(name, ("Date", "Amount"), (), ()))


def marks(given: Asked) -> list[Written | None]:
    return [one.figures.get("amount") for one in layouts(given)]


def told(given: Asked) -> list[str]:
    return notes(given, layouts(given))


def test_plain_figures_and_iso_dates_need_no_layout_and_no_word() -> None:
    given = asked(POINT, Dates())
    assert layouts(given) == (Layout(), Layout())
    assert told(given) == []


def test_each_file_is_read_by_its_own_mark() -> None:
    assert marks(asked(POINT, COMMA)) == [None, Written(",")]
    assert told(asked(POINT, COMMA)) == ["b.csv: Column Amount has decimal commas."]
    assert told(asked(COMMA, COMMA)) == ["Column Amount has decimal commas."]


def test_another_file_settles_what_proves_nothing_and_that_is_told() -> None:
    assert marks(asked(EITHER, COMMA)) == [Written(","), Written(",")]
    assert told(asked(EITHER, COMMA))[0] == (
        'a.csv: Column Amount: "1.234" is read as 1234, as in the other files.'
    )
    assert marks(asked(EITHER, POINT)) == [None, None]


def test_where_other_files_disagree_somebody_must_say() -> None:
    with pytest.raises(Unreadable, match=r'a.csv: column Amount has "1,5" and "1.5", so "1.234"'):
        layouts(asked(EITHER, COMMA, POINT))
    assert marks(asked(EITHER, COMMA, POINT, decimal_mark=","))[0] == Written(",")


@pytest.mark.parametrize(("delimiter", "mark"), [(",", None), (";", Written(",")), ("\t", None)])
def test_what_nobody_tells_is_read_as_such_files_are_written(
    delimiter: str, mark: Written | None
) -> None:
    given = asked(EITHER, delimiter=delimiter)
    assert marks(given) == [mark]
    assert "can be read in two ways" in told(given)[0]


@pytest.mark.parametrize(("either", "asks"), [(3 * SLIP, False), (3 * SLIP + 1, True)])
def test_few_commas_among_many_points_are_asked_about(either: int, *, asks: bool) -> None:
    given = asked(COMMA._replace(either=either, both="1.234"))
    if asks:
        with pytest.raises(Unreadable, match=r'"1\.234" may be 1\.234 or 1234'):
            layouts(given)
    else:
        assert marks(given) == [Written(",")]
        assert told(given) == ['Column Amount has decimal commas; "1.234" is read as 1234.']


GROUPED = Figures(either=1_500, odd=1_500, both="3,477", either_commas=1_500)
POINTED = Figures(either=5, both="1.234")


def test_many_amounts_with_three_digits_behind_one_mark_are_thousands_and_that_is_told() -> None:
    assert marks(asked(GROUPED)) == [Written(".")]
    assert marks(asked(POINTED)) == [Written(",")]
    [note] = told(asked(GROUPED))
    assert note == (
        'Column Amount: "3,477" is read as 3477, because every marked figure has three digits '
        "behind its mark."
    )
    assert not isinstance(note, Guess)
    assert isinstance(told(asked(POINTED._replace(either=4)))[0], Guess)


def test_amounts_in_millions_or_with_thousandths_are_no_thousands_by_their_number() -> None:
    in_millions = replace(asked(POINTED), factors={"amount": 1_000_000})
    assert marks(in_millions) == [None]
    assert isinstance(told(in_millions)[0], Guess)
    assert isinstance(told(asked(POINTED._replace(currencies=("KWD",))))[0], Guess)


def test_a_price_of_one_piece_may_have_three_decimals_throughout() -> None:
    priced = asked(POINTED)
    price = replace(priced, shown=[Shown({"unit_price": POINTED})], columns={"unit_price": "Price"})
    assert isinstance(told(price)[0], Guess)


def test_thousands_by_their_number_beside_a_file_that_proves_another_mark_are_asked() -> None:
    assert marks(asked(POINTED, COMMA)) == [Written(","), Written(",")]
    with pytest.raises(Unreadable, match=r'"1\.234" may be 1\.234 or 1234'):
        layouts(asked(POINTED, POINT))


def test_commas_of_thousands_beside_few_points_are_the_usual_english() -> None:
    found = Figures(points=1, either=500, odd=500, point="1.5", both="1,234")
    assert marks(asked(found)) == [Written(".")]


def test_both_marks_are_read_where_both_are_proved() -> None:
    both = Figures(points=1, commas=1, odd=1, point="1.5", comma="2,5")
    assert marks(asked(both)) == [Written(".", both=True)]
    assert told(asked(both)) == ['Column Amount mixes decimal commas and points: "2,5" and "1.5".']


def test_what_a_person_says_holds_for_cells_that_prove_nothing() -> None:
    found = COMMA._replace(either=99, both="1.234")
    assert marks(asked(found, decimal_mark=".")) == [Written(".", both=True)]
    assert marks(asked(found, decimal_mark=",")) == [Written(",")]
    assert told(asked(found, decimal_mark=".")) == [
        'Column Amount mixes decimal commas and points: "1,5"; "1.234" is read as 1.234.'
    ]


def test_signs_name_currencies_in_every_file_unless_a_person_says_otherwise() -> None:
    signed = Figures(odd=1, currencies=("EUR",))
    assert [(one.signs, one.named) for one in layouts(asked(signed, POINT))] == [(True, True)] * 2
    assert [(one.signs, one.named) for one in layouts(asked(signed, one_currency=True))] == [
        (True, False)
    ]


def orders(*dates: Dates, **said: bool) -> list[str]:
    choices = LedgerChoices.model_validate(said)
    return [one.slashes for one in layouts(replace(asked(*dates), choices=choices))]


DAY, MONTH = Dates(only_day=1, other=1), Dates(only_month=1, other=1)
OPEN = Dates(either=1, other=1, day="01/02/2025")
SHORT = Dates(either=9, other=9, short=9, year="24-12-05")


def test_each_file_has_its_own_order_of_day_and_month() -> None:
    assert orders(DAY, MONTH, Dates()) == ["day", "month", ""]
    assert orders(OPEN, DAY) == ["day", "day"]
    assert told(asked(OPEN, DAY)) == [
        'a.csv: Column Date: "01/02/2025" is read day first, as in the other files.'
    ]
    with pytest.raises(Unreadable, match=r"a.csv: the dates in column Date fit two readings"):
        orders(OPEN, DAY, MONTH)
    assert orders(OPEN, DAY, day_first=False) == ["month", "day"]


def test_a_date_without_slashes_needs_no_order() -> None:
    assert orders(Dates(other=1)) == ["day"]


def test_both_orders_in_one_file_are_refused() -> None:
    with pytest.raises(Unreadable, match="1 dates with the day first and 1 with the month first"):
        orders(Dates(only_day=1, only_month=1, other=2))


def test_a_year_in_two_digits_is_first_last_or_asked_about() -> None:
    with pytest.raises(Unreadable, match='"24-12-05" may begin with the year or end with it'):
        orders(SHORT)
    assert orders(SHORT._replace(late_day=9, late_month=9)) == ["year"]
    assert orders(SHORT._replace(late_year=9, only_day=1)) == ["day"]
    assert orders(SHORT, year_first=True) == ["year"]
    assert orders(SHORT, day_first=False) == ["month"]


def test_years_first_and_years_last_in_one_file_are_refused() -> None:
    with pytest.raises(Unreadable, match="9 dates that begin with the year and 1 that end with it"):
        orders(SHORT._replace(long=1), year_first=True)
