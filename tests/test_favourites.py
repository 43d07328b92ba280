"""Gut-feeling lists beside the result: who is a favourite, who is key, who was overlooked."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from kam.edits import OpenGutLists, PutMember, SealGutList
from kam.method.assessment import Assessment, assess
from kam.method.favourites import favourites, liked_words, others_words, overlooked_words
from kam.model import Member
from tests.workshops import after, placed

# Ash and Bay are key, Cob and Dew are not; in the one order: Ash, Bay, Cob, Dew.
PLACES = {"ash": (9.0, 9.0), "bay": (8.0, 8.0), "cob": (4.0, 4.0), "dew": (2.0, 2.0)}


def opened(lists: Mapping[str, Sequence[str]], *, opens: bool = True) -> Assessment:
    """The four customers, with lists sealed and opened."""
    edits = [PutMember(member=Member(id=key, name=key)) for key in lists]
    sealed = [SealGutList(member=key, customers=tuple(picked)) for key, picked in lists.items()]
    return assess(after(placed(PLACES), *edits, *sealed, *([OpenGutLists()] if opens else [])))


THREE = {"m": ["ash", "cob"], "n": ["ash", "cob", "dew"], "o": ["cob"]}


def test_a_favourite_is_named_by_two_the_most_named_first() -> None:
    found = favourites(opened(THREE))
    assert (found.lists, found.named) == (3, {"cob": 3, "ash": 2, "dew": 1})
    assert (found.liked, found.key, found.others) == (("cob", "ash"), ("ash",), ("cob",))
    assert found.overlooked == ("bay",)


def test_where_nobody_is_named_twice_all_that_were_named_are_favourites() -> None:
    found = favourites(opened({"m": ["dew", "ash"]}))
    assert found.liked == ("ash", "dew")


def test_sealed_lists_tell_nothing() -> None:
    found = favourites(opened(THREE, opens=False))
    assert (found.lists, found.named, found.liked) == (0, {}, ())


def test_the_words_ask_what_we_know_that_the_scores_do_not() -> None:
    result = opened(THREE)
    found = favourites(result)
    assert liked_words(found) == "1 of your 2 favourites is key"
    assert others_words(result, found) == ("1 is not: Cob. What do we know that the scores do not?")
    assert overlooked_words(result, found) == (
        "1 key account was on nobody’s list: Bay. What do the scores know that we do not?"
    )


def test_where_feeling_and_scores_agree_it_is_said() -> None:
    result = opened({"m": ["ash", "bay"], "n": ["bay", "ash"]})
    found = favourites(result)
    assert liked_words(found) == "2 of your 2 favourites are key"
    assert others_words(result, found) == "Feeling and scores agree on them."
    assert overlooked_words(result, found) == ""


PICKED = st.lists(st.sampled_from(list(PLACES)), max_size=5, unique=True)


@given(st.dictionaries(st.sampled_from("mnopq"), PICKED, min_size=1))
def test_every_favourite_is_key_or_not_and_no_key_account_is_lost(
    lists: dict[str, list[str]],
) -> None:
    if not any(lists.values()):
        return
    result = opened(lists)
    found = favourites(result)
    assert sorted((*found.key, *found.others)) == sorted(found.liked)
    assert set(found.overlooked) | (set(found.named) & {"ash", "bay"}) == {"ash", "bay"}
    assert not set(found.overlooked) & set(found.named)
