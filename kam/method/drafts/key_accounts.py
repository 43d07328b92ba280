"""Skeletons of plans for key accounts: K1 strategic, K2 core; the customer writes the rest."""

from kam.method.drafts.brief import YEAR, Brief
from kam.method.values import spoken
from kam.model import Class, Favours, Plan

ASK = "Ask whether it would favour us as a key supplier"


def key_account(brief: Brief) -> Plan:
    """K1 or K2, to be completed together with the customer."""
    if brief.standing.klass is Class.KEY_STRATEGIC:
        return _strategic(brief)
    return _core(brief)


def _strategic(brief: Brief) -> Plan:
    """K1: a joint plan, a sponsor on both sides, a three-year goal, what it takes and brings."""
    return Plan(
        customer=brief.customer.id,
        template="K1",
        goal=f"{brief.customer.name} and we agree a joint plan for three years{_spend(brief)}.",
        actions=brief.steps(
            (60, "Name a sponsor on both sides"),
            (90, f"Write the joint plan with the customer{_wants(brief)}"),
            (120, "Agree the few figures by which both sides judge it"),
            (180, "Show what it takes from us and what it brings"),
            (YEAR, "Review goal, figures and risks together"),
        ),
        owner=brief.owner,
        deadline=brief.after(YEAR),
        terms="As the joint plan says.",
        evidence="The joint plan, signed by both sponsors.",
        exit_trigger="Core again if it would no longer favour us, or brings too little on our "
        "capital at two reviews.",
        ceiling_hours=brief.workshop.capacity.hours_strategic,
    )


def _spend(brief: Brief) -> str:
    """What the three years are about in money; empty while that is unknown."""
    spend = brief.profile.available_spend
    if spend is None or spend <= 0:
        return ""
    return f"; it spends {brief.workshop.currency} {spend:,.0f} on what we sell in that time"


def _wants(brief: Brief) -> str:
    """What the customer itself wants, where we have written it down."""
    wants = brief.profile.strategic_objectives
    return f": it wants to {wants[:1].lower()}{wants[1:]}" if wants else ""


def _core(brief: Brief) -> Plan:
    """K2: an account plan for a year, a contact map, three growth moves, a margin goal."""
    asked = () if brief.profile.favours_us is not Favours.UNKNOWN else ((30, ASK),)
    lines = brief.workshop.cut_offs
    return Plan(
        customer=brief.customer.id,
        template="K2",
        goal=f"{brief.customer.name} grows with us{_margin(brief)}.",
        actions=brief.steps(
            *asked,
            (60, "Draw the map of contacts: who decides, who knows whom"),
            (90, "Choose three moves that make it grow"),
            (120, "Agree the standard of service"),
            (YEAR, "Review growth and margin"),
        ),
        owner=brief.owner,
        deadline=brief.after(YEAR),
        terms="As the standard of service says.",
        evidence=f"Strategic once its attractiveness is {lines.strategic:g} or more and it says "
        "that it would favour us.",
        exit_trigger="Outside the key zone at two reviews.",
        ceiling_hours=brief.workshop.capacity.hours_core,
    )


def _margin(brief: Brief) -> str:
    """The margin that must not fall; empty while it is unknown."""
    margin = brief.profile.margin_pct
    return "" if margin is None else f" at a margin of {spoken(margin)} % or more"
