"""20,000 customers with 60 columns, from bytes to checked rows, against the bare readers."""

import csv
import random
from functools import partial
from io import BytesIO, StringIO

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.timing import Result, side_by_side
from kam.intake.headers.matching import CUSTOMER_TARGETS, match
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.tables.files import read_table

CUSTOMERS, COLUMNS = 20_000, 60

# How many times its bare reader a list may take; origin: 2 to 3 when measured on two cores. The
# whole import also looks at every cell for what it means.
BUDGET_CSV, BUDGET_WORKBOOK = 4.0, 3.0


def results() -> list[Result]:
    """Reading a text and a workbook, and the whole import of the text."""
    rows = _rows()
    text, workbook = _as_csv(rows), _as_workbook(rows)
    measured = (
        ("CSV to a table of texts", "csv.reader", partial(read_table, "list.csv", text),
         partial(_bare_csv, text), BUDGET_CSV),
        ("CSV to checked customers: read, match, check", "csv.reader", partial(_imported, text),
         partial(_bare_csv, text), None),
        ("XLSX to a table of texts, in a child", "the reader alone, here",
         partial(read_table, "list.xlsx", workbook), partial(_bare_workbook, workbook),
         BUDGET_WORKBOOK),
    )  # fmt: skip
    return [
        Result(f"20,000 x 60: {name}", against, *side_by_side(ours, bare, rounds=3), budget)
        for name, against, ours, bare, budget in measured
    ]


def _rows() -> list[list[str]]:
    """A header and its customers: names, money with both marks, dates, gaps and free texts."""
    chosen = random.Random(1)  # noqa: S311 - the same list every time, nothing to guess
    fillers = ["", "Berlin", "12.50", "2025-01-31", "yes, of course", 'the "large" one']
    header = ["Customer ID", "Customer name", "Revenue", *[f"Field {at}" for at in range(57)]]
    return [header, *(_row(at, chosen.choices(fillers, k=COLUMNS - 3)) for at in range(CUSTOMERS))]


def _row(at: int, more: list[str]) -> list[str]:
    return [f"C{at:05}", f"Müller & Söhne {at} GmbH", f"{at * 13.5:,.2f}", *more]


def _as_csv(rows: list[list[str]]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _as_workbook(rows: list[list[str]]) -> bytes:
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Customers")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return written.getvalue()


def _bare_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode(), newline="")))


def _bare_workbook(data: bytes) -> object:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def _imported(data: bytes) -> Checked:
    table = read_table("list.csv", data)
    columns = {header: table.column(header) for header in table.headers}
    found = match(table.headers, CUSTOMER_TARGETS, columns)
    matching = {header: one.target for header, one in found.items() if one.target and one.certain}
    return check(table, matching, CUSTOMER_TARGETS)
