"""Our fields, and the names that other programs give them.

The names come from exports of Salesforce (reports, Data Loader, warehouse copies), HubSpot,
Dynamics 365 Sales and Finance, Zoho CRM, Pipedrive, NetSuite, QuickBooks and SAP (table fields,
S/4HANA, C4C, Business One), in English and German. Case, accents and punctuation do not matter:
"Account Owner", "ACCOUNT_OWNER" and "accountOwner" are one name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

Kind = Literal["text", "number", "date", "yes_no"]


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can go to.

    Attributes:
        key: how the code calls it.
        label: how the screen calls it.
        kind: what its cells hold.
        aliases: other names that mean it for certain; an earlier one is preferred.
        hints: names that may mean it, or something else: offered as a guess.
        broad: those of its names that mean it only where the rows are customers: "Name" in a
            list of opportunities is none of a customer.
        low, high: the range beyond which a number deserves a look; `None` where there is none.
        strict: a number beyond that range cannot be, and stays unknown.
        unit: in which its numbers are, where the label does not say it.
    """

    key: str
    label: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    strict: bool = False
    unit: str = ""


class _Scale(TypedDict, total=False):
    """The ends of a target's range."""

    low: float
    high: float


def _target(
    key: str, label: str, kind: Kind, names: str, *, hints: str = "", **scale: Unpack[_Scale]
) -> Target:
    aliases = _listed(names)
    return Target(key, label, kind, aliases, _listed(hints), _broad((key, *aliases)), **scale)


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("|") if name.strip())


# Names that every kind of record has.
EVERYWHERE = frozenset(
    {
        *("id", "name", "owner", "parent", "record id", "internal id", "external id"),
        *("entity id", "owner id", "owner name", "parent id", "nummer", "country", "industry"),
        "datensatz-id",
    }
)


def _broad(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.lower() in EVERYWHERE)


def _within(target: Target, low: float, high: float) -> Target:
    """The target, which takes no number beyond these ends."""
    return replace(target, low=low, high=high, strict=True)


# Keys of the fields, of customers and of order lines, that hold money.
MONEY = frozenset(
    {
        *("revenue", "own_revenue", "available_spend", "cost_to_serve", "capital_employed"),
        *("gain", "added_capital", "one_off", "avoidable_overhead", "receivables", "stock"),
        *("assets", "contract_assets", "advances", "payables"),
        *("amount", "unit_price", "cost", "serving"),
    }
)

# What a customer takes and could bring (`kam.model.Economics`).
ECONOMICS_TARGETS = (
    _within(
        _target(
            "hours",
            "Our hours on it a year",
            "number",
            "Hours a year | Hours per year | Account hours | Our hours | Present hours |"
            "Hours spent | Sales hours | Stunden pro Jahr | Betreuungsstunden |"
            "Unsere Stunden | Aufwand in Stunden",
            hints="Hours | Stunden | Time spent",
        ),
        0.0,
        1e6,
    ),
    _within(
        _target(
            "hours_needed",
            "Hours a year that winning the gain takes",
            "number",
            "Hours needed | Hours needed a year | Hours required | Hours to win the gain |"
            "Nötige Stunden | Benötigte Stunden | Erforderliche Stunden",
        ),
        0.0,
        1e6,
    ),
    _target(
        "gain",
        "Gain by the third year",
        "number",
        "Likely gain | Gain by year three | Incremental contribution |"
        "Additional contribution | Extra contribution | Contribution potential |"
        "Zusätzlicher Deckungsbeitrag | Mehrertrag | DB-Potenzial",
        # A column called as the key may be what was gained against last year.
        hints="Gain",
    ),
    _within(
        _target(
            "gain_probability_pct",
            "How likely the gain is in %",
            "number",
            "Gain probability % | Chance of the gain % | Probability of gain |"
            "Likelihood of gain | Gain likelihood % | Wahrscheinlichkeit des Mehrertrags",
            hints="Probability | Probability % | Chance | Wahrscheinlichkeit",
        ),
        0.0,
        100.0,
    ),
    _target(
        "added_capital",
        "Added capital",
        "number",
        "Additional capital | Incremental capital | Extra capital | Capital for the gain |"
        "Zusätzliches Kapital",
    ),
    _target(
        "one_off",
        "One-off investment",
        "number",
        "One off investment | One-time investment | Upfront investment | Einmalige Investition |"
        "Einmalinvestition",
    ),
    _within(
        _target(
            "avoidable_pct",
            "Avoidable part of the cost to serve in %",
            "number",
            "Avoidable share % | Avoidable cost % | Avoidable % | Avoidable share |"
            "Avoidable share of cost to serve | Vermeidbarer Anteil % | Abbaubare Kosten %",
        ),
        0.0,
        100.0,
    ),
    _target(
        "avoidable_overhead",
        "Avoidable overhead",
        "number",
        "Avoidable overheads | Overhead that ends | Abbaubare Gemeinkosten |"
        "Vermeidbare Gemeinkosten",
    ),
    _target(
        "contract_until",
        "We are bound until",
        "date",
        "Contract end | Contract end date | Contract until | Contract expiry | Contract expires |"
        "Contract expiration date | Contract valid until | Bound until | Vertragsende |"
        "Vertrag bis | Vertragslaufzeit bis | Laufzeitende",
        # It may be the day on which the contract was signed.
        hints="Contract date | Vertragsdatum",
    ),
    _target(
        "receivables",
        "Receivables",
        "number",
        "Accounts receivable | Trade receivables | Open receivables | Outstanding receivables |"
        "Open items | Forderungen | Offene Forderungen | Offene Posten",
        hints="Balance | Saldo",
    ),
    _target(
        "stock",
        "Stock held for it",
        "number",
        "Customer-specific stock | Customer stock | Dedicated stock | Consignment stock |"
        "Customer inventory | Kundenspezifischer Bestand | Konsignationslager | Kundenbestand",
        hints="Stock | Inventory | Bestand | Vorräte",
    ),
    _target(
        "assets",
        "Assets used for it",
        "number",
        "Customer-specific assets | Dedicated assets | Customer tooling | Kundenanlagen |"
        "Kundenspezifische Anlagen",
        # A column called as the key may be what the customer owns.
        hints="Assets | Net assets | Tooling",
    ),
    _target(
        "contract_assets",
        "Contract assets",
        "number",
        "Work in progress | Unbilled revenue | Unbilled receivables | Not yet invoiced |"
        "Vertragsvermögenswerte | Unfertige Leistungen",
        hints="WIP",
    ),
    _target(
        "advances",
        "Advances",
        "number",
        "Customer advances | Advance payments | Prepayments | Prepayments received |"
        "Contract liabilities | Anzahlungen | Erhaltene Anzahlungen",
    ),
    _target(
        "payables",
        "Payables for it",
        "number",
        "Attributable payables | Supplier payables | Payables to suppliers |"
        "Zurechenbare Verbindlichkeiten | Lieferantenverbindlichkeiten",
        hints="Payables | Verbindlichkeiten",
    ),
)

CUSTOMER_TARGETS = (
    _target(
        "id",
        "Customer ID",
        "text",
        "Account ID | Record ID | Account Number | Account No | AccountNumber__c | Customer No |"
        "Customer Number | Customer Key | Customer Code | Account Key | Account Code |"
        "Reseller Key | CustomerAccount | Company ID | Cust ID | Client ID | Organization ID |"
        # Pipedrive and NetSuite
        "Organization - ID | Internal ID | Entity ID |"
        # SAP: table fields, S/4HANA, C4C, Business One
        "KUNNR | Sold-to | Sold-to party | Partner ID |"
        "Business Partner Number | BP Number | Business Partner ID | CardCode | BP Code |"
        "Customer Internal ID |"
        # German
        "Kundennummer | Kunden-Nr | KdNr | Kunden ID | Debitor | Debitorennummer | Debitor-Nr |"
        "Debitorenkonto | Geschäftspartnernummer | GP-Nummer | Auftraggeber |"
        "Datensatz-ID |"
        "External ID | Oracle_ID__c",
        # In S/4HANA "Customer" and "Business Partner" are numbers, elsewhere they are names.
        # A partner may be one in sales; an account may be one at a bank.
        hints="Customer | Kunde | Business Partner | Geschäftspartner | Nummer | Party Number |"
        "PARTNER | Kontonummer",
    ),
    _target(
        "name",
        "Customer",
        "text",
        "Customer Name | Account Name | Company name | Name | Company | Organisation |"
        "Organization | OrganizationName | Organisation Name | Reseller Name | Client |"
        "Client Name | Customer Full Name | Full Customer Name | Legal Name | Legal Entity Name |"
        # Pipedrive, QuickBooks, NetSuite
        "Organization - Name | Display Name | DisplayName As | Fully Qualified Name |"
        "Customer Display Name | Customer Company Name | Customer:Project | Customer:Job |"
        # SAP: table fields, S/4HANA, C4C, Business One
        "NAME1 | Name 1 | NAME_ORG1 | OrganizationBPName1 | BusinessPartnerName |"
        "BusinessPartnerFullName | BusinessPartnerFormattedName | Customer Name 1 | CardName |"
        "BP Name | Sold-to Party Name | Name of Customer |"
        # German
        "Kunde | Kundenname | Firma | Firmenname | Firmenbezeichnung | Unternehmen |"
        "Unternehmensname | Name des Unternehmens | Debitorenname | Geschäftspartnername |"
        "Name des Auftraggebers | Kontoname | Accountname",
        hints="Account | Business Partner | Geschäftspartner | Name Alias | Kundenbezeichnung",
    ),
    _target(
        "owner",
        "Account owner",
        "text",
        "Account Owner Name | Owner | Owner Name | Owner Full Name | Company owner |"
        "Customer Owner | Account Manager | Key Account Manager | KAM | Sales Rep |"
        "Sales Rep Name |"
        "Salesperson | Sales Person | Sales Representative | Sales Executive | Sales Employee |"
        "Relationship Manager | Responsible | Responsible Employee | Employee Responsible |"
        "Rep | Assigned To | Assigned Rep |"
        # Salesforce API, HubSpot, Zoho, Pipedrive, Dynamics, SAP
        "Owner.Name | HubSpot Owner | Organization - Owner | Owner Formatted Name |"
        "Employee Responsible Name | Sales Employee Name | Custom Sales Rep | VRTNR |"
        # German
        "Betreuer | Kundenbetreuer | Kundenbetreuer/in | Verkäufer | Vertriebsmitarbeiter |"
        "Vertriebsbeauftragter | Außendienstmitarbeiter | Zuständig | Zuständiger Mitarbeiter |"
        "Verantwortlich | Verantwortlicher | Sachbearbeiter | Besitzer | Inhaber des Accounts |"
        "Accountinhaber | Account-Inhaber | Kontoinhaber |"
        "Für Unternehmen zuständiger Mitarbeiter | Zuständiger Mitarbeiter für Unternehmen |"
        # ids of a person: the last choice
        "OwnerID | Account Owner ID | HubSpot Owner ID | Sales Rep ID | Sales Rep No |"
        "Employee Key | Employee Responsible ID | Employee Responsible Number",
        # It may be who manages the customer.
        hints="Manager",
    ),
    _target(
        "parent",
        "Parent company",
        "text",
        "Parent | Parent Account | Parent Account Name | Parent Account.Name | Parent.Name |"
        "Parent Company Name | Parent Customer | Parent Customer Name | Parent Organization |"
        "Parent ID | Parent Account ID | Parent Account Number | Parent Customer ID |"
        "Parent Company ID | ParentRef | Parent Ref Value | Parent Full Name |"
        "Ultimate Parent | Ultimate Parent Account | Top Level Parent | Corporate Group |"
        "Associated Parent Company | Customer Group Company | Company Chain |"
        "Organization - Parent Organization | Related Organization | Head Office | Child of |"
        # SAP
        "KONZS | Group Key | Hierarchy Parent | Higher-level Customer | HKUNNR | FatherCard |"
        "Consolidating Business Partner |"
        # German
        "Konzern | Konzernmutter | Konzernschlüssel | Konzernzugehörigkeit | Muttergesellschaft |"
        "Muttergesellschaft ID | Mutterunternehmen | Übergeordneter Kunde |"
        "Übergeordneter Account | Übergeordnete Firma | Übergeordnetes Unternehmen | Hauptkunde",
        # It may be one of prices, or of a kind of customers.
        hints="Group | Group Name | Gruppe | Unternehmensgruppe | Firmengruppe",
    ),
    _target(
        "industry",
        "Industry",
        "text",
        "Account Industry | Industry Name | Primary Industry | Industry Sector | Sector |"
        "Industry Description | Organization - Industry | Industry Text | Industry Key |"
        "Industry Code | Line of Business | Line of Business ID | Vertical | Business Sector |"
        # SAP
        "BRSCH | BRTXT | Industrial Sector | Industrial Sector Code Text |"
        "Industrial Sector Code | Industry Sector Text | SIC Desc |"
        # German
        "Branche | Branchenbezeichnung | Branchenschlüssel | Wirtschaftszweig | Industriezweig",
        hints="Segment | Market segment | SIC | NAICS",
    ),
    _target(
        "country",
        "Country",
        "text",
        "Country/Region | Country or Region | Country Name | Billing Country |"
        "Billing Country/Region | Billing Country Name | Billing Address Country | Bill Country |"
        "Bill to Country | Address Country | Address 1: Country/Region | Address1_Country |"
        "Organization - Country of Address | Organization - Address - Country | HQ Country |"
        "Country/Region Name | Country Region Name | English Country Region Name |"
        "Headquarters Country | Company Country | Account Country | Main Address Country |"
        "Billing Country (text only) |"
        "Party Country | Address Country Region ID | Address Country Region ISO Code |"
        # codes, and SAP
        "Country Code | Billing Country Code | Country Key | Country/Region Key | LAND1 |"
        "Country Code Text | Country ISO Code | ISO Country |"
        # German
        "Land | Ländername | Land/Region | Länderschlüssel | Ländersch. | Länderkennzeichen |"
        "Rechnungsland | Land (Rechnungsanschrift) | Rechnungsanschrift Land |"
        "Adresse 1: Land/Region |"
        # where goods go: the last choice
        "Mailing Country | Shipping Country | Ship Country | Ship to Country | Lieferland |"
        "Shipping Country Code",
    ),
    _target(
        "market_position",
        "Market position",
        "text",
        "Position in the market | Market share | Market rank | Competitive position |"
        "Marktposition | Marktstellung",
    ),
    _target(
        "growth_potential",
        "Growth potential",
        "text",
        "Potential | Growth | Growth outlook | Upside | Wachstumspotenzial | Wachstumspotential |"
        "Potenzial | Wachstum",
    ),
    _target(
        "needs",
        "Needs",
        "text",
        "Customer needs | Requirements | Pain points | Expectations | Bedürfnisse | Bedarf |"
        "Anforderungen",
    ),
    _target(
        "strategic_objectives",
        "Strategic objectives",
        "text",
        "Customer goals | Customer strategy | Customer objectives | Customer priorities |"
        "Strategische Ziele | Unternehmensziele",
        # They may be ours for the customer.
        hints="Objectives | Goals | Strategy | Priorities | Ziele | Strategie",
    ),
    _target(
        "favours_us",
        "Would favour us as key supplier",
        "yes_no",
        "Favours us | Favors us | Would favour us | Would favor us as key supplier |"
        "Preferred supplier | Would prefer us | Bevorzugt uns | Würde uns bevorzugen |"
        "Vorzugslieferant",
    ),
    _target(
        "revenue",
        "Revenue with us",
        "number",
        "Our revenue | Our sales | Revenue last 12 months | Revenue | Sales | Turnover |"
        "Net sales | Sales amount | Current revenue | Net revenue | Sales last 12 months |"
        "Sales LTM |"
        "Revenue LTM | Umsatz | Nettoumsatz | Umsatz netto | Umsatz mit uns |"
        "Umsatz letzte 12 Monate | Erlöse",
        hints="Rev | Total Revenue | Gesamtumsatz | Total Sales",
    ),
    _target(
        "own_revenue",
        "Its own revenue",
        "number",
        # In a CRM these are the customer's own size, not what it buys from us.
        "Annual Revenue | Annual Revenue (converted) | Organization - Annual revenue |"
        "Account Annual Revenue | Company Revenue | Customer's revenue | Total Annual Revenue |"
        "Annual Turnover | Company Turnover | Annual Sales | Annual Revenue (Base) |"
        # SAP: annual sales of the customer
        "UMSAT | UMSA1 | Annual Sales Volume |"
        # German
        "Jahresumsatz | Jährlicher Umsatz | Umsatz des Kunden | Umsatz der Firma |"
        "Unternehmensumsatz | Firmenumsatz",
        hints="Revenue Range | Estimated Annual Revenue",
    ),
    _target(
        "available_spend",
        "Available spend in three years",
        "number",
        "Available spend | Three-year spend | Three year spend | 3-year spend |"
        "Spend in three years | Addressable spend | Wallet | Wallet size |"
        "Share of wallet potential | Einkaufsvolumen | Beschaffungsvolumen | Bedarfsvolumen",
    ),
    _target(
        "margin_pct",
        "Margin in %",
        "number",
        "Margin % | Margin pct | Gross margin % | Contribution margin % | Gross margin percent |"
        "Margin percent | Marge % | Deckungsbeitrag % | DB % | Rohertrag % | Profit margin |"
        "Handelsspanne",
        # Beyond these it is money, or a share of something else.
        low=-100.0,
        high=100.0,
    ),
    _target(
        "cost_to_serve",
        "Cost to serve",
        "number",
        "Service cost | Servicing cost | Cost of service | CTS | Betreuungskosten |"
        "Servicekosten | Kosten der Betreuung | Bedienkosten",
    ),
    _target(
        "capital_employed",
        "Capital employed",
        "number",
        "Working capital | Tied-up capital | Capital tied up | Receivables and stock |"
        "Gebundenes Kapital | Kapitalbindung | Betriebskapital",
        # It may be the customer's own.
        hints="Capital | Kapital",
    ),
    *ECONOMICS_TARGETS,
)

LEDGER_TARGETS = (
    _target(
        "customer",
        "Customer ID",
        "text",
        "Customer No | Customer Number | CustomerID | Customer Key | Account ID | Account Number |"
        "Customer Code | Customer Account | Reseller Key | Cust ID | Customer Ref |"
        "CustomerRef.value | Customer | Sold-to party | Sold-to | Bill-to | Invoice account |"
        "Client | Client ID | Organization - ID | Deal - Organization ID | Associated Company IDs |"
        # SAP
        "KUNNR | KUNAG | KUNRG | SoldToParty | Partner ID | CardCode | BP Code | BP Number |"
        # German
        "Kundennummer | Kunden-Nr | KdNr | Kunde | Debitor | Debitor-Nr | Debitorennummer |"
        "Debitorenkonto | Auftraggeber",
        # "Account" may be an account of the general ledger.
        hints="Account | Kontonummer",
    ),
    _target(
        "name",
        "Customer name",
        "text",
        "Account name | Customer full name | Company | Company name | Reseller Name |"
        "Client name | Organization name | Deal - Organization | Associated Company |"
        "CustomerRef.name | Potential Customer | Sold-to Party Name | Bill-to Name | CardName |"
        "Kundenname | Firma | NAME1 | Name 1 | Debitorenname | Name des Auftraggebers",
        # "Name" of an order or opportunity is its own.
        hints="Name | Entity",
    ),
    _target(
        "date",
        "Date",
        "date",
        "Invoice date | Posting date | Billing date | Transaction date | Order date |"
        "Document date | Booking date | Actual Close Date | Closing Date | Close date | Txn date |"
        "Date closed | Deal - Won time | Sales order date | Tran date | Billing document date |"
        "Datum | Rechnungsdatum | Belegdatum | Buchungsdatum | Fakturadatum | Auftragsdatum |"
        "FKDAT | BUDAT | BLDAT | AUDAT | DocDate",
        hints="Created at | Create date | Created date | ERDAT | Opportunity created on",
    ),
    _target(
        "amount",
        "Amount",
        "number",
        "Net amount | Amount (net) | Sales amount | Net sales | Line total | Line amount |"
        "Extended amount | Net value | Invoice amount | Total amount | Actual Revenue |"
        "Deal - Value | Revenue | Sales | Total | Total amt | Amount (converted) |"
        "Betrag | Nettobetrag | Netto | Nettowert | Nettoumsatz | Umsatz | Positionswert | Erlös |"
        "NETWR | Gross amount | Bruttobetrag | DMBTR | WRBTR | DocTotal",
        hints="Value | Est. Revenue | Wert",
    ),
    _target(
        "quantity",
        "Quantity",
        "number",
        "Qty | Order quantity | Invoiced quantity | Billed quantity | Units | Menge | Anzahl |"
        "Stück | Stückzahl | FKIMG | KWMENG",
    ),
    _target(
        "unit_price",
        "Unit price",
        "number",
        "Price per unit | Net price | Sales price | Price | Einzelpreis | Stückpreis | Nettopreis |"
        "Preis | NETPR",
    ),
    _target(
        "cost",
        "Cost",
        "number",
        "Total cost | Cost amount | Cost of sales | COGS | Cost of goods sold |"
        "Total product cost | Line cost | Kosten | Wareneinsatz | Herstellkosten | Selbstkosten |"
        "Einstandswert | WAVWR",
    ),
    _target(
        "serving",
        "Cost to serve",
        "number",
        "Service cost | Servicing cost | Cost of service | Serving cost | Betreuungskosten |"
        "Servicekosten | Kosten der Betreuung",
        hints="Freight cost | Shipping cost | Logistics cost | Frachtkosten | Versandkosten",
    ),
    _target(
        "order",
        "Order number",
        "text",
        "Order no | Order ID | Order | Sales order | Sales order number | Sales order ID |"
        "Invoice no | Invoice number | Invoice ID | Invoice | Document number | Document no |"
        "Doc number | DocNum | Billing document | Transaction ID | Transaction number | Tran ID |"
        "Opportunity ID | Deal - ID | Auftragsnummer | Auftrags-Nr | Bestellnummer |"
        "Belegnummer | Beleg-Nr | Rechnungsnummer | Rechnungs-Nr | VBELN | AUBEL | BELNR",
    ),
    _target(
        "currency",
        "Currency",
        "text",
        "Currency code | Currency ID | Currency alternate key | Currency ISO code |"
        "CurrencyRef.value | Curr. | Crcy | Cur | Currency key | Document currency |"
        "Doc. Currency | SD Document Currency | Transaction currency |"
        "Deal - Currency of Value |"
        "Währung | Währungscode | Währungsschlüssel | Belegwährung | WAERK | WAERS",
    ),
)
