"""`kam.method.fed_by`: the sentence beside a score, whichever figure feeds it, and its unit."""

import pytest

from kam.edits import BringIn, ChangeProfile, PutCriterion
from kam.method.fed_by import (
    column_sentence,
    customer_sentence,
    fed_by,
    figure_words,
    range_words,
    same_unit,
    scale_words,
)
from kam.model import Customer, FactKind, Profile, Workshop
from tests.workshops import A, after, criterion, made

PERIOD, COVERAGE = "12 months to 31 May 2025", "2 of 2 customers"
KINDS = {
    key: FactKind(
        key=key, label=label, unit=unit, origin="orders.csv", period=PERIOD, coverage=COVERAGE
    )
    for key, label, unit in (
        ("ledger.revenue_12m", "Revenue in the last 12 months", "EUR"),
        ("ledger.margin_pct", "Margin", "% of revenue"),
        ("ledger.cost_to_serve", "Cost to serve in the last 12 months", "EUR"),
    )
}
VANS = FactKind(key="Vans", label="Vans", origin="list.csv")


def workshop() -> Workshop:
    """Ash with the figures of a ledger and their copies, Bay with typed revenue, Cob unknown."""
    ash = Customer(
        id="ash",
        name="Ash",
        profile=Profile(revenue=66_139.0, margin_pct=12.5, cost_to_serve=7.0),
        facts={
            "ledger.revenue_12m": 66_139.0,
            "ledger.margin_pct": 12.5,
            "ledger.cost_to_serve": 7.0,
            "Vans": 3.0,
        },
    )
    bay = Customer(id="bay", name="Bay", profile=Profile(revenue=300.0))
    people = {"ash": ash, "bay": bay, "cob": Customer(id="cob", name="Cob")}
    return made(BringIn(origin="x", customers=people, fact_kinds={**KINDS, "Vans": VANS}))


def told(column: str, customer: str = "ash") -> str:
    """The sentence about one customer's figure."""
    return customer_sentence(workshop(), workshop().customers[customer], column)


@pytest.mark.parametrize(
    ("column", "begins"),
    [
        ("ledger.revenue_12m", "Revenue in the last 12 months: 66,139 EUR"),
        ("revenue", "Revenue, last 12 months: 66,139 EUR"),
        ("margin_pct", "Margin: 12.5 % of revenue"),
        ("cost_to_serve", "Cost to serve: 7 EUR"),
    ],
)
def test_a_figure_of_a_ledger_has_unit_period_and_coverage_as_a_copy_too(
    column: str, begins: str
) -> None:
    assert told(column) == f"{begins}; {PERIOD}; {COVERAGE}; from orders.csv"


def test_a_figure_that_was_typed_says_so_and_for_how_many_it_is_known() -> None:
    assert told("revenue", "bay") == (
        "Revenue, last 12 months: 300 EUR; known for 2 of 3 customers; typed by hand or from a list"
    )


def test_a_typed_figure_that_took_the_place_of_the_ledgers_has_not_its_period() -> None:
    typed = after(workshop(), ChangeProfile(customer="ash", profile=Profile(revenue=5.0)))
    sentence = customer_sentence(typed, typed.customers["ash"], "revenue")
    assert PERIOD not in sentence
    assert "typed by hand or from a list" in sentence


def test_a_column_of_a_list_is_told_with_its_file_and_its_coverage() -> None:
    assert told("Vans") == "Vans: 3; known for 1 of 3 customers; from list.csv"


@pytest.mark.parametrize("column", ["", "nothing", "ledger.revenue_12m"])
def test_what_is_unknown_has_no_sentence(column: str) -> None:
    assert told(column, "cob") == ""


def test_a_column_is_told_as_a_whole_and_by_source_where_there_are_several() -> None:
    assert column_sentence(workshop(), "ledger.revenue_12m") == (
        f"Revenue in the last 12 months, EUR. {PERIOD}; {COVERAGE}; from orders.csv"
    )
    assert column_sentence(workshop(), "revenue") == (
        f"Revenue, last 12 months, EUR. For 1: {PERIOD}; {COVERAGE}; from orders.csv. "
        "For 1: known for 2 of 3 customers; typed by hand or from a list"
    )
    assert column_sentence(workshop(), "Vans").startswith("Vans, unit not known. ")
    assert column_sentence(workshop(), "") == ""


@pytest.mark.parametrize(
    ("figures", "scale"),
    [
        ("EUR", "eur"), ("EUR", "€"), ("EUR", "EUR a year"), ("%", "% per year"), ("% a year", "%"),
        ("% of revenue", "% of  Revenue"), ("EUR", "EUR p.a."), ("count", "count/year"),
    ],
)  # fmt: skip
def test_units_in_other_words_are_the_same(figures: str, scale: str) -> None:
    assert same_unit(figures, scale)


@pytest.mark.parametrize(
    ("figures", "scale"),
    [
        ("EUR", "% of our operating profit"), ("EUR", "EUR m"), ("EUR", "TEUR"), ("EUR", "USD"),
        ("%", "% of revenue"), ("days", "months"), ("", "points"),
    ],
)  # fmt: skip
def test_units_that_differ_are_not_the_same(figures: str, scale: str) -> None:
    assert not same_unit(figures, scale)


def test_the_range_of_the_figures_and_of_the_scale_are_told_with_their_units() -> None:
    fed = fed_by(workshop(), "revenue")
    assert fed is not None
    assert range_words(fed) == "300 to 66,139 EUR"
    level = PutCriterion(
        criterion=criterion("a", A, unit="%", anchors=(20, 15, 10, 5, 0), direction="-")
    )
    assert scale_words(after(workshop(), level).criteria["a"]) == "0 to 20 %"


@pytest.mark.parametrize(
    ("value", "words"),
    [(66_139.0, "66,139"), (1_234_567.0, "1,234,567"), (0.1 + 0.2, "0.3"), (-12.5, "-12.5")],
)
def test_figures_are_written_as_people_write_them(value: float, words: str) -> None:
    assert figure_words(value) == words
