"""Entries that a person posts: what each kind moves, what is refused, and that the books always balance."""

import random
from contextlib import suppress
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.journal import entry_for
from domain.listing import Listing
from domain.portfolio.events import EntryPosted, EntryReversed, PostedKind
from domain.portfolio.posting import post, reverse
from domain.portfolio.state import Portfolio, evolve
from domain.portfolio.units import Units
from domain.portfolio.wanted import Wanted
from domain.refusals import Conflict, Invalid, Refusal
from stories import PORTFOLIO_OPENED

FUND = Listing(UUID(int=7), "VWRP", "XLON", "USD", "USD", Decimal(1), None, None)
ENTRY, BATCH, LATER = UUID(int=1), UUID(int=2), UUID(int=3)


def portfolio() -> Portfolio:
    """An empty one, in dollars."""
    return evolve(None, PORTFOLIO_OPENED)


def posted(kind: PostedKind, units: Units = Units(), **said: object) -> EntryPosted:  # noqa: B008  # immutable
    """The entry that some words come to; numbers may be given as text."""
    given = {name: Decimal(value) if isinstance(value, str) else value for name, value in said.items()}
    return post(portfolio(), ENTRY, BATCH, Wanted(kind, **given), units)  # type: ignore[arg-type]


def moved(event: EntryPosted) -> dict[str, str]:
    """What an entry changes, without what it leaves alone."""
    return {name: str(value) for name, value in event.effect.model_dump().items() if value}


def test_each_kind_moves_what_it_says() -> None:
    held = Units(Decimal(4), Decimal("400.00"))
    told = {
        "contribution": moved(posted("contribution", amount="500.00")),
        "withdrawal": moved(posted("withdrawal", amount="20.00")),
        "buy": moved(posted("buy", listing=FUND, quantity="3", price="118.425", fee="5.00")),
        "sell": moved(posted("sell", held, listing=FUND, quantity="1", price="118.425", fee="5.00")),
        "dividend": moved(posted("dividend", listing=FUND, amount="10.00", tax="1.50")),
        "interest": moved(posted("interest", amount="1.20")),
        "fee": moved(posted("fee", amount="9.99")),
        "in": moved(posted("transfer", listing=FUND, quantity="2", amount="180.00")),
        "out": moved(posted("transfer", held, listing=FUND, quantity="-1")),
        "units": moved(posted("adjustment", held, listing=FUND, quantity="4")),
        "cash": moved(posted("adjustment", amount="-0.03")),
    }
    assert told == {
        "contribution": {"cash": "500.00", "capital": "500.00"},
        "withdrawal": {"cash": "-20.00", "capital": "-20.00"},
        "buy": {"quantity": "3", "cash": "-360.28", "book_cost": "355.28", "fee": "5.00"},
        "sell": {"quantity": "-1", "cash": "113.42", "book_cost": "-100.00", "fee": "5.00", "gain": "18.42"},
        "dividend": {"cash": "8.50", "tax": "1.50", "income": "10.00"},
        "interest": {"cash": "1.20", "income": "1.20"},
        "fee": {"cash": "-9.99", "fee": "9.99"},
        "in": {"quantity": "2", "book_cost": "180.00", "capital": "180.00"},
        "out": {"quantity": "-1", "book_cost": "-100.00", "capital": "-100.00"},
        "units": {"quantity": "4"},
        "cash": {"cash": "-0.03", "gain": "-0.03"},
    }


def test_the_last_units_take_all_cost_with_them() -> None:
    """However the average was rounded before."""
    event = posted("sell", Units(Decimal(3), Decimal("100.01")), listing=FUND, quantity="3", price="40")
    assert (event.effect.book_cost, event.effect.gain) == (Decimal("-100.01"), Decimal("19.99"))


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("contribution", {}, "amount"),
        ("contribution", {"amount": "5", "quantity": "1"}, "quantity"),
        ("contribution", {"amount": "0.001"}, "amount"),
        ("buy", {"listing": FUND, "quantity": "3"}, "price"),
        ("buy", {"quantity": "3", "price": "1"}, "listing_id"),
        ("buy", {"listing": FUND, "quantity": "-3", "price": "1"}, "quantity"),
        ("fee", {"amount": "1", "tax": "1"}, "tax"),
        ("dividend", {"listing": FUND, "amount": "1", "tax": "2"}, "tax"),
        ("adjustment", {"listing": FUND}, "quantity"),
        ("adjustment", {"listing": FUND, "amount": "5"}, "amount"),
    ],
)
def test_what_does_not_belong_together_is_refused_by_name(
    kind: PostedKind, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        posted(kind, Units(), **said)
    assert refused.value.field == field


def test_a_fund_in_another_currency_needs_its_amount_in_ours() -> None:
    euro = Listing(UUID(int=8), "EUNL", "XETR", "EUR", "EUR", Decimal(1), None, None)
    with pytest.raises(Invalid, match="say the amount in USD"):
        posted("buy", listing=euro, quantity="3", price="90")
    assert (
        moved(posted("buy", listing=euro, quantity="3", price="90", amount="290.00"))["book_cost"] == "290.00"
    )


def test_nobody_holds_fewer_than_none() -> None:
    with pytest.raises(Conflict, match="2 VWRP are held outside of positions"):
        posted("sell", Units(Decimal(2), Decimal(200)), listing=FUND, quantity="3", price="100")


def test_a_reversal_takes_back_what_was_posted() -> None:
    buy = posted("buy", listing=FUND, quantity="3", price="118.425", fee="5.00")
    back = reverse(
        portfolio(), LATER, BATCH, buy, Units(Decimal(3), Decimal("355.28")), "It was another fund."
    )
    assert {name: -value for name, value in back.effect.model_dump().items()} == buy.effect.model_dump()
    assert back.reverses == buy.entry_id


def test_units_that_are_gone_cannot_be_taken_back() -> None:
    buy = posted("buy", listing=FUND, quantity="3", price="100")
    with pytest.raises(Conflict, match="Of the 3 VWRP only 1 are left"):
        reverse(portfolio(), LATER, BATCH, buy, Units(Decimal(1), Decimal(100)), "Wrong.")


CENTS = st.decimals(Decimal("0.01"), Decimal(10_000), places=2)
COUNTS = st.integers(1, 50).map(Decimal)


@st.composite
def entries(draw: st.DrawFn) -> Wanted:
    """What a person may say, units or not."""
    amount, fee, count = draw(CENTS), draw(CENTS), draw(COUNTS)
    return draw(
        st.sampled_from(
            (
                Wanted("buy", FUND, count, amount=amount, fee=fee),
                Wanted("sell", FUND, count, amount=amount, fee=fee),
                Wanted("transfer", FUND, count, amount=amount),
                Wanted("transfer", FUND, -count),
                Wanted("dividend", FUND, amount=amount),
                Wanted("fee", amount=amount),
                Wanted("contribution", amount=amount),
            )
        )
    )


@given(st.lists(entries(), max_size=12), st.randoms(use_true_random=False))
def test_books_balance_and_units_never_fall_below_none_whatever_is_posted_and_reversed(
    said: list[Wanted], chance: random.Random
) -> None:
    """Every entry sums to zero; and when all is taken back that can be, no unit costs less than nothing."""
    units, done = Units(), list[EntryPosted]()
    for wanted in said:
        with suppress(Refusal):
            event = post(portfolio(), ENTRY, BATCH, wanted, units)
            units = units.after(event.effect)
            assert total(event) == 0
            assert evolve(portfolio(), event).cash == event.effect.cash
            done.append(event)
    chance.shuffle(done)
    for event in done:
        with suppress(Conflict):
            back = reverse(portfolio(), LATER, BATCH, event, units, "Taken back.")
            units = units.after(back.effect)
            assert total(back) == 0
            assert units.quantity >= 0
            assert units.book_cost >= 0
            assert units.quantity or not units.book_cost


def total(event: EntryPosted | EntryReversed) -> Decimal:
    """What the lines of its journal entry sum to."""
    entry = entry_for(event, UUID(int=9))
    assert entry is not None
    return sum((line.amount for line in entry.lines), Decimal(0))
