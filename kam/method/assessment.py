"""A workshop to its result: every customer's scores, class and reason, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kam.errors import Refused
from kam.method.groups import joined
from kam.method.parents import relatives
from kam.method.scores import ENOUGH_KNOWN, AxisScores, Valued, axis_scores, valued
from kam.method.selection import CLASSES, UNSCORED, Facts, Reason, Selection, select, too_close
from kam.method.values import Flags, Floats
from kam.method.weights import agreed_weights, member_weights
from kam.model import Axis, Class, Favours, Workshop

MIDDLE_60 = (20, 80)  # percentiles of the members' own scores that a bar spans, screens.md 5.1
ENOUGH_MEMBERS = 3  # fewer members' spread would show single votes, screens.md 3.3

_FAVOURS = {Favours.YES: 1, Favours.UNKNOWN: 0, Favours.NO: -1}


@dataclass(frozen=True)
class Votes:
    """The middle 60 % of the scores that the members' own weights give; arrays of length n.

    NaN throughout where fewer than three members voted.
    """

    attractiveness_low: Floats
    attractiveness_high: Floats
    strength_low: Floats
    strength_high: Floats


@dataclass(frozen=True)
class Standing:
    """Where one customer stands, and why.

    Attributes:
        klass: its class; `None` while nothing is scored.
        distance: points inside (>= 0) or outside the key zone.
        attractiveness: estimate, low, high (0-10) and known share (0-1); likewise `strength`.
        close: near a line whose crossing would change the class, or the votes lie on both sides.
        known: at least 70 % of both axes is known.
        gap: what is unknown decides the class.
        hours: hours or places that it takes as a key account.
        listed: the team judges it: it is on the long list, or there is none.
        why: the reason in one sentence.
    """

    customer: str
    klass: Class | None
    reason: Reason
    distance: float | None
    attractiveness: tuple[float, float, float, float]
    strength: tuple[float, float, float, float]
    close: bool
    known: bool
    gap: bool
    hours: float
    listed: bool
    why: str

    @property
    def hollow(self) -> bool:
        """Whether it is drawn hollow: too close to call, or too little known."""
        return self.close or self.gap or not self.known


@dataclass(frozen=True)
class Assessment:
    """The result of a workshop; arrays follow `valued.customers`.

    Attributes:
        workshop: as it is judged, each group one customer (`kam.method.groups`).
        weights: by criterion, adding to 1; empty without criteria.
        obstacles: why nothing, or not everything, can be shown; sentences.
        companies: customer that stands for a group -> names of those that are judged within it.
    """

    workshop: Workshop
    valued: Valued
    weights: Mapping[str, float]
    attractiveness: AxisScores
    strength: AxisScores
    facts: Facts
    selection: Selection
    obstacles: tuple[str, ...]
    companies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each customer in the arrays."""
        return {customer: row for row, customer in enumerate(self.valued.customers)}

    @cached_property
    def votes(self) -> Votes:
        """The spread of the members' own scores."""
        return _votes(self.workshop, self.valued)

    @cached_property
    def gaps(self) -> Flags:
        """Whose unknown scores could carry them across a line of the matrix."""
        lines = self.workshop.cut_offs
        a, s = self.attractiveness, self.strength
        across_a = (a.low < lines.attractiveness) & (a.high >= lines.attractiveness)
        across_s = (s.low < lines.strength) & (s.high >= lines.strength)
        across = across_a | across_s & (a.high >= lines.attractiveness)
        return np.asarray(across & _open(a, s) & ~self._settled)

    @cached_property
    def _settled(self) -> Flags:
        """Who cannot be too close: unscored, not judged, failing a gate, or decided by the team."""
        decided = self.facts.gate_failed | (self.facts.override >= 0)
        return np.asarray(decided | ~self.facts.listed | np.isnan(self.selection.distance))

    @cached_property
    def close(self) -> Flags:
        """Who is too close to call: near a line that matters, or with votes on both sides of it."""
        lines, votes = self.workshop.cut_offs, self.votes
        a, s = self.attractiveness.estimate, self.strength.estimate
        near = too_close(a, s, self.facts, lines)
        split_a = (votes.attractiveness_low < lines.attractiveness) & (
            votes.attractiveness_high >= lines.attractiveness
        )
        split_s = (votes.strength_low < lines.strength) & (votes.strength_high >= lines.strength)
        may_be_key = (a >= lines.attractiveness) & (self.facts.favours >= 0)
        return np.asarray((near | split_a | split_s & may_be_key) & ~self._settled)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every customer's standing, in the one order: most inside the key zone first.

        Customers without scores come after the scored ones, those that are not on the long list
        last; both in the order in which they were brought in.
        """
        order = self.selection.order
        others = np.ones(len(self.valued.customers), dtype=bool)
        others[order] = False
        unscored = np.flatnonzero(others & self.facts.listed)
        unlisted = np.flatnonzero(others & ~self.facts.listed)
        rows = np.concatenate([order, unscored, unlisted])
        return {self.valued.customers[row]: self._standing(int(row)) for row in rows}

    @cached_property
    def judged(self) -> dict[str, Standing]:
        """The standings of the customers on the long list, in the one order."""
        return {key: standing for key, standing in self.standings.items() if standing.listed}

    def _standing(self, row: int) -> Standing:
        chosen = self.selection
        index = int(chosen.klass[row])
        reason = Reason(int(chosen.reason[row]))
        distance = float(chosen.distance[row])
        a, s = _axis_row(self.attractiveness, row), _axis_row(self.strength, row)
        return Standing(
            customer=self.valued.customers[row],
            klass=None if index == UNSCORED else CLASSES[index],
            reason=reason,
            distance=None if np.isnan(distance) else distance,
            attractiveness=a,
            strength=s,
            close=bool(self.close[row]),
            known=min(a[3], s[3]) >= ENOUGH_KNOWN - 1e-9,
            gap=bool(self.gaps[row]),
            hours=float(chosen.hours[row]),
            listed=bool(self.facts.listed[row]),
            why=self._why(row, reason),
        )

    def _why(self, row: int, reason: Reason) -> str:
        customer = self.valued.customers[row]
        if reason is Reason.OVERRIDE:
            override = self.workshop.overrides[customer]
            return f"Decided by {override.by}: {override.reason}"
        if reason is Reason.GATE:
            failed = ", ".join(self.workshop.gates[g].name for g in self._failed(customer))
            return f"It fails the gate “{failed}”."
        return _WHY[reason].format(lines=self.workshop.cut_offs)

    def _failed(self, customer: str) -> list[str]:
        return [g for g in self.workshop.failed_gates.get(customer, {}) if g in self.workshop.gates]

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Customer -> all customers of its group, itself among them; only where there is one."""
        found = {}
        for parent, members in relatives(self.workshop).items():
            own = (parent,) if parent in self.workshop.customers else ()
            found.update(dict.fromkeys((*own, *members), (*own, *members)))
        return found

    @cached_property
    def family_classes(self) -> dict[str, dict[Class, tuple[str, ...]]]:
        """First customer of a group -> class -> who of the group has it."""
        found: dict[str, dict[Class, tuple[str, ...]]] = {}
        for first, *others in {family[0]: family for family in self.families.values()}.values():
            classes: dict[Class, list[str]] = {}
            for key in (first, *others):
                klass = self.standings[key].klass
                if klass is not None:
                    classes.setdefault(klass, []).append(key)
            found[first] = {klass: tuple(keys) for klass, keys in classes.items()}
        return found

    @cached_property
    def counts(self) -> dict[Class, int]:
        """How many customers each class has."""
        return {k: int((self.selection.klass == i).sum()) for i, k in enumerate(CLASSES)}

    @property
    def key_count(self) -> int:
        """How many key accounts there are."""
        return sum(count for klass, count in self.counts.items() if klass.is_key)

    @property
    def scored_count(self) -> int:
        """How many judged customers have a score on both axes, and so a place in the order."""
        return len(self.selection.order)


_WHY = {
    Reason.UNSCORED: "Not scored yet.",
    Reason.ABOVE_STRATEGIC_LINE: (
        "In the key zone, above the strategic line ({lines.strategic:g}), and it would favour us."
    ),
    Reason.BELOW_STRATEGIC_LINE: "In the key zone, below the strategic line ({lines.strategic:g}).",
    Reason.NOT_YET_MUTUAL: (
        "Above the strategic line, but not yet mutual: we do not know whether it would favour us."
    ),
    Reason.STRENGTH_GAP: "Attractive, but a rival is better placed than we are.",
    Reason.NO_CAPACITY: "In the key zone, but we have no capacity for it.",
    Reason.TIED_AT_CAPACITY: (
        "In the key zone, tied exactly where our capacity ends: decide, and write why."
    ),
    Reason.WOULD_NOT_FAVOUR: "In the key zone, but it would not favour us as a key supplier.",
    Reason.TOO_LITTLE_KNOWN: "In the key zone, but less than 70 % of an axis is known: find out.",
    Reason.STRONG_BUT_LITTLE_TO_GAIN: "We are strong where there is little to gain.",
    Reason.NEITHER: "Neither attractive enough, nor are we well placed.",
    Reason.UNLISTED_ATTRACTIVE: (
        "Not on the long list; the scores that it has put it above the attractiveness cut-off."
    ),
    Reason.UNLISTED: (
        "Not on the long list; the scores that it has put it below the attractiveness cut-off."
    ),
}


def assess(workshop: Workshop, known: Valued | None = None) -> Assessment:
    """The result of a workshop as it stands.

    Args:
        workshop: the state; its groups are joined here.
        known: its values, when they are at hand: a moved weight or line does not change them.
    """
    companies = {
        key: tuple(workshop.customers[one].name for one in group.members)
        for key, group in workshop.groups.items()
    }
    workshop = joined(workshop)
    table = known or valued(workshop)
    weights, obstacles = _weights(workshop)
    a = _axis(table, weights, attractive=True)
    s = _axis(table, weights, attractive=False)
    facts = _facts(workshop, table.customers)
    chosen = select(a, s, facts, workshop.cut_offs, workshop.capacity)
    obstacles += _without_axis(workshop, table, weights)
    return Assessment(workshop, table, weights, a, s, facts, chosen, tuple(obstacles), companies)


def _weights(workshop: Workshop) -> tuple[dict[str, float], list[str]]:
    """The agreed weights; without any, zeros and the reason."""
    try:
        return agreed_weights(workshop), []
    except Refused as refused:
        return dict.fromkeys(workshop.criteria, 0.0), [str(refused)]


def _axis(table: Valued, weights: Mapping[str, float], *, attractive: bool) -> AxisScores:
    """One axis' scores of every customer."""
    columns = np.flatnonzero(table.attractive == attractive)
    chosen = np.array([weights[table.criteria[column]] for column in columns])
    return axis_scores(table.by_axis[0 if attractive else 1], chosen)


def _without_axis(workshop: Workshop, table: Valued, weights: Mapping[str, float]) -> list[str]:
    """A sentence for each axis on which nothing counts."""
    if not workshop.criteria or not any(weights.values()):
        return []
    weighted = {workshop.criteria[key].axis for key in table.criteria if weights[key] > 0}
    return [
        f"No criterion on the {axis.value} axis counts yet. Complete one and give it points."
        for axis in Axis
        if axis not in weighted
    ]


def _facts(workshop: Workshop, customers: tuple[str, ...]) -> Facts:
    """Favour, gates and overrides of every customer as arrays."""
    profiles = (workshop.customers[key].profile for key in customers)
    chosen = set(workshop.long_list.customers if workshop.long_list else customers)
    return Facts(
        favours=np.array([_FAVOURS[profile.favours_us] for profile in profiles], dtype=np.int64),
        gate_failed=np.array(
            [
                any(gate in workshop.gates for gate in workshop.failed_gates.get(key, ()))
                for key in customers
            ],
            dtype=bool,
        ),
        override=np.array(
            [
                CLASSES.index(workshop.overrides[key].klass) if key in workshop.overrides else -1
                for key in customers
            ],
            dtype=np.int64,
        ),
        listed=np.array([key in chosen for key in customers], dtype=bool),
    )


def _votes(workshop: Workshop, table: Valued) -> Votes:
    """The middle 60 % of the scores under each member's own weights."""
    members = member_weights(workshop)
    if len(members) < ENOUGH_MEMBERS:
        unknown = np.full(len(table.customers), np.nan)
        return Votes(unknown, unknown, unknown, unknown)
    spread = []
    for attractive in (True, False):
        scores = [_axis(table, own, attractive=attractive).estimate for own in members.values()]
        low, high = np.percentile(np.array(scores), MIDDLE_60, axis=0)
        spread += [low, high]
    return Votes(*spread)


def _axis_row(axis: AxisScores, row: int) -> tuple[float, float, float, float]:
    """Estimate, low, high and coverage of one customer."""
    return (
        float(axis.estimate[row]),
        float(axis.low[row]),
        float(axis.high[row]),
        float(axis.coverage[row]),
    )


def _open(a: AxisScores, s: AxisScores) -> Flags:
    """Who has any unknown score, yet something known on both axes."""
    some = (a.coverage > 0) & (s.coverage > 0)
    return np.asarray(some & ((a.coverage < 1 - 1e-9) | (s.coverage < 1 - 1e-9)))
