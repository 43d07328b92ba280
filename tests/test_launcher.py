"""What `kam serve` adds to the app: headers, compression, its address, one process a folder."""

import gzip
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest
from starlette.middleware.gzip import GZipMiddleware

from kam.live import launcher
from kam.live.headers import HEADERS, SecurityHeaders
from tests.servers import Server, serving

LARGE = "/static/js/"  # Streamlit's scripts are hundreds of kilobytes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = serving(tmp_path_factory.mktemp("served"))
    yield found
    found.stop()


def answer(server: Server, path: str, **headers: str) -> tuple[Message, bytes]:
    """Headers and body of an answer, as they came; errors are answers too."""
    request = urllib.request.Request(server.address + path, headers=headers)  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=10) as got:  # noqa: S310 - our own server
            return got.headers, got.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.headers, error.read()


def largest_script(server: Server) -> str:
    """The path of the script that the start page loads."""
    page = answer(server, "/")[1].decode()
    return page[page.index(LARGE) :].split('"')[0]


def test_the_server_is_well(server: Server) -> None:
    assert answer(server, "/_stcore/health")[1] == b"ok"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/matrix", "/app/static/nothing.woff2"])
def test_every_path_answers_with_the_security_headers(server: Server, path: str) -> None:
    headers, _ = answer(server, path)
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_large_answers_are_compressed_for_those_who_ask(server: Server) -> None:
    path = largest_script(server)
    headers, body = answer(server, path, **{"Accept-Encoding": "gzip"})
    _, whole = answer(server, path)
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == whole
    assert len(body) < 0.5 * len(whole)


def test_small_answers_are_not_compressed(server: Server) -> None:
    headers, body = answer(server, "/_stcore/health", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] is None
    assert body == b"ok"


def test_a_web_page_elsewhere_may_not_read_our_answers(server: Server) -> None:
    headers, _ = answer(server, "/", Origin="https://example.com")
    assert headers["Access-Control-Allow-Origin"] is None


def test_the_app_runs_the_router_behind_headers_and_compression() -> None:
    app = launcher.build()
    assert [layer.cls.__name__ for layer in app._user_middleware] == [  # type: ignore[attr-defined]
        SecurityHeaders.__name__,
        GZipMiddleware.__name__,
    ]
    assert app.script_path == launcher.ROOT / "app.py"
    assert app.script_path.is_file()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("127.0.0.1", ["Keyroom is ready at http://127.0.0.1:8899"]),
        (
            "0.0.0.0",  # noqa: S104 - nothing is served
            [
                "Keyroom is ready at http://127.0.0.1:8899",
                "On this network: http://192.0.2.7:8899",
            ],
        ),
    ],
)
def test_the_network_address_is_told_only_when_it_is_shared(
    address: str,
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("kam.live.launcher.socket.gethostbyname", lambda _: "192.0.2.7")
    launcher._announce(8899, address)
    assert capsys.readouterr().out.splitlines() == told


def test_a_port_counts_as_taken_only_while_somebody_listens() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        assert launcher._taken(port, "127.0.0.1")
    assert not launcher._taken(port, "127.0.0.1")
