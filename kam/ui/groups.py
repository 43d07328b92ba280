"""Parents and subsidiaries: which groups there are, judged as one customer or apart."""

import streamlit as st

from kam.edits import JudgeApart, JudgeAsOne
from kam.method.groups import relatives
from kam.model import Workshop
from kam.ui import words
from kam.ui.frame import Room, save

MOST = 40  # groups shown, the largest first; more are counted
FEW = 4  # names of companies in one line
LONGEST = 200  # letters of a name; a longer text is no company


def groups(room: Room) -> None:
    """Every group that the parents tell; judging one together is one undo step."""
    found = companies(room.workshop)
    if not found:
        return
    together = len(room.workshop.groups)
    label = words.count(len(found), "group") + (f" · {together} as one" if together else "")
    with st.popover(label, icon=":material/account_tree:"):
        st.caption(
            "A group judged as one has the figures of all its companies: money and orders add up, "
            "margin and growth follow from the sums; a cost or capital that one of them lacks is "
            "unknown."
        )
        for parent in _by_size(room.workshop, found)[:MOST]:
            _row(room, parent, found[parent])
        if len(found) > MOST:
            st.caption(f"and {len(found) - MOST:,} smaller ones")


def companies(workshop: Workshop) -> dict[str, tuple[str, ...]]:
    """Parent -> its companies, as the profiles say and as they are judged now."""
    told = {**relatives(workshop), **{key: g.members for key, g in workshop.groups.items()}}
    within = workshop.within_groups
    return {
        parent: members
        for parent, members in told.items()
        if parent in workshop.groups or not within.keys() & {parent, *members}
        if len(parent) <= LONGEST
    }


def _by_size(workshop: Workshop, found: dict[str, tuple[str, ...]]) -> list[str]:
    """Groups with the most revenue first."""
    return sorted(found, key=lambda parent: -_revenue(workshop, (parent, *found[parent])))


def _revenue(workshop: Workshop, keys: tuple[str, ...]) -> float:
    known = (workshop.customers[key].profile.revenue for key in keys if key in workshop.customers)
    return sum(revenue or 0 for revenue in known)


def revenue_words(workshop: Workshop, keys: tuple[str, ...]) -> str:
    """The revenue of a group, and of how many of its companies it is known where not of all."""
    companies = [workshop.customers[key] for key in keys if key in workshop.customers]
    known = sum(one.profile.revenue is not None for one in companies)
    if not known:
        return "revenue unknown"
    told = words.amount(_revenue(workshop, keys), workshop.currency)
    return told if known == len(companies) else f"{told}, known of {known} of {len(companies)}"


def _row(room: Room, parent: str, members: tuple[str, ...]) -> None:
    """One group: its name, its companies, its revenue, and the switch."""
    told, button = st.columns([7, 3], vertical_alignment="center")
    known = room.workshop.customers.get(parent)
    name = known.name if known else parent
    names = [room.name(key) for key in members[:FEW]]
    more = f" and {len(members) - FEW:,} more" if len(members) > FEW else ""
    revenue = revenue_words(room.workshop, (parent, *members))
    told.markdown(f"**{words.plain(name)}** · {revenue}  \n:gray[{', '.join(names)}{more}]")
    joined = parent in room.workshop.groups
    edit = (
        JudgeApart(group=parent) if joined else JudgeAsOne(group=parent, name=name, members=members)
    )
    button.button(
        "Judge apart" if joined else "Judge as one",
        key=f"group_{parent}",
        on_click=save,
        args=(room.workshop.id, edit),
    )
