"""Of `kam.ui.portfolio`: its titles and bars; the page is in tests/pages/test_portfolio.py."""

import pytest

from kam.charts.portfolio import OTHER_FILL, UNKNOWN_FILL
from kam.charts.theme import FILL
from kam.edits import Forecast, SavePlans
from kam.method.portfolio import NO_SECTOR, OTHERS, UNSCORED, Treatment, held
from kam.model import Class, Plan
from kam.ui import portfolio, state
from kam.ui.portfolio import HOLDINGS, MATRIX, RISK, YEARS
from tests.apps import room
from tests.workshops import after, made, placed, places

PLACES = {"ash": (9.0, 8.0), "bay": (6.0, 6.0), "cob": (8.0, 2.0), "dew": (2.0, 9.0)}


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Which view the tab shows, without a browser."""
    kept = {"portfolio_view": MATRIX}
    monkeypatch.setattr(state, "widget", kept.get)
    return kept


@pytest.mark.parametrize("view", [MATRIX, HOLDINGS, YEARS, RISK])
def test_the_title_is_the_question_until_somebody_is_scored(
    chosen: dict[str, str], view: str
) -> None:
    chosen["portfolio_view"] = view
    assert portfolio.title(room(made())) == portfolio.QUESTION


@pytest.mark.parametrize(
    ("view", "told"),
    [
        (MATRIX, "2 of 4 customers are key; 4 have no plan yet"),
        (HOLDINGS, "2 key accounts carry 50 % of revenue; the 3 largest 75 %"),
        (YEARS, "Nobody has said yet where customers will stand in three years"),
        (RISK, "No warning sign; of 2 key accounts we know too little"),
    ],
)
def test_each_view_has_its_message(chosen: dict[str, str], view: str, told: str) -> None:
    chosen["portfolio_view"] = view
    assert portfolio.title(room(placed(PLACES, revenue=1e6))) == told


def test_the_title_tells_who_is_not_scored_apart_from_who_has_no_plan(
    chosen: dict[str, str],
) -> None:
    chosen["portfolio_view"] = MATRIX
    some = {**PLACES, "new": (None, None)}
    told = portfolio.title(room(placed(some)))
    assert told == "2 of 5 are key; 4 lack a plan, 1 a score"
    plans = {key: Plan(customer=key, template="L2") for key in PLACES}
    planned = portfolio.title(room(after(placed(some), SavePlans(plans=plans))))
    assert planned == "2 of 5 customers are key; 1 is not scored yet"


def test_without_known_revenue_the_title_claims_nothing(chosen: dict[str, str]) -> None:
    chosen["portfolio_view"] = HOLDINGS
    told = portfolio.title(room(placed(PLACES)))
    assert told == "We do not know yet what each customer buys"


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (7.0, "In three years 3 customers are key; 2 today"),
        (3.0, "In three years 2 customers are key, as many as today"),
    ],
)
def test_the_title_of_year_three_compares_with_today(
    chosen: dict[str, str], level: float, told: str
) -> None:
    chosen["portfolio_view"] = YEARS
    later = after(placed(PLACES), Forecast(criterion="s", customer="cob", level=level))
    assert portfolio.title(room(later)) == told


def test_one_key_account_is_spoken_of_as_one(chosen: dict[str, str]) -> None:
    workshop = after(placed(PLACES, revenue=1e6), places(1))
    assert portfolio.title(room(workshop)).startswith("1 of 4 customers is key")
    chosen["portfolio_view"] = HOLDINGS
    assert portfolio.title(room(workshop)).startswith("1 key account carries 25 %")


def test_a_part_below_one_percent_is_not_called_nothing() -> None:
    assert portfolio._percent(0.004) == "under 1 %"
    assert portfolio._percent(0.0) == "0 %"
    assert portfolio._percent(0.006) == "1 %"


def test_what_a_class_holds_is_told_as_far_as_it_is_known() -> None:
    full = Treatment(Class.KEY_CORE, 4, 0.31, 2000.0, {"K2": 3}, 1)
    assert portfolio._facts(full, 31) == [
        "31 % of revenue",
        "room for 2,000 hours on Split",
        "Key account, core: 3",
        "no plan yet: 1",
    ]
    assert portfolio._facts(Treatment(Class.LOW_PRIORITY, 0, None, 0.0, {}, 0), 0) == []


def test_every_class_has_a_treatment() -> None:
    assert set(portfolio.TREATED) == set(Class)


def test_a_bar_says_how_much_of_it_is_known() -> None:
    groups = {"One": ["a"], "Two": ["b", "c"]}
    some = portfolio._bar(held("Revenue", {"a": 3.0, "b": 1.0, "c": None}), groups, ["x"])
    assert (some.shares, some.note, some.beside) == ((0.75, 0.25), "known of 2 of 3", ("x",))
    assert portfolio._bar(held("Revenue", {"a": 3.0}), groups, []).note == "all known"
    bare = portfolio._bar(held("Revenue", {"a": None}), groups, [])
    assert (bare.shares, bare.note) == ((), "")


def test_beside_a_bar_stand_the_three_largest_and_how_many_equal_ones_it_is_like() -> None:
    four = held("Revenue", dict.fromkeys("abcd", 5.0))
    assert portfolio._top(four) == ["3 largest: 75 %", "as 4 equal customers"]
    assert portfolio._top(held("Revenue", {"a": None})) == []


def test_beside_a_bar_of_sectors_stands_the_known_one_that_holds_most() -> None:
    groups = {"Retail": ["a"], "Steel": ["b"], OTHERS: ["c"], NO_SECTOR: ["d"]}
    sold = held("Revenue", {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0})
    assert portfolio._leading(sold, groups) == ["Steel: 20 %"]
    assert portfolio._leading(sold, {NO_SECTOR: ["a", "b", "c", "d"]}) == []


def test_classes_have_their_colours_and_what_is_unknown_has_none() -> None:
    [core, unscored] = portfolio._class_parts({Class.KEY_CORE.label: [], UNSCORED: []})
    assert (core.fill, unscored.fill) == (FILL[Class.KEY_CORE], UNKNOWN_FILL)


def test_sectors_have_different_colours() -> None:
    names = [*(f"S{n}" for n in range(5)), OTHERS, NO_SECTOR]
    fills = [part.fill for part in portfolio._sector_parts({name: [] for name in names})]
    assert len(set(fills)) == len(names)
    assert fills[-2:] == [OTHER_FILL, UNKNOWN_FILL]
