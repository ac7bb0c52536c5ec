"""What comes in and goes out: requests, answers, and the keys that let a client in."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from alpaca_server import wire


@dataclass
class Keys:
    """What the server lets in; change it to revoke what a client has."""

    key_id: str
    secret_key: str
    refusal: int = 401
    """Alpaca answers wrong keys with 401 mostly, and with 403 at times."""

    def fit(self, key_id: object, secret_key: object) -> bool:
        """Whether these are the keys."""
        return (key_id, secret_key) == (self.key_id, self.secret_key)


@dataclass(frozen=True)
class Request:
    """A request as the server saw it; ``body`` is its JSON without floats, None when there is none."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def body(self) -> Any:
        """What was sent, read as JSON."""
        try:
            return wire.loads(self.content) if self.content else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Answer:
    """What goes back to the client."""

    status: int
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer_json(status: int, body: Any, **headers: str) -> Answer:
    """An answer as Alpaca gives almost all of them."""
    told = {"content-type": "application/json; charset=UTF-8", "x-request-id": uuid4().hex} | headers
    return Answer(status, wire.dumps(body).encode(), told)
