"""Parts of the review page: two states side by side, one customer's past, what became of plans."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from kam.charts.past import past
from kam.charts.slope import slope
from kam.method.hysteresis import watch_words, watched
from kam.method.milestones import FollowedUp, Verdict, followed_up, milestones
from kam.method.movement import Movement, came, gone
from kam.method.movement_words import causes_words, message, told
from kam.method.tier_down import tier_down
from kam.report import review_years as report
from kam.ui import frame, parts, review_states, state, words
from kam.ui.frame import PAGES, VIEWS, Room
from kam.ui.review_states import Compared

QUESTION = "Who moved, and why?"
WHO, ONE, PLANS = "Who moved", "One customer", "Plans"
SECTIONS = (WHO, ONE, PLANS)
LEAST_ROWS, MOST_ROWS = 5, 12  # sentences at first; the others at a tap
MORE_ROWS = 20  # at each tap
MOST_PAIRS = 4  # steps of one customer's past that are told in words, the latest ones
WIDTH, HEIGHT = 640, 490  # px of the picture at the left
PAST_WIDTH = 1180  # px of one customer's past
VIEW, NAME, CUSTOMER = "review_view", "review_name", "review_customer"  # widgets
STEPS = (
    # what to do next in a review, in order: page, words
    (PAGES["customers"], "Bring in the new figures"),
    (PAGES["plans"], "Say what became of milestones"),
    (PAGES["criteria"], "Look at the criteria and weights again"),
    (VIEWS["answer"][0], "Vote again, each in private"),
    (PAGES["matrix"], "See who stands out now"),
)


def title(now: Compared | None) -> str:
    """How many changed class; the question while there is nothing to compare."""
    return QUESTION if now is None else message(now.movements, now.when)


def choose_view() -> str:
    """Who moved, one customer, or what became of plans."""
    return parts.choose_view(SECTIONS, WHO, VIEW)


def empty() -> None:
    """Nothing to compare with yet."""
    st.markdown(
        "#### No state has a name yet, so there is nothing to compare with.\n"
        "Name the present one with **Start the next review**. When figures, weights or criteria "
        "change after that, you see here who moved and what moved them."
    )


# --- the next review ------------------------------------------------------------------------------


def begin(room: Room) -> None:
    """Name the present state, and what to do next, in order."""
    with st.popover("Start the next review", type="primary", key="next_review"):
        named = frame.name_of_state(room)
        if named:
            st.markdown(f"This state is kept as “{words.plain(named)}”. Go on in this order:")
        else:
            st.markdown("This state is kept under its name; nothing is lost.")
            first = f"{room.today:%B %Y}"
            st.text_input("Name of this state", value=first, max_chars=200, key=NAME)
            st.button("Keep it and begin", key="begin_review", on_click=_begin, args=(room,))
        for number, (page, what) in enumerate(STEPS, start=1):
            icon = f":material/counter_{number}:"
            st.page_link(page, label=what, icon=icon, query_params=room.address)


def _begin(room: Room) -> None:
    name = str(state.widget(NAME) or "").strip()
    if not name:
        state.tell("The state has no name yet. Write one, such as “Autumn 2026”.")
        return
    frame.mark(room, name, begins_review=True)
    review_states.forget_choice()


# --- who moved ------------------------------------------------------------------------------------


def picture(now: Compared) -> None:
    """Points inside or outside the key zone, then and now."""
    lines = report.slope_lines(now.now, now.movements)
    drawn = slope(lines, (now.before.name, now.after.name), WIDTH, HEIGHT)
    parts.picture(drawn, "slope")


def sentences(room: Room, now: Compared) -> None:
    """What became of each customer: who is watched, who changed class, who moved most."""
    everybody = report.weightiest([one for one in now.movements if report.has_moved(one)])
    changed = sum(one.changed_class for one in everybody)
    shown = int(state.recall("review_rows", min(max(changed, LEAST_ROWS), MOST_ROWS)))
    with st.container(gap="xsmall", key="in_short"):
        if found := causes_words(now.movements):
            st.markdown(f"**{found[:1].upper()}{found[1:]}**")
        _others(now)
        _watch_list(room, now)
    for one in everybody[:shown]:
        _sentence(now, one)
    if 0 < len(everybody) <= shown:
        st.markdown(report.still_words(len(now.movements) - len(everybody)))
    if len(everybody) > shown:
        st.button(
            f"Show {min(MORE_ROWS, len(everybody) - shown)} more",
            key="review_more",
            on_click=state.remember,
            args=("review_rows", shown + MORE_ROWS),
        )


def _others(now: Compared) -> None:
    """Who came and who went."""
    two = came(now.then, now.now), gone(now.then, now.now)
    if sentence := report.came_and_went(now.then, now.now, two):
        st.markdown(words.plain(sentence))


def _watch_list(room: Room, now: Compared) -> None:
    """Who is near the edge, or earned too little twice, at the later state; what to do about it."""
    every = review_states.all_reviews(room, now.after)
    results = [review_states.result(room, one) for one in every]
    found = watched(results)
    st.markdown(watch_words(len(found)))
    for one in found:
        name = now.now.workshop.customers[one.customer].name
        told = f":material/visibility: **{words.plain(name)}** {words.plain(one.words)}"
        _to_decide(room, one.customer, told)
    for low in tier_down(results):
        _to_decide(room, low.customer, f":material/trending_down: {words.plain(low.words)}")


def _to_decide(room: Room, customer: str, told: str) -> None:
    """A sentence about a customer, and the way to the page where its class is decided."""
    with st.container(border=True, gap="xxsmall", key=f"watched_{customer}"):
        st.markdown(told)
        if st.button("Decide its class", key=f"decide_{customer}", icon=":material/arrow_right:"):
            state.remember("customer", customer)
            st.switch_page(PAGES["split"], query_params=room.address)


def _sentence(now: Compared, one: Movement) -> None:
    """One customer: its name to open it, and what moved it."""
    name = now.now.workshop.customers[one.customer].name
    with st.container(gap="xxsmall", key=f"movement_{one.customer}"):
        st.button(
            f"**{words.plain(words.short(name, 34))}**",
            key=f"moved_{one.customer}",
            type="tertiary",
            icon=":material/arrow_right:",
            on_click=_open,
            args=(one.customer,),
        )
        sentence = told(now.then, now.now, one).removeprefix(name).strip()
        st.markdown(words.plain(sentence[:1].upper() + sentence[1:]))


def _open(customer: str) -> None:
    """Show one customer's past."""
    state.remember("customer", customer)
    state.seed(VIEW, ONE)


# --- one customer ---------------------------------------------------------------------------------


def one_customer(room: Room, now: Compared) -> None:
    """A customer at every review: distance, class, and what moved it from one to the next."""
    if not now.now.standings:
        st.markdown("There is no customer here now.")
        return
    customer = _choose_customer(now)
    every = review_states.course(room, now)
    results = [(one.name, review_states.result(room, one)) for one in every]
    parts.picture(past(report.past_steps(results, customer), PAST_WIDTH), "past")
    st.caption(
        "A part is the mean of what a cause adds over all orders in which the causes can come; "
        "the parts of a column add up."
    )
    for before, after in list(pairwise(every))[: -MOST_PAIRS - 1 : -1]:
        step = review_states.compare(room, before, after)
        moved = next((one for one in step.movements if one.customer == customer), None)
        if moved:
            _step(step, moved)


def _step(step: Compared, moved: Movement) -> None:
    """What moved a customer from one review to the next: the sentence, and the exact parts."""
    left, right = st.columns([560, 620], gap="medium")
    with left:
        when = words.plain(f"{step.before.name} to {step.after.name}")
        st.markdown(f"**{when}**  \n{words.plain(told(step.then, step.now, moved))}")
    if moved.distance.parts or moved.class_parts:
        with right:
            st.dataframe(
                _dressed(report.parts_frame(moved)),
                hide_index=True,
                placeholder="–",
                alt="What each cause added; the parts of a column add up to its last row",
            )


def _dressed(parts: pd.DataFrame) -> Styler:
    """The parts with real minus signs: points to the hundredth, shares of a class whole."""
    places = {name: 0 if name == report.SHARE else 2 for name in parts.columns[1:]}
    told = {name: _number(count) for name, count in places.items()}
    return parts.style.format({**told}, na_rep="–")


def _number(places: int) -> Callable[..., str]:
    """How a number is told with so many decimal places and a real minus sign."""
    return lambda cell: f"{cell + 0.0:.{places}f}".replace("-", "−")


def _choose_customer(now: Compared) -> str:
    """The customer that this tab has open, or the one that moved most; any other can be chosen."""
    customers = now.now.workshop.customers
    keys = list(now.now.standings)
    found = str(state.recall("customer"))
    first = found if found in keys else _most_moved(now, keys)
    state.seed(CUSTOMER, first)
    st.selectbox(
        "Customer",
        keys,
        key=CUSTOMER,
        format_func=lambda key: customers[key].name,
        label_visibility="collapsed",
        width=400,
        on_change=_chosen_customer,
    )
    return first


def _chosen_customer() -> None:
    state.remember("customer", state.widget(CUSTOMER))


def _most_moved(now: Compared, keys: Sequence[str]) -> str:
    moved = report.weightiest(now.movements)
    return moved[0].customer if moved else keys[0]


# --- plans ----------------------------------------------------------------------------------------


def plans(room: Room, now: Compared) -> None:
    """Plans that worked, plans that ended, and every milestone with what became of it."""
    customers = {**now.then.workshop.customers, **now.now.workshop.customers}
    followed = followed_up(now.then, now.now, now.movements)
    found = milestones(now.now.workshop, now.after.on)
    st.markdown(f"#### {report.milestones_words(found)}")
    _followed(now, followed, {key: words.plain(one.name) for key, one in customers.items()})
    if not followed:
        st.markdown(f"No plan of {words.plain(now.before.name)} was to move a customer up.")
    if found:
        say = "Say on the plans page what became of them"
        st.page_link(PAGES["plans"], label=say, query_params=room.address)
        st.dataframe(
            report.milestone_frame(now.now, found),
            hide_index=True,
            height=380,
            alt="Every milestone with what became of it",
        )


def _followed(now: Compared, every: Sequence[FollowedUp], names: Mapping[str, str]) -> None:
    """A sentence a plan; one for all whose customers did not move."""
    resting = {one.customer for one in now.movements if not report.has_moved(one)}
    still = [
        names[one.customer]
        for one in every
        if one.verdict is Verdict.NOT_YET and one.customer in resting
    ]
    for one in every:
        if one.verdict is not Verdict.NOT_YET or one.customer not in resting:
            told = words.plain(one.words)
            st.markdown(f"**{names[one.customer]}**, {one.verdict.value}. {told}")
    st.markdown(report.no_progress_words(still))
