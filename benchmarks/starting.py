"""From the command to a healthy server, against an empty app."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from benchmarks.timing import Result, side_by_side

ROOT = Path(__file__).resolve().parent.parent


def results() -> list[Result]:
    """`kam serve` against `streamlit run` of an empty script."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text("import streamlit as st\nst.write('empty')\n")
        streamlit = [sys.executable, "-m", "streamlit", "run", str(empty), "--server.headless=true",
                     "--browser.gatherUsageStats=false"]  # fmt: skip
        kam = [sys.executable, "-c", "from kam.cli import main; main()", "serve"]
        ours, floor = side_by_side(
            lambda: healthy([*kam, "--data", folder], "--port"),
            lambda: healthy(streamlit, "--server.port"),
            rounds=5,
        )
    return [Result("start: command to healthy", "an empty Streamlit app", ours, floor, 1.3)]


def healthy(command: list[str], port_option: str) -> None:
    """Start a server, wait until it says that it is healthy, and stop it."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, port_option, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
    ) as server:
        try:
            wait_until_healthy(port)
        finally:
            server.kill()


def wait_until_healthy(port: int, patience: float = 60.0) -> None:
    """Return when a Streamlit server on this machine answers that it is healthy."""
    address = f"http://127.0.0.1:{port}/_stcore/health"
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.01)
    raise TimeoutError(f"no answer from {address}")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
