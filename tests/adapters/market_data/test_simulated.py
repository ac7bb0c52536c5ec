"""The simulated market as a provider."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.market_data.simulated import WAVES, SimulatedPrices
from application.ports.market_data import ProviderRefused
from market_data_contract.bench import KO, NOW

TIDE = replace(KO, symbol="TIDE", exchange="XSIM")


def test_it_serves_its_own_listings_only() -> None:
    market = SimulatedPrices("simulated", NOW)
    assert market.serves(TIDE)
    assert not market.serves(KO)
    assert not market.serves(replace(TIDE, symbol="KO"))
    assert not market.serves(replace(TIDE, exchange="XNYS"))


def test_its_prices_follow_from_symbol_and_moment_alone() -> None:
    market = SimulatedPrices("simulated", NOW)
    (point,) = market.quotes([TIDE]).points
    assert (point.last, point.as_of) == (WAVES["TIDE"].at(NOW), NOW)
    assert list(market.quotes([TIDE]).points) == [point]
    later = SimulatedPrices("simulated", NOW + timedelta(minutes=1)).quotes([TIDE]).points[0]
    assert later.last != point.last


def test_it_knows_no_closes() -> None:
    with pytest.raises(ProviderRefused):
        SimulatedPrices("simulated", NOW).closes([TIDE], NOW.date())
