"""An empty workbook with our columns, to be filled in by somebody else."""

from io import BytesIO

import xlsxwriter

# Our columns as the import knows them for certain, with one row that shows how to fill them in.
# {currency} is the workshop's.
COLUMNS = (
    # title, width in characters, an example
    ("Customer ID", 14, "10012"),
    ("Customer", 28, "Example Ltd"),
    ("Account owner", 18, "M. Ito"),
    ("Industry", 18, "Machinery"),
    ("Country", 14, "Norway"),
    ("Parent company", 18, ""),
    ("Revenue with us", 18, 1_250_000),
    ("Its own revenue", 18, 84_000_000),
    ("Available spend in three years", 26, 9_000_000),
    ("Margin in %", 12, 18.5),
    ("Cost to serve", 14, 60_000),
    ("Capital employed", 16, 210_000),
    ("Market position", 24, "number two in its region"),
    ("Growth potential", 24, "new plant in 2027"),
    ("Needs", 24, "shorter delivery times"),
    ("Strategic objectives", 24, "half the energy per tonne"),
    ("Would favour us as key supplier", 28, "unknown"),
)


def template(currency: str) -> bytes:
    """An XLSX with one row of column names and one example row; money in `currency`, in full."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Customers")
    bold, grey = book.add_format({"bold": True}), book.add_format({"font_color": "#6B7280"})
    for place, (title, width, example) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write(0, place, title, bold)
        sheet.write(1, place, example, grey)
    sheet.freeze_panes(1, 0)
    notes = book.add_worksheet("How to fill it in")
    # one row: the import reads the sheet with the most rows
    told = (
        "Only Customer is needed. Leave empty what you do not know: empty is not 0.",
        f"Money is in {currency}, in full: 1250000, not 1.25. Margin is in percent.",
        "Replace the example row.",
    )
    notes.set_column(0, len(told) - 1, 60)
    notes.write_row(0, 0, told)
    book.close()
    return out.getvalue()
