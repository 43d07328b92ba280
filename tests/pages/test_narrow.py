"""Step 3, the view "Long list": a rule is composed in the tab, and stored by one button."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeProfile, ChooseLongList, Edit, JudgeApart, JudgeAsOne
from kam.model import Customer, Level, LongList, Profile, Rule, Way
from kam.ui import rooms
from tests.apps import go, labels, page, present, restart, scored, shown, stored
from tests.test_pool import KINDS, known


def many(count: int) -> list[Customer]:
    """Customers of whom the biggest shrink and the smallest earn and grow most."""
    return [
        known(
            f"C{n}",
            {
                "revenue_12m": 1000.0 - n,
                "revenue_prior_12m": 1000.0 - 2.0 * n,
                "gross_margin": float(n % 50),
            },
            country="Peru" if n % 2 else "Chile",
        )
        for n in range(count)
    ]


def brought_in(*customers: Customer) -> str:
    """A workshop to which these came in."""
    people = {one.id: one for one in customers}
    return stored(BringIn(origin="a test", customers=people, fact_kinds=KINDS))


def long_list(workshop: str) -> AppTest:
    """The view in a fresh tab."""
    tab = page("customers", workshop)
    [view] = [one for one in tab.segmented_control if str(one.key).startswith("customers_view")]
    return view.set_value("Long list").run()


def judge(tab: AppTest) -> str:
    """What the one filled button of the view says."""
    return str(tab.button(key="long_list.judge").label)


def test_without_customers_the_view_says_where_they_come_from() -> None:
    assert "No customers yet." in shown(long_list(stored()))


@pytest.mark.parametrize(("count", "told"), [(1, "there is one customer"),
                                             (15, "there are 15 customers")])  # fmt: skip
def test_few_customers_need_no_narrowing(count: int, told: str) -> None:
    text = shown(long_list(brought_in(*many(count))))
    assert "Nothing needs narrowing." in text
    assert told in text


def test_sixteen_customers_may_be_narrowed_and_who_is_judged_already_is_not_offered_again() -> None:
    tab = long_list(brought_in(*many(16)))
    assert judge(tab) == "All 16 customers are judged"
    assert tab.button(key="long_list.judge").disabled
    tab.multiselect(key="long_list.left_out").set_value(["c3"]).run()
    assert judge(tab) == "Judge these 15 customers"
    assert not tab.button(key="long_list.judge").disabled


def test_a_rule_is_suggested_and_nothing_is_stored_by_looking() -> None:
    workshop = brought_in(*many(200))
    tab = long_list(workshop)
    assert tab.selectbox(key="long_list.0.measure").value == "pool.revenue"
    assert tab.selectbox(key="long_list.1.measure").value == "pool.growth"
    assert tab.selectbox(key="long_list.2.measure").value == "pool.margin"
    assert "Now everybody is judged: 200 customers." in shown(tab)
    assert present(workshop).long_list is None


def test_one_button_stores_the_list_as_one_step_with_its_rule() -> None:
    workshop = brought_in(*many(200))
    tab = long_list(workshop)
    count = int(judge(tab).split()[2])
    tab.button(key="long_list.judge").click().run()
    chosen = present(workshop).long_list
    assert chosen is not None
    assert len(chosen.customers) == count
    assert chosen.rule.startswith("top ")
    assert f"Now {count} of 200 customers are judged. Chosen by: top" in shown(tab)
    assert tab.metric[0].label == "Left out"
    assert judge(tab) == f"These {count} customers are judged"
    assert tab.button(key="long_list.judge").disabled
    tab.button(key="undo").click().run()
    assert present(workshop).long_list is None
    assert judge(tab) == f"Judge these {count} customers"


def test_the_list_is_felt_on_another_page_and_survives_a_restart() -> None:
    workshop = stored(*scored([(f"C{n}", (8.0, 8.0)) for n in range(20)]))
    tab = long_list(workshop)
    tab.multiselect(key="long_list.put_in").set_value(["c3", "c4"]).run()
    tab.button(key="long_list.judge").click().run()
    assert go(tab, "matrix").title[0].value == "2 of 2 customers are key"
    restart()
    again = long_list(workshop)
    assert again.multiselect(key="long_list.put_in").value == ["c3", "c4"]
    assert judge(again) == "These 2 customers are judged"
    assert again.button(key="long_list.judge").disabled


def without_growth_and_margin(tab: AppTest) -> AppTest:
    """The suggested rule with its first condition alone: the top by revenue."""
    for _ in range(2):
        tab.button(key="long_list.1.remove").click().run()
    return tab


def without_conditions(tab: AppTest) -> AppTest:
    """A rule by hand alone."""
    while any(button.key == "long_list.0.remove" for button in tab.button):
        tab.button(key="long_list.0.remove").click().run()
    return tab


def with_top_by_revenue(workshop: str, count: int) -> None:
    """Choose the long list in a tab of its own, and restart."""
    tab = without_growth_and_margin(long_list(workshop))
    tab.number_input(key="long_list.0.level").set_value(float(count)).run()
    tab.button(key="long_list.judge").click().run()
    restart()


def test_a_stored_rule_is_opened_again_with_its_conditions_and_its_warning() -> None:
    workshop = brought_in(*many(200))
    with_top_by_revenue(workshop, 20)
    tab = long_list(workshop)
    assert tab.selectbox(key="long_list.0.measure").value == "pool.revenue"
    assert tab.selectbox(key="long_list.0.way").value == "top"
    assert tab.number_input(key="long_list.0.level").value == 20.0
    text = shown(tab)
    assert "On the list that stands" not in text
    assert "This is a list of the biggest, not of the most promising" in text
    assert "By today's figures" not in text
    assert judge(tab) == "These 20 customers are judged"
    assert tab.button(key="long_list.judge").disabled


def test_a_stored_rule_that_chooses_others_by_new_figures_says_so_and_can_be_applied() -> None:
    workshop = brought_in(*many(200))
    with_top_by_revenue(workshop, 20)
    for customer, revenue in (("c150", 5e3), ("c151", 985.0), ("c0", 1.0)):
        change = ChangeProfile(customer=customer, profile=Profile(revenue=revenue))
        rooms.store().write(workshop, change)
    tab = long_list(workshop)
    # c0 falls out; c150 comes; c151 takes the place of c19 and c18, of which the first has 981
    assert "By today's figures the same rule chooses 20: 2 more, 2 fewer." in shown(tab)
    assert judge(tab) == "Judge these 20 customers"
    tab.button(key="long_list.judge").click().run()
    chosen = present(workshop).long_list
    assert chosen is not None
    assert {"c150", "c151"} <= set(chosen.customers)
    assert not {"c0", "c19"} & set(chosen.customers)
    assert "By today's figures" not in shown(tab)
    assert judge(tab) == "These 20 customers are judged"


def test_the_tie_at_the_border_of_a_stored_rule_makes_it_longer() -> None:
    workshop = brought_in(*many(200))
    with_top_by_revenue(workshop, 20)
    change = ChangeProfile(customer="c20", profile=Profile(revenue=981.0))
    rooms.store().write(workshop, change)
    assert "By today's figures the same rule chooses 21: 1 more." in shown(long_list(workshop))


def test_a_rule_that_is_changed_without_another_choice_can_be_kept_for_later_figures() -> None:
    workshop = brought_in(*many(200))
    with_top_by_revenue(workshop, 20)
    tab = long_list(workshop)
    tab.selectbox(key="long_list.0.way").set_value("at_least").run()
    tab.number_input(key="long_list.0.level").set_value(981.0).run()
    assert judge(tab) == "Keep this rule for these 20 customers"
    tab.button(key="long_list.judge").click().run()
    kept = present(workshop).long_list
    assert kept is not None
    assert kept.by == Rule(
        conditions=(Level(measure="pool.revenue", way=Way.AT_LEAST, level=981.0),)
    )
    assert judge(tab) == "These 20 customers are judged"


def test_a_list_without_a_rule_is_opened_as_the_list_that_stands() -> None:
    workshop = brought_in(*many(30))
    old = LongList(customers=("c1", "c2"), rule="top 2 by revenue in 12 months")
    rooms.store().write(workshop, ChooseLongList(long_list=old))
    tab = long_list(workshop)
    assert "On the list that stands" in shown(tab)
    assert judge(tab) == "These 2 customers are judged"
    assert tab.button(key="long_list.judge").disabled


def test_a_list_that_another_one_was_made_from_is_called_the_list_before() -> None:
    workshop = brought_in(*many(200))
    old = LongList(customers=("c1", "c2"), rule="top 2 by revenue in 12 months")
    rooms.store().write(workshop, ChooseLongList(long_list=old))
    tab = long_list(workshop)
    tab.button(key="long_list.add.Figure").click().run()
    tab.button(key="long_list.judge").click().run()
    for shows in (tab, long_list(workshop)):
        text = shown(shows)
        assert "On the list before" in text
        assert "On the list that stands" not in text
        assert judge(shows).endswith("customers are judged")


def test_a_group_put_in_by_hand_stays_on_the_list_when_it_is_judged_apart() -> None:
    workshop = brought_in(*many(100))
    store = rooms.store()
    store.write(workshop, JudgeAsOne(group="hold", name="Holding", members=("c80", "c81")))
    tab = without_conditions(long_list(workshop))
    tab.multiselect(key="long_list.put_in").set_value(["hold", "c7"]).run()
    tab.button(key="long_list.judge").click().run()
    one = long_list(workshop)
    assert one.multiselect(key="long_list.put_in").value == ["hold", "c7"]
    assert judge(one) == "These 2 customers are judged"
    store.write(workshop, JudgeApart(group="hold"))
    apart = long_list(workshop)
    assert apart.multiselect(key="long_list.put_in").value == ["c80", "c81", "c7"]
    assert judge(apart) == "These 3 customers are judged"


def test_everybody_is_judged_again_by_one_button() -> None:
    workshop = brought_in(*many(30))
    rooms.store().write(workshop, ChooseLongList(long_list=LongList(customers=("c1",))))
    tab = long_list(workshop)
    tab.button(key="long_list.everybody").click().run()
    assert present(workshop).long_list is None
    assert "long_list.everybody" not in [button.key for button in tab.button]


def test_a_level_a_comparison_and_a_figure_change_the_count_at_once() -> None:
    tab = without_growth_and_margin(long_list(brought_in(*many(200))))
    tab.number_input(key="long_list.0.level").set_value(20.0).run()
    assert judge(tab) == "Judge these 20 customers"
    tab.selectbox(key="long_list.0.way").set_value("at_least").run()
    tab.number_input(key="long_list.0.level").set_value(951.0).run()
    assert judge(tab) == "Judge these 50 customers"
    tab.selectbox(key="long_list.0.measure").set_value("pool.growth").run()
    assert tab.number_input(key="long_list.0.level").value == 100.0
    assert judge(tab) == "Judge these 100 customers"


def test_an_emptied_level_comes_back() -> None:
    tab = long_list(brought_in(*many(30)))
    before = tab.number_input(key="long_list.0.level").value
    tab.number_input(key="long_list.0.level").set_value(None).run()
    assert tab.number_input(key="long_list.0.level").value == before
    shown(tab)


def test_all_conditions_together_choose_fewer_than_any() -> None:
    tab = long_list(brought_in(*many(200)))
    tab.button(key="long_list.add.Country").click().run()
    tab.multiselect(key="long_list.3.values").set_value(["Peru"]).run()
    assert "**100** alone" in shown(tab)
    assert judge(tab).startswith("Judge these 1")
    tab.segmented_control(key="long_list.needs").set_value("all").run()
    assert tab.button(key="long_list.judge").disabled
    assert judge(tab) == "Judge these 0 customers"


def test_only_what_is_known_of_somebody_can_be_added() -> None:
    tab = long_list(brought_in(*many(30)))
    assert "Country" in labels(tab)
    assert "Industry" not in labels(tab)
    tab.button(key="long_list.1.remove").click().run()
    tab.button(key="long_list.add.Figure").click().run()
    assert tab.selectbox(key="long_list.2.measure").value == "pool.growth"


def test_customers_without_a_figure_are_counted_apart() -> None:
    silent = [known(f"Silent {n}") for n in range(7)]
    text = shown(long_list(brought_in(*many(30), *silent)))
    assert "**30** alone · 7 unknown" in text


def test_the_hand_puts_in_and_leaves_out() -> None:
    workshop = brought_in(*many(100))
    tab = without_conditions(long_list(workshop))
    assert "No condition yet" in shown(tab)
    tab.multiselect(key="long_list.put_in").set_value(["c7", "c8"]).run()
    assert judge(tab) == "Judge these 2 customers"
    tab.multiselect(key="long_list.left_out").set_value(["c8"]).run()
    assert judge(tab) == "Judge this 1 customer"
    assert tab.multiselect(key="long_list.put_in").value == ["c7"]
    tab.button(key="long_list.judge").click().run()
    assert present(workshop).long_list == LongList(
        customers=("c7",),
        rule="1 put in by hand (C7); 1 left out by hand (C8)",
        by=Rule(put_in=("c7",), left_out=("c8",)),
    )


def test_namesakes_are_told_apart_where_they_are_chosen() -> None:
    twins = [
        Customer(id=key, name="Acme", profile=Profile(country="DE", revenue=1e6))
        for key in ("a1", "a2")
    ]
    tab = long_list(brought_in(*many(100), *twins))
    options = tab.multiselect(key="long_list.put_in").options
    assert options[-3:] == ["C99", "Acme · DE · EUR 1.0 m · a1", "Acme · DE · EUR 1.0 m · a2"]


def test_revenue_in_a_country_is_a_list_of_the_biggest_there() -> None:
    tab = long_list(brought_in(*many(300)))
    for _ in range(2):
        tab.button(key="long_list.1.remove").click().run()
    tab.selectbox(key="long_list.0.way").set_value("at_least").run()
    tab.number_input(key="long_list.0.level").set_value(940.0).run()
    tab.button(key="long_list.add.Country").click().run()
    tab.multiselect(key="long_list.1.values").set_value(["Peru"]).run()
    assert "Revenue is the only figure of this rule" in shown(tab)
    tab.segmented_control(key="long_list.needs").set_value("all").run()
    assert judge(tab) == "Judge these 30 customers"
    assert "This is a list of the biggest, not of the most promising" in shown(tab)


def test_a_removed_rule_is_suggested_again_on_request() -> None:
    tab = long_list(brought_in(*many(100)))
    before = judge(tab)
    tab.button(key="long_list.0.remove").click().run()
    tab.button(key="long_list.suggest").click().run()
    assert judge(tab) == before
    assert "Suggest a rule" not in labels(tab)


def test_a_list_of_the_biggest_is_told_and_its_shares_are_shown() -> None:
    tab = without_growth_and_margin(long_list(brought_in(*many(200))))
    assert "This is a list of the biggest, not of the most promising" in shown(tab)
    found = {metric.label: metric.value for metric in tab.metric}
    assert list(found) == ["Would leave out", "of revenue", "of growth", "of margin"]
    assert all(value.endswith("%") for value in list(found.values())[1:])


def test_growers_that_are_left_out_are_named_and_put_in_by_one_button() -> None:
    workshop = brought_in(*many(200))
    tab = long_list(workshop)
    for _ in range(2):
        tab.button(key="long_list.1.remove").click().run()
    assert "among the ten that grew most: C199, C198, C197, C196 and 6 more" in shown(tab)
    tab.button(key="long_list.growers").click().run()
    assert len(tab.multiselect(key="long_list.put_in").value) == 10
    assert "among the ten that grew most" not in shown(tab)


def test_customers_in_the_key_zone_are_offered_but_no_more_than_a_room_judges() -> None:
    tab = long_list(stored(*scored([(f"C{n}", (8.0, 8.0)) for n in range(100)])))
    assert "n the key zone by the scores that they have: C0, C1, C2, C3 and 96 more" in shown(tab)
    assert tab.button(key="long_list.key_zone").label == "Put the first 60 in"
    tab.button(key="long_list.key_zone").click().run()
    assert judge(tab) == "Judge these 60 customers"
    assert "long_list.key_zone" not in [button.key for button in tab.button]


def test_without_figures_nobody_is_chosen_and_so_nobody_is_left_out_yet() -> None:
    tab = long_list(brought_in(*(known(f"C{n}") for n in range(20))))
    assert not tab.metric
    assert tab.button(key="long_list.judge").disabled
    assert "Nobody is chosen yet." in shown(tab)
    assert "Now everybody is judged: 20 customers." in shown(tab)
    tab.multiselect(key="long_list.put_in").set_value(["c3"]).run()
    assert [metric.value for metric in tab.metric] == ["19", "–", "–", "–"]


def test_who_is_in_the_key_zone_is_not_called_left_out_before_anybody_is_chosen() -> None:
    tab = without_conditions(long_list(stored(*scored([(f"C{n}", (8.0, 8.0)) for n in range(20)]))))
    assert "In the key zone by the scores that they have: C0" in shown(tab)
    assert "Left out" not in shown(tab)


def test_after_groups_and_a_new_ledger_the_sentence_still_says_how_the_list_was_chosen() -> None:
    workshop = brought_in(*many(200))
    long_list(workshop).button(key="long_list.judge").click().run()
    [rule] = [kept.rule for kept in [present(workshop).long_list] if kept]
    later = {f"c{n}": known(f"C{n}", {"revenue_12m": 1.0 + n}) for n in range(200)}
    edits: list[Edit] = [
        BringIn(origin="next year", customers=later, fact_kinds=KINDS),
        JudgeAsOne(group="c0", name="C0", members=("c1", "c2")),
    ]
    for edit in edits:
        rooms.store().write(workshop, edit)
        text = shown(long_list(workshop))
        assert f"customers are judged. Chosen by: {rule[:60]}" in text
        assert "By today's figures the same rule chooses" in text


def test_hostile_names_stay_text() -> None:
    names = [f"[a](javascript:alert({n})) <b>" for n in range(70)]
    tab = long_list(stored(*scored([(name, (8.0, 8.0)) for name in names])))
    tab.button(key="long_list.key_zone").click().run()
    tab.button(key="long_list.judge").click().run()
    shown(tab)
    raw = "\n".join(one.value for one in (*tab.markdown, *tab.caption, *tab.success))
    assert "](" not in raw
    assert "<b>" not in raw


def test_a_list_that_somebody_chose_first_stands_and_is_told() -> None:
    workshop = brought_in(*many(30))
    tab = without_growth_and_margin(long_list(workshop))
    tab.number_input(key="long_list.0.level").set_value(20.0).run()
    rooms.store().write(workshop, ChooseLongList(long_list=LongList(customers=("c2",))))
    tab.button(key="long_list.judge").click().run()
    assert "Somebody changed this first" in shown(tab)
    assert present(workshop).long_list == LongList(customers=("c2",))
