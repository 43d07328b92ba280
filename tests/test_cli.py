"""The command line as a person types it."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kam import cli
from kam.cli import main
from kam.model import Workshop
from kam.store import Store
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


# --- import and score -----------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with one workshop, closed."""
    folder = tmp_path / "home"
    with Store.open(folder) as store:
        store.create("Our customers", currency="EUR")
    return folder


def invoked(home: Path, *arguments: str) -> Result:
    """A command in this process, with its own folder of workshops."""
    return CliRunner().invoke(main, [*arguments, "--data", str(home)])


def brought_in(home: Path) -> Workshop:
    """The one workshop of a folder."""
    with Store.open(home) as store:
        return store.workshop(store.workshops()[0].id)


def written(folder: Path, text: str, name: str = "crm.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_is_brought_into_a_workshop_by_its_name(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "Customer,Account owner\nAsh,Ines\nElm,Otto\n")
    told = invoked(home, "import", path, "--into", "Our customers")
    assert told.exit_code == 0
    assert told.stdout == "2 new, 0 updated.\n"
    assert brought_in(home).customers["Ash"].profile.owner == "Ines"


def test_problems_end_with_a_code_of_their_own_and_the_rest_comes_in(
    home: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, "Customer,Revenue with us\nAsh,much\nElm,5\n")
    told = invoked(home, "import", path, "--into", "Our customers")
    assert told.exit_code == 3
    assert 'Row 2, column Revenue with us: we found "much".' in told.stderr
    assert brought_in(home).customers["Elm"].profile.revenue == 5


def test_a_program_reads_the_problems_as_json(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "Customer,Revenue with us\nAsh,much\nElm,5\n")
    told = invoked(home, "import", path, "--into", "Our customers", "--json")
    report = json.loads(told.stdout)
    assert told.exit_code == 3
    assert report["new"] == 2
    assert (report["problems"][0]["line"], report["problems"][0]["found"]) == (2, "much")


def test_a_dry_run_stores_nothing(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "Customer\nAsh\n")
    told = invoked(home, "import", path, "--into", "Our customers", "--dry-run")
    assert told.exit_code == 0
    assert not brought_in(home).customers


def test_a_ledger_is_counted_as_the_command_says(home: Path, tmp_path: Path) -> None:
    lines = "Client,Day,Total,Status,Cur\nAsh,01/02/2025,100,Won,USD\nElm,03/02/2025,9,Lost,USD\n"
    told = invoked(
        home, "import", written(tmp_path, lines), "--into", "Our customers", "--as", "ledger",
        "--match", "Client=customer", "--match", "Day=date", "--match", "Total=amount",
        "--match", "Cur=currency", "--only", "Status=Won", "--rate", "USD=0.5", "--day-first",
    )  # fmt: skip
    assert told.exit_code == 3, told.output  # the lost line is left out
    workshop = brought_in(home)
    assert workshop.customers["Ash"].facts["ledger.revenue"] == 50
    assert "Elm" not in workshop.customers


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["gone.csv", "--into", "Our customers"], 1, "There is no file"),
        (["crm.csv", "--into", "Their customers"], 1, 'No workshop is called "Their customers"'),
        (["crm.csv"], 2, "Missing option '--into'"),
        (["crm.csv", "--into", "Our customers", "--match", "Stars"], 2, "needs an equals sign"),
        (["crm.csv", "--into", "Our customers", "--rate", "USD=x"], 2, "is not a number"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_code(
    home: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    path = Path(written(tmp_path, "Customer\nAsh\n"))
    there = [str(path.parent / a) if a.endswith(".csv") else a for a in arguments]
    told = invoked(home, "import", *there)
    assert told.exit_code == code
    assert words in told.output
    assert not brought_in(home).customers


def test_a_refusal_is_json_for_a_program(home: Path, tmp_path: Path) -> None:
    told = invoked(home, "import", str(tmp_path / "gone.csv"), "--into", "Our customers", "--json")
    assert told.exit_code == 1
    assert "There is no file" in json.loads(told.stdout)["error"]


def test_scores_are_written_as_csv_to_a_file_or_to_the_output(home: Path, tmp_path: Path) -> None:
    invoked(home, "import", written(tmp_path, "Customer\nAsh\nElm\n"), "--into", "Our customers")
    told = invoked(home, "score", "Our customers", "--csv")
    assert told.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(told.stdout.removeprefix("\ufeff"))))
    assert [(row["Customer"], row["Class"]) for row in rows] == [
        ("Ash", "Not scored"), ("Elm", "Not scored")
    ]  # fmt: skip
    out = tmp_path / "scores.csv"
    assert invoked(home, "score", "Our customers", "--csv", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfPlace,Customer")


def test_a_workshop_that_is_not_there_has_no_scores(home: Path) -> None:
    told = invoked(home, "score", "Their customers", "--csv")
    assert told.exit_code == 1
    assert '"Our customers"' in told.stderr


ORDERS = "Customer,Date,Amount\nAsh,2025-03-01,100\nElm,2025-03-02,-5\n"


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "1e99", "x"])
def test_a_rate_is_a_number_above_zero(home: Path, tmp_path: Path, rate: str) -> None:
    path = written(tmp_path, ORDERS)
    told = invoked(home, "import", path, "--into", "Our customers", "--rate", f"USD={rate}")
    assert told.exit_code == 2
    assert f'"{rate}" is' in told.output


def test_a_field_that_no_ledger_has_is_refused(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, ORDERS)
    told = invoked(home, "import", path, "--into", "Our customers", "--match", "Amount=amout")
    assert told.exit_code == 1
    assert 'There is no field "amout". There are: amount, cost' in told.stderr


def test_a_dry_run_refuses_what_the_workshop_would(home: Path, tmp_path: Path) -> None:
    name = "x" * 2_000
    path = written(tmp_path, f"Customer\n{name}\n")
    real, dry = [
        invoked(home, "import", path, "--into", "Our customers", *how)
        for how in ((), ("--dry-run",))
    ]
    assert (dry.exit_code, dry.stderr) == (real.exit_code, real.stderr)


def test_a_person_is_told_of_near_matches_strangers_and_columns(home: Path, tmp_path: Path) -> None:
    into = ("--into", "Our customers")
    invoked(home, "import", written(tmp_path, "Customer\nHansen Maschinenbau GmbH\n"), *into)
    near = written(tmp_path, "Customer,Stars\nHanssen Maschinenbau GmbH,5\n")
    told = invoked(home, "import", near, *into)
    assert told.exit_code == 3
    assert '--same "Hanssen Maschinenbau GmbH="' in told.stderr
    assert "Columns that are not imported: “Stars”." in told.stderr
    strangers = written(tmp_path, "Customer\nOak\n")
    told = invoked(home, "import", strangers, *into, "--as", "scores")
    assert told.exit_code == 3
    assert "Not in this workshop, so left out: Oak." in told.stderr


def test_an_answer_makes_two_names_one_customer(home: Path, tmp_path: Path) -> None:
    into = ("--into", "Our customers")
    invoked(home, "import", written(tmp_path, "Customer\nHansen Maschinenbau GmbH\n"), *into)
    near = written(tmp_path, "Customer,Account owner\nHanssen Maschinenbau GmbH,Ines\n")
    same = "Hanssen Maschinenbau GmbH=Hansen Maschinenbau GmbH"
    assert invoked(home, "import", near, *into, "--same", same).exit_code == 0
    (customer,) = brought_in(home).customers.values()
    assert customer.profile.owner == "Ines"


def test_a_person_is_told_of_credit_notes_and_totals(home: Path, tmp_path: Path) -> None:
    told = invoked(home, "import", written(tmp_path, ORDERS), "--into", "Our customers")
    assert "2 lines of 2 customers, 2025-03-01 to 2025-03-02: revenue 95.00" in told.stdout
    assert "Counted: " in told.stderr
    assert "5.00" in told.stderr


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Customer,Date,Amount\nAsh,01/02/2025,1\nElm,03/04/2025,2\n", "--day-first"),
        ("Customer;Date;Amount\nA;2025-01-01;1.234,50\nB;2025-01-01;1,234.50\nC;2025-01-01;1.234\n",
         "--decimal"),
        ("Customer,Date,Amount,Cur\nAsh,2025-01-01,1,USD\nElm,2025-01-01,2,CHF\n", "--rate USD="),
        ("1,2,3\n4,5,6\n7,8,9\n", "--header"),
    ],
)  # fmt: skip
def test_a_question_names_the_option_that_answers_it(
    home: Path, tmp_path: Path, text: str, option: str
) -> None:
    match = ["--match", "Cur=currency"] if "Cur" in text else []
    path = written(tmp_path, text)
    told = invoked(home, "import", path, "--into", "Our customers", *match)
    assert option in told.stderr


def test_how_a_text_is_read_can_be_said(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("x\nCustomer|Revenue with us\nÄsh|1.234\n".encode("cp850"))
    told = invoked(
        home, "import", str(path), "--into", "Our customers", "--encoding", "cp850",
        "--delimiter", "bar", "--header", "2", "--decimal", ".", "--as", "customers",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert brought_in(home).customers["Äsh"].profile.revenue == 1.234


@pytest.mark.parametrize("options", [("--only", "A=b"), ("--end", "2025-01-01"), ("--sheet", "X")])
def test_an_option_that_has_no_use_is_refused(
    home: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = written(tmp_path, "Customer\nAsh\n")
    told = invoked(home, "import", path, "--into", "Our customers", *options)
    assert told.exit_code == 1
    assert options[0] in told.stderr


@pytest.mark.parametrize("command", [["import", "crm.csv", "--into", "W"], ["score", "W", "--csv"]])
def test_no_workshops_are_made_by_a_mistyped_folder(
    tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = invoked(tmp_path / "homme", *command)
    assert told.exit_code == 1
    assert "There are no workshops in" in told.stderr
    assert not (tmp_path / "homme").exists()
    empty = CliRunner().invoke(main, [*command, "--data", ""])
    assert empty.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_scores_that_cannot_be_written_are_said(home: Path, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "gone" / "scores.csv"):
        told = invoked(home, "score", "Our customers", "--csv", str(place))
        assert told.exit_code == 1
        assert f"We could not write {place}" in told.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_report_that_cannot_be_printed_does_not_deny_what_was_stored(
    home: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, "Customer\nAsh\n")
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            kam("import", path, "--into", "Our customers", "--json", "--data", str(home)),
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert told.returncode == 3
    assert told.stderr.startswith("It came in; the report could not be printed")
    assert "Ash" in brought_in(home).customers


def test_json_is_ascii_for_programs_of_any_encoding(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "Customer,Łódź\nAsh,x\n")
    told = invoked(home, "import", path, "--into", "Our customers", "--json")
    assert told.stdout.isascii()
    assert json.loads(told.stdout)["not_imported"] == ["Łódź"]


def test_an_import_while_a_server_runs_says_who_has_the_workshops(
    home: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, "Customer\nAsh\n")
    with closing(serving(home)) as server:
        assert server.process.stdout is not None
        assert any("is ready" in line for line in server.process.stdout)  # its store is open
        told = ran("import", path, "--into", "Our customers", home=home)
    assert told.returncode == 1
    assert str(server.process.pid) in told.stderr
    assert "Stop it, or wait until it has ended" in told.stderr
    assert "Use that window" not in told.stderr


def test_a_stopped_import_stores_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: object, within: float = 0.0) -> bool:
        if within == cli.EVERY:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr("kam.intake.job.Job.done", stop)
    told = invoked(home, "import", written(tmp_path, ORDERS), "--into", "Our customers")
    assert told.exit_code == 1
    assert told.stderr == "Stopped; nothing was stored.\n"
    assert not brought_in(home).customers
