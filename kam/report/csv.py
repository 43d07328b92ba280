"""Tables as CSV that no spreadsheet mistakes for formulas."""

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")  # first characters that start one (CWE-1236)


def csv(frame: pd.DataFrame) -> bytes:
    """A frame as UTF-8 CSV with a byte order mark, so that Excel shows accents.

    A text that would start a formula gets an apostrophe in front; numbers stay numbers; unknown
    stays empty.
    """
    safe = frame.map(_harmless)
    safe.columns = pd.Index([_harmless(str(name)) for name in frame.columns])
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(cell: object) -> object:
    """A cell that is text and starts like a formula, behind an apostrophe."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell.replace("\0", "")
    return cell
