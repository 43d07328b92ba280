"""Bringing files in without anybody to ask: what is certain comes in, the rest is told.

A guess is never taken: it is a question in the report, and the person answers it on the command
line. What was agreed for the last list with the same headers holds here as it does in the browser.
Names that are only alike come in as new customers and are told; an id with two names stays out.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from kam.errors import Refused, Unreadable
from kam.intake.bring_in import CRITERION, Proposal, from_ledger, from_rows, targets
from kam.intake.headers.aliases import LEDGER_TARGETS, Target
from kam.intake.headers.matching import Match, match
from kam.intake.headers.units import may_be_one_currency
from kam.intake.kinds import in_words, lacking, looks_like
from kam.intake.lists.customers import check
from kam.intake.lists.doubts import Agreed, Columns, Doubt, columns_of
from kam.intake.lists.fields import FACT, Written
from kam.intake.orders.currencies import LEFT_OUT, RatesNeeded, TwoCurrencies, asked_of_one
from kam.intake.orders.headings import UnitAsked
from kam.intake.orders.layouts import Guess
from kam.intake.orders.ledger import Ledger, cents, read_ledger, suggest
from kam.intake.orders.opening import sample
from kam.intake.orders.progress import Progress
from kam.intake.orders.suggested import may_name_currency, suggested
from kam.intake.tables.files import Table, read_table
from kam.intake.wish import (
    Kind,
    ListKind,
    Wish,
    factor_of,
    placed,
    question,
    refuse_for_ledgers,
    refuse_for_lists,
    refuse_missing,
    refuse_unknown,
    refuse_unused,
    shown,
)
from kam.model import LedgerChoices, Workshop
from kam.validated import changed

# How many near matches and strangers a report lists; more are counted.
MOST_LISTED = 1_000


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


def _lists(workshop: Workshop, files: Sequence[Path], wish: Wish, kind: ListKind) -> Outcome:
    """The one list of customers or scores."""
    refuse_for_lists(wish)
    if len(files) > 1:
        message = "Lists of customers come in one by one: each may have its own columns."
        raise Refused(message)
    return _list(workshop, files[0], wish, kind)


# What a person says where the columns do not tell what kind of file it is.
_SAY = {
    "lines": "Say what it is: --as ledger or --as customers.",
    "opportunities": 'To count the won ones: --as ledger --only "COLUMN=TEXT". If these are '
    "customers all the same: --as customers.",
}


def _kind(files: Sequence[Path], wish: Wish) -> Kind:
    """Order lines if their columns are those of a ledger, or if there are several files.

    Raises:
        Refused: opportunities, or lines with dates that may be either.
    """
    several = len(files) > 1 or files[0].suffix.lower() == ".parquet"
    try:
        first = sample(files[0], shown(files[0]), wish.reading)
    except Unreadable:
        return "ledger" if several else "customers"  # its own reader has the better complaint
    said = {target.key for target in LEDGER_TARGETS} & set(wish.goes_to.values())
    looks = looks_like(first, said)
    if looks.kind == "opportunities" or (looks.kind == "lines" and not several):
        raise Refused(f"{in_words(shown(files[0]), looks)} {_SAY[looks.kind]}")
    return "ledger" if several or looks.kind == "ledger" else "customers"


# --- lists ----------------------------------------------------------------------------------------


def _list(workshop: Workshop, path: Path, wish: Wish, kind: ListKind) -> Outcome:
    table = read_table(shown(path), path.read_bytes(), wish.reading)
    refuse_unused(wish, table)
    columns = columns_of(kind, table, _wanted(workshop, kind), workshop)
    agreed = _agreed(columns, wish)
    fields = tuple(columns.fields.values())
    checked = check(table, agreed.goes_to, fields, agreed.written, workshop.currency)
    proposal = from_rows(
        workshop,
        checked,
        table.name,
        matching=columns.to_remember(kind, agreed),
        only_known=kind == "scores",
        same=placed(workshop, wish.same),
    )
    doubts = columns.doubts(agreed)
    last_time = columns.last_time(agreed)
    notes = [*table.notes, *last_time, *checked.notes, *proposal.notes]
    asked = {doubt.note for doubt in doubts}
    report = {
        "kind": kind,
        "files": [table.name],
        **_counts(proposal, len(table.rows) - len(checked.rows), wish.same),
        "matching": dict(agreed.goes_to),
        "not_imported": [header for header in table.headers if header not in agreed.goes_to],
        "questions": [question(doubt) for doubt in doubts],
        "problems": [asdict(problem) for problem in checked.problems],
        "notes": [note for note in notes if note not in asked],  # said once, as the question
    }
    left = checked.problems or proposal.strangers or table.surplus or report["alike"]
    return Outcome(proposal, report, clean=not left and not doubts)


def _wanted(workshop: Workshop, kind: Kind) -> tuple[Target, ...]:
    """The fields that a list of this kind may fill."""
    every = targets(workshop)
    if kind == "customers":
        return every
    return tuple(one for one in every if one.key in {"id", "name"} or one.key.startswith(CRITERION))


def _agreed(columns: Columns, wish: Wish) -> Agreed:
    """What is certain, what was agreed the last time, and what the person said, which wins.

    Raises:
        Refused: the person named a column or a field that is not there, or nothing tells for
            certain which column names the customer.
    """
    refuse_unknown(wish.goes_to, columns.table.headers, columns.fields)
    refuse_unknown(dict.fromkeys(wish.figures, ""), columns.table.headers, ())
    start = columns.start
    said = {header: key for header, key in wish.goes_to.items() if key}
    out = {header for header, key in wish.goes_to.items() if not key}
    goes_to = {
        header: key
        for header, key in start.goes_to.items()
        if header not in wish.goes_to and (key == FACT or key not in said.values())
    }
    goes_to |= said
    if not {"id", "name"} & set(goes_to.values()):
        _ask(columns.found, ["name", "id"])
    left_out = tuple(dict.fromkeys([*(h for h in start.left_out if h not in said), *out]))
    written = {h: _written(columns, (h, key), wish, start) for h, key in goes_to.items()}
    agreed = Agreed(goes_to, left_out, written, _answered(columns, goes_to, wish))
    _refuse_unused_rates(columns, agreed, wish)
    return agreed


def _written(columns: Columns, place: tuple[str, str], wish: Wish, start: Agreed) -> Written:
    """How the column of a place (header, field) is written: as typed, else as it began."""
    header, key = place
    now, choices = start.written.get(header, Written()), wish.choices
    kind = columns.fields[key].kind
    if kind == "date" and choices.day_first is not None:
        return replace(now, day_first=choices.day_first)
    if kind != "number":
        return now
    codes = columns.hand(header, key).foreign
    said = dict.fromkeys(codes, 1.0) if choices.one_currency else choices.rates if codes else {}
    typed = wish.figures.get(header)
    return replace(
        now,
        mark=choices.decimal_mark or now.mark,
        factor=now.factor if typed is None else factor_of(header, typed),
        rates={**now.rates, **said},
    )


def _answered(columns: Columns, goes_to: Mapping[str, str], wish: Wish) -> tuple[str, ...]:
    """Headers of which the person has said in what they are, or what their currencies are worth."""
    said = wish.choices
    rated = (
        header
        for header, key in goes_to.items()
        if (codes := columns.hand(header, key).foreign)
        and not columns.hand(header, key).unit.why
        and (said.one_currency or said.rates.keys() >= set(codes))
    )
    return tuple(dict.fromkeys([*wish.figures, *rated]))


def _refuse_unused_rates(columns: Columns, agreed: Agreed, wish: Wish) -> None:
    """Nothing comes back; the rate of a currency in which there are no amounts is refused.

    Raises:
        Refused: naming it.
    """
    found = {code for h, key in agreed.goes_to.items() for code in columns.hand(h, key).foreign}
    for code in wish.choices.rates:
        if not any(may_be_one_currency(code, one) for one in found):
            raise Refused(f"We found no amounts in {code}. Leave out --rate {code}=.")


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
    refuse_for_ledgers(wish)
    names = [shown(path) for path in files]
    table = sample(files[0], names[0], wish.reading)
    refuse_unused(wish, table)
    choices = _choices(table, wish, workshop.currency)
    try:
        found = read_ledger(
            list(files), choices, names=names, reading=wish.reading, progress=progress
        )
    except (RatesNeeded, TwoCurrencies, UnitAsked) as asked:
        raise Refused(f"{asked} {_options(asked, workshop.currency)}") from asked
    if open_currency := asked_of_one(found.currencies, workshop.currency, choices):
        raise Refused(f"{open_currency} {_options(open_currency, workshop.currency)}")
    origin = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    same = {row: key for row, key in placed(workshop, wish.same).items() if key}
    proposal = from_ledger(workshop, found, origin, choices=choices, same=same)
    notes = [*found.notes, *proposal.notes]
    guesses = [note for note in notes if isinstance(note, Guess)]
    used = {*choices.columns.values(), *choices.only}
    report = {
        "kind": "ledger",
        "files": names,
        **_counts(proposal, 0, wish.same),
        "matching": {header: key for key, header in choices.columns.items()},
        "not_imported": [header for header in table.headers if header and header not in used],
        "questions": [_guessed(guess) for guess in guesses],
        "totals": _totals(found),
        "left_out_lines": [_plainly(one) for one in found.left_out],
        "noticed_lines": [_plainly(one) for one in found.noticed],
        "problems": [],
        "notes": [note for note in notes if not isinstance(note, Guess)],
    }
    asks = any(one.asks for one in found.noticed)
    open_ = found.left_out or guesses or report["alike"] or asks
    return Outcome(proposal, report, clean=not open_)


def _guessed(guess: Guess) -> dict[str, str]:
    """A decimal mark that was guessed, as a question."""
    return question(Doubt("", "mark", guess, guess))


def _options(asked: Refused, own: str) -> str:
    """The options that answer a question about currencies or thousands."""
    if isinstance(asked, RatesNeeded):
        options = [f"--rate {one}=" for one in asked.lacking if one != own]
        options += [f"--unnamed {own}, or --unnamed {LEFT_OUT}"] if asked.unnamed else []
        in_own = f" Or, if all amounts stand in {own} already: --one-currency."
        return f"On the command line: {' '.join(options)}.{in_own}"
    if isinstance(asked, TwoCurrencies):
        return "On the command line: --currency-from header or --currency-from lines."
    both = isinstance(asked, UnitAsked) and asked.outside is not None
    return f"On the command line: {'--outside holds or ' if both else ''}--outside ignored."


def _ask_for_currency(
    table: Table, settled: Container[str], known: Container[str], wish: Wish
) -> None:
    """Refuse where a column may name the currency of each line, and nobody has said so.

    Without it amounts in several currencies would be added.
    """
    if "currency" in known or wish.choices.one_currency:
        return
    header = next((one for one in may_name_currency(table) if one not in settled), "")
    if header:
        raise Refused(
            f'Column "{header}" may name the currency of each line. Say so: --match '
            f'"{header}=currency". Or, if it does not: --match "{header}=".'
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
    if lacks := lacking({*columns, *said}):
        _ask(found, lacks, " Or, if these are no order lines: --as customers.")
    _ask_for_currency(table, {*columns.values(), *said.values(), *out}, {*columns, *said}, wish)
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
