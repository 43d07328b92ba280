"""Step 3: the counts, problems by repair, near matches side by side, and the last button."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from kam.errors import KeyroomError
from kam.intake.bring_in import Proposal
from kam.intake.lists.checked import Checked
from kam.intake.lists.identity import Alike
from kam.intake.lists.repairs import ProblemGroup, Repair, repaired
from kam.intake.tables.files import Table
from kam.model import Workshop
from kam.report.problems import problem_workbook
from kam.ui import state, words
from kam.ui.frame import Room, write
from kam.ui.wizard import draft

Propose = Callable[[Workshop], Proposal]

MOST_ROWS = 200  # of one group of problems; more are counted, and the workbook has them all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def scored(proposal: Proposal, left_out: int) -> None:
    """How many customers get scores, and how many rows are left out."""
    told = f"{words.count(proposal.updated, 'customer')} with scores"
    st.markdown(f"#### {told}{f' · {left_out:,} left out' if left_out else ''}")


def counts(proposal: Proposal, left_out: int, pairs: Sequence[Alike]) -> None:
    """How many are new, changed, and left out; and how many pairs a person is asked about."""
    parts = [f"{proposal.new:,} new", f"{proposal.updated:,} to update"]
    left_out += len(proposal.doubted)
    parts += [f"{left_out:,} left out"] if left_out else []
    here = sum(pair.right in proposal.known for pair in pairs)
    twice = len(pairs) - here
    parts += [f":orange[▲ {here:,} may be here already]"] if here else []
    parts += [f":orange[▲ {twice:,} may be in this file twice]"] if twice else []
    st.markdown(f"#### {' · '.join(parts)}")


def problems(door: str, table: Table, checked: Checked) -> None:
    """Every kind of problem with its repair, and the workbook with all of them."""
    groups = checked.groups
    names = named(door, table)
    for group in groups:
        key = draft.key(door, "group", group.kind, group.column)
        open_now = state.widget(key)  # it stays open while its rows are repaired
        with st.expander(
            f"{words.plain(group.title)} · {_fate(group)}",
            expanded=len(groups) == 1 if open_now is None else bool(open_now),
            key=key,
            on_change="rerun",
        ):
            _repair(door, group, names)
    _repairs_made(door)
    if checked.problems:
        made = draft.draft(door).repairs
        st.download_button(
            "The rows with problems, as a workbook",
            data=lambda: problem_workbook(repaired(table, made), checked),
            file_name="rows to repair.xlsx",
            mime=XLSX,
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
            help="Repair them there and bring the workbook in like any other file. Rows that you "
            "leave as they are change nothing.",
        )


def _fate(group: ProblemGroup) -> str:
    """What happens to the rows as they are, in one colour for each."""
    if group.blocks:
        return ":orange[left out]"
    return f":gray[comes in{'' if group.kept else ', value unknown'}]"


def named(door: str, table: Table) -> dict[int, str]:
    """Line -> what the file calls the customer there: its name, or its id where it has none."""
    headers = {key: header for header, key in (draft.draft(door).goes_to or {}).items()}
    known = [headers[key] for key in ("name", "id") if headers.get(key) in table.headers]
    cells = (map(table.column, known)) if known else ()
    either = (next(filter(None, one), "") for one in zip(*cells, strict=True))
    return dict(zip(table.line_numbers, either, strict=False))


def _repair(door: str, group: ProblemGroup, names: Mapping[int, str]) -> None:
    """The rows of one group to fix in place, and one repair for all of them."""
    shown = group.problems[:MOST_ROWS]
    st.caption(words.plain(shown[0].message))
    key = draft.key(door, "fix", group.kind, group.column, len(draft.draft(door).repairs))
    frame = pd.DataFrame(
        {
            "Row": [p.line for p in shown],
            "Customer": [names.get(p.line, "") for p in shown],
            "We found": [p.found for p in shown],
            "Instead": "",
        }
    )
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=["Row", "Customer", "We found"],
        height=min(38 + 35 * len(frame), 220),
        on_change=_fixed,
        args=(door, group, key),
        alt=f"Rows to repair: {group.title}",
    )
    if len(group.problems) > MOST_ROWS:
        st.caption(f"and {len(group.problems) - MOST_ROWS:,} more")
    _for_all(door, group)


def _for_all(door: str, group: ProblemGroup) -> None:
    """One repair for the whole group: other words, nothing, or without the rows."""
    key = draft.key(door, "all", group.kind, group.column)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Instead of each of them", key=key, width=220)
        every = (door, group)
        st.button("Replace all", key=f"{key}_replace", on_click=_replaced, args=(*every, key))
        if not group.blocks:
            st.button("Leave empty", key=f"{key}_empty", on_click=_emptied, args=every)
        st.button("Skip these rows", key=f"{key}_skip", on_click=_skipped, args=every)


def _fixed(door: str, group: ProblemGroup, key: str) -> None:
    """Take over what was typed beside a row."""
    typed = state.widget(key)["edited_rows"]
    found = [
        Repair("fix", group.problems[int(row)].line, group.column, str(cells["Instead"] or ""))
        for row, cells in typed.items()
        if "Instead" in cells
    ]
    _add(door, found)


def _replaced(door: str, group: ProblemGroup, key: str) -> None:
    if to := str(state.widget(key) or "").strip():
        _add(door, [Repair("fix", problem.line, group.column, to) for problem in group.problems])


def _emptied(door: str, group: ProblemGroup) -> None:
    _add(door, [Repair("empty", problem.line, group.column) for problem in group.problems])


def _skipped(door: str, group: ProblemGroup) -> None:
    _add(door, [Repair("skip", problem.line) for problem in group.problems])


def _add(door: str, repairs: Sequence[Repair]) -> None:
    before = draft.draft(door).repairs
    draft.change(door, repairs=(*before, *repairs))


def _repairs_made(door: str) -> None:
    """How much was repaired, and the way back."""
    made = draft.draft(door).repairs
    if made:
        with st.container(horizontal=True, vertical_alignment="center"):
            told = f"{words.count(len(made), 'repair')} made; the file itself stays as it is."
            st.caption(told, width="content")
            key = draft.key(door, "no_repairs")
            st.button(
                "Take them back", key=key, type="tertiary", on_click=draft.change, args=(door,),
                kwargs={"repairs": ()},
            )  # fmt: skip


def last_button(door: str, room: Room, propose: Propose, label: str) -> None:
    """The one button that stores."""
    st.button(
        label,
        type="primary",
        key=draft.key(door, "bring_in"),
        disabled=label.endswith(" 0 customers"),
        on_click=_bring_in,
        args=(door, room, propose),
    )


def _bring_in(door: str, room: Room, propose: Propose) -> None:
    """Store what the file says of the customers as they are by now; whole ones are replaced."""
    present = room.present
    try:
        edit = propose(present).edit
    except KeyroomError as error:
        state.tell(str(error))
        return
    if write(room.workshop.id, edit):
        done = edit.words(present)
        state.tell(f"{done[0].upper()}{done[1:]}. Undo takes it back as one step.", "done")
        draft.begin_anew(door)
