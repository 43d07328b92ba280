"""How many key accounts fit, from the relationships that each one takes; and what is usual."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from kam.method.selection import SAME
from kam.model import Capacity, CapacityBasis, Relationships
from kam.validated import changed

STRATEGIC_EACH = (1, 3)  # strategic accounts that one manager looks after [D]
CORE_EACH = (5, 10)  # core accounts that one manager looks after [D]
MANY, TOO_MANY = 35, 50  # key accounts of a large supplier, Woodburn and McDonald
MOST_PCT, FROM_CUSTOMERS = 5, 200  # % of all customers, and from how many on that says anything
HOURS_A_YEAR = 1_600.0  # that one person works, less holidays and illness [D]
PEOPLE, SHARE_PCT = 5.0, 80.0  # what the calculator begins with, to be replaced [D]
STRATEGIC = Relationships(people=10, hours_a_month=8)  # likewise [D]
CORE = Relationships(people=5, hours_a_month=5)  # likewise [D]

MOST_A_MONTH = 1_000.0  # hours for one contact, as the model holds them

OWN_VALUE = "a starting value of this program, not a finding"
BOOK = "Woodburn and McDonald, Key Account Management: The Definitive Guide"
PRACTICE = "a rule of practitioners"


@dataclass(frozen=True)
class Fits:
    """What a basis leads to.

    Attributes:
        strategic_each: hours a year that one strategic account takes; `core_each` likewise.
        hours: a year that there are for key accounts.
        strategic: how many strategic accounts fit, at most as many as were asked for.
        core: how many core accounts fit beside them; `None` where one takes no time.
        most_strategic: how many fit if all are strategic; `None` where one takes no time.
    """

    strategic_each: float
    core_each: float
    hours: float
    strategic: int
    core: int | None
    most_strategic: int | None


@dataclass(frozen=True)
class Note:
    """Something to think about: a sentence, where it is from, and how much it weighs."""

    level: Literal["fine", "amber", "red"]
    words: str
    source: str

    @property
    def told(self) -> str:
        """The sentence with its source."""
        return f"{self.words} Source: {self.source}."


def start(known: Capacity) -> CapacityBasis:
    """The basis of a capacity; where it has none, one with its people and their hours."""
    if known.basis is not None:
        return known.basis
    hours = known.hours_per_person
    usual = HOURS_A_YEAR if hours is None else max(HOURS_A_YEAR, hours)
    return CapacityBasis(
        people=PEOPLE if known.people is None else known.people,
        share_of_time_pct=SHARE_PCT if hours is None else 100 * hours / usual,
        hours_a_year=usual,
        strategic=_that_take(known.hours_strategic, STRATEGIC),
        core=_that_take(known.hours_core, CORE),
    )


def _that_take(hours: float | None, usual: Relationships) -> Relationships:
    """The usual contacts with as many hours for each as make up the hours that stand.

    As they are where no hours stand; more contacts where the hours of each would be too many.
    """
    if hours is None:
        return usual
    people = max(usual.people, ceil(hours / (12 * MOST_A_MONTH)))
    return Relationships(people=people, hours_a_month=hours / 12 / people)


def starting_words(known: Capacity) -> str:
    """Which figures `start` had to choose itself; empty where the team has given all."""
    if known.basis is not None:
        return ""
    stand = known.hours_strategic is not None and known.hours_core is not None
    chosen = [
        "" if known.people is not None else "people",
        "" if known.hours_per_person is not None else "their time",
        "how your hours spread over contacts" if stand else "contacts and their hours",
    ]
    return f"Starting values, not yours: {', '.join(one for one in chosen if one)}."


def replaced_words(basis: CapacityBasis, known: Capacity) -> str:
    """What figures would put in place of what stands, before they are used."""
    new = capacity_of(basis, known)
    changes = [
        f"{told.format(_hours(old))} to {_hours(now)}"
        for told, old, now in (
            ("{} hours a year in all", known.hours, new.hours),
            ("{} for a strategic account", known.hours_strategic, new.hours_strategic),
            ("{} for a core one", known.hours_core, new.hours_core),
        )
        if old is not None and _hours(old) != _hours(now)
    ]
    places = known.mode == "places" and known.places is not None
    counted = [f"{known.places:,} places to hours"] if places else []
    if not changes and not counted:
        return "" if known.hours is None else "They lead to the hours that stand."
    return f"Using them changes what stands: {', '.join([*counted, *changes])}."


def _hours(amount: float | None) -> str:
    return "not known" if amount is None else f"{amount:,.0f}"


def fits(basis: CapacityBasis, strategic: int = 0) -> Fits:
    """How many key accounts the people of a basis can serve.

    Hours an account: people x hours a month x 12. Hours there are: people x hours a year x share.

    Args:
        basis: relationships, people, and their time.
        strategic: how many strategic accounts there shall be; fewer where they do not fit.
    """
    each, core = basis.strategic.hours, basis.core.hours
    hours = basis.people * basis.hours_a_year * basis.share_of_time_pct / 100
    most = _times(hours, each)
    taken = max(0, strategic if most is None else min(strategic, most))
    return Fits(each, core, hours, taken, _times(hours - taken * each, core), most)


def _times(whole: float, part: float) -> int | None:
    """How often a part fits into the whole; `None` where the part is nothing."""
    return floor(whole / part + SAME) if part > 0 else None


def capacity_of(basis: CapacityBasis, known: Capacity) -> Capacity:
    """The capacity in hours that a basis leads to, with the basis; what it does not say stays.

    Accounts that take no time cannot limit anything: their hours are unknown.
    """
    found = fits(basis)
    return changed(
        known,
        mode="hours",
        people=basis.people,
        hours_per_person=basis.hours_a_year * basis.share_of_time_pct / 100,
        hours_strategic=found.strategic_each or None,
        hours_core=found.core_each or None,
        basis=basis,
    )


def notes(strategic: int, core: int, people: float | None, customers: int) -> tuple[Note, ...]:
    """What is usual for so many key accounts, the heaviest first; nothing without any.

    Args:
        strategic: strategic key accounts.
        core: core key accounts.
        people: who look after them; `None` while unknown.
        customers: all that there are, judged or not.
    """
    total = strategic + core
    found = [_managers(strategic, core, people), _count(total), _share(total, customers)]
    weight = {"red": 0, "amber": 1, "fine": 2}
    told = [note for note in found if note is not None and total]
    return tuple(sorted(told, key=lambda note: weight[note.level]))


def _managers(strategic: int, core: int, people: float | None) -> Note | None:
    """Whether so many managers are usual for so many accounts; nothing while they are unknown."""
    if people is None:
        return None
    fewest = strategic / STRATEGIC_EACH[1] + core / CORE_EACH[1]
    level: Literal["fine", "amber"] = "amber" if people < fewest - SAME else "fine"
    usual = (
        f"one manager usually looks after {STRATEGIC_EACH[0]} to {STRATEGIC_EACH[1]} strategic or "
        f"{CORE_EACH[0]} to {CORE_EACH[1]} core accounts"
    )
    told = (
        f"{_people(people)} for {strategic} strategic and {core} core accounts: {usual}, which "
        f"takes at least {ceil(fewest - SAME)}."
    )
    return Note(level, told, OWN_VALUE)


def _people(people: float) -> str:
    return f"{people:g} {'person' if people == 1 else 'people'}"


def _count(total: int) -> Note | None:
    """Whether a portfolio is larger than most can serve; nothing up to 35."""
    if total <= MANY:
        return None
    level: Literal["amber", "red"] = "red" if total > TOO_MANY else "amber"
    told = f"{total:,} key accounts: 15 to {MANY} are usual for a large supplier"
    return Note(level, f"{told}, and above {TOO_MANY} are too many.", BOOK)


def _share(total: int, customers: int) -> Note | None:
    """Whether more than one in twenty of all customers is key; nothing for small suppliers."""
    if customers < FROM_CUSTOMERS or total <= customers * MOST_PCT / 100:
        return None
    part = 100 * total / customers
    told = (
        f"{total:,} of {customers:,} customers are key, {part:.0f} %: about {MOST_PCT} % is usual."
    )
    return Note("amber", told, PRACTICE)
