"""The capital that a customer ties up, from what is written down of it (method.md 9)."""

from kam.method.returns import Account, Figure, capital_employed, parts_differ
from kam.model import Customer, Economics

# What capital employed is made of, and whether it is taken off: fields of `kam.model.Economics`.
PARTS = {
    "receivables": "Receivables",
    "stock": "Stock held for it alone",
    "assets": "Assets used for it alone",
    "contract_assets": "Work done, not yet invoiced",
    "advances": "Paid in advance by it (taken off)",
    "payables": "Owed to suppliers for it (taken off)",
}


def capital(customer: Customer) -> Figure:
    """Capital employed, opened to its parts where they are known; its amount `None` unknown."""
    return capital_employed(tied_up(customer))


def tied_up(customer: Customer) -> Account:
    """An account that holds only what the customer ties up."""
    economics: Economics = customer.economics
    return Account(
        customer.id,
        receivables=economics.receivables,
        stock=economics.stock,
        assets=economics.assets,
        contract_assets=economics.contract_assets,
        advances=economics.advances,
        payables=economics.payables,
        capital=customer.profile.capital_employed,
    )


def parts_known(customer: Customer) -> int:
    """How many parts of its capital are written down."""
    return sum(getattr(customer.economics, name) is not None for name in PARTS)


def contradiction(customer: Customer, currency: str = "") -> str:
    """Where the parts add up to another capital than the one stated, a sentence; else empty."""
    account = tied_up(customer)
    more, counted = parts_differ(account), capital_employed(account).amount
    if more is None or counted is None or account.capital is None:
        return ""
    parts, whole = (
        f"{currency} {amount:,.0f}".strip().replace("-", "−")
        for amount in (counted, account.capital)
    )
    return (
        f"The parts add up to {parts}, and capital employed says {whole}: the parts count. "
        "Correct one of them."
    )
