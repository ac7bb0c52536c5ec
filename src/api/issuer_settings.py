"""The issuer that people sign in at, as it is configured."""

from dataclasses import dataclass

from adapters.oidc.client import OidcClient
from application.access.sign_in_at_issuer import Admitted


@dataclass(frozen=True, slots=True)
class IssuerSettings:
    """Ballast at the issuer, and who may come in besides those who have an account."""

    client: OidcClient
    admit: Admitted = "known"
