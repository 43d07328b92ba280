"""The command line as a person types it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from kam.cli import main
from tests.servers import ROOT, free_port, is_healthy, kam, serving


def ran(*arguments: str, home: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command that has ended."""
    return subprocess.run(
        kam(*arguments),
        cwd=folder,
        env={**os.environ, "KEYROOM_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"]])
def test_help_says_what_it_is_for(arguments: list[str]) -> None:
    told = CliRunner().invoke(main, arguments)
    assert told.exit_code == 0
    assert "Keyroom" in told.output
    assert "Usage: " in told.output


def test_help_of_serve_names_its_options_and_where_the_workshops_are() -> None:
    told = CliRunner().invoke(main, ["serve", "--help"]).output
    assert all(option in told for option in ("--port", "--share", "--data", "~/.keyroom", "8501"))


def test_help_needs_no_streamlit() -> None:
    script = (
        "import sys; sys.modules['streamlit'] = None; "
        "from kam.cli import main; main(['serve', '--help'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert told.returncode == 0


def test_a_word_that_is_no_command_is_refused() -> None:
    told = CliRunner().invoke(main, ["dance"])
    assert told.exit_code == 2
    assert "No such command" in told.output


@pytest.mark.parametrize(
    ("options", "address"),
    [([], "127.0.0.1"), (["--share"], "0.0.0.0")],  # noqa: S104 - compared
)
def test_only_share_lets_others_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], address: str
) -> None:
    asked: list[tuple[int, str]] = []

    def run(port: int, where: str) -> None:
        asked.append((port, where))

    monkeypatch.setattr("kam.live.launcher.run", run)
    monkeypatch.setenv("KEYROOM_HOME", "")
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, ["serve", "--port", "8899", "--data", "rooms", *options])
    assert asked == [(8899, address)]
    assert told.exit_code == 0
    assert os.environ["KEYROOM_HOME"] == str(tmp_path / "rooms")


def test_serve_prints_its_address_and_keeps_workshops_where_data_says(tmp_path: Path) -> None:
    server = serving(tmp_path / "rooms")
    healthy = is_healthy(server.port)
    told = server.stop()
    assert healthy
    assert f"Keyroom is ready at {server.address}\n" in told
    assert "Traceback" not in told
    assert (tmp_path / "rooms" / "keyroom.duckdb").is_file()


def test_a_second_serve_on_the_same_folder_says_at_once_who_has_it(tmp_path: Path) -> None:
    with closing(serving(tmp_path)) as server:
        begin = time.perf_counter()
        second = ran("serve", "--port", str(free_port()), home=tmp_path)
        seconds = time.perf_counter() - begin
        assert is_healthy(server.port)
    assert second.returncode == 1
    assert str(server.process.pid) in second.stderr
    assert "Traceback" not in second.stderr
    assert "is ready" not in second.stdout
    assert seconds < 20  # 2 s on a machine that does nothing else; never a hanging lock


def test_the_same_command_given_twice_says_who_has_the_workshops(tmp_path: Path) -> None:
    """Port and folder are both taken; the folder's owner is what helps."""
    with closing(serving(tmp_path)) as server:
        second = ran("serve", "--port", str(server.port), home=tmp_path)
    assert second.returncode == 1
    assert str(server.process.pid) in second.stderr


def test_a_port_that_another_program_has_is_said_with_a_free_one_to_try(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = ran("serve", "--port", str(port), home=tmp_path)
    assert told.returncode == 1
    assert told.stderr.strip() == (
        f"Port {port} is taken by another program. Try: kam serve --port {port + 1}"
    )


def test_a_folder_that_cannot_be_used_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("not a folder")
    told = ran("serve", "--port", str(free_port()), "--data", str(file), home=tmp_path)
    assert told.returncode == 1
    assert "Choose a folder" in told.stderr
    assert "Traceback" not in told.stderr
    assert "is ready" not in told.stdout
