"""Writes `example.json`: three autumns of an invented company, as the log of typed edits.

    python data/make_example.py

What the example says stands in `example_source.toml`; this script takes the minutes. It writes the
same bytes every time.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from data import example_answers as said
from data.example_economics import POLICY, economics
from data.example_figures import (
    DEMANDS,
    FACTS,
    HERE,
    ROWS,
    SOURCE,
    THIS_YEAR,
    Row,
    before_corrections,
    believed_only,
    customer,
    not_asked_yet,
    profile,
    rows_of,
    scores,
)
from data.example_minutes import NAMES, Minutes
from kam.catalogue import GOOD_SET, criterion, objective, serves
from kam.edits import (
    BringIn,
    ChangeProfile,
    ChooseTrapFigures,
    ConfirmClass,
    JudgeGate,
    MarkBest,
    MoveLine,
    OpenGutLists,
    OverrideClass,
    PutCriterion,
    PutGate,
    PutMember,
    PutObjective,
    RemoveCriterion,
    SavePlans,
    ScoreCustomer,
    SetCapacity,
    SetHoursPolicy,
    SetPoints,
    StartWorkshop,
)
from kam.history import History
from kam.method.assessment import assess
from kam.method.weights import group, points_of_100
from kam.model import (
    Action,
    Capacity,
    Criterion,
    Gate,
    Member,
    Objective,
    Plan,
    TrapFigures,
    Workshop,
)
from kam.store.exchange import export_workshop
from kam.validated import changed

EXPORTED = "2026-11-20T16:00:00Z"  # fixed, so that the file is the same every time

IN_2024 = ("A02", "A04", "A10", "S01", "S04", "S06")
POINTS_2024 = (30, 20, 10, 20, 10, 10)
POINTS_2025 = (25, 15, 15, 5, 15, 10, 5, 10)  # of GOOD_SET
FIRST_OBJECTIVES = ("O1", "O2", "O4")


def tied(key: str, objectives: tuple[str, ...]) -> Criterion:
    """The catalogue's criterion, tied to those of the objectives that it serves."""
    return changed(
        criterion(key), objectives=tuple(aim for aim in objectives if key in serves(aim))
    )


def _judged(known: Criterion) -> Criterion:
    """The criterion without a column of figures where members judge it."""
    return changed(known, column="") if known.id in said.JUDGED else known


def autumn_2024(minutes: Minutes) -> None:
    """The first selection: six criteria, ten places, mostly what the ledger knew."""
    company, rows = SOURCE["company"], rows_of(2024)
    minutes.open(date(2024, 10, 7))
    minutes.write(
        "elena",
        StartWorkshop(
            name=company["workshop"], company=company["name"], currency="EUR", example=True
        ),
        *(PutObjective(objective=objective(key)) for key in FIRST_OBJECTIVES),
        *(PutCriterion(criterion=tied(key, FIRST_OBJECTIVES)) for key in IN_2024),
        SetCapacity(capacity=Capacity(mode="places", places=10)),
    )
    minutes.write("ruth", _bring_in(tuple(not_asked_yet(row) for row in rows), 2024))
    minutes.write("ruth", scores(rows, IN_2024, 2024))
    minutes.open(date(2024, 10, 22))
    minutes.write("elena", SetPoints(points=dict(zip(IN_2024, POINTS_2024, strict=True))))
    minutes.mark("Autumn 2024 selection", date(2024, 10, 22), "First selection, by six criteria")


def autumn_2025(minutes: Minutes) -> None:
    """The second selection: eight criteria in place of the six, and credit becomes a gate."""
    rows = tuple(believed_only(row) for row in rows_of(2025))
    minutes.open(date(2025, 10, 6))
    minutes.write(
        "elena",
        *(RemoveCriterion(criterion=key) for key in IN_2024),
        *(PutCriterion(criterion=tied(key, FIRST_OBJECTIVES)) for key in GOOD_SET),
        PutGate(gate=Gate(id=SOURCE["gate"]["id"], name=SOURCE["gate"]["name"])),
        MoveLine(line="attractiveness", value=5.5),
    )
    minutes.write("ivo", _bring_in(rows, 2025), scores(rows, GOOD_SET, 2025))
    minutes.open(date(2025, 10, 21))
    minutes.write(
        "elena",
        SetPoints(points=dict(zip(GOOD_SET, POINTS_2025, strict=True))),
        SetCapacity(capacity=changed(Capacity(**SOURCE["capacity"]), people=4)),
    )
    minutes.open(date(2025, 11, 4))
    for entry in SOURCE["earlier_plan"]:
        _save_plan(minutes, entry)
    minutes.mark("Autumn 2025 selection", date(2025, 11, 4), "Eight criteria, customers asked")


def preparation(minutes: Minutes) -> None:
    """October 2026: objectives with targets, criteria tied to them, members, fresh figures."""
    aims = tuple(entry["key"] for entry in SOURCE["objective"])
    minutes.open(date(2026, 10, 5))
    minutes.write("elena", *(PutObjective(objective=_aim(entry)) for entry in SOURCE["objective"]))
    minutes.write("elena", *(PutCriterion(criterion=_judged(tied(key, aims))) for key in GOOD_SET))
    minutes.write("elena", *(PutMember(member=_member(entry)) for entry in SOURCE["member"]))
    minutes.write(
        "elena",
        MoveLine(line="attractiveness", value=5.0),
        SetCapacity(capacity=Capacity(**SOURCE["capacity"])),
    )


def first_answers(minutes: Minutes) -> None:
    """6 October 2026: what comes to mind, before anybody has seen a list or a score."""
    minutes.open(date(2026, 10, 6))
    minutes.hear(said.recalls())
    minutes.hear(said.gut_lists())
    minutes.write("elena", MarkBest(customers=SOURCE["best"]["customers"]))
    minutes.hear(said.ties())


def figures(minutes: Minutes) -> None:
    """20 October 2026: fresh figures, and which of them show fame and noise."""
    rows = rows_of(THIS_YEAR)
    minutes.open(date(2026, 10, 20))
    known = tuple(not_asked_yet(row) if row.id in SOURCE["asked"] else row for row in rows)
    minutes.write("ruth", _bring_in(known, THIS_YEAR))
    minutes.write("ruth", before_corrections(scores(rows, GOOD_SET, THIS_YEAR)))
    minutes.write("ruth", SetHoursPolicy(policy=POLICY))
    loud = TrapFigures(awareness="awareness", demands=tuple(DEMANDS))
    minutes.write("ruth", ChooseTrapFigures(figures=loud))


def judging(minutes: Minutes) -> None:
    """27 and 28 October 2026: votes on the judged scores, some of which count; the years ahead."""
    minutes.open(date(2026, 10, 27))
    minutes.hear(said.interests())
    minutes.hear(said.votes(minutes.history.workshop.criteria))
    minutes.hear(said.counted())
    minutes.open(date(2026, 10, 28))
    minutes.hear(said.forecasts())


def weighting(minutes: Minutes) -> None:
    """3 November 2026: two rounds of private ballots, then the mean as the agreed points."""
    for number, hour in ((1, 9), (2, 11)):
        minutes.open(date(2026, 11, 3), hour)
        minutes.hear(said.ballots(number, minutes.history.workshop.criteria))
    agreed = points_of_100(group([entry["round_2"] for entry in SOURCE["member"]]).tolist())
    minutes.write("elena", SetPoints(points=dict(zip(GOOD_SET, agreed, strict=True))))
    minutes.write("joris", SetPoints(points={"A03": agreed[1] + 8.0}))
    minutes.undo("elena")


def findings(minutes: Minutes) -> None:
    """4 to 10 November 2026: customers are asked, and figures put right."""
    rows = {row.id: row for row in rows_of(THIS_YEAR)}
    minutes.open(date(2026, 11, 5))
    for key, actor in SOURCE["asked"].items():
        minutes.write(actor, ChangeProfile(customer=key, profile=profile(rows[key])))
    minutes.open(date(2026, 11, 10))
    for late in SOURCE["correction"]:
        minutes.write(late["actor"], _correction(late, rows[late["customer"]]))
    minutes.undo(SOURCE["correction"][-1]["actor"])
    minutes.redo(SOURCE["correction"][-1]["actor"])


def decision(minutes: Minutes) -> None:
    """17 November 2026: a line is tried, the gate judged, one class overridden, plans saved."""
    gate, override = SOURCE["gate"], SOURCE["override"]
    minutes.open(date(2026, 11, 17), 13)
    minutes.write("stefan", MoveLine(line="strategic", value=7.5))
    minutes.undo("stefan")
    minutes.write("elena", OpenGutLists())
    minutes.write(
        "ruth",
        JudgeGate(customer=gate["fails"], gate=gate["id"], fails=True, why=gate["why"]),
    )
    minutes.write("elena", OverrideClass(**override))
    minutes.hear(_confirmed(minutes.history.workshop))
    minutes.hear(said.scenarios(minutes.history.workshop, minutes.history.revision))
    for entry in SOURCE["plan"]:
        _save_plan(minutes, entry)


def _confirmed(workshop: Workshop) -> Iterator[tuple[str, ConfirmClass]]:
    """Who agreed with the class that the rule gives, case by case."""
    standings = assess(workshop).standings
    actors = {name: key for key, name in NAMES.items()}
    for entry in SOURCE["confirmed"]:
        klass = standings[entry["customer"]].klass
        yield actors[entry["by"]], ConfirmClass.model_validate({**entry, "klass": klass})


def _save_plan(minutes: Minutes, entry: Mapping[str, Any]) -> None:
    """Write a customer's plan, as its owner does."""
    key = entry["customer"]
    minutes.write(_writer(key), SavePlans(plans={key: _plan(entry)}))


def _writer(key: str) -> str:
    """Who writes a customer's plan: its owner."""
    return next(row.owner for row in ROWS if row.id == key)


def _bring_in(rows: tuple[Row, ...], year: int) -> BringIn:
    """The customers of a year as one step."""
    customers = {row.id: customer(row) for row in rows}
    if year == THIS_YEAR:  # nobody asked for hours and gains before
        customers = {row.id: changed(customers[row.id], economics=economics(row)) for row in rows}
    return BringIn(
        origin=f"customers-{year}.xlsx",
        customers=customers,
        fact_kinds={kind.key: kind for kind in FACTS},
    )


def _aim(entry: Mapping[str, Any]) -> Objective:
    """The catalogue's objective with the company's own statement, baseline, target and year."""
    own = {key: value for key, value in entry.items() if key != "key"}
    return changed(objective(entry["key"]), **own)


def _member(entry: Mapping[str, Any]) -> Member:
    return Member(id=entry["id"], name=entry["name"], department=entry["department"])


def _correction(late: Mapping[str, str], row: Row) -> ScoreCustomer:
    """The level that replaces an estimate."""
    return ScoreCustomer(
        customer=row.id,
        criterion=late["criterion"],
        value=row.levels[late["criterion"]],
        note=late["note"],
    )


def _plan(entry: Mapping[str, Any]) -> Plan:
    """A plan; it belongs to the customer's owner unless the source says otherwise."""
    owner = entry.get("owner", _writer(entry["customer"]))
    actions = tuple(_action(owner, given) for given in entry["actions"])
    return Plan.model_validate({**entry, "owner": owner, "actions": actions})


def _action(owner: str, given: Sequence[Any]) -> Action:
    """A step or a milestone; whether it was met, and what shows it, where somebody has said so."""
    text, due, done, evidence = (*given, None, "")[:4]
    return Action(text=text, owner=owner, due=due, done=done, evidence=evidence)


CHAPTERS = (
    autumn_2024,
    autumn_2025,
    preparation,
    first_answers,
    figures,
    judging,
    weighting,
    findings,
    decision,
)


def example() -> History:
    """The whole example, from the first autumn to the finished third."""
    minutes = Minutes()
    for chapter in CHAPTERS:
        chapter(minutes)
    return minutes.history


def text() -> str:
    """The example in the exchange format, with a fixed time of export."""
    exported = export_workshop(example())
    return re.sub(r'"exported": ?"[^"]*"', f'"exported": "{EXPORTED}"', exported, count=1) + "\n"


if __name__ == "__main__":
    (HERE / "example.json").write_text(text(), "utf-8")
    print(f"wrote {HERE / 'example.json'}")
