"""What else each trap is asked, and what must be collected before it can be asked at all.

The extra tests of method.md section 8; a test whose figures are not there says nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kam.method import asked
from kam.method.against_rule import against_rule
from kam.method.assessment import ENOUGH_MEMBERS, Assessment
from kam.method.groups import LEDGER
from kam.method.polls import HALO, flattered
from kam.method.trap_words import names
from kam.method.traps import Finding, Lure
from kam.model import Criterion

LOUD = 2.0  # times the middle customer's demand for what it brings, method.md 8, T3
SEVERAL = 2  # decisions against the rule from which a habit can be told [D]
REFERENCE = "A08"  # the catalogue's measured reference value, method.md 8, T2
REFERENCE_COLUMN = "reference_wins_3y"
GROWTH = f"{LEDGER}growth_pct"


@dataclass(frozen=True)
class Gap:
    """A trap that cannot be looked at yet.

    Attributes:
        lure: the trap.
        words: what is there, and what to do, in sentences.
        private: whether members answer it in private; else customers' figures are lacking.
    """

    lure: Lure
    words: str
    private: bool


# --- more about one trap --------------------------------------------------------------------------


def extras(result: Assessment, found: Finding) -> tuple[str, ...]:
    """What else speaks for or against a trap, in sentences; empty where nothing does."""
    more = _EXTRAS.get(found.trap.lure)
    told = more(result, found) if more else ()
    return tuple(sentence for sentence in (*told, overrides_words(result, found)) if sentence)


def _of_size(result: Assessment, _found: Finding) -> tuple[str, ...]:
    return growth_words(result), margin_words(result)


def growth_words(result: Assessment) -> str:
    """Whether key accounts grow faster than the others, by the middle one of each."""
    customers = result.workshop.customers
    growth = {key: customers[key].facts[GROWTH] for key in result.judged
              if GROWTH in customers[key].facts}  # fmt: skip
    key, others = _apart(result, growth)
    if not key or not others:
        return ""
    return (
        f"In the last 12 months the middle key account {_grew(median(key))}, the middle of the "
        f"others {_grew(median(others))}."
    )


def _grew(percent: float) -> str:
    return f"{'shrank' if percent < 0 else 'grew'} by {abs(percent):.0f} %"


def margin_words(result: Assessment) -> str:
    """How many key accounts earn us less of their revenue than the middle customer."""
    margins = _judged(result, asked.net_margin(result))
    key, others = _apart(result, margins)
    if not key or not others:
        return ""
    middle = median(margins.values())
    below = sum(one < middle for one in key)
    return (
        f"{below:,} of {len(key):,} key accounts bring less of each 100 of revenue than the "
        f"middle customer does ({middle:.0f})."
    )


def _of_fame(result: Assessment, found: Finding) -> tuple[str, ...]:
    return (reference_words(result, found),)


def reference_words(result: Assessment, found: Finding) -> str:
    """Which of the best-known key accounts never helped us win another customer.

    By the criterion of measured reference value: its lowest level. Where no criterion asks for
    it, fame is not set against anything.
    """
    keys = [k for k, one in result.workshop.criteria.items() if _asks_for_references(k, one)]
    columns = [result.valued.criteria.index(key) for key in keys if key in result.valued.criteria]
    if not columns:
        return ""
    table = result.valued.table[:, columns[0]]
    without = [key for key in found.both if table[result.row[key]] == 0]
    if not without:
        return ""
    return f"Well known, but never the reference that won us another: {names(result, without)}."


def _asks_for_references(key: str, criterion: Criterion) -> bool:
    return key == REFERENCE or criterion.column == REFERENCE_COLUMN


def _of_noise(result: Assessment, found: Finding) -> tuple[str, ...]:
    return loud_words(result), thin_words(result, found), drain_words(result)


def loud_words(result: Assessment) -> str:
    """Who demands at least twice as much for what it brings as the middle customer."""
    multiples = _judged(result, asked.demand_multiples(result))
    loud = sorted((k for k in multiples if multiples[k] > LOUD), key=lambda k: -multiples[k])
    if not loud:
        return ""
    return (
        f"More than {LOUD:g} times the demands of the middle customer, for what they bring: "
        f"{names(result, loud)}."
    )


def thin_words(result: Assessment, found: Finding) -> str:
    """How many of those that demand most bring less of their revenue than the middle customer."""
    margins = _judged(result, asked.net_margin(result))
    top = [key for key in found.top if key in margins]
    if not top:
        return ""
    middle = median(margins.values())
    below = sum(margins[key] < middle for key in top)
    return (
        f"Of the {len(top):,} that demand most, {below:,} bring less of each 100 of revenue than "
        f"the middle customer does ({middle:.0f})."
    )


def drain_words(result: Assessment) -> str:
    """Who brings nothing after what it costs, so that nothing stands against its demands."""
    brings = _judged(result, asked.contribution(result))
    drains = [key for key, one in brings.items() if one <= 0]
    return f"Bring nothing after their cost: {names(result, drains)}." if drains else ""


def _of_kindness(result: Assessment, found: Finding) -> tuple[str, ...]:
    kind = flattered(_judged(result, found.trap.figures))
    told = f"Scored at least {HALO:g} points higher by their own managers than by the others: "
    return (f"{told}{names(result, kind)}.",) if kind else ()


_EXTRAS: Mapping[Lure, Callable[[Assessment, Finding], tuple[str, ...]]] = {
    Lure.SIZE: _of_size,
    Lure.FAME: _of_fame,
    Lure.NOISE: _of_noise,
    Lure.KINDNESS: _of_kindness,
}


def overrides_words(result: Assessment, found: Finding) -> str:
    """Whether those that the team made key against the rule stand on top more often (8.9).

    Only decisions that make somebody key are looked at: the others lead away from the trap. From
    two on, among customers whose figure is known.
    """
    known = [key for key in result.judged if key in found.trap.figures]
    against = against_rule(result)
    made = {key for key in known if key in against and against[key].klass.is_key}
    rest = [key for key in known if key not in made]
    on_top, others = len(made & set(found.top)), len(set(rest) & set(found.top))
    if len(made) < SEVERAL or not rest or on_top / len(made) <= others / len(rest):
        return ""
    return (
        f"Decisions for key against the rule fall here more often: {on_top:,} of {len(made):,}, "
        f"of the other customers {others:,} of {len(rest):,}."
    )


# --- what is missing ------------------------------------------------------------------------------


def gaps(result: Assessment, findings: Collection[Finding]) -> tuple[Gap, ...]:
    """The traps without any figures, with what to collect and where; in the order of `Lure`."""
    told = {found.trap.lure for found in findings}
    return tuple(
        Gap(lure, _GAPS[lure](result), lure in _PRIVATE) for lure in Lure if lure not in told
    )


_PRIVATE = (Lure.FAME, Lure.FRIENDSHIP, Lure.KINDNESS)


def _without_size(_result: Assessment) -> str:
    return (
        "No customer has a revenue of the last 12 months yet. Bring in an order ledger, or a list "
        "of customers with a column of revenue."
    )


def _without_fame(result: Assessment) -> str:
    answered = len(result.workshop.answers.recalled)
    return (
        f"{answered} of at least {ENOUGH_MEMBERS} members have written down who comes to mind. "
        "Ask for it in private, or choose a figure: press mentions, or employees."
    )


def _without_noise(result: Assessment) -> str:
    if not result.workshop.trap_figures.demands:
        return (
            "No figure is chosen that counts demands. Bring in a list with columns such as "
            "escalations, tickets, special terms or meetings, then choose them under Figures."
        )
    return (
        "The demands are chosen, but they cannot be set against what customers bring. It takes "
        "revenue and margin, better with the cost to serve, for at least two customers."
    )


def _without_friendship(result: Assessment) -> str:
    ties = result.workshop.answers.ties
    if not ties.asked:
        return (
            "Nobody is asked. Under Figures the question can be turned on; only the strongest tie "
            "of each customer is kept, never whose it is."
        )
    return (
        f"{ties.answers} of at least {ENOUGH_MEMBERS} people have said in private how close they "
        "are to customers."
    )


def _without_kindness(_result: Assessment) -> str:
    return (
        "No customer’s owner has voted on its scores beside two others. Ask for steps in private, "
        "and write members’ names as the owners of customers."
    )


def _without_history(_result: Assessment) -> str:
    return "It takes an order ledger: it tells the day of each customer’s first order."


_GAPS: Mapping[Lure, Callable[[Assessment], str]] = {
    Lure.SIZE: _without_size,
    Lure.FAME: _without_fame,
    Lure.NOISE: _without_noise,
    Lure.FRIENDSHIP: _without_friendship,
    Lure.KINDNESS: _without_kindness,
    Lure.HISTORY: _without_history,
}


# --- reading the assessment -----------------------------------------------------------------------


def _judged(result: Assessment, figures: Mapping[str, float]) -> dict[str, float]:
    """The figures of the customers on the long list, in the one order."""
    return {key: figures[key] for key in result.judged if key in figures}


def _apart(
    result: Assessment, figures: Mapping[str, float]
) -> tuple[Sequence[float], Sequence[float]]:
    """The figures of key accounts, and of the others with a class."""
    key: list[float] = []
    others: list[float] = []
    for customer, figure in figures.items():
        klass = result.judged[customer].klass
        if klass is not None:
            (key if klass.is_key else others).append(figure)
    return key, others
