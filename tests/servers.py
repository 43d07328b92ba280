"""A server of ours in a process of its own, for tests that need a real one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 60.0  # seconds; two shared cores that do other work start it within 20
PAUSE = 0.02  # seconds between two questions whether it is there yet


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        process: the server's own process.
        port: where it listens on this machine.
        seconds: from starting the process to its first healthy answer.
    """

    process: subprocess.Popen[str]
    port: int
    seconds: float

    @property
    def address(self) -> str:
        """Where its start page is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.communicate()

    def close(self) -> None:
        """Ask it to end, and end it if it does not."""
        self.stop()

    def stop(self) -> str:
        """Everything it has printed, after asking it to end, and ending it if it does not."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[0]


def kam(*arguments: str) -> list[str]:
    """The command `kam` of this checkout, run by this Python."""
    return [sys.executable, "-c", "from kam.cli import main; main()", *arguments]


def plain(script: Path, port: int) -> list[str]:
    """The command `streamlit run` for a script, without a browser of its own."""
    options = ["--server.port", str(port), "--server.headless", "true"]
    return [sys.executable, "-m", "streamlit", "run", str(script), *options]


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, *, home: Path, folder: Path = ROOT
) -> Iterator[Server]:
    """A healthy server for the time of the block.

    Args:
        command: what starts it; it listens on `port`.
        port: where it listens.
        home: the folder of its workshops.
        folder: where it runs.

    Raises:
        RuntimeError: it ended, or was not healthy within `LONGEST_START`; what it printed.
    """
    server = started(command, port, home=home, folder=folder)
    try:
        yield server
    finally:
        server.stop()


def started(command: Sequence[str], port: int, *, home: Path, folder: Path = ROOT) -> Server:
    """A healthy server that the caller stops; see `running`."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "KEYROOM_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not is_healthy(port):
        late = time.perf_counter() - begin > LONGEST_START
        if late or process.poll() is not None:
            process.kill()
            raise RuntimeError(f"The server did not start. It printed: {process.communicate()[0]}")
        time.sleep(PAUSE)
    return Server(process, port, time.perf_counter() - begin)


def is_healthy(port: int) -> bool:
    """Whether a Streamlit server on this port says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bytes(answer.read()) == b"ok"
    except (urllib.error.URLError, OSError):
        return False


def serving(home: Path, *options: str) -> Server:
    """`kam serve` on a folder of workshops, healthy; the caller stops it."""
    port = free_port()
    return started(
        kam("serve", "--port", str(port), "--data", str(home), *options), port, home=home
    )
