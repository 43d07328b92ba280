"""Whether a line counts, and if not, for which one of its reasons."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kam.errors import Refused
from kam.intake.orders import fates
from kam.intake.orders.cells import Layout
from kam.intake.orders.copies import doubled_lines, keep_repeats
from kam.intake.orders.entries import CANCELS, Load, ask, connected, load
from kam.intake.orders.fates import CHOSEN_SQL, Rules
from kam.intake.orders.sources import CsvFile

PLACES = {"customer": 0, "date": 1, "amount": 2, "order": 3, "currency": 4}
RULES = Rules(date(2025, 12, 31), PLACES)

TEXT = """A,2025-01-01,1,1,EUR
A,2026-01-01,1,2,EUR
A,2025-01-01,x,3,EUR
A,x,x,4,EUR
,x,x,5,EUR
Total,,5,,
,,6,,
A,2025-01-01,-2,C6,EUR
A,2025-01-01,0,7,
A,2025-01-01,1,1,EUR
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path / "ledger.csv"
    with connected([path], tmp_path) as connection:
        yield filled(connection, path, TEXT)


def filled(
    connection: duckdb.DuckDBPyConnection, path: Path, text: str
) -> duckdb.DuckDBPyConnection:
    path.write_text(text, encoding="utf-8")
    file = CsvFile(path, compressed=False, delimiter=",", skip=0, width=5, places=PLACES)
    load(connection, file, Load(0, Layout()))
    with ThreadPoolExecutor(1) as aside:
        keep_repeats(connection, doubled_lines(connection, aside))
    return connection


def judged(database: duckdb.DuckDBPyConnection, rules: Rules) -> list[str]:
    fates.judge(database, rules)
    return [row[0] for row in ask(database, "SELECT fate FROM entries ORDER BY record")]


def test_the_first_reason_decides_the_fate_of_a_line(database: duckdb.DuckDBPyConnection) -> None:
    assert judged(database, RULES) == [
        "kept", "future", "amount", "date", "customer", "date", "customer", "kept", "kept", "kept",
    ]  # fmt: skip


def test_lines_without_a_customer_can_be_one_customer(database: duckdb.DuckDBPyConnection) -> None:
    found = judged(database, RULES._replace(blank_counts=True))
    assert (found[4], found[6]) == ("date", "date")
    names = ask(database, "SELECT DISTINCT customer FROM entries ORDER BY customer")
    assert names == [("(blank)",), ("A",), ("Total",)]


@pytest.mark.parametrize(
    ("kind", "places"),
    [("copy", [9]), ("negative", [7]), ("zero", [8]), ("cancellation", [7]), ("currency", [8])],
)
def test_a_choice_leaves_out_lines_of_its_kind(
    database: duckdb.DuckDBPyConnection, kind: str, places: list[int]
) -> None:
    found = judged(database, RULES._replace(left_out=frozenset({kind})))
    assert [place for place, fate in enumerate(found) if fate == kind] == places


def test_money_is_converted_exactly_at_its_rate(database: duckdb.DuckDBPyConnection) -> None:
    rates = {"EUR": Decimal("1.0837")}
    fates.judge(database, RULES._replace(rates=rates, left_out=frozenset({"currency"})))
    (row,) = ask(database, "SELECT sum(amount) FROM entries WHERE fate = 'kept'")
    assert row[0] == 0  # 1 + 1 - 2
    (row,) = ask(database, "SELECT max(amount) FROM entries WHERE fate = 'kept'")
    assert row[0] == Decimal("1.0837")


@pytest.mark.parametrize("blank_counts", [False, True])
@pytest.mark.parametrize("left_out", [(), *((kind,) for kind in CHOSEN_SQL), tuple(CHOSEN_SQL)])
def test_exactly_the_kept_lines_count(
    database: duckdb.DuckDBPyConnection, left_out: tuple[str, ...], *, blank_counts: bool
) -> None:
    rules = RULES._replace(left_out=frozenset(left_out), blank_counts=blank_counts)
    kept = [fate == "kept" for fate in judged(database, rules)]
    assert [row[0] for row in ask(database, "SELECT counts FROM entries ORDER BY record")] == kept
    assert any(kept)


def test_order_numbers_that_also_sell_are_no_cancellations(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    text = "A,2025-01-01,-1,C1,\nA,2025-01-01,1,C2,\n"
    with connected([path], tmp_path) as connection:
        filled(connection, path, text)
        fates.settle_cancellations(connection)
        assert ask(connection, f"SELECT {CANCELS} FROM lines") == [(False,), (False,)]  # noqa: S608 -- our own condition


def test_ids_are_whole_numbers_only_if_all_of_them_are(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    with connected([path], tmp_path) as connection:
        filled(connection, path, "17.0,2025-01-01,1,,\n,2025-01-01,1,,\n")
        assert fates.ids_are_whole_numbers(connection)
        filled(connection, path, "17.0,2025-01-01,1,,\nA.0,2025-01-01,1,,\n")
        assert not fates.ids_are_whole_numbers(connection)
        filled(connection, path, ",2025-01-01,1,,\n")
        assert not fates.ids_are_whole_numbers(connection)


def test_lines_of_each_fate_are_counted_with_their_money(
    database: duckdb.DuckDBPyConnection,
) -> None:
    fates.judge(database, RULES)
    assert sorted(ask(database, fates.LEFT_OUT_SQL)) == [
        ("amount", 1, None, 0), ("customer", 2, Decimal(6), 0), ("date", 2, Decimal(5), 0),
        ("future", 1, Decimal(1), 0),
    ]  # fmt: skip
    day = date(2025, 1, 1)
    assert ask(database, fates.KEPT_SQL) == [(day, day, 4)]


def test_money_that_has_no_rate_is_kept_by_its_currency(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rates = {"USD": Decimal(2)}
    fates.judge(database, RULES._replace(rates=rates, left_out=frozenset({"currency"})))
    found = {row[0]: row[1:] for row in ask(database, fates.LEFT_OUT_SQL)}
    assert found["customer"] == (2, None, 1)
    assert ask(database, fates.UNCONVERTED_SQL, fate="customer") == [(None, Decimal(6))]


@pytest.mark.parametrize(("named", "currency"), [("EUR", "EUR"), ("USD", "EUR / USD"), ("", "EUR")])
def test_what_headers_name_stands_beside_what_lines_name(
    database: duckdb.DuckDBPyConnection, named: str, currency: str
) -> None:
    fates.judge(database, RULES._replace(named=named))
    rows = ask(database, "SELECT currency FROM entries WHERE record IN (0, 8) ORDER BY record")
    assert rows == [(currency,), (named or None,)]
    fates.judge(database, RULES._replace(named=named, columns=()))
    assert ask(database, "SELECT DISTINCT currency FROM entries") == [(named or None,)]


def test_a_rate_that_is_too_large_to_count_with_is_refused(
    database: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(Refused, match="cannot count with 10,000,000,000 for one unit of EUR"):
        fates.judge(database, RULES._replace(rates={"EUR": Decimal(10**10)}))


def test_a_currency_has_its_code_and_lines_without_one_have_what_was_said(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rules = RULES._replace(called={"EUR": "€"}, unnamed="USD", left_out=frozenset({"currency"}))
    fates.judge(database, rules)
    rows = ask(database, "SELECT currency, fate FROM entries WHERE record IN (0, 8) ORDER BY ALL")
    assert rows == [("USD", "kept"), ("€", "kept")]


@pytest.mark.parametrize(("decides", "currency"), [("header", "USD"), ("lines", "EUR")])
def test_of_two_currencies_a_person_says_which_holds(
    database: duckdb.DuckDBPyConnection, decides: str, currency: str
) -> None:
    fates.judge(database, RULES._replace(named="USD", decides=decides))
    rows = ask(database, "SELECT currency FROM entries WHERE record IN (0, 8) ORDER BY record")
    assert rows == [(currency,), ("USD",)]


@pytest.mark.parametrize(("mark", "fate"), [(1, "other"), (2, "total"), (8, "nobody")])
@pytest.mark.parametrize("blank_counts", [False, True])
def test_a_marked_line_never_counts_whatever_else_is_chosen(
    database: duckdb.DuckDBPyConnection, mark: int, fate: str, *, blank_counts: bool
) -> None:
    sql = "UPDATE lines SET customer = NULL, marks = $mark WHERE rowid = 0"
    database.execute(sql, {"mark": mark})
    assert judged(database, RULES._replace(blank_counts=blank_counts))[0] == fate
    assert ask(database, "SELECT counts FROM entries WHERE record = 0") == [(False,)]


def test_cancellations_that_are_none_keep_their_other_marks(
    database: duckdb.DuckDBPyConnection,
) -> None:
    database.execute("UPDATE lines SET marks = 4 | 8, amount = 1 WHERE rowid = 0")
    fates.settle_cancellations(database)
    assert ask(database, "SELECT marks FROM lines WHERE rowid IN (0, 7) ORDER BY rowid") == [
        (8,), (0,)
    ]  # fmt: skip


def test_fates_are_counted_anew_after_other_rules(database: duckdb.DuckDBPyConnection) -> None:
    for left_out, kept in ((frozenset[str](), 4), (frozenset({"negative"}), 3)):
        fates.judge(database, RULES._replace(left_out=left_out))
        assert ask(database, fates.KEPT_SQL)[0][2] == kept
