"""What the best current relationships have in common, and whether the model sees them.

The team marks a few customers as its best relationships. Compared with the other customers that
it judges: on which criteria and figures they differ, how often luck alone would look as clear,
and which of them the finished model leaves outside the key zone. A few cases prove nothing; the
findings are questions for the room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kam.method.assessment import Assessment, Standing
from kam.method.groups import LEDGER
from kam.method.left_out import BIGNESS
from kam.method.pool import MARGIN, OWN_REVENUE, REVENUE, SPEND, Pool
from kam.method.selection import SAME
from kam.method.separation import SMALL, Separation, separation
from kam.method.values import Floats
from kam.model import Axis

WEIGHTY = 0.05  # share of all points from which a criterion is worth a question [D]
REASONS = 2  # criteria named for each axis on which a best relationship falls short [D]
CAUTION = (
    "What sets your best relationships apart may be what came of them, not what made them: "
    "ask before it becomes a criterion."
)

# Columns of criteria -> the usual measure that shows the same figure.
_SAME_FIGURE = {
    "revenue": REVENUE,
    f"{LEDGER}revenue_12m": REVENUE,
    f"{LEDGER}gross_margin": MARGIN,
    "available_spend": SPEND,
    "own_revenue": OWN_REVENUE,
}


@dataclass(frozen=True)
class ModelTest:
    """Whether the finished model puts the best relationships in the key zone.

    Attributes:
        seen: ids in the key zone.
        not_key: those of them that are no key accounts -> why, in a sentence.
        unseen: id -> why it is outside, in a sentence; those that are not judged included.
        expected: how many of the judged ones would be in the zone if as many customers had been
            marked at random; None where none of them is judged.
    """

    seen: tuple[str, ...]
    not_key: Mapping[str, str]
    unseen: Mapping[str, str]
    expected: float | None

    def words(self, names: Mapping[str, str]) -> str:
        """The test in sentences: how many, how many by luck, and why the others are not seen."""
        count = len(self.seen) + len(self.unseen)
        if not count:
            return "No best relationship is marked yet. Mark at least three to test the model."
        told = [f"Your model puts {self._part(count)} in the key zone{self._by_luck}."]
        told += [f"{names[key]} is there, but not key. {why}" for key, why in self.not_key.items()]
        told += [f"It does not see {names[key]}: {why}" for key, why in self.unseen.items()]
        return " ".join(told)

    def _part(self, count: int) -> str:
        return f"{len(self.seen)} of your {count} best relationship{'s' * (count > 1)}"

    @property
    def _by_luck(self) -> str:
        if self.expected is None:
            return ""
        return f"; of as many customers marked at random it would be {self.expected:.1f}"


@dataclass(frozen=True)
class BestRelationships:
    """What the marked customers have in common; only those on the long list are compared.

    Attributes:
        marked: ids of the judged ones, in the one order.
        outside: ids of those that the team does not judge.
        separations: criteria that count, and figures that none of them asks for; clear ones
            first, then those that may be, each by how far apart the groups lie.
        suggestions: what that suggests for the criteria, in sentences, in the same order.
        test: of the finished model.
    """

    marked: tuple[str, ...]
    outside: tuple[str, ...]
    separations: tuple[Separation, ...]
    suggestions: tuple[str, ...]
    test: ModelTest


def best_relationships(result: Assessment, marked: Iterable[str]) -> BestRelationships:
    """What the marked customers have in common, and whether the model sees them.

    Args:
        result: of the workshop as it stands.
        marked: ids of the best relationships as they are judged, a group by the id of the
            customer that stands for it. Those that the workshop does not hold are passed over.
    """
    known = set(marked) & result.row.keys()
    listed = tuple(key for key in result.judged if key in known)
    outside = tuple(key for key in result.standings if key in known and key not in listed)
    found = _separations(result, listed)
    told = (_suggestion(result, one) for one in found)
    return BestRelationships(
        marked=listed,
        outside=outside,
        separations=found,
        suggestions=tuple(sentence for sentence in told if sentence),
        test=_model_test(result, listed, outside),
    )


# --- what separates them --------------------------------------------------------------------------


def _separations(result: Assessment, marked: tuple[str, ...]) -> tuple[Separation, ...]:
    """How the marked customers differ from the other judged ones, the clearest first."""
    pool = Pool(result.workshop)
    best = pool.flags(marked)
    rest = result.facts.listed & ~best
    found = [
        replace(separation(figures[best], figures[rest]), key=key, label=label)
        for key, (label, figures) in {**_valued(result), **_unasked(result, pool)}.items()
    ]
    compared = sum(one.area is not None for one in found)
    counted = (replace(one, compared=compared) for one in found)
    return tuple(sorted(counted, key=lambda one: (-one.rank, -abs(one.delta or 0))))


def _valued(result: Assessment) -> dict[str, tuple[str, Floats]]:
    """Criterion that counts -> its name and (n,) values: more is better."""
    criteria = result.workshop.criteria
    return {
        key: (criteria[key].name, result.valued.table[:, column])
        for column, key in enumerate(result.valued.criteria)
        if result.weights[key] > 0
    }


def _unasked(result: Assessment, pool: Pool) -> dict[str, tuple[str, Floats]]:
    """Figure that no criterion takes its levels from -> its label and (n,) levels."""
    columns = {one.column for one in result.workshop.criteria.values()}
    asked = columns | {_SAME_FIGURE.get(column, column) for column in columns}
    return {
        key: (one.label, pool.figures(key))
        for key, one in pool.measures.items()
        if key not in asked
    }


def _suggestion(result: Assessment, one: Separation) -> str:
    """What a finding asks of the criteria, in a sentence; "" where it asks nothing."""
    if one.area is None or one.delta is None:
        return ""
    weight = result.weights.get(one.key, 0.0)
    if one.key not in result.workshop.criteria:
        return _of_a_figure(one) if one.clear or one.maybe else ""
    if weight < WEIGHTY:
        return ""
    points = f"{one.label} has {100 * weight:.0f} of 100 points"
    if one.clear and one.delta < 0:
        return (
            f"{points}, and your best relationships are lower on it: does it point the right way?"
        )
    if abs(one.delta) < SMALL:
        return (
            f"{points} and does not set your best relationships apart: keep it if it looks ahead."
        )
    return ""


def _of_a_figure(one: Separation) -> str:
    """What a figure that no criterion asks for suggests."""
    way = one.way
    if one.key in BIGNESS:
        return (
            f"{one.label}: {way} for your best relationships. That says how big they are to us "
            "already, and makes no criterion."
        )
    sure = "" if one.clear else ", though it may be luck"
    return (
        f"{one.label}: {way} for your best relationships{sure}, and no criterion asks for it. "
        "Consider one."
    )


# --- whether the model sees them ------------------------------------------------------------------


def _model_test(result: Assessment, listed: tuple[str, ...], outside: tuple[str, ...]) -> ModelTest:
    judged = result.judged
    seen = tuple(key for key in listed if _in_zone(judged[key]))
    in_zone = sum(_in_zone(one) for one in judged.values())
    off_list = dict.fromkeys(outside, "it is not on the long list, so it is not judged.")
    return ModelTest(
        seen=seen,
        not_key={key: judged[key].why for key in seen if not _is_key(judged[key])},
        unseen={key: _short_of(result, key) for key in listed if key not in seen} | off_list,
        expected=len(listed) * in_zone / len(judged) if listed else None,
    )


def _in_zone(standing: Standing) -> bool:
    return standing.distance is not None and standing.distance >= -SAME


def _is_key(standing: Standing) -> bool:
    return standing.klass is not None and standing.klass.is_key


def _short_of(result: Assessment, key: str) -> str:
    """Why a judged customer is outside the key zone, axis by axis, in a sentence."""
    standing, lines = result.judged[key], result.workshop.cut_offs
    scores = {
        Axis.ATTRACTIVENESS: (standing.attractiveness[0], lines.attractiveness),
        Axis.STRENGTH: (standing.strength[0], lines.strength),
    }
    told = [
        _short_on(result, key, axis, score, line)
        for axis, (score, line) in scores.items()
        if not score >= line - SAME
    ]
    return "; ".join(told) + "."


def _short_on(result: Assessment, key: str, axis: Axis, score: float, line: float) -> str:
    if np.isnan(score):
        return f"nothing is known of its {axis.value} yet"
    pulls = _pulls(result, key, axis, line)
    hold = "holds" if len(pulls) == 1 else "hold"
    return (
        f"its {axis.value} is {score:.1f}, below the cut-off {line:g}, and "
        f"{' and '.join(pulls)} {hold} it back most"
    )


def _pulls(result: Assessment, key: str, axis: Axis, line: float) -> list[str]:
    """The criteria that hold a customer below a line, the heaviest `w (line - v)` first."""
    table, row = result.valued, result.row[key]
    found = {
        name: result.weights[name] * (line - table.table[row, column])
        for column, name in enumerate(table.criteria)
        if result.workshop.criteria[name].axis is axis
    }
    short = sorted((name for name in found if found[name] > 0), key=lambda name: -found[name])
    return [
        f"{result.workshop.criteria[name].name} "
        f"({table.table[row, table.criteria.index(name)]:.1f} of 10)"
        for name in short[:REASONS]
    ]
