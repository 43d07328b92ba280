"""`kam.ui.wizard.ledger_count`: reading in the background, and what counts, with its money."""

from collections.abc import Sequence
from datetime import date
from threading import Event
from typing import TypedDict, Unpack

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, PutCustomer
from kam.errors import Unreadable
from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.orders.progress import Progress
from kam.intake.tables.files import Reading
from kam.model import Customer, LedgerChoices, Profile
from kam.ui import rooms
from kam.ui.wizard import ledger_count
from tests.apps import example, labels, page, present, stored
from tests.wizard.opened import (
    LEDGER,
    counted,
    finished,
    ledger_given,
    opened,
    pressed,
    stored_by,
    told,
)

# Worked out by hand: 100 + 50 + 200 + 200 - 20 + 0 - 30 = 500, without the nameless 70.
LINES = """\
Customer,Date,Amount,Order no
Ash,2025-01-10,100,1
Ash,2025-06-10,50,2
Bay,2025-02-10,200,3
Bay,2025-02-10,200,3
Bay,2025-03-10,-20,4
Cob,2025-03-11,0,5
Cob,2025-03-12,-30,C6
,2025-04-10,70,7
"""


def looked_at(text: str = LINES, workshop: str = "") -> AppTest:
    """The third screen of a ledger."""
    return counted(ledger_given(opened(workshop or stored(), LEDGER), text))


def switched(tab: AppTest, name: str) -> AppTest:
    """The tab after one of the switches, once the ledger is read again."""
    switch = tab.toggle(key=f"wizard_ledger_{name}")
    return finished(switch.set_value(not switch.value).run())


def brought_in(workshop: str) -> BringIn:
    """The last edit of a workshop."""
    edit = rooms.store().history(workshop).entries[-1].edit
    assert isinstance(edit, BringIn)
    return edit


def choices_of(workshop: str) -> LedgerChoices:
    """How the lines of the last import were counted."""
    found = brought_in(workshop).ledger
    assert found is not None
    return found


# --- whom lines belong to -------------------------------------------------------------------------

CALLED = "Customer,Date,Amount\nAsh,2025-01-10,100\nTotal,2025-06-10,50\n"
SPELLED = "Customer,Date,Amount\nAsh,2025-01-10,100\nASH Ltd,2025-06-10,50\n"


def test_a_customer_called_total_is_asked_about_and_can_be_taken_out() -> None:
    workshop = stored()
    tab = looked_at(CALLED, workshop)
    assert told(tab, ":orange[▲] Counted: 1 line of “Total”, which is called as a total is")
    assert told(tab, "Revenue EUR 150.00;")
    tab = switched(tab, "no_customer_Total")
    assert told(tab, "Revenue EUR 100.00;")
    assert told(tab, "1 line stands for no customer and is left out (50.00 in all): line 3.")
    stored_by(tab, "ledger")
    assert choices_of(workshop).no_customers == ("Total",)


def test_a_total_does_not_come_back_with_a_switch() -> None:
    tab = looked_at(LINES + "Grand Total,2025-12-31,570,\n")
    assert told(tab, "1 line adds up other lines and is left out (570.00 in all): line 10.")
    for name in ("left_out_negative", "left_out_copy", "blank"):
        tab = switched(tab, name)
        assert told(tab, "1 line adds up other lines and is left out (570.00 in all): line 10.")
    assert told(tab, "Revenue EUR 420.00;")


def test_names_may_be_counted_as_they_are_written() -> None:
    workshop = stored()
    tab = looked_at(SPELLED, workshop)
    assert told(tab, "2 lines, 1 customer, 2 orders")
    tab = switched(tab, "spellings")
    assert told(tab, "2 lines, 2 customers, 2 orders")
    stored_by(tab, "ledger")
    assert choices_of(workshop).spellings == "as_written"


# --- what counts ----------------------------------------------------------------------------------


def test_the_totals_are_told_with_their_dates_and_concentration() -> None:
    tab = looked_at()
    assert told(tab, "7 lines, 3 customers, 6 orders, 10 January 2025 to 10 June 2025.")
    assert told(tab, "Revenue EUR 500.00; in the twelve months to 10 June 2025 EUR 500.00.")
    assert told(tab, "From 10 January 2025 to 10 June 2025 the ten largest customers bring 100 %")
    assert told(tab, "3 new · 0 to update")


def test_unusual_lines_are_told_with_their_money_before_they_are_used() -> None:
    tab = looked_at()
    assert told(tab, "1 line names no customer and is left out (70.00 in all).")
    assert told(tab, "Counted: 2 lines below zero: credit notes or returns (-50.00 in all).")
    assert told(tab, "Counted: 1 line with an order number that begins with C: cancellations")
    assert told(tab, "Counted: 1 line worth nothing")
    assert told(tab, "Counted: 1 line in which every cell repeats another line")


@pytest.mark.parametrize(
    ("kind", "lines", "revenue", "sentence"),
    [
        ("negative", 5, "550.00", "2 lines are below zero and are left out (-50.00 in all)."),
        ("cancellation", 6, "530.00", "1 line is a cancellation and is left out (-30.00 in all)."),
        ("zero", 6, "500.00", "1 line is worth nothing and is left out"),
        ("copy", 6, "300.00", "1 line repeats another line in every cell and is left out (200.00"),
    ],
)
def test_a_switch_changes_the_totals_is_part_of_the_edit_and_can_be_taken_back(
    kind: str, lines: int, revenue: str, sentence: str
) -> None:
    workshop = stored()
    tab = switched(looked_at(workshop=workshop), f"left_out_{kind}")
    assert told(tab, f"{lines} lines, ")
    assert told(tab, f"Revenue EUR {revenue};")
    assert told(tab, f":orange[▲] {sentence}")
    assert told(switched(tab, f"left_out_{kind}"), "Revenue EUR 500.00;")
    stored_by(switched(tab, f"left_out_{kind}"), "ledger")
    assert choices_of(workshop).left_out == (kind,)


def test_several_switches_work_together() -> None:
    workshop = stored()
    tab = switched(switched(looked_at(workshop=workshop), "left_out_copy"), "left_out_zero")
    assert told(tab, "5 lines, 3 customers")
    stored_by(tab, "ledger")
    assert choices_of(workshop).left_out == ("copy", "zero")


def test_lines_without_a_customer_can_be_one_customer() -> None:
    workshop = stored()
    tab = switched(looked_at(workshop=workshop), "blank")
    assert told(tab, "8 lines, 4 customers")
    assert told(tab, "Revenue EUR 570.00;")
    stored_by(tab, "ledger")
    assert choices_of(workshop).blank_customers == "one_customer"
    assert present(workshop).customers["(blank)"].profile.revenue == 70.0


def test_a_ledger_without_anything_unusual_has_no_switch() -> None:
    tab = looked_at("Customer,Date,Amount\nAsh,2025-01-10,100\n")
    assert tab.toggle == []


def test_the_twelve_months_end_where_a_person_says() -> None:
    workshop = stored()
    tab = looked_at(workshop=workshop)
    end = tab.date_input(key="wizard_ledger_end")
    assert end.value == date(2025, 6, 10)
    finished(end.set_value(date(2025, 3, 31)).run())
    assert told(tab, "in the twelve months to 31 March 2025 EUR 450.00.")
    assert told(tab, "1 line lies after 31 March 2025 and is left out (50.00 in all).")
    stored_by(tab, "ledger")
    assert choices_of(workshop).end == date(2025, 3, 31)


def test_every_measure_is_shown_with_unit_period_and_coverage() -> None:
    workshop = stored()
    tab = looked_at(workshop=workshop)
    assert [one.label for one in tab.tabs] == ["What counts", "The measures, and what they cover"]
    frame = tab.table[0].value
    frame = frame.set_axis(frame.index.str.replace("\\", ""))
    frame = frame.map(lambda text: text.replace("\\", ""))
    assert list(frame.columns) == ["Unit", "Period", "Coverage"]
    year = frame.loc["Revenue in the last 12 months"]
    assert (year["Unit"], year["Period"]) == ("EUR", "12 months to 10 June 2025")
    assert year["Coverage"].startswith("3 of 3 customers")
    assert "no column of costs" in str(frame.loc["Margin", "Coverage"])
    stored_by(tab, "ledger")
    kind = present(workshop).fact_kinds["ledger.revenue_12m"]
    assert (kind.period, kind.origin) == (year["Period"], "orders.csv")


# --- who it is ------------------------------------------------------------------------------------

MILLS = PutCustomer(customer=Customer(id="c1", name="Ashcombe Mills", profile=Profile(owner="I")))
MILL = "Customer name,Date,Amount\nAshcombe Mill,2025-01-10,100\n"


def test_a_known_customer_is_updated_and_the_silent_ones_are_counted() -> None:
    workshop = stored(MILLS, PutCustomer(customer=Customer(id="c2", name="Birch")))
    tab = looked_at("Customer No,Date,Amount\nc1,2025-01-10,100\n", workshop)
    assert told(tab, "0 new · 1 to update")
    assert told(tab, "1 of your customers has no line in this ledger")
    stored_by(tab, "ledger")
    profile = present(workshop).customers["c1"].profile
    assert (profile.owner, profile.revenue) == ("I", 100.0)


def test_who_only_an_earlier_ledger_knows_loses_its_figures_and_is_named_before() -> None:
    workshop = stored()
    head = "Customer No,Date,Amount\n"
    stored_by(looked_at(f"{head}k1,2023-01-10,5\nk2,2023-01-10,300\n", workshop), "ledger")
    tab = looked_at(f"{head}k1,2025-01-10,7\n", workshop)
    assert told(tab, "1 of your customers has figures from orders.csv and no line in this ledger")
    assert "Bring in figures of 1 customer" in labels(tab)
    stored_by(tab, "ledger")
    found = present(workshop).customers
    assert {key: one.profile.revenue for key, one in found.items()} == {"k1": 7.0, "k2": None}
    assert not found["k2"].facts


def test_spellings_of_one_name_are_one_customer_and_told_and_near_ones_are_asked() -> None:
    workshop = stored()
    lines = "Acme GmbH,2025-01-10,5\nACME GmbH,2025-01-11,6\nBolton Mill,2025-01-12,1\n"
    text = f"Customer name,Date,Amount\n{lines}Bolton Mills,2025-01-12,2\n"
    tab = looked_at(text, workshop)
    assert told(tab, "3 new · 0 to update · :orange[▲ 1 may be in this file twice]")
    assert told(tab, "Taken for one customer, and added up: “ACME GmbH = Acme GmbH”.")
    assert tab.tabs[2].label == "May be one customer"
    stored_by(pressed(tab, "The same"), "ledger")
    found = [one.profile.revenue for one in present(workshop).customers.values()]
    assert sorted(one or 0 for one in found) == [3.0, 11.0]


def test_a_name_like_ours_is_asked_about_and_the_same_is_merged() -> None:
    workshop = stored(MILLS)
    tab = looked_at(MILL, workshop)
    assert told(tab, "1 new · 0 to update · :orange[▲ 1 may be here already]")
    pressed(tab, "The same")
    assert told(tab, "0 new · 1 to update")
    stored_by(tab, "ledger")
    assert {key: one.profile.revenue for key, one in present(workshop).customers.items()} == {
        "c1": 100.0
    }


def test_nothing_is_merged_without_an_answer() -> None:
    workshop = stored(MILLS)
    stored_by(looked_at(MILL, workshop), "ledger")
    assert len(present(workshop).customers) == 2


# --- the reading ----------------------------------------------------------------------------------


class Asked(TypedDict):
    """How a ledger is asked for, beside its files and choices."""

    names: Sequence[str]
    reading: Reading
    progress: Progress


class Held:
    """A reader that waits in the middle of its work until it is let go; it notes who asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = Event()
        self.begun: list[Progress] = []
        monkeypatch.setattr(ledger_count, "read_ledger", self.read)
        monkeypatch.setattr(ledger_count, "AT_ONCE", 0.05)

    def read(
        self, sources: Sequence[bytes], choices: LedgerChoices, **asked: Unpack[Asked]
    ) -> Ledger:
        self.begun.append(asked["progress"])
        while not self.go.wait(0.01):
            asked["progress"].part(0.25, 0.25, read=1234)
        return read_ledger(sources, choices, **asked)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def reading(workshop: str = "") -> AppTest:
    """A ledger that is being read."""
    tab = opened(workshop or stored(), LEDGER)  # nothing is asked, so reading begins at once
    tab.file_uploader[0].set_value([("orders.csv", LINES.encode(), "text/csv")])
    return tab.run()


def test_long_reading_shows_how_far_it_is_and_then_the_totals(held: Held) -> None:
    tab = reading()
    [bar] = tab.progress
    assert bar.value == 25
    assert bar.text.startswith("1,234 lines read, about ")
    assert labels(tab)[2:] == ["Stop"]
    held.go.set()
    assert told(finished(tab), "Revenue EUR 500.00;")
    assert len(held.begun) == 1


@pytest.mark.usefixtures("held")
def test_nobody_else_waits_for_a_reading() -> None:
    reading()
    assert told(page("matrix", example()), "customers")


def test_reading_is_stopped_and_begun_again_by_buttons(held: Held) -> None:
    workshop = stored()
    tab = reading(workshop)
    tab.button(key="wizard_ledger_stop").click().run()
    finished(tab)
    assert [one.value.replace("\\", "") for one in tab.info] == [
        "Reading was stopped; nothing was stored. Read it again, or choose other files."
    ]
    assert labels(tab)[2:] == ["Read it again", "Back"]
    assert present(workshop).customers == {}
    held.go.set()
    assert told(finished(pressed(tab, "Read it again")), "Revenue EUR 500.00;")
    assert len(held.begun) == 2


def test_another_choice_stops_the_reading_that_nobody_wants_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = looked_at()
    held = Held(monkeypatch)
    tab.toggle(key="wizard_ledger_left_out_copy").set_value(True).run()
    choices = tab.session_state["tab:wizard:ledger:choices"]
    changed = choices[1].model_copy(update={"left_out": ("zero",)})
    tab.session_state["tab:wizard:ledger:choices"] = (choices[0], changed)
    tab.run()
    assert [one.cancelled for one in held.begun] == [True, False]
    held.go.set()
    assert told(finished(tab), "6 lines, 3 customers")


def test_a_ledger_that_cannot_be_read_says_why_and_leads_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> Ledger:
        raise Unreadable("No line of orders.csv counts.")

    monkeypatch.setattr(ledger_count, "read_ledger", refused)
    tab = looked_at()
    assert [error.value.replace("\\", "") for error in tab.error] == [
        "No line of orders.csv counts."
    ]
    assert labels(tab)[2:] == ["Back"]
    assert told(tab.button(key="wizard_ledger_back").click().run(), "Which column holds what?")


def test_the_ledger_is_read_once_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    held.go.set()
    tab = looked_at()
    tab.run()
    tab.run()
    assert len(held.begun) == 1
    switched(tab, "left_out_copy")
    assert len(held.begun) == 2
