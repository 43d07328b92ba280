"""The view In common of step 2, `kam.ui.in_common`: best relationships, and what they suggest."""

from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, Edit, MarkBest, PutCriterion
from kam.method.best_relationships import best_relationships
from kam.method.left_out import BIGNESS
from kam.method.pool import MARGIN, SPEND
from kam.method.separation import Separation
from kam.model import MAX_CRITERIA, Axis, Customer, FactKind, Profile, Workshop
from kam.ui import in_common
from kam.validated import NINTH_CRITERION
from tests.apps import example, page, present, restart, room, shown, stored
from tests.workshops import A, S, after, criterion, made, scores

COUNT, BEST = 14, ("c0", "c1", "c2", "c3")


def edits() -> list[Edit]:
    """Customers of whom the first ones are never late to pay, which no criterion asks for."""
    people = {
        f"c{n}": Customer(
            id=f"c{n}",
            name=f"Customer {n}",
            facts={"late": float(n), "sites": float(n * 7 % 5)},
        )
        for n in range(COUNT)
    }
    kinds = {
        "late": FactKind(key="late", label="Days late to pay", unit="days", origin="ledger.csv"),
        "sites": FactKind(key="sites", label="Sites"),
    }
    return [
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="ledger.csv", customers=people, fact_kinds=kinds),
        scores(("a", "s"), {key: (10 - n / 2, 5.0) for n, key in enumerate(people)}),
    ]


def late(workshop: Workshop) -> Separation:
    """The finding about the figure that sets the best ones apart."""
    found = best_relationships(room(workshop).assessment, BEST).separations
    return next(one for one in found if one.key == "late")


def opened(workshop: str) -> AppTest:
    """The page with the best relationships open."""
    return page("criteria", workshop).segmented_control(key="drawer").set_value("In common").run()


# --- what a figure makes --------------------------------------------------------------------------


def test_a_figure_makes_a_criterion_that_reads_its_column_and_lacks_the_rest() -> None:
    workshop = made(*edits())
    made_of = in_common.prefilled(workshop, late(workshop))
    assert (made_of.name, made_of.column, made_of.unit) == ("Days late to pay", "late", "days")
    assert (made_of.direction, made_of.axis) == ("-", Axis.ATTRACTIVENESS)
    assert made_of.source == "From ledger.csv."
    assert made_of.gaps == ("a definition", "five anchors")


def test_a_figure_that_no_criterion_can_read_is_asked_for_without_a_column() -> None:
    spend = Profile(available_spend=1e6, revenue=1e6, margin_pct=10)
    bay = Customer(id="bay", name="Bay", profile=spend)
    workshop = made(BringIn(origin="x", customers={"bay": bay}))
    columns = {
        key: in_common.prefilled(workshop, Separation(4, 9, 0.9, 0.01, key=key, label="A")).column
        for key in (SPEND, MARGIN)
    }
    assert columns == {SPEND: "available_spend", MARGIN: ""}


def test_only_what_sets_apart_and_is_neither_asked_nor_sheer_size_may_become_one() -> None:
    workshop = made(*edits())
    clear = late(workshop)
    assert in_common.may_become_criterion(workshop, clear)
    level = Separation(4, 10, 0.5, 1.0, key="sites", label="Sites")
    big = Separation(4, 10, 1.0, 0.001, key=min(BIGNESS), label="Revenue")
    asked = Separation(4, 10, 1.0, 0.001, key="a", label="Criterion a")
    assert not [one for one in (level, big, asked) if in_common.may_become_criterion(workshop, one)]


# --- the view -------------------------------------------------------------------------------------


def test_below_three_marks_it_is_said_what_is_needed() -> None:
    tab = opened(stored(*edits(), MarkBest(customers=BEST[:2])))
    assert tab.title[0].value == in_common.QUESTION
    assert "Mark at least 3 best relationships; 2 of those judged are." in shown(tab)


def test_marking_tests_the_model_and_survives_a_restart() -> None:
    workshop = stored(*edits())
    tab = opened(workshop)
    tab.multiselect(key="best_relationships").set_value(list(BEST)).run()
    assert present(workshop).best_relationships == BEST
    assert tab.title[0].value == "4 of our 4 best relationships are in the key zone"
    assert "Your model puts 4 of your 4 best relationships in the key zone" in shown(tab)
    tab.button(key="undo").click().run()
    assert tab.multiselect(key="best_relationships").value == []
    tab.button(key="redo").click().run()
    restart()
    assert opened(workshop).multiselect(key="best_relationships").value == list(BEST)


def test_the_test_of_the_model_comes_before_what_sets_them_apart() -> None:
    text = shown(opened(stored(*edits(), MarkBest(customers=BEST))))
    places = [text.index(part) for part in ("Your model puts", "What sets them apart")]
    assert places == sorted(places)
    assert "Days late to pay: among 4 best relationships and 10 others" in text
    assert "Days late to pay: lower for your best relationships" in text
    assert "No clear difference: " in text


def test_the_reasons_for_many_that_the_model_does_not_see_are_folded() -> None:
    last = tuple(f"c{n}" for n in range(COUNT - 3, COUNT))
    tab = opened(stored(*edits(), MarkBest(customers=(*BEST, *last))))
    assert "Why it does not see the others" in {one.label for one in tab.expander}
    assert "It does not see Customer 13: its attractiveness is" in shown(tab)
    few = opened(stored(*edits(), MarkBest(customers=(*BEST, last[-1]))))
    assert "Why it does not see the others" not in {one.label for one in few.expander}
    assert "It does not see Customer 13: its attractiveness is" in shown(few)


def test_a_suggestion_becomes_a_criterion_that_is_opened_and_gets_points() -> None:
    workshop = stored(*edits(), MarkBest(customers=BEST))
    tab = opened(workshop)
    tab.button(key="make_late").click().run()
    [added] = [one for one in present(workshop).criteria.values() if one.column == "late"]
    assert tab.segmented_control(key="drawer").value == "One criterion"
    assert tab.text_input(key=f"{added.id}.name").value == "Days late to pay"
    points = tab.segmented_control(key="drawer").set_value("Points").run()
    assert "Days late to pay · " in shown(points)
    again = tab.segmented_control(key="drawer").set_value("In common").run()
    assert "make_late" not in {button.key for button in again.button}


def test_a_ninth_criterion_is_refused_here_as_elsewhere() -> None:
    more = [PutCriterion(criterion=criterion(f"m{n}", A)) for n in range(MAX_CRITERIA - 2)]
    workshop = stored(*edits(), *more, MarkBest(customers=BEST))
    tab = opened(workshop)
    tab.button(key="make_late").click().run()
    assert NINTH_CRITERION in shown(tab)
    assert len(present(workshop).criteria) == MAX_CRITERIA
    assert tab.segmented_control(key="drawer").value == "In common"


def test_a_figure_with_a_vague_name_is_refused_with_a_better_one() -> None:
    vague = BringIn(
        origin="x",
        customers={},
        fact_kinds={"late": FactKind(key="late", label="Loyalty")},
    )
    workshop = stored(*edits(), vague, MarkBest(customers=BEST))
    tab = opened(workshop)
    tab.button(key="make_late").click().run()
    assert "“Loyalty” cannot be measured." in shown(tab)
    assert len(present(workshop).criteria) == 2


def test_a_marked_customer_that_is_not_judged_any_more_stays_marked() -> None:
    state = after(made(*edits()), MarkBest(customers=BEST))
    assert in_common.title(room(state)) == "4 of our 4 best relationships are in the key zone"


def test_the_example_has_its_best_relationships_marked() -> None:
    tab = opened(example())
    assert "best relationships are in the key zone" in tab.title[0].value
    shown(tab)
    assert not tab.error
