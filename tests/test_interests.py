"""The result with and without the votes of those who are not impartial."""

from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    DeclareInterests,
    Edit,
    JudgeAsOne,
    PutCriterion,
    PutMember,
    VoteScores,
)
from kam.method.assessment import Assessment, assess
from kam.method.futures import Move
from kam.method.interests import impartial, interests, interests_words
from kam.model import Class, Member, Workshop
from tests.workshops import A, S, criterion, customer, made, scores

KEYS = ("ash", "bay", "cob")


def voted(*edits: Edit) -> Workshop:
    """Attractiveness is agreed at 6; on strength Ines votes 5, Joris 2 and Kim 2 on everybody.

    So strength is 10/3 + 2.5/3 + 2.5/3 = 5 with Ines, and 2.5 without.
    """
    people = [PutMember(member=Member(id=key, name=key)) for key in ("ines", "joris", "kim")]
    votes = [
        VoteScores(member=member, criterion="s", steps=dict.fromkeys(KEYS, step))
        for member, step in (("ines", 5), ("joris", 2), ("kim", 2))
    ]
    return made(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers={key: customer(key) for key in KEYS}),
        scores(("a",), dict.fromkeys(KEYS, (6.0,))),
        *people,
        *votes,
        *edits,
    )


def declared(customer: str = "ash", member: str = "ines") -> DeclareInterests:
    return DeclareInterests(member=member, interests={customer: "Her brother works there"})


def told(result: Assessment) -> tuple[str, ...]:
    return interests_words(result, interests(result))


def test_whose_class_rests_on_such_a_vote_is_told() -> None:
    result = assess(voted(declared()))
    found = interests(result)
    assert (found.declared, found.votes) == (("ash",), 1)
    assert found.moves == (Move("ash", Class.KEY_CORE, Class.STRATEGIC),)
    assert told(result)[0] == (
        "Without the one vote of members who declared an interest there, Ash is Strategic, not "
        "yet key instead of Key · core."
    )


def test_other_customers_keep_the_votes_of_the_same_member() -> None:
    left = impartial(voted(declared()))
    assert set(left.votes["s"]["ash"]) == {"joris", "kim"}
    assert set(left.votes["s"]["bay"]) == {"ines", "joris", "kim"}


def test_an_agreed_score_is_said_not_to_be_separable() -> None:
    result = assess(voted(declared(), scores(("s",), {"ash": (5.0,)})))
    found = interests(result)
    assert (found.votes, found.agreed, found.moves) == (0, 2, ())
    assert told(result) == (
        "No score rests on a vote of somebody who declared an interest there.",
        (
            "2 scores of these customers were agreed by all together: whose voice is in there "
            "cannot be separated."
        ),
    )


def test_a_score_from_a_figure_is_nobodys_voice() -> None:
    measured = PutCriterion(criterion=criterion("a", A, column="revenue"))
    result = assess(voted(declared(), measured))
    assert interests(result).agreed == 0
    assert len(told(result)) == 1


def test_a_vote_that_changes_no_class_is_said_to_change_none() -> None:
    result = assess(voted(declared(member="kim")))
    assert told(result)[0].endswith("interest there, every customer keeps its class.")


def test_a_score_that_only_such_a_member_gave_is_unknown_without_it() -> None:
    workshop = voted(
        declared(),
        *(VoteScores(member=one, criterion="s", steps={"ash": None}) for one in ("joris", "kim")),
    )
    result = assess(workshop)
    assert "ash" not in impartial(result.workshop).votes["s"]
    assert "Ash cannot be scored" in told(result)[0]


def test_an_interest_in_a_company_is_one_in_its_group() -> None:
    workshop = voted(declared("bay"), JudgeAsOne(group="ash", name="Ash", members=("bay",)))
    found = interests(assess(workshop))
    assert (found.declared, found.votes) == (("ash",), 1)
    assert [move.customer for move in found.moves] == ["ash"]


def test_where_nobody_declared_anything_there_is_nothing_to_say() -> None:
    result = assess(voted())
    assert told(result) == ()
    assert interests(result).moves == ()


@given(
    st.dictionaries(
        st.sampled_from(["ines", "joris", "kim"]),
        st.dictionaries(st.sampled_from(KEYS), st.just("why"), min_size=1),
    )
)
def test_what_is_left_holds_no_vote_of_an_interest_and_all_others(
    every: dict[str, dict[str, str]],
) -> None:
    workshop = voted(*(DeclareInterests(member=k, interests=one) for k, one in every.items()))
    left = impartial(workshop).votes.get("s", {})
    kept = {(member, key) for key, cast in left.items() for member in cast}
    gone = {(member, key) for member, of in every.items() for key in of}
    assert kept == {(m, k) for m in ("ines", "joris", "kim") for k in KEYS} - gone
    assert interests(assess(workshop)).votes == len(gone)
