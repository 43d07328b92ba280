"""The first day of an exit: the contract, or the notice, whichever is later."""

from datetime import date

import pytest

from kam.method.exit_dates import FirstDay, first_day
from kam.model import Customer, Economics

NOTICED = FirstDay(date(2026, 5, 31), "90 days’ notice")


def bound(until: date | None) -> Customer:
    return Customer(id="ash", name="Ash", economics=Economics(contract_until=until))


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (None, NOTICED),
        (date(2020, 1, 1), NOTICED),
        (date(2026, 5, 31), NOTICED),
        (date(2026, 6, 1), FirstDay(date(2026, 6, 1), "contract")),
        (date(2028, 2, 29), FirstDay(date(2028, 2, 29), "contract")),
    ],
)
def test_business_ends_with_the_contract_or_the_notice_whichever_is_later(
    until: date | None, found: FirstDay
) -> None:
    assert first_day(bound(until), date(2026, 3, 2)) == found
