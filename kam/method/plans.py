"""Drafts of plans for customers, as sentences to edit or accept (method.md 10)."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kam.method.assessment import Assessment, Standing
from kam.method.paths import CREDIBLE_MOVES, WITHIN_A_YEAR, Bar, Move, path
from kam.method.selection import Reason
from kam.method.values import spoken
from kam.model import Action, Axis, Class, Criterion, Customer, Plan

PROMOTE_MARGIN = 0.25  # points above a cut-off at which a customer moves up: no flip-flop [D]
SHARE_OF_CORE = 0.2  # ceiling on hours for a customer that is built up, of a core account's [D]
MILESTONES = (90, 180, 365)  # days, method.md 10, N1
MOST_ACTIONS = 3  # method.md 10, N1
MOVE_UP_DAYS = 365  # at most 18 months, method.md 10, L1
LADDER = (
    # days from the decision, what happens: method.md 10, L3
    (60, "Reprice to list prices"),
    (120, "Standard terms only: minimum order, no custom work"),
    (180, "Move to a cheaper channel"),
    (270, "Offer a hand-over to a partner"),
    (365, "End the business, notice periods kept"),
)

TEMPLATE_NAMES = {
    "K1": "Key account, strategic",
    "K2": "Key account, core",
    "N1": "Build up to key",
    "N2": "First in line",
    "L1": "Move up by a deadline",
    "L2": "Serve at low cost",
    "L3": "Managed exit",
}


@dataclass(frozen=True)
class Brief:
    """What a draft is made from."""

    assessment: Assessment
    customer: Customer
    standing: Standing
    today: date

    def moves(self, moves: tuple[Move, ...]) -> str:
        """Moves in words: "Share of wallet from 8 to 25 %"."""
        criteria = self.assessment.workshop.criteria
        return " and ".join(move_words(criteria[move.criterion], move) for move in moves)

    def after(self, days: int) -> date:
        """The day so many days from today."""
        return self.today + timedelta(days=days)


def move_words(criterion: Criterion, move: Move) -> str:
    """One move in plain units."""
    return f"{criterion.name} from {spoken(move.start)} to {spoken(move.end)} {criterion.unit}"


def draft(assessment: Assessment, customer: str, today: date) -> Plan | None:
    """A plan for one customer that is not key, drafted from its scores.

    Returns:
        `None` for key accounts, whose plans are written with the customer, and for customers
        that are not scored yet.
    """
    standing = assessment.standings[customer]
    if standing.klass is None or standing.klass.is_key:
        return None
    known = assessment.workshop.customers[customer]
    brief = Brief(assessment, known, standing, today)
    return _strategic(brief) if standing.klass is Class.STRATEGIC else _low_priority(brief)


def _strategic(brief: Brief) -> Plan:
    """N1 or N2 for a customer that is strategic, not yet key."""
    if brief.standing.reason is Reason.UNLISTED_ATTRACTIVE:
        return _judge_it(brief)
    waiting = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
    if brief.standing.reason in waiting:
        return _first_in_line(brief)
    return _build_up(brief)


def _judge_it(brief: Brief) -> Plan:
    """N1 for a customer outside the long list: look closer before spending anything on it."""
    owner, name = brief.customer.profile.owner, brief.customer.name
    return Plan(
        customer=brief.customer.id,
        template="N1",
        goal=f"We know by {_day(brief.after(MILESTONES[-1]))} whether {name} belongs on the long "
        "list; its figures alone are attractive.",
        actions=(
            Action(text="Score it on every criterion", owner=owner, due=brief.after(90)),
            Action(text="Decide whether it joins the long list", owner=owner, due=brief.after(180)),
        ),
        owner=owner,
        deadline=brief.after(MILESTONES[-1]),
        exit_trigger="Served at low cost if its scores fall below the attractiveness cut-off.",
    )


def _build_up(brief: Brief) -> Plan:
    """N1: the gap in plain units, at most three actions with milestones, a ceiling, a stop rule."""
    steps = _build_up_steps(brief)
    days = MILESTONES[-len(steps) :]
    owner = brief.customer.profile.owner
    core = brief.assessment.workshop.capacity.hours_core
    return Plan(
        customer=brief.customer.id,
        template="N1",
        goal=_build_up_goal(brief),
        actions=tuple(
            Action(text=step, owner=owner, due=brief.after(day))
            for step, day in zip(steps, days, strict=True)
        ),
        owner=owner,
        deadline=brief.after(MILESTONES[-1]),
        exit_trigger="Stop after two missed milestones.",
        ceiling_hours=None if core is None else round(SHARE_OF_CORE * core),
    )


def _path_to_key(brief: Brief) -> tuple[Move, ...] | None:
    lines = brief.assessment.workshop.cut_offs
    bar = Bar(Axis.STRENGTH, min(10.0, lines.strength + PROMOTE_MARGIN), most=MOST_ACTIONS)
    return path(brief.assessment, brief.customer.id, bar)


def _build_up_goal(brief: Brief) -> str:
    name, reason = brief.customer.name, brief.standing.reason
    by = f"by {_day(brief.after(MILESTONES[-1]))}"
    if reason is Reason.OVERRIDE:
        override = brief.assessment.workshop.overrides[brief.customer.id]
        return f"We look again at what {override.by} decided on {name} {by}."
    if reason is Reason.WOULD_NOT_FAVOUR:
        return f"{name} becomes key if it would favour us as a key supplier {by}."
    if reason is Reason.TOO_LITTLE_KNOWN:
        return f"We know enough of {name} to decide {by}: {_unknown(brief)}."
    moves = _path_to_key(brief)
    if moves:
        return f"{name} becomes key if we raise {brief.moves(moves)} {by}."
    return f"{name} becomes key if our strength with it rises above the cut-off {by}."


def _build_up_steps(brief: Brief) -> list[str]:
    if brief.standing.reason is Reason.OVERRIDE:
        override = brief.assessment.workshop.overrides[brief.customer.id]
        return [f"Check whether this still holds: {override.reason}", "Score again and decide"]
    if brief.standing.reason is Reason.WOULD_NOT_FAVOUR:
        return [
            "Ask the customer what a key supplier must do for it",
            "Decide whether we want to and can do it",
            "Ask again whether it would favour us",
        ]
    if brief.standing.reason is Reason.TOO_LITTLE_KNOWN:
        return [f"Find out: {_unknown(brief)}", "Score again and decide"]
    criteria = brief.assessment.workshop.criteria
    moves = _path_to_key(brief) or ()
    steps = [f"Raise {move_words(criteria[move.criterion], move)}" for move in moves]
    return steps[:MOST_ACTIONS] or [
        "Find out what the best rival does better, in the customer's own eyes",
        "Agree with the customer what would change that",
        "Score again and decide",
    ]


def _unknown(brief: Brief) -> str:
    """The criteria on which a customer is not scored, in words."""
    workshop = brief.assessment.workshop
    levels = brief.assessment.valued.raw[brief.assessment.row[brief.customer.id]]
    missing = [
        workshop.criteria[key].name
        for key, level in zip(brief.assessment.valued.criteria, levels, strict=True)
        if np.isnan(level)
    ]
    return ", ".join(missing) or "nothing"


def _first_in_line(brief: Brief) -> Plan:
    """N2: what frees a place, and light contact until then."""
    owner = brief.customer.profile.owner
    place = _place_in_line(brief)
    return Plan(
        customer=brief.customer.id,
        template="N2",
        goal=f"{brief.customer.name} becomes key when capacity is free; it is number {place} "
        "in line.",
        actions=(
            Action(text="Keep in touch every quarter", owner=owner, due=brief.after(90)),
            Action(
                text="Check who could leave the key accounts", owner=owner, due=brief.after(180)
            ),
        ),
        owner=owner,
        deadline=brief.after(MILESTONES[-1]),
        exit_trigger="Leaves the line when it is outside the key zone at two reviews.",
    )


def _place_in_line(brief: Brief) -> int:
    waiting = [
        key
        for key, standing in brief.assessment.standings.items()
        if standing.reason in (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
    ]
    return waiting.index(brief.customer.id) + 1


def _low_priority(brief: Brief) -> Plan:
    """L1, L2 or L3: the two-pronged plan of method.md 10."""
    if brief.standing.reason is Reason.UNLISTED:
        return _low_cost(brief)
    gate_failed = brief.standing.reason is Reason.GATE
    strong = brief.standing.strength[0] >= brief.assessment.workshop.cut_offs.strength
    moves = _credible_path(brief)
    if moves and not strong and not gate_failed:
        return _move_up(brief, moves)
    if (strong and not gate_failed) or _never_exit(brief):
        return _low_cost(brief)
    return _managed_exit(brief)


def _credible_path(brief: Brief) -> tuple[Move, ...] | None:
    """A path to the attractiveness cut-off that comparable customers managed within a year."""
    line = brief.assessment.workshop.cut_offs.attractiveness
    bar = Bar(Axis.ATTRACTIVENESS, line, step=WITHIN_A_YEAR, most=CREDIBLE_MOVES)
    return path(brief.assessment, brief.customer.id, bar)


def _never_exit(brief: Brief) -> str:
    """Why a customer must not be let go, in words; empty when it may (method.md 10)."""
    profile = brief.customer.profile
    if profile.revenue is not None and profile.revenue <= 0:
        return "It buys nothing yet: there is nothing to leave."
    relatives = _relatives(brief)
    key = [k for k in relatives if _is_key(brief.assessment.standings[k])]
    if key:
        named = brief.assessment.workshop.customers[key[0]].name
        return f"{named}, of the same group, is a key account: do not end the business."
    return ""


def _relatives(brief: Brief) -> list[str]:
    """Parent, sisters and daughters of a customer."""
    own = brief.customer.id
    return [key for key in brief.assessment.families.get(own, ()) if key != own]


def _is_key(standing: Standing) -> bool:
    return standing.klass is not None and standing.klass.is_key


def _move_up(brief: Brief, moves: tuple[Move, ...]) -> Plan:
    """L1: the required move, one deadline, list prices meanwhile, and what happens then."""
    owner, by = brief.customer.profile.owner, brief.after(MOVE_UP_DAYS)
    otherwise = "service at low cost" if _never_exit(brief) else "managed exit"
    return Plan(
        customer=brief.customer.id,
        template="L1",
        goal=f"{brief.customer.name} moves up by {_day(by)}: {brief.moves(moves)}.",
        actions=(
            Action(text="List prices and standard terms", owner=owner, due=brief.after(30)),
            Action(
                text="Agree the move with the customer, in writing",
                owner=owner,
                due=brief.after(90),
            ),
        ),
        owner=owner,
        deadline=by,
        exit_trigger=f"Not there at the deadline: {otherwise}, no second deadline.",
    )


def _low_cost(brief: Brief) -> Plan:
    """L2: serve at low cost, with a ceiling."""
    owner, stays = brief.customer.profile.owner, _never_exit(brief)
    otherwise = "reprice" if stays else "managed exit"
    return Plan(
        customer=brief.customer.id,
        template="L2",
        goal=f"{brief.customer.name} is served at low cost: inside sales or self-service, "
        "standard terms, no custom work.",
        actions=(
            Action(text="Move to the low-cost channel", owner=owner, due=brief.after(90)),
            Action(text="Check cost to serve against margin", owner=owner, due=brief.after(180)),
        ),
        owner=owner,
        deadline=brief.after(MOVE_UP_DAYS),
        exit_trigger=f"Margin below zero two quarters running: {otherwise}.",
        note=stays,
    )


def _managed_exit(brief: Brief) -> Plan:
    """L3: the exit ladder with a date at each rung, and what to check first."""
    owner = brief.customer.profile.owner
    return Plan(
        customer=brief.customer.id,
        template="L3",
        goal=f"We let {brief.customer.name} go step by step, and stop where it pays again.",
        actions=tuple(
            Action(text=text, owner=owner, due=brief.after(days)) for days, text in LADDER
        ),
        owner=owner,
        deadline=brief.after(LADDER[-1][0]),
        exit_trigger="Stop at the rung where its margin reaches the target.",
        note=_before_exit(brief),
    )


def _before_exit(brief: Brief) -> str:
    """What to check before the first rung: only avoidable costs count."""
    profile = brief.customer.profile
    if profile.revenue is None or profile.margin_pct is None:
        return "Before the first step: find out its margin; only avoidable costs count."
    earned = profile.revenue * profile.margin_pct / 100 - (profile.cost_to_serve or 0)
    if earned > 0:
        currency = brief.assessment.workshop.currency
        return f"It still earns {currency} {earned:,.0f} a year: reprice before you end anything."
    return "Before the first step: contracts, notice periods, stock and receivables."


def plan_gaps(plan: Plan, today: date) -> tuple[str, ...]:
    """What a plan lacks, in words, most urgent first; empty when it is complete."""
    lacking = {
        overdue_words(plan, today): is_overdue(plan, today),
        "no owner yet": not plan.owner,
        "no deadline yet": plan.deadline is None,
        "no goal yet": not plan.goal,
        "no action yet": not plan.actions,
        "no exit trigger yet": not plan.exit_trigger,
    }
    return tuple(words for words, missing in lacking.items() if missing)


def is_overdue(plan: Plan, today: date) -> bool:
    """Whether the plan's deadline has passed: promote, exit, or extend once with a reason."""
    return plan.deadline is not None and plan.deadline < today


def overdue_words(plan: Plan, today: date) -> str:
    """How long a plan is overdue."""
    if plan.deadline is None or plan.deadline >= today:
        return "not overdue"
    days = (today - plan.deadline).days
    return f"overdue by {days} day{'s' if days != 1 else ''}"


def _day(day: date) -> str:
    """A date as people say it."""
    return f"{day.day} {day:%B %Y}"
