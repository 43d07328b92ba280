"""Step 2 of a ledger: which column holds what, and which lines count."""

from pathlib import Path

import streamlit as st

from kam.intake.headers.aliases import LEDGER_TARGETS
from kam.intake.headers.matching import match
from kam.intake.orders.ledger import suggest
from kam.intake.orders.lines import sample
from kam.intake.tables.files import Reading, Table
from kam.model import LedgerChoices
from kam.ui import state
from kam.ui.wizard import choose, draft
from kam.ui.wizard.draft import Draft, Source
from kam.validated import changed

DOOR = "ledger"
NONE = ""
FEW_TEXTS = 12  # different texts of a column from which one may choose which lines count
ORDERS = {"as the file tells": None, "in February": True, "in January": False}
CHOICES = f"wizard:{DOOR}:choices"


def match_columns() -> None:
    """Their columns -> ours, which lines count, how dates are read, and the first rows."""
    kept = draft.draft(DOOR)
    choose.headline(2, "Which column holds what?", kept.name)
    first = choose.attempt(lambda: _first(kept))
    if first is None:
        as_data = choose.as_data(lambda reading: _sample(kept.sources[0], reading), kept.reading)
        choose.detected(DOOR, as_data, named=False)
        anew()
        return
    choices = _choices(first)
    known = _columns(first, choices)
    choose.first_rows(first)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Read the ledger",
            type="primary",
            key=draft.key(DOOR, "read"),
            disabled=not known,
            on_click=draft.change,
            args=(DOOR,),
            kwargs={"step": 3},
        )
        anew()
        if first.beginning:  # a Parquet file says itself how it is read
            with st.popover("How the file is read", type="tertiary"):
                choose.detected(DOOR, first)
    if not known:
        st.caption("Choose the columns of customer, date and amount (or quantity and price).")
    choose.notes(first.notes)


def _first(kept: Draft) -> Table:
    """The first rows of the first file; the others have the same columns."""
    source = kept.sources[0]
    return draft.once(
        DOOR,
        "sample",
        (source, kept.reading),
        lambda: _sample(source, kept.reading),
    )


def _sample(source: Source, reading: Reading) -> Table:
    return sample(place_of(source), source.name, reading)


def place_of(source: Source) -> Path | bytes:
    """Where the reader finds a source."""
    return source.path or source.data


def _choices(first: Table) -> LedgerChoices:
    """What this tab has chosen; at first, what the column names say."""
    kept: tuple[object, LedgerChoices] | None = state.recall(CHOICES)
    if kept is not None and kept[0] is first:
        return kept[1]
    found = suggest(first) or LedgerChoices(columns=_guessed(first))
    state.remember(CHOICES, (first, found))
    return found


def _guessed(first: Table) -> dict[str, str]:
    """Our name -> header, as far as the names tell for certain."""
    found = match(first.headers, LEDGER_TARGETS).items()
    return {one.target: header for header, one in found if one.target and one.certain}


def chosen() -> LedgerChoices:
    """What this tab has chosen."""
    choices: LedgerChoices = state.recall(CHOICES)[1]
    return choices


def decide(**updates: object) -> None:
    """Change some of the choices; the ledger is read again where they count."""
    first, choices = state.recall(CHOICES)
    state.remember(CHOICES, (first, changed(choices, **updates)))


def _columns(first: Table, choices: LedgerChoices) -> bool:
    """A box for each of our columns; whether customer, date and money are known."""
    options = [NONE, *[header for header in first.headers if header]]
    grid = st.columns(4)
    for place, target in enumerate(LEDGER_TARGETS):
        key = draft.key(DOOR, "column", target.key)
        now = choices.columns.get(target.key, NONE)
        state.seed(key, now if now in options else NONE)
        grid[place % 4].selectbox(
            target.label,
            options,
            format_func=lambda name: name or "–",
            key=key,
            on_change=_column_chosen,
            args=(target.key, key),
        )
    with grid[len(LEDGER_TARGETS) % 4]:
        _date_order(choices)
    with grid[(len(LEDGER_TARGETS) + 1) % 4]:
        _only(first, choices)
    known = choices.columns.keys()
    priced = "amount" in known or {"quantity", "unit_price"} <= known
    return priced and {"customer", "date"} <= known


def _column_chosen(target: str, key: str) -> None:
    choices = chosen()
    others = {name: header for name, header in choices.columns.items() if name != target}
    header = state.widget(key)
    decide(columns={**others, target: header} if header else others)


def _only(first: Table, choices: LedgerChoices) -> None:
    """Which lines count, where a column says what kind of line it is."""
    few = _few_texts(first, set(choices.columns.values()))
    key = draft.key(DOOR, "only_column")
    state.seed(key, next(iter(choices.only), NONE))
    header = st.selectbox(
        "Count only lines where",
        [NONE, *few],
        format_func=lambda name: name or "every line counts",
        key=key,
        on_change=lambda: decide(only={h: few[h][:1] for h in [state.widget(key)] if h}),
    )
    if header in few:
        place = draft.key(DOOR, "only_texts")
        state.seed(place, [t for t in choices.only.get(header, ()) if t in few[header]])
        st.multiselect(
            "is one of",
            list(few[header]),
            key=place,
            label_visibility="collapsed",
            on_change=lambda: decide(only={header: tuple(state.widget(place))}),
        )


def _few_texts(first: Table, taken: set[str]) -> dict[str, tuple[str, ...]]:
    """Header -> its texts, for columns with few different ones in the first rows."""
    found = {}
    for header in first.headers:
        texts = tuple(sorted(set(first.column(header)) - {""}))
        if header and header not in taken and 1 < len(texts) <= FEW_TEXTS:
            found[header] = texts
    return found


def _date_order(choices: LedgerChoices) -> None:
    """How the person reads 01/02/2025; the file tells where it can."""
    key = draft.key(DOOR, "day_first")
    state.seed(key, next(name for name, order in ORDERS.items() if order == choices.day_first))
    st.selectbox(
        "01/02/2025 is",
        list(ORDERS),
        key=key,
        on_change=lambda: decide(day_first=ORDERS[str(state.widget(key))]),
    )


def anew() -> None:
    """The button that forgets what was chosen."""
    st.button(
        "Choose other files",
        type="tertiary",
        key=draft.key(DOOR, "anew"),
        on_click=draft.begin_anew,
        args=(DOOR,),
    )
