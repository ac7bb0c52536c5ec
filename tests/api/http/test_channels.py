"""Channels over HTTP: set as a whole, addresses that only go in, a test message, and the whole way to a service."""

import json
from uuid import UUID

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.outbound.addresses import AddressPolicy
from adapters.seals.sealing import new_sealing_key
from api.http.schemas.answer import Page
from api.http.schemas.channels import Channel, Tried
from api.wiring import House
from application.ledger import Cause
from application.notifications.set_channels import Wanted
from channel_servers.said import Services
from examples import eventually
from over_http import answered, fields, open_example, refused
from provider_server.door import Door, Reply

KEY = new_sealing_key()
SECRET = "ntfys://anna:hidden-password@ntfy.test/secret-topic"
PHONE = {"name": "phone", "url": SECRET}
MAIL = {
    "name": "mail",
    "url": "mailtos://mail.test/?pass=hidden",
    "severities": ["CRITICAL"],
    "enabled": False,
}


@pytest.fixture
def services(house: House) -> Services:
    """Every service there is, and a key to seal with."""
    house.sealing_key = lambda: SecretStr(KEY)
    house.sender = services = Services()  # type: ignore[assignment]  # a fake of the outside
    return services


def put(client: TestClient, *channels: object, **headers: str) -> list[dict[str, object]]:
    answer = client.put("/channels", json={"channels": channels}, headers=headers)
    Page[Channel].model_validate_json(answer.content)
    items: list[dict[str, object]] = answered(answer)["items"]
    return items


def get(client: TestClient) -> list[dict[str, object]]:
    items: list[dict[str, object]] = answered(client.get("/channels"))["items"]
    return items


def everything_stored(house: House) -> bytes:
    found = []
    with psycopg.connect(house.database_url) as connection:
        for (table,) in connection.execute(
            "select tablename from pg_tables where schemaname = 'public'"
        ).fetchall():
            for row in connection.execute(SQL("select * from {}").format(Identifier(table))):
                found += [value if isinstance(value, bytes) else f"{value}".encode() for value in row]
    return b"\n".join(found)


def test_channels_are_set_as_a_whole_and_show_no_address(client: TestClient, services: Services) -> None:
    phone, mail = put(client, PHONE, MAIL)
    assert (phone["scheme"], phone["severities"], phone["enabled"]) == ("ntfys", ["CRITICAL", "WARN"], True)
    assert (mail["scheme"], mail["severities"], mail["enabled"]) == ("mailtos", ["CRITICAL"], False)
    assert phone["fingerprint"] != mail["fingerprint"]
    assert get(client) == [phone, mail]
    assert put(client, MAIL) == [mail] == get(client)
    assert put(client) == [] == get(client)
    assert services.said == []


def test_the_same_list_again_changes_nothing(client: TestClient, services: Services) -> None:
    assert put(client, PHONE, MAIL) == put(client, PHONE, MAIL)
    assert put(client, MAIL, PHONE) == put(client, MAIL, PHONE) == get(client)


def test_a_channel_keeps_its_address_and_may_change_the_rest(client: TestClient, services: Services) -> None:
    """By its id, or by its name where that stays."""
    (before,) = put(client, PHONE)
    (renamed,) = put(client, {"id": before["id"], "name": "pocket", "severities": ["INFO", "WARN", "INFO"]})
    assert renamed == before | {"name": "pocket", "severities": ["INFO", "WARN"]}
    (silent,) = put(client, {"name": "pocket", "enabled": False})
    assert (silent["id"], silent["fingerprint"]) == (before["id"], before["fingerprint"])
    answered(client.post(f"/channels/{before['id']}/test"))
    assert [url for url, _ in services.said] == [SECRET]


def test_two_channels_may_swap_their_names(client: TestClient, services: Services) -> None:
    phone, mail = put(client, PHONE, MAIL)
    swapped = put(client, {"id": phone["id"], "name": "mail"}, {"id": mail["id"], "name": "phone"})
    assert [(each["id"], each["scheme"]) for each in swapped] == [
        (phone["id"], "ntfys"),
        (mail["id"], "mailtos"),
    ]


@pytest.mark.parametrize(
    ("channels", "field"),
    [
        ([{"name": "a"}], "channels[0].url"),
        ([PHONE, {"name": "a", "url": "syslog://localhost"}], "channels[1].url"),
        ([{"name": "a", "url": "jsons://nonsense"}], "channels[0].url"),
        ([{"name": "a", "url": "jsons://with space"}], "channels[0].url"),
        ([PHONE, PHONE], "channels[1].name"),
        ([PHONE | {"id": str(UUID(int=1))}], "channels[0].id"),
        ([PHONE | {"severities": []}], "channels[0].severities"),
        ([PHONE | {"severities": ["LOUD"]}], "channels[0].severities[0]"),
        ([PHONE | {"name": "  "}], "channels[0].name"),
        ([PHONE | {"enabled": "yes"}], "channels[0].enabled"),
        ([PHONE | {"kind": "ntfy"}], "channels[0].kind"),
        ([{"name": f"{number}", "url": SECRET} for number in range(21)], "channels"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_stored(
    client: TestClient, services: Services, channels: list[object], field: str
) -> None:
    answer = client.put("/channels", json={"channels": channels})
    assert fields(answer) == [field]
    assert "hidden" not in answer.text
    assert "space" not in answer.text.replace("without spaces", "")
    assert get(client) == []


def test_a_test_message_is_sent_at_once_and_says_what_is_wrong(
    client: TestClient, services: Services
) -> None:
    (channel,) = put(client, PHONE | {"enabled": False})
    answer = client.post(f"/channels/{channel['id']}/test", headers={"Idempotency-Key": "once"})
    assert Tried.model_validate_json(answer.content) == Tried(sent=True, problem=None)
    answered(client.post(f"/channels/{channel['id']}/test", headers={"Idempotency-Key": "once"}))
    assert services.titles() == ["a test"]
    services.problem = "The service refused it with status 401."
    answer = client.post(f"/channels/{channel['id']}/test")
    assert answered(answer) == {"sent": False, "problem": services.problem}


def test_nobody_sees_tests_or_takes_over_anothers_channel(
    client: TestClient, house: House, services: Services
) -> None:
    cause = Cause("bert", house.ledger.new_id())
    wanted = Wanted(None, "phone", SecretStr("ntfys://ntfy.test/bert"), ("CRITICAL",), True)
    (theirs,) = house.set_channels(cause, "bert", [wanted]).answer
    assert get(client) == []
    refused(client.post(f"/channels/{theirs.id}/test"), 404)
    assert fields(client.put("/channels", json={"channels": [PHONE | {"id": str(theirs.id)}]})) == [
        "channels[0].id"
    ]
    put(client, PHONE)
    assert [each.id for each in house.channels.of("bert")] == [theirs.id]
    assert services.said == []


def test_a_key_answers_the_first_result_and_refuses_another_list(
    client: TestClient, services: Services
) -> None:
    key = {"Idempotency-Key": "set-once"}
    first = put(client, PHONE, **key)
    put(client)
    assert put(client, PHONE, **key) == first
    assert get(client) == []
    refused(client.put("/channels", json={"channels": [MAIL]}, headers=key), 409)


def test_without_a_sealing_key_nothing_is_kept(client: TestClient, house: House, services: Services) -> None:
    house.sealing_key = lambda: None
    assert (
        "BALLAST_SEALING_KEY" in refused(client.put("/channels", json={"channels": [PHONE]}), 503)["detail"]
    )
    assert get(client) == []


def test_an_address_lies_nowhere_but_sealed(client: TestClient, house: House, services: Services) -> None:
    """In no table and no answer; sealed for its channel and its owner alone, and again with a newer key."""
    (channel,) = put(client, PHONE, **{"Idempotency-Key": "kept"})
    channel_id = UUID(str(channel["id"]))
    stored = everything_stored(house)
    for secret in (b"hidden-password", b"secret-topic", b"ntfy.test"):
        assert secret not in stored
        assert secret not in client.get("/channels").content
    newer = f"{new_sealing_key()} {KEY}"
    house.sealing_key = lambda: SecretStr(newer)
    assert (house.channels.reseal(), house.channels.reseal()) == (1, 0)
    house.sealing_key = lambda: SecretStr(newer.partition(" ")[0])
    address = house.channels.address(channel_id)
    assert address is not None
    assert address.get_secret_value() == SECRET
    with psycopg.connect(house.database_url) as connection:
        connection.execute("update channels set owner = 'bert'")
    answer = refused(client.post(f"/channels/{channel_id}/test"), 404)
    assert "ntfy" not in json.dumps(answer)


def test_a_freeze_reaches_the_services(running: House, live: TestClient) -> None:
    """The whole way: a person's freeze, the follower, the worker, the library in its process, and a server."""
    running.sealing_key = lambda: SecretStr(KEY)
    with Door(lambda _: Reply()) as door:
        running.outbound_policy = AddressPolicy.parse(f"127.0.0.1:{door.port}")
        (channel,) = put(live, {"name": "hook", "url": f"json://127.0.0.1:{door.port}/frozen"})
        assert answered(live.post(f"/channels/{channel['id']}/test"))["sent"]
        portfolio_id = open_example(live).portfolio_id
        answered(live.post(f"/portfolios/{portfolio_id}/freeze", json={"reason": "to look"}))
        eventually(lambda: len(door.asked) == 2, patience_seconds=60)
        sent = json.loads(door.asked[1].content)
        assert sent["title"] == "Ballast: Portfolio frozen"
        assert sent["message"].startswith("Example: Froze the portfolio: to look")
        eventually(lambda: get(live)[0]["last_sent_at"])
    assert len(door.asked) == 2
