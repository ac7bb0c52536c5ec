"""The stream: everything is stored before anything else, and nothing can fall between two lines."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.stream import AlpacaStream
from adapters.brokers.alpaca.updates import reports
from alpaca_server.clients import buy, http
from alpaca_server.server import AlpacaServer
from broker_contract.alpaca import credentials_of

PATIENCE_SECONDS = 10.0


@dataclass
class Listener:
    """What a stream told. ``fails`` is asked before anything is stored."""

    fails: Callable[[], bool] = lambda: False
    frames: "queue.Queue[str]" = field(default_factory=queue.Queue)
    missed: "queue.Queue[None]" = field(default_factory=queue.Queue)

    def receive(self, raw: str) -> None:
        """Store a frame."""
        if self.fails():
            raise OSError("the database is away")
        self.frames.put(raw)

    def ask(self) -> None:
        """Ask after what was missed."""
        self.missed.put(None)

    def until_listening(self, lines: int = 1) -> None:
        """Wait for so many lines."""
        for _ in range(lines):
            self.missed.get(timeout=PATIENCE_SECONDS)

    def events(self, count: int) -> list[str]:
        """What the next frames say."""
        frames = [self.frames.get(timeout=PATIENCE_SECONDS) for _ in range(count)]
        return [report.event for frame in frames for report in reports(frame)]


@contextmanager
def reading(server: AlpacaServer, listener: Listener, url: str | None = None) -> Iterator[AlpacaStream]:
    """A stream that is read in a thread, and ends within two seconds."""
    stream = AlpacaStream(
        credentials_of(server), url or server.stream_url, listener.receive, listener.ask, backoff_seconds=0.02
    )
    thread = threading.Thread(target=stream.run)
    thread.start()
    try:
        yield stream
    finally:
        began = time.monotonic()
        stream.stop()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
        assert time.monotonic() - began < 2


def post(server: AlpacaServer, name: str = "a") -> None:
    """An order, by somebody."""
    with http(server) as client:
        assert client.post("/orders", json=buy(name)).status_code == 200


@pytest.mark.parametrize("paper", [True, False], ids=["binary", "text"])
def test_updates_are_stored_as_they_came(paper: bool) -> None:
    """Both kinds of account send them in their own way."""
    with AlpacaServer(paper=paper) as server, reading(server, listener := Listener()):
        listener.until_listening()
        post(server)
        server.fill("a", "4", "60")
        server.fill("a", None, "60.5")
        assert listener.events(4) == ["accepted", "accepted", "partial_fill", "fill"]


def test_numbers_arrive_with_all_their_digits(server: AlpacaServer) -> None:
    """Also when they are no texts."""
    server.numbers_as_json = True
    with reading(server, listener := Listener()):
        listener.until_listening()
        server.trade_outside("KO", "sell", "1.000000001", "97.123456789012345678")
        (report,) = reports(listener.frames.get(timeout=PATIENCE_SECONDS))
    assert report.fill is not None
    assert report.fill.price == Decimal("97.123456789012345678")
    assert report.fill.quantity == Decimal("1.000000001")


@pytest.mark.parametrize("seed", range(4))
def test_updates_out_of_order_and_twice_are_all_stored(server: AlpacaServer, seed: int) -> None:
    """What to make of them is for those who book."""
    with reading(server, listener := Listener()):
        listener.until_listening()
        server.stream.reorder(5, seed=seed)
        server.stream.duplicate()
        post(server)
        server.fill("a", "4", "60")
        server.fill("a", None, "60")
        told = listener.events(5)
    assert sorted(told) == ["accepted", "accepted", "accepted", "fill", "partial_fill"]


def test_after_a_line_is_lost_there_is_another_and_what_was_missed_is_asked_for(server: AlpacaServer) -> None:
    """As soon as the new one is listened on, so that nothing falls between."""
    with reading(server, listener := Listener()):
        for lines in range(3):
            listener.until_listening()
            post(server, str(lines))
            assert listener.events(2) == ["accepted", "accepted"]
            server.stream.disconnect()
        listener.until_listening()


@pytest.mark.parametrize("status", [401, 429, 503])
def test_a_line_that_is_refused_is_tried_again(server: AlpacaServer, status: int) -> None:
    """With pauses that grow."""
    server.stream.refuse(3, status)
    with reading(server, listener := Listener()):
        listener.until_listening()
        assert server.stream.attempts == 4


def test_what_could_not_be_stored_costs_the_line_and_is_asked_for(server: AlpacaServer) -> None:
    """Nothing that came is passed over in silence."""
    failing = threading.Event()
    failing.set()
    with reading(server, listener := Listener(fails=failing.is_set)):
        listener.until_listening()
        server.trade_outside("KO", "sell", "1", "60")
        listener.until_listening()  # again, on another line
        assert listener.frames.empty()
        failing.clear()
        server.wait_for_listeners()
        server.trade_outside("KO", "sell", "1", "60")
        assert listener.events(1) == ["fill"]


def test_a_line_on_which_what_was_missed_cannot_be_asked_for_is_none(server: AlpacaServer) -> None:
    """It is tried again until that works."""
    listener, asked = Listener(), iter([True, True, False])

    def ask() -> None:
        if next(asked):
            raise OSError("the queue is away")
        listener.missed.put(None)

    listener.ask = ask  # type: ignore[method-assign]  # this listener's own way
    with reading(server, listener):
        listener.until_listening()
        assert server.stream.attempts == 3


def test_wrong_keys_are_tried_again_and_not_told(server: AlpacaServer) -> None:
    """They may be mended at the broker; until then there is nothing to hear."""
    right = server.keys.secret_key
    with reading(server, listener := Listener()):
        listener.until_listening()
        server.keys.secret_key = "another"
        server.stream.disconnect()
        server.wait_for(lambda: server.stream.attempts >= 3)
        assert listener.missed.empty()
        server.keys.secret_key = right
        listener.until_listening()


def test_it_stops_in_a_pause_between_lines(server: AlpacaServer) -> None:
    """And where there is nobody at all."""
    server.stream.refuse(10**6)
    with reading(server, Listener()):
        server.wait_for(lambda: server.stream.attempts >= 1)
    with reading(server, Listener(), url="ws://127.0.0.1:1/stream"):
        pass


def test_it_stops_before_it_began(server: AlpacaServer) -> None:
    """Then it never begins."""
    stream = AlpacaStream(credentials_of(server), server.stream_url, lambda raw: None, lambda: None)
    stream.stop()
    stream.run()
    assert server.stream.attempts == 0


def test_an_update_that_is_dropped_is_found_when_the_line_is_new(server: AlpacaServer) -> None:
    """Which is why open orders are asked for then."""
    with reading(server, listener := Listener()):
        listener.until_listening()
        post(server)
        assert listener.events(2) == ["accepted", "accepted"]
        server.stream.drop(1)
        server.fill("a", None, "60")
        server.stream.disconnect()
        listener.until_listening()
        assert listener.frames.empty()
