"""The lists of plans: tabs, sentences, what is missing in orange."""

from datetime import date, timedelta

from kam.edits import SavePlans
from kam.model import Class, Extension, Outcome, Plan
from kam.ui.planning import rows
from kam.ui.planning.lines import Line
from tests.apps import page, present, scored, shown, stored
from tests.planning.opened import LONG_AGO, PLAN, labels_of, planned


def line(plan: Plan, klass: Class = Class.LOW_PRIORITY, **more: object) -> Line:
    known: dict[str, object] = {"saved": True, "gaps": (), "wishes": (), "late": False,
                                "fits": True}  # fmt: skip
    return Line(plan.customer, klass, plan, **{**known, **more})  # type: ignore[arg-type]


def test_every_class_has_its_tab() -> None:
    assert sorted(klass for held in rows.TABS.values() for klass in held) == sorted(Class)


def test_the_facts_of_a_row_are_kind_owner_and_day() -> None:
    assert rows._facts(PLAN) == "Serve at low cost · Ines reviews · by 31 May 2026"
    moved = Extension(before=LONG_AGO, by="Otto", reason="A strike")
    longer = PLAN.model_copy(update={"extension": moved, "owner": ""})
    assert rows._facts(longer) == "Serve at low cost · by 31 May 2026 · moved once by Otto"


def test_a_plan_that_has_ended_says_how_by_whom_and_when() -> None:
    over = Outcome(what="exited", on=date(2028, 2, 29), by="Otto")
    ended = PLAN.model_copy(update={"outcome": over})
    assert rows._facts(ended) == "Serve at low cost · let go by Otto · 29 February 2028"


def test_what_is_missing_is_told_the_most_urgent_first() -> None:
    found = line(PLAN, gaps=("overdue by 3 days", "no owner yet"), wishes=("no ceiling yet",),
                 fits=False)  # fmt: skip
    assert rows._lacking(found) == [
        "overdue by 3 days",
        "no longer fits, the customer is “Low priority” now",
        "no owner yet",
        "no ceiling yet",
    ]
    assert rows._lacking(line(PLAN)) == []


def test_a_promotion_that_the_class_does_not_show_is_told() -> None:
    ended = PLAN.model_copy(
        update={"outcome": Outcome(what="promoted", on=date(2026, 1, 1), by="Otto")}
    )
    assert "decide its class" in rows._lacking(line(ended))[0]
    assert rows._lacking(line(ended, Class.KEY_CORE)) == []
    gone = ended.model_copy(update={"outcome": Outcome(what="exited", on=LONG_AGO, by="Otto")})
    assert not rows.not_yet_key(line(gone))


def test_the_tab_of_what_must_be_decided_is_open_and_else_the_first() -> None:
    assert rows._first([]) == rows._first([line(PLAN)]) == 0
    assert rows._first([line(PLAN, late=True)]) == 1
    assert rows._first([line(PLAN, Class.KEY_CORE, fits=False)]) == 2


def test_an_overdue_row_offers_exactly_three_ways_and_another_row_none_of_them() -> None:
    late = labels_of(page("plans", planned(deadline=LONG_AGO)))
    assert {key for key in late if key.endswith("_c0")} == {
        "Promoted_c0",
        "Let go_c0",
        "Extend once_c0",
    }
    fine = labels_of(page("plans", planned(deadline=date(2099, 1, 1))))
    assert {key for key in fine if key.endswith("_c0")} == {"open_c0"}


def test_a_plan_that_no_longer_fits_is_to_be_compared() -> None:
    tab = page("plans", planned(template="N1", deadline=date(2099, 1, 1)))
    assert "no longer fits, the customer is “Low priority” now" in shown(tab)
    assert tab.button(key="open_c0").label == "Compare"


def test_more_rows_than_a_tab_holds_are_counted() -> None:
    many = [(f"C {n}", (2.0, 2.0)) for n in range(rows.ROWS + 7)]
    assert "and 7 more; the files have them all" in shown(page("plans", stored(*scored(many))))


def test_one_draft_of_a_key_account_is_accepted_by_itself() -> None:
    workshop = stored(*scored([("Ash", (9.0, 9.0)), ("Bay", (2.0, 2.0))]))
    tab = page("plans", workshop)
    tab.button(key="accept_all").click().run()
    assert list(present(workshop).plans) == ["c1"]
    tab.button(key="accept_c0").click().run()
    assert present(workshop).plans["c0"].template == "K2"


def test_ended_plans_are_not_on_the_line_of_time() -> None:
    far = PLAN.model_copy(update={"customer": "c0", "deadline": LONG_AGO - timedelta(5_000)})
    over = far.model_copy(update={"outcome": Outcome(what="exited", on=LONG_AGO, by="Otto")})
    for plan, told in ((far, "1 is overdue"), (over, "1 customer needs a plan; all have one")):
        workshop = stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))
        assert told in shown(page("plans", workshop))
