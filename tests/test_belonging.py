"""`kam.intake.orders.belonging`: whom lines belong to, before anybody chooses what counts."""

from collections.abc import Collection
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.orders.belonging import NAMED
from kam.intake.orders.cube import build_cube
from kam.intake.orders.ledger import Ledger, read_ledger
from kam.intake.orders.measures import Span
from kam.names.key import name_key
from tests.ledgers import choices, ledger

HEAD = "customer,date,amount\n"
BY_ID = "customer,name,date,amount\n"


def revenue(found: Ledger) -> dict[str, Decimal]:
    return {key: one.revenue for key, one in found.measures.items()}


def asked(found: Ledger) -> list[str]:
    return [one.sentence for one in found.noticed if one.asks]


def test_a_clean_ledger_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[str] = []

    def counting(
        connection: duckdb.DuckDBPyConnection, span: Span, columns: Collection[str]
    ) -> None:
        times.append("once")
        build_cube(connection, span, columns)

    monkeypatch.setattr("kam.intake.orders.ledger.build_cube", counting)
    ledger(HEAD + "00123,2025-01-01,5\nSumitomo,2025-01-01,5\n,2025-01-01,5\n")
    assert times == ["once"]
    ledger(HEAD + "00123,2025-01-01,5\nn/a,2025-01-01,5\n")
    assert len(times) == 3


# --- nobody ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("filler", ["n/a", "-", "keine Angabe", "(blank)", "N/A"])
@pytest.mark.parametrize("blank", ["left_out", "one_customer"])
def test_a_cell_that_says_that_nothing_is_known_is_no_customer(filler: str, blank: str) -> None:
    text = f"{HEAD}A,2025-01-01,5\n{filler},2025-01-01,70\n,2025-01-01,3\n"
    found = ledger(text, choices(blank_customers=blank))
    assert revenue(found) == {"A": 5} | ({"(blank)": 3} if blank == "one_customer" else {})
    told = {one.kind: (one.rows, one.amount) for one in found.left_out}
    assert told["nobody"] == (1, Decimal(70))
    assert f"These say that the customer is not known, and are none: “{filler}”." in found.notes


def test_lines_without_a_customer_have_no_name() -> None:
    text = f"{BY_ID}A,Ash,2025-01-01,5\n,Bay,2025-01-01,3\n,Cod,2025-01-01,3\n"
    found = ledger(text, choices(name="name", blank_customers="one_customer"))
    assert (found.measures["(blank)"].name, asked(found)) == ("", [])


def test_a_filler_is_no_name() -> None:
    text = f"{BY_ID}1,n/a,2025-01-01,5\n2,-,2025-01-01,3\n2,-,2025-01-01,3\n2,Bay,2025-01-01,3\n"
    found = ledger(text, choices(name="name"))
    assert [one.name for one in found.measures.values()] == ["", "Bay"]


# --- one customer ---------------------------------------------------------------------------------


def test_an_id_with_a_point_zero_is_the_one_without_where_both_are_there() -> None:
    found = ledger(
        HEAD + "00123,2024-01-01,5\n00123.0,2025-02-01,7\n8.0,2025-01-01,1\nX,2025-01-01,1\n"
    )
    assert revenue(found) == {"00123": 12, "8": 1, "X": 1}
    assert "Taken for one customer, and added up: “00123 = 00123.0”, “8 = 8.0”." in found.notes


def test_ids_that_lost_their_zeros_stay_apart_until_somebody_says_that_they_are_one() -> None:
    found = ledger(HEAD + "00123,2024-01-01,5\n123,2025-02-01,7\n")
    assert revenue(found) == {"00123": 5, "123": 7}


SPELLED = "client,date,amount\n" + "".join(
    f"{name},2025-{month:02},{month}\n".replace(f"{month:02},", f"{month:02}-01,")
    for month, name in enumerate(["Alpha GmbH", "ALPHA GMBH", "Alpha G.m.b.H.", "Bay"], start=1)
)


def test_spellings_are_one_customer_in_every_figure() -> None:
    columns = choices("client", name="client")
    found = ledger(SPELLED, columns)
    alpha, bay = (found.measures[key] for key in sorted(found.measures))
    assert (alpha.lines, alpha.active_months, alpha.orders_12m) == (3, 3, 3)
    assert [alpha.revenue, bay.revenue] == [6, 4]
    assert (found.totals.customers, found.spelled) == (2, True)
    assert found.totals.hhi == pytest.approx(60**2 + 40**2)
    assert found.coverage["revenue"] == "2 of 2 customers"


def test_orders_of_one_day_in_two_spellings_are_one() -> None:
    text = "client,date,amount\nASH,2025-01-01,1\nAsh,2025-01-01,1\nAsh,2025-01-02,1\n"
    found = ledger(text, choices("client", name="client"))
    assert [one.orders_12m for one in found.measures.values()] == [2]
    assert found.totals.orders == 2


def test_a_person_may_keep_names_as_they_are_written() -> None:
    found = ledger(SPELLED, choices("client", name="client", spellings="as_written"))
    assert (found.totals.customers, found.spelled, found.notes) == (4, False, ())


@given(st.lists(st.sampled_from(["Ash", "ASH", "Ash Ltd", "Bay", "bay."]), min_size=1, max_size=9))
@settings(max_examples=15, deadline=None)
def test_no_money_is_lost_whatever_the_spellings(names: list[str]) -> None:
    rows = "".join(f"{name},2025-01-02,{2**at}\n" for at, name in enumerate(names))
    found = ledger("client,date,amount\n" + rows, choices("client", name="client"))
    assert found.totals.revenue == 2 ** len(names) - 1
    assert len(found.measures) == len({name_key(name) for name in names})


# --- names ----------------------------------------------------------------------------------------


def test_a_customer_is_called_as_most_lines_call_it_and_of_as_many_as_the_latest_does() -> None:
    text = f"{BY_ID}1,Beta AG,2025-01-01,5\n1,Beta AG,2025-01-02,5\n1,zz Beta old,2025-01-03,5\n"
    text += "2,Cod,2025-03-01,5\n2,Abel Cod,2025-04-01,5\n"
    found = ledger(text, choices(name="name"))
    assert [one.name for one in found.measures.values()] == ["Beta AG", "Abel Cod"]


def test_names_of_one_id_with_nothing_in_common_are_asked_about_with_their_money() -> None:
    names = ("Alpha", "Alpha", "Brandt Druck", "Zimmerei Kunz")
    rows = "".join(f"99999,{name},2025-01-0{at},{at}\n" for at, name in enumerate(names, start=1))
    found = ledger(BY_ID + rows, choices(name="name"))
    [told] = asked(found)
    assert told.startswith("2 lines whose customer has another name on most lines")
    assert "(7.00 in all) (99999: “Alpha”, “Zimmerei Kunz”, “Brandt Druck”)" in told
    assert found.measures["99999"].name == "Alpha"


def test_spellings_of_one_name_are_not_asked_about() -> None:
    text = f"{BY_ID}1,Beta AG,2025-01-01,5\n1,BETA Aktiengesellschaft,2025-01-02,5\n"
    assert asked(ledger(text, choices(name="name"))) == []


def test_many_such_customers_are_counted_and_five_are_named() -> None:
    rows = "".join(
        f"{key},Alpha{key},2025-01-01,1\n{key},Zoo{key},2025-01-02,1\n" for key in "abcdefg"
    )
    [told] = asked(ledger(BY_ID + rows, choices(name="name")))
    assert f"; and {7 - NAMED} more)." in told


def test_two_files_are_one_ledger_in_this_too() -> None:
    files = [f"{HEAD}{key},2025-01-01,5\nn/a,2025-01-01,1\n".encode() for key in ("12", "12.0")]
    assert revenue(read_ledger(files, choices())) == {"12": 10}
