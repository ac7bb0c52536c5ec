"""What nobody may see: keys that went in, callback secrets after they were told once, and the key that seals them."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.brokers.keys import KeysByKind
from adapters.seals.sealing import Sealer, new_sealing_key
from api.http.app import create_app
from api.wiring import House
from application.ports.broker import BrokerAccount, Credentials, KeysSealed
from broker_accounts import Alpacas, alpacas, opened, wanted
from domain.portfolio.events import Environment
from examples import IN_SESSION
from over_http import HERE, answered, configuration, refused
from planted import doctor, everything_logged, everything_stored, spellings

SEALING_KEY, NEWER_KEY = new_sealing_key(), new_sealing_key()
KEY = {"Idempotency-Key": "connect-once"}


@pytest.fixture
def alpaca(house: House) -> Iterator[Alpacas]:
    with alpacas(house, SEALING_KEY) as found:
        yield found


@pytest.fixture
def logged() -> Iterator[io.BytesIO]:
    """Everything that is logged meanwhile."""
    with everything_logged() as written:
        yield written


def account_of(address: str, alpaca: Alpacas) -> BrokerAccount:
    """The play-money account as a portfolio's own."""
    number = alpaca.paper.account_number
    return BrokerAccount(UUID(address.rpartition("/")[2]), "alpaca", "paper", number)


def test_no_secret_is_found_anywhere(
    client: TestClient, house: House, alpaca: Alpacas, logged: io.BytesIO, tmp_path: Path
) -> None:
    address = opened(client)
    answers = []
    secrets = [SEALING_KEY, alpaca.paper.secret_key, alpaca.paper.key_id]
    for body in (wanted(alpaca.paper), wanted(alpaca.live)):
        told = client.put(f"{address}/broker", json=body, headers={"Idempotency-Key": body["environment"]})
        secrets += [answered(told)["callback_secret"], *body["credentials"].values()]
        answers.append(
            client.put(f"{address}/broker", json=body, headers={"Idempotency-Key": body["environment"]})
        )
    secrets.append(answered(client.post(f"{address}/broker/callback-secret", headers=KEY))["callback_secret"])
    answers.append(client.post(f"{address}/broker/callback-secret", headers=KEY))
    answers += _refusals(client, house, alpaca)
    for readable in ("/portfolios", address, "/events", "/openapi.json", "/metrics/prometheus"):
        answers.append(client.get(readable))

    shown = [answer.content for answer in answers]
    shown += [everything_stored(house), doctor(house, tmp_path, SEALING_KEY)[1].encode()]
    shown.append(logged.getvalue())

    assert b'"request"' in shown[-1], "the logs were captured"
    assert b"request.failed" in shown[-1], "an error of our own was among them"
    for secret in secrets:
        for spelt in spellings(secret):
            for place in shown:
                assert spelt not in place


def _refusals(client: TestClient, house: House, alpaca: Alpacas) -> list[httpx.Response]:
    """What is answered when keys are refused in every way there is, the last one a mistake of our own."""
    address, keys = f"{opened(client)}/broker", wanted(alpaca.paper)["credentials"]
    bodies = [
        wanted(alpaca.paper, environment="live"),
        wanted(alpaca.paper, credentials=keys | {"secret_key": keys["secret_key"] + "é"}),
        wanted(alpaca.paper, credentials=keys | {"key_id": keys["key_id"] * 20}),
        wanted(alpaca.paper, credentials=list(keys.values())),
        wanted(alpaca.paper, credentials=keys["secret_key"]),
        wanted(alpaca.paper, account="other"),
        wanted(alpaca.paper, auto_fill=keys["secret_key"], environment=keys["secret_key"]),
    ]
    answers = [client.put(address, json=body) for body in bodies]
    answers.append(
        client.put(address, content=json.dumps(bodies[0])[:-1], headers={"content-type": "application/json"})
    )
    alpaca.paper.faults.cut("GET", "/v2/account")
    answers.append(client.put(address, json=wanted(alpaca.paper)))
    assert not any(answer.is_success for answer in answers)

    def mistaken(environment: Environment, credentials: Credentials) -> str:
        raise RuntimeError(f"a mistake of ours about {environment} and {credentials}")

    house.connect_broker = replace(house.connect_broker, keys=KeysByKind({"alpaca": mistaken}))
    answers.append(client.put(address, json=wanted(alpaca.paper)))
    return answers


def test_credentials_show_nothing_when_they_are_printed() -> None:
    credentials = Credentials(SecretStr("PKPLANTED"), SecretStr("planted"))

    assert "lanted" not in f"{credentials!r} {credentials}"
    assert "LANTED" not in f"{credentials!r} {credentials}"


def test_a_repeated_request_is_answered_without_the_secret_and_asks_nobody(
    client: TestClient, alpaca: Alpacas
) -> None:
    address = opened(client)

    first = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper), headers=KEY))
    again = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper), headers=KEY))

    assert first["callback_secret"].startswith("whsec_")
    assert again == first | {"callback_secret": None}
    assert len(alpaca.paper.requests_to("GET", "/v2/account")) == 1
    other = wanted(alpaca.paper, credentials={"key_id": "PKOTHER", "secret_key": "other"})
    refused(client.put(f"{address}/broker", json=other, headers=KEY), 409)


def test_other_keys_of_the_same_account_leave_its_callback_secret(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address, account = opened(client), alpaca.paper.account_number
    secret = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"]
    alpaca.paper.keys.secret_key = "another"

    again = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))

    assert again["callback_secret"] is None
    assert [each.get_secret_value() for each in house.connect_broker.callback_secrets("alpaca", account)] == [
        secret
    ]
    kept = house.broker_keys.credentials(account_of(address, alpaca))
    assert kept.secret_key.get_secret_value() == "another"


def test_a_rotated_callback_secret_counts_for_a_day(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address, now = opened(client), IN_SESSION

    def counting() -> list[str]:
        found = house.connect_broker.callback_secrets("alpaca", alpaca.paper.account_number)
        return [secret.get_secret_value() for secret in found]

    first = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"]
    second = answered(client.post(f"{address}/broker/callback-secret"))["callback_secret"]
    assert first != second
    assert counting() == [second, first]

    house.ledger.clock = lambda: now + timedelta(hours=24) - timedelta.resolution
    assert counting() == [second, first]
    house.ledger.clock = lambda: now + timedelta(hours=24)
    assert counting() == [second]

    third = answered(client.post(f"{address}/broker/callback-secret"))["callback_secret"]
    fourth = answered(client.post(f"{address}/broker/callback-secret"))["callback_secret"]
    assert counting() == [fourth, third], "rotated twice, a leaked secret counts no more"
    assert house.connect_broker.callback_secrets("alpaca", "another") == []


def test_papers_callback_secret_is_a_setting(client: TestClient) -> None:
    problem = refused(client.post(f"{opened(client)}/broker/callback-secret"), 409)

    assert "BALLAST_CALLBACK_SECRET" in problem["detail"]


def test_without_a_sealing_key_nothing_is_kept(client: TestClient, house: House, alpaca: Alpacas) -> None:
    house.sealing_key = lambda: None

    problem = refused(client.put(f"{opened(client)}/broker", json=wanted(alpaca.paper)), 503)

    assert problem["type"] == "/problems/keys-sealed"
    assert problem["detail"] == "There is no BALLAST_SEALING_KEY, so no secret can be kept here."
    assert b"broker_connected" not in _log(house)


def test_a_sealing_key_may_come_late_and_is_used_only_when_it_is_one(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = f"{opened(client)}/broker"
    given = SecretStr("nonsense")
    house.sealing_key = lambda: given
    problem = refused(client.put(address, json=wanted(alpaca.paper)), 503)
    assert "Key 1 in BALLAST_SEALING_KEY is not 32 bytes in base64" in problem["detail"]
    assert "nonsense" not in problem["detail"]

    given = SecretStr(SEALING_KEY)

    answered(client.put(address, json=wanted(alpaca.paper)))


def _log(house: House) -> bytes:
    with psycopg.connect(house.database_url) as connection:
        return b"".join(bytes(row[0]) for row in connection.execute("select state from stored_events"))


def test_what_a_lost_key_sealed_stays_shut_until_the_account_is_connected_again(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address, account = opened(client), alpaca.paper.account_number
    secret = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"]
    lost, key_id = _with_key(house, NEWER_KEY), Sealer(SecretStr(SEALING_KEY)).ids[0]

    with pytest.raises(KeysSealed, match=f"cannot be opened. It was sealed with key {key_id}") as refusal:
        lost.broker_keys.credentials(account_of(address, alpaca))
    assert "connect the account again." in str(refusal.value)
    with pytest.raises(KeysSealed):
        lost.connect_broker.callback_secrets("alpaca", account)

    with TestClient(create_app(lost, configuration()), base_url=HERE) as other:
        fresh = answered(other.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"]
    assert fresh not in (None, secret)
    assert [each.get_secret_value() for each in lost.connect_broker.callback_secrets("alpaca", account)] == [
        fresh
    ]
    assert (
        lost.broker_keys.credentials(account_of(address, alpaca)).key_id.get_secret_value()
        == alpaca.paper.key_id
    )
    lost.close()


def test_a_seal_opens_in_its_own_row_and_column_only(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    account = account_of(address, alpaca)
    house.broker_keys.credentials(account)

    for moved in (
        "callback_secret_sealed = sealed, sealed = callback_secret_sealed",
        "environment = 'live'",
        "account = 'other'",
        f"portfolio_id = '{house.ledger.new_id()}'",
    ):
        with psycopg.connect(house.database_url) as connection:
            connection.execute("create table before as table broker_keys")
            connection.execute(f"update broker_keys set {moved}".encode())
            row = connection.execute(
                "select portfolio_id, kind, environment, account from broker_keys"
            ).fetchone()
            assert row is not None
            connection.commit()
            with pytest.raises(KeysSealed, match="damaged, or was sealed for something else"):
                house.broker_keys.credentials(BrokerAccount(*row))
            connection.execute("delete from broker_keys")
            connection.execute("insert into broker_keys table before")
            connection.execute("drop table before")


def test_an_older_key_is_pointed_out_until_everything_is_sealed_with_the_newest(
    client: TestClient, house: House, alpaca: Alpacas, tmp_path: Path
) -> None:
    address = opened(client)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    answered(client.post(f"{address}/broker/callback-secret"))
    before = house.connect_broker.callback_secrets("alpaca", alpaca.paper.account_number)
    name = f"keys of alpaca {alpaca.paper.account_number}"

    assert doctor(house, tmp_path, SEALING_KEY)[0] == 0
    code, text = doctor(house, tmp_path, NEWER_KEY)
    assert (code, "does not hold that key" in _problem(text, name)) == (1, True)
    both = f"{NEWER_KEY} {SEALING_KEY}"
    code, text = doctor(house, tmp_path, both)
    assert (code, "not the newest key" in _problem(text, name)) == (1, True)

    rotating = _with_key(house, both)
    assert (rotating.broker_keys.reseal(), rotating.broker_keys.reseal()) == (1, 0)
    rotating.close()

    assert doctor(house, tmp_path, NEWER_KEY)[0] == 0
    newer = _with_key(house, NEWER_KEY)
    assert newer.connect_broker.callback_secrets("alpaca", alpaca.paper.account_number) == before
    newer.close()


def _with_key(house: House, key: str) -> House:
    """Another process on the same database, at the same moment, with other sealing keys."""
    other = House(house.database_url, house.redis_url, house.ledger.clock, sealing_key=lambda: SecretStr(key))
    other.keys = house.keys
    return other


def _problem(text: str, name: str) -> str:
    (found,) = [each for each in json.loads(text) if each["name"] == name]
    problem: str = found["problem"]
    return problem


def test_the_doctor_names_the_source_of_the_sealing_key_and_what_is_wrong_with_it(
    house: House, tmp_path: Path
) -> None:
    code, text = doctor(house, tmp_path, "nonsense")
    found = {each["name"]: each for each in json.loads(text)}

    assert code == 1
    assert (found["BALLAST_SEALING_KEY"]["value"], found["BALLAST_SEALING_KEY"]["source"]) == (
        "set, not shown",
        "environment",
    )
    assert "Key 1 in BALLAST_SEALING_KEY is not 32 bytes" in found["sealing keys"]["problem"]
    assert "nonsense" not in text
