"""How sure a result is, as pictures and tables show it: who holds firm, who is in play."""

from collections.abc import Iterable

import pandas as pd

from kam.charts.sure import ClassShares, Places
from kam.method.assessment import ENOUGH_MEMBERS, Assessment
from kam.method.checks import MOST_PLACED, Belief, Checks
from kam.method.phrases import whole_points
from kam.method.robustness import FIRM, Holds, holds, in_runs
from kam.method.selection import CLASSES
from kam.method.values import listing
from kam.method.weights import member_weights, points_of_100
from kam.model import Class, Workshop

SETTLED = 0.93  # share of the runs from which on a class is not in play, screens.md 5.4
MOST_NAMED = 6  # customers in a sentence; more are counted
FEWEST_PLACES, MOST_PLACES = 12, 20  # places that the order shows, screens.md 5.4
BEYOND = 4  # places that it shows behind the last key account
A_SHIFT = 3  # points of 100 by which a weight differs before it is worth a word
MOST_SHIFTS = 2  # weights in a sentence

TASTES = (
    "This is what extreme tastes would do, not what this team thinks. The scores stay as they are."
)
ASSUMED = (
    "Fewer than three of you have given weights, so how far your weights may lie apart is assumed."
)


def message(checks: Checks) -> str:
    """How many key customers hold firm, and how many customers are in play."""
    key = [one.customer for one in checks.result.standings.values() if _is_key(one.klass)]
    firm = sum(_holds(checks, customer) is Holds.FIRM for customer in key)
    open_ones = len(in_play(checks))
    customers = "customer is" if open_ones == 1 else "customers are"
    play = f"{open_ones:,} {customers} in play" if open_ones else "nobody is in play"
    if not key:
        return f"Nobody is key; {play}"
    count = f"{firm:,} of {len(key):,} key customer{'s' * (len(key) != 1)}"
    return f"{count} {'holds' if firm == 1 else 'hold'} firm; {play}"


def _is_key(klass: Class | None) -> bool:
    return klass is not None and klass.is_key


def _holds(checks: Checks, customer: str) -> Holds:
    return holds(float(checks.sure.key[checks.result.row[customer]]))


def in_play(checks: Checks) -> list[str]:
    """The scored customers that keep their class in less than 93 % of the runs, in the one order.

    Whose most frequent class is another than its present one is always among them.
    """
    return [
        one.customer
        for one in checks.result.judged.values()
        if one.klass is not None and one.distance is not None
        if _kept(checks, one.customer, one.klass) < SETTLED
    ]


def _kept(checks: Checks, customer: str, klass: Class) -> float:
    """The share of the runs in which a customer has this class."""
    return float(checks.sure.shares[checks.result.row[customer], CLASSES.index(klass)])


def least_sure(checks: Checks, most: int) -> list[str]:
    """Of those in play the `most` that keep their class least often, in the one order."""
    every = in_play(checks)
    classes = {one: checks.result.standings[one].klass or Class.LOW_PRIORITY for one in every}
    first = set(sorted(every, key=lambda one: _kept(checks, one, classes[one]))[:most])
    return [one for one in every if one in first]


def class_rows(checks: Checks, customers: Iterable[str]) -> list[ClassShares]:
    """How often each of these customers has each class, for the picture."""
    result = checks.result
    rows = []
    for customer in customers:
        top, core, strategic, low = checks.sure.shares[result.row[customer]].tolist()
        name = result.workshop.customers[customer].name
        now = result.standings[customer].klass
        rows.append(ClassShares(name, (top, core, strategic, low), now))
    return rows


def own_lists(checks: Checks, customers: Iterable[str]) -> list[str]:
    """How many members' own weights pick each customer: "7 of 8 pick it".

    Empty while fewer than three have given weights: it would show single ones.
    """
    lists = checks.members
    if len(lists) < ENOUGH_MEMBERS:
        return []
    rows = [checks.result.row[customer] for customer in customers]
    counts = [sum(bool(chosen[row]) for chosen in lists.values()) for row in rows]
    return [_pick_words(count, len(lists)) for count in counts]


def _pick_words(count: int, members: int) -> str:
    who = f"all {members}" if count == members else f"{count or 'none'} of {members}"
    return f"{who} {'picks' if count < 2 else 'pick'} it"


def settled_words(checks: Checks) -> str:
    """Who is not in play, in one sentence; empty when nobody is."""
    result, open_ones = checks.result, set(in_play(checks))
    scored = [one for one in result.judged.values() if one.klass is not None]
    rest = [one for one in scored if one.customer not in open_ones]
    if not rest:
        return ""
    key = [result.workshop.customers[o.customer].name for o in rest if _is_key(o.klass)]
    keep = f"{len(rest):,} keep their class in at least {100 * SETTLED:.0f} of 100 runs"
    if len(rest) == 1:
        keep = f"1 keeps its class in at least {100 * SETTLED:.0f} of 100 runs"
    if not key:
        return f"{keep}; none of them is key."
    named = [*key[:MOST_NAMED], *([f"{len(key) - MOST_NAMED:,} more"] * (len(key) > MOST_NAMED))]
    others = len(rest) - len(key)
    tail = f", {others:,} {'is' if others == 1 else 'are'} not" if others else ""
    return f"{keep}: {listing(named)} {'is' if len(key) == 1 else 'are'} key{tail}."


def assumed_words(workshop: Workshop) -> str:
    """That the spread of the weights is assumed, where too few members gave any; else empty."""
    return ASSUMED if len(member_weights(workshop)) < ENOUGH_MEMBERS else ""


# --- places ---------------------------------------------------------------------------------------


def place_rows(checks: Checks) -> tuple[list[Places], int]:
    """How often the first customers take the first places, and where key accounts end."""
    found = checks.places
    shown = min(MOST_PLACES, max(FEWEST_PLACES, found.key_places + BEYOND))
    names = checks.result.workshop.customers
    rows = zip(found.customers[:shown], found.shares[:shown, :shown].tolist(), strict=True)
    return [Places(names[one].name, tuple(shares)) for one, shares in rows], found.key_places


def places_words(checks: Checks) -> str:
    """Who has no place in the order that is shown."""
    left_out = "Whom a gate, the team or the customer's own view settles has no place here."
    if len(checks.places.customers) < MOST_PLACED:
        return left_out
    return f"{left_out} Only the first {MOST_PLACED} of the order compete for the places."


# --- other weights --------------------------------------------------------------------------------


def order_words(result: Assessment) -> str:
    """The team's order of criteria, by points: "Margin 30, Growth 20, ..."."""
    points = whole_points(result)
    ranked = sorted(points, key=lambda key: -result.weights[key])
    told = [f"{result.workshop.criteria[key].name} {points[key]}" for key in ranked]
    return f"Your order of criteria, with its points: {', '.join(told)}."


def order_message(checks: Checks) -> str:
    """How many key accounts any weights in the team's order would choose."""
    key = [one.customer for one in checks.result.judged.values() if _is_key(one.klass)]
    if not key:
        return "Nobody is key, so there is nothing that another weight could confirm."
    row = checks.result.row
    firm = sum(float(checks.in_order.key[row[customer]]) >= FIRM for customer in key)
    return (
        f"Any weights in your order would choose {firm:,} of {len(key):,} key accounts in at "
        f"least {100 * FIRM:.0f} of 100 runs."
    )


def order_frame(checks: Checks) -> pd.DataFrame:
    """One row a customer that some weights in the team's order choose, or that is key now.

    Columns: Customer, Class now, With weights like yours, With any weights in your order.
    """
    result, rows = checks.result, []
    for one in result.judged.values():
        like, any_order = (
            float(found.key[result.row[one.customer]]) for found in (checks.sure, checks.in_order)
        )
        if _is_key(one.klass) or any_order > 0:
            name = result.workshop.customers[one.customer].name
            rows.append((name, _label(one.klass), _chosen(like), _chosen(any_order)))
    titles = ["Customer", "Class now", "Key with weights like yours", "Key in your order"]
    return pd.DataFrame(rows, columns=titles)


def _chosen(share: float) -> str:
    words = in_runs(share)
    return f"{words[0].upper()}{words[1:]}"


def _label(klass: Class | None) -> str:
    return klass.label if klass else "Not scored yet"


def belief_frame(checks: Checks) -> pd.DataFrame:
    """One row a customer: how often it is chosen of all thinkable weights, and under which.

    Columns: Customer, Chosen, What you would have to believe.
    """
    result = checks.result
    rows = [
        (
            result.workshop.customers[one.customer].name,
            "Not applicable" if one.weights is None else _chosen(one.share),
            belief_words(result, one),
        )
        for one in checks.beliefs
    ]
    titles = ["Customer", "Chosen", "What you would have to believe"]
    return pd.DataFrame(rows, columns=titles)


def belief_words(result: Assessment, belief: Belief) -> str:
    """Where the weights that choose a customer differ most from the team's: "Margin 30 → 18"."""
    if belief.weights is None:
        decided = belief.customer in result.workshop.overrides
        return "Decided by the team" if decided else "Not applicable: no weights choose it"
    wanted = dict(zip(belief.weights, points_of_100(list(belief.weights.values())), strict=True))
    now = whole_points(result)
    apart = sorted(wanted, key=lambda key: -abs(wanted[key] - now[key]))
    told = [
        f"{result.workshop.criteria[key].name} {now[key]} → {wanted[key]}"
        for key in apart[:MOST_SHIFTS]
        if abs(wanted[key] - now[key]) >= A_SHIFT
    ]
    return "; ".join(told) or "About what you said"
