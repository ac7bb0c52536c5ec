"""What must hold of the database: at every moment within the books, and against the broker once all is quiet."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from projections.catalogue import INLINE
from projections.rebuild import Rebuild
from storm.audit import Audit
from storm.book import ZERO
from storm.exchange import Exchange
from storm.sums import Broken

Rows = list[dict[str, Any]]
Database = Connection[dict[str, Any]]

UNBALANCED = """
    select event_number, sum((line ->> 'amount')::numeric) as off
    from journal, jsonb_array_elements(lines) as line
    group by event_number having sum((line ->> 'amount')::numeric) <> 0"""

BOOKED_CASH = """
    select portfolio_id, line ->> 'account' as account, sum((line ->> 'amount')::numeric) as amount
    from journal, jsonb_array_elements(lines) as line where line ->> 'account' like 'cash:%' group by 1, 2"""

BOOKED_UNITS = """
    select portfolio_id, line ->> 'listing_id' as listing_id, sum((line ->> 'quantity')::numeric) as quantity
    from journal, jsonb_array_elements(lines) as line where line ->> 'account' = 'holding' group by 1, 2"""


def require_books(database: Database, audit: Audit) -> None:
    """The read models say what the events add up to, and the journal balances. Raises Broken."""
    unbalanced = database.execute(UNBALANCED).fetchall()
    if unbalanced:
        raise Broken(f"journal entries do not sum to zero: {unbalanced}")
    for row in database.execute("select * from positions").fetchall():
        summed = audit.sums[row["position_id"]]
        if not summed.closed and (row["shares"], row["cash"]) != (summed.shares, summed.cash):
            raise Broken(
                f"{summed.symbol} has {row['shares']} and {row['cash']}, not {summed.shares} and {summed.cash}"
            )
    booked = {(row["portfolio_id"], row["account"]): row["amount"] for row in database.execute(BOOKED_CASH)}
    kept = {
        (row["portfolio_id"], row["account"]): row["amount"]
        for row in database.execute("select * from cash where account like 'cash:%'")
    }
    if {key: amount for key, amount in booked.items() if amount} != {k: v for k, v in kept.items() if v}:
        raise Broken(f"the journal has {booked}, the cash accounts {kept}")
    units = {
        (row["portfolio_id"], UUID(row["listing_id"])): row["quantity"]
        for row in database.execute(BOOKED_UNITS)
    }
    held = {
        (row["portfolio_id"], row["listing_id"]): row["quantity"]
        for row in database.execute("select * from holdings")
    }
    if {k: v for k, v in units.items() if v} != {k: v for k, v in held.items() if v}:
        raise Broken(f"the journal holds {units}, the holdings are {held}")
    audit.require_anchors()


def require_open(audit: Audit, exchange: Exchange) -> None:
    """No order is open at the broker that the books have ended, nor are two for one purpose. Raises Broken.

    What a position's rule wants of its symbol is one, and each line of advice: two runs may advise the same.
    """
    purposes: set[str | UUID] = set()
    for theirs in exchange.open_orders:
        client_order_id, symbol = theirs.ticket.client_order_id, theirs.ticket.symbol
        ours = audit.orders[audit.by_client[client_order_id]]
        if ours.ended is not None:
            raise Broken(f"{client_order_id} is {ours.ended} on the books and open at the broker")
        purpose = audit.advice.line_of.get(ours.order_id, symbol)
        if purpose in purposes:
            raise Broken(f"two orders for {symbol} are open at the broker, one of them {client_order_id}")
        purposes.add(purpose)


def require_agreement(database: Database, audit: Audit, exchanges: Mapping[str, Exchange]) -> None:
    """Books and brokers have the same orders, executions, shares and cash. Raises Broken."""
    for exchange in exchanges.values():
        _require_orders(audit, exchange)
        _require_executions(database, exchange)
        _require_own(database, audit, exchange)
        for summed in audit.sums.values():
            if summed.account != exchange.account or summed.is_of_advice:
                continue
            purse = exchange.purses[summed.symbol]
            if (summed.shares, summed.cash) != (purse.shares, purse.cash):
                raise Broken(f"{summed} at the end, but the broker has {purse}")
    cash = database.execute("select sum(amount) as amount from cash where account like 'cash:%'").fetchone()
    told = sum((exchange.cash for exchange in exchanges.values()), ZERO)
    if cash is None or cash["amount"] != told:
        raise Broken(f"the books have {cash} in cash, the brokers {told}")
    audit.advice.require_over(audit.orders)
    open_orders = database.execute("select * from orders where is_open").fetchall()
    if open_orders:
        raise Broken(f"still open on the books: {open_orders}")


def _require_orders(audit: Audit, exchange: Exchange) -> None:
    """Every order at the broker is one that was intended and sent, and no intention has two."""
    found: dict[UUID, str] = {}
    for client_order_id, theirs in exchange.orders.items():
        order_id = audit.by_client.get(client_order_id)
        if order_id is None or not audit.orders[order_id].submitted:
            raise Broken(f"the broker has {client_order_id}, which nobody has sent")
        if order_id in found:
            raise Broken(f"the broker has {found[order_id]} and {client_order_id} for one intention")
        found[order_id] = client_order_id
        ours = audit.orders[order_id]
        if ours.client_order_ids[-1] != client_order_id:
            raise Broken(f"{client_order_id} was sent, but then it was {ours.client_order_ids[-1]}")
        if ours.ended is None:
            raise Broken(f"{client_order_id} is {theirs.status} at the broker and open on the books")


def _require_executions(database: Database, exchange: Exchange) -> None:
    """The latest revision of every execution is booked, and nothing else."""
    rows: Rows = database.execute(
        "select distinct on (execution_id) * from executions where account = %s"
        " order by execution_id, revision desc",
        (exchange.account,),
    ).fetchall()
    booked = {row["execution_id"]: (row["revision"], row["quantity"]) for row in rows}
    theirs = {each.id: (len(each.revisions), each.latest.quantity) for each in exchange.executions.values()}
    lost = {name: theirs[name] for name in sorted(theirs.keys() - booked.keys()) if theirs[name][1]}
    differing = {
        name: (booked[name], theirs.get(name)) for name in sorted(booked) if booked[name] != theirs.get(name)
    }
    if lost or differing:
        raise Broken(f"never booked: {lost}; booked otherwise: {differing}")


def _require_own(database: Database, audit: Audit, exchange: Exchange) -> None:
    """What belongs to no position: free cash, and the units of what was advised."""
    (portfolio_id,) = [each for each, account in audit.accounts.items() if account == exchange.account]
    free = database.execute("select cash from portfolios where portfolio_id = %s", (portfolio_id,)).fetchone()
    if free is None or free["cash"] != exchange.free_cash:
        raise Broken(f"{exchange.account} has {free} in free cash, the broker {exchange.free_cash}")
    rows: Rows = database.execute(
        "select symbol, quantity from holdings join listings using (listing_id) where portfolio_id = %s",
        (portfolio_id,),
    ).fetchall()
    held = {row["symbol"]: row["quantity"] for row in rows}
    for purse in exchange.purses.values():
        if purse.is_own and held.get(purse.symbol, ZERO) != purse.shares:
            raise Broken(f"{held.get(purse.symbol)} {purse.symbol} are held, the broker has {purse.shares}")


def require_rebuild(database: Database, log: PostgresEventLog) -> None:
    """Every inline read model is what rebuilding it gives. Raises Broken."""
    for rebuilt in Rebuild(database, log, INLINE).run(lambda step, done, total: None):
        if not rebuilt.equal:
            raise Broken(f"rebuilding corrected something: {rebuilt}")


def log_hash(database: Database) -> str:
    """A hash of every event with all its metadata, in order."""
    digest = hashlib.sha256()
    for row in database.execute(
        "select notification_id, originator_id, originator_version, topic, state from stored_events"
        " order by notification_id"
    ):
        digest.update(repr((*list(row.values())[:4], bytes(row["state"]))).encode())
    return digest.hexdigest()
