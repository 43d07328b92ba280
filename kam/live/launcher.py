"""`kam serve`: the same app under `st.App`, with headers, compression and its address printed."""

import os
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit.runtime.pages_manager import PagesManager

from kam.errors import KeyroomError
from kam.live.headers import SecurityHeaders

ROOT = Path(__file__).resolve().parents[2]
SMALLEST_COMPRESSED = 800  # bytes; below it compression costs more than it saves


def build(once_up: Callable[[], None] | None = None) -> st.App:
    """The app with security headers and compression.

    Args:
        once_up: done in a thread of its own as soon as the server answers.
    """

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        if once_up is not None:
            threading.Thread(target=once_up, daemon=True).start()
        yield

    return st.App(
        ROOT / "app.py",
        lifespan=lifespan,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED),
        ],
    )


def run(port: int, address: str) -> None:
    """Serve until stopped; the store is opened as soon as the server answers.

    Raises:
        SystemExit: with code 1, after saying why, when Keyroom cannot start.
    """
    if _taken(port, address):
        _give_up(port)
    # Before the first run Streamlit takes a folder named pages/ for its old kind of navigation and
    # answers the first deep link with "Page not found".
    PagesManager.uses_pages_directory = False
    try:
        build(partial(_open_store, port, address)).run(
            config={"server.port": port, "server.address": address}
        )
    finally:
        import_module("kam.ui.rooms").store().close()


def _open_store(port: int, address: str) -> None:
    """Open the store, say where Keyroom is, and import what the first page will need.

    A store that cannot be opened ends the process at once: a second Keyroom says who is first.
    """
    try:
        store = import_module("kam.ui.rooms").store()
    except KeyroomError as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201 - this is a command
        os._exit(1)  # nothing is open; the server in the other thread must not go on
    for notice in store.notices:
        print(notice, flush=True)  # noqa: T201
    _announce(port, address)
    import_module("kam.ui.standout")  # the matrix and its charts


def _taken(port: int, address: str) -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return True
    return False


def _give_up(port: int) -> NoReturn:
    """Say who has the port: a Keyroom with the same workshops, or another program."""
    try:
        import_module("kam.ui.rooms").store().close()
        told = f"Port {port} is taken by another program. Try: kam serve --port {port + 1}"
    except KeyroomError as error:
        told = str(error)
    sys.exit(told)


def _announce(port: int, address: str) -> None:
    """Print where Keyroom can be reached."""
    print(f"Keyroom is ready at http://127.0.0.1:{port}", flush=True)  # noqa: T201
    if address != "127.0.0.1":
        host = socket.gethostbyname(socket.gethostname())
        print(f"On this network: http://{host}:{port}", flush=True)  # noqa: T201
