"""Step 2: their columns -> our fields; guesses ask, and nothing is taken in that was not agreed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kam.intake.headers.aliases import Target
from kam.intake.lists.doubts import Agreed, Columns
from kam.intake.lists.fields import FACT
from kam.intake.tables.files import Table
from kam.ui import state, words
from kam.ui.wizard import draft, written

NOT_IMPORTED = ""
IDENTITY = frozenset({"id", "name"})
ROWS = 25  # columns on one screen; a CRM may export two hundred
HEIGHT, PAGES = 364, 60  # px, of the list of columns, and of the pages below a long one: one screen
SHOWN = 50  # cells from which the first values are taken


def agreed(door: str) -> Agreed:
    """What this tab has agreed of the columns so far."""
    kept = draft.draft(door)
    return Agreed(kept.goes_to or {}, kept.left_out, kept.written, kept.answered)


def columns(door: str, table: Table, wanted: Sequence[Target], known: Columns) -> None:
    """One row a column of the file: its name, where it goes, its first values, a check in words."""
    goes_to = draft.draft(door).goes_to or {}
    headers = _in_order(known, goes_to)
    pages = -(-len(headers) // ROWS)
    _heads()
    high = HEIGHT - PAGES * (pages > 1)
    with st.container(height=high if len(headers) > 6 else "content", border=False):
        place = draft.key(door, "match_page")
        shown = int(state.widget(place) or 1) - 1 if pages > 1 else 0
        for header in headers[shown * ROWS : (shown + 1) * ROWS]:
            _row(door, table, header, wanted, known)
    if pages > 1:
        st.pagination(pages, key=place)


def _in_order(known: Columns, goes_to: Mapping[str, str]) -> list[str]:
    """Columns that go somewhere or ask, then numbers, then those that are not imported."""

    def place(header: str) -> int:
        if header in goes_to or header in known.rivals or known.found[header].target:
            return 0
        return 1 if header in known.numeric else 2

    return sorted(known.found, key=place)


def _heads() -> None:
    for column, head in zip(
        st.columns(_WIDTHS), ("In your file", "Goes to", "First values", "Check"), strict=True
    ):
        column.markdown(f"**{head}**")


_WIDTHS = [3, 3, 3, 5]
# What a question is answered with, by the key of its button; the first takes the column in.
_YES_OR_NO = {"yes": "Yes", "no": "No"}
_THIS_OR_NOT = {"yes": "Use this one", "no": "No"}  # of two columns that may be the same field
_KEEP = {"keep": "Keep"}
_OF_A_LETTER = 0.55  # width of a button beside its question, which has 14


def _row(door: str, table: Table, header: str, wanted: Sequence[Target], known: Columns) -> None:
    labels = {NOT_IMPORTED: "Do not import", **{target.key: target.label for target in wanted}}
    chosen = (draft.draft(door).goes_to or {}).get(header, NOT_IMPORTED)
    name, goes_to, values, told = st.columns(_WIDTHS, vertical_alignment="center")
    name.markdown(words.plain(words.short(header)))
    key = draft.key(door, "goes", table.headers.index(header))
    state.seed(key, chosen if chosen in labels else NOT_IMPORTED)
    goes_to.selectbox(
        f"{words.plain(header)} goes to",
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=_chosen,
        args=(door, header, key),
    )
    at = table.headers.index(header)
    cells = tuple(row[at] for row in table.rows[:SHOWN])
    first = list(dict.fromkeys(cell for cell in cells if cell))[:3]
    values.markdown(f":gray[{words.plain(words.short(', '.join(first), 24))}]")
    target = next((one for one in wanted if one.key == chosen), None)
    with told:
        if target is None:
            _question(door, header, known, labels)
        elif target.kind in {"number", "date"}:
            written.check(door, header, known, agreed(door))
        else:
            st.markdown(f":gray[✓ {_by(known, header, chosen)}]")


def _by(known: Columns, header: str, chosen: str) -> str:
    """What tells that a column goes where it goes."""
    found = known.found[header]
    if found.target == chosen and found.certain:
        return "matched by name"
    before = known.remembered.goes_to.get(header) if known.remembered else None
    return "as the last time" if before == chosen else "as you said"


def _question(door: str, header: str, known: Columns, labels: Mapping[str, str]) -> None:
    """A guess asks; a column of numbers offers itself; the rest is visibly left out."""
    asks = next((one for one in known.unplaced(agreed(door)) if one.column == header), None)
    if asks:
        ask, target = f":orange[▲ {words.plain(asks.sentence)}]", asks.field
        answers = _THIS_OR_NOT if asks.kind == "rival" else _YES_OR_NO
    elif header in known.numeric and FACT in labels:
        ask, target, answers = ":gray[numbers; a criterion may use them]", FACT, _KEEP
    else:
        st.markdown(":gray[– not imported]")
        return
    told, *places = st.columns(
        [14, *(max(4, _OF_A_LETTER * len(answer)) for answer in answers.values())],
        gap="small",
        vertical_alignment="center",
    )
    told.markdown(ask)
    ways = zip(places, answers.items(), (target, NOT_IMPORTED), strict=False)
    for place, (name, answer), goes_to in ways:
        key = draft.key(door, name, header)
        args = (door, header, goes_to)
        place.button(answer, key=key, type="tertiary", on_click=_take, args=args)


def _chosen(door: str, header: str, key: str) -> None:
    _take(door, header, str(state.widget(key)))


def _take(door: str, header: str, target: str) -> None:
    """Send a column to a field, or out; that it is to stay out is an answer, too.

    Repairs are of cells and stay. Who is whom is looked at anew only where a column that says
    who a customer is has moved.
    """
    kept = draft.draft(door)
    before = dict(kept.goes_to or {})
    moved = {before.pop(header, NOT_IMPORTED), target}
    out = tuple(one for one in kept.left_out if one != header)
    if target == NOT_IMPORTED:
        out = (*out, header)
    else:
        before[header] = target
    draft.change(door, goes_to=before, left_out=out)
    if moved & IDENTITY:
        draft.change(door, same={}, apart=frozenset())


def headline_facts(table: Table, known: Columns, said: Agreed) -> str:
    """How many columns found their place, and how many ask."""
    asks = len({doubt.column for doubt in known.doubts(said)})
    told = f"{table.name}, {words.count(len(table.rows), 'row')}. "
    told += f"{len(said.goes_to)} of {words.count(len(table.headers), 'column')} come in"
    told += ", matched as the last time" if known.remembered else ""
    which = "the one" if asks == 1 else f"the {asks}"
    return f"{told}; please look at {which} marked ▲." if asks else f"{told}."
