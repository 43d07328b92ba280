"""Step 2: their columns -> our fields; guesses ask, and nothing is taken in that was not agreed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from kam.intake.figures import Mark, decision, likely_mark
from kam.intake.headers.aliases import Target
from kam.intake.headers.matching import REPAIR_COLUMNS, Match, match, numeric_headers
from kam.intake.headers.rivals import rivals
from kam.intake.headers.units import Unit, unit_of
from kam.intake.lists.customers import FACT, Written
from kam.intake.lists.days import either_day
from kam.intake.lists.fields import Cells
from kam.intake.tables.files import Table
from kam.model import Matching, Workshop
from kam.ui import state, words
from kam.ui.wizard import draft, written

NOT_IMPORTED = ""
ROWS = 25  # columns on one screen; a CRM may export two hundred
LOOKED_AT = 400  # cells from which the way of writing is told


@dataclass(frozen=True)
class Matched:
    """What is known of a file's columns before a person looks at them.

    Attributes:
        found: header -> where it goes by its name or its cells.
        numeric: headers without a target that hold numbers: a criterion may use them.
        units: header -> in what its numbers are written, for columns of numbers.
        doubted: headers whose numbers or days can be read in two ways: 1,234 is many or few.
        remembered: this set of headers was matched before, and that matching is used.
        rivals: header -> the field that it and another column are called as; a person chooses.
    """

    found: Mapping[str, Match]
    numeric: tuple[str, ...]
    units: Mapping[str, Unit]
    doubted: tuple[str, ...] = ()
    remembered: Matching | None = None
    rivals: Mapping[str, str] = field(default_factory=dict)

    @property
    def agreed(self) -> dict[str, str]:
        """Header -> target, only where nobody needs to be asked."""
        if self.remembered:
            return {h: key for h, key in self.remembered.goes_to.items() if h in self.found}
        sure = {h: m.target for h, m in self.found.items() if m.target and m.certain}
        return {h: key for h, key in sure.items() if h not in self.rivals}

    @property
    def perfect(self) -> bool:
        """Whether every column has its place without a question, so that step 2 is skipped."""
        known = len(self.agreed) == len(self.found) or self.remembered is not None
        return known and not self.in_doubt(self.agreed)

    def asked(self, header: str, taken: Collection[str]) -> str:
        """The field that a column without a place may be, as long as no other takes it; or ""."""
        found = self.found[header]
        guess = "" if found.certain else found.target or ""
        target = self.rivals.get(header, guess)
        return "" if target in taken else target

    def unanswered(self, goes_to: Mapping[str, str]) -> list[str]:
        """Columns that have no place because a question on them is open."""
        taken = set(goes_to.values())
        if self.remembered:
            return []
        return [h for h in self.found if h not in goes_to and self.asked(h, taken)]

    def in_doubt(self, goes_to: Mapping[str, str], answered: Collection[str] = ()) -> list[str]:
        """Columns that come in and whose way of writing nobody has confirmed."""
        doubted = {*self.doubted, *(h for h, unit in self.units.items() if unit.why)}
        return [h for h in goes_to if h in doubted and h not in answered]


def matched(door: str, table: Table, wanted: Sequence[Target], workshop: Workshop) -> Matched:
    """Where the columns of a table may go; ours in a workbook of rows to repair go nowhere."""
    columns = {header: table.column(header)[:LOOKED_AT] for header in table.headers}
    every = match(table.headers, wanted, columns)
    found = {header: one for header, one in every.items() if header not in REPAIR_COLUMNS}
    numeric = numeric_headers(table, every)
    remembered = _remembered(door, table, wanted, workshop)
    places = {h: m.target or "" for h, m in found.items()}
    places |= remembered.goes_to if remembered else {}
    kinds = _kinds(places, wanted)
    scaled = (h for h in found if unit_of(h, ()).factor != 1)  # wherever a person may send them
    figures = {*(h for h, kind in kinds.items() if kind == "number"), *numeric, *scaled}
    fields = {target.key: target for target in wanted}
    units = {
        h: unit_of(h, columns[h], fields.get(places.get(h, ""))) for h in figures if h in columns
    }
    likely = likely_mark(table.delimiter)
    doubted = (h for h, cells in columns.items() if _doubt(h, cells, kinds.get(h, ""), likely))
    rival = rivals(found, wanted, columns)
    return Matched(found, numeric, units, tuple(doubted), remembered, rival)


def _kinds(goes_to: Mapping[str, str], wanted: Sequence[Target]) -> dict[str, str]:
    """Header -> what the field holds to which it goes."""
    kinds = {target.key: target.kind for target in wanted}
    return {header: kinds[key] for header, key in goes_to.items() if key in kinds}


def _doubt(header: str, cells: Sequence[str], kind: str, likely: Mark) -> bool:
    """Whether no cell of a column tells how it is written, and one could be read either way."""
    if kind == "date":
        return bool(either_day(cells))
    if kind != "number":
        return False
    told = decision(header, cells, likely)
    return bool(told.note) and not told.sure


def _remembered(
    door: str, table: Table, wanted: Sequence[Target], workshop: Workshop
) -> Matching | None:
    """The matching of a file with the same headers behind this door, if its fields are there."""
    keys = {target.key for target in wanted}
    headers = set(table.headers) - set(REPAIR_COLUMNS)
    return next(
        (
            one
            for one in reversed(workshop.matchings)
            if one.door == door and set(one.headers) - set(REPAIR_COLUMNS) == headers
            if set(one.goes_to.values()) <= keys
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
    values.markdown(f":gray[{words.plain(words.short(', '.join(first), 24))}]")
    target = next((one for one in wanted if one.key == chosen), None)
    cells = table.column(header)[:LOOKED_AT]
    with told:
        if target is None:
            _question(door, header, known, labels)
        elif target.kind == "number":
            unit = unit_of(header, cells, target)
            column = Cells(header, target, cells, (), likely_mark(table.delimiter))
            written.number_check(door, column, unit)
        elif target.kind == "date":
            written.day_check(door, cells, header)
        else:
            st.markdown(f":gray[✓ {_by(known, header, chosen)}]")


def _by(known: Matched, header: str, chosen: str) -> str:
    """What tells that a column goes where it goes."""
    found = known.found[header]
    if found.target == chosen and found.certain:
        return "matched by name"
    before = known.remembered.goes_to.get(header) if known.remembered else None
    return "as the last time" if before == chosen else "as you said"


def _question(door: str, header: str, known: Matched, labels: Mapping[str, str]) -> None:
    """A guess asks; a column of numbers offers itself; the rest is visibly left out."""
    taken = (draft.draft(door).goes_to or {}).values()
    target = known.asked(header, taken)
    if target in labels and target:
        ask, answer = f":orange[▲ {_ask(header, target, known, labels)}]", "Yes"
    elif header in known.numeric and FACT in labels:
        ask, target, answer = ":gray[numbers; a criterion may use them]", FACT, "Keep"
    else:
        st.markdown(":gray[– not imported]")
        return
    told, take = st.columns([14, 7], gap="small", vertical_alignment="center")
    told.markdown(ask)
    key = draft.key(door, "yes", header)
    take.button(answer, key=key, type="tertiary", on_click=_take, args=(door, header, target))


def _ask(header: str, target: str, known: Matched, labels: Mapping[str, str]) -> str:
    """The question whether a column is what it may be, and what else may be that."""
    label = words.plain(labels[target])
    others = [one for one, key in known.rivals.items() if key == target and one != header]
    if header in known.rivals and others:
        return f"Is it {label}, or is “{words.plain(words.short(others[0]))}”?"
    why = " by its values" if known.found[header].by == "content" else ""
    return f"Is it {label}{why}?"


def _chosen(door: str, header: str, key: str) -> None:
    _take(door, header, str(state.widget(key)))


def _take(door: str, header: str, target: str) -> None:
    """Send a column to a field, or out."""
    before = dict(draft.draft(door).goes_to or {})
    before.pop(header, None)
    if target != NOT_IMPORTED:
        before[header] = target
    draft.change(door, goes_to=before, repairs=(), same={}, apart=frozenset())


def headline_facts(
    table: Table, known: Matched, goes_to: Mapping[str, str], answered: Collection[str] = ()
) -> str:
    """How many columns found their place, and how many ask."""
    asks = len(known.unanswered(goes_to)) + len(known.in_doubt(goes_to, answered))
    told = f"{table.name}, {words.count(len(table.rows), 'row')}. "
    told += f"{len(goes_to)} of {words.count(len(table.headers), 'column')} come in"
    told += ", matched as the last time" if known.remembered else ""
    which = "the one" if asks == 1 else f"the {asks}"
    return f"{told}; please look at {which} marked ▲." if asks else f"{told}."
