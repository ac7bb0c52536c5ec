"""What must be true of each account afterwards: the brokers' own executions, shares and cash, each action once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kills.live import truth
from kills.live.carried_out import carried_out
from kills.live.kept import differing, kept
from kills.live.ledger import Books
from kills.live.opening import CASH, FUNDS, SHARES, Account
from kills.live.person import RATIO, net_dividend
from kills.live.story import Story
from kills.live.truth import Trade

ONCE = {
    "position.dividend_accrued.1": "paid",
    "position.dividend_paid.1": "paid",
    "position.split_applied.1": "split",
}


def differences(story: Story, books: Books) -> list[str]:
    """Everything that is not as it must be, a sentence each."""
    trades = {
        "paper": truth.on_paper(books.connection, story.accounts.paper),
        "callbacks": story.caller.trades,
        "alpaca": truth.at_alpaca(story.server),
    }
    found: list[str] = []
    for account in story.accounts.all:
        each = [
            *_executions(books, account, trades[account.name]),
            *_balances(story, books, account, trades[account.name]),
            *_actions(story, books, account),
        ]
        if account in story.accounts.advised:
            each += carried_out(story, books, account, trades[account.name])
        found += [f"{account.name}: {sentence}" for sentence in each]
    return [*found, *_orders(story, books), *kept(story, books)]


def _executions(books: Books, account: Account, trades: Sequence[Trade]) -> Iterator[str]:
    rows = books.rows(
        "select execution_id, client_order_id, executions.side, executions.quantity, price, commission, revision"
        " from executions join orders using (order_id) where executions.portfolio_id = %(portfolio)s",
        portfolio=account.portfolio_id,
    )
    booked = [Trade(**{name: row[name] for name in Trade._fields}) for row in rows]
    yield from differing("an execution", booked, trades)
    yield from (f"a revision {row['revision']} that nobody sent" for row in rows if row["revision"] != 1)
    strangers = books.one(
        "select count(*) as n from executions where portfolio_id = %(portfolio)s and order_id is null",
        portfolio=account.portfolio_id,
    )
    if strangers["n"]:
        yield f"{strangers['n']} executions of nobody's order"


def _balances(story: Story, books: Books, account: Account, trades: Sequence[Trade]) -> Iterator[str]:
    person = story.person
    position = books.one("select * from positions where position_id = %(id)s", id=account.position_id)
    of_rule, advised = _of_rule(books, account, trades)
    portfolio = books.one("select * from portfolios where portfolio_id = %(id)s", id=account.portfolio_id)
    split = SHARES * (RATIO - 1) if account.portfolio_id in person.split else Decimal(0)
    paid = net_dividend() if account.portfolio_id in person.paid else Decimal(0)
    expected = {
        "shares": (position["shares"], SHARES + split + truth.units(of_rule)),
        "cash": (position["cash"], CASH + paid + truth.cash(of_rule)),
        "receivable": (position["receivable"], Decimal(0)),
        "free cash": (
            portfolio["cash"],
            FUNDS - CASH + person.deposits[account.portfolio_id] + truth.cash(advised),
        ),
    }
    if account is story.accounts.alpaca:
        cash = position["cash"] + portfolio["cash"]
        expected["cash at Alpaca"] = (cash, story.server.cash)
        expected["shares at Alpaca"] = (
            position["shares"],
            story.server.positions.get(account.symbol, Decimal(0)),
        )
    for name, (ours, theirs) in expected.items():
        if ours != theirs:
            yield f"{name} {ours} instead of {theirs}"
    if portfolio["frozen_because"]:
        yield f"it is frozen: {portfolio['frozen_because']}"


def _of_rule(
    books: Books, account: Account, trades: Sequence[Trade]
) -> tuple[Sequence[Trade], Sequence[Trade]]:
    """The trades of the account's position, and those of what was advised."""
    rows = books.rows("select client_order_id from orders where position_id = %(id)s", id=account.position_id)
    own = {row["client_order_id"] for row in rows}
    of_rule = [each for each in trades if each.client_order_id in own]
    return of_rule, [each for each in trades if each.client_order_id not in own]


def _actions(story: Story, books: Books, account: Account) -> Iterator[str]:
    happened = books.count(
        "select topic as what, count(*) as n from stored_events where originator_id = %(id)s"
        " and topic = any(%(topics)s) group by 1",
        id=account.position_id,
        topics=list(ONCE),
    )
    for topic, whom in ONCE.items():
        expected = int(account.portfolio_id in getattr(story.person, whom))
        if happened.get(topic, 0) != expected:
            yield f"{topic} {happened.get(topic, 0)} times instead of {expected}"


def _orders(story: Story, books: Books) -> Iterator[str]:
    """Every order of ours has ended as the broker says, and the broker has none that is not ours."""
    portfolio_id = story.accounts.alpaca.portfolio_id
    rows = books.rows("select * from orders where portfolio_id = %(id)s", id=portfolio_id)
    ours = {row["client_order_id"]: row for row in rows}
    with story.server.lock:
        theirs = dict(story.server.orders)
        traded = Counter(each.order.client_order_id for each in story.server.book.executions)
    for client_order_id, order in theirs.items():
        mine = ours.get(client_order_id)
        if mine is None:
            yield f"Alpaca has {client_order_id}, which nobody here decided"
        elif (mine["status"], mine["quantity"]) != (order.status, order.quantity):
            yield f"{client_order_id} is {mine['status']} here, {order.status} at Alpaca"
        elif mine["broker_order_id"] not in (None, order.order_id):  # filled before it was acknowledged: none
            yield f"{client_order_id} is called {mine['broker_order_id']} here, {order.order_id} at Alpaca"
    yield from (f"Alpaca traded for {each}, which it does not have" for each in traded if each not in theirs)
    for client_order_id, mine in ours.items():
        if mine["status"] == "filled" and client_order_id not in theirs:
            yield f"{client_order_id} is filled here and unknown to Alpaca"
    doubled = books.rows(
        "select client_order_id, count(*) as n from paper_orders group by 1 having count(*) > 1"
    )
    yield from (f"the paper book has {row['client_order_id']} {row['n']} times" for row in doubled)
