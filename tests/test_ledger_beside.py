"""`kam.method.ledger_beside`: what a ledger says beside scores that it does not feed."""

import pytest

from kam import catalogue
from kam.edits import (
    BringIn,
    ChangeProfile,
    JudgeAsOne,
    PutCriterion,
    PutCustomer,
    PutMember,
    ScoreCustomer,
    VoteScores,
)
from kam.method.assessment import assess
from kam.method.groups import joined
from kam.method.ledger_beside import (
    FAR,
    MEASURES,
    Beside,
    apart,
    apart_words,
    beside,
    column_words,
    far_words,
)
from kam.model import Criterion, Customer, FactKind, Member, Profile, Workshop
from kam.validated import changed
from tests.workshops import after, made

PERIOD, COVERAGE = "12 months to 31 May 2025", "2 of 2 customers"
UNITS = {
    "revenue_12m": "EUR",
    "margin_pct": "% of revenue",
    "growth_pct": "%",
    "gross_margin": "EUR",
    "cost_to_serve": "EUR",
}
KINDS = {
    f"ledger.{key}": FactKind(
        key=f"ledger.{key}", label=key, unit=unit, origin="orders.csv", period=PERIOD,
        coverage=COVERAGE,
    )
    for key, unit in UNITS.items()
}  # fmt: skip
ASH = {"revenue_12m": 1000.0, "gross_margin": -53.0, "margin_pct": -5.3, "growth_pct": 112.9}


def brought(**figures: float) -> Workshop:
    """The common set, and Ash with these figures of a ledger."""
    facts = {f"ledger.{key}": value for key, value in figures.items()}
    ash = Customer(id="ash", name="Ash", facts=facts)
    criteria = [PutCriterion(criterion=catalogue.criterion(key)) for key in catalogue.GOOD_SET]
    people = BringIn(origin="x", customers={"ash": ash}, fact_kinds=KINDS)
    return made(*criteria, people)


def scored(level: float, criterion: str = "A04", **figures: float) -> Workshop:
    score = ScoreCustomer(customer="ash", criterion=criterion, value=level)
    return after(brought(**figures or ASH), score)


def found(workshop: Workshop, criterion: str = "A04") -> Beside:
    """What the ledger says beside Ash's score."""
    one = beside(workshop, workshop.criteria[criterion], "ash")
    assert one is not None
    return one


def test_every_measure_stands_beside_a_criterion_of_the_catalogue() -> None:
    entries = {entry.id: entry for entry in catalogue.CRITERIA}
    assert {entries[key].column for key in MEASURES if key in entries} == MEASURES.keys() - entries
    for key, measures in MEASURES.items():
        if key in entries:
            assert measures is MEASURES[entries[key].column]


def test_the_ledgers_margin_stands_beside_the_net_margin_and_says_how_it_differs() -> None:
    one = found(scored(23.6))
    assert one.told == (
        f"Margin in the ledger: −5.3 % of revenue; {PERIOD}. It is before cost to serve, which "
        "the criterion takes off."
    )
    assert one.rests_on == f"{COVERAGE}; from orders.csv"
    assert (one.level, one.score, one.far) == (-5.3, 23.6, True)


def test_where_the_ledger_has_cost_to_serve_the_margin_after_it_is_the_nearer_one() -> None:
    one = found(scored(10, revenue_12m=200, gross_margin=50, cost_to_serve=20, margin_pct=25))
    assert one.level == 15
    assert one.told.startswith("Margin after cost to serve in the ledger: 15 % of revenue")
    assert "Rebates" in one.told


def test_cost_to_serve_in_percent_is_made_of_two_sums_and_means_the_same() -> None:
    one = beside(brought(revenue_12m=200, cost_to_serve=20), catalogue.criterion("A06"), "ash")
    assert one is not None
    assert one.told == f"Cost to serve in the ledger: 10 % of revenue; {PERIOD}."
    for revenue in (0, -5):
        nothing = brought(revenue_12m=revenue, cost_to_serve=20)
        assert beside(nothing, catalogue.criterion("A06"), "ash") is None


@pytest.mark.parametrize(
    ("criterion", "figure", "differs"),
    [("A03", ": 113 %;", "It looks back"), ("S01", ": 1,000 EUR;", "It is our part alone")],
)
def test_what_only_nearly_means_the_same_says_so_and_is_never_compared(
    criterion: str, figure: str, differs: str
) -> None:
    one = found(scored(0.0, criterion), criterion)
    assert figure in one.told
    assert differs in one.told
    assert not one.far


@pytest.mark.parametrize(
    ("score", "level", "far"),
    [
        (15.0, 8.0, True),  # a step apart
        (15.0, 8.1, False),
        (0.0, -50.0, False),  # both are worth nothing
        (23.6, -5.3, True),
    ],
)
def test_a_score_is_far_from_a_step_of_its_scale_on(score: float, level: float, far: bool) -> None:  # noqa: FBT001 - a table
    one = found(scored(score, margin_pct=level))
    assert (one.far, bool(far_words(one))) == (far, far)


def test_far_words_name_the_score() -> None:
    told = far_words(found(scored(23.6)))
    assert told == "The score, 23.6, is a step of the scale or more away from this."


def test_without_a_score_a_scale_or_the_same_unit_nothing_is_compared() -> None:
    assert not found(brought(**ASH)).far
    other = changed(catalogue.criterion("A04"), unit="EUR")
    assert not found(after(scored(23.6), PutCriterion(criterion=other))).far
    open_ = changed(catalogue.criterion("A04"), anchors=None)
    assert not found(after(scored(23.6), PutCriterion(criterion=open_))).far


def test_votes_that_stand_for_a_score_are_compared_like_one() -> None:
    votes = VoteScores(member="m", criterion="A04", steps={"ash": 5})
    one = found(after(brought(**ASH), PutMember(member=Member(id="m", name="Mo")), votes))
    assert (one.score, one.far) == (30.0, True)


@pytest.mark.parametrize("column", ["ledger.margin_pct", "margin_pct"])
def test_a_measure_that_feeds_the_score_is_not_told_twice(column: str) -> None:
    fed = changed(catalogue.criterion("A04"), column=column)
    workshop = after(brought(**ASH), PutCriterion(criterion=fed))
    if column == "margin_pct":
        workshop = after(workshop, ChangeProfile(customer="ash", profile=Profile(margin_pct=-5.3)))
    assert beside(workshop, fed, "ash") is None
    typed = ChangeProfile(customer="ash", profile=Profile(margin_pct=40.0))
    beside_it = beside(after(workshop, typed), fed, "ash")
    assert (beside_it is None) == (column == "ledger.margin_pct")


def test_a_criterion_of_its_own_and_a_customer_without_figures_have_nothing_beside() -> None:
    own = Criterion(id="C1", name="Net account margin", axis=catalogue.criterion("A04").axis)
    assert beside(brought(**ASH), own, "ash") is None
    assert beside(brought(), catalogue.criterion("A04"), "ash") is None
    assert beside(brought(**ASH), catalogue.criterion("A04"), "nobody") is None


def test_a_criterion_is_known_by_its_column_too() -> None:
    own = changed(catalogue.criterion("A04"), id="C1", name="What stays")
    assert beside(brought(**ASH), own, "ash") is not None


def test_a_group_is_told_the_figures_of_all_its_companies() -> None:
    workshop = brought(revenue_12m=200, gross_margin=50, margin_pct=25)
    facts = {"ledger.revenue_12m": 200.0, "ledger.gross_margin": 10.0, "ledger.margin_pct": 5.0}
    workshop = after(
        workshop,
        PutCustomer(customer=Customer(id="bay", name="Bay", facts=facts)),
        JudgeAsOne(group="ash", name="Ash", members=("bay",)),
    )
    one = beside(joined(workshop), catalogue.criterion("A04"), "ash")
    assert one is not None
    assert one.level == pytest.approx(15)


def test_a_column_tells_period_and_coverage_and_nothing_where_nobody_has_a_figure() -> None:
    criterion = catalogue.criterion("A04")
    told = column_words(brought(**ASH), criterion)
    assert told == (
        f"Margin, % of revenue. {PERIOD}; {COVERAGE}; from orders.csv. It is before cost to "
        "serve, which the criterion takes off."
    )
    assert column_words(brought(), criterion) == ""
    fed = changed(criterion, column="ledger.margin_pct")
    assert column_words(brought(**ASH), fed) == ""


def test_scores_far_from_the_ledger_are_counted_with_the_first_by_name() -> None:
    result = assess(scored(23.6))
    assert [(one.customer, one.criterion) for one in apart(result)] == [("ash", "A04")]
    assert apart_words(result) == (
        "1 score lies a step of the scale or more away from what the ledger says: "
        "Ash (Net account margin 23.6, ledger −5.3)."
    )
    assert apart_words(assess(brought(**ASH))) == ""
    assert apart_words(assess(scored(1.0, margin_pct=2.0))) == ""


def test_a_step_is_the_distance_of_two_anchors() -> None:
    assert FAR == 2.5
