"""What is said about a ledger: number, reason, money, and where."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.orders.remarks import LeftOut, Noticed
from tests.ledgers import choices
from tests.ledgers import ledger as typed


def ledger(*rows: str, **more: object) -> Ledger:
    text = "\n".join(["customer,date,amount,cost,currency", *rows, ""])
    return typed(text, choices(cost="cost", currency="currency", **more))


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
    told = "1 line without a readable cost; customers with such a line have no margin."
    assert only.sentence == told


def test_a_line_without_a_cost_that_is_left_out_by_choice_is_told_once() -> None:
    found = ledger(GOOD, "A,2025-01-02,-2.50,n/a,EUR", left_out=("negative",))
    assert [one.kind for one in found.left_out] == ["negative"]
    assert found.noticed == ()


def test_a_line_without_a_currency_is_counted_as_the_others_and_noticed() -> None:
    (only,) = ledger(GOOD, "B,2025-01-01,7.00,1.00,").noticed
    sentence = "1 line without a currency, counted as EUR (7.00 in all)."
    assert only == Noticed("currency", 1, Decimal("7.0000"), sentence)


def test_a_line_without_a_currency_that_a_rate_leaves_out_is_not_told_as_counted() -> None:
    found = ledger(GOOD, "B,2025-01-01,7.00,1.00,", rates={"EUR": 2}, unnamed="left_out")
    assert (found.totals.rows, found.noticed) == (1, ())
    assert found.totals.revenue == 10
    assert [one.kind for one in found.left_out] == ["currency"]


def test_what_a_person_leaves_out_is_told_with_its_money_and_no_longer_noticed() -> None:
    unusual = ("A,2025-01-02,-2.50,1.00,EUR", "A,2025-01-02,0,1.00,EUR", GOOD)
    found = ledger(GOOD, *unusual, left_out=("negative", "zero", "copy"))
    assert [one.sentence for one in found.left_out] == [
        "1 line repeats another line in every cell and is left out (5.00 in all).",
        "1 line is below zero and is left out (-2.50 in all).",
        "1 line is worth nothing and is left out (0.00 in all).",
    ]
    assert found.noticed == ()
    assert found.totals.revenue == Decimal("5.00")


def test_lines_of_another_kind_are_told_with_their_money() -> None:
    found = ledger(GOOD, "A,2025-01-02,7.00,1.00,CHF", only={"currency": ("EUR",)})
    (only,) = found.left_out
    assert only.sentence == (
        "1 line is not of the kind that you chose and is left out (7.00 in all)."
    )


def test_lines_that_need_repair_are_named_by_file() -> None:
    texts = ["A,2025-01-01,5,1,EUR\nA,soon,3,1,EUR\n", "A,soon,3,1,EUR\nA,2025-01-02,5,1,EUR\n"]
    data = [f"customer,date,amount,cost,currency\n{text}".encode() for text in texts]
    found = read_ledger(data, choices(), names=["one.csv", "two.csv"])
    (only,) = found.left_out
    assert only.lines == (3, 2)
    assert only.sentence == (
        "2 lines have no readable date and are left out (6.00 in all). "
        "one.csv: line 3; two.csv: line 2."
    )


def test_only_lines_that_count_are_noticed() -> None:
    columns = choices(currency="currency", order="order", cost="cost")
    text = (
        "customer,date,amount,cost,order,currency\n"
        "A,2025-01-01,5,1,1,EUR\n"
        ",2025-01-02,-2,,C2,EUR\n"
        ",2025-01-03,0,1,3,EUR\n"
        ",2025-01-01,7,1,4,EUR\n,2025-01-01,7,1,4,EUR\n"
    )
    assert typed(text, columns).noticed == ()
    blank = columns.model_copy(update={"blank_customers": "one_customer"})
    assert {one.kind: one.rows for one in typed(text, blank).noticed} == {
        "negative": 1, "cancellation": 1, "zero": 1, "copy": 1, "no_cost": 1,
    }  # fmt: skip


MONEY = ("-5", "-1", "0", "5", "x")
KINDS = ("negative", "cancellation", "zero", "copy")


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", ""]),
            st.sampled_from(["2025-01-01", "2025-01-02", "9000-01-01", "soon"]),
            st.sampled_from(MONEY),
            st.sampled_from(["C1", "2"]),
        ),
        max_size=12,
    ),
    st.sampled_from(KINDS),
    st.sets(st.sampled_from(KINDS)),
)
def test_what_a_choice_leaves_out_is_what_was_shown_before(
    rows: list[tuple[str, str, str, str]], kind: str, others: set[str]
) -> None:
    text = "customer,date,amount,order\nA,2025-01-01,9,0\n" + "".join(
        f"{','.join(row)}\n" for row in rows
    )
    before = tuple(sorted(others - {kind}))
    shown = typed(text, choices(order="order", left_out=before))
    seen = {one.kind: (one.rows, one.amount) for one in shown.noticed}
    without = typed(text, choices(order="order", left_out=(*before, kind)))
    lines, money = seen.get(kind, (0, Decimal(0)))
    assert without.totals.rows == shown.totals.rows - lines
    assert without.totals.revenue == shown.totals.revenue - money


def test_copies_that_are_left_out_still_name_the_files() -> None:
    data = f"customer,date,amount,cost,currency\n{GOOD}\n".encode()
    found = read_ledger([data, data], choices(left_out=("copy",)), names=["may.csv", "june.csv"])
    (only,) = found.left_out
    assert only.sentence == (
        "1 line repeats another line in every cell and is left out (5.00 in all): "
        "1 of june.csv also in may.csv."
    )


def test_a_file_may_have_braces_in_its_name() -> None:
    data = f"customer,date,amount,cost,currency\n{GOOD}\nA,soon,1,1,EUR\n".encode()
    found = read_ledger([data, data], choices(), names=["a{b}.csv", "c{0}.csv"])
    assert found.left_out[0].sentence.endswith(". a{b}.csv: line 3; c{0}.csv: line 3.")


def test_copies_across_files_name_the_files() -> None:
    data = f"customer,date,amount,cost,currency\n{GOOD}\n".encode()
    found = read_ledger([data, data], choices(), names=["may.csv", "june.csv"])
    (only,) = found.noticed
    assert only.sentence == (
        "1 line in which every cell repeats another line; check whether a block came in twice "
        "(5.00 in all): 1 of june.csv also in may.csv."
    )
