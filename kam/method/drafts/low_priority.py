"""Drafts for customers of low priority: move up by a deadline, serve at low cost, or let go."""

from datetime import date, timedelta

from kam.method.drafts.brief import YEAR, Brief
from kam.method.drafts.pace import NOTICE, NOTICE_DAYS
from kam.method.exit_checks import (
    NO_PARTNER,
    Finding,
    contract_check,
    group_check,
    money_check,
)
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, Move, path
from kam.method.selection import Reason
from kam.method.values import spoken
from kam.model import Action, Axis, Plan
from kam.validated import changed

MOVE_UP_DAYS = YEAR  # at most 18 months, method.md 10, L1
SHARE_FOR_SERVICE = 0.5  # of what a customer earns, the most that serving it may cost [D]
BELOW_ZERO = "Profit after what serving it costs below zero two quarters running"
HAND_OVER = f"Offer it to a partner ({NO_PARTNER})"
END = "End the business"
LADDER = (
    # days from the decision, what happens before notice is given: method.md 10, L3
    (60, "Reprice to list prices"),
    (120, "Standard terms only: minimum order, no custom work"),
    (180, "Move to a cheaper channel"),
    (270, HAND_OVER),
)
STAYING = LADDER[:3]  # what happens to a customer that pays too well to be let go


def low_priority(brief: Brief) -> Plan:
    """L1, L2 or L3: the two-pronged plan of method.md 10."""
    settled = brief.standing.reason in (Reason.OVERRIDE, Reason.UNLISTED, Reason.GATE)
    moves = None if settled or _is_strong(brief) else credible_path(brief)
    return _move_up(brief, moves) if moves else past_its_deadline(brief)


def past_its_deadline(brief: Brief) -> Plan:
    """L2 or L3: without a way up, or after the time for it, as there is no second deadline."""
    reason = brief.standing.reason
    if reason in (Reason.OVERRIDE, Reason.UNLISTED):
        return low_cost(brief)
    if (_is_strong(brief) and reason is not Reason.GATE) or _stays(brief):
        return low_cost(brief)
    pays = _pays(brief)
    return _reprice(brief, pays) if pays else managed_exit(brief)


def _is_strong(brief: Brief) -> bool:
    """Whether our strength with it reaches the cut-off."""
    return brief.standing.strength[0] >= brief.workshop.cut_offs.strength


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


def _pays(brief: Brief) -> str:
    """What letting it go would cost a year, in words; empty where it would cost nothing."""
    return money_check(brief.workshop, brief.customer).loss


def _move_up(brief: Brief, moves: tuple[Move, ...]) -> Plan:
    """L1: the required move, one deadline, list prices meanwhile, and what happens then."""
    otherwise = "reprice and keep it at low cost" if _pays(brief) else "managed exit"
    if _stays(brief):
        otherwise = "service at low cost"
    return Plan(
        customer=brief.customer.id,
        template="L1",
        goal=f"{brief.customer.name} moves up: {brief.moves(moves)}.",
        actions=brief.steps(
            (30, "List prices and standard terms"),
            (90, "Agree the move with the customer, in writing"),
        ),
        owner=brief.owner,
        deadline=brief.after(MOVE_UP_DAYS),
        terms="List prices, standard terms and no custom work until it has moved.",
        evidence=f"{brief.ends(moves)}, in figures of the last twelve months.",
        exit_trigger=f"Not there at the deadline: {otherwise}, no second deadline.",
        ceiling_cost=ceiling(brief),
    )


# --- L2: serve at low cost, with a ceiling --------------------------------------------------------


def low_cost(brief: Brief) -> Plan:
    """L2: serve at low cost; reprice one that leaves nothing before what serving it costs."""
    if brief.standing.reason is Reason.OVERRIDE:
        return _decided(brief)
    margin = brief.profile.margin_pct
    if margin is not None and margin < 0 and not brief.prospect:
        told = f"its margin is {spoken(margin)} % before what serving it costs"
        return _reprice(brief, told)
    stays, loss = _stays(brief), _loss(brief)
    if loss:
        return _at_a_loss(brief, stays, loss)
    otherwise = "reprice" if stays else "managed exit"
    return changed(_low_cost(brief), exit_trigger=f"{BELOW_ZERO}: {otherwise}.", note=stays)


def _at_a_loss(brief: Brief, stays: str, loss: str) -> Plan:
    """L2 of one that costs more to serve than it leaves: the loss, and what its exit would end."""
    drafted, money = _low_cost(brief), money_check(brief.workshop, brief.customer)
    otherwise = "reprice" if stays or money.loss else "managed exit"
    return changed(
        drafted,
        goal=f"{drafted.goal} {loss}",
        exit_trigger=f"Still below zero after what serving it costs at the deadline: {otherwise}.",
        note=stays or money.words,
    )


def _loss(brief: Brief) -> str:
    """What it loses a year after what serving it costs; empty where nothing, or not known."""
    profile = brief.profile
    if profile.revenue is None or profile.margin_pct is None or profile.cost_to_serve is None:
        return ""
    left = profile.revenue * profile.margin_pct / 100 - profile.cost_to_serve
    if round(left) >= 0:
        return ""
    return f"It loses {brief.workshop.currency} {-left:,.0f} a year after what serving it costs."


def _low_cost(brief: Brief) -> Plan:
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
        ceiling_cost=ceiling(brief),
    )


def _decided(brief: Brief) -> Plan:
    """L2 where the team decided against the rule: who and why, and a day to look at it again."""
    by = brief.override.by
    return changed(
        _low_cost(brief),
        goal=f"{brief.customer.name} is served at low cost, as {by} decided; we look at that again "
        "by the deadline.",
        actions=brief.steps(
            (90, "Move to the low-cost channel"),
            (180, brief.still_holds),
            (YEAR, "Score again and decide"),
        ),
        evidence=f"What {by} decided no longer holds; then the rule decides its class again.",
        exit_trigger=f"{BELOW_ZERO}: {by} decides again.",
        note=brief.standing.why,
    )


def _reprice(brief: Brief, why: str) -> Plan:
    """L2 by the rungs that change price and terms; its goal says in figures why."""
    stays, money = _stays(brief), money_check(brief.workshop, brief.customer)
    last = "decide again" if stays or money.loss else "managed exit"
    gate = brief.standing.why if brief.standing.reason is Reason.GATE else ""
    told = (gate, stays, money.words if money.loss else "")
    return changed(
        _low_cost(brief),
        goal=f"We reprice {brief.customer.name} and serve it at low cost: {why}.",
        actions=brief.steps(*STAYING, (YEAR, "Check what it earns, and decide")),
        exit_trigger=f"It earns no more by the deadline: {last}.",
        note=" ".join(one for one in told if one),
    )


def ceiling(brief: Brief) -> float | None:
    """What serving it may cost a year: half of what it earns, and no more than today.

    One that loses money may cost what it costs today until its price is right; `None` where what
    it earns, or then costs, is unknown.
    """
    profile = brief.profile
    if profile.revenue is None or profile.margin_pct is None:
        return None
    earned = profile.revenue * profile.margin_pct / 100
    today = None if profile.cost_to_serve is None else max(0.0, profile.cost_to_serve)
    if earned < 0:
        return None if today is None else round(today)
    most = SHARE_FOR_SERVICE * earned
    return round(most if today is None else min(most, today))


# --- L3: managed exit -----------------------------------------------------------------------------


def managed_exit(brief: Brief) -> Plan:
    """L3: the exit ladder with a date at each rung, and what to check first.

    Notice is given in time for the last rung, which waits for the end of a contract.
    """
    bound = brief.customer.economics.contract_until
    end = brief.after(YEAR)
    last = end if bound is None else max(end, bound)
    rungs = brief.steps(*LADDER)
    return Plan(
        customer=brief.customer.id,
        template="L3",
        goal=f"We let {brief.customer.name} go step by step, and stop where it pays again.",
        actions=(*rungs, *_end(brief, last)),
        owner=brief.owner,
        deadline=last,
        terms="Each rung of the ladder sets the terms; stock is not built up for it.",
        exit_trigger="Stop at the rung where its margin reaches the target.",
        ceiling_cost=ceiling(brief),
        note=_before_exit(brief, last),
    )


def _end(brief: Brief, last: date) -> tuple[Action, Action]:
    """Notice, as long before the end as it takes, and the end."""
    notice = Action(
        text=f"{NOTICE} of {NOTICE_DAYS} days, or as the contract says",
        owner=brief.owner,
        due=last - timedelta(days=NOTICE_DAYS),
    )
    return notice, Action(text=END, owner=brief.owner, due=last)


def _before_exit(brief: Brief, last: date) -> str:
    """What speaks against the exit, or must be found out before the first rung."""
    group = group_check(brief.assessment, brief.customer.id)
    key, known = brief.customer.id, brief.assessment
    asked = key in known.families or key in known.companies
    checks = (
        *((group,) if asked else ()),
        money_check(brief.workshop, brief.customer),
        contract_check(brief.customer, last),
    )
    open_ones = [check.words for check in checks if check.finding is not Finding.CLEAR]
    return " ".join([*open_ones, "Then stock and receivables."])
