"""Their column names -> our fields, certain where the names agree and a guess where they resemble.

Names are compared without case, accents and punctuation, so "KUNDEN-NR." is "kundennr". The
wording comes from exports of Salesforce, HubSpot, Dynamics 365, QuickBooks and SAP, in English
and German.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

Kind = Literal["text", "number", "date", "yes_no"]

# Likeness (0-100, rapidfuzz ratio of folded names) from which a name is offered as a guess.
# Origin: "anual revenue" has 96 to "annual revenue", "order no" 75 to "owner no".
NEAR = 85.0

# A folded name shorter than this is like too many others to be guessed.
SHORTEST_GUESS = 4


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can go to.

    Attributes:
        key: how the code calls it.
        label: how the screen calls it.
        kind: what its cells hold.
        aliases: other names that mean it for certain.
        hints: names that may mean it, or something else: offered as a guess.
    """

    key: str
    label: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Match(NamedTuple):
    """Where a column goes: a target's key or None, and whether the names agree for certain."""

    target: str | None
    certain: bool


def folded(name: str) -> str:
    """The name in lower-case letters and digits only: "Kunden-Nr." and "KUNDENNR" are equal."""
    spelled = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return re.sub(r"[\W_]", "", "".join(ch for ch in spelled if not unicodedata.combining(ch)))


def match(headers: Iterable[str], targets: Sequence[Target]) -> dict[str, Match]:
    """For every header where it goes; each target goes to one header at most.

    Key, label and the order of the aliases rank certain matches; a guess is only made for
    targets that no header matches for certain. Of equal matches the first header wins.
    """
    names = list(headers)
    result = dict.fromkeys(names, Match(None, certain=False))
    for certain, candidates in ((True, _certain(names, targets)), (False, _near(names, targets))):
        for _, header, key in sorted(candidates, key=lambda candidate: candidate[0]):
            taken = {found.target for found in result.values()}
            if result[header].target is None and key not in taken:
                result[header] = Match(key, certain)
    return result


Candidate = tuple[float, str, str]


def _known_names(target: Target) -> list[str]:
    return [folded(name) for name in (target.label, target.key, *target.aliases)]


def _certain(headers: list[str], targets: Sequence[Target]) -> list[Candidate]:
    """Equal names as (place among the target's names, header, key): a lower place is better."""
    return [
        (float(known.index(folded(header))), header, target.key)
        for target in targets
        for known in [_known_names(target)]
        for header in headers
        if folded(header) in known
    ]


def _near(headers: list[str], targets: Sequence[Target]) -> list[Candidate]:
    """Similar names and hints as (minus the likeness, header, key): a lower number is better."""
    scored = [
        (-_likeness(folded(header), target), header, target)
        for header in headers
        if len(folded(header)) >= SHORTEST_GUESS
        for target in targets
    ]
    return [(score, header, target.key) for score, header, target in scored if -score >= NEAR]


def _likeness(name: str, target: Target) -> float:
    known = [*_known_names(target), *(folded(hint) for hint in target.hints)]
    return max(fuzz.ratio(name, one) for one in known)


def _target(key: str, label: str, kind: Kind, names: str, hints: str = "") -> Target:
    return Target(key, label, kind, _listed(names), _listed(hints))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name for name in names.split("|") if name)


CUSTOMER_TARGETS = (
    _target(
        "id",
        "Customer ID",
        "text",
        "Account ID|Record ID|Account Number|AccountNumber__c|Customer No|Customer Number|"
        "Customer Key|Customer Code|Account Key|Reseller Key|CustomerAccount|Company ID|Cust ID|"
        "Kundennummer|Kunden-Nr|KdNr|Kunden ID|Debitor|Debitorennummer|Debitor-Nr|KUNNR|Sold-to|"
        "Oracle_ID__c",
        hints="Customer Account Number|Nummer",
    ),
    _target(
        "name",
        "Customer",
        "text",
        "Name|Customer Name|Account Name|Company name|Company|Organisation|Organization|"
        "OrganizationName|Reseller Name|Display Name|Client|Client Name|Kunde|Kundenname|Firma|"
        "Firmenname|Name 1|NAME1|Unternehmen|Debitorenname|Geschäftspartner|Business Partner",
        hints="Account",
    ),
    _target(
        "owner",
        "Account owner",
        "text",
        "Owner|Company owner|Account Manager|Key Account Manager|KAM|Sales Rep|Salesperson|"
        "Responsible|Relationship Manager|Owner Name|OwnerID|Betreuer|Kundenbetreuer|Verkäufer|"
        "Vertriebsmitarbeiter|Zuständig|Verantwortlich|Sachbearbeiter|Employee Key",
    ),
    _target(
        "parent",
        "Parent company",
        "text",
        "Parent|Parent Account|Parent ID|Parent Account ID|Parent Customer|Parent Customer ID|"
        "Ultimate Parent|Group|Company Chain|Konzern|Konzernmutter|Muttergesellschaft|"
        "Muttergesellschaft ID|Übergeordneter Kunde|Hauptkunde",
    ),
    _target(
        "market_position",
        "Market position",
        "text",
        "Position in the market|Market share|Market rank|Competitive position|Marktposition|"
        "Marktstellung",
    ),
    _target(
        "growth_potential",
        "Growth potential",
        "text",
        "Potential|Growth|Growth outlook|Upside|Wachstumspotenzial|Wachstumspotential|Potenzial|"
        "Wachstum",
    ),
    _target(
        "needs",
        "Needs",
        "text",
        "Customer needs|Requirements|Pain points|Expectations|Bedürfnisse|Bedarf|Anforderungen",
    ),
    _target(
        "strategic_objectives",
        "Strategic objectives",
        "text",
        "Objectives|Goals|Customer goals|Customer strategy|Strategy|Priorities|Ziele|"
        "Strategische Ziele|Unternehmensziele",
    ),
    _target(
        "favours_us",
        "Would favour us as key supplier",
        "yes_no",
        "Favours us|Favors us|Would favour us|Would favor us as key supplier|Preferred supplier|"
        "Would prefer us|Bevorzugt uns|Würde uns bevorzugen|Vorzugslieferant",
    ),
    _target(
        "revenue",
        "Revenue with us",
        "number",
        "Revenue|Sales|Turnover|Net sales|Sales amount|Our revenue|Revenue last year|"
        "Revenue last 12 months|Current revenue|Net revenue|Umsatz|Nettoumsatz|Umsatz mit uns|"
        "Erlöse",
        # In a CRM these usually are the customer's own size, not what the customer buys from us.
        hints="Annual Revenue|Total Revenue|Jahresumsatz|Annual Sales",
    ),
    _target(
        "available_spend",
        "Available spend in three years",
        "number",
        "Available spend|Three-year spend|Three year spend|3-year spend|Spend in three years|"
        "Addressable spend|Wallet|Wallet size|Share of wallet potential|Einkaufsvolumen|"
        "Beschaffungsvolumen|Bedarfsvolumen",
    ),
    _target(
        "margin_pct",
        "Margin in %",
        "number",
        "Margin|Margin %|Margin pct|Gross margin|Gross margin %|Contribution margin|"
        "Contribution margin %|Profit margin|Marge|Marge %|Deckungsbeitrag %|DB %|Rohertrag %|"
        "Handelsspanne",
    ),
    _target(
        "cost_to_serve",
        "Cost to serve",
        "number",
        "Service cost|Servicing cost|Cost of service|CTS|Betreuungskosten|Servicekosten|"
        "Kosten der Betreuung|Bedienkosten",
    ),
    _target(
        "capital_employed",
        "Capital employed",
        "number",
        "Capital|Working capital|Tied-up capital|Capital tied up|Receivables and stock|"
        "Gebundenes Kapital|Kapitalbindung|Betriebskapital",
    ),
)

LEDGER_TARGETS = (
    _target(
        "customer",
        "Customer ID",
        "text",
        "Customer|Customer No|Customer Number|CustomerID|Customer Key|Account ID|Account|"
        "Account Number|Reseller Key|Customer Code|Cust ID|Sold-to party|Sold-to|Bill-to|Client|"
        "Client ID|Kunde|Kundennummer|Kunden-Nr|KdNr|Debitor|Debitor-Nr|KUNNR|KUNAG|Partner ID|"
        "Auftraggeber",
    ),
    _target(
        "name",
        "Customer name",
        "text",
        "Account name|Company|Company name|Reseller Name|Client name|Name|Kundenname|Firma|NAME1|"
        "Name 1|Debitorenname",
    ),
    _target(
        "date",
        "Date",
        "date",
        "Order date|Invoice date|Transaction date|Posting date|Document date|Billing date|"
        "Booking date|Close date|Datum|Rechnungsdatum|Belegdatum|Buchungsdatum|Auftragsdatum|"
        "Fakturadatum|FKDAT|BUDAT|BLDAT|AUDAT|Txn date",
        hints="Created at|Create date|Created date|ERDAT",
    ),
    _target(
        "amount",
        "Amount",
        "number",
        "Net amount|Sales amount|Net sales|Line total|Line amount|Extended amount|Net value|"
        "Invoice amount|Total amount|Revenue|Sales|Total|Betrag|Nettobetrag|Netto|Nettowert|"
        "Umsatz|Positionswert|Erlös|NETWR|Gross amount|DMBTR|WRBTR",
    ),
    _target(
        "quantity",
        "Quantity",
        "number",
        "Qty|Order quantity|Invoiced quantity|Units|Menge|Anzahl|Stück|Stückzahl|FKIMG|KWMENG",
    ),
    _target(
        "unit_price",
        "Unit price",
        "number",
        "Price|Price per unit|Net price|Sales price|Einzelpreis|Stückpreis|Preis|Nettopreis|NETPR",
    ),
    _target(
        "cost",
        "Cost",
        "number",
        "Total cost|Cost amount|Cost of sales|COGS|Cost of goods sold|Total product cost|"
        "Line cost|Kosten|Wareneinsatz|Herstellkosten|Selbstkosten|Einstandswert|WAVWR",
    ),
    _target(
        "order",
        "Order number",
        "text",
        "Order no|Order ID|Order|Sales order|Sales order number|Invoice no|Invoice number|"
        "Invoice|Document number|Document no|Doc number|Transaction ID|Auftragsnummer|"
        "Auftrags-Nr|Bestellnummer|Belegnummer|Beleg-Nr|Rechnungsnummer|Rechnungs-Nr|VBELN|AUBEL|"
        "BELNR",
    ),
    _target(
        "currency",
        "Currency",
        "text",
        "Currency code|Currency ID|Currency alternate key|Currency ISO code|Document currency|"
        "Währung|Währungscode|WAERK|WAERS",
    ),
)
