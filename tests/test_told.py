"""A report is told in sentences: what is asked, what stays out, what deserves a look."""

from typing import Any

from kam.intake.told import PRINTED, sentences, totals

EMPTY: dict[str, Any] = {
    "questions": [], "problems": [], "alike": [], "alike_in_all": 0, "strangers": [],
    "strangers_in_all": 0, "not_imported": [], "notes": [],
}  # fmt: skip


def told(**report: object) -> list[str]:
    return list(sentences({**EMPTY, **report}))


def test_nothing_is_said_of_nothing() -> None:
    assert told() == []


def test_a_near_match_is_told_with_both_answers() -> None:
    pair = {"left": "Ash Ltd", "right": "7", "name": "Ash", "why": "Their names are near."}
    (question,) = told(alike=[pair], alike_in_all=1)
    assert question == (
        '"Ash Ltd" may be Ash (7). Their names are near. If it is: --same "Ash Ltd=7"; if not: '
        '--same "Ash Ltd=".'
    )


def test_an_id_is_not_said_twice() -> None:
    pair = {"left": "Ash Ltd", "right": "Ash", "name": "Ash", "why": "Near."}
    assert told(alike=[pair], alike_in_all=1)[0].startswith('"Ash Ltd" may be Ash. Near.')


def test_strangers_and_columns_that_stay_out_are_named() -> None:
    assert told(strangers=["Oak"], strangers_in_all=1, not_imported=["Stars", "Fax"]) == [
        "Not in this workshop, so left out: Oak.",
        "Columns that are not imported: “Stars”, “Fax”.",
    ]


def test_lines_that_count_and_that_do_not_are_told_with_their_money() -> None:
    left, seen = (
        {"sentence": "2 lines without a date: 5.00."},
        {"sentence": "1 credit note: -3.00."},
    )
    assert told(left_out_lines=[left], noticed_lines=[seen]) == [
        "Left out: 2 lines without a date: 5.00.",
        "Counted: 1 credit note: -3.00.",
    ]


def test_what_is_too_much_to_read_is_counted() -> None:
    problems = [{"message": f"Row {at}."} for at in range(PRINTED + 5)]
    assert told(problems=problems)[-1] == "And 5 more of these; --json has them."
    names = [f"C{at}" for at in range(PRINTED)]
    assert "C19 and 80 more." in told(strangers=names, strangers_in_all=100)[0]


def test_every_note_is_told_even_one_whose_words_a_question_uses() -> None:
    questions = [{"question": "Figures are open. Say so."}]
    notes = ["Figures are open.", "Other."]
    assert told(questions=questions, notes=notes) == ["Figures are open. Say so.", *notes]


def test_the_totals_say_what_they_cover() -> None:
    counted = {
        "lines": 1_234, "customers": 5, "first": "2024-01-01", "last": "2025-01-31",
        "end": "2025-01-31", "revenue": "100.00", "revenue_12m": "90.00",
    }  # fmt: skip
    assert totals(counted) == (
        "1,234 lines of 5 customers, 2024-01-01 to 2025-01-31: revenue 100.00, of it 90.00 in the "
        "twelve months to 2025-01-31."
    )
