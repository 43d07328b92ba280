"""Narrowing the field: whom the team judges, out of all customers that came in.

The rule is composed in this tab alone; nothing of it is stored before the one filled button.
"""

import pandas as pd
import streamlit as st

from kam.charts.left_out import by_revenue
from kam.edits import ChooseLongList
from kam.method.left_out import (
    FEWEST,
    MOST,
    ROOM,
    LeftOut,
    Share,
    growers_left_out,
    key_zone_outside,
    left_out,
    warnings,
)
from kam.method.long_list import long_list
from kam.method.pool import REVENUE
from kam.ui import parts, state, words
from kam.ui.conditions import by_hand, conditions
from kam.ui.draft_list import Draft, composed, follow, keep, put_in
from kam.ui.frame import Room, write
from kam.ui.names import told_apart

PICTURE = 470  # px
MOST_NAMED = 4  # customers in a warning; more are counted


def narrow(room: Room) -> None:
    """The view: conditions at the left; at the right what they leave out, and the one button."""
    total = len(room.assessment.workshop.customers)
    if not total:
        st.markdown("#### No customers yet. Choose “Bring in” above, or add one by hand.")
        return
    if total <= FEWEST:
        st.markdown(f"#### Nothing needs narrowing. {ROOM}, and there {_are(total)}.")
        _everybody(room)
        return
    draft = composed(room)
    rule, outside = st.columns([7, 5], gap="large")
    with rule:
        _present(draft)
        conditions(draft)
        by_hand(draft)
    with outside:
        _buttons(draft)
        if draft.count:
            _left_out(draft)
        else:
            st.markdown(nobody_chosen(draft))
        _warnings(draft)


def _are(total: int) -> str:
    return "is one customer" if total == 1 else f"are {total:,} customers"


def _present(draft: Draft) -> None:
    """Whom the team judges now, and whom the same rule chooses by today's figures."""
    standing, judged = draft.standing, draft.room.assessment.judged
    total = len(draft.room.assessment.standings)
    if standing is None:
        st.caption(f"Now everybody is judged: {words.count(total, 'customer')}.")
        return
    rule = f". Chosen by: {words.plain(words.short(standing.rule, 160))}" if standing.rule else ""
    st.caption(f"Now {len(judged):,} of {total:,} customers are judged{rule}")
    if draft.same_rule and not draft.same_customers:
        st.markdown(today(draft), help=_who_moves(draft))


def nobody_chosen(draft: Draft) -> str:
    """That the rule of this tab chooses nobody, and what holds as long as it does not."""
    rule = "These conditions choose nobody" if draft.rule.conditions else "Nobody is chosen yet"
    holds = "the list that stands holds" if draft.standing else "everybody is judged"
    more = "Loosen them" if draft.rule.conditions else "Add a condition"
    return f"{rule}. {more}, or put customers in by hand; until then {holds}."


def today(draft: Draft) -> str:
    """What the rule of the list that stands chooses by today's figures, in one sentence."""
    if not draft.count:
        return "By today's figures the same rule chooses nobody."
    sides = ((draft.moved.more, "more"), (draft.moved.fewer, "fewer"))
    told = ", ".join(f"{len(customers):,} {word}" for customers, word in sides if customers)
    return f"By today's figures the same rule chooses {draft.count:,}: {told}."


def _who_moves(draft: Draft) -> str:
    """The names of those who come and go; many are counted."""
    sides = ((draft.moved.more, "More"), (draft.moved.fewer, "Fewer"))
    told = [f"{word}: {_names(draft, customers)}." for customers, word in sides if customers]
    return " ".join(told)


def _names(draft: Draft, customers: tuple[str, ...]) -> str:
    """The first few by name, the others counted."""
    called = told_apart(draft.pool.workshop)
    names = [words.plain(called[one]) for one in customers[:MOST_NAMED]]
    more = len(customers) - MOST_NAMED
    return ", ".join(names) + (f" and {more:,} more" if more > 0 else "")


def _left_out(draft: Draft) -> None:
    """What the list leaves out, in four numbers and a picture."""
    found = left_out(draft.pool, draft.chosen)
    cells = st.columns([4, 3, 3, 3], gap="small")
    with cells[0]:
        st.metric(
            "Left out" if draft.same_customers else "Would leave out",
            f"{found.customers:,}",
            help=f"Of {len(draft.chosen):,} customers. They are not judged in the room; "
            "they keep a class from the scores that they have.",
        )
    for cell, (label, share, about) in zip(cells[1:], _shares(found), strict=True):
        with cell:
            _share(draft, label, share, about)
    parts.picture(by_revenue(_frame(draft), draft.room.workshop.currency, PICTURE), "left_out")


def _shares(found: LeftOut) -> list[tuple[str, Share, str]]:
    """Each share with its name and what it means."""
    return [
        ("of revenue", found.revenue, "Their part of what all customers bought in 12 months."),
        (
            "of growth",
            found.growth,
            "Their part of what growing customers bought more than in the 12 months before.",
        ),
        (
            "of margin",
            found.margin,
            "Their part of the gross margin, in money, of all customers on whom we earn.",
        ),
    ]


def _share(draft: Draft, label: str, share: Share, about: str) -> None:
    """One share, with its money and for how many customers it is known."""
    known = f"Known for {share.known:,} of {len(draft.chosen):,} customers."
    if share.part is None:
        st.metric(label, "–", help=f"Unknown. {about} {known}")
        return
    money = words.plain(words.amount(share.amount, draft.room.workshop.currency))
    st.metric(label, percent(share.part), help=f"{about} {money} in all. {known}")


def _frame(draft: Draft) -> pd.DataFrame:
    """One row a customer, as the picture takes it."""
    names = [customer.name for customer in draft.pool.workshop.customers.values()]
    revenue = draft.pool.figures(REVENUE)
    return pd.DataFrame({"name": names, "revenue": revenue, "chosen": draft.chosen})


def _warnings(draft: Draft) -> None:
    """What speaks against the list, and whom one may want to put in."""
    told = warnings(draft.pool, draft.rule, draft.chosen)
    if told:
        with st.container(key="gap_long_list"):
            st.markdown("  \n".join(words.plain(sentence) for sentence in told))
    inside = key_zone_outside(draft.room.assessment, draft.chosen)
    _offer(draft, inside, "in the key zone by the scores that they have", "key_zone")
    growers = growers_left_out(draft.pool, draft.chosen)
    _offer(draft, growers, "among the ten that grew most", "growers")


def _offer(draft: Draft, customers: tuple[str, ...], told: str, key: str) -> None:
    """Customers that are left out, by name, and the button that puts them in by hand.

    No more are offered than a room can judge.
    """
    if not customers:
        return
    offered = customers[: max(MOST - draft.count, 0)]
    first = "the first " if len(offered) < len(customers) else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        lead = f"Left out, but {told}" if draft.count else f"{told[0].upper()}{told[1:]}"
        st.caption(f"{lead}: {_names(draft, customers)}", width="stretch")
        if offered:
            st.button(
                f"Put {first}{len(offered)} in",
                key=f"long_list.{key}",
                on_click=keep,
                args=(draft.room, put_in(draft.rule, [*draft.rule.put_in, *offered])),
            )


def _buttons(draft: Draft) -> None:
    """The one button that stores, and the way back to everybody."""
    label, offered = judging(draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            label,
            key="long_list.judge",
            type="primary",
            disabled=not offered,
            on_click=_judge,
            args=(draft,),
        )
        _everybody(draft.room)


def judging(draft: Draft) -> tuple[str, bool]:
    """What the button says, and whether there is anything to store.

    Nothing is where the same customers are judged already by the same rule, or everybody is.
    """
    count = words.count(draft.count, "customer")
    these = f"{'this' if draft.count == 1 else 'these'} {count}"
    if not draft.same_customers:
        return f"Judge {these}", draft.count > 0
    if draft.standing is None:
        return f"All {count} are judged", False
    if not draft.same_rule:
        return f"Keep this rule for {these}", draft.count > 0
    return f"{these.capitalize()} {'is' if draft.count == 1 else 'are'} judged", False


def _judge(draft: Draft) -> None:
    """Store the list as one step; where that fails its rule stays open in this tab."""
    keep(draft.room, draft.rule)
    if _store(draft.room, ChooseLongList(long_list=long_list(draft.rule, draft.pool))):
        follow(draft.room, draft.rule)


def _everybody(room: Room) -> None:
    """The way back, where a list stands."""
    if room.workshop.long_list is not None:
        st.button(
            "Judge everybody",
            key="long_list.everybody",
            type="tertiary",
            on_click=_judge_everybody,
            args=(room,),
        )


def _judge_everybody(room: Room) -> None:
    _store(room, ChooseLongList(long_list=None))


def _store(room: Room, edit: ChooseLongList) -> bool:
    """Whether the list is stored now; the top of the page says so."""
    before = room.present
    if not write(room.workshop.id, edit):
        return False
    done = edit.words(before)
    state.tell(f"{done[0].upper()}{done[1:]}. Undo takes it back as one step.", "done")
    return True


def percent(part: float) -> str:
    """A share in whole percent; never 0 or 100 for what is only nearly so."""
    if 0 < part < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= part < 1 else f"{100 * part:.0f} %"
