"""Decisions of the team against the rule: how many there may be, and where they lead."""

from math import floor

from kam.method.against_rule import against_rule
from kam.method.asked import full_report
from kam.method.assessment import Assessment
from kam.method.trap_audit import SEVERAL, overrides_words
from kam.method.traps import Finding, Lure

SHARE = 0.1  # of the places for key accounts, method.md 7 [D]
LONGEST_REASON = 200  # characters, as the model holds them
CHIPS = (
    # reasons that teams name again and again, screens.md 6.5 [D]
    "They grow fast",
    "Our share can grow",
    "They plan with us",
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
    """How many decisions stand that give another class than the rule would."""
    return len(against_rule(result))


def limit_words(result: Assessment) -> str:
    """How many of the decisions that there may be are taken; a warning beyond."""
    count, most = made(result), limit(result)
    told = f"{count} decision{'s' * (count != 1)} against the rule"
    if count > most:
        return f"{told}: more than one in ten. Perhaps a criterion is missing."
    return f"{told}, of at most {most}."


def refusal(result: Assessment, customer: str) -> str:
    """Why one more decision, on this customer, would be one too many; empty while it would not.

    A decision that replaces the customer's earlier one against the rule is no further decision.
    """
    stand, most = against_rule(result), limit(result)
    count = len(stand)
    if count < most or customer in stand:
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

    From the first decision on; empty where none is made, and where no trap draws them.
    """
    for_key = [
        key
        for key, one in against_rule(result).items()
        if one.klass.is_key and key in result.judged
    ]
    if not for_key:
        return ()
    report = full_report(result)
    if len(for_key) < SEVERAL:
        alone = (_alone_words(result, found, for_key[0]) for found in report)
        return tuple(dict.fromkeys(words for words in alone if words))
    told = ((found, overrides_words(result, found)) for found in report)
    return tuple(f"{found.trap.lure.capitalize()}: {words}" for found, words in told if words)


# Who leads a naive list, and who is high on it after a number: "one of the 8 largest customers".
_LEADS = {
    Lure.SIZE: ("the largest customer", "largest customers"),
    Lure.FAME: ("the best-known customer", "best-known customers"),
    Lure.NOISE: (
        "the customer that demands most for what it brings",
        "customers that demand most for what they bring",
    ),
    Lure.FRIENDSHIP: ("the customer closest to our executives", "closest to our executives"),
    Lure.KINDNESS: (
        "the customer that its own manager sees in the kindest light",
        "that their own managers see in the kindest light",
    ),
    Lure.HISTORY: ("the customer of longest standing", "customers of longest standing"),
}


def _alone_words(result: Assessment, found: Finding, customer: str) -> str:
    """Whether the one decision stands on top of a naive list; empty where half of all do."""
    figures = {key: found.trap.figures[key] for key in result.judged if key in found.trap.figures}
    if customer not in found.top or 2 * len(found.top) > len(figures):
        return ""
    first, high = _LEADS[found.trap.lure]
    before = sum(one > figures[customer] for one in figures.values())
    place = f"one of the {len(found.top):,} {high}" if before else first
    name = result.workshop.customers[customer].name
    return f"The one decision for key against the rule, {name}, is also {place}."
