"""Decisions of the team against the rule: how many there may be, and where they lead."""

from math import floor

from kam.method.asked import full_report
from kam.method.assessment import Assessment
from kam.method.trap_audit import SEVERAL, overrides_words

SHARE = 0.1  # of the places for key accounts, method.md 7 [D]
LONGEST_REASON = 200  # characters, as the model holds them
CHIPS = (
    # reasons that teams name again and again, screens.md 6.5 [D]
    "They grow fast",
    "Our share is small and can grow",
    "They asked us to plan with them",
    "They buy on price only",
    "No fit",
)


def limit(result: Assessment) -> int:
    """How many decisions against the rule there may be: one in ten places, and at least one.

    Places are those that were counted, else the key accounts that there are.
    """
    capacity = result.workshop.capacity
    counted = capacity.places if capacity.mode == "places" else None
    return max(1, floor(SHARE * (result.key_count if counted is None else counted)))


def made(result: Assessment) -> int:
    """How many decisions against the rule stand, of customers that are still judged."""
    return sum(key in result.workshop.overrides for key in result.row)


def limit_words(result: Assessment) -> str:
    """How many of the decisions that there may be are taken; a warning beyond."""
    count, most = made(result), limit(result)
    told = f"{count} decision{'s' * (count != 1)} against the rule"
    if count > most:
        return f"{told}: more than one in ten. Perhaps a criterion is missing."
    return f"{told}, of at most {most}."


def refusal(result: Assessment, customer: str) -> str:
    """Why one more decision, on this customer, would be one too many; empty while it would not.

    A decision that replaces the customer's earlier one is no further decision.
    """
    count, most = made(result), limit(result)
    if count < most or customer in result.workshop.overrides:
        return ""
    return (
        f"At most {most} decision{'s' * (most != 1)} may go against the rule, one in ten places, "
        f"and {count} stand{'s' * (count == 1)}. Let the rule decide another case again first, or "
        "add the criterion that is missing."
    )


def reason_of(chips: list[str], text: str) -> str:
    """The reason of a decision, from chosen chips and own words; empty where both are."""
    chosen = "; ".join(chip if not place else chip[0].lower() + chip[1:]
                       for place, chip in enumerate(chips))  # fmt: skip
    own = text.strip()
    return (f"{chosen}. {own}" if chosen and own else chosen or own)[:LONGEST_REASON].strip()


def audit(result: Assessment) -> tuple[str, ...]:
    """What the decisions for key against the rule favour, a sentence a trap.

    Empty while fewer than two are made, and where no trap draws them.
    """
    for_key = [
        key
        for key, one in result.workshop.overrides.items()
        if one.klass.is_key and key in result.judged
    ]
    if len(for_key) < SEVERAL:
        return ()
    told = ((found, overrides_words(result, found)) for found in full_report(result))
    return tuple(f"{found.trap.lure.capitalize()}: {words}" for found, words in told if words)
