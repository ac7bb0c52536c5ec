"""An issuer: it publishes itself and its keys, takes people to sign in, and gives tokens for codes."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from provider_server.door import Asked, Door, Reply

CLIENT_ID, CLIENT_SECRET = "ballast", "a secret & of the client's"
AUDIENCE = "https://ballast.example.org/api"
KEY_BITS = 2048

JSON = {"content-type": "application/json"}


@cache
def private_key(key_id: str) -> RSAPrivateKey:
    """The key of an id, made once for all tests: that takes longer than any of them."""
    assert key_id
    return generate_private_key(65537, KEY_BITS)


def public_pem(key_id: str) -> bytes:
    """The public half, as anybody may have it."""
    return private_key(key_id).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class LocalIssuer:
    """``person`` is who signs in when a browser comes; ``spoilt`` is what its ID tokens say wrong."""

    now: datetime
    person: Mapping[str, Any] = field(default_factory=lambda: {"sub": "anna-1", "preferred_username": "Anna"})
    spoilt: Mapping[str, Any] = field(default_factory=dict)
    published: list[str] = field(default_factory=lambda: ["first"])
    discovery: Mapping[str, Any] = field(default_factory=dict)
    down: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.door = Door(self._answer).__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self.door.__exit__(*details)

    @property
    def url(self) -> str:
        """Its identifier."""
        return self.door.url

    def asked_for(self, path: str) -> int:
        """How often something was asked for."""
        return sum(asked.path == path for asked in self.door.asked)

    def signs_in(self, address: str) -> str:
        """What a browser is sent on to, once its person has signed in here."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.url}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def bearer(self, *, key: str = "first", header: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """An access token, as good as can be unless it is told otherwise; None leaves a claim out."""
        said = self._claims(AUDIENCE) | {"scope": "trade"} | claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(kept, private_key(key), "RS256", headers={"kid": key} | dict(header or {}))

    def _claims(self, audience: str) -> dict[str, Any]:
        at = int(self.now.timestamp())
        return {"iss": self.url, "aud": audience, "iat": at, "exp": at + 300} | dict(self.person)

    def _answer(self, asked: Asked) -> Reply:
        if self.down:
            return Reply(503, b"down")
        match asked.path:
            case "/.well-known/openid-configuration":
                return _json(self._discovery())
            case "/keys":
                return _json({"keys": [_jwk(key_id) for key_id in self.published]})
            case "/token":
                return self._token(asked)
            case _:
                return Reply(404)

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?tenant=1",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        } | dict(self.discovery)

    def _token(self, asked: Asked) -> Reply:
        form = {name: values[0] for name, values in parse_qs(asked.content.decode()).items()}
        begun = self.codes.pop(form.get("code", ""), None)
        good = (
            begun is not None
            and _is_client(asked, form)
            and form["grant_type"] == "authorization_code"
            and form["redirect_uri"] == begun["redirect_uri"]
            and _challenge(form["code_verifier"]) == begun["code_challenge"]
            and begun["code_challenge_method"] == "S256"
        )
        if not good or begun is None:
            return _json({"error": "invalid_grant"}, 400)
        said = self._claims(CLIENT_ID) | {"nonce": begun["nonce"]}
        if begun.get("max_age") == "0":
            said["auth_time"] = int(self.now.timestamp())
        token = jwt.encode(said | dict(self.spoilt), private_key("first"), "RS256", headers={"kid": "first"})
        return _json({"id_token": token, "access_token": "opaque", "token_type": "Bearer"})


def at(moment: datetime, **span: float) -> int:
    """A moment as tokens say it, some time on."""
    return int((moment + timedelta(**span)).astimezone(UTC).timestamp())


def _is_client(asked: Asked, form: Mapping[str, str]) -> bool:
    given = asked.headers.get("authorization", "")
    expected = base64.b64encode(b"ballast:a%20secret%20%26%20of%20the%20client%27s").decode()
    return given == f"Basic {expected}" or form.get("client_secret") == CLIENT_SECRET


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _jwk(key_id: str) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(
        jwt.algorithms.RSAAlgorithm.to_jwk(private_key(key_id).public_key())
    )
    return described | {"kid": key_id, "use": "sig", "alg": "RS256"}


def _json(content: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(content).encode(), JSON)
