"""The rows of a file that need a repair, as a workbook that can be repaired and brought back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kam.intake.figures import Mark, exact, may_be_either
from kam.intake.headers.matching import REPAIR_COLUMNS
from kam.intake.headers.units import currency_in
from kam.intake.lists.customers import Checked
from kam.intake.tables.files import Table

SHEET = "Rows to repair"

# Characters that a cell can show at most; Excel's own limit is 32,767.
LONGEST_CELL = 32_767

# Kinds of problems in which it is known what number stands in the cell.
READ = frozenset({"outside", "currency", "percent", "sum", "totals", "twice", "deleted"})

# Widths of columns in characters: of the file's own, of the place, of the repair.
WIDTH, NARROW, WIDE = 18, 14, 70

# Nothing in a customer's file becomes a formula or a link in ours.
_ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def problem_workbook(table: Table, checked: Checked) -> bytes:
    """An XLSX workbook: one row per row of the file with a problem, in the order of the file.

    The columns are those of the file, every cell as the text that it was, then the row in the
    file and what to repair. Cells with a problem are shaded. A number that was read is written so
    that it has the same reading without the rest of its column: 1.234 with a decimal comma is
    1234. Brought back as a file of its own, the last two columns are known and never matched.
    """
    stream = BytesIO()
    with Workbook(stream, {**_ONLY_TEXT, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        shaded = book.add_format({"bg_color": "#FDE7C8", "num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        text = book.add_format({"num_format": "@"})
        _lay_out(sheet, table, bold, text)
        told, unread = _by_line(checked), _unread(checked)
        rows = [
            line for line in zip(table.line_numbers, table.rows, strict=True) if line[0] in told
        ]
        for at, (line, cells) in enumerate(rows, 1):
            _write(
                sheet,
                at,
                [
                    cell if one in unread[line] else unmistakable(cell, checked.marks.get(one))
                    for one, cell in zip(table.headers, cells, strict=True)
                ],
                [shaded if one in told[line] else text for one in table.headers],
            )
            sheet.write_number(at, len(cells), line)
            sheet.write_string(at, len(cells) + 1, " ".join(told[line].values()))
    return stream.getvalue()


def _by_line(checked: Checked) -> Mapping[int, Mapping[str, str]]:
    """Line -> column -> what to repair there."""
    result: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for problem in checked.problems:
        before = result[problem.line].get(problem.column)
        result[problem.line][problem.column] = " ".join(filter(None, (before, problem.message)))
    return result


def _unread(checked: Checked) -> Mapping[int, set[str]]:
    """Line -> columns in which no number was read, so that the text is to be repaired."""
    result: defaultdict[int, set[str]] = defaultdict(set)
    for problem in checked.problems:
        if problem.kind not in READ:
            result[problem.line].add(problem.column)
    return result


def unmistakable(cell: str, mark: Mark | None) -> str:
    """A cell of a column of numbers with one reading; any other cell as it is.

    Args:
        cell: as it stands in the file.
        mark: the decimal mark of its column; `None` if that holds no numbers.
    """
    number = exact(cell, mark) if mark else None
    if number is None or (mark == "." and not may_be_either(cell)):
        return cell
    plain = f"{number:f}"
    plain = f"{plain}0" if may_be_either(plain) else plain
    return " ".join(filter(None, (currency_in(cell), plain, "%" if "%" in cell else "")))


def _lay_out(sheet: Worksheet, table: Table, bold: Format, text: Format) -> None:
    """Header, widths, and a first row that stays in view."""
    own = len(table.headers)
    sheet.set_column(0, own - 1, WIDTH, text)
    sheet.set_column(own, own, NARROW)
    sheet.set_column(own + 1, own + 1, WIDE)
    sheet.freeze_panes(1, 0)
    for at, header in enumerate((*table.headers, *REPAIR_COLUMNS)):
        sheet.write_string(0, at, header, bold)


def _write(sheet: Worksheet, at: int, cells: Sequence[str], looks: Sequence[Format]) -> None:
    """One row of the file; a cell that no sheet can hold is cut, and told by its problem."""
    for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
        sheet.write_string(at, place, cell[:LONGEST_CELL], look)
