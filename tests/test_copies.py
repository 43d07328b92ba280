"""Lines that repeat another one are found in one file and across several."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders import copies
from kam.intake.orders.copies import Repeated, where_words
from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.orders.progress import Cancelled, Progress
from tests.ledgers import choices, ledger

HEADER = "customer,date,amount,order\n"


def seen(found: Ledger) -> tuple[int, Decimal]:
    return next(((one.rows, one.amount) for one in found.noticed if one.kind == "copy"),
                (0, Decimal(0)))  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 4)), min_size=1, max_size=20))
def test_every_line_but_the_first_of_its_kind_is_a_copy(lines: list[tuple[str, int]]) -> None:
    text = "customer,date,amount\n" + "".join(f"{who},2025-01-01,{money}\n" for who, money in lines)
    rows, amount = seen(ledger(text))
    assert rows == len(lines) - len(set(lines))
    assert amount == sum(m for _, m in lines) - sum(m for _, m in set(lines))


def test_hashes_sorted_in_parts_find_the_same_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEADER + "".join(f"A,2025-01-01,{at % 30},O{at % 60}\n" for at in range(100))
    chosen = choices(order="order")
    whole = ledger(text, chosen)
    monkeypatch.setattr(copies, "SORTED_AT_A_TIME", 7)
    parts = ledger(text, chosen)
    assert seen(whole) == seen(parts)
    assert whole.totals.orders == parts.totals.orders == 60
    assert seen(whole)[0] == 40


def test_lines_of_which_none_counts_have_no_order() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE lines AS SELECT 1 AS place")
        connection.execute("CREATE VIEW entries AS SELECT 5::UBIGINT AS order_key, false AS counts")
        with ThreadPoolExecutor(1) as aside:
            found = copies.different_orders(connection, aside)
        assert [part.result() for part in found] == [0]


def test_the_same_file_twice_is_noticed_and_can_be_left_out() -> None:
    data = (HEADER + "A,2025-01-01,5,1\nB,2025-01-02,7,2\n").encode()
    twice = read_ledger([data, data], choices())
    assert seen(twice) == (2, Decimal(12))
    once = read_ledger([data, data], choices(left_out=("copy",)))
    assert once.totals.revenue == 12
    assert seen(once) == (0, Decimal(0))


def test_lines_of_another_kind_are_no_copies() -> None:
    text = HEADER + "A,2025-01-01,5,x\nA,2025-01-01,5,x\nA,2025-01-01,5,1\n"
    assert seen(ledger(text, choices(only={"order": ("1",)}))) == (0, Decimal(0))


def test_copies_that_do_not_count_for_another_reason_are_not_among_those_that_count() -> None:
    text = HEADER + "A,2025-01-01,5,1\nA,2025-01-01,5,1\n,2025-01-01,7,2\n,2025-01-01,7,2\n"
    assert seen(ledger(text)) == (1, Decimal(5))
    blank = choices(blank_customers="one_customer")
    assert seen(ledger(text, blank)) == (2, Decimal(12))


def test_an_interrupt_while_hashes_are_fetched_stops_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    progress, fetched = Progress(), copies._fetched

    class Interrupted:
        """An answer whose query is interrupted between its first and its next rows."""

        def __init__(self, answer: duckdb.DuckDBPyRelation) -> None:
            self.answer = answer

        def to_arrow_reader(self, rows: int) -> pa.RecordBatchReader:
            found = self.answer.to_arrow_reader(rows)
            progress.cancel()
            return found

    monkeypatch.setattr(copies, "_fetched", lambda answer, most: fetched(Interrupted(answer), most))  # type: ignore[arg-type]
    lines = "".join(f"A,2025-01-01,{at},{at}\n" for at in range(3_000))
    with pytest.raises(Cancelled, match="nothing was stored"):
        read_ledger((HEADER + lines).encode(), choices(order="order"), progress=progress)


def test_words_name_the_pairs_of_files_and_count_the_rest() -> None:
    names = [f"{at}.csv" for at in range(8)]
    found = [Repeated(at, 0, 1_000, Decimal(0)) for at in range(7)]
    told = where_words(found, names)
    assert told.startswith(": 1,000 of 0.csv twice in it, 1,000 of 1.csv also in 0.csv, ")
    assert told.endswith(", and 2 more such pairs")
    assert where_words(found, names[:1]) == ""
