"""What is said about a ledger: number, reason, money, and where."""

from datetime import date
from decimal import Decimal

from kam.intake.ledger import Ledger, LedgerColumns, read_ledger
from kam.intake.remarks import LeftOut, Noticed

COLUMNS = LedgerColumns("customer", "date", "amount", cost="cost", currency="currency")


def ledger(*rows: str) -> Ledger:
    text = "\n".join(["customer,date,amount,cost,currency", *rows, ""])
    return read_ledger(text.encode(), COLUMNS, today=date(2026, 1, 1))


GOOD = "A,2025-01-01,5.00,1.00,EUR"


def test_one_line_is_spoken_of_in_the_singular() -> None:
    (only,) = ledger(GOOD, "A,soon,3.00,1.00,EUR").left_out
    sentence = "1 line has no readable date and is left out (3.00 in all): line 3."
    assert only == LeftOut("date", 1, Decimal("3.0000"), sentence, (3,))


def test_of_many_lines_five_are_named_and_the_money_is_unknown() -> None:
    (only,) = ledger(GOOD, *[f"A,2025-01-01,x{at},1.00,EUR" for at in range(12)]).left_out
    assert only.amount is None
    assert only.sentence == (
        "12 lines have no readable amount and are left out: lines 3, 4, 5, 6, 7 and 7 more."
    )


def test_more_lines_than_are_looked_up_are_still_counted() -> None:
    (only,) = ledger(GOOD, *[f"A,2025-01-01,x{at},1.00,EUR" for at in range(30)]).left_out
    assert (only.rows, len(only.lines)) == (30, 20)
    assert only.sentence.endswith("lines 3, 4, 5, 6, 7 and 25 more.")


def test_lines_without_a_customer_are_counted_and_not_listed() -> None:
    (only,) = ledger(GOOD, ",2025-01-01,1234.565,1.00,EUR").left_out
    assert only.sentence == "1 line names no customer and is left out (1,234.57 in all)."
    assert only.lines == ()


def test_lines_of_another_shape_have_no_money() -> None:
    (only,) = ledger(GOOD, "A,2025-01-01").left_out
    assert only.amount is None
    assert only.sentence == "1 line does not have the header's cells and is left out: line 3."


def test_behind_a_stray_quote_no_line_number_is_claimed() -> None:
    found = ledger(GOOD, '"A"x,2025-01-01,1,1,EUR', "A,soon,3.00,1.00,EUR").left_out
    assert {one.kind: one.lines for one in found} == {"date": (), "shape": (3,)}


def test_a_ledger_without_anything_unusual_has_no_remarks() -> None:
    found = ledger(GOOD)
    assert (found.left_out, found.noticed) == ((), ())


def test_a_credit_note_is_noticed_with_its_money() -> None:
    (only,) = ledger(GOOD, "A,2025-01-02,-2.50,1.00,EUR").noticed
    sentence = "1 line below zero: credit notes or returns (-2.50 in all)."
    assert only == Noticed("negative", 1, Decimal("-2.5000"), sentence)


def test_a_line_without_a_cost_is_noticed() -> None:
    (only,) = ledger(GOOD, "A,2025-01-02,2.50,n/a,EUR").noticed
    assert only.sentence == "1 line without a readable cost; their customers have no margin."


def test_other_currencies_are_noticed_with_their_lines() -> None:
    (only,) = ledger(GOOD, GOOD.replace("EUR", "CHF"), GOOD.replace("A", "B")).noticed
    assert (only.kind, only.rows, only.amount) == ("currency", 1, Decimal("5.0000"))
    assert "not all are in EUR: CHF 1 lines. Convert them before" in only.sentence
