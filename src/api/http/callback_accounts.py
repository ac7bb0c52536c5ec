"""Whose callbacks are believed: what each account's are signed with, asked of the database once a second at most.

A false signature must not cost what a good one does. Within the second it is held against what is known and costs no
question. Afterwards a delivery that what was known calls good is *familiar*, and asked about again without a count; all
others count against their address, and beyond its limit they are sent away before anything is looked up.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from fastapi.concurrency import run_in_threadpool
from pydantic import SecretStr

from api.http.callback_signature import is_signed
from api.http.request_limits import RequestLimits
from api.wiring import House
from domain.portfolio.events import BrokerChoice
from domain.refusals import NotFound
from domain.streams import PORTFOLIO

BELIEVED_SECONDS = 1.0
"""So long a secret that another process has renewed or forgotten goes on; what this one forgets ends at once."""

KEPT_MAX = 1_000


class Signing(NamedTuple):
    """A real account with the secrets that its callbacks may be signed with."""

    broker: BrokerChoice
    secrets: Sequence[SecretStr]


class Signed(NamedTuple):
    """What is signed and by what: a delivery as it came, at a moment, from an address."""

    headers: Mapping[str, str]
    body: bytes
    at: datetime
    address: str

    def is_by(self, signing: Signing) -> bool:
        """Whether one of the account's secrets has signed it."""
        return is_signed(self.headers, self.body, signing.secrets, self.at)


class CallbackAccounts:
    """Says whose account a delivery is of."""

    def __init__(
        self, house: House, limits: RequestLimits, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._house = house
        self._limits = limits
        self._monotonic = monotonic
        self._known: OrderedDict[UUID, tuple[float, Signing]] = OrderedDict()

    async def of(self, portfolio_id: UUID, delivery: Signed) -> BrokerChoice | None:
        """The account of a portfolio that has signed a delivery, None when none has.

        Raises Problem 429, and KeysSealed for secrets that cannot be opened.
        """
        until, known = self._known.get(portfolio_id, (0.0, None))
        is_good = known is not None and delivery.is_by(known)
        if known is not None and self._monotonic() < until:
            return known.broker if is_good else None
        if not is_good:
            self._limits.count_stranger(delivery.address, "callback")
        found = await run_in_threadpool(self._found, portfolio_id)
        self._keep(portfolio_id, found)
        return found.broker if found is not None and delivery.is_by(found) else None

    def forget(self, portfolio_id: UUID) -> None:
        """Ask anew at the next delivery: its account, or a secret of it, is another one now."""
        self._known.pop(portfolio_id, None)

    def _found(self, portfolio_id: UUID) -> Signing | None:
        try:
            portfolio = self._house.ledger.load(PORTFOLIO, portfolio_id).state
        except NotFound:
            return None
        if portfolio is None or not portfolio.broker.is_real or portfolio.broker.account is None:
            return None
        broker = portfolio.broker
        secrets = self._house.connect_broker.callback_secrets(broker.kind, portfolio.broker.account)
        return Signing(broker, secrets)

    def _keep(self, portfolio_id: UUID, found: Signing | None) -> None:
        """Remember an account; what is none is not remembered, since anybody can make ids up."""
        self._known.pop(portfolio_id, None)
        if found is not None:
            self._known[portfolio_id] = self._monotonic() + BELIEVED_SECONDS, found
            if len(self._known) > KEPT_MAX:
                self._known.popitem(last=False)
