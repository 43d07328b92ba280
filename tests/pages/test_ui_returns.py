"""The view on returns: bars, the table, one customer opened to its inputs."""

from kam.edits import BringIn, ChangeEconomics
from kam.model import Economics
from kam.ui import returns
from kam.ui.resources import RETURN
from kam.validated import changed
from tests.apps import example, room_after, shown, stored
from tests.pages.resources_page import ECONOMICS, PROFILE, opened, two
from tests.workshops import customer


def test_the_example_opens_a_customer_to_the_cent() -> None:
    tab = opened(example(), RETURN)
    text = shown(tab)
    assert "98.0 %** on capital" in text
    assert "EUR 4,573.33 of contribution for each hour" in text
    assert "Its gain is 80 % likely." in text
    profit, capital = (tab.dataframe[n].value for n in (1, 2))
    assert list(profit[""])[-1] == "Operating profit"
    assert list(profit["Twelve months"])[-1] == "EUR 784,000.00"
    assert list(capital["Twelve months"]) == ["EUR 800,000.00", "EUR 800,000.00"]


def test_no_amount_of_nothing_has_a_minus() -> None:
    table = opened(example(), RETURN).dataframe[1].value
    assert table.set_index("").loc["Discounts and rebates", "Twelve months"] == "EUR 0.00"


def test_the_table_has_every_customer_the_lowest_return_first() -> None:
    table = opened(example(), RETURN).dataframe[0].value
    assert len(table) == 40
    assert table["Customer"].iloc[0] == "Nordhaven"
    assert list(table["Return"].iloc[-3:]).count("unknown") == 2


def test_another_customer_is_opened_by_the_select_box() -> None:
    tab = opened(example(), RETURN)
    tab.selectbox(key="customer_choice").set_value("calder-rowe").run()
    text = shown(tab)
    assert "Self-financing** on capital" in text
    assert "compare what an hour brings" in text


def test_who_is_left_out_is_counted_and_what_to_collect_is_said() -> None:
    text = shown(opened(example(), RETURN))
    assert "Left out of the sums, as something is not known: 2 customers." in text
    assert "Not known: cost to serve of Clearwell Utilities and Rivermark Bank." in text


def test_an_unknown_part_makes_the_return_unknown_and_is_named() -> None:
    nothing = ChangeEconomics(customer="c0", economics=Economics())
    text = shown(opened(stored(*two(), nothing), RETURN))
    assert "Unknown** on capital. Unknown: avoidable overhead." in text
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
