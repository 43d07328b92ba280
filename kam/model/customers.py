"""Customers, their figures, and how those came in."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from kam.model.noun import Amount, Id, Name, Noun, Text

MAX_CUSTOMERS = 20_000  # reliability.md R28


class Favours(StrEnum):
    """Whether the customer would favour us as a key supplier."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Profile(Noun):
    """What we know of a customer beside its scores; `None` and "" mean unknown.

    Attributes:
        strategic_objectives: the customer's own objectives, to set beside ours.
        favours_known_by: how we know whether it would favour us.
        revenue: our sales to it, last twelve months, currency.
        available_spend: what it will spend on what we sell in the next three years, currency.
        margin_pct: our margin on it, % of revenue.
        cost_to_serve: selling, service and logistics, currency a year.
        capital_employed: receivables, stock and assets tied up for it, currency.
        own_revenue: what the customer itself earns in a year, currency; its size, not ours.
        parent: id or name of the group that it belongs to.
    """

    market_position: Text = ""
    growth_potential: Text = ""
    needs: Text = ""
    strategic_objectives: Text = ""
    favours_us: Favours = Favours.UNKNOWN
    favours_known_by: Literal["asked", "believed"] | None = None
    revenue: Amount | None = None
    own_revenue: Amount | None = None
    available_spend: Amount | None = None
    margin_pct: Annotated[float, Field(ge=-1e6, le=1e6)] | None = None
    cost_to_serve: Amount | None = None
    capital_employed: Amount | None = None
    owner: Text = ""
    industry: Text = ""
    country: Text = ""
    parent: Text = ""


class Economics(Noun):
    """What a customer takes and could bring; `None` is unknown.

    Attributes:
        hours: of our people on it now, a year.
        hours_needed: of our people a year, to win all of its gain.
        gain: contribution that it could add by the third year, currency a year.
        gain_probability_pct: how likely that gain is, %.
        added_capital: capital that the gain ties up beside today's, currency; negative frees it.
        one_off: investment that the gain takes once, currency.
        avoidable_pct: % of the cost to serve that goes away if the customer goes.
        avoidable_overhead: other cost that goes away with it, currency a year.
        contract_until: the day until which we are bound.
        receivables: what it owes us, currency; with the five below the parts of capital employed.
        stock: held for it alone, currency.
        assets: net assets used for it alone, currency.
        contract_assets: work done for it and not yet invoiced, currency.
        advances: what it has paid before delivery, currency; taken off.
        payables: what we owe suppliers for it, currency; taken off.
    """

    hours: Annotated[float, Field(ge=0, le=1e6)] | None = None
    hours_needed: Annotated[float, Field(ge=0, le=1e6)] | None = None
    gain: Amount | None = None
    gain_probability_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    added_capital: Amount | None = None
    one_off: Amount | None = None
    avoidable_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    avoidable_overhead: Amount | None = None
    contract_until: date | None = None
    receivables: Amount | None = None
    stock: Amount | None = None
    assets: Amount | None = None
    contract_assets: Amount | None = None
    advances: Amount | None = None
    payables: Amount | None = None


class Customer(Noun):
    """A customer: identity, profile, and numbers about it by fact key (see `FactKind`).

    Attributes:
        ids: other ids under which files know it -> the name that they give it.
    """

    id: Id
    name: Name
    profile: Profile = Profile()
    economics: Economics = Economics()
    facts: dict[Id, float] = {}
    ids: dict[Id, Text] = {}


class FactKind(Noun):
    """What a number about customers means: its name, unit and where it comes from.

    Attributes:
        origin: the file that it came from.
        period: the time that it covers, in words.
        coverage: for how much of the whole it is known, in words.
    """

    key: Id
    label: Name
    unit: Text = ""
    origin: Text = ""
    period: Text = ""
    coverage: Text = ""


class LedgerChoices(Noun):
    """How the lines of an order ledger are read and counted; part of the edit that uses them.

    Attributes:
        columns: our name of a column (customer, date, amount ...) -> its header.
        left_out: unusual lines that do not count. Without a word they do.
        blank_customers: lines that name no customer are left out, or are one customer "(blank)".
        no_customers: what stands where customers are named and is none, as a person has said.
        spellings: names that stand where others have ids, and differ only in case, punctuation or
            legal form, are one customer, or as many as they are written.
        only: header -> texts; a line counts only if its cell is one of them.
        rates: currency code -> what one unit of it is worth in the workshop's currency.
        unnamed: currency of the lines that name none, where others do; "left_out" does not count
            them, and "" is not said.
        currency_from: what tells the currency where both a line and the header of its amount name
            one; "" is not said.
        one_currency: amounts are added as they stand, whatever currencies lines or headers name.
        unscaled: our names of columns whose figures are not multiplied, though their headers
            speak of thousands or millions.
        outside: whether the thousands, millions or billions that stand above the column names or
            in a row of units hold for the amounts; "" is not said.
        day_first: whether 01/02/2025 is in February; `None` lets the file tell.
        year_first: whether 24-12-05 is in 2024; else the file tells.
        decimal_mark: of figures such as 1.234 that are two numbers; "" lets the file tell.
        end: last day of the twelve months; `None` is the last date in the ledger.
    """

    columns: dict[Id, Text] = {}
    left_out: tuple[Literal["negative", "zero", "cancellation", "copy"], ...] = ()
    blank_customers: Literal["left_out", "one_customer"] = "left_out"
    no_customers: tuple[Text, ...] = ()
    spellings: Literal["one_customer", "as_written"] = "one_customer"
    only: dict[Id, tuple[Text, ...]] = {}
    rates: dict[Id, Annotated[float, Field(gt=0, le=1e9)]] = {}
    unnamed: Text = ""
    currency_from: Literal["", "header", "lines"] = ""
    one_currency: bool = False
    unscaled: tuple[Id, ...] = ()
    outside: Literal["", "holds", "ignored"] = ""
    day_first: bool | None = None
    year_first: bool = False
    decimal_mark: Literal["", ".", ","] = ""
    end: date | None = None


class Writing(Noun):
    """How the figures or the days of a column are written, as a person has said.

    Attributes:
        decimal_mark: of figures such as 1.234 that are two numbers; "" is not said.
        factor: by what figures are multiplied: a scale, 100 for shares of one, or any other
            number; `None` is not said.
        day_first: whether 01/02/2025 is in February; `None` is not said.
        rates: other currency -> what one of it was worth in the workshop's; 1 where the amounts
            are in that already.
    """

    decimal_mark: Literal["", ".", ","] = ""
    factor: Annotated[float, Field(gt=0, le=1e15)] | None = None
    day_first: bool | None = None
    rates: dict[Id, Annotated[float, Field(gt=0, le=1e9)]] = {}


class Matching(Noun):
    """Where the columns of a file went, remembered for the next file with the same headers.

    Attributes:
        headers: of the file.
        goes_to: header -> key of the field that it went to.
        door: through which the file came; each door has its own fields, so each remembers for
            itself. "" is not known (stored before doors were kept), and used by none.
        written: header -> how its figures or days are written, as far as a person has said it.
        left_out: headers that a person does not want to be imported. A column that may be one of
            our fields, and is in neither, was never answered and is asked about again.
    """

    headers: tuple[Text, ...]
    goes_to: dict[Text, Id]
    door: Literal["", "customers", "scores", "ledger"] = ""
    written: dict[Text, Writing] = {}
    left_out: tuple[Text, ...] = ()


class Group(Noun):
    """A parent and its subsidiaries, judged as one customer.

    Attributes:
        id: the customer that stands for the group.
        members: the customers that are judged within it; its figures include theirs.
        made: the group's customer exists only for the group, and goes with it unless something
            of its own is known by then; not so any more once a file has brought it in.
    """

    id: Id
    members: tuple[Id, ...]
    made: bool = False


class Score(Noun):
    """A customer's raw level on a criterion, in the criterion's unit, with its evidence."""

    value: float
    note: Text = ""
