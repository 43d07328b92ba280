"""Of `kam.method.evidence` (figures to scores) and `kam.ui.evidence` (a case in sentences)."""

import math

import pytest
from hypothesis import given

from kam.edits import (
    BringIn,
    CastBallot,
    ChangeProfile,
    FillScores,
    OverrideClass,
    PutCriterion,
    PutMember,
    ScoreCustomer,
    VoteScores,
)
from kam.method.assessment import assess
from kam.method.evidence import figure, figures, scores_from_figures
from kam.method.explain import strengths
from kam.model import (
    Ballot,
    Class,
    Customer,
    FactKind,
    Favours,
    Member,
    Profile,
    Score,
    Workshop,
)
from kam.report.sure import ASSUMED
from kam.report.tables import contributions
from kam.ui.evidence import FAVOUR_WORDS, NOTHING_KNOWN, sentences, three
from tests.apps import room
from tests.workshops import A, S, after, by_hand, criterion, made, placed, scores, workshops

ORDERS = FactKind(key="orders", label="Orders", unit="a year", origin="ledger.csv")


def with_figures() -> Workshop:
    """Three customers with facts and revenue; `a` takes its levels from orders, `s` from revenue.

    Ash has 4 orders and buys for 7, Bay has 6 orders, Cob has neither.
    """
    people = {
        "ash": Customer(id="ash", name="Ash", profile=Profile(revenue=7.0), facts={"orders": 4.0}),
        "bay": Customer(id="bay", name="Bay", facts={"orders": 6.0}),
        "cob": Customer(id="cob", name="Cob"),
    }
    return made(
        PutCriterion(criterion=criterion("a", A, column="orders")),
        PutCriterion(criterion=criterion("s", S, column="revenue")),
        BringIn(origin="ledger.csv", customers=people, fact_kinds={"orders": ORDERS}),
    )


# --- figures that customers already have ----------------------------------------------------------


def test_facts_and_profile_figures_are_offered_by_name_and_unit() -> None:
    found = figures(with_figures())
    assert found["orders"] == "Orders, a year"
    assert found["revenue"] == "Revenue, last 12 months"


def test_a_figure_comes_from_the_fact_of_that_name_first() -> None:
    both = Customer(id="x", name="X", profile=Profile(revenue=7.0), facts={"revenue": 9.0})
    assert figure(both, "revenue") == 9.0


@pytest.mark.parametrize("column", ["orders", "revenue", "owner", "favours_us", "", "no such"])
def test_a_figure_that_is_not_there_is_unknown_and_never_zero(column: str) -> None:
    assert figure(Customer(id="x", name="X"), column) is None


def test_a_figure_of_zero_is_a_figure() -> None:
    assert figure(Customer(id="x", name="X", profile=Profile(revenue=0.0)), "revenue") == 0.0


def test_levels_are_taken_over_with_their_source_and_gaps_stay_gaps() -> None:
    assert scores_from_figures(with_figures()) == {
        "a": {
            "ash": Score(value=4.0, note="ledger.csv"),
            "bay": Score(value=6.0, note="ledger.csv"),
        },
        "s": {"ash": Score(value=7.0, note="profile")},
    }


def test_once_they_are_taken_over_nothing_is_offered_any_more() -> None:
    taken = FillScores(scores=scores_from_figures(with_figures()))
    assert scores_from_figures(after(with_figures(), taken)) == {}


def test_only_what_differs_is_offered_again() -> None:
    workshop = after(
        with_figures(),
        FillScores(scores=scores_from_figures(with_figures())),
        ScoreCustomer(customer="bay", criterion="a", value=1.0),
    )
    assert scores_from_figures(workshop) == {"a": {"bay": Score(value=6.0, note="ledger.csv")}}


def test_an_incomplete_criterion_takes_no_levels() -> None:
    vague = criterion("a", A, column="orders", definition="")
    assert "a" not in scores_from_figures(after(with_figures(), PutCriterion(criterion=vague)))


# --- a case in sentences --------------------------------------------------------------------------


def told(workshop: Workshop, customer: str) -> list[str]:
    """The sentences about one customer."""
    open_room = room(workshop)
    return sentences(open_room, customer, open_room.assessment.standings[customer])


def test_the_reason_comes_first_then_what_lifts_it_holds_it_back_and_would_change_it() -> None:
    workshop = placed({"ash": (8.0, 8.0)})
    open_room = room(workshop)
    why = "In the key zone, above the strategic line (7)."
    assert told(workshop, "ash")[:4] == [why, *strengths(open_room.assessment, "ash")]


@pytest.mark.parametrize(("known_by", "words"), [("asked", "we asked"), ("believed", "we believe")])
def test_how_we_know_its_own_view_is_told(known_by: str, words: str) -> None:
    workshop = placed({"ash": (8.0, 8.0)}, favours_known_by=known_by)
    assert f"It would favour us as a key supplier ({words})." in told(workshop, "ash")


def test_every_answer_has_its_own_words() -> None:
    assert len({FAVOUR_WORDS[answer] for answer in Favours}) == 3


def test_money_is_told_where_it_is_known_and_unknown_spend_as_a_word() -> None:
    rich = Profile(favours_us=Favours.YES, revenue=2_500_000.0)
    workshop = after(by_hand(), ChangeProfile(customer="ash", profile=rich))
    assert told(workshop, "ash")[-2] == (
        "It buys for EUR 2.5 m a year; its three-year spend on what we sell: unknown."
    )
    assert not [line for line in told(workshop, "bay") if "buys" in line]


def test_what_is_unknown_and_could_move_a_customer_is_told_with_both_ends() -> None:
    # a = 8 known, b unknown with a third of the weight: between 16/3 = 5.3 and 26/3 = 8.7;
    # with the line at 5 it stays above, so b weighs as much as a: from 4.0 to 9.0.
    workshop = made(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("b", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers={"ash": Customer(id="ash", name="Ash")}),
        scores(("a", "s"), {"ash": (8.0, 9.0)}),
    )
    assert "between 4.0 and 9.0" in " ".join(told(workshop, "ash"))


def test_too_close_is_told_last() -> None:
    assert told(placed({"ash": (5.1, 8.0)}), "ash")[-1] == "Too close to call."
    assert "Too close to call." not in told(placed({"ash": (9.0, 9.0)}), "ash")


def ballots(*points: float) -> list[CastBallot]:
    """A member a figure: so many points for `a`, the rest of 100 for `s`."""
    cast = enumerate(points)
    return [
        CastBallot(ballot=Ballot(member=f"m{n}", swings={"a": p, "s": 100 - p})) for n, p in cast
    ]


def with_members(*points: float) -> Workshop:
    """Ash at 8 and 8, with the ballots of as many members."""
    people = [PutMember(member=Member(id=f"m{n}", name=f"M{n}")) for n in range(len(points))]
    return after(placed({"ash": (8.0, 8.0)}), *people, *ballots(*points))


def test_how_often_it_is_key_is_told_as_a_frequency_and_never_as_certain() -> None:
    assert ("In practically all runs with other reasonable weights and scores it is key.") in told(
        with_members(40, 50, 60), "ash"
    )


def test_what_members_would_pick_is_told_from_three_members_on() -> None:
    assert "All 3 of you would pick it with your own weights." in told(
        with_members(40, 50, 60), "ash"
    )
    assert not [one for one in told(with_members(40, 50), "ash") if "would pick" in one]


def test_with_fewer_than_three_members_the_spread_is_said_to_be_assumed() -> None:
    assert ASSUMED in told(with_members(40, 50), "ash")
    assert ASSUMED not in told(with_members(40, 50, 60), "ash")


def test_no_runs_are_told_of_what_the_team_decided() -> None:
    decided = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    found = told(after(with_members(40, 50, 60), decided), "ash")
    assert found[0] == "Decided by Ines: We promised"
    assert not [one for one in found if "runs" in one or "would pick" in one]


def test_no_runs_are_told_of_a_customer_without_scores() -> None:
    found = told(placed({"ash": (8.0, 8.0), "bay": (None, None)}), "bay")
    assert not [one for one in found if "runs" in one]


def test_no_runs_are_drawn_in_passing_for_more_customers_than_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kam.ui.evidence.MOST_IN_PASSING", 1)
    found = told(placed({"ash": (8.0, 8.0), "bay": (2.0, 2.0)}), "ash")
    assert not [one for one in found if "runs" in one]


def test_the_range_of_votes_is_told_from_three_votes_on() -> None:
    steps = zip(("m0", "m1", "m2"), (2, 4, 5), strict=True)
    cast = [VoteScores(member=who, criterion="a", steps={"ash": step}) for who, step in steps]
    workshop = with_members(40, 50, 60)
    assert "Votes on Criterion a: from 2.5 to 10 points." in told(after(workshop, *cast), "ash")
    assert not [one for one in told(after(workshop, *cast[:2]), "ash") if "Votes" in one]


def test_votes_that_agree_are_told_as_one_level() -> None:
    cast = [VoteScores(member=f"m{n}", criterion="a", steps={"ash": 3}) for n in range(3)]
    found = told(after(with_members(40, 50, 60), *cast), "ash")
    assert "Votes on Criterion a: all at 5 points." in found


# --- the three that matter most -------------------------------------------------------------------


def three_of(workshop: Workshop, customer: str = "ash") -> tuple[str, str, str]:
    return three(room(workshop), customer)


def test_a_borderline_case_begins_with_why_it_is_one_and_another_with_its_reason() -> None:
    assert three_of(placed({"ash": (6.9, 8.0)}))[0] == (
        "It stands 0.1 points below the strategic line (7)."
    )
    clear = placed({"ash": (9.0, 9.0)})
    assert three_of(clear)[0] == "In the key zone, above the strategic line (7)."
    low = placed({"ash": (2.0, 2.0)})
    assert three_of(low)[0] == assess(low).standings["ash"].why


@pytest.mark.parametrize("favours", list(Favours))
@pytest.mark.parametrize("levels", [(9.0, 9.0), (6.0, 9.0), (9.0, 2.0)])
def test_its_view_of_us_is_said_in_one_sentence_of_the_three_and_no_reason_repeats_it(
    favours: Favours, levels: tuple[float, float]
) -> None:
    workshop = placed({"ash": levels}, favours=favours)
    why, lifts, view = three_of(workshop)
    assert "would" not in why + lifts
    assert "favour us" in view
    reason, *_ = told(workshop, "ash")
    assert "would" not in reason


def test_above_the_strategic_line_with_an_unknown_view_it_is_said_that_this_decides() -> None:
    unknown = placed({"ash": (9.0, 9.0)}, favours=Favours.UNKNOWN)
    assert three_of(unknown)[0] == (
        "In the key zone, above the strategic line (7): its view of us decides between strategic "
        "and core."
    )


def test_that_its_view_is_unknown_is_said_once() -> None:
    unknown = placed({"ash": (6.9, 8.0)}, favours=Favours.UNKNOWN)
    assert " ".join(three_of(unknown)).count("We do not know whether it would favour us") == 1


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((9.0, 2.0), "Criterion a carries it most; Criterion s holds it back most."),
        ((9.0, 8.0), "Criterion a carries it most; Criterion s carries it least."),
        ((2.0, 1.0), "Criterion a holds it back least; Criterion s holds it back most."),
        ((9.0, None), "Criterion a is all that we know."),
        ((None, None), NOTHING_KNOWN),
    ],
)
def test_what_carries_it_and_what_holds_it_back_is_one_sentence(
    levels: tuple[float | None, float | None], told: str
) -> None:
    assert three_of(placed({"ash": levels}))[1] == told


@pytest.mark.parametrize(
    ("known_by", "told"),
    [("asked", "(we asked)"), ("believed", "(we believe)"), (None, "(how we know is not written)")],
)
def test_the_third_is_its_view_of_us_and_how_we_know(known_by: str | None, told: str) -> None:
    workshop = placed({"ash": (8.0, 8.0)}, favours_known_by=known_by)
    assert three_of(workshop)[2] == f"It would favour us as a key supplier {told}."


@given(workshops())
def test_the_bars_of_an_axis_add_up_to_the_score_that_is_shown(workshop: Workshop) -> None:
    result = assess(workshop)
    for customer, standing in result.standings.items():
        for axis, shown in ((A, standing.attractiveness[0]), (S, standing.strength[0])):
            if not math.isnan(shown):
                points = contributions(result, customer, axis)["points"]
                assert points.sum(skipna=True) == pytest.approx(shown, abs=0.01)
