"""Step 3: who may be one customer, side by side with what tells them apart; and the answers."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kam.intake.lists.identity import Alike, Sort
from kam.intake.lists.proposal import Proposal
from kam.model import Customer
from kam.ui import words
from kam.ui.frame import Room
from kam.ui.wizard import draft

MOST_PAIRS = 30  # on one screen; the next ones follow as these are answered

# What all pairs of one sort have in common; near names have nothing, and each deserves a look.
TOGETHER: Mapping[Sort, str] = {
    "renamed": "have the id of a customer here, and a name that has nothing in common with its",
    "id": "have an id that is one number with another's",
    "name": "have the name of a customer here, and another id",
}

SORTS: Sequence[Sort] = (*TOGETHER, "near")  # in the order in which they are asked about

Pairs = Sequence[Alike]


def near(door: str, room: Room, proposal: Proposal, pairs: Pairs, names: Mapping[str, str]) -> None:
    """Customers that may be one, side by side, and the answers so far.

    `names` are those of the rows, by their keys.
    """
    if pairs:
        st.caption(_fate(pairs))
    shown = frozenset(pairs[:MOST_PAIRS])
    for sort in SORTS:
        of_sort = [pair for pair in pairs if pair.sort == sort]
        _together(door, of_sort)
        for pair in of_sort:
            if pair in shown:
                _pair(door, pair, _sides(room, proposal, pair), _rivals(proposal, pair))
    if len(pairs) > MOST_PAIRS:
        st.caption(f"and {len(pairs) - MOST_PAIRS:,} more, less alike")
    _answers(door, room, names)


def _fate(pairs: Pairs) -> str:
    """What happens to them without an answer."""
    told = "They come in as new customers unless you say that they are the same."
    if all(pair.sort == "renamed" for pair in pairs):
        return "They have the id of a customer here and another name; they stay out until you say."
    if any(pair.sort == "renamed" for pair in pairs):
        return f"{told} Those with the id of a customer and another name stay out until you say."
    return told


def _together(door: str, pairs: Pairs) -> None:
    """One answer for all pairs of a sort, where there are several."""
    if len(pairs) < 2 or pairs[0].sort not in TOGETHER:
        return
    sort, rows = pairs[0].sort, len({pair.left for pair in pairs})
    told, buttons = st.columns([8, 4], vertical_alignment="center")
    told.markdown(f"**{rows:,} {TOGETHER[sort]}**")
    with buttons.container(horizontal=True):
        key = draft.key(door, "all", sort)
        every = (door, pairs)
        if _only_ones(pairs):
            st.button(
                "All are the same",
                key=f"{key}_one",
                on_click=_all_one,
                args=every,
                help="Where several customers here may be meant, each is asked by itself.",
            )
        st.button(
            "All are two customers", key=f"{key}_two", type="tertiary", on_click=_two, args=every
        )


def _pair(door: str, pair: Alike, sides: tuple[str, str], rivals: Pairs) -> None:
    mine, other, buttons = st.columns([4, 4, 4], vertical_alignment="center")
    mine.markdown(sides[0], help=words.plain(pair.why))
    other.markdown(sides[1])
    with buttons.container(horizontal=True):
        key = draft.key(door, "pair", pair.left, pair.right)
        st.button("The same", key=f"{key}_one", on_click=_one, args=(door, pair))
        st.button(
            "Two customers",
            key=f"{key}_two",
            type="tertiary",
            on_click=_two,
            args=(door, [pair], rivals),
        )


def _rivals(proposal: Proposal, pair: Alike) -> Pairs:
    """Every pair of a row that stays out until it is placed."""
    return [one for one in proposal.doubts if one.left == pair.left]


def _sides(room: Room, proposal: Proposal, pair: Alike) -> tuple[str, str]:
    """The two of a pair, each with what tells it from others."""
    here = room.workshop.customers.get(pair.right)
    other = _entry(here or proposal.entry(pair.right), pair.right, room)
    where = "(here already)" if here else "(in this file)"
    name, _, told = other.partition("\n")
    mine = _entry(proposal.entry(pair.left), pair.left, room)
    return mine, f"{name.rstrip()} {where}  \n{told}"


def _entry(customer: Customer | None, key: str, room: Room) -> str:
    """A customer's name; below it its id, revenue and owner, as far as they are known."""
    if customer is None:
        return f"{words.plain(key)}  \n"
    profile = customer.profile
    money = words.amount(profile.revenue, room.workshop.currency)
    told = [
        f"id {customer.id}" if customer.id != customer.name else "no id",
        f"revenue {money}" if profile.revenue is not None else "",
        *(profile.owner, profile.country, profile.industry),
        f"of {profile.parent}" if profile.parent else "",
    ]
    below = " · ".join(words.plain(words.short(part)) for part in told if part)
    return f"{words.plain(customer.name)}  \n:gray[{below}]"


# --- answers --------------------------------------------------------------------------------------


def _one(door: str, pair: Alike) -> None:
    draft.change(door, same={**draft.draft(door).same, pair.left: pair.right})


def _all_one(door: str, pairs: Pairs) -> None:
    """Every row is the customer it was paired with, unless there are several of them."""
    draft.change(door, same={**draft.draft(door).same, **_only_ones(pairs)})


def _only_ones(pairs: Pairs) -> dict[str, str]:
    """Row -> the customer that it was paired with, for rows with one such customer only.

    Another row that is itself paired with somebody is no further one.
    """
    rights: dict[str, list[str]] = {pair.left: [] for pair in pairs}
    for pair in pairs:
        if pair.sort == "renamed" or pair.right not in rights:
            rights[pair.left].append(pair.right)
    return {left: found[0] for left, found in rights.items() if len(found) == 1}


def _two(door: str, pairs: Pairs, rivals: Pairs | None = None) -> None:
    """The two of every pair are not one; a row that is nobody with its id is one of its own.

    `rivals` are all pairs with the id of a row that stays out until it is placed.
    """
    kept = draft.draft(door)
    apart = kept.apart | {(pair.left, pair.right) for pair in pairs}
    doubted = [pair for pair in (pairs if rivals is None else rivals) if pair.sort == "renamed"]
    still = {pair.left for pair in doubted if (pair.left, pair.right) not in apart}
    own = {pair.left: "" for pair in doubted if pair.left not in still}
    draft.change(door, apart=apart, same={**kept.same, **own})


def _answers(door: str, room: Room, names: Mapping[str, str]) -> None:
    """What was answered, and the way back."""
    kept = draft.draft(door)
    said = [(left, right, "is") for left, right in kept.same.items() if right]
    said += [(left, right, "is not") for left, right in sorted(kept.apart)]
    if not said:
        return
    key = draft.key(door, "answers")
    with st.expander(f"{words.count(len(said), 'answer')} given", key=key, on_change="rerun"):
        label, key = "Take all back", f"{key}_back"
        st.button(label, key=key, type="tertiary", on_click=_all_taken_back, args=(door,))
        for left, right, verb in said[-MOST_PAIRS:]:
            here = room.workshop.customers.get(right)
            told, back = st.columns([8, 4], vertical_alignment="center")
            other = _named(right, here.name if here else names.get(right, right))
            told.markdown(words.plain(f"{_named(left, names.get(left, left))} {verb} {other}"))
            one = draft.key(door, "back", left, right)
            args = (door, left, right)
            back.button("Take back", key=one, type="tertiary", on_click=_taken_back, args=args)
        if len(said) > MOST_PAIRS:
            st.caption(f"and {len(said) - MOST_PAIRS:,} earlier ones")


def _named(key: str, name: str) -> str:
    """A name, with the id that tells it from its namesakes."""
    return name if key == name else f"{name} ({key})"


def _all_taken_back(door: str) -> None:
    draft.change(door, same={}, apart=frozenset())


def _taken_back(door: str, left: str, right: str) -> None:
    kept = draft.draft(door)
    own = kept.same.get(left) in {"", right}
    same = {row: customer for row, customer in kept.same.items() if row != left or not own}
    draft.change(door, same=same, apart=kept.apart - {(left, right)})
