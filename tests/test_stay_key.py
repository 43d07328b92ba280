"""How many stay key, in a sentence that stays short."""

from collections.abc import Sequence

import pytest

from kam.method.stay_key import overlap_words

NAMES = {f"c{n}": f"C{n}" for n in range(1200)}
TWO_LEAVE = (
    "1 of 3 key accounts would stay key when it rains. No longer key: C1 and C2. Key instead: C4."
)


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ((), (), "Nobody is key now, and nobody would be when it rains."),
        ((), ("c1",), "Nobody is key now, and others would be when it rains. Key as well: C1."),
        (("c1",), ("c1",), "1 of 1 key account would stay key when it rains."),
        (("c1", "c2"), ("c2", "c1"), "2 of 2 key accounts would stay key when it rains."),
        (
            ("c1", "c2", "c3"),
            ("c3", "c4"),
            TWO_LEAVE,
        ),
        (
            ("c1",),
            ("c1", "c2"),
            "1 of 1 key account would stay key when it rains. Key as well: C2.",
        ),
    ],
)
def test_the_overlap_names_those_who_are_key_by_one_only(
    ours: Sequence[str], theirs: Sequence[str], told: str
) -> None:
    assert overlap_words(ours, theirs, "it rains", NAMES) == told


def test_more_names_than_five_are_counted() -> None:
    assert overlap_words(tuple(NAMES), ("c0",), "it rains", NAMES) == (
        "1 of 1,200 key accounts would stay key when it rains. "
        "No longer key: C1, C2, C3, C4, C5 and 1,194 more."
    )
