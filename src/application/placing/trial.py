"""What one line of advice would come to now, before anything of it is stored."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid5

from application.hours import hours_between
from application.ledger import Transaction
from application.orders.dispatch import FRESH
from application.policies import KnownPolicies
from application.ports import Prices, Sessions
from application.quality.unchanged import unchanged_for
from domain.balancing import Reason
from domain.listing import Listing
from domain.money import ZERO, minor_unit
from domain.placing.opening import opened
from domain.placing.placement import Placement
from domain.placing.smallest import smallest
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.position.evaluate import Circumstances, Evaluation, decided, gather
from domain.position.events import PositionOpened
from domain.position.evolve import evolve as evolve_position
from domain.position.state import Position
from domain.quality.thresholds import of_listing, tightened
from domain.recommendation import carry_out
from domain.recommendation.events import AdvisedLine, DeclineReason
from domain.recommendation.state import Recommendation
from domain.sessions import BeyondCalendar, UnknownExchange
from domain.settings import Settings, resolve
from domain.streams import LISTING, RUN

WAITS: frozenset[Reason | None] = frozenset(
    {"no_price", "stale_price", "unreconciled", "market_closed", "duplicate", "paused"}
)
"""What passes by itself: the line is tried again."""

NO_UNITS = Units()

ROUNDINGS = 10
"""How many minor units are kept back for an order, since each of its executions is rounded by itself."""


@dataclass(frozen=True, slots=True)
class Against:
    """A plain fact for which a line cannot be placed."""

    reason: DeclineReason
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A line decided on some means, as the position that would carry it out."""

    advised: AdvisedLine
    position_id: UUID
    opened: PositionOpened
    evaluation: Evaluation

    @property
    def waits(self) -> bool:
        """Whether it is to be tried again."""
        return self.evaluation.decision.outcome != "trade" and self.evaluation.decision.reason in WAITS


@dataclass(frozen=True, slots=True)
class TryLine:
    """What a line is decided on is read from here."""

    prices: Prices
    sessions: Sessions
    policies: KnownPolicies

    def __call__(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        state: Recommendation,
        advised: AdvisedLine,
        *,
        cash: Decimal = ZERO,
        units: Units = NO_UNITS,
    ) -> Trial | Against | None:
        """What a line comes to with this cash, or these units, at the newest price; None where no calendar says."""
        _, listing = transaction.require(LISTING, advised.line.listing_id)
        against = _against(transaction, portfolio, state, advised, listing)
        if against is not None:
            return against
        position_id = uuid5(advised.id, str(state.attempts))
        event = opened(portfolio, listing, self._placement(state, advised), units)
        position = replace(evolve_position(None, event, position_id), cash=cash)
        settings = resolve(portfolio.settings, position.settings)
        try:
            around = self._circumstances(transaction, position, portfolio, listing, settings)
        except (UnknownExchange, BeyondCalendar):
            return None
        today = sum(
            (each.line_id, each.trading_day) == (advised.id, around.session.day) for each in state.placed
        )
        inputs = gather(position, portfolio, around).model_copy(update={"orders_today": today})
        evaluation = decided(position, around, inputs, transaction.new_id(), portfolio.mode)
        return Trial(advised, position_id, event, evaluation)

    def _placement(self, state: Recommendation, advised: AdvisedLine) -> Placement:
        least, cost = ZERO, ROUNDINGS * minor_unit(state.currency)
        if state.policy_hash is not None:
            policy = self.policies(state.policy_hash).policy
            least, cost = smallest(policy, state.kind, advised.line), cost + policy.constraints.cost_per_order
        return Placement(
            recommendation_id=state.id,
            line_id=advised.id,
            attempt=state.attempts,
            side=advised.line.action,
            quantity=carry_out.left_of(state, advised),
            advised_price=advised.line.price,
            min_trade=least,
            cost=cost,
            policy_hash=state.policy_hash,
            snapshot_hash=state.snapshot_hash,
        )

    def _circumstances(
        self,
        transaction: Transaction,
        position: Position,
        portfolio: Portfolio,
        listing: Listing,
        settings: Settings,
    ) -> Circumstances:
        """Now. For real money a quote has to be as fresh as for any order that leaves, and its session open."""
        now, exchange = transaction.now, position.exchange
        latest = self.prices.latest(portfolio.feed, listing.id)
        if latest is not None and portfolio.broker.is_real and now - latest.as_of > FRESH:
            latest = None
        thresholds = tightened(of_listing(listing.quality.thresholds), portfolio.thresholds)
        session = self.sessions.session_at(exchange, now)
        if portfolio.broker.is_real:
            settings = settings.model_copy(update={"after_hours": False})
        as_of = latest.as_of if latest is not None else now
        return Circumstances(
            quote=latest.quote if latest is not None else None,
            decided_at=now,
            now=now,
            session=session,
            settings=settings,
            is_close=latest is not None and latest.is_close,
            reconciled=portfolio.reconciled,
            hours=hours_between(self.sessions, exchange, as_of, now, thresholds),
            thresholds=thresholds,
            unchanged=unchanged_for(self.sessions, exchange, latest, thresholds.stale_intraday),
        )


def _against(
    transaction: Transaction,
    portfolio: Portfolio,
    state: Recommendation,
    advised: AdvisedLine,
    listing: Listing,
) -> Against | None:
    if listing.currency != portfolio.currency:
        said = f"{listing.symbol} trades in {listing.currency}: place it by hand, and mark it executed."
        return Against("currency", said)
    if listing.is_retired:
        return Against("retired", f"{listing.symbol} has not traded since {listing.retired_on}.")
    run = transaction.load(RUN, state.run_id).state if state.run_id is not None else None
    if run is not None and listing.units_changed(run.as_of, transaction.now):
        said = f"A corporate action has changed the units of {advised.line.symbol} since it was advised."
        return Against("corporate_action", said)
    return None
