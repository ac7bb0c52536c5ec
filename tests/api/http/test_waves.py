"""Waves of an advised portfolio over HTTP: its value falls, staged cash is deployed, each wave once."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from starlette.testclient import TestClient

from advised import Adviser
from api.wiring import House
from domain.allocation.snapshot import read_snapshot
from over_http import answered, refused
from policy_examples import HOLDINGS, PRICES

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-03-{day:02}" for day in (2, 3, 4, 5))


class Falling:
    """A portfolio on a Monday evening, whose funds then fall day by day; the cash park does not."""

    def __init__(self, client: TestClient, house: House, **changes: object) -> None:
        self.house = house
        self.evening_of(MONDAY)
        self.adviser = (
            Adviser(client, house, "512.44", **changes)
            .hold(**HOLDINGS)
            .quote(f"{MONDAY}T16:35:00Z", **PRICES)
        )

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

    def stand(self) -> dict[str, str]:
        """How each trigger stands, in words."""
        address = f"{self.adviser.address}/triggers"
        return {
            each["code"]: each["sentence"] for each in answered(self.adviser.client.get(address))["items"]
        }

    def release(self, status: int) -> str:
        """Let the first wave fire again, or be refused; answers why."""
        body = {"codes": ["wave:A"], "reason": "I have money again."}
        key = {"Idempotency-Key": f"release-{status}"}
        answer = self.adviser.client.post(f"{self.adviser.address}/triggers/release", json=body, headers=key)
        assert answer.status_code == status
        if status == 200:
            assert {each["code"]: each["sentence"] for each in answer.json()["items"]} == self.stand()
            return ""
        return str(answer.json()["detail"])

    def free_cash(self, day: str) -> Decimal:
        """The free cash that a run of that evening decides on."""
        run = self.adviser.run("manual", self.evening_of(day))
        return read_snapshot(self.adviser.client.get(f"/runs/{run['id']}/input").text).cash

    def marked(self, *lines: dict[str, Any]) -> None:
        """Some lines of the advice are carried out as advised."""
        told = [
            {"line_id": each["id"], "quantity": each["quantity"], "price": each["price"]} for each in lines
        ]
        address = f"/recommendations/{self.advice['id']}/mark-executed"
        answered(self.adviser.client.post(address, json={"lines": told}))

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
    assert falling.stand()["wave:A"] == "Wave A has fired, and its advice is open."
    falling.release(409)
    falling.adviser.executed(wave)
    assert falling.triggers("weekly_review", WEDNESDAY) == []
    assert falling.closes_at("0.72", THURSDAY).triggers("weekly_review", THURSDAY) == ["wave:B"]
    assert falling.stand() == {
        "wave:A": "Wave A is used up.",
        "wave:B": "Wave B has fired, and its advice is open.",
        "sunset:2027-02-01": "The sunset of 2027-02-01 can fire.",
        "sunset:2028-02-01": "The sunset of 2028-02-01 can fire.",
    }
    falling.release(200)
    assert falling.stand()["wave:A"] == "Wave A can fire."
    falling.release(404)


def test_an_ignored_wave_is_available_again(falling: Falling, client: TestClient) -> None:
    falling.closes_at("0.93", TUESDAY).closes_at("0.87", WEDNESDAY)
    assert falling.triggers("weekly_review", WEDNESDAY) == ["wave:A"]
    ignored = falling.advice["id"]
    answered(client.post(f"/recommendations/{ignored}/ignore", json={"reason": "I wait for more."}))
    assert falling.triggers("monthly", WEDNESDAY) == ["wave:A"]


def test_what_the_sale_of_a_wave_brought_is_kept_for_its_own_buys(falling: Falling) -> None:
    """For another run only that is free which was, and what the wave's sale brings beyond its buys."""
    falling.closes_at("0.93", TUESDAY).closes_at("0.87", WEDNESDAY).triggers("weekly_review", WEDNESDAY)
    sale, *buys = falling.advice["lines"]
    assert (sale["action"], sale["quantity"], sale["amount"]) == ("SELL", "6", "7390.20")
    left_over = Decimal(sale["amount"]) - sum(Decimal(each["amount"]) for each in buys)
    assert falling.free_cash(WEDNESDAY) == Decimal("512.44")

    falling.marked(sale)
    assert falling.advice["id"] in falling.release(409)
    assert falling.free_cash(WEDNESDAY) == Decimal("512.44") + left_over
    falling.marked(buys[0])
    assert falling.free_cash(WEDNESDAY) == Decimal("512.44") + left_over
    falling.marked(*buys[1:])
    assert falling.free_cash(WEDNESDAY) == Decimal(falling.adviser.books()[0])


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


def test_a_split_is_no_fall_and_one_that_was_taken_back_blocks_until_it_is_told(
    falling: Falling, client: TestClient
) -> None:
    """The price is a quarter, the units four times as many; were they the old ones, nobody might advise on that."""
    semi = falling.adviser.listings["SEMI"]
    answered(client.post("/splits", json={"listing_id": semi, "ex_date": TUESDAY, "ratio": "4"}), 201)
    falling.evening_of(TUESDAY)
    falling.adviser.quote(f"{TUESDAY}T16:35:00Z", **(PRICES | {"SEMI": "236.525"}))

    assert falling.adviser.run("weekly_review", falling.evening_of(TUESDAY))["status"] == "no_action"
    journal = answered(client.get(f"{falling.adviser.address}/ledger", params={"limit": 100}))["items"]
    [split] = [each["id"] for each in journal if each["reference"] == f"SEMI {TUESDAY}"]
    body = {"ids": [split], "reason": "The broker has none."}
    answered(client.post(f"{falling.adviser.address}/ledger/reversals", json=body), 201)

    blocked = falling.adviser.run("weekly_review", falling.evening_of(TUESDAY))
    assert blocked["status"] == "blocked_dq"
    assert "SEMI splits 4 for 1 on 2026-03-03. 2954 SEMI are held" in blocked["summary"]

    more = {"kind": "adjustment", "listing_id": semi, "quantity": "8862", "at": f"{TUESDAY}T08:00:00Z"}
    answered(client.post(f"{falling.adviser.address}/ledger", json={"entries": [more]}), 201)
    assert falling.adviser.run("weekly_review", falling.evening_of(TUESDAY))["status"] == "no_action"
    days = answered(client.get(f"{falling.adviser.address}/value"))["items"]
    assert [each["drawdown"] for each in days] == ["0.000000", "0.000000"]


def test_a_fall_beyond_what_the_policy_bears_calls_a_person_until_it_is_over(
    client: TestClient, house: House
) -> None:
    falling = Falling(client, house, constraints={"max_drawdown_tolerance": 0.1})

    def told() -> list[str]:
        alerts = answered(client.get("/alerts"))["items"]
        rule = "max_drawdown_tolerance"
        return [each["message"] for each in alerts if each["rule"] == rule and each["resolved_at"] is None]

    falling.closes_at("0.93", TUESDAY).closes_at("0.87", WEDNESDAY).triggers("weekly_review", WEDNESDAY)
    falling.triggers("weekly_review", WEDNESDAY)
    assert told() == ["The portfolio has fallen 10.8 % below its highest close; its policy bears 10 %."]
    falling.closes_at("0.95", THURSDAY).triggers("weekly_review", THURSDAY)
    assert told() == []
