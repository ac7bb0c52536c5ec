"""One-time codes as authenticator apps know them: six digits of SHA-1 every half minute (RFC 6238)."""

import base64
import secrets
from datetime import datetime

import pyotp
from pydantic import SecretStr
from pyotp.exceptions import OTPVerificationError

ISSUER = "Ballast"
DIGITS = 6
STEPS_OFF_MAX = 1
"""A clock may be half a minute off."""

RECOVERY_BYTES = 10


class TotpCodes:
    """The application's OneTimeCodes."""

    def new_secret(self) -> SecretStr:
        """See application.ports.second_factor.OneTimeCodes."""
        return SecretStr(pyotp.random_base32())

    def new_recovery_code(self) -> SecretStr:
        """See application.ports.second_factor.OneTimeCodes."""
        letters = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
        return SecretStr("-".join(letters[start : start + 4] for start in range(0, len(letters), 4)))

    def uri(self, secret: SecretStr, name: str) -> SecretStr:
        """See application.ports.second_factor.OneTimeCodes."""
        totp = pyotp.TOTP(secret.get_secret_value())
        return SecretStr(totp.provisioning_uri(name=name, issuer_name=ISSUER))

    def step(self, secret: SecretStr, code: str, at: datetime) -> int | None:
        """See application.ports.second_factor.OneTimeCodes."""
        if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
            return None
        totp = pyotp.TOTP(secret.get_secret_value())
        try:
            return totp.verify_and_get_timecode(code, for_time=at, valid_window=STEPS_OFF_MAX)
        except OTPVerificationError:
            return None
