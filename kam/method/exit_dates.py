"""The first day on which a customer can be let go: contract and notice (method.md 10, L3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from kam.method.drafts.pace import NOTICE_DAYS
from kam.model import Customer


@dataclass(frozen=True)
class FirstDay:
    """The first day on which business with a customer can have ended, and why not earlier."""

    on: date
    reason: str


def first_day(customer: Customer, today: date) -> FirstDay:
    """The end of the contract, or of the notice if it is given today: whichever is later.

    The notice that contracts ask for is not known; `NOTICE_DAYS` are assumed.
    """
    noticed = today + timedelta(days=NOTICE_DAYS)
    until = customer.economics.contract_until
    if until is not None and until > noticed:
        return FirstDay(until, "contract")
    return FirstDay(noticed, f"{NOTICE_DAYS} days’ notice")
