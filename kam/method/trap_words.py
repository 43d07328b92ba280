"""What the trap checks found, in words; names stand as they are, who shows them makes them safe."""

from collections.abc import Sequence

from kam.method.assessment import Assessment
from kam.method.criteria_review import ENOUGH_CUSTOMERS, NAMED, counted
from kam.method.traps import Finding, Lure, Verdict
from kam.method.values import listing

FOUR = (Lure.SIZE, Lure.FAME, Lure.NOISE, Lure.FRIENDSHIP)  # the traps of method.md 8, T1 to T4

LONGEST_NAME = 36  # characters of a customer's name in a sentence: half a line of the report

# Who has most of it, after a number: "the 8 largest".
_MOST = {
    Lure.SIZE: "largest",
    Lure.FAME: "best known",
    Lure.NOISE: "that demand most for what they bring",
    Lure.FRIENDSHIP: "closest to our executives",
    Lure.KINDNESS: "that their own managers see in the kindest light",
    Lure.HISTORY: "that have been with us longest",
}
# Who a list is mostly made of: "Mostly the largest customers".
_MOSTLY = {
    Lure.SIZE: "the largest customers",
    Lure.FAME: "the best-known customers",
    Lure.NOISE: "the most demanding customers",
    Lure.FRIENDSHIP: "friends of our executives",
    Lure.KINDNESS: "their managers’ favourites",
    Lure.HISTORY: "the customers of longest standing",
}
_VERDICTS = {
    Verdict.CAUGHT: "explains this list",
    Verdict.LOOK: "explains a part: look at it",
    Verdict.CLEAR: "does not explain this list",
    Verdict.UNTOLD: "cannot be told yet",
}


def verdict_words(found: Finding) -> str:
    """What a trap does, after its name: “explains this list”."""
    return _VERDICTS[found.verdict]


def headline(result: Assessment, findings: Sequence[Finding]) -> str:
    """The message of the whole report: what explains the list, else what is worth a look."""
    of = {
        verdict: list(dict.fromkeys(one.trap.lure for one in findings if one.verdict is verdict))
        for verdict in Verdict
    }
    if caught := of[Verdict.CAUGHT]:
        mostly = listing([_MOSTLY[lure] for lure in caught[:2]])
        criteria = len(counted(result))
        many = f"the {criteria} criteria were" if criteria > 1 else "the one criterion was"
        return f"Mostly {mostly}: is that what {many} for?"
    if look := of[Verdict.LOOK]:
        names = listing([lure.value for lure in look]).capitalize()
        explains, it = ("explains", "it") if len(look) == 1 else ("explain", "them")
        return f"{names} {explains} a part of this list: look at {it}"
    return _cleared(of[Verdict.CLEAR])


def _cleared(clear: Sequence[Lure]) -> str:
    """What to say when nothing was found: how much was looked at, or the question."""
    if not clear:
        return "Is it only size, fame, noise or friendship?"
    if set(FOUR) <= set(clear):
        return "None of the four traps explains this list"
    names = " or ".join(lure.value for lure in clear)
    return f"It is not only {names}; the rest cannot be told yet"


def sentences(result: Assessment, found: Finding) -> tuple[str, ...]:
    """What a trap check found, in the order in which a person wants to know it."""
    told = (
        _told_only(result, found),
        _told_missed(result, found),
        overlap_words(result, found),
        _told_decided(result, found),
    )
    return tuple(sentence for sentence in told if sentence)


def overlap_words(result: Assessment, found: Finding) -> str:
    """How many key accounts are on top of the naive list, and how many by luck."""
    lists = found.overlap
    expected = f"{lists.expected:.1f}".removesuffix(".0")
    told = (
        f"{lists.both:,} of {_accounts(result, found)} {_are_on_top(found)} "
        f"{_MOST[found.trap.lure]}; by luck it would be {expected}."
    )
    if found.verdict is Verdict.UNTOLD:
        told += (
            f" This does not tell anything yet: it takes {ENOUGH_CUSTOMERS} customers whose "
            "figures differ, and both key accounts and others among them."
        )
    return told


def _accounts(result: Assessment, found: Finding) -> str:
    """The key accounts that could be looked at: all of them, or those with a figure."""
    key = found.overlap.key
    accounts = f"{key:,} key account{'s' * (key != 1)}"
    return f"your {accounts}" if key == result.key_count else f"the {accounts} with such a figure"


def _are_on_top(found: Finding) -> str:
    """The verb, and how long the naive list is."""
    verb = "is" if found.overlap.both == 1 or found.overlap.top == 1 else "are"
    simply = " simply" if found.verdict is Verdict.CAUGHT else ""
    if found.overlap.top == 1:
        return f"{verb}{simply} the one"
    return f"{verb}{simply} among the {found.overlap.top:,}"


def _told_only(result: Assessment, found: Finding) -> str:
    if not found.only_because:
        return ""
    criteria = listing([result.workshop.criteria[key].name for key in found.linked])
    if not found.rest:
        return f"Without {criteria} nothing is left to choose by on one of the two axes."
    return f"In only because of {criteria}: {names(result, found.only_because)}."


def _told_missed(result: Assessment, found: Finding) -> str:
    if not found.missed_because:
        return ""
    criteria = listing([result.workshop.criteria[key].name for key in found.linked])
    return f"Left out only because of {criteria}: {names(result, found.missed_because)}."


def _told_decided(result: Assessment, found: Finding) -> str:
    if not found.decided:
        return ""
    return f"Decided by the team, not by the rule: {names(result, found.decided)}."


def unknown_words(found: Finding) -> str:
    """How many customers have no figure; empty where all have one."""
    if not found.unknown:
        return ""
    verb = "customer has" if found.unknown == 1 else "customers have"
    return f"{found.unknown:,} {verb} no such figure and could not be looked at."


def names(result: Assessment, keys: Sequence[str]) -> str:
    """The customers' names as they stand in a sentence; from the sixth on they are counted.

    Long names are cut in the middle, so that beginning and end still tell them from others.
    """
    told = [_short(result.workshop.customers[key].name) for key in keys[:NAMED]]
    more = len(keys) - NAMED
    return listing([*told, f"{more:,} more"] if more > 0 else told)


def _short(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    half = LONGEST_NAME // 2
    return f"{name[:half].rstrip()}…{name[-half + 1 :].lstrip()}"
