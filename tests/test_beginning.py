"""A few dates long before all others do not make a ledger begin there, and are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.beginning import FEW_DAYS, LONGEST_PAUSE
from kam.intake.orders.ledger import Ledger, read_ledger
from tests.ledgers import choices, ledger

HEADER = "customer,date,amount\n"
BEGIN = date(2024, 9, 1)


def monthly(months: int = 10) -> list[str]:
    """One line a month, the first in September 2024."""
    days = ((8 + at) for at in range(months))
    return [f"A,{2024 + day // 12}-{day % 12 + 1:02}-01,{100 + day}" for day in days]


def of(*lines: str) -> Ledger:
    return ledger(HEADER + "".join(f"{line}\n" for line in lines))


def begins(found: Ledger) -> str:
    """What the coverage says of the beginning, where four years are asked for."""
    return found.coverage["cagr_3y_pct"].split("begins only on ")[-1]


def early(found: Ledger) -> list[str]:
    return [one.sentence for one in found.noticed if one.kind == "early"]


def test_a_date_that_a_program_wrote_for_none_does_not_make_a_short_ledger_cover_everything() -> (
    None
):
    without, found = of(*monthly()), of(*monthly(), "B,1900-01-01,0")
    assert found.uncovered == without.uncovered == {"revenue_prior_12m", "growth_pct"}
    assert found.measures["A"].volatility_pct is without.measures["A"].volatility_pct is None
    assert begins(found) == begins(without) == "1 September 2024"


def test_lines_long_before_are_told_with_their_place_and_money_and_still_count() -> None:
    found = of(monthly()[0], "B,1900-01-01,7.50", *monthly()[1:], "B,1900-01-01,2")
    (sentence,) = early(found)
    assert sentence == (
        "2 lines of 1 January 1900, more than a year before all others (9.50 in all): "
        "lines 3, 13. The ledger is taken to begin on 1 September 2024, not there."
    )
    assert found.measures["B"].revenue == found.totals.by_year[1900] == 9.5
    assert found.totals.first == date(1900, 1, 1)
    assert found.periods["revenue"].startswith("1 January 1900 to ")


def test_lines_long_before_of_several_days_and_files_are_told_with_all_of_them() -> None:
    texts = ["A,1970-01-01,1\n", "A,2020-02-03,1\n"]
    lines = "".join(f"{line}\n" for line in monthly())
    data = [
        (HEADER + text + lines.replace("A,", f"{at},")).encode() for at, text in enumerate(texts)
    ]
    found = read_ledger(data, choices(), names=["one.csv", "two.csv"])
    (sentence,) = early(found)
    assert sentence == (
        "2 lines of 1 January 1970 to 3 February 2020, more than a year before all others "
        "(2.00 in all). one.csv: line 2; two.csv: line 2. "
        "The ledger is taken to begin on 1 September 2024, not there."
    )


def test_many_lines_on_one_early_day_are_still_one_day() -> None:
    assert begins(of(*monthly(), *["B,1900-01-01,0"] * 50)) == "1 September 2024"


def test_lines_that_do_not_count_are_not_told_as_early() -> None:
    assert early(of(*monthly(), ",1900-01-01,0")) == []


def test_a_pause_behind_a_good_part_of_the_ledger_is_a_part_of_it() -> None:
    found = of("A,2021-01-01,100", "A,2021-02-01,100", "A,2021-03-01,100", *monthly(7))
    assert early(found) == []
    assert found.uncovered == frozenset()
    assert "begins only on" not in found.coverage["cagr_3y_pct"]


@pytest.mark.parametrize(("days", "told"), [(366, False), (367, True)])
def test_a_year_is_no_long_pause(days: int, *, told: bool) -> None:
    found = of(f"B,{BEGIN - timedelta(days=days)},1", *monthly())
    assert bool(early(found)) == told


@settings(max_examples=10, deadline=None)
@given(st.lists(st.dates(date(2000, 1, 1), date(2025, 6, 30)), min_size=1, max_size=15))
def test_the_beginning_is_the_first_day_after_the_last_pause_with_few_days_before(
    given_days: list[date],
) -> None:
    days = sorted(set(given_days))
    pauses = [
        day
        for at, day in enumerate(days)
        if at and at <= FEW_DAYS * len(days) and day - days[at - 1] > LONGEST_PAUSE
    ]
    expected = pauses[-1] if pauses else days[0]
    found = of(*[f"A,{day},1" for day in given_days])
    assert sum("more than a year" in one for one in early(found)) == bool(pauses)
    if days[-1].year - expected.year < 3:
        assert begins(found) == f"{expected.day} {expected:%B %Y}"
