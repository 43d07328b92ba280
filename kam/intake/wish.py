"""What a person typed to bring files in, and whether the files have a use for it.

Nothing that was typed is passed over: what has no use is refused with the option that says it.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kam.errors import Refused, Unreadable
from kam.intake.headers.units import unit_of
from kam.intake.lists import doubts
from kam.intake.lists.fields import SHARES
from kam.intake.tables.files import Reading, Table
from kam.model import LedgerChoices, Workshop

# The largest rate of a currency that can be meant.
LARGEST_RATE = 1e9

ListKind = Literal["customers", "scores"]
Kind = Literal["customers", "scores", "ledger"]

# How a person says in what a column of a list is; any number multiplies its figures.
SCALES = {
    "units": 1.0,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "percent": 1.0,
    "shares": SHARES,
}

# What a person says on the command line to answer a question on a column.
_ANSWERS: dict[doubts.Kind, str] = {
    "field": 'If it is: --match "{column}={field}"; if not: --match "{column}=".',
    "rival": 'If it is: --match "{column}={field}"; if not: --match "{column}=".',
    "mark": 'Say "--decimal ." or "--decimal ,".',
    "days": "Say --day-first or --month-first.",
    "scale": 'If so: --figures "{column}=thousands" (or millions, billions); if not: --figures '
    '"{column}=units".',
    "shares": 'Say --figures "{column}=shares" or --figures "{column}=percent".',
    "currency": "Say --rate CODE=RATE; or, if they are in the workshop's already: --one-currency.",
    "rate": 'Say it: --rate CODE=RATE, or --figures "{column}=RATE" where no currency is named.',
}


@dataclass(frozen=True)
class Wish:
    """What a person typed.

    Attributes:
        kind: what the files hold; `None` lets their columns tell.
        goes_to: header -> target key, or "" for a column that stays out.
        figures: header of a list -> in what its figures are: one of `SCALES`, or a rate.
        reading: how the files are read.
        choices: how order lines are counted; its columns are filled in from the files. Its decimal
            mark, order of dates, rates and one currency hold for lists, too.
        same: key of a row -> id or name of the customer that it is; "" says that it is none here.
    """

    kind: Kind | None = None
    goes_to: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    choices: LedgerChoices = field(default_factory=LedgerChoices)
    same: Mapping[str, str] = field(default_factory=dict)


def factor_of(header: str, how: str) -> float:
    """By what the figures of a column are multiplied, as a person has said it.

    A rate comes on top of the scale that the column's name gives.

    Raises:
        Refused: it is no scale that we know, and no rate.
    """
    if how in SCALES:
        return SCALES[how]
    try:
        rate = float(how)
    except ValueError:
        rate = 0.0
    if not (math.isfinite(rate) and 0 < rate <= LARGEST_RATE):
        message = f'"{how}" does not say in what {header} is. Say a rate, or one of: '
        raise Refused(f"{message}{', '.join(SCALES)}.")
    return rate * unit_of(header, ()).factor


def question(doubt: doubts.Doubt) -> dict[str, str]:
    """A doubt as a program reads it, with what answers it on the command line."""
    answer = _ANSWERS[doubt.kind].format(column=doubt.column, field=doubt.field)
    return {
        "column": doubt.column,
        "field": doubt.field,
        "kind": doubt.kind,
        "question": f"{doubt.note} {answer}",
    }


def shown(path: Path) -> str:
    """The file's name in characters that can be printed and stored."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def refuse_missing(files: Sequence[Path]) -> None:
    """Nothing comes back; what is no file is refused with what it is.

    Raises:
        Unreadable: naming the first one.
    """
    for path in files:
        name = str(path).encode("utf-8", "replace").decode("utf-8")
        try:
            if path.is_dir():
                raise Unreadable(f"{name} is a folder. Name the files in it.")
            if not path.is_file():
                raise Unreadable(f"There is no file {name}. Check the path.")
        except OSError as error:  # for example a name of 300 characters
            message = f"There is no file {name[:60]} ... ({error.strerror}). Check the path."
            raise Unreadable(message) from error


def refuse_unused(wish: Wish, table: Table) -> None:
    """Nothing comes back; a way to read that the file has no use for is refused.

    Raises:
        Refused: naming the option.
    """
    reading, text = wish.reading, bool(table.encoding)
    useless = {
        "--sheet": reading.sheet is not None and not table.sheets,
        "--encoding": reading.encoding is not None and not text,
        "--delimiter": reading.delimiter is not None and not text,
        "--header": reading.header is not None and not table.beginning,
    }
    option = next((option for option, is_useless in useless.items() if is_useless), None)
    if option:
        kind = "a text file" if text else "a workbook" if table.sheets else "a Parquet file"
        raise Refused(f"{table.name} is {kind}; {option} says nothing about it. Leave it out.")


def refuse_for_lists(wish: Wish) -> None:
    """Nothing comes back; what says how order lines count is refused for a list.

    Raises:
        Refused: naming the options.
    """
    choices = wish.choices
    given = {
        "--only": choices.only,
        "--leave-out": choices.left_out,
        "--no-customer": choices.no_customers,
        "--as-written": choices.spellings == "as_written",
        "--unnamed": choices.unnamed,
        "--currency-from": choices.currency_from,
        "--outside": choices.outside,
        "--year-first": choices.year_first,
        "--end": choices.end,
    }
    options = [option for option, said in given.items() if said]
    if options:
        verb = "says" if len(options) == 1 else "say"
        raise Refused(
            f"{' and '.join(options)} {verb} how order lines count, and this is a list of "
            "customers. Leave that out, or say --as ledger."
        )


def refuse_for_ledgers(wish: Wish) -> None:
    """Nothing comes back; what says how a list is written is refused for order lines.

    Raises:
        Refused: naming the option.
    """
    if wish.figures:
        message = "--figures says in what the columns of a list are, and these are order lines."
        raise Refused(f"{message} Leave it out, or say --as customers.")


def refuse_unknown(
    said: Mapping[str, str], headers: Sequence[str], fields: Collection[str]
) -> None:
    """Nothing comes back; a column that the file lacks, or a field that we lack, is refused.

    Raises:
        Refused: naming those that are there.
    """
    for header, key in said.items():
        if header not in headers:
            raise Refused(f'There is no column "{header}". There are: {", ".join(headers)}.')
        if key and key not in fields:
            raise Refused(f'There is no field "{key}". There are: {", ".join(sorted(fields))}.')


def placed(workshop: Workshop, same: Mapping[str, str]) -> dict[str, str]:
    """Key of a row -> id of the customer that it is, by the id or name that was typed; "" stays.

    Raises:
        Refused: the workshop has no such customer, or several.
    """
    return {row: _customer(workshop, typed) if typed else "" for row, typed in same.items()}


def _customer(workshop: Workshop, typed: str) -> str:
    if typed in workshop.customers:
        return typed
    found = [one.id for one in workshop.customers.values() if one.name == typed]
    if len(found) != 1:
        many = f"{len(found)} customers are" if found else "No customer is"
        raise Refused(f'{many} called "{typed}" in this workshop. Say --same with the id.')
    return found[0]
