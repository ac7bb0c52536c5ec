"""Whether a delivery is signed as Standard Webhooks are: over its raw bytes, by a secret of ours, just now."""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import SecretStr

HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
WINDOW = timedelta(minutes=5)
SIGNATURES_MAX = 10  # a sender signs with each of its secrets while it changes them

WEBHOOK_ID = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
PREFIX = "whsec_"
VERSION = b"v1"


def secrets_in(setting: SecretStr | None) -> list[SecretStr]:
    """The secrets in a setting, which holds several while they are changed."""
    text = setting.get_secret_value() if setting else ""
    return [SecretStr(each) for each in re.split(r"[\s,]+", text) if each]


def may_be_signed(headers: Mapping[str, str], now: datetime) -> bool:
    """Whether there are signatures of within five minutes of now; what they are worth, body and secrets will tell."""
    webhook_id, timestamp, _ = (headers.get(name, "") for name in HEADERS)
    if not WEBHOOK_ID.fullmatch(webhook_id) or not TIMESTAMP.fullmatch(timestamp):
        return False
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        return False
    return bool(_given(headers))


def is_signed(headers: Mapping[str, str], body: bytes, secrets: Sequence[SecretStr], now: datetime) -> bool:
    """Whether one of the signatures is of one of the secrets and the time in it within five minutes of now."""
    if not may_be_signed(headers, now):
        return False
    webhook_id, timestamp, _ = (headers.get(name, "") for name in HEADERS)
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    wanted = [hmac.digest(key, signed, "sha256") for key in map(_key, secrets) if key]
    return any(hmac.compare_digest(ours, theirs) for ours in wanted for theirs in _given(headers))


def _given(headers: Mapping[str, str]) -> list[bytes]:
    signatures = headers.get("webhook-signature", "").split(" ")[:SIGNATURES_MAX]
    return [each for each in map(_signature, signatures) if each]


def _signature(text: str) -> bytes | None:
    """The bytes of ``v1,<base64>``; None for other versions and for what is none."""
    version, _, encoded = text.encode("latin-1", "replace").partition(b",")
    return _decoded(encoded) if version == VERSION else None


def _key(secret: SecretStr) -> bytes | None:
    encoded = secret.get_secret_value().removeprefix(PREFIX).encode("ascii", "replace")
    return _decoded(encoded + b"=" * (-len(encoded) % 4))


def _decoded(encoded: bytes) -> bytes | None:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
