"""Who is judged, and which groups are judged as one."""

import pytest

from kam.edits import BringIn, ChooseLongList, JudgeApart, JudgeAsOne, PutCustomer, RemoveCustomers
from kam.errors import Refused
from kam.model import LongList, Workshop
from tests.workshops import after, by_hand, customer, made


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


def test_who_leaves_the_workshop_leaves_the_long_list() -> None:
    workshop = after(by_hand(), listed("ash", "bay"), RemoveCustomers(customers=("ash",)))
    assert workshop.long_list is not None
    assert workshop.long_list.customers == ("bay",)


def test_a_group_stands_on_the_long_list_in_place_of_its_members_and_the_other_way_round() -> None:
    workshop = after(family(), listed("ann", "oak"), TOGETHER)
    assert workshop.long_list is not None
    assert workshop.long_list.customers == ("oak", "top")
    apart = JudgeApart(group="top").apply(workshop)
    assert apart.long_list is not None
    assert apart.long_list.customers == ("oak", "top", "ann", "bea")


def test_a_parent_that_is_no_customer_is_made_and_goes_with_its_group() -> None:
    workshop = JudgeAsOne(group="hold", name="Holding", members=("ann", "oak")).apply(family())
    assert workshop.customers["hold"].name == "Holding"
    assert "hold" not in JudgeApart(group="hold").apply(workshop).customers


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
