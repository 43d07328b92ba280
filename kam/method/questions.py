"""What to ask customers before they are decided: a few questions each, for their owners."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

import numpy as np

from kam.method.assessment import Assessment
from kam.method.borderline import Ends, capacity_ends, undecided
from kam.method.criteria_review import counted
from kam.method.selection import Reason
from kam.method.values import in_unit, is_counted
from kam.model import Criterion, Favours, Question, Workshop

WITHIN = timedelta(days=30)  # to ask and to write the answers down [D]
MOST_CUSTOMERS = 40  # that are put on the list at a time, the most urgent first [D]
LONGEST = 200  # characters of a question, as the model holds them
PAR = 5.0  # the value of being as good as the best rival, method.md 4.1
RIVAL = "S03"  # the catalogue's gap to the best rival, by id or by column
RIVAL_COLUMN = "perf_gap_pts"

FAVOUR = "Would you favour us as a key supplier, and what would that take?"
RIVALS = "Which supplier serves you best, and where is it ahead of us?"
NEEDS = "What will you need in the next three years that you do not get today?"


@dataclass(frozen=True)
class Turn:
    """How far the asking is: questions in all, answered, and past their day without an answer."""

    asked: int
    answered: int
    late: int


def ask_first(result: Assessment) -> tuple[str, ...]:
    """The customers to ask before they are decided, the most urgent first.

    The borderline cases that the team has not decided, as long as there is a question that was
    not put or has no answer. Urgent are those where our capacity ends, then key accounts whose
    view of us is unknown, then those nearest to the key zone.
    """
    answers = _answers(result.workshop)
    open_ones = (
        key
        for key in undecided(result)
        if not all(answers.get((key, text)) for text in texts(result, key))
    )
    ends = capacity_ends(result)
    return tuple(sorted(open_ones, key=lambda key: _rank(result, key, ends)))


def _rank(result: Assessment, customer: str, ends: Ends) -> tuple[int, float]:
    """What puts one customer before another; the lower asks first."""
    standing = result.standings[customer]
    favours = result.workshop.customers[customer].profile.favours_us
    distance = abs(standing.distance or 0.0)
    at_line = ends.first is not None and customer in (ends.last, ends.first)
    if at_line or standing.reason is Reason.TIED_AT_CAPACITY:
        return 0, distance
    is_key = standing.klass is not None and standing.klass.is_key
    return (1 if is_key and favours is Favours.UNKNOWN else 2), distance


def _answers(workshop: Workshop) -> dict[tuple[str, str], str]:
    """(customer, text) -> what it said, of the questions on the list; "" while it is open."""
    return {(one.customer, one.text): one.answer for one in workshop.questions.values()}


def to_ask(result: Assessment, today: date) -> tuple[Question, ...]:
    """The questions that are not on the list yet, the most urgent customers first.

    Of those to ask, at most forty at a time: what they think of us, what we do not know of them
    and decides, how we compare with their best supplier, what they need. The owner of the
    customer asks, within thirty days. A question that a customer has been put already is left
    out, whether or not it was answered.
    """
    workshop = result.workshop
    wanted = [(key, text) for key, every in _not_put(result) for text in every]
    ids = _free_ids(workshop, len(wanted))
    return tuple(
        Question(
            id=key,
            customer=customer,
            text=text,
            owner=workshop.customers[customer].profile.owner,
            due=today + WITHIN,
        )
        for key, (customer, text) in zip(ids, wanted, strict=True)
    )


def _not_put(result: Assessment) -> Iterator[tuple[str, list[str]]]:
    """The next forty customers with a question that is not on the list, and what it is."""
    put = _answers(result.workshop)
    new = (
        (key, [text for text in texts(result, key) if (key, text) not in put])
        for key in ask_first(result)
    )
    return islice((one for one in new if one[1]), MOST_CUSTOMERS)


def texts(result: Assessment, customer: str) -> Iterator[str]:
    """What to ask one customer, the most decisive first."""
    profile = result.workshop.customers[customer].profile
    if profile.favours_us is Favours.UNKNOWN:
        yield FAVOUR
    yield from _unknown(result, customer)
    if _behind(result, customer):
        yield RIVALS
    if not profile.needs:
        yield NEEDS


def _unknown(result: Assessment, customer: str) -> Iterator[str]:
    """What to find out, where what is unknown decides or is too much."""
    standing = result.standings[customer]
    if not standing.gap and standing.known:
        return
    for key in counted(result):
        one = result.workshop.criteria[key]
        if not _asks_of_rivals(one) and np.isnan(_value(result, customer, key)):
            yield _find_out(one)


def _find_out(one: Criterion) -> str:
    """A question after one figure; cut where its name or unit is long."""
    told = f"{one.name}: what is it today, in {one.unit}?"
    if is_counted(one.unit):
        told = f"{one.name}: {in_unit('how many', one.unit)} is it today?"
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


def _asks_of_rivals(one: Criterion) -> bool:
    return one.id == RIVAL or one.column == RIVAL_COLUMN


def _behind(result: Assessment, customer: str) -> bool:
    """Whether we are behind its best supplier, or do not know; so too where nothing asks for it."""
    keys = [key for key in counted(result) if _asks_of_rivals(result.workshop.criteria[key])]
    return not keys or not _value(result, customer, keys[0]) >= PAR


def _value(result: Assessment, customer: str, criterion: str) -> float:
    """A customer's value on a criterion, 0-10; NaN when unknown."""
    table = result.valued
    return float(table.table[result.row[customer], table.criteria.index(criterion)])


def _free_ids(workshop: Workshop, count: int) -> list[str]:
    """So many ids that no question bears."""
    taken = [int(key[2:]) for key in workshop.questions if key[:2] == "Q-" and key[2:].isdecimal()]
    first = max(taken, default=0) + 1
    return [f"Q-{number}" for number in range(first, first + count)]


# --- the list -------------------------------------------------------------------------------------


def asks_favour(question: Question) -> bool:
    """Whether its answer says if the customer would favour us."""
    return question.text == FAVOUR


def by_owner(workshop: Workshop) -> Mapping[str, tuple[Question, ...]]:
    """The questions of everybody who asks: open ones first, then by day, then as they were put.

    The owners in the order of the alphabet; what nobody asks comes first, under "".
    """
    found: dict[str, list[Question]] = {}
    for one in workshop.questions.values():
        found.setdefault(one.owner, []).append(one)
    return {owner: tuple(sorted(found[owner], key=_urgency)) for owner in sorted(found)}


def _urgency(question: Question) -> tuple[bool, date]:
    return bool(question.answer), question.due or date.max


def is_late(question: Question, today: date) -> bool:
    """Whether its day has passed without an answer."""
    return not question.answer and question.due is not None and question.due < today


def turn(workshop: Workshop, today: date) -> Turn:
    """How far the asking is."""
    every = list(workshop.questions.values())
    return Turn(
        len(every),
        sum(bool(one.answer) for one in every),
        sum(is_late(one, today) for one in every),
    )
