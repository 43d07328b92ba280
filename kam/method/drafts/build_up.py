"""Drafts for customers that are strategic, not yet key: N1, the incubator, N2."""

import numpy as np

from kam.method.drafts.brief import YEAR, Brief, change_words, level_words
from kam.method.drafts.key_accounts import ASK
from kam.method.paths import Bar, Move, halfway, path
from kam.method.selection import CLASSES, SAME, Reason, hours_each
from kam.method.values import listing, spoken
from kam.model import Action, Axis, Class, Favours, Plan

PROMOTE_MARGIN = 0.25  # points above a cut-off at which a customer moves up: no flip-flop [D]
SHARE_OF_CORE = 0.2  # ceiling on hours for a customer that is built up, of a core account's [D]
MILESTONES = (90, 180, YEAR)  # days, method.md 10, N1
MOST_ACTIONS = 3  # method.md 10, N1
ASK_AGAIN = "Ask again whether it would favour us"
WHAT_IT_WANTS = "Ask the customer what a key supplier must do for it"
FAVOURS_US = "It says itself that it would favour us as a key supplier."
WAITING = (Reason.NO_CAPACITY, Reason.TIED_AT_CAPACITY)
FIRST, SECOND, LAST = MILESTONES
FIND_THE_RIVAL = (
    # days from today, what to do where nothing that we can influence carries it over the line
    (FIRST, "Find out what the best rival does better, in the customer's own eyes"),
    (SECOND, "Agree with the customer what would change that"),
    (LAST, "Score again and decide"),
)

Step = tuple[int, str]  # days from today, what is done


def build_up(brief: Brief) -> Plan:
    """N1 or N2 for a customer that is strategic, not yet key."""
    reason = brief.standing.reason
    if reason is Reason.UNLISTED_ATTRACTIVE:
        return _judge_it(brief)
    if reason in WAITING:
        return _first_in_line(brief)
    if reason is Reason.STRENGTH_GAP and brief.prospect:
        return _first_order(brief)
    return _build_up(brief)


# --- the incubator: one year to find out ----------------------------------------------------------


def _judge_it(brief: Brief) -> Plan:
    """N1 for a customer outside the long list: look closer before spending anything on it."""
    return Plan(
        customer=brief.customer.id,
        template="N1",
        goal=f"We know whether {brief.customer.name} belongs on the long list; the "
        "scores that it has are attractive.",
        actions=brief.steps(
            (FIRST, "Score it on every criterion"),
            (SECOND, "Decide whether it joins the long list"),
        ),
        owner=brief.owner,
        deadline=brief.after(LAST),
        terms="Served as today.",
        evidence="Scores on every criterion, each with a source.",
        exit_trigger="Served at low cost if its scores fall below the attractiveness cut-off.",
        ceiling_cost=0.0,
        note="Incubator: a year to find out, and nothing is spent on it before that.",
    )


def _first_order(brief: Brief) -> Plan:
    """N1 for a prospect: a year in the incubator, then key, or out of it."""
    return Plan(
        customer=brief.customer.id,
        template="N1",
        goal=_becomes_key(brief, "it places a first order"),
        actions=brief.steps(
            *_asking(
                brief,
                (FIRST, "Find out how it decides, and from whom it buys today"),
                (SECOND, "Win a first order, or a trial that it pays for"),
                (LAST, "Score it on every criterion, and decide"),
            )
        ),
        owner=brief.owner,
        deadline=brief.after(LAST),
        terms="List prices; one trial at most.",
        evidence=f"A first order. {_promotion(brief)}",
        exit_trigger="No first order by then: it leaves the incubator and is served at low cost.",
        ceiling_hours=_ceiling(brief),
        note=_sentences("Incubator: one year. It buys nothing from us yet.", _full(brief)),
    )


# --- N1: the gap, the smallest path, a ceiling, milestones, a stop rule ---------------------------


def _build_up(brief: Brief) -> Plan:
    return Plan(
        customer=brief.customer.id,
        template="N1",
        goal=_goal(brief),
        actions=_steps(brief),
        owner=brief.owner,
        deadline=brief.after(LAST),
        terms="Prices and service as today; what goes beyond that stands in this plan.",
        evidence=_evidence(brief),
        exit_trigger="Stop after two missed milestones.",
        ceiling_hours=_ceiling(brief),
        note=_sentences(_gap(brief), _full(brief)),
    )


def _ceiling(brief: Brief) -> float | None:
    """Hours a year at most; `None` while the hours of a core account are unknown."""
    core = brief.workshop.capacity.hours_core
    return None if core is None else round(SHARE_OF_CORE * core)


def _path_to_key(brief: Brief) -> tuple[Move, ...] | None:
    bar = Bar(Axis.STRENGTH, _promoted_at(brief), most=MOST_ACTIONS)
    return path(brief.assessment, brief.customer.id, bar)


def _promoted_at(brief: Brief) -> float:
    """The strength at which the customer becomes key, 0-10."""
    return min(10.0, brief.workshop.cut_offs.strength + PROMOTE_MARGIN)


def _goal(brief: Brief) -> str:
    name, reason = brief.customer.name, brief.standing.reason
    if reason is Reason.OVERRIDE:
        return f"We look again at what {brief.override.by} decided on {name}."
    if reason is Reason.TOO_LITTLE_KNOWN:
        return f"For {name} we find out {brief.unknown()}, and decide."
    return _becomes_key(brief)


def _becomes_key(brief: Brief, *first: str) -> str:
    """All that must come true before the customer is key, in a sentence; these things first."""
    conditions = [*first]
    if brief.profile.favours_us is Favours.NO:
        conditions.append("it would favour us as a key supplier")
    if brief.standing.reason is Reason.STRENGTH_GAP:
        moves = _path_to_key(brief)
        changed = f"we {brief.changes(moves)}" if moves else ""
        conditions.append(changed or "our strength with it rises above the cut-off")
    if not brief.standing.known:
        conditions.append(f"we know enough of it: {brief.unknown()}")
    if _full(brief):
        conditions.append("capacity is free for it")
    return f"{brief.customer.name} becomes key if {listing(conditions)}."


def _steps(brief: Brief) -> tuple[Action, ...]:
    reason = brief.standing.reason
    if reason is Reason.OVERRIDE:
        return brief.steps((SECOND, brief.still_holds), (LAST, "Score again and decide"))
    if reason is Reason.WOULD_NOT_FAVOUR:
        return brief.steps(
            (FIRST, WHAT_IT_WANTS),
            (SECOND, "Decide whether we want to and can do it"),
            (LAST, ASK_AGAIN),
        )
    if reason is Reason.TOO_LITTLE_KNOWN:
        found = f"Find out: {brief.unknown()}"
        return brief.steps((FIRST, found), (SECOND, "Score again and decide"))
    moves = _path_to_key(brief)
    return brief.steps(*_asking(brief, *(_climb(brief, moves) if moves else FIND_THE_RIVAL)))


def _asking(brief: Brief, *steps: Step) -> tuple[Step, ...]:
    """Steps that also ask whether the customer would favour us, where that is open or denied."""
    asked = {
        Favours.NO: {FIRST: WHAT_IT_WANTS, LAST: ASK_AGAIN},
        Favours.UNKNOWN: {FIRST: ASK},
        Favours.YES: {},
    }[brief.profile.favours_us]
    if not brief.standing.known:
        asked[SECOND] = f"Find out: {brief.unknown()}"
    return tuple(
        (days, f"{asked[days]}; {text[:1].lower()}{text[1:]}" if days in asked else text)
        for days, text in steps
    )


def _climb(brief: Brief, moves: tuple[Move, ...]) -> tuple[Step, ...]:
    """A row for each milestone; with one criterion to move, half the way is one."""
    told = [change_words(brief.criterion(move), move) for move in moves]
    steps = [f"{one[:1].upper()}{one[1:]}" for one in told]
    if len(moves) == MOST_ACTIONS:
        return tuple(zip(MILESTONES, steps, strict=True))
    agreed = (FIRST, f"Agree with the customer how we {brief.changes(moves)}")
    if len(moves) == 2:
        return agreed, (SECOND, steps[0]), (LAST, steps[1])
    return agreed, (SECOND, _half(brief, moves[0])), (LAST, steps[0])


def _half(brief: Brief, move: Move) -> str:
    """The milestone in the middle of a move; a single step has none, and is looked at."""
    one = brief.criterion(move)
    half = halfway(one, move)
    if half is None:
        return f"Check with the customer what still holds {one.name} back"
    exactly = half - move.start == move.end - half
    return f"{level_words(one, half)}, {'half of' if exactly else 'on'} the way"


def _evidence(brief: Brief) -> str:
    """What must be shown before the customer becomes key."""
    reason = brief.standing.reason
    if reason is Reason.OVERRIDE:
        return "What was decided no longer holds, and the matrix shows it as key."
    if reason is Reason.WOULD_NOT_FAVOUR:
        return FAVOURS_US
    if reason is Reason.TOO_LITTLE_KNOWN:
        return "Enough is known, and the matrix shows it as key."
    return _promotion(brief)


def _promotion(brief: Brief) -> str:
    """The promotion test in words."""
    moves = _path_to_key(brief)
    shown = f", shown by {brief.ends(moves)}" if moves else ", shown by figures"
    return _sentences(
        f"Key once our strength with it is {spoken(_promoted_at(brief))} or more at a review, a "
        f"quarter point above the cut-off{shown}.",
        FAVOURS_US if brief.profile.favours_us is Favours.NO else "",
    )


def _full(brief: Brief) -> str:
    """That the customer would only wait in line, in words; empty where there is room for it.

    Told of one that would be in the key zone once its plan has worked.
    """
    if brief.standing.reason not in (Reason.STRENGTH_GAP, Reason.WOULD_NOT_FAVOUR):
        return ""
    return "" if _fits(brief) else "Our capacity is taken today: it would then wait in line."


def _fits(brief: Brief) -> bool:
    """Whether capacity is left for it behind those who would still be before it in line."""
    chosen, lines = brief.assessment.selection, brief.workshop.cut_offs
    each, available = hours_each(brief.workshop.capacity)
    if available is None:
        return True
    attractiveness, strength = brief.standing.attractiveness[0], brief.standing.strength[0]
    strength = max(strength, _promoted_at(brief))
    distance = min(attractiveness - lines.attractiveness, strength - lines.strength)
    before = chosen.queue[chosen.distance[chosen.queue] >= distance - SAME]
    waiting = np.isin(chosen.reason[before], [int(one) for one in WAITING]).any()
    firm = chosen.queue[chosen.reason[chosen.queue] == Reason.OVERRIDE]
    taken = float(chosen.hours[np.union1d(before, firm)].sum())
    mutual = brief.profile.favours_us is not Favours.UNKNOWN  # yes, or yes once the plan worked
    strategic = mutual and attractiveness >= lines.strategic - SAME
    own = float(each[CLASSES.index(Class.KEY_STRATEGIC if strategic else Class.KEY_CORE)])
    return not waiting and taken + own <= available + SAME


def _sentences(*told: str) -> str:
    """Sentences one after the other, without those that are empty."""
    return " ".join(one for one in told if one)


def _gap(brief: Brief) -> str:
    """How far our strength is from the line, in words; empty where another reason holds it back."""
    if brief.standing.reason is not Reason.STRENGTH_GAP:
        return ""
    strength, line = (
        spoken(score) for score in (brief.standing.strength[0], brief.workshop.cut_offs.strength)
    )
    if strength == line:
        return f"Our strength with it is just below the cut-off of {line}."
    return f"Our strength with it is {strength} today; the cut-off is {line}."


# --- N2: first in line ----------------------------------------------------------------------------


def _first_in_line(brief: Brief) -> Plan:
    """N2: what frees a place, and light contact until then."""
    return Plan(
        customer=brief.customer.id,
        template="N2",
        goal=f"{brief.customer.name} becomes key when capacity is free.",
        actions=brief.steps(
            (FIRST, "Keep in touch every quarter"),
            (SECOND, "Check who could leave the key accounts"),
        ),
        owner=brief.owner,
        deadline=brief.after(LAST),
        terms="Prices and service as today; contact once a quarter, and no more.",
        evidence="Still in the key zone at the review at which capacity is free.",
        exit_trigger="Leaves the line when it is outside the key zone at two reviews.",
        ceiling_hours=_ceiling(brief),
    )
