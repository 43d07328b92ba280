"""Which customers come to mind, before any list of them is on the screen (method.md 8, T2)."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from kam.edits import RecallCustomers
from kam.errors import Refused
from kam.intake.lists.identity import near_pairs
from kam.model import MAX_RECALLED, Recall
from kam.names.key import name_key
from kam.ui import inputs, words
from kam.ui.answers import booth
from kam.ui.answers.booth import Booth, Question
from kam.ui.inputs import Field

KEY = "recall"
MOST_NEAR = 4  # customers that a name is asked about; more would be a list to read
LONGEST = 200  # characters of a name


@dataclass(frozen=True)
class Line:
    """A name as it was written, and which customer it may be.

    Attributes:
        certain: the customer whose name it is, but for case, accents and legal form.
        near: customers whose names are like it, the most alike first; to be asked about.
    """

    written: str
    certain: str | None
    near: tuple[str, ...] = ()


def read(text: str, customers: Mapping[str, str]) -> tuple[Line, ...]:
    """The names of a text, one a line, each once, and the customers that they may be.

    Args:
        text: as it was typed; empty lines and repetitions are passed over.
        customers: id -> name.
    """
    names: dict[str, str] = {}
    for line in text.splitlines():
        if written := line.strip()[:LONGEST]:
            names.setdefault(name_key(written), written)
    by_key: dict[str, list[str]] = {}
    for key, name in customers.items():
        by_key.setdefault(name_key(name), []).append(key)
    near: dict[str, list[str]] = {}
    unknown = {key: line for key, line in names.items() if len(by_key.get(key, ())) != 1}
    for pair in near_pairs(unknown, customers) if unknown else ():
        near.setdefault(pair.left, []).append(pair.right)
    return tuple(_line(line, by_key.get(key, []), near.get(key, [])) for key, line in names.items())


def _line(written: str, same: list[str], near: list[str]) -> Line:
    """Two customers of one name are asked about like near ones."""
    if len(same) == 1:
        return Line(written, same[0])
    return Line(written, None, tuple(dict.fromkeys([*same, *near]))[:MOST_NEAR])


def question(seat: Booth) -> Question:
    """The question, to be asked first; what has been read off a list is no recall."""
    return Question(
        key=KEY,
        name="Names that come to mind",
        title="Which customers come to your mind?",
        ask=_ask,
        edit=_edit,
        open=_open,
        answered=seat.member.id in seat.workshop.answers.recalled,
        final=True,
        may_wait=False,
    )


def _ask(seat: Booth) -> None:
    kept = booth.draft(seat, KEY)
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.text_area("One name a line, at most ten. Do not look them up.", height=300,
                     **_text(seat, kept.get("text", "")).seeded())  # fmt: skip
        inputs.tick(
            "Nobody comes to mind", booth.entry(seat, KEY, "nobody", kept.get("nobody", False))
        )
    with right:
        for place, line in enumerate(kept.get("lines", ())):
            _match(seat, place, line)


def _text(seat: Booth, value: str) -> Field:
    """What was typed; names are compared once it is, not at every run."""

    def entered(new: str) -> None:
        names = {key: one.name for key, one in seat.workshop.customers.items()}
        found = read(new or "", names)
        booth.remember(seat, f"draft.{KEY}", {"text": new or "", "lines": found})

    return Field(seat.workshop.id, "answer.text", value, entered)


def _match(seat: Booth, place: int, line: Line) -> None:
    """What we took a name for, or the question which of the near ones it is."""
    name = words.plain(line.written)
    if line.certain is not None:
        st.markdown(f"✓ {words.plain(seat.workshop.customers[line.certain].name)}")
    elif not line.near:
        st.markdown(f"{name} · :gray[none of our customers; kept as you wrote it]")
    else:
        kept = booth.draft(seat, KEY).get(f"is.{place}")
        inputs.choice(
            f"Is {name} one of these?",
            [*line.near, ""],
            booth.entry(seat, KEY, f"is.{place}", kept),
            format_func=lambda key: seat.workshop.customers[key].name if key else "None of them",
            index=None,
            placeholder="Choose",
        )


def _open(seat: Booth) -> str:
    kept = booth.draft(seat, KEY)
    lines = kept.get("lines", ())
    if not lines:
        return "" if kept.get("nobody") else "Write at least one name, or tick that nobody comes."
    if len(lines) > MAX_RECALLED:
        return f"There is room for ten names; we found {len(lines)}. Take some out."
    unclear = [
        line.written
        for place, line in enumerate(lines)
        if line.near and kept.get(f"is.{place}") is None
    ]
    return f"Say whether “{unclear[0]}” is one of the customers offered." if unclear else ""


def _edit(seat: Booth) -> RecallCustomers:
    if missing := _open(seat):
        raise Refused(missing)
    kept = booth.draft(seat, KEY)
    known, others = [], []
    for place, line in enumerate(kept.get("lines", ())):
        customer = line.certain or kept.get(f"is.{place}")
        if customer:
            known.append(customer)
        else:
            others.append(line.written)
    recall = Recall(customers=tuple(dict.fromkeys(known)), others=tuple(others))
    return RecallCustomers(member=seat.member.id, recall=recall)
