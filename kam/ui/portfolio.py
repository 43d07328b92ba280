"""Parts of the portfolio page: treatment by class, concentration, and year three."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kam.charts.portfolio import (
    OTHER_FILL,
    SECTOR_FILLS,
    UNKNOWN_FILL,
    Part,
    ShareBar,
    share_bars,
)
from kam.charts.small_matrix import SmallPoint, common_domain, small_matrix
from kam.charts.theme import FILL
from kam.method import futures, portfolio
from kam.method.assessment import Assessment
from kam.method.plans import KIND_NAMES
from kam.method.portfolio import Groups, Held, Treatment
from kam.method.values import listing
from kam.method.weights import points_of_100
from kam.model import Class
from kam.ui import loss_risk, parts, state, what_if, words
from kam.ui.frame import PAGES, VIEWS, Room
from kam.ui.kept import Kept
from kam.ui.what_if_side import Side, differences

MATRIX, HOLDINGS, YEARS, RISK = "Matrix", "Concentration", "In three years", "At risk"
QUESTION = "What does the whole portfolio look like?"
MATRIX_SIZE, BARS_SIZE = (724, 520), (1200, 246)  # px, for 1280x720
SIDE = 476  # px: what stands at the right of a matrix
MOST_DRAWN = 600  # customers in the small matrix, of more every second, third ...
MOST_LATE = 4  # in a sentence; more are counted
MOST_NAMED = 18  # names that matter, screens.md section 4
CROWD = 60  # customers from which on only key accounts and close calls are named [D]
TABLE = 400  # px, the most
_VIEW = "portfolio_view"

TREATED = {
    # What each class gets, method.md section 10
    Class.KEY_STRATEGIC: "A plan made with the customer for three years, an executive sponsor, and "
    "first call on our hours.",
    Class.KEY_CORE: "Our own plan for one year, three moves to grow, and an agreed level of "
    "service.",
    Class.STRATEGIC: "Built up towards key: at most three actions, a ceiling on hours, and a day "
    "on which we decide.",
    Class.LOW_PRIORITY: "Served at low cost where we are strong; elsewhere up by a deadline, "
    "or let go step by step.",
}

_year_three = Kept(
    lambda result: futures.result_beside(futures.in_three_years(result.workshop), result)
)
_holdings = Kept(portfolio.holdings)
_classes = Kept(portfolio.classes)
_sectors = Kept(portfolio.sectors)
_treatments = Kept(portfolio.treatments)


# --- the head -------------------------------------------------------------------------------------


def choose_view() -> str:
    """Which of the four views this tab shows."""
    return parts.choose_view((MATRIX, HOLDINGS, YEARS, RISK), MATRIX, _VIEW)


def title(room: Room) -> str:
    """The message of the view that is open; the page's question while nobody is scored."""
    if not room.assessment.scored_count:
        return QUESTION
    view = state.widget(_VIEW)
    if view == HOLDINGS:
        return _carried(room)
    if view == YEARS:
        return _later(room)
    if view == RISK:
        return loss_risk.title(room)
    return _planned(room)


def _planned(room: Room) -> str:
    """How many are key, how many of the scored need a plan, and how many are not scored."""
    result, every = room.assessment, _treatments(room)
    total = len(result.standings)
    bare, unscored = sum(one.without_plan for one in every), total - sum(one.count for one in every)
    both = bare and unscored  # told shorter, to stay on one line
    who = f"{total:,}" if both else words.count(total, "customer")
    told = f"{result.key_count:,} of {who} {'is' if result.key_count == 1 else 'are'} key"
    if both:
        return f"{told}; {bare:,} lack{'s' * (bare == 1)} a plan, {unscored:,} a score"
    if unscored:
        return f"{told}; {unscored:,} {'is' if unscored == 1 else 'are'} not scored yet"
    return f"{told}; {bare:,} {'has' if bare == 1 else 'have'} no plan yet" if bare else told


def _carried(room: Room) -> str:
    """How much revenue hangs on key accounts, and on the three largest customers."""
    sold = _holdings(room)[0]
    key = [k for k, one in room.assessment.standings.items() if futures.is_key(one.klass)]
    share, top = sold.share(key), sold.top
    if share is None or top is None:
        return "We do not know yet what each customer buys"
    accounts = words.count(len(key), "key account")
    carry = "carries" if len(key) == 1 else "carry"
    largest = f"the {portfolio.TOP} largest {_percent(top)}"
    return f"{accounts} {carry} {_percent(share)} of revenue; {largest}"


def _later(room: Room) -> str:
    """How many are key in three years."""
    if not room.workshop.forecasts:
        return "Nobody has said yet where customers will stand in three years"
    then = _year_three(room)
    verb = "is" if then.key_count == 1 else "are"
    told = f"In three years {words.count(then.key_count, 'customer')} {verb} key"
    now = room.assessment.key_count
    return f"{told}, as many as today" if now == then.key_count else f"{told}; {now:,} today"


def _percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def empty(room: Room) -> None:
    """Nobody is scored."""
    st.markdown("#### Score customers first: then you see here how each class is treated.")
    for obstacle in room.assessment.obstacles:
        st.markdown(words.plain(obstacle))
    _link(room, PAGES["customers"], "Score customers")


def _link(room: Room, page: str, label: str) -> None:
    st.page_link(page, label=label, query_params=room.address)


# --- the matrix, and what each class gets ---------------------------------------------------------


def treated(room: Room) -> None:
    """The matrix, and beside it what the customers of each class get."""
    left, right = st.columns([MATRIX_SIZE[0], SIDE], gap="medium")
    with left:
        _small(room, what_if.small_points(room.assessment, _named(room.assessment)), "treated")
    with right:
        every = _treatments(room)
        points = points_of_100([one.revenue or 0.0 for one in every])
        for one, revenue in zip(every, points, strict=True):
            _card(one, revenue)
        _link(room, PAGES["plans"], "See the plans")


def _named(result: Assessment) -> set[str]:
    """Who is named in the matrix: in a crowd key accounts and who is too close to call only."""
    judged = result.judged
    crowd = len(judged) > CROWD
    some = [
        key
        for key, one in judged.items()  # key accounts come first
        if not crowd or one.close or futures.is_key(one.klass)
    ]
    return set(some[:MOST_NAMED])


def _small(room: Room, points: Sequence[SmallPoint], key: str) -> None:
    """The small matrix; of more customers than can be drawn, an even part of the one order."""
    lines = room.workshop.cut_offs
    first = [one for one in points if one.label or one.to][:MOST_DRAWN]
    step = -(-len(points) // MOST_DRAWN)
    shown = [*first, *(one for one in points[::step] if not one.label and not one.to)]
    drawn = small_matrix(shown, lines, common_domain(points, lines), MATRIX_SIZE)
    parts.picture(drawn, key, alt="The matrix of the whole portfolio; its message is the title")
    if step > 1:
        st.caption(f"Drawn are {len(shown):,} of {len(points):,} customers, evenly chosen.")


def _card(one: Treatment, revenue: int) -> None:
    """What one class gets, how much it holds, and which plans its customers have."""
    with st.container(gap="xxsmall", key=f"class_{one.klass}"):
        st.markdown(f"**{one.klass.label} · {one.count:,}**  \n{TREATED[one.klass]}")
        st.caption(words.plain(" · ".join(_facts(one, revenue))))


def _facts(one: Treatment, revenue: int) -> list[str]:
    """What a class holds and has, in a few words each."""
    found = [] if one.revenue is None else [f"{revenue} % of revenue"]
    if one.hours:
        found.append(f"room for {one.hours:,.0f} hours on Split")
    ranked = sorted(one.plans.items(), key=lambda item: -item[1])
    found += [f"{KIND_NAMES[kind]}: {count:,}" for kind, count in ranked]
    return [*found, f"no plan yet: {one.without_plan:,}"] if one.without_plan else found


# --- concentration --------------------------------------------------------------------------------


def concentration(room: Room) -> None:
    """Who holds how much of what: by class, and by sector."""
    every = _every(room)
    classes, sectors = _classes(room), _sectors(room)
    _bars("By class", _class_parts(classes), [_bar(h, classes, _top(h)) for h in every])
    if list(sectors) == [portfolio.NO_SECTOR]:
        st.markdown(
            "**By sector** No customer has a sector yet. Bring in a list with a column Industry, "
            "or write it into the profiles."
        )
        _link(room, PAGES["customers"], "Go to the customers")
        return
    rows = [_bar(h, sectors, _leading(h, sectors)) for h in every]
    _bars("By sector", _sector_parts(sectors), rows)


def _every(room: Room) -> list[Held]:
    """Customers themselves, and all that they hold."""
    return [
        portfolio.held("Customers", dict.fromkeys(room.assessment.standings, 1.0)),
        *_holdings(room),
    ]


def _bars(heading: str, shown: Sequence[Part], bars: Sequence[ShareBar]) -> None:
    parts.picture(share_bars(heading, shown, bars, BARS_SIZE), heading.lower().replace(" ", "_"))


def _bar(held: Held, groups: Groups, beside: Sequence[str]) -> ShareBar:
    """One thing as a bar."""
    shares = [held.share(customers) for customers in groups.values()]
    known = tuple(share for share in shares if share is not None)
    some = f"known of {held.known:,} of {held.of:,}" if held.known else ""
    note = "all known" if held.known == held.of else some
    return ShareBar(held.name, note, known, tuple(beside))


def _top(held: Held) -> list[str]:
    """The three largest, and as how many equal customers it is spread."""
    if held.top is None or held.hhi is None:
        return []
    if held.name == "Customers":
        return [words.count(held.of, "customer")]
    equal = round(1 / held.hhi)
    return [f"{portfolio.TOP} largest: {_percent(held.top)}", f"as {equal:,} equal customers"]


def _leading(held: Held, sectors: Groups) -> list[str]:
    """The known sector that holds most."""
    named = [name for name in sectors if name not in (portfolio.OTHERS, portfolio.NO_SECTOR)]
    share = {name: held.share(sectors[name]) or 0.0 for name in named}
    first = max(share, key=lambda name: share[name], default="")
    if held.top is None or not first:
        return []
    return [f"{words.short(first, 18)}: {_percent(share[first])}"]


def _class_parts(groups: Groups) -> list[Part]:
    fills = {klass.label: FILL[klass] for klass in Class}
    return [Part(name, fills.get(name, UNKNOWN_FILL)) for name in groups]


def _sector_parts(groups: Groups) -> list[Part]:
    rest = {portfolio.OTHERS: OTHER_FILL, portfolio.NO_SECTOR: UNKNOWN_FILL}
    named = [name for name in groups if name not in rest]
    fills: Mapping[str, str] = {**dict(zip(named, SECTOR_FILLS, strict=False)), **rest}
    return [Part(name, fills[name]) for name in groups]


# --- in three years -------------------------------------------------------------------------------


def years(room: Room) -> None:
    """Today to year three: an arrow for every customer with a forecast, and who changes class."""
    then = _year_three(room)
    ways = {arrow.customer: arrow.then for arrow in futures.arrows(room.assessment, then)}
    points = what_if.small_points(room.assessment, set(list(ways)[:MOST_NAMED]), ways)
    left, right = st.columns([MATRIX_SIZE[0], SIDE], gap="medium")
    with left:
        _small(room, points, "portfolio_years")
    with right:
        if ways:
            _who_turns(room, then, len(ways))
        else:
            st.markdown("#### No customer has a forecast yet.")
            st.markdown("Say in What if? where one will stand in three years, and send it here.")
        _link(room, VIEWS["what-if"][0], "Change a forecast")


def _without_room(room: Room, then: Assessment) -> None:
    """Who will be in the key zone in vain."""
    late = portfolio.without_room(room.assessment, then)
    if late:
        customers = room.assessment.workshop.customers
        named = [customers[key].name for key in late[:MOST_LATE]]
        more = [f"{len(late) - MOST_LATE:,} more"] if len(late) > MOST_LATE else []
        end = "it" if len(late) == 1 else "them"
        told = f"{listing([*named, *more])} will be in the key zone, but our capacity ends before"
        st.markdown(words.plain(f"{told} {end}."))


def _who_turns(room: Room, then: Assessment, forecast: int) -> None:
    """Who has another class in three years."""
    known = len(room.assessment.judged)
    said = f"{words.count(forecast, 'customer')} of {known:,} have a forecast"
    st.markdown(f"{said}; the others keep their place.")
    _without_room(room, then)
    rows = futures.differing([room.assessment, then])
    if not rows:
        st.markdown("**Every customer keeps its class.**")
        return
    st.markdown(f"**{words.count(len(rows), 'customer')} in another class:**")
    st.dataframe(
        differences([Side("Now", room.assessment), Side("In three years", then)], rows),
        hide_index=True,
        height=min(TABLE, 35 * len(rows) + 38),
        alt="Who has another class in three years, with the class now and then",
    )
