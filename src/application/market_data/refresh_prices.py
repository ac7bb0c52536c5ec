"""The work of a price refresh: ask a portfolio's providers for what it watches (DOMAIN §4, §9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.alerts import Concern, raise_alert, settle_alert
from application.ingest_prices import IngestPrices
from application.ledger import Cause, Ledger, Transaction
from application.market_data.asking import Asking
from application.market_data.due import due
from application.market_data.outcome import Outcome
from application.market_data.take_rates import TakeRates
from application.ports import Sessions
from application.ports.market_data import Providers, Wanted
from application.ports.provider_records import ProviderRecords
from domain.fx import Pair
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.runs.decide import Result
from domain.runs.state import Run
from domain.streams import PORTFOLIO

ACTOR = "ballast:market-data"
RULE = "provider_failing"

Watched = Callable[[UUID], Sequence[Wanted]]
"""The listings that a portfolio watches."""


@dataclass(frozen=True, slots=True)
class RefreshPrices:
    """The work with what it needs from outside. Doing it again asks again, and stores nothing twice."""

    ledger: Ledger
    providers: Providers
    records: ProviderRecords
    ingest: IngestPrices
    take_rates: TakeRates
    sessions: Sessions
    watched: Watched

    def __call__(self, run: Run) -> Result:
        """Ask for quotes, for closes that are missing, and for the exchange rates that value them."""
        portfolio = self._portfolio(run.portfolio)
        if portfolio.frozen:
            return Result("blocked_frozen", "The portfolio is frozen, and no provider was asked.")
        now = self.ledger.clock()
        providers = self.providers.of(portfolio, now)
        wanted = self.watched(portfolio.id)
        if not providers:
            return Result("no_action", "The portfolio asks no provider for prices.")
        if portfolio.feed != LIVE_FEED or not wanted:
            return Result("no_action", "The portfolio watches no listing.")
        closes = self.records.newest_closes([each.listing_id for each in wanted])
        outcome = Outcome(
            due=[due(each, now, closes.get(each.listing_id), self.sessions) for each in wanted],
            pairs=_pairs(wanted, portfolio.currency),
        )
        Asking(
            portfolio_id=portfolio.id,
            now=now,
            by_person=run.trigger == "person",
            outcome=outcome,
            records=self.records,
            ingest=self.ingest,
            take_rates=self.take_rates,
            frozen_because=lambda: self._portfolio(portfolio.id).frozen_because,
        ).ask(providers)
        outcome.frozen_because = self._portfolio(portfolio.id).frozen_because
        if outcome.frozen_because is None:
            self._tell(portfolio.id, outcome)
        return _result(outcome, now)

    def _portfolio(self, portfolio_id: UUID) -> Portfolio:
        _, state = Transaction(self.ledger, self._cause()).require(PORTFOLIO, portfolio_id)
        return state

    def _tell(self, portfolio_id: UUID, outcome: Outcome) -> None:
        """Call a person while something is missing, and say when it is not any more."""
        if not outcome.is_complete and not outcome.asked and outcome.left_alone:
            return  # nothing is known that was not known before

        def decide(transaction: Transaction) -> None:
            if outcome.is_complete:
                settle_alert(transaction, (portfolio_id, None, RULE), "Providers give usable prices again.")
            else:
                raise_alert(transaction, Concern(portfolio_id, None, RULE, "WARN", outcome.complaint()))

        self.ledger.transact(self._cause(), decide)

    def _cause(self) -> Cause:
        run_id = self.ledger.run_id()
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)


def _pairs(wanted: Sequence[Wanted], base: str) -> list[Pair]:
    """What is needed to value all of it in the portfolio's own currency."""
    return [Pair(currency, base) for currency in sorted({each.currency for each in wanted} - {base})]


def _result(outcome: Outcome, now: datetime) -> Result:
    if outcome.frozen_because is not None:
        return Result("blocked_frozen", outcome.summary(), outcome.snapshot(now))
    if not outcome.asked and outcome.left_alone:
        return Result("no_action", outcome.summary())
    came = outcome.priced or outcome.rated
    return Result("success" if came else "failed", outcome.summary(), outcome.snapshot(now))
