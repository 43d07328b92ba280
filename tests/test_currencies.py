"""Several currencies are refused until each has a rate; then money is converted exactly."""

from decimal import Decimal

import pytest

from kam.errors import Refused
from kam.intake.orders.currencies import (
    RatesNeeded,
    Share,
    TwoCurrencies,
    asked_of_one,
    code_of,
    rates_for,
)
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
    with pytest.raises(RatesNeeded, match="one unit of EUR is worth") as told:
        mixed(EUR, USD, rates={"USD": 0.9})
    assert told.value.lacking == ("EUR",)
    with pytest.raises(RatesNeeded, match="one unit of each is worth"):
        mixed(EUR, USD, rates={})


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


def test_lines_without_a_currency_are_left_out_where_a_person_says_so() -> None:
    given = {"EUR": 1, "USD": 2}
    found = mixed(EUR, USD, "A,2025-01-03,7.00,1.00,", rates=given, unnamed="left_out")
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


def test_the_currency_of_a_header_is_converted_with_its_thousands() -> None:
    found = plain("A,2025-01-01,5", header="Amount (kUSD)", rates={"USD": 0.5})
    assert found.totals.revenue == 2500


BOTH = "customer,date,Amount (EUR),currency\nA,2025-01-01,5,EUR\nA,2025-01-01,7,USD\n"


def both(**more: object) -> Ledger:
    return ledger(BOTH, choices("customer", "date", "Amount (EUR)", currency="currency", **more))


def test_a_line_in_two_currencies_is_asked_about_and_no_rate_is_for_both() -> None:
    with pytest.raises(TwoCurrencies, match=r"USD / EUR \(1 line, 7\.00\)"):
        both()
    with pytest.raises(TwoCurrencies):
        both(rates={"EUR": 1, "USD": 2, "USD / EUR": 3})


def test_a_person_says_whether_header_or_lines_tell_the_currency() -> None:
    by_header = both(currency_from="header")
    assert (by_header.totals.revenue, by_header.currencies) == (
        Decimal(12),
        (Share("EUR", 2, Decimal(12)),),
    )
    with pytest.raises(RatesNeeded) as needed:
        both(currency_from="lines")
    assert needed.value.lacking == ("EUR", "USD")
    assert both(currency_from="lines", rates={"EUR": 1, "USD": 2}).totals.revenue == 19


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("EUR", ""),
        ("XYZ", ""),
        ("$", ""),
        ("€", "EUR"),
        ("EURO", "EUR"),
        ("US$", "USD"),
        ("SFR.", "CHF"),
        ("€ / EUR", "EUR"),
        ("DOLLAR / USD", "USD"),
        ("EURO / USD", "EUR / USD"),
        ("EUR/USD", ""),
        ("EUR / USD", ""),
    ],
)
def test_a_currency_is_known_by_its_sign_and_its_name(called: str, code: str) -> None:
    assert code_of(called) == code


@pytest.mark.parametrize("called", ["€", "Euro", "eur"])
def test_signs_and_codes_of_one_currency_are_one_currency(called: str) -> None:
    found = mixed(EUR, EUR.replace("EUR", called))
    assert found.currencies == (Share("EUR", 2, Decimal(10)),)
    told = [note for note in found.notes if note.endswith("is read as EUR.")]
    assert len(told) == (called != "eur")


def test_a_sign_in_the_column_has_the_rate_of_its_code() -> None:
    found = mixed(USD, EUR.replace("EUR", "€"), rates={"EUR": 1, "USD": 0.5})
    assert found.totals.revenue == 10


@pytest.mark.parametrize("choice", [{"one_currency": True}, {"one_currency": True, "rates": {}}])
def test_a_column_of_currencies_says_nothing_where_all_is_one_currency(
    choice: dict[str, object],
) -> None:
    found = mixed(EUR, USD, **choice)
    assert (found.totals.revenue, found.currencies) == (Decimal(15), ())
    assert found.notes == (
        "All amounts are in one currency, as was said; column currency is not used.",
    )


UNNAMED = "A,2025-01-03,7.00,1.00,"


def test_lines_without_a_currency_are_asked_about_where_others_are_converted() -> None:
    with pytest.raises(RatesNeeded, match=r"1 line \(7\.00\) names no currency\. Say") as needed:
        mixed(USD, UNNAMED, rates={"USD": 0.5})
    assert (needed.value.lacking, needed.value.unnamed) == ((), Share("", 1, Decimal(7)))
    with pytest.raises(RatesNeeded, match="names no currency") as needed:
        mixed(EUR, USD, UNNAMED)
    assert needed.value.unnamed is not None


def test_a_person_says_in_what_lines_are_that_name_no_currency() -> None:
    said = mixed(USD, UNNAMED, unnamed="eur", rates={"USD": 0.5, "EUR": 1})
    assert (said.totals.revenue, said.left_out) == (Decimal(12), ())
    with pytest.raises(RatesNeeded) as needed:
        mixed(USD, UNNAMED, unnamed="EUR", rates={"USD": 0.5})
    assert needed.value.lacking == ("EUR",)
    assert mixed(USD, UNNAMED, unnamed="USD").currencies == (Share("USD", 2, Decimal(17)),)


def test_a_few_marked_lines_do_not_claim_the_others() -> None:
    found = mixed(USD, UNNAMED, UNNAMED)
    question = asked_of_one(found.currencies, "EUR", LedgerChoices())
    assert question is not None
    assert (question.lacking, question.unnamed) == (("USD",), Share("", 2, Decimal(14)))
    assert "1 line (10.00) is in USD, and this workshop counts in EUR" in str(question)
    assert "2 lines (14.00) name no currency" in str(question)


@pytest.mark.parametrize(
    ("own", "said"),
    [("USD", {}), ("EUR", {"one_currency": True}), ("EUR", {"rates": {"USD": 2}})],
)
def test_a_ledger_in_one_currency_that_is_settled_asks_nothing(
    own: str, said: dict[str, object]
) -> None:
    shares = mixed(USD).currencies
    assert asked_of_one(shares, own, LedgerChoices.model_validate(said)) is None
    assert asked_of_one(shares, "EUR", LedgerChoices()) is not None
    assert asked_of_one((), "EUR", LedgerChoices()) is None


def test_a_ledger_without_a_column_of_currencies_has_none() -> None:
    assert ledger("customer,date,amount\nA,2025-01-01,5\n").currencies == ()
