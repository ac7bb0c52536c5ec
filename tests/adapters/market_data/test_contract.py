"""Every kind of provider keeps the contract of providers; those over a network over a real socket."""

from contextlib import ExitStack

import pytest

from market_data_contract.bench import Bench
from market_data_contract.closing import Closing
from market_data_contract.failing import Failing
from market_data_contract.quoting import Quoting
from market_data_contract.two_sided import TwoSided
from market_data_contract.wire import AlpacaBench, HttpBench, HttpManyBench, WireBench


@pytest.fixture
def bench(wire: WireBench) -> Bench:
    return wire


class TestHttp(Quoting, TwoSided, Closing, Failing):
    """The generic provider, asked for one listing at a time."""

    @pytest.fixture
    def wire(self, stack: ExitStack) -> WireBench:
        return HttpBench(stack)


class TestHttpMany(Quoting, TwoSided, Closing, Failing):
    """The generic provider, asked for many at once."""

    @pytest.fixture
    def wire(self, stack: ExitStack) -> WireBench:
        return HttpManyBench(stack)


class TestAlpaca(Quoting, TwoSided, Closing, Failing):
    """Alpaca's market data."""

    @pytest.fixture
    def wire(self, stack: ExitStack) -> WireBench:
        return AlpacaBench(stack)
