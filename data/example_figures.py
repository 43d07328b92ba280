"""The customers of the example in each autumn: figures, scores in the criteria's units, evidence.

What the example says stands in `example_source.toml`.
"""

import tomllib
from pathlib import Path
from random import Random
from typing import Any, Literal

from kam.edits import FillScores
from kam.model import Customer, FactKind, Favours, Noun, Profile, Score
from kam.validated import changed

HERE = Path(__file__).resolve().parent
SOURCE: dict[str, Any] = tomllib.loads((HERE / "example_source.toml").read_text("utf-8"))
THIS_YEAR = 2026
THOUSAND = 1_000
OPERATING_PROFIT: float = SOURCE["company"]["operating_profit"]  # thousands of EUR a year
USUAL_NET_MARGIN = 18  # % of revenue; stands in for prospects, whose own margin is unknown
SECTORS = {name: sector for sector, names in SOURCE["sectors"].items() for name in names}

JOINT = (
    "data exchange",
    "shared forecast",
    "joint review of figures",
    "named sponsors on both sides",
    "joint plan",
)
FACTS = (
    FactKind(
        key="awareness",
        label="Articles in the press",
        unit="a month",
        origin="clippings of the two regional newspapers",
        period="12 months to September",
    ),
    *(
        FactKind(
            key=key, label=label, unit=unit, origin="service desk", period="12 months to September"
        )
        for key, label, unit in (
            ("escalations", "Escalations", "escalations"),
            ("tickets", "Tickets", "tickets"),
            ("special_terms", "Special terms", "agreements"),
            ("unplanned_hours", "Unplanned hours", "hours"),
        )
    ),
    FactKind(key="tenure_years", label="Years as a customer", unit="years", origin="ledger"),
    FactKind(key="credit_score", label="Credit score", unit="points", origin="credit agency"),
    FactKind(key="net_margin_pct", label="Net margin", unit="% of revenue", origin="finance"),
    FactKind(key="share_of_wallet_pct", label="Share of wallet", unit="%", origin="sales"),
)

# What a customer of the usual loudness demands a year for each 100,000 EUR of contribution;
# invented, so that the largest bring some hundred tickets.
DEMANDS = {"escalations": 0.7, "tickets": 5.6, "special_terms": 0.3, "unplanned_hours": 11.2}
QUIETEST = 1.4  # standard deviations below the usual, where nothing would be demanded


class Row(Noun):
    """One customer in one year; amounts in thousands of EUR, shares in percent.

    Attributes:
        spend: a year, from any supplier, on what we sell; `growth` is its yearly change.
        reach: the share of that spend that we can have in three years.
        met: roles of the buying centre that we talk to, of `roles`.
        joint: how many of `JOINT` are in place.
        since: the first year in which the workshop knew it.
    """

    id: str
    name: str
    owner: str
    parent: str = ""
    market_position: str
    growth_potential: str
    needs: str
    strategic_objectives: str
    favours_us: Favours
    favours_known_by: Literal["asked", "believed"] | None = None
    revenue: float
    spend: float
    growth: float | None = None
    reach: float | None = None
    net: float | None = None
    margin: float | None = None
    capital: float | None = None
    nonprice: float | None = None
    gap: float | None = None
    met: int
    roles: int
    joint: int
    credit: int
    demand: float
    press: int
    years: int
    since: int

    @property
    def share(self) -> float:
        """Share of wallet, whole % of their spend."""
        return round(100 * self.revenue / self.spend)

    @property
    def potential(self) -> float | None:
        """Extra yearly contribution by year 3, % of our operating profit."""
        if self.growth is None or self.reach is None:
            return None
        then = self.spend * (1 + self.growth / 100) ** 3
        extra = then * self.reach / 100 - self.revenue
        net = USUAL_NET_MARGIN if self.net is None else self.net
        return max(0.0, round(extra * net / OPERATING_PROFIT, 2))

    @property
    def three_years(self) -> float | None:
        """What it will spend in the next three years, thousands of EUR."""
        if self.growth is None:
            return None
        rate = 1 + self.growth / 100
        return round(self.spend * (rate + rate**2 + rate**3), -1)

    @property
    def demands(self) -> dict[str, float]:
        """What the service desk counted, by fact; nothing where it brings nothing."""
        if self.net is None:
            return {}
        usual = self.revenue * self.net / 100 / 100  # contribution, hundreds of thousands of EUR
        loud = 1 + self.demand / QUIETEST
        return {key: float(round(rate * usual * loud)) for key, rate in DEMANDS.items()}

    @property
    def on_time(self) -> float:
        """Deliveries on time and in full, %: asked for in 2024 only."""
        return round(84 + 14 * Random(self.id).random(), 1)  # noqa: S311 - invented figures

    @property
    def levels(self) -> dict[str, float | None]:
        """Raw level by criterion; `None` unknown."""
        return {
            "A02": self.potential,
            "A03": self.growth,
            "A04": self.net,
            "A10": self.credit,
            "A13": self.nonprice,
            "S01": self.share,
            "S03": self.gap,
            "S04": self.on_time,
            "S06": round(100 * self.met / self.roles),
            "S11": self.joint,
        }


ROWS = tuple(Row(**row) for row in SOURCE["customer"])


def earlier(row: Row, year: int) -> Row:
    """`row` as it was in an earlier year: a small drift, and what the source says differs."""
    back = THIS_YEAR - year
    rng = Random(f"{row.id} {year}")  # noqa: S311 - invented figures

    def drift(most: float) -> float:
        return (2 * rng.random() - 1) * most * back

    figures = {
        "revenue": round(row.revenue * (1 + drift(0.05)), -1),
        "spend": round(row.spend * (1 - 0.02 * back), -1),
        "growth": _shifted(row.growth, drift(1), 0.5),
        "reach": _shifted(row.reach, drift(2), 1),
        "net": _shifted(row.net, drift(1), 1),
        "nonprice": _shifted(row.nonprice, drift(4), 5),
        "gap": _shifted(row.gap, drift(0.25), 0.1),
        "met": max(1, row.met - round(rng.random() * back)),
        "joint": max(0, row.joint - round(rng.random() * back * 0.6)),
        "credit": min(95, max(30, row.credit + round(drift(4)))),
        "years": max(0, row.years - back),
        **SOURCE["before"].get(row.id, {}),
    }
    return changed(row, **figures)


def _shifted(level: float | None, by: float, step: float) -> float | None:
    """A known level moved and rounded to a step; unknown stays unknown."""
    return None if level is None else round(round((level + by) / step) * step, 2)


def rows_of(year: int) -> tuple[Row, ...]:
    """The customers that the workshop knew in a year, with that year's figures."""
    known = [row for row in ROWS if row.since <= year]
    return tuple(known if year == THIS_YEAR else [earlier(row, year) for row in known])


def customer(row: Row) -> Customer:
    """The customer of a row, with profile and facts."""
    facts: dict[str, float | None] = {
        "awareness": row.press,
        "tenure_years": row.years,
        "credit_score": row.credit,
        "net_margin_pct": row.net,
        "share_of_wallet_pct": row.share,
    }
    known = {key: float(fact) for key, fact in facts.items() if fact is not None}
    return Customer(id=row.id, name=row.name, profile=profile(row), facts={**known, **row.demands})


def profile(row: Row) -> Profile:
    """The profile of a row, in EUR; what it costs to serve is what margin and net margin leave."""
    serving = None
    if row.margin is not None and row.net is not None:
        serving = row.revenue * (row.margin - row.net) / 100
    return Profile(
        market_position=row.market_position,
        growth_potential=row.growth_potential,
        needs=row.needs,
        strategic_objectives=row.strategic_objectives,
        favours_us=row.favours_us,
        favours_known_by=row.favours_known_by,
        revenue=row.revenue * THOUSAND,
        available_spend=_euros(row.three_years),
        margin_pct=row.margin,
        cost_to_serve=_euros(serving),
        capital_employed=_euros(row.capital),
        owner=row.owner,
        industry=SECTORS[row.name],
        parent=row.parent,
    )


def _euros(thousands: float | None) -> float | None:
    """An amount in whole EUR; unknown stays unknown."""
    return None if thousands is None else round(thousands * THOUSAND, 0)


def not_asked_yet(row: Row) -> Row:
    """`row` before anybody asked whether the customer would favour us."""
    return changed(row, favours_us=Favours.UNKNOWN, favours_known_by=None)


def believed_only(row: Row) -> Row:
    """`row` as long as we only believe to know whether the customer would favour us."""
    return changed(row, favours_known_by="believed") if row.favours_known_by else row


def evidence(row: Row, year: int) -> dict[str, str]:
    """Where each level of a row comes from, by criterion."""
    place = [other.id for other in ROWS].index(row.id)
    growth = (
        f"Customer's own forecast, September {year}",
        f"Sector forecast, second half of {year}",
        f"Customer's investment plan for {year + 1}",
    )
    tenders = (
        f"Mean of two tenders, {year - 1} and {year}",
        f"Mean of three tenders, {year - 2} to {year}",
        f"One tender, {year}; no other in three years",
    )
    gap = (
        f"Customer's supplier scorecard, second quarter of {year}",
        f"Interviews with four buyers, June {year}",
        f"Interviews with two buyers and a plant manager, May {year}",
    )
    return {
        "A02": f"{row.reach or 0:g} % of their spend by {year + 3}; account plan, October {year}",
        "A03": growth[place % 3],
        "A04": f"Activity costing, 12 months to September {year}",
        "A10": f"Credit agency, September {year}",
        "A13": tenders[place // 2 % 3],
        "S01": f"EUR {row.revenue / THOUSAND:.1f} of {row.spend / THOUSAND:.1f} million, {year}",
        "S03": gap[place // 3 % 3],
        "S04": f"Delivery notes against wished dates, 12 months to September {year}",
        "S06": f"{row.met} of {row.roles} roles, contact map of October {year}",
        "S11": ", ".join(JOINT[: row.joint]).capitalize() or "None of the five",
    }


def scores(rows: tuple[Row, ...], criteria: tuple[str, ...], year: int) -> FillScores:
    """All known levels as one edit; one note in eleven is still missing."""
    filled: dict[str, dict[str, Score]] = {key: {} for key in criteria}
    for place, row in enumerate(rows):
        notes, levels = evidence(row, year), row.levels
        for number, key in enumerate(criteria):
            level = levels[key]
            if level is not None:
                bare = (3 * place + number) % 11 == 0
                filled[key][row.id] = Score(value=level, note="" if bare else notes[key])
    return FillScores(scores=filled, origin=f"figures of {year}")


def before_corrections(edit: FillScores) -> FillScores:
    """The same scores as they stood before somebody asked again."""
    filled = {key: dict(given) for key, given in edit.scores.items()}
    for late in SOURCE["correction"]:
        first = Score(value=late["first"], note="Estimate, October 2026")
        filled[late["criterion"]][late["customer"]] = first
    return changed(edit, scores=filled)
