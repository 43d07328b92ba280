"""The view Review of step 2, `kam.ui.review`: what speaks against the criteria."""

from streamlit.testing.v1 import AppTest

from kam.edits import PutCriterion, SetPoints
from kam.ui import review
from tests.apps import example, page, room, shown, stored
from tests.workshops import A, S, after, by_hand, criterion, made


def opened(workshop: str) -> AppTest:
    """The page with the review open."""
    return page("criteria", workshop).segmented_control(key="drawer").set_value("Review").run()


def vague(*names: str) -> list[PutCriterion]:
    """Criteria with names as a file may bring them."""
    return [
        PutCriterion(criterion=criterion(f"v{n}", A, name=name)) for n, name in enumerate(names)
    ]


def test_a_vague_name_that_came_by_file_is_told_with_a_better_one() -> None:
    found = review.vague_names(made(*vague("Prestige", "Vans a year")))
    assert found == {
        "v0": "“Prestige” cannot be measured. Use instead: Measured reference value (A08)."
    }


def test_the_title_counts_remarks_and_vague_names() -> None:
    heavy = after(by_hand(), SetPoints(points={"a": 80, "b": 5, "s": 15}))
    before = review.title(room(heavy))
    assert before.endswith("against these criteria")
    assert before[0].isdigit()
    more = review.title(room(after(heavy, *vague("Prestige"))))
    assert int(more.split()[0]) == int(before.split()[0]) + 1


def sound() -> list[PutCriterion]:
    """Five criteria with nothing against them: they look ahead, and weigh the same."""
    axes = {"a0": A, "a1": A, "a2": A, "s0": S, "s1": S}
    made_of = (criterion(key, axis, forward_looking=True) for key, axis in axes.items())
    return [PutCriterion(criterion=one) for one in made_of]


def test_one_thing_speaks_and_nothing_does() -> None:
    assert review.title(room(made(*sound()))) == "Nothing speaks against these criteria"
    vague_one = criterion("v", A, name="Prestige", forward_looking=True)
    found = review.title(room(made(*sound(), PutCriterion(criterion=vague_one))))
    assert found == "1 thing speaks against these criteria"


def test_nothing_to_say_is_a_sentence() -> None:
    tab = opened(stored(*sound()))
    assert tab.title[0].value == "Nothing speaks against these criteria"
    assert review.NOTHING in shown(tab)


def test_every_remark_says_what_its_remedy_would_change() -> None:
    tab = opened(example())
    text = shown(tab)
    count = int(tab.title[0].value.split()[0])
    assert text.count("would change") == count
    assert "move together" in text


def test_while_nobody_is_scored_the_effect_is_promised() -> None:
    text = shown(opened(stored(PutCriterion(criterion=criterion("a", A)))))
    assert "What a remedy would change is told once customers are scored." in text


def test_a_criterion_is_opened_from_its_remark() -> None:
    workshop = stored(
        PutCriterion(criterion=criterion("a", A)), PutCriterion(criterion=criterion("s", S)),
        *vague("Prestige"),
    )  # fmt: skip
    tab = opened(workshop)
    [button] = [b for b in tab.button if str(b.key).startswith("open_v0_“Prestige”")]
    button.click().run()
    assert tab.segmented_control(key="drawer").value == "One criterion"
    assert tab.text_input(key="v0.name").value == "Prestige"
    shown(tab)


def test_a_remark_on_many_criteria_offers_only_a_few_to_open() -> None:
    back = [PutCriterion(criterion=criterion(f"a{n}", A)) for n in range(5)]
    tab = opened(stored(*back))
    offered = [button for button in tab.button if "look ahead" in str(button.key)]
    assert len(offered) == review.MOST_OPENED
