"""Any bytes through the reader of order lines: counted lines, or a sentence.

Not a test: it runs as long as it is let, guided by the branches that it reaches.

    uv run --with atheris python -m tests.fuzz.fuzz_ledgers -max_total_time=300

Whatever it finds is written to `crash-*` in the current folder and belongs into
`tests/test_ledger.py` as a line of its own.
"""

import sys

import atheris

with atheris.instrument_imports(include=["kam.intake"]):
    from kam.errors import KeyroomError
    from kam.intake.orders.ledger import Ledger, read_ledger
    from kam.intake.tables.encoding import ENCODINGS
    from kam.intake.tables.files import Reading
    from kam.intake.tables.records import DELIMITERS
    from kam.intake.tables.sheets import is_spreadsheet
    from kam.model import LedgerChoices

LONGEST = 4_096  # bytes of a file; beyond it nothing new happens
HEAD = b"Customer,Date,Amount\n"
COLUMNS = {"customer": "Customer", "date": "Date", "amount": "Amount"}


def one_input(data: bytes) -> None:
    """Nothing comes back; an error that is no sentence, or lines out of nothing, end the run."""
    wishes = atheris.FuzzedDataProvider(data[:4])
    reading = Reading(
        encoding=wishes.PickValueInList([None, None, *ENCODINGS]),
        delimiter=wishes.PickValueInList([None, None, *DELIMITERS]),
    )
    content = data[4 : 4 + LONGEST]
    if is_spreadsheet(content):
        return  # a child opens it that cannot be watched from here
    choices = LedgerChoices(columns=COLUMNS, day_first=True)
    with_head = content if wishes.ConsumeBool() else HEAD + content
    try:
        check(with_head, read_ledger(with_head, choices, reading=reading))
    except KeyroomError as error:
        if not str(error):
            raise


def check(content: bytes, ledger: Ledger) -> None:
    """Nothing comes back; what no honest reader counts ends the run."""
    lines = content.replace(b"\r", b"\n").count(b"\n") + 1
    assert 0 < ledger.totals.rows <= lines
    assert not any("\x00" in customer for customer in ledger.measures)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
