"""The command line: `kam serve`, `kam import`, `kam score`."""

import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from kam.errors import Asks, KeyroomError
    from kam.intake.job import Job
    from kam.intake.unattended import Outcome
    from kam.intake.wish import Wish
    from kam.model import LedgerChoices
    from kam.store import Store

ROOT = Path(__file__).resolve().parent.parent

# What a program finds in the exit code; 2 is click's own for a wrong command line.
REFUSED, WITH_PROBLEMS = 1, 3

# How often a person is told how far a ledger is; how long a stopped one may take. Seconds.
EVERY, STOPPING = 0.5, 10.0

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "none": ""}

# The largest rate of a currency that can be meant.
LARGEST_RATE = 1e9

# What is asked for -> the option that answers it.
ANSWERS: dict["Asks", str] = {
    "header": "--header ROW, or --header 0 if there are none",
    "date_order": "--day-first, --month-first or --year-first",
    "decimal_mark": "--decimal . or --decimal ,",
    "encoding": "--encoding NAME",
    "sheet": "--sheet NAME",
    "delimiter": "--delimiter NAME",
    "one_currency": "--one-currency",
}


def _folder(_: click.Context, __: click.Parameter, typed: str | None) -> Path | None:
    """The folder that was typed; none that has no name."""
    if typed is not None and not typed.strip():
        raise click.BadParameter("the folder needs a name.")
    return None if typed is None else Path(typed)


DATA = click.option(
    "--data", callback=_folder, metavar="FOLDER", help="The folder of the workshops [~/.keyroom]."
)


@click.group()
def main() -> None:
    """Keyroom: decide which customers are key accounts."""


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--port", default=8501, show_default=True, help="The port to listen on.")
@click.option("--share", is_flag=True, help="Let other machines on the network connect.")
@DATA
def serve(port: int, share: bool, data: Path | None) -> None:  # noqa: FBT001 - click passes by name
    """Start Keyroom and print its address."""
    if data is not None:
        os.environ["KEYROOM_HOME"] = str(data.expanduser().resolve())
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from the working directory
    from kam.live.launcher import run  # noqa: PLC0415 - a quick --help needs no Streamlit

    run(port, "0.0.0.0" if share else "127.0.0.1")  # noqa: S104 - only when asked for


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", "workshop", required=True, help="The workshop's name or id.")
@click.option("--as", "kind", type=click.Choice(["customers", "scores", "ledger"]),
              help="What the files hold; else their columns tell.")  # fmt: skip
@click.option("--match", "matches", multiple=True, metavar="COLUMN=FIELD",
              help="Where a column goes; an empty field leaves it out.")  # fmt: skip
@click.option("--figures", multiple=True, metavar="COLUMN=HOW",
              help="In what a list's column is: units, thousands, millions, billions, percent, "
                   "shares, or what one unit of its currency is worth.")  # fmt: skip
@click.option("--only", multiple=True, metavar="COLUMN=TEXT",
              help="Order lines count only with this text in that column.")  # fmt: skip
@click.option("--no-customer", multiple=True, metavar="TEXT",
              help="What stands where order lines name customers, and is none.")  # fmt: skip
@click.option("--as-written", is_flag=True,
              help="Order lines: names that differ only in spelling are several "
                   "customers.")  # fmt: skip
@click.option("--leave-out", multiple=True,
              type=click.Choice(["negative", "zero", "cancellation", "copy"]),
              help="Order lines that do not count.")  # fmt: skip
@click.option("--rate", "rates", multiple=True, metavar="CODE=RATE",
              help="What one unit of a currency is worth in the workshop's.")  # fmt: skip
@click.option("--end", type=click.DateTime(["%Y-%m-%d"]),
              help="The last day of the ledger's twelve months.")  # fmt: skip
@click.option("--one-currency", is_flag=True,
              help="All amounts are in one currency, whatever the files name.")  # fmt: skip
@click.option("--unnamed", metavar="CODE",
              help="The currency of lines that name none, or left_out.")  # fmt: skip
@click.option("--currency-from", type=click.Choice(["header", "lines"]),
              help="What tells the currency of a line where its column's name says "
                   "another.")  # fmt: skip
@click.option("--outside", type=click.Choice(["holds", "ignored"]),
              help="Whether thousands that a title or a row of units names hold for "
                   "amounts.")  # fmt: skip
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--header", type=click.IntRange(min=0), metavar="ROW",
              help="The row with the column names; 0 if there are none.")  # fmt: skip
@click.option("--encoding", help="The encoding of a text file, such as cp1252.")
@click.option("--delimiter", type=click.Choice([*DELIMITERS]), help="What separates the columns.")
@click.option("--decimal", type=click.Choice([".", ","]),
              help="The decimal mark of figures such as 1.234.")  # fmt: skip
@click.option("--day-first/--month-first", "day_first", default=None,
              help="Whether 01/02/2025 is in February or in January.")  # fmt: skip
@click.option("--year-first", is_flag=True, help="24-12-05 is in 2024.")
@click.option("--same", multiple=True, metavar="NAME=CUSTOMER",
              help="A name or id of the file is this customer; empty: it is new.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Report, and store nothing.")
@DATA
def import_(**given: Any) -> None:  # noqa: ANN401 - click passes by name
    """Bring FILES into a workshop: a list of customers, scores, or an order ledger.

    Exit codes: 0 all came in; 3 it came in, and rows, values or questions are left; 1 nothing came
    in; 2 the command is wrong. A running `kam serve` has the workshops open: stop it first.
    """
    wish = _wish(given)
    with _refusing(as_json=given["as_json"]), _store(given["data"]) as store:
        workshop = _workshop(store, given["workshop"])
        found = _found(store, workshop, given["files"], wish)
        if not given["dry_run"]:
            store.write(workshop, found.proposal.edit)
    try:
        _tell(found, as_json=given["as_json"])
    except OSError as error:
        _silence()
        done = "It would come in" if given["dry_run"] else "It came in"
        click.echo(f"{done}; the report could not be printed ({error.strerror}).", err=True)
        sys.exit(WITH_PROBLEMS)
    sys.exit(0 if found.clean else WITH_PROBLEMS)


@main.command()
@click.argument("workshop")
@click.option("--csv", "out", required=True, is_flag=False, flag_value="-",
              type=click.Path(path_type=Path, allow_dash=True),
              help="The file to write; without a name, to the standard output.")  # fmt: skip
@DATA
def score(workshop: str, out: Path, data: Path | None) -> None:
    """Write every customer of WORKSHOP with class, scores and reason, in the one order, as CSV."""
    from kam.method.assessment import assess  # noqa: PLC0415 - a quick --help needs no domain
    from kam.report import tables  # noqa: PLC0415
    from kam.report.csv import csv  # noqa: PLC0415

    with _refusing(as_json=False), _store(data) as store:
        table = csv(tables.customers(assess(store.workshop(_workshop(store, workshop)))))
    try:
        _write(out, table)
    except OSError as error:
        _silence()
        place = "the standard output" if str(out) == "-" else str(out)
        _refuse(f"We could not write {place} ({error.strerror}). Choose another file.")


def _write(out: Path, table: bytes) -> None:
    """Nothing comes back; the table is in the file, or in the standard output for "-"."""
    if str(out) != "-":
        out.write_bytes(table)
    elif sys.stdout is None:
        raise OSError(0, "it is closed")
    else:
        sys.stdout.buffer.write(table)
        sys.stdout.buffer.flush()


def _silence() -> None:
    """Nothing comes back; what could not be written is not tried again when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _refusing(*, as_json: bool) -> Iterator[None]:
    """The time in which what cannot be done ends the program with a sentence."""
    from kam.errors import KeyroomError, StoreInUse  # noqa: PLC0415 - as above

    try:
        yield
    except StoreInUse as error:
        stop = "Stop it, or wait until it has ended, and run the command again."
        _refuse(f"{str(error).split('. ')[0]}. {stop}", as_json=as_json)
    except KeyroomError as error:
        _refuse(_with_option(error), as_json=as_json)
    except OSError as error:
        file = f" {error.filename}" if error.filename else ""
        _refuse(f"We could not read{file} ({error.strerror}).", as_json=as_json)
    except KeyboardInterrupt:
        _refuse(
            "Stopped. Look into the workshop before you run the command again.", as_json=as_json
        )


def _with_option(error: "KeyroomError") -> str:
    """The sentence, with the option that gives the answer it asks for."""
    option = ANSWERS.get(error.asks)
    return f"{error} On the command line: {option}." if option else str(error)


def _found(store: "Store", workshop: str, files: tuple[Path, ...], wish: "Wish") -> "Outcome":
    """What the files would bring in, read aside so that a person sees how far it is."""
    from kam.errors import Refused  # noqa: PLC0415 - as above
    from kam.intake.job import Job  # noqa: PLC0415
    from kam.intake.unattended import outcome  # noqa: PLC0415

    before = store.workshop(workshop)
    job = Job(lambda progress: outcome(before, files, wish, progress))
    try:
        while not job.done(EVERY):
            _show(job)
    except KeyboardInterrupt:
        job.progress.cancel()
        job.done(STOPPING)
        message = "Stopped; nothing was stored."
        raise Refused(message) from None
    finally:
        _show(None)
    return job.result


def _show(job: "Job[Outcome] | None") -> None:
    """Nothing comes back; a terminal shows how far it is, and nothing when it is over."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    told = ""
    if job is not None:
        progress = job.progress
        share, left = progress.share or 0.0, progress.seconds_left
        told = f"{progress.rows:,} lines read, {share:.0%}"
        told += f", about {max(1, round(left))} s left" if left is not None else ""
    click.echo(f"\r\x1b[K{told}", err=True, nl=False)


def _store(data: Path | None) -> "Store":
    """The workshops of a folder, open; none is made."""
    from kam.errors import Refused  # noqa: PLC0415 - as above
    from kam.store import Store  # noqa: PLC0415

    if data is not None:
        os.environ["KEYROOM_HOME"] = str(data.expanduser().resolve())
    home = Path(os.environ.get("KEYROOM_HOME") or Path.home() / ".keyroom").expanduser()
    if not any((home / name).exists() for name in ("keyroom.duckdb", "keyroom.journal")):
        message = f"There are no workshops in {home}. Say with --data where they are."
        raise Refused(message)
    return Store.open(home)


def _workshop(store: "Store", wanted: str) -> str:
    """The id of a workshop, by its id or its name."""
    from kam.errors import Refused  # noqa: PLC0415 - as above

    every = store.workshops()
    found = [one.id for one in every if wanted in {one.id, one.name}]
    if len(found) != 1:
        names = ", ".join(f'"{one.name}" ({one.id})' for one in every) or "none yet"
        many = "several workshops are" if found else "no workshop is"
        raise Refused(f'{many[0].upper()}{many[1:]} called "{wanted}". There are: {names}.')
    return found[0]


def _wish(given: dict[str, Any]) -> "Wish":
    """What was typed, as the import understands it."""
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    from kam.intake.tables.files import Reading  # noqa: PLC0415
    from kam.intake.wish import Wish  # noqa: PLC0415
    from kam.validated import complaint  # noqa: PLC0415

    try:
        choices = _choices(given)
    except ValidationError as error:
        raise click.UsageError(complaint(error)) from error
    delimiter = given["delimiter"]
    reading = Reading(
        given["encoding"],
        None if delimiter is None else DELIMITERS[delimiter],
        given["sheet"],
        given["header"],
    )
    goes_to = dict(_pairs(given["matches"], "--match"))
    same = {row.strip(): own.strip() for row, own in _pairs(given["same"], "--same")}
    figures = dict(_pairs(given["figures"], "--figures"))
    return Wish(given["kind"], goes_to, figures, reading, choices, same)


def _choices(given: dict[str, Any]) -> "LedgerChoices":
    """What was typed about order lines."""
    from kam.model import LedgerChoices  # noqa: PLC0415 - as above

    only: dict[str, tuple[str, ...]] = {}
    for header, text in _pairs(given["only"], "--only"):
        only[header] = (*only.get(header, ()), text)
    end: datetime | None = given["end"]
    rates = {code.strip().upper(): _rate(text) for code, text in _pairs(given["rates"], "--rate")}
    return LedgerChoices(
        left_out=given["leave_out"],
        no_customers=given["no_customer"],
        spellings="as_written" if given["as_written"] else "one_customer",
        only=only,
        rates=rates,
        unnamed=given["unnamed"] or "",
        currency_from=given["currency_from"] or "",
        one_currency=given["one_currency"],
        outside=given["outside"] or "",
        day_first=given["day_first"],
        year_first=given["year_first"],
        decimal_mark=given["decimal"] or "",
        end=end.date() if end else None,
    )


def _pairs(given: tuple[str, ...], option: str) -> list[tuple[str, str]]:
    """Each A=B as (A, B); a column may have an equals sign in its name, a field has none."""
    pairs = [text.rpartition("=") for text in given]
    wrong = next((text for text, (_, sign, _) in zip(given, pairs, strict=True) if not sign), None)
    if wrong is not None:
        raise click.BadParameter(f'"{wrong}" needs an equals sign.', param_hint=option)
    return [(left, right) for left, _, right in pairs]


def _rate(text: str) -> float:
    """What one unit of a currency is worth: a number above zero."""
    try:
        rate = float(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is not a number.', param_hint="--rate") from error
    if not (math.isfinite(rate) and 0 < rate <= LARGEST_RATE):
        message = f'"{text}" is no rate. Give a number above zero.'
        raise click.BadParameter(message, param_hint="--rate")
    return rate


def _refuse(message: str, *, as_json: bool = False) -> NoReturn:
    """Say why nothing came in, and end."""
    with suppress(OSError):
        if as_json:
            click.echo(json.dumps({"error": message}))
        else:
            click.echo(message, err=True)
    sys.exit(REFUSED)


def _tell(found: "Outcome", *, as_json: bool) -> None:
    """The report: whole for a program, in sentences for a person.

    Raises:
        OSError: it could not be printed.
    """
    from kam.intake.told import sentences, totals  # noqa: PLC0415 - as above

    report = found.report
    if as_json:  # ASCII throughout, whatever the other program's encoding is
        click.echo(json.dumps(report, indent=1, default=str))
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    left = f", {report['left_out']:,} left out" if report["left_out"] else ""
    click.echo(f"{report['new']:,} new, {report['updated']:,} updated{left}.")
    if "totals" in report:
        click.echo(totals(report["totals"]))
    for sentence in sentences(report):
        click.echo(sentence, err=True)
