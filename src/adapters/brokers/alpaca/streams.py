"""The streams of all accounts that are connected at Alpaca, each read by one process."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.leader import Leader
from application.ports.broker import BrokerAccount, Credentials
from domain.refusals import Conflict

if TYPE_CHECKING:
    from adapters.brokers.alpaca.stream import AlpacaStream

log = structlog.get_logger()

LOOK_AGAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Listening:
    """What a stream needs. ``receive`` stores what an account's stream says, ``missed`` asks after what it may not
    have said; both get the account first.
    """

    accounts: Callable[[], Sequence[BrokerAccount]]
    credentials: Callable[[BrokerAccount], Credentials]
    receive: Callable[[BrokerAccount, str], None]
    missed: Callable[[BrokerAccount], None]


class AlpacaStreams:
    """Reads the streams of whatever accounts there are, until stopped."""

    def __init__(
        self,
        database_url: str,
        addresses: Addresses,
        listening: Listening,
        look_again_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> None:
        self._database_url = database_url
        self._addresses = addresses
        self._listening = listening
        self._look_again_seconds = look_again_seconds
        self._stopping = threading.Event()
        self._without_keys: set[BrokerAccount] = set()
        self._leaders: dict[tuple[BrokerAccount, str], tuple[Leader, threading.Thread]] = {}

    def run(self) -> None:
        """Follow the accounts until stopped; new keys mean a new line."""
        try:
            while not self._stopping.is_set():
                self._follow()
                self._stopping.wait(self._look_again_seconds)
        finally:
            self._end(list(self._leaders))

    def stop(self) -> None:
        """Ask it to end; it takes about three seconds at most."""
        self._stopping.set()

    def _follow(self) -> None:
        try:
            wanted = self._wanted()
        except Exception:  # a process edge: the lines that are there stay, and it looks again
            log.exception("alpaca.accounts_unknown")
            return
        self._end([key for key in self._leaders if key not in wanted])
        for key, credentials in wanted.items():
            if key not in self._leaders:
                leader = self._leader(key[0], credentials)
                thread = threading.Thread(target=leader.run, name=f"alpaca {key[0].account}", daemon=True)
                thread.start()
                self._leaders[key] = leader, thread

    def _wanted(self) -> dict[tuple[BrokerAccount, str], Credentials]:
        """The accounts whose keys can be opened, with their keys."""
        wanted = {}
        for account in self._listening.accounts():
            if account.kind != "alpaca":
                continue
            try:
                credentials = self._listening.credentials(account)
            except Conflict as sealed:
                if account not in self._without_keys:
                    log.warning("alpaca.no_keys", account=account.account, reason=str(sealed))
                self._without_keys.add(account)
                continue
            self._without_keys.discard(account)
            wanted[account, credentials.key_id.get_secret_value()] = credentials
        return wanted

    def _leader(self, account: BrokerAccount, credentials: Credentials) -> Leader:
        listening, url = self._listening, self._addresses.stream(account.environment)

        def make() -> "AlpacaStream":
            # Here and not above: the SDK imports pandas, a second which a house without an account shall not pay.
            from adapters.brokers.alpaca.stream import AlpacaStream  # noqa: PLC0415

            return AlpacaStream(
                credentials,
                url,
                lambda raw: listening.receive(account, raw),
                lambda: listening.missed(account),
            )

        name = f"{account.kind}|{account.environment}|{account.account}"
        return Leader(self._database_url, name, make)

    def _end(self, keys: Sequence[tuple[BrokerAccount, str]]) -> None:
        ending = [self._leaders.pop(key) for key in keys]
        for leader, _ in ending:
            leader.stop()
        for _, thread in ending:
            thread.join(5.0)
