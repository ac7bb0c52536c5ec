"""Say where a portfolio's prices come from. Keys are no events: they are kept, sealed, in the same transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Batch
from application.ports.provider_keys import ProviderKeys, ProviderSecret
from domain.market_data.providers import Provider
from domain.portfolio.providers import set_providers
from domain.portfolio.state import Portfolio
from domain.refusals import FieldError, InvalidFields
from domain.streams import PORTFOLIO


class Listed(NamedTuple):
    """A provider, and whether a key of its own is kept for it."""

    provider: Provider
    has_key: bool


@dataclass(frozen=True, slots=True)
class SetProviders:
    """The use case with what it needs from outside."""

    ledger: Ledger
    keys: ProviderKeys

    def __call__(
        self,
        cause: Cause,
        portfolio_id: UUID,
        wanted: Sequence[Provider],
        given: Mapping[int, ProviderSecret],
    ) -> Outcome[list[Listed]]:
        """Make a portfolio's list what is wanted, whole; ``given`` are keys by the provider's place in it.

        A key that is kept stays for a provider that speaks to the same hosts as before. Raises InvalidFields,
        Conflict and KeysSealed.
        """
        by_name = {wanted[place].name: secret for place, secret in given.items()}

        def decide(transaction: Transaction) -> list[Listed]:
            stream, state = transaction.require(PORTFOLIO, portfolio_id)
            errors = [*self._errors(state, wanted, given)]
            if errors:
                raise InvalidFields(errors)
            transaction.append(stream, set_providers(state, wanted))
            return [
                Listed(each, each.name in by_name or self._has_key(portfolio_id, each)) for each in wanted
            ]

        def append(batch: Batch, _: list[Listed]) -> int:
            return self.keys.keep(portfolio_id, wanted, by_name, batch, self.ledger.clock())

        return self.ledger.transact(cause, decide, append)

    def listed(self, portfolio_id: UUID) -> list[Listed]:
        """A portfolio's providers in the order in which they are asked."""
        state = self.ledger.load(PORTFOLIO, portfolio_id).state
        providers = () if state is None else state.providers
        return [Listed(each, self._has_key(portfolio_id, each)) for each in providers]

    def _errors(
        self, state: Portfolio, wanted: Sequence[Provider], given: Mapping[int, ProviderSecret]
    ) -> Iterator[FieldError]:
        """Keys where none are taken, and none where they are needed."""
        for place, each in enumerate(wanted):
            has_key = place in given or self._has_key(state.id, each)
            field = f"providers[{place}]"
            if place in given and each.kind == "http" and not each.takes_key:
                yield f"{field}.key", "It is sent nowhere: put {key} into a header, or into an address."
            if each.takes_key and not has_key:
                yield f"{field}.key", "It is needed, also when the provider has moved to another host."
            if each.kind == "alpaca" and not has_key and state.broker.kind != "alpaca":
                yield (
                    f"{field}.credentials",
                    "They are needed, since the portfolio is not connected to Alpaca.",
                )

    def _has_key(self, portfolio_id: UUID, provider: Provider) -> bool:
        return self.keys.has_key(portfolio_id, provider)
