"""From a workshop to the figures of hours, returns and exits: by hand, and with a real ledger."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    ChangeEconomics,
    JudgeAsOne,
    OverrideClass,
    PutCriterion,
    SetCapacity,
    SetHoursPolicy,
    SetPoints,
)
from kam.intake.bring_in import LEDGER, from_ledger
from kam.intake.orders.ledger import read_ledger
from kam.method.account_figures import (
    COLLECTED,
    FOR_HOURS,
    FOR_RETURN,
    AccountFigures,
    account,
    added,
    cost_of_goods,
    few,
    gain,
    increment,
    stranded,
)
from kam.method.assessment import assess
from kam.method.frontier import Demand
from kam.method.incremental import Effect
from kam.method.portfolio import UNSCORED
from kam.method.resources import Share
from kam.method.returns import SELF_FINANCING, contribution, operating_profit
from kam.method.shifts import Shift
from kam.model import (
    Capacity,
    Class,
    Customer,
    Economics,
    HoursPolicy,
    Profile,
    Workshop,
)
from kam.validated import changed
from tests.ledgers import choices
from tests.workshops import TODAY, A, S, after, criterion, customer, made, scores

KNOWN = Profile(revenue=1000, margin_pct=40, cost_to_serve=100, capital_employed=500)
PLANNED = Economics(
    hours=80, gain=200, gain_probability_pct=50, added_capital=150, one_off=50,
    avoidable_pct=60, avoidable_overhead=100,
)  # fmt: skip


def one(profile: Profile = KNOWN, economics: Economics = PLANNED) -> Customer:
    """A customer of which everything is known."""
    return Customer(id="ash", name="Ash", profile=profile, economics=economics)


def counted(profile: Profile, **facts: float) -> Customer:
    """A customer that a ledger has counted."""
    found = {LEDGER + key: value for key, value in facts.items()}
    return Customer(id="ash", name="Ash", profile=profile, facts=found)


# --- of a customer --------------------------------------------------------------------------------


def test_twelve_months_of_a_customer_follow_from_its_profile() -> None:
    found = account(one())
    assert (found.customer, found.revenue, found.cost_of_goods) == ("ash", 1000, 600)
    assert (found.cost_to_serve, found.stranded, found.avoidable_overhead) == (100, 40, 100)
    assert (found.capital, found.hours) == (500, 80)
    assert contribution(found).amount == 400
    assert operating_profit(found).amount == 200


@pytest.mark.parametrize("name", ["revenue", "margin_pct"])
def test_without_revenue_or_margin_the_cost_of_goods_is_unknown_and_never_nothing(
    name: str,
) -> None:
    unknown = one(changed(KNOWN, **{name: None}))
    assert cost_of_goods(unknown) is None
    assert contribution(account(unknown)).amount is None


def test_who_bought_nothing_cost_no_goods_whatever_the_margin() -> None:
    assert cost_of_goods(one(Profile(revenue=0))) == 0
    assert contribution(account(one(Profile(revenue=0)))).amount == 0


def test_the_margin_of_a_ledger_counts_to_the_cent_while_the_profile_says_the_same() -> None:
    profile = Profile(revenue=300, margin_pct=100 / 3)
    measures = {"revenue_12m": 300.0, "margin_pct": 100 / 3, "gross_margin": 100.01}
    assert cost_of_goods(counted(profile, **measures)) == pytest.approx(199.99)
    corrected = changed(profile, margin_pct=50)
    assert cost_of_goods(counted(corrected, **measures)) == 150


def test_a_margin_that_a_ledger_could_not_count_is_unknown() -> None:
    assert cost_of_goods(counted(Profile(revenue=300), revenue_12m=300.0)) is None


def test_the_cost_that_stays_takes_cost_and_avoidable_part() -> None:
    assert stranded(one()) == 40
    assert stranded(one(economics=Economics())) is None
    assert stranded(one(Profile(), PLANNED)) is None
    assert stranded(one(Profile(cost_to_serve=0), Economics())) == 0


def test_what_can_be_won_is_gain_times_chance() -> None:
    assert gain(one()) == 100
    assert gain(one(economics=Economics(gain=200))) is None
    assert gain(one(economics=Economics(gain_probability_pct=50))) is None
    assert gain(one(economics=Economics(gain=-200, gain_probability_pct=50))) == 0


def test_a_gain_earns_its_share_of_what_it_ties_up() -> None:
    found = increment(PLANNED)
    assert (found.gain, found.tied, found.rate) == (200, 200, 1.0)


def test_what_a_gain_ties_up_opens_to_capital_and_investment() -> None:
    assert [line.amount for line in added(PLANNED).lines] == [150, 50]
    assert added(Economics(added_capital=5)).amount is None


def test_what_is_not_known_of_a_gain_is_named() -> None:
    found = increment(Economics(gain=200))
    assert found.effect is Effect.UNKNOWN
    assert found.unknown == ("Added capital", "One-off investment")


# --- of all ---------------------------------------------------------------------------------------

POLICY = HoursPolicy(
    hurdle_pct=20,
    floors={Class.KEY_CORE: 100, Class.LOW_PRIORITY: 0},
    caps={Class.KEY_CORE: 900, Class.LOW_PRIORITY: 60},
)


def three(**economics: Economics) -> Workshop:
    """Ash is key, bay has low priority, cod is not scored; 500 hours a year."""
    given = {"ash": PLANNED, "bay": changed(PLANNED, hours=300), "cod": Economics()}
    people = {
        key: changed(customer(key), profile=KNOWN, economics={**given, **economics}[key])
        for key in given
    }
    return made(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        SetPoints(points={"a": 1, "s": 1}),
        BringIn(origin="a test", customers=people),
        scores(("a", "s"), {"ash": (8, 8), "bay": (2, 2)}),
        SetCapacity(capacity=Capacity(people=1, hours_per_person=500, hours_core=200)),
        SetHoursPolicy(policy=POLICY),
    )


def figures(workshop: Workshop | None = None) -> AccountFigures:
    return AccountFigures(assess(workshop or three()))


def known() -> Workshop:
    """The three, with everything known of cod too."""
    return three(cod=changed(PLANNED, hours=20))


def test_every_customer_has_its_figures_in_the_one_order() -> None:
    assert list(figures().accounts) == ["ash", "bay", "cod"]


def test_limits_come_from_the_class_and_are_open_where_there_is_none() -> None:
    inf = float("inf")
    assert figures().shares == (
        Share("ash", 100, 100, 900, 80),
        Share("bay", 100, 0, 60, 300),
        Share("cod", None, 0, inf, None),
    )


def test_the_hours_of_our_people_are_shared_out() -> None:
    fair = figures().fair
    assert fair is not None
    assert fair.hours == pytest.approx({"ash": 440, "bay": 60, "cod": 0})
    assert fair.unknown == ("cod",)


def test_without_hours_of_our_people_those_spent_now_are_shared_out() -> None:
    workshop = after(known(), SetCapacity(capacity=Capacity()))
    assert figures(workshop).hours == 400
    assert figures(after(three(), SetCapacity(capacity=Capacity()))).hours is None
    assert figures(after(three(), SetCapacity(capacity=Capacity()))).fair is None


def test_an_empty_workshop_has_no_hours_to_share_and_nobody_in_it() -> None:
    found = AccountFigures(assess(Workshop(id="w", name="Empty")))
    assert (found.hours, found.fair, found.shares, found.follows) == (None, None, (), None)
    assert found.together.rate is None


def test_moves_are_told_once_all_hours_are_known() -> None:
    assert figures().shifts == ()
    found = figures(known())
    # due: ash 433.33, bay 60, cod 6.67 of 500 with one scale; 100 hours nobody has now
    assert found.fair is not None
    assert sum(found.fair.hours.values()) == pytest.approx(500)
    assert found.shifts[0].origin == "bay"
    assert isinstance(found.shifts[0], Shift)
    assert {(one.origin, one.target) for one in found.shifts} >= {("bay", "ash")}


def test_who_has_no_known_gain_keeps_its_hours_and_is_in_no_move() -> None:
    """Cod keeps 20 of the 500; ash and bay share 480, bay at its most of 60."""
    found = figures(three(cod=Economics(hours=20)))
    assert found.fair is not None
    assert found.fair.hours == pytest.approx({"ash": 420, "bay": 60, "cod": 20})
    assert "cod" not in {who for one in found.shifts for who in (one.origin, one.target)}


def test_without_any_known_gain_nothing_moves_and_nothing_is_proposed() -> None:
    unsaid = {key: Economics(hours=hours) for key, hours in (("ash", 80), ("bay", 300))}
    found = figures(three(**unsaid, cod=Economics(hours=20)))
    assert (found.shifts, found.change, found.follows) == ((), None, None)
    assert found.frontier.frontier.customers == ()
    assert {one.fair for one in found.served} == {None}


def test_no_hours_are_due_beyond_those_that_win_the_gain_but_the_least_ones() -> None:
    edits = {
        key: changed(PLANNED, hours_needed=hours) for key, hours in (("ash", 150), ("bay", 40))
    }
    found = figures(three(**edits))
    assert [(one.floor, one.cap) for one in found.shares[:2]] == [(100, 150), (0, 40)]
    assert figures(three(ash=changed(PLANNED, hours_needed=50))).shares[0].cap == 100


def test_the_largest_difference_comes_first_and_unknown_hours_last() -> None:
    assert [one.customer for one in figures().served] == ["ash", "bay", "cod"]


def test_the_hours_that_win_all_are_those_of_a_core_account_for_everybody() -> None:
    inf = float("inf")
    assert figures().demands == (
        Demand("ash", 100, 200, 100, 900),
        Demand("bay", 100, 200, 0, 60),
        Demand("cod", None, 200, 0, inf),
    )


def test_the_hours_that_a_profile_names_come_before_those_of_a_core_account() -> None:
    found = figures(three(bay=changed(PLANNED, hours=300, hours_needed=40)))
    assert found.demands[1] == Demand("bay", 100, 40, 0, 40)


def test_a_class_does_not_change_how_many_hours_win_a_gain() -> None:
    edit = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="Agreed")
    [before, after_] = (figures(one).demands[0] for one in (three(), after(three(), edit)))
    assert (before.needed, after_.needed) == (200, 200)
    assert (before.cap, after_.cap) == (900, 60)


@pytest.mark.parametrize(
    "capacity", [Capacity(mode="places", places=3, hours_core=200), Capacity(people=1)]
)
def test_without_the_hours_of_a_core_account_no_need_is_assumed(capacity: Capacity) -> None:
    found = figures(after(three(), SetCapacity(capacity=capacity)))
    assert found.usual_need is None
    assert found.frontier.frontier.customers == ()


def test_who_is_on_no_curve_keeps_nobody_else_from_being_told() -> None:
    found = figures()
    assert found.frontier.frontier.unknown == ("cod",)
    assert found.frontier.present is not None
    assert found.frontier.present.won == pytest.approx(100 * 80 / 200 + 100)
    assert found.change is not None
    assert found.change.won == pytest.approx({"ash": 100 * 120 / 200})
    assert found.change.given_up == pytest.approx({"bay": 100 * 140 / 200})


def test_without_hours_to_share_out_no_change_is_told() -> None:
    assert figures(after(three(), SetCapacity(capacity=Capacity()))).change is None


def test_hours_of_who_leaves_go_to_who_stays() -> None:
    """Bay spends 300: ash, which is key, and cod with 20 now share them by their potential."""
    found = figures(known()).freed({"bay"})
    assert found is not None
    assert found.hours == 300
    assert sum(found.to.values()) + found.unplaced == pytest.approx(300)
    assert figures(three(bay=Economics())).freed({"bay"}) is None


def test_return_is_that_of_the_sums_and_names_who_is_left_out() -> None:
    found = figures()
    assert found.together.rate == pytest.approx(400 / 1000)
    assert found.together.left_out == ("cod",)
    assert list(found.of_classes) == [
        Class.KEY_CORE.label, Class.LOW_PRIORITY.label, UNSCORED,
    ]  # fmt: skip
    assert found.of_classes[UNSCORED].rate is None
    assert found.hurdle == 0.2


def test_capital_below_nothing_is_self_financing_and_has_no_rate() -> None:
    workshop = three()
    ash = changed(workshop.customers["ash"], profile=changed(KNOWN, capital_employed=-50))
    found = figures(after(workshop, BringIn(origin="x", customers={"ash": ash})))
    assert found.returns["ash"].rate is None
    assert found.returns["ash"].reason == SELF_FINANCING
    assert found.per_hour("ash") == 400 / 80


def test_what_is_missing_is_named_with_its_customers() -> None:
    found = figures()
    assert found.missing(FOR_HOURS) == dict.fromkeys(FOR_HOURS, ("cod",))
    assert found.missing(FOR_RETURN) == {"avoidable overhead": ("cod",)}
    assert figures(known()).missing([name for name, _ in COLLECTED]) == {}


def test_nobody_has_to_say_the_margin_of_who_bought_nothing() -> None:
    workshop = three()
    cod = changed(workshop.customers["cod"], profile=Profile(revenue=0))
    found = figures(after(workshop, BringIn(origin="x", customers={"cod": cod})))
    assert "margin" not in found.missing(FOR_RETURN)
    assert found.missing(FOR_RETURN)["cost to serve"] == ("cod",)


def test_before_less_who_goes_is_who_is_left() -> None:
    found = figures(known())
    exit_ = found.exit(("bay",))
    amounts = [exit_.before.revenue.amount, exit_.revenue.amount, exit_.after.revenue.amount]
    assert amounts == [3000, 1000, 2000]
    assert exit_.gain.amount == pytest.approx(60 + 100 + 0.2 * 500 - 400)


def test_the_last_exit_is_kept_and_another_one_takes_its_place() -> None:
    found = figures(known())
    first = found.exit(("bay",))
    assert found.exit(("bay",)) is first
    assert found.exit(("cod",)).leaving == ("cod",)
    assert found.exit(("bay",)) is not first
    assert found.exit(("bay",)) == first


def test_the_order_of_exits_has_the_gains_that_all_customers_together_give() -> None:
    found = figures(known())
    steps = found.exit_order(("ash", "bay"), TODAY)
    assert {step.customer for step in steps} == {"ash", "bay"}
    assert steps[-1].so_far.gain.amount == found.exit(("ash", "bay")).gain.amount


def test_who_is_bound_longest_goes_last_whatever_it_brings() -> None:
    plain = [one.customer for one in figures(known()).exit_order(("ash", "bay"), TODAY)]
    bound = changed(PLANNED, contract_until=date(2031, 3, 31))
    found = figures(three(ash=bound) if plain[0] == "ash" else three(bay=bound))
    steps = found.exit_order(("ash", "bay"), TODAY)
    assert [one.customer for one in steps] == plain[::-1]
    assert steps[-1].not_before == date(2031, 3, 31)


def test_the_parts_of_capital_that_are_typed_are_in_the_figures() -> None:
    parts = dict.fromkeys(("receivables", "stock", "assets", "contract_assets"), 100.0)
    every = changed(PLANNED, **parts, advances=50.0, payables=0.0)
    found = figures(three(ash=every))
    assert found.returns["ash"].capital.amount == 350
    assert "capital employed" not in found.missing(FOR_RETURN)
    some = figures(three(ash=changed(PLANNED, receivables=100.0)))
    assert some.returns["ash"].capital.amount == 500


def test_an_override_decides_over_the_limits_too() -> None:
    edit = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="Agreed")
    assert figures(after(three(), edit)).shares[0].cap == 60


def test_a_group_is_one_customer_with_the_revenue_of_its_companies() -> None:
    edit = JudgeAsOne(group="ash", name="Ash", members=("ash", "bay"))
    found = figures(after(three(), edit))
    assert list(found.accounts) == ["ash", "cod"]
    assert found.accounts["ash"].revenue == 2000


def test_edited_economics_are_in_the_figures() -> None:
    edit = ChangeEconomics(customer="cod", economics=PLANNED)
    assert figures(after(three(), edit)).accounts["cod"].avoidable_overhead == 100


# --- properties -----------------------------------------------------------------------------------

AMOUNTS = st.one_of(st.none(), st.floats(-1e9, 1e9))


@given(AMOUNTS, st.one_of(st.none(), st.floats(-100, 100)), AMOUNTS)
def test_profit_is_unknown_exactly_while_a_part_of_it_is(
    revenue: float | None, margin: float | None, cost: float | None
) -> None:
    profile = Profile(revenue=revenue, margin_pct=margin, cost_to_serve=cost)
    found = operating_profit(account(one(profile)))
    bought = revenue is None or revenue != 0
    lacking = revenue is None or cost is None or (margin is None and bought)
    assert (found.amount is None) == lacking


@given(st.lists(st.text(st.characters(categories=["Lu"]), min_size=1), max_size=9))
def test_few_names_are_all_told_and_many_are_counted(names: list[str]) -> None:
    told = few(names, 3)
    if len(names) > 3:
        assert told.endswith(f" and {len(names) - 3:,} more")
    assert told.count(", ") <= 3
    assert (told == "") == (not names)


# --- a real ledger, end to end --------------------------------------------------------------------


def test_the_figures_of_a_real_ledger_reconcile_to_the_cent(shared: Path) -> None:
    chosen = choices("ResellerKey", "OrderDate", "SalesAmount", cost="TotalProductCost",
                     order="SalesOrderNumber")  # fmt: skip
    path = shared / "data/adventureworks_resellers/ledger_lines.csv.gz"
    ledger = read_ledger(path, chosen)
    workshop = Workshop(id="w", name="Resellers")
    grown = after(workshop, from_ledger(workshop, ledger, "lines", chosen).edit)
    found = AccountFigures(assess(grown))

    every = sum(one.facts[f"{LEDGER}revenue"] for one in grown.customers.values())
    assert round(every, 2) == 80_450_596.98  # TRUTH.json of the set

    year = sum(measures.revenue_12m for measures in ledger.measures.values())
    earned = [m.gross_margin for m in ledger.measures.values() if m.gross_margin is not None]
    assert len(found.accounts) == len(ledger.measures) == 635
    for key, measures in ledger.measures.items():
        assert found.accounts[key].revenue == float(measures.revenue_12m)
        own = contribution(found.accounts[key]).amount
        # revenue and cost of goods are each whole cents, so a sum of two is a cent away at most
        assert own == pytest.approx(float(measures.gross_margin or 0), abs=0.0101)
    revenue = sum(account.revenue or 0 for account in found.accounts.values())
    assert revenue == pytest.approx(float(year), abs=0.005)
    goods = sum(account.cost_of_goods or 0 for account in found.accounts.values())
    assert revenue - goods == pytest.approx(float(sum(earned)), abs=0.005)

    assert found.together.rate is None  # nobody has said capital or overhead
    assert len(found.together.left_out) == 635
    assert len(found.missing(FOR_RETURN)["capital employed"]) == 635
