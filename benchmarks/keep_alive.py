"""Asks a server over kept connections, one request at a time on each, with as little work as possible."""

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

CHUNK_BYTES = 65_536
PATIENCE_SECONDS = 60.0


@dataclass
class Answered:
    """What came back: how often each status, how long each answer took, and how long all of them together."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


@dataclass
class Link:
    """A connection, what it has received of an answer, and when it asked."""

    socket: socket.socket
    received: bytes = b""
    asked_at: float = 0.0


def ask_all(port: int, requests: Sequence[bytes], connections: int) -> Answered:
    """Send every request once, each when a connection is free."""
    waiting, answered = deque(requests), Answered()
    with selectors.DefaultSelector() as selector:
        links = [Link(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
        began = time.perf_counter()
        for link in links:
            link.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(link.socket, selectors.EVENT_READ, link)
            _ask(link, waiting)
        while len(answered.latencies) < len(requests):
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise AssertionError(f"nothing came within {PATIENCE_SECONDS} s")
            for key, _ in ready:
                _hear(key.data, waiting, answered)
        answered.seconds = time.perf_counter() - began
        for link in links:
            link.socket.close()
    return answered


def _ask(link: Link, waiting: deque[bytes]) -> None:
    if waiting:
        link.asked_at = time.perf_counter()
        link.socket.sendall(waiting.popleft())


def _hear(link: Link, waiting: deque[bytes], answered: Answered) -> None:
    chunk = link.socket.recv(CHUNK_BYTES)
    if not chunk:
        raise AssertionError("the server hung up")
    link.received += chunk
    head, ended, body = link.received.partition(b"\r\n\r\n")
    if not ended or len(body) < _length(head):
        return
    answered.latencies.append(time.perf_counter() - link.asked_at)
    answered.statuses[int(head[9:12])] += 1
    link.received = b""
    _ask(link, waiting)


def _length(head: bytes) -> int:
    _, _, after = head.lower().partition(b"\r\ncontent-length:")
    return int(after.partition(b"\r\n")[0] or b"0")
