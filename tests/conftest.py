"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = (
    "the browser tests did not run: neither a Chromium of this system nor Playwright's own starts; "
    "install one with `playwright install chromium`"
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with the public data sets and published cases; the test is skipped without it."""
    folder = Path(os.environ.get("KEYROOM_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the public data sets are not here: {folder.name}/ beside the checkout")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line at the end that nobody overlooks, when there was no browser for the browser tests."""
    skipped = terminalreporter.stats.get("skipped", [])
    without = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if without:
        told = f"{len(without)} tests skipped: {NO_BROWSER}"
        terminalreporter.write_line(told, yellow=True, bold=True)
