"""A portfolio's events, told one after the other, and what they measure: real events, as the log would keep them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from domain.measures import Counted, Fact, Mark, Measures, OpenSeconds, fact_of, history, measure
from domain.order import Side
from domain.portfolio.events import BrokerChoice, PortfolioOpened, PortfolioSettingsChanged
from domain.position.evaluate import evaluate
from domain.position.events import (
    CashAllocated,
    CashReturned,
    DividendAccrued,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    MergerApplied,
    NewListing,
    PositionClosed,
    PositionOpened,
    PositionSettingsChanged,
    Skipped,
    SplitApplied,
)
from domain.settings import SettingsChange
from stories import ALLOCATED, INTENDED, OPENED, a_portfolio, a_quote, circumstances, position

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
PORTFOLIO = UUID(int=1)
POSITION = UUID(int=10)
KO, PEP = UUID(int=100), UUID(int=200)
LISTINGS = {"KO": KO, "PEP": PEP}

PARTS: dict[str, Any] = {"portfolio_id": PORTFOLIO, "currency": "USD"}


def always_open(_: str, start: datetime, end: datetime) -> Decimal:
    """An exchange that never closes."""
    return Decimal((end - start) // timedelta(microseconds=1)) / 1_000_000


def at(hours: float | str | datetime) -> datetime:
    """So many hours after noon, or a moment written out in UTC."""
    if isinstance(hours, datetime):
        return hours
    if isinstance(hours, str):
        return datetime.fromisoformat(hours).replace(tzinfo=UTC)
    return NOON + timedelta(hours=hours)


When = float | str | datetime
Number = Decimal | str | int


def exact(number: Number) -> Decimal:
    """A decimal out of its digits."""
    return Decimal(number)


class Told:
    """Events in the order of the log. Orders are numbered, executions are named by their order and place in it."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.marks: list[Mark] = []
        self._executions: dict[str, ExecutionBooked | ExecutionCorrected] = {}
        self._listing: dict[UUID, str] = {}

    def portfolio(self, when: When, **settings: Any) -> Self:
        """The portfolio began."""
        event = PortfolioOpened(
            **PARTS,
            owner="local",
            title="Example",
            mode="automatic",
            clock="live",
            broker=BrokerChoice(),
            settings=SettingsChange(**settings),
        )
        return self._take(when, event, PORTFOLIO)

    def portfolio_settings(self, when: When, **settings: Any) -> Self:
        """The portfolio's overrides, all of them."""
        event = PortfolioSettingsChanged(**PARTS, settings=SettingsChange(**settings))
        return self._take(when, event, PORTFOLIO)

    def opened(
        self,
        when: When,
        shares: Number = 0,
        of: UUID = POSITION,
        symbol: str = "KO",
        cash: Number = 0,
        unit: str = "USD",
        exchange: str = "XNYS",
        **settings: Any,
    ) -> Self:
        """A position began, with cash of its own."""
        self._listing[of] = symbol
        currency = {"GBX": "GBP"}.get(unit, unit)
        event = PositionOpened(
            **self._place(of) | {"currency": currency},
            exchange=exchange,
            quote_unit=unit,
            lot=Decimal(1),
            shares=exact(shares),
            anchor=Decimal(100),
            book_cost=Decimal(0),
            settings=SettingsChange(**settings),
        )
        self._take(when, event, of)
        return self.cash(when, cash, of) if exact(cash) else self

    def settings(self, when: When, of: UUID = POSITION, **settings: Any) -> Self:
        """The position's overrides, all of them."""
        event = PositionSettingsChanged(**self._place(of), settings=SettingsChange(**settings))
        return self._take(when, event, of)

    def cash(self, when: When, amount: Number, of: UUID = POSITION) -> Self:
        """Cash came from the portfolio, or went back when it is below zero."""
        kind = CashAllocated if exact(amount) > 0 else CashReturned
        return self._take(when, kind(**self._place(of), amount=abs(exact(amount))), of)

    def closed(self, when: When, shares: Number, of: UUID = POSITION) -> Self:
        """The position ended; its cash was returned before."""
        event = PositionClosed(**self._place(of), shares=exact(shares), book_cost=Decimal(0))
        return self._take(when, event, of)

    def ordered(self, when: When, order: int = 1, of: UUID = POSITION) -> Self:
        """The rule decided to trade."""
        event = INTENDED.model_copy(update=self._place(of) | {"order_id": UUID(int=order)})
        return self._take(when, event, of)

    def skipped(self, when: When, reason: str, of: UUID = POSITION) -> Self:
        """The rule wanted to trade and must not."""
        outputs = SKIPPED.outputs.model_copy(update={"reason": reason})
        event = SKIPPED.model_copy(update=self._place(of) | {"outputs": outputs})
        return self._take(when, event, of)

    def filled(
        self,
        when: When,
        side: Side,
        quantity: Number,
        price: Number,
        *,
        decided: Number | None = None,
        fees: Number = 0,
        order: int = 1,
        name: str = "x",
        of: UUID = POSITION,
        shares: Number | None = None,
        scale: str = "1",
    ) -> Self:
        """An execution of an order, decided at its own price unless said otherwise."""
        event = ExecutionBooked(
            **self._order(order, side, of),
            execution_id=name,
            revision=1,
            executed_at=at(when),
            quantity=exact(quantity),
            price=exact(price),
            notional=exact(quantity) * exact(price) * exact(scale),
            commission=exact(fees),
            book_cost=Decimal(0),
            decided_price=exact(price if decided is None else decided),
            filled=exact(quantity),
            ordered=exact(quantity),
            shares=None if shares is None else exact(shares),
        )
        self._executions[name] = event
        return self._take(when, event, of)

    def corrected(
        self,
        when: When,
        quantity: Number,
        price: Number,
        *,
        fees: Number = 0,
        name: str = "x",
        of: UUID = POSITION,
    ) -> Self:
        """A new revision of an execution; one of quantity zero takes it back."""
        known = self._executions[name]
        sign = 1 if known.side == "BUY" else -1
        notional = exact(quantity) * exact(price)
        event = ExecutionCorrected(
            **self._order(known.order_id.int, known.side, of),
            broker="paper",
            account="1",
            execution_id=name,
            revision=known.revision + 1,
            executed_at=known.executed_at,
            quantity=exact(quantity),
            price=exact(price),
            notional=notional,
            commission=exact(fees),
            previous_quantity=known.quantity,
            previous_price=known.price,
            previous_commission=known.commission,
            shares=sign * (exact(quantity) - known.quantity),
            cash=-sign * (notional - known.notional) - (exact(fees) - known.commission),
            book_cost=Decimal(0),
            decided_price=known.decided_price,
            filled=exact(quantity),
            ordered=known.ordered,
        )
        self._executions[name] = event
        return self._take(when, event, of)

    def busted(self, when: When, name: str = "x", of: UUID = POSITION) -> Self:
        """The broker took an execution back."""
        return self.corrected(when, 0, self._executions[name].price, name=name, of=of)

    def adopted(
        self,
        when: When,
        side: Side,
        quantity: Number,
        price: Number,
        fees: Number = 0,
        of: UUID = POSITION,
    ) -> Self:
        """Somebody traded at the broker, outside of Ballast."""
        event = ExternalFillAdopted(
            **self._place(of),
            broker="paper",
            account="1",
            broker_order_id=None,
            side=side,
            execution_id="theirs",
            revision=1,
            executed_at=at(when),
            quantity=exact(quantity),
            price=exact(price),
            notional=exact(quantity) * exact(price),
            commission=exact(fees),
            book_cost=Decimal(0),
        )
        return self._take(when, event, of)

    def dividend(
        self,
        when: When,
        shares: Number,
        per_share: str,
        tax: Number,
        of: UUID = POSITION,
        recorded: When | None = None,
    ) -> Self:
        """The shares went ex-dividend, and it was recorded then or later."""
        gross = exact(shares) * exact(per_share)
        event = DividendAccrued(
            **self._place(of),
            ex_date=DAY,
            pay_date=DAY,
            effective_at=at(when),
            payable_at=at(when),
            shares=exact(shares),
            per_share=exact(per_share),
            gross=gross,
            tax=exact(tax),
            net=gross - exact(tax),
            old_anchor=Decimal(100),
            new_anchor=Decimal(100) - exact(per_share),
        )
        return self._take(recorded or when, event, of)

    def split(
        self,
        when: When,
        ratio: Number,
        old: Number,
        new: Number,
        cash: Number = 0,
        of: UUID = POSITION,
        recorded: When | None = None,
    ) -> Self:
        """Shares became ``ratio`` times as many, and it was recorded then or later."""
        event = SplitApplied(
            **self._place(of),
            ex_date=DAY,
            effective_at=at(when),
            ratio=exact(ratio),
            old_shares=exact(old),
            new_shares=exact(new),
            fraction=exact(old) * exact(ratio) - exact(new),
            cash=exact(cash),
            book_cost=Decimal(0),
            old_anchor=Decimal(100),
            new_anchor=Decimal(100) / exact(ratio),
        )
        return self._take(recorded or when, event, of)

    def merged(
        self,
        when: When,
        into: str,
        ratio: Number,
        old: Number,
        new: Number,
        cash: Number,
        less: Number,
        of: UUID = POSITION,
        exchange: str = "XNYS",
    ) -> Self:
        """Shares became ``ratio`` times as many of another listing, and cash, ``less`` a share."""
        event = MergerApplied(
            **self._place(of),
            into=NewListing(
                listing_id=LISTINGS[into], symbol=into, exchange=exchange, quote_unit="USD", lot=Decimal(1)
            ),
            effective=DAY,
            effective_at=at(when),
            ratio=exact(ratio),
            old_shares=exact(old),
            new_shares=exact(new),
            fraction=Decimal(0),
            cash=exact(cash),
            old_book_cost=Decimal(0),
            book_cost=Decimal(0),
            old_anchor=Decimal(100),
            new_anchor=Decimal(100),
            anchor_less=exact(less),
            anchor_divided_by=exact(ratio),
        )
        self._take(when, event, of)
        self._listing[of] = into
        return self

    def price(self, when: When, price: Number, symbol: str = "KO") -> Self:
        """A price was stored."""
        self.marks.append(Mark(at(when), LISTINGS[symbol], exact(price)))
        return self

    def measures(
        self, start: When | None = None, end: When = 4, open_seconds: OpenSeconds = always_open
    ) -> Measures:
        """What was told, over a window."""
        since = None if start is None else at(start)
        return measure(history(self.facts), self.marks, since, at(end), open_seconds)

    def _take(self, when: When, event: Counted, of: UUID) -> Self:
        self.facts.append(fact_of(event, at(when), of))
        return self

    def _place(self, of: UUID) -> dict[str, Any]:
        symbol = self._listing[of]
        return PARTS | {"listing_id": LISTINGS[symbol], "symbol": symbol}

    def _order(self, order: int, side: Side, of: UUID) -> dict[str, Any]:
        return self._place(of) | {"order_id": UUID(int=order), "client_order_id": str(order), "side": side}


def _skipped() -> Skipped:
    state = position.given(OPENED, ALLOCATED).state
    evaluation = evaluate(
        state, a_portfolio(), circumstances(a_quote("97.00"), is_open=False), UUID(int=1)
    ).event
    assert isinstance(evaluation, Skipped)
    return evaluation


SKIPPED = _skipped()
