"""Exchanges that a listing may be registered at, as they are proposed."""

from decimal import Decimal

import exchange_calendars
from starlette.testclient import TestClient

from adapters.calendars.library import ALIASES
from adapters.calendars.simulated_venue import SIMULATED
from api.http.schemas.exchanges import Exchanges
from domain.money import quote_scale
from over_http import KO, answered


def told(client: TestClient) -> Exchanges:
    """The answer, which must be of its documented shape."""
    return Exchanges.model_validate(answered(client.get("/exchanges")))


def test_each_that_is_proposed_has_a_calendar_and_is_there_once(client: TestClient) -> None:
    proposed = [each.exchange for each in told(client).items]

    assert "XLON" in proposed
    assert len({*proposed}) == len(proposed)
    assert {*proposed} <= {*exchange_calendars.get_calendar_names(include_aliases=False), *ALIASES, SIMULATED}


def test_its_usual_unit_is_one_that_a_listing_there_can_have(client: TestClient) -> None:
    """And a listing that is registered so keeps the unit as it was told."""
    known = told(client)
    for each in known.items:
        assert quote_scale(each.currency, each.quote_unit) > 0
    [london] = [each for each in known.items if each.exchange == "XLON"]
    johannesburg = next(each for each in known.items if each.exchange == "XJSE")
    assert (london.currency, london.quote_unit) == ("GBP", "GBX")
    listing = {"exchange": "XJSE", "currency": johannesburg.currency, "quote_unit": johannesburg.quote_unit}
    kept = answered(client.post("/listings", json=KO | listing), 201)
    assert kept["quote_unit"] == johannesburg.quote_unit


def test_every_unit_says_how_much_of_its_currency_it_is(client: TestClient) -> None:
    for each in told(client).units:
        assert quote_scale(each.currency, each.unit) == Decimal(each.scale) < 1
