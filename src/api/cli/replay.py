"""``ballast replay``: years of closes through the pipeline that decides live, and what came of them."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.servers import Servers
from adapters.files.price_csv import PriceFile, closes_at, read_prices
from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.cli.patience import AWAY, Patience
from api.following import Followers
from api.logs import configure
from api.wiring import House
from api.worker import Worker
from application.ports import PricePoint
from application.replay import Begun, Scenario
from application.replay_summary import summarise
from domain.numbers import parse_decimal, plain
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange, resolve
from domain.streams import PORTFOLIO, POSITION

log = structlog.get_logger()

LISTING_TO_COME = UUID(int=0)
REFUSED = 2
WATCH_SECONDS = 0.2
SOURCE = "replay"

ROWS = {
    "bars": "bars",
    "trades": "trades",
    "buys": "buys",
    "sells": "sells",
    "skips": "skips",
    "fees": "fees",
    "shares at the end": "shares",
    "cash at the end": "cash",
    "final value": "final_value",
    "bought and held": "buy_and_hold",
}


def replay(
    files: Annotated[
        list[Path], typer.Argument(help="CSV files of daily closes: Yahoo, Stooq or Date,Close.")
    ],
    cash: Annotated[str, typer.Option(help="Money to begin with.")] = "10000",
    shares: Annotated[str, typer.Option(help="Shares to begin with, at the first close.")] = "0",
    settings: Annotated[list[str] | None, typer.Option("--set", help="A setting, such as tau=0.03.")] = None,
    slippage_bps: Annotated[str, typer.Option(help="What each fill is worse by.")] = "0",
    symbol: Annotated[
        str | None, typer.Option(help="The listing's symbol; the file's name when left out.")
    ] = None,
    exchange: Annotated[str, typer.Option(help="The market, by its identifier code.")] = "XNYS",
    currency: Annotated[str, typer.Option(help="The currency of the money.")] = "USD",
    unit: Annotated[
        str | None, typer.Option(help="The unit of the prices; the currency when left out.")
    ] = None,
    lot: Annotated[str, typer.Option(help="The smallest quantity that trades.")] = "1",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Replay daily closes through the very rules that decide live, and compare with buying and holding."""
    configure("WARNING")
    change = _settings(settings or [])
    prepared = [_prepare(file, exchange) for file in files]
    summaries = []
    with opened(data, "a replay") as (house, servers), _at_work(house, servers):
        house.restored.require()
        for prices, points in prepared:
            scenario = Scenario(
                symbol=symbol or prices.symbol,
                exchange=exchange,
                currency=currency,
                quote_unit=unit or currency,
                lot=_decimal("lot", lot),
                cash=_decimal("cash", cash),
                shares=_decimal("shares", shares),
                settings=change,
                broker=BrokerChoice(slippage_bps=_decimal("slippage-bps", slippage_bps)),
                source=prices.sha256,
            )
            summaries.append(_replay_one(house, scenario, points))
    _print(summaries, as_json=as_json)


def _prepare(file: Path, exchange: str) -> tuple[PriceFile, list[PricePoint]]:
    """Read a whole file and date every close, before anything is stored. Raises BrokenPriceFile."""
    prices = read_prices(file)
    dated = closes_at(prices.bars, exchange, ExchangeSessions(), file)
    return prices, [
        PricePoint(LISTING_TO_COME, at, bar.close, None, None, is_close=True, source=SOURCE)
        for bar, at in dated
    ]


def _replay_one(house: House, scenario: Scenario, points: Sequence[PricePoint]) -> dict[str, Any]:
    """Replay to the end, from where it stands: losing a server on the way, and a while of it, is waited out."""
    patience = Patience()
    with Progress(
        TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as bar:  # fmt: skip
        task = bar.add_task(scenario.symbol, total=len(points))
        while True:
            try:
                begun = house.replay.begin(scenario, points[0])
                dated = [replace(point, listing_id=begun.listing_id) for point in points]
                for done in house.replay.run(begun, dated):
                    patience.renew()
                    bar.update(task, completed=done)
                return _summary(house, scenario, begun, dated)
            except AWAY as away:
                patience.wait(away)


def _summary(house: House, scenario: Scenario, begun: Begun, points: Sequence[PricePoint]) -> dict[str, Any]:
    position = house.ledger.load(POSITION, begun.position_id).state
    portfolio = house.ledger.load(PORTFOLIO, begun.portfolio_id).state
    latest = house.prices.latest(str(begun.portfolio_id), begun.listing_id)
    if position is None or portfolio is None or latest is None or latest.value is None:
        raise Failure(f"The replay of {scenario.symbol} has lost its position.", 1)
    events = house.log.tail([(begun.position_id, 0)])
    summary = summarise(events, position, points, latest.value, (scenario.cash, scenario.shares))
    return {
        "symbol": scenario.symbol,
        **asdict(summary),
        "frozen": portfolio.frozen_because,
        "portfolio_id": begun.portfolio_id,
        "position_id": begun.position_id,
    }


@contextmanager
def _at_work(house: House, servers: Servers) -> Iterator[None]:
    """A worker and the followers in this process, unless we are the guest of a program that has its own."""
    with ExitStack() as stack:
        if servers.holder is None:
            stack.enter_context(_watched(servers))
            stack.enter_context(Followers(house))
            stack.enter_context(Worker(house))
        yield


@contextmanager
def _watched(servers: Servers) -> Iterator[None]:
    """Servers that die are started again while the block lasts."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(WATCH_SECONDS):
            try:
                servers.watch()
            except (
                EmbeddedServerFailed,
                OSError,
            ) as failure:  # tried again, until the replay's patience ends
                log.warning("servers.away", error=str(failure))

    thread = threading.Thread(target=watch, name="watch servers", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _settings(pairs: Sequence[str]) -> SettingsChange:
    """``tau=0.03`` and the like. Raises Failure naming the setting that is wrong."""
    given: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Failure(f"--set takes name=value, not {pair}.", REFUSED)
        given[name.strip()] = _typed(name.strip(), value.strip())
    try:
        change = SettingsChange.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Failure(f"Setting {'.'.join(map(str, first['loc']))}: {first['msg']}.", REFUSED) from error
    resolve(change)
    return change


def _typed(name: str, value: str) -> object:
    words: dict[str, object] = {"true": True, "false": False, "null": None}
    if value in words:
        return words[value]
    return int(value) if name == "max_orders_day" and value.isdigit() else value


def _decimal(option: str, text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except ValueError as error:
        raise Failure(f"--{option} {error}.", REFUSED) from error


def _print(summaries: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        plain_summaries = [_plain(summary) for summary in summaries]
        print(json.dumps(plain_summaries[0] if len(plain_summaries) == 1 else plain_summaries))
        return
    table = Table("", *(summary["symbol"] for summary in summaries))
    for label, field in ROWS.items():
        table.add_row(label, *(_shown(summary[field]) for summary in summaries))
    Console().print(table)
    for summary in summaries:
        if summary["frozen"]:
            Console().print(f"{summary['symbol']} was frozen on the way: {summary['frozen']}")


def _plain(summary: dict[str, Any]) -> dict[str, Any]:
    return {
        key: plain(value) if isinstance(value, Decimal) else str(value) if isinstance(value, UUID) else value
        for key, value in summary.items()
    }


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{count} {reason}" for reason, count in value.items()) or "none"
    return f"{value:,}" if isinstance(value, Decimal | int) else str(value)
