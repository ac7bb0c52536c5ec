"""Allocation runs: one over a hundred constituents, and a month's runs of many portfolios through two workers.

Each portfolio has a year behind it, so that its value history, which the waves need, is what it would be: kept up to
the run before, of the same day for the one and of a month ago for the many.
``BALLAST_BENCH_PORTFOLIOS`` says how many, beside those that the workers warm up with; 500 by default, since opening
them takes several times as long as their runs.
"""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from adapters.redis.queue import RUNS_QUEUE
from api.wiring import House
from application import portfolios
from application.books.post_entries import NewEntry
from application.ledger import Cause
from application.policies import Strategy
from benchmarks.decisions import bare_commits
from benchmarks.end_to_end import PATIENCE_SECONDS, counted, until, worker
from benchmarks.ground import IN_SESSION, fresh_house
from benchmarks.measurement import Measurement, each_second, percentile
from benchmarks.processor_time import busy_seconds, server_processes
from domain.policy import read
from domain.portfolio.events import BrokerChoice
from domain.portfolio.wanted import Wanted
from domain.settings import SettingsChange

CONSTITUENTS, ORDINARY = 100, 7
RUNS = 60
PORTFOLIOS = int(os.environ.get("BALLAST_BENCH_PORTFOLIOS", "500"))
WARM_UPS = 60
WORKERS = 2
SLOW = 10
"""Runs a second that are waited for."""
A_MONTH_AGO = IN_SESSION - timedelta(days=30)
A_YEAR_AGO = IN_SESSION - timedelta(days=365)

CLOSES = """
    insert into price_points (feed, listing_id, as_of, source, is_close, last)
    select 'live', l.listing_id, day + interval '21 hours', 'bench', true,
        round((100 + 10 * sin(extract(epoch from day) / 1e6 + hashtext(l.listing_id::text)))::numeric, 2)
    from listings l cross join generate_series(%s::date, %s::date, interval '1 day') as day
    where extract(isodow from day) < 6"""


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """A hundred constituents one run at a time, then many portfolios at once."""
    with fresh_house(addresses) as house:
        yield from _one_at_a_time(house)
    with fresh_house(addresses) as house:
        yield from _many(house)


def _one_at_a_time(house: House) -> Iterator[Measurement]:
    [portfolio_id] = _settled(house, CONSTITUENTS, 1)
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    asked = iter([house.request_run(cause, "monthly", portfolio_id, None).answer.id for _ in range(RUNS + 1)])
    house.execute_run(next(asked))
    commits = percentile(bare_commits(house), 50)
    seconds = each_second(lambda: house.execute_run(next(asked)), RUNS)
    _require_advice(house, RUNS + 1)
    yield Measurement("bare INSERT+COMMIT, p50", commits * 1e3, "ms")
    p50, p99 = percentile(seconds, 50), percentile(seconds, 99)
    yield Measurement(f"run over {CONSTITUENTS} constituents, p50", p50 * 1e3, "ms", target=20, better="less")
    yield Measurement(f"run over {CONSTITUENTS} constituents, p99", p99 * 1e3, "ms")


def _many(house: House) -> Iterator[Measurement]:
    ids = _settled(house, ORDINARY, WARM_UPS + PORTFOLIOS)
    for each in ids:
        house.value_history(each, A_MONTH_AGO)
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    asked = [house.request_run(cause, "monthly", each, None).answer.id for each in ids]
    with ExitStack() as workers:
        processes = [workers.enter_context(worker(house)) for _ in range(WORKERS)]
        _carry_out(house, asked[:WARM_UPS])
        busy = [busy_seconds(processes), busy_seconds(server_processes(house))]
        began = time.perf_counter()
        _carry_out(house, asked[WARM_UPS:])
        took = time.perf_counter() - began
        busy = [busy_seconds(processes) - busy[0], busy_seconds(server_processes(house)) - busy[1]]
    _require_advice(house, len(asked))
    commits = percentile(bare_commits(house), 50)
    yield Measurement("bare INSERT+COMMIT one at a time", 1 / commits, "/s")
    runs = f"monthly runs of {PORTFOLIOS} portfolios, {WORKERS} workers"
    yield Measurement(runs, PORTFOLIOS / took, "/s", 100)
    for whose, seconds in zip(("workers", "database server"), busy, strict=True):
        yield Measurement(f"of a run, processor time of the {whose}", seconds / PORTFOLIOS * 1e3, "ms")


def _carry_out(house: House, run_ids: Sequence[UUID]) -> None:
    """Have runs carried out, until the last one is over."""
    for run_id in run_ids:
        house.jobs.run(run_id)
    until(lambda: not house.jobs.lengths()[RUNS_QUEUE], PATIENCE_SECONDS + len(run_ids) / SLOW)


def _settled(house: House, constituents: int, count: int) -> list[UUID]:
    """Portfolios that follow one policy since a year ago, each holding some of everything, with cash to spend."""
    house.ledger.clock = lambda: A_YEAR_AGO
    strategy = Strategy(read(json.dumps(_document(constituents))), None)
    ids = [_opened(house, strategy) for _ in range(count)]
    with house.pool.connection() as connection:
        connection.execute(CLOSES, (A_YEAR_AGO, IN_SESSION - timedelta(days=1)))
        connection.execute("analyze price_points")
    house.ledger.clock = lambda: IN_SESSION
    return ids


def _opened(house: House, strategy: Strategy) -> UUID:
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    portfolio_id = house.ledger.new_id()
    portfolios.open_portfolio(
        house.ledger, cause, portfolio_id, title="Bench", currency="USD", mode="advisory",
        broker=BrokerChoice(), settings=SettingsChange(),
    )  # fmt: skip
    portfolios.move_cash(house.ledger, cause, portfolio_id, "deposit", Decimal(5_000))
    house.draft_policy(cause, portfolio_id, strategy)
    portfolio = house.approve_policy(cause, portfolio_id).answer
    house.post_entries(cause, portfolio_id, _holdings([each.listing_id for each in portfolio.constituents]))
    return portfolio_id


def _holdings(listing_ids: Sequence[UUID]) -> list[NewEntry]:
    in_kind = Wanted(kind="transfer", quantity=Decimal(50), price=Decimal(100))
    return [NewEntry(None, each, in_kind) for each in listing_ids]


def _document(constituents: int) -> dict[str, Any]:
    """A policy of ten instruments a sleeve, or one, and a cash park with a wave."""
    symbols = [f"B{number}" for number in range(constituents - 1)]
    sleeves = [f"sleeve {number % 6}" for number in range(len(symbols))]
    names = sorted(set(sleeves))
    shares = [1 - (len(names) - 1) * 0.15, *[0.15] * (len(names) - 1)]
    return {
        "version": "1.0.0",
        "base_currency": "USD",
        "instruments": [
            {"ticker": each, "exchange": "XNYS", "currency": "USD", "quote_scale": "USD", "sleeve": sleeve}
            for each, sleeve in [*zip(symbols, sleeves, strict=True), ("PARK", "park")]
        ],
        "targets": dict(zip(names, [round(each, 2) for each in shares], strict=True)),
        "cash_park": {
            "instrument_ticker": "PARK",
            "staged_amount_usd": 5000,
            "waves": [
                {
                    "name": "A",
                    "drawdown_trigger": 0.5,
                    "deploy_amount_usd": 2000,
                    "deploy_strategy": "most_underweight",
                    "eligible_sleeves": names,
                }
            ],
        },
        "cadence": {
            "monthly": {
                "contribution_usd": 2000,
                "max_orders": 6,
                "min_trade_usd": 25,
                "default_orders": [{"ticker": "B0", "amount_usd": 2000}],
            }
        },
    }


def _require_advice(house: House, count: int) -> None:
    if counted(house, "recommendations") != count:
        raise AssertionError(
            f"not exact: {counted(house, 'recommendations')} of {count} runs advised something"
        )
