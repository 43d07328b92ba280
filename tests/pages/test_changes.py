"""What would change it: the agenda, one customer's case, any two customers."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import MoveLine, PutCustomer, SetPoints
from kam.model import Axis
from kam.ui import rooms
from kam.ui.changes import AGENDA, LINES, PAIR, SECTIONS, WEIGHTS
from kam.ui.frame import VIEWS
from tests.apps import example, go, page, present, scored, shown, start, stored
from tests.pages.test_every_page import HOSTILE
from tests.workshops import customer

PATH = VIEWS["changes"][0]


def changes(workshop: str, **chosen: str) -> AppTest:
    """The page in a fresh tab, in the view and the section that are named."""
    tab = start()
    tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    for key, value in chosen.items():
        tab = tab.segmented_control(key=f"changes_{key}").set_value(value).run()
    return tab


def agenda_words(tab: AppTest) -> list[str]:
    """What the agenda says, from the first customer on."""
    return [line for line in shown(tab).splitlines() if " now. " in line]


def test_without_a_workshop_the_page_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(start().switch_page(PATH).run())


def test_an_empty_workshop_is_told_what_is_missing_and_where_to_go() -> None:
    tab = changes(stored(PutCustomer(customer=customer("ash"))))
    assert "Score customers first" in shown(tab)
    assert "What would change it?" in shown(tab)
    assert "Score customers" in [link.label for link in tab.page_link]


def test_the_example_opens_on_the_most_fragile_customer_with_its_picture() -> None:
    workshop = example()
    tab = changes(workshop)
    result = rooms.assessed(rooms.store().history(workshop))
    first = rooms.checked(result.workshop, result).fragile[0].customer
    assert f"#### {result.workshop.customers[first].name}" in shown(tab)
    assert len(tab.get("vega_lite_chart")) == 1
    assert "can change the class of" in tab.title[0].value


def test_picking_another_customer_shows_its_case_and_other_pages_open_it_too() -> None:
    tab = changes(example())
    tab.button(key="fragile_oakmarrow-brewing").click().run()
    assert "#### Oakmarrow Brewing" in shown(tab)
    assert go(tab, "split").selectbox(key="customer_choice").value == "oakmarrow-brewing"


def test_a_customer_that_is_open_elsewhere_is_open_here() -> None:
    tab = start()
    tab.query_params["w"] = example()
    tab.session_state["tab:customer"] = "tamar-logistics"
    assert "#### Tamar Logistics" in shown(tab.switch_page(PATH).run())


def test_the_agenda_grows_at_a_tap_and_ends() -> None:
    tab = changes(example())
    assert len(agenda_words(tab)) == 20
    tab.button(key="agenda_more").click().run()
    assert len(agenda_words(tab)) == 40
    assert "agenda_more" not in [button.key for button in tab.button]


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_shown_without_a_complaint(section: str) -> None:
    tab = changes(example(), section=section)
    shown(tab)
    assert not tab.error


def test_the_other_axis_can_be_looked_at() -> None:
    tab = changes(example())
    axis = tab.segmented_control(key="axis_kinlarrow-dairy")
    assert axis.value == "strength"
    axis.set_value(Axis.ATTRACTIVENESS).run()
    shown(tab)
    assert tab.segmented_control(key="axis_kinlarrow-dairy").value == "attractiveness"


def test_the_table_compares_with_the_customer_that_is_chosen() -> None:
    tab = changes(example(), section=WEIGHTS)
    assert "Is level with Redmarsh Packaging" in tab.dataframe[0].value.columns
    tab.selectbox(key="rival_kinlarrow-dairy").set_value("hevlin-systems").run()
    assert "Is level with Hevlin Systems" in tab.dataframe[0].value.columns


def test_the_weight_that_changes_the_class_first_is_drawn_first() -> None:
    tab = changes(example(), section=LINES)
    assert tab.selectbox(key="moved_kinlarrow-dairy").value == "S11"
    tab.selectbox(key="moved_kinlarrow-dairy").set_value("A02").run()
    assert not tab.error
    shown(tab)


def test_any_two_customers_are_compared_in_sentences() -> None:
    tab = changes(example(), view=PAIR)
    tab.selectbox(key="pair_a").set_value("hevlin-systems").run()
    tab.selectbox(key="pair_b_hevlin-systems").set_value("marlowe-textiles").run()
    text = shown(tab)
    assert "#### Hevlin Systems is Key · strategic, Marlowe Textiles is Low priority." in text
    assert "It fails the gate" in text


def test_nobody_is_compared_with_itself() -> None:
    tab = changes(example(), view=PAIR)
    tab.selectbox(key="pair_a").set_value("orrin-steel").run()
    assert "Orrin Steel" not in tab.selectbox(key="pair_b_orrin-steel").options
    assert "Orrin Steel" in shown(tab)
    assert not tab.error


def test_one_customer_alone_is_not_compared() -> None:
    tab = changes(stored(*scored([("Ash", (8.0, 8.0))])), view=PAIR)
    assert "There is one customer only." in shown(tab)


def test_a_weight_moved_on_the_matrix_changes_the_agenda() -> None:
    workshop = example()
    before = agenda_words(changes(workshop))
    tab = page("matrix", workshop).segmented_control(key="matrix_view").set_value("Weights").run()
    tab.slider(key="slide.S11").set_value(100.0).run()
    assert agenda_words(changes(workshop)) != before


def test_undo_on_the_page_takes_a_line_back() -> None:
    workshop = example()
    rooms.store().write(workshop, MoveLine(line="strength", value=6.0))
    tab = changes(workshop)
    tab.button(key="undo").click().run()
    shown(tab)
    assert present(workshop).cut_offs.strength == 5.0


@pytest.mark.parametrize("view", [AGENDA, PAIR])
def test_hostile_names_break_nothing(view: str) -> None:
    rows = [(name, (9.0 - n / 2, 8.0)) for n, name in enumerate(HOSTILE)]
    tab = changes(stored(*scored(rows)), view=view)
    shown(tab)
    raw = "\n".join([m.value for m in tab.markdown] + [b.label for b in tab.button])
    assert not tab.error
    assert not [bad for bad in ("<script>", "](", "$x$") if bad in raw]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("count", [1, 2])
def test_hardly_any_customers_break_nothing(section: str, count: int) -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(count)]
    tab = changes(stored(*scored(rows)), section=section)
    shown(tab)
    assert not tab.error


@pytest.mark.parametrize("section", SECTIONS)
def test_an_axis_of_which_nothing_is_known_breaks_nothing(section: str) -> None:
    tab = changes(stored(*scored([("Ash", (8.0, 8.0)), ("Bay", (8.0, None))])), section=section)
    tab.button(key="fragile_c1").click().run()
    assert "Not scored yet" in shown(tab)
    assert not tab.error


def test_weights_that_are_all_zero_leave_the_page_standing() -> None:
    rows = [(f"Customer {n}", (8.0, n / 2)) for n in range(6)]
    tab = changes(stored(*scored(rows), SetPoints(points={"a": 0, "s": 0})))
    assert "Score customers first" in shown(tab)
    assert not tab.error
