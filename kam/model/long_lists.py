"""Whom the team judges: the chosen customers, and the rule that chose them, as data.

What a rule means for the customers that came in is told by `kam.method.long_list`; here stands
only what is kept, so that a stored rule can be read, changed and applied to later figures.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kam.model.noun import Amount, Id, Noun, Text


class Way(StrEnum):
    """How a condition reads its level."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    TOP = "top"
    FIRST = "first"


class Level(Noun):
    """A condition on a figure.

    Attributes:
        measure: a key of `kam.method.pool.Pool.measures`.
        level: in the measure's unit; a count for `top`; % of the total for `first`.
    """

    kind: Literal["level"] = "level"
    measure: Id
    way: Way
    level: Amount

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.way is Way.TOP and (self.level < 1 or self.level % 1):
            raise ValueError(f"a top list has a whole number of customers; we found {self.level:g}")
        if self.way is Way.FIRST and not 0 < self.level <= 100:
            raise ValueError(f"a share lies above 0 and up to 100 %; we found {self.level:g}")
        return self


class Among(Noun):
    """A condition on what a customer is: its owner, industry, country or parent."""

    kind: Literal["among"] = "among"
    attribute: Literal["industry", "country", "owner", "parent"]
    one_of: tuple[Text, ...] = ()


class Before(Noun):
    """The condition to be on an earlier long list, with the rule that made it in words."""

    kind: Literal["before"] = "before"
    customers: tuple[Id, ...]
    rule: Text = ""


Condition = Annotated[Level | Among | Before, Field(discriminator="kind")]


class Rule(Noun):
    """Whom the team judges, as conditions and by hand; the hand always wins.

    Customers named by hand need not be here any more; whoever applies the rule passes them over.

    Attributes:
        needs: whether any condition is enough, or all must hold.
        put_in: judged whatever the conditions say.
        left_out: not judged whatever the conditions say.
    """

    conditions: tuple[Condition, ...] = ()
    needs: Literal["any", "all"] = "any"
    put_in: tuple[Id, ...] = ()
    left_out: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_hand(self) -> Self:
        if both := set(self.put_in) & set(self.left_out):
            raise ValueError(f"{min(both)!r} is put in and left out by hand; choose one of the two")
        return self

    def conditions_with(
        self, named: Callable[[tuple[Id, ...]], tuple[Id, ...]]
    ) -> tuple[Condition, ...]:
        """Its conditions, with `named` applied to the customers of each earlier list."""
        return tuple(
            one.model_copy(update={"customers": named(one.customers)})
            if isinstance(one, Before)
            else one
            for one in self.conditions
        )


class LongList(Noun):
    """The customers that the team judges, out of all that came in, and the rule that chose them.

    A group that is judged as one is on the list with any of its companies. The customers stay as
    they were chosen when figures change later; only applying the rule anew makes another list.

    Attributes:
        rule: in words, as it was when it chose them; "" where nobody told.
        by: the same rule, to be applied again; `None` where the list was not made by one, or was
            stored before rules were kept.
    """

    customers: tuple[Id, ...]
    rule: Text = ""
    by: Rule | None = None
