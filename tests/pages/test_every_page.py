"""What holds on all seven steps: cold, empty, full, hostile, broken; never a traceback."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kam.agenda import STEPS
from kam.edits import BringIn, PutCriterion, PutObjective, SavePlans, SetPoints
from kam.model import FactKind, Objective, Plan
from kam.ui import rooms
from tests.apps import example, go, page, present, restart, scored, shown, start, stored
from tests.workshops import BY_HAND, A, criterion

SLUGS = [step.slug for step in STEPS]
TITLES = {
    "objectives": "What should key accounts do for us?",
    "criteria": "What makes a customer attractive? Where are we strong?",
    "customers": "Which customers do we look at?",
    "matrix": "Who stands out?",
    "split": "Which key accounts are strategic?",
    "plans": "What do we do with those who are not key?",
    "share": "Nothing is decided yet",
}
HOSTILE = (
    "<script>alert(1)</script>",
    "![i](https://evil.example/p.png)",
    "$x$ and $$y$$",
    ":red[x] :material/delete:",
    "[a](javascript:alert(1))",
    "=HYPERLINK(1)",
    "x" * 200,
    "# 1. **Ash**",
    "www.evil.example",
    "Zoë — Żółw 株式会社 \u202egnol",
)


def visible_labels(tab: AppTest) -> list[str]:
    """Labels and tooltips that Streamlit reads as markdown."""
    kinds = (tab.button, tab.number_input, tab.text_input, tab.text_area, tab.checkbox, tab.slider)
    widgets = [widget for kind in kinds for widget in kind]
    shown_ones = [w for w in widgets if not getattr(w.proto, "label_visibility", None)
                  or w.proto.label_visibility.value == 0]  # fmt: skip
    return [w.label for w in shown_ones] + [str(w.proto.help) for w in widgets]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_address_without_a_workshop_leads_to_the_start(slug: str) -> None:
    assert "Which customers should be key accounts?" in shown(page(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_an_address_with_an_unknown_workshop_is_told_in_a_sentence(slug: str) -> None:
    tab = page(slug, "no-such")
    assert "There is no workshop 'no-such' here." in shown(tab)
    assert len(tab.error) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_an_empty_workshop_asks_the_question_of_the_step(slug: str) -> None:
    tab = page(slug, stored())
    shown(tab)
    assert [title.value for title in tab.title] == [TITLES[slug]]
    assert not tab.error


@pytest.mark.parametrize("slug", SLUGS)
def test_the_example_is_shown_without_a_complaint(slug: str) -> None:
    tab = page(slug, example())
    shown(tab)
    assert not tab.error
    assert len(tab.title) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_the_step_bar_leads_everywhere_with_the_same_workshop(slug: str) -> None:
    workshop = example()
    links = page(slug, workshop).page_link
    bar = {link.label: link for link in links if link.label in {step.title for step in STEPS}}
    assert len(bar) == len(STEPS)
    assert all(f"w={workshop}" in str(link.proto) for link in bar.values())


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_customers_are_no_reason_to_break(slug: str, count: int) -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(count)]
    tab = page(slug, stored(*scored(rows)))
    shown(tab)
    assert not tab.error


@pytest.mark.parametrize("slug", SLUGS)
def test_hostile_and_long_names_are_shown_and_break_nothing(slug: str) -> None:
    rows = [(name, (9.0 - n / 2, 8.0)) for n, name in enumerate(HOSTILE)]
    workshop = stored(
        *scored(rows),
        PutObjective(objective=Objective(id="o", name=HOSTILE[0], statement=HOSTILE[1])),
        PutCriterion(criterion=criterion("b", A, name=HOSTILE[3], unit="$", definition="")),
    )
    tab = page(slug, workshop)
    shown(tab)
    assert not tab.error
    raw = "\n".join(element.value for element in (*tab.markdown, *tab.caption, *tab.title))
    raw += "\n".join(visible_labels(tab))
    assert "<script>" not in raw
    assert "](" not in raw
    assert "$x$" not in raw


@pytest.mark.parametrize("slug", SLUGS)
def test_equal_scores_share_a_place_and_break_nothing(slug: str) -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(12)]
    tab = page(slug, stored(*scored(rows)))
    shown(tab)
    assert not tab.error


@pytest.mark.parametrize("slug", SLUGS)
def test_weights_that_are_all_zero_leave_every_page_standing(slug: str) -> None:
    rows = [(f"Customer {n}", (8.0, n / 2)) for n in range(6)]
    tab = page(slug, stored(*scored(rows), SetPoints(points={"a": 0, "s": 0})))
    shown(tab)
    assert not tab.error


@pytest.mark.parametrize("slug", ["criteria", "matrix"])
def test_weights_that_are_all_zero_are_told_where_they_are_set_and_felt(slug: str) -> None:
    rows = [(f"Customer {n}", (8.0, n / 2)) for n in range(6)]
    workshop = stored(*scored(rows), SetPoints(points={"a": 0, "s": 0}))
    [obstacle] = rooms.assessed(rooms.store().history(workshop)).obstacles
    assert obstacle in shown(page(slug, workshop))


@pytest.mark.parametrize("slug", SLUGS)
def test_names_that_two_share_break_nothing(slug: str) -> None:
    rows = [("Twin", (8.0, 8.0)), ("Twin", (2.0, 3.0))]
    twins = [PutCriterion(criterion=criterion(key, A, name="Twin")) for key in ("t", "u")]
    tab = page(slug, stored(*scored(rows), *twins))
    shown(tab)
    assert not tab.error


@pytest.mark.parametrize("slug", SLUGS)
def test_unscored_customers_are_nowhere_zero(slug: str) -> None:
    tab = page(slug, stored(*scored([("Ash", (None, None)), ("Bay", (8.0, None))])))
    shown(tab)
    assert not tab.error


def test_a_page_after_a_restart_shows_what_was_saved() -> None:
    workshop = stored(*scored([(key.capitalize(), row[:2]) for key, row in BY_HAND.items()]))
    before = present(workshop)
    restart()
    shown(page("share", workshop))
    assert present(workshop) == before


def test_a_tab_that_was_open_over_a_restart_goes_on() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    restart()
    assert "customers are key" in shown(go(tab, "split")) + shown(go(tab, "matrix"))


def test_an_error_that_nobody_foresaw_is_a_sentence_with_a_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("kam.ui.standout.title", broken)
    tab = page("matrix", example())
    [error] = tab.error
    assert not tab.exception
    assert error.value.startswith("Something went wrong on this page; nothing that you saved is lo")
    assert "secret" not in error.value
    number = error.value.split()[-1].rstrip(".")
    assert f"error {number}" in caplog.text
    assert "secret detail" in caplog.text


def test_a_store_that_cannot_be_opened_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    with monkeypatch.context() as patch:
        patch.setenv("KEYROOM_HOME", str(blocked / "inside"))
        tab = start()
    assert "We could not make the folder" in shown(tab)
    assert len(tab.error) == 1


def test_a_plan_far_ahead_and_a_fact_without_a_label_break_no_page() -> None:

    plan = Plan(customer="c0", template="L2", deadline=date(2099, 12, 31))
    kinds = BringIn(origin="x", customers={}, fact_kinds={"f": FactKind(key="f", label="F")})
    workshop = stored(*scored([("Ash", (1.0, 1.0))]), kinds, SavePlans(plans={"c0": plan}))
    for slug in SLUGS:
        shown(page(slug, workshop))
