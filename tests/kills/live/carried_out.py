"""What must be true of advice that became orders: each line once, sales first, nothing spent that is not there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.portfolio.state import Portfolio
from domain.recommendation.events import LinePlaced, LineSettled
from domain.recommendation.state import Recommendation
from domain.streams import fold
from kills.live import truth
from kills.live.kept import differing
from kills.live.ledger import Books, history
from kills.live.opening import Account
from kills.live.story import Story
from kills.live.truth import Trade

History = Sequence[Recorded]


class Executed(NamedTuple):
    """An execution, as the recommendation has it and as its broker has."""

    execution_id: str | None
    quantity: Decimal
    price: Decimal
    fee: Decimal


def carried_out(story: Story, books: Books, account: Account, trades: Sequence[Trade]) -> Iterator[str]:
    """Everything that is not as it must be, a sentence each."""
    rows = books.rows(
        "select recommendation_id from recommendations where portfolio_id = %(id)s", id=account.portfolio_id
    )
    streams = history(story.up.data, [account.portfolio_id, *(row["recommendation_id"] for row in rows)])
    yield from _free_cash(streams.pop(account.portfolio_id))
    orders = books.rows(
        "select order_id, client_order_id from orders where portfolio_id = %(id)s", id=account.portfolio_id
    )
    client_order_ids = {row["order_id"]: row["client_order_id"] for row in orders}
    for advised in streams.values():
        yield from _advice(advised, client_order_ids, trades)
    if not any(isinstance(each.event, LineSettled) for advised in streams.values() for each in advised):
        yield "nothing of what was advised became an order"
    yield from _given_back(books, account)
    yield from _units(story, books, account, trades)
    yield from _runs(story, books, account)


def _free_cash(events: History) -> Iterator[str]:
    """What is free is never below zero, whatever of it was set aside at the time."""
    state: Portfolio | None = None
    for each in events:
        after = fold(state, each.event, each.stream_id)
        assert isinstance(after, Portfolio)
        state = after
        if state.cash < 0:
            yield f"{state.cash} in free cash after event {each.number}"


def _advice(events: History, client_order_ids: Mapping[UUID, str], trades: Sequence[Trade]) -> Iterator[str]:
    state: Recommendation | None = None
    for each in events:
        after = fold(state, each.event, each.stream_id)
        assert isinstance(after, Recommendation)
        state = after
    assert state is not None
    if state.is_open or state.placing is not None or any(each.at_work for each in state.placed):
        yield f"advice {state.id} is still {state.status}"
    yield from _sales_first(events)
    times = Counter((each.line_id, each.attempt) for each in state.placed)
    yield from (f"line {line_id} became {n} orders at once" for (line_id, _), n in times.items() if n > 1)
    for advised in state.lines:
        done = state.executed_quantities.get(advised.id, Decimal(0))
        if done > advised.line.quantity:
            yield f"{done} of {advised.line.quantity} {advised.line.symbol} were executed"
    for placed in state.placed:
        theirs = [each for each in trades if each.client_order_id == client_order_ids[placed.order_id]]
        ours = [each for each in state.executed if each.order_id == placed.order_id]
        yield from differing(
            f"an execution of advice {state.id}",
            [Executed(each.broker_reference, each.quantity, each.price, each.fee) for each in ours],
            [Executed(each.execution_id, each.quantity, each.price, each.commission) for each in theirs],
        )
        if placed.side == "BUY" and -truth.cash(theirs) > placed.cash:
            yield f"{placed.client_order_id} has cost {-truth.cash(theirs)}, and {placed.cash} was set aside"


def _sales_first(events: History) -> Iterator[str]:
    """A purchase is placed when every sale of its attempt has ended; none is placed after it."""
    selling: set[UUID] = set()
    bought: set[int] = set()
    for event in (each.event for each in events):
        if isinstance(event, LineSettled):
            selling.discard(event.order_id)
        elif isinstance(event, LinePlaced) and event.side == "SELL":
            selling.add(event.order_id)
            if event.attempt in bought:
                yield f"{event.client_order_id} sells after a purchase"
        elif isinstance(event, LinePlaced):
            bought.add(event.attempt)
            if selling:
                yield f"{event.client_order_id} buys before {len(selling)} sales have ended"


def _given_back(books: Books, account: Account) -> Iterator[str]:
    rows = books.rows(
        "select position_id, status, shares, cash from positions where portfolio_id = %(id)s"
        " and placement is not null and (status <> 'closed' or cash <> 0)",
        id=account.portfolio_id,
    )
    yield from (f"{row['position_id']} of a line is {row['status']} with {row['cash']}" for row in rows)
    unknown = books.rows(
        "select client_order_id from paper_orders where account = %(id)s"
        " and client_order_id not in (select client_order_id from orders)",
        id=str(account.portfolio_id),
    )
    yield from (f"the paper book has {row['client_order_id']}, which nobody decided" for row in unknown)


def _units(story: Story, books: Books, account: Account, trades: Sequence[Trade]) -> Iterator[str]:
    """What is held of each listing that was advised is what its orders have come to."""
    for symbol, listing_id in story.accounts.followed.items():
        orders = books.rows(
            "select client_order_id from orders where portfolio_id = %(id)s and listing_id = %(listing)s",
            id=account.portfolio_id,
            listing=listing_id,
        )
        ids = {row["client_order_id"] for row in orders}
        told = truth.units([each for each in trades if each.client_order_id in ids])
        held = books.one(
            "select coalesce(sum(quantity), 0) as units from holdings"
            " where portfolio_id = %(id)s and listing_id = %(listing)s",
            id=account.portfolio_id,
            listing=listing_id,
        )["units"]
        if held != told:
            yield f"{held} {symbol} held instead of {told}"


def _runs(story: Story, books: Books, account: Account) -> Iterator[str]:
    """What was asked for has been carried out, once each."""
    rows = books.rows(
        "select run_id, status, summary from runs join runs_progress using (run_id)"
        " where portfolio_id = %(id)s and trigger = 'person'",
        id=account.portfolio_id,
    )
    asked = [UUID(run_id) for run_id in story.investor.runs[account.name]]
    yield from differing("a run", [row["run_id"] for row in rows], asked)
    yield from (
        f"run {row['run_id']} is {row['status']}: {row['summary']}"
        for row in rows
        if row["status"] not in ("success", "no_action", "blocked_dq")
    )
