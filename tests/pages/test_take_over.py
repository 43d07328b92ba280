"""`kam.ui.take_over`: figures become scores at once in the scale's unit, else after a question."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, PutCriterion, ScoreCustomer
from kam.model import Customer, FactKind, Profile
from kam.ui.take_over import fits, unit_question
from tests.apps import labels, page, present, shown, stored
from tests.workshops import A, S, criterion, made

PERIOD = "12 months to 31 May 2025"
KIND = FactKind(
    key="ledger.revenue_12m",
    label="Revenue in the last 12 months",
    unit="EUR",
    origin="orders.csv",
    period=PERIOD,
    coverage="2 of 2 customers",
)
PEOPLE = {
    key: Customer(
        id=key,
        name=key.title(),
        profile=Profile(revenue=revenue),
        facts={"ledger.revenue_12m": revenue, "Vans": 3.0},
    )
    for key, revenue in (("ash", 5.0), ("bay", 66_139.0))
}
VANS = FactKind(key="Vans", label="Vans", origin="list.csv")
BROUGHT = BringIn(origin="x", customers=PEOPLE, fact_kinds={KIND.key: KIND, "Vans": VANS})
PERCENT = PutCriterion(
    criterion=criterion("a", A, column="revenue", unit="% of our operating profit")
)
EUROS = PutCriterion(criterion=criterion("s", S, column="ledger.revenue_12m", unit="EUR"))


def button(tab: AppTest, key: str) -> AppTest:
    """The tab after a button."""
    return tab.button(key=key).click().run()


@pytest.mark.parametrize(("edit", "fitting"), [(PERCENT, False), (EUROS, True)])
def test_figures_fit_a_scale_in_their_own_unit(edit: PutCriterion, fitting: bool) -> None:  # noqa: FBT001 - a table's cell
    assert fits(made(BROUGHT, edit), edit.criterion.id) is fitting


def test_figures_without_a_unit_do_not_fit_until_somebody_says_so() -> None:
    vans = PutCriterion(criterion=criterion("a", A, column="Vans", unit="vans"))
    assert not fits(made(BROUGHT, vans), "a")
    assert unit_question(made(BROUGHT, vans), "a").startswith(
        "Criterion a: the figures are 3, without a unit (Vans), the scale is "
    )


def test_money_for_a_scale_in_percent_is_asked_about_with_both_units() -> None:
    tab = page("customers", stored(BROUGHT, PERCENT))
    told = shown(tab)
    assert "Criterion a: the figures are 5 to 66,139 EUR (Revenue, last 12 months)" in told
    assert "% of our operating profit" in told
    assert "Take them over" not in labels(tab)


def test_what_fits_is_taken_at_once_and_what_does_not_only_after_an_answer() -> None:
    workshop = stored(BROUGHT, PERCENT, EUROS)
    tab = page("customers", workshop)
    assert "2 scores can be taken from figures: Criterion s (EUR)" in shown(tab)
    button(tab, "take_over")
    assert set(present(workshop).scores) == {"s"}
    button(tab, "take_over_a")
    assert present(workshop).scores["a"]["bay"].value == 66_139.0
    assert "the figures are" not in shown(tab)


def test_several_scales_in_another_unit_are_one_line_with_a_question_each() -> None:
    other = PutCriterion(criterion=criterion("s", S, column="revenue", unit="EUR m"))
    tab = page("customers", stored(BROUGHT, PERCENT, other))
    assert "The figures of Criterion a, Criterion s are in another unit than the scale." in shown(
        tab
    )
    assert {"take_over_a", "take_over_s"} <= {one.key for one in tab.button}


def test_the_grid_says_at_each_column_what_figures_feed_it() -> None:
    levels = [ScoreCustomer(customer="ash", criterion=key, value=5.0) for key in "as"]
    tab = page("customers", stored(BROUGHT, PERCENT, EUROS, *levels))
    frames = [one.proto.columns for one in tab.dataframe]
    helps = {
        name: config["help"].replace("\\", "")
        for columns in frames
        for name, config in json.loads(columns).items()
        if config.get("help")
    }
    assert helps["Criterion s, EUR"] == (
        f"Figures: Revenue in the last 12 months, EUR. {PERIOD}; 2 of 2 customers; from orders.csv"
    )
    assert PERIOD in helps["Criterion a, % of our operating profit"]


def test_one_customer_has_the_sentence_beside_the_score_whichever_figure_feeds_it() -> None:
    tab = page("customers", stored(BROUGHT, PERCENT, EUROS))
    one = tab.segmented_control(key="customers_view_Scores").set_value("One customer").run()
    told = shown(one).replace("\\", "")
    assert f"Revenue, last 12 months: 5 EUR; {PERIOD}; 2 of 2 customers" in told
    assert f"Revenue in the last 12 months: 5 EUR; {PERIOD}; 2 of 2 customers" in told
