"""How the paper broker behaves: as its account was told to, and the same for the same seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from adapters.brokers.paper import PaperBook
from adapters.postgres.pool import Pool, open_pool
from application.ports.broker import Broker, BrokerReport, Ticket
from broker_contract.bench import DECIDED_AT, a_ticket, events, fills
from broker_contract.sending import EACH_SIDE
from databases import Databases
from domain.order import Side
from domain.portfolio.events import BrokerChoice
from stories import a_portfolio

SEEDS = range(12)
ALL = BrokerChoice(
    partial_fills=True, slippage_bps=Decimal(10), reject_bps=2_000, halt_bps=2_000, latency_ms=250
)


@pytest.fixture(scope="module")
def book(databases: Databases) -> Iterator[PaperBook]:
    """One book for all tests: accounts do not see each other."""
    pool: Pool
    with databases.fresh() as database_url, open_pool(database_url) as pool:
        yield PaperBook(pool)


def an_account(book: PaperBook, manners: BrokerChoice) -> Broker:
    """A fresh account with these manners."""
    return book.account(replace(a_portfolio(), id=uuid4(), broker=manners))


def story(broker: Broker, ticket: Ticket) -> list[tuple[object, ...]]:
    """What is told of an order, without the ids, which are each book's own."""
    broker.submit(ticket)
    found = broker.look_up(ticket.client_order_id)
    assert found is not None
    return [_without_ids(report) for report in found.reports]


def _without_ids(report: BrokerReport) -> tuple[object, ...]:
    fill = report.fill
    numbers = None if fill is None else (fill.quantity, fill.price, fill.commission, fill.at)
    return report.event, numbers, report.at, report.reason


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_tells_the_same_story(book: PaperBook, seed: int) -> None:
    """In every account, under every id."""
    manners = ALL.model_copy(update={"seed": seed})
    stories = [story(an_account(book, manners), a_ticket()) for _ in range(2)]
    assert stories[0] == stories[1]


def test_seeds_and_decisions_tell_stories_of_their_own(book: PaperBook) -> None:
    """Chance is not the same every time."""
    by_seed = [story(an_account(book, ALL.model_copy(update={"seed": seed})), a_ticket()) for seed in SEEDS]
    later = [
        story(an_account(book, ALL), a_ticket(decided_at=DECIDED_AT + timedelta(seconds=second)))
        for second in SEEDS
    ]
    assert len({str(each) for each in by_seed}) > 4
    assert len({str(each) for each in later}) > 4


def test_so_many_of_ten_thousand_are_rejected_and_halted(book: PaperBook) -> None:
    """As near as chance comes."""
    manners = BrokerChoice(reject_bps=3_000, halt_bps=5_000)
    account = an_account(book, manners)
    ends = [
        story(account, a_ticket(decided_at=DECIDED_AT + timedelta(seconds=number)))[-1][0]
        for number in range(400)
    ]
    assert 80 <= ends.count("rejected") <= 160
    assert 95 <= ends.count("expired") <= 185
    assert ends.count("rejected") + ends.count("expired") + ends.count("fill") == 400


@EACH_SIDE
@pytest.mark.parametrize("slippage", ["0", "1", "12.5", "499", "500", "9999"])
def test_a_market_order_slips_against_its_customer_and_not_beyond_the_collar(
    book: PaperBook, side: Side, slippage: str
) -> None:
    """By the slippage, and by five per cent at most."""
    account = an_account(book, BrokerChoice(slippage_bps=Decimal(slippage)))
    ticket = a_ticket(side, "97.31")
    account.submit(ticket)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    share = min(Decimal(slippage) / 10_000, Decimal("0.05"))
    expected = Decimal("97.31") * (1 + share if side == "BUY" else 1 - share)
    assert [each.price for each in fills(found)] == [expected]


@EACH_SIDE
def test_a_limit_order_never_slips_beyond_its_limit(book: PaperBook, side: Side) -> None:
    """However much it is told to."""
    account, ticket = an_account(book, BrokerChoice(slippage_bps=Decimal(300))), a_ticket(side, limit=True)
    account.submit(ticket)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert [each.price for each in fills(found)] == [Decimal("97.00")]


def test_a_slow_broker_says_nothing_at_once(book: PaperBook) -> None:
    """It says when to ask, and everything happens that much later."""
    account, ticket = an_account(book, BrokerChoice(latency_ms=250)), a_ticket()
    sent = account.submit(ticket)
    assert (list(sent.reports), sent.ask_again_ms) == ([], 250)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert events(found.reports) == ["accepted", "fill"]
    assert found.reports[-1].at == DECIDED_AT + timedelta(milliseconds=250)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("quantity", ["1", "2", "3", "52", "52.5"])
def test_parts_are_whole_lots_and_all_of_it(book: PaperBook, seed: int, quantity: str) -> None:
    """Two or three of them; one lot cannot be parted."""
    account = an_account(book, BrokerChoice(partial_fills=True, seed=seed))
    ticket = a_ticket(quantity=Decimal(quantity))
    account.submit(ticket)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    parts = [each.quantity for each in fills(found)]
    assert sum(parts) == Decimal(quantity)
    assert all(each % 1 == 0 for each in parts[:-1])
    assert len(parts) == 1 if quantity == "1" else 2 <= len(parts) <= 3


def test_the_commission_is_that_of_the_position(book: PaperBook) -> None:
    """To the digit; it is rounded when it is booked."""
    account, ticket = an_account(book, BrokerChoice()), a_ticket(price="97.31", commission_bps=Decimal("1.5"))
    account.submit(ticket)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert [each.commission for each in fills(found)] == [Decimal("0.145965")]
