"""A year of units outside of positions, worked out by hand, as each form of export tells it and as beancount counts it.

101 VWRP in kind at 10 100.00 and 1 000.00 in cash. They split 3 for 2: 151, and half a unit for 40.00 that has cost
33.33. A dividend pays 30.20 less a quarter; another 15.10 less a tenth, is taken back and posted as it was paid, less
2.27. 10 units are bought for 1 000.00 with a fee of 5.00, and 61 of 161 sold for 6 100.00 with one of 4.95: which cost
11 066.67 x 61/161. 100 units are left at 6 873.71, and merge into 37 SEMI at 240.00, half a unit for 120.00 and 1.00
each. Interest comes and is taken back; the account costs 9.00.
"""

import json
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core import realization
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.cli.main import app
from api.wiring import House
from exported import asked, written
from over_http import answered
from own_units import EX_DATE, EX_OPEN, PAY_DATE, Holder

YEAR: dict[str, Any] = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2027, 1, 1, tzinfo=UTC)}
CASH, UNITS, COST = Decimal("6376.53"), 37, Decimal("6707.53")
STATEMENT = {
    "realised_gain": "1967.53",  # 6.67 + 1 907.04 + 53.82
    "dividends": "45.30",  # 30.20 + 15.10 - 15.10 + 15.10
    "tax_withheld": "9.82",  # 7.55 + 1.51 - 1.51 + 2.27
    "interest": "0.00",
    "fees": "18.95",  # 5.00 + 4.95 + 9.00
    "contributions": "11100.00",
}
DISPOSED = ("kind", "symbol", "quantity", "proceeds", "book_cost", "gain", "fee")
DISPOSALS = [
    ("adjustment", "VWRP", "", "40.00", "33.33", "6.67", "0"),
    ("sell", "VWRP", "61", "6100.00", "4192.96", "1907.04", "4.95"),
    ("adjustment", "VWRP", "", "220.00", "166.18", "53.82", "0"),
]
RECEIVED = ("kind", "symbol", "gross", "tax_withheld", "net")
DIVIDENDS = [
    ("dividend", "VWRP", "30.20", "7.55", "22.65"),
    ("dividend", "VWRP", "15.10", "1.51", "13.59"),
    ("reversal", "VWRP", "-15.10", "-1.51", "-13.59"),
    ("dividend", "VWRP", "15.10", "2.27", "12.83"),
]


@pytest.fixture
def holder(client: TestClient, house: House) -> Holder:
    """Somebody at the end of that year."""
    made = Holder(client, house)
    cash(made, "contribution", "1000.00", "2026-11-02T11:00:00Z")
    made.announce("splits", ex_date=EX_DATE, ratio="1.5")
    made.announce("dividends", ex_date="2026-11-25", pay_date=PAY_DATE, per_share="0.20")
    special = {"ex_date": "2026-11-26", "pay_date": PAY_DATE, "per_share": "0.10", "withholding_rate": "0.1"}
    answered(client.post("/dividends", json={"listing_id": made.vwrp} | special), 201)
    made.at(EX_OPEN + timedelta(days=3))
    made.post("buy", "10", amount="1000.00", fee="5.00")
    made.at(datetime(2026, 12, 2, 12, tzinfo=UTC))
    made.post("sell", "61", amount="6100.00", fee="4.95")
    interest = cash(made, "interest", "3.00", tax="0.60")
    quote = {"listing_id": made.vwrp, "last": "9100", "as_of": "2026-12-02T11:59:00Z"}
    answered(client.post("/prices", json={"quotes": [quote]}))
    into = {"into_listing_id": made.semi, "ratio": "0.375", "cash_per_share": "1.00"}
    merger = {"listing_id": made.vwrp, "effective": "2026-12-03"} | into
    answered(client.post("/mergers", json=merger), 201)
    made.at(datetime(2026, 12, 4, 12, tzinfo=UTC))
    owed = next(each["id"] for each in made.entries() if each["at"].startswith("2026-11-26"))
    body = {"ids": [owed, interest], "reason": "Told otherwise by the broker."}
    answered(client.post(f"{made.address}/ledger/reversals", json=body), 201)
    made.post("dividend", amount="15.10", tax="2.27", at="2026-12-01T12:00:00Z")
    cash(made, "fee", "9.00")
    assert made.at(datetime(2026, 12, 30, tzinfo=UTC)).booked == 0
    return made


def cash(holder: Holder, kind: str, amount: str, at: str | None = None, **others: str) -> str:
    """An entry about no listing; answers its id."""
    entry = {"kind": kind, "amount": amount} | ({} if at is None else {"at": at}) | others
    posted = answered(holder.client.post(f"{holder.address}/ledger", json={"entries": [entry]}), 201)
    entry_id: str = posted["entries"][0]["id"]
    return entry_id


def test_the_yearly_statement_says_what_was_worked_out_by_hand(holder: Holder) -> None:
    statement = written(holder.house, asked(holder.house, "statement", "csv", **YEAR))

    [said] = statement.csv("statement")
    assert {name: said[name] for name in STATEMENT} == STATEMENT
    assert [tuple(row[each] for each in DISPOSED) for row in statement.csv("disposals")] == DISPOSALS
    assert [tuple(row[each] for each in RECEIVED) for row in statement.csv("dividends")] == DIVIDENDS


def test_what_a_merger_paid_out_is_taken_back_under_the_same_name(holder: Holder) -> None:
    """No units were sold by it, and none come back."""
    [merger] = [each["id"] for each in holder.entries() if each["at"].startswith("2026-12-03")]
    body = {"ids": [merger], "reason": "It did not happen."}
    answered(holder.client.post(f"{holder.address}/ledger/reversals", json=body), 201)
    statement = written(holder.house, asked(holder.house, "statement", "csv", **YEAR))
    last = statement.csv("disposals")[-1]
    assert tuple(last[name] for name in DISPOSED) == (
        "reversal",
        "VWRP",
        "",
        "-220.00",
        "-166.18",
        "-53.82",
        "0",
    )
    assert statement.csv("statement")[0]["realised_gain"] == "1913.71"


def test_a_statement_of_a_part_of_the_year_counts_by_the_day_on_which_it_took_effect(holder: Holder) -> None:
    """The reversal counts where it was reversed; the dividend where its ex-date is."""
    november: dict[str, Any] = {
        "since": datetime(2026, 11, 3, tzinfo=UTC),
        "until": datetime(2026, 12, 1, tzinfo=UTC),
    }
    [said] = written(holder.house, asked(holder.house, "statement", "csv", **november)).csv("statement")
    assert {name: said[name] for name in STATEMENT} == {
        "realised_gain": "6.67",
        "dividends": "45.30",
        "tax_withheld": "9.06",
        "interest": "0",
        "fees": "5.00",
        "contributions": "0",
    }


def test_every_form_of_the_ledger_has_every_line_and_comes_to_the_same(holder: Holder) -> None:
    """Each entry sums to zero, and accounts to what was worked out."""
    house = holder.house
    forms = ("parquet", "csv", "jsonl")
    parquet, in_csv, in_lines = (written(house, asked(house, "ledger", form)) for form in forms)
    assert parquet.query("ledger", "select entry_id from sheet group by 1 having sum(amount) <> 0") == []
    sums = "select account, coalesce(symbol, ''), sum(quantity), sum(amount) from sheet group by 1, 2"
    found = parquet.query("ledger", sums)
    by_account = {(account, symbol): (units, amount) for account, symbol, units, amount in found}
    assert by_account == {
        ("cash:portfolio", ""): (0, CASH),
        ("receivable", ""): (0, 0),
        ("holding", "VWRP"): (0, 0),
        ("holding", "SEMI"): (UNITS, COST),
        ("commission", ""): (0, Decimal(STATEMENT["fees"])),
        ("withholding_tax", ""): (0, Decimal(STATEMENT["tax_withheld"])),
        ("dividend_income", ""): (0, -Decimal(STATEMENT["dividends"])),
        ("interest_income", ""): (0, 0),
        ("realised_gain", ""): (0, -Decimal(STATEMENT["realised_gain"])),
        ("contributions", ""): (0, -Decimal(STATEMENT["contributions"])),
    }
    amounts = {account: amount for account, (_, amount) in by_account.items()}
    lines = (in_lines.folder / "ledger.jsonl").read_text().splitlines()
    for rows in (in_csv.csv("ledger"), [json.loads(line) for line in lines]):
        summed = defaultdict[tuple[str, str], Decimal](Decimal)
        for row in rows:
            summed[row["account"], row["symbol"] or ""] += Decimal(row["amount"])
        assert summed == amounts
    assert (holder.cash(), holder.units()) == ((str(CASH), "0.00"), {"SEMI": (str(UNITS), str(COST))})


def test_beancount_checks_the_books_and_comes_to_the_same(holder: Holder, tmp_path: Path) -> None:
    file = tmp_path / "pension.beancount"
    addresses = {
        "DATABASE_URL": holder.house.database_url,
        "REDIS_URL": holder.house.redis_url,
        "BALLAST_DATA": str(tmp_path),
    }
    done = CliRunner().invoke(app, ["export", "--format", "beancount", "--output", str(file)], env=addresses)
    assert done.exit_code == 0, done.output
    check = [Path(sys.executable).with_name("bean-check"), file]
    checked = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")

    entries, _, _ = loader.load_file(str(file))
    root = realization.realize(entries)

    def balance(account: str) -> Decimal:
        found = realization.get(root, account)
        assert found is not None, account
        return sum((each.units.number for each in found.balance), Decimal(0))

    assert balance("Assets:Pension:Cash") == CASH
    assert balance("Assets:Pension:Holdings:SEMI") == UNITS
    assert balance("Assets:Pension:Holdings:VWRP") == balance("Assets:Pension:Receivable") == 0
    for name, told in (
        ("Realised-Gain", "realised_gain"),
        ("Dividends", "dividends"),
        ("Interest", "interest"),
    ):
        assert balance(f"Income:Pension:{name}") == -Decimal(STATEMENT[told])
    assert balance("Expenses:Pension:Commission") == Decimal(STATEMENT["fees"])
    assert balance("Expenses:Pension:Withholding-Tax") == Decimal(STATEMENT["tax_withheld"])
    semi = realization.get(root, "Assets:Pension:Holdings:SEMI")
    assert semi is not None
    cost = sum(each.units.number * each.cost.number for each in semi.balance if each.cost)
    assert Decimal(cost).quantize(Decimal("0.01")) == COST
