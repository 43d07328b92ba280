"""Whom a member would pick by feeling, sealed until the matrix is there (screens.md 3.6)."""

from kam.edits import SealGutList
from kam.model import MAX_GUT
from kam.ui import inputs
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth, Question

KEY = "gut"


def question(seat: Booth) -> Question | None:
    """The question; `None` once the lists are open, or without customers to pick."""
    gut = seat.workshop.answers.gut
    if gut.opened or not seat.customers:
        return None
    return Question(
        key=KEY,
        name="Gut feeling",
        title="Which five would you pick by feeling?",
        ask=_ask,
        edit=_edit,
        open=lambda booth: "" if _chosen(booth) else "Pick at least one customer, or skip this.",
        answered=seat.member.id in gut.of,
        said="Your list is sealed until all are opened together, when the picture is there.",
    )


def _chosen(seat: Booth) -> list[str]:
    """What was picked in this tab, else what was sealed; customers that are gone are left out."""
    sealed = seat.workshop.answers.gut.of.get(seat.member.id, ())
    picked = booth.draft(seat, KEY).get("gut", sealed)
    return [key for key in picked if key in seat.customers]


def _ask(seat: Booth) -> None:
    names = seat.customers
    inputs.choices(
        "No figures, no discussion: up to five customers.",
        list(names),
        booth.entry(seat, KEY, "gut", _chosen(seat)),
        format_func=names.__getitem__,
        max_selections=MAX_GUT,
        placeholder="Type a name",
    )


def _edit(seat: Booth) -> SealGutList:
    return SealGutList(member=seat.member.id, customers=tuple(_chosen(seat)))
