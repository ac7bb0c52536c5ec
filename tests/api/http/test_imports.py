"""What a person holds at a broker, out of the broker's files: previewed, applied once, taken back whole."""

import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from starlette.testclient import TestClient

from broker_files import (
    BOUGHT,
    CASH,
    DEPOSIT,
    FLEX,
    PAID,
    SEMIS,
    SOLD,
    WORLD,
    aj_bell,
    flex,
    hargreaves_lansdown,
    trading_212,
)
from over_http import AT, answered, fields, open_example, refused

VWRP = {
    "symbol": "VWRP",
    "exchange": "XLON",
    "currency": "GBP",
    "quote_unit": "GBX",
    "lot": "1",
    "isin": "IE00BK5BQT80",
}
SEMI = {"symbol": "SEMI", "exchange": "XLON", "currency": "GBP", "quote_unit": "GBX", "lot": "1"}
NEW = {"name": "Pension", "base_currency": "GBP", "mode": "advisory"}


class Importer:
    """A portfolio in pounds, and the files that its person sends."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.world, self.semis = (
            answered(client.post("/listings", json=each), 201)["id"] for each in (VWRP, SEMI)
        )
        self.address = f"/portfolios/{answered(client.post('/portfolios', json=NEW), 201)['id']}"

    def send(self, content: bytes, **query: str) -> Any:
        """A file as the body of a request."""
        headers = {"content-type": "text/csv"}
        return self.client.post(f"{self.address}/imports", content=content, headers=headers, params=query)

    def preview(self, content: bytes, **query: str) -> dict[str, Any]:
        """What a file would book."""
        return answered(self.send(content, **query), 201)

    def apply(self, preview: dict[str, Any], **answers: Any) -> dict[str, Any]:
        """A preview, booked."""
        return answered(self.client.post(f"{self.address}/imports/{preview['id']}/apply", json=answers), 201)

    def reverse(self, applied: dict[str, Any]) -> dict[str, Any]:
        """An import, taken back."""
        return self.reverse_by(applied["batch_id"])

    def reverse_by(self, batch_or_entry_id: str) -> dict[str, Any]:
        """An import or one entry, taken back."""
        body = {"ids": [batch_or_entry_id], "reason": "It was another account's."}
        return answered(self.client.post(f"{self.address}/ledger/reversals", json=body), 201)

    def books(self) -> tuple[str, list[tuple[str, str]]]:
        """Free cash, and what is held at which cost."""
        holdings = answered(self.client.get(f"{self.address}/holdings"))["items"]
        cash = answered(self.client.get(f"{self.address}/cash"))["portfolio"]
        return cash, sorted((each["quantity"], each["book_cost"]) for each in holdings)


@pytest.fixture
def importer(client: TestClient) -> Importer:
    """A person with an empty portfolio and two listings."""
    return Importer(client)


def statuses(preview: dict[str, Any]) -> list[str]:
    """What becomes of each row."""
    return [each["status"] for each in preview["rows"]]


def test_a_list_of_positions_becomes_units_in_kind_and_cash(importer: Importer) -> None:
    """At what they have cost, as of the moment of the list."""
    preview = importer.preview(aj_bell(WORLD, SEMIS, CASH), file_name="positions.csv")

    assert (preview["profile"], preview["ready"], preview["proposed"]) == ("aj_bell_positions", True, 3)
    assert importer.books() == ("0.00", [])
    [price] = [each for each in preview["rows"][0]["figures"] if each["name"] == "price"]
    assert (price["column"], price["raw"], price["unit"]) == ("Price", "11,842.50", "GBX")
    assert (price["booked"], price["booked_unit"]) == ("118.425", "GBP")
    applied = importer.apply(preview)
    assert [each["sentence"] for each in applied["entries"]] == [
        "Posted: contribution, +512.44 GBP (Cash GBP).",
        "Posted: transfer, 2954 SEMI in, no cash (HANetf ICAV Amundi Semiconductors UCITS ETF (LSE:SEMI)).",
        "Posted: transfer, 236 VWRP in, no cash (Vanguard FTSE All-World UCITS ETF USD Acc (LSE:VWRP)).",
    ]
    assert applied["entries"][0]["at"] == "2026-03-10T17:07:00.000000Z"
    assert importer.books() == ("512.44", [("236", "24310.15"), ("2954", "21880.00")])
    [told] = answered(importer.client.get(f"{importer.address}/imports"))["items"]
    assert (told["file_name"], told["rows"], told["entries"], told["by"]) == ("positions.csv", 3, 3, "local")


def test_an_import_is_told_as_reversed_once_nothing_of_it_counts(importer: Importer) -> None:
    applied = importer.apply(importer.preview(aj_bell(WORLD, CASH)))

    def reversed_now() -> bool:
        [told] = answered(importer.client.get(f"{importer.address}/imports"))["items"]
        return bool(told["reversed"])

    one, other = applied["entries"]
    importer.reverse_by(one["id"])
    assert not reversed_now()
    importer.reverse_by(other["id"])
    assert reversed_now()


@pytest.mark.parametrize(
    "content",
    [aj_bell(WORLD, SEMIS, CASH), trading_212(DEPOSIT, BOUGHT, SOLD, PAID)],
    ids=["positions", "transactions"],
)
def test_a_file_imported_twice_proposes_nothing_until_it_is_taken_back(
    importer: Importer, content: bytes
) -> None:
    applied = importer.apply(importer.preview(content))
    books = importer.books()

    again = importer.preview(content)
    assert set(statuses(again)) <= {"known", "agrees"}
    assert (again["proposed"], importer.apply(again)["entries"]) == (0, [])
    assert importer.books() == books

    importer.reverse(applied)
    assert importer.books() == ("0.00", [])
    importer.apply(importer.preview(content))
    assert importer.books() == books


def test_transactions_are_booked_with_their_charges(importer: Importer) -> None:
    importer.apply(importer.preview(trading_212(DEPOSIT, BOUGHT, SOLD, PAID)))

    assert importer.books() == ("1291.93", [("6", "710.55")])
    journal = answered(importer.client.get(f"{importer.address}/ledger"))["items"]
    assert [(each["kind"], each["reference"], each["at"][:10]) for each in journal] == [
        ("contribution", "D-1", "2026-03-02"),
        ("buy", "EOF1", "2026-03-03"),
        ("sell", "EOF2", "2026-03-04"),
        ("dividend", None, "2026-03-05"),
    ]
    charges = [line["amount"] for line in journal[1]["lines"] if line["account"] == "commission"]
    assert charges == ["5.92"]


def test_two_equal_rows_are_two_and_a_third_of_a_later_file_is_one_more(importer: Importer) -> None:
    """Whatever else stands in the files between them."""
    importer.apply(importer.preview(trading_212(DEPOSIT)))
    importer.apply(importer.preview(trading_212(BOUGHT.replace("EOF1", "EOF0"), PAID, PAID)))
    assert importer.books()[0] == "814.03"

    later = importer.preview(trading_212(PAID, BOUGHT.replace("EOF1", "EOF0"), PAID, PAID))
    assert statuses(later) == ["known", "known", "known", "proposed"]
    importer.apply(later)
    assert importer.books()[0] == "816.13"


def test_what_was_posted_under_the_broker_s_reference_is_not_booked_again(importer: Importer) -> None:
    """Its parts are counted together; once they are reversed, the file brings it."""
    bought = {"kind": "buy", "listing_id": importer.world, "price": "11842.50", "reference": "EOF1"}
    parts = [bought | {"quantity": "4", "fee": "5.92"}, bought | {"quantity": "6"}]
    posted = answered(importer.client.post(f"{importer.address}/ledger", json={"entries": parts}), 201)
    books = importer.books()

    preview = importer.preview(trading_212(BOUGHT))
    assert (statuses(preview), preview["proposed"]) == (["known"], 0)
    assert preview["rows"][0]["sentence"] == "In the books already under this reference, without a file."
    assert (importer.apply(preview)["entries"], importer.books()) == ([], books)

    importer.reverse(posted)
    importer.apply(importer.preview(trading_212(BOUGHT)))
    assert importer.books() == books


def test_a_reference_under_which_something_else_stands_is_a_problem(importer: Importer) -> None:
    entry = {"kind": "contribution", "amount": "2010.00", "reference": "D-1"}
    answered(importer.client.post(f"{importer.address}/ledger", json={"entries": [entry]}), 201)

    preview = importer.preview(trading_212(DEPOSIT))

    assert statuses(preview) == ["problem"]
    [problem] = preview["rows"][0]["problems"]
    assert problem["column"] == "reference"
    assert "contribution, +2010.00 GBP" in problem["sentence"]
    assert "the row says contribution, +2000.00 GBP" in problem["sentence"]
    assert importer.apply(preview, skip_lines=[2])["entries"] == []


def test_what_was_marked_executed_of_an_order_is_known_in_the_broker_s_file(client: TestClient) -> None:
    """Its journal entry has an id of ours; the broker's reference stands in the recommendation."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    [line] = answered(client.get(f"/recommendations/{advice_id}"))["lines"]
    executed = {"line_id": line["id"], "quantity": "52", "price": "96.50", "fee": "1", "executed_at": AT}
    body = {"lines": [executed | {"broker_reference": "EOF9"}]}
    answered(client.post(f"/recommendations/{advice_id}/mark-executed", json=body))
    row = "Market buy,2026-03-05 15:00:00,US1912161007,KO,Coca-Cola,52,96.50,USD,1,,,5019.00,USD,,,,,,EOF9,1.00,USD"

    address = f"/portfolios/{example.portfolio_id}/imports"
    assert statuses(answered(client.post(address, content=trading_212(row)), 201)) == ["known"]
    other = answered(client.post(address, content=trading_212(row.replace("5019", "5020"))), 201)
    assert statuses(other) == ["problem"]

    answered(client.post(f"/recommendations/{advice_id}/reverse", json={"reason": "It was the other one."}))
    assert statuses(answered(client.post(address, content=trading_212(row)), 201)) == ["proposed"]


def test_equal_executions_in_two_accounts_are_two(importer: Importer) -> None:
    """Of a portfolio that takes in both, one after the other."""
    ours, theirs = (FLEX.replace("U7", account) for account in ("U7", "U8"))
    both = ours.replace(
        "</FlexStatements>",
        theirs[theirs.index("<FlexStatement ") : theirs.index("</FlexStatements>")] + "</FlexStatements>",
    )
    ko = {"symbol": "KO", "exchange": "XNYS", "currency": "USD", "quote_unit": "USD", "lot": "1"}
    answered(importer.client.post("/listings", json=ko | {"isin": "US1912161007"}), 201)
    for account, cash in (("U7", "515.12"), ("U8", "1030.24")):
        importer.apply(importer.preview(both.encode(), account=account))
        assert importer.books()[0] == cash
    assert importer.preview(both.encode(), account="U7")["proposed"] == 0


def test_an_import_that_was_taken_back_is_not_applied_again_by_its_id(importer: Importer) -> None:
    preview = importer.preview(trading_212(DEPOSIT))
    importer.reverse(importer.apply(preview))

    address = f"{importer.address}/imports/{preview['id']}/apply"
    told = refused(importer.client.post(address, json={}), 409)
    assert told["detail"] == "This import was booked and taken back: send the file again to import it anew."
    assert importer.books() == ("0.00", [])


def test_the_order_of_rows_makes_no_difference(importer: Importer) -> None:
    rows = [DEPOSIT, BOUGHT, SOLD, PAID]
    random.Random(7).shuffle(rows)
    importer.apply(importer.preview(trading_212(*reversed(rows))))
    assert importer.books() == ("1291.93", [("6", "710.55")])


def test_an_import_applied_at_once_by_many_is_booked_once(importer: Importer) -> None:
    preview = importer.preview(trading_212(DEPOSIT, BOUGHT))
    with ThreadPoolExecutor(8) as at_once:
        told = list(at_once.map(lambda _: importer.apply(preview), range(8)))
    assert all(each == told[0] for each in told)
    assert importer.books() == ("809.83", [("10", "1184.25")])


def test_books_that_moved_since_the_preview_refuse_it(importer: Importer) -> None:
    preview = importer.preview(aj_bell(CASH))
    entry = {"kind": "contribution", "amount": "100"}
    answered(importer.client.post(f"{importer.address}/ledger", json={"entries": [entry]}), 201)

    refused(importer.client.post(f"{importer.address}/imports/{preview['id']}/apply", json={}), 409)

    fresh = importer.preview(aj_bell(CASH))
    assert "+412.44 GBP" in fresh["rows"][0]["sentence"]
    [note] = fresh["notes"]
    assert note.startswith(
        "The books have entries of after 2026-03-10 17:07 UTC, when the statement was made:"
    )
    assert "would be taken back" in note


def test_what_is_not_certain_is_asked_and_remembered(importer: Importer) -> None:
    """A title is no identifier; what it stands for is answered once."""
    preview = importer.preview(hargreaves_lansdown())
    [question] = preview["questions"]
    title = "Vanguard FTSE All-World UCITS ETF"
    assert (question["security"], question["lines"], preview["ready"]) == (title, [8, 11], False)
    address = f"{importer.address}/imports/{preview['id']}/apply"
    assert fields(importer.client.post(address, json={})) == [f"answers.{title}"]

    meant = [{"security": title, "listing_id": importer.world}]
    tried = answered(importer.client.post(f"{address}?dry_run=true", json={"answers": meant}))
    assert (tried["ready"], tried["proposed"], importer.books()) == (True, 5, ("0.00", []))
    importer.apply(preview, answers=meant)

    assert importer.books() == ("566.91", [("6", "710.55")])
    more = b'"06/03/2026","","B9","Vanguard FTSE All-World UCITS ETF","11,900.00","1","-119.00"\r\n'
    again = importer.preview(hargreaves_lansdown() + more)
    assert statuses(again) == ["known"] * 5 + ["proposed"]
    assert again["questions"] == []


def test_an_unknown_listing_can_be_registered_as_the_file_describes_it(importer: Importer) -> None:
    other = SEMIS.replace("LSE:SEMI", "LSE:CHIP")
    preview = importer.preview(aj_bell(other))
    [question] = preview["questions"]
    assert question["proposed"] == {k: v for k, v in SEMI.items() if k != "lot"} | {
        "symbol": "CHIP",
        "isin": None,
    }

    importer.apply(preview, answers=[{"security": "XLON:CHIP", "register": True}])

    [listing] = answered(importer.client.get("/listings?symbol=CHIP"))["items"]
    assert (listing["exchange"], listing["quote_unit"]) == ("XLON", "GBX")
    assert importer.books() == ("0.00", [("2954", "21880.00")])


def test_every_problem_is_named_by_row_and_column_and_nothing_is_booked(importer: Importer) -> None:
    wrong = [
        WORLD.replace('"236"', '"236,5"'),
        SEMIS.replace("946.10", "9.461"),
        CASH.replace("512.44", "=1+1", 1).replace("10-Mar-26", "31-Feb-26"),
    ]
    preview = importer.preview(aj_bell(*wrong))
    assert statuses(preview) == ["problem", "problem", "problem"]

    answer = importer.client.post(f"{importer.address}/imports/{preview['id']}/apply", json={})

    assert fields(answer) == ["rows[2].Quantity", "rows[3].Price", "rows[4].Value (£)", "rows[4].Date"]
    told = {each["field"]: each["detail"] for each in answer.json()["errors"]}
    assert told["rows[3].Price"] == "2954 at 9.461 GBX come to 279.48 GBP, but Value (£) says 27,947.79."
    assert importer.books() == ("0.00", [])
    importer.apply(preview, skip_lines=[2, 3, 4])
    assert importer.books() == ("0.00", [])


def test_a_mangled_file_says_why_and_leaves_nothing(importer: Importer) -> None:
    answer = importer.send(aj_bell(WORLD, SEMIS)[:-120])
    assert fields(answer) == ["file"]
    assert "Line 3" in answer.text
    refused(importer.send(b"x" * (11 * 1024 * 1024)), 413)
    assert importer.books() == ("0.00", [])


def test_a_file_may_come_in_a_form(importer: Importer) -> None:
    """As browsers and `curl -F` send it, under its own name."""
    files = {"file": ("C:\\me\\positions.csv", aj_bell(WORLD, CASH), "text/csv")}
    preview = answered(importer.client.post(f"{importer.address}/imports", files=files), 201)
    assert (preview["file_name"], preview["proposed"]) == ("positions.csv", 2)


def test_a_form_sent_again_under_its_key_answers_the_same(importer: Importer) -> None:
    """However the client parts it this time; another file is another request."""

    def sent(boundary: str, content: bytes) -> Any:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        headers = {"content-type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": "one"}
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return importer.client.post(f"{importer.address}/imports", content=body, headers=headers)

    first = answered(sent("abc", aj_bell(CASH)), 201)
    assert answered(sent("xyz", aj_bell(CASH)), 201) == first
    assert refused(sent("xyz", aj_bell(CASH, WORLD)), 409)["type"] == "/problems/idempotency-key-reused"


def test_a_file_of_two_accounts_asks_which(importer: Importer) -> None:
    both = aj_bell(WORLD, SEMIS.replace('"SIPP"', '"ISA"'))
    assert fields(importer.send(both)) == ["account"]
    assert statuses(importer.preview(both, account="ISA")) == ["proposed"]


def test_units_and_cash_of_positions_count_as_held(client: TestClient) -> None:
    """A broker's list has all of them; what it has beyond comes beside the position, which keeps its own."""
    example = open_example(client, listing=VWRP)
    rows = [
        WORLD.replace('"236"', '"120"').replace("27,948.30", "14,211.00").replace("24,310.15", "150.00"),
        CASH.replace('"512.44"', '"20,000.00"', 1),
    ]
    address = f"/portfolios/{example.portfolio_id}/imports"
    preview = answered(client.post(address, content=aj_bell(*rows)), 201)
    assert statuses(preview) == ["proposed", "agrees"]

    answered(client.post(f"{address}/{preview['id']}/apply"), 201)

    [holding] = answered(client.get(f"/portfolios/{example.portfolio_id}/holdings"))["items"]
    assert (holding["quantity"], holding["book_cost"], example.card()["shares"]) == ("120", "150.00", "100")


def test_another_portfolio_s_import_cannot_be_applied(importer: Importer) -> None:
    preview = importer.preview(aj_bell(CASH))
    other = answered(importer.client.post("/portfolios", json=NEW), 201)["id"]
    refused(importer.client.post(f"/portfolios/{other}/imports/{preview['id']}/apply", json={}), 404)


def test_a_flex_query_is_booked_in_the_base_currency(importer: Importer) -> None:
    """At the rates that it names; the tax with its dividend, sums and currency trades left out."""
    ko = {"symbol": "KO", "exchange": "XNYS", "currency": "USD", "quote_unit": "USD", "lot": "1"}
    answered(importer.client.post("/listings", json=ko | {"isin": "US1912161007"}), 201)
    preview = importer.preview(flex())
    assert statuses(preview) == ["proposed", "left_out", "proposed", "proposed", "left_out", "left_out"]

    importer.apply(preview)

    assert importer.books() == ("515.12", [("10", "487.50")])
    assert sum(Decimal(each["amount"]) for each in lines(importer, "withholding_tax")) == Decimal("0.60")


def lines(importer: Importer, account: str) -> list[dict[str, Any]]:
    """The journal's lines of an account."""
    journal = answered(importer.client.get(f"{importer.address}/ledger"))["items"]
    return [line for each in journal for line in each["lines"] if line["account"] == account]
