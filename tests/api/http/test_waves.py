"""Waves of an advised portfolio over HTTP: its value falls, staged cash is deployed, each wave once."""

from datetime import datetime
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from advised import Adviser
from api.wiring import House
from over_http import answered, refused
from policy_examples import HOLDINGS, PRICES

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-03-{day:02}" for day in (2, 3, 4, 5))


class Falling:
    """A portfolio on a Monday evening, whose funds then fall day by day; the cash park does not."""

    def __init__(self, client: TestClient, house: House) -> None:
        self.house = house
        self.evening_of(MONDAY)
        self.adviser = Adviser(client, house).hold(**HOLDINGS).quote(f"{MONDAY}T16:35:00Z", **PRICES)

    def evening_of(self, day: str) -> str:
        """The clock stands at six in the evening."""
        at = f"{day}T18:00:00Z"
        self.house.ledger.clock = lambda: datetime.fromisoformat(at)
        return at

    def closes_at(self, part: str, day: str) -> "Falling":
        """Every fund closes at a part of what it was worth on Monday."""
        self.evening_of(day)
        fallen = {ticker: str(Decimal(price) * Decimal(part)) for ticker, price in PRICES.items()}
        self.adviser.quote(f"{day}T16:35:00Z", **(fallen | {"CSH2": PRICES["CSH2"]}))
        return self

    def triggers(self, kind: str, day: str) -> list[str]:
        """What a run of that evening uses; nothing where it advises nothing."""
        run = self.adviser.run(kind, self.evening_of(day))
        if run["recommendation_id"] is None:
            return []
        self.advice = self.adviser.advice(run)
        codes: list[str] = self.advice["triggers"]
        return codes


@pytest.fixture
def falling(client: TestClient, house: House) -> Falling:
    return Falling(client, house)


def test_a_falling_market_fires_each_wave_once(falling: Falling) -> None:
    """At a tenth below the highest close the first, at a fifth the second, whichever run sees it."""
    assert falling.triggers("weekly_review", MONDAY) == []
    assert falling.closes_at("0.95", TUESDAY).triggers("weekly_review", TUESDAY) == []
    assert falling.closes_at("0.87", WEDNESDAY).triggers("weekly_review", WEDNESDAY) == ["wave:A"]
    assert falling.advice["lines"][0]["sentence"] == "Sell 6 CSH2 for 7390.20 GBP: wave A."
    wave = falling.advice
    assert falling.triggers("monthly", WEDNESDAY) == []
    falling.adviser.executed(wave)
    assert falling.triggers("weekly_review", WEDNESDAY) == []
    assert falling.closes_at("0.72", THURSDAY).triggers("weekly_review", THURSDAY) == ["wave:B"]


def test_an_ignored_wave_is_available_again(falling: Falling, client: TestClient) -> None:
    falling.closes_at("0.93", TUESDAY).closes_at("0.87", WEDNESDAY)
    assert falling.triggers("weekly_review", WEDNESDAY) == ["wave:A"]
    ignored = falling.advice["id"]
    answered(client.post(f"/recommendations/{ignored}/ignore", json={"reason": "I wait for more."}))
    assert falling.triggers("monthly", WEDNESDAY) == ["wave:A"]


def test_money_that_comes_or_goes_is_no_fall_and_no_recovery(falling: Falling, client: TestClient) -> None:
    """Half of the value taken out fires nothing; as much paid in hides nothing."""
    adviser = falling.adviser
    answered(client.post(f"{adviser.address}/cash", json={"kind": "deposit", "amount": "90000"}))
    falling.closes_at("1", TUESDAY)
    answered(client.post(f"{adviser.address}/cash", json={"kind": "withdrawal", "amount": "90000"}))
    assert falling.triggers("weekly_review", TUESDAY) == []
    falling.closes_at("0.93", WEDNESDAY).closes_at("0.87", THURSDAY)
    answered(client.post(f"{adviser.address}/cash", json={"kind": "deposit", "amount": "90000"}))
    assert falling.triggers("weekly_review", THURSDAY) == ["wave:A"]


def test_the_value_of_each_day_is_told_in_pages(falling: Falling, client: TestClient) -> None:
    falling.closes_at("0.95", TUESDAY).closes_at("0.87", WEDNESDAY)
    address = f"{falling.adviser.address}/value"
    first = answered(client.get(f"{address}?limit=2"))
    assert [each["day"] for each in first["items"]] == [MONDAY, TUESDAY]
    assert first["items"][0]["unit_value"] == "1.000000"
    rest = answered(client.get(f"{address}?limit=2&after={first['next']}"))
    assert [(each["day"], each["drawdown"]) for each in rest["items"]] == [(WEDNESDAY, "0.107597")]
    assert rest["next"] is None
    refused(client.get(f"{address}?after=yesterday"), 422)
