"""What an issuer publishes: where it is asked, and its keys. Kept for a while, and not asked for more than that."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import jwt

from adapters.outbound.client import NotAllowed, Outbound, TooMuch, Unanswered
from application.ports.issuer import IssuerSilent

KEPT_SECONDS = 3600.0
"""For so long keys and addresses are taken to be the same."""

AGAIN_SECONDS = 30.0
"""A key id that is not known has the keys fetched again, so often and no more, whoever makes ids up."""

AFTER_FAILURE_SECONDS = 5.0
ASKED_SECONDS_MAX = 5.0
ASYMMETRIC = {
    "RSA": ("RS256", "RS384", "RS512", "PS256"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
"""What a key of each kind may sign with. Nothing that the public key itself could sign with is among them."""


class Published:
    """An issuer's documents, shared by threads."""

    def __init__(
        self, issuer: str, outbound: Outbound, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer = issuer
        self._outbound = outbound
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._places: tuple[float, Mapping[str, Any]] | None = None
        self._keys: Mapping[str | None, jwt.PyJWK] = {}
        self._keys_until = self._ask_again_at = float("-inf")

    def place(self, name: str) -> str:
        """An address of the issuer's, such as its ``token_endpoint``. Raises IssuerSilent."""
        found = self.metadata().get(name)
        if not isinstance(found, str):
            raise IssuerSilent(f"The issuer names no {name}.")
        return found

    def metadata(self) -> Mapping[str, Any]:
        """The discovery document, which must be the issuer's own (OpenID Connect Discovery §4.3)."""
        with self._lock:
            return self._metadata()

    def key(self, key_id: str | None) -> jwt.PyJWK | None:
        """The key of an id, or the only one; None when the issuer has none such. Raises IssuerSilent."""
        known = self._find(key_id)
        if known is not None and self._monotonic() < self._keys_until:
            return known  # nobody waits while somebody else's unknown id is looked for
        with self._lock:
            now = self._monotonic()
            if now >= self._keys_until or (self._find(key_id) is None and now >= self._ask_again_at):
                self._fetch_keys(now)
            return self._find(key_id)

    def _find(self, key_id: str | None) -> jwt.PyJWK | None:
        if key_id is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(key_id)

    def _fetch_keys(self, now: float) -> None:
        if now < self._ask_again_at:
            raise IssuerSilent("The issuer's keys cannot be had just now; try again in a moment.")
        self._ask_again_at = now + AFTER_FAILURE_SECONDS
        places = self._metadata()
        keys = self._asked(str(places.get("jwks_uri"))).get("keys")
        if not isinstance(keys, list):
            raise IssuerSilent("The issuer's keys are no list.")
        self._keys = {each.key_id: each for each in map(_usable, keys) if each is not None}
        self._keys_until, self._ask_again_at = now + KEPT_SECONDS, now + AGAIN_SECONDS

    def _metadata(self) -> Mapping[str, Any]:
        now = self._monotonic()
        if self._places is None or now >= self._places[0]:
            found = self._asked(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._issuer:
                raise IssuerSilent("What is published there is another issuer's.")
            self._places = now + KEPT_SECONDS, found
        return self._places[1]

    def _asked(self, url: str) -> dict[str, Any]:
        try:
            answer = self._outbound.ask("GET", url, {"accept": "application/json"}, None, ASKED_SECONDS_MAX)
            found = json.loads(answer.body) if answer.status == 200 else None
        except (Unanswered, TooMuch, NotAllowed, ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise IssuerSilent("The issuer does not answer as it should; try again in a moment.")
        return found


def _usable(described: object) -> jwt.PyJWK | None:
    """A key that signs, of a kind that is believed; others are left out."""
    if not isinstance(described, dict) or described.get("use", "sig") != "sig":
        return None
    if described.get("kty") not in ASYMMETRIC or "d" in described:
        return None
    try:
        key = jwt.PyJWK(described)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    return key
