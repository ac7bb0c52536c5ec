"""A local Alpaca: its trading API and its stream over a real loopback socket, driven by a test."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import TracebackType
from typing import Self
from uuid import uuid4

from alpaca_server.book import Book
from alpaca_server.desk import Amount, Desk
from alpaca_server.door import Door
from alpaca_server.faults import Faults
from alpaca_server.messages import Keys, Request
from alpaca_server.rest import Rest
from alpaca_server.stream import Stream

ASSETS = ("AAPL", "KO", "MSFT", "PEP", "SPY")
PATIENCE_SECONDS = 10.0


class AlpacaServer(Desk):
    """``with AlpacaServer(cash="100000", positions={"KO": "100"}) as server:`` — see ``Desk`` for what it does."""

    def __init__(
        self,
        *,
        cash: Amount = "100000",
        positions: Mapping[str, Amount] | None = None,
        quotes: Mapping[str, Amount] | None = None,
        assets: Iterable[str] = ASSETS,
        paper: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        held, prices = positions or {}, quotes or {}
        book = Book(
            cash=Decimal(cash),
            positions={symbol: Decimal(units) for symbol, units in held.items()},
            quotes={symbol: Decimal(price) for symbol, price in prices.items()},
            now=now,
        )
        self.keys = Keys(
            f"{'PK' if paper else 'AK'}{uuid4().hex[:18].upper()}", uuid4().hex + uuid4().hex[:8]
        )
        self.faults = Faults()
        self.requests: list[Request] = []
        """Every request that was seen, also those that were spoilt."""
        self.stream = Stream(self.keys, self._changed, binary=paper)
        super().__init__(book, self.stream.publish)
        self.assets = {*assets, *held, *prices}
        self.account_number = "PA3TESTS0001" if paper else "123456789"
        rest = Rest(self, self.keys, account_number=self.account_number, assets=self.assets)
        self._door = Door(rest, self.stream, self.faults, self._saw)

    def __enter__(self) -> Self:
        self._door.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.close()

    @property
    def url(self) -> str:
        """The SDK's ``url_override`` for its TradingClient; ``/v2`` is added there."""
        return f"http://{self._door.address}"

    @property
    def stream_url(self) -> str:
        """The SDK's ``url_override`` for its TradingStream."""
        return f"ws://{self._door.address}/stream"

    @property
    def key_id(self) -> str:
        """The key id that is let in: PK… for a paper account, AK… for a live one."""
        return self.keys.key_id

    @property
    def secret_key(self) -> str:
        """The secret that belongs to the key id."""
        return self.keys.secret_key

    @property
    def cash(self) -> Decimal:
        """The account's cash in truth."""
        with self.lock:
            return self.book.cash

    @property
    def positions(self) -> dict[str, Decimal]:
        """Units held in truth, by symbol."""
        with self.lock:
            return self.book.positions

    def requests_to(self, method: str, path: str) -> list[Request]:
        """The requests of a method to exactly this path."""
        with self.lock:
            return [each for each in self.requests if (each.method, each.path) == (method, path)]

    def wait_for(self, condition: Callable[[], object], timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until something about the server is so: its requests, orders, or listeners."""
        with self.lock:
            if not self.lock.wait_for(condition, timeout):
                raise TimeoutError("it did not come to that")

    def wait_for_listeners(self, count: int = 1, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until exactly so many clients listen to the stream."""
        self.wait_for(lambda: self.stream.listeners == count, timeout)

    def _saw(self, request: Request) -> None:
        with self.changing():
            self.requests.append(request)

    def _changed(self) -> None:
        with self.changing():
            pass
