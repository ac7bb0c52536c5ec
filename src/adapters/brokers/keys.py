"""Whether keys are good: asked of the broker that they are for."""

from collections.abc import Callable, Mapping

from application.ports.broker import Credentials
from domain.portfolio.events import BrokerKind, Environment
from domain.refusals import Conflict

Verify = Callable[[Environment, Credentials], str]
"""One kind of broker's part of application.ports.broker.Keys: the account that keys open, or why not."""


class KeysByKind:
    """The application's Keys, made from what asks each kind of broker."""

    def __init__(self, verifiers: Mapping[BrokerKind, Verify]) -> None:
        self._verifiers = verifiers

    def verify(self, kind: BrokerKind, environment: Environment, credentials: Credentials) -> str:
        """See application.ports.broker.Keys."""
        ask = self._verifiers.get(kind)
        if ask is None:
            raise Conflict(f"This Ballast cannot connect to {kind} yet.")
        return ask(environment, credentials)
