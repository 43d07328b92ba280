"""NUL characters behind the beginning of a ledger: no text has them, so its lines are damaged.

Every line is not looked at for them: the names of the customers tell whether there was one.
"""

from collections.abc import Mapping, Sequence

import duckdb

from kam.errors import Unreadable
from kam.intake.orders.entries import ask
from kam.intake.orders.loading import Loaded
from kam.intake.orders.measures import Measures
from kam.intake.orders.places import places_of

NUL = "\x00"


def refuse_nul(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Loaded],
    customers: Mapping[str, Measures],
) -> None:
    """Nothing comes back; a ledger in which a customer's id or name holds a NUL is refused.

    Raises:
        Unreadable: naming the first line with one.
    """
    if not any(NUL in key or NUL in one.name for key, one in customers.items()):
        return
    columns = {row[0] for row in ask(connection, "DESCRIBE lines")} & {"customer", "name"}
    tests = " OR ".join(f"contains({column}, chr(0))" for column in sorted(columns))
    (record,) = ask(connection, f"SELECT min(rowid) FROM lines WHERE {tests}")[0]  # noqa: S608 -- our own names of columns
    file = next(file for file in reversed(files) if file.first <= record)
    (line,) = places_of(file.opened, [record - file.first]) or (0,)
    where = f"line {line} holds" if line else "some lines hold"
    message = (
        f"We could not read {file.opened.name}: {where} a NUL character, so the file is not plain "
        "text or is damaged there. Export it once more as CSV UTF-8."
    )
    raise Unreadable(message)
