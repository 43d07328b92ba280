"""The view on returns: bars, the table, one customer opened to its inputs."""

from datetime import timedelta

from kam.edits import BringIn, ChangeEconomics, MarkRevision, SetHoursPolicy
from kam.method.capital import PARTS
from kam.model import Economics
from kam.ui import returns
from kam.ui.amounts import MOST_DRESSED
from kam.ui.resources import RETURN
from kam.ui.returns import EVERY
from kam.validated import changed
from tests.apps import example, room_after, scored, shown, stored
from tests.pages.resources_page import ECONOMICS, POLICY, PROFILE, opened, two
from tests.workshops import TODAY, customer

UNIT = "EUR, twelve months"


def test_the_example_opens_a_customer_to_the_cent() -> None:
    tab = opened(example(), RETURN)
    text = shown(tab)
    assert "It earns **98.0 %** a year on the capital" in text
    assert "EUR 4,573.33 of contribution for each hour" in text
    assert "Its gain is 80 % likely." in text
    profit, capital = (tab.dataframe[n].value for n in (1, 2))
    assert list(profit[""])[-1] == "Operating profit"
    assert list(profit[UNIT])[-1] == "784,000.00"
    assert list(capital[UNIT]) == ["800,000.00", "800,000.00"]
    assert "Discounts" not in " ".join(profit[""])


def test_every_rate_opens_to_customers_that_add_up_to_it() -> None:
    tab = opened(example(), RETURN)
    options = tab.selectbox(key="returns_opened").options
    assert options[0] == EVERY
    for option in options[1:]:
        group = option.removeprefix("What adds up to the rate: ")
        tab.selectbox(key="returns_opened").set_value(group).run()
        table = tab.dataframe[0].value
        profit, capital = (
            [round(100 * float(cell.replace(",", "").replace("−", "-"))) for cell in table[name]]
            for name in ("Operating profit", "Capital")
        )
        assert (sum(profit[1:]), sum(capital[1:])) == (profit[0], capital[0])
        assert f"{100 * profit[0] / capital[0]:.1f} % is operating profit over capital" in shown(
            tab
        )


def test_who_is_in_no_rate_is_named_where_it_is_opened() -> None:
    tab = opened(example(), RETURN)
    tab.selectbox(key="returns_opened").set_value("All customers").run()
    text = shown(tab)
    assert "1 self-financing, profit EUR 8.8 k (Calder & Rowe)" in text
    assert "2 with a figure that is not known (Clearwell Utilities and Rivermark Bank)" in text
    assert "Calder & Rowe" not in list(tab.dataframe[0].value["Customer"])


def test_one_with_negative_capital_does_not_blow_up_the_title() -> None:
    people = {
        f"c{n}": changed(
            customer(f"c{n}"), profile=changed(PROFILE, capital_employed=tied), economics=ECONOMICS
        )
        for n, tied in enumerate((-400, 401))
    }
    room = room_after(*two(), BringIn(origin="x", customers=people))
    assert returns.title(room) == "Capital in customers earns 49.9 %; it needs 20 %"


def test_a_hurdle_with_a_decimal_reads_the_same_everywhere() -> None:
    policy = SetHoursPolicy(policy=changed(POLICY, hurdle_pct=12.5))
    tab = opened(stored(*two(), policy), RETURN)
    assert tab.title[0].value.endswith("it needs 12.5 %")
    assert "above 12.5 %" in shown(tab)


def test_a_contradiction_between_capital_and_its_parts_is_told() -> None:
    parts = dict.fromkeys(PARTS, 0.0) | {"receivables": 700.0}
    edit = ChangeEconomics(customer="c0", economics=changed(ECONOMICS, **parts))
    text = shown(opened(stored(*two(), edit), RETURN))
    assert "The parts add up to EUR 700, and capital employed says EUR 500" in text


def test_a_key_account_below_the_hurdle_twice_is_told() -> None:
    low = ChangeEconomics(customer="c0", economics=changed(ECONOMICS, gain=20))
    review = MarkRevision(name="Autumn", on=TODAY - timedelta(days=365))
    assert "talk about a lower class" in shown(opened(stored(*two(), low, review), RETURN))
    assert "talk about a lower" not in shown(opened(stored(*two(), review, low), RETURN))


def test_the_table_has_every_customer_the_lowest_return_first() -> None:
    table = opened(example(), RETURN).dataframe[0].value
    assert "−" not in str(table["Profit"].iloc[0])  # still a number
    assert len(table) == 40
    assert table["Customer"].iloc[0] == "Nordhaven"
    assert list(table["Return"].iloc[-3:]).count("unknown") == 2


def test_another_customer_is_opened_by_the_select_box() -> None:
    tab = opened(example(), RETURN)
    tab.selectbox(key="customer_choice").set_value("calder-rowe").run()
    text = shown(tab)
    assert "**It finances itself**: it ties up no money of ours." in text
    assert "Compare what an hour brings" in text


def test_a_long_list_of_which_nothing_is_known_is_shown_with_dashes() -> None:
    many = scored([(f"C{place}", (5.0, 5.0)) for place in range(MOST_DRESSED + 1)])
    tab = opened(stored(*many), RETURN)
    assert "What does capital in customers earn?" in shown(tab)
    assert any(len(table.value) == MOST_DRESSED + 1 for table in tab.dataframe)


def test_what_to_collect_is_said() -> None:
    text = shown(opened(example(), RETURN))
    assert "Not known: cost to serve of Clearwell Utilities and Rivermark Bank." in text


def test_an_unknown_part_makes_the_return_unknown_and_is_named() -> None:
    nothing = ChangeEconomics(customer="c0", economics=Economics())
    text = shown(opened(stored(*two(), nothing), RETURN))
    assert "**Its return is not known.** Unknown: avoidable overhead." in text
    assert "More business: Not known yet" in text


def test_without_any_known_return_the_title_asks() -> None:
    workshop = stored(*two()[:3])
    tab = opened(workshop, RETURN)
    assert tab.title[0].value == "What does capital in customers earn?"
    assert "cost to serve of Ash and Bay" in shown(tab)


def test_the_title_follows_the_figures() -> None:
    assert returns.title(room_after(*two())) == "Capital in customers earns 40.0 %; it needs 20 %"
    people = {
        f"c{n}": changed(
            customer(f"c{n}"),
            profile=changed(PROFILE, capital_employed=4000),
            economics=ECONOMICS,
        )
        for n in range(2)
    }
    tied = room_after(*two(), BringIn(origin="x", customers=people))
    assert returns.title(tied) == "Capital in customers earns 5.0 %; it needs 20 %"
