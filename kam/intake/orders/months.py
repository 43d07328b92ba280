"""SQL for dates with a month in words, and for months that stand alone: 01-Jan-2024, 2024-01."""

# How months begin in German, where that is not as in English: Mrz is an old short form of March.
IN_ENGLISH = {"mrz": "mar", "mai": "may", "okt": "oct", "dez": "dec"}

# The month's first three letters between two hyphens, whatever stood around them; and the time of
# the day behind a date.
WORD = "[^a-z0-9]*([a-z]{3})[a-z]*[^a-z0-9]*"
TIME = r"[ t]\d{1,2}[:.]\d{2}.*$"

DAYS = ("%d-%b-%y", "%d-%b-%Y", "-%b-%d, %Y", "-%b-%d %Y")
MONTHS = ("-%b-%y", "-%b-%Y")

# 2024-01 and 202401; 01/2024. A number 2024.1 may be October.
ALONE = r"^((19|20)\d{2}[-/.]?\d{2}|(19|20)\d{2}[-/]\d|\d{1,2}[-/.](19|20)\d{2})$"
DIGITS = ("%Y-%m", "%Y%m", "%m-%Y")


def named_day(cell: str) -> str:
    """SQL for the date in a cell such as 01-Jan-2024, 1. März 2024 or Jan 5, 2024."""
    return _date(_worded(cell), DAYS)


def month_alone(cell: str) -> str:
    """SQL for the first day of the month in a cell such as 2024-01, 202401, 01/2024, Jan 2024."""
    digits = f"translate(nullif(regexp_extract({cell}, '{ALONE}'), ''), '/.', '--')"
    return f"coalesce({_date(digits, DIGITS)}, {_date(_worded(cell), MONTHS)})"


def _worded(cell: str) -> str:
    """SQL for the cell with its month as English has it, 01-jan-2024."""
    text = f"regexp_replace(translate(lower({cell}), 'ä', 'a'), '{TIME}', '')"
    for german, english in IN_ENGLISH.items():
        text = f"replace({text}, '{german}', '{english}')"
    return rf"regexp_replace({text}, '{WORD}', '-\1-')"


def _date(text: str, ways: tuple[str, ...]) -> str:
    """SQL for the date that a text is in one of these ways; NULL if it is none."""
    listed = ", ".join(f"'{way}'" for way in ways)
    return f"TRY_STRPTIME({text}, [{listed}])::DATE"
