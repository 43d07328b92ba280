"""One portfolio with every awkward customer, worked out by hand, from the scores to the review.

It is seen on 29 February 2028. Money is in thousands of a euro, hours are a year. A = spend / 10,
S = share / 4, inside = min(A - 5, S - 5). Room: 4 people x 250 = 1,000 h; strategic 500, core 200.

     spend share favours   A   S inside  class, and why
Ash    90    36  yes       9   9   4     key strategic: A >= 7                         500 h
Dew    80    32  unknown   8   8   3     key core: not mutual yet                      700 h
Gum    65    36  no      6.5   9   1.5   strategic, not yet key: it would not favour us
Cob    60    28  yes       6   7   1     key core                                      900 h
Hop    55    30  yes     5.5 7.5   0.5   strategic, not yet key: 1,100 h do not fit
Fir    70    12  yes       7   3  -2     strategic, not yet key: a rival is better placed
Elm    30    32  yes       3   8  -2     low priority: little to gain; behind Fir by A
Jay    40     8  yes       4   2  -3     low priority; its plan ends today
Bay    20    16  yes       2   4  -3     low priority; a subsidiary of Ash
Ivy     -     -  yes       -   -   -     no class, but a plan

Hours due = potential (gain x 50 %) x 10 between floor and cap. Fir, whose gain nobody knows, keeps
its 80. Profit = revenue x margin - cost to serve - overhead.

    potential x 10 limits   due now  too many | revenue margin earns serve over- profit capital rate
Ash     40     400 200-300  300 200   -100    |  1,000   30 %   300   100   20    180     600   30 %
Dew     18     180 100-     180 180      0    |    400   20 %    80    30   10     40 30 - 80      -
Gum     14     140  20-     140  60    -80    |    250   20 %    50    20    5     25       ?      ?
Cob      5      50 100-     100 176     76    |    300   25 %    75    40    5     30     200   15 %
Hop      9      90  20-      90  40    -50    |    200   25 %    50    20    0     30     120   25 %
Fir      ?       ?  20-      80  80      -    |    100   30 %    30    10    0     20      80   25 %
Elm      0       0  10-60    10 134    124    |    500   10 %    50    70   10    -30     300  -10 %
Jay      8      80  10-60    60  50    -10    |     60   20 %    12     8    0      4      40   10 %
Bay      2      20  10-60    20  60     40    |    150   10 %    15    25    5    -15     100  -15 %
Ivy      2      20   0-100   20  20      0    |     40   25 %    10     5    1      4      10   40 %
                          1,000     240 = 26 % of 920 (1,000 - Fir's 80)
Of 3,000: all but Gum earn 263 on 1,400; without Dew, which finances itself, 223 on 1,450.
Elm and Bay leave; 90 % and 60 % of what serving them costs ends, so 7 + 10 = 17 stays.
Elm: lost 50, ends 63 + 10 = 73, profit +23, and 30 at 10 % on 300: 53. Bay: 15, 20, +5, 10: 15.
Profit 263 + 28 = 291; return (223 + 45 - 17) / (1,450 - 400) = 251 / 1,050. Of their 194 h, at 8 h
a thousand, Ash gets 100 (up to 300), Gum 52 (112), Hop 32 (72), Jay 10 (60); the others have more.
All is won with 200 h, of Ash with 500, of Ivy with 100 (so no more are due). In the order above:
at the floors, 470 h without Fir, 16 + 9 + 1.4 + 2.5 + 0.9 + 0 + 0.4 + 0.1 + 0 = 30.3; at the most,
860 h more, 24 + 18 + 14 + 5 + 9 + 0 + 2.4 + 0.6 + 2 = 75. Today, 920 h, 16 + 16.2 + 4.2 + 4.4 + 1.8
+ 0 + 2 + 0.6 + 0.4 = 45.6; as due 24 + 16.2 + 9.8 + 2.5 + 4.05 + 0 + 2.4 + 0.2 + 0.4 = 59.55. An
hour wins, of Dew 0.09, Ash 0.08, Gum 0.07, Hop 0.045, Jay 0.04, Cob 0.025, Ivy 0.02, Bay 0.01: at
best 920 h win 30.3 + 9 + 8 + 12.6 + 70 x 0.045 = 63.05.

The review, a year later, with six places. Growth is asked beside spend, 25 points each, and is like
spend but with Fir: spend 20, growth 70. Then Fir's share is 20, not 12 (level, L); growth has 75
points (weight, W); 10 on share is 32 %, not 40 (anchor, N), so S = share / 3.2.
Fir's A = 4.5, W (2 + 3 x 7) / 4 = 5.75; S = 3, L 5, N 3.75, LN 6.25. Inside: none -2, L -0.5, W -2,
N -1.25, LW 0, LN -0.5, WN -1.25, LWN 0.75. The means over the six orders add up to 2.75:
L (3 + 2 + 0.75 + 4) / 6 = 1.625, W (0.5 + 2.5) / 6 = 0.5, N (1.5 + 0.75 + 1.5) / 6 = 0.625.
It is key core with L and W, whatever N: half each. Jay's S is 2.5, not 2, by N.
"""

from dataclasses import replace
from datetime import date

import pytest

from kam import edits
from kam.agenda import agenda
from kam.edits.plans import latest_deadline, months_after
from kam.errors import Refused
from kam.method.account_figures import AccountFigures
from kam.method.assessment import Assessment, assess
from kam.method.concentration import concentration
from kam.method.exit_checks import concentration_check, exit_checks, exit_gaps
from kam.method.movement import movements
from kam.method.movement_words import message, told
from kam.method.plans import proposals
from kam.method.portfolio import holdings
from kam.method.resources import Fair, fair_words
from kam.method.returns import Return
from kam.method.shifts import headline
from kam.model import Capacity, Class, Customer, HoursPolicy, Plan
from kam.report.account_returns import rate_words
from kam.report.calendar import entries
from kam.ui.planning.lines import lines, title
from tests.apps import room
from tests.workshops import A, S, after, criterion, made, scores

TODAY, A_YEAR_ON, LATEST = date(2028, 2, 29), date(2029, 2, 28), date(2029, 8, 29)
K = 1_000.0
STRATEGIC, CORE, NOT_YET, LOW = Class
NAMES = ("ash", "dew", "gum", "cob", "hop", "fir", "elm", "jay", "bay", "ivy")  # the one order
TENTH, QUARTER = (0.0, 25.0, 50.0, 75.0, 100.0), (0.0, 10.0, 20.0, 30.0, 40.0)
LEVELS = {"ash": (90, 36), "dew": (80, 32), "gum": (65, 36), "cob": (60, 28), "hop": (55, 30),
          "fir": (70, 12), "elm": (30, 32), "jay": (40, 8), "bay": (20, 16)}  # fmt: skip
# revenue, margin %, cost to serve, overhead, capital, hours now, gain; what is ? above is None
MONEY = {
    "ash": (1000, 30, 100, 20, 600, 200, 80), "dew": (400, 20, 30, 10, None, 180, 36),
    "gum": (250, 20, 20, 5, None, 60, 28), "cob": (300, 25, 40, 5, 200, 176, 10),
    "hop": (200, 25, 20, 0, 120, 40, 18), "fir": (100, 30, 10, 0, 80, 80, None),
    "elm": (500, 10, 70, 10, 300, 134, 0), "jay": (60, 20, 8, 0, 40, 50, 16),
    "bay": (150, 10, 25, 5, 100, 60, 4), "ivy": (40, 25, 5, 1, 10, 20, 4),
}  # fmt: skip
NOTHING = dict.fromkeys(("stock", "assets", "contract_assets", "payables"), 0)
MORE: dict[str, dict[str, object]] = {
    "ash": {"hours_needed": 500}, "dew": {"receivables": 30 * K, "advances": 80 * K, **NOTHING},
    "elm": {"avoidable_pct": 90, "contract_until": date(2028, 6, 30)},
    "bay": {"avoidable_pct": 60}, "ivy": {"hours_needed": 100},
}  # fmt: skip
FLOORS: dict[Class, float] = {STRATEGIC: 200, CORE: 100, NOT_YET: 20, LOW: 10}
POLICY = HoursPolicy(hurdle_pct=10, floors=FLOORS, caps={STRATEGIC: 300, LOW: 60})
ROOM = Capacity(people=4, hours_per_person=250, hours_strategic=500, hours_core=200)
SAID = {"goal": "Pay", "owner": "Ines", "exit_trigger": "Reprice", "actions": ({"text": "Call"},)}


def customer(key: str) -> Customer:
    *amounts, hours, gain = MONEY[key]
    revenue, margin, serve, overhead, capital, worth = (one and one * K for one in (*amounts, gain))
    profile = {
        "favours_us": {"dew": "unknown", "gum": "no"}.get(key, "yes"), "revenue": revenue,
        "margin_pct": margin and margin / K, "cost_to_serve": serve, "capital_employed": capital,
        "parent": "Ash" if key == "bay" else "",
    }  # fmt: skip
    economics = {
        "hours": hours, "gain": worth, "gain_probability_pct": 50, "avoidable_pct": 50,
        "avoidable_overhead": overhead, **MORE.get(key, {}),
    }  # fmt: skip
    whole = {"id": key, "name": key.capitalize(), "profile": profile, "economics": economics}
    return Customer.model_validate(whole)


def plan(customer: str, template: str, start: date, deadline: date) -> Plan:
    own = {"customer": customer, "template": template, "start": start, "deadline": deadline}
    return Plan.model_validate({**SAID, **own})


SHARE = criterion("s", S, QUARTER, name="Share", unit="%", column="share", controllable=True)
# 18 months from 31 August 2026: February has no 31st, so they end on its last day, today.
OF_JAY = plan("jay", "L1", date(2026, 8, 31), TODAY)
WORKSHOP = made(
    edits.PutCriterion(criterion=criterion("a", A, TENTH, name="Spend")),
    edits.PutCriterion(criterion=SHARE),
    edits.BringIn(origin="by hand", customers={key: customer(key) for key in MONEY}),
    scores(("a", "s"), LEVELS),
    edits.SetCapacity(capacity=ROOM),
    edits.SetHoursPolicy(policy=POLICY),
    edits.SavePlans(plans={"jay": OF_JAY, "ivy": plan("ivy", "L2", TODAY, A_YEAR_ON)}),
)
RESULT = assess(WORKSHOP)
FIGURES = AccountFigures(RESULT)
EXIT = FIGURES.exit(("elm", "bay"))


def sums(earned: Return) -> tuple[float | None, float | None, str]:
    """Profit and capital in thousands, and the rate in words."""
    profit, capital = (f.amount and f.amount / K for f in (earned.profit, earned.capital))
    return profit, capital, rate_words(earned)


def due(figures: AccountFigures) -> Fair:
    """The hours due, which are known."""
    assert figures.fair is not None
    return figures.fair


def test_everybody_has_the_class_worked_out_in_the_one_order() -> None:
    classes = (STRATEGIC, CORE, NOT_YET, CORE, NOT_YET, NOT_YET, LOW, LOW, LOW, None)
    assert tuple(one.klass for one in RESULT.standings.values()) == classes
    whys = [RESULT.standings[key].reason.name for key in ("gum", "hop", "fir")]
    assert whys == ["WOULD_NOT_FAVOUR", "NO_CAPACITY", "STRENGTH_GAP"]
    assert tuple(RESULT.standings) == NAMES
    inside = [one.distance for one in RESULT.standings.values()]
    assert inside == pytest.approx([4, 3, 1.5, 1, 0.5, -2, -2, -3, -3, None])
    assert (RESULT.selection.used, RESULT.selection.available) == (900, 1_000)


def test_hours_due_fill_the_capacity_and_the_headline_is_what_moves_to_get_there() -> None:
    hours = (300, 180, 140, 100, 90, 80, 10, 60, 20, 20)
    assert due(FIGURES).hours == pytest.approx(dict(zip(NAMES, hours, strict=True)))
    assert due(FIGURES).scale == pytest.approx(10 / K)
    assert (sum(hours), due(FIGURES).unplaced, due(FIGURES).unknown) == (1_000, 0, ("fir",))
    told_first = headline(FIGURES.shares, FIGURES.fair)
    assert told_first == "26 % of hours are misplaced; gain is known of 9 of 10"
    assert {f"{one.origin}-{one.target}": round(one.hours, 9) for one in FIGURES.shifts} == {
        "elm-ash": 100, "elm-gum": 24, "cob-gum": 56, "cob-hop": 20, "bay-hop": 30, "bay-jay": 10,
    }  # fmt: skip
    kinds = {one.customer: one.service for one in FIGURES.served}
    assert {key for key, kind in kinds.items() if kind == "under-served"} == {"ash", "gum", "hop"}
    assert {key for key, kind in kinds.items() if kind == "over-served"} == {"elm", "cob", "bay"}


def test_floors_above_capacity_are_said_in_words_with_the_hours_that_lack() -> None:
    """With 400 for a core account: 200 + 2 x 400 + 2 x 20 + Fir's 80 + 3 x 10 = 1,150."""
    more = POLICY.model_copy(update={"floors": {**FLOORS, CORE: 400.0}})
    figures = AccountFigures(assess(after(WORKSHOP, edits.SetHoursPolicy(policy=more))))
    assert (due(figures).short, figures.due) == (150, {})
    [words] = fair_words(due(figures))
    assert "up to 1,150, and there are 1,000." in words
    assert headline(figures.shares, figures.fair) == "There are too many accounts for the hours"


def test_the_frontier_begins_with_the_floors_and_ends_where_all_that_may_be_won_is_won() -> None:
    seen, best = FIGURES.frontier, FIGURES.frontier.frontier
    four = (best.points[0], best.points[-1], seen.present, seen.proposed)
    found = [one and (round(one.hours, 6), round(one.won / K, 6)) for one in four]
    assert found == [(470, 30.3), (1_330, 75), (920, 45.6), (920, 59.55)]
    assert best.customers == ("dew", "ash", "gum", "hop", "jay", "cob", "ivy", "bay")
    assert best.unknown == ("fir",)
    assert best.won(920) == pytest.approx(63_050)


def test_returns_are_ratios_of_sums_without_negative_and_unknown_capital() -> None:
    of_all = {"all": FIGURES.together, **FIGURES.returns, **FIGURES.of_classes}
    assert {name: sums(one) for name, one in of_all.items()} == {
        "ash": (180, 600, "30.0 %"), "dew": (40, -50, "self-financing"),
        "gum": (25, None, "unknown"), "cob": (30, 200, "15.0 %"), "hop": (30, 120, "25.0 %"),
        "fir": (20, 80, "25.0 %"), "elm": (-30, 300, "−10.0 %"), "jay": (4, 40, "10.0 %"),
        "bay": (-15, 100, "−15.0 %"), "ivy": (4, 10, "40.0 %"), "all": (223, 1_450, "15.4 %"),
        STRATEGIC.label: (180, 600, "30.0 %"), CORE.label: (30, 200, "15.0 %"),
        NOT_YET.label: (50, 200, "25.0 %"), LOW.label: (-41, 440, "−9.3 %"),
        "Not scored yet": (4, 10, "40.0 %"),
    }  # fmt: skip
    assert FIGURES.returns["gum"].reason == "unknown: capital employed"
    assert FIGURES.together.self_financing.amount == 40 * K
    assert FIGURES.together.left_out == ("gum",)


def test_the_exit_of_two_reconciles_before_what_goes_and_after() -> None:
    for state, amounts in ((EXIT.before, (3_000, 263, 1_400)), (EXIT.after, (2_350, 291, 1_000))):
        figures = (state.revenue, state.profit, state.capital)
        assert [one.amount for one in figures] == [one * K for one in amounts]
    gone = (EXIT.contribution, EXIT.avoidable, EXIT.stranded, EXIT.change, EXIT.on_capital)
    assert [one.amount for one in gone] == [65 * K, 93 * K, 17 * K, 28 * K, 40 * K]
    assert (EXIT.gain.amount, EXIT.hours.amount, EXIT.verdict) == (68 * K, 194, "exit")
    rates = [EXIT.before.returns.rate, EXIT.after.returns.rate]
    assert rates == pytest.approx([223 / 1_450, 251 / 1_050])
    freed = FIGURES.freed(EXIT.leaving)
    assert freed is not None
    assert freed.to == pytest.approx({"ash": 100, "gum": 52, "hop": 32, "jay": 10})


def test_notice_lets_bay_go_before_elm_whose_contract_runs_longer_though_elm_brings_more() -> None:
    """Elm brings 53 / 500, Bay 15 / 150. March has 31 days, April 30: 90 days end on 29 May."""
    steps = FIGURES.exit_order(EXIT.leaving, TODAY)
    found = [(one.customer, one.not_before, one.so_far.gain.amount) for one in steps]
    assert found == [("bay", date(2028, 5, 29), 15 * K), ("elm", date(2028, 6, 30), 68 * K)]


def test_the_subsidiary_of_a_key_account_is_stopped_by_its_group_and_not_by_its_money() -> None:
    first, *others = exit_checks(RESULT, "bay", A_YEAR_ON)
    stop = "Ash, of the same group, is a key account"
    assert (first.finding, first.words) == ("against", f"{stop}: do not end the business.")
    assert not any(one.finding == "against" for one in others)
    assert exit_gaps(RESULT, plan("bay", "L3", TODAY, A_YEAR_ON)) == (stop,)
    assert proposals(RESULT, TODAY)["bay"].note == first.words


def test_concentration_counts_companies_or_groups_as_it_is_asked() -> None:
    """Squares of revenue: 1,640,200 of 9,000,000; Ash with Bay, 1,150, has 300,000 more."""
    accounts, of_revenue = FIGURES.accounts.values(), holdings(RESULT)[0]
    groups = concentration(accounts, {"ash": "Ash", "bay": "Ash"})
    assert groups is not None
    assert groups.hhi == pytest.approx(1_940_200 / 9_000_000)
    assert of_revenue.hhi == pytest.approx(1_640_200 / 9_000_000)
    words = concentration_check(RESULT, EXIT.leaving).words  # 1,000 of 2,350, and 1,150 of 3,000
    assert "the group of Ash makes 42.6 % of our sales, 38.3 % today" in words


def test_drafts_of_a_leap_day_end_12_months_on_with_the_steps_worked_out() -> None:
    """Fir is key at a strength of 5.25, a share of 21 %; half of the way from 12 is 16.5."""
    found = proposals(RESULT, TODAY)
    templates = ("K1", "K2", "N1", "K2", "N2", "N1", "L2", "L2", "L2")  # none of Ivy
    kinds = [(key, one.template) for key, one in found.items()]
    assert kinds == list(zip(NAMES[:-1], templates, strict=True))
    assert {(one.start, one.deadline) for one in found.values()} == {(TODAY, A_YEAR_ON)}
    raised = "Share from 12 to 21 %"
    assert [(one.due, one.text) for one in found["fir"].actions] == [
        (date(2028, 5, 29), f"Agree with the customer how we raise {raised}"),
        (date(2028, 8, 27), "Share at 16.5 %, half of the way"),
        (A_YEAR_ON, f"Raise {raised}"),
    ]
    assert found["fir"].goal == f"Fir becomes key if we raise {raised} and capacity is free for it."
    assert found["fir"].ceiling_hours == 200 / 5
    assert [found[key].ceiling_cost for key in ("elm", "jay", "bay")] == [25 * K, 6 * K, 7.5 * K]


def test_a_plan_of_29_february_has_12_months_to_28_february_and_18_to_29_august() -> None:
    assert (months_after(TODAY, 12), months_after(TODAY, 18)) == (A_YEAR_ON, LATEST)
    held = after(WORKSHOP, edits.SavePlans(plans={"bay": plan("bay", "L1", TODAY, A_YEAR_ON)}))
    assert latest_deadline(held.plans["bay"]) == LATEST
    longer = edits.ExtendPlan(customer="bay", until=LATEST, by="Otto", reason="A strike")
    assert longer.apply(held).plans["bay"].deadline == LATEST
    with pytest.raises(Refused, match="on 2029-08-29 at the latest: 18 months"):
        longer.model_copy(update={"until": date(2029, 8, 30)}).apply(held)


def test_a_deadline_of_today_is_due_and_not_late_and_its_18_months_are_over() -> None:
    every, first_day = lines(replace(room(WORKSHOP), today=TODAY)), entries(WORKSHOP)[0]
    assert title(every) == "1 plan is due today; 1 plan of a customer without a class"
    assert {one.customer for one in every} == set(NAMES)
    of_ivy, of_jay = every[:2]
    assert (of_ivy.customer, of_ivy.unfitting, of_ivy.gaps) == ("ivy", True, ())
    assert (of_jay.customer, of_jay.late, of_jay.gaps) == ("jay", False, ("due today",))
    assert (first_day.customer, first_day.day) == ("jay", TODAY)
    with pytest.raises(Refused, match="18 months to move up, until 2028-02-29"):
        after(WORKSHOP, edits.ExtendPlan(customer="jay", until=LATEST, by="Otto", reason="Late"))


def test_the_agenda_names_the_deadline_of_today_and_calls_it_a_problem_tomorrow() -> None:
    drafts = proposals(RESULT, TODAY)
    owned = {key: one.model_copy(update={"owner": "Ines"}) for key, one in drafts.items()}
    result = assess(after(WORKSHOP, edits.SavePlans(plans={**owned, "jay": OF_JAY})))
    today, tomorrow = (agenda(result, day)[5] for day in (TODAY, date(2028, 3, 1)))
    assert (today.status, today.note) == ("open", "Jay: due today.")
    assert (tomorrow.status, tomorrow.note) == ("problem", "The plan for Jay is overdue.")


def test_a_single_class_is_the_portfolio_and_its_cap_leaves_hours_without_a_place() -> None:
    """Lines at 10, without Ivy: 7 x 60 + Elm's 10 + Fir's 80 = 510; 223 - 4 on 1,450 - 10."""
    top = [edits.MoveLine(line=it, value=10) for it in ("strategic", "attractiveness", "strength")]
    one_class = after(WORKSHOP, edits.RemoveCustomers(customers=("ivy",)), *top)
    figures = AccountFigures(assess(one_class))
    assert figures.of_classes == {LOW.label: figures.together}
    assert sums(figures.together) == (219, 1_440, "15.2 %")
    assert figures.due == pytest.approx({**dict.fromkeys(NAMES[:-1], 60), "elm": 10, "fir": 80})
    assert due(figures).unplaced == pytest.approx(490)
    assert fair_words(due(figures))[1].startswith("490 hours have no place")
    assert headline(figures.shares, figures.fair)[:4] == "54 %"  # 140 + 120 + 116 + 124 of 920


def reviewed() -> tuple[Assessment, Assessment]:
    growth = {key: (70 if key == "fir" else spend,) for key, (spend, _) in LEVELS.items()}
    before = after(
        WORKSHOP,
        edits.PutCriterion(criterion=criterion("g", A, TENTH, name="Growth")),
        edits.SetPoints(points={"a": 25, "g": 25, "s": 50}),
        scores(("g",), growth),
        edits.ScoreCustomer(customer="fir", criterion="a", value=20),
        edits.SetCapacity(capacity=Capacity(mode="places", places=6)),
    )
    anchored = SHARE.model_copy(update={"anchors": (0.0, 8.0, 16.0, 24.0, 32.0)})
    level = edits.ScoreCustomer(customer="fir", criterion="s", value=20)
    weight, anchor = edits.SetPoints(points={"g": 75}), edits.PutCriterion(criterion=anchored)
    return assess(before), assess(after(before, level, weight, anchor))


def test_a_level_a_weight_and_an_anchor_have_the_parts_worked_out_which_explain_the_class() -> None:
    before, now = reviewed()
    found = {one.customer: one for one in movements(before, now)}
    fir = found["fir"]
    assert fir.distance.by == pytest.approx(1.625 + 0.5 + 0.625)
    assert fir.distance.parts == pytest.approx({"facts": 1.625, "weights": 0.5, "anchors": 0.625})
    assert fir.class_parts == pytest.approx({"facts": 0.5, "weights": 0.5})
    assert found["jay"].distance.parts == pytest.approx({"anchors": 0.5})
    assert message(tuple(found.values()), "since 2028") == "1 customer changed class since 2028"
    words = told(before, now, fir)
    assert "from Low priority to Key · core, by facts (Share from 12 to 20 %) and weights" in words
    assert words.endswith("It moved +2.8 points: facts +1.7, anchors +0.6, weights +0.5.")
