"""The portfolio page: treatment by class, concentration, year three, and what is at risk."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeEconomics, Forecast, OverrideClass
from kam.model import Class, Economics
from kam.ui import portfolio, rooms
from kam.ui.frame import VIEWS
from kam.ui.portfolio import HOLDINGS, MATRIX, QUESTION, RISK, YEARS
from tests.apps import ROOT, example, present, room_after, scored, shown, stored
from tests.workshops import customer, places

PATH = VIEWS["portfolio"][0]
EVERY = [MATRIX, HOLDINGS, YEARS, RISK]
NAMES = [(f"Customer {n}", (9.0 - n, 8.0 - n / 2)) for n in range(8)]


def opened(workshop: str = "", view: str = MATRIX) -> AppTest:
    """The page in a fresh tab, in one of its views."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if workshop:
        tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    return turned(tab, view) if workshop and view != MATRIX else tab


def turned(tab: AppTest, view: str) -> AppTest:
    """The same tab in another view."""
    return tab.segmented_control(key="portfolio_view").set_value(view).run()


def title(tab: AppTest) -> str:
    return str(tab.title[0].value)


def links(tab: AppTest) -> list[str]:
    return [link.proto.label for link in tab.get("page_link")]


# --- cold, empty ----------------------------------------------------------------------------------


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(opened())


@pytest.mark.parametrize("view", EVERY)
def test_an_empty_workshop_asks_the_question_and_shows_the_way(view: str) -> None:
    tab = opened(stored(), view)
    assert title(tab) == QUESTION
    assert "Score customers first" in shown(tab)
    assert "Score customers" in links(tab)
    assert not tab.error


def test_customers_that_nobody_scored_already_have_their_revenue() -> None:
    people = {key: customer(key, revenue=5.0, industry="Retail") for key in ("ash", "bay")}
    tab = opened(stored(BringIn(origin="a list", customers=people)), HOLDINGS)
    shown(tab)
    assert len(tab.get("vega_lite_chart")) == 2
    assert not tab.error


def test_without_a_key_account_there_is_none_to_lose() -> None:
    tab = opened(stored(*scored([("Ash", (2.0, 2.0))])), RISK)
    assert "No customer is key yet" in shown(tab)
    assert title(tab) == "There is no key account to lose"


@pytest.mark.parametrize("view", EVERY)
def test_hostile_names_stay_text(view: str) -> None:
    rows = [(f"<b>{n}</b> $x$ [a](b)", (9.0, 8.0 - n / 2)) for n in range(5)]
    sectors = {f"c{n}": customer(f"c{n}", industry="[x](y) <i>") for n in range(5)}
    tab = opened(stored(*scored(rows), BringIn(origin="a list", customers=sectors)), view)
    shown(tab)
    assert not tab.error
    assert "](" not in "\n".join(one.value for one in (*tab.markdown, *tab.caption))


# --- the example ----------------------------------------------------------------------------------


def test_the_example_tells_how_each_class_is_treated() -> None:
    tab = opened(example())
    text = shown(tab)
    assert title(tab).startswith("8 of 40 customers are key")
    for klass, count in zip(Class, (5, 3, 13, 19), strict=True):
        assert f"{klass.label} · {count}" in text
    assert "room for 6,000 hours on Split" in text
    assert "Serve at low cost: 5" in text
    assert "See the plans" in links(tab)


def test_the_example_tells_on_whom_its_revenue_hangs() -> None:
    tab = opened(example(), HOLDINGS)
    shown(tab)
    assert title(tab) == "8 key accounts carry 30 % of revenue; the 3 largest 27 %"
    assert tab.get("vega_lite_chart")


def test_the_example_tells_where_customers_stand_in_three_years() -> None:
    tab = opened(example(), YEARS)
    assert "7 customers of 40 have a forecast" in shown(tab)
    assert title(tab).startswith("In three years")
    assert "In three years" in tab.dataframe[0].value.columns


def test_the_example_tells_what_speaks_for_a_loss() -> None:
    tab = opened(example(), RISK)
    text = shown(tab)
    assert "of 5 warning signs" in text
    assert "We talk to" in text
    assert len(tab.selectbox(key="at_risk").options) == 8


# --- in three years -------------------------------------------------------------------------------


def test_without_a_forecast_the_way_to_one_is_shown() -> None:
    tab = opened(stored(*scored(NAMES)), YEARS)
    assert "No customer has a forecast yet." in shown(tab)
    assert "Change a forecast" in links(tab)


def test_a_forecast_that_changes_nothing_says_so() -> None:
    same = Forecast(criterion="a", customer="c0", level=8.9)
    tab = opened(stored(*scored(NAMES), same), YEARS)
    assert "Every customer keeps its class." in shown(tab)


# --- an edit through the widget -------------------------------------------------------------------


def test_a_contract_written_here_is_in_the_store_and_counts_as_a_sign() -> None:
    workshop = stored(*scored(NAMES))
    tab = opened(workshop, RISK)
    opened_one = str(tab.selectbox(key="at_risk").value)
    tab.date_input(key=f"contract.{opened_one}").set_value(date(2020, 5, 1)).run()
    assert present(workshop).customers[opened_one].economics.contract_until == date(2020, 5, 1)
    assert "The contract ended on 1 May 2020." in shown(tab)
    assert "1 of" in title(tab)
    assert "The contract ended on 1 May 2020." in shown(opened(workshop, RISK))


def test_a_contract_can_be_taken_away_again_and_undo_brings_it_back() -> None:
    workshop = stored(*scored(NAMES))
    until = Economics(contract_until=date(2020, 5, 1))
    rooms.store().write(workshop, ChangeEconomics(customer="c0", economics=until))
    tab = opened(workshop, RISK)
    tab.date_input(key="contract.c0").set_value(None).run()
    assert present(workshop).customers["c0"].economics.contract_until is None
    tab.button(key="undo").click().run()
    assert present(workshop).customers["c0"].economics == until


def test_the_key_account_that_is_open_stays_open_from_view_to_view() -> None:
    tab = opened(stored(*scored(NAMES)), RISK)
    tab.selectbox(key="at_risk").set_value("c2").run()
    assert tab.selectbox(key="at_risk").value == "c2"
    again = turned(turned(tab, MATRIX), RISK)
    assert again.selectbox(key="at_risk").value == "c2"


def test_a_decision_made_elsewhere_is_seen_here() -> None:
    workshop = stored(*scored(NAMES))
    before = title(opened(workshop))
    rooms.store().write(
        workshop, OverrideClass(customer="c0", klass=Class.LOW_PRIORITY, by="Ines", reason="No fit")
    )
    assert title(opened(workshop)) != before


def test_in_a_crowd_only_key_accounts_and_close_calls_are_named() -> None:
    rows = [(f"Customer {n}", (n / 10, n / 10)) for n in range(100)]
    result = room_after(*scored(rows), places(20)).assessment
    named = portfolio._named(result)
    judged = result.judged
    key = [one for one, standing in judged.items() if standing.klass and standing.klass.is_key]
    assert named == set(key[: portfolio.MOST_NAMED])
    few = room_after(*scored(rows[-portfolio.CROWD :])).assessment
    assert len(portfolio._named(few)) == portfolio.MOST_NAMED
    poor = room_after(*scored([(name, (one / 10, two)) for name, (one, two) in rows])).assessment
    assert all(poor.judged[key].close for key in portfolio._named(poor))


def test_of_very_many_customers_an_even_part_is_drawn_and_said() -> None:
    rows = [(f"Customer {n}", (n / 150, n / 150)) for n in range(1400)]
    tab = opened(stored(*scored(rows)))
    assert "of 1,400 customers, evenly chosen." in shown(tab)


def test_key_accounts_that_do_not_fit_are_counted_and_can_be_opened() -> None:
    rows = [(f"Customer {n}", (9.0, 9.0)) for n in range(30)]
    tab = opened(stored(*scored(rows)), RISK)
    assert "Drawn are 12 of 30 key accounts" in shown(tab)
    tab.selectbox(key="at_risk").set_value("c29").run()
    assert "0 of 5 warning signs, 5 not known" in shown(tab)


def test_a_customer_that_finds_no_room_in_three_years_is_named() -> None:
    workshop = stored(*scored(NAMES[:2]), places(1))
    for customer_id, level in (("c0", 9.0), ("c1", 9.5)):
        forecast = Forecast(criterion="a", customer=customer_id, level=level)
        rooms.store().write(workshop, forecast)
    rooms.store().write(workshop, Forecast(criterion="s", customer="c1", level=9.0))
    text = shown(opened(workshop, YEARS))
    assert "Customer 0 will be in the key zone, but our capacity ends before it." in text
    assert "2 customers in another class:" in text
