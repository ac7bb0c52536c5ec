"""Dividends of what a portfolio holds outside of positions, where there are several, or one's listing has merged."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from broker_files import trading_212
from over_http import answered, refused
from own_units import EX_DATE, EX_OPEN, MINUTE, PAID, PAY_DATE, PAY_OPEN, VWRP, Holder

DAY = timedelta(days=1)
ORDINARY = {"ex_date": EX_DATE, "pay_date": PAY_DATE, "per_share": "0.50"}
SPECIAL = {"ex_date": "2026-11-25", "pay_date": PAY_DATE, "per_share": "0.20"}
"""Of 101 units 50.50, 37.88 after tax, and 20.20, 15.15 after tax."""


@pytest.fixture
def holder(client: TestClient, house: House) -> Holder:
    """101 units that have cost 10 100.00, last at 120.00, a day after everything was paid."""
    made = Holder(client, house)
    house.ledger.clock = lambda: PAY_OPEN + DAY
    return made


def calls(holder: Holder) -> list[str]:
    """What a person is called to."""
    found = answered(holder.client.get("/alerts", params={"portfolio_id": holder.id, "open": "true"}))[
        "items"
    ]
    assert all(each["remedy"] for each in found)
    return [each["message"] for each in found if each["rule"].startswith("dividend_not_booked/")]


def paid_by_hand(holder: Holder, amount: str) -> str:
    """Somebody posts a dividend on the pay-date; answers its entry."""
    posted = holder.post("dividend", amount=amount, at="2026-12-01T12:00:00Z")
    entry_id: str = posted["entries"][0]["id"]
    return entry_id


def reverse(holder: Holder, entry_id: str) -> None:
    body = {"ids": [entry_id], "reason": "It was another."}
    answered(holder.client.post(f"{holder.address}/ledger/reversals", json=body), 201)


def of_vwrp(holder: Holder, what: str, **terms: str) -> None:
    """What the company does whose units are held."""
    answered(holder.client.post(f"/{what}", json={"listing_id": holder.vwrp} | terms), 201)


def of_semi(holder: Holder, what: str, **terms: str) -> None:
    """What another does, into which that one merges."""
    answered(holder.client.post(f"/{what}", json={"listing_id": holder.semi} | terms), 201)


def later(holder: Holder, hours: int = 1) -> Holder:
    """What is due is booked once more."""
    return holder.at(holder.house.ledger.clock() + timedelta(hours=hours))


@pytest.mark.parametrize(("posted", "other"), [("50.50", "15.15"), ("20.20", "37.88"), ("15.15", "37.88")])
def test_of_two_dividends_of_the_same_days_the_one_that_was_posted_is_told_apart_by_what_it_says(
    holder: Holder, posted: str, other: str
) -> None:
    """Before tax, or after it as a file says it."""
    paid_by_hand(holder, posted)
    of_vwrp(holder, "dividends", **ORDINARY)
    of_vwrp(holder, "dividends", **SPECIAL)

    assert later(holder).booked == 2

    assert holder.cash() == (str(Decimal(posted) + Decimal(other)), "0.00")
    assert (later(holder).booked, calls(holder)) == (0, [])
    holder.sound()


@pytest.mark.parametrize(("posted", "booked", "cash"), [(1, 2, "88.38"), (2, 0, "101.00")])
def test_of_two_dividends_of_one_amount_each_is_booked_once(
    holder: Holder, posted: int, booked: int, cash: str
) -> None:
    for _ in range(posted):
        paid_by_hand(holder, "50.50")
    of_vwrp(holder, "dividends", **ORDINARY)
    of_vwrp(holder, "dividends", **(SPECIAL | {"per_share": "0.50"}))
    assert later(holder).booked == booked
    assert (holder.cash(), calls(holder)) == ((cash, "0.00"), [])


def test_what_may_be_the_same_or_another_is_asked_of_a_person(holder: Holder) -> None:
    """Answered by posting this one too, it is in the books once, and nobody is called again."""
    entry_id = paid_by_hand(holder, "15.15")
    of_vwrp(holder, "dividends", **ORDINARY)

    assert later(holder).booked == 0

    [message] = calls(holder)
    assert message == (
        "VWRP pays 0.5 GBP a share on 2026-12-01 to those who hold it before 2026-11-23. That comes to 50.50 GBP before"
        f" tax, 37.88 after, and is not booked: the books have a dividend of 15.15 of these days (entry {entry_id}),"
        " which may be the same. If it is not, post this one too."
    )
    holder.post("dividend", amount="50.50", tax="12.62", at="2026-12-01T00:00:00Z")
    assert (later(holder).booked, holder.cash(), calls(holder)) == (0, ("53.03", "0.00"), [])
    holder.sound()


def test_a_person_who_says_that_it_is_the_same_is_not_called_again(holder: Holder) -> None:
    paid_by_hand(holder, "42.93")
    of_vwrp(holder, "dividends", **ORDINARY)
    later(holder)
    [alert] = answered(holder.client.get("/alerts", params={"portfolio_id": holder.id, "open": "true"}))[
        "items"
    ]
    answered(holder.client.post(f"/alerts/{alert['id']}/resolve", json={"reason": "It is."}))
    assert (later(holder).booked, holder.cash(), calls(holder)) == (0, ("42.93", "0.00"), [])


def test_once_the_doubtful_entry_is_taken_back_it_is_booked(holder: Holder) -> None:
    entry_id = paid_by_hand(holder, "42.93")
    of_vwrp(holder, "dividends", **ORDINARY)
    assert (later(holder).booked, len(calls(holder))) == (0, 1)
    reverse(holder, entry_id)
    assert (later(holder).booked, holder.cash(), calls(holder)) == (2, ("37.88", "0.00"), [])


def test_two_dividends_of_one_ex_date_are_posted_once_the_announced_one_is_taken_back(holder: Holder) -> None:
    """A listing has one announcement of a day; what a person is told leads to both on the books, each once."""
    of_vwrp(holder, "dividends", **ORDINARY)
    later(holder)
    second = ORDINARY | {"per_share": "0.20"}
    refused(holder.client.post("/dividends", json={"listing_id": holder.vwrp} | second), 409)
    detail = holder.post("dividend", amount="20.20", at="2026-12-01T12:00:00Z", status=409)["detail"]
    assert "two of one ex-date are both posted, once that entry is reversed" in detail

    reverse(holder, detail.partition("(entry ")[2].partition(")")[0])
    for amount in ("50.50", "20.20"):
        holder.post("dividend", amount=amount, at="2026-12-01T12:00:00Z")

    assert (later(holder).booked, holder.cash()) == (0, ("70.70", "0.00"))
    holder.sound()


def merge(holder: Holder, effective: str = "2026-11-24", ratio: str = "1", cash: str = "0") -> None:
    """Each VWRP becomes SEMI."""
    terms = {"effective": effective, "ratio": ratio, "cash_per_share": cash}
    of_vwrp(holder, "mergers", into_listing_id=holder.semi, **terms)


def settle(holder: Holder, listing_id: str) -> int:
    """The job of one listing."""
    return holder.house.settle_own_units(UUID(holder.id), UUID(listing_id))


AFTER_MERGER = {"ex_date": "2026-11-25", "pay_date": PAY_DATE, "per_share": "0.50"}


@pytest.mark.parametrize("merger_first", [True, False])
def test_a_dividend_from_before_a_merger_is_owed_on_the_units_of_then(
    holder: Holder, *, merger_first: bool
) -> None:
    """Whichever of the two is heard of first, both late; it is paid after the units have become others."""
    steps: list[Callable[[], None]] = [
        lambda: merge(holder),
        lambda: of_vwrp(holder, "dividends", **ORDINARY),
    ]
    for step in steps if merger_first else steps[::-1]:
        step()
        later(holder)
    assert holder.units() == {"SEMI": ("101", "10100.00")}
    assert (holder.cash(), calls(holder)) == (("37.88", "0.00"), [])
    holder.sound()


@pytest.mark.parametrize("heard", ["together", "merger first", "dividend first"])
def test_a_dividend_of_what_a_listing_has_merged_into_counts_the_units_that_it_brought(
    holder: Holder, heard: str
) -> None:
    """Both heard of late. The job of either listing finds all of it."""
    steps: list[Callable[[], None]] = [
        lambda: merge(holder),
        lambda: of_semi(holder, "dividends", **AFTER_MERGER),
    ]
    for step in steps[::-1] if heard == "dividend first" else steps:
        step()
        if heard != "together":
            later(holder)
    settle(holder, holder.semi)
    assert holder.units() == {"SEMI": ("101", "10100.00")}
    assert (holder.cash(), calls(holder)) == (("37.88", "0.00"), [])
    assert later(holder).booked == 0
    holder.sound()


def test_the_job_of_the_listing_that_merged_goes_on_with_what_it_has_become(holder: Holder) -> None:
    """Before the merger nothing was held there, and nobody would look again."""
    of_semi(holder, "dividends", **AFTER_MERGER)
    assert settle(holder, holder.semi) == 0
    merge(holder)
    assert settle(holder, holder.vwrp) == 3
    assert holder.cash() == ("37.88", "0.00")


def test_a_dividend_waits_for_a_merger_that_only_a_person_can_settle(
    client: TestClient, house: House
) -> None:
    """No price says what the fraction is worth. What was owed before is paid meanwhile."""
    holder = Holder(client, house)
    holder.vwrp, holder.semi = holder.semi, holder.vwrp
    for listing_id in (holder.vwrp, holder.semi):
        holder.post("transfer", "101", listing_id=listing_id, amount="10100.00", at="2026-11-02T10:00:00Z")
    house.ledger.clock = lambda: PAY_OPEN + DAY
    merge(holder, ratio="0.5")
    of_semi(holder, "dividends", **ORDINARY)
    of_semi(holder, "dividends", **SPECIAL)

    later(holder)
    assert holder.cash() == ("75.75", "0.00")  # of 202 units before the merger, and nothing of those since

    for listing_id, quantity, cost in ((holder.vwrp, "-101", "-10100.00"), (holder.semi, "50", "10100.00")):
        holder.post("adjustment", quantity, listing_id=listing_id, amount=cost, at="2026-11-24T09:00:00Z")
    later(holder)
    assert holder.cash() == (str(Decimal("75.75") + Decimal("37.80")), "0.00")  # 252 x 0.20 less a quarter


def test_one_of_two_that_was_taken_back_is_told_again_as_it_was_paid_and_the_other_is_not(
    holder: Holder,
) -> None:
    """By hand or by a file, which says what the other came to as well."""
    of_vwrp(holder, "dividends", **ORDINARY)
    of_vwrp(holder, "dividends", **SPECIAL)
    assert later(holder).booked == 4
    [owed] = [each["id"] for each in holder.entries() if each["at"].startswith("2026-11-25")]
    reverse(holder, owed)

    def rows() -> list[str]:
        files = [trading_212(PAID.format(day=PAY_DATE, net=net)) for net in ("37.88", "17.17")]
        address = f"{holder.address}/imports"
        previews = [answered(holder.client.post(address, content=file), 201) for file in files]
        return [row["status"] for preview in previews for row in preview["rows"]]

    assert rows() == ["known", "proposed"]
    holder.post("dividend", amount="37.88", at="2026-12-01T12:00:00Z", status=409)
    paid_by_hand(holder, "17.17")
    assert rows() == ["known", "problem"]
    holder.post("dividend", amount="17.17", at="2026-12-01T12:00:00Z", status=409)
    assert (later(holder).booked, holder.cash()) == (0, ("55.05", "0.00"))


def third(holder: Holder, effective: str = "2026-11-25") -> str:
    """SEMI becomes yet another, which pays a dividend afterwards."""
    listing = answered(holder.client.post("/listings", json=VWRP | {"symbol": "WLDS"}), 201)["id"]
    terms = {"effective": effective, "ratio": "1", "cash_per_share": "0", "into_listing_id": listing}
    of_semi(holder, "mergers", **terms)
    paid = {"ex_date": "2026-11-26", "pay_date": PAY_DATE, "per_share": "0.50"}
    answered(holder.client.post("/dividends", json={"listing_id": listing} | paid), 201)
    return str(listing)


def test_units_go_through_two_mergers_and_are_paid_where_they_have_come_to(holder: Holder) -> None:
    wlds = third(holder)
    merge(holder)
    settle(holder, wlds)
    assert holder.units() == {"WLDS": ("101", "10100.00")}
    assert holder.cash() == ("37.88", "0.00")
    holder.sound()


def test_a_dividend_waits_for_the_first_of_two_mergers(client: TestClient, house: House) -> None:
    """Nothing was held of the listing in between, whose own merger has nothing to wait for."""
    holder = Holder(client, house)
    holder.vwrp = answered(client.post("/listings", json=VWRP | {"symbol": "CSH2"}), 201)["id"]
    held = {"listing_id": holder.vwrp, "amount": "10100.00", "at": "2026-11-02T10:00:00Z"}
    holder.post("transfer", "101", **held)
    house.ledger.clock = lambda: PAY_OPEN + DAY
    merge(holder, ratio="0.5")
    wlds = third(holder)
    holder.post("transfer", "10", **(held | {"listing_id": wlds}))

    assert settle(holder, wlds) == 0

    for listing_id, quantity, cost in ((holder.vwrp, "-101", "-10100.00"), (wlds, "50", "10100.00")):
        holder.post("adjustment", quantity, listing_id=listing_id, amount=cost, at="2026-11-24T09:00:00Z")
    assert settle(holder, wlds) == 2
    assert holder.cash() == ("22.50", "0.00")  # of 60 units


def test_a_merger_that_is_heard_of_after_a_dividend_was_booked_calls_a_person(holder: Holder) -> None:
    """It was owed on fewer units than were held."""
    held: dict[str, Any] = {"listing_id": holder.semi, "amount": "10.00", "at": "2026-11-02T10:00:00Z"}
    holder.post("transfer", "10", **held)
    of_semi(holder, "dividends", **AFTER_MERGER)
    assert (later(holder).booked, holder.cash()) == (2, ("3.75", "0.00"))

    merge(holder)
    assert (later(holder).booked, holder.units()["SEMI"][0]) == (1, "111")

    [message] = calls(holder)
    assert message.endswith("by which 101 more were held: reverse that entry, and post what was paid.")
    reverse(holder, message.partition("(entry ")[2].partition(")")[0])
    paid = {"listing_id": holder.semi, "amount": "55.50", "tax": "13.88", "at": "2026-12-01T12:00:00Z"}
    holder.post("dividend", **paid)
    assert (later(holder).booked, holder.cash(), calls(holder)) == (0, ("41.62", "0.00"), [])
    holder.sound()


@pytest.mark.parametrize(
    ("ratio", "moved", "gross", "tax"),
    [("2", "101 more", "40.40", "10.10"), ("0.5", "51 fewer", "10.00", "2.50")],
)
def test_a_split_that_is_heard_of_after_a_dividend_was_booked_calls_a_person(
    holder: Holder, ratio: str, moved: str, gross: str, tax: str
) -> None:
    """It was owed on other units than were held; the one from before the split is right."""
    of_vwrp(holder, "dividends", **ORDINARY)
    of_vwrp(holder, "dividends", **SPECIAL)
    assert (later(holder).booked, holder.cash()) == (4, ("53.03", "0.00"))

    of_vwrp(holder, "splits", ex_date="2026-11-24", ratio=ratio)
    assert later(holder).booked == 1

    [message] = calls(holder)
    assert message.endswith(f"by which {moved} were held: reverse that entry, and post what was paid.")
    before = Decimal(holder.cash()[0]) - Decimal("15.15")
    reverse(holder, message.partition("(entry ")[2].partition(")")[0])
    holder.post("dividend", amount=gross, tax=tax, at="2026-12-01T12:00:00Z")
    assert Decimal(holder.cash()[0]) == before + Decimal(gross) - Decimal(tax)
    assert (later(holder).booked, calls(holder)) == (0, [])
    holder.sound()


def test_a_merger_that_is_heard_of_after_the_units_have_split_is_left_to_a_person(holder: Holder) -> None:
    """What it brings would have to split as well, and that split is on the books."""
    held: dict[str, Any] = {"listing_id": holder.semi, "amount": "10.00", "at": "2026-11-02T10:00:00Z"}
    holder.post("transfer", "10", **held)
    of_semi(holder, "splits", ex_date="2026-11-25", ratio="2")
    later(holder)
    merge(holder)
    assert later(holder).booked == 0
    assert {symbol: units for symbol, (units, _) in holder.units().items()} == {"SEMI": "20", "VWRP": "101"}


def test_a_split_after_a_late_merger_splits_what_it_brought(holder: Holder) -> None:
    of_semi(holder, "splits", ex_date="2026-11-25", ratio="2")
    later(holder)
    merge(holder)
    later(holder)
    assert holder.units() == {"SEMI": ("202", "10100.00")}
    assert holder.at(EX_OPEN + 30 * DAY + MINUTE).booked == 0
