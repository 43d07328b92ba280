"""Edits of customers: bringing them in, their profiles, facts and scores."""

from collections.abc import Collection, Mapping
from typing import Literal, TypeVar

from kam.acceptance import gaps
from kam.edits.edit import Change, held, plain, without
from kam.edits.voting import answers_without_customers
from kam.errors import Refused
from kam.model import (
    MAX_CUSTOMERS,
    Criterion,
    Customer,
    FactKind,
    Group,
    Id,
    LedgerChoices,
    LongList,
    Matching,
    Profile,
    Score,
    Text,
    Workshop,
)
from kam.validated import changed

T = TypeVar("T")

MOST_MATCHINGS = 20  # sets of headers whose matching is remembered; the oldest is forgotten


def refuse_too_many(customers: int) -> None:
    """Nothing comes back.

    Raises:
        Refused: so many customers are more than a workshop holds.
    """
    if customers > MAX_CUSTOMERS:
        raise Refused(
            f"A workshop holds at most {MAX_CUSTOMERS:,} customers, and this would make "
            f"{customers:,}. Bring in the long list only."
        )


class BringIn(Change):
    """Take in checked rows of a file as one step: new customers, changed ones, facts, scores.

    Customers with a known id are replaced whole; the caller merges, and leaves out whom the file
    does not change. Scores are taken only for
    criteria that are complete; the caller lists what it leaves out.

    Attributes:
        origin: the file, as people call it.
        ledger: how the lines of an order ledger were counted, if it was one.
        matching: where its columns went, to be remembered.
    """

    kind: Literal["bring_in"] = "bring_in"
    origin: Text
    customers: dict[Id, Customer]
    fact_kinds: dict[Id, FactKind] = {}
    scores: dict[Id, dict[Id, Score]] = {}
    ledger: LedgerChoices | None = None
    matching: Matching | None = None

    @property
    def subject(self) -> str:
        return "customers"

    @property
    def touched(self) -> set[str]:
        """The customers of whom this says anything, be it a score."""
        return {*self.customers, *(key for given in self.scores.values() for key in given)}

    def apply(self, workshop: Workshop) -> Workshop:
        customers = {**workshop.customers, **self.customers}
        refuse_too_many(len(customers))
        grown = changed(
            workshop,
            customers=customers,
            fact_kinds={**workshop.fact_kinds, **self.fact_kinds},
            groups=_not_made(workshop.groups, self.customers),
            matchings=self._remembered(workshop),
        )
        return _scored(grown, self.scores)

    def _remembered(self, workshop: Workshop) -> tuple[Matching, ...]:
        """The matchings with this one as the newest, in place of one for the same headers."""
        if self.matching is None:
            return workshop.matchings
        new = (self.matching.door, set(self.matching.headers))
        others = [m for m in workshop.matchings if (m.door, set(m.headers)) != new]
        return (*others, self.matching)[-MOST_MATCHINGS:]

    def words(self, before: Workshop) -> str:
        new = len(self.customers.keys() - before.customers.keys())
        updated = len(self.touched) - new
        parts = [f"{new:,} added"] if new or not updated else []
        parts += [f"{updated:,} updated"] if updated else []
        return f"customers from {self.origin}: {', '.join(parts)}"


def _not_made(groups: Mapping[str, Group], known: Collection[str]) -> dict[str, Group]:
    """The groups; one whose customer is among the known ones was not made for it any more."""
    return {
        key: changed(group, made=False) if group.made and key in known else group
        for key, group in groups.items()
    }


class PutCustomer(Change):
    """Add a customer, or replace the one with the same id (name, profile and facts).

    Who is added by hand is to be judged, so it joins the long list and the rule that made it.
    """

    kind: Literal["put_customer"] = "put_customer"
    customer: Customer

    @property
    def subject(self) -> str:
        return f"customer {self.customer.id}"

    def apply(self, workshop: Workshop) -> Workshop:
        key, chosen = self.customer.id, workshop.long_list
        if chosen and key not in workshop.customers:
            chosen = _list_with(chosen, key)
        customers = {**workshop.customers, key: self.customer}
        return changed(workshop, customers=customers, long_list=chosen)

    def words(self, before: Workshop) -> str:
        verb = "changed" if self.customer.id in before.customers else "added"
        return f"{verb} {self.customer.name}"


class ChangeProfile(Change):
    """Replace what we know of a customer beside its scores."""

    kind: Literal["change_profile"] = "change_profile"
    customer: Id
    profile: Profile

    @property
    def subject(self) -> str:
        return f"customer {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        known = held(workshop.customers, self.customer, "customer")
        new = changed(known, profile=self.profile)
        return changed(workshop, customers={**workshop.customers, self.customer: new})

    def words(self, before: Workshop) -> str:
        known = before.customers.get(self.customer)
        old = known.profile if known else Profile()
        fields = [
            name.replace("_", " ")
            for name in Profile.model_fields
            if getattr(old, name) != getattr(self.profile, name)
        ]
        return f"profile of {known.name if known else self.customer}: {', '.join(fields) or 'same'}"


class RemoveCustomers(Change):
    """Take customers out of the workshop, with their scores, gates, overrides and plans."""

    kind: Literal["remove_customers"] = "remove_customers"
    customers: tuple[Id, ...]

    @property
    def subject(self) -> str:
        return "customers"

    def apply(self, workshop: Workshop) -> Workshop:
        for key in self.customers:
            held(workshop.customers, key, "customer")
        return changed(
            workshop,
            customers=without(workshop.customers, *self.customers),
            scores={
                criterion: without(scored, *self.customers)
                for criterion, scored in workshop.scores.items()
            },
            failed_gates=without(workshop.failed_gates, *self.customers),
            overrides=without(workshop.overrides, *self.customers),
            confirmed=without(workshop.confirmed, *self.customers),
            plans=without(workshop.plans, *self.customers),
            ended_plans=tuple(
                plan for plan in workshop.ended_plans if plan.customer not in self.customers
            ),
            votes=_tables_without(workshop.votes, self.customers),
            forecasts=_tables_without(workshop.forecasts, self.customers),
            answers=answers_without_customers(workshop.answers, self.customers),
            questions={
                key: question
                for key, question in workshop.questions.items()
                if question.customer not in self.customers
            },
            best_relationships=tuple(
                key for key in workshop.best_relationships if key not in self.customers
            ),
            long_list=_list_without(workshop.long_list, self.customers),
            groups=_groups_without(workshop.groups, self.customers),
        )

    def words(self, before: Workshop) -> str:
        if len(self.customers) > 1:
            return f"removed {len(self.customers):,} customers"
        known = before.customers.get(self.customers[0]) if self.customers else None
        return f"removed {known.name if known else 'nobody'}"


def _tables_without(
    tables: Mapping[str, Mapping[str, T]], gone: tuple[Id, ...]
) -> dict[str, dict[str, T]]:
    """Tables by criterion and customer, without some customers."""
    return {key: left for key, table in tables.items() if (left := without(table, *gone))}


def _list_with(chosen: LongList, key: Id) -> LongList:
    """The list with a customer put in by hand."""
    by = chosen.by and changed(
        chosen.by,
        put_in=tuple(dict.fromkeys((*chosen.by.put_in, key))),
        left_out=tuple(one for one in chosen.by.left_out if one != key),
    )
    return changed(chosen, customers=(*chosen.customers, key), by=by)


def _list_without(chosen: LongList | None, gone: tuple[Id, ...]) -> LongList | None:
    if chosen is None:
        return None
    return changed(chosen, customers=tuple(k for k in chosen.customers if k not in gone))


def _groups_without(groups: Mapping[str, Group], gone: tuple[Id, ...]) -> dict[str, Group]:
    """The groups that still have members and a customer that stands for them."""
    left = {
        key: changed(group, members=tuple(k for k in group.members if k not in gone))
        for key, group in groups.items()
        if key not in gone
    }
    return {key: group for key, group in left.items() if group.members}


class ScoreCustomer(Change):
    """Set one customer's raw level on one criterion; `None` makes it unknown again."""

    kind: Literal["score_customer"] = "score_customer"
    customer: Id
    criterion: Id
    value: float | None
    note: Text = ""

    @property
    def subject(self) -> str:
        return f"score {self.criterion} {self.customer}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.customers, self.customer, "customer")
        held(workshop.criteria, self.criterion, "criterion")
        if self.value is not None:
            score = Score(value=self.value, note=self.note)
            return _scored(workshop, {self.criterion: {self.customer: score}})
        scored = without(workshop.scores.get(self.criterion, {}), self.customer)
        return changed(workshop, scores={**workshop.scores, self.criterion: scored})

    def words(self, before: Workshop) -> str:
        criterion = before.criteria.get(self.criterion)
        customer = before.customers.get(self.customer)
        old = before.scores.get(self.criterion, {}).get(self.customer)
        return (
            f"{customer.name if customer else self.customer}, "
            f"{criterion.name if criterion else self.criterion}: "
            f"{plain(old.value if old else None)} → {plain(self.value)}"
        )


class FillScores(Change):
    """Score many customers at once from figures that they already have."""

    kind: Literal["fill_scores"] = "fill_scores"
    scores: dict[Id, dict[Id, Score]]
    origin: Text = ""

    @property
    def subject(self) -> str:
        return "scores " + " ".join(sorted(self.scores))

    def apply(self, workshop: Workshop) -> Workshop:
        return _scored(workshop, self.scores)

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - the count says it all
        count = sum(len(scored) for scored in self.scores.values())
        return f"{count:,} scores from {self.origin or 'figures'}"


def _scored(workshop: Workshop, scores: dict[str, dict[str, Score]]) -> Workshop:
    """`workshop` with more scores, each on a complete criterion and for a known customer."""
    for key, given in scores.items():
        _require_complete(held(workshop.criteria, key, "criterion"))
        if strangers := given.keys() - workshop.customers.keys():
            held(workshop.customers, min(strangers), "customer")
    merged = {
        key: {**workshop.scores.get(key, {}), **given} for key, given in scores.items() if given
    }
    # Every part is a validated noun; validating the mapping anew would copy all other scores.
    return workshop.model_copy(update={"scores": {**workshop.scores, **merged}})


def _require_complete(criterion: Criterion) -> None:
    """Refuse to score a criterion that is not complete (decisions.md section 3)."""
    if lacking := gaps(criterion):
        raise Refused(
            f"“{criterion.name}” cannot be scored yet: it lacks {', '.join(lacking)}. "
            "Complete it on the Criteria page."
        )
