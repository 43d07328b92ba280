"""`python -m tests`: format, lint, types, tests and browser tests; stops at the first failure."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-n", "2"]),
)


def main() -> int:
    """The exit code of the first check that fails, else 0."""
    for name, command in CHECKS:
        print(f"\n== {name}: {' '.join(command)}", flush=True)  # noqa: T201 - this is a command
        code = subprocess.call([sys.executable, "-m", *command], cwd=ROOT)
        if code:
            print(f"\n{name} failed", flush=True)  # noqa: T201
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
