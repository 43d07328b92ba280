"""Step 2 of a ledger: which column holds what, and which lines count."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from kam.errors import KeyroomError
from kam.intake.headers.aliases import LEDGER_TARGETS, Target
from kam.intake.headers.matching import By, match
from kam.intake.kinds import in_words, lacking, looks_like
from kam.intake.orders.ledger import suggest
from kam.intake.orders.opening import sample
from kam.intake.orders.suggested import CURRENCY, Suggested, may_name_currency, suggested
from kam.intake.tables.files import Reading, Table
from kam.model import LedgerChoices, Matching, Workshop
from kam.ui import state, words
from kam.ui.wizard import choose, draft, ledger_written
from kam.ui.wizard.draft import Draft, Source
from kam.validated import changed

DOOR = "ledger"
NONE = ""
FEW_TEXTS = 12  # different texts of a column from which one may choose which lines count
YEAR_FIRST = "24-12-05 is in 2024"
ORDERS = {"as the file tells": None, "in February": True, "in January": False, YEAR_FIRST: None}
CHOICES = f"wizard:{DOOR}:choices"


def match_columns(workshop: Workshop) -> None:
    """Their columns -> ours, which lines count, how dates are read, and the first rows."""
    kept = draft.draft(DOOR)
    choose.headline(2, "Which column holds what?", kept.name)
    first = choose.attempt(lambda: _first(kept))
    if first is None:
        as_data = choose.as_data(lambda reading: _sample(kept.sources[0], reading), kept.reading)
        choose.detected(DOOR, as_data, named=False)
        choose.undecided(as_data)
        anew()
        return
    choices = _choices(first, workshop)
    known = _columns(first, choices)
    _of_opportunities(first, choices)
    ledger_written.how_written(DOOR, first, choices, decide)
    settled = not ledger_written.ask_outside(DOOR, first, choices, decide)
    settled &= not asks_for_currency(first, choices)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Read the ledger",
            type="primary",
            key=draft.key(DOOR, "read"),
            disabled=not (known and settled),
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
    elif not settled:
        st.caption("Answer what is marked ▲ above; the amounts depend on it.")
    choose.first_rows(first)
    choose.notes(first.notes)


def nothing_to_ask(workshop: Workshop) -> bool:
    """Whether every column has its place, and how it is written is told, without a question.

    The places may be those that were agreed for the last ledger with these headers.
    """
    try:
        first = _first(draft.draft(DOOR))
    except KeyroomError:
        return False
    choices = _choices(first, workshop)
    known = {header for header in first.headers if header} <= set(choices.columns.values())
    agreed = known or bool(as_the_last_time(first.headers, workshop.matchings))
    answered = not asks_for_currency(first, choices) and not ledger_written.asks_outside(
        first, choices
    )
    return (
        agreed
        and answered
        and not lacking(set(choices.columns))
        and _suggested(first).rivals.keys() <= choices.columns.keys()
        and looks_like(first).kind != "opportunities"
        and ledger_written.all_told(first, choices)
    )


def as_read() -> None:
    """How the first rows are read, in one line."""
    first, choices = state.recall(CHOICES)
    ledger_written.as_read(first, choices)


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


def _choices(first: Table, workshop: Workshop) -> LedgerChoices:
    """What this tab has chosen; at first as the last time, or what the column names say."""
    kept: tuple[object, LedgerChoices] | None = state.recall(CHOICES)
    if kept is not None and kept[0] is first:
        return kept[1]
    before = as_the_last_time(first.headers, workshop.matchings)
    columns = before or _suggested(first).columns
    found = (None if before else suggest(first)) or LedgerChoices(columns=columns)
    state.remember(CHOICES, (first, found))
    return found


def as_the_last_time(headers: Sequence[str], matchings: Sequence[Matching]) -> dict[str, str]:
    """Our name -> header, as chosen for the last ledger with these headers; empty without one."""
    keys = {target.key for target in LEDGER_TARGETS}
    for one in reversed(matchings):
        same = one.door == DOOR and set(one.headers) == set(headers)
        if same and keys.issuperset(one.goes_to.values()):
            return {key: header for header, key in one.goes_to.items()}
    return {}


def to_remember() -> Matching:
    """Where the columns of this ledger go, for the next one with the same headers."""
    first, choices = state.recall(CHOICES)
    goes_to = {header: key for key, header in choices.columns.items() if header}
    return Matching(headers=first.headers, goes_to=goes_to, door="ledger")


def _guessed(first: Table) -> dict[str, tuple[str, By]]:
    """Our name -> a header that may be it, and what tells: a name that is alike, or the cells."""
    cells = {header: first.column(header) for header in first.headers}
    found = match(first.headers, LEDGER_TARGETS, cells).items()
    return {m.target: (header, m.by) for header, m in found if m.target and not m.certain}


def asks_for_currency(first: Table, choices: LedgerChoices) -> str:
    """A column that may name the currency of each line, and nobody has said so; "" for none.

    Without it amounts in several currencies would be added.
    """
    if "currency" in choices.columns or choices.one_currency:
        return ""
    named = draft.once(DOOR, "of_currency", (first,), lambda: may_name_currency(first))
    return next((header for header in named if header not in choices.columns.values()), "")


def _suggested(first: Table) -> Suggested:
    """What the names of the columns tell, and what a person has to choose between."""
    return draft.once(DOOR, "suggested", (first,), lambda: suggested(first))


def chosen() -> LedgerChoices:
    """What this tab has chosen."""
    choices: LedgerChoices = state.recall(CHOICES)[1]
    return choices


def decide(**updates: object) -> None:
    """Change some of the choices; the ledger is read again where they count."""
    first, choices = state.recall(CHOICES)
    state.remember(CHOICES, (first, changed(choices, **updates)))


def _of_opportunities(first: Table, choices: LedgerChoices) -> None:
    """A warning that all deals would count, as long as nobody has said which are won."""
    looks = looks_like(first)
    if looks.kind == "opportunities" and not choices.only:
        where = "Choose at “Count only lines where” which of them are won."
        told = f"{in_words(first.name, looks)} {where}"
        st.markdown(f":orange[▲ {words.plain(told)}]")


def _columns(first: Table, choices: LedgerChoices) -> bool:
    """A box for each of our columns; whether customer, date and money are known."""
    options = [NONE, *[header for header in first.headers if header]]
    # a row of four at a time: a question below one box moves the next row, not one column of it
    grid = [cell for _ in range(0, len(LEDGER_TARGETS) + 2, 4) for cell in st.columns(4)]
    rivals = _suggested(first).rivals
    guessed = draft.once(DOOR, "guessed", (first,), lambda: _guessed(first))
    for place, target in enumerate(LEDGER_TARGETS):
        with grid[place]:
            _column(target, choices.columns.get(target.key, NONE), options)
            if target.key == CURRENCY and (header := asks_for_currency(first, choices)):
                _ask_for_currency(header, rivals.get(CURRENCY, ()))
            elif target.key in rivals and target.key not in choices.columns:
                _ask_between(rivals[target.key])
            elif target.key in guessed and target.key not in choices.columns:
                _ask_about(target.key, guessed[target.key], choices)
    with grid[len(LEDGER_TARGETS)]:
        _date_order(choices)
    with grid[len(LEDGER_TARGETS) + 1]:
        _only(first, choices)
    known = choices.columns.keys()
    priced = "amount" in known or {"quantity", "unit_price"} <= known
    return priced and "date" in known and not {"customer", "name"}.isdisjoint(known)


def _column(target: Target, now: str, options: Sequence[str]) -> None:
    """The box that says which of their columns is one of ours."""
    key = draft.key(DOOR, "column", target.key)
    state.seed(key, now if now in options else NONE)
    st.selectbox(
        target.label,
        options,
        format_func=lambda name: name or "–",
        key=key,
        on_change=_column_chosen,
        args=(target.key, key),
    )


def _ask_between(headers: Sequence[str]) -> None:
    """The question which of several columns is meant; none is taken without an answer."""
    named = " or ".join(f"“{words.plain(words.short(header))}”" for header in headers)
    st.markdown(f":orange[▲ {named}? They differ; please choose.]")


def _ask_about(target: str, guess: tuple[str, By], choices: LedgerChoices) -> None:
    """The question whether a column is what its name or its cells look like."""
    header, by = guess
    if header in choices.columns.values():
        return
    why = ", by its values" if by == "content" else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        ask = f"▲ Is it “{words.plain(words.short(header))}”{why}?"
        st.markdown(f":orange[{ask}]", width="content")
        st.button(
            "Yes",
            key=draft.key(DOOR, "yes", target),
            type="tertiary",
            on_click=lambda: decide(columns={**chosen().columns, target: header}),
        )


def _ask_for_currency(header: str, rivals: Sequence[str]) -> None:
    """The question which column names the currency of a line, if any; it has to be answered."""
    if rivals:
        _ask_between(rivals)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not rivals:
            ask = f"▲ Is it “{words.plain(words.short(header))}”?"
            st.markdown(f":orange[{ask}]", width="content")
        answers = {"No": ""} if rivals else {"Yes": header, "No": ""}
        for label, answer in answers.items():
            st.button(
                label,
                key=draft.key(DOOR, "currency", label),
                type="tertiary",
                on_click=lambda said=answer: decide(columns={**chosen().columns, CURRENCY: said}),
            )


def _column_chosen(target: str, key: str) -> None:
    choices = chosen()
    others = {name: header for name, header in choices.columns.items() if name != target}
    header = state.widget(key)
    said = header or target == CURRENCY  # that no column names a currency is an answer
    decide(columns={**others, target: header} if said else others)


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
    told = next(name for name, order in ORDERS.items() if order == choices.day_first)
    state.seed(key, YEAR_FIRST if choices.year_first else told)
    st.selectbox(
        "01/02/2025 is",
        list(ORDERS),
        key=key,
        on_change=lambda: decide(
            day_first=ORDERS[str(state.widget(key))], year_first=state.widget(key) == YEAR_FIRST
        ),
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
