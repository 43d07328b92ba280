"""A list of questions that somebody filled in and brought back.

Only the columns Number and Answer are read, so a list may be sorted, cut to one person's
questions, or carry columns of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kam.errors import Unreadable
from kam.intake.tables.files import Table
from kam.intake.tables.records import listed_lines
from kam.model import Question

NUMBER, ANSWER = "Number", "Answer"  # the columns, as `kam.report.questions` titles them
LONGEST = 4_000  # characters of an answer, as the model holds them
_FORMULA = ("=", "+", "-", "@")  # `kam.report.csv` puts an apostrophe before these


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled-in list says.

    Attributes:
        answers: id of a question -> its answer, where that is not written down already.
        replaced: the ids among them whose earlier answer would give way.
        notes: what is left out, and why; a sentence each.
    """

    answers: Mapping[str, str]
    replaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def filled_in(table: Table, questions: Mapping[str, Question]) -> Filled:
    """The answers that a list brings; an empty cell leaves what is written down as it is.

    Raises:
        Unreadable: a column is missing, an answer is too long, or two rows answer one question
            differently.
    """
    found, strange = _answers(table, questions)
    new = {key: text for key, text in found.items() if text != questions[key].answer}
    return Filled(
        answers=new,
        replaced=tuple(key for key in new if questions[key].answer),
        notes=_notes(strange),
    )


def _answers(table: Table, questions: Mapping[str, Question]) -> tuple[dict[str, str], list[int]]:
    """What the rows answer, and the lines with answers to questions that are not on our list."""
    found: dict[str, str] = {}
    strange: list[int] = []
    rows = zip(_column(table, NUMBER), _column(table, ANSWER), table.line_numbers, strict=True)
    for number, cell, line in rows:
        key, text = number.strip(), _as_typed(cell)
        if not text:
            continue
        if key not in questions:
            strange.append(line)
        elif found.setdefault(key, text) != text:
            raise Unreadable(
                f"{table.name}: line {line} answers {key} otherwise than a line above. Keep one "
                "of the two."
            )
        elif len(text) > LONGEST:
            raise Unreadable(
                f"{table.name}: the answer on line {line} has {len(text):,} characters, and an "
                f"answer may have {LONGEST:,}. Shorten it."
            )
    return found, strange


def _column(table: Table, title: str) -> tuple[str, ...]:
    """The cells below a title, whatever its case."""
    for header in table.headers:
        if header.casefold() == title.casefold():
            return table.column(header)
    raise Unreadable(
        f"We found no column “{title}” in {table.name}. Bring back the list that was taken along "
        "here: its columns Number and Answer are what we read."
    )


def _as_typed(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from seeing a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _notes(strange: list[int]) -> tuple[str, ...]:
    """What becomes of answers to questions that are not on our list."""
    if not strange:
        return ()
    where = listed_lines(strange)
    return (f"Left out, because the question is not on our list (any more): {where}.",)
