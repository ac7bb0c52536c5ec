"""Beancount itself reads what we write of our books, finds no error, and comes to the same balances."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from beancount import loader
from beancount.core import data, inventory, prices, realization
from hypothesis import given, settings
from hypothesis import strategies as st

from api.wiring import House
from application.books.post_entries import NewEntry
from application.evaluate_position import Question
from domain.fx import Pair, Rate
from domain.journal import HOLDING, PORTFOLIO_CASH, REALISED_GAIN, Line
from domain.money import ZERO
from domain.portfolio.wanted import Wanted
from domain.quote import Quote
from examples import IN_SESSION, by_hand, open_example
from projections.beancount.account_book import AccountBook, Listed, Posted, account_book
from projections.beancount.text import beancount_text

PORTFOLIO = UUID(int=9)
FIRST = datetime(2026, 3, 10, 17, 7, tzinfo=UTC)


def read(book: AccountBook) -> tuple[data.Directives, realization.RealAccount]:
    """The ledger as beancount has it, without a single complaint."""
    text = beancount_text(book)
    entries, errors, _ = loader.load_string(text)
    assert not errors, (errors[0], text)
    return entries, realization.realize(entries)


def holding(root: realization.RealAccount, account: str) -> tuple[Decimal, Decimal]:
    """Units in an account, and what they have cost, to the penny."""
    found = realization.get(root, account)
    there: inventory.Inventory = found.balance if found is not None else inventory.Inventory()
    cost = sum((each.units.number * each.cost.number for each in there if each.cost), ZERO)
    units = sum((each.units.number for each in there), ZERO)
    return units, cost.quantize(Decimal("0.01"))


def listed(number: int, symbol: str, exchange: str = "XLON", currency: str = "GBP") -> Listed:
    """A listing with a price."""
    return Listed(UUID(int=number), symbol, exchange, currency, f"The {symbol}", Decimal("118.425"), FIRST)


def a_book(
    entries: Sequence[Posted], listings: Sequence[Listed], title: str = "Pension", rates: Sequence[Rate] = ()
) -> AccountBook:
    """Entries with the balances that they come to."""
    lines = [line for entry in entries for line in entry.lines]
    accounts = {line.account for line in lines if line.account != HOLDING}
    return AccountBook(
        portfolio_id=PORTFOLIO,
        title=title,
        currency="GBP",
        entries=entries,
        listings={each.id: each for each in listings},
        rates=rates,
        cash={name: sum((e.amount for e in lines if e.account == name), ZERO) for name in accounts},
        units={
            each.id: sum((e.quantity for e in lines if e.listing_id == each.id), ZERO) for each in listings
        },
    )


def entry(number: int, kind: str, *lines: Line, reference: str | None = None) -> Posted:
    """An entry, a day after the one before."""
    return Posted(UUID(int=number), FIRST + timedelta(days=number), kind, reference, lines)


def moved(listing: Listed, quantity: str, cost: str, cash: str) -> tuple[Line, ...]:
    """Units against cash; what is left over is gain."""
    lines = (
        Line(HOLDING, Decimal(cost), listing.id, Decimal(quantity)),
        Line(PORTFOLIO_CASH, Decimal(cash)),
        Line(REALISED_GAIN, -Decimal(cost) - Decimal(cash)),
    )
    return tuple(line for line in lines if line.amount or line.quantity)


def test_a_purchase_a_split_and_a_sale_at_average_cost_agree() -> None:
    fund = listed(1, "VWRP")
    book = a_book(
        [
            entry(1, "buy", *moved(fund, "3", "100.01", "-100.01"), reference='A "7"\\'),
            entry(2, "adjustment", Line(HOLDING, ZERO, fund.id, Decimal(9))),
            entry(3, "sell", *moved(fund, "-5", "-41.67", "60.00")),
            entry(4, "adjustment", *moved(fund, "0", "2.00", "0")),
        ],
        [fund],
    )
    _, root = read(book)
    assert holding(root, "Assets:Pension:Holdings:VWRP") == (Decimal(7), Decimal("60.34"))


def test_prices_and_rates_are_in_whole_units_of_their_currencies() -> None:
    """Pence become pounds, and a rate that nothing needs is left out."""
    fund, ours = listed(1, "KO", "XNYS", "USD"), listed(2, "VWRP")
    rates = [Rate(Pair("GBP", quote), FIRST, Decimal("1.28"), "test") for quote in ("USD", "CHF")]
    entries, _ = read(
        a_book(
            [*(entry(each.id.int, "buy", *moved(each, "1", "9.00", "-9.00")) for each in (fund, ours))],
            [fund, ours],
            rates=rates,
        )
    )
    known = prices.build_price_map(entries)
    assert prices.get_latest_price(known, ("VWRP", "GBP"))[1] == Decimal("118.425")
    assert prices.get_latest_price(known, ("GBP", "USD"))[1] == Decimal("1.28")
    assert ("GBP", "CHF") not in known


def test_names_that_beancount_does_not_take_are_spelt_otherwise() -> None:
    """Beginning with a digit, in small letters, of two listings, or a currency's."""
    strange = [
        listed(1, "0700", "XHKG"),
        listed(2, "brk/b"),
        listed(3, "VOD"),
        listed(4, "EUR"),
        listed(5, "A"),
    ]
    twins = [listed(6, "KO"), listed(7, "KO", "XNYS"), listed(8, "ko", "XLON")]
    found = [*strange, *twins]
    entries = [entry(each.id.int, "buy", *moved(each, "1", "1.00", "-1.00")) for each in found]
    _, root = read(a_book(entries, found, title='mein "Depot" – \\ für später'))
    accounts = [each for each in realization.iter_children(root) if "Holdings:" in each.account]
    assert len({each.account for each in accounts}) == len(found)


def test_books_without_an_entry_are_a_ledger_too() -> None:
    read(a_book([], []))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["buy", "sell", "split", "cost"]), st.integers(1, 9), st.integers(0, 10_000)
        ),
        max_size=12,
    )
)
@settings(max_examples=40)
def test_whatever_was_booked_both_sums_agree(steps: list[tuple[str, int, int]]) -> None:
    """Units and their cost, however the average was rounded on the way."""
    fund, units, cost, entries = listed(1, "VWRP"), ZERO, ZERO, list[Posted]()
    for number, (step, count, cents) in enumerate(steps, 1):
        amount, quantity = Decimal(cents).scaleb(-2), Decimal(count)
        if step in ("sell", "split", "cost") and not units:
            continue
        if step == "sell":
            quantity = -min(quantity, units)
            amount = -cost if units == -quantity else (cost * quantity / units).quantize(Decimal("0.01"))
        elif step == "split":
            amount = -min(amount, cost)
        elif step == "cost":
            quantity = ZERO
        units, cost = units + quantity, cost + amount
        entries.append(entry(number, step, *moved(fund, str(quantity), str(amount), str(-amount))))
    _, root = read(a_book(entries, [fund]))
    assert holding(root, "Assets:Pension:Holdings:VWRP") == (units, cost.quantize(Decimal("0.01")))


def test_books_of_a_position_its_orders_and_actions_agree(house: House) -> None:
    """Fills with commission, a dividend with its tax, a split, entries by hand and a reversal."""
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house)
    for price in ("97", "103.5"):
        question = Question(opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        house.submit_order(opened.position_id, order_id)
    house.announce_actions.dividend(
        by_hand(house),
        opened.listing_id,
        ex_date=IN_SESSION.date() + timedelta(days=1),
        pay_date=IN_SESSION.date() + timedelta(days=2),
        per_share=Decimal("0.10"),
        withholding_rate=None,
    )
    house.settle_actions(opened.position_id, IN_SESSION + timedelta(days=7))
    wanted = Wanted("buy", quantity=Decimal(3), amount=Decimal("100.01"), fee=Decimal("1.50"))
    entries = [
        NewEntry(None, opened.listing_id, wanted),
        NewEntry(None, None, Wanted("fee", amount=Decimal(9))),
    ]
    batch = house.post_entries(by_hand(house), opened.portfolio_id, entries).answer
    house.reverse_entries(by_hand(house), opened.portfolio_id, [batch.entries[1][0].entry_id], "Not mine.")

    with house.pool.connection() as connection:
        book = account_book(connection, opened.portfolio_id)
        held = connection.execute("select quantity, round(book_cost, 2) as cost from holdings").fetchone()
    assert book is not None
    assert held is not None
    assert {"transfer", "dividend", "buy", "fee", "reversal"} <= {each.kind for each in book.entries}
    _, root = read(book)
    assert holding(root, "Assets:Example:Holdings:KO") == (held["quantity"], held["cost"])
