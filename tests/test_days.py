"""Columns of days: every usual way to write one, and nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.aliases import Target
from kam.intake.lists.days import (
    FIRST_YEAR,
    LAST_YEAR,
    READABLE,
    day_first,
    day_of,
    days_in,
    either_day,
    slashed,
)
from kam.intake.lists.fields import Cells, Understood, Whole, Written

UNTIL = Target("contract_until", "We are bound until", "date")
DAY = date(2028, 3, 31)


def read(*texts: str, written: Written | None = None) -> Understood[date]:
    lines = tuple(range(2, 2 + len(texts)))
    return days_in(Cells("Contract end", UNTIL, texts, lines), written)


@pytest.mark.parametrize(
    "text",
    [
        *("2028-03-31", "2028-3-31", " 2028-03-31 ", "2028-03-31 00:00:00", "2028-03-31T12:30Z"),
        *("31.03.2028", "31.3.2028", "31. 3. 2028", "31/03/2028", "31-03-2028", "03/31/2028"),
        *("2028/03/31", "2028/3/31", "31.03.28", "31.3.28"),
        *("31-Mar-2028", "31 March 2028", "31-Mar-28", "March 31, 2028", "Mar. 31 2028"),
        *("31. März 2028", "31. Mrz 2028", "31 mars 2028"),
        *("31/03/28", "03/31/28", "3/31/28", "31.03.2028 08:26", "31.3.28 8:26:59"),
        *("03/31/2028 12:00 AM", "3/31/28 0:00", "31/03/2028, 23:59", "03/31/2028 1:05:09 p.m."),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    found = read(text)
    assert (found.values, found.problems) == ([DAY], ())


def test_the_other_cells_tell_which_of_two_is_the_month() -> None:
    assert read("03/04/2028", "31/03/2028").values == [date(2028, 4, 3), DAY]
    assert read("03/04/2028", "03/31/2028").values == [date(2028, 3, 4), DAY]


@pytest.mark.parametrize("others", [(), ("31/03/2028", "03/31/2028")])
def test_what_could_be_two_days_stays_unknown_and_is_told(others: tuple[str, ...]) -> None:
    found = read("03/04/2028", *others)
    assert found.values[0] is None
    assert found.problems[0].kind == "date"
    assert 'Row 2, column Contract end: we found "03/04/2028".' in found.problems[0].message


def test_a_cell_of_two_days_names_both_and_where_to_say_which() -> None:
    message = read("03/04/2028").problems[0].message
    assert "That is 3 April 2028 or 4 March 2028, and the column does not tell which." in message
    assert "whether the day or the month comes first" in message
    assert READABLE in read("soon", "03/04/2028").problems[0].message


def test_a_person_says_which_of_two_days_is_meant() -> None:
    day_is_first, month_is_first = Written(day_first=True), Written(day_first=False)
    assert read("03/04/2028", written=day_is_first).values == [date(2028, 4, 3)]
    assert read("03/04/2028", written=month_is_first).values == [date(2028, 3, 4)]
    assert read("31/03/2028", written=month_is_first).values == [None]
    assert read("31.03.2028", written=month_is_first).values == [DAY]


def test_what_the_cells_tell_of_their_order_is_told() -> None:
    assert (day_first(["31/03/2028"]), day_first(["03/31/2028"])) == (True, False)
    assert day_first(["03/04/2028"]) is None
    assert either_day(["31.03.2028", "03/04/2028"]) == "03/04/2028"
    assert either_day(["31/03/2028", "03/04/2028", "04/04/2028"]) == ""
    assert either_day(["04/04/2028", "soon"]) == ""
    assert slashed(["", "03-04-2028"])
    assert not slashed(["31.03.2028", "2028/03/31"])


def test_one_cell_is_read_in_the_order_of_its_column() -> None:
    assert day_of(" 03/04/2028", day_first=True) == date(2028, 4, 3)
    assert day_of("03/04/2028", day_first=False) == date(2028, 3, 4)
    assert day_of("03/04/2028", day_first=None) is None


def test_a_cell_that_is_no_day_either_way_tells_nothing_of_the_others() -> None:
    found = read("12/31/27", "13/13/2027", "03/04/28")
    assert found.values == [date(2027, 12, 31), None, date(2028, 3, 4)]
    assert [problem.line for problem in found.problems] == [3]
    assert day_first(["13/13/2027"]) is None


def test_what_the_whole_column_told_of_its_order_holds_for_some_of_its_cells() -> None:
    lines = (2,)
    some = Cells("Contract end", UNTIL, ("03/04/2028",), lines, whole=Whole(day_first=True))
    assert days_in(some).values == [date(2028, 4, 3)]
    untold = Cells("Contract end", UNTIL, ("31/03/2028", "03/04/2028"), (2, 3), whole=Whole())
    assert days_in(untold).values == [None, None]
    assert days_in(untold, Written(day_first=True)).values[1] == date(2028, 4, 3)
    assert read("31/03/2028").whole == Whole(day_first=True)


def test_the_same_number_twice_is_one_day() -> None:
    assert read("04/04/2028").values == [date(2028, 4, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2028",
        "31.03.99",
        "31-Foo-2028",
        "31-jui-2028",
        "31 Marketing 2028",
        "2027-02-29",
        "30.02.2028",
        "1999-12-31",
        "2101-01-01",
        "45000",
        "28-03-31",
        "31.03.2028 soon",
        "31/03/2028 8",
    ],
)
def test_what_is_no_day_of_the_calendar_or_of_a_contract_is_told(text: str) -> None:
    found = read(text)
    assert found.values == [None]
    assert len(found.problems) == 1


def test_a_leap_day_is_a_day() -> None:
    assert read("29.02.2028").values == [date(2028, 2, 29)]


def test_an_empty_cell_is_unknown_and_no_problem() -> None:
    found = read("", "  ", "2028-03-31")
    assert found.values == [None, None, DAY]
    assert found.problems == ()


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert read(day.isoformat(), f"{day:%d.%m.%Y}").values == [day, day]
