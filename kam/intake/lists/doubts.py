"""What of a list's columns is certain, guessed or open: for the browser and for the command line.

Where the columns go, and how their figures and days are written, is decided here once, from whole
columns: what the names and the cells tell, what was agreed for the last list with the same
headers, and what a person has said. What none of them tells is a `Doubt`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from kam.errors import Unreadable
from kam.intake.figures import likely_mark
from kam.intake.headers.matching import REPAIR_COLUMNS, Match, Target, match
from kam.intake.headers.numeric import numeric_headers
from kam.intake.headers.rivals import rivals
from kam.intake.headers.units import unit_of
from kam.intake.lists.brought_back import Memory
from kam.intake.lists.brought_back import remembered as known_from
from kam.intake.lists.currencies import foreign
from kam.intake.lists.fields import Cells, Written
from kam.intake.lists.ways import Hand, Unclear, as_the_last_time, hand_of, in_doubt, started
from kam.intake.tables.files import Table
from kam.model import Matching, Workshop, Writing

# What is open about a column: which field it is, alone or beside another one that may be it, or
# how it is written.
Kind = Literal["field", "rival"] | Unclear

# What is answered by saying it, and not by agreeing to what is proposed.
ANSWERED_BY_ITSELF: frozenset[Kind] = frozenset({"mark", "days", "currency"})

# Cells, evenly spread, by which a column is matched; how it is written is told by all of them.
LOOKED_AT = 400


class Doubt(NamedTuple):
    """A question on one column that nobody has answered.

    Attributes:
        sentence: the question, for whoever sees the column beside it.
        note: the same for whoever does not.
        field: key of the field that the column may be, where that is the question.
    """

    column: str
    kind: Kind
    sentence: str
    note: str
    field: str = ""


@dataclass(frozen=True)
class Agreed:
    """What a person has said of a list's columns, or what is certain without a word.

    Attributes:
        goes_to: header -> key of its field.
        left_out: headers that are not to be imported, as a person has said.
        written: header -> how its figures or days are written.
        answered: headers of figures whose scale, shares or rate a person has confirmed.
    """

    goes_to: Mapping[str, str]
    left_out: Collection[str] = ()
    written: Mapping[str, Written] = field(default_factory=dict)
    answered: Collection[str] = ()


@dataclass(frozen=True, eq=False)
class Columns:
    """What is known of a list's columns before a person looks at them.

    Attributes:
        table: the list.
        fields: every field that a column may go to, by key.
        found: header -> where it goes by its name or its cells.
        rivals: header -> the field that it and another column are called as; a person chooses.
        remembered: what was agreed for the last list with these headers.
        currency: that of the workshop.
        memory: what our own workbook of rows to repair knows of its file.
    """

    table: Table
    fields: Mapping[str, Target]
    found: Mapping[str, Match]
    rivals: Mapping[str, str] = field(default_factory=dict)
    remembered: Matching | None = None
    currency: str = ""
    memory: Memory | None = None
    _hands: dict[tuple[str, str], Hand] = field(default_factory=dict, repr=False)

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Headers without a target that hold numbers: a criterion may use them."""
        every = {header: Match(None, certain=False) for header in self.table.headers}
        return numeric_headers(self.table, {**every, **self.found})

    @property
    def agreed(self) -> dict[str, str]:
        """Header -> target, only where nobody needs to be asked."""
        if self.memory:
            places = self.memory.goes_to
            return {h: key for h, key in places.items() if h in self.found and key in self.fields}
        if self.remembered:
            return {h: key for h, key in self.remembered.goes_to.items() if h in self.found}
        sure = {h: m.target for h, m in self.found.items() if m.target and m.certain}
        return {h: key for h, key in sure.items() if h not in self.rivals}

    @property
    def start(self) -> Agreed:
        """What holds as long as nobody says anything."""
        goes_to = self.agreed
        out = self.remembered.left_out if self.remembered else ()
        scales = {h: factor for h in self.found if (factor := unit_of(h, ()).factor) != 1}
        written = {header: Written(factor=factor) for header, factor in scales.items()}
        if self.memory:
            written |= self.memory.written
        for header, key in goes_to.items():
            if header in self.settled:
                continue
            hand, plain = self.hand(header, key), written.get(header, Written())
            written[header] = started(hand, plain, self.before(header))
        written = {header: one for header, one in written.items() if one != Written()}
        return Agreed(goes_to, tuple(h for h in out if h in self.found), written)

    @property
    def settled(self) -> Collection[str]:
        """Headers of which our own workbook of rows to repair knows how they are written."""
        return self.memory.wholes if self.memory else ()

    @property
    def perfect(self) -> bool:
        """Whether every column has its place without a question."""
        start = self.start
        known = len(start.goes_to) == len(self.found) or self.remembered or self.memory
        return bool(known) and not self.doubts(start)

    def hand(self, header: str, key: str) -> Hand:
        """How the whole column is written, as it tells itself, if it goes to this field."""
        if (header, key) not in self._hands:
            target = self.fields[key]
            likely = likely_mark(self.table.delimiter)
            cells = Cells(header, target, self.table.column(header), (), likely)
            codes = foreign(self.table, cells, self.currency) if target.kind == "number" else ()
            self._hands[header, key] = hand_of(cells, codes)
        return self._hands[header, key]

    def before(self, header: str) -> Writing | None:
        """How the column was written the last time, as far as somebody has said it."""
        return self.remembered.written.get(header) if self.remembered else None

    def asked(self, header: str, agreed: Agreed) -> str:
        """The field that a column without a place may be, as long as no other takes it; or ""."""
        if header in agreed.goes_to or header in agreed.left_out:
            return ""
        target = self.rivals.get(header, self.found[header].target or "")
        return "" if target in agreed.goes_to.values() else target

    def unplaced(self, agreed: Agreed) -> list[Doubt]:
        """The questions on columns that may be one of our fields, and have no place."""
        if self.memory:
            return []
        maybe = {header: self.asked(header, agreed) for header in self.found}
        return [self._unplaced(header, key) for header, key in maybe.items() if key]

    def unclear(self, agreed: Agreed) -> list[Doubt]:
        """The questions on how columns that come in are written."""
        return [
            Doubt(header, way, sentence, note)
            for header, key in agreed.goes_to.items()
            if key in self.fields and header not in self.settled
            for way, sentence, note in in_doubt(
                self.hand(header, key),
                agreed.written.get(header, Written()),
                self.before(header),
                self.currency,
            )
            if way in ANSWERED_BY_ITSELF or header not in agreed.answered
        ]

    def doubts(self, agreed: Agreed) -> list[Doubt]:
        """Every question that is open."""
        return [*self.unplaced(agreed), *self.unclear(agreed)]

    def last_time(self, agreed: Agreed) -> list[str]:
        """A sentence on what is read as the last time, where the file does not say so itself."""
        told = [
            f"{header} {how}"
            for header in agreed.goes_to
            if header not in agreed.answered
            and (how := as_the_last_time(agreed.written.get(header), self.before(header)))
        ]
        return [f"As the last time: {'; '.join(told)}."] if told else []

    def to_remember(self, door: Literal["customers", "scores"], agreed: Agreed) -> Matching:
        """What was agreed, for the next list with these headers; what was not is asked again."""
        before = self.remembered.written if self.remembered else {}
        written = {**before, **{h: self._to_remember(h, agreed) for h in agreed.goes_to}}
        return Matching(
            headers=tuple(self.found),
            goes_to=dict(agreed.goes_to),
            door=door,
            written={header: one for header, one in written.items() if one != Writing()},
            left_out=tuple(agreed.left_out),
        )

    def _unplaced(self, header: str, key: str) -> Doubt:
        label = self.fields[key].label
        others = [one for one, rival in self.rivals.items() if rival == key and one != header]
        if header in self.rivals and others:
            question = f"it {label}, or is “{others[0]}”?"
            return Doubt(header, "rival", f"Is {question}", f"Column {header}: is {question}", key)
        why = " by its values" if self.found[header].by == "content" else ""
        question = f"it {label}{why}?"
        return Doubt(header, "field", f"Is {question}", f"Column {header}: is {question}", key)

    def _to_remember(self, header: str, agreed: Agreed) -> Writing:
        before = self.before(header) or Writing()
        if header in self.settled:
            return before
        now = agreed.written.get(header, Written())
        figures = self.fields[agreed.goes_to[header]].kind == "number"
        confirmed = figures and header in agreed.answered
        return Writing(
            decimal_mark=now.mark or before.decimal_mark,
            factor=now.factor if confirmed else before.factor,
            day_first=before.day_first if now.day_first is None else now.day_first,
            rates={**before.rates, **now.rates},
        )


def columns_of(door: str, table: Table, wanted: Sequence[Target], workshop: Workshop) -> Columns:
    """What is known of a table's columns; ours in a workbook of rows to repair go nowhere."""
    turned = zip(*table.rows, strict=True) if table.rows else [()] * len(table.headers)
    whole = dict(zip(table.headers, turned, strict=True))
    step = max(1, len(table.rows) // LOOKED_AT)
    seen = {header: cells[::step] for header, cells in whole.items()}
    every = match(table.headers, wanted, seen)
    found = {header: one for header, one in every.items() if header not in REPAIR_COLUMNS}
    return Columns(
        table,
        {target.key: target for target in wanted},
        found,
        rivals(found, wanted, whole),
        remembered(door, table.headers, wanted, workshop.matchings),
        workshop.currency,
        _memory(table),
    )


def _memory(table: Table) -> Memory | None:
    """What our workbook knows; one that has lost it is refused when its rows are checked."""
    try:
        return known_from(table)
    except Unreadable:
        return None


def remembered(
    door: str, headers: Sequence[str], wanted: Sequence[Target], matchings: Sequence[Matching]
) -> Matching | None:
    """The matching of a list with the same headers behind this door, if its fields are there."""
    keys = {target.key for target in wanted}
    own = set(headers) - set(REPAIR_COLUMNS)
    return next(
        (
            one
            for one in reversed(matchings)
            if one.door == door and set(one.headers) - set(REPAIR_COLUMNS) == own
            if keys.issuperset(one.goes_to.values())
        ),
        None,
    )
