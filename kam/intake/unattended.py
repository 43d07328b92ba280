"""Bringing files in without anybody to ask: what is certain comes in, the rest is told.

A guess is never taken: it is a question in the report, and the person answers it on the command
line. Near matches come in as new customers and are told, too.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kam.errors import Refused, Unreadable
from kam.intake.bring_in import CRITERION, Proposal, from_ledger, from_rows, targets
from kam.intake.headers.aliases import CUSTOMER_TARGETS, LEDGER_TARGETS, Target
from kam.intake.headers.matching import Match, match
from kam.intake.headers.rivals import asking, rivals
from kam.intake.headers.units import AS_PERCENT, may_be_one_currency, unit_of
from kam.intake.lists.customers import Written, check
from kam.intake.orders.currencies import RatesNeeded, Share
from kam.intake.orders.ledger import Ledger, cents, read_ledger, suggest
from kam.intake.orders.lines import sample
from kam.intake.orders.progress import Progress
from kam.intake.orders.suggested import suggested
from kam.intake.tables.files import Table, read_table
from kam.intake.wish import (
    Kind,
    Wish,
    placed,
    refuse_for_lists,
    refuse_missing,
    refuse_unknown,
    refuse_unused,
    shown,
)
from kam.model import LedgerChoices, Matching, Workshop
from kam.validated import changed

# How many near matches and strangers a report lists; more are counted.
MOST_LISTED = 1_000

# Our columns that say who bought, and for how much.
WHO = frozenset({"customer", "name"})
MONEY = frozenset({"amount", "quantity", "unit_price"})

# Part of the sentence with which both doors tell that a decimal mark was guessed.
TWO_WAYS = "can be read in two ways"


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


def outcome(
    workshop: Workshop, files: Sequence[Path], wish: Wish, progress: Progress | None = None
) -> Outcome:
    """What these files would bring into a workshop; nothing is stored here.

    `progress` is told how far a ledger is, and may stop it.

    Raises:
        Unreadable: a file cannot be read, or nothing tells which column names the customer.
        Refused: an answer is needed without which nothing can come in, or what was typed has no
            use, or the workshop would not allow it.
        Cancelled: it was stopped.
    """
    refuse_missing(files)
    kind = wish.kind or _kind(files, wish)
    if kind == "ledger":
        found = _ledger(workshop, files, wish, progress or Progress())
    else:
        found = _lists(workshop, files, wish, kind)
    found.proposal.edit.apply(workshop)  # what the workshop does not allow is refused before
    return found


def _lists(workshop: Workshop, files: Sequence[Path], wish: Wish, kind: Kind) -> Outcome:
    """The one list of customers or scores."""
    refuse_for_lists(wish)
    if len(files) > 1:
        message = "Lists of customers come in one by one: each may have its own columns."
        raise Refused(message)
    return _list(workshop, files[0], wish, kind)


def _kind(files: Sequence[Path], wish: Wish) -> Kind:
    """Order lines if their columns are those of a ledger, or if there are several files."""
    if len(files) > 1 or files[0].suffix.lower() == ".parquet":
        return "ledger"
    try:
        first = sample(files[0], shown(files[0]), wish.reading)
    except Unreadable:
        return "customers"  # its own reader has the better complaint
    found = match(first.headers, LEDGER_TARGETS)
    said = {target.key for target in LEDGER_TARGETS} & set(wish.goes_to.values())
    if not _lacking({one.target for one in found.values() if one.certain} | said):
        return "ledger"
    maybe = not _lacking({one.target for one in found.values()} | said)
    return "ledger" if maybe and _looks_like_orders(first, found) else "customers"


def _looks_like_orders(first: Table, found: Mapping[str, Match]) -> bool:
    """Whether customers come again, or the money stands in a column that no list of them has."""
    listed = match(first.headers, CUSTOMER_TARGETS)
    known = {header for header, one in listed.items() if one.target and one.certain}
    money = {header for header, one in found.items() if one.target in MONEY}
    who = [header for header, one in found.items() if one.target in WHO]
    again = any(len(set(first.column(header))) < len(first.rows) for header in who)
    return again or not money <= known


def _lacking(known: Container[str | None]) -> list[str]:
    """Our columns without which order lines say nothing, as far as they are not known."""
    lacking = [key for key in ("customer", "date") if key not in known]
    priced = "amount" in known or ("quantity" in known and "unit_price" in known)
    return lacking if priced else [*lacking, "amount"]


# --- lists ----------------------------------------------------------------------------------------


def _list(workshop: Workshop, path: Path, wish: Wish, kind: Kind) -> Outcome:
    table = read_table(shown(path), path.read_bytes(), wish.reading)
    refuse_unused(wish, table)
    wanted = _wanted(workshop, kind)
    columns = {header: table.column(header) for header in table.headers}
    named = match(table.headers, wanted, columns)
    found = asking(named, rivals(named, wanted, columns), set(wish.goes_to.values()))
    goes_to = _goes_to(table, found, wish.goes_to, wanted)
    if not {"id", "name"} & set(goes_to.values()):
        _ask(found, ["name", "id"])
    checked = check(table, goes_to, wanted, _written(table, goes_to, wanted, wish.choices))
    remembered = Matching(headers=table.headers, goes_to=goes_to, door=kind)
    same = placed(workshop, wish.same)
    proposal = from_rows(
        workshop, checked, table.name, matching=remembered, only_known=kind == "scores", same=same
    )
    notes = [*table.notes, *checked.notes, *proposal.notes]
    questions = [*_questions(found, goes_to, wish.goes_to, wanted), *_marks(notes)]
    report = {
        "kind": kind,
        "files": [table.name],
        **_counts(proposal, len(table.rows) - len(checked.rows), wish.same),
        "matching": goes_to,
        "not_imported": [header for header in table.headers if header not in goes_to],
        "questions": questions,
        "problems": [asdict(problem) for problem in checked.problems],
        "notes": notes,
    }
    left = checked.problems or proposal.strangers or table.surplus or report["alike"]
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
    refuse_unknown(said, table.headers, {target.key for target in wanted})
    certain = {header: m.target for header, m in found.items() if m.target and m.certain}
    taken = set(said.values())
    kept = {header: key for header, key in certain.items() if key not in taken}
    return {header: key for header, key in {**kept, **said}.items() if key}


def _written(
    table: Table, goes_to: Mapping[str, str], wanted: Iterable[Target], choices: LedgerChoices
) -> dict[str, Written]:
    """Columns whose header says that they are in thousands or millions, and what was typed."""
    kinds = {target.key: target.kind for target in wanted}
    plain, found = Written(), {}
    for header, key in goes_to.items():
        if kinds[key] == "number":
            unit = unit_of(header, table.column(header))
            found[header] = Written(mark=choices.decimal_mark or None, factor=unit.factor)
        elif kinds[key] == "date":
            found[header] = Written(day_first=choices.day_first)
    return {header: written for header, written in found.items() if written != plain}


def _marks(notes: Iterable[str]) -> list[dict[str, str]]:
    """The decimal marks and the percentages that were guessed, as questions."""
    ways = {
        TWO_WAYS: 'Say "--decimal ." or "--decimal ,".',
        AS_PERCENT: "If these are shares, write them with a percent sign.",
    }
    return [
        {"column": "", "field": "", "question": f"{note} {how}"}
        for note in notes
        for guessed, how in ways.items()
        if guessed in note
    ]


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


def _ask(found: Mapping[str, Match], lacking: Sequence[str], other: str = "") -> None:
    """Refuse where a guess would have to be taken; nothing comes back where there is none.

    `other` is what to say if the question makes no sense.
    """
    for key in lacking:
        header = next((header for header, m in found.items() if m.target == key), None)
        if header is not None:
            raise Refused(
                f'We are not sure which column holds the {key}; it may be "{header}". Say so: '
                f'--match "{header}={key}".{other}'
            )


def _counts(proposal: Proposal, left_out: int, answered: Container[str]) -> dict[str, Any]:
    """How many come in, how many do not, and who may be here already and is not answered."""
    alike = [pair for pair in proposal.alike if pair.left not in answered]
    return {
        "new": proposal.new,
        "updated": proposal.updated,
        "left_out": left_out + len(proposal.doubted),
        "alike": [
            {**asdict_of(pair), "name": known.name if known else ""}
            for pair in alike[:MOST_LISTED]
            for known in [proposal.known.get(pair.right)]
        ],
        "alike_in_all": len(alike),
        "strangers": list(proposal.strangers[:MOST_LISTED]),
        "strangers_in_all": len(proposal.strangers),
    }


def asdict_of(pair: Any) -> dict[str, Any]:  # noqa: ANN401 - any named tuple
    """A named tuple as a mapping."""
    return dict(pair._asdict())


# --- ledgers --------------------------------------------------------------------------------------


def _ledger(workshop: Workshop, files: Sequence[Path], wish: Wish, progress: Progress) -> Outcome:
    names = [shown(path) for path in files]
    table = sample(files[0], names[0], wish.reading)
    refuse_unused(wish, table)
    choices = _choices(table, wish, workshop.currency)
    try:
        found = read_ledger(
            list(files), choices, names=names, reading=wish.reading, progress=progress
        )
    except RatesNeeded as needed:
        raise Refused(f"{needed} {_rates(needed.lacking, workshop.currency)}") from needed
    _refuse_foreign(found.currencies, workshop.currency, choices)
    origin = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    same = {row: key for row, key in placed(workshop, wish.same).items() if key}
    proposal = from_ledger(workshop, found, origin, choices=choices, same=same)
    notes = [*found.notes, *proposal.notes]
    used = {*choices.columns.values(), *choices.only}
    report = {
        "kind": "ledger",
        "files": names,
        **_counts(proposal, 0, wish.same),
        "matching": {header: key for key, header in choices.columns.items()},
        "not_imported": [header for header in table.headers if header and header not in used],
        "questions": _marks(notes),
        "totals": _totals(found),
        "left_out_lines": [_plainly(one) for one in found.left_out],
        "noticed_lines": [_plainly(one) for one in found.noticed],
        "problems": [],
        "notes": notes,
    }
    open_ = found.left_out or report["questions"] or report["alike"]
    return Outcome(proposal, report, clean=not open_)


def _rates(lacking: Iterable[str], own: str) -> str:
    """The options that give the rates which are lacking."""
    return "On the command line: " + " ".join(f"--rate {one}=" for one in lacking if one != own)


def _refuse_foreign(found: Iterable[Share], own: str, choices: LedgerChoices) -> None:
    """Nothing comes back; a ledger in one currency that is not the workshop's is refused.

    Raises:
        Refused: nobody has given its rate, or said that the amounts stand as they are.
    """
    named = [share.currency for share in found if share.currency]
    foreign = len(named) == 1 and not may_be_one_currency(named[0], own)
    if foreign and not (choices.rates or choices.one_currency):
        raise Refused(
            f"The amounts are in {named[0]}, and this workshop counts in {own}. Say what one "
            f"{named[0]} is worth: --rate {named[0]}=. Or, if they stand in {own} already: "
            "--one-currency."
        )


def _choices(table: Table, wish: Wish, own: str) -> LedgerChoices:
    """The person's choices with the columns that the first file has; one's own currency is 1."""
    refuse_unknown(wish.goes_to, table.headers, {target.key for target in LEDGER_TARGETS})
    found = match(table.headers, LEDGER_TARGETS)
    told, sure = suggested(table), suggest(table)
    columns = dict(sure.columns if sure else told.columns)
    said = {key: header for header, key in wish.goes_to.items() if key}
    out = {header for header, key in wish.goes_to.items() if not key}
    for key in sorted(told.rivals.keys() - said.keys()):
        columns |= _only_one(key, [one for one in told.rivals[key] if one not in out])
    if lacking := _lacking({*columns, *said}):
        _ask(found, lacking, " Or, if these are no order lines: --as customers.")
    columns = {key: header for key, header in {**columns, **said}.items() if header not in out}
    rates = {own: 1.0, **wish.choices.rates} if wish.choices.rates else {}
    return changed(wish.choices, columns=columns, rates=rates)


def _only_one(key: str, headers: Sequence[str]) -> dict[str, str]:
    """The one column that may be one of ours; several are refused: figures depend on which."""
    if headers[1:]:
        listed = " and ".join(f'"{header}"' for header in headers)
        raise Refused(
            f"{listed} may each hold the {key}, and they differ. Say which one does: --match "
            f'"{headers[0]}={key}".'
        )
    return {key: headers[0]} if headers else {}


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
