"""Drafts for customers of low priority: move up by a deadline, serve at low cost, or let go."""

from kam.method.drafts.brief import YEAR, Brief
from kam.method.exit_checks import Finding, contract_check, group_check, money_check
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, Move, path
from kam.method.selection import Reason
from kam.model import Axis, Plan

MOVE_UP_DAYS = YEAR  # at most 18 months, method.md 10, L1
SHARE_FOR_SERVICE = 0.5  # of what a customer earns, the most that serving it may cost [D]
END = "End the business, notice periods kept"
LADDER = (
    # days from the decision, what happens: method.md 10, L3
    (60, "Reprice to list prices"),
    (120, "Standard terms only: minimum order, no custom work"),
    (180, "Move to a cheaper channel"),
    (270, "Offer a hand-over to a partner"),
    (YEAR, END),
)


def low_priority(brief: Brief) -> Plan:
    """L1, L2 or L3: the two-pronged plan of method.md 10."""
    if brief.standing.reason is Reason.UNLISTED:
        return low_cost(brief)
    gate_failed = brief.standing.reason is Reason.GATE
    strong = brief.standing.strength[0] >= brief.workshop.cut_offs.strength
    moves = credible_path(brief)
    if moves and not strong and not gate_failed:
        return _move_up(brief, moves)
    if (strong and not gate_failed) or _stays(brief):
        return low_cost(brief)
    return _managed_exit(brief)


def credible_path(brief: Brief) -> tuple[Move, ...] | None:
    """A path to the attractiveness cut-off that comparable customers managed within a year."""
    line = brief.workshop.cut_offs.attractiveness
    bar = Bar(Axis.ATTRACTIVENESS, line, step=WITHIN_A_YEAR, most=CREDIBLE_MOVES)
    return path(brief.assessment, brief.customer.id, bar)


def _stays(brief: Brief) -> str:
    """Why a customer must not be let go, in words; empty when it may (method.md 10)."""
    if brief.prospect:
        return "It buys nothing yet: there is nothing to leave."
    group = group_check(brief.assessment, brief.customer.id)
    return group.words if group.finding is Finding.AGAINST else ""


def _move_up(brief: Brief, moves: tuple[Move, ...]) -> Plan:
    """L1: the required move, one deadline, list prices meanwhile, and what happens then."""
    otherwise = "service at low cost" if _stays(brief) else "managed exit"
    return Plan(
        customer=brief.customer.id,
        template="L1",
        goal=f"{brief.customer.name} moves up {brief.by(MOVE_UP_DAYS)}: {brief.moves(moves)}.",
        actions=brief.steps(
            (30, "List prices and standard terms"),
            (90, "Agree the move with the customer, in writing"),
        ),
        owner=brief.owner,
        deadline=brief.after(MOVE_UP_DAYS),
        terms="List prices, standard terms and no custom work until it has moved.",
        evidence=f"{brief.ends(moves)}, in figures of the last twelve months.",
        exit_trigger=f"Not there at the deadline: {otherwise}, no second deadline.",
    )


def low_cost(brief: Brief) -> Plan:
    """L2: serve at low cost, with a ceiling."""
    stays = _stays(brief)
    otherwise = "reprice" if stays else "managed exit"
    return Plan(
        customer=brief.customer.id,
        template="L2",
        goal=f"{brief.customer.name} is served at low cost: inside sales or self-service, "
        "standard terms, no custom work.",
        actions=brief.steps(
            (90, "Move to the low-cost channel"), (180, "Check cost to serve against margin")
        ),
        owner=brief.owner,
        deadline=brief.after(MOVE_UP_DAYS),
        terms="Standard terms, minimum order, no custom work.",
        evidence="Attractiveness a quarter point above its cut-off at a review.",
        exit_trigger=f"Margin below zero two quarters running: {otherwise}.",
        ceiling_cost=_ceiling(brief),
        note=stays,
    )


def _ceiling(brief: Brief) -> float | None:
    """What serving it may cost a year: half of what it earns, and no more than today."""
    profile = brief.profile
    if profile.revenue is None or profile.margin_pct is None:
        return None
    earned = max(0.0, profile.revenue * profile.margin_pct / 100)
    today = earned if profile.cost_to_serve is None else max(0.0, profile.cost_to_serve)
    return round(min(SHARE_FOR_SERVICE * earned, today))


def _managed_exit(brief: Brief) -> Plan:
    """L3: the exit ladder with a date at each rung, and what to check first.

    The last rung waits for the end of a contract.
    """
    *rungs, (days, end) = LADDER
    bound = brief.customer.economics.contract_until
    last = days if bound is None else max(days, (bound - brief.today).days)
    return Plan(
        customer=brief.customer.id,
        template="L3",
        goal=f"We let {brief.customer.name} go step by step, and stop where it pays again.",
        actions=brief.steps(*rungs, (last, end)),
        owner=brief.owner,
        deadline=brief.after(last),
        terms="Each rung of the ladder sets the terms; stock is not built up for it.",
        exit_trigger="Stop at the rung where its margin reaches the target.",
        note=_before_exit(brief, last),
    )


def _before_exit(brief: Brief, last: int) -> str:
    """What speaks against the exit, or must be found out before the first rung."""
    checks = (
        money_check(brief.workshop, brief.customer),
        contract_check(brief.customer, brief.after(last)),
    )
    open_ones = [check.words for check in checks if check.finding is not Finding.CLEAR]
    return " ".join([*open_ones, "Then notice periods, stock and receivables."])
