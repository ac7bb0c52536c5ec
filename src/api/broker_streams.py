"""Listen to the streams of connected accounts: what they say is stored before anything else happens to it."""

import threading
from types import TracebackType
from typing import Self

from adapters.brokers.alpaca.streams import AlpacaStreams, Listening
from adapters.brokers.alpaca.updates import message_id
from api.wiring import House
from application.ports.broker import BrokerAccount


class BrokerStreams:
    """The streams, read for as long as the ``with`` block lasts; of several processes one reads each account."""

    def __init__(self, house: House) -> None:
        self._house = house
        listening = Listening(self._accounts, house.broker_keys.credentials, self._receive, self._missed)
        self._streams = AlpacaStreams(house.database_url, house.alpaca_addresses, listening)
        self._thread = threading.Thread(target=self._streams.run, name="broker-streams", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._streams.stop()
        self._thread.join()

    def _accounts(self) -> list[BrokerAccount]:
        return [
            BrokerAccount(portfolio_id, broker.kind, broker.environment, broker.account)
            for portfolio_id, broker in self._house.books.accounts()
            if broker.environment is not None and broker.account is not None
        ]

    def _receive(self, account: BrokerAccount, raw: str) -> None:
        source = f"{account.kind}:{account.account}"
        self._house.receive_message(source, account.portfolio_id, message_id(raw), raw.encode())

    def _missed(self, account: BrokerAccount) -> None:
        """Nobody listened for a while: the books are compared, which asks for what has become of every order.

        That it has to be is an event, which the sweep finds; a job alone would be lost with Redis.
        """
        self._house.reconcile.require(account.portfolio_id, "The line to the broker is new.")
        self._house.jobs.reconcile(account.portfolio_id)
