"""Of a customer nothing is known until it is told."""

from kam.model import (
    Favours,
    Profile,
)


def test_a_profile_knows_nothing_until_told() -> None:
    empty = Profile()
    assert empty.favours_us is Favours.UNKNOWN
    assert {empty.revenue, empty.margin_pct, empty.cost_to_serve, empty.capital_employed} == {None}
