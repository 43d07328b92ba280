"""The tree of errors is the one that its module draws."""

import re

from kam import errors
from kam.errors import KeyroomError, Refused, Stale

CLASSES = {
    name: thing
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, KeyroomError)
}


def drawn() -> dict[str, int]:
    """Name -> depth in the picture of the docstring."""
    found = re.findall(
        r"^( *(?:│ +)?(?:[├└]── )?)([A-Z]\w+)(?: {2,}|$)", errors.__doc__ or "", re.M
    )
    return {name: (len(before) - 4) // 4 for before, name in found}


def test_the_picture_names_every_error_and_no_other() -> None:
    assert drawn().keys() == CLASSES.keys()


def test_the_picture_shows_who_descends_from_whom() -> None:
    assert drawn() == {name: kind.__mro__.index(KeyroomError) for name, kind in CLASSES.items()}


def test_a_stale_edit_shows_both_values() -> None:
    stale = Stale("Somebody changed this first.", theirs="5 → 6", ours="5 → 7")
    assert isinstance(stale, Refused)
    assert (str(stale), stale.theirs, stale.ours) == (
        "Somebody changed this first.",
        "5 → 6",
        "5 → 7",
    )
