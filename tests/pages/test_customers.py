"""Step 3 and `kam.ui.customers`: the heatmap, the grid, one customer's profile."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kam import catalogue
from kam.edits import (
    BringIn,
    Edit,
    PutCriterion,
    PutCustomer,
    PutGate,
    ScoreCustomer,
)
from kam.model import Customer, FactKind, Favours, Gate, Profile
from kam.ui import customers, customers_head, evidence, rooms, state
from kam.ui.frame import Room
from kam.validated import changed
from tests.apps import example, go, page, present, restart, room, room_after, shown, stored
from tests.workshops import A, after, by_hand, criterion, full, scores

ASH = Customer(id="ash", name="Ash")


def small() -> str:
    """A stored workshop with one customer and one criterion an axis; `a` is scored with 4."""
    return stored(
        PutCriterion(criterion=criterion("a", A)),
        PutCustomer(customer=ASH),
        scores(["a"], {"ash": [4.0]}),
    )


def one(workshop: str) -> AppTest:
    """The page with the profile of one customer open."""
    tab = page("customers", workshop)
    return tab.segmented_control(key="customers_view_Scores").set_value("One customer").run()


# --- the grid -------------------------------------------------------------------------------------


def test_a_grids_delta_becomes_edits_and_an_emptied_cell_unknown() -> None:
    columns = {"Criterion a, points": "a", "Criterion s, points": "s"}
    delta: dict[int, dict[str, float | None]] = {
        1: {"Criterion a, points": 3.0}, 0: {"Criterion s, points": None}
    }  # fmt: skip
    assert customers.grid_edits(delta, ["ash", "bay"], columns) == [
        ScoreCustomer(customer="bay", criterion="a", value=3.0),
        ScoreCustomer(customer="ash", criterion="s", value=None),
    ]


def test_a_column_that_is_no_criterion_and_an_empty_delta_change_nothing() -> None:
    assert customers.grid_edits({0: {"Name": 1.0}}, ["ash"], {"Level": "a"}) == []
    assert customers.grid_edits({}, ["ash"], {"Level": "a"}) == []


def test_criteria_of_one_name_and_unit_keep_columns_of_their_own() -> None:
    twins = after(by_hand(), PutCriterion(criterion=criterion("b", A, name="Criterion a")))
    titles = customers._titles(room(twins), ["a", "b", "s"])
    assert titles == {
        "a": "Criterion a, points (a)",
        "b": "Criterion a, points (b)",
        "s": "Criterion s, points",
    }


class Tab:
    """What a browser tab remembers, and the edits that it sends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept: dict[str, Any] = {}
        self.delta: dict[int, dict[str, float | None]] = {}
        self.written: list[Edit] = []
        self.taken = True
        self.revision = 0
        monkeypatch.setattr(customers, "write", self.write)
        monkeypatch.setattr(state, "recall", self.kept.get)
        monkeypatch.setattr(state, "remember", self.kept.__setitem__)
        monkeypatch.setattr(state, "seen", lambda _workshop: self.revision)
        monkeypatch.setattr(state, "widget", lambda _key: {"edited_rows": self.delta})

    def write(self, _workshop: str, edit: Edit) -> bool:
        self.written.append(edit)
        self.revision += self.taken
        return self.taken

    def edit(self, open_room: Room, key: str) -> None:
        self.revision = open_room.history.revision
        names = {"Criterion a, points": "a"}
        customers._grid_written(open_room, key, ["ash"], names)


BEGIN: list[Edit] = [
    PutCriterion(criterion=criterion("a", A)),
    PutCustomer(customer=ASH),
    scores(["a"], {"ash": [4.0]}),
]
TYPED = ScoreCustomer(customer="ash", criterion="a", value=9.0)


def test_the_editor_keeps_its_place_while_only_it_changes_scores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = Tab(monkeypatch)
    key = customers._grid_key(room_after(*BEGIN))
    tab.delta = {0: {"Criterion a, points": 9.0}}
    tab.edit(room_after(*BEGIN), key)
    assert tab.written == [TYPED]
    assert customers._grid_key(room_after(*BEGIN, TYPED)) == key


def test_a_new_level_in_the_grid_keeps_the_evidence_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = Tab(monkeypatch)
    tab.delta = {0: {"Criterion a, points": 9.0}}
    noted = ScoreCustomer(customer="ash", criterion="a", value=4.0, note="Ledger, 2026")
    before = room_after(*BEGIN, noted)
    tab.edit(before, customers._grid_key(before))
    assert tab.written == [changed(TYPED, note="Ledger, 2026")]


def test_a_cell_that_holds_its_value_already_is_not_written_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = Tab(monkeypatch)
    key = customers._grid_key(room_after(*BEGIN, TYPED))
    tab.delta = {0: {"Criterion a, points": 9.0}}
    tab.edit(room_after(*BEGIN, TYPED), key)
    assert tab.written == []


def test_after_an_undo_or_somebody_elses_change_the_editor_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Tab(monkeypatch)
    before = customers._grid_key(room_after(*BEGIN))
    after_it = customers._grid_key(room_after(*BEGIN, TYPED))
    assert before != after_it
    assert customers._grid_key(room_after(*BEGIN, TYPED)) == after_it


def test_after_a_refusal_the_editor_shows_the_truth_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(monkeypatch)
    tab.taken = False
    key = customers._grid_key(room_after(*BEGIN))
    tab.delta = {0: {"Criterion a, points": 9.0}}
    tab.edit(room_after(*BEGIN), key)
    assert customers._grid_key(room_after(*BEGIN)) != key


# --- the page -------------------------------------------------------------------------------------


def test_a_workshop_without_customers_begins_with_bringing_them_in() -> None:
    tab = page("customers", stored())
    assert tab.segmented_control(key="customers_view_Bring in").value == "Bring in"
    assert len(tab.file_uploader) == 1


def test_customers_that_cannot_be_scored_yet_lead_to_the_criteria() -> None:
    tab = page("customers", stored(PutCustomer(customer=ASH)))
    view = tab.segmented_control(key="customers_view_Bring in")
    assert "No criterion is complete yet" in shown(view.set_value("Scores").run())


@pytest.mark.parametrize("view", ["Scores", "One customer", "Long list"])
def test_without_customers_every_view_says_what_to_do_and_one_can_be_added(view: str) -> None:
    tab = page("customers", stored())
    tab = tab.segmented_control(key="customers_view_Bring in").set_value(view).run()
    assert "by hand" in shown(tab)
    assert tab.text_input(key="new_customer")


MARGIN = FactKind(
    key="ledger.margin_pct", label="Margin", unit="% of revenue", origin="orders.csv",
    period="12 months to 31 May 2025", coverage="1 of 1 customers",
)  # fmt: skip


def against_the_ledger() -> str:
    """Ash with a net margin of 23.6 from a list; a ledger says that it costs us money."""
    ash = Customer(id="ash", name="Ash", facts={"ledger.margin_pct": -5.3})
    return stored(
        PutCriterion(criterion=catalogue.criterion("A04")),
        BringIn(origin="x", customers={"ash": ash}, fact_kinds={MARGIN.key: MARGIN}),
        ScoreCustomer(customer="ash", criterion="A04", value=23.6, note="list.csv"),
    )


def test_the_ledgers_measure_stands_beside_a_score_of_the_common_set() -> None:
    text = shown(one(against_the_ledger()))
    assert "Margin in the ledger: −5.3 % of revenue; 12 months to 31 May 2025." in text
    assert "before cost to serve" in text
    assert "▲ The score, 23.6, is a step of the scale or more away from this." in text


def test_scores_that_the_ledger_contradicts_are_named_below_all_scores() -> None:
    told = "Ash (Net account margin 23.6, ledger −5.3)"
    workshop = against_the_ledger()
    assert told in shown(page("customers", workshop))
    tab = one(workshop)
    tab.number_input(key="ash.score.A04").set_value(-5.3).run()
    assert told not in shown(page("customers", workshop))
    assert "away from this" not in shown(one(workshop))


def test_a_column_of_the_grid_tells_what_the_ledger_knows_beside_it() -> None:
    known = room(present(against_the_ledger()))
    told = evidence.rests_on(known, known.workshop.criteria["A04"]).replace("\\", "")
    assert told.startswith("Contribution after discounts")
    assert "The ledger beside it: Margin, % of revenue. 12 months to 31 May 2025;" in told


def test_the_names_in_the_grid_cannot_be_typed_over() -> None:
    [grid] = page("customers", small()).dataframe
    config = json.loads(grid.proto.columns)
    assert config["_index"]["disabled"]
    assert config["_index"]["label"] == "Customer"


def test_a_customer_is_added_by_hand_and_cannot_be_added_twice() -> None:
    workshop = small()
    tab = page("customers", workshop)
    tab.text_input(key="new_customer").set_value(" Birch ").run()
    assert [c.name for c in present(workshop).customers.values()] == ["Ash", "Birch"]
    assert tab.text_input(key="new_customer").value == ""
    tab.text_input(key="new_customer").set_value("BIRCH").run()
    assert "A customer named “BIRCH” is here already." in shown(tab)
    assert len(present(workshop).customers) == 2


def test_figures_that_criteria_name_are_taken_over_by_one_button() -> None:
    workshop = stored(
        PutCriterion(criterion=criterion("a", A, column="revenue", unit="EUR")),
        BringIn(origin="x", customers={
            "ash": Customer(id="ash", name="Ash", profile=Profile(revenue=7.0))}),
    )  # fmt: skip
    tab = page("customers", workshop)
    assert "1 score can be taken from figures: Criterion a (EUR)" in shown(tab)
    [take] = [button for button in tab.button if button.label == "Take them over"]
    take.click().run()
    assert present(workshop).scores["a"]["ash"].value == 7.0
    assert "can be taken from figures" not in shown(tab)


def test_a_score_typed_here_is_seen_at_the_matrix_and_survives_refresh_and_restart() -> None:
    workshop = example()
    tab = one(workshop)
    customer = str(tab.selectbox(key="customer_choice").value)
    before = present(workshop).scores["A02"][customer].value
    tab.number_input(key=f"{customer}.score.A02").set_value(0.0).run()
    assert present(workshop).scores["A02"][customer].value == 0.0
    tab = go(tab, "matrix")
    assert tab.segmented_control(key="matrix_view").set_value("Table").run().dataframe
    restart()
    again = one(workshop)
    again.selectbox(key="customer_choice").set_value(customer).run()
    assert again.number_input(key=f"{customer}.score.A02").value == 0.0
    again.button(key="undo").click().run()
    assert again.number_input(key=f"{customer}.score.A02").value == before
    shown(again)


def test_a_score_that_changes_the_order_leaves_the_same_customer_open() -> None:
    tab = one(example())
    customer = tab.selectbox(key="customer_choice").value
    for criterion_key in ("A02", "A03", "A04"):
        tab.number_input(key=f"{customer}.score.{criterion_key}").set_value(0.0).run()
    assert tab.selectbox(key="customer_choice").value == customer


def test_a_score_is_made_unknown_by_emptying_it_and_never_becomes_zero() -> None:
    workshop = small()
    tab = one(workshop)
    tab.number_input(key="ash.score.a").set_value(None).run()
    assert "ash" not in present(workshop).scores["a"]
    assert tab.number_input(key="ash.score.a").value is None


def test_evidence_needs_a_score_and_stays_with_it() -> None:
    workshop = small()
    tab = one(workshop)
    tab.text_input(key="ash.score.a.note").set_value("Their tender").run()
    tab.number_input(key="ash.score.a").set_value(5.0).run()
    kept = present(workshop).scores["a"]["ash"]
    assert (kept.value, kept.note) == (5.0, "Their tender")
    tab.number_input(key="ash.score.a").set_value(None).run()
    tab.text_input(key="ash.score.a.note").set_value("Nothing").run()
    assert "Give the score first, then its evidence." in shown(tab)


def test_a_score_and_its_evidence_that_arrive_together_are_both_kept() -> None:
    workshop = small()
    tab = one(workshop)
    tab.number_input(key="ash.score.a").set_value(5.0)
    tab.text_input(key="ash.score.a.note").set_value("Their tender")
    shown(tab.run())
    kept = present(workshop).scores["a"]["ash"]
    assert (kept.value, kept.note) == (5.0, "Their tender")


def test_evidence_that_is_too_long_is_told_and_the_score_stays() -> None:
    workshop = small()
    tab = one(workshop)
    tab.text_input(key="ash.score.a.note").set_value("x" * 4_001).run()
    assert "note: string should have at most 4000 characters" in shown(tab)
    assert present(workshop).scores["a"]["ash"].note == ""


PROFILE = {
    "ash.market_position": ("text_area", "Second in the north"),
    "ash.growth_potential": ("text_area", "New plant"),
    "ash.needs": ("text_area", "Speed"),
    "ash.strategic_objectives": ("text_area", "Halve the stock"),
    "ash.favours_us": ("segmented_control", Favours.YES),
    "ash.favours_known_by": ("selectbox", "asked"),
    "ash.revenue": ("number_input", 12_000.0),
    "ash.available_spend": ("number_input", 0.0),
    "ash.margin_pct": ("number_input", -2.5),
    "ash.cost_to_serve": ("number_input", 10.0),
    "ash.capital_employed": ("number_input", 5.0),
    "ash.owner": ("text_input", "Ines"),
    "ash.parent": ("text_input", "Ash Group"),
    "ash.industry": ("text_input", "Mills"),
    "ash.country": ("text_input", "Norway"),
    "ash.own_revenue": ("number_input", 90_000.0),
}


@pytest.mark.parametrize("key", PROFILE)
def test_every_field_of_the_profile_can_be_filled_in(key: str) -> None:
    kind, value = PROFILE[key]
    workshop = small()
    tab = one(workshop)
    getattr(tab, kind)(key=key).set_value(value).run()
    shown(tab)
    assert getattr(present(workshop).customers["ash"].profile, key.split(".")[1]) == value
    assert getattr(tab, kind)(key=key).value == value


def test_the_whole_profile_may_be_filled_in_at_once() -> None:
    workshop = small()
    tab = one(workshop)
    for key, (kind, value) in PROFILE.items():
        getattr(tab, kind)(key=key).set_value(value)
    shown(tab.run())
    profile = present(workshop).customers["ash"].profile
    assert {f"ash.{k}": v for k, v in profile} == {k: v for k, (_, v) in PROFILE.items()}


def test_a_customer_cannot_lose_its_name() -> None:
    workshop = small()
    tab = one(workshop)
    tab.text_input(key="ash.name").set_value(" ").run()
    assert len(tab.error) == 1
    assert present(workshop).customers["ash"].name == "Ash"
    tab.text_input(key="ash.name").set_value("x" * 201).run()
    assert "at most 200 characters" in shown(tab)


def test_a_failed_gate_is_ticked_and_felt_by_the_result() -> None:
    workshop = small()
    rooms.store().write(workshop, PutGate(gate=Gate(id="g", name="Sound credit")))
    tab = one(workshop)
    tab.checkbox(key="ash.gate.g").set_value(True).run()
    assert "g" in present(workshop).failed_gates["ash"]
    tab.checkbox(key="ash.gate.g").set_value(False).run()
    assert present(workshop).failed_gates == {}


def test_removing_a_customer_takes_everything_along_and_undo_brings_it_back() -> None:
    workshop = small()
    tab = one(workshop)
    tab.button(key="remove_ash").click().run()
    assert present(workshop).customers == {}
    shown(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).scores["a"]["ash"].value == 4.0


def test_the_heatmap_of_many_customers_has_pages() -> None:
    tab = page("customers", example())
    assert len(tab.pagination) == 1
    tab.pagination(key="heat_page").set_value(2).run()
    shown(tab)


def test_a_workshop_with_one_of_everything_is_shown_whole() -> None:
    state = full().model_copy(update={"id": "w"})
    assert customers_head.title(room(state)).endswith("still needs scores")
