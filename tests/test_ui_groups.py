"""`kam.ui.groups`: parents and subsidiaries on the customers page, judged as one or apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.edits import BringIn, JudgeAsOne, PutCriterion
from kam.model import Customer, Profile
from kam.ui import groups
from tests.apps import own_home, page, present, shown, stored
from tests.workshops import A, criterion, full, made, scores


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def people(**parents: tuple[str, float | None]) -> BringIn:
    """Customers by id: the parent that each names, and its revenue."""
    return BringIn(
        origin="a test",
        customers={
            key: Customer(
                id=key, name=key.capitalize(), profile=Profile(parent=parent, revenue=revenue)
            )
            for key, (parent, revenue) in parents.items()
        },
    )


FAMILY = people(dew=("", 3e6), fir=("dew", 1e6), gum=("Dew", 2e6), hop=("Nordic Group", 9e6))
SCORED = (PutCriterion(criterion=criterion("a", A)), FAMILY, scores(["a"], {"dew": [4.0]}))


def test_groups_are_those_that_the_parents_tell() -> None:
    assert groups.companies(made(FAMILY)) == {"dew": ("fir", "gum"), "Nordic Group": ("hop",)}


def test_what_is_judged_as_one_stays_a_group_whatever_the_profiles_say() -> None:
    joined = JudgeAsOne(group="dew", name="Dew", members=("hop",))
    assert groups.companies(made(FAMILY, joined))["dew"] == ("hop",)
    assert groups.companies(full())["dew"] == ("fir",)


def test_companies_within_another_group_are_not_offered_twice() -> None:
    joined = JudgeAsOne(group="All", name="All", members=("hop", "fir"))
    assert groups.companies(made(FAMILY, joined)) == {"dew": ("gum",), "All": ("hop", "fir")}


def test_who_names_a_group_that_is_judged_as_one_is_offered_to_no_other() -> None:
    """Dew names Zeta by now, so that all of them have Zeta at the top."""
    joined = JudgeAsOne(group="dew", name="Dew", members=("fir", "gum"))
    later = people(ivy=("Dew", 1.0), dew=("Zeta", 3e6), jay=("Zeta", 1.0))
    found = groups.companies(made(FAMILY, joined, later))
    assert found == {"dew": ("fir", "gum"), "Nordic Group": ("hop",), "Zeta": ("jay",)}


def test_a_text_that_is_too_long_for_a_name_is_no_parent() -> None:
    assert groups.companies(made(people(ash=("x" * 201, 1.0)))) == {}


def test_the_group_with_the_most_revenue_stands_first_and_unknown_counts_nothing() -> None:
    workshop = made(FAMILY, people(ivy=("Quiet", None)))
    found = groups.companies(workshop)
    assert groups._by_size(workshop, found) == ["Nordic Group", "dew", "Quiet"]


def test_revenue_says_of_how_many_companies_it_is_known() -> None:
    workshop = made(FAMILY, people(ivy=("dew", None), jay=("Quiet", None)))
    assert groups.revenue_words(workshop, ("dew", "fir", "gum")) == "EUR 6.0 m"
    assert groups.revenue_words(workshop, ("dew", "fir", "ivy")) == "EUR 4.0 m, known of 2 of 3"
    assert groups.revenue_words(workshop, ("Quiet", "jay")) == "revenue unknown"
    assert groups._revenue(workshop, ("dew", "fir", "gum", "ivy", "nobody")) == 6e6


def test_the_page_lists_groups_with_their_companies_and_revenue() -> None:
    tab = page("customers", stored(*SCORED))
    assert "**Dew** · EUR 6.0 m" in shown(tab)
    assert ":gray[Fir, Gum]" in shown(tab)
    assert "**Nordic Group** · EUR 9.0 m" in shown(tab)


def test_a_group_is_judged_as_one_and_apart_again_each_by_one_button() -> None:
    workshop = stored(*SCORED)
    tab = page("customers", workshop)
    tab.button(key="group_dew").click().run()
    assert present(workshop).groups["dew"].members == ("fir", "gum")
    assert tab.button(key="group_dew").label == "Judge apart"
    shown(tab)
    tab.button(key="group_dew").click().run()
    assert present(workshop).groups == {}
    assert set(present(workshop).customers) == {"dew", "fir", "gum", "hop"}


def test_a_company_that_came_in_later_is_told_and_taken_in_by_one_button() -> None:
    together = JudgeAsOne(group="dew", name="Dew", members=("fir", "gum"))
    workshop = stored(*SCORED, together, people(ivy=("Dew", 5.0)))
    tab = page("customers", workshop)
    assert ":orange[1 more company names it: Ivy]" in shown(tab)
    tab.button(key="joining_dew").click().run()
    assert present(workshop).groups["dew"].members == ("fir", "gum", "ivy")
    assert "more company" not in shown(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).groups["dew"].members == ("fir", "gum")


def test_a_company_that_names_another_parent_is_told_and_let_out_by_one_button() -> None:
    together = JudgeAsOne(group="dew", name="Dew", members=("fir", "gum"))
    workshop = stored(*SCORED, together, people(fir=("[Zeta](x)", 1e6)))
    tab = page("customers", workshop)
    assert ":orange[1 names another parent: Fir ([Zeta](x))]" in shown(tab)
    tab.button(key="leaving_dew").click().run()
    assert present(workshop).groups["dew"].members == ("gum",)
    assert "**[Zeta](x)**" in shown(tab)


def test_a_group_that_all_companies_left_is_judged_apart() -> None:
    together = JudgeAsOne(group="dew", name="Dew", members=("fir",))
    workshop = stored(*SCORED, together, people(fir=("Zeta", 1e6), dew=("Yew", 3e6)))
    tab = page("customers", workshop)
    assert "It names Yew as its own parent" in shown(tab)
    tab.button(key="leaving_dew").click().run()
    assert present(workshop).groups == {}


def test_groups_of_which_parents_say_more_by_now_stand_first() -> None:
    together = JudgeAsOne(group="dew", name="Dew", members=("fir", "gum"))
    tab = page("customers", stored(*SCORED, together, people(ivy=("Dew", 5.0))))
    names = [one.value for one in tab.markdown if one.value.startswith("**")]
    assert [name.split("**")[1] for name in names][:2] == ["Dew", "Nordic Group"]


def test_judging_as_one_is_one_undo_step() -> None:
    workshop = stored(*SCORED)
    tab = page("customers", workshop)
    tab.button(key="group_Nordic Group").click().run()
    assert "Nordic Group" in present(workshop).customers
    tab.button(key="undo").click().run()
    assert "Nordic Group" not in present(workshop).customers
    assert present(workshop).groups == {}


def test_a_parent_that_is_no_customer_is_made_for_the_group_and_goes_with_it() -> None:
    workshop = stored(*SCORED)
    tab = page("customers", workshop)
    tab.button(key="group_Nordic Group").click().run()
    assert present(workshop).customers["Nordic Group"].name == "Nordic Group"
    tab.button(key="group_Nordic Group").click().run()
    assert set(present(workshop).customers) == {"dew", "fir", "gum", "hop"}


def test_many_companies_and_many_groups_are_counted() -> None:
    large = {f"m{n}": ("Parent", 1.0) for n in range(groups.FEW + 3)}
    small = {f"s{n}": (f"Parent {n}", None) for n in range(groups.MOST + 1)}
    tab = page("customers", stored(SCORED[0], people(**large, **small)))
    assert "M0, M1, M2, M3 and 3 more" in shown(tab)
    assert "and 2 smaller ones" in shown(tab)
    assert len([one for one in tab.button if str(one.key).startswith("group_")]) == groups.MOST


def test_without_parents_nothing_is_shown() -> None:
    tab = page("customers", stored(SCORED[0], people(ash=("", 1.0))))
    assert not [one for one in tab.button if str(one.key).startswith("group_")]
    assert "A group judged as one" not in shown(tab)
