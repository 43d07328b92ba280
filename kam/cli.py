"""The command line: `kam serve`, `kam import`, `kam score`."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kam.intake.unattended import Outcome, Wish
    from kam.store import Store

ROOT = Path(__file__).resolve().parent.parent

# What a program finds in the exit code; 2 is click's own for a wrong command line.
REFUSED, WITH_PROBLEMS = 1, 3

DATA = click.option(
    "--data", type=click.Path(path_type=Path), help="The folder of the workshops [~/.keyroom]."
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
@click.option("--only", multiple=True, metavar="COLUMN=TEXT",
              help="Order lines count only with this text in that column.")  # fmt: skip
@click.option("--leave-out", multiple=True,
              type=click.Choice(["negative", "zero", "cancellation", "copy"]),
              help="Order lines that do not count.")  # fmt: skip
@click.option("--rate", "rates", multiple=True, metavar="CODE=RATE",
              help="What one unit of a currency is worth in the workshop's.")  # fmt: skip
@click.option("--end", type=click.DateTime(["%Y-%m-%d"]),
              help="The last day of the ledger's twelve months.")  # fmt: skip
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--day-first/--month-first", "day_first", default=None,
              help="Whether 01/02/2025 is in February or in January.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Report, and store nothing.")
@DATA
def import_(**given: Any) -> None:  # noqa: ANN401 - click passes by name
    """Bring FILES into a workshop: a list of customers, scores, or an order ledger.

    Exit codes: 0 all came in; 3 it came in, and rows or values are left to repair; 1 nothing came
    in; 2 the command is wrong. A running `kam serve` has the workshops open: stop it first.
    """
    from kam.errors import KeyroomError  # noqa: PLC0415 - a quick --help needs no domain
    from kam.intake.unattended import outcome  # noqa: PLC0415

    try:
        with _store(given["data"]) as store:
            workshop = _workshop(store, given["workshop"])
            found = outcome(store.workshop(workshop), given["files"], _wish(given))
            if not given["dry_run"]:
                store.write(workshop, found.proposal.edit)
    except KeyroomError as error:
        _refuse(str(error), as_json=given["as_json"])
    _tell(found, as_json=given["as_json"])
    sys.exit(0 if found.clean else WITH_PROBLEMS)


@main.command()
@click.argument("workshop")
@click.option("--csv", "out", required=True, is_flag=False, flag_value="-",
              type=click.Path(path_type=Path, allow_dash=True),
              help="The file to write; without a name, to the standard output.")  # fmt: skip
@DATA
def score(workshop: str, out: Path, data: Path | None) -> None:
    """Write every customer of WORKSHOP with class, scores and reason, in the one order, as CSV."""
    from kam.errors import KeyroomError  # noqa: PLC0415 - as above
    from kam.method.assessment import assess  # noqa: PLC0415
    from kam.report import tables  # noqa: PLC0415
    from kam.report.csv import csv  # noqa: PLC0415

    try:
        with _store(data) as store:
            table = csv(tables.customers(assess(store.workshop(_workshop(store, workshop)))))
    except KeyroomError as error:
        _refuse(str(error), as_json=False)
    if str(out) == "-":
        sys.stdout.buffer.write(table)
    else:
        out.write_bytes(table)


def _store(data: Path | None) -> "Store":
    """The workshops of a folder, open."""
    from kam.store import Store  # noqa: PLC0415 - as above

    if data is not None:
        os.environ["KEYROOM_HOME"] = str(data.expanduser().resolve())
    home = Path(os.environ.get("KEYROOM_HOME", Path.home() / ".keyroom")).expanduser()
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
    from kam.intake.tables.files import Reading  # noqa: PLC0415 - as above
    from kam.intake.unattended import Wish  # noqa: PLC0415
    from kam.model import LedgerChoices  # noqa: PLC0415

    only: dict[str, tuple[str, ...]] = {}
    for header, text in _pairs(given["only"], "--only"):
        only[header] = (*only.get(header, ()), text)
    end: datetime | None = given["end"]
    choices = LedgerChoices(
        left_out=given["leave_out"],
        only=only,
        rates={code: _number(rate) for code, rate in _pairs(given["rates"], "--rate")},
        day_first=given["day_first"],
        end=end.date() if end else None,
    )
    goes_to = dict(_pairs(given["matches"], "--match"))
    return Wish(given["kind"], goes_to, Reading(sheet=given["sheet"]), choices)


def _pairs(given: tuple[str, ...], option: str) -> list[tuple[str, str]]:
    """Each A=B as (A, B); a column may have an equals sign in its name, a field has none."""
    pairs = [text.rpartition("=") for text in given]
    wrong = next((text for text, (_, sign, _) in zip(given, pairs, strict=True) if not sign), None)
    if wrong is not None:
        raise click.BadParameter(f'"{wrong}" needs an equals sign.', param_hint=option)
    return [(left, right) for left, _, right in pairs]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is not a number.', param_hint="--rate") from error


def _refuse(message: str, *, as_json: bool) -> None:
    """Say why nothing came in, and end."""
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    sys.exit(REFUSED)


def _tell(found: "Outcome", *, as_json: bool) -> None:
    """The report: whole for a program, in sentences for a person."""
    report = found.report
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1, default=str))
        return
    left = f", {report['left_out']:,} left out" if report["left_out"] else ""
    click.echo(f"{report['new']:,} new, {report['updated']:,} updated{left}.")
    told = [question["question"] for question in report["questions"]]
    told += [problem["message"] for problem in report["problems"]]
    told += [line["sentence"] for line in report.get("left_out_lines", ())]
    for sentence in (*told, *report["notes"]):
        click.echo(sentence, err=True)
