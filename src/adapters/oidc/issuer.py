"""The issuer: its code flow with PKCE, and what its tokens say, with everything about them pinned beforehand."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from pydantic import SecretStr

from adapters.oidc.client import OidcClient
from adapters.oidc.documents import ASYMMETRIC, Published
from adapters.outbound.client import NotAllowed, Outbound, TooMuch, Unanswered
from application.ports.issuer import Claims, Flow, IssuerSilent, NotVouchedFor

LEEWAY_SECONDS = 60
"""Clocks differ."""

TOKEN_CHARACTERS_MAX = 8_192
EXCHANGE_SECONDS_MAX = 10.0
SCOPES = "openid profile email"
REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


class OidcIssuer:
    """The application's Issuer."""

    def __init__(self, client: OidcClient, outbound: Outbound, published: Published) -> None:
        self._client = client
        self._outbound = outbound
        self._published = published

    @property
    def name(self) -> str:
        """See application.ports.issuer.Issuer."""
        return self._client.issuer

    def address(self, flow: Flow, *, fresh: bool) -> str:
        """See application.ports.issuer.Issuer."""
        asked = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": self._client.redirect,
            "scope": SCOPES,
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": _challenge(flow.verifier),
            "code_challenge_method": "S256",
        }
        if fresh:
            asked |= {"prompt": "login", "max_age": "0"}
        place = self._published.place("authorization_endpoint")
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def of_code(self, code: SecretStr, flow: Flow) -> Claims:
        """See application.ports.issuer.Issuer."""
        token = self._exchanged(code, flow).get("id_token")
        found = self._verified(token, self._client.client_id) if isinstance(token, str) else None
        if found is None:
            raise NotVouchedFor("The issuer's answer says of nobody who they are.")
        if not hmac.compare_digest(str(found.get("nonce", "")), flow.nonce):
            raise NotVouchedFor("The issuer's answer belongs to another sign-in.")
        if found.get("azp", self._client.client_id) != self._client.client_id:
            raise NotVouchedFor("The issuer's answer was made for somebody else.")
        return _claims(found)

    def of_bearer(self, token: str) -> Claims | None:
        """See application.ports.issuer.Issuer."""
        found = self._verified(token, self._client.audience)
        # What proves to us who signed in is not for programs to come with: it was made for one sign-in.
        if found is None or "nonce" in found:
            return None
        return _claims(found)

    def _exchanged(self, code: SecretStr, flow: Flow) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code.get_secret_value(),
            "redirect_uri": self._client.redirect,
            "client_id": self._client.client_id,
            "code_verifier": flow.verifier,
        }
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        self._authenticate(form, headers)
        place = self._published.place("token_endpoint")
        try:
            answer = self._outbound.ask(
                "POST", place, headers, urlencode(form).encode(), EXCHANGE_SECONDS_MAX
            )
            found = json.loads(answer.body)
        except (Unanswered, TooMuch, NotAllowed, ValueError, RecursionError):
            raise IssuerSilent(
                "The issuer does not answer as it should; sign in again in a moment."
            ) from None
        if answer.status != 200 or not isinstance(found, dict):
            raise NotVouchedFor("The issuer does not know this sign-in, or not any more; begin it again.")
        return found

    def _authenticate(self, form: dict[str, str], headers: dict[str, str]) -> None:
        """Say who we are as the issuer takes it: by Basic unless it takes the secret in the form only."""
        secret = self._client.client_secret
        if secret is None:
            return
        ways = self._published.metadata().get("token_endpoint_auth_methods_supported")
        if isinstance(ways, list) and "client_secret_post" in ways and "client_secret_basic" not in ways:
            form["client_secret"] = secret.get_secret_value()
            return
        pair = f"{quote(self._client.client_id, safe='')}:{quote(secret.get_secret_value(), safe='')}"
        headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"

    def _verified(self, token: str, audience: str) -> Mapping[str, Any] | None:
        """What a token says, if it is the issuer's, for this audience, and now."""
        if len(token) > TOKEN_CHARACTERS_MAX:
            return None
        try:
            header = jwt.get_unverified_header(token)
            key = self._published.key(header.get("kid"))
            if key is None:
                return None
            found: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=_algorithms(key),
                audience=audience,
                issuer=self._client.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            return None
        return found


def _algorithms(key: jwt.PyJWK) -> list[str]:
    """What a key may have signed with, whatever the token says: its own algorithm, or those of its kind."""
    mine = ASYMMETRIC[key.key_type or ""]
    named = key.algorithm_name
    return [named] if named in mine else []


def _challenge(verifier: str) -> str:
    """PKCE, method S256 (RFC 7636 §4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _claims(found: Mapping[str, Any]) -> Claims:
    name = found.get("preferred_username") or found.get("email") or found.get("name")
    proven_at = found.get("auth_time")
    scopes = str(found.get("scope", "")).split()
    return Claims(
        str(found["sub"]),
        name if isinstance(name, str) else None,
        datetime.fromtimestamp(proven_at, UTC) if isinstance(proven_at, int) and proven_at >= 0 else None,
        "trade" if "trade" in scopes else "read",
    )
