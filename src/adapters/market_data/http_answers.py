"""Read what a provider over HTTP answered, by the paths that its configuration gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from adapters.market_data.exact_json import Json, Unreadable, at, label, moment, number
from adapters.market_data.timing import Timing
from application.ports import PricePoint
from application.ports.market_data import Wanted
from domain.fx import Pair, Rate
from domain.market_data.paths import NAME, Step, filled_steps
from domain.market_data.questions import ClosesQuestion, FxQuestion, QuotesQuestion

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an answer that tells of one listing or one day, and the name that it stands under, if any."""

    json: Json
    values: Values
    name: str | None = None

    def value(self, path: str) -> Json:
        """What stands at a path. Raises Unreadable."""
        return self.name if path == NAME and self.name is not None else at(self.json, self._steps(path))

    def maybe_number(self, path: str | None) -> Decimal | None:
        """A number that may be missing, or null."""
        if path is None:
            return None
        try:
            value = self.value(path)
        except Unreadable:
            return None
        return None if value is None else number(value)

    def maybe_label(self, path: str | None) -> str | None:
        """What is called so, where the configuration says that it is. Small letters throughout mean capitals."""
        if path is None:
            return None
        name = label(self.value(path))
        return name.upper() if name.islower() else name

    def items(self, path: str) -> list["Item"]:
        """The parts of a list, or of an object with their names."""
        found = at(self.json, self._steps(path))
        if isinstance(found, Mapping):
            return [Item(each, self.values, name) for name, each in found.items()]
        if isinstance(found, list):
            return [Item(each, self.values) for each in found]
        raise Unreadable(f"has no list at {path}")

    def _steps(self, path: str) -> tuple[Step, ...]:
        return filled_steps(path, self.values)


def quote_of_one(
    json: Json, question: QuotesQuestion, values: Values, wanted: Wanted, source: str, timing: Timing
) -> PricePoint:
    """The quote of the one listing that was asked for. Raises Unreadable."""
    whole = Item(json, values)
    items = [whole] if question.items is None else whole.items(question.items)
    if question.symbol is not None:
        asked = values["symbol"]
        named = [(item, label(item.value(question.symbol))) for item in items]
        items = [item for item, symbol in named if symbol == asked]
        if not items:
            others = ", ".join(sorted({symbol for _, symbol in named})[:3]) or "nothing"
            raise Unreadable(f"is about {others} where {asked} was asked for")
    if len(items) != 1:
        raise Unreadable(f"has {len(items)} items where one listing was asked for")
    return _quote(items[0], question, wanted, source, timing)


def quotes_of_many(
    json: Json, question: QuotesQuestion, wanted: Mapping[str, Wanted], source: str, timing: Timing
) -> list[PricePoint]:
    """The quotes that can be read of listings that were asked for, by symbol. Raises Unreadable if none can."""
    points, problem = dict[str, PricePoint](), Unreadable("has nothing of what was asked for")
    for item in Item(json, {}).items(question.items or ""):
        symbol = label(item.value(question.symbol or ""))
        if symbol in points:
            raise Unreadable(f"is about {symbol} twice")
        if symbol in wanted:
            try:
                points[symbol] = _quote(item, question, wanted[symbol], source, timing)
            except Unreadable as error:
                problem = error
    if not points:
        raise problem
    return list(points.values())


def _quote(item: Item, question: QuotesQuestion, wanted: Wanted, source: str, timing: Timing) -> PricePoint:
    last = item.maybe_number(question.last)
    bid, ask = item.maybe_number(question.bid), item.maybe_number(question.ask)
    if bid is None or ask is None or not bid or not ask:
        bid = ask = None  # a bid or an ask of zero is how providers write that there is none
    if last is None and bid is None:
        raise Unreadable("has no price")
    as_of, is_close = timing.of_quote(wanted.exchange, moment(item.value(question.as_of)))
    return PricePoint(
        listing_id=wanted.listing_id,
        as_of=as_of,
        last=last,
        bid=bid,
        ask=ask,
        is_close=is_close,
        source=source,
        currency=item.maybe_label(question.currency),
        unit=item.maybe_label(question.unit),
    )


def closes(
    json: Json,
    question: ClosesQuestion,
    values: Values,
    wanted: Wanted,
    since: date,
    source: str,
    timing: Timing,
) -> list[PricePoint]:
    """The closes of sessions that are over, oldest first. A day without a close is left out. Raises Unreadable."""
    whole = Item(json, values)
    if question.symbol is not None and label(whole.value(question.symbol)) != values["symbol"]:
        raise Unreadable(f"is about another symbol than {values['symbol']}")
    currency, unit = whole.maybe_label(question.currency), whole.maybe_label(question.unit)
    bars, rows = dict[date, PricePoint](), 0
    for row in _rows(whole, question):
        rows += 1
        timed = timing.of_bar(wanted.exchange, row.given)
        if timed is None or timed[0] < since:
            continue
        day, as_of = timed
        bar = PricePoint(
            listing_id=wanted.listing_id,
            as_of=as_of,
            last=row.close,
            bid=None,
            ask=None,
            is_close=True,
            source=source,
            open=row.open,
            high=row.high,
            low=row.low,
            currency=currency,
            unit=unit,
        )
        if bars.setdefault(day, bar) != bar:
            raise Unreadable(f"has two different bars of {day}")
    if not rows:
        raise Unreadable("has no close in it")
    return [bars[day] for day in sorted(bars)]


class Row(NamedTuple):
    """A daily bar as it is given."""

    given: datetime | date
    close: Decimal
    open: Decimal | None
    high: Decimal | None
    low: Decimal | None


def _rows(whole: Item, question: ClosesQuestion) -> Iterator[Row]:
    """The bars that have a close, in the order in which they are given."""
    paths = {name: getattr(question, name) for name in ("as_of", "close", "open", "high", "low")}
    if question.items is not None:
        items = whole.items(question.items)
    else:
        items = _side_by_side(whole, {name: path for name, path in paths.items() if path is not None})
        paths = {name: path and name for name, path in paths.items()}
    for item in items:
        close = item.maybe_number(paths["close"])
        if close is not None:
            rest = [item.maybe_number(paths[name]) for name in ("open", "high", "low")]
            yield Row(moment(item.value(paths["as_of"])), close, *rest)


def _side_by_side(whole: Item, paths: Mapping[str, str]) -> list[Item]:
    """One item a day, where each field is a list of its own."""
    columns = {name: whole.value(path) for name, path in paths.items()}
    lists = {name: column for name, column in columns.items() if isinstance(column, list)}
    if len(lists) != len(columns) or len({len(column) for column in lists.values()}) != 1:
        raise Unreadable("has no lists of equal length where its days should be")
    return [Item(dict(zip(lists, row, strict=True)), {}) for row in zip(*lists.values(), strict=True)]


def rate(json: Json, question: FxQuestion, pair: Pair, source: str, timing: Timing) -> Rate:
    """The exchange rate of a pair. Raises Unreadable."""
    whole = Item(json, {"base": pair.base, "quote": pair.quote})
    for path, asked in ((question.base, pair.base), (question.quote, pair.quote)):
        named = whole.maybe_label(path)
        if named is not None and named != asked:
            raise Unreadable(f"is about {named} where {asked} was asked for")
    as_of = timing.of_rate(moment(whole.value(question.as_of)))
    return Rate(pair, as_of, number(whole.value(question.rate)), source)
