"""Where the records of a ledger begin: not with a few dates long before all others.

Programs write a date such as 1 January 1900 where none is known, and fingers slip. Such lines
count, but do not prove that the ledger has records of the time between.
"""

from datetime import date, timedelta
from itertools import pairwise

import duckdb

from kam.intake.orders.entries import ask

# Records do not pause for longer than a year, of which one day may be a leap day. Days.
LONGEST_PAUSE = timedelta(days=366)

# Days with lines before a pause that do not make a ledger begin there, of all days with lines:
# most orders of a ledger lie where its records are, even if it has one billing day a month. 0-1.
FEW_DAYS = 0.2

# When the lines of each cell of the cube lie; cells of another quarter or year lie apart.
TIMES_SQL = """
SELECT min(first), max(last) FROM cube GROUP BY year, quarter ORDER BY min(first)
"""

DAYS_SQL = "SELECT DISTINCT day FROM entries WHERE counts ORDER BY day"


def beginning(connection: duckdb.DuckDBPyConnection, first: date) -> date:
    """The day from which a ledger that has its first line on `first` has records.

    They begin after the last pause of more than a year before which at most a fifth of the days
    with lines lie. The cube tells whether there is a pause; only then are the lines asked.
    """
    times = [(one[0], one[1]) for one in ask(connection, TIMES_SQL)]
    if not any(after[0] - before[1] > LONGEST_PAUSE for before, after in pairwise(times)):
        return first
    days = [row[0] for row in ask(connection, DAYS_SQL)]
    early = int(len(days) * FEW_DAYS)
    pauses = pairwise(days[: early + 1])
    return max((day for before, day in pauses if day - before > LONGEST_PAUSE), default=first)
