"""Your own answers: private, one question at a time, and nobody else's on the screen."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from kam.edits import (
    AnswerTies,
    AskForTies,
    BringIn,
    CastBallot,
    DeclareInterests,
    Edit,
    PutCriterion,
    PutMember,
    RecallCustomers,
    SealGutList,
    VoteScores,
)
from kam.model import Ballot, Customer, Member, Recall
from kam.ui import rooms
from kam.ui.answers.weighing import WAYS
from tests.answers.opened import NAMES, door, points, recalled, sat, seat, send, team, title
from tests.apps import example, go, page, present, restart, shown, stored
from tests.pages.test_every_page import HOSTILE
from tests.workshops import S, criterion

WALK = ["", "gut", "weights", "steps.s", "interests", "ties", "end"]
OWN = (
    points(seat().workshop, "ines", {"a": 100.0, "s": 40.0}),
    VoteScores(member="ines", criterion="s", steps={"ash": 3}),
)


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(door(""))


def test_an_address_with_an_unknown_workshop_is_told_in_a_sentence() -> None:
    assert "There is no workshop 'no-such' here." in shown(door("no-such"))


def test_an_empty_workshop_asks_who_answers_and_how_to_take_part() -> None:
    tab = door(stored())
    assert title(tab) == "Who answers?"
    assert "Nobody takes part yet." in shown(tab)


def test_a_member_of_an_empty_workshop_is_asked_only_for_names() -> None:
    tab = sat(stored(PutMember(member=Member(id="ines", name="Ines"))))
    assert "1 of 1 ·" in shown(tab)
    tab.checkbox(key="answer.nobody").set_value(True).run()
    assert title(send(tab)) == "Sent. Please look up."


def test_the_example_lets_every_member_in_without_a_complaint() -> None:
    workshop = example()
    for member in present(workshop).members:
        tab = sat(workshop, member)
        shown(tab)
        assert not tab.error


def test_a_vote_on_a_customer_is_seen_on_the_table_of_customers() -> None:
    workshop = stored(*team(recalled()))
    tab = sat(workshop, "ines", "steps.s")
    tab.segmented_control(key="answer.step.ash").set_value(5).run()
    send(tab)
    result = rooms.assessed(rooms.store().history(workshop))
    assert result.standings["ash"].strength[0] == 10.0
    shown(go(tab, "customers"))


def test_a_ballot_is_seen_in_the_weights_of_the_criteria_page_after_a_restart() -> None:
    same = [CastBallot(ballot=Ballot(member=m, swings={"a": 4, "s": 1})) for m in ("bo", "kit")]
    workshop = stored(*team(recalled(), *same))
    tab = sat(workshop, "ines", "weights")
    tab.number_input(key="answer.swing.a").set_value(100).run()
    tab.number_input(key="answer.swing.s").set_value(25).run()
    send(tab)
    restart()
    found = rooms.assessed(rooms.store().history(workshop)).weights
    assert found == pytest.approx({"a": 0.8, "s": 0.2})
    assert "**80**" in shown(page("criteria", workshop))


def test_hostile_and_long_names_are_shown_and_break_nothing() -> None:
    people = {f"h{n}": Customer(id=f"h{n}", name=name) for n, name in enumerate(HOSTILE)}
    workshop = stored(
        *team(recalled(), AskForTies(asked=True)),
        BringIn(origin="hostile", customers=people),
        PutCriterion(criterion=criterion("h", S, name=HOSTILE[3], unit="$", definition=HOSTILE[1])),
        PutMember(member=Member(id="m", name=HOSTILE[0])),
        recalled("m"),
    )
    for question in (*WALK, "steps.h"):
        tab = sat(workshop, "m", question)
        raw = "\n".join(one.value for one in (*tab.markdown, *tab.caption, *tab.title))
        shown(tab)
        assert not tab.error
        assert "<script>" not in raw
        assert "](" not in raw


# --- nothing of others ----------------------------------------------------------------------------

PEOPLE = st.sampled_from(["bo", "kit"])
SOME = st.lists(st.sampled_from(list(NAMES)), min_size=1, max_size=3, unique=True)
STEPS = st.dictionaries(st.sampled_from(list(NAMES)), st.integers(1, 5), min_size=1)


@st.composite
def of_others(draw: st.DrawFn) -> list[Edit]:
    """Everything that two others may say in private."""
    edits: list[Edit] = []
    for member in ("bo", "kit"):
        first, second = draw(st.tuples(st.integers(0, 100), st.integers(1, 100)))
        edits += [
            points(seat().workshop, member, {"a": float(first), "s": float(second)}),
            VoteScores(member=member, criterion="s", steps=dict(draw(STEPS))),
            SealGutList(member=member, customers=tuple(draw(SOME))),
            RecallCustomers(member=member, recall=Recall(customers=tuple(draw(SOME)))),
            DeclareInterests(member=member, interests=dict.fromkeys(draw(SOME), "Shares")),
            AnswerTies(ties=dict.fromkeys(draw(SOME), draw(st.integers(0, 3)))),
        ]
    return edits


def everything(tab: AppTest) -> list[str]:
    """All texts, tooltips, choices and values on the screen, in their order."""
    kinds = (tab.button, tab.number_input, tab.text_input, tab.text_area, tab.checkbox,
             tab.selectbox, tab.multiselect, tab.segmented_control)  # fmt: skip
    widgets = [one for kind in kinds for one in kind]
    told = [f"{one.key} {one.label} {getattr(one, 'value', '')} {one.proto}" for one in widgets]
    return [shown(tab), *told]


def walk(*others: Edit) -> list[list[str]]:
    """What Ines sees, at every question and every way of weighing."""
    workshop = stored(*team(recalled(), AskForTies(asked=True), *OWN, *others))
    seen = [everything(door(workshop))]
    for question in WALK:
        tab = sat(workshop, "ines", question)
        seen.append(everything(tab))
    tab = sat(workshop, "ines", "weights")
    chosen = (tab.segmented_control(key="answer.way").set_value(way).run() for way in WAYS)
    seen += [everything(one) for one in chosen]
    return [[text.replace(workshop, "W") for text in page] for page in seen]


@settings(  # a page takes seconds: few examples, and none made smaller
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(of_others())
def test_the_page_is_the_same_whatever_others_answered(others: list[Edit]) -> None:
    assert walk(*others) == walk()


@pytest.mark.parametrize("question", WALK)
def test_the_page_has_no_chart_no_table_and_no_sum_over_members(question: str) -> None:
    workshop = stored(*team(recalled(), AskForTies(asked=True), *OWN))
    tab = sat(workshop, "ines", question)
    assert not tab.get("vega_lite_chart")
    assert not tab.dataframe
    assert not tab.metric
