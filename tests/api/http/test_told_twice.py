"""One trade, told twice under its broker's reference: in whatever way and order, it is in the books once."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from broker_files import trading_212
from over_http import AT, answered, open_example, refused
from placed import Placed
from policy_examples import HOLDINGS

REFERENCE = "EOF7"
ROW = (
    "Market buy,2026-03-09 10:15:30,IE00BK5BQT80,VWRP,Vanguard FTSE All-World,3,11842.50,GBX,1,,,"
    f"355.28,GBP,,,,,,{REFERENCE},,"
)
ONCE = str(HOLDINGS["VWRP"] + 3)


class Person(Placed):
    """Somebody whose portfolio has bought 3 VWRP as advised, and who tells that in several ways."""

    def __init__(self, client: TestClient, house: House) -> None:
        super().__init__(client, house, "5000.00", broker={"auto_fill": False})
        self.proposed = self.advised()
        self.vwrp = self.proposed["lines"][0]
        self.rows: list[str] = []

    def imports(self) -> int:
        """By the broker's file; answers the status of applying what was previewed."""
        address = f"{self.address}/imports"
        preview = answered(self.client.post(address, content=trading_212(ROW)), 201)
        asked = [each["security"] for each in preview["questions"]]
        answers = [{"security": each, "listing_id": self.listings["VWRP"]} for each in asked]
        apply = f"{address}/{preview['id']}/apply"
        tried = answered(self.client.post(f"{apply}?dry_run=true", json={"answers": answers}))
        self.rows = [each["status"] for each in tried["rows"]]
        return self._status(apply, answers=answers)

    def marks(self) -> int:
        """By marking the line executed."""
        line = {
            "line_id": self.vwrp["id"],
            "quantity": "3",
            "price": "11842.50",
            "broker_reference": REFERENCE,
        }
        return self._status(f"/recommendations/{self.proposed['id']}/mark-executed", lines=[line])

    def posts(self) -> int:
        """By posting it to the ledger."""
        return self._status(f"{self.address}/ledger", entries=[self.bought("3", REFERENCE)])

    def bought(self, quantity: str, reference: str) -> dict[str, str]:
        """An entry of the fund."""
        vwrp = {"kind": "buy", "listing_id": self.listings["VWRP"], "price": "11842.50"}
        return vwrp | {"quantity": quantity, "reference": reference}

    def places(self) -> int:
        """By an order of which the broker tells; nothing else of the advice stays at work."""
        self.approve(self.proposed)
        self.fill("VWRP", "3", "11842.50", execution_id=REFERENCE)
        self.told("VWRP", "expired")
        self.told("WLDS", "expired")
        return 200

    def _status(self, address: str, **body: Any) -> int:
        status: int = self.client.post(address, json=body).status_code
        return status

    def alerts(self) -> list[str]:
        """The open alerts of a trade that is booked twice."""
        found = answered(self.client.get("/alerts", params={"portfolio_id": self.id, "open": "true"}))[
            "items"
        ]
        return [each["message"] for each in found if each["rule"].startswith("trade_booked_twice/")]

    def held(self) -> str:
        """Units of the fund."""
        return self.books()[1]["VWRP"]


Told = Callable[[Person], int]
IMPORTED, MARKED, POSTED, PLACED = Person.imports, Person.marks, Person.posts, Person.places
KNOWN, REFUSED = "known", "refused"


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        (IMPORTED, IMPORTED, KNOWN),
        (IMPORTED, MARKED, REFUSED),
        (IMPORTED, POSTED, REFUSED),
        (MARKED, IMPORTED, KNOWN),
        (MARKED, MARKED, KNOWN),
        (MARKED, POSTED, REFUSED),
        (POSTED, IMPORTED, KNOWN),
        (POSTED, MARKED, REFUSED),
        (POSTED, POSTED, REFUSED),
        (PLACED, IMPORTED, KNOWN),
        (PLACED, MARKED, KNOWN),
        (PLACED, POSTED, REFUSED),
    ],
)
def test_a_trade_told_again_is_known_or_refused(
    client: TestClient, house: House, first: Told, second: Told, answer: str
) -> None:
    person = Person(client, house)
    assert first(person) < 300
    books = person.books()
    assert books[1]["VWRP"] == ONCE

    status = second(person)

    assert status == 409 if answer == REFUSED else status < 300
    assert second is not IMPORTED or person.rows == ["known"]
    assert person.books() == books
    person.consistent()


@pytest.mark.parametrize("first", [IMPORTED, POSTED])
def test_what_a_broker_executes_is_booked_and_says_what_was_told_before(
    client: TestClient, house: House, first: Told
) -> None:
    """Its executions are facts; the entry of before is reversed, and its file is known then."""
    person = Person(client, house)
    first(person)
    assert person.held() == ONCE

    person.places()

    assert person.held() == str(HOLDINGS["VWRP"] + 6)
    [message] = person.alerts()
    newest = answered(client.get(f"{person.address}/ledger", params={"limit": 1000}))["items"]
    [entry] = [each["id"] for each in newest if each["reference"] == REFERENCE and each["id"] in message]
    body = {"ids": [entry], "reason": "The broker has told it."}
    answered(client.post(f"{person.address}/ledger/reversals", json=body), 201)
    assert (person.held(), person.alerts()) == (ONCE, [])
    assert (person.imports(), person.rows, person.held()) == (201, ["known"], ONCE)
    person.consistent()


def test_each_entry_has_a_call_of_its_own_that_ends_when_that_one_is_taken_back(
    client: TestClient, house: House
) -> None:
    """Not with another entry of the listing, of whatever reference."""
    person = Person(client, house)
    references = ("EOF7", "EOF8", "ELSEWHERE")
    entries = [person.bought("1", each) for each in references]
    posted = answered(client.post(f"{person.address}/ledger", json={"entries": entries}), 201)
    ids = [each["id"] for each in posted["entries"]]
    person.approve(person.proposed)
    person.fill("VWRP", "1", "11842.50", execution_id="EOF7")
    person.fill("VWRP", "1", "11842.50", execution_id="EOF8")
    person.told("VWRP", "expired")

    def reverse(number: int) -> list[str]:
        body = {"ids": [ids[number]], "reason": "Told by the broker."}
        answered(client.post(f"{person.address}/ledger/reversals", json=body), 201)
        return [each for each in references if f"under {each}," in " ".join(person.alerts())]

    assert len(person.alerts()) == 2
    assert [reverse(2), reverse(1), reverse(0)] == [["EOF7", "EOF8"], ["EOF7"], []]
    assert person.alerts() == []


def test_what_was_imported_is_marked_once_its_entry_is_taken_back(client: TestClient, house: House) -> None:
    person = Person(client, house)
    person.imports()
    line = {"line_id": person.vwrp["id"], "quantity": "3", "price": "11840", "broker_reference": REFERENCE}
    address = f"/recommendations/{person.proposed['id']}/mark-executed"
    said = refused(client.post(address, json={"lines": [line]}), 409)["detail"]
    assert said.startswith(f"The books have 3 VWRP bought, -355.28 GBP under {REFERENCE} already (entry ")
    entry = said.partition("(entry ")[2].partition(")")[0]
    body = {"ids": [entry], "reason": "It is a line of advice."}
    answered(client.post(f"{person.address}/ledger/reversals", json=body), 201)

    assert person.marks() == 200

    assert (person.imports(), person.rows, person.held()) == (201, ["known"], ONCE)


def test_parts_of_one_batch_are_not_one_trade_told_twice(client: TestClient, house: House) -> None:
    """Nor is a sale under the reference of a purchase, nor a fee."""
    person = Person(client, house)
    bought: dict[str, Any] = {
        "kind": "buy",
        "listing_id": person.listings["VWRP"],
        "quantity": "3",
        "price": "11842.50",
        "reference": REFERENCE,
    }
    address = f"{person.address}/ledger"
    answered(client.post(address, json={"entries": [bought, bought]}), 201)
    others = [bought | {"kind": "sell"}, {"kind": "fee", "amount": "1.00", "reference": REFERENCE}]
    answered(client.post(address, json={"entries": others}), 201)
    assert person.held() == ONCE


def test_an_order_of_a_position_that_was_imported_is_not_marked_again(client: TestClient) -> None:
    """Its shares would be the position's beside the portfolio's own; taken back, it may be."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    [line] = answered(client.get(f"/recommendations/{advice_id}"))["lines"]
    listing_id = line["listing_id"]
    entry = {"kind": "buy", "listing_id": listing_id, "quantity": "52", "price": "96.50", "reference": "EOF9"}
    address = f"/portfolios/{example.portfolio_id}/ledger"
    posted = answered(client.post(address, json={"entries": [entry]}), 201)
    executed = {"line_id": line["id"], "quantity": "52", "price": "96.50", "executed_at": AT}
    body = {"lines": [executed | {"broker_reference": "EOF9"}]}

    refused(client.post(f"/recommendations/{advice_id}/mark-executed", json=body), 409)
    reversal = {"ids": [posted["batch_id"]], "reason": "It is the position's."}
    answered(client.post(f"{address}/reversals", json=reversal), 201)
    answered(client.post(f"/recommendations/{advice_id}/mark-executed", json=body))

    refused(client.post(address, json={"entries": [entry]}), 409)
