"""The rows of a file that need a repair, as a workbook that can be repaired and brought back."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kam.intake.headers.matching import REPAIR_COLUMNS
from kam.intake.lists.brought_back import LONGEST_CELL, memory_of
from kam.intake.lists.checked import Checked
from kam.intake.lists.repairs import Problem
from kam.intake.tables.files import Table
from kam.intake.tables.sheets import MEMORY_MARK, MEMORY_SHEET

SHEET = "Rows to repair"

# Characters of what the workbook remembers in one cell of its hidden sheet.
PIECE = 30_000

# Widths of columns in characters: of the file's own, of the place, of the repair.
WIDTH, NARROW, WIDE = 18, 14, 70

# Nothing in a customer's file becomes a formula or a link in ours.
_ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

# Signs that a workbook cannot hold.
_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")

Problems = Mapping[int, Sequence[Problem]]


def problem_workbook(table: Table, checked: Checked) -> bytes:
    """An XLSX workbook: one row per row of the file with a problem, in the order of the file.

    The columns are those of the file, every cell as the text that it was, then the row in the
    file, what to repair, and the cells for which there is no column. Cells with a problem are
    shaded. A hidden sheet keeps what the file told of its columns and its rows, so that a row that
    comes back as it was changes nothing (`kam.intake.lists.brought_back`).

    Args:
        table: the file, with the repairs that were made already.
        checked: its rows.
    """
    problems = _by_line(table, checked)
    stream = BytesIO()
    with Workbook(stream, {**_ONLY_TEXT, "in_memory": True}) as book:
        _write_rows(book, table, problems)
        hidden = book.add_worksheet(MEMORY_SHEET)
        hidden.hide()
        memory = memory_of(table, checked, problems)
        pieces = (memory[at : at + PIECE] for at in range(0, len(memory), PIECE))
        for row, text in enumerate((MEMORY_MARK, *pieces)):
            hidden.write_string(row, 0, text)
    return stream.getvalue()


def _by_line(table: Table, checked: Checked) -> Problems:
    """Line -> its problems, in the order of the file."""
    result: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in (*checked.problems, *_surplus(table)):
        result[problem.line].append(problem)
    return dict(sorted(result.items()))


def _surplus(table: Table) -> Iterator[Problem]:
    """A problem for every row that has more cells than there are columns."""
    for line, cells in table.surplus:
        message = (
            f"Row {line}: we found {len(cells)} cells, and there are {len(table.headers)} columns. "
            "Put each text into its column, then the row comes in."
        )
        yield Problem(line, table.headers[0], cells[0], message, blocks=True, kind="surplus")


def _write_rows(book: Workbook, table: Table, problems: Problems) -> None:
    """The sheet with the rows that people see."""
    text = book.add_format({"num_format": "@"})
    shaded = book.add_format({"bg_color": "#FDE7C8", "num_format": "@"})
    sheet = book.add_worksheet(SHEET)
    own = [place for place, header in enumerate(table.headers) if header not in REPAIR_COLUMNS]
    headers = [table.headers[place] for place in own]
    ours = REPAIR_COLUMNS if table.surplus else REPAIR_COLUMNS[:2]
    _lay_out(sheet, (headers, ours), book.add_format({"bold": True, "text_wrap": True}), text)
    surplus = {record.line: record for record in table.surplus}
    rows = dict(zip(table.line_numbers, table.rows, strict=True))
    for at, (line, found) in enumerate(problems.items(), 1):
        cells = surplus[line].cells if line in surplus else rows[line]
        told = {problem.column for problem in found}
        looks = [shaded if header in told else text for header in headers]
        _write(sheet, at, [cells[place] for place in own], looks)
        sheet.write_number(at, len(own), line)
        messages = dict.fromkeys(problem.message for problem in found)
        sheet.write_string(at, len(own) + 1, _cell(" ".join(messages)))
        if line in surplus:
            beyond = " | ".join(cells[len(table.headers) :])
            sheet.write_string(at, len(own) + 2, _cell(beyond))


def _lay_out(
    sheet: Worksheet, headers: tuple[Sequence[str], Sequence[str]], bold: Format, text: Format
) -> None:
    """The headers of the file and ours, widths, and a first row that stays in view."""
    own = len(headers[0])
    sheet.set_column(0, own - 1, WIDTH, text)
    sheet.set_column(own, own, NARROW)
    sheet.set_column(own + 1, own + 1, WIDE)
    sheet.set_column(own + 2, own + 2, WIDTH, text)
    sheet.freeze_panes(1, 0)
    for at, header in enumerate((*headers[0], *headers[1])):
        sheet.write_string(0, at, header, bold)


def _write(sheet: Worksheet, at: int, cells: Sequence[str], looks: Sequence[Format]) -> None:
    """One row of the file; a cell that no sheet can hold is cut, and told by its problem."""
    for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
        sheet.write_string(at, place, _cell(cell), look)


def _cell(text: str) -> str:
    """A text as far as a workbook can hold it."""
    return _NO_XML.sub("\ufffd", text[:LONGEST_CELL])
