"""Plans, what to ask before deciding, and how resources follow potential."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kam.model.decisions import Class
from kam.model.noun import Amount, Id, Name, Noun, Text


class Action(Noun):
    """One thing that somebody does for a plan, or a milestone of it.

    Attributes:
        done: whether it was met; `None` while that is open.
        evidence: what shows it.
    """

    text: Name
    owner: Text = ""
    due: date | None = None
    done: bool | None = None
    evidence: Text = ""


class Extension(Noun):
    """A deadline that was moved: once, by name, for a reason."""

    before: date
    by: Name
    reason: Name


class Outcome(Noun):
    """How a plan ended; replaced: a plan of another kind came in its place while it ran."""

    what: Literal["promoted", "exited", "dropped", "replaced"]
    on: date
    by: Name
    reason: Text = ""


class Plan(Noun):
    """What we do with one customer (method.md section 10).

    Attributes:
        template: K1 key strategic, K2 key core, N1 build to key, N2 waiting list, L1 move up by
            a deadline, L2 low-cost, L3 managed exit.
        goal: what must become true, as a sentence.
        start: the day it was drafted; `None` in plans of before starts were kept.
        actions: steps with their days; of a managed exit the rungs of its ladder.
        sponsor: the executive behind it.
        terms: what holds meanwhile: prices, service, custom work.
        evidence: what must be shown before the customer is promoted.
        ceiling_hours: the most hours a year that we spend on it.
        ceiling_cost: the most that serving it may cost, currency a year.
        extension: of the deadline; there is no second one.
        outcome: how it ended; `None` while it runs.
    """

    customer: Id
    template: Literal["K1", "K2", "N1", "N2", "L1", "L2", "L3"]
    goal: Text = ""
    actions: tuple[Action, ...] = ()
    owner: Text = ""
    sponsor: Text = ""
    start: date | None = None
    deadline: date | None = None
    terms: Text = ""
    evidence: Text = ""
    exit_trigger: Text = ""
    ceiling_hours: Annotated[float, Field(ge=0, le=100_000)] | None = None
    ceiling_cost: Amount | None = None
    note: Text = ""
    extension: Extension | None = None
    outcome: Outcome | None = None


class Question(Noun):
    """What to ask a customer before deciding: who asks, by when, and what it said."""

    id: Id
    customer: Id
    text: Name
    owner: Text = ""
    due: date | None = None
    answer: Text = ""


class HoursPolicy(Noun):
    """How resources follow potential: what capital must earn, and hours by class.

    Attributes:
        hurdle_pct: the return on capital employed that an account must reach, %.
        floors: class -> the fewest hours a year that a customer of it gets.
        caps: class -> the most.
        cost_per_hour: what an hour of our people costs, currency; `None` unknown.
    """

    hurdle_pct: Annotated[float, Field(ge=0, le=100)] = 12.0
    floors: dict[Class, Annotated[float, Field(ge=0, le=100_000)]] = {}
    caps: dict[Class, Annotated[float, Field(ge=0, le=100_000)]] = {}
    cost_per_hour: Annotated[float, Field(ge=0, le=100_000)] | None = None
