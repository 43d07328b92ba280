"""What became of plans: milestones met and missed, plans that worked, plans that ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kam.method.assessment import Assessment
from kam.method.movement import Movement
from kam.method.plans import TEMPLATE_NAMES, is_ended
from kam.model import Class, Outcome, Plan, Workshop

BUILT_UP = ("N1", "N2", "L1")  # plans whose aim is that the customer moves up, method.md 10
HIGHER = (Class.LOW_PRIORITY, Class.STRATEGIC, Class.KEY_CORE, Class.KEY_STRATEGIC)


class Met(StrEnum):
    """What became of a milestone."""

    MET = "met"
    MISSED = "missed"
    UNSAID = "no word yet"
    AHEAD = "still ahead"


@dataclass(frozen=True)
class Milestone:
    """One action of a plan with its day, on the day of a review."""

    customer: str
    text: str
    owner: str
    due: date | None
    met: Met
    evidence: str


class Verdict(StrEnum):
    """What became of a plan to move a customer up."""

    WORKED = "worked"
    NOT_YET = "not yet"
    ENDED = "ended"


@dataclass(frozen=True)
class FollowedUp:
    """What became of one plan.

    Attributes:
        words: the sentence, without the customer's name.
    """

    customer: str
    template: str
    verdict: Verdict
    words: str


def milestones(workshop: Workshop, day: date) -> tuple[Milestone, ...]:
    """Every action of every plan, ended ones too, on a day: the oldest first, without day last.

    Nothing is taken for met or missed until somebody says so.
    """
    found = [
        Milestone(
            plan.customer, one.text, one.owner, one.due, _met(one.done, one.due, day), one.evidence
        )
        for plan in (*workshop.ended_plans, *workshop.plans.values())
        for one in plan.actions
    ]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or day)))


def _met(done: bool | None, due: date | None, day: date) -> Met:  # noqa: FBT001 - as an action has it
    if done is not None:
        return Met.MET if done else Met.MISSED
    return Met.UNSAID if due is not None and due < day else Met.AHEAD


def followed_up(
    before: Assessment, after: Assessment, movements: Sequence[Movement]
) -> tuple[FollowedUp, ...]:
    """What became of plans: those of the earlier state that were to move a customer up, and ended.

    Plans that worked come first, then those that ended, then those that have not worked yet.

    Args:
        before: the earlier state.
        after: the later one.
        movements: what became of each customer between the two.
    """
    earlier = before.workshop.plans
    past = {(plan.customer, plan.outcome) for plan in _ended_plans(before.workshop)}
    ended = [
        plan for plan in _ended_plans(after.workshop) if (plan.customer, plan.outcome) not in past
    ]
    over = {(plan.customer, plan.template) for plan in ended}
    aimed = (
        (earlier[one.customer], one)
        for one in movements
        if one.customer in earlier and (one.customer, earlier[one.customer].template) not in over
    )
    found = [_aimed_up(plan, one) for plan, one in aimed if _was_to_move_up(plan)]
    found += [_ended(plan, plan.outcome) for plan in ended if plan.outcome]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.verdict)))


def _ended_plans(workshop: Workshop) -> list[Plan]:
    """Every plan that somebody ended, those that a next one followed first.

    Not one that was replaced when its customer changed class: its class says whether it worked.
    """
    every = (*workshop.ended_plans, *workshop.plans.values())
    return [plan for plan in every if plan.outcome and plan.outcome.what != "replaced"]


def _was_to_move_up(plan: Plan) -> bool:
    return plan.template in BUILT_UP and not is_ended(plan)


_ORDER = (Verdict.WORKED, Verdict.ENDED, Verdict.NOT_YET)


def _aimed_up(plan: Plan, movement: Movement) -> FollowedUp:
    """Whether a customer that was to move up did."""
    then, now = movement.klass
    worked = then is not None and now is not None and has_moved_up(plan, then, now)
    name = TEMPLATE_NAMES[plan.template]
    points = "" if movement.distance.by is None else f", {_signed(movement.distance.by)} points"
    verdict = Verdict.WORKED if worked else Verdict.NOT_YET
    return FollowedUp(
        plan.customer, plan.template, verdict, f"{name}: {_course(then, now)}{points}."
    )


def _course(then: Class | None, now: Class | None) -> str:
    """A class then and now, in words."""
    if then is now:
        return f"{now.label} as before" if now else "not scored then, nor now"
    was = then.label if then else "not scored then"
    return f"{was}, now {now.label}" if now else f"{was}, not scored now"


def has_moved_up(plan: Plan, then: Class, now: Class) -> bool:
    """Whether a class is what the plan was to reach: key, or for other customers any step up."""
    if plan.template in ("N1", "N2"):
        return now.is_key and not then.is_key
    return HIGHER.index(now) > HIGHER.index(then)


def _ended(plan: Plan, outcome: Outcome) -> FollowedUp:
    """How a plan ended, in the words of who ended it."""
    verdict = Verdict.WORKED if outcome.what == "promoted" else Verdict.ENDED
    why = f": {outcome.reason}" if outcome.reason else ""
    words = (
        f"{TEMPLATE_NAMES[plan.template]}: {outcome.what} on {outcome.on.isoformat()}, "
        f"says {outcome.by}{why}."
    )
    return FollowedUp(plan.customer, plan.template, verdict, words)


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
