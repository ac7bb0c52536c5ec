"""How well the rules did: one fold over what was decided, what was filled and what prices were (DOMAIN §10).

Money is in the currency, prices in the quote unit. Nothing rounds but the quotients, at 50 digits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Context, Decimal, localcontext
from typing import Literal, NamedTuple
from uuid import UUID

from domain.money import ZERO

ONE = Decimal(1)
BASIS_POINTS = Decimal(10_000)
HUNDRED = Decimal(100)
MICROSECOND = timedelta(microseconds=1)
MEASURED = Context(prec=50)

FLOWS = frozenset({"opened", "closed", "cash"})
DECISIONS = frozenset({"trade", "skip"})

FactKind = Literal["trade", "skip", "fill", "opened", "closed", "cash"]


class Fact(NamedTuple):
    """An event that a measure counts. ``shares`` and ``cash`` are what it added to its position.

    ``slippage`` and ``decided_value`` are in quote units times quantity, a fill against its decision.
    """

    at: datetime
    position_id: UUID
    kind: FactKind
    reason: str | None
    order_id: UUID | None
    quantity: Decimal
    notional: Decimal
    fees: Decimal
    slippage: Decimal
    decided_value: Decimal
    shares: Decimal
    cash: Decimal


class Mark(NamedTuple):
    """A stored price of a listing."""

    at: datetime
    listing_id: UUID
    price: Decimal


@dataclass(frozen=True, slots=True)
class Measured:
    """A position under measure, with the guardrails in force."""

    position_id: UUID
    listing_id: UUID
    exchange: str
    unit_scale: Decimal
    g_low: Decimal
    g_high: Decimal


OpenSeconds = Callable[[str, datetime, datetime], Decimal]
"""For how long an exchange was open between two moments."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a window; None where there was nothing to measure."""

    start: datetime | None
    end: datetime
    slippage_bps: Decimal | None
    hit_rate: Decimal | None
    guardrail_time_pct: Decimal | None
    skips: Mapping[str, int]
    turnover: Decimal | None
    fees: Decimal
    fee_drag_bps: Decimal | None
    time_weighted_return: Decimal | None
    buy_and_hold: Decimal | None
    decisions: int
    orders_filled: int
    traded_notional: Decimal
    average_value: Decimal | None


@dataclass(slots=True)
class _Book:
    """A position as the fold sees it. ``price`` is None until one is known, ``stored`` says it is no fill's.

    ``held`` is the start that buy-and-hold keeps: shares, cash and what they were worth.
    """

    position: Measured
    shares: Decimal = ZERO
    cash: Decimal = ZERO
    price: Decimal | None = None
    stored: bool = False
    since: datetime | None = None
    held: tuple[Decimal, Decimal, Decimal] | None = None
    moved: bool = False

    @property
    def assets(self) -> Decimal:
        return self.shares * (self.price or ZERO) * self.position.unit_scale

    @property
    def value(self) -> Decimal:
        return ZERO if self.price is None else self.assets + self.cash

    @property
    def is_inside(self) -> bool:
        value = self.value
        return self.position.g_low * value <= self.assets <= self.position.g_high * value


@dataclass(slots=True)
class _Fold:
    """The running sums over the window, and the time up to which they are."""

    books: dict[UUID, _Book]
    open_seconds: OpenSeconds
    start: datetime
    now: datetime
    value: Decimal = ZERO
    value_time: Decimal = ZERO
    known_time: Decimal = ZERO
    inside_seconds: Decimal = ZERO
    session_seconds: Decimal = ZERO
    growth: Decimal = ONE
    base: Decimal | None = None
    by_listing: dict[UUID, list[_Book]] = field(default_factory=dict)

    def advance(self, at: datetime) -> None:
        """Let time pass."""
        if at > self.now:
            elapsed = Decimal((at - self.now) // MICROSECOND)
            if any(book.price is not None for book in self.books.values()):
                self.value_time += self.value * elapsed
                self.known_time += elapsed
            self.now = at

    def mark(self, mark: Mark) -> None:
        """A price came: every position in the listing is worth something else."""
        for book in self.by_listing.get(mark.listing_id, ()):
            self._settle(book)
            before = book.value
            joins = book.price is None
            book.price, book.stored = mark.price, True
            self._change(book, before, flow=joins)

    def take(self, fact: Fact) -> None:
        """A fill or a flow of cash or shares."""
        book = self.books[fact.position_id]
        self._settle(book)
        if fact.kind == "fill" and fact.quantity and not book.stored:
            before, joins = book.value, book.price is None
            book.price = fact.decided_value / fact.quantity
            self._change(book, before, flow=joins)
        before = book.value
        book.shares += fact.shares
        book.cash += fact.cash
        self._change(book, before, flow=fact.kind in FLOWS)

    def finish(self) -> None:
        """Close the last stretch of time and of growth."""
        for book in self.books.values():
            self._settle(book)
        self._link()

    def _change(self, book: _Book, before: Decimal, *, flow: bool) -> None:
        """Take in a position's new value: a flow ends one stretch of growth and begins the next."""
        if flow:
            self._link()
        self.value += book.value - before
        if not flow:
            book.moved = True
        elif book.price is not None:
            self.base = self.value
            if not book.moved:
                book.held = (book.shares, book.cash, book.value)

    def _link(self) -> None:
        if self.base is not None and self.base > 0:
            self.growth *= self.value / self.base
            self.base = self.value

    def _settle(self, book: _Book) -> None:
        """Count the session time since the position last changed, inside its guardrails or not."""
        since = max(book.since or self.start, self.start)
        book.since = self.now
        if book.stored and book.value > 0 and self.now > since:
            seconds = self.open_seconds(book.position.exchange, since, self.now)
            self.session_seconds += seconds
            if book.is_inside:
                self.inside_seconds += seconds


def measure(
    facts: Sequence[Fact],
    marks: Iterable[Mark],
    positions: Sequence[Measured],
    start: datetime | None,
    end: datetime,
    open_seconds: OpenSeconds,
) -> Measures:
    """The measures of positions from ``start`` (their first event when None) to ``end``.

    ``facts`` come in the order of the log from the very first, since what they add up to is the state that
    the window begins with; marks may begin with the last one before the window. A portfolio's value is the
    sum of its positions', its free cash left out. A position counts from the first price that is known of
    it, a fill's own where none was stored.
    """
    with localcontext(MEASURED):
        ordered = _in_time(facts)
        first = start or (ordered[0].at if ordered else None)
        if first is None or first > end:
            return _summary([], None, start, end, positions)
        fold = _folded(ordered, marks, positions, first, end, open_seconds)
        window = [fact for fact in ordered if first <= fact.at <= end]
        return _summary(window, fold, first, end, positions)


def _in_time(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with times that follow their order in the log: nothing took effect after its consequences.

    A position may be opened today and be decided upon for last year, as in a replay; it was there then.
    """
    ordered: list[Fact] = []
    latest: datetime | None = None
    for fact in reversed(facts):
        latest = fact.at if latest is None else min(latest, fact.at)
        ordered.append(fact._replace(at=latest))
    return ordered[::-1]


def _folded(
    facts: Sequence[Fact],
    marks: Iterable[Mark],
    positions: Sequence[Measured],
    start: datetime,
    end: datetime,
    open_seconds: OpenSeconds,
) -> _Fold:
    books = {position.position_id: _Book(position) for position in positions}
    fold = _Fold(books, open_seconds, start, start)
    for book in books.values():
        fold.by_listing.setdefault(book.position.listing_id, []).append(book)
    # At one moment the price comes before what was decided on it.
    steps: list[Mark | Fact] = [*marks, *facts]
    steps.sort(key=lambda step: (step.at, isinstance(step, Fact)))
    begun = False
    for step in steps:
        if step.at > end:
            break
        if not begun and step.at >= start:
            _begin(fold)
            begun = True
        if step.at >= start:
            fold.advance(step.at)
        if isinstance(step, Mark):
            fold.mark(step)
        elif step.kind not in DECISIONS:
            fold.take(step)
    if not begun:
        _begin(fold)
    fold.advance(end)
    fold.finish()
    return fold


def _begin(fold: _Fold) -> None:
    """Forget how the state came about: the window begins with what is there."""
    fold.growth = ONE
    fold.base = fold.value if any(book.price is not None for book in fold.books.values()) else None
    for book in fold.books.values():
        book.moved = False
        book.since = fold.start
        book.held = (book.shares, book.cash, book.value) if book.price is not None else None


def _summary(
    window: Sequence[Fact],
    fold: _Fold | None,
    start: datetime | None,
    end: datetime,
    positions: Sequence[Measured],
) -> Measures:
    scale = {position.position_id: position.unit_scale for position in positions}
    fills = [fact for fact in window if fact.kind == "fill"]
    decisions = [fact for fact in window if fact.kind in DECISIONS]
    filled = {fact.order_id for fact in fills} & {fact.order_id for fact in decisions}
    skips: dict[str, int] = {}
    for fact in decisions:
        if fact.kind == "skip":
            skips[fact.reason or "unknown"] = skips.get(fact.reason or "unknown", 0) + 1
    traded = sum((fact.notional for fact in fills), ZERO)
    fees = sum((fact.fees for fact in fills), ZERO)
    average = _average(fold)
    return Measures(
        start=start,
        end=end,
        slippage_bps=_ratio(
            BASIS_POINTS * sum((fact.slippage * scale[fact.position_id] for fact in fills), ZERO),
            sum((fact.decided_value * scale[fact.position_id] for fact in fills), ZERO),
        ),
        hit_rate=_ratio(Decimal(len(filled)), Decimal(len(decisions))),
        guardrail_time_pct=_ratio(HUNDRED * fold.inside_seconds, fold.session_seconds) if fold else None,
        skips=skips,
        turnover=_ratio(traded, average),
        fees=fees,
        fee_drag_bps=_ratio(BASIS_POINTS * fees, average),
        time_weighted_return=fold.growth - ONE if fold and fold.base is not None else None,
        buy_and_hold=_held(fold) if fold else None,
        decisions=len(decisions),
        orders_filled=len(filled),
        traded_notional=traded,
        average_value=average,
    )


def _average(fold: _Fold | None) -> Decimal | None:
    if fold is None or fold.base is None:
        return None
    return fold.value_time / fold.known_time if fold.known_time else fold.value


def _held(fold: _Fold) -> Decimal | None:
    """What the start would have come to had nothing been traded."""
    began = ended = ZERO
    for book in fold.books.values():
        if book.held is not None and book.price is not None:
            shares, cash, worth = book.held
            began += worth
            ended += shares * book.price * book.position.unit_scale + cash
    return ended / began - ONE if began > 0 else None


def _ratio(top: Decimal, bottom: Decimal | None) -> Decimal | None:
    return top / bottom if bottom else None
