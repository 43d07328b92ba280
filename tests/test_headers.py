"""Security headers on every answer, whatever the app answers."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from kam.live.headers import CONTENT_POLICY, HEADERS, SecurityHeaders


def sent(scope: Scope, answer: list[Message]) -> list[Message]:
    """What goes out when the app behind the middleware gives these messages."""
    out: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in answer:
            await send(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        out.append(message)

    with pytest.raises(StopIteration):  # nothing here waits: one step runs it to its end
        SecurityHeaders(app)(scope, receive, send).send(None)
    return out


def start(*headers: tuple[bytes, bytes], status: int = 200) -> Message:
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def headers(message: Message) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in message["headers"]}


@pytest.mark.parametrize("status", [200, 304, 404, 500])
def test_every_answer_carries_every_header(status: int) -> None:
    [first] = sent({"type": "http"}, [start(status=status)])
    assert first["status"] == status
    assert headers(first) == {name.lower(): value for name, value in HEADERS.items()}


def test_a_header_that_the_app_sets_itself_is_kept() -> None:
    [first] = sent({"type": "http"}, [start((b"x-frame-options", b"SAMEORIGIN"))])
    assert headers(first)["x-frame-options"] == "SAMEORIGIN"
    assert headers(first)["x-content-type-options"] == "nosniff"


def test_parts_of_a_stream_pass_one_by_one_and_unchanged() -> None:
    parts: list[Message] = [
        {"type": "http.response.body", "body": b"one", "more_body": True},
        {"type": "http.response.body", "body": b"two", "more_body": False},
    ]
    assert sent({"type": "http"}, [start(), *parts])[1:] == parts


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_connections_are_left_alone(kind: str) -> None:
    answer: list[Message] = [{"type": "websocket.accept", "headers": []}]
    assert sent({"type": kind}, answer) == answer


def test_the_policy_names_no_other_host_and_forbids_frames() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_POLICY.split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["object-src"] == "'none'"
    assert not [word for word in CONTENT_POLICY.split() if "//" in word or "*" in word]
