"""Hours, returns and the frontier meet the published examples that concern them."""

from itertools import accumulate
from math import nan
from pathlib import Path

import pytest

from kam.method.frontier import Demand, Frontier, Point, frontier
from kam.method.resources import Share, fair_hours
from kam.method.returns import Account, portfolio
from kam.method.shifts import follows_potential
from tests.cases.test_published import case


def test_s03_cost_of_one_extra_point_along_the_frontier(shared: Path) -> None:
    offices = case(shared, "s03_smart_cost_per_point")
    moves, expected = offices["inputs"]["moves"], offices["expected"]
    allowed = offices["tolerance_abs"]
    spent = accumulate((move["extra_cost"] for move in moves), initial=0)
    benefits = [moves[0]["benefit"][0], *(move["benefit"][1] for move in moves)]
    line = Frontier(tuple(Point(*one) for one in zip(spent, benefits, strict=True)), (), ())
    gains = [
        line.next_won(point.hours, move["extra_cost"]) or nan
        for point, move in zip(line.points, moves, strict=False)
    ]
    assert gains == pytest.approx(expected["gain"], abs=allowed["gain"])
    prices = [move["extra_cost"] / gain for move, gain in zip(moves, gains, strict=True)]
    assert prices == pytest.approx(expected["cost_per_point"], abs=allowed["cost_per_point"])


def test_k01_whole_items_never_beat_the_frontier_and_nearly_reach_it(shared: Path) -> None:
    """Items cannot be split there: the optimum of 1,030 takes 396 of the 400 that there are."""
    knapsack = case(shared, "k01_knapsack_rosetta")
    given, expected = knapsack["inputs"], knapsack["expected"]
    rows = zip(given["items"], given["values"], given["weights"], strict=True)
    found = frontier([Demand(*row) for row in rows])
    whole = {point.hours: point.won for point in found.points}
    assert whole[expected["weight"]] == expected["value"]
    assert sorted(found.customers[: len(expected["items"])]) == sorted(expected["items"])
    best = found.won(given["capacity"])
    assert best is not None
    assert expected["value"] <= best < expected["value"] + 10


def test_m05_a_return_of_several_is_weighted_not_the_mean_of_groups(shared: Path) -> None:
    """Ten at 5 % and five at 20 % are 10 %; the same sums as a return on equal capital."""
    mix = case(shared, "m05_kam_share_of_wallet_mix")
    shares = [group["share_pct"] for group in mix["inputs"]["groups"] for _ in range(group["n"])]
    accounts = [
        Account(str(n), revenue=share, cost_of_goods=0, cost_to_serve=0, avoidable_overhead=0,
                capital=100)
        for n, share in enumerate(shares)
    ]  # fmt: skip
    rate = portfolio(accounts).rate
    assert rate is not None
    assert 100 * rate == pytest.approx(mix["expected"]["average_pct"], abs=mix["tolerance_abs"])


def test_c05_hours_that_swap_two_customers_follow_potential_at_nine_tenths(shared: Path) -> None:
    swap = case(shared, "c05_rank_correlation")
    ranks = zip(swap["inputs"]["R"], swap["inputs"]["Q"], strict=True)
    rows = [Share(str(n), worth, 0, 10, hours) for n, (worth, hours) in enumerate(ranks)]
    expected = pytest.approx(swap["expected"]["spearman"], abs=swap["tolerance_abs"])
    assert follows_potential(rows) == expected


def test_c05_hours_due_without_floors_follow_potential_fully(shared: Path) -> None:
    worth = case(shared, "c05_rank_correlation")["inputs"]["Q"]
    due = fair_hours([Share(str(n), one, 0, 100) for n, one in enumerate(worth)], 150)
    rows = [Share(str(n), one, 0, 100, due.hours[str(n)]) for n, one in enumerate(worth)]
    assert follows_potential(rows) == pytest.approx(1)
