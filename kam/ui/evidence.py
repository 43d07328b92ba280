"""One customer's evidence, wherever it is opened: sentences, contribution bars, its own view."""

from collections.abc import Sequence

import streamlit as st

from kam.charts.bars import contribution_bars
from kam.method.assessment import Standing
from kam.method.borderline import borderline, confirmed_words
from kam.method.explain import lifts, strengths
from kam.method.fed_by import column_sentence, customer_sentence
from kam.method.ledger_beside import beside, column_words, far_words
from kam.method.phrases import interval_words, members_words, runs_words
from kam.method.selection import Reason
from kam.method.tornado import voted_levels
from kam.method.values import in_unit, spoken
from kam.model import Axis, Criterion, Customer, Favours
from kam.report import tables
from kam.report.sure import assumed_words
from kam.ui import parts, state, words
from kam.ui.frame import VIEWS, Room
from kam.ui.kept import Kept

FAVOUR_WORDS = {
    Favours.YES: "It would favour us as a key supplier",
    Favours.NO: "It would not favour us as a key supplier",
    Favours.UNKNOWN: "We do not know whether it would favour us as a key supplier",
}
KNOWN_BY = {"asked": "we asked", "believed": "we believe"}
NOTHING_KNOWN = "Nothing that counts is known of it yet."
MOST_IN_PASSING = 400  # judged customers whose variations are drawn while one is opened: 0.6 s
AXIS_LINES = {Axis.ATTRACTIVENESS: "attractiveness", Axis.STRENGTH: "strength"}

queue = Kept(borderline)


def pick(room: Room, among: Sequence[str] = ()) -> str | None:
    """The customer that this tab has open, by a select box; `None` without customers.

    Args:
        room: the open workshop.
        among: the customers to choose from, if not all in the one order.
    """
    keys = list(among or room.assessment.standings)
    if not keys:
        return None
    opened = state.recall("customer")
    opened = opened if opened in keys else keys[0]
    state.remember("customer", opened)  # a new score may put another one first
    state.seed("customer_choice", opened)
    chosen = st.selectbox(
        "Customer",
        keys,
        key="customer_choice",
        format_func=lambda key: room.workshop.customers[key].name,
        on_change=lambda: state.remember("customer", state.widget("customer_choice")),
        label_visibility="collapsed",
    )
    return str(chosen)


def case(room: Room, customer: str, width: int = 440) -> None:
    """Why a customer stands where it stands, in a narrow column."""
    standing = room.assessment.standings[customer]
    klass = standing.klass.label if standing.klass else "Not scored yet"
    st.markdown(f"**{room.name(customer)}** · {klass} · {words.signed(standing.distance)}")
    with st.container(gap="xxsmall"):
        for sentence in (*three(room, customer), confirmed_words(room.assessment, customer)):
            if sentence:
                st.markdown(words.plain(sentence))
    for axis in Axis:
        bars(room, customer, axis, width)
    more(room, customer)


def three(room: Room, customer: str) -> tuple[str, str, str]:
    """The three sentences that matter most.

    Why people decide it, or why it has its class; what carries it and what holds it back; its own
    view of us and how we know.
    """
    found = next((one.reasons for one in queue(room) if one.customer == customer), ())
    view = view_words(room, customer)
    reasons = [reason for reason in found if reason != view]  # said once
    why = " ".join(reasons) or why_words(room, room.assessment.standings[customer])
    return why, carried(room, customer), view


def why_words(room: Room, standing: Standing) -> str:
    """Why a customer has its class, without its own view of us, which has its own sentence."""
    line = room.workshop.cut_offs.strategic
    told = _WITHOUT_VIEW.get(standing.reason)
    return told.format(line=line) if told else standing.why


_WITHOUT_VIEW = {
    Reason.ABOVE_STRATEGIC_LINE: "In the key zone, above the strategic line ({line:g}).",
    Reason.NOT_YET_MUTUAL: (
        "In the key zone, above the strategic line ({line:g}): its view of us decides between "
        "strategic and core."
    ),
    Reason.WOULD_NOT_FAVOUR: "In the key zone, but its own view of us keeps it out.",
}


def carried(room: Room, customer: str) -> str:
    """What carries a customer most, and what holds it back most; the bars show how far."""
    found = lifts(room.assessment, customer)
    names = [room.workshop.criteria[key].name for key in found]
    if len(names) < 2:
        return f"{names[0]} is all that we know." if names else NOTHING_KNOWN
    first, *_, last = found.values()
    best = "carries it most" if first > 0 else "holds it back least"
    worst = "holds it back most" if last < 0 else "carries it least"
    return f"{names[0]} {best}; {names[-1]} {worst}."


def view_words(room: Room, customer: str) -> str:
    """Its own view of us, and how we know."""
    profile = room.workshop.customers[customer].profile
    told = FAVOUR_WORDS[profile.favours_us]
    if profile.favours_us is Favours.UNKNOWN:
        return f"{told}."
    return f"{told} ({KNOWN_BY.get(profile.favours_known_by or '', 'how we know is not written')})."


def more(room: Room, customer: str) -> None:
    """All that is known beside the three sentences and the bars, folded."""
    standing = room.assessment.standings[customer]
    shown = three(room, customer)
    with st.expander("More about it"):
        for sentence in sentences(room, customer, standing):
            if sentence not in shown:
                st.markdown(words.plain(sentence))
        _notes(room, customer)
        st.page_link(VIEWS["changes"][0], label="What would change it?", query_params=room.address)


def sentences(room: Room, customer: str, standing: Standing) -> list[str]:
    """What a manager needs to know of a customer, the reason for its class first.

    What lifts it, what holds it back, what would change its class, how sure that is, what is not
    known, what the scorers said, its own view, its money, and whether it is too close to call.
    """
    result = room.assessment
    flip = next((one for one in room.checks.flips if one.customer == customer), None)
    found = [
        why_words(room, standing),
        *strengths(result, customer, flip),
        *_sure(room, customer, standing),
        *(interval_words(result, customer, axis) for axis in Axis),
        *_voted(room, customer),
        *_profile(room, customer),
        "Too close to call." if standing.close else "",
    ]
    return [sentence for sentence in found if sentence]


def _sure(room: Room, customer: str, standing: Standing) -> list[str]:
    """How often it is key, and how many members' own weights pick it.

    Nothing where the team decided, or the customer is not judged or not scored.
    """
    result, found = room.assessment, []
    if standing.klass is None or not standing.listed or customer in result.workshop.overrides:
        return []
    if len(result.judged) <= MOST_IN_PASSING:
        found.append(runs_words(float(room.checks.sure.key[result.row[customer]])))
        found.append(assumed_words(room.workshop))
    return [*found, members_words(result, customer, room.checks.members)]


def _voted(room: Room, customer: str) -> list[str]:
    """From where to where the votes on its scores go; only where three have voted."""
    criteria, told = room.workshop.criteria, []
    for key, levels in voted_levels(room.assessment, customer).items():
        low, high = spoken(min(levels)), spoken(max(levels))
        span = f"from {low} to {high}" if low != high else f"all at {low}"
        told.append(f"Votes on {criteria[key].name}: {in_unit(span, criteria[key].unit)}.")
    return told


def _profile(room: Room, customer: str) -> list[str]:
    """Its own view of us, and its money."""
    profile = room.workshop.customers[customer].profile
    found = [view_words(room, customer)]
    currency = room.workshop.currency
    if profile.revenue is not None:
        spend = words.amount(profile.available_spend, currency)
        found.append(
            f"It buys for {words.amount(profile.revenue, currency)} a year; its three-year spend "
            f"on what we sell: {spend}."
        )
    return found


def _notes(room: Room, customer: str) -> None:
    """What was written beside its scores; nothing where nothing was."""
    notes = {
        criterion.name: room.workshop.scores.get(key, {})[customer].note
        for key, criterion in room.workshop.criteria.items()
        if customer in room.workshop.scores.get(key, {})
    }
    if any(notes.values()):
        st.markdown("Where the scores come from:")
        for name, note in notes.items():
            if note:
                st.markdown(f"**{words.plain(name)}**: {words.plain(note)}")


def figures(room: Room, customer: Customer, criterion: Criterion) -> None:
    """The figure that feeds a score, a group's with those of its companies.

    Below it what an order ledger says of the same thing, and whether the score lies far from it.
    """
    judged = room.assessment.workshop
    whole = judged.customers.get(customer.id, customer)
    if known := customer_sentence(judged, whole, criterion.column):
        st.caption(words.plain(known))
    if found := beside(judged, criterion, customer.id):
        st.caption(words.plain(found.told), help=words.plain(found.rests_on) or None)
        if far := far_words(found):
            st.markdown(f":orange[▲ {words.plain(far)}]")


def rests_on(room: Room, criterion: Criterion) -> str:
    """What the levels of a criterion rest on, safe for markdown: figures, or its definition.

    Then what an order ledger says beside them.
    """
    judged = room.assessment.workshop
    fed = column_sentence(judged, criterion.column)
    ledger = column_words(judged, criterion)
    told = [f"Figures: {fed}" if fed else criterion.definition]
    told += [f"The ledger beside it: {ledger}"] if ledger else []
    return "  \n".join(words.plain(part) for part in told if part)


def bars(room: Room, customer: str, axis: Axis, width: int) -> None:
    """The waterfall of one axis."""
    frame = tables.contributions(room.assessment, customer, axis)
    if frame.empty:
        return
    standing, lines = room.assessment.standings[customer], room.workshop.cut_offs
    strong = axis is Axis.STRENGTH
    score = (standing.strength if strong else standing.attractiveness)[0]
    picture = contribution_bars(
        frame,
        line=lines.strength if strong else lines.attractiveness,
        score=None if score != score else score,  # noqa: PLR0124 - NaN is unknown
        title=f"{axis.value.capitalize()} {words.score(score)}",
        width=width,
    )
    parts.picture(picture, f"bars_{AXIS_LINES[axis]}")
