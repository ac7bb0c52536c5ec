"""One question to a host that somebody's configuration names: checked, bounded in time and size, never redirected."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore
import httpx

from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.lines import UNDER_WAY, Call, CheckedBackend, NotAllowed

SECONDS_MAX = 10.0
BODY_BYTES_MAX = 8_000_000
CONNECTIONS_MAX = 8
IDLE_SECONDS_MAX = 15.0

__all__ = ["Answer", "NotAllowed", "Outbound", "TooMuch", "Unanswered"]


class Unanswered(Exception):
    """No whole answer came: refused, cut, too slow, or no HTTP."""


class TooMuch(Exception):
    """An answer is longer than anything that was asked for, or packed so that its length cannot be known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status. Header names are in lower case; of a repeated one the first counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Outbound:
    """Asks hosts under a policy. Threads share it; connections stay open for a while."""

    def __init__(self, policy: AddressPolicy, body_bytes_max: int = BODY_BYTES_MAX) -> None:
        self._body_bytes_max = body_bytes_max
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=CONNECTIONS_MAX,
            keepalive_expiry=IDLE_SECONDS_MAX,
            network_backend=CheckedBackend(policy),
        )

    def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        seconds_max: float = SECONDS_MAX,
    ) -> Answer:
        """Make one request and answer what came, within one deadline; nothing is tried twice.

        A redirect is an answer like any other. Neither a proxy nor a .netrc of the environment is used. No text
        raised holds more of the address than its host. Raises NotAllowed, Unanswered, TooMuch, and ValueError for
        what is no address.
        """
        target = _target(url)
        sent = {"accept-encoding": "identity", "user-agent": "ballast"} | _lower(headers or {})
        with _under_way(Call(time.monotonic() + seconds_max, target.scheme == "https")) as call:
            try:
                with self._pool.stream(
                    method,
                    httpcore.URL(
                        scheme=target.raw_scheme,
                        host=target.raw_host,
                        port=target.port,
                        target=target.raw_path,
                    ),
                    headers=list(sent.items()),
                    content=content,
                    extensions={"timeout": {"pool": call.seconds_left}},
                ) as response:
                    return Answer(response.status, _headers(response), self._body(response, target.host))
            except httpcore.TimeoutException:
                raise Unanswered(f"{target.host} did not answer in time") from None
            except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                raise Unanswered(f"the line to {target.host} failed ({type(error).__name__})") from None

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _body(self, response: httpcore.Response, host: str) -> bytes:
        """All of it, unpacked by nobody: what is packed may be a thousand times as long."""
        if _headers(response).get("content-encoding", "identity") != "identity":
            raise TooMuch(f"{host} sent its answer packed, although nobody asked for that")
        body = bytearray()
        for part in response.iter_stream():
            body += part
            if len(body) > self._body_bytes_max:
                raise TooMuch(f"{host} sent more than {self._body_bytes_max} bytes")
        return bytes(body)


def _target(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        raise ValueError("It is no address") from None
    if target.scheme not in {"http", "https"} or not target.host:
        raise ValueError("An address begins with https:// or http:// and a host")
    if target.userinfo:
        raise ValueError("An address must not hold a name or a password")
    return target


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _headers(response: httpcore.Response) -> dict[str, str]:
    pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers]
    return dict(reversed(pairs))


@contextmanager
def _under_way(call: Call) -> Iterator[Call]:
    token = UNDER_WAY.set(call)
    try:
        yield call
    finally:
        UNDER_WAY.reset(token)
