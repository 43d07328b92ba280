"""The trap report: what explains the list, the figures behind it, gut lists, interests."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import (
    BringIn,
    ChooseTrapFigures,
    DeclareInterests,
    Edit,
    PutCustomer,
    PutMember,
    SetPoints,
)
from kam.model import FactKind, Member, TrapFigures
from kam.ui import rooms, traps
from kam.ui.frame import VIEWS
from tests.apps import ROOT, example, present, room_after, scored, shown, stored
from tests.workshops import customer

PATH = VIEWS["traps"][0]
NAMES = [f"Customer {n}" for n in range(12)]


def opened(workshop: str = "", view: str = "Traps") -> AppTest:
    """The page in a fresh tab, in one of its views."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if workshop:
        tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    if workshop and view != traps.TRAPS:
        tab.segmented_control(key="traps_view").set_value(view).run()
    return tab


def by_size() -> list[Edit]:
    """Twelve customers whose scores follow their revenue."""
    edits = scored((name, (10 * n / 11, 10 * n / 11)) for n, name in enumerate(NAMES))
    grown = {f"c{n}": customer(f"c{n}", revenue=1e6 * (n + 1)) for n in range(len(NAMES))}
    return [*edits, BringIn(origin="a list", customers=grown), SetPoints(points={"a": 1, "s": 1})]


# --- cold, empty, full ----------------------------------------------------------------------------


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(opened())


def test_an_empty_workshop_asks_the_question_and_shows_the_way() -> None:
    tab = opened(stored())
    assert tab.title[0].value == "Is it only size, fame, noise or friendship?"
    assert "Score customers first" in shown(tab)
    assert not tab.error


@pytest.mark.parametrize("view", [traps.GUT, traps.INTERESTS])
def test_an_empty_workshop_has_something_to_say_in_every_view(view: str) -> None:
    tab = opened(stored(), view)
    assert len(shown(tab)) > 40
    assert not tab.error


def test_the_example_says_what_explains_a_part_of_its_list() -> None:
    tab = opened(example())
    text = shown(tab)
    assert tab.title[0].value == "Size explains a part of this list: look at it"
    assert "In only because of Incremental profit potential: Oakmarrow Brewing." in text
    assert "4 of your 8 key accounts are among the 8 largest; by luck it would be 1.6." in text
    assert "Written down by 6 members before the list was shown" in text
    assert len(tab.get("vega_lite_chart")) == 6
    assert not tab.error


def test_what_else_is_known_of_a_trap_stands_beside_it() -> None:
    text = shown(opened(example()))
    assert "Scored at least 1.5 points higher by their own managers" in text
    assert "Merrowby Airports, Solenne Beauty and Calder & Rowe" in text


def test_what_was_not_looked_at_says_what_to_collect_and_where() -> None:
    tab = opened(example())
    assert "It takes an order ledger" in shown(tab)
    assert "Bring in figures" in [link.proto.label for link in tab.get("page_link")]


def test_a_list_that_follows_revenue_is_caught_in_the_title() -> None:
    tab = opened(stored(*by_size()))
    assert tab.title[0].value == (
        "Mostly the largest customers: is that what the 2 criteria were for?"
    )
    assert "are simply among the 6 largest" in shown(tab)


def test_hostile_names_stay_text() -> None:
    rows = [(f"<b>{n}</b> $x$ [a](b)", (float(n), float(n))) for n in range(10)]
    tab = opened(stored(*scored(rows)))
    shown(tab)
    assert not tab.error


# --- the figures ----------------------------------------------------------------------------------

KINDS = {
    key: FactKind(key=key, label=key.capitalize(), origin="a list") for key in ("press", "tickets")
}


def with_facts() -> str:
    """The list that follows revenue; press follows it too, tickets run against it."""
    people = {
        f"c{n}": customer(f"c{n}", revenue=1e6, margin_pct=20).model_copy(
            update={"facts": {"press": float(n), "tickets": float(12 - n)}}
        )
        for n in range(len(NAMES))
    }
    return stored(*by_size(), BringIn(origin="a list", customers=people, fact_kinds=KINDS))


def test_a_chosen_figure_of_fame_is_in_the_store_and_in_the_title() -> None:
    workshop = with_facts()
    tab = opened(workshop)
    tab.selectbox(key="awareness").set_value("press").run()
    assert present(workshop).trap_figures == TrapFigures(awareness="press")
    assert "best-known customers" in shown(tab)
    tab.selectbox(key="awareness").set_value(traps.NO_FIGURE).run()
    assert present(workshop).trap_figures == TrapFigures()


def test_chosen_demands_keep_the_figure_of_fame() -> None:
    workshop = with_facts()
    rooms.store().write(workshop, ChooseTrapFigures(figures=TrapFigures(awareness="press")))
    tab = opened(workshop)
    tab.multiselect(key="demands").set_value(["tickets"]).run()
    assert present(workshop).trap_figures == TrapFigures(awareness="press", demands=("tickets",))
    assert "that demand most for what they bring" in shown(tab)


def test_without_figures_the_popover_says_which_to_bring_in() -> None:
    assert "Bring one in with columns such as press mentions" in shown(opened(stored(*by_size())))


def test_ties_are_off_and_asked_once_they_are_turned_on_and_forgotten_when_off() -> None:
    workshop = stored(*by_size())
    tab = opened(workshop)
    assert tab.checkbox(key="ask_ties").value is False
    assert "Nobody is asked." in shown(tab)
    tab.checkbox(key="ask_ties").check().run()
    assert present(workshop).answers.ties.asked
    assert "0 of at least 3 people have said in private" in shown(tab)
    tab.checkbox(key="ask_ties").uncheck().run()
    assert not present(workshop).answers.ties.asked


def test_turning_ties_off_forgets_every_answer_of_the_example() -> None:
    workshop = example()
    tab = opened(workshop)
    assert "4 answers so far" in shown(tab)
    tab.checkbox(key="ask_ties").uncheck().run()
    assert present(workshop).answers.ties.strongest == {}
    assert "Nobody is asked." in shown(tab)


# --- gut lists and interests ----------------------------------------------------------------------


def test_the_gut_lists_of_the_example_come_back_beside_its_result() -> None:
    tab = opened(example(), traps.GUT)
    text = shown(tab)
    assert tab.title[0].value == "5 of your 7 favourites are key"
    assert "2 are not: Orrin Steel and Hallowmere Energy." in text
    assert "2 key accounts were on nobody’s list: Junivale Labs and Kinlarrow Dairy." in text


def test_declared_interests_of_the_example_change_nobodys_class() -> None:
    text = shown(opened(example(), traps.INTERESTS))
    assert "Kinlarrow Dairy" in text
    assert "every customer keeps its class" in text


def test_without_declared_interests_the_page_leads_to_where_they_are_declared() -> None:
    tab = opened(stored(*by_size()), traps.INTERESTS)
    assert "Nobody has declared an interest in a customer yet." in shown(tab)


def test_an_interest_shows_no_name_of_a_member_and_no_reason() -> None:
    workshop = stored(*by_size(), PutMember(member=Member(id="m", name="Marguerite")))
    declared = DeclareInterests(member="m", interests={"c3": "A brother-in-law"})
    rooms.store().write(workshop, declared)
    text = shown(opened(workshop, traps.INTERESTS))
    assert "not impartial about" in text
    assert "Marguerite" not in text
    assert "brother" not in text


# --- the parts alone ------------------------------------------------------------------------------


def test_while_nobody_is_scored_nothing_is_looked_for() -> None:
    assert traps.findings(room_after(PutCustomer(customer=customer("ash")))) == ()
    assert traps.findings(room_after(*by_size()))
