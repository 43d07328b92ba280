"""Any bytes through the readers of text: a table of texts that stand in them, or a sentence.

Not a test: it runs as long as it is let, guided by the branches that it reaches.

    uv run --with atheris python -m tests.fuzz.fuzz_reading -max_total_time=300

Whatever it finds is written to `crash-*` in the current folder and belongs into
`tests/test_files.py` as a line of its own.
"""

import sys

import atheris

with atheris.instrument_imports(include=["kam.intake"]):
    from kam.errors import Unreadable
    from kam.intake.tables.encoding import ENCODINGS, unpacked
    from kam.intake.tables.files import Reading, Table, from_text, read_table
    from kam.intake.tables.records import DELIMITERS, QUOTATION
    from kam.intake.tables.sheets import is_spreadsheet

LONGEST = 4_096  # bytes of a file; beyond it nothing new happens


def one_input(data: bytes) -> None:
    """Nothing comes back; an error that is not `Unreadable`, or a text of our own, ends the run."""
    wishes = atheris.FuzzedDataProvider(data[:4])
    content = data[4 : 4 + LONGEST]
    reading = Reading(
        encoding=wishes.PickValueInList([None, None, *ENCODINGS]),
        delimiter=wishes.PickValueInList([None, None, "", *DELIMITERS]),
        header=wishes.PickValueInList([None, None, 0, 1, 2]),
    )
    try:
        check(content, read(content, reading))
    except Unreadable as error:
        if "fuzz" not in str(error) and "separate" not in str(error):
            raise


def read(content: bytes, reading: Reading) -> Table | None:
    """The table; none for a workbook, which a child opens that cannot be watched from here."""
    if is_spreadsheet(content):
        return None
    if content.startswith(b"t"):
        return from_text("fuzz", content[1:].decode("utf-8", "ignore"), reading)
    return read_table("fuzz.csv", content, reading)


def check(content: bytes, table: Table | None) -> None:
    """Nothing comes back; a table that no honest reader makes ends the run."""
    if table is None:
        return
    if table.encoding:
        text = unpacked("fuzz", content).decode(table.encoding)
    else:
        text = content[1:].decode("utf-8", "ignore")
    doubled = text.replace('""', '"')
    escaped = text.replace('\\"', QUOTATION).replace('""', '"').replace(QUOTATION, '"')
    ways = (text, doubled, escaped, text.replace('\\"', '"'))
    assert table.rows
    assert len({name.casefold() for name in table.headers}) == len(table.headers)
    for row in table.rows:
        assert len(row) == len(table.headers)
        assert all(any(cell in way for way in ways) for cell in row)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
