"""When two names may be one customer: near names, which are only ever asked about.

Names that are one for certain have the same `kam.names.key.name_key`, and need no question.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from kam.names.key import core, name_key

# Likeness (0-100) from which two names are asked about. Origin: the best F1 on one half of the
# records of `benchmarks/identity.py`; the figures on the other half are printed there.
NEAR = 74.0

# Likeness of the letters (0-100, rapidfuzz ratio) from which names are spelled almost alike, and of
# two words from which one may be a misspelling of the other. Origin: as above.
SPELLED_ALIKE = 88.0
WORD_ALIKE = 80.0

# What a shortened word counts ("develop" for "development"), share of a whole one; and the
# shortest that is taken for one, letters. Origin: as above.
SHORTENED = 0.85
SHORTEST = 3

# Names that share a word are compared if at most this many names have the word; where more have
# it, it says nothing ("school", "bank"). Names; origin: as above.
RARE = 30

# Names this close in the alphabet, read forwards and backwards, are compared as well. Names.
NEIGHBOURS = 4

# A word weighs by how rare it is among the names, as if there were at least this many. Names.
AT_LEAST = 1_000

# Weight that stands against every likeness, so that one common word in both is no reason to ask.
# A word that one name in seven has weighs as much. Origin: as above.
DOUBT = 2.0

# Words in common that are named in a sentence.
NAMED_WORDS = 3

# What tells one of a kind from the next: "Plant 2", "Works III".
_COUNT = re.compile(r"\d+|\b[ivx]+\b")


Sort = Literal["renamed", "id", "name", "near"]


class Alike(NamedTuple):
    """Two entries that may be one customer.

    Attributes:
        left, right: their keys.
        likeness: of their names, 0-100.
        why: in words.
        sort: one id and two names; ids that are one number; one name and two ids; names that are
            near.
    """

    left: str
    right: str
    likeness: float
    why: str
    sort: Sort = "near"


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared.

    Attributes:
        key: the caller's key.
        same: its `name_key`; names with the same one need no question.
        words: without legal form and joining words.
        counts: what tells it from the next of its kind: "2" of "Plant 2", "b" of "Unit B".
        ours: whether it is one of `names` rather than of `others`.
    """

    key: str
    same: str
    words: frozenset[str]
    counts: tuple[str, ...]
    ours: bool


def near_pairs(
    names: Mapping[str, str], others: Mapping[str, str] | None = None, *, least: float = NEAR
) -> tuple[Alike, ...]:
    """Pairs of names that may be one customer, the most alike first; for a person to decide.

    A pair is suggested if the rare words of the one with fewer are found in the other, in any
    order, or if both are spelled almost alike. Names that differ in a number are no pair, nor are
    names with the same `name_key`.

    Args:
        names: key -> name.
        others: if given, pairs are between a name on the left and one of these on the right;
            else they are within `names`.
        least: the likeness from which a pair is suggested, 0-100.
    """
    found = [_name(key, name, ours=True) for key, name in names.items()]
    found += [_name(key, name, ours=False) for key, name in (others or {}).items()]
    weights = _weights(found)
    pairs = [
        _alike(found[left], found[right], weights)
        for left, right in _candidates(found)
        if _may_be_one(found[left], found[right], across=others is not None)
    ]
    alike = [pair for pair in pairs if pair.likeness >= least]
    return tuple(sorted(alike, key=lambda pair: (-pair.likeness, pair.left, pair.right)))


def may_be_one(one: str, other: str) -> bool:
    """Whether two names are one for certain, or near enough to be asked about."""
    if name_key(one) == name_key(other):
        return True
    return bool(near_pairs({"one": one}, {"other": other}))


def _name(key: str, name: str, *, ours: bool) -> _Name:
    words = core(name)
    counts = _COUNT.findall(" ".join(words))
    last = [words[-1]] if words and len(words[-1]) == 1 and not counts else []
    return _Name(key, name_key(name), frozenset(words), tuple(sorted(counts + last)), ours)


def _weights(names: Sequence[_Name]) -> dict[str, float]:
    """What every word weighs: the logarithm of how rare it is."""
    times = Counter(word for name in names for word in name.words)
    size = max(AT_LEAST, len(names))
    return {word: math.log(1 + size / often) for word, often in times.items()}


def _candidates(names: Sequence[_Name]) -> set[tuple[int, int]]:
    """Places of names worth a comparison: with a rare word in common, or near in the alphabet."""
    having = defaultdict(list)
    for place, name in enumerate(names):
        for word in name.words:
            having[word].append(place)
    rare = (places for places in having.values() if len(places) <= RARE)
    pairs = {pair for places in rare for pair in combinations(places, 2)}
    forwards = sorted(range(len(names)), key=lambda place: names[place].same)
    backwards = sorted(range(len(names)), key=lambda place: names[place].same[::-1])
    return pairs | _neighbours(forwards) | _neighbours(backwards)


def _neighbours(places: Sequence[int]) -> set[tuple[int, int]]:
    return {
        (min(pair), max(pair))
        for apart in range(1, NEIGHBOURS + 1)
        for pair in zip(places, places[apart:], strict=False)
    }


def _may_be_one(left: _Name, right: _Name, *, across: bool) -> bool:
    """Whether two names are to be compared at all: on the right sides, not settled already."""
    sides = left.ours != right.ours if across else True
    return sides and left.counts == right.counts and left.same != right.same


def _alike(left: _Name, right: _Name, weights: Mapping[str, float]) -> Alike:
    """How alike two names are, by their words or by their letters, whichever says more."""
    shared = left.words & right.words
    spelled = fuzz.ratio(left.same, right.same, score_cutoff=SPELLED_ALIKE)
    by_words = _by_words(left, right, weights)
    why = _why(left, right, shared) if by_words >= spelled else "They are spelled almost alike."
    return Alike(left.key, right.key, round(max(by_words, spelled), 1), why)


def _by_words(left: _Name, right: _Name, weights: Mapping[str, float]) -> float:
    """Weight of the words in common over the weight of the name that has less, 0-100.

    0 for names without a word in common: their letters have to tell.
    """
    shared = left.words & right.words
    if not shared:
        return 0.0
    common = _weight(shared, weights)
    common += _misspelled(left.words - shared, right.words - shared, weights)
    less = min(_weight(left.words, weights), _weight(right.words, weights))
    return 100 * common / (less + DOUBT)


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in words)


def _misspelled(left: frozenset[str], right: frozenset[str], weights: Mapping[str, float]) -> float:
    """Weight of the words in `left` that are a shortened or misspelled word in `right`."""
    free, total = set(right), 0.0
    for word in sorted(left):
        likeness, other = max(((_word_likeness(word, one), one) for one in free), default=(0, ""))
        if likeness:
            free.discard(other)
            total += likeness * (weights[word] + weights[other]) / 2
    return total


def _word_likeness(one: str, other: str) -> float:
    """How likely two different words mean the same, 0-1; 0 below a floor, and for numbers."""
    if one.isdigit() or other.isdigit():
        return 0.0
    if min(len(one), len(other)) >= SHORTEST and (one.startswith(other) or other.startswith(one)):
        return SHORTENED
    return fuzz.ratio(one, other, score_cutoff=WORD_ALIKE) / 100


def _why(left: _Name, right: _Name, shared: frozenset[str]) -> str:
    """A sentence on what two names have in common."""
    if left.words == right.words:
        return "They have the same words in another order."
    if shared in (left.words, right.words):
        return "One has all the words of the other."
    said = " ".join(sorted(shared, key=lambda word: (-len(word), word))[:NAMED_WORDS])
    return f"Both have “{said}”."
