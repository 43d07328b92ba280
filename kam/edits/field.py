"""Edits of the field: who is judged, and which groups are judged as one customer."""

from collections.abc import Mapping
from typing import Literal

from kam.edits.customers import RemoveCustomers
from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import Customer, Group, Id, LongList, Name, Rule, Workshop
from kam.validated import changed


class ChooseLongList(Change):
    """Say whom the team judges; `None` is everybody."""

    kind: Literal["choose_long_list"] = "choose_long_list"
    long_list: LongList | None

    @property
    def subject(self) -> str:
        return "long list"

    def apply(self, workshop: Workshop) -> Workshop:
        if self.long_list is not None:
            if not self.long_list.customers:
                raise Refused("A long list needs at least one customer. Widen the rule.")
            for key in self.long_list.customers:
                held(workshop.customers, key, "customer")
        return changed(workshop, long_list=_with_companies(self.long_list, workshop.groups))

    def words(self, before: Workshop) -> str:
        if self.long_list is None:
            return f"all {len(before.customers):,} customers are judged"
        chosen = len(set(self.long_list.customers))
        rule = f": {self.long_list.rule}" if self.long_list.rule else ""
        return f"{chosen:,} of {len(before.customers):,} customers are judged{rule}"


class JudgeAsOne(Change):
    """Judge a group as one customer: the figures of its members count for it.

    `group` is the customer that stands for the group: the parent, or a new one with that name.
    The long list keeps naming the companies that it named; a group is on it with any of them.
    """

    kind: Literal["judge_as_one"] = "judge_as_one"
    group: Id
    name: Name
    members: tuple[Id, ...]

    @property
    def subject(self) -> str:
        return f"group {self.group}"

    def apply(self, workshop: Workshop) -> Workshop:
        members = tuple(key for key in dict.fromkeys(self.members) if key != self.group)
        if not members:
            raise Refused("A group needs a customer that is judged within it. Choose its members.")
        self._require_free(workshop, members)
        before = workshop.groups.get(self.group)
        made = self.group not in workshop.customers or bool(before and before.made)
        customers = dict(workshop.customers)
        if self.group not in customers:
            customers[self.group] = Customer(id=self.group, name=self.name)
        group = Group(id=self.group, members=members, made=made)
        return changed(workshop, customers=customers, groups={**workshop.groups, self.group: group})

    def _require_free(self, workshop: Workshop, members: tuple[Id, ...]) -> None:
        """Refuse members that are not here, belong to another group, or are a group."""
        within = workshop.within_groups
        for key in members:
            member = held(workshop.customers, key, "customer")
            if within.get(key, self.group) != self.group or key in workshop.groups:
                raise Refused(
                    f"{member.name} belongs to another group already. Judge that group apart first."
                )
        if self.group in within:
            raise Refused(
                f"{self.name} is judged within another group. Judge that group apart first."
            )

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - the name says it all
        return f"{self.name} is judged as one with {len(self.members):,} of its companies"


class JudgeApart(Change):
    """Judge every customer of a group for itself again.

    A customer that was made for the group goes with it, unless something of its own is known by
    now; what the team scored and planned for the group goes with it too.
    """

    kind: Literal["judge_apart"] = "judge_apart"
    group: Id

    @property
    def subject(self) -> str:
        return f"group {self.group}"

    def apply(self, workshop: Workshop) -> Workshop:
        group = held(workshop.groups, self.group, "group")
        apart = changed(workshop, groups=without(workshop.groups, self.group))
        if not goes_with_its_group(workshop, group):
            return apart
        return RemoveCustomers(customers=(self.group,)).apply(apart)

    def words(self, before: Workshop) -> str:
        known, group = before.customers.get(self.group), before.groups.get(self.group)
        gone = group and goes_with_its_group(before, group)
        told = "; it was made for the group and goes with it" if gone else ""
        return f"the companies of {known.name if known else self.group} are judged apart{told}"


def goes_with_its_group(workshop: Workshop, group: Group) -> bool:
    """Whether the customer of a group was made for it, and nothing of its own is known."""
    own = workshop.customers[group.id]
    return group.made and own == Customer(id=own.id, name=own.name)


def _with_companies(chosen: LongList | None, groups: Mapping[str, Group]) -> LongList | None:
    """The long list with each group followed by its companies, which stay on it when it goes.

    Its rule names them too, so that it chooses the same once they are judged apart.
    """
    if chosen is None:
        return None
    by = chosen.by and _rule_with_companies(chosen.by, groups)
    return changed(chosen, customers=_companies(chosen.customers, groups), by=by)


def _rule_with_companies(rule: Rule, groups: Mapping[str, Group]) -> Rule:
    """Whom the rule names, with the companies of groups; who is put in is not left out."""
    put_in = _companies(rule.put_in, groups)
    left_out = _companies(rule.left_out, groups)
    return changed(
        rule,
        conditions=rule.conditions_with(lambda keys: _companies(keys, groups)),
        put_in=put_in,
        left_out=tuple(key for key in left_out if key not in put_in),
    )


def _companies(customers: tuple[Id, ...], groups: Mapping[str, Group]) -> tuple[Id, ...]:
    """These customers, each group followed by its companies."""
    keys = (
        key for one in customers for key in (one, *(groups[one].members if one in groups else ()))
    )
    return tuple(dict.fromkeys(keys))
