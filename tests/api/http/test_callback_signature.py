"""Signatures of callbacks: what is signed, by whom, when; and that nothing malformed is more than a 401."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import hypothesis.strategies as some
import pytest
from hypothesis import given
from pydantic import SecretStr
from standardwebhooks import Webhook
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.callback_accounts import BELIEVED_SECONDS
from api.http.callback_signature import HEADERS, is_signed, secrets_in
from api.wiring import House
from application.ledger import Cause
from broker_accounts import Alpacas, alpacas, opened, wanted
from callback_deliveries import alerts, deliver, fill, ordered, rows
from over_http import HERE, SECRET, Example, answered, configuration, open_example, refused, signed

OTHER_SECRET = "whsec_b3RoZXIgc2VjcmV0"
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
BODY = b'{"some": "body"}'

FORGED: dict[str, Callable[[], dict[str, str]]] = {
    "no signature": lambda: {"webhook-signature": ""},
    "only a version": lambda: {"webhook-signature": "v1"},
    "an empty signature": lambda: {"webhook-signature": "v1,"},
    "half a base64": lambda: {"webhook-signature": "v1,a"},
    "only padding": lambda: {"webhook-signature": "v1,====="},
    "bytes that are no text": lambda: {"webhook-signature": "v1,\xff\xfe"},
    "too many commas": lambda: {"webhook-signature": "v1,a,b"},
    "another version": lambda: {"webhook-signature": signed("{}")["webhook-signature"].replace("v1", "v2")},
    "blanks": lambda: {"webhook-signature": " " * 50},
    "no time": lambda: {"webhook-timestamp": ""},
    "not a number": lambda: {"webhook-timestamp": "nan"},
    "infinity": lambda: {"webhook-timestamp": "inf"},
    "a huge exponent": lambda: {"webhook-timestamp": "1e400"},
    "the far future": lambda: {"webhook-timestamp": "99999999999999999999"},
    "a word for a time": lambda: {"webhook-timestamp": "now"},
    "no id": lambda: {"webhook-id": ""},
    "another id": lambda: {"webhook-id": "other"},
    "six minutes old": lambda: signed("{}", at=datetime.now(UTC) - timedelta(minutes=6)),
    "six minutes ahead": lambda: signed("{}", at=datetime.now(UTC) + timedelta(minutes=6)),
    "another secret": lambda: signed("{}", secret=OTHER_SECRET),
    "another body": lambda: signed('{"other": 1}'),
}


def test_what_is_not_signed_as_it_must_be_is_401(client: TestClient) -> None:
    refused(client.post("/orders/callback", content="{}", headers=signed("{}")), 422)

    for name, forged in FORGED.items():
        texts = signed("{}") | forged()
        headers = {header: value.encode("latin-1") for header, value in texts.items()}
        answer = client.post("/orders/callback", content="{}", headers=headers)
        assert answer.status_code == 401, name
        assert refused(answer, 401)["type"] == "/problems/bad-signature"


def test_bytes_that_are_no_text_are_401(client: TestClient) -> None:
    refused(client.post("/orders/callback", content=b"\xff\xfe", headers=signed("{}")), 401)


def test_an_oversized_delivery_is_refused_before_it_is_hashed(client: TestClient) -> None:
    refused(client.post("/orders/callback", content=b" " * (64 * 1024 + 1), headers=signed("{}")), 413)


def test_while_a_secret_is_replaced_both_are_good(house: House) -> None:
    for separator in (" ", ",", ", "):
        both = configuration(callback_secret=f"{OTHER_SECRET}{separator}{SECRET}")
        with TestClient(create_app(house, both), base_url=HERE) as client:
            for secret in (SECRET, OTHER_SECRET):
                assert deliver(client, "{}", secret=secret).status_code == 422


def test_without_a_secret_nobody_can_sign(house: House) -> None:
    with TestClient(create_app(house, configuration(callback_secret=None)), base_url=HERE) as client:
        refused(deliver(client, "{}"), 401)


@pytest.fixture
def alpaca(house: House) -> Iterator[Alpacas]:
    with alpacas(house) as found:
        yield found


def of_library(at: datetime = NOW, secret: str = SECRET, body: bytes = BODY) -> dict[str, str]:
    """The headers that the library of Standard Webhooks makes."""
    return signed(body, webhook_id="msg_1", secret=secret, at=at)


def test_what_the_library_signs_is_signed() -> None:
    assert is_signed(of_library(), BODY, [SecretStr(SECRET)], NOW)
    unpadded = SECRET.rstrip("=")
    assert is_signed(of_library(), BODY, [SecretStr(unpadded)], NOW)
    assert Webhook(SECRET).verify(BODY, of_library(datetime.now(UTC))) == json.loads(BODY)


@pytest.mark.parametrize("seconds", [-301, -300, 0, 300, 301])
def test_the_window_is_five_minutes_on_both_sides(seconds: int) -> None:
    headers = of_library(NOW + timedelta(seconds=seconds))
    assert is_signed(headers, BODY, [SecretStr(SECRET)], NOW) == (abs(seconds) <= 300)


def test_one_good_signature_among_others_is_enough() -> None:
    """A sender that changes its secret signs with both; what cannot be read between them is passed over."""
    good, other = of_library()["webhook-signature"], of_library(secret=OTHER_SECRET)["webhook-signature"]
    for signatures in (f"{other} {good}", f"{good} {other}", f"v1,!!! v2,abc {good}"):
        headers = of_library() | {"webhook-signature": signatures}
        assert is_signed(headers, BODY, [SecretStr(SECRET)], NOW), signatures


def test_a_secret_that_cannot_be_read_signs_nothing() -> None:
    empty = "v1," + base64.b64encode(b"").decode()
    for secret in ("whsec_", "whsec_ü", "whsec_a", ""):
        headers = of_library() | {"webhook-signature": empty}
        assert not is_signed(headers, BODY, [SecretStr(secret)], NOW)
        assert not is_signed(of_library(), BODY, [SecretStr(secret)], NOW)


@given(
    some.fixed_dictionaries(
        {name: some.text(some.characters(max_codepoint=255), max_size=80) for name in HEADERS}
    ),
    some.binary(max_size=100),
)
def test_random_headers_are_never_more_than_unsigned(headers: dict[str, str], body: bytes) -> None:
    assert not is_signed(headers, body, secrets_in(SecretStr(f"{SECRET} {OTHER_SECRET}")), NOW)


@given(some.data())
def test_no_byte_of_a_delivery_may_be_another(data: some.DataObject) -> None:
    """Id, time and body are all under the signature."""
    headers, body = of_library(), bytearray(BODY)
    name = data.draw(some.sampled_from([*HEADERS[:2], "body"]))
    if name == "body":
        place = data.draw(some.integers(0, len(body) - 1))
        body[place] ^= data.draw(some.integers(1, 255))
    else:
        text = headers[name]
        place = data.draw(some.integers(0, len(text) - 1))
        other = data.draw(some.characters(min_codepoint=33, max_codepoint=126).filter(text[place].__ne__))
        headers[name] = text[:place] + other + text[place + 1 :]
    assert not is_signed(headers, bytes(body), [SecretStr(SECRET)], NOW)


def test_a_delivery_that_is_too_large_is_not_hashed_even_when_it_does_not_say_how_large(
    client: TestClient,
) -> None:
    """Sent in pieces, without a length; and nothing less than the limit is refused for its size."""
    pieces = (b" " * 1024 for _ in range(65))
    refused(client.post("/orders/callback", content=pieces, headers=signed("{}")), 413)
    whole = " " * (64 * 1024)
    refused(deliver(client, whole), 422)


def connected(client: TestClient, alpaca: Alpacas) -> tuple[str, str, str]:
    """A portfolio at a real broker: where its callbacks go, their secret, and the account."""
    answer = answered(client.put(f"{opened(client)}/broker", json=wanted(alpaca.paper)))
    return answer["callback_url"], answer["callback_secret"], answer["account"]


def test_a_real_account_has_its_own_address_and_secret(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address, secret, account = connected(client, alpaca)
    example = Example(client, "", address.rpartition("/")[2], "")
    body = fill(example, broker="alpaca", account=account)

    assert answered(deliver(client, body, address, secret=secret), 202) == {"status": "stored"}

    refused(deliver(client, body, address), 401)
    refused(deliver(client, body, secret=secret), 401)
    assert alerts(house)[-1] == ("unknown_order", example.portfolio_id, None)


def test_a_secret_speaks_for_its_own_account_only(client: TestClient, house: House, alpaca: Alpacas) -> None:
    paper = ordered(client)
    address, secret, account = connected(client, alpaca)
    before = rows(house, "select id from inbox")

    refused(deliver(client, fill(paper), address, secret=secret), 403)
    refused(deliver(client, fill(paper, broker="alpaca", account="other"), address, secret=secret), 403)
    refused(deliver(client, fill(paper, broker="alpaca"), address, secret=secret), 403)
    refused(deliver(client, fill(paper, broker="alpaca", account=account)), 403)

    assert rows(house, "select id from inbox") == before
    assert paper.card()["shares"] == "100"


def test_the_order_of_another_account_is_as_good_as_unknown(client: TestClient, alpaca: Alpacas) -> None:
    paper = ordered(client)
    address, secret, account = connected(client, alpaca)

    body = fill(paper, broker="alpaca", account=account)
    assert answered(deliver(client, body, address, secret=secret), 202) == {"status": "stored"}

    assert paper.card()["shares"] == "100"


def test_after_a_rotation_both_secrets_of_an_account_are_good(client: TestClient, alpaca: Alpacas) -> None:
    address, secret, account = connected(client, alpaca)
    portfolio_id = address.rpartition("/")[2]
    rotated = answered(client.post(f"/portfolios/{portfolio_id}/broker/callback-secret"))
    body = fill(Example(client, "", portfolio_id, ""), broker="alpaca", account=account)

    for each in (secret, rotated["callback_secret"]):
        answered(deliver(client, body, address, secret=each), 202)
    refused(deliver(client, body, address, secret=OTHER_SECRET), 401)


def test_portfolios_without_an_account_are_answered_like_a_wrong_signature(client: TestClient) -> None:
    example = open_example(client)

    for portfolio in (example.portfolio_id, example.position_id, "nonsense", "%00"):
        refused(deliver(client, fill(example), f"/orders/callback/{portfolio}"), 401)


def test_what_brings_no_signature_of_now_is_sent_away_before_anything_is_looked_up_or_read(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    """The account's secrets, which cannot be opened any more, would answer 503, and so large a body 413."""
    address, secret, account = connected(client, alpaca)
    body = fill(Example(client, "", address.rpartition("/")[2], ""), broker="alpaca", account=account)
    house.sealing_key = lambda: None
    refused(deliver(client, body, address, secret=secret), 503)
    old = signed(body, secret=secret, at=datetime.now(UTC) - timedelta(minutes=6))
    large = b" " * (64 * 1024 + 1)

    for headers in ({}, old, signed(body, secret=secret) | {"webhook-signature": "v2,abcd"}):
        refused(client.post(address, content=body, headers=headers), 401)
        for place in (address, "/orders/callback"):
            refused(client.post(place, content=large, headers=headers), 401)


def test_false_signatures_cost_a_question_a_second_at_most(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    """The portfolio and its secrets are asked for once, by two questions, and a good one in between is believed."""
    address, secret, account = connected(client, alpaca)
    body = fill(Example(client, "", address.rpartition("/")[2], ""), broker="alpaca", account=account)
    stand_still(client)
    false = [signed(body, secret=OTHER_SECRET) for _ in range(20)]

    before = questions(house)
    for headers in false:
        refused(client.post(address, content=body, headers=headers), 401)
    assert questions(house) - before == 2

    answered(deliver(client, body, address, secret=secret), 202)


def test_made_up_portfolios_are_asked_about_no_more_once_there_are_too_many(
    house: House, alpaca: Alpacas
) -> None:
    """Twenty requests a minute leave an address two of them; a real account that is familiar is not kept out."""
    with TestClient(create_app(house, configuration(requests_per_minute=20)), base_url=HERE) as client:
        address, secret, account = connected(client, alpaca)
        body = fill(Example(client, "", address.rpartition("/")[2], ""), broker="alpaca", account=account)
        now = stand_still(client)
        answered(deliver(client, body, address, secret=secret), 202)
        refused(deliver(client, body, f"/orders/callback/{uuid4()}"), 401)
        before = questions(house)

        for _ in range(10):
            answer = deliver(client, body, f"/orders/callback/{uuid4()}")
            assert refused(answer, 429)["type"] == "/problems/too-many-requests"
            assert 1 <= int(answer.headers["Retry-After"]) <= 60

        assert questions(house) == before
        now.append(now[-1] + 2 * BELIEVED_SECONDS)
        refused(deliver(client, body, address, secret=OTHER_SECRET), 429)
        answered(deliver(client, body, address, secret=secret), 202)


def test_a_secret_that_another_process_has_taken_back_is_asked_about_after_a_second(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address, secret, account = connected(client, alpaca)
    portfolio_id = address.rpartition("/")[2]
    body = fill(Example(client, "", portfolio_id, ""), broker="alpaca", account=account)
    now = stand_still(client)
    answered(deliver(client, body, address, secret=secret), 202)
    cause = Cause(actor="local", correlation_id=uuid4())
    house.connect_broker.disconnect(cause, UUID(portfolio_id))

    answered(deliver(client, body, address, secret=secret), 202)
    now.append(now[-1] + BELIEVED_SECONDS)

    refused(deliver(client, body, address, secret=secret), 401)


def test_a_secret_that_this_process_has_taken_back_or_made_counts_at_once(
    client: TestClient, alpaca: Alpacas
) -> None:
    address, secret, account = connected(client, alpaca)
    portfolio = f"/portfolios/{address.rpartition('/')[2]}"
    body = fill(Example(client, "", portfolio.rpartition("/")[2], ""), broker="alpaca", account=account)
    stand_still(client)
    answered(deliver(client, body, address, secret=secret), 202)

    renewed = answered(client.post(f"{portfolio}/broker/callback-secret"))["callback_secret"]
    answered(deliver(client, body, address, secret=renewed), 202)
    answered(client.delete(f"{portfolio}/broker"))

    for each in (secret, renewed):
        refused(deliver(client, body, address, secret=each), 401)


def stand_still(client: TestClient) -> list[float]:
    """Let no time pass for what is believed of accounts but what is appended to the answer, in seconds."""
    now = [0.0]
    client.app.state.callback_accounts._monotonic = lambda: now[-1]  # type: ignore[attr-defined]
    return now


def questions(house: House) -> int:
    """How often this process has asked the database for something, by the connections its pool has given out."""
    return house.pool.get_stats()["requests_num"]
