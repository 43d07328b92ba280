"""Whom customers name as their parent: the groups that it tells, and what it says of them since."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, Edit, JudgeAsOne
from kam.method.parents import Since, relatives, since
from kam.model import Customer, Profile, Workshop
from tests.workshops import after, made


def company(key: str, **profile: Any) -> Customer:  # noqa: ANN401 - any field of a profile
    return Customer(id=key, name=key.capitalize(), profile=Profile(**profile))


def came(*companies: Customer) -> BringIn:
    return BringIn(origin="a test", customers={one.id: one for one in companies})


def of(*companies: Customer) -> dict[str, tuple[str, ...]]:
    return relatives(made(came(*companies)))


def test_a_parent_is_named_by_its_id_or_by_its_name() -> None:
    assert of(company("top"), company("ann", parent="top"), company("bea", parent="Top")) == {
        "top": ("ann", "bea")
    }


def test_a_parent_that_is_no_customer_keeps_its_name() -> None:
    assert of(company("ann", parent="Holding"), company("bea", parent="Holding")) == {
        "Holding": ("ann", "bea")
    }


@pytest.mark.parametrize(
    "written", ["Pàr Holding AG", "par holding", " PAR-Holding A.G. ", "P1", " p1 "]
)
def test_spellings_of_one_name_are_one_parent(written: str) -> None:
    parent = Customer(id="P1", name="PAR Holding AG")
    assert of(parent, company("ann", parent=written)) == {"P1": ("ann",)}


def test_a_parent_that_is_no_customer_is_one_however_it_is_spelled() -> None:
    found = of(company("ann", parent="Holding AG"), company("bea", parent="holding  ag"),
               company("cleo", parent="HOLDING"))  # fmt: skip
    assert found == {"Holding AG": ("ann", "bea", "cleo")}


def test_other_names_and_blanks_are_no_parent() -> None:
    assert of(Customer(id="P1", name="Par Holding"), company("ann", parent="Par Trading"),
              company("bea", parent="  ")) == {"Par Trading": ("ann",)}  # fmt: skip


def test_a_name_letter_by_letter_comes_before_one_that_is_spelled_like_it() -> None:
    people = (Customer(id="1", name="Acme GmbH"), Customer(id="2", name="Acme Inc."))
    assert of(*people, company("ann", parent="Acme Inc.")) == {"2": ("ann",)}
    assert of(*people, company("ann", parent="ACME inc")) == {"1": ("ann",)}


@given(st.lists(st.sampled_from(["", "ann", "Ann", "BEA", "H", "h ag"]), min_size=3, max_size=3))
def test_nobody_is_in_two_groups_or_in_its_own(parents: list[str]) -> None:
    people = zip(("ann", "bea", "cleo"), parents, strict=True)
    found = of(*(company(key, parent=parent) for key, parent in people))
    members = [key for group in found.values() for key in group]
    assert len(members) == len(set(members))
    assert all(parent not in group for parent, group in found.items())


def test_a_chain_of_parents_leads_to_its_top() -> None:
    chain = (company("top"), company("mid", parent="top"), company("low", parent="mid"))
    assert of(*chain) == {"top": ("mid", "low")}


def test_parents_in_a_circle_and_a_customer_that_names_itself_end() -> None:
    assert of(company("ann", parent="ann")) == {}
    circle = of(company("ann", parent="bea"), company("bea", parent="ann"))
    assert all(key not in members for key, members in circle.items())


# --- groups that are judged as one already --------------------------------------------------------

TOGETHER = JudgeAsOne(group="top", name="Top", members=("ann", "bea"))


def family(*later: Edit) -> Workshop:
    """Top with Ann and Bea judged as one, Oak beside them; then what came later."""
    first = came(
        company("top"), company("ann", parent="top"), company("bea", parent="Top"), company("oak")
    )
    return after(made(first), TOGETHER, *later)


def test_parents_that_say_what_was_agreed_say_nothing_since() -> None:
    assert since(family()) == {"top": Since()}
    assert not since(family())["top"]
    assert since(made()) == {}


def test_a_company_that_came_later_and_names_the_group_is_told() -> None:
    assert since(family(came(company("eve", parent="Top"))))["top"] == Since(joining=("eve",))


def test_a_company_of_a_company_of_the_group_names_it_too() -> None:
    assert since(family(came(company("eve", parent="Ann"))))["top"] == Since(joining=("eve",))


def test_a_company_that_names_another_parent_by_now_is_told_with_it() -> None:
    found = since(family(came(company("bea", parent="Dachs AG"))))["top"]
    assert found == Since(leaving={"bea": "Dachs AG"})


def test_a_company_below_one_that_left_leaves_with_it_and_one_below_a_company_stays() -> None:
    chain = family(came(company("bea", parent="ann")))
    assert not since(chain)["top"]
    gone = after(chain, came(company("ann", parent="Dachs AG")))
    assert since(gone)["top"].leaving == {"ann": "Dachs AG"}


def test_a_company_that_names_nobody_stays_where_it_was_put() -> None:
    assert not since(family(came(company("bea"))))["top"]


def test_a_parent_above_the_group_is_told_and_moves_nobody() -> None:
    assert since(family(came(company("top", parent="Zeta"))))["top"] == Since(above="Zeta")
    assert not since(family(came(company("top", parent="Ann"))))["top"]


def test_who_is_judged_within_another_group_is_told_there_alone() -> None:
    other = JudgeAsOne(group="zet", name="Zet", members=("oak",))
    found = since(family(came(company("zet"), company("oak", parent="top")), other))
    assert found == {"top": Since(), "zet": Since(leaving={"oak": "top"})}


@given(st.lists(st.sampled_from(["", "top", "ann", "bea", "oak", "Zeta"]), min_size=4, max_size=4))
def test_nobody_joins_and_leaves_and_circles_end(parents: list[str]) -> None:
    keys = ("top", "ann", "bea", "oak")
    later = came(*(company(k, parent=p) for k, p in zip(keys, parents, strict=True)))
    found = since(family(later))["top"]
    assert set(found.joining) <= {"oak"}
    assert set(found.leaving) <= {"ann", "bea"}
    assert found.above in {"", "oak", "Zeta"}
