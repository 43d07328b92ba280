"""Several currencies are refused until each has a rate; then money is converted exactly."""

from decimal import Decimal

import pytest

from kam.errors import Refused
from kam.intake.orders.currencies import Headers, RatesNeeded, Share, rates_for, said_by_headers
from kam.intake.orders.ledger import Ledger
from kam.model import LedgerChoices
from tests.ledgers import choices, ledger


def mixed(*rows: str, **more: object) -> Ledger:
    text = "\n".join(["customer,date,amount,cost,currency", *rows, ""])
    return ledger(text, choices(cost="cost", currency="currency", **more))


EUR, USD = "A,2025-01-01,5.00,1.00,EUR", "A,2025-01-02,10.00,2.00,usd "


def test_several_currencies_are_refused_with_their_lines_and_money() -> None:
    with pytest.raises(
        RatesNeeded, match=r"EUR \(2 lines, 10\.00\), USD \(1 line, 10\.00\)"
    ) as told:
        mixed(EUR, EUR, USD)
    assert told.value.lacking == ("EUR", "USD")


def test_every_currency_needs_a_rate() -> None:
    with pytest.raises(RatesNeeded, match="workshop's currency: EUR") as told:
        mixed(EUR, USD, rates={"USD": 0.9})
    assert told.value.lacking == ("EUR",)


def test_money_and_cost_are_converted_at_their_rates_and_told() -> None:
    found = mixed(EUR, USD, rates={"EUR": 1, "usd": 0.9137})
    assert found.totals.revenue == Decimal("14.137")
    assert found.totals.cost == Decimal("2.8274")
    assert found.notes == (
        "Amounts are converted: 1 line in EUR (5.00) at 1.0, 1 line in USD (10.00) at 0.9137.",
    )
    assert found.currencies == (
        Share("EUR", 1, Decimal("5.0000")),
        Share("USD", 1, Decimal("10.0000")),
    )


def test_one_currency_needs_no_rate_and_one_with_a_rate_is_converted() -> None:
    assert mixed(USD).totals.revenue == 10
    assert mixed(USD, rates={"EUR": 1}).totals.revenue == 10
    assert mixed(USD, rates={"USD": 0.5}).totals.revenue == 5


def test_only_the_lines_that_count_need_a_rate() -> None:
    assert mixed(EUR, ",2025-01-02,10.00,2.00,USD").totals.revenue == 5
    assert mixed(EUR, USD, only={"currency": ("EUR",)}).totals.revenue == 5


def test_a_line_without_a_currency_cannot_be_converted() -> None:
    found = mixed(EUR, USD, "A,2025-01-03,7.00,1.00,", rates={"EUR": 1, "USD": 2})
    (only,) = found.left_out
    assert (only.kind, only.rows) == ("currency", 1)
    assert found.totals.revenue == 25


def test_a_weak_currency_keeps_its_rate() -> None:
    assert rates_for([Share("IDR", 1, Decimal(1))], {"IDR": 0.0000568}) == {
        "IDR": Decimal("0.0000568")
    }
    found = mixed(EUR, "A,2025-01-01,1000000,0,IDR", rates={"EUR": 1, "IDR": 0.0000568})
    assert found.totals.revenue == Decimal("61.8")


def test_amounts_of_any_size_are_converted() -> None:
    found = mixed(EUR, "A,2025-01-01,15000000000,0,IDR", rates={"EUR": 1, "IDR": 0.00006})
    assert found.totals.revenue == 900_005


def test_a_rate_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(Refused, match=r"One unit of USD at 1000000000.* too large a sum"):
        mixed(EUR, "A,2025-01-01,15000000000,0,USD", rates={"EUR": 1, "USD": 1e9})


def plain(*rows: str, header: str = "amount", **more: object) -> Ledger:
    text = "\n".join([f"customer,date,{header}", *rows, ""])
    return ledger(text, choices("customer", "date", header, **more))


SIGNED = ("A,2025-01-01,EUR 100", "A,2025-01-02,USD 100", "B,2025-01-02,€50", "B,2025-01-02,$50")


def test_currencies_beside_the_figures_are_never_added_up() -> None:
    told = r"EUR \(2 lines, 150\.00\), \$ \(1 line, 50\.00\), USD \(1 line, 100\.00\)"
    with pytest.raises(RatesNeeded, match=told) as needed:
        plain(*SIGNED)
    assert needed.value.lacking == ("EUR", "$", "USD")
    assert plain(*SIGNED, rates={"EUR": 1, "USD": 2, "$": 3}).totals.revenue == 500


def test_a_sign_behind_the_beginning_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam.intake.orders.loading.BEGINNING", 1)
    with pytest.raises(RatesNeeded, match="EUR"):
        plain("A,2025-01-01,€5", "A,2025-01-01,$5")
    with pytest.raises(RatesNeeded, match="EUR"):
        plain('A,2025-01-01,"5,50"', "A,2025-01-01,€5", "A,2025-01-01,$5")


def test_a_person_can_say_that_all_amounts_are_in_one_currency() -> None:
    found = plain(*SIGNED, one_currency=True)
    assert found.totals.revenue == 300
    assert found.currencies == ()
    assert plain("A,2025-01-01,5", header="Amount (USD)", one_currency=True).currencies == ()


def test_one_currency_beside_the_figures_is_told_with_lines_that_name_none() -> None:
    found = plain("A,2025-01-01,$5", "A,2025-01-01,$7", "B,2025-01-01,1")
    assert found.currencies == (Share("$", 2, Decimal(12)), Share("", 1, Decimal(1)))
    assert "1 line without a currency, counted as $ (1.00 in all)." in {
        one.sentence for one in found.noticed
    }


@pytest.mark.parametrize(
    ("header", "revenue", "currency"),
    [
        ("Revenue (TEUR)", 6500, "EUR"),
        ("Umsatz (k€)", 6500, "EUR"),
        ("Amount (USD)", Decimal("6.5"), "USD"),
        ("Amount ($)", Decimal("6.5"), "$"),
        ("Revenue in millions", 6_500_000, None),
    ],
)
def test_a_header_tells_currency_and_thousands(
    header: str, revenue: int, currency: str | None
) -> None:
    found = plain("A,2025-01-01,5", "B,2025-01-01,1.5", header=header)
    assert found.totals.revenue == revenue
    assert found.currencies == ((Share(currency, 2, found.totals.revenue),) if currency else ())
    scaled = [note for note in found.notes if "we multiply by" in note]
    assert scaled == ([] if revenue < 10 else [scaled[0]])


def test_thousands_are_told_and_a_person_can_object() -> None:
    found = plain("A,2025-01-01,5", header="Revenue (TEUR)")
    assert found.notes == ("Column Revenue (TEUR) looks like thousands; we multiply by 1,000.",)
    said = plain("A,2025-01-01,5", header="Revenue (TEUR)", unscaled=("amount",))
    assert said.totals.revenue == 5
    assert said.notes == ()


def test_the_currency_of_a_header_is_converted_with_its_thousands() -> None:
    found = plain("A,2025-01-01,5", header="Amount (kUSD)", rates={"USD": 0.5})
    assert found.totals.revenue == 2500


def test_a_header_and_a_column_that_name_different_currencies_are_asked_about() -> None:
    text = "customer,date,Amount (EUR),currency\nA,2025-01-01,5,EUR\nA,2025-01-01,5,USD\n"
    given = choices("customer", "date", "Amount (EUR)", currency="currency")
    with pytest.raises(RatesNeeded, match=r"USD / EUR \(1 line.*Some lines name two currencies"):
        ledger(text, given)


def test_costs_in_another_currency_than_amounts_are_refused() -> None:
    columns = {"amount": "Amount (EUR)", "cost": "Cost (USD)"}
    with pytest.raises(
        Refused, match=r"Amount \(EUR\) is in EUR and column Cost \(USD\) is in USD"
    ):
        said_by_headers(columns, LedgerChoices())
    assert said_by_headers(columns, LedgerChoices(one_currency=True)) == Headers()


def test_thousands_of_pieces_at_a_price_make_thousands() -> None:
    columns = {"quantity": "Quantity (thousands)", "unit_price": "Price (k€)"}
    found = said_by_headers(columns, LedgerChoices())
    assert (found.currency, found.factors, len(found.notes)) == ("EUR", {"amount": 1_000_000}, 2)


def test_a_ledger_without_a_column_of_currencies_has_none() -> None:
    assert ledger("customer,date,amount\nA,2025-01-01,5\n").currencies == ()
