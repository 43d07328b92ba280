"""How far revenue hangs on few customers, by hand and for any."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.concentration import by_group, concentration
from kam.method.returns import Account
from tests.test_returns import ALDER, BIRCH, ELM, FIR

REVENUES = st.lists(st.floats(0.01, 1e9), min_size=1, max_size=20)


def of(*revenues: float | None) -> list[Account]:
    """Customers with these revenues."""
    return [Account(str(number), revenue=revenue) for number, revenue in enumerate(revenues)]


def test_concentration_by_hand() -> None:
    """Revenue 1,000 and 2,000 are shares of 1/3 and 2/3; what is unknown or below 0 counts not."""
    some = (ALDER, BIRCH, replace(FIR, revenue=-5), replace(ELM, revenue=None))
    found = concentration(some)
    assert found is not None
    assert found.largest == "Birch"
    assert (found.top_share, found.hhi) == pytest.approx((2 / 3, 5 / 9))


@given(count=st.integers(1, 50))
def test_equal_customers_have_a_concentration_of_one_over_their_number(count: int) -> None:
    found = concentration([replace(ALDER, customer=str(n)) for n in range(count)])
    assert found is not None
    assert (found.hhi, found.top_share) == pytest.approx((1 / count, 1 / count))


def test_without_revenue_there_is_no_concentration() -> None:
    assert concentration(of(0, -5, None)) is None
    assert concentration([]) is None


@given(revenues=REVENUES)
def test_it_lies_between_that_of_equal_customers_and_that_of_one(revenues: list[float]) -> None:
    found = concentration(of(*revenues))
    assert found is not None
    assert 1 / len(revenues) - 1e-9 <= found.hhi <= found.top_share + 1e-9 <= 1 + 2e-9
    assert revenues[int(found.largest)] == max(revenues)


@given(revenues=REVENUES, factor=st.floats(0.01, 100))
def test_the_currency_does_not_matter(revenues: list[float], factor: float) -> None:
    found, scaled = concentration(of(*revenues)), concentration(of(*(factor * r for r in revenues)))
    assert found is not None
    assert scaled is not None
    assert (scaled.hhi, scaled.top_share) == pytest.approx((found.hhi, found.top_share))


def test_the_companies_of_a_group_count_as_one_customer() -> None:
    """30 and 20 of 100 belong together: half of all, and its square beside those of the others."""
    found = concentration(of(30, 40, 20, 10), {"0": "h", "2": "h"})
    assert found is not None
    assert (found.largest, found.top_share) == ("0", 0.5)
    assert found.hhi == pytest.approx(0.25 + 0.16 + 0.01)


@given(revenues=REVENUES)
def test_all_in_one_group_are_one_customer(revenues: list[float]) -> None:
    found = concentration(of(*revenues), dict.fromkeys(map(str, range(len(revenues))), "h"))
    assert found is not None
    assert (found.top_share, found.hhi) == pytest.approx((1, 1))


@given(revenues=REVENUES)
def test_groups_keep_every_amount(revenues: list[float]) -> None:
    amounts = {str(n): revenue for n, revenue in enumerate(revenues)}
    found = by_group(amounts, {key: str(int(key) % 2) for key in amounts})
    assert sum(found.values()) == pytest.approx(sum(revenues))
    assert len(found) == min(2, len(revenues))
