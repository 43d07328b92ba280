"""`kam.intake.orders.adding_up`: which lines called totals add up others, before any choice."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.lists.totals import TOTALS
from kam.intake.orders.adding_up import STEMS, Called, Pair, called, near
from kam.intake.orders.ledger import Ledger, read_ledger
from tests.ledgers import choices, ledger

HEAD = "customer,date,amount\n"
BASE = "Ash,2024-03-01,5\nBay,2024-06-01,7.04\nAsh,2025-01-01,-2\n,2025-04-01,3\nBay,,4\n"


def counted(found: Ledger) -> set[str]:
    return set(found.measures)


def total(found: Ledger) -> tuple[int, Decimal | None]:
    [one] = [one for one in found.left_out if one.kind == "total"]
    return one.rows, one.amount


def test_every_word_for_a_total_holds_one_of_the_stems() -> None:
    assert [word for word in TOTALS if not any(stem in word for stem in STEMS)] == []


def test_a_ledger_in_which_nobody_is_called_a_total_is_not_asked_any_further() -> None:
    assert called({Pair("Ash", None), Pair("K1", "Sumitomo Ltd"), Pair(None, "Bay")}) is None


def test_keys_and_names_that_are_called_totals_are_found_with_whom_they_are_of() -> None:
    pairs = {Pair("99", "Grand Total"), Pair("Ash", None), Pair("Total Ash", None)}
    found = called({*pairs, Pair("Total Energies", None), Pair("Summe", "x")})
    assert found == Called(
        frozenset({"Total Ash", "Summe"}), frozenset({"Grand Total"}), {"Total Ash": "Ash"}
    )


@pytest.mark.parametrize("left_out", [(), ("negative",), ("copy",), ("zero", "cancellation")])
@pytest.mark.parametrize("blank", ["left_out", "one_customer"])
@pytest.mark.parametrize(
    "amount",
    ["10.04", "13.04", "14.04", "17.04", "10", "13"],
    ids=["what counts", "without a customer too", "undated too", "all", "rounded", "rounded, all"],
)
def test_no_switch_brings_a_total_back(amount: str, blank: str, left_out: tuple[str, ...]) -> None:
    text = f"{HEAD}{BASE}Grand Total,2025-12-31,{amount}\n"
    found = ledger(text, choices(left_out=left_out, blank_customers=blank))
    assert counted(found) <= {"Ash", "Bay", "(blank)"}
    assert total(found) == (1, Decimal(amount))


def test_a_total_may_take_in_lines_after_the_end() -> None:
    text = f"{HEAD}Ash,2024-01-01,5\nBay,2024-02-01,6\nBay,9000-01-01,7\nTotal,2024-12-31,18\n"
    assert counted(ledger(text)) == {"Ash", "Bay"}


@pytest.mark.parametrize(
    "text",
    [
        (
            "A,2025-01-01,5\nB,2025-01-02,7\nSumme,2025-01-31,12\nA,2025-02-01,9\nSumme,2025-02-28,9\n"
            "Gesamtsumme,2025-02-28,21\n"
        ),
        "Total,2025-01-01,12\nA,2025-01-01,5\nB,2025-01-02,7\nTotal,2025-02-01,9\nA,2025-02-01,9\n",
        (
            "A,2024-01-01,5\nB,2025-01-02,7\nA,2024-02-01,9\nTotal 2024,2025-12-31,14\n"
            "Total 2025,2025-12-31,7\n"
        ),
        (
            "A,2024-01-01,5\nB,2024-01-02,7\nA,2024-02-01,9\nTotal B,2024-12-31,7\n"
            "Total A,2024-12-31,14\n"
        ),
        (
            "A,2024-01-01,5\nB,2024-02-02,7\nA,2024-02-01,9\nB,2024-01-01,1\nTotal,2024-01-31,6\n"
            "Total,2024-02-29,16\n"
        ),
    ],
    ids=["blocks and all", "blocks below", "years", "customers", "months, sorted otherwise"],
)
def test_parts_are_added_up_as_well(text: str) -> None:
    assert counted(ledger(HEAD + text)) == {"A", "B"}


def test_subtotals_of_ids_are_no_customers() -> None:
    lines = "00123,2024-01-01,5\n00123,2024-02-01,7\n00123 Total,2024-02-01,12\n"
    lines += "7,2024-01-01,4\n7 Total,2024-02-01,4\n"
    assert counted(ledger(HEAD + lines)) == {"00123", "7"}


def test_a_total_at_the_end_of_each_file_is_none() -> None:
    files = [f"{HEAD}A,2024-01-01,5\nB,2024-01-01,{n}\nTotal,2024-12-31,{5 + n}\n" for n in (1, 2)]
    found = read_ledger([one.encode() for one in files], choices())
    assert counted(found) == {"A", "B"}


def test_a_name_may_say_that_a_line_is_a_total() -> None:
    text = "id,name,date,amount\n1,Ash,2025-01-01,5\n2,Bay,2025-02-01,7\n9,Total,2025-12-31,12\n"
    text += ",Total,2025-12-31,12\n"
    found = ledger(text, choices("id", name="name", blank_customers="one_customer"))
    assert (counted(found), total(found)) == ({"1", "2"}, (2, Decimal(24)))


def test_a_customer_called_total_stays_one_though_a_line_of_it_is_a_sum_by_chance() -> None:
    text = HEAD + "Ash,2025-01-01,5\nTotal,2025-02-01,5\nTotal,2025-03-01,31\nTotal,2025-04-01,77\n"
    found = ledger(text)
    assert counted(found) == {"Ash", "Total"}
    assert [(one.kind, one.rows, one.amount) for one in found.noticed if one.asks] == [
        ("called_total", 3, Decimal(113))
    ]


def test_a_person_says_that_a_customer_called_total_is_none() -> None:
    text = HEAD + "Ash,2025-01-01,5\nTotal,2025-02-01,50\n"
    found = ledger(text, choices(no_customers=("Total",)))
    assert counted(found) == {"Ash"}
    assert [(one.kind, one.rows, one.amount) for one in found.left_out] == [
        ("nobody", 1, Decimal(50))
    ]
    assert found.called_totals == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("12", "12.49", True), ("12.00", "12.6", False), ("12.34", "12.35", True),
     ("12.34", "12.36", False), ("10000000.5", "10000009.5", True)],
)  # fmt: skip
def test_a_total_is_a_sum_but_for_what_rounding_leaves(one: str, other: str, same: bool) -> None:  # noqa: FBT001 -- a case
    assert near(Decimal(one), Decimal(other)) == same


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=12), st.data())
@settings(max_examples=15, deadline=None)
def test_a_total_above_or_below_any_lines_is_never_a_customer(
    cents: Sequence[int], data: st.DataObject
) -> None:
    rows = [f"K{at},2025-01-02,{one / 100:.2f}" for at, one in enumerate(cents)]
    place = data.draw(st.sampled_from([0, len(rows)]))
    rows.insert(place, f"Total,2025-01-02,{sum(cents) / 100:.2f}")
    found = ledger(HEAD + "\n".join(rows) + "\n")
    assert found.totals.revenue == Decimal(sum(cents)) / 100
    assert "Total" not in found.measures
