"""Step 2: their columns -> our fields; guesses ask, and nothing is taken in that was not agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from kam.intake.figures import Mark, decision, numbers
from kam.intake.headers.aliases import Target
from kam.intake.headers.matching import REPAIR_COLUMNS, Match, match, numeric_headers
from kam.intake.headers.units import Unit, unit_of
from kam.intake.lists.customers import FACT, Written
from kam.intake.tables.files import Table
from kam.model import Matching, Workshop
from kam.ui import state, words
from kam.ui.wizard import draft

NOT_IMPORTED = ""
ROWS = 25  # columns on one screen; a CRM may export two hundred
LOOKED_AT = 400  # cells from which the way of writing is told
MARKS: dict[Mark, str] = {".": "Decimal point", ",": "Decimal comma"}
FACTORS = {1.0: "as they stand", 1e3: "thousands", 1e6: "millions"}


@dataclass(frozen=True)
class Matched:
    """What is known of a file's columns before a person looks at them.

    Attributes:
        found: header -> where it goes by its name or its cells.
        numeric: headers without a target that hold numbers: a criterion may use them.
        units: header -> in what its numbers are written, for columns of numbers.
        doubted: headers whose numbers can be read in two ways: 1,234 is many or few.
        remembered: this set of headers was matched before, and that matching is used.
    """

    found: Mapping[str, Match]
    numeric: tuple[str, ...]
    units: Mapping[str, Unit]
    doubted: tuple[str, ...] = ()
    remembered: Matching | None = None

    @property
    def agreed(self) -> dict[str, str]:
        """Header -> target, only where nobody needs to be asked."""
        if self.remembered:
            return {h: key for h, key in self.remembered.goes_to.items() if h in self.found}
        return {h: m.target for h, m in self.found.items() if m.target and m.certain}

    @property
    def perfect(self) -> bool:
        """Whether every column has its place without a question, so that step 2 is skipped."""
        known = len(self.agreed) == len(self.found) or self.remembered is not None
        return known and not self.doubted and not any(unit.why for unit in self.units.values())


def matched(table: Table, wanted: Sequence[Target], workshop: Workshop) -> Matched:
    """Where the columns of a table may go; ours in a workbook of rows to repair go nowhere."""
    columns = {header: table.column(header)[:LOOKED_AT] for header in table.headers}
    every = match(table.headers, wanted, columns)
    found = {header: one for header, one in every.items() if header not in REPAIR_COLUMNS}
    kinds = {target.key: target.kind for target in wanted}
    numeric = numeric_headers(table, every)
    figures = [h for h, m in found.items() if kinds.get(m.target or "") == "number"]
    units = {header: unit_of(header, columns[header]) for header in (*figures, *numeric)}
    doubted = tuple(header for header in figures if _doubt(header, columns[header]))
    return Matched(found, numeric, units, doubted, _remembered(table, wanted, workshop))


def _doubt(header: str, cells: Sequence[str]) -> bool:
    """Whether no cell of a column tells the decimal mark, and one could be read either way."""
    told = decision(header, cells)
    return bool(told.note) and not told.sure


def _remembered(table: Table, wanted: Sequence[Target], workshop: Workshop) -> Matching | None:
    """The matching of a file with the same headers, if all its targets are still there."""
    keys = {target.key for target in wanted}
    headers = set(table.headers) - set(REPAIR_COLUMNS)
    return next(
        (
            one
            for one in reversed(workshop.matchings)
            if set(one.headers) == headers and set(one.goes_to.values()) <= keys
        ),
        None,
    )


def assumed(units: Mapping[str, Unit]) -> dict[str, Written]:
    """How columns are written as long as the person says nothing else: as their headers say."""
    return {h: Written(factor=unit.factor) for h, unit in units.items() if unit.factor != 1}


def columns(door: str, table: Table, wanted: Sequence[Target], known: Matched) -> None:
    """One row a column of the file: its name, where it goes, its first values, a check in words."""
    goes_to = draft.draft(door).goes_to or {}
    headers = _in_order(known, goes_to)
    pages = -(-len(headers) // ROWS)
    _heads()
    with st.container(height=380 if len(headers) > 6 else "content", border=False):
        place = draft.key(door, "match_page")
        shown = int(state.widget(place) or 1) - 1 if pages > 1 else 0
        for header in headers[shown * ROWS : (shown + 1) * ROWS]:
            _row(door, table, header, wanted, known)
    if pages > 1:
        st.pagination(pages, key=place)


def _in_order(known: Matched, goes_to: Mapping[str, str]) -> list[str]:
    """Columns that go somewhere or ask, then numbers, then those that are not imported."""

    def place(header: str) -> int:
        if header in goes_to or known.found[header].target:
            return 0
        return 1 if header in known.numeric else 2

    return sorted(known.found, key=place)


def _heads() -> None:
    for column, head in zip(
        st.columns(_WIDTHS), ("In your file", "Goes to", "First values", "Check"), strict=True
    ):
        column.markdown(f"**{head}**")


_WIDTHS = [3, 3, 4, 4]


def _row(door: str, table: Table, header: str, wanted: Sequence[Target], known: Matched) -> None:
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
    first = list(dict.fromkeys(cell for cell in table.column(header)[:50] if cell))[:3]
    values.markdown(f":gray[{words.plain(words.short(', '.join(first), 36))}]")
    kinds = {target.key: target.kind for target in wanted}
    with told:
        if chosen == NOT_IMPORTED:
            _question(door, header, known, labels)
        elif kinds.get(chosen) == "number":
            _number_check(door, table, header, known)
        else:
            st.markdown(f":gray[✓ {_by(known.found[header], chosen)}]")


def _by(found: Match, chosen: str) -> str:
    """What tells that a column goes where it goes."""
    if found.target != chosen or not found.certain:
        return "as you said"
    return "matched by name"


def _question(door: str, header: str, known: Matched, labels: Mapping[str, str]) -> None:
    """A guess asks; a column of numbers offers itself; the rest is visibly left out."""
    guess = known.found[header]
    if guess.target in labels and guess.target:
        why = " by its values" if guess.by == "content" else ""
        ask, target = f":orange[▲ Is it {words.plain(labels[guess.target])}{why}?]", guess.target
        answer = "Yes"
    elif header in known.numeric and FACT in labels:
        ask, target, answer = ":gray[numbers; a criterion may use them]", FACT, "Keep"
    else:
        st.markdown(":gray[– not imported]")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(ask, width="content")
        key = draft.key(door, "yes", header)
        st.button(answer, key=key, type="tertiary", on_click=_take, args=(door, header, target))


def _number_check(door: str, table: Table, header: str, known: Matched) -> None:
    """How the numbers are read, in words, and where to say otherwise."""
    written = draft.draft(door).written.get(header, Written())
    cells = table.column(header)[:LOOKED_AT]
    unit = known.units.get(header) or unit_of(header, cells)
    read = numbers(header, cells, written.mark)
    example = next(
        (f"{c} is {v * written.factor:,g}" for c, v in zip(cells, read.values, strict=True) if v),
        "",
    )
    note = read.decision.note.removeprefix(f"Column {header}: ")
    doubt = unit.why or (note if not read.decision.sure else "")
    sign, colour = ("▲", "orange") if doubt else ("✓", "gray")
    check, change = st.columns([9, 2], vertical_alignment="center")
    check.markdown(f":{colour}[{sign} {words.plain(doubt or example)}]")
    with change.popover("", icon=":material/tune:", type="tertiary"):
        _written(door, header, written, read.decision.mark)
        st.caption(words.plain(example))
        if unit.currency:
            st.caption(f"In {unit.currency}.")


def _written(door: str, header: str, written: Written, mark: Mark) -> None:
    """The decimal mark and the unit of one column, as the person says."""
    factors = FACTORS if written.factor in FACTORS else {**FACTORS, written.factor: "by a rate"}
    for label, name, options, now in (
        ("How its numbers are written", "mark", MARKS, written.mark or mark),
        ("Its numbers are", "factor", factors, written.factor),
    ):
        place = draft.key(door, name, header)
        state.seed(place, now)
        st.segmented_control(
            label,
            list(options),
            key=place,
            format_func=options.__getitem__,
            required=True,
            on_change=_says,
            args=(door, header, place, name),
        )
    place = draft.key(door, "rate", header)
    state.seed(place, written.factor)
    st.number_input(
        "or one unit of it is worth, in the workshop's currency",
        min_value=0.0,
        key=place,
        format="%g",
        on_change=_says,
        args=(door, header, place, "factor"),
    )


def _chosen(door: str, header: str, key: str) -> None:
    _take(door, header, str(state.widget(key)))


def _take(door: str, header: str, target: str) -> None:
    """Send a column to a field, or out."""
    before = dict(draft.draft(door).goes_to or {})
    before.pop(header, None)
    if target != NOT_IMPORTED:
        before[header] = target
    draft.change(door, goes_to=before, repairs=(), same={})


def _says(door: str, header: str, key: str, name: str) -> None:
    value = state.widget(key)
    if not value:
        return
    written = draft.draft(door).written
    said = replace(written.get(header, Written()), **{name: value})
    draft.change(door, written={**written, header: said})


def headline_facts(table: Table, known: Matched, goes_to: Mapping[str, str]) -> str:
    """How many columns found their place, and how many ask."""
    asks = sum(
        bool(m.target) and not m.certain and header not in goes_to
        for header, m in known.found.items()
    )
    told = f"{table.name}, {words.count(len(table.rows), 'row')}. "
    told += f"{len(goes_to)} of {words.count(len(table.headers), 'column')} come in"
    if known.remembered:
        return f"{told}, matched as the last time."
    which = "the one" if asks == 1 else f"the {asks}"
    return f"{told}; please look at {which} marked ▲." if asks else f"{told}."
