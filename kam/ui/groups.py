"""Parents and subsidiaries: which groups there are, judged as one customer or apart."""

from collections.abc import Mapping

import streamlit as st

from kam.edits import JudgeApart, JudgeAsOne
from kam.method.parents import Since, relatives, since
from kam.model import Workshop
from kam.ui import words
from kam.ui.frame import Room, save

MOST = 40  # groups shown, the largest first; more are counted
FEW = 4  # names of companies in one line
LONGEST = 200  # letters of a name; a longer text is no company


def groups(room: Room) -> None:
    """Every group that the parents tell; judging one together is one undo step."""
    found, now = companies(room.workshop), since(room.workshop)
    if not found:
        return
    lagging = [parent for parent in found if now.get(parent)]
    with st.popover(_label(room, len(found), len(lagging)), icon=":material/account_tree:"):
        st.caption(
            "A group judged as one has the figures of all its companies: money and orders add up, "
            "margin and growth follow from the sums; a cost or capital that one of them lacks is "
            "unknown."
        )
        by_size = _by_size(room.workshop, found)
        for parent in sorted(by_size, key=lambda parent: parent not in lagging)[:MOST]:
            _row(room, parent, found[parent])
            if parent in lagging:
                _since(room, parent, now[parent])
        if len(found) > MOST:
            st.caption(f"and {len(found) - MOST:,} smaller ones")


def _label(room: Room, groups: int, lagging: int) -> str:
    """How many groups there are, how many are one customer, and of how many parents say more."""
    together = len(room.workshop.groups)
    parts = [
        words.count(groups, "group"),
        f"{together:,} as one" if together else "",
        f"{lagging:,} to look at" if lagging else "",
    ]
    return " · ".join(part for part in parts if part)


def companies(workshop: Workshop) -> dict[str, tuple[str, ...]]:
    """Parent -> its companies: as they are judged now, else as the profiles say.

    Who is judged within a group, or names one, is offered to no other.
    """
    as_one = {key: group.members for key, group in workshop.groups.items()}
    naming = {key for one in since(workshop).values() for key in one.joining}
    taken = {*as_one, *workshop.within_groups, *naming}
    free = {
        parent: tuple(key for key in members if key not in taken)
        for parent, members in relatives(workshop).items()
        if parent not in taken and len(parent) <= LONGEST
    }
    return {**{parent: members for parent, members in free.items() if members}, **as_one}


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
    known = room.workshop.customers.get(parent)
    name = known.name if known else parent
    revenue = revenue_words(room.workshop, (parent, *members))
    told = f"**{words.plain(name)}** · {revenue}  \n:gray[{_named(room, members)}]"
    joined = parent in room.workshop.groups
    edit = (
        JudgeApart(group=parent) if joined else JudgeAsOne(group=parent, name=name, members=members)
    )
    _line(room, told, (f"group_{parent}", "Judge apart" if joined else "Judge as one"), edit)


def _since(room: Room, parent: str, now: Since) -> None:
    """What the parents say of a group by now, and the buttons that follow them."""
    members = room.workshop.groups[parent].members
    if now.joining:
        told = words.count(len(now.joining), "more company names it", "more companies name it")
        edit = _of(room, parent, (*members, *now.joining))
        label = f"Take {len(now.joining):,} in"
        told = f":orange[{told}: {_named(room, now.joining)}]"
        _line(room, told, (f"joining_{parent}", label), edit)
    if now.leaving:
        told = words.count(len(now.leaving), "names another parent", "name another parent")
        edit = _of(room, parent, tuple(key for key in members if key not in now.leaving))
        label = f"Let {len(now.leaving):,} out"
        told = f":orange[{told}: {_named(room, tuple(now.leaving), now.leaving)}]"
        _line(room, told, (f"leaving_{parent}", label), edit)
    if now.above:
        above = words.plain(words.short(now.above))
        st.markdown(f":orange[It names {above} as its own parent: judge it apart to join the two]")


def _of(room: Room, parent: str, members: tuple[str, ...]) -> JudgeAsOne | JudgeApart:
    """The edit after which a group has exactly these companies; without any it is apart."""
    if not members:
        return JudgeApart(group=parent)
    name = room.workshop.customers[parent].name
    return JudgeAsOne(group=parent, name=name, members=members)


def _named(room: Room, keys: tuple[str, ...], parents: Mapping[str, str] | None = None) -> str:
    """Companies by name, each with the parent that it names if asked for; most are counted."""
    told = [
        room.name(key) + (f" ({words.plain(words.short(parents[key]))})" if parents else "")
        for key in keys[:FEW]
    ]
    more = f" and {len(keys) - FEW:,} more" if len(keys) > FEW else ""
    return ", ".join(told) + more


def _line(room: Room, told: str, button: tuple[str, str], edit: JudgeAsOne | JudgeApart) -> None:
    """A sentence and its button, given as key and label; a tooltip says what it does."""
    sentence, place = st.columns([7, 3], vertical_alignment="center")
    sentence.markdown(told)
    does = edit.words(room.workshop)
    place.button(
        button[1],
        key=button[0],
        help=words.plain(f"{does[:1].upper()}{does[1:]}."),
        on_click=save,
        args=(room.workshop.id, edit),
    )
