"""`kam serve`: the same app under `st.App`, with headers, compression and its address printed."""

import socket
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit.runtime.pages_manager import PagesManager

from kam.errors import KeyroomError
from kam.live.headers import SecurityHeaders
from kam.ui import rooms

ROOT = Path(__file__).resolve().parents[2]
SMALLEST_COMPRESSED = 800  # bytes; below it compression costs more than it saves


def build() -> st.App:
    """The app with security headers and compression."""
    return st.App(
        ROOT / "app.py",
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED),
        ],
    )


def run(port: int, address: str) -> int:
    """Serve until stopped; the exit code.

    The store is opened first, so that a second process says at once who has it.
    """
    try:
        store = rooms.store()
    except KeyroomError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is a command
        return 1
    for notice in store.notices:
        print(notice)  # noqa: T201
    # Before the first run Streamlit takes a folder named pages/ for its old kind of navigation and
    # answers the first deep link with "Page not found".
    PagesManager.uses_pages_directory = False
    _announce(port, address)
    try:
        build().run(config={"server.port": port, "server.address": address})
    finally:
        store.close()
    return 0


def _announce(port: int, address: str) -> None:
    """Print where Keyroom can be reached."""
    print(f"Keyroom is ready at http://127.0.0.1:{port}", flush=True)  # noqa: T201
    if address != "127.0.0.1":
        host = socket.gethostbyname(socket.gethostname())
        print(f"On this network: http://{host}:{port}", flush=True)  # noqa: T201
