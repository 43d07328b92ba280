"""The lines of a ledger in the database, read with the layout that its cells really have.

The first reading takes every cell as plain. What that leaves unread tells whether the ledger has
decimal commas, currency signs, or dates with slashes, and then it is read once more.
"""

from collections.abc import Mapping

import duckdb

from kam.errors import Unreadable
from kam.intake import entries
from kam.intake.entries import Layout
from kam.intake.figures import decision
from kam.intake.files import Table, listed_lines
from kam.intake.lines import Opened, lines_at


def loaded(
    connection: duckdb.DuckDBPyConnection,
    ledger: Opened,
    chosen: Mapping[str, str],
    *,
    day_first: bool | None,
) -> tuple[str, ...]:
    """Sentences about how the cells are written; table `lines` holds them typed afterwards.

    Args:
        connection: from `entries.connected`.
        ledger: from `lines.opened`.
        chosen: our name of a column -> its header.
        day_first: whether 01/02/2025 is in February, where a person has answered that.

    Raises:
        Unreadable: another encoding begins on some line, or dates have two readings.
    """
    entries.load(connection, ledger.csv, Layout())
    _require_one_encoding(connection, ledger)
    layout = _layout(connection, ledger.name, chosen, day_first=day_first)
    if layout != Layout():
        entries.load(connection, ledger.csv, layout)
    told = [found.note for found in layout.figures.values() if found.note]
    return (*ledger.sample.notes, *told, *_thousands(ledger.sample, chosen, layout))


def _require_one_encoding(connection: duckdb.DuckDBPyConnection, ledger: Opened) -> None:
    places = entries.rejected(connection).undecodable
    if places:
        lines = list(lines_at(ledger.csv, places))
        message = (
            f"We could not read {ledger.name}: it begins in UTF-8, and {listed_lines(lines)} "
            "cannot be read that way. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)


def _layout(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    chosen: Mapping[str, str],
    *,
    day_first: bool | None,
) -> Layout:
    money = [key for key in ("amount", "quantity", "unit_price", "cost") if key in chosen]
    found = {key: entries.written_figures(connection, key, chosen[key]) for key in money}
    return Layout(
        _slashes(connection, name, chosen["date"], day_first=day_first),
        {key: figures for key, figures in found.items() if figures},
    )


def _slashes(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    column: str,
    *,
    day_first: bool | None,
) -> str:
    """Which comes first in a date such as 01/02/2025: "day", "month", or "" if all are ISO."""
    if not entries.ask(connection, "SELECT 1 FROM lines WHERE day_text IS NOT NULL LIMIT 1"):
        return ""
    only_day, only_month, either = entries.slash_orders(connection)
    if only_day and only_month:
        message = (
            f"We could not read {name}: column {column} has {only_day:,} dates with the day "
            f"first and {only_month:,} with the month first. Write them in one way."
        )
        raise Unreadable(message)
    if either and not only_day and not only_month and day_first is None:
        message = (
            f"We could not read {name}: the dates in column {column} fit two readings, day first "
            "and month first. Say which comes first."
        )
        raise Unreadable(message)
    if only_day or only_month:
        return "day" if only_day else "month"
    return "month" if day_first is False else "day"


def _thousands(sample: Table, chosen: Mapping[str, str], layout: Layout) -> list[str]:
    """A sentence for every plain money column whose points may separate thousands."""
    plain = [key for key in ("amount", "unit_price", "cost") if key in chosen]
    found = [
        decision(chosen[key], sample.column(chosen[key]))
        for key in plain
        if key not in layout.figures
    ]
    return [one.note for one in found if one.note]
