"""The nouns of a workshop: frozen, validated, and without Streamlit.

A noun never changes; an edit (`kam.edits`) makes a new one. Unknown is `None` or an absent
entry, never zero. Money is in whole units of the workshop's currency, shares are in percent.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

MAX_CRITERIA = 8  # decisions.md section 3: more criteria rarely change the result
MAX_GATES = 3  # method.md 4.7
MAX_CUSTOMERS = 20_000  # reliability.md R28
TICKS_NEEDED = 4  # of five, method.md section 2

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=4_000)]
Value10 = Annotated[float, Field(ge=0, le=10)]
Points = Annotated[float, Field(ge=0, le=1_000)]
Amount = Annotated[float, Field(ge=-1e15, le=1e15)]
Anchors = tuple[float, float, float, float, float]


class Axis(StrEnum):
    """The two questions that a criterion may answer."""

    ATTRACTIVENESS = "attractiveness"
    STRENGTH = "strength"


class Class(StrEnum):
    """What a customer is to us (decisions.md section 1)."""

    KEY_STRATEGIC = "key_strategic"
    KEY_CORE = "key_core"
    STRATEGIC = "strategic"
    LOW_PRIORITY = "low_priority"

    @property
    def label(self) -> str:
        """The name on every screen and export."""
        return _CLASS_LABELS[self]

    @property
    def is_key(self) -> bool:
        """Whether such a customer is a key account."""
        return self in (Class.KEY_STRATEGIC, Class.KEY_CORE)


_CLASS_LABELS = {
    Class.KEY_STRATEGIC: "Key · strategic",
    Class.KEY_CORE: "Key · core",
    Class.STRATEGIC: "Strategic, not yet key",
    Class.LOW_PRIORITY: "Low priority",
}


class Favours(StrEnum):
    """Whether the customer would favour us as a key supplier."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Noun(BaseModel):
    """A frozen value that refuses unknown fields, infinities and NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )


class Objective(Noun):
    """What key accounts should do for us: raise `measure` from `baseline` to `target` by `year`."""

    id: Id
    name: Name
    statement: Text = ""
    measure: Text = ""
    unit: Text = ""
    baseline: float | None = None
    target: float | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is still missing, in words; empty when the objective can be checked later."""
        missing = {
            "a measure": not self.measure,
            "a baseline": self.baseline is None,
            "a target": self.target is None,
            "a year": self.year is None,
        }
        return tuple(word for word, absent in missing.items() if absent)


class Criterion(Noun):
    """One question asked of every customer, with five anchors for the values 0, 2.5, 5, 7.5, 10.

    Attributes:
        anchors: raw levels in `unit`, ascending for direction `+`, descending for `-`.
        column: the fact or profile field that holds its figures, if one does.
        objectives: ids of the objectives that it serves.
        same_number: two people reading the definition would write down the same number.
        data_at_hand: the figures exist or can be had within four weeks.
    """

    id: Id
    name: Name
    axis: Axis
    family: Text = ""
    definition: Text = ""
    unit: Text = ""
    direction: Literal["+", "-"] = "+"
    anchors: Anchors | None = None
    source: Text = ""
    column: Text = ""
    watch_out: Text = ""
    objectives: tuple[Id, ...] = ()
    forward_looking: bool = False
    controllable: bool = False
    same_number: bool = False
    data_at_hand: bool = False

    @model_validator(mode="after")
    def _anchors_run_one_way(self) -> Self:
        if self.anchors is None:
            return self
        steps = zip(self.anchors, self.anchors[1:], strict=False)
        rising = self.direction == "+"
        if not all(low < high if rising else low > high for low, high in steps):
            way = "upwards" if rising else "downwards"
            listed = ", ".join(f"{level:g}" for level in self.anchors)
            raise ValueError(
                f"the five anchors of {self.name} must run {way} without equal steps; "
                f"we found {listed}"
            )
        return self

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a criterion lacks before it may be scored (decisions.md section 3)."""
        missing = {
            "a definition": not self.definition,
            "a unit": not self.unit,
            "five anchors": self.anchors is None,
        }
        return tuple(word for word, absent in missing.items() if absent)


class Profile(Noun):
    """What we know of a customer beside its scores; `None` and "" mean unknown.

    Attributes:
        strategic_objectives: the customer's own objectives, to set beside ours.
        favours_known_by: how we know whether it would favour us.
        revenue: our sales to it, last twelve months, currency.
        available_spend: what it will spend on what we sell in the next three years, currency.
        margin_pct: our margin on it, % of revenue.
        cost_to_serve: selling, service and logistics, currency a year.
        capital_employed: receivables, stock and assets tied up for it, currency.
        own_revenue: what the customer itself earns in a year, currency; its size, not ours.
        parent: id or name of the group that it belongs to.
    """

    market_position: Text = ""
    growth_potential: Text = ""
    needs: Text = ""
    strategic_objectives: Text = ""
    favours_us: Favours = Favours.UNKNOWN
    favours_known_by: Literal["asked", "believed"] | None = None
    revenue: Amount | None = None
    own_revenue: Amount | None = None
    available_spend: Amount | None = None
    margin_pct: Annotated[float, Field(ge=-1e6, le=1e6)] | None = None
    cost_to_serve: Amount | None = None
    capital_employed: Amount | None = None
    owner: Text = ""
    industry: Text = ""
    country: Text = ""
    parent: Text = ""


class Customer(Noun):
    """A customer: identity, profile, and numbers about it by fact key (see `FactKind`)."""

    id: Id
    name: Name
    profile: Profile = Profile()
    facts: dict[Id, float] = {}


class FactKind(Noun):
    """What a number about customers means: its name, unit and where it comes from.

    Attributes:
        origin: the file that it came from.
        period: the time that it covers, in words.
        coverage: for how much of the whole it is known, in words.
    """

    key: Id
    label: Name
    unit: Text = ""
    origin: Text = ""
    period: Text = ""
    coverage: Text = ""


class LedgerChoices(Noun):
    """How the lines of an order ledger are read and counted; part of the edit that uses them.

    Attributes:
        columns: our name of a column (customer, date, amount ...) -> its header.
        left_out: unusual lines that do not count. Without a word they do.
        blank_customers: lines that name no customer are left out, or are one customer "(blank)".
        only: header -> texts; a line counts only if its cell is one of them.
        rates: currency code -> what one unit of it is worth in the workshop's currency.
        day_first: whether 01/02/2025 is in February; `None` lets the file tell.
        end: last day of the twelve months; `None` is the last date in the ledger.
    """

    columns: dict[Id, Text] = {}
    left_out: tuple[Literal["negative", "zero", "cancellation", "copy"], ...] = ()
    blank_customers: Literal["left_out", "one_customer"] = "left_out"
    only: dict[Id, tuple[Text, ...]] = {}
    rates: dict[Id, Annotated[float, Field(gt=0, le=1e9)]] = {}
    day_first: bool | None = None
    end: date | None = None


class Matching(Noun):
    """Where the columns of a file went, remembered for the next file with the same headers."""

    headers: tuple[Text, ...]
    goes_to: dict[Text, Id]


class LongList(Noun):
    """The customers that the team judges, out of all that came in, and the rule that chose them."""

    customers: tuple[Id, ...]
    rule: Text = ""


class Group(Noun):
    """A parent and its subsidiaries, judged as one customer.

    Attributes:
        id: the customer that stands for the group.
        members: the customers that are judged within it; its figures include theirs.
        made: the group's customer exists only for the group, and goes with it.
    """

    id: Id
    members: tuple[Id, ...]
    made: bool = False


class Score(Noun):
    """A customer's raw level on a criterion, in the criterion's unit, with its evidence."""

    value: float
    note: Text = ""


class Member(Noun):
    """A person who takes part in the workshop."""

    id: Id
    name: Name
    department: Text = ""


class Ballot(Noun):
    """One member's private weights of one round: raw swings 0-100 per criterion.

    A criterion that is absent was not judged; the largest swing is 100 by custom, any scale
    works because a ballot is normalised.
    """

    member: Id
    round: Annotated[int, Field(ge=1, le=9)] = 1
    swings: dict[Id, Annotated[float, Field(ge=0, le=1_000)]]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(self.swings.values()):
            raise ValueError("a ballot in which every criterion is worth nothing cannot be counted")
        return self


class CutOffs(Noun):
    """The three lines of the matrix, on the 0-10 scale (defaults: decisions.md section 1)."""

    strength: Value10 = 5.0
    attractiveness: Value10 = 5.0
    strategic: Value10 = 7.0

    @model_validator(mode="after")
    def _strategic_line_in_key_zone(self) -> Self:
        if self.strategic < self.attractiveness:
            raise ValueError(
                f"the strategic line ({self.strategic:g}) lies inside the key zone, so it cannot "
                f"be below the attractiveness cut-off ({self.attractiveness:g})"
            )
        return self


class Capacity(Noun):
    """How many key accounts we can serve: hours a year, or a plain number of places.

    Unknown capacity limits nothing and is told as a gap.
    """

    mode: Literal["hours", "places"] = "hours"
    people: Annotated[float, Field(ge=0, le=10_000)] | None = None
    hours_per_person: Annotated[float, Field(ge=0, le=4_000)] | None = None
    hours_strategic: Annotated[float, Field(gt=0, le=100_000)] | None = None
    hours_core: Annotated[float, Field(gt=0, le=100_000)] | None = None
    places: Annotated[int, Field(ge=0, le=10_000)] | None = None

    @property
    def hours(self) -> float | None:
        """Hours a year for key accounts, people x hours; `None` while either is unknown."""
        if self.people is None or self.hours_per_person is None:
            return None
        return self.people * self.hours_per_person

    @property
    def known(self) -> bool:
        """Whether the capacity can limit anything."""
        if self.mode == "places":
            return self.places is not None
        return None not in (self.hours, self.hours_strategic, self.hours_core)


class Gate(Noun):
    """A yes/no condition that no score can make up for (at most three, method.md 4.7)."""

    id: Id
    name: Name


class Override(Noun):
    """A class decided by the team against the rule: who, and why."""

    customer: Id
    klass: Class
    by: Name
    reason: Name


class Action(Noun):
    """One thing that somebody does for a plan."""

    text: Name
    owner: Text = ""
    due: date | None = None


class Plan(Noun):
    """What we do with one customer (method.md section 10).

    Attributes:
        template: K1 key strategic, K2 key core, N1 build to key, N2 waiting list, L1 move up by
            a deadline, L2 low-cost, L3 managed exit.
        goal: what must become true, as a sentence.
        ceiling_hours: the most hours a year that we spend on it.
    """

    customer: Id
    template: Literal["K1", "K2", "N1", "N2", "L1", "L2", "L3"]
    goal: Text = ""
    actions: tuple[Action, ...] = ()
    owner: Text = ""
    deadline: date | None = None
    exit_trigger: Text = ""
    ceiling_hours: Annotated[float, Field(ge=0, le=100_000)] | None = None
    note: Text = ""


class Mark(Noun):
    """A named revision: a state that the team agreed on, to compare with later."""

    name: Name
    on: date
    by: Text = ""
    note: Text = ""
    revision: int = 0


class Workshop(Noun):
    """Everything a team has decided so far: the fold of the workshop's edits.

    Mappings keep the order in which things were added.

    Attributes:
        scores: criterion id -> customer id -> score; an absent score is unknown.
        points: criterion id -> agreed raw points; normalised wherever they are used.
        ballots: member id -> that member's ballots, one a round.
        failed_gates: customer id -> gate id -> why.
        long_list: whom the team judges; `None` while that is everybody.
        groups: by the id of the customer that stands for the group.
        matchings: the newest last.
    """

    id: Id
    name: Name
    company: Text = ""
    currency: Annotated[str, StringConstraints(min_length=1, max_length=8)] = "EUR"
    example: bool = False
    archived: bool = False
    objectives: dict[Id, Objective] = {}
    criteria: Annotated[dict[Id, Criterion], Field(max_length=MAX_CRITERIA)] = {}
    customers: Annotated[dict[Id, Customer], Field(max_length=MAX_CUSTOMERS)] = {}
    fact_kinds: Annotated[dict[Id, FactKind], Field(max_length=200)] = {}
    long_list: LongList | None = None
    groups: dict[Id, Group] = {}
    matchings: tuple[Matching, ...] = ()
    scores: dict[Id, dict[Id, Score]] = {}
    points: dict[Id, Points] = {}
    members: Annotated[dict[Id, Member], Field(max_length=30)] = {}
    ballots: dict[Id, tuple[Ballot, ...]] = {}
    cut_offs: CutOffs = CutOffs()
    capacity: Capacity = Capacity()
    gates: Annotated[dict[Id, Gate], Field(max_length=MAX_GATES)] = {}
    failed_gates: dict[Id, dict[Id, Text]] = {}
    overrides: dict[Id, Override] = {}
    plans: dict[Id, Plan] = {}
    marks: tuple[Mark, ...] = ()

    @property
    def within_groups(self) -> dict[str, str]:
        """Customer id -> id of the group within which it is judged."""
        return {one: group.id for group in self.groups.values() for one in group.members}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _require_known(self)
        return self


def _require_known(workshop: Workshop) -> None:
    """Raise `ValueError` where the workshop speaks of a thing that it does not hold."""
    for place, used, known in (
        ("scores", workshop.scores, workshop.criteria),
        ("points", workshop.points, workshop.criteria),
        ("ballots", workshop.ballots, workshop.members),
        ("failed gates", workshop.failed_gates, workshop.customers),
        ("overrides", workshop.overrides, workshop.customers),
        ("plans", workshop.plans, workshop.customers),
    ):
        for key in used:
            if key not in known:
                raise ValueError(f"{place} name {key!r}, which the workshop does not hold")
    _require_known_lists(workshop)
    for criterion, scored in workshop.scores.items():
        if strangers := scored.keys() - workshop.customers.keys():
            raise ValueError(
                f"scores of {criterion!r} name the unknown customer {min(strangers)!r}"
            )


def _require_known_lists(workshop: Workshop) -> None:
    """Raise `ValueError` where the long list or a group names a customer that is not here."""
    listed = workshop.long_list.customers if workshop.long_list else ()
    lists = [("the long list", listed)]
    lists += [(f"group {key!r}", (key, *g.members)) for key, g in workshop.groups.items()]
    for place, keys in lists:
        if strangers := set(keys) - workshop.customers.keys():
            raise ValueError(f"{place} names the unknown customer {min(strangers)!r}")
