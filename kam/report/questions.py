"""The list of questions as files: who asks which customer what, by when, and room for the answer.

Exported to be filled in on the way; nothing in it becomes a formula.
"""

from io import BytesIO

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kam.method.questions import by_owner
from kam.model import Workshop

SHEET = "Ask before deciding"
WIDTHS = {"Who asks": 20, "Customer": 28, "What to ask": 64, "By": 12, "Answer": 64, "Number": 9}
_ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def question_list(workshop: Workshop) -> pd.DataFrame:
    """One row a question, grouped by who asks, the open ones first.

    Columns: Who asks ("" where nobody does), Customer, What to ask, By (date, `None` without
    one), Answer ("" while open), Number (the question's id).
    """
    rows = [
        (owner, workshop.customers[one.customer].name, one.text, one.due, one.answer, one.id)
        for owner, questions in by_owner(workshop).items()
        for one in questions
    ]
    return pd.DataFrame(rows, columns=list(WIDTHS), dtype=object)


def question_workbook(workshop: Workshop) -> bytes:
    """The list as an XLSX workbook with filters; every text stays the text that it is."""
    stream = BytesIO()
    with Workbook(stream, {**_ONLY_TEXT, "in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        frame = question_list(workshop)
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        _lay_out(sheet, bold, len(frame))
        for at, row in enumerate(frame.itertuples(index=False), start=1):
            _write(sheet, at, tuple(row), (text, day))
    return stream.getvalue()


def _lay_out(sheet: Worksheet, bold: Format, rows: int) -> None:
    """Titles that stay in view, widths, filters, and pages that print on one width."""
    for place, (title, width) in enumerate(WIDTHS.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(
    sheet: Worksheet, at: int, row: tuple[object, ...], looks: tuple[Format, Format]
) -> None:
    """One question; the day is a day, everything else is text."""
    text, day = looks
    for place, (title, cell) in enumerate(zip(WIDTHS, row, strict=True)):
        if title != "By":
            sheet.write_string(at, place, str(cell), text)
        elif cell is not None:
            sheet.write_datetime(at, place, cell, day)
