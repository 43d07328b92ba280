"""Groups judged as one customer: their figures add up, and nothing is averaged."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    AnswerTies,
    AskForTies,
    BringIn,
    DeclareInterests,
    Edit,
    JudgeAsOne,
    MarkBest,
    PutCriterion,
    PutMember,
    RecallCustomers,
    SealGutList,
    VoteScores,
)
from kam.method.assessment import assess
from kam.method.capital import capital
from kam.method.evidence import scores_from_figures
from kam.method.groups import SUMMED_ECONOMICS, combined, joined, together
from kam.model import Customer, Economics, Group, Member, Profile, Recall, Workshop
from kam.validated import changed
from tests.workshops import A, S, after, by_hand, criterion, customer, made, scores


def company(key: str, facts: dict[str, float] | None = None, **profile: Any) -> Customer:  # noqa: ANN401 - any field of a profile
    named = {f"ledger.{name}": value for name, value in (facts or {}).items()}
    return Customer(id=key, name=key.capitalize(), profile=Profile(**profile), facts=named)


def group(*companies: Customer) -> Customer:
    """The first company, with the figures of all."""
    workshop = made(BringIn(origin="a test", customers={one.id: one for one in companies}))
    first, *others = companies
    return together(workshop, Group(id=first.id, members=tuple(one.id for one in others)))


# --- figures --------------------------------------------------------------------------------------


def test_money_adds_up_and_margin_is_weighted_by_revenue() -> None:
    found = group(
        company("top", revenue=300, margin_pct=10, capital_employed=5, cost_to_serve=1),
        company("ann", revenue=100, margin_pct=50, capital_employed=-2, cost_to_serve=7),
    ).profile
    assert (found.revenue, found.margin_pct) == (400, 20)  # (30 + 50) / 400
    assert (found.cost_to_serve, found.capital_employed) == (8, 3)


def test_capital_stated_by_one_company_and_itemised_by_another_adds_up() -> None:
    parts = dict.fromkeys(("stock", "assets", "contract_assets", "advances", "payables"), 0.0)
    itemised = company("ann", revenue=100)
    itemised = changed(itemised, economics=Economics(receivables=4, **parts))
    found = group(company("top", revenue=300, capital_employed=5), itemised)
    assert capital(found).amount == 9


def test_cost_and_capital_of_one_company_are_not_those_of_the_group() -> None:
    """Profit of both over the capital of one would be a return that nobody earns."""
    found = group(
        company("top", revenue=5.8e6, margin_pct=20, capital_employed=None),
        company("ann", revenue=1e6, margin_pct=20, capital_employed=9e5, cost_to_serve=1e5),
    ).profile
    assert (found.cost_to_serve, found.capital_employed) == (None, None)
    assert found.revenue == 6.8e6


def test_revenue_is_told_as_far_as_it_is_known_and_the_margin_is_not() -> None:
    found = group(
        company("top", revenue=300, margin_pct=10), company("ann", cost_to_serve=7)
    ).profile
    assert (found.revenue, found.margin_pct) == (300, None)


def test_a_holding_of_which_no_figure_is_known_takes_none_from_its_companies() -> None:
    found = group(
        company("top"),
        company("ann", revenue=300, cost_to_serve=7, capital_employed=9),
        company("bea", revenue=100, cost_to_serve=3, capital_employed=1),
    ).profile
    assert (found.revenue, found.cost_to_serve, found.capital_employed) == (400, 10, 10)


def test_a_margin_is_unknown_where_a_company_that_buys_has_none() -> None:
    found = group(company("top", revenue=300, margin_pct=10), company("ann", revenue=100))
    assert found.profile.margin_pct is None


def test_a_company_that_buys_nothing_takes_no_margin_away() -> None:
    found = group(company("top", revenue=300, margin_pct=10), company("ann"))
    assert found.profile.margin_pct == 10


def test_what_no_company_knows_stays_unknown() -> None:
    found = group(company("top"), company("ann"))
    assert found.profile == Profile()
    assert found.facts == {}


def test_growth_and_margin_of_a_ledger_come_from_the_sums() -> None:
    found = group(
        company("top", {"revenue_12m": 100, "revenue_prior_12m": 50, "gross_margin": 10}),
        company("ann", {"revenue_12m": 100, "revenue_prior_12m": 150, "gross_margin": 30}),
    ).facts
    assert found["ledger.growth_pct"] == 0
    assert found["ledger.margin_pct"] == 20


def test_a_group_ordered_when_the_last_of_its_companies_did() -> None:
    found = group(
        company("top", {"recency_days": 90, "tenure_days": 900, "orders_12m": 3}),
        company("ann", {"recency_days": 9, "tenure_days": 400, "orders_12m": 4}),
    ).facts
    assert found["ledger.recency_days"] == 9
    assert found["ledger.tenure_days"] == 900
    assert found["ledger.orders_12m"] == 7


@pytest.mark.parametrize("fact", ["gross_margin", "cost_to_serve"])
def test_what_the_ledger_lacks_of_one_company_it_lacks_of_the_group(fact: str) -> None:
    both = company("top", {"revenue": 9, fact: 4})
    assert group(both, company("ann", {"revenue": 1, fact: 2})).facts[f"ledger.{fact}"] == 6
    assert f"ledger.{fact}" not in group(both, company("ann", {"revenue": 1})).facts
    assert group(both, company("ann")).facts[f"ledger.{fact}"] == 4  # it is not in the ledger


def test_what_cannot_be_added_up_is_unknown_and_other_figures_are_the_parents_own() -> None:
    top = company("top", {"volatility_pct": 12, "lines": 4})
    top = changed(top, facts={**top.facts, "Employees": 70.0})
    found = group(top, company("ann", {"volatility_pct": 30, "lines": 1})).facts
    assert found == {"ledger.lines": 5, "Employees": 70}


def test_a_group_does_not_grow_from_nothing() -> None:
    found = group(
        company("top", {"revenue_12m": 9, "revenue_prior_12m": 0}),
        company("ann", {"revenue_12m": 1, "revenue_prior_12m": 0}),
    )
    assert "ledger.growth_pct" not in found.facts


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=5))
def test_the_revenue_of_a_group_is_the_sum_of_its_companies(amounts: list[int]) -> None:
    companies = [company(f"c{at}", revenue=amount) for at, amount in enumerate(amounts)]
    assert group(*companies).profile.revenue == pytest.approx(sum(amounts))


# --- the workshop as it is judged -----------------------------------------------------------------


def test_without_groups_the_workshop_is_judged_as_it_is() -> None:
    workshop = by_hand()
    assert joined(workshop) is workshop


def test_the_companies_of_a_group_are_judged_within_it_and_totals_stay() -> None:
    people = {
        "ash": customer("ash", revenue=5),
        "bay": customer("bay", revenue=7),
        "cob": customer("cob", revenue=1),
    }
    workshop = BringIn(origin="a test", customers=people).apply(by_hand())
    workshop = JudgeAsOne(group="ash", name="Ash", members=("bay",)).apply(workshop)
    whole = assess(workshop)
    assert set(whole.standings) == {"ash", "cob"}
    assert sum(c.profile.revenue or 0 for c in whole.workshop.customers.values()) == 13
    assert set(workshop.scores["a"]) == {"ash", "bay", "cob"}  # the members' scores come back


def test_a_group_is_scored_from_the_figures_of_all_its_companies() -> None:
    people = {"ash": customer("ash", revenue=3), "bay": customer("bay", revenue=4)}
    workshop: Workshop = after(
        made(PutCriterion(criterion=criterion("a", A, column="revenue"))),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers=people),
        scores(("s",), {"ash": (5,)}),
        JudgeAsOne(group="ash", name="Ash", members=("bay",)),
    )
    found = scores_from_figures(workshop)["a"]
    assert {key: score.value for key, score in found.items()} == {"ash": 7}


# --- what was said of a group's companies ---------------------------------------------------------


def grouped(*edits: Edit) -> Workshop:
    """Ash and Bay judged as one, Cob beside them; Ines and Joris take part."""
    people = [PutMember(member=Member(id=key, name=key)) for key in ("ines", "joris")]
    group = JudgeAsOne(group="ash", name="Ash", members=("bay",))
    return joined(after(by_hand(), *people, *edits, group))


def test_lists_name_the_group_once_where_its_first_company_stood() -> None:
    found = grouped(
        RecallCustomers(member="ines", recall=Recall(customers=("cob", "bay", "ash"))),
        RecallCustomers(member="joris", recall=Recall(customers=("bay",), others=("Acme",))),
        SealGutList(member="ines", customers=("bay", "cob")),
        MarkBest(customers=("bay", "cob")),
    )
    assert found.answers.recalled["ines"].customers == ("cob", "ash")
    assert found.answers.recalled["joris"] == Recall(customers=("ash",), others=("Acme",))
    assert found.answers.gut.of == {"ines": ("ash", "cob")}
    assert found.best_relationships == ("ash", "cob")


def test_the_strongest_tie_to_any_company_is_the_tie_to_the_group() -> None:
    found = grouped(AskForTies(asked=True), AnswerTies(ties={"ash": 1, "bay": 3, "cob": 2}))
    assert found.answers.ties.strongest == {"ash": 3, "cob": 2}
    assert found.answers.ties.answers == 1


def test_an_interest_in_a_company_is_one_in_the_group_whose_own_reason_comes_first() -> None:
    found = grouped(
        DeclareInterests(member="ines", interests={"bay": "A brother", "cob": "A share"}),
        DeclareInterests(member="joris", interests={"bay": "A cousin", "ash": "A seat"}),
    )
    assert found.answers.interests == {
        "ines": {"ash": "A brother", "cob": "A share"},
        "joris": {"ash": "A seat"},
    }


def test_votes_on_companies_are_votes_on_the_group_and_its_own_come_first() -> None:
    found = grouped(
        VoteScores(member="ines", criterion="s", steps={"ash": 5, "bay": 2, "cob": 1}),
        VoteScores(member="joris", criterion="s", steps={"bay": 3}),
        VoteScores(member="joris", criterion="a", steps={"cob": 4}),
    )
    assert found.votes == {
        "s": {"ash": {"ines": 5, "joris": 3}, "cob": {"ines": 1}},
        "a": {"cob": {"joris": 4}},
    }


def test_of_votes_on_several_companies_the_middle_one_counts_the_lower_of_two() -> None:
    votes = [
        VoteScores(member="ines", criterion="s", steps={"ash": 1, "bay": 5, "cob": 4}),
        VoteScores(member="joris", criterion="s", steps={"bay": 5, "cob": 2}),
    ]
    people = [PutMember(member=Member(id=key, name=key)) for key in ("ines", "joris")]
    group = JudgeAsOne(group="dew", name="Dew", members=("ash", "bay", "cob"))
    found = joined(after(by_hand(), *people, *votes, group))
    assert found.votes == {"s": {"dew": {"ines": 4, "joris": 2}}}


def test_what_was_said_comes_back_whole_when_the_group_is_judged_apart() -> None:
    workshop = after(
        by_hand(),
        PutMember(member=Member(id="ines", name="Ines")),
        VoteScores(member="ines", criterion="s", steps={"bay": 2}),
        SealGutList(member="ines", customers=("bay",)),
    )
    apart = JudgeAsOne(group="ash", name="Ash", members=("bay",)).apply(workshop)
    assert joined(apart).answers.gut.of == {"ines": ("ash",)}
    assert (apart.votes, apart.answers) == (workshop.votes, workshop.answers)


@given(st.dictionaries(st.sampled_from(["ash", "bay", "cob"]), st.integers(0, 3), min_size=1))
def test_no_tie_to_a_company_is_stronger_than_that_to_its_group(ties: dict[str, int]) -> None:
    found = grouped(AskForTies(asked=True), AnswerTies(ties=ties)).answers.ties.strongest
    assert max(found.values()) == max(ties.values())
    assert set(found) <= {"ash", "cob"}


# --- what a group takes and could bring -----------------------------------------------------------


def of_group(*every: tuple[Economics, float | None]) -> Economics:
    """The economics of companies with these costs to serve, judged as one."""
    return group(
        *(
            Customer(id=f"c{n}", name="C", profile=Profile(cost_to_serve=cost), economics=one)
            for n, (one, cost) in enumerate(every)
        )
    ).economics


def test_hours_gain_and_capital_of_a_group_add_up_where_all_its_companies_are_known() -> None:
    found = of_group(
        (Economics(hours=100, gain=10, added_capital=-2), None),
        (Economics(hours=20, gain=30, one_off=5), 5),
    )
    assert (found.hours, found.gain) == (120, 40)
    assert (found.added_capital, found.one_off) == (None, None)


@pytest.mark.parametrize("name", SUMMED_ECONOMICS)
def test_every_amount_of_a_group_is_the_sum_or_unknown(name: str) -> None:
    """Whatever is added to the economics of a customer is not the parent's alone."""
    one, other = Economics.model_validate({name: 3}), Economics.model_validate({name: 4})
    assert getattr(of_group((one, 1), (other, 1)), name) == 7
    assert getattr(of_group((one, 1), (Economics(), 1)), name) is None


def test_entries_of_one_customer_fill_each_others_gaps() -> None:
    """A customer that stands twice in a ledger is one company, of which one entry knows more."""
    known = company("ash", revenue=3, capital_employed=5)
    found = combined([known, company("ash2", revenue=4)])
    assert (found.id, found.profile.revenue, found.profile.capital_employed) == ("ash", 7, 5)


def test_shares_of_a_group_are_weighted_by_what_they_are_shares_of() -> None:
    found = of_group(
        (Economics(gain=10, gain_probability_pct=80, avoidable_pct=50), 30),
        (Economics(gain=30, gain_probability_pct=40, avoidable_pct=10), 10),
    )
    assert (found.gain_probability_pct, found.avoidable_pct) == (50, 40)


def test_a_share_that_one_company_lacks_is_unknown_for_the_group() -> None:
    found = of_group((Economics(gain=10, gain_probability_pct=80), 1), (Economics(gain=30), 1))
    assert found.gain_probability_pct is None


def test_a_group_is_bound_until_its_last_contract_ends() -> None:
    early, late = date(2027, 1, 1), date(2028, 2, 29)
    assert (
        of_group(
            (Economics(contract_until=late), 1),
            (Economics(), 1),
            (Economics(contract_until=early), 1),
        ).contract_until
        == late
    )
