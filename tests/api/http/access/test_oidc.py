"""Signing in at an issuer, and coming with its tokens; and whatever is not quite the issuer's."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.oidc.documents import AGAIN_SECONDS, KEPT_SECONDS, Published
from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from api.http.app import create_app
from api.wiring import House
from domain.access.sign_in import PROOF
from oidc_issuer.issuer import AUDIENCE, CLIENT_ID, CLIENT_SECRET, LocalIssuer, at, private_key, public_pem
from over_http import HERE, answered, configuration, refused
from people import account, another, bearing
from provider_server.door import Reply

BEGUN = datetime.now(UTC)


@pytest.fixture
def issuer() -> Iterator[LocalIssuer]:
    """An issuer at which Anna signs in. Tokens are judged by the real clock, so it has that too."""
    with LocalIssuer(datetime.now(UTC)) as found:
        yield found


@contextmanager
def at_issuer(house: House, issuer: LocalIssuer, **others: Any) -> Iterator[TestClient]:
    """The application whose people sign in there."""
    settings = {
        "auth": "oidc",
        "public_url": HERE,
        "oidc_issuer": issuer.url,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
        "oidc_audience": AUDIENCE,
        "oidc_admit": "everybody",
    }
    configured = configuration(**settings | others)
    house.issuer = configured.issuer()
    house.ledger.clock = lambda: issuer.now
    with TestClient(create_app(house, configured), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def door(house: House, issuer: LocalIssuer) -> Iterator[TestClient]:
    """The application that admits everybody whom the issuer lets in."""
    with at_issuer(house, issuer) as client:
        yield client


def leave(client: TestClient, **asked: Any) -> str:
    """Where a browser that wants to sign in is sent."""
    answer = client.get("/auth/oidc/login", params=asked)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def come_in(client: TestClient, issuer: LocalIssuer, **asked: Any) -> Any:
    """Sign in at the issuer and come back."""
    answer = client.get(issuer.signs_in(leave(client, **asked)))
    client.headers["Origin"] = HERE
    return answer


def test_who_signs_in_there_is_signed_in_here(house: House, issuer: LocalIssuer, door: TestClient) -> None:
    answer = come_in(door, issuer)

    assert (answer.status_code, answer.headers["location"]) == (303, "/ui/")
    me = answered(door.get("/auth/me"))
    assert (me["auth"], me["name"], me["via"], me["scope"]) == ("oidc", "Anna", "sign_in", "trade")
    answered(door.post("/portfolios", json={"name": "Mine", "base_currency": "USD"}), 201)
    again = another(door)
    again.follow_redirects = False
    come_in(again, issuer)
    assert answered(again.get("/auth/me"))["id"] == me["id"]
    assert [each.name for each in house.accounts.all()] == ["Anna"]


def test_the_flow_is_tied_to_its_browser_and_its_beginning(issuer: LocalIssuer, door: TestClient) -> None:
    first, second = leave(door), leave(door)
    asked = [parse_qs(urlsplit(address).query) for address in (first, second)]

    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 43
    assert asked[0]["code_challenge_method"] == ["S256"]
    cookie = door.get("/auth/oidc/login").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Max-Age=600"} <= set(cookie.split("; "))
    stranger = another(door)
    refused(stranger.get(issuer.signs_in(second)), 401)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda back: back.replace("state=", "state=x"),
        lambda back: back.replace("state=", "estate="),
        lambda back: back.replace("code=", "decode=") + "&error=access_denied",
        lambda back: back.replace("code=", "code=x"),
        lambda back: back.replace("iss=", "iss=http://evil.example"),
    ],
    ids=["another state", "no state", "refused", "another code", "another issuer"],
)
def test_what_comes_back_otherwise_signs_nobody_in(
    issuer: LocalIssuer, door: TestClient, spoil: Callable[[str], str]
) -> None:
    answer = door.get(spoil(issuer.signs_in(leave(door))))

    assert refused(answer, 401)["type"] == "/problems/not-vouched-for"
    refused(door.get("/auth/me"), 401)


def test_a_way_back_is_gone_once(issuer: LocalIssuer, door: TestClient) -> None:
    back = issuer.signs_in(leave(door))
    assert "ballast-flow" in door.cookies
    assert door.get(back).status_code == 303

    assert "ballast-flow" not in door.cookies
    refused(door.get(back), 401)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody else"},
        {"aud": [CLIENT_ID, "somebody else"], "azp": "somebody else"},
        {"iss": "http://evil.example"},
        {"exp": at(BEGUN, minutes=-5)},
        {"iat": at(BEGUN, days=1)},
        {"sub": None},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_none(
    issuer: LocalIssuer, door: TestClient, spoilt: dict[str, Any]
) -> None:
    issuer.spoilt = spoilt

    refused(come_in(door, issuer), 401)

    refused(door.get("/auth/me"), 401)


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("/ui/positions/1?x=2", "/ui/positions/1?x=2"),
        ("https://evil.example/", "/ui/"),
        ("//evil.example", "/ui/"),
        ("/ui/\r\nSet-Cookie: a=b", "/ui/"),
        ("/ui//evil.example/..\\", "/ui/"),
    ],
)
def test_one_comes_back_to_our_own_page_only(
    issuer: LocalIssuer, door: TestClient, wanted: str, page: str
) -> None:
    assert come_in(door, issuer, next=wanted).headers["location"] == page


def test_whom_nobody_knows_is_told_how_to_become_known(house: House, issuer: LocalIssuer) -> None:
    with at_issuer(house, issuer, oidc_admit="known") as door:
        answer = come_in(door, issuer)
        assert refused(answer, 403)["type"] == "/problems/not-known-here"
        assert "--subject anna-1" in answer.text
        refused(bearing(door, issuer.bearer()).get("/auth/me"), 401)

        house.keep_accounts.add_of_issuer("Anna", issuer.url, "anna-1", is_local=True)

        come_in(door, issuer)
        assert answered(door.get("/auth/me"))["id"] == "local"


def test_two_of_one_name_are_two_people(house: House, issuer: LocalIssuer, door: TestClient) -> None:
    account(house, "Anna")

    come_in(door, issuer)

    assert answered(door.get("/auth/me"))["name"] == "anna-1"
    assert len(house.accounts.all()) == 2


def test_a_proof_is_a_password_asked_for_anew(house: House, issuer: LocalIssuer, door: TestClient) -> None:
    come_in(door, issuer)
    portfolio = answered(door.post("/portfolios", json={"name": "Mine", "base_currency": "USD"}), 201)["id"]
    broker = f"/portfolios/{portfolio}/broker"
    assert refused(door.put(broker, json={"kind": "paper"}), 403)["type"] == "/problems/proof-required"
    refused(door.post("/auth/proof", json={"password": "x"}), 404)

    assert "prompt=login" in leave(door, fresh=True)
    come_in(door, issuer, fresh=True)

    answered(door.put(broker, json={"kind": "paper"}))
    house.ledger.clock = lambda: issuer.now + PROOF
    refused(door.put(broker, json={"kind": "paper"}), 403)


def test_nobody_signs_in_with_a_password_there(house: House, door: TestClient) -> None:
    account(house)

    refused(door.post("/auth/login", json={"name": "Anna", "password": "a boat on an even keel"}), 404)
    assert refused(door.get("/auth/me"), 401)["auth"] == "oidc"


def test_an_issuer_that_takes_the_secret_in_the_form_gets_it_there(
    issuer: LocalIssuer, door: TestClient
) -> None:
    issuer.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

    come_in(door, issuer)

    answered(door.get("/auth/me"))


@pytest.mark.parametrize("discovery", [{"issuer": "http://evil.example"}, {"authorization_endpoint": None}])
def test_an_issuer_that_is_another_sends_nobody_anywhere(
    issuer: LocalIssuer, door: TestClient, discovery: dict[str, Any]
) -> None:
    issuer.discovery = discovery

    assert refused(door.get("/auth/oidc/login"), 503)["type"] == "/problems/issuer-silent"


def test_an_issuer_that_is_down_is_said_to_be(issuer: LocalIssuer, door: TestClient) -> None:
    back = issuer.signs_in(leave(door))
    issuer.down = True

    refused(door.get(back), 503)
    refused(bearing(door, issuer.bearer()).get("/portfolios"), 503)


def test_a_bearer_token_of_the_issuer_lets_its_person_in(issuer: LocalIssuer, door: TestClient) -> None:
    trader = bearing(door, issuer.bearer())
    reader = bearing(door, issuer.bearer(scope="openid read"))
    nothing = bearing(door, issuer.bearer(scope=None))
    wanted = {"name": "Mine", "base_currency": "USD"}

    me = answered(trader.get("/auth/me"))
    assert (me["via"], me["scope"]) == ("token", "trade")
    answered(trader.post("/portfolios", json=wanted), 201)
    for each in (reader, nothing):
        assert answered(each.get("/auth/me"))["id"] == me["id"]
        refused(each.post("/portfolios", json=wanted), 403)


def unsigned(issuer: LocalIssuer) -> str:
    """The algorithm "none"."""
    parts = issuer.bearer().split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT","kid":"first"}').rstrip(b"=").decode()
    return f"{header}.{parts[1]}."


def signed_with_the_public_key(issuer: LocalIssuer) -> str:
    """HS256, with what everybody has as the secret."""
    header = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"first"}').rstrip(b"=").decode()
    signed = f"{header}.{issuer.bearer().split('.')[1]}"
    digest = hmac.new(public_pem("first"), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def with_its_own_key(issuer: LocalIssuer) -> str:
    """Signed by a stranger, who brings the key along in the header."""
    stranger = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key("stranger").public_key()))
    return issuer.bearer(
        key="stranger", header={"kid": "first", "jwk": stranger, "jku": "http://evil.example"}
    )


FORGED: dict[str, Callable[[LocalIssuer], str]] = {
    "unsigned": unsigned,
    "signed with the public key": signed_with_the_public_key,
    "signed by a stranger": with_its_own_key,
    "of another issuer": lambda issuer: issuer.bearer(iss="http://evil.example"),
    "for somebody else": lambda issuer: issuer.bearer(aud="somebody else"),
    "for nobody": lambda issuer: issuer.bearer(aud=None),
    "an ID token's audience": lambda issuer: issuer.bearer(aud=CLIENT_ID),
    "made for one sign-in": lambda issuer: issuer.bearer(nonce="of a sign-in"),
    "expired": lambda issuer: issuer.bearer(exp=at(BEGUN, minutes=-2)),
    "without an end": lambda issuer: issuer.bearer(exp=None),
    "from the future": lambda issuer: issuer.bearer(nbf=at(BEGUN, days=1)),
    "of nobody": lambda issuer: issuer.bearer(sub=None),
    "of an unknown key": lambda issuer: issuer.bearer(key="stranger"),
    "too long": lambda issuer: issuer.bearer(junk="x" * 9_000),
    "garbled": lambda issuer: issuer.bearer()[:-4] + "AAAA",
    "no token": lambda _: "a.b.c",
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_token_that_is_not_the_issuers_for_us_and_now_lets_nobody_in(
    issuer: LocalIssuer, door: TestClient, forged: str
) -> None:
    answer = bearing(door, FORGED[forged](issuer)).get("/portfolios")

    refused(answer, 401)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_storm_of_unknown_keys_asks_the_issuer_twice_at_most(issuer: LocalIssuer, door: TestClient) -> None:
    answered(bearing(door, issuer.bearer()).get("/portfolios"))

    for number in range(50):
        token = issuer.bearer(key="stranger", header={"kid": f"made-up-{number}"})
        refused(bearing(door, token).get("/portfolios"), 401)
        answered(bearing(door, issuer.bearer(jti=f"{number}")).get("/portfolios"))

    assert issuer.asked_for("/keys") <= 2


def test_a_new_key_is_believed_within_half_a_minute_and_an_old_one_for_an_hour(issuer: LocalIssuer) -> None:
    now = 0.0
    outbound = Outbound(AddressPolicy.parse(f"127.0.0.1:{issuer.door.port}"))
    published = Published(issuer.url, outbound, lambda: now)
    assert published.key("first") is not None
    assert published.key(None) is not None

    issuer.published = ["second"]
    assert published.key("second") is None
    now = AGAIN_SECONDS
    assert published.key("second") is not None
    assert published.key("first") is None
    issuer.published = ["first", "second"]
    now += KEPT_SECONDS
    assert published.key("first") is not None
    assert published.key(None) is None
    assert issuer.asked_for("/keys") == 3
    outbound.close()


def test_keys_that_are_no_keys_of_its_are_left_out(issuer: LocalIssuer) -> None:
    shared = {"kty": "oct", "kid": "shared", "k": "c2VjcmV0", "alg": "HS256"}
    with LocalIssuer(issuer.now) as other:
        issuer.discovery = {"jwks_uri": f"{other.url}/odd"}
        other.door._answer = lambda _: _keys(
            shared, {"kty": "RSA"}, "x", {"kty": "EC", "crv": "P-0", "kid": "e"}
        )
        allowed = AddressPolicy.parse(f"127.0.0.1:{issuer.door.port}, 127.0.0.1:{other.door.port}")
        everywhere = Outbound(allowed)
        published = Published(issuer.url, everywhere)

        assert all(published.key(key_id) is None for key_id in ("shared", "e", None))
        everywhere.close()


def _keys(*described: object) -> Reply:
    return Reply(content=json.dumps({"keys": described}).encode())


def test_an_oidc_that_is_half_configured_does_not_start() -> None:
    with pytest.raises(ValueError, match="BALLAST_AUTH=oidc needs"):
        configuration(auth="oidc", oidc_issuer="https://id.example.org", oidc_client_id="x")


def test_a_sign_in_is_as_long_as_any_other(house: House, issuer: LocalIssuer, door: TestClient) -> None:
    come_in(door, issuer)

    house.ledger.clock = lambda: issuer.now + timedelta(hours=12)
    door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed

    refused(door.get("/auth/me"), 401)
