"""Splits, dividends and mergers of what a portfolio holds outside of positions: each is on the books once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from advised import Adviser
from api.wiring import House
from broker_files import trading_212
from examples import IN_SESSION, eventually
from over_http import answered
from own_units import BOUGHT_ON, EX_DATE, EX_OPEN, MINUTE, NEW, PAID, PAY_DATE, PAY_OPEN, VWRP, Holder
from placed import Placed
from policy_examples import HOLDINGS, PRICES


@pytest.fixture
def holder(client: TestClient, house: House) -> Holder:
    """101 units that have cost 10 100.00, last at 120.00."""
    return Holder(client, house)


def test_a_split_multiplies_what_is_held_and_pays_the_fraction(holder: Holder) -> None:
    """Whole units were held: half a unit becomes 40.00 in cash, at its share of the cost."""
    holder.announce("splits", ex_date=EX_DATE, ratio="1.5")
    assert holder.at(EX_OPEN - MINUTE).units() == {"VWRP": ("101", "10100.00")}

    holder.at(EX_OPEN)

    assert holder.units() == {"VWRP": ("151", "10066.67")}
    assert holder.cash() == ("40.00", "0.00")
    [entry] = holder.entries()
    assert (entry["at"][:19], entry["kind"]) == ("2026-11-23T08:00:00", "adjustment")
    holder.sound()


def test_a_fraction_is_worth_what_the_splits_before_have_made_of_the_last_price(holder: Holder) -> None:
    """101 units at 120.00 are 404 at 30.00, and these 121.2 at 100.00."""
    holder.announce("splits", ex_date=EX_DATE, ratio="4")
    holder.announce("splits", ex_date="2026-11-24", ratio="0.3")
    assert holder.at(EX_OPEN + timedelta(days=1)).booked == 2
    assert (holder.units()["VWRP"][0], holder.cash()) == ("121", ("20.00", "0.00"))


def test_who_keeps_fractions_keeps_them(client: TestClient, house: House) -> None:
    holder = Holder(client, house, quantity="10.5")
    holder.announce("splits", ex_date=EX_DATE, ratio="1.5")
    assert holder.at(EX_OPEN).units() == {"VWRP": ("15.75", "10100.00")}
    assert holder.cash() == ("0.00", "0.00")


def test_a_dividend_is_owed_at_the_ex_date_and_paid_on_its_day(holder: Holder) -> None:
    """On the units of the close before; what is sold since is paid all the same, what is bought is not."""
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.at(EX_OPEN)
    assert holder.cash() == ("0.00", "37.88")
    holder.post("sell", "101", amount="12000.00")

    assert holder.at(PAY_OPEN - MINUTE).cash() == ("12000.00", "37.88")
    assert holder.at(PAY_OPEN).cash() == ("12037.88", "0.00")

    statement = [(each["kind"], each["sentence"]) for each in holder.entries()]
    assert [kind for kind, _ in statement] == ["dividend", "dividend"]
    holder.sound()


def test_a_merger_makes_units_of_the_other_listing_and_cash(holder: Holder) -> None:
    """The cost parts as the worth does: 101 x 1.00 in cash, and 50 units for 101; the half is paid out."""
    holder.announce(
        "mergers", into_listing_id=holder.semi, effective=EX_DATE, ratio="0.5", cash_per_share="1.00"
    )

    holder.at(EX_OPEN)

    cash, cost = Decimal(holder.cash()[0]), Decimal(holder.units()["SEMI"][1])
    each = Decimal("238.00")
    assert cash == 101 + each / 2
    assert cost == (10100 - 10100 * cash / (cash + 50 * each)).quantize(Decimal("0.01"))
    assert holder.units() == {"SEMI": ("50", str(cost))}
    [entry] = holder.entries()
    holder.sound()
    body = {"ids": [entry["id"]], "reason": "It did not happen."}
    answered(holder.client.post(f"{holder.address}/ledger/reversals", json=body), 201)
    assert holder.units() == {"VWRP": ("101", "10100.00")}
    assert (holder.at(EX_OPEN + MINUTE).booked, holder.cash()) == (0, ("0.00", "0.00"))
    holder.sound()


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
def test_announced_twice_late_and_asked_for_by_many_it_is_booked_once(
    holder: Holder, late: timedelta
) -> None:
    """Announced late, what was bought since counts in new units already."""
    holder.house.ledger.clock = lambda: EX_OPEN + late
    if late:
        holder.post("buy", "7", amount="210.00", at="2026-11-24T10:00:00Z")
    holder.announce("splits", ex_date=EX_DATE, ratio="4")
    holder.announce("splits", status=200, ex_date=EX_DATE, ratio="4")
    with ThreadPoolExecutor(4) as pool:
        booked = list(pool.map(lambda _: holder.house.settle_own_units.all_of(UUID(holder.id)), range(4)))
    holder.announce("splits", status=200, ex_date=EX_DATE, ratio="4")
    assert (sum(booked), holder.at(EX_OPEN + late + MINUTE).booked) == (1, 0)
    assert holder.units()["VWRP"][0] == ("411" if late else "404")
    holder.sound()


def test_what_a_closed_position_has_left_takes_part(client: TestClient, house: House) -> None:
    holder = Holder(client, house)
    opened = {"listing_id": holder.vwrp, "shares": "10", "anchor": "12000"}
    position = answered(client.post(f"{holder.address}/positions", json=opened), 201)["id"]
    answered(client.post(f"/positions/{position}/close", json={}))
    holder.announce("splits", ex_date=EX_DATE, ratio="2")
    assert holder.at(EX_OPEN).units()["VWRP"][0] == "222"


def test_what_somebody_has_told_already_is_not_booked_again(holder: Holder) -> None:
    """By an adjustment since a split, and by a dividend that was posted or imported on its days."""
    holder.house.ledger.clock = lambda: EX_OPEN + MINUTE
    holder.post("adjustment", "303")
    holder.post("dividend", amount="50.50", at="2026-12-01T00:00:00Z", status=422)
    holder.house.ledger.clock = lambda: PAY_OPEN
    holder.post("dividend", amount="50.50", at="2026-12-01T00:00:00Z")
    holder.announce("splits", ex_date=EX_DATE, ratio="4")
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    assert holder.at(PAY_OPEN + MINUTE).booked == 0
    assert (holder.units()["VWRP"][0], holder.cash()) == ("404", ("50.50", "0.00"))


def test_what_was_announced_is_not_booked_beside_it(holder: Holder) -> None:
    """By hand it is refused with the entry to reverse; a file proposes nothing where it says the same, else asks."""
    holder.announce("splits", ex_date=EX_DATE, ratio="4")
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.at(PAY_OPEN + timedelta(days=1))
    books = holder.units(), holder.cash()
    assert books == ({"VWRP": ("404", "10100.00")}, ("37.88", "0.00"))

    for again in (
        holder.post("adjustment", "303", status=409),
        holder.post("dividend", amount="50.50", status=409),
    ):
        assert "was announced and is booked (entry " in again["detail"]
    rows = {"37.88": "known", "40.00": "problem", "50.50": "problem"}
    for net, status in rows.items():
        file = trading_212(PAID.format(day=PAY_DATE, net=net))
        preview = answered(holder.client.post(f"{holder.address}/imports", content=file), 201)
        assert [each["status"] for each in preview["rows"]] == [status], preview
    later = answered(
        holder.client.post(
            f"{holder.address}/imports", content=trading_212(PAID.format(day="2026-11-10", net="37.88"))
        ),
        201,
    )
    assert [each["status"] for each in later["rows"]] == ["proposed"]
    assert (holder.units(), holder.cash()) == books


def test_what_is_owed_is_taken_back_with_its_payment(holder: Holder) -> None:
    """A person who books the dividend as the broker paid it must not have it twice."""
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.at(PAY_OPEN + timedelta(days=1))
    [owed] = [each for each in holder.entries() if each["at"][:10] == EX_DATE]

    wanted = {"ids": [owed["id"]], "reason": "The broker took less tax"}
    answered(holder.client.post(f"{holder.address}/ledger/reversals", json=wanted), 201)

    assert holder.cash() == ("0.00", "0.00")
    holder.post("dividend", amount="42.93")
    assert holder.at(PAY_OPEN + timedelta(days=2)).booked == 0
    assert holder.cash() == ("42.93", "0.00")
    holder.sound()


@pytest.mark.parametrize(("days", "cash"), [(10, "37.88"), (11, "0.00")])
def test_a_dividend_that_is_heard_of_after_its_days_is_left_to_a_person(
    holder: Holder, days: int, cash: str
) -> None:
    """By then the books may have it under another name, such as cash that a list of positions has set right."""
    holder.house.ledger.clock = lambda: PAY_OPEN + timedelta(days=days)
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.at(PAY_OPEN + timedelta(days=days))
    assert holder.cash() == (cash, "0.00")


def test_a_special_dividend_pays_beside_another(holder: Holder) -> None:
    """Each row of the broker's file is one of the two."""
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.announce("dividends", ex_date="2026-11-25", pay_date=PAY_DATE, per_share="0.20")
    assert holder.at(PAY_OPEN + timedelta(days=1)).cash() == ("53.03", "0.00")
    for net, status in {"37.88": "known", "15.15": "known", "53.03": "problem"}.items():
        file = trading_212(PAID.format(day=PAY_DATE, net=net))
        preview = answered(holder.client.post(f"{holder.address}/imports", content=file), 201)
        assert [each["status"] for each in preview["rows"]] == [status], preview


def test_who_sells_before_the_ex_date_opens_is_paid_all_the_same(holder: Holder) -> None:
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    holder.house.ledger.clock = lambda: EX_OPEN - MINUTE
    holder.post("sell", "101", amount="12000.00")
    assert holder.at(EX_OPEN).cash() == ("12000.00", "37.88")


def test_later_actions_wait_for_a_split_that_nobody_can_settle(client: TestClient, house: House) -> None:
    """No price says what the fraction is worth: a dividend since then would count units of before."""
    holder = Holder(client, house)
    units = {"listing_id": holder.semi, "quantity": "101", "amount": "10100.00", "at": BOUGHT_ON}
    entries = [{"kind": "transfer"} | units]
    answered(client.post(f"{holder.address}/ledger", json={"entries": entries}), 201)
    semi = {"listing_id": holder.semi}
    answered(client.post("/splits", json=semi | {"ex_date": EX_DATE, "ratio": "1.5"}), 201)
    paid = semi | {"ex_date": "2026-11-25", "pay_date": PAY_DATE, "per_share": "0.50"}
    answered(client.post("/dividends", json=paid), 201)

    assert holder.at(PAY_OPEN).booked == 0

    adjusted = {
        "kind": "adjustment",
        "listing_id": holder.semi,
        "quantity": "50",
        "at": "2026-11-23T00:00:00Z",
    }
    answered(client.post(f"{holder.address}/ledger", json={"entries": [adjusted]}), 201)
    assert holder.at(PAY_OPEN).booked == 2
    assert holder.cash() == ("56.62", "0.00")  # 151 units


def test_a_split_of_what_is_held_does_not_block_advice(client: TestClient, house: House) -> None:
    """The run books it before it decides, and the worth of the whole is what it was."""
    adviser = Adviser(client, house)
    house.ledger.clock = lambda: IN_SESSION + timedelta(hours=1)
    adviser.hold(**HOLDINGS).quote("2026-11-20T16:35:00Z", **PRICES)
    house.ledger.clock = lambda: EX_OPEN + timedelta(hours=9)
    answered(
        client.post(
            "/splits", json={"listing_id": adviser.listings["VWRP"], "ex_date": EX_DATE, "ratio": "4"}
        ),
        201,
    )
    split = f"{Decimal(PRICES['VWRP']) / 4}"
    adviser.quote("2026-11-23T16:35:00Z", **(PRICES | {"VWRP": split}))

    run = adviser.run("monthly", "2026-11-23T17:00:00Z")

    assert run["status"] == "success", run["summary"]
    assert adviser.books()[1]["VWRP"] == str(HOLDINGS["VWRP"] * 4)
    history = answered(client.get(f"{adviser.address}/value"))["items"]
    assert Decimal(history[-1]["drawdown"]) < Decimal("0.0001")


def test_units_that_are_being_sold_as_advised_wait_for_the_order(client: TestClient, house: House) -> None:
    portfolio = Placed(
        client, house, "5000.00", {"cash_park__sunset__0__date": "2026-11-02"}, broker={"auto_fill": False}
    )
    advice = portfolio.advised("weekly_review")
    portfolio.approve(advice)
    csh2 = portfolio.listings["CSH2"]
    answered(client.post("/splits", json={"listing_id": csh2, "ex_date": EX_DATE, "ratio": "4"}), 201)
    house.ledger.clock = lambda: EX_OPEN
    assert house.settle_own_units(UUID(portfolio.id), UUID(csh2)) == 0
    portfolio.told("CSH2", "expired")
    assert house.settle_own_units(UUID(portfolio.id), UUID(csh2)) == 1
    assert portfolio.books()[1]["CSH2"] == str(HOLDINGS["CSH2"] * 4)


def test_a_dividend_in_another_currency_is_left_to_a_person(client: TestClient, house: House) -> None:
    """Nobody knows here at which rate the broker will change it."""
    house.ledger.clock = lambda: IN_SESSION
    listing = {"symbol": "KO", "exchange": "XNYS", "currency": "USD", "quote_unit": "USD", "lot": "1"}
    ko = answered(client.post("/listings", json=listing), 201)["id"]
    holder = Holder(client, house)
    holder.vwrp = ko
    holder.post("transfer", "10", amount="500.00", at=BOUGHT_ON)
    holder.announce("dividends", ex_date=EX_DATE, pay_date=PAY_DATE, per_share="0.50")
    assert holder.at(PAY_OPEN + MINUTE).booked == 0


def test_the_sweep_and_a_worker_book_it_by_themselves(live: TestClient, running: House) -> None:
    """Announced long after it happened, in the present."""
    listing = answered(live.post("/listings", json=VWRP), 201)["id"]
    portfolio = answered(live.post("/portfolios", json=NEW), 201)["id"]
    held = {
        "kind": "transfer",
        "listing_id": listing,
        "quantity": "100",
        "amount": "1.00",
        "at": "2026-03-02T10:00:00Z",
    }
    answered(live.post(f"/portfolios/{portfolio}/ledger", json={"entries": [held]}), 201)
    answered(live.post("/splits", json={"listing_id": listing, "ex_date": "2026-03-10", "ratio": "4"}), 201)
    address = f"/portfolios/{portfolio}/holdings"
    eventually(lambda: answered(live.get(address))["items"][0]["quantity"] == "400")
