"""Ids that a spreadsheet has taken for numbers: 0001001 became 1001, or 1001.0, or 1.00E+03."""

import re

from kam.intake.lists.fields import Cells
from kam.intake.lists.repairs import Problem

_WHOLE = re.compile(r"0*([0-9]+)(?:[.,]0+)?", re.ASCII)
_DECIMAL = re.compile(r"[0-9]+[.,]0+", re.ASCII)
_POWER = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.ASCII | re.IGNORECASE)
# "12E4" is a code that many use; a spreadsheet writes the sign, or decimals.
_WRITTEN_OUT = re.compile(r"[.,+]")


def number_key(key: str) -> str:
    """An id as the number that a spreadsheet makes of it: "0001001" and "1001.0" are "1001".

    "" for an id that is no whole number. Two ids with one number may be one customer; only a
    person knows.
    """
    found = _WHOLE.fullmatch(key.strip())
    return found[1] if found else ""


def damaged(cells: Cells) -> tuple[Problem, ...]:
    """A problem for every id that looks as if a spreadsheet had changed it; all come in."""
    return tuple(
        cells.problem(at, "damaged", what, kept=True)
        for at, text in enumerate(cells.texts)
        if text and (what := _damage(text))
    )


def _damage(text: str) -> str:
    if _POWER.fullmatch(text) and _WRITTEN_OUT.search(text):
        return (
            "A spreadsheet has rounded this id, and several ids may have become one. Export the "
            "ids as text, or enter it in full."
        )
    if _DECIMAL.fullmatch(text):
        whole = re.split("[.,]", text)[0]
        return f"It looks like {whole}, changed by a spreadsheet. Correct it, or it stays as it is."
    return ""
