"""Traps whose figures were asked for: planted and balanced models by edits, from end to end."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    AnswerTies,
    AskForTies,
    BringIn,
    ChooseLongList,
    ChooseTrapFigures,
    Edit,
    PutMember,
    RecallCustomers,
    VoteScores,
)
from kam.method.asked import (
    asked,
    brings_words,
    contribution,
    demand_multiples,
    fame,
    friendship,
    full_report,
    kindness,
    net_margin,
    noise,
)
from kam.method.assessment import Assessment, assess
from kam.method.traps import Finding, Lure, Verdict
from kam.model import Customer, FactKind, LongList, Member, Profile, Recall, TrapFigures, Workshop
from kam.validated import changed
from tests.test_traps import COUNT, RISING, balanced, planted
from tests.workshops import after, by_hand

MEMBERS = [f"m{n}" for n in range(10)]
FACT = FactKind(key="tickets", label="Tickets", origin="service desk")
PRESS = FactKind(key="press", label="Articles in the press")


def members(count: int = len(MEMBERS)) -> list[PutMember]:
    return [PutMember(member=Member(id=key, name=key.upper())) for key in MEMBERS[:count]]


def with_facts(workshop: Workshop, kind: FactKind, figures: Sequence[float]) -> BringIn:
    """The same customers with a fact, all of them bringing 10 a year."""
    people = {
        key: changed(
            one,
            profile=Profile(revenue=100, margin_pct=30, cost_to_serve=20),
            facts={kind.key: figure},
        )
        for (key, one), figure in zip(workshop.customers.items(), figures, strict=True)
    }
    return BringIn(origin="a list", customers=people, fact_kinds={kind.key: kind})


def recalled(workshop: Workshop) -> Iterable[Edit]:  # noqa: ARG001 - as the others
    """Ten members write names down: the later a customer came in, the more of them name it."""
    yield from members()
    for place, key in enumerate(MEMBERS):
        named = tuple(f"c{n}" for n in range(COUNT - 10 + place, COUNT))
        yield RecallCustomers(member=key, recall=Recall(customers=named))


def in_the_press(workshop: Workshop) -> Iterable[Edit]:
    yield with_facts(workshop, PRESS, RISING)
    yield ChooseTrapFigures(figures=TrapFigures(awareness="press"))


def loud(workshop: Workshop) -> Iterable[Edit]:
    yield with_facts(workshop, FACT, RISING)
    yield ChooseTrapFigures(figures=TrapFigures(demands=("tickets",)))


def befriended(workshop: Workshop) -> Iterable[Edit]:
    """Three people answer; the later a customer came in, the closer they are."""
    yield AskForTies(asked=True)
    ties = {key: min(3, n * 4 // COUNT) for n, key in enumerate(workshop.customers)}
    yield AnswerTies(ties=dict.fromkeys(ties, 0))
    yield AnswerTies(ties=ties)
    yield AnswerTies(ties={})


WAYS: Mapping[str, tuple[Lure, Callable[[Workshop], Iterable[Edit]]]] = {
    "recalled": (Lure.FAME, recalled),
    "in the press": (Lure.FAME, in_the_press),
    "loud": (Lure.NOISE, loud),
    "befriended": (Lure.FRIENDSHIP, befriended),
}
EVERY_WAY = pytest.mark.parametrize("way", WAYS)


def told(result: Assessment, way: str) -> Finding:
    """What the full report says of a trap, once people have answered or figures came in."""
    lure, edits = WAYS[way]
    answered = assess(after(result.workshop, *edits(result.workshop)))
    [found] = [one for one in full_report(answered) if one.trap.lure is lure]
    return found


# --- planted and balanced models, by edits ------------------------------------------------------


@EVERY_WAY
def test_a_model_that_picks_by_it_is_caught(way: str) -> None:
    found = told(planted(), way)
    assert found.verdict is Verdict.CAUGHT
    assert found.linked == ("big", "bond")
    assert found.only_because


@EVERY_WAY
def test_a_model_that_has_nothing_to_do_with_it_is_clear(way: str) -> None:
    found = told(balanced(), way)
    assert found.verdict is Verdict.CLEAR
    assert found.linked == found.only_because == found.missed_because == ()


@EVERY_WAY
@given(growth=st.permutations(RISING), fit=st.permutations(RISING))
def test_a_planted_model_is_noticed_whatever_its_light_criteria_say(
    way: str, growth: list[float], fit: list[float]
) -> None:
    found = told(planted(growth, fit), way)
    assert {"big", "bond"} <= set(found.linked)
    assert found.verdict in (Verdict.LOOK, Verdict.CAUGHT)


# --- what is asked -----------------------------------------------------------------------------


def test_a_workshop_that_was_asked_nothing_has_traps_without_figures() -> None:
    traps = asked(assess(by_hand()))
    assert [trap.lure for trap in traps] == [
        Lure.FAME,
        Lure.FAME,
        Lure.NOISE,
        Lure.FRIENDSHIP,
        Lure.KINDNESS,
    ]
    assert not any(trap.figures for trap in traps)
    assert full_report(assess(Workshop(id="w", name="Empty"))) == ()


def test_recall_counts_from_three_members_on() -> None:
    edits = [
        RecallCustomers(member=key, recall=Recall(customers=("ash", "bay")[: n + 1]))
        for n, key in enumerate(MEMBERS[:2])
    ]
    two = after(by_hand(), *members(3), *edits)
    three = after(two, RecallCustomers(member="m2", recall=Recall(others=("Acme",))))
    assert fame(assess(two))[0].figures == {}
    assert fame(assess(three))[0].figures == {"ash": 2, "bay": 1, "cob": 0}
    assert fame(assess(three))[0].source == "Written down by 3 members before the list was shown"


def test_a_figure_of_fame_stands_beside_recall_with_its_name() -> None:
    workshop = after(by_hand(), *in_the_press_of(by_hand()))
    aware = fame(assess(workshop))[1]
    assert aware.figures == {"ash": 1, "bay": 2, "cob": 3}
    assert aware.source == "Articles in the press"
    assert aware.columns == {"press"}


def in_the_press_of(workshop: Workshop) -> Iterable[Edit]:
    yield with_facts(workshop, PRESS, [1, 2, 3])
    yield ChooseTrapFigures(figures=TrapFigures(awareness="press"))


def test_ties_count_only_where_asked_and_answered_by_three() -> None:
    asking = after(by_hand(), AskForTies(asked=True), AnswerTies(ties={"ash": 3}))
    two = after(asking, AnswerTies(ties={"ash": 1}))
    three = after(two, AnswerTies(ties={"bay": 0}))
    assert friendship(assess(two)).figures == {}
    assert friendship(assess(three)).figures == {"ash": 3, "bay": 0}
    assert friendship(assess(after(three, AskForTies(asked=False)))).figures == {}


# --- noise -------------------------------------------------------------------------------------


def firms(**profiles: Mapping[str, float]) -> Assessment:
    """The three customers by hand with these profile figures, and tickets 6, 6 and 24."""
    people = {
        key: Customer(
            id=key,
            name=key.capitalize(),
            profile=Profile(**profiles.get(key, {})),
            facts={"tickets": tickets},
        )
        for key, tickets in (("ash", 6.0), ("bay", 6.0), ("cob", 24.0))
    }
    return assess(
        after(
            by_hand(),
            BringIn(origin="a list", customers=people, fact_kinds={"tickets": FACT}),
            ChooseTrapFigures(figures=TrapFigures(demands=("tickets",))),
        )
    )


def test_what_a_customer_brings_is_its_margin_less_its_cost() -> None:
    result = firms(
        ash={"revenue": 100, "margin_pct": 30, "cost_to_serve": 10},
        bay={"revenue": 100, "margin_pct": 30},
        cob={"revenue": 100, "cost_to_serve": 5},
    )
    assert contribution(result) == {"ash": 20}
    assert net_margin(result) == {"ash": 20}
    assert brings_words(result).endswith("its margin less the cost of serving it")


def test_where_no_cost_is_known_the_margin_stands_alone_and_says_so() -> None:
    result = firms(ash={"revenue": 50, "margin_pct": 30})
    assert contribution(result) == {"ash": 15}
    assert net_margin(result) == {"ash": 30}
    assert "what it costs to serve is not known" in noise(result).source


def test_a_cost_from_the_ledger_comes_before_that_of_the_profile() -> None:
    result = firms(ash={"revenue": 100, "margin_pct": 30, "cost_to_serve": 10})
    held = result.workshop.customers["ash"]
    richer = changed(held, facts={**held.facts, "ledger.cost_to_serve": 25.0})
    again = assess(after(result.workshop, BringIn(origin="l", customers={"ash": richer})))
    assert contribution(again) == {"ash": 5}


def test_the_most_demanding_is_who_demands_most_for_what_it_brings() -> None:
    """Tickets per unit: Ash 6/30, Bay 6/3, Cob 24/60; Cob has the most, Bay is the loudest."""
    result = firms(
        ash={"revenue": 100, "margin_pct": 30},
        bay={"revenue": 10, "margin_pct": 30},
        cob={"revenue": 200, "margin_pct": 30},
    )
    index = noise(result).figures
    assert sorted(index, key=lambda key: index[key]) == ["ash", "cob", "bay"]
    assert demand_multiples(result) == pytest.approx({"ash": 0.5, "bay": 5, "cob": 1})
    assert noise(result).source.startswith("Tickets (service desk), each for")


def test_demands_are_set_against_the_long_list_only() -> None:
    """With Bay away, the loudest of all, Ash and Cob are a standard deviation from their middle."""
    each = {"revenue": 100.0, "margin_pct": 30.0}
    result = firms(ash=each, bay={"revenue": 10, "margin_pct": 30}, cob=each)
    listed = ChooseLongList(long_list=LongList(customers=("ash", "cob")))
    narrowed = assess(after(result.workshop, listed))
    assert noise(narrowed).figures == pytest.approx({"ash": -1, "cob": 1})
    assert demand_multiples(narrowed) == pytest.approx({"ash": 0.4, "cob": 1.6})


def test_demands_that_the_middle_customer_does_not_make_have_no_multiple() -> None:
    result = firms(ash={"revenue": 100, "margin_pct": 30})
    assert demand_multiples(result) == {"ash": 1}
    quiet = changed(result.workshop.customers["ash"], facts={"tickets": 0.0})
    silent = after(result.workshop, BringIn(origin="l", customers={"ash": quiet}))
    assert demand_multiples(assess(silent)) == {}


# --- kindness ----------------------------------------------------------------------------------


def owned(owner: str, voters: int) -> Assessment:
    """Ash belongs to an owner; members vote 5, 3, 3, ... on its strength."""
    ash = Customer(id="ash", name="Ash", profile=Profile(owner=owner))
    votes = [
        VoteScores(member=key, criterion="s", steps={"ash": 3 if n else 5})
        for n, key in enumerate(MEMBERS[:voters])
    ]
    return assess(
        after(by_hand(), *members(4), BringIn(origin="a list", customers={"ash": ash}), *votes)
    )


def test_the_owner_is_the_member_of_that_name_capitals_aside() -> None:
    assert kindness(owned("m0", 3)).figures == {"ash": 5}
    assert kindness(owned("M1", 3)).figures == {"ash": -2.5}
    assert kindness(owned("Somebody else", 3)).figures == {}


def test_an_owner_without_two_others_beside_is_not_told() -> None:
    assert kindness(owned("M0", 2)).figures == {}


def test_only_criteria_on_which_the_owner_voted_count() -> None:
    before = owned("M0", 3)
    harsh = [VoteScores(member=key, criterion="a", steps={"ash": 1}) for key in MEMBERS[1:4]]
    assert kindness(assess(after(before.workshop, *harsh))).figures == {"ash": 5}
