"""One command, one table: every figure as a ratio to a floor measured in the same run."""

import logging
import os
import platform
import sys

from benchmarks import (
    browser,
    ledger,
    reading,
    robustness,
    saving,
    scoring,
    starting,
    weight,
)


def main() -> None:
    """Print the table; nothing is asserted, a ratio is for reading."""
    logging.disable(logging.WARNING)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}; "
        "medians, timed in turn\n"
    )
    print(f"{'what':66} {'against':28} {'ms':>9} {'floor ms':>9} {'ratio':>7} {'budget':>7}")
    for part in (scoring, robustness, saving, weight, browser, reading, ledger, starting):
        for result in part.results():
            budget = "-" if result.budget is None else f"{result.budget:g}"
            print(
                f"{result.name:66} {result.against:28} {result.ours:9.2f} {result.floor:9.2f} "
                f"{result.ratio:7.2f} {budget:>7} {result.verdict}"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
