"""Loading a position of ten thousand events: from its snapshot, and from the cache."""

from collections.abc import Iterator
from decimal import Decimal

from api.wiring import House
from application.ledger import Cause, Ledger, Transaction
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement, each_second, percentile
from domain.position import decide as rules
from domain.streams import POSITION

EVENTS = 10_000
EVENTS_AN_APPEND = 90
LOADS = 200


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """One long stream, loaded by a process that has never seen it and by one that has."""
    with fresh_house(addresses) as house:
        position_id = settle(house, 1, 1).position_ids[0]
        while house.ledger.load(POSITION, position_id).version < EVENTS:
            _lengthen(house, position_id)

        def never_seen() -> None:
            Ledger(house.ledger.log, house.ledger.clock, house.ledger.new_id).load(POSITION, position_id)

        def seen() -> None:
            house.ledger.load(POSITION, position_id)

        snapshot = percentile(each_second(never_seen, LOADS), 50) * 1e3
        cached = percentile(each_second(seen, LOADS), 50) * 1e3
        yield Measurement(f"load {EVENTS:,} events, snapshot, p50", snapshot, "ms", target=2, better="less")
        yield Measurement(f"load {EVENTS:,} events, cached, p50", cached, "ms", target=1, better="less")


def _lengthen(house: House, position_id: object) -> None:
    """Give and take a cent: small events, a long stream."""

    def decide(transaction: Transaction) -> None:
        stream, state = transaction.require(POSITION, position_id)
        for turn in range(EVENTS_AN_APPEND):
            rule = rules.return_cash if turn % 2 else rules.allocate_cash
            state = transaction.append(stream, rule(state, Decimal("0.01")))

    house.ledger.transact(Cause(actor="local", correlation_id=house.ledger.new_id()), decide)
