"""A portfolio that watches KO and PG, and two local providers that it asks, alpha before beta."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from adapters.outbound.addresses import AddressPolicy
from api.wiring import House
from market_desk import MarketDesk, open_desk


@pytest.fixture
def new_desk_house(new_house: Callable[[], House]) -> Callable[[], House]:
    """Another process on the same database, which may reach local providers."""

    def make() -> House:
        house = new_house()
        house.outbound_policy = AddressPolicy.parse("127.0.0.1")
        return house

    return make


@pytest.fixture
def desk(new_desk_house: Callable[[], House]) -> Iterator[MarketDesk]:
    with ExitStack() as stack:
        yield open_desk(new_desk_house(), stack)
