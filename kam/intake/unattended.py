"""Bringing files in without anybody to ask: what is certain comes in, the rest is told.

A guess is never taken: it is a question in the report, and the person answers it on the command
line. Near matches come in as new customers and are told, too.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from kam.errors import Refused, Unreadable
from kam.intake.bring_in import CRITERION, Proposal, from_ledger, from_rows, targets
from kam.intake.headers.aliases import LEDGER_TARGETS, Target
from kam.intake.headers.matching import Match, match
from kam.intake.headers.units import unit_of
from kam.intake.lists.customers import Written, check
from kam.intake.orders.ledger import Ledger, cents, read_ledger, suggest
from kam.intake.orders.lines import sample
from kam.intake.tables.files import Reading, Table, read_table
from kam.model import LedgerChoices, Matching, Workshop
from kam.validated import changed

Kind = Literal["customers", "scores", "ledger"]

# How many near matches and strangers a report lists; more are counted.
MOST_LISTED = 1_000


@dataclass(frozen=True)
class Wish:
    """What a person typed.

    Attributes:
        kind: what the files hold; `None` lets their columns tell.
        goes_to: header -> target key, or "" for a column that stays out.
        reading: how the files are read.
        choices: how order lines are counted; its columns are filled in from the files.
    """

    kind: Kind | None = None
    goes_to: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    choices: LedgerChoices = field(default_factory=LedgerChoices)


@dataclass(frozen=True)
class Outcome:
    """An edit that is ready, and everything that a program or a person should know of it.

    Attributes:
        report: plain values, as JSON holds them.
        clean: every row came in, and nothing is left to ask or repair.
    """

    proposal: Proposal
    report: dict[str, Any]
    clean: bool


def outcome(workshop: Workshop, files: Sequence[Path], wish: Wish) -> Outcome:
    """What these files would bring into a workshop; nothing is stored here.

    Raises:
        Unreadable: a file cannot be read, or nothing tells which column names the customer.
        Refused: an answer is needed without which nothing can come in.
    """
    missing = next((path for path in files if not path.is_file()), None)
    if missing:
        raise Unreadable(f"There is no file {missing}. Check the path.")
    kind = wish.kind or _kind(files, wish.reading)
    if kind == "ledger":
        return _ledger(workshop, files, wish)
    if len(files) > 1:
        message = "Lists of customers come in one by one: each may have its own columns."
        raise Refused(message)
    return _list(workshop, files[0], wish, kind)


def _kind(files: Sequence[Path], reading: Reading) -> Kind:
    """Order lines if their columns may be those of a ledger, or if there are several files."""
    if len(files) > 1 or files[0].suffix.lower() == ".parquet":
        return "ledger"
    try:
        first = sample(files[0], files[0].name, reading)
    except Unreadable:
        return "customers"  # its own reader has the better complaint
    maybe = {one.target for one in match(first.headers, LEDGER_TARGETS).values()}
    return "ledger" if not _lacking(maybe) else "customers"


def _lacking(known: Container[str | None]) -> list[str]:
    """Our columns without which order lines say nothing, as far as they are not known."""
    lacking = [key for key in ("customer", "date") if key not in known]
    priced = "amount" in known or ("quantity" in known and "unit_price" in known)
    return lacking if priced else [*lacking, "amount"]


# --- lists ----------------------------------------------------------------------------------------


def _list(workshop: Workshop, path: Path, wish: Wish, kind: Kind) -> Outcome:
    table = read_table(path.name, path.read_bytes(), wish.reading)
    wanted = _wanted(workshop, kind)
    found = match(table.headers, wanted, {h: table.column(h) for h in table.headers})
    goes_to = _goes_to(table, found, wish.goes_to, wanted)
    if not {"id", "name"} & set(goes_to.values()):
        _ask(found, ["name", "id"])
    checked = check(table, goes_to, wanted, _written(table, goes_to, wanted))
    remembered = Matching(headers=table.headers, goes_to=goes_to)
    proposal = from_rows(
        workshop, checked, path.name, matching=remembered, only_known=kind == "scores"
    )
    questions = _questions(found, goes_to, wish.goes_to, wanted)
    report = {
        "kind": kind,
        "files": [path.name],
        **_counts(proposal, len(table.rows) - len(checked.rows)),
        "matching": goes_to,
        "not_imported": [header for header in table.headers if header not in goes_to],
        "questions": questions,
        "problems": [asdict(problem) for problem in checked.problems],
        "notes": [*table.notes, *checked.notes, *proposal.notes],
    }
    left = checked.problems or proposal.strangers or table.surplus
    return Outcome(proposal, report, clean=not left and not questions)


def _wanted(workshop: Workshop, kind: Kind) -> tuple[Target, ...]:
    """The fields that a list of this kind may fill."""
    every = targets(workshop)
    if kind == "customers":
        return every
    return tuple(one for one in every if one.key in {"id", "name"} or one.key.startswith(CRITERION))


def _goes_to(
    table: Table, found: Mapping[str, Match], said: Mapping[str, str], wanted: Iterable[Target]
) -> dict[str, str]:
    """Where the columns go: what is certain, and what the person said."""
    keys = {target.key for target in wanted}
    for header, key in said.items():
        if header not in table.headers:
            raise Refused(f'There is no column "{header}". There are: {", ".join(table.headers)}.')
        if key and key not in keys:
            raise Refused(f'There is no field "{key}". There are: {", ".join(sorted(keys))}.')
    certain = {header: m.target for header, m in found.items() if m.target and m.certain}
    taken = set(said.values())
    kept = {header: key for header, key in certain.items() if key not in taken}
    return {header: key for header, key in {**kept, **said}.items() if key}


def _written(
    table: Table, goes_to: Mapping[str, str], wanted: Iterable[Target]
) -> dict[str, Written]:
    """Columns whose header says that they are in thousands or millions."""
    numbers = {target.key for target in wanted if target.kind == "number"}
    units = {h: unit_of(h, table.column(h)) for h, key in goes_to.items() if key in numbers}
    return {header: Written(factor=u.factor) for header, u in units.items() if u.factor != 1}


def _questions(
    found: Mapping[str, Match],
    goes_to: Mapping[str, str],
    said: Mapping[str, str],
    wanted: Iterable[Target],
) -> list[dict[str, str]]:
    """The guesses that nobody has answered."""
    labels = {target.key: target.label for target in wanted}
    return [
        {"column": header, "field": m.target, "question": f"Is {header} {labels[m.target]}?"}
        for header, m in found.items()
        if m.target and not m.certain and header not in goes_to and header not in said
    ]


def _ask(found: Mapping[str, Match], lacking: Sequence[str]) -> None:
    """Refuse where a guess would have to be taken; nothing comes back where there is none."""
    for key in lacking:
        header = next((header for header, m in found.items() if m.target == key), None)
        if header is not None:
            raise Refused(
                f'We are not sure which column holds the {key}; it may be "{header}". Say so: '
                f'match "{header}={key}".'
            )


def _counts(proposal: Proposal, left_out: int) -> dict[str, Any]:
    """How many come in, how many do not, and who may be here already."""
    return {
        "new": proposal.new,
        "updated": proposal.updated,
        "left_out": left_out,
        "alike": [asdict_of(pair) for pair in proposal.alike[:MOST_LISTED]],
        "alike_in_all": len(proposal.alike),
        "strangers": list(proposal.strangers[:MOST_LISTED]),
        "strangers_in_all": len(proposal.strangers),
    }


def asdict_of(pair: Any) -> dict[str, Any]:  # noqa: ANN401 - any named tuple
    """A named tuple as a mapping."""
    return dict(pair._asdict())


# --- ledgers --------------------------------------------------------------------------------------


def _ledger(workshop: Workshop, files: Sequence[Path], wish: Wish) -> Outcome:
    choices = _choices(files[0], wish)
    names = [path.name for path in files]
    found = read_ledger(list(files), choices, names=names, reading=wish.reading)
    origin = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    proposal = from_ledger(workshop, found, origin, choices=choices)
    report = {
        "kind": "ledger",
        "files": names,
        **_counts(proposal, 0),
        "matching": {header: key for key, header in choices.columns.items()},
        "questions": [],
        "totals": _totals(found),
        "left_out_lines": [_plainly(one) for one in found.left_out],
        "noticed_lines": [_plainly(one) for one in found.noticed],
        "problems": [],
        "notes": [*found.notes, *proposal.notes],
    }
    return Outcome(proposal, report, clean=not found.left_out)


def _choices(first: Path, wish: Wish) -> LedgerChoices:
    """The person's choices with the columns that the first file has."""
    table = sample(first, first.name, wish.reading)
    found = match(table.headers, LEDGER_TARGETS)
    columns = {m.target: header for header, m in found.items() if m.target and m.certain}
    suggested = suggest(table)
    if suggested:
        columns = dict(suggested.columns)
    said = {key: header for header, key in wish.goes_to.items() if key}
    if lacking := _lacking({*columns, *said}):
        _ask(found, lacking)
    out = {header for header, key in wish.goes_to.items() if not key}
    columns = {key: header for key, header in {**columns, **said}.items() if header not in out}
    return changed(wish.choices, columns=columns)


def _totals(found: Ledger) -> dict[str, Any]:
    totals = found.totals
    return {
        "lines": totals.rows,
        "customers": totals.customers,
        "orders": totals.orders,
        "first": totals.first.isoformat(),
        "last": totals.last.isoformat(),
        "end": totals.windows.end.isoformat(),
        "revenue": str(cents(totals.revenue)),
        "revenue_12m": str(cents(totals.revenue_12m)),
        "revenue_prior_12m": str(cents(totals.revenue_prior_12m)),
    }


def _plainly(one: Any) -> dict[str, Any]:  # noqa: ANN401 - lines left out, or noticed
    """A remark on lines as plain values; money as a text, so that no cent is lost."""
    return {key: str(v) if isinstance(v, Decimal) else v for key, v in asdict(one).items()}
