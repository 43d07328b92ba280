"""Where a member is not impartial, and why."""

from kam.edits import DeclareInterests
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth, Question

KEY = "interests"


def question(seat: Booth) -> Question | None:
    """The question; `None` without customers."""
    if not seat.customers:
        return None
    return Question(
        key=KEY,
        name="Where you are not impartial",
        title="Where are you not impartial?",
        ask=_ask,
        edit=_edit,
        open=_open,
        answered=seat.member.id in seat.workshop.answers.interests,
        said="Not secret: the record names you, and for how many customers you declared it.",
    )


def _declared(seat: Booth) -> dict[str, str]:
    """Why the member is not impartial, by customer, as entered or as declared before."""
    before = seat.workshop.answers.interests.get(seat.member.id, {})
    kept = booth.draft(seat, KEY)
    chosen = kept.get("partial", list(before))
    reasons = {key: kept.get(f"why.{key}", before.get(key, "")) for key in chosen}
    return {key: why.strip() for key, why in reasons.items() if key in seat.customers}


def _ask(seat: Booth) -> None:
    names, declared = seat.customers, _declared(seat)
    inputs.choices(
        "A relative works there, you own a share, you were employed there. Nowhere: leave it "
        "empty and go on.",
        list(names),
        booth.entry(seat, KEY, "partial", list(declared)),
        format_func=names.__getitem__,
        placeholder="Type a name",
    )
    for key, why in declared.items():
        inputs.text(
            f"Why not impartial with {words.plain(names[key])}?",
            booth.entry(seat, KEY, f"why.{key}", why),
            max_chars=400,
        )


def _open(seat: Booth) -> str:
    missing = [seat.customers[key] for key, why in _declared(seat).items() if not why]
    return f"Write in a few words why, for {missing[0]}." if missing else ""


def _edit(seat: Booth) -> DeclareInterests | None:
    declared = _declared(seat)
    if declared == seat.workshop.answers.interests.get(seat.member.id, {}):
        return None
    return DeclareInterests(member=seat.member.id, interests=declared)
