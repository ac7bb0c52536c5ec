"""A portfolio's strategy over HTTP: drafted whole or not at all, compared, approved, retired."""

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.cli.main import app
from api.wiring import House
from over_http import answered, fields, refused
from policy_examples import document

MANIFESTO = "# Mine\n\nOwn the world, cheaply.\n"
NEW = {"name": "Pension", "base_currency": "GBP", "mode": "advisory"}


def a_portfolio(client: TestClient) -> str:
    """The address of an advisory portfolio in pounds."""
    return f"/portfolios/{answered(client.post('/portfolios', json=NEW), 201)['id']}"


def drafted(client: TestClient, portfolio: str, **changes: object) -> dict[str, Any]:
    """The answer to putting the policy forward."""
    body = {"policy": document(**changes), "manifesto": MANIFESTO}
    return answered(client.put(f"{portfolio}/policy", json=body))


def approved(client: TestClient, portfolio: str, policy_hash: str | None = None) -> dict[str, Any]:
    """The answer to approving the draft."""
    return answered(client.post(f"{portfolio}/policy/approve", json={"policy_hash": policy_hash}))


def test_a_draft_decides_nothing_before_it_is_approved(client: TestClient) -> None:
    portfolio = a_portfolio(client)

    told = drafted(client, portfolio)

    assert (told["active"], told["changes"]) == (None, [])
    assert told["draft"]["policy"] == document()
    assert told["draft"]["manifesto"] == MANIFESTO
    assert answered(client.get(f"{portfolio}/policy")) == told
    assert answered(client.get(f"{portfolio}/constituents"))["items"] == []


def test_approving_it_makes_its_instruments_the_constituents(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    draft = drafted(client, portfolio)["draft"]

    told = approved(client, portfolio, draft["policy_hash"])

    assert (told["active"], told["draft"]) == (draft, None)
    constituents = answered(client.get(f"{portfolio}/constituents"))["items"]
    assert [(each["symbol"], each["exchange"], each["sleeve"], each["role"]) for each in constituents] == [
        ("VWRP", "XLON", "core", "invested"),
        ("WLDS", "XLON", "small_cap", "invested"),
        ("XWES", "XLON", "energy", "invested"),
        ("XWHS", "XLON", "healthcare", "invested"),
        ("IGL5", "XLON", "short_gilts", "invested"),
        ("SEMI", "XLON", "semis", "invested"),
        ("CSH2", "XLON", "cash_park", "cash_park"),
    ]
    assert approved(client, portfolio, draft["policy_hash"]) == told


def test_a_second_version_says_what_changed_and_retires_the_first(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    first = drafted(client, portfolio)["draft"]["policy_hash"]
    approved(client, portfolio)

    second = drafted(client, portfolio, version="1.1.0", cadence__monthly__max_orders=3)
    approved(client, portfolio, second["draft"]["policy_hash"])

    assert [each["sentence"] for each in second["changes"]] == [
        "cadence.monthly.max_orders: 2 became 3.",
        'version: "1.0.0" became "1.1.0".',
    ]
    steps = answered(client.get(f"{portfolio}/policy/history"))["items"]
    assert [(each["status"], each["version"], each["by"]) for each in steps] == [
        ("active", "1.1.0", "local"),
        ("retired", "1.0.0", "local"),
        ("draft", "1.1.0", "local"),
        ("active", "1.0.0", "local"),
        ("draft", "1.0.0", "local"),
    ]
    assert answered(client.get(f"/policies/{first}"))["policy"] == document()


def test_another_draft_than_the_one_that_was_read_is_not_approved(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    read = drafted(client, portfolio)["draft"]["policy_hash"]
    drafted(client, portfolio, version="2")

    problem = refused(client.post(f"{portfolio}/policy/approve", json={"policy_hash": read}), 409)

    assert "The draft is another by now: 2 (" in problem["detail"]


def test_everything_wrong_is_said_at_once_and_nothing_is_stored(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    broken = document(targets__core=0.3, surprise=1, cadence__monthly__default_orders__0__ticker="ZZZ")

    told = client.put(f"{portfolio}/policy", json={"policy": broken})

    assert fields(told) == [
        "policy.surprise",
        "policy.targets",
        "policy.cadence.monthly.default_orders[0].ticker",
    ]
    assert answered(client.get(f"{portfolio}/policy"))["draft"] is None
    assert answered(client.get("/listings"))["items"] == []


def test_a_listing_that_is_registered_otherwise_is_an_error(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    pounds = {"symbol": "VWRP", "exchange": "XLON", "currency": "GBP", "quote_unit": "GBP"}
    answered(client.post("/listings", json=pounds), 201)

    told = client.put(f"{portfolio}/policy", json={"policy": document()})

    assert fields(told) == ["policy.instruments[0].quote_scale"]


def test_a_policy_of_another_currency_or_an_unknown_exchange_is_refused(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    nowhere = document(instruments__1__exchange="The Moon")
    euro = json.loads(
        json.dumps(document()).replace("_gbp", "_eur").replace("GBP", "EUR").replace("GBX", "EUR")
    )

    assert fields(client.put(f"{portfolio}/policy", json={"policy": nowhere})) == [
        "policy.instruments[1].exchange"
    ]
    assert fields(client.put(f"{portfolio}/policy", json={"policy": euro})) == ["policy.base_currency"]


def test_the_schema_names_amounts_with_their_currency(client: TestClient) -> None:
    schema = client.get("/policies/schema", params={"currency": "EUR"}).json()

    monthly = schema["$defs"]["Monthly"]
    assert "contribution_eur" in monthly["properties"]
    assert {"contribution_eur", "min_trade_eur"} <= set(monthly["required"])
    assert schema["properties"]["base_currency"] == {"const": "EUR"}


def test_another_persons_policy_is_none(client: TestClient) -> None:
    refused(client.get(f"/policies/{'0' * 64}"), 404)


def test_files_are_loaded_from_the_command_line(client: TestClient, house: House, tmp_path: Path) -> None:
    """As they are, and approved at once where that is asked for."""
    portfolio = a_portfolio(client)
    (tmp_path / "policy.json").write_text(json.dumps(document()))
    (tmp_path / "manifesto.md").write_text(MANIFESTO)
    files = [str(tmp_path / "policy.json"), str(tmp_path / "manifesto.md")]
    addresses = {
        "DATABASE_URL": house.database_url,
        "REDIS_URL": house.redis_url,
        "BALLAST_DATA": str(tmp_path),
    }

    result = CliRunner().invoke(app, ["policy", "load", *files, "--approve"], env=addresses)

    assert result.exit_code == 0, result.output
    told = answered(client.get(f"{portfolio}/policy"))
    assert told["active"]["policy"] == document()
    assert told["active"]["policy_hash"][:8] in result.output


def test_what_the_constraints_exclude_is_refused_as_far_as_it_is_known(client: TestClient) -> None:
    """A single stock, a distributing class, unless the policy allows them; what nobody has told is let in."""
    portfolio = a_portfolio(client)
    for symbol, known in (("VWRP", {"kind": "stock"}), ("SEMI", {"distribution": "distributing"})):
        isin = {"VWRP": "IE00BK5BQT80", "SEMI": "IE000I8KRLL9"}[symbol]
        answered(client.post("/instruments", json={"isin": isin} | known), 201)
        listed = {"symbol": symbol, "exchange": "XLON", "currency": "GBP", "quote_unit": "GBX", "isin": isin}
        answered(client.post("/listings", json=listed), 201)

    strict = {"use_accumulating_share_classes_only": True}
    wrong = client.put(f"{portfolio}/policy", json={"policy": document(constraints=strict)})

    assert fields(wrong) == ["policy.instruments[0].ticker", "policy.instruments[5].ticker"]
    assert "VWRP is a single stock" in wrong.text
    assert "SEMI is a distributing class" in wrong.text
    drafted(client, portfolio, constraints={"allow_individual_stocks": True})


def test_the_manifesto_is_a_page_with_the_policys_figures(client: TestClient) -> None:
    """Of the draft and of what is active; a placeholder without a figure is refused with its line."""
    portfolio = a_portfolio(client)
    refused(client.get(f"{portfolio}/policy/manifesto"), 404)
    prose = "# Mine\n\nCore is {{targets.core | percent}}.\n"
    body = {"policy": document(), "manifesto": prose}
    answered(client.put(f"{portfolio}/policy", json=body))
    page = answered(client.get(f"{portfolio}/policy/manifesto", params={"version": "draft"}))
    assert page["markdown"].startswith("# Mine\n\nCore is 35 %.\n\n## Figures\n")
    assert page["problems"] == []
    approved(client, portfolio)
    assert answered(client.get(f"{portfolio}/policy/manifesto")) == page

    wrong = client.put(
        f"{portfolio}/policy",
        json=body
        | {"manifesto": "Mine\n{{targets.cor}}", "policy": document(instruments__1__exchange="The Moon")},
    )
    assert fields(wrong) == ["manifesto", "policy.instruments[1].exchange"]
    assert "Line 2: The policy has no figure for {{targets.cor}}." in wrong.text


def test_a_draft_can_be_tried_and_nothing_stays_of_it(client: TestClient) -> None:
    """How it would differ from what is active, or everything that is wrong with it."""
    portfolio = a_portfolio(client)
    drafted(client, portfolio)
    answered(client.post(f"{portfolio}/policy/approve", json={}))
    before = answered(client.get(f"{portfolio}/policy"))
    events = answered(client.get("/events"))["items"]

    changed = {"policy": document(cadence__monthly__max_orders=3), "manifesto": "Three at most."}
    told = answered(client.put(f"{portfolio}/policy", params={"dry_run": True}, json=changed))
    broken = client.put(
        f"{portfolio}/policy", params={"dry_run": True}, json={"policy": document(targets__core=0.3)}
    )

    assert [(each["path"], each["after"]) for each in told["changes"]] == [
        ("cadence.monthly.max_orders", "3")
    ]
    assert told["draft"]["manifesto"] == "Three at most."
    assert fields(broken) == ["policy.targets"]
    assert answered(client.get(f"{portfolio}/policy")) == before
    assert answered(client.get("/events"))["items"] == events


def test_the_prose_comes_in_pieces_that_name_their_figures(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    body = {"policy": document(), "manifesto": "World: {{targets.core | percent}} of it."}
    answered(client.put(f"{portfolio}/policy", json=body))

    page = answered(client.get(f"{portfolio}/policy/manifesto", params={"version": "draft"}))

    assert page["pieces"] == [
        {"text": "World: ", "path": None},
        {"text": "35 %", "path": "targets.core"},
        {"text": " of it.", "path": None},
    ]
    assert {"path": "targets.core", "value": "0.35", "percent": "35 %"} in page["figures"]
    assert {"path": "base_currency", "value": "GBP", "percent": None} in page["figures"]
    points = "triggers.minor_sleeve_abs_drift_pp"
    assert [each["percent"] for each in page["figures"] if each["path"] == points] == [None]
    assert [each["percent"] for each in page["figures"] if each["path"].endswith("drawdown_trigger")] == [
        "10 %",
        "20 %",
    ]
