"""Order ledgers for tests: which column holds what, and the little ones that are typed here."""

from pathlib import Path

from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.orders.opened import Opened, Source, Wanted, Work
from kam.intake.orders.opening import opened_all
from kam.intake.orders.progress import Progress
from kam.model import LedgerChoices


def choices(
    customer: str = "customer",
    day: str = "date",
    amount: str | None = "amount",
    /,
    **more: object,
) -> LedgerChoices:
    """The choices of a ledger with these columns; other columns and other choices by name."""
    fields = {key: more.pop(key) for key in list(more) if key in LedgerChoices.model_fields}
    columns = {"customer": customer, "date": day, "amount": amount or "", **more}
    given = {key: header for key, header in columns.items() if header}
    return LedgerChoices.model_validate({"columns": given, **fields})


def ledger(text: str, chosen: LedgerChoices | None = None) -> Ledger:
    """The ledger in a text."""
    return read_ledger(text.encode(), chosen or choices())


def opened(source: Source, wanted: Wanted, folder: Path) -> Opened:
    """One source as the database reads it; a copy is made in `folder` where it must be."""
    return opened_all([source], (), Work(wanted, folder, Progress()))[0]
