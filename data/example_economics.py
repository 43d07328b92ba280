"""What each customer of the example takes and could bring: hours, gain, capital, cost that ends.

Invented, but not at random: hours follow sales and noise more than what can be won.
"""

from typing import Any

from data.example_figures import OPERATING_PROFIT, SOURCE, THOUSAND, USUAL_NET_MARGIN, Row
from kam.model import Class, Economics, HoursPolicy

# Hours a year: for everybody, for each thousand EUR of revenue, and for each of likely gain.
EVERYBODY, FOR_REVENUE, FOR_GAIN = 20, 0.045, 0.22
FOR_NOISE = 0.3  # more hours for revenue, for each standard deviation of noise
OVERHEAD_PCT = 14  # of revenue: crews, test rigs and stock room that a customer takes beside
USUAL_TIED_PCT = 20  # of revenue; stands in for who has not bought yet

POLICY = HoursPolicy(
    hurdle_pct=SOURCE["hours_policy"]["hurdle_pct"],
    cost_per_hour=SOURCE["hours_policy"]["cost_per_hour"],
    floors={Class(name): least for name, least in SOURCE["hours_policy"]["floors"].items()},
    caps={Class(name): most for name, most in SOURCE["hours_policy"]["caps"].items()},
)


def economics(row: Row) -> Economics:
    """What is known of a customer; where the source says something, that."""
    figures: dict[str, Any] = {
        "hours": hours(row),
        "gain": None if row.potential is None else round(THOUSAND * _gain(row)),
        "gain_probability_pct": chance(row),
        "added_capital": None if row.potential is None else round(added_capital(row), -3),
        "one_off": 0,
        "avoidable_pct": 50 + 5 * (len(row.id) % 7),
        "avoidable_overhead": round(row.revenue * THOUSAND * OVERHEAD_PCT / 100),
    }
    return Economics.model_validate({**figures, **SOURCE["economics"].get(row.id, {})})


def _gain(row: Row) -> float:
    """Extra contribution a year by the third year, thousands of EUR; 0 where it is unknown."""
    return (row.potential or 0.0) * OPERATING_PROFIT / 100


def hours(row: Row) -> float:
    """Hours a year that our people spend on a customer now, in tens."""
    for_revenue = FOR_REVENUE * row.revenue * (1 + FOR_NOISE * row.demand)
    return round(EVERYBODY + for_revenue + FOR_GAIN * _gain(row), -1)


def chance(row: Row) -> int:
    """How likely the gain is, %, in fives: the closer we work together, the likelier."""
    return 5 * round((20 + 10 * row.joint + 40 * row.met / row.roles) / 5)


def added_capital(row: Row) -> float:
    """Capital that the gain ties up, EUR: as much for a unit of revenue as today."""
    tied = USUAL_TIED_PCT / 100 if not row.revenue else (row.capital or 0.0) / row.revenue
    net = USUAL_NET_MARGIN if row.net is None else row.net
    return tied * _gain(row) * THOUSAND / (net / 100)
