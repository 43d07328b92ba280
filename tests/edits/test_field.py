"""Who is judged, and which groups are judged as one."""

import pytest

from kam.edits import (
    BringIn,
    ChangeEconomics,
    ChangeProfile,
    ChooseLongList,
    Edit,
    JudgeApart,
    JudgeAsOne,
    PutCriterion,
    PutCustomer,
    RemoveCustomers,
)
from kam.errors import Refused
from kam.method.groups import joined
from kam.model import Before, Customer, Economics, LongList, Profile, Rule, Workshop
from kam.validated import changed
from tests.workshops import after, by_hand, criterion, customer, made, scores


def family() -> Workshop:
    """A parent, two daughters, and a stranger."""
    people = [customer("top"), customer("ann", parent="top"), customer("bea", parent="Top")]
    people.append(customer("oak"))
    return made(BringIn(origin="a test", customers={one.id: one for one in people}))


TOGETHER = JudgeAsOne(group="top", name="Top", members=("ann", "bea"))


def listed(*keys: str) -> ChooseLongList:
    return ChooseLongList(long_list=LongList(customers=keys))


def test_a_long_list_of_nobody_is_refused() -> None:
    with pytest.raises(Refused, match="at least one customer"):
        listed().apply(by_hand())


def test_a_long_list_of_strangers_is_refused() -> None:
    with pytest.raises(Refused, match="no customer 'elm'"):
        listed("elm").apply(by_hand())


def test_everybody_is_judged_again_without_a_long_list() -> None:
    workshop = after(by_hand(), listed("ash"), ChooseLongList(long_list=None))
    assert workshop.long_list is None
    assert ChooseLongList(long_list=None).words(by_hand()) == "all 3 customers are judged"


def test_who_is_added_by_hand_joins_the_long_list_and_who_is_brought_in_does_not() -> None:
    workshop = after(by_hand(), listed("ash"), PutCustomer(customer=customer("elm")))
    workshop = BringIn(origin="crm", customers={"fir": customer("fir")}).apply(workshop)
    assert workshop.long_list is not None
    assert workshop.long_list.customers == ("ash", "elm")


def test_who_is_added_by_hand_joins_the_rule_of_the_list() -> None:
    rule = Rule(put_in=("ash",), left_out=("elm",))
    kept = ChooseLongList(long_list=LongList(customers=("ash",), by=rule))
    workshop = after(by_hand(), kept, PutCustomer(customer=customer("elm")))
    assert workshop.long_list is not None
    assert workshop.long_list.by == Rule(put_in=("ash", "elm"))


def test_who_leaves_the_workshop_leaves_the_long_list() -> None:
    workshop = after(by_hand(), listed("ash", "bay"), RemoveCustomers(customers=("ash",)))
    assert workshop.long_list is not None
    assert workshop.long_list.customers == ("bay",)


def judged(workshop: Workshop) -> tuple[str, ...]:
    """The long list as it is judged, groups as one."""
    chosen = joined(workshop).long_list
    return chosen.customers if chosen else ()


def test_a_group_stands_on_the_long_list_in_place_of_its_members_and_the_other_way_round() -> None:
    workshop = after(family(), listed("ann", "oak"), TOGETHER)
    assert judged(workshop) == ("top", "oak")
    assert judged(JudgeApart(group="top").apply(workshop)) == ("ann", "oak")


@pytest.mark.parametrize("keys", [("top", "oak"), ("oak",), ("bea", "oak", "ann"), ("bea",)])
def test_a_part_of_a_group_on_the_long_list_is_the_same_part_after_one_and_apart(
    keys: tuple[str, ...],
) -> None:
    before = after(family(), listed(*keys))
    assert after(before, TOGETHER, JudgeApart(group="top")) == before


def test_a_group_that_was_chosen_as_one_stays_on_the_list_with_every_company() -> None:
    workshop = after(family(), TOGETHER, listed("oak", "top"))
    assert judged(workshop) == ("oak", "top")
    assert judged(JudgeApart(group="top").apply(workshop)) == ("oak", "top", "ann", "bea")


def test_a_made_group_that_was_chosen_as_one_leaves_its_companies_on_the_list() -> None:
    holding = JudgeAsOne(group="hold", name="Holding", members=("ann", "oak"))
    workshop = after(family(), holding, listed("hold"))
    assert judged(workshop) == ("hold",)
    assert judged(JudgeApart(group="hold").apply(workshop)) == ("ann", "oak")


def test_a_group_that_a_new_list_leaves_out_is_left_out_with_every_company() -> None:
    workshop = after(family(), listed("ann", "oak"), TOGETHER, listed("oak"))
    assert judged(workshop) == judged(JudgeApart(group="top").apply(workshop)) == ("oak",)


def ruled(**by: object) -> Rule:
    """The rule that is stored with a list of Oak chosen while a family is judged as one."""
    chosen = ChooseLongList(long_list=LongList(customers=("oak",), by=Rule.model_validate(by)))
    kept = after(family(), TOGETHER, chosen).long_list
    assert kept is not None
    assert kept.by is not None
    return kept.by


def test_a_rule_names_the_companies_of_groups_as_the_list_does() -> None:
    assert ruled(put_in=("oak", "top")).put_in == ("oak", "top", "ann", "bea")
    assert ruled(left_out=("top",)).left_out == ("top", "ann", "bea")
    before = Before(customers=("top",), rule="by hand")
    [condition] = ruled(conditions=(before,)).conditions
    assert condition == changed(before, customers=("top", "ann", "bea"))


def test_a_company_that_a_rule_puts_in_is_not_left_out_with_its_group() -> None:
    both = ruled(put_in=("ann",), left_out=("top",))
    assert (both.put_in, both.left_out) == (("ann",), ("top", "bea"))


def test_a_list_is_told_in_the_words_of_its_rule() -> None:
    kept = LongList(customers=("ash",), rule="top 1 by revenue", by=Rule(put_in=("ash",)))
    told = ChooseLongList(long_list=kept).words(by_hand())
    assert told == "1 of 3 customers are judged: top 1 by revenue"


def test_a_parent_that_is_no_customer_is_made_and_goes_with_its_group() -> None:
    workshop = JudgeAsOne(group="hold", name="Holding", members=("ann", "oak")).apply(family())
    assert workshop.customers["hold"].name == "Holding"
    assert "hold" not in JudgeApart(group="hold").apply(workshop).customers


HOLDING = JudgeAsOne(group="hold", name="Holding", members=("ann", "oak"))
APART = JudgeApart(group="hold")


@pytest.mark.parametrize(
    "known",
    [
        BringIn(origin="crm", customers={"hold": Customer(id="hold", name="Holding")}),
        BringIn(origin="crm", customers={"hold": customer("hold", revenue=999, owner="Ines")}),
        ChangeProfile(customer="hold", profile=Profile(owner="Ines")),
        ChangeEconomics(customer="hold", economics=Economics(hours=9)),
        PutCustomer(customer=Customer(id="hold", name="Holding", facts={"Employees": 70})),
    ],
)
def test_a_made_parent_of_which_something_is_known_since_stays(known: Edit) -> None:
    """An import, or a person, made it a customer of its own."""
    scored = (PutCriterion(criterion=criterion("a")), scores(("a",), {"hold": (4,)}))
    workshop = after(family(), HOLDING, known, *scored)
    apart = APART.apply(workshop)
    assert apart.customers == workshop.customers
    assert apart.scores["a"]["hold"].value == 4
    assert APART.words(workshop).endswith(" are judged apart")


def test_a_made_parent_of_which_nothing_is_known_goes_and_that_is_told() -> None:
    told = "the companies of Holding are judged apart; it was made for the group and goes with it"
    assert APART.words(HOLDING.apply(family())) == told


def test_a_group_that_grows_after_its_parent_came_in_does_not_take_it_along() -> None:
    came = BringIn(origin="crm", customers={"hold": Customer(id="hold", name="Holding")})
    larger = JudgeAsOne(group="hold", name="Holding", members=("ann", "oak", "bea"))
    assert "hold" in after(family(), HOLDING, came, larger, APART).customers


def test_a_company_let_out_of_a_group_is_on_the_list_as_it_was() -> None:
    smaller = JudgeAsOne(group="top", name="Top", members=("ann",))
    assert judged(after(family(), listed("top", "oak"), TOGETHER, smaller)) == ("top", "oak")
    assert judged(after(family(), listed("bea", "ann"), TOGETHER, smaller)) == ("bea", "top")


def test_a_parent_that_is_a_customer_stays_when_its_group_goes() -> None:
    apart = after(family(), TOGETHER, JudgeApart(group="top"))
    assert apart == family()


def test_a_group_of_nobody_is_refused() -> None:
    with pytest.raises(Refused, match="needs a customer"):
        JudgeAsOne(group="top", name="Top", members=("top",)).apply(family())


def test_a_customer_belongs_to_one_group_only() -> None:
    workshop = TOGETHER.apply(family())
    with pytest.raises(Refused, match="Ann belongs to another group"):
        JudgeAsOne(group="oak", name="Oak", members=("ann",)).apply(workshop)
    with pytest.raises(Refused, match="Top belongs to another group"):
        JudgeAsOne(group="oak", name="Oak", members=("top",)).apply(workshop)
    with pytest.raises(Refused, match="Ann is judged within another group"):
        JudgeAsOne(group="ann", name="Ann", members=("oak",)).apply(workshop)


def test_a_group_that_loses_its_last_member_or_its_parent_is_gone() -> None:
    workshop = TOGETHER.apply(family())
    assert "top" in RemoveCustomers(customers=("ann",)).apply(workshop).groups
    assert not RemoveCustomers(customers=("ann", "bea")).apply(workshop).groups
    assert not RemoveCustomers(customers=("top",)).apply(workshop).groups
