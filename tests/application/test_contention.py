"""Many commands on one stream: whoever loses a race tries again, and nobody is turned away."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

from api.wiring import House
from application import portfolios
from domain.streams import PORTFOLIO
from examples import by_hand, open_example

WRITERS = 40
DEPOSITS_EACH = 10


def test_all_deposits_of_many_writers_are_booked(house: House) -> None:
    """Four hundred at once, each of one dollar."""
    portfolio_id = open_example(house).portfolio_id
    before = cash_of(house, portfolio_id)

    def deposit(_: int) -> None:
        for _ in range(DEPOSITS_EACH):
            portfolios.move_cash(house.ledger, by_hand(house), portfolio_id, "deposit", Decimal(1))

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(deposit, range(WRITERS)))

    assert cash_of(house, portfolio_id) == before + WRITERS * DEPOSITS_EACH


def cash_of(house: House, portfolio_id: UUID) -> Decimal:
    """The free cash of a portfolio."""
    state = house.ledger.load(PORTFOLIO, portfolio_id).state
    assert state is not None
    return state.cash
